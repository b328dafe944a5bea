"""Sheets of an OpenDocument spreadsheet (.ods): OASIS OpenDocument 1.3, part 3, chapter 9."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .archive import Archive
from .beside import Kinds, Sections, Test, kinds_of, test_of, told_of
from .bounds import Bounds
from .formats import Shown, is_long, number_text, shorten_date
from .markup import Attributes, Markup
from .refusal import RefusalError, beyond, damaged
from .sheets import Sheets, letters

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_DATA = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0 "
_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
_DEFAULT_STYLE = f"{_TABLE}default-cell-style-name"
_EXTENDED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_WHITE = re.compile(r"[ \t\r\n]+")
#: Signs that stand for white space asked for by an element; XML text cannot hold them.
_ASKED_FOR = {0: " ", 1: "\t", 2: "\n"}
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,](\d+))?S")
_PREFIX = re.compile(r"[A-Za-z-]+:(?==)")
_MOST_REPEATED = 2**31
#: A style is made after another, and that after a third; more in a row are a circle.
_MOST_PARENTS = 20
#: Values whose format may write something beside them.
_NUMBERS = ("float", "currency", "percentage")
#: Cells of other files that formulas refer to are kept as tables of such a name.
_COPY_OF_FILE = "'file:"


def read_opendocument(archive: Archive, bounds: Bounds, sheets: Sheets) -> None:
    """Say every sheet of the file, in its order.

    Raises
    ------
    RefusalError
        If it is encrypted or damaged, or goes beyond the limits.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest, 10_000_000):
        raise RefusalError(
            "it is protected by a password", "remove the password in a spreadsheet program"
        )
    styles = _Styles()
    if "styles.xml" in archive:
        own = Markup(bounds.depth)
        styles.listen_to(own)
        own.read(archive.chunks("styles.xml"), "styles.xml")
    _Content(styles, bounds, sheets).read_content(archive)


