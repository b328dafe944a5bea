"""A sheet whose columns each name people of one kind: victims here, suspects there."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ringmap.model import BETWEEN_NAMES, is_mark, is_of_victims, match_key, part_of_heading
from ringmap.records.cells import is_unknown
from ringmap.records.coded import Cells, Positions
from ringmap.records.edges import looks_like_edges
from ringmap.records.headings import REQUIRED, Meaning, kinds_of, read_headings
from ringmap.records.spreading import Spread
from ringmap.records.tabletext import WITH_CELLS, RawTable

#: What a row tells of its case, and so of everybody named in it; the rest is told of one column's.
OF_CASE = ("case_id", "date", "place", "place_kind", "province", "country", "source_ref", "grade",
            "note")  # fmt: skip
#: A mark before a name in a list: a dot, a dash, a number.
_LISTED = re.compile(r"^(?:[-–—•*+·]|\(?[0-9]{1,2}[.)])\s*(?=\w)")
_NUMBERED = re.compile(r"\s(?=\(?[0-9]{1,2}[.)]\s)")
#: How many there were, and of what sort: ``2 nạn nhân``, ``3 girls``.
_HOW_MANY = re.compile(r"[0-9]{1,4}\s+[^\W\dA-ZĐ]{2}")
#: What may part names, and may as well stand within one.
_MAY_PART = re.compile(r"\S\s+\S+\s*[,，]\s*\S+\s+\S|\s(?:và|and|y|&)\s|\w\s*/\s*\w|，|和")
_NOBODY = frozenset({"n/a", "na", "tbc", "tbd", "none", "khong co", "ninguno", "ninguna", "不详"})
_KEYS = frozenset(keys[0] for table, keys in REQUIRED.items() if table not in ("sheet", "cases"))


def spread_people(raw: RawTable) -> Spread | None:
    """A table of people for each column that names some; None where no column names victims.

    A sheet with the headings ``Vụ án, Nạn nhân, Đối tượng`` tells in each row of a case and of
    everybody named in it. What stands right of such a column, up to the next, is told of the
    people in it. Several names in a cell are parted by a semicolon or an end of line.
    """
    meaning = read_headings(raw.headings, "sheet")
    if raw.format not in WITH_CELLS or "case_id" not in meaning.columns or _is_other(raw):
        return None
    parts = _parts(raw, meaning)
    if not any(is_of_victims(raw.headings[place]) for place in parts):
        return None
    raw.format = f"{raw.format} (people by column)"
    told = ", ".join(f"'{raw.headings[place]}'" for place in parts)
    raw.doubt(
        f"people are named under {told}; what stands right of each is told of them, "
        "and what the row tells of its case of all",
        "see whether that is so; a mapping may say otherwise (ringmap formats case-sheet)",
    )
    found = Spread(raw, ("nobody is named in this row", "name a person, or leave the row out"))
    for place in parts:
        _add(found, meaning, place, parts)
    return found


def _is_other(raw: RawTable) -> bool:
    return raw.headings[0].strip().lower() in _KEYS or looks_like_edges(raw)


def _parts(raw: RawTable, meaning: Meaning) -> list[int]:
    """Positions of the columns that name people, in order; that of `person` is always one."""
    person = meaning.columns.get("person")
    known = set(meaning.columns.values()) - {person}
    return [
        place
        for place, (heading, cells) in enumerate(zip(raw.headings, raw.columns, strict=True))
        if place == person
        or (place not in known and part_of_heading(heading) and not _are_marks(cells))
    ]


def _are_marks(cells: Cells) -> bool:
    """True for a column of yes and no, or of how many, as of victims in a case."""
    filled = cells.filled
    return bool(filled.any() and cells.where(is_mark)[filled].all())


def _names(cells: Cells) -> Cells:
    """Cells that name somebody: neither a mark, nor a number, nor a word for not knowing."""
    return cells.blank(cells.where(_names_nobody))


def _names_nobody(text: str) -> bool:
    how_many = _HOW_MANY.match(text.strip())
    return (
        is_mark(text) or is_unknown(text) or match_key(text) in _NOBODY
        or (how_many is not None and text == text.lower())
    )  # fmt: skip


@dataclass(slots=True)
class _People:
    """People named in one column: of which row each is, which of how many in the cell."""

    names: list[str] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    count: list[int] = field(default_factory=list)


def _people(cells: Cells) -> _People:
    found = _People()
    for row, cell in enumerate(cells):
        names = _names_in(cell)
        found.names += names
        found.row += [row] * len(names)
        found.place += range(len(names))
        found.count += [len(names)] * len(names)
    return found


def _names_in(cell: str | None) -> list[str]:
    """The names in a cell, without the dashes and numbers of a list."""
    if cell and _LISTED.match(cell):
        cell = _NUMBERED.sub("\n", cell)
    return [_LISTED.sub("", piece) for piece in _pieces(cell)]


def _pieces(cell: str | None) -> list[str]:
    return [piece.strip() for piece in BETWEEN_NAMES.split(cell or "") if piece.strip()]


def _add(found: Spread, meaning: Meaning, place: int, parts: Sequence[int]) -> None:
    """The people of one column, with their role if its heading says one and no other does."""
    raw = found.raw
    named = _names(raw.columns[place]).blank(raw.refused)
    _tell_marks(raw, place, named)
    own = _own_columns(raw, meaning, place, parts)
    for at in own:
        raw.warn(
            raw.columns[at].filled & ~named.filled, raw.headings[at], raw.columns[at],
            f"nobody is named under '{raw.headings[place]}', of whom this is told",
            "not used; write a name there, or leave the cell empty",
        )  # fmt: skip
    people = _people(named)
    if not people.names:
        return
    rows = np.array(people.row, dtype=np.int64)
    made = {"person": Cells.of(people.names)}
    called, shown = {"person": raw.headings[place]}, {}
    for column, at in meaning.columns.items():
        if column in OF_CASE:
            made[column] = raw.columns[at][rows]
            called[column], shown[column] = raw.headings[at], raw.columns[at]
    further = set()
    for at, column in own.items():
        if column in made or column not in kinds_of("sheet"):
            column = _unlike(raw.headings[at], made)
            further.add(column)
        _add_own(raw, at, column, people, rows, made)
        called[column], shown[column] = raw.headings[at], raw.columns[at]
    part = part_of_heading(raw.headings[place])
    if part is not None and "role" not in made:
        made["role"], called["role"] = Cells.same(part, len(rows)), raw.headings[place]
    further |= {name for name in made if name.endswith(_OF_ALL)}
    found.add("sheet", made, rows, called, frozenset(further), shown)


_OF_ALL = " (of all in the cell)"


def _own_columns(raw: RawTable, meaning: Meaning, place: int, parts: Sequence[int],
                 ) -> dict[int, str]:  # fmt: skip
    """Columns that tell of the people of one column, by position, and what each may be.

    ``Tuổi`` right of them, or ``Tuổi nạn nhân`` wherever it stands, is their age.
    """
    of_case = {at for column, at in meaning.columns.items() if column in OF_CASE}
    own = {}
    for at, heading in enumerate(raw.headings):
        if at in parts or at in of_case:
            continue
        whose, rest = _whose(raw, at, parts)
        if whose == place:
            told = read_headings([rest], "sheet").columns
            own[at] = next(iter(told), heading) if rest else heading
    return own


def _whose(raw: RawTable, at: int, parts: Sequence[int]) -> tuple[int, str]:
    """The column of people that a column tells of, and its heading without their name.

    That is the one that its heading names, or else the one that it stands right of; the first,
    if it is left of all.
    """
    key = f" {match_key(raw.headings[at])} "
    near = parts[max(bisect_right(parts, at) - 1, 0)]
    by_left = sorted(parts, key=lambda one: (one != near, one))
    for name_of in (match_key, part_of_heading):
        for one in by_left:
            name = name_of(raw.headings[one])
            if name and f" {name} " in key and key.strip() != name:
                return one, _LINKS.sub("", key.replace(f" {name} ", " ", 1).strip())
    return near, raw.headings[at]


#: What is left beside a heading when the name of those it tells of is taken out of it.
_LINKS = re.compile(r"^(s|of|of the|cua|de|de la|del) | (s|of|of the|cua|de|de la|del|so|no)$|^s ")


def _unlike(heading: str, made: Mapping[str, Cells]) -> str:
    """The heading of a further column, numbered where another is called so."""
    name = heading or "column"
    numbers = (f"{name} ({number})" for number in itertools.count(2))
    return name if name not in made else next(one for one in numbers if one not in made)


def _tell_marks(raw: RawTable, at: int, named: Cells) -> None:
    """Tell of cells among the names that name nobody, or maybe several where one is read."""
    several = named.where(lambda text: any(map(_MAY_PART.search, _pieces(text))))
    raw.warn(
        several, raw.headings[at], raw.columns[at], "one person is made of what may be several",
        "part names by semicolons if they are several people",
    )  # fmt: skip
    odd = raw.columns[at].filled & ~named.filled & ~raw.refused
    raw.warn(
        odd, raw.headings[at], raw.columns[at], "this names nobody",
        "nobody is made of it; write a name, or leave the cell empty",
    )  # fmt: skip


def _add_own(raw: RawTable, at: int, column: str, people: _People, rows: Positions,
             made: dict[str, Cells]) -> None:  # fmt: skip
    """What is told of the people of a column: piece by piece, where there is one for each."""
    cells = raw.columns[at]
    if max(people.count) == 1:
        made[column] = cells[rows]
        return
    each: list[str | None] = []
    together: list[str | None] = []
    for row, place, count in zip(people.row, people.place, people.count, strict=True):
        cell = cells[row]
        pieces = _pieces(cell)
        one = cell if count == 1 else pieces[place] if len(pieces) == count else None
        each.append(one)
        together.append(None if one is not None else cell)
    made[column] = Cells.of(each)
    of_all = Cells.of(together)
    if of_all.filled.any():
        made[f"{raw.headings[at]}{_OF_ALL}"] = of_all
        raw.warn(
            np.unique(rows[of_all.filled]), raw.headings[at], cells,
            "not one text for each of the people named in this row",
            "kept with all of them as it is written; write as many as names, parted by semicolons",
        )  # fmt: skip
