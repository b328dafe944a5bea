"""A delimited text file as headings, columns, and the row and line of each cell."""

import csv
import gc
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.records.receipt import FileReceipt, Problem, shorten

Cells = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "a zip or spreadsheet"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_LONGEST_CELL = 2**31 - 1
_SAMPLE = 2_000
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class RawTable:
    """Rows of a file before anything is known of their meaning.

    `columns` holds one array per heading; an empty cell is None. `row` and `line` run
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
    problems: list[Problem] = field(default_factory=list)
    refused: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @property
    def fatal(self) -> bool:
        """True when nothing of the file can be used."""
        return any(problem.severity == "fatal" for problem in self.problems)

    def fail(self, reason: str, hint: str, *, column: str | None = None,
             line: int | None = None, value: str | None = None) -> None:  # fmt: skip
        """Give the file up."""
        self.problems.append(Problem("fatal", None, line, column, value, reason, hint))

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
        row, line = int(self.row[place]), int(self.line[place])
        self.problems.append(Problem("warning", row, line, column, None, reason, hint))

    def _note(self, severity: str, places: Positions, column: str | None, values: Cells | None,
              reason: str, hint: str) -> None:  # fmt: skip
        for place in places.tolist():
            value = None if values is None or values[place] is None else shorten(str(values[place]))
            self.problems.append(
                Problem(
                    severity,  # type: ignore[arg-type]  # one of the two methods above
                    int(self.row[place]), int(self.line[place]), column, value, reason, hint,
                )
            )  # fmt: skip

    def receipt(self) -> FileReceipt:
        """What became of the file, problems in the order of its rows."""
        ordered = sorted(self.problems, key=lambda problem: problem.row or 0)
        return FileReceipt(
            self.file, self.format, self.encoding, self.sha256, len(self.row), tuple(ordered)
        )


def blank(cells: Cells, rows: Mask) -> Cells:
    """Cells with those of some rows emptied."""
    kept = np.array(cells, dtype=object)
    kept[rows] = None
    return kept


def same_where(rows: Mask, text: str) -> Cells:
    """One text in some rows, None in the others."""
    cells = np.full(len(rows), None, dtype=object)
    cells[rows] = text
    return cells


#: A case table has some dozens of columns; thousands mean that it was cut wrongly.
MOST_HEADINGS = 2_000


def fingerprints(data: bytes) -> tuple[str, str]:
    """Two digests of a file: its SHA-256, which is shown, and one that is never shown."""
    secret = hashlib.sha256(b"ringmap pseudonyms\n" + data).hexdigest()
    return hashlib.sha256(data).hexdigest(), secret


def read_table(path: Path, name: str) -> RawTable:
    """Cut a delimited text file into rows; what cannot be cut is a problem of the table."""
    data = path.read_bytes()
    table = RawTable(name, *fingerprints(data))
    text = decode(data, table)
    if text is not None:
        with _collecting_no_garbage():
            cut_rows(text, table)
    return table


@contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """A million rows are a million lists; to look among them for garbage takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def cut_rows(text: str, table: RawTable) -> None:
    """Fill a table from text."""
    delimiter = _find_delimiter(text)
    rows, lines = _parse(text, delimiter, table)
    if table.fatal:
        return
    if not rows:
        table.fail("the file is empty", "put a line of headings and at least one row in it")
        return
    table.format = "tsv" if delimiter == "\t" else "csv"
    table.headings = [heading.strip().lstrip("\ufeff") for heading in rows[0]]
    table.heading_line = lines[0]
    fill_table(table, rows[1:], lines[1:])


