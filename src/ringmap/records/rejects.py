"""Refused rows as a table that can be corrected and loaded again."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import PurePath

from ringmap.records.headings import TABLE_NAMES, read_headings
from ringmap.records.receipt import FileReceipt
from ringmap.records.tabletext import OWN_COLUMNS, OWN_DIRECTION, RawTable

#: A spreadsheet takes a cell that begins so for a formula; the apostrophe goes when it is read.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
#: What no name of a file may hold on one system or another.
_NO_NAME = re.compile(r'[/\\:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Rejected:
    """Rows of one table that were not used, as CSV text.

    `name` is that of the file to write, so that a folder of such files is read as what they
    came from, with the same mapping if there is one. For a mapping's sake the headings also
    stand on the line, and the cells are parted by the sign, that it names. Behind the columns
    of the table stand the row and line where each was found, why it was refused, and cells
    for which there was no heading; ringmap passes these columns over when the corrected file
    is read. Rows of a matrix also say whether its ties have a direction.
    """

    name: str
    rows: int
    text: str


def collect_rejected(raw: RawTable, receipt: FileReceipt) -> Rejected | None:
    """The refused rows of a table; None where all are used, or the file was not cut into rows."""
    refused = receipt.refused if receipt.accepted else receipt.refused[:0]
    if not len(refused):
        return None
    reasons: dict[int, list[str]] = {}
    for finding in receipt.findings:
        if finding.severity == "refused":
            where = f"{finding.column}: " if finding.column else ""
            for row in finding.rows.tolist():
                reasons.setdefault(row, []).append(f"{where}{finding.reason}; {finding.hint}")
    out = io.StringIO()
    out.write("\n" * ((raw.cutting.heading_line or 1) - 1))
    writer = csv.writer(out, lineterminator="\n", delimiter=raw.cutting.delimiter or ",")
    of_matrix = [(OWN_DIRECTION, raw.direction)] if raw.direction else []
    writer.writerow([*raw.headings, *OWN_COLUMNS, *(name for name, _ in of_matrix)])
    for row in refused.tolist():
        place = row - 1
        cells = [column[place] or "" for column in raw.columns]
        told = [str(row), str(int(raw.line[place])), " | ".join(reasons[row]),
                " | ".join(raw.surplus.get(place, ()))]  # fmt: skip
        writer.writerow([*map(_guarded, cells), *told, *(word for _, word in of_matrix)])
    return Rejected(_name(raw), len(refused), out.getvalue())


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
