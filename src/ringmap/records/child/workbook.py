"""Sheets of an Office Open XML workbook (.xlsx, .xlsm): ECMA-376 part 1, chapter 18."""

import posixpath
import re

from .archive import Archive, resolve
from .beside import Kinds, Sections, sections_of, told_of
from .bounds import Bounds
from .formats import (
    Shown,
    built_in,
    date_text,
    is_long,
    number_text,
    shorten_date,
    shown_by,
    zeros_of,
)
from .markup import Attributes, Markup
from .refusal import RefusalError, beyond, damaged
from .sheets import Sheets, letters

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
_RELATED = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships "
_TRUE = ("1", "true", "on")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_workbook(archive: Archive, bounds: Bounds, sheets: Sheets) -> None:
    """Say every sheet of the workbook, in its order.

    Raises
    ------
    RefusalError
        If any part that is needed is missing or damaged, or goes beyond the limits.
    """
    main = _main_part(archive, bounds)
    related = _read_related(archive, main, bounds)
    book = _Book(bounds)
    book.read(archive.chunks(main), main)
    if not book.sheets:
        raise damaged(f"{main} names no sheets")
    styles = _Styles(bounds, from_1904=book.from_1904)
    shared: list[str] = []
    for kind, target in related.values():
        if kind == "styles":
            styles.read(archive.chunks(target), target)
        elif kind == "sharedStrings":
            strings = _SharedStrings(bounds)
            strings.read(archive.chunks(target), target)
            shared = strings.texts
    if any(name.endswith("vbaproject.bin") for name in archive.names()):
        sheets.note("macros")
    _say_sheets(archive, book, related, _Values(shared, styles), bounds, sheets)


def _say_sheets(
    archive: Archive, book: "_Book", related: dict[str, tuple[str, str]], values: "_Values",
    bounds: Bounds, sheets: Sheets,
) -> None:  # fmt: skip
    seen: set[str] = set()
    for name, hidden, key in book.sheets:
        kind, target = related.get(key, ("", ""))
        if kind and kind != "worksheet":
            sheets.note("no cells", name)
            continue
        if not target or not seen.isdisjoint((target.lower(), name.lower())):
            raise damaged(f"the sheet '{name}' has no part of its own, or another has its name")
        seen |= {target.lower(), name.lower()}
        sheets.begin(name, hidden=hidden)
        _Sheet(values, bounds, sheets).read_sheet(archive, target, name)
        sheets.comments(_count_comments(archive, target, bounds))


def _main_part(archive: Archive, bounds: Bounds) -> str:
    for kind, target in _read_related(archive, "", bounds).values():
        if kind == "officeDocument":
            return target
    raise damaged("'_rels/.rels' names no workbook")


