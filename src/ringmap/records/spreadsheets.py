"""XLSX and ODS files as raw tables, one per sheet; they are parsed in a process of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import numpy as np

from ringmap.records.apart import ApartError, run_apart
from ringmap.records.child.sheets import letters
from ringmap.records.coded import Positions
from ringmap.records.headings import TABLE_NAMES, read_headings
from ringmap.records.limits import Limits
from ringmap.records.receipt import Finding
from ringmap.records.tabletext import Cutting, RawTable, fill_table, fingerprints

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEEN = "make it visible in the sheet, or delete it, if it is not meant to be read"
#: What is said of a cell, a row, a sheet or a file, and what to do about it.
_FLAGS: Mapping[str, tuple[str, str]] = {
    "formula": (
        "a formula; its stored result is used",
        "make sure that the sheet was calculated before it was saved",
    ),
    "formula text": (
        "a formula without a stored result; its own text is kept",
        "open the file in a spreadsheet program, save it and load it again",
    ),
    "error": ("the sheet shows an error here; it is kept as text", "correct the formula"),
    "no date": (
        "a number that its format takes for a date, but that is none; the number is kept",
        "write the date anew, or format the cell as a number",
    ),
    "not a number": (
        "no number, though the sheet says that it is one; kept as text", "write the cell anew",
    ),
    "long number": (
        "a number of more than 15 digits; spreadsheet programs change those beyond",
        "compare it with the record, and keep such numbers as text",
    ),
    "hidden row": ("this row is hidden in the sheet; it is read like any other", _SEEN),
    "hidden column": ("this column is hidden in the sheet; it is read like any other", _SEEN),
    "hidden sheet": ("this sheet is hidden in the file; it is read like any other", _SEEN),
    "macros": ("the file holds macros; they are neither run nor read", "save it as .xlsx"),
}  # fmt: skip

#: Flags of cells whose value the receipt shows.
_SHOWN = frozenset({"formula text", "error", "no date", "not a number", "long number"})


def read_spreadsheet(
    data: bytes, name: str, limits: Limits, cutting: Cutting | None = None
) -> list[tuple[RawTable, str | None]]:
    """Each sheet that is not empty, named ``file.xlsx#Sheet``, with the table it is named after.

    The first row that is not empty holds the headings; `line` is a row's number in the sheet.
    Formulas are not calculated: their stored results are used, and told. A sheet whose name is
    no table of a case folder comes without a table's name. A file that cannot be read as a
    whole gives a single table with a fatal problem, and nothing of its rows.
    """
    whole = RawTable(name, *fingerprints(data), format="unknown")
    if data.startswith(_OLD_OFFICE):
        whole.fail(*_old_office(data))
        return [(whole, None)]
    gathered = _Gathered()
    try:
        run_apart("spreadsheet", data, limits, gathered.take)
    except ApartError as error:
        whole.format = gathered.format
        whole.fail(error.reason, error.hint, line=error.row, column=error.column)
        return [(whole, None)]
    sheets = [sheet for sheet in gathered.sheets if sheet.rows]
    if not sheets:
        whole.format = gathered.format
        whole.fail(
            "no sheet has anything in it", "put a row of headings and at least one row below"
        )
        return [(whole, None)]
    whole.cutting = cutting or whole.cutting
    tables = [_table(sheet, whole, gathered.format) for sheet in sheets]
    for kind, detail in gathered.notes:
        tables[0].doubt(*_note(kind, detail))
    named = [_table_named(sheet.name) for sheet in sheets]
    if len(sheets) == 1:
        named = [named[0] or _table_named(PurePath(name).stem)]
    return list(zip(tables, named, strict=True))


def _old_office(data: bytes) -> tuple[str, str]:
    """What an OLE2 file is, by names in its directory, and what to do with it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "it is protected by a password",
            "remove the password in a spreadsheet program and save it again",
        )
    books = [title.encode("utf-16-le") for title in ("Workbook\0", "Book\0")]
    if any(title in data for title in books):
        return "this is an old Excel file (.xls)", "save it as .xlsx or CSV (UTF-8)"
    return "this is an old Office file", "save the table as .xlsx or CSV (UTF-8)"


@dataclass(slots=True)
class _Sheet:
    """One sheet as the child tells it; columns are counted from 0, rows from 1."""

    name: str
    hidden: bool
    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    flags: list[tuple[int, int | None, str]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, str]] = field(default_factory=list)
    comments: int = 0


class _Gathered:
    """What the child has told so far; equal texts are kept once."""

    def __init__(self) -> None:
        self.format = "unknown"
        self.sheets: list[_Sheet] = []
        self.notes: list[tuple[str, str]] = []
        self._texts: dict[str, str] = {}

    def take(self, answer: list[Any]) -> None:
        """Keep one line of the answer."""
        kind, *parts = answer
        if kind == "row":
            share = self._texts.setdefault
            self.sheets[-1].lines.append(parts[0])
            self.sheets[-1].rows.append([share(cell, cell) for cell in parts[1]])
        elif kind == "flag":
            self.sheets[-1].flags.append((parts[0], parts[1], parts[2]))
        elif kind == "sheet":
            self.sheets.append(_Sheet(parts[0], parts[1]))
        elif kind == "merged":
            self.sheets[-1].merged.append((parts[0], parts[1], parts[2], parts[3]))
        elif kind == "hidden columns":
            self.sheets[-1].hidden_columns.append((parts[0], parts[1]))
        elif kind == "comments":
            self.sheets[-1].comments += parts[0]
        elif kind == "note":
            self.notes.append((parts[0], parts[1]))
        else:
            self.format = parts[0]


