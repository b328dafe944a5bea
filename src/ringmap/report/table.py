"""The ranking of brokers as one CSV table."""

import csv
import io

import pandas as pd

from ringmap.disclosure import Cleared, escape_formula
from ringmap.report.doubts import require_cleared
from ringmap.report.markup import legible
from ringmap.report.ranking import rank_table
from ringmap.report.records import Archive, Piece


def report_csv(cleared: Cleared) -> str:
    """Every person with every measure: a row each, in the order of the ranking.

    Columns: ``rank`` (empty for protected victims), ``party``, ``name``, ``roles``,
    ``country``, ``side``, ``standing``, the measures in the order of the finding, ``because``
    and ``evidence``: ``people.csv:3 (S07 B2)`` for each record, best graded first, joined by
    semicolons. ``victims`` says in each row whether victims are under pseudonyms.

    It begins with a byte order mark: Excel reads a CSV without one in the code page of the
    computer and breaks every Vietnamese name, and analysts open this file in Excel. ringmap
    reads files with the mark, as other readers of UTF-8 do. A cell that a spreadsheet would
    run as a formula has ``'`` before it; numbers have not.
    """
    require_cleared(cleared)
    table = rank_table(cleared)
    archive = Archive(cleared.case)
    victims = "recorded names" if cleared.policy.show_victims else "pseudonyms"
    columns = [column for column in table.columns if column != "records"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*columns, "evidence", "victims"])
    listed = [_cells(table[column]) for column in columns]
    for row, records in enumerate(table["records"]):
        evidence = "; ".join(_told(piece) for piece in archive.sorted(records))
        writer.writerow([*(values[row] for values in listed), _safe(evidence), victims])
    return "\ufeff" + text.getvalue()


def _cells(values: pd.Series) -> list[str]:
    return [_cell(value) for value in values.astype(object).where(values.notna(), None)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(float(value))
    return _safe(str(value))


def _safe(text: str) -> str:
    return escape_formula(legible(text))


def _told(piece: Piece) -> str:
    about = " ".join(part for part in (piece.source_ref or "", piece.grade) if part)
    return f"{piece.file}:{piece.row}" + (f" ({about})" if about else "")
