"""Refused rows as a table that can be corrected and loaded again."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from ringmap.records.coded import Positions
from ringmap.records.dates import DAY_FIRST, DateReading, find_order, read_date
from ringmap.records.headings import TABLE_NAMES, read_headings
from ringmap.records.numbers import DECIMALS, find_decimal, read_number
from ringmap.records.receipt import FileReceipt, Finding
from ringmap.records.tabletext import OWN_COLUMNS, OWN_DIRECTION, OWN_READ_AS, RawTable

#: A spreadsheet takes a cell that begins so for a formula; the apostrophe goes when it is read.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
#: What no name of a file may hold on one system or another.
_NO_NAME = re.compile(r'[/\\:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True, eq=False)
class Rejected:
    """Rows of one table that were not used, or not in every part, as CSV text.

    It is written when it is asked for.

    `name` is that of the file to write, so that a folder of such files is read as what they
    came from, with the same mapping if there is one. For a mapping's sake the headings also
    stand on the line, and the cells are parted by the sign, that it names. Behind the columns
    of the table stand the row and line where each was found, why it was refused, and cells
    for which there was no heading; ringmap passes these columns over when the corrected file
    is read. Rows of a matrix also say whether its ties have a direction, and a column whose dates
    or fractions only the other rows show how to read has one of its own beside it that says so.
    """

    name: str
    rows: int
    _write: Callable[[], str]

    @property
    def text(self) -> str:
        """The table."""
        return self._write()


def collect_rejected(raw: RawTable, receipt: FileReceipt) -> Rejected | None:
    """The rows of a table to be corrected; None where there are none.

    So it is where everything in each row is used, or the file was not cut into rows.
    """
    refused = receipt.to_correct
    if not len(refused):
        return None
    # What is written is kept apart: the table itself is given up before the case is put together.
    columns = [column[refused - 1].used() for column in raw.columns]
    kept = replace(raw, columns=columns, line=raw.line[refused - 1], came_from=None)
    numbers = raw.numbers[refused - 1]
    write = partial(_written, kept, refused, numbers, receipt.findings)
    return Rejected(_name(raw), len(refused), write)


def _written(
    raw: RawTable, refused: Positions, numbers: Positions, findings: Iterable[Finding]
) -> str:
    """Rows to be corrected as CSV text; `raw` has no others."""
    reasons: dict[int, list[str]] = {}
    for finding in findings:
        if finding.severity == "refused" or finding.in_part:
            where = f"{finding.column}: " if finding.column else ""
            why = f"{where}{finding.reason}; {finding.hint}"
            for row in finding.rows.tolist():
                reasons.setdefault(row, []).append(why)
    out = io.StringIO()
    out.write("\n" * ((raw.cutting.heading_line or 1) - 1))
    writer = csv.writer(out, lineterminator="\n", delimiter=raw.cutting.delimiter or ",")
    of_others = [(OWN_DIRECTION, raw.direction)] if raw.direction else []
    of_others += [
        (f"{OWN_READ_AS}{heading}", told)
        for heading, told in raw.read_as.items()
        if _hangs_on_others(raw, heading, told)
    ]
    writer.writerow([*raw.headings, *OWN_COLUMNS, *(name for name, _ in of_others)])
    columns = [[_guarded(cell or "") for cell in column.tolist()] for column in raw.columns]
    rows = zip(*columns, strict=True) if columns else ((),) * len(refused)
    places = (refused.tolist(), numbers.tolist(), raw.line.tolist())
    for cells, row, number, line in zip(rows, *places, strict=True):
        surplus = " | ".join(raw.surplus.of(row - 1))
        told = [str(number), str(line), " | ".join(reasons[row]), surplus]
        writer.writerow([*cells, *told, *(word for _, word in of_others)])
    return out.getvalue()


def _hangs_on_others(raw: RawTable, heading: str, told: str) -> bool:
    """True where cells would be read otherwise without the rows that were not refused.

    A corrected cell may be written as those of other rows are: what they show is told even where
    no refused cell needs it, but for what is taken for granted anyway.
    """
    texts = [text for one, cells in zip(raw.headings, raw.columns, strict=True)
             if one == heading for text in cells.used().texts.tolist()]  # fmt: skip
    alone = find_decimal(texts) if told in DECIMALS else find_order(texts)
    if told not in (".", DAY_FIRST):
        return alone != told
    read: Callable[[str, str | None], object] = read_number if told == "." else _read_date
    return any(read(one, alone) != read(one, told) for one in texts)


def _read_date(text: str, order: str | None) -> DateReading:
    return read_date(text, order=order)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _name(raw: RawTable) -> str:
    """``people.csv`` for what is read as a table by its name; else the whole name and ``.csv``.

    So ``book.xlsx#Danh sách`` becomes ``book.xlsx#Danh sách.csv``, which a mapping for the one
    fits as well.
    """
    file = PurePath(raw.file).name if "#" not in raw.file else raw.file
    whole, _, part = file.rpartition("#")
    table = TABLE_NAMES.get((part if whole else PurePath(file).stem).lower())
    if table is not None and not read_headings(raw.headings, table).missing:
        return f"{(part if whole else PurePath(file).stem).lower()}.csv"
    name = f"{PurePath(whole).name}#{part}" if whole else file
    return f"{_NO_NAME.sub('_', name.removesuffix('.csv'))}.csv"