def _read_related(archive: Archive, part: str, bounds: Bounds) -> dict[str, tuple[str, str]]:
    """Kind and name of the parts that a part refers to, by key; none when it lists none."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in archive:
        return {}
    reader = _Related(folder, bounds)
    reader.read(archive.chunks(listed), listed)
    return reader.found


def _count_comments(archive: Archive, part: str, bounds: Bounds) -> int:
    counts = []
    for kind, target in _read_related(archive, part, bounds).values():
        if kind in ("comments", "threadedComment"):
            reader = _Comments(bounds)
            reader.read(archive.chunks(target), target)
            counts.append(reader.count)
    # A threaded comment is there a second time as a comment, for older programs.
    return max(counts, default=0)


def _whole(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise damaged(f"{what} is '{text[:40]}', which is no number")
    return int(text)


def _unescape(text: str) -> str:
    """Text with signs that XML cannot hold, written as ``_x000D_``; halves of signs stay so."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class _Related(Markup):
    """A list of relationships."""

    def __init__(self, folder: str, bounds: Bounds) -> None:
        super().__init__(bounds.depth)
        self.found: dict[str, tuple[str, str]] = {}
        self._folder = folder
        self.opening[f"{_PACKAGE}Relationship"] = self._add

    def _add(self, attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = resolve(self._folder, attributes.get("Target", ""))
            self.found[attributes.get("Id", "")] = (kind, target)


class _Comments(Markup):
    """Counts comments."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(bounds.depth)
        self.count = 0
        threaded = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments "
        for tag in (*(f"{main}comment" for main in _MAIN), f"{threaded}threadedComment"):
            self.opening[tag] = self._add

    def _add(self, _: Attributes) -> None:
        self.count += 1


class _Book(Markup):
    """The workbook's own part: names of sheets, and where its days begin."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(bounds.depth)
        self.from_1904 = False
        self.sheets: list[tuple[str, bool, str]] = []
        for main in _MAIN:
            self.opening[f"{main}workbookPr"] = self._properties
            self.opening[f"{main}sheet"] = self._sheet

    def _properties(self, attributes: Attributes) -> None:
        self.from_1904 = attributes.get("date1904", "0") in _TRUE

    def _sheet(self, attributes: Attributes) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        key = next((attributes[name] for name in _RELATED if name in attributes), "")
        self.sheets.append((_unescape(attributes.get("name", "")), hidden, key))


class _Styles(Markup):
    """What each cell style shows of a date, and to how many digits it fills a number up."""

    def __init__(self, bounds: Bounds, *, from_1904: bool) -> None:
        super().__init__(bounds.depth)
        self.from_1904 = from_1904
        self.shown: dict[str, Shown] = {}
        self.zeros: dict[str, int] = {}
        self.beside: dict[str, Sections] = {}
        self._codes: dict[int, str] = {}
        self._count = 0
        self._in_cells = False
        for main in _MAIN:
            self.opening[f"{main}numFmt"] = self._format
            self.opening[f"{main}cellXfs"] = self._begin_cells
            self.closing[f"{main}cellXfs"] = self._end_cells
            self.opening[f"{main}xf"] = self._style

    def _format(self, attributes: Attributes) -> None:
        number = _whole(attributes.get("numFmtId", ""), "the number of a format")
        self._codes.setdefault(number, attributes.get("formatCode", ""))

    def _begin_cells(self, _: Attributes) -> None:
        self._in_cells = True

    def _end_cells(self) -> None:
        self._in_cells = False

    def _style(self, attributes: Attributes) -> None:
        if not self._in_cells:
            return
        number = _whole(attributes.get("numFmtId", "0"), "the number of a format")
        code = self._codes.get(number)
        shown = built_in(number) if code is None else shown_by(code)
        if shown:
            self.shown[str(self._count)] = shown
        if code is not None and zeros_of(code):
            self.zeros[str(self._count)] = zeros_of(code)
        if code is not None and not shown and (beside := sections_of(code)):
            self.beside[str(self._count)] = beside
        self._count += 1


class _SharedStrings(Markup):
    """Texts that cells refer to by their number; how a text is spoken is left out."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(bounds.depth)
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._spoken = 0
        for main in _MAIN:
            self.opening[f"{main}si"] = self._begin
            self.closing[f"{main}si"] = self._finish
            self.opening[f"{main}t"] = self._begin_text
            self.closing[f"{main}t"] = self._end_text
            self.opening[f"{main}rPh"] = self._begin_spoken
            self.closing[f"{main}rPh"] = self._end_spoken

    def _begin(self, _: Attributes) -> None:
        self._parts = []

    def _finish(self) -> None:
        self.texts.append(_unescape("".join(self._parts)))

    def _begin_text(self, _: Attributes) -> None:
        self.listen()

    def _end_text(self) -> None:
        text = self.heard()
        if not self._spoken:
            self._parts.append(text)

    def _begin_spoken(self, _: Attributes) -> None:
        self._spoken += 1

    def _end_spoken(self) -> None:
        self._spoken -= 1


class _Values:
    """The text of a cell, from what is stored, its type and its style."""

    def __init__(self, shared: list[str], styles: _Styles) -> None:
        self._shared = shared
        self._styles = styles

    def text(self, kind: str, stored: str, style: str | None) -> tuple[str, str]:
        """Text and, where there is a doubt, its kind (else empty)."""
        if kind == "s":
            return self._shared_text(stored), ""
        if kind == "n":
            return self._number(stored, style)
        if kind in ("str", "inlineStr"):
            return _unescape(stored), ""
        if kind == "b":
            return "TRUE" if stored.strip() in _TRUE else "FALSE", ""
        if kind == "e":
            return stored, "error"
        if kind == "d":
            return self._iso(stored, style), ""
        raise damaged(f"'{kind[:40]}' is no type of cell")

    def beside(self, kind: str, stored: str, style: str | None) -> Kinds:
        """What only the format of a number writes beside it, such as a currency."""
        sections = self._styles.beside.get(style or "0", ()) if kind == "n" else ()
        return told_of(sections, stored) if sections else ()

    def _shared_text(self, stored: str) -> str:
        number = _whole(stored.strip(), "the number of a shared text")
        if number >= len(self._shared):
            raise damaged(f"shared text {number} does not exist; there are {len(self._shared)}")
        return self._shared[number]

    def _number(self, stored: str, style: str | None) -> tuple[str, str]:
        try:
            text = number_text(stored.strip())
        except ValueError:
            return stored, "not a number"
        shown = self._styles.shown.get(style or "0")
        if shown:
            day = date_text(float(stored), shown, from_1904=self._styles.from_1904)
            return (day, "") if day is not None else (text, "" if shown == {"year"} else "no date")
        zeros = self._styles.zeros.get(style or "0", 0)
        if zeros and text.isdecimal():
            text = text.zfill(zeros)
        return text, "long number" if is_long(text) else ""

    def _iso(self, stored: str, style: str | None) -> str:
        shown = self._styles.shown.get(style or "0", frozenset())
        day, _, clock = stored.partition("T")
        midnight = not clock.strip("0:.Z") and "time" not in shown
        return shorten_date(day, shown) if midnight else stored


class _Sheet(Markup):
    """One worksheet, row by row."""

    def __init__(self, values: _Values, bounds: Bounds, sheets: Sheets) -> None:
        super().__init__(bounds.depth)
        self._values = values
        self._bounds = bounds
        self._sheets = sheets
        self._columns: dict[str, int] = {}
        self._formulas: dict[str, str] = {}
        self._row = 0
        self._row_text = "0"
        self._in_row = False
        self._row_hidden = False
        self._cells: list[str] = []
        self._flags: list[tuple[int, str]] = []
        self._in_cell = False
        self._column = -1
        self._last = -1
        self._kind = "n"
        self._style: str | None = None
        self._stored: str | None = None
        self._formula: str | None = None
        self._formula_key: str | None = None
        self._inline: list[str] = []
        self._spoken = 0
        for main in _MAIN:
            self._expect(main)

    def _expect(self, main: str) -> None:
        self.opening |= {
            f"{main}row": self._begin_row,
            f"{main}c": self._begin_cell,
            f"{main}v": self._begin_text,
            f"{main}t": self._begin_text,
            f"{main}f": self._begin_formula,
            f"{main}rPh": self._begin_spoken,
            f"{main}col": self._columns_hidden,
            f"{main}mergeCell": self._merged,
        }
        self.closing |= {
            f"{main}row": self._end_row,
            f"{main}c": self._end_cell,
            f"{main}v": self._end_value,
            f"{main}t": self._end_inline,
            f"{main}f": self._end_formula,
            f"{main}rPh": self._end_spoken,
        }

    def read_sheet(self, archive: Archive, part: str, name: str) -> None:
        """Say the rows of a worksheet; a refusal tells the sheet and the cell."""
        try:
            self.read(archive.chunks(part), part)
        except RefusalError as error:
            row = self._row if self._in_row else None
            column = letters(self._column) if self._in_row and self._column >= 0 else None
            raise RefusalError(
                f"sheet '{name}'{f', cell {column}{row}' if column else ''}: {error.reason}",
                error.hint, row=row, column=column,
            ) from error  # fmt: skip

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = self._row + 1 if number is None else _whole(number, "the number of a row")
        if self._in_row or not self._row < row <= _LAST_ROW:
            raise damaged(f"row {row} stands after row {self._row}")
        self._row, self._row_text, self._in_row = row, str(row), True
        self._row_hidden = attributes.get("hidden", "0") in _TRUE
        self._cells, self._flags, self._column, self._last = [], [], -1, -1

    def _end_row(self) -> None:
        cells, row = self._cells, self._row
        if cells:
            self._sheets.row(row, cells)
            if self._row_hidden:
                self._sheets.flag(row, None, "hidden row")
            for column, kind in self._flags:
                self._sheets.flag(row, column, kind)
        self._in_row = False

    def _begin_cell(self, attributes: Attributes) -> None:
        if not self._in_row or self._in_cell:
            raise damaged(f"a cell outside of any row at {self.place()}")
        name = attributes.get("r")
        column = self._last + 1 if name is None else self._column_of(name)
        if column <= self._last:
            raise damaged(f"cell {letters(column)}{self._row} stands after {letters(self._last)}")
        self._column = self._last = column
        self._in_cell = True
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s")
        self._stored = self._formula = self._formula_key = None
        self._inline = []

    def _column_of(self, name: str) -> int:
        row = self._row_text
        if name.endswith(row):
            column = self._columns.get(name[: -len(row)])
            if column is not None:
                return column
        match = _CELL.match(name)
        if match is None or match[2] != row:
            raise damaged(f"a cell of row {row} calls itself '{name[:40]}'")
        column = _column_number(match[1])
        self._columns[match[1]] = column
        return column

    def _begin_text(self, _: Attributes) -> None:
        self.listen()

    def _end_value(self) -> None:
        if self._stored is not None:
            raise damaged("it has two values")
        self._stored = self.heard()

    def _end_inline(self) -> None:
        text = self.heard()
        if not self._spoken:
            self._inline.append(text)

    def _begin_spoken(self, _: Attributes) -> None:
        self._spoken += 1

    def _end_spoken(self) -> None:
        self._spoken -= 1

    def _begin_formula(self, attributes: Attributes) -> None:
        self._formula_key = attributes.get("si")
        self.listen()

    def _end_formula(self) -> None:
        self._formula = self.heard()
        if self._formula_key is not None:
            shared = self._formulas.setdefault(self._formula_key, self._formula)
            self._formula = self._formula or shared

    def _end_cell(self) -> None:
        self._in_cell = False
        kind, stored = self._kind, self._stored
        if kind == "inlineStr":
            stored = "".join(self._inline)
        if self._formula is not None and not (stored or (kind == "str" and stored is not None)):
            text, doubt = f"={self._formula}", "formula text"
        elif not stored:
            return
        else:
            text, doubt = self._values.text(kind, stored, self._style)
        if text:
            self._keep(text, doubt)

    def _keep(self, text: str, doubt: str) -> None:
        column = self._column
        if column >= self._bounds.columns:
            raise beyond(f"more than {self._bounds.columns} columns", "columns")
        if len(text) > self._bounds.cell_characters:
            raise beyond(f"a cell of {len(text)} characters", "cell_characters")
        cells = self._cells
        if column > len(cells):
            cells.extend([""] * (column - len(cells)))
        cells.append(text)
        if doubt:
            self._flags.append((column, doubt))
        for beside in self._values.beside(self._kind, self._stored or "", self._style):
            self._flags.append((column, self._sheets.beside(beside)))
        if self._formula is not None and doubt != "formula text":
            self._flags.append((column, "formula"))

    def _columns_hidden(self, attributes: Attributes) -> None:
        if attributes.get("hidden", "0") in _TRUE:
            first = _whole(attributes.get("min", ""), "the first of some columns")
            last = _whole(attributes.get("max", ""), "the last of some columns")
            self._sheets.hide_columns(max(first - 1, 0), max(last - 1, 0))

    def _merged(self, attributes: Attributes) -> None:
        reference = attributes.get("ref", "")
        ends = [_CELL.match(end) for end in reference.split(":")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            raise damaged(f"'{reference[:40]}' are merged, which are no cells")
        self._sheets.merged(int(first[2]), int(last[2]), _column_number(first[1]), reference)


def _column_number(name: str) -> int:
    """A column's place, counted from 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    if number > _LAST_COLUMN:
        raise damaged(f"column {name} does not exist")
    return number - 1
