"""Victims whom a column of victims names, be they among the people of the case file or not."""

import re
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model import LIKELY_VICTIM, Case, is_mark, is_of_victims

#: What a victim is called whom no table of people lists.
A_VICTIM = "a victim"
#: A column that has no place of its own in a table goes into a note: ``Nạn nhân: Lò Thị Đào``.
_IN_NOTE = re.compile(r"([^:]{1,80}): (.*)", re.DOTALL)
_BETWEEN = re.compile(r"[;\n；、]")


def find_named_victims(case: Case) -> frozenset[str]:
    """Names, or ids, below headings of victims: in columns of the user's own, and in notes."""
    columns = columns_of_victims(case)
    told = case.statements[case.statements["column"].isin(columns)]["value"].unique()
    found = {name for value in told for name in names_in_cell(str(value))}
    for table in (case.tie_records, case.events):
        found.update(_named_in_notes(table["note"].dropna().unique()))
    return frozenset(found)


def columns_of_victims(case: Case) -> frozenset[str]:
    """Columns of statements whose headings say that victims are named below."""
    return frozenset(filter(is_of_victims, case.statements["column"].unique()))


def names_in_cell(cell: str) -> list[str]:
    """The names that a cell lists; none where it says yes, no or how many."""
    pieces = (piece.strip() for piece in _BETWEEN.split(cell))
    return [piece for piece in pieces if piece and not is_mark(piece)]


def _named_in_notes(notes: Iterable[str]) -> Iterable[str]:
    texts = pa.array(notes, type=pa.large_string())
    likely = np.asarray(pc.match_substring_regex(texts, LIKELY_VICTIM), dtype=bool)
    for note in texts.filter(pa.array(likely)).to_pylist():
        of_victims = False
        for part in note.split("; "):
            headed = _IN_NOTE.match(part)
            of_victims = is_of_victims(headed[1]) if headed else of_victims
            if of_victims:
                yield from names_in_cell(headed[2] if headed else part)
