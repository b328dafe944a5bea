"""The tables of a case folder, from raw rows to the draft of a case file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.model import (
    LINE_BREAK,
    LONGEST_NAME,
    LONGEST_PLAIN,
    PARTY_TYPES,
    find_signs,
    is_ordinary,
    load_words,
    match_key,
)
from ringmap.records.cells import is_unknown, read_cells
from ringmap.records.drafting import Drafting, Positions, rows_where
from ringmap.records.headings import kinds_of, read_headings
from ringmap.records.places import (
    check_coordinates,
    country_of_province,
    dates_of_cases,
    find_spot,
    tell_doubts,
    tell_ended_provinces,
)
from ringmap.records.tabletext import Cells, Mask, RawTable, blank, same_where

ENTITY_TABLES: Mapping[str, str] = {
    "cases": "case",
    "people": "person",
    "organisations": "organisation",
    "places": "place",
    "identifiers": "identifier",
}
_KEYS = {"case": "case_id", "person": "person_id", "organisation": "organisation_id",
         "place": "place_id", "identifier": "identifier_id"}  # fmt: skip
_OWN_FILE = {type_name: f"{table}.csv" for table, type_name in ENTITY_TABLES.items()}
_MOST_HEADINGS, _LONGEST_HEADING = 15, 40
_ROLE_COLUMNS = ("role", "standing", "victim_status")
_VICTIM_WORDS = ("victim", "nan nhan", "victima", "sold person", "shou hai")
_KEPT_AS_WRITTEN = frozenset({"kind", "grade"})
_NAMES = frozenset({"name", "person", "aliases", "title"})
_KEY_KINDS = frozenset({"key", "party", "parties", "reference"})
_NOT_STATED = frozenset({"source_ref", "grade"})


@dataclass(slots=True)
class MeantTable:
    """A raw table whose columns are known: `written` as in the file, `values` as understood."""

    raw: RawTable
    name: str
    written: dict[str, Cells]
    values: dict[str, Cells]
    further: dict[str, Cells]
    records: Positions

    def cells(self, column: str) -> Cells:
        """Values of a column; None throughout when the table does not have it."""
        found = self.values.get(column)
        return np.full(len(self.raw.row), None, dtype=object) if found is None else found

    def texts(self, column: str) -> Cells:
        """A column as it is written; None throughout when the table does not have it."""
        found = self.written.get(column)
        return np.full(len(self.raw.row), None, dtype=object) if found is None else found


def mean_table(raw: RawTable, name: str, *, schema: str | None = None) -> MeantTable | None:
    """Give a raw table its meaning; None, with a fatal problem, when it lacks a column."""
    meaning = read_headings(raw.headings, schema or name)
    if meaning.missing:
        missing = meaning.missing[0]
        raw.fail(
            f"no column '{missing}' among the headings {list_headings(raw)}",
            f"name the column '{missing}'",
            column=missing, line=raw.heading_line,
        )  # fmt: skip
        return None
    for heading in meaning.doubled:
        raw.warn(
            np.arange(len(raw.row)) == 0, heading, None,
            "another column has the same meaning; this one is kept as a further column",
            "drop one of the two or name it otherwise",
        )  # fmt: skip
    written = {column: raw.columns[place] for column, place in meaning.columns.items()}
    raw.called |= {
        column: raw.called.get(raw.headings[place], raw.headings[place])
        for column, place in meaning.columns.items()
    }
    kinds = kinds_of(schema or name)
    for column, place in (*meaning.columns.items(), *meaning.further.items()):
        if (kind := kinds.get(column, "text").split(":")[0]) in ("text", *_KEY_KINDS):
            _tell_signs(raw, column, raw.columns[place], is_key=kind != "text")
    values = {
        column: read_cells(raw, column, cells, kinds[column]) for column, cells in written.items()
    }
    further = {heading: raw.columns[place] for heading, place in meaning.further.items()}
    return MeantTable(raw, name, written, values, further, np.zeros(0, dtype=np.int64))


def _tell_signs(raw: RawTable, column: str, cells: Cells, *, is_key: bool) -> None:
    """Warn of what hides in cells: marks without width, letters that look like others."""
    is_name = is_key or column in _NAMES
    longest = LONGEST_PLAIN if is_name else LONGEST_NAME
    codes, distinct = pd.factorize(cells, use_na_sentinel=True)
    if is_ordinary(" ".join(distinct)) and max(map(len, distinct), default=0) <= longest:
        return
    for code, text in enumerate(distinct.tolist()):
        signs = find_signs(text, longest=longest)
        if not is_name:
            signs = tuple(sign for sign in signs if sign != LINE_BREAK)
        if signs:
            raw.warn(
                codes == code, column, cells, "; ".join(signs),
                "kept as it is written; names are compared without it",
            )  # fmt: skip


def list_headings(raw: RawTable) -> str:
    """The headings of a file in a line; of many, the first."""
    shown = [heading[:_LONGEST_HEADING] for heading in raw.headings[:_MOST_HEADINGS]]
    more = len(raw.headings) - len(shown)
    return (", ".join(shown) or "(none)") + (f" and {more} more" if more > 0 else "")


def enter_tables(tables: Iterable[MeantTable], draft: Drafting) -> None:
    """Enter all tables of a case folder: sources and parties first, whatever the order given."""
    by_name: dict[str, list[MeantTable]] = {}
    for table in tables:
        by_name.setdefault(table.name, []).append(table)
    for table in by_name.get("sources", []):
        _enter_sources(table, draft)
    for name, type_name in ENTITY_TABLES.items():
        for table in by_name.get(name, []):
            enter_keys(table, type_name, draft)
    for name, type_name in ENTITY_TABLES.items():
        for table in by_name.get(name, []):
            _enter_entities(table, type_name, draft)
    _tell_ended(by_name)
    for name, enter in (("roles", _enter_roles), ("events", _enter_events), ("ties", enter_ties)):
        for table in by_name.get(name, []):
            enter(table, draft)


def _tell_ended(by_name: Mapping[str, Sequence[MeantTable]]) -> None:
    """Tell of provinces of people that were none when their case was reported."""
    dates: dict[str, str] = {}
    for cases in by_name.get("cases", []):
        told = (cases.cells(one) for one in ("reported", "detected", "prosecuted", "tried"))
        dates |= dates_of_cases(cases.cells("case_id"), *told)
    for people in by_name.get("people", []):
        of_row = [dates.get(case or "") for case in people.cells("case_id")]
        country = np.full(len(of_row), None, dtype=object)
        for column in ("home_province", "province"):
            tell_ended_provinces(people.raw, column, people.cells(column), country, of_row)


def enter_keys(table: MeantTable, type_name: str, draft: Drafting) -> None:
    """Refuse rows without a key and make the parties of the others known."""
    key = _KEYS[type_name]
    refuse_empty(table, key)
    draft.list_parties(type_name, blank(table.cells(key), table.raw.refused))


def refuse_empty(table: MeantTable, column: str) -> None:
    """Refuse the rows that have nothing in a column without which they mean nothing."""
    empty = ~rows_where(table.cells(column))
    table.raw.refuse(
        empty, column, table.texts(column), f"empty '{column}'", f"give each row its {column}"
    )


def enter_records(table: MeantTable, draft: Drafting) -> None:
    """Enter a record for each row that is used, with its source and grade."""
    references = table.cells("source_ref")
    codes, distinct = pd.factorize(references, use_na_sentinel=True)
    bare = np.array([*(not draft.is_described(one) for one in distinct), False], dtype=bool)
    unknown = bare[codes]
    first = ~pd.Series(references).duplicated().to_numpy()
    table.raw.warn(
        unknown & first, "source_ref", references, "no such source in sources.csv",
        "this row and others that name it are used, the source without agency or grade; "
        "add it to sources.csv",
    )  # fmt: skip
    table.records = draft.records(
        table.raw, table.name, references=references, grades=table.cells("grade")
    )


def _enter_sources(table: MeantTable, draft: Drafting) -> None:
    refuse_empty(table, "source_ref")
    twice: list[int] = []
    for place in np.flatnonzero(~table.raw.refused):
        row = {name: cells[place] for name, cells in table.values.items()}
        row["further"] = "; ".join(
            f"{heading}: {cells[place]}"
            for heading, cells in table.further.items()
            if cells[place] is not None
        ) or None  # fmt: skip
        if draft.is_described(str(row["source_ref"])):
            twice.append(int(place))
        else:
            draft.describe_source(row)
    table.raw.refuse(
        np.array(twice, dtype=np.int64), "source_ref", table.cells("source_ref"),
        "this source is described by an earlier row", "give each source its own source_ref",
    )  # fmt: skip


def _enter_entities(table: MeantTable, type_name: str, draft: Drafting) -> None:
    ids = blank(table.cells(_KEYS[type_name]), table.raw.refused)
    parties = draft.parties(type_name, ids)
    if type_name == "person":
        _enter_people(table, parties, draft)
    elif type_name == "place":
        _enter_places(table, parties, draft)
    elif type_name == "identifier":
        _enter_identifiers(table, parties, draft)
    else:
        enter_records(table, draft)
        state_columns(table, parties, draft)


def state_columns(table: MeantTable, parties: Positions, draft: Drafting, *,
                  leave_out: Iterable[str] = ()) -> None:  # fmt: skip
    """Enter every column of a table, further ones too, as attributes of its parties."""
    passed = {*leave_out, *_NOT_STATED}
    for column, values in table.values.items():
        if column not in passed:
            written = table.written[column]
            draft.state(parties, column, _stated(values, written), table.records)
            state_own_words(table, column, parties, draft)
    for heading, cells in table.further.items():
        draft.state(parties, heading, cells, table.records)


def _stated(values: Cells, written: Cells) -> Cells:
    """Values, with `unknown` where the record says that it is unknown."""
    stated = values.copy()
    for row in np.flatnonzero(rows_where(written) & ~rows_where(values)):
        if is_unknown(written[row]):
            stated[row] = "unknown"
    return stated


def _own_words(values: Cells, written: Cells) -> Cells:
    """The record's own words where they are not simply the value."""
    same = (values == written) | ~rows_where(written)
    for row in np.flatnonzero(~same):
        value, text = values[row], written[row]
        same[row] = is_unknown(text) or (value is not None and match_key(value) == match_key(text))
    return blank(written, same)


