"""Ties, parties and evidence as three CSV tables.

No byte order mark here: these are for programs, and some take it for a part of the first
heading. Reports, which people open in a spreadsheet, have one.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from ringmap.disclosure import escape_formula
from ringmap.export.contents import Contents, Row, Value

_TIES = ("source", "target", "kind", "case_id", "first", "last", "weight", "directed", "records",
         "grade", "sources")  # fmt: skip
_EVIDENCE = ("tie", "source", "target", "kind", "case_id", "source_ref", "document", "page",
             "agency", "received", "reliability", "credibility", "handling", "first", "last",
             "weight", "amount", "currency", "note", "file", "row")  # fmt: skip


def write_csv_tables(contents: Contents) -> dict[str, str]:
    """Three tables by what to add to the name of the file.

    ``""`` has a row per tie and headings that `ringmap.records.read` takes for an edge
    list; ``_parties`` is the node file that belongs to it, its first column the id;
    ``_evidence`` has a row per record of a tie, ``tie`` being the tie's row counted from 1.
    ``victims`` at the end of each row says whether victims are under pseudonyms.
    """
    ties = [_tie(row) for row in contents.ties]
    further = [name for name in contents.types["ties"] if name not in (*_TIES, "case")]
    parties = [{"id": row["party"]} | row for row in contents.parties]
    facts = [name for name in contents.types["parties"] if name != "party"]
    return {
        "": _table((*_TIES, *further), ties, contents.victims),
        "_parties": _table(("id", *facts), parties, contents.victims),
        "_evidence": _table(_EVIDENCE, _evidence(ties, contents), contents.victims),
    }


def _tie(row: Row) -> Row:
    return {("case_id" if name == "case" else name): value for name, value in row.items()}


def _evidence(ties: Sequence[Row], contents: Contents) -> Iterable[Row]:
    for number, (tie, pieces) in enumerate(zip(ties, contents.evidence, strict=True), start=1):
        ends: Row = {name: tie[name] for name in ("source", "target", "kind", "case_id")}
        for piece in pieces:
            yield {"tie": number} | ends | piece


def _table(columns: Sequence[str], rows: Iterable[Row], victims: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*map(escape_formula, columns), "victims"])
    for row in rows:
        writer.writerow([*(_cell(row.get(name)) for name in columns), victims])
    return text.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape_formula(value) if isinstance(value, str) else repr(value)