def _repeated(attributes: Attributes, name: str) -> int:
    """How often something stands there: once where nothing is said."""
    text = attributes.get(_TABLE + name, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise damaged(f"{name} is '{text[:40]}', which is no number")
    return max(int(text), 1)


@dataclass(slots=True)
class _Written:
    """What a number format writes as it is, and the formats that it has for some numbers."""

    currency: str = ""
    texts: list[str] = field(default_factory=list)
    maps: list[tuple[Test, str]] = field(default_factory=list)


class _Styles:
    """What styles show of a date or write beside a number, and which hide a sheet."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self._data: dict[str, str] = {}
        self._parent: dict[str, str] = {}
        self._shown: dict[str, set[str]] = {}
        self._beside: dict[str, _Written] = {}
        self._sections: dict[str, Sections] = {}
        self._style = ""
        self._date: set[str] = set()
        #: The number format that is being read.
        self._number: _Written | None = None

    def listen_to(self, markup: Markup) -> None:
        """Gather styles while a file is read."""
        numbers = [f"{_DATA}{kind}-style" for kind in ("number", "currency", "percentage")]
        texts = [f"{_DATA}{kind}" for kind in ("text", "embedded-text", "currency-symbol")]
        markup.opening |= {
            f"{_STYLE}style": self._begin,
            f"{_STYLE}table-properties": self._properties,
            f"{_DATA}date-style": self._begin_date,
            f"{_DATA}time-style": self._begin_date,
            **{f"{_DATA}{part}": self._part(part) for part in ("year", "month", "day")},
            **{f"{_DATA}{part}": self._part("time") for part in ("hours", "minutes", "seconds")},
            **dict.fromkeys(numbers, self._begin_number),
            **dict.fromkeys(texts, self._begin_text(markup)),
            f"{_STYLE}map": self._add_map,
        }
        markup.closing |= {
            **dict.fromkeys(numbers, self._end_number),
            **{tag: self._text(markup, currency="currency" in tag) for tag in texts},
        }

    def shown(self, style: str) -> Shown:
        """What a cell of this style shows of a date; nothing where that is not known."""
        return frozenset(self._shown.get(self._format(style), ()))

    def beside(self, style: str, number: str) -> Kinds:
        """What only the format of a cell of this style writes beside a number."""
        name = self._format(style)
        if name not in self._sections:
            self._sections[name] = self._sections_of(name)
        return told_of(self._sections[name], number)

    def _format(self, style: str) -> str:
        """The format of a style, its own or that of the style that it is made after."""
        for _ in range(_MOST_PARENTS):
            if style in self._data:
                break
            style = self._parent.get(style, "")
        return self._data.get(style, "")

    def _sections_of(self, name: str) -> Sections:
        written = self._beside.get(name)
        if written is None:
            return ()
        others = ((test, self._beside.get(other)) for test, other in written.maps)
        return (
            *((test, kinds_of(other.currency, other.texts)) for test, other in others if other),
            (None, kinds_of(written.currency, written.texts)),
        )

    def _begin(self, attributes: Attributes) -> None:
        self._style = attributes.get(f"{_STYLE}name", "")
        if f"{_STYLE}data-style-name" in attributes:
            self._data[self._style] = attributes[f"{_STYLE}data-style-name"]
        self._parent[self._style] = attributes.get(f"{_STYLE}parent-style-name", "")

    def _properties(self, attributes: Attributes) -> None:
        if attributes.get(f"{_TABLE}display") == "false":
            self.hidden.add(self._style)

    def _begin_date(self, attributes: Attributes) -> None:
        self._date = self._shown.setdefault(attributes.get(f"{_STYLE}name", ""), set())

    def _part(self, part: str) -> Callable[[Attributes], None]:
        def add(_: Attributes) -> None:
            self._date.add(part)

        return add

    def _begin_number(self, attributes: Attributes) -> None:
        self._number = self._beside.setdefault(attributes.get(f"{_STYLE}name", ""), _Written())

    def _end_number(self) -> None:
        self._number = None

    def _begin_text(self, markup: Markup) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            if self._number is not None:
                markup.listen()

        return begin

    def _text(self, markup: Markup, *, currency: bool) -> Callable[[], None]:
        def add() -> None:
            if self._number is None:
                return
            text = markup.heard()
            if currency:
                self._number.currency = text.strip()
            else:
                self._number.texts.append(text)

        return add

    def _add_map(self, attributes: Attributes) -> None:
        """Take note of a format that is there for some numbers instead."""
        test = test_of(attributes.get(f"{_STYLE}condition", ""))
        if self._number is not None and test is not None:
            other = attributes.get(f"{_STYLE}apply-style-name", "")
            self._number.maps.append((test, other))


class _Content(Markup):
    """The part that holds the sheets."""

    def __init__(self, styles: _Styles, bounds: Bounds, sheets: Sheets) -> None:
        super().__init__(bounds.depth)
        self._styles = styles
        self._bounds = bounds
        self._sheets = sheets
        self._name: str | None = None
        self._row = 0
        self._in_row = False
        self._comments = 0
        #: For each group around a row or column, whether it is folded away.
        self._folded: list[bool] = []
        self._column_styles: list[tuple[int, int, str]] = []
        self._next_column = 0
        self._row_attributes: Attributes = {}
        self._cells: list[str] = []
        self._flags: list[tuple[int, str]] = []
        self._merged: list[tuple[int, int, int]] = []
        self._column = 0
        self._cell: Attributes | None = None
        self._paragraphs: list[str] = []
        styles.listen_to(self)
        self._expect()

    def _expect(self) -> None:
        self.opening |= {
            f"{_TABLE}table": self._begin_table,
            f"{_TABLE}table-column": self._add_columns,
            f"{_TABLE}table-row-group": self._begin_group,
            f"{_TABLE}table-column-group": self._begin_group,
            f"{_TABLE}table-row": self._begin_row,
            f"{_TABLE}table-cell": self._begin_cell,
            f"{_TABLE}covered-table-cell": self._begin_cell,
            f"{_TEXT}p": self._begin_paragraph,
            f"{_TEXT}h": self._begin_paragraph,
            f"{_TEXT}s": self._add_spaces,
            f"{_TEXT}tab": self._add_tab,
            f"{_TEXT}line-break": self._add_break,
            f"{_OFFICE}annotation": self._add_comment,
        }
        self.closing |= {
            f"{_TABLE}table": self._end_table,
            f"{_TABLE}table-row-group": self._end_group,
            f"{_TABLE}table-column-group": self._end_group,
            f"{_TABLE}table-row": self._end_row,
            f"{_TABLE}table-cell": self._end_cell,
            f"{_TABLE}covered-table-cell": self._end_cell,
            f"{_TEXT}p": self._end_paragraph,
            f"{_TEXT}h": self._end_paragraph,
        }
        for tag in (
            f"{_TABLE}tracked-changes", f"{_TABLE}dde-links", f"{_TABLE}shapes", f"{_DRAW}frame",
            f"{_TEXT}note", f"{_TEXT}ruby-text",
        ):  # fmt: skip
            self.opening[tag] = self.pass_over

    def read_content(self, archive: Archive) -> None:
        """Say the rows of every sheet; a refusal tells the sheet and the cell."""
        try:
            self.read(archive.chunks("content.xml"), "content.xml")
        except RefusalError as error:
            if self._name is None:
                raise
            row = self._row + 1 if self._in_row else None
            column = letters(self._column) if self._cell is not None else None
            raise RefusalError(
                f"sheet '{self._name}'{f', cell {column}{row}' if column else ''}: {error.reason}",
                error.hint, row=row, column=column,
            ) from error  # fmt: skip

    def _begin_table(self, attributes: Attributes) -> None:
        if self._name is not None:
            raise damaged(f"a table within a table at {self.place()}")
        name = attributes.get(f"{_TABLE}name", "")
        if name.startswith(_COPY_OF_FILE):
            self._sheets.note("copy of a file", name)
            self.pass_over(attributes)
            return
        self._name, self._row, self._comments = name, 0, 0
        self._column_styles, self._next_column, self._folded = [], 0, []
        self._sheets.begin(
            name, hidden=attributes.get(f"{_TABLE}style-name", "") in self._styles.hidden
        )

    def _end_table(self) -> None:
        self._sheets.comments(self._comments)
        self._name = None

    def _add_columns(self, attributes: Attributes) -> None:
        first = self._next_column
        self._next_column += _repeated(attributes, "number-columns-repeated")
        style = attributes.get(_DEFAULT_STYLE)
        if style is not None:
            self._column_styles.append((first, self._next_column, style))
        if self._is_hidden(attributes):
            self._sheets.hide_columns(first, self._next_column - 1)

    def _begin_group(self, attributes: Attributes) -> None:
        self._folded.append(attributes.get(f"{_TABLE}display") == "false")

    def _end_group(self) -> None:
        if self._folded:  # a table within a group begins anew
            self._folded.pop()

    def _is_hidden(self, attributes: Attributes) -> bool:
        """True of a row or column that cannot be seen by itself, or in a group folded away."""
        return any(self._folded) or attributes.get(f"{_TABLE}visibility", "visible") != "visible"

    def _begin_row(self, attributes: Attributes) -> None:
        if self._name is None or self._in_row:
            raise damaged(f"a row outside of a table at {self.place()}")
        self._row_attributes, self._in_row = attributes, True
        self._cells, self._flags, self._merged, self._column = [], [], [], 0

    def _end_row(self) -> None:
        count = _repeated(self._row_attributes, "number-rows-repeated")
        if self._cells:
            self._sheets.expect(count, self._cells)
            hidden = self._is_hidden(self._row_attributes)
            for row in range(self._row + 1, self._row + count + 1):
                self._say_row(row, hidden)
        self._row += count
        if self._row > _MOST_REPEATED:
            raise damaged(f"more than {_MOST_REPEATED} rows")
        self._in_row = False

    def _say_row(self, row: int, hidden: bool) -> None:
        self._sheets.row(row, self._cells)
        if hidden:
            self._sheets.flag(row, None, "hidden row")
        for column, kind in self._flags:
            self._sheets.flag(row, column, kind)
        for column, width, height in self._merged:
            last = f"{letters(column + width - 1)}{row + height - 1}"
            self._sheets.merged(row, row + height - 1, column, f"{letters(column)}{row}:{last}")

    def _begin_cell(self, attributes: Attributes) -> None:
        if not self._in_row or self._cell is not None:
            raise damaged(f"a cell outside of a row at {self.place()}")
        self._cell, self._paragraphs = attributes, []

    def _end_cell(self) -> None:
        attributes = self._cell or {}
        count = _repeated(attributes, "number-columns-repeated")
        text, doubt = self._value(attributes)
        if text:
            self._keep(text, doubt, count, attributes)
        self._column += count
        self._cell = None

    def _keep(self, text: str, doubt: str, count: int, attributes: Attributes) -> None:
        column = self._column
        if column + count > self._bounds.columns:
            raise beyond(f"more than {self._bounds.columns} columns", "columns")
        if len(text) > self._bounds.cell_characters:
            raise beyond(f"a cell of {len(text)} characters", "cell_characters")
        self._cells.extend([""] * (column - len(self._cells)) + [text] * count)
        kinds = [doubt] if doubt else []
        kinds += map(self._sheets.beside, self._beside(attributes))
        if f"{_TABLE}formula" in attributes and doubt != "formula text":
            kinds.append("formula")
        self._flags += [
            (place, kind)
            for place in range(column, column + count) for kind in kinds
        ]  # fmt: skip
        width = _repeated(attributes, "number-columns-spanned")
        height = _repeated(attributes, "number-rows-spanned")
        if width * height > 1:
            self._merged.append((column, width, height))

    def _beside(self, attributes: Attributes) -> list[str]:
        """What is not in the cell but beside it: its currency, and what only its format writes."""
        currency = attributes.get(f"{_OFFICE}currency", "")
        named = [f"currency {currency}"] if currency else []
        if attributes.get(f"{_OFFICE}value-type", "") not in _NUMBERS:
            return named
        written = self._styles.beside(
            self._style(attributes), attributes.get(f"{_OFFICE}value", "")
        )
        return named + [kind for kind in written if not (named and kind.startswith("currency "))]

    def _value(self, attributes: Attributes) -> tuple[str, str]:
        """Text and, where there is a doubt, its kind (else empty)."""
        kind = attributes.get(f"{_OFFICE}value-type", "")
        seen = "\n".join(self._paragraphs)
        if not kind and f"{_TABLE}formula" in attributes and not seen:
            return _PREFIX.sub("", attributes[f"{_TABLE}formula"]), "formula text"
        if attributes.get(f"{_EXTENDED}value-type") == "error":
            return seen, "error"
        if kind in _NUMBERS:
            return _number(attributes.get(f"{_OFFICE}value", ""), seen)
        if kind == "date":
            return self._date(attributes.get(f"{_OFFICE}date-value", seen), attributes), ""
        if kind == "time":
            return _time(attributes.get(f"{_OFFICE}time-value", seen)), ""
        if kind == "boolean":
            return attributes.get(f"{_OFFICE}boolean-value", seen).upper(), ""
        if kind not in ("", "string", "void"):
            raise damaged(f"'{kind[:40]}' is no type of value")
        return (seen if self._paragraphs else attributes.get(f"{_OFFICE}string-value", "")), ""

    def _date(self, stored: str, attributes: Attributes) -> str:
        shown = self._styles.shown(self._style(attributes))
        day, _, clock = stored.partition("T")
        midnight = not clock.strip("0:.,") and "time" not in shown
        return shorten_date(day, shown) if midnight else stored

    def _style(self, attributes: Attributes) -> str:
        """The style of a cell: its own, or that of its row or column."""
        named = attributes.get(f"{_TABLE}style-name")
        return named or self._row_attributes.get(_DEFAULT_STYLE) or self._column_style()

    def _column_style(self) -> str:
        ranges = self._column_styles
        return next((style for first, end, style in ranges if first <= self._column < end), "")

    def _begin_paragraph(self, _: Attributes) -> None:
        if self._cell is not None:
            self.listen()

    def _end_paragraph(self) -> None:
        if self._cell is not None:
            text = _WHITE.sub(" ", self.heard()).strip(" ")
            self._paragraphs.append(text.translate(_ASKED_FOR))

    def _add_spaces(self, attributes: Attributes) -> None:
        count = attributes.get(f"{_TEXT}c", "1")
        if not (count.isascii() and count.isdigit() and len(count) < 10):
            raise damaged(f"'{count[:40]}' spaces, which is no number")
        if int(count) > self._bounds.cell_characters:
            raise beyond(f"a cell of {count} characters", "cell_characters")
        self.add("\0" * int(count))

    def _add_tab(self, _: Attributes) -> None:
        self.add("\1")

    def _add_break(self, _: Attributes) -> None:
        self.add("\2")

    def _add_comment(self, attributes: Attributes) -> None:
        self._comments += 1
        self.pass_over(attributes)


def _number(stored: str, seen: str) -> tuple[str, str]:
    """A number as stored, but with the leading zeros that its cell shows."""
    try:
        text = number_text(stored.strip())
    except ValueError:
        return stored or seen, "not a number"
    if seen.startswith("0") and seen.isdecimal() and text.isdecimal() and int(seen) == int(text):
        return seen, ""
    return text, "long number" if is_long(text) else ""


def _time(stored: str) -> str:
    match = _TIME.fullmatch(stored)
    if match is None:
        return stored
    part = (match[4] or "").rstrip("0")
    return f"{int(match[1]):02}:{int(match[2]):02}:{int(match[3]):02}" + (
        f".{part}" if part else ""
    )
