"""Victims whom a column of victims tells of, be they among the people of the case file or not."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model import (
    BETWEEN_NAMES,
    LIKELY_VICTIM,
    Case,
    find_codes,
    find_country,
    find_province,
    is_mark,
    names_in_cell,
    names_victims,
    speaks_of_victims,
)

#: What stands in the place of a value that would tell who somebody is.
WITHHELD = "withheld"

#: What a victim is called whom no table of people lists.
A_VICTIM = "a victim"
#: A column that has no place of its own in a table goes into a note: ``Nạn nhân: Lò Thị Đào``.
_IN_NOTE = re.compile(r"([^:]{1,80}): (.*)", re.DOTALL)
#: A number of so many digits may be a telephone or a document.
_FEWEST_DIGITS = 5
_MAY_SPEAK = re.compile(LIKELY_VICTIM)
#: Columns that ringmap knows itself.
_KNOWN = frozenset({"victim_status", "victim_status_as_written"})
_CODED = ("sex", "victim_status", "standing", "role", "purpose", "means", "stage")


def find_named_victims(case: Case) -> frozenset[str]:
    """Names, or ids, below headings of victims: in columns of the user's own, and in notes."""
    columns = [one for one in case.statements["column"].unique() if names_victims(one)]
    told = case.statements[case.statements["column"].isin(columns)]["value"].unique()
    found = {name for value in told for name in names_in_cell(str(value))}
    for table in (case.tie_records, case.events):
        for note in _likely(table["note"]):
            found.update(
                name
                for heading, text in _parts(note)
                if heading and names_victims(heading)
                for name in names_in_cell(text)
            )
    return frozenset(found)


def columns_on_victims(case: Case) -> frozenset[str]:
    """Columns of statements whose headings speak of victims."""
    columns = set(case.statements["column"].unique()) - _KNOWN
    return frozenset(filter(speaks_of_victims, columns))


def cell_on_victims(heading: str, cell: str, call: Callable[[str], str | None]) -> str:
    """What a cell may show that stands below a heading which speaks of victims.

    Names are called what `call` gives for them, if it knows them; marks, numbers of people,
    provinces and known words stay; anything else is withheld.
    """
    if names_victims(heading):
        names = names_in_cell(cell)
        return "; ".join(call(name) or A_VICTIM for name in names) if names else cell
    pieces = [piece.strip() for piece in BETWEEN_NAMES.split(cell)]
    return "; ".join(piece if _tells_nothing(piece) else WITHHELD for piece in pieces)


def note_without_victims(note: str, call: Callable[[str], str | None], *,
                         below: Callable[[str], bool] = speaks_of_victims) -> str:  # fmt: skip
    """A note without what stands in it below headings that speak of victims.

    What someone wrote as a note has colons of its own: there only headings of names count.
    """
    if not (_MAY_SPEAK.search(note) and speaks_of_victims(note)):
        return note
    told = []
    for heading, text in _parts(note):
        shown = heading is None or not below(heading)
        clean = text if shown else cell_on_victims(heading or "", text, call)
        told.append(clean if heading is None else f"{heading}: {clean}")
    return "; ".join(told)


def _parts(note: str) -> list[tuple[str | None, str]]:
    """What a note says under which heading; what has none belongs to the heading before it."""
    found: list[tuple[str | None, list[str]]] = []
    speaks = False
    for part in note.split("; "):
        headed = _IN_NOTE.match(part)
        if headed:
            speaks = speaks_of_victims(headed[1])
            found.append((headed[1], [headed[2]]))
        elif speaks:
            found[-1][1].append(part)
        else:
            found.append((None, [part]))
    return [(heading, "; ".join(texts)) for heading, texts in found]


def _likely(notes: pd.Series) -> list[str]:
    texts = pa.array(notes.dropna().unique(), type=pa.large_string())
    likely = np.asarray(pc.match_substring_regex(texts, LIKELY_VICTIM), dtype=bool)
    found: list[str] = texts.filter(pa.array(likely)).to_pylist()
    return found


def _tells_nothing(text: str) -> bool:
    """True for a text that many victims share: a mark, a small number, a province, a known word."""
    if is_mark(text):
        return sum(map(str.isdigit, text)) < _FEWEST_DIGITS
    return bool(
        find_province(text) or find_country(text) or any(find_codes(one, text) for one in _CODED)
    )