def fill_table(table: RawTable, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
    """Put rows of text under the table's headings; a row with cells too many is refused."""
    width, count = len(table.headings), len(rows)
    table.row = np.arange(1, count + 1)
    table.line = np.asarray(lines, dtype=np.int64)
    table.refused = np.zeros(count, dtype=bool)
    if width > MOST_HEADINGS:
        table.headings = []
        table.fail(
            f"{width} headings; more than {MOST_HEADINGS} are not read",
            "check the delimiter, or leave out the columns that are not needed", line=1,
        )  # fmt: skip
        return
    widths = np.fromiter(map(len, rows), dtype=np.int64, count=count)
    if (widths != width).any():
        rows = [_fit(row, width) for row in rows]
        _judge_widths(table, widths, width)
    columns = zip(*rows, strict=True) if rows else ((),) * width
    table.columns = [_clean(column) for column in columns]


def _fit(row: Sequence[str], width: int) -> Sequence[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _judge_widths(table: RawTable, widths: npt.NDArray[np.int64], width: int) -> None:
    for found in np.unique(widths[widths > width]):
        table.refuse(
            widths == found, None, None,
            f"{found} cells under {width} headings",
            "put quotation marks around a cell that holds the delimiter, or drop the extra cells",
        )  # fmt: skip
    for found in np.unique(widths[widths < width]):
        table.warn(
            widths == found, None, None,
            f"{found} cells under {width} headings; the missing ones count as not recorded",
            "add the missing cells",
        )  # fmt: skip


def _clean(column: Sequence[str]) -> Cells:
    """Cells without the spaces around them; cells of the same text share one."""
    cells = np.empty(len(column), dtype=object)
    cells[:] = column
    codes, distinct = pd.factorize(cells)
    stripped = np.empty(len(distinct), dtype=object)
    stripped[:] = [text.strip() or None for text in distinct]
    return stripped[codes]


def decode(data: bytes, table: RawTable) -> str | None:
    """The text of a file; None, with a fatal problem, when its bytes are no text."""
    for mark, what in _NOT_TEXT:
        if data.startswith(mark):
            table.format = "unknown"
            table.fail(f"this is {what}, not a text table", "save the table as CSV (UTF-8)")
            return None
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    if not mark and data[:_SAMPLE].count(0) > len(data[:_SAMPLE]) // 4:
        table.fail(
            "every second byte is zero: UTF-16 text without its mark, or no text at all",
            "save the file as UTF-8 (in Excel: 'CSV UTF-8')", line=1,
        )  # fmt: skip
        return None
    try:
        # The mark of UTF-8 is no part of the text; UTF-16 and UTF-32 need theirs to be read.
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        _refuse_encoding(table, data, error)
        return None
    table.encoding = encoding
    return text


def _refuse_encoding(table: RawTable, data: bytes, error: UnicodeDecodeError) -> None:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    byte = data[error.start] if error.start < len(data) else 0
    column = error.start - (before.rfind(b"\n") + 1) + 1
    table.fail(
        f"not {error.encoding.upper()} text: byte 0x{byte:02X} at offset {error.start}, "
        f"line {line}, position {column}",
        "save the file as UTF-8 (in Excel: 'CSV UTF-8')",
        line=line,
        value=f"0x{byte:02X}",
    )


def _find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines alike; a comma when none does."""
    lines = [line for line in _LINE_END.split(text[:20_000])[:20] if line.strip()]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        counts = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        width = len(next(csv.reader(lines[:1], delimiter=delimiter), [])) if lines else 0
        alike = counts.get(width, 0) * (width > 1) * width
        if alike > most:
            best, most = delimiter, alike
    if most == 0 and lines and len({len(line.split(" ")) for line in lines}) == 1:
        return " " if len(lines[0].split(" ")) in (2, 3) else ","
    return best


def _parse(text: str, delimiter: str, table: RawTable) -> tuple[list[list[str]], list[int]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    last = 0
    try:
        for row in reader:
            if row and (row[0].strip() or any(map(str.strip, row))):
                rows.append(row)
                lines.append(last + 1)
            last = reader.line_num
    except csv.Error as error:
        table.fail(
            f"the row that starts on line {last + 1} cannot be cut into cells ({error})",
            "close every quotation mark and double those inside a cell",
            line=last + 1,
        )
    return rows, lines
