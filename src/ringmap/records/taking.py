"""A mapping at work: the tables that the rows of one file tell of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product, zip_longest

import numpy as np
import numpy.typing as npt

from ringmap.model import match_key
from ringmap.records.coded import Cells, Mask, alike, together
from ringmap.records.identities import made_id
from ringmap.records.mapping import FilePlan, TablePlan, Take
from ringmap.records.spreading import Spread
from ringmap.records.tables import list_headings
from ringmap.records.tabletext import RawTable
from ringmap.records.telephones import comparable_number

Rows = npt.NDArray[np.int64]

#: Several labels of a node, as Neo4j writes them.
_LABELS = re.compile(r"(?::[^:;\s][^:;]*){2,}")
#: A row with as many owners of as many things is no record of anything.
_MOST_PAIRS = 10_000


def spread(raw: RawTable, plan: FilePlan, mapping: str, country: str | None = None) -> Spread:
    """The tables that the mapping of a user makes of a file.

    A heading that it names and the file does not have fails the file. `mapping` is the name
    of the mapping's file, `country` that of telephone numbers without a country code.
    """
    found = Spread(raw, (
        f"{mapping} takes nothing from this row",
        "add a table for such rows to the mapping, or drop them",
    ))  # fmt: skip
    columns = _columns(raw)
    for heading in plan.drop:
        if match_key(heading) not in columns:
            raw.doubt(
                f"no column '{heading}' to drop among the headings {list_headings(raw)}",
                f"correct 'drop' in {mapping}, if it names a column that is not to be kept",
            )
    if _has_all(raw, plan, columns, mapping):
        _take_all(found, plan, columns, country)
    return found


def spread_known(raw: RawTable, plan: FilePlan, form: str, country: str | None = None) -> Spread:
    """The tables of a form that ringmap knows, whose files rarely have every column."""
    found = Spread(raw, (
        f"ringmap reads no row of this kind from {form}",
        "leave it out, or bring it in as a table of its own",
    ))  # fmt: skip
    _take_all(found, plan, _columns(raw), country)
    return found


def _take_all(found: Spread, plan: FilePlan, columns: Mapping[str, tuple[str, Cells]],
              country: str | None) -> None:  # fmt: skip
    views = [_view(found.raw, table, columns, country) for table in plan.tables]
    left = _left(found.raw, plan, columns, views)
    owners = {heading: _owners(heading, plan, views, len(found.raw.row)) for heading in left}
    for number, (table, view) in enumerate(zip(plan.tables, views, strict=True)):
        kept = {
            heading: cells.blank(~_goes_with(number, table, *owners[heading]))
            for heading, cells in left.items()
        }
        _add(found, table, view, {name: one for name, one in kept.items() if one.filled.any()})


def _owners(heading: str, plan: FilePlan, views: Sequence["_View"], count: int,
            ) -> tuple[Rows, Rows]:  # fmt: skip
    """Which table each row's left cell goes along with: one that takes from it, or the first.

    The first answer counts only tables that take from the heading, the second all; −1: none.
    """
    key = match_key(heading)
    taking, first = np.full(count, -1), np.full(count, -1)
    for number, (table, view) in enumerate(zip(plan.tables, views, strict=True)):
        for owner in (taking, first) if key in map(match_key, table.taken()) else (first,):
            if owner is taking or table.keep is not False:
                owner[view.rows[owner[view.rows] < 0]] = number
    return taking, np.where(taking >= 0, taking, first)


def _goes_with(number: int, table: TablePlan, taking: Rows, owner: Rows) -> Mask:
    """Rows whose left cell goes along with a table, as its plan says."""
    if table.keep is False:
        return np.zeros(len(owner), dtype=bool)
    return np.asarray((owner == number) | (taking < 0 if table.keep else False), dtype=bool)


def _left(raw: RawTable, plan: FilePlan, columns: Mapping[str, tuple[str, Cells]],
          views: Iterable["_View"]) -> dict[str, Cells]:  # fmt: skip
    """What no table takes of the file, by heading: cells that are to be kept as they are.

    A name of which nothing but an id was made is not kept: whoever wrote the mapping may not
    want it shown. That is told.
    """
    told, hidden = ({key: np.zeros(len(raw.row), dtype=bool) for key in columns} for _ in "12")
    for table, view in zip(plan.tables, views, strict=True):
        for take in (*table.takes.values(), *table.further.values()):
            _tick_off(take, view, told, hidden)
    dropped = set(map(match_key, plan.drop))
    left = {}
    for key, (heading, cells) in columns.items():
        rest = cells.blank(told[key])
        if key in dropped or not rest.filled.any():
            continue
        if (rest.filled & hidden[key]).any():
            raw.doubt(
                f"of the texts under '{heading}' an id is made, and no name",
                f"write 'name: {heading}' into the mapping if they may be shown, "
                f"or 'drop: [{heading}]' if not",
            )  # fmt: skip
        rest = rest.blank(hidden[key])
        if rest.filled.any():
            left[heading] = rest
    return left


def _tick_off(take: Take, view: "_View", told: Mapping[str, Mask], hidden: Mapping[str, Mask],
              asked: Mask | None = None) -> None:  # fmt: skip
    """Note the cells whose whole text goes into a column; what else they say is left.

    Names that only make an id of a person are noted apart. Only rows that are `asked` count,
    all if it is None.
    """
    asked = np.ones(len(view.rows), dtype=bool) if asked is None else asked
    keys = [key for key in map(match_key, take.headings) if key in view.columns]
    if take.made == "person":
        for key in keys:
            hidden[key][view.rows[asked]] = True
    elif keys:
        found = [cells for key in keys if (cells := view.cells(key)) is not None]
        place, distinct = together(*found)
        said = np.array([_said_by(take, texts) for texts in distinct], dtype=bool)
        for key, of_key in zip(keys, said.reshape(-1, len(keys)).T, strict=True):
            told[key][view.rows[of_key[place] & asked]] = True
    if take.otherwise is not None and any(take.otherwise.all_headings()):
        cells = _first_taken(take, view)
        rest = asked if cells is None else asked & ~cells.filled
        _tick_off(take.otherwise, view, told, hidden, rest)


def _said_by(take: Take, texts: tuple[str | None, ...]) -> list[bool]:
    """For each of the cells that a column takes from, whether the column says all of it."""
    if take.made is not None:
        return [False] * len(texts)
    text = _gathered(take, texts)
    if text != _changed(take, text):
        return [False] * len(texts)
    return [not take.first or cell == text for cell in texts]


@dataclass(slots=True)
class _View:
    """The rows of a file that one table takes, some of them several times."""

    columns: Mapping[str, tuple[str, Cells]]
    rows: Rows
    number: npt.NDArray[np.int64]
    #: Of which telephone numbers without a country code are.
    country: str | None = None
    pieces: dict[str, Cells] = field(default_factory=dict)

    def cells(self, heading: str) -> Cells | None:
        """Cells under a heading; None if the file has no such heading."""
        key = match_key(heading)
        if key in self.pieces:
            return self.pieces[key]
        found = self.columns.get(key)
        return None if found is None else found[1][self.rows]


def _columns(raw: RawTable) -> dict[str, tuple[str, Cells]]:
    """Columns by what their headings have in common; of two alike the second is numbered."""
    found: dict[str, tuple[str, Cells]] = {}
    for place, (heading, cells) in enumerate(zip(raw.headings, raw.columns, strict=True), 1):
        name = heading or f"column {place}"
        if match_key(name) in found:
            name = f"{name} (column {place})"
        found[match_key(name)] = (name, cells)
    return found


def _has_all(raw: RawTable, plan: FilePlan, columns: Iterable[str], mapping: str) -> bool:
    known = set(columns)
    for table in plan.tables:
        for heading in table.headings():
            if match_key(heading) not in known:
                raw.fail(
                    f"no column '{heading}' among the headings {list_headings(raw)}",
                    f"correct the table '{table.table}' in {mapping}, line {table.line}",
                    column=heading, line=raw.heading_line,
                )  # fmt: skip
                return False
    return True


def _view(raw: RawTable, table: TablePlan, columns: Mapping[str, tuple[str, Cells]],
          country: str | None) -> _View:  # fmt: skip
    view = _View(columns, np.flatnonzero(_wanted(raw, table, columns)), raw.numbers, country)
    if table.each_with_each:
        pairs = np.ones(len(view.rows), dtype=np.int64)
        for heading, marks in table.split.items():
            cells = view.cells(heading)
            if cells is not None:
                counts = [len(_pieces(cell, marks)) or 1 for cell in cells]
                pairs *= np.minimum(np.array(counts, dtype=np.int64), _MOST_PAIRS + 1)
        raw.refuse(
            view.rows[pairs > _MOST_PAIRS], None, None, f"more than {_MOST_PAIRS:,} pairs in a row",
            "write some of them as rows of their own",
        )  # fmt: skip
        view = _View(columns, view.rows[pairs <= _MOST_PAIRS], raw.numbers, country)
    return _cut(view, table.split, each_with_each=table.each_with_each) if table.split else view


def _add(found: Spread, table: TablePlan, view: _View, left: Mapping[str, Cells]) -> None:
    columns = view.columns
    made: dict[str, Cells] = {}
    called: dict[str, str] = {}
    shown: dict[str, Cells] = {}
    for column, take in (*table.takes.items(), *table.further.items()):
        cells = _taken(take, view)
        if cells is not None:
            made[column] = cells
            keys = map(match_key, take.all_headings())
            named = dict(columns[key] for key in keys if key in columns)
            called[column] = " + ".join(named) or column
            if len(named) == 1 and take.part is None and not view.pieces:
                shown[column] = named.popitem()[1]
    for heading, cells in left.items():
        name = heading if heading not in made else f"{heading} (further)"
        made[name] = cells[view.rows]
        called[name] = heading
    if len(view.rows):
        _tell_of_events_again(found.raw, table, view, made)
        found.add(table.table, made, view.rows, called, frozenset(table.further), shown)


def _tell_of_events_again(
    raw: RawTable, table: TablePlan, view: _View, made: Mapping[str, Cells]
) -> None:
    """Say where a person has an event twice, by an id that no record has but ringmap made."""
    take, events = table.takes.get("event_id"), made.get("event_id")
    if table.table != "events" or take is None or events is None:
        return
    maker = take if take.made is not None else take.otherwise
    if maker is None or maker.made is None:
        return
    given = _first_taken(take, view) if maker is not take else None
    people = made.get("person_id", Cells.same("", len(view.rows)))
    number, first = alike(events, people)
    again = events.filled & (first[number] != np.arange(len(number)))
    if given is not None:
        again &= ~given.filled
    raw.warn(
        view.rows[again], None, None,
        "an earlier row tells of the same event, by all that its id is made of",
        "read as two records of one event; give each an id of its own if they are two",
    )  # fmt: skip


def _wanted(raw: RawTable, table: TablePlan, columns: Mapping[str, tuple[str, Cells]]) -> Mask:
    """Rows that a table takes; conditions on headings that the file does not have are passed."""
    wanted = ~raw.refused
    where = [(heading, cells, words) for heading, words in table.where.items()
             if (cells := _under(heading, columns)) is not None]  # fmt: skip
    if table.where and not where:
        return np.zeros(len(wanted), dtype=bool)
    for heading, cells, words in where:
        wanted = wanted & _is_one_of(heading, cells, words)
    for heading, words in table.unless.items():
        if (cells := _under(heading, columns)) is not None:
            wanted = wanted & ~_is_one_of(heading, cells, words)
    for heading in table.filled:
        wanted = wanted & _is_filled(heading, columns, len(wanted))
    if table.filled_any:
        filled = [_is_filled(heading, columns, len(wanted)) for heading in table.filled_any]
        wanted = wanted & np.any(filled, axis=0)
    for heading in table.empty:
        wanted = wanted & ~_is_filled(heading, columns, len(wanted))
    return np.asarray(wanted, dtype=bool)


def _under(heading: str, columns: Mapping[str, tuple[str, Cells]]) -> Cells | None:
    found = columns.get(match_key(heading))
    return None if found is None else found[1]


def _is_filled(heading: str, columns: Mapping[str, tuple[str, Cells]], count: int) -> Mask:
    cells = _under(heading, columns)
    return np.zeros(count, dtype=bool) if cells is None else cells.filled


def _is_one_of(heading: str, cells: Cells, words: frozenset[str]) -> Mask:
    """True for cells that are one of the words; of several labels of a node one will do."""
    marks = ";" if heading == ":LABEL" else ":"

    def is_one(text: str) -> bool:
        if match_key(text) in words:
            return True
        is_labels = heading == ":LABEL" or _LABELS.fullmatch(text)
        return bool(is_labels) and any(match_key(one) in words for one in text.split(marks))

    return cells.where(is_one)


def _cut(view: _View, split: Mapping[str, tuple[str, ...]], *, each_with_each: bool) -> _View:
    """One row for each piece of the cells to be cut, of several side by side or each with each."""
    cut = {
        match_key(heading): [_pieces(cell, marks) for cell in cells]
        for heading, marks in split.items()
        if (cells := view.cells(heading)) is not None
    }
    rows: list[int] = []
    chosen: list[tuple[str | None, ...]] = []
    for place, row in enumerate(view.rows.tolist()):
        here: list[Sequence[str | None]] = [found[place] for found in cut.values()]
        if each_with_each:
            chosen += product(*(one or [None] for one in here))
        else:
            chosen += zip_longest(*here)
        rows += [row] * (len(chosen) - len(rows))
    made = {heading: Cells.of(one[at] for one in chosen) for at, heading in enumerate(cut)}
    return _View(view.columns, np.array(rows, dtype=np.int64), view.number, view.country, made)


def _pieces(cell: str | None, marks: Iterable[str]) -> list[str]:
    pieces = [cell or ""]
    for mark in marks:
        pieces = [piece for one in pieces for piece in one.split(mark)]
    return [piece.strip() for piece in pieces if piece.strip()]


def _taken(take: Take, view: _View) -> Cells | None:
    """The texts of a column; None if the file has none of its headings."""
    cells = _first_taken(take, view)
    if take.otherwise is None:
        return cells
    instead = _taken(take.otherwise, view)
    if cells is None or instead is None:
        return instead if cells is None else cells
    return cells.otherwise(instead)


def _first_taken(take: Take, view: _View) -> Cells | None:
    if take.fixed is not None:
        return Cells.same(f"{take.before}{take.fixed}", len(view.rows))
    if take.row_number:
        return Cells.of(f"{take.before}{number}" for number in view.number[view.rows])
    sources = [cells for heading in take.headings if (cells := view.cells(heading)) is not None]
    if not sources:
        return None
    place, distinct = together(*sources)
    return Cells.repeated(place, [_text(take, texts, view.country) for texts in distinct])


def _text(take: Take, texts: tuple[str | None, ...], country: str | None) -> str | None:
    if take.made is not None:
        told = [text or "" for text in texts]
        if take.made in ("phone", "sim"):
            told = [comparable_number(text, country) for text in told]
        return take.before + made_id(take.made, *told) if any(told) else None
    text = _changed(take, _gathered(take, texts)).strip()
    return take.before + text if text else None


def _gathered(take: Take, texts: tuple[str | None, ...]) -> str:
    """The cells that a column takes from as one text."""
    filled = [text for text in texts if text is not None]
    return (filled[0] if filled else "") if take.first else take.between.join(filled)


def _changed(take: Take, text: str) -> str:
    """The part of a text that a column takes, in the words that the mapping has for it."""
    if take.part is not None:
        pieces = _pieces(text, take.at)
        text = pieces[take.part - 1] if take.part <= len(pieces) else ""
    return take.words.get(match_key(text), text)
