"""A delimited text file as headings, columns, and the row and line of each cell."""

import csv
import gc
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, dropwhile, islice
from typing import IO

import numpy as np
import numpy.typing as npt

from ringmap.records.coded import Cells, Codes, Mask, Positions
from ringmap.records.encodings import UndecodableError, plain_utf_8
from ringmap.records.encodings import decode as decode_text
from ringmap.records.filetext import HEAD, FileText
from ringmap.records.gathering import Gathered, NumberedRow, Surplus, gather, size_of_cells
from ringmap.records.grid import MOST_HEADINGS, Grid, cut_grid
from ringmap.records.limits import Limits
from ringmap.records.receipt import (
    MOST_VALUES,
    VALUES_LEFT_OUT,
    FileReceipt,
    Finding,
    Severity,
    fold,
    shorten,
)

_DELIMITERS = (",", ";", "\t", "|")
#: Signs that also stand within cells, as in 08:15; they count where nothing speaks against them.
_RARE_DELIMITERS = ("^", "~", ":")
_NOT_TEXT = (
    (b"PK\x03\x04", "a zip or spreadsheet"),
    (b"PK\x05\x06", "an empty zip"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF89a", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!\x1a", "an archive"),
    (b"PAR1\x15", "a Parquet file"),
    (b"ARROW1\x00", "an Arrow file"),
    (b"{\\rtf", "a document (RTF)"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE
)
_PIECE = 2**20
#: A line of a text table has room for so many cells as long as one may be; a quotation that
#: is never closed takes no more.
LONG_CELLS = 16
#: As many as the csv module can be told everywhere: on Windows it counts in 32 bits.
_MOST_CHARACTERS = 2**31 - 1
_GUARD = re.compile(r"''*[=+\-@\t\r]")
#: A first line by which Excel is told how to cut a file.
_NAMED_DELIMITER = re.compile('"?sep=([^"\\r\\n])"?\\r?\\n', re.IGNORECASE)
_ROW = re.compile(r"[1-9][0-9]{0,11}")
_LINE_END = re.compile(r"\r\n|\n|\r")
#: What other systems end a line with.
_OTHER_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: No encoding has as many zeros in a row; a file that was not copied to its end does.
_ZEROS = bytes(1_000)


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a text file is to be cut and its cells read, as far as somebody says so.

    Without `headings` the first row has them, or that of `heading_line` (from 1). `dates` is
    "day first", "month first" or "year first"; `decimal` is "." or ",".
    """

    encoding: str | None = None
    delimiter: str | None = None
    headings: tuple[str, ...] = ()
    heading_line: int | None = None
    dates: str | None = None
    decimal: str | None = None


@dataclass(slots=True)
class RawTable:
    """Rows of a file before anything is known of their meaning.

    `columns` holds the cells under each heading. `row` and `line` run
    parallel to them; the headings stand on `heading_line`. Problems gather as the table is
    read; a refused row stays in the arrays and is marked in `refused`.
    """

    file: str
    sha256: str
    secret: str
    format: str = "csv"
    encoding: str | None = None
    headings: list[str] = field(default_factory=list)
    columns: list[Cells] = field(default_factory=list)
    heading_line: int = 1
    row: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    line: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    findings: list[Finding] = field(default_factory=list)
    refused: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    cutting: Cutting = field(default_factory=Cutting)
    #: Cells of the whole file, by column, where this table has only some of its rows.
    shown: Mapping[str, Cells] = field(default_factory=dict)
    #: Cells of refused rows for which there is no heading.
    surplus: Surplus = field(default_factory=Surplus)
    #: For corrected rows the number of each in the file from which it was refused; 0 for none.
    came_from: npt.NDArray[np.int64] | None = None
    #: "directed" or "undirected" for the ties of a matrix of which that is known; else empty.
    direction: str = ""
    #: By heading how dates are ordered or which sign stands before fractions, where the file shows
    #: it, or that from which rows were refused.
    read_as: dict[str, str] = field(default_factory=dict)
    #: Headings that a mapping gives to further columns: they mean no column of a table.
    own: frozenset[str] = frozenset()
    #: Under which heading of the file a column is found, where its own name differs.
    called: dict[str, str] = field(default_factory=dict)

    @property
    def fatal(self) -> bool:
        """True when nothing of the file can be used."""
        return any(one.severity == "fatal" for one in self.findings)

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """What number each row has: its own, or that in the file from which it was refused."""
        return (
            self.row
            if self.came_from is None
            else np.where(self.came_from > 0, self.came_from, self.row)
        )

    def fail(self, reason: str, hint: str, *, column: str | None = None,
             line: int | None = None, value: str | None = None) -> None:  # fmt: skip
        """Give the file up."""
        self.findings.append(Finding("fatal", column, value, reason, hint, line=line))

    def doubt(self, reason: str, hint: str) -> None:
        """Use the file as a whole with a doubt."""
        self.findings.append(Finding("warning", None, None, reason, hint))

    def refuse(self, rows: Mask | Positions, column: str | None, values: Cells | None,
               reason: str, hint: str) -> None:  # fmt: skip
        """Leave rows out; rows already refused are not named again."""
        places = self._still_used(rows)
        self._note("refused", places, column, values, reason, hint)
        self.refused[places] = True

    def warn(self, rows: Mask | Positions, column: str | None, values: Cells | None,
             reason: str, hint: str) -> None:  # fmt: skip
        """Use rows with a doubt."""
        self._note("warning", self._still_used(rows), column, values, reason, hint)

    def _still_used(self, rows: Mask | Positions) -> Positions:
        places = np.flatnonzero(rows) if rows.dtype == bool else rows.astype(np.int64)
        return places[~self.refused[places]]

    def warn_at(self, place: int, column: str, reason: str, hint: str) -> None:
        """Use one row with a doubt."""
        self._note("warning", np.array([place]), column, None, reason, hint)

    def _note(self, severity: Severity, places: Positions, column: str | None,
              values: Cells | None, reason: str, hint: str) -> None:  # fmt: skip
        named = column if column is None else self.called.get(column, column)
        if not len(places):
            return
        groups: list[tuple[str | None, Positions]]
        if values is not None and _are_many(values.codes[places]):
            values, hint = None, hint + VALUES_LEFT_OUT
        if values is None:
            groups = [(None, places)]
        elif len(places) == 1:
            groups = [(_shown(values[places[0]]), places)]
        else:
            groups = _grouped(values, places)
        for value, rows in groups:
            self.findings.append(
                Finding(severity, named, value, reason, hint, self.row[rows], self.line[rows])
            )

    def receipt(self) -> FileReceipt:
        """What became of the file, identical problems put together."""
        return FileReceipt(
            self.file, self.format, self.encoding, self.sha256, len(self.row),
            tuple(fold(self.findings)),
        )  # fmt: skip


def _are_many(codes: Codes) -> bool:
    """True for more different values than a problem is told of."""
    return len(codes) > MOST_VALUES and len(np.unique(codes)) > MOST_VALUES


def _grouped(cells: Cells, places: Positions) -> list[tuple[str | None, Positions]]:
    """Places by the text that stands there, as a receipt shows it.

    Nothing is looked at but those places: a column may have as many groups as texts.
    """
    codes = cells.codes[places]
    order = np.argsort(codes, kind="stable")
    bounds = np.flatnonzero(np.diff(codes[order])) + 1
    groups = [places[one] for one in np.split(order, bounds)]
    groups.sort(key=lambda rows: int(rows[0]))
    return [(_shown(cells[int(rows[0])]), rows) for rows in groups]


def _shown(cell: str | None) -> str | None:
    return None if cell is None else shorten(cell)


#: Cells that a file does not hold cost memory all the same.
MOST_MISSING = 10_000_000


def fingerprints(data: bytes) -> tuple[str, str]:
    """Two digests of a file: its SHA-256, which is shown, and one that is never shown."""
    return fingerprints_of(io.BytesIO(data))


def fingerprints_of(file: IO[bytes]) -> tuple[str, str]:
    """The same of an open file, which is read to its end."""
    shown, secret = hashlib.sha256(), hashlib.sha256(b"ringmap pseudonyms\n")
    while piece := file.read(_PIECE):
        shown.update(piece)
        secret.update(piece)
    return shown.hexdigest(), secret.hexdigest()


def read_table(text: FileText, table: RawTable, limits: Limits) -> None:
    """Cut the text of a file into rows; what cannot be cut is a problem of the table."""
    with collecting_no_garbage():
        _cut_rows(text, table, table.cutting, limits)


@contextmanager
def collecting_no_garbage() -> Iterator[None]:
    """A million rows are a million lists; to look among them for garbage takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _cut_rows(text: FileText, table: RawTable, cutting: Cutting, limits: Limits) -> None:
    """Fill a table from text."""
    longest = min(limits.cell_characters * LONG_CELLS, _MOST_CHARACTERS)
    named = _NAMED_DELIMITER.match(text.head)
    if named is not None and cutting.heading_line is None and not cutting.headings:
        cutting = replace(cutting, delimiter=cutting.delimiter or named[1], heading_line=2)
    delimiter = cutting.delimiter or find_delimiter(text.head)
    if _has_more_cells(text, table, delimiter, limits.cells):
        return
    if cutting == Cutting(cutting.encoding, dates=cutting.dates, decimal=cutting.decimal):
        grid = cut_grid(text, delimiter, most_missing=MOST_MISSING)
        if grid is not None and grid.longest <= longest:
            _take_grid(table, grid, delimiter)
            return
    with size_of_cells(longest):
        try:
            found = _gather_below(_rows_of(text, delimiter), cutting, delimiter)
        except _UncutError as error:
            table.fail(*_why_uncut(error, longest), line=error.line)
            return
    if found is None:
        table.fail("the file is empty", "put a line of headings and at least one row in it")
        return
    table.format = "tsv" if delimiter == "\t" else "csv"
    headings, line, gathered = found
    table.heading_line = table.heading_line if line is None else line
    table.headings = [heading.strip().lstrip("\ufeff") for heading in headings]
    if len(gathered.lines) or not _ends_otherwise(table):
        take_gathered(table, gathered)


def _gather_below(
    rows: Iterator[NumberedRow], cutting: Cutting, delimiter: str
) -> tuple[Sequence[str], int | None, Gathered] | None:
    """Headings, the line they stand on if they are in the text, and the rows below them.

    None if there is not even a row of headings.
    """
    head = [*islice(rows, _MOST_ABOVE)]
    own = next((at for at, (_, row) in enumerate(head) if OWN_COLUMNS[0] in row), None)
    rows = chain(head, rows)
    if own is not None:  # rows that were refused bring their headings with them
        rows, cutting = islice(rows, own, None), replace(cutting, headings=(), heading_line=None)
    if (first := cutting.heading_line) is not None:
        rows = dropwhile(lambda row: row[0] < first, rows)
    top = next(rows, None)
    if top is None:
        return None
    line, headings = None, cutting.headings
    if headings:
        rows = chain([top], rows)
    else:
        line, headings = top[0], tuple(top[1])
    width = len(headings) if len(headings) <= MOST_HEADINGS else 0
    return headings, line, gather(rows, width, delimiter=delimiter, most_missing=MOST_MISSING)


#: Forms of tables whose headings are cells like those below, and may be missing.
WITH_CELLS = ("csv", "tsv", "xlsx", "ods")
#: A table of no more columns is held by its rows alone, of which there may be millions.
_USUAL_COLUMNS = 100


def _has_more_cells(text: FileText, table: RawTable, delimiter: str, most: int) -> bool:
    """True, with a fatal problem, for a wide table of more cells than allowed."""
    if len(text.data) <= most:
        return False
    sign = delimiter.encode()
    # A title, a blank line or one that names the delimiter may stand above the headings.
    counts = (line.count(sign) for line in text.data[:_PIECE].split(b"\n", _MOST_ABOVE))
    width = next((count for count in counts if count > 1), 0) + 1
    if width <= _USUAL_COLUMNS or (found := text.data.count(sign) + text.line_feeds) <= most:
        return False
    table.fail(
        f"some {found:,} cells in {width:,} columns; more than {most:,} are not read",
        "leave out the columns that are not needed, or allow more with --limit cells=…", line=1,
    )  # fmt: skip
    return True


def _ends_otherwise(table: RawTable) -> bool:
    """True, with a fatal problem, where the only line holds the ends of others."""
    end = _OTHER_END.search("".join(table.headings))
    if end is None:
        return False
    table.fail(
        f"the lines end in U+{ord(end[0]):04X}, which ends no line of a table",
        "save the file again with lines that end in LF or CR LF", line=table.heading_line,
    )  # fmt: skip
    return True


def _take_grid(table: RawTable, grid: Grid, delimiter: str) -> None:
    """Fill a table with what was cut column by column."""
    table.format = "tsv" if delimiter == "\t" else "csv"
    table.headings = [heading.strip().lstrip("\ufeff") for heading in grid.first]
    table.heading_line = int(grid.lines[0])
    if len(grid.lines) == 1 and _ends_otherwise(table):
        return
    table.line = grid.lines[1:]
    table.row = np.arange(1, len(table.line) + 1)
    table.refused = np.zeros(len(table.line), dtype=bool)
    table.surplus = grid.surplus
    _judge_widths(table, grid.widths, len(grid.first))
    table.columns = grid.columns
    _pass_over_own(table)


def fill_table(table: RawTable, rows: Iterable[Sequence[str]], lines: Iterable[int]) -> None:
    """Put rows of text under the table's headings; a row with cells too many is refused."""
    width = len(table.headings) if len(table.headings) <= MOST_HEADINGS else 0
    numbered = zip(lines, rows, strict=True)
    take_gathered(table, gather(numbered, width, most_missing=MOST_MISSING))


def take_gathered(table: RawTable, gathered: Gathered) -> None:
    """Put columns under the table's headings; a row with cells too many is refused."""
    width, count = len(table.headings), len(gathered.lines)
    table.row = np.arange(1, count + 1)
    table.line = gathered.lines
    table.refused = np.zeros(count, dtype=bool)
    if width > MOST_HEADINGS:
        table.headings = []
        table.fail(
            f"{width} headings; more than {MOST_HEADINGS} are not read",
            "check the delimiter, or leave out the columns that are not needed", line=1,
        )  # fmt: skip
        return
    if not width:
        table.fail("there are no headings", "name every column", line=table.heading_line)
        return
    if gathered.missing > MOST_MISSING:
        table.fail(
            f"{gathered.missing:,} cells are missing in rows shorter than the {width} headings; "
            f"more than {MOST_MISSING:,} are not filled in",
            "check the delimiter, or leave out the columns that are not needed",
            line=table.heading_line,
        )
        return
    table.surplus = gathered.surplus
    _judge_widths(table, gathered.widths, width)
    table.columns = gathered.columns
    _pass_over_own(table)


#: Lines above the headings of refused rows, at the most.
_MOST_ABOVE = 20
#: What ringmap writes beside refused rows; see `ringmap.records.rejects`.
OWN_COLUMNS = ("ringmap_row", "ringmap_line", "ringmap_reason", "ringmap_surplus")
#: The same of a matrix: whether its ties have a direction, which one row does not show.
OWN_DIRECTION = "ringmap_direction"
#: The same of a column, whose heading follows: how the other rows show that it is to be read.
OWN_READ_AS = "ringmap_read_as:"


def _pass_over_own(table: RawTable) -> None:
    """Read corrected rows as if they stood in the file they came from."""
    own = (*OWN_COLUMNS, OWN_DIRECTION)
    kept = [
        place for place, one in enumerate(table.headings)
        if one.lower() not in own and not one.lower().startswith(OWN_READ_AS)
    ]  # fmt: skip
    if len(kept) == len(table.headings):
        return
    for heading, cells in zip(table.headings, table.columns, strict=True):
        if heading.lower() == OWN_DIRECTION:
            table.direction = next(filter(None, cells), "")
        elif heading.lower().startswith(OWN_READ_AS):
            table.read_as[heading[len(OWN_READ_AS) :]] = next(filter(None, cells), "")
        elif heading.lower() == OWN_COLUMNS[0]:
            told = [int(cell) if cell and _ROW.fullmatch(cell) else 0 for cell in cells]
            table.came_from = np.array(told, dtype=np.int64)
    table.headings = [table.headings[place] for place in kept]
    table.columns = [_unguarded(table.columns[place]) for place in kept]
    if not kept:
        table.fail("there are no headings", "name every column", line=table.heading_line)


def _unguarded(cells: Cells) -> Cells:
    return cells.mapped(lambda text: text[1:] if _GUARD.match(text) else text)


def _judge_widths(table: RawTable, widths: npt.NDArray[np.int64], width: int) -> None:
    headings = "1 heading" if width == 1 else f"{width} headings"
    for found in np.unique(widths[widths > width]):
        table.refuse(
            widths == found, None, None,
            f"{found} cells under {headings}",
            "put quotation marks around a cell that holds the delimiter, or drop the extra cells",
        )  # fmt: skip
    for found in np.unique(widths[widths < width]):
        table.warn(
            widths == found, None, None,
            f"{'1 cell' if found == 1 else f'{found} cells'} under {headings}; "
            "the missing ones count as not recorded",
            "add the missing cells",
        )  # fmt: skip


def decode(data: bytes, table: RawTable, encoding: str | None = None) -> FileText | None:
    """The text of a file; None, with a fatal problem, when its bytes are no text."""
    for mark, what in _NOT_TEXT:
        if data.startswith(mark):
            table.format = "unknown"
            table.fail(f"this is {what}, not a text table", "save the table as CSV (UTF-8)")
            return None
    if _WEB_PAGE.match(data):
        table.format = "unknown"
        table.fail(
            "this is a web page (HTML), whatever its name",
            "open it in a spreadsheet program and save it as XLSX or CSV (UTF-8)",
        )
        return None
    if (at := data.find(_ZEROS)) >= 0:
        table.fail(
            f"a stretch of zero bytes begins at offset {at}", "copy the file again, whole",
            line=data.count(b"\n", 0, at) + 1, value="0x00",
        )  # fmt: skip
        return None
    if encoding is None and (plain := plain_utf_8(data)) is not None:
        table.encoding = "utf-8"
        return FileText(plain)
    try:
        found = decode_text(data, asked=encoding)
    except UndecodableError as error:
        table.fail(
            error.reason,
            "save the file as UTF-8 (in Excel: 'CSV UTF-8'), or name its encoding with --encoding",
            line=error.line, value=f"0x{error.byte:02X}",
        )  # fmt: skip
        return None
    table.encoding = found.encoding
    if not found.sure:
        hint = "check a name with marks; if it is wrong, name the encoding with --encoding"
        table.doubt(found.evidence, hint)
    return FileText.of(found.text)


def find_delimiter(head: str) -> str:
    """The delimiter that cuts the first lines of a text alike; a comma when none does."""
    lines = [line for line in _LINE_END.split(head[:HEAD])[:20] if line.strip()]
    best, most, shared = ",", 0, 0
    for delimiter in _DELIMITERS:
        counts = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        width = len(next(csv.reader(lines[:1], delimiter=delimiter), [])) if lines else 0
        alike = counts.get(width, 0) * (width > 1) * width
        if alike > most:
            best, most, shared = delimiter, alike, counts[width]
    # A title is cut like no other line, or not at all.
    if shared < 2 < len(lines) and (below := _delimiter_below_titles(lines)) is not None:
        return below
    if most == 0 and lines and len({len(line.split(" ")) for line in lines}) == 1:
        return " " if len(lines[0].split(" ")) in (2, 3) else _rare_delimiter(lines)
    return best if most else _rare_delimiter(lines)


def _rare_delimiter(lines: Sequence[str]) -> str:
    """The rare delimiter that cuts all lines alike, the first into headings; else a comma."""
    for delimiter in _RARE_DELIMITERS:
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
        headings = list(map(str.strip, rows[0])) if len(rows) > 1 else []
        are_names = all(headings) and not any(map(str.isdigit, headings))
        if len(headings) > 1 and are_names and len({*map(len, rows)}) == 1:
            return delimiter
    return ","


def _delimiter_below_titles(lines: Sequence[str]) -> str | None:
    """The delimiter that cuts most lines alike where the first is a title; None for none."""
    best, most = None, len(lines) // 2
    for delimiter in _DELIMITERS:
        widths = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        width, count = widths.most_common(1)[0]
        if width > 1 and count > most:
            best, most = delimiter, count
    return best


_FIELD_TOO_LONG = "field larger than"


class _UncutError(Exception):
    """A row that begins on a line cannot be cut into cells."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def _rows_of(text: FileText, delimiter: str) -> Iterator[NumberedRow]:
    """Rows that are not blank, cut by Python's ``csv`` module."""
    # Line by line out of the bytes: the text as a whole would take four times their room.
    reader = csv.reader(text.open(), delimiter=delimiter, strict=True)
    last = 0
    try:
        for row in reader:
            if row and (row[0].strip() or any(map(str.strip, row))):
                yield last + 1, row
            last = reader.line_num
    except csv.Error as error:
        raise _UncutError(str(error), last + 1) from error


def _why_uncut(error: _UncutError, longest: int) -> tuple[str, str]:
    """The reason in words, and what to do about it."""
    why, how = str(error), "close every quotation mark and double those inside a cell"
    if why.startswith(_FIELD_TOO_LONG):
        why = f"a cell of more than {longest:,} characters"
        how += ", or allow more with --limit cell_characters=…"
    return f"the row that starts on line {error.line} cannot be cut into cells ({why})", how