def _table_named(sheet: str) -> str | None:
    return TABLE_NAMES.get(sheet.strip().lower().removesuffix(".csv"))


def _table(sheet: _Sheet, whole: RawTable, form: str) -> RawTable:
    raw = RawTable(
        f"{whole.file}#{sheet.name}", whole.sha256, whole.secret, format=form,
        cutting=whole.cutting,
    )  # fmt: skip
    first = raw.cutting.heading_line or 0
    above = min(sum(line < first for line in sheet.lines), len(sheet.rows) - 1)
    sheet.rows, sheet.lines = sheet.rows[above:], sheet.lines[above:]
    if raw.cutting.headings:  # every row is data, as of a text without headings
        sheet.rows.insert(0, list(raw.cutting.headings))
        sheet.lines.insert(0, sheet.lines[0])
    width = max(map(len, sheet.rows))
    named = [heading.strip().lstrip("\ufeff") for heading in sheet.rows[0]]
    raw.headings = named + [""] * (width - len(named))
    raw.heading_line = sheet.lines[0]
    rows = [row + [""] * (width - len(row)) for row in sheet.rows[1:]]
    fill_table(raw, rows, sheet.lines[1:])
    if not raw.fatal:
        _tell(raw, sheet)
    return raw


def _tell(raw: RawTable, sheet: _Sheet) -> None:
    """Turn what was flagged into findings of the table."""
    if sheet.hidden:
        raw.doubt(*_FLAGS["hidden sheet"])
    if sheet.comments:
        raw.doubt(
            f"{sheet.comments} comments stand beside the cells; they are not read"
            if sheet.comments > 1
            else "1 comment stands beside a cell; it is not read",
            "write into a column what matters",
        )
    _tell_of_columns(raw, sheet)
    flagged: dict[tuple[int | None, str], list[int]] = {}
    for line, column, kind in sheet.flags:
        flagged.setdefault((column, kind), []).append(line)
    own = "currency" in read_headings(raw.headings, "ties").columns
    for (column, kind), lines in flagged.items():
        if own and kind.startswith("currency "):
            continue
        _tell_of_cells(raw, column, kind, np.array(lines, dtype=np.int64))
    for merged in sheet.merged:
        _tell_of_merged(raw, *merged)


def _tell_of_columns(raw: RawTable, sheet: _Sheet) -> None:
    for place, heading in enumerate(raw.headings):
        # The first heading of a matrix is empty, and rightly so.
        if place and not heading and any(cell is not None for cell in raw.columns[place]):
            _tell_of_heading(
                raw, place, f"no heading; the column is kept as 'column {place + 1}'",
                "write a heading above it, or delete it",
            )  # fmt: skip
    for first, last in sheet.hidden_columns:
        for place in range(first, min(last + 1, len(raw.headings))):
            _tell_of_heading(raw, place, *_FLAGS["hidden column"])


def _tell_of_cells(raw: RawTable, column: int | None, kind: str, lines: Positions) -> None:
    """Say it of cells of one column or, where `column` is None, of rows."""
    reason, hint = _FLAGS[kind] if kind in _FLAGS else _beside(kind)
    places = np.flatnonzero(np.isin(raw.line, lines))
    if column is None:
        raw.warn(places, None, None, reason, hint)
        return
    values = raw.columns[column] if kind in _SHOWN else None
    raw.warn(places, _heading(raw, column), values, reason, hint)
    if raw.heading_line in lines:
        _tell_of_heading(raw, column, reason, hint)


def _beside(kind: str) -> tuple[str, str]:
    if kind.startswith("text "):
        return (
            f"only the format of the cell writes '{kind[5:]}' beside the number; the number is "
            "kept without it",
            "write it into the cell, or into a column of its own",
        )
    return (
        f"only the format of the cell names a {kind}; the number is kept without it",
        "write the currency into a column of its own, called currency",
    )


def _tell_of_heading(raw: RawTable, column: int, reason: str, hint: str) -> None:
    named = _heading(raw, column)
    raw.findings.append(Finding("warning", named, None, reason, hint, line=raw.heading_line))


def _tell_of_merged(raw: RawTable, first: int, last: int, column: int, reference: str) -> None:
    """Say it once, at the headings or at the first row of data that is merged."""
    if first <= raw.heading_line <= last and column < len(raw.headings):
        _tell_of_heading(
            raw, column,
            f"the headings {reference} are merged; the text counts for the first cell only",
            "write all headings into one row, each above its own column",
        )  # fmt: skip
        return
    place = int(np.searchsorted(raw.line, first))
    if place < len(raw.line) and raw.line[place] <= last and column < len(raw.headings):
        raw.warn_at(
            place, _heading(raw, column),
            f"the cells {reference} are merged; their value counts for the first only",
            "undo the merging, and write the value into each cell that it is meant for",
        )  # fmt: skip


def _heading(raw: RawTable, column: int) -> str:
    return raw.headings[column] or letters(column)


def _note(kind: str, detail: str) -> tuple[str, str]:
    if kind == "no cells":
        return (
            f"'{detail}' is a chart or a macro, not a sheet of cells",
            "load its cells as a sheet",
        )
    if kind == "copy of a file":
        return f"a copy of cells of another file ({detail}) is not read", "load that file itself"
    return _FLAGS[kind]