def _enter_people(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    enter_records(table, draft)
    leave_out = ("person_id", "case_id", *_ROLE_COLUMNS, "home_place")
    state_columns(table, parties, draft, leave_out=leave_out)
    for column in ("standing", "victim_status"):
        state_own_words(table, column, parties, draft)
    homes = np.array([draft.find("place", one) if one else -1 for one in table.cells("home_place")])
    draft.state(parties, "home_place", table.cells("home_place"), table.records)
    _state_country(table, parties, draft, homes)
    told = np.zeros(len(table.raw.row), dtype=bool)
    for column in (*_ROLE_COLUMNS, "case_id"):
        told |= rows_where(table.texts(column))
    cases = find_cases(table, draft)
    add_roles(table, parties, cases, told, draft)


def _state_country(table: MeantTable, parties: Positions, draft: Drafting,
                   homes: Positions) -> None:  # fmt: skip
    """Where a person is based: as recorded, or by home province, or else by nationality."""
    country = table.cells("country")
    found, basis = country.copy(), same_where(rows_where(country), "record")
    for column, name in (("province", "province"), ("home_province", "home"),
                         ("nationality", "nationality")):  # fmt: skip
        cells = table.cells(column)
        for place in np.flatnonzero(~rows_where(found) & rows_where(cells)):
            code = cells[place] if column == "nationality" else country_of_province(cells[place])
            if code is not None:
                found[place], basis[place] = code, name
    derived = blank(found, rows_where(country))
    draft.state(parties, "country", derived, table.records)
    draft.state(parties, "country_from", basis, table.records)


def find_cases(table: MeantTable, draft: Drafting) -> Positions:
    """Positions of the cases that rows name; a case that no table has is entered all the same."""
    ids = blank(table.cells("case_id"), table.raw.refused)
    if draft.lists("case"):
        strange = rows_where(ids) & np.array(
            [one is not None and draft.find("case", one) < 0 for one in ids], dtype=bool
        )
        table.raw.warn(
            strange, "case_id", ids, "no such case in cases.csv",
            "the row is used and the case kept without details; add it to cases.csv",
        )  # fmt: skip
    return draft.parties("case", ids)


def add_roles(table: MeantTable, parties: Positions, cases: Positions, told: Mask,
              draft: Drafting) -> None:  # fmt: skip
    """Enter role and standing per case, one row per role that a cell names."""
    rows = np.flatnonzero(told & (parties >= 0) & (table.records >= 0))
    role, written = table.cells("role"), table.texts("role")
    standing, status = table.cells("standing"), table.cells("victim_status")
    told_victim = _speaks_of_victims(written, role) | _speaks_of_victims(
        table.texts("standing"), standing
    )
    place, roles = _spread(rows, role)
    sides = [
        _side(r, written[p], standing[p], status[p], told_victim=bool(told_victim[p]))
        for p, r in zip(place, roles, strict=True)
    ]
    draft.add(
        "roles",
        {
            "person": parties[place],
            "case": cases[place],
            "event": table.cells("event_id")[place],
            "role": roles,
            "as_written": written[place],
            "side": sides,
            "standing": standing[place],
            "victim_status": status[place],
            "first": table.cells("first")[place],
            "last": table.cells("last")[place],
            "dates_as_written": written_dates(table, ("first", "last"))[place],
            "record": table.records[place],
        },
    )


def _spread(
    rows: npt.NDArray[np.int64], codes: Cells
) -> tuple[npt.NDArray[np.int64], list[str | None]]:
    """Rows repeated once for each of the codes that their cell joins."""
    place: list[int] = []
    single: list[str | None] = []
    for row in rows:
        for code in (codes[row] or "").split(";"):
            place.append(int(row))
            single.append(code or None)
    return np.array(place, dtype=np.int64), single


def _speaks_of_victims(written: Cells, read: Cells) -> Mask:
    """True where a word that was not understood speaks of a victim: it protects all the same."""
    codes, distinct = pd.factorize(blank(written, rows_where(read)), use_na_sentinel=True)
    told = [any(word in match_key(text) for word in _VICTIM_WORDS) for text in distinct]
    return np.array([*told, False], dtype=bool)[codes]


def _side(role: str | None, written: str | None, standing: str | None, status: str | None, *,
          told_victim: bool) -> str | None:  # fmt: skip
    """Offender, victim, both or other; an unread word that speaks of a victim counts as one."""
    known = status is not None or standing in ("possible_victim", "identified_victim")
    protected = known or told_victim
    if role is not None:
        side = str(load_words("role")[role].says["side"])
        return ("both" if side == "offender" else "victim") if protected else side
    if protected:
        return "victim"
    if standing in ("suspected", "wanted", "detained", "charged", "convicted"):
        return "offender"
    return "other" if written is not None and not is_unknown(written) else None


def _enter_places(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    places = draft.gazetteer
    stated = table.cells("country")
    lat, lon = check_coordinates(table.raw, table.cells("lat"), table.cells("lon"), stated, places)
    enter_records(table, draft)
    state_columns(table, parties, draft, leave_out=("place_id", "lat", "lon"))
    country, basis = stated.copy(), same_where(rows_where(stated), "record")
    position = same_where(rows_where(lat), "record")
    doubts: list[tuple[str, str] | None] = [None] * len(lat)
    asked = (table.cells(one) for one in ("name", "kind", "province", "country"))
    for row, (name, kind, province, code) in enumerate(zip(*asked, strict=True)):
        if table.records[row] < 0:
            continue
        spot = find_spot(name, kind, province, code, places)
        if code is None:
            country[row], basis[row] = spot.country, spot.country_from
        if lat[row] is None:
            doubts[row] = spot.doubt
            if spot.point is not None:
                lat[row], lon[row] = map(str, spot.point)
                position[row] = spot.position_from
    tell_doubts(table.raw, "name", table.cells("name"), doubts)
    draft.state(parties, "country", blank(country, rows_where(stated)), table.records)
    draft.state(parties, "country_from", basis, table.records)
    for column, cells in (("lat", lat), ("lon", lon), ("position_from", position)):
        draft.state(parties, column, cells, table.records)
    draft.state_list(parties, position, table.records)


def _enter_identifiers(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    holders = table.cells("holder")
    rows, holder = _find_parties(table, "holder", holders, draft, ("person", "organisation"))
    enter_records(table, draft)
    state_columns(table, parties, draft, leave_out=("identifier_id", "holder"))
    values, kinds = table.cells("value"), table.cells("kind")
    named = [
        value if value is not None else kind for value, kind in zip(values, kinds, strict=True)
    ]
    names = np.empty(len(named), dtype=object)
    names[:] = named
    draft.state(parties, "name", names, table.records)
    used = (table.records[rows] >= 0) & (holder >= 0)
    rows, holder = rows[used], holder[used]
    draft.add(
        "tie_records",
        {
            "source": holder, "target": parties[rows], "kind": ["uses"] * len(rows),
            "case": np.full(len(rows), -1), "direction": ["directed"] * len(rows),
            "record": table.records[rows], "as_written": ["holder"] * len(rows),
        },
    )  # fmt: skip


def _enter_roles(table: MeantTable, draft: Drafting) -> None:
    refuse_empty(table, "person_id")
    parties = _require(table, "person_id", draft, ("person",))
    enter_records(table, draft)
    _state_of_role(table, parties, draft)
    cases = find_cases(table, draft)
    add_roles(table, parties, cases, np.ones(len(table.raw.row), dtype=bool), draft)


def _state_of_role(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    """What a row says beside the role: its note, further columns, words not understood."""
    draft.state(parties, "note", table.cells("note"), table.records)
    for heading, cells in table.further.items():
        draft.state(parties, heading, cells, table.records)
    for column in ("standing", "victim_status"):
        state_own_words(table, column, parties, draft)


def written_dates(table: MeantTable, columns: Iterable[str]) -> Cells:
    """What each row has for its dates where that is not simply the date: ``first: 3/5/2019``."""
    words = np.full(len(table.raw.row), None, dtype=object)
    for column in columns:
        own = _own_words(table.cells(column), table.texts(column))
        name = table.raw.called.get(column, column)
        for row in np.flatnonzero(rows_where(own)):
            told = f"{name}: {own[row]}"
            words[row] = told if words[row] is None else f"{words[row]}; {told}"
    return words


def state_own_words(table: MeantTable, column: str, parties: Positions,
                    draft: Drafting) -> None:  # fmt: skip
    """Enter the record's own words of a column where they are not simply the value."""
    words = _own_words(table.cells(column), table.texts(column))
    draft.state(parties, f"{column}_as_written", words, table.records)


def _require(table: MeantTable, column: str, draft: Drafting, types: tuple[str, ...]) -> Positions:
    """Positions of the parties that a column names; rows that name none are refused."""
    ids = blank(table.cells(column), table.raw.refused)
    codes, distinct = pd.factorize(ids, use_na_sentinel=True)
    known = [one for one in types if draft.knows(one)]
    found = [find_party(text, draft, known) for text in distinct.tolist()]
    places = np.array([*(place for place, _ in found), -1], dtype=np.int64)[codes]
    shared = np.array([*(many for _, many in found), False], dtype=bool)[codes]
    table.raw.refuse(
        shared, column, ids, "this id stands for parties of more than one type",
        "write the type before it, as in person:… or place:…",
    )  # fmt: skip
    strange = (places < 0) & ~shared & rows_where(ids)
    if draft.lists("person"):
        table.raw.refuse(
            strange, column, ids, f"no such party in {_files_of(types)}",
            "add the party to its table, or correct the id",
        )  # fmt: skip
    else:
        places = np.where(strange, _take_for_people(table, column, ids, strange, draft), places)
    return np.where(table.raw.refused, -1, places)


def _take_for_people(table: MeantTable, column: str, ids: Cells, strange: Mask,
                     draft: Drafting) -> Positions:  # fmt: skip
    """Without a table of people, whoever no other table lists is a person."""
    if any(draft.lists(one) for one in PARTY_TYPES):
        first = ~pd.Series(ids).duplicated().to_numpy()
        table.raw.warn(
            strange & first, column, ids, "no table lists this party",
            "it is kept as a person without details; list it in people.csv or its own table",
        )  # fmt: skip
    return draft.parties("person", blank(ids, ~strange), label_is_id=True)


def find_party(text: str, draft: Drafting, types: Sequence[str]) -> tuple[int, bool]:
    """Position of the party an id names (−1: none), and whether several types share the id."""
    found = [place for one in types if (place := draft.find(one, text)) >= 0]
    if not found and ":" in text:
        type_name, _, rest = text.partition(":")
        if type_name in types:
            return draft.find(type_name, rest), False
    return (found[0], False) if len(found) == 1 else (-1, len(found) > 1)


def _files_of(types: Iterable[str]) -> str:
    names = [_OWN_FILE[one] for one in types]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def enter_ties(table: MeantTable, draft: Drafting) -> None:
    """Enter ties; a row is one piece of evidence for a tie."""
    for column in ("source", "target"):
        refuse_empty(table, column)
    source = _require(table, "source", draft, PARTY_TYPES)
    target = _require(table, "target", draft, PARTY_TYPES)
    same = (source == target) & ~table.raw.refused
    table.raw.warn(
        same, "target", table.cells("target"), "a tie of a party with itself",
        "the row is kept and shown; measures leave the tie out",
    )  # fmt: skip
    enter_records(table, draft)
    cases = find_cases(table, draft)
    rows = np.flatnonzero(table.records >= 0)
    kinds = np.where(rows_where(table.cells("kind")), table.cells("kind"), "tie")[rows]
    draft.add(
        "tie_records",
        {
            "source": source[rows], "target": target[rows], "kind": kinds, "case": cases[rows],
            "direction": _directions(table.cells("direction")[rows], kinds),
            "record": table.records[rows],
            "weight": np.array([np.nan if w is None else float(w) for w in
                                table.cells("weight")[rows]], dtype=np.float64),
            "as_written": table.texts("kind")[rows],
            "dates_as_written": written_dates(table, ("first", "last"))[rows],
            **{name: table.cells(name)[rows] for name in
               ("first", "last", "page", "amount", "currency")},
            "note": with_further(table, rows),
        },
    )  # fmt: skip


def _directions(stated: Cells, kinds: Cells) -> Cells:
    """As the record says, else as the kind of tie says."""
    usual = {code: str(word.says["direction"]) for code, word in load_words("tie").items()}
    of_kind = pd.Series(kinds, dtype="str").map(usual).to_numpy()
    return np.where(rows_where(stated), stated, of_kind)


def with_further(table: MeantTable, rows: npt.NDArray[np.int64]) -> Cells:
    """The note of each row; behind it further columns, and words that were not understood."""
    notes = table.cells("note")[rows]
    unread = {
        column: blank(written, rows_where(table.values[column]))
        for column, written in table.written.items()
        if column not in _KEPT_AS_WRITTEN
    }
    for heading, further in (unread | table.further).items():
        cells = further[rows]
        for place in np.flatnonzero(rows_where(cells)):
            more = f"{heading}: {cells[place]}"
            notes[place] = more if notes[place] is None else f"{notes[place]}; {more}"
    return notes


def _enter_events(table: MeantTable, draft: Drafting) -> None:
    refuse_empty(table, "event_id")
    places = {
        column: _optional(table, column, draft, "place")
        for column in ("from_place", "to_place", "crossing")
    }
    people_rows, people = _find_parties(
        table, "person_id", table.cells("person_id"), draft, ("person",)
    )
    mover_rows, movers = _find_parties(
        table, "moved_by", table.cells("moved_by"), draft, ("person", "organisation")
    )
    enter_records(table, draft)
    cases = find_cases(table, draft)
    rows, person, mover = _pairs(
        len(table.raw.row), (people_rows, people), (mover_rows, movers), table.records
    )
    kinds = table.cells("kind")
    stage = table.cells("stage")
    of_kind = {code: str(word.says["stage"]) for code, word in load_words("event").items()
               if word.says.get("stage")}  # fmt: skip
    draft.add(
        "events",
        {
            "event": table.cells("event_id")[rows],
            "kind": kinds[rows],
            "as_written": table.texts("kind")[rows],
            "dates_as_written": written_dates(table, ("date", "end_date"))[rows],
            "case": cases[rows],
            **{name: table.cells(name)[rows] for name in
               ("date", "end_date", "transport", "legal_exit", "leg", "amount", "currency")},
            **{name: found[rows] for name, found in places.items()},
            "route": table.cells("route_id")[rows],
            "stage": [s or of_kind.get(k or "") for s, k in zip(
                stage[rows], kinds[rows], strict=True)],
            "person": person,
            "moved_by": mover,
            "note": with_further(table, rows),
            "record": table.records[rows],
        },
    )  # fmt: skip


def _optional(table: MeantTable, column: str, draft: Drafting, type_name: str) -> Positions:
    """Positions of parties that a row can do without; a strange one is warned about."""
    ids = blank(table.cells(column), table.raw.refused)
    if not draft.lists(type_name):
        return draft.parties(type_name, ids)
    places = np.array([-1 if one is None else draft.find(type_name, one) for one in ids])
    table.raw.warn(
        rows_where(ids) & (places < 0), column, ids,
        f"no such {type_name} in {_OWN_FILE[type_name]}",
        f"the rest of the row is used; add it to {_OWN_FILE[type_name]}, or correct the id",
    )  # fmt: skip
    return places


def _find_parties(table: MeantTable, column: str, cells: Cells, draft: Drafting,
                  types: tuple[str, ...]) -> tuple[npt.NDArray[np.int64], Positions]:  # fmt: skip
    """Row and position of each party that the cells of a column name, one or several a cell."""
    known = draft.lists(types[0])
    codes, distinct = pd.factorize(blank(cells, table.raw.refused), use_na_sentinel=True)
    named: list[list[int]] = []
    odd = np.zeros(len(distinct) + 1, dtype=bool)
    for code, cell in enumerate(distinct.tolist()):
        places = [_named(text, draft, types, known) for text in _several(cell, draft, types)]
        odd[code] = min(places, default=0) < 0
        named.append([place for place in places if place >= 0])
    counts = np.array([*map(len, named), 0])
    flat = np.array([place for places in named for place in places], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    each = counts[codes]
    rows = np.repeat(np.arange(len(cells)), each)
    inside = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
    found = flat[np.repeat(starts[codes], each) + inside]
    table.raw.warn(
        odd[codes], column, cells, f"no such party in {_files_of(types)}",
        "the rest of the row is used; add the party to its table, or correct the id",
    )  # fmt: skip
    return rows, found


def _named(text: str, draft: Drafting, types: tuple[str, ...], known: bool) -> int:
    """Position of a party, which is entered where no table lists its type; −1 if there is none."""
    place = find_party(text, draft, types)[0]
    return draft.party(types[0], text) if place < 0 and not known else place


def _several(cell: str, draft: Drafting, types: tuple[str, ...]) -> list[str]:
    if find_party(cell, draft, types)[0] >= 0:
        return [cell]
    return [part.strip() for part in cell.split(";") if part.strip()]


def _pairs(count: int, people: tuple[npt.NDArray[np.int64], Positions],
           movers: tuple[npt.NDArray[np.int64], Positions], records: Positions,
           ) -> tuple[npt.NDArray[np.int64], Positions, Positions]:  # fmt: skip
    """Every person of a row with every mover of it; −1 where a row has none."""
    rows = np.flatnonzero(records >= 0)
    table = pd.DataFrame({"row": rows})
    for name, (of_row, place) in (("person", people), ("mover", movers)):
        table = table.merge(pd.DataFrame({"row": of_row, name: place}), how="left", on="row")
    filled = table.fillna(-1).to_numpy(dtype=np.int64)
    return filled[:, 0], filled[:, 1], filled[:, 2]
