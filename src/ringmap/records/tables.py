"""The tables of a case folder, from raw rows to the draft of a case file."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model import (
    LINE_BREAK,
    LONGEST_NAME,
    LONGEST_PLAIN,
    PARTY_TYPES,
    are_ordinary,
    as_texts,
    find_codes,
    find_signs,
    first_day,
    last_day,
    load_words,
    match_key,
    outlines,
    speaks_of_victims,
)
from ringmap.records.cells import is_unknown, read_cells
from ringmap.records.coded import Cells, Mask, Positions, choose, rows_of, together
from ringmap.records.drafting import Drafting, Key
from ringmap.records.headings import kinds_of, read_headings
from ringmap.records.places import (
    check_coordinates,
    country_of_province,
    dates_of_cases,
    find_spots,
    tell_doubts,
    tell_ended_provinces,
)
from ringmap.records.receipt import Finding
from ringmap.records.tabletext import WITH_CELLS, RawTable
from ringmap.records.victims import mark_victims

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
_KEPT_AS_WRITTEN = frozenset({"kind", "grade"})
_NAMES = frozenset({"name", "person", "aliases", "title"})
_KEY_KINDS = frozenset({"key", "party", "parties", "reference"})
#: Columns of sources that are read as a date, a grade or a code.
_OF_SOURCES = ("received", "reliability", "credibility", "handling")
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
    #: Ids of places that no table lists, by the column that names them.
    strange: dict[str, Cells] = field(default_factory=dict)
    _victims: Mask | None = None

    def cells(self, column: str) -> Cells:
        """Values of a column; empty throughout when the table does not have it."""
        found = self.values.get(column)
        return Cells.nothing(len(self.raw.row)) if found is None else found

    def victims(self) -> Mask:
        """Rows of people that a further column, or a note where there is no role, calls victims."""
        if self._victims is None:
            has_role = self.texts("role").filled
            self._victims = mark_victims(self.further, self.cells("note"), has_role)
        return self._victims

    def texts(self, column: str) -> Cells:
        """A column as it is written; empty throughout when the table does not have it."""
        found = self.written.get(column)
        return Cells.nothing(len(self.raw.row)) if found is None else found


def mean_table(raw: RawTable, name: str, *, schema: str | None = None) -> MeantTable | None:
    """Give a raw table its meaning; None, with a fatal problem, when it lacks a column."""
    meaning = read_headings(raw.headings, schema or name, own=raw.own)
    if meaning.missing:
        missing = meaning.missing[0]
        raw.fail(
            f"no column '{missing}' among the headings {list_headings(raw)}",
            f"name the column '{missing}'" if meaning.columns or raw.format not in WITH_CELLS
            else "name the columns, or put a line of headings above if this line is a row",
            column=missing, line=raw.heading_line,
        )  # fmt: skip
        return None
    for heading in meaning.doubled:
        raw.warn(
            np.arange(len(raw.row)) == 0, heading, None,
            "another column has the same meaning; this one is kept as a further column",
            "drop one of the two or name it otherwise",
        )  # fmt: skip
    for heading in raw.headings:
        signs = [sign for sign in find_signs(heading, longest=LONGEST_NAME) if sign != LINE_BREAK]
        if signs:
            raw.findings.append(
                Finding(
                    "warning", heading, None, "; ".join(signs),
                    "see whether the column is named as it should be", line=raw.heading_line,
                )
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
    used = cells.used()
    texts = used.arrow_texts()
    # Nothing is odd about a text of plain letters, unless it is long.
    asked = pc.or_(
        pc.greater(pc.binary_length(texts), longest), pc.invert(pc.ascii_is_printable(texts))
    )
    codes = np.flatnonzero(np.asarray(asked, dtype=bool))
    odd = texts.take(codes)
    long = np.asarray(pc.greater(pc.utf8_length(odd), longest), dtype=bool)
    codes = codes[long | ~are_ordinary(odd)]
    if not len(codes):
        return
    told = _group_by_signs(texts.take(codes), longest, is_name=is_name)
    number = np.full(used.count + 1, -1)
    for at, places in enumerate(told.values()):
        number[codes[places]] = at
    for signs, rows in zip(told, rows_of(number[used.codes], range(len(told))), strict=True):
        raw.warn(
            rows, column, cells, "; ".join(signs),
            "kept as it is written; names are compared without it",
        )  # fmt: skip


def _group_by_signs(texts: pa.LargeStringArray, longest: int, *, is_name: bool
                    ) -> dict[tuple[str, ...], list[int]]:  # fmt: skip
    """Positions of texts about which there is something to say, by what that is."""
    long = np.asarray(pc.greater(pc.utf8_length(texts), longest), dtype=bool)
    drawn = outlines(texts).dictionary_encode()
    outline = np.where(long, -1, np.asarray(drawn.indices))
    asked = drawn.dictionary.to_pylist()
    groups: list[tuple[str, list[int]]] = [
        (text, places.tolist())
        for text, places in zip(asked, rows_of(outline, range(len(asked))), strict=True)
    ]
    groups += [(texts[place].as_py(), [place]) for place in np.flatnonzero(long).tolist()]
    told: dict[tuple[str, ...], list[int]] = {}
    for text, places in groups:
        signs = find_signs(text, longest=longest)
        signs = signs if is_name else tuple(sign for sign in signs if sign != LINE_BREAK)
        if signs:
            told.setdefault(signs, []).extend(places)
    return told


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
    for numbered in [_enter_numbers(one, draft) for one in by_name.get("identifiers", [])]:
        _tell_numbers(numbered, draft)
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
        of_row = people.cells("case_id").mapped(dates.get)
        country = Cells.nothing(len(of_row))
        for column in ("home_province", "province"):
            tell_ended_provinces(people.raw, column, people.cells(column), country, of_row)


def enter_keys(table: MeantTable, type_name: str, draft: Drafting) -> None:
    """Refuse rows without a key and make the parties of the others known."""
    key = _KEYS[type_name]
    refuse_empty(table, key)
    ids = table.cells(key).blank(table.raw.refused)
    _tell_shared(table, key, ids, type_name, draft)
    draft.list_parties(type_name, ids)


def _tell_shared(table: MeantTable, key: str, ids: Cells, type_name: str,
                 draft: Drafting) -> None:  # fmt: skip
    """Warn of ids by which the case file beside means parties of other types."""
    if not draft.beside:
        return
    others = draft.meant_beside(ids.used().arrow_texts().to_pylist(), type_name)
    known = ids.mapped(others.get)
    for other in sorted(set(others.values())):
        table.raw.warn(
            known.where({other}.__contains__), key, ids,
            f"a party of another type that was loaded before has this id ({other})",
            f"kept as two, and ties loaded before stay as they are; in ties write the type before "
            f"the id from now on, as in {type_name}:…",
        )  # fmt: skip


def refuse_empty(table: MeantTable, column: str) -> None:
    """Refuse the rows that have nothing in a column without which they mean nothing."""
    table.raw.refuse(
        ~table.cells(column).filled,
        column,
        table.texts(column),
        f"empty '{column}'",
        f"give each row its {column}",
    )


def enter_records(table: MeantTable, draft: Drafting) -> None:
    """Enter a record for each row that is used, with its source and grade."""
    references = table.cells("source_ref")
    unknown = references.filled & ~draft.are_described(references)
    if unknown.any():
        table.raw.warn(
            unknown & references.first, "source_ref", references, "no such source in sources.csv",
            "this row and others that name it are used, the source without agency or grade; "
            "add it to sources.csv",
        )  # fmt: skip
    table.records = draft.records(
        table.raw, table.name, references=references, grades=table.cells("grade")
    )


def _enter_sources(table: MeantTable, draft: Drafting) -> None:
    refuse_empty(table, "source_ref")
    references = table.cells("source_ref").blank(table.raw.refused)
    twice = references.filled & ~references.first | draft.are_described(references)
    rows = np.flatnonzero(references.filled & ~twice)
    unread = {name: _own_words(table.values[name], table.written[name]) for name in _OF_SOURCES
              if name in table.values}  # fmt: skip
    further = _joined_further(unread | table.further, len(references))
    told = table.values | {"further": further}
    draft.describe_sources(references[rows], {name: cells[rows] for name, cells in told.items()})
    table.raw.refuse(
        twice, "source_ref", references,
        "this source is described by an earlier row", "give each source its own source_ref",
    )  # fmt: skip


def _enter_entities(table: MeantTable, type_name: str, draft: Drafting) -> None:
    parties = draft.parties(type_name, table.cells(_KEYS[type_name]).blank(table.raw.refused))
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
    if values is written:
        return values
    unread = written.blank(values.filled)
    if not unread.filled.any():
        return values
    return values.otherwise(unread.mapped(lambda text: "unknown" if is_unknown(text) else None))


def _own_words(values: Cells, written: Cells) -> Cells:
    """The record's own words where they are not simply the value."""
    if values is written:
        return Cells.nothing(len(written))
    apart = written.filled
    if values.texts is written.texts:
        apart &= values.codes != written.codes
    if not apart.any():
        return written.blank(written.filled)
    place, pairs = together(values, written)
    same = np.array([text is None or _says(text, value) for value, text in pairs], dtype=bool)
    return written.blank(same[place])


def _says(text: str, value: str | None) -> bool:
    """True where a text says no more than the value that it was read as."""
    return (
        text == value
        or is_unknown(text)
        or (value is not None and match_key(value) == match_key(text))
    )


def _enter_people(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    enter_records(table, draft)
    leave_out = ("person_id", "case_id", *_ROLE_COLUMNS, "home_place")
    state_columns(table, parties, draft, leave_out=leave_out)
    for column in ("standing", "victim_status"):
        state_own_words(table, column, parties, draft)
    draft.state(parties, "home_place", table.cells("home_place"), table.records)
    _state_country(table, parties, draft)
    told = table.victims().copy()
    for column in (*_ROLE_COLUMNS, "case_id"):
        told |= table.texts(column).filled
    cases = find_cases(table, draft)
    add_roles(table, parties, cases, told, draft)


def _state_country(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    """Where a person is based: as recorded, or by home province, or else by nationality."""
    stated = table.cells("country")
    found, basis = stated, Cells.same("record", stated.filled)
    for column, name in (("province", "province"), ("home_province", "home"),
                         ("nationality", "nationality")):  # fmt: skip
        cells = table.cells(column)
        codes = cells if column == "nationality" else cells.mapped(country_of_province)
        basis = basis.otherwise(Cells.same(name, codes.filled))
        found = found.otherwise(codes)
    draft.state(parties, "country", found.blank(stated.filled), table.records)
    draft.state(parties, "country_from", basis, table.records)


def find_cases(table: MeantTable, draft: Drafting) -> Positions:
    """Positions of the cases that rows name; a case that no table has is entered all the same."""
    ids = table.cells("case_id").blank(table.raw.refused)
    if draft.lists("case"):
        table.raw.warn(
            ids.filled & (places_of(ids, "case", draft) < 0),
            "case_id", ids, "no such case in cases.csv",
            "the row is used and the case kept without details; add it to cases.csv",
        )  # fmt: skip
    return draft.parties("case", ids)


def places_of(ids: Cells, type_name: str, draft: Drafting) -> Positions:
    """Position of the party of a type that each cell names; −1 for none."""
    used = ids.used()
    return used.numbers(draft.find(type_name, used.arrow_texts()))


def add_roles(table: MeantTable, parties: Positions, cases: Positions, told: Mask,
              draft: Drafting) -> None:  # fmt: skip
    """Enter role and standing per case, one row per role that a cell names."""
    rows = np.flatnonzero(told & (parties >= 0) & (table.records >= 0))
    role, written = table.cells("role"), table.texts("role")
    standing, status = table.cells("standing"), table.cells("victim_status")
    told_victim = table.victims().copy()
    for words, read in ((written, role), (table.texts("standing"), standing)):
        told_victim |= _speaks_of_victims(words, read)
    place, roles = _one_code_a_row(rows, role)
    columns = (roles, written[place], standing[place], status[place],
               Cells.same("yes", told_victim[place]))  # fmt: skip
    said, distinct = together(*columns)
    sides = [_side(*one[:4], told_victim=one[4] is not None) for one in distinct]
    draft.add(
        "roles",
        {
            "person": parties[place],
            "case": cases[place],
            "event": table.cells("event_id")[place],
            "role": roles,
            "as_written": written[place],
            "side": Cells.repeated(said, sides),
            "standing": standing[place],
            "victim_status": status[place],
            "first": table.cells("first")[place],
            "last": table.cells("last")[place],
            "dates_as_written": written_dates(table, ("first", "last"))[place],
            "record": table.records[place],
        },
    )


def _one_code_a_row(rows: Positions, cells: Cells) -> tuple[Positions, Cells]:
    """Rows repeated once for each of the codes that their cell joins."""
    used = cells[rows].used()
    parts = [text.split(";") for text in used.texts.tolist()]
    flat = Cells.of([code or None for codes in parts for code in codes])
    count = np.append(np.array([*map(len, parts)], dtype=np.int64), 1)
    starts = np.cumsum(count) - count
    each = count[used.codes]
    inside = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    # A row without a cell stays, with no code.
    found = np.where(used.filled, starts[used.codes], len(flat))
    codes = np.append(flat.codes, np.int32(-1))[np.repeat(found, each) + inside]
    return np.repeat(rows, each), Cells(codes, flat.texts)


def _speaks_of_victims(written: Cells, read: Cells) -> Mask:
    """True where a word that was not understood speaks of a victim: it protects all the same."""
    return written.blank(read.filled).where(speaks_of_victims)


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
    stated = table.cells("country")
    lat, lon = check_coordinates(
        table.raw, table.cells("lat"), table.cells("lon"), stated, draft.gazetteer
    )
    enter_records(table, draft)
    state_columns(table, parties, draft, leave_out=("place_id", "lat", "lon"))
    found = find_spots(
        table.cells("name"), table.cells("kind"), table.cells("province"), stated,
        table.records >= 0, draft.gazetteer,
    )  # fmt: skip
    given = lat.filled
    tell_doubts(table.raw, "name", table.cells("name"), found.doubts, ~given)
    basis = Cells.same("record", stated.filled).otherwise(found.country_from)
    position = Cells.same("record", given).otherwise(found.position_from)
    draft.state(parties, "country", found.country.blank(stated.filled), table.records)
    draft.state(parties, "country_from", basis, table.records)
    draft.state(parties, "lat", lat.otherwise(found.lat), table.records)
    draft.state(parties, "lon", choose(given, lon, found.lon), table.records)
    draft.state(parties, "position_from", position, table.records)
    draft.state_list(parties, position, table.records)
    for column, read in (("lat", lat), ("lon", lon)):
        words = _own_words(read, table.texts(column))
        draft.state(parties, f"{column}_as_written", words, table.records)


def _enter_identifiers(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    holders = table.cells("holder")
    rows, holder = _find_parties(table, "holder", holders, draft, ("person", "organisation"))
    enter_records(table, draft)
    state_columns(table, parties, draft, leave_out=("identifier_id", "holder"))
    names = table.cells("value").otherwise(table.cells("kind"))
    draft.state(parties, "name", names, table.records)
    used = (table.records[rows] >= 0) & (holder >= 0)
    rows, holder = rows[used], holder[used]
    draft.add(
        "tie_records",
        {
            "source": holder, "target": parties[rows], "kind": Cells.same("uses", len(rows)),
            "case": np.full(len(rows), -1), "direction": Cells.same("directed", len(rows)),
            "record": table.records[rows], "as_written": Cells.same("holder", len(rows)),
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The numbers of a table of identifiers: their ids and keys, and which of them rows have."""

    table: MeantTable
    of_row: Positions
    ids: list[str | None]
    keys: list[Key | None]


def _enter_numbers(table: MeantTable, draft: Drafting) -> _Numbered:
    """Make the numbers of identifiers known, so that other tables mean the same ones."""
    ids, values = table.cells("identifier_id"), table.cells("value").blank(table.raw.refused)
    of_row, distinct = together(ids, values, table.cells("kind"))
    keys = draft.enter_numbers(distinct)
    return _Numbered(table, of_row, [row[0] for row in distinct], keys)


def _tell_numbers(numbered: _Numbered, draft: Drafting) -> None:
    """Warn of numbers that are known under the id of another identifier."""
    known = [
        identifier if key is None else draft.id_of_key(key)
        for identifier, key in zip(numbered.ids, numbered.keys, strict=True)
    ]
    other = [
        identifier is not None and one != identifier
        for one, identifier in zip(known, numbered.ids, strict=True)
    ]
    for row in np.flatnonzero(np.array(other, dtype=bool)[numbered.of_row]).tolist():
        numbered.table.raw.warn_at(
            row, "value", f"the number of another identifier ({known[numbered.of_row[row]]})",
            "kept as two, and calls count for that one; give both one id if they are one",
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
    words = [
        (table.raw.called.get(column, column), _own_words(table.cells(column), table.texts(column)))
        for column in columns
    ]
    return _told(Cells.nothing(len(table.raw.row)), words)


def _told(words: Cells, more: Iterable[tuple[str, Cells]]) -> Cells:
    """What is told so far, and behind it what columns tell, each with the name of its column.

    It is put together at once: column by column, the texts of two thousand of them would be
    written a thousand times over.
    """
    telling = [(name, cells) for name, cells in more if cells.filled.any()]
    if not telling:
        return words
    place, rows = together(words, *(cells for _, cells in telling))
    names = [name for name, _ in telling]
    return Cells.repeated(place, [_one_behind_other(before, names, row) for before, *row in rows])


def _one_behind_other(
    before: str | None, names: Sequence[str], row: Sequence[str | None]
) -> str | None:
    told = [f"{name}: {text}" for name, text in zip(names, row, strict=True) if text is not None]
    if before is not None:
        told.insert(0, before)
    return "; ".join(told) if told else None


def state_own_words(table: MeantTable, column: str, parties: Positions,
                    draft: Drafting) -> None:  # fmt: skip
    """Enter the record's own words of a column where they are not simply the value."""
    words = _own_words(table.cells(column), table.texts(column))
    draft.state(parties, f"{column}_as_written", words, table.records)


def _require(table: MeantTable, column: str, draft: Drafting, types: tuple[str, ...]) -> Positions:
    """Positions of the parties that a column names; rows that name none are refused."""
    ids = table.cells(column).blank(table.raw.refused).used()
    known = [one for one in types if draft.knows(one)]
    found, many = find_parties(ids.arrow_texts(), draft, known)
    places = ids.numbers(found)
    shared = ids.numbers(many, missing=False)
    places = _tell_apart(table, column, ids, places, shared, draft)
    shared &= places < 0
    table.raw.refuse(
        shared, column, ids, "this id stands for parties of more than one type",
        "write the type before it, as in person:… or place:…",
    )  # fmt: skip
    strange = (places < 0) & ~shared & ids.filled
    if draft.lists("person"):
        table.raw.refuse(
            strange, column, ids, f"no such party in {_files_of(types)}",
            "add the party to its table, or correct the id",
        )  # fmt: skip
    else:
        places = np.where(strange, _take_for_people(table, column, ids, strange, draft), places)
    return np.where(table.raw.refused, -1, places)


def _tell_apart(table: MeantTable, column: str, ids: Cells, places: Positions, shared: Mask,
                draft: Drafting) -> Positions:  # fmt: skip
    """Positions, those too of ids that several types share where the row names the type."""
    stated = table.texts(f"{column}_type").blank(~shared)
    if stated.filled.any():
        code = stated.mapped(_type_of)
        for one in PARTY_TYPES:
            found = ids.numbers(draft.find(one, ids.arrow_texts()))
            places = np.where(code.where(one.__eq__), found, places)
    return places


def _keep_types(table: MeantTable, column: str, places: Positions, draft: Drafting) -> None:
    """Keep with its tie what a row says of the type of an end, if the end does not say it."""
    stated, ids = table.texts(f"{column}_type"), table.cells(column).used()
    if not stated.filled.any():
        return
    key, code = stated.mapped(match_key), stated.mapped(_type_of)
    for one in PARTY_TYPES:
        found = ids.numbers(draft.find(one, ids.arrow_texts()))
        of_type = (places >= 0) & (found == places)
        table.raw.warn(
            of_type & code.filled & ~code.where(one.__eq__), f"{column}_type", stated,
            f"another type than that of the party ({one})",
            "the party stays what it is, and the word is kept with the tie; correct one of them",
        )  # fmt: skip
        stated = stated.blank(of_type & key.where(one.__eq__))
    if stated.filled.any():
        table.further[f"{column}_type"] = stated


def _type_of(text: str) -> str | None:
    codes = find_codes("party", text)
    return codes[0] if len(codes) == 1 else None


def _take_for_people(table: MeantTable, column: str, ids: Cells, strange: Mask,
                     draft: Drafting) -> Positions:  # fmt: skip
    """Without a table of people, whoever no other table lists is a person."""
    if any(draft.lists(one) for one in PARTY_TYPES):
        table.raw.warn(
            strange & ids.first, column, ids, "no table lists this party",
            "it is kept as a person without details; list it in people.csv or its own table",
        )  # fmt: skip
    return draft.parties("person", ids.blank(~strange), label_is_id=True)


def find_parties(texts: pa.LargeStringArray, draft: Drafting, types: Sequence[str],
                 ) -> tuple[Positions, Mask]:  # fmt: skip
    """Positions of the parties that ids name (−1: none), and which ids several types share."""
    found = np.full(len(texts), -1, dtype=np.int64)
    many = np.zeros(len(texts), dtype=bool)
    asked, alone = np.arange(len(texts)), not draft.shares_ids()
    for one in types:
        places = draft.find(one, texts if len(asked) == len(texts) else texts.take(asked))
        here = places >= 0
        many[asked] |= here & (found[asked] >= 0)
        found[asked[here]] = places[here]
        if alone:
            asked = asked[~here]
    found[many] = -1
    strange = np.flatnonzero((found < 0) & ~many)
    for place, text in zip(strange.tolist(), texts.take(strange).to_pylist(), strict=True):
        type_name, colon, rest = text.partition(":")
        if colon and type_name in types:
            found[place] = draft.find(type_name, as_texts([rest]))[0]
    return found, many


def _files_of(types: Iterable[str]) -> str:
    names = [_OWN_FILE[one] for one in types]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def enter_ties(table: MeantTable, draft: Drafting) -> None:
    """Enter ties; a row is one piece of evidence for a tie."""
    for column in ("source", "target"):
        refuse_empty(table, column)
    source = _require(table, "source", draft, PARTY_TYPES)
    target = _require(table, "target", draft, PARTY_TYPES)
    for column, places in (("source", source), ("target", target)):
        _keep_types(table, column, places, draft)
    same = (source == target) & ~table.raw.refused
    table.raw.warn(
        same, "target", table.cells("target"), "a tie of a party with itself",
        "the row is kept and shown; measures leave the tie out",
    )  # fmt: skip
    _warn_of_turned(table, "first", "last")
    enter_records(table, draft)
    cases = find_cases(table, draft)
    rows = np.flatnonzero(table.records >= 0)
    kinds = table.cells("kind")[rows].otherwise(Cells.same("tie", len(rows)))
    weights = table.cells("weight")[rows].used()
    draft.add(
        "tie_records",
        {
            "source": source[rows], "target": target[rows], "kind": kinds, "case": cases[rows],
            "direction": _directions(table.cells("direction")[rows], kinds),
            "record": table.records[rows],
            "weight": weights.numbers(weights.texts.astype(np.float64), np.nan),
            "as_written": table.texts("kind")[rows],
            "dates_as_written": written_dates(table, ("first", "last"))[rows],
            **{name: table.cells(name)[rows] for name in
               ("first", "last", "page", "amount", "currency")},
            "note": with_further(table, rows),
        },
    )  # fmt: skip


def _warn_of_turned(table: MeantTable, begin: str, end: str) -> None:
    """Use rows that end before they begin, whatever days their dates mean, with a doubt."""
    begins = _days(table.cells(begin), first_day, 0)
    ends = _days(table.cells(end), last_day, datetime.date.max.toordinal())
    table.raw.warn(
        ends < begins, end, table.cells(end), "it ends before it begins",
        "the row is used with both dates as they are; correct one of them",
    )  # fmt: skip


def _days(cells: Cells, day_of: Callable[[str], datetime.date | None], otherwise: int) -> Positions:
    """The day of each date, counted from the year 1; `otherwise` where there is none."""
    days = [day_of(text) for text in cells.texts.tolist()]
    told = [otherwise if day is None else day.toordinal() for day in days]
    return np.array([*told, otherwise], dtype=np.int64)[cells.codes]


def _directions(stated: Cells, kinds: Cells) -> Cells:
    """As the record says, else as the kind of tie says."""
    usual = {code: str(word.says["direction"]) for code, word in load_words("tie").items()}
    return stated.otherwise(kinds.mapped(usual.get))


def with_further(table: MeantTable, rows: Positions) -> Cells:
    """The note of each row; behind it further columns, and words that were not understood."""
    unread = {
        column: written.blank(table.values[column].filled)
        for column, written in table.written.items()
        if column not in _KEPT_AS_WRITTEN and table.values[column] is not written
    }
    told = (unread | table.strange | table.further).items()
    return _told(table.cells("note")[rows], ((heading, cells[rows]) for heading, cells in told))


def _joined_further(further: Mapping[str, Cells], count: int) -> Cells:
    """What further columns say, one behind the other."""
    return _told(Cells.nothing(count), further.items())


def _enter_events(table: MeantTable, draft: Drafting) -> None:
    refuse_empty(table, "event_id")
    _warn_of_turned(table, "date", "end_date")
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
            "stage": stage.otherwise(kinds.mapped(of_kind.get))[rows],
            "person": person,
            "moved_by": mover,
            "note": with_further(table, rows),
            "record": table.records[rows],
        },
    )  # fmt: skip


def _optional(table: MeantTable, column: str, draft: Drafting, type_name: str) -> Positions:
    """Positions of parties that a row can do without; a strange one is warned about."""
    ids = table.cells(column).blank(table.raw.refused).used()
    if not draft.lists(type_name):
        return draft.parties(type_name, ids)
    places = places_of(ids, type_name, draft)
    table.raw.warn(
        ids.filled & (places < 0), column, ids,
        f"no such {type_name} in {_OWN_FILE[type_name]}",
        f"the rest of the row is used; add it to {_OWN_FILE[type_name]}, or correct the id",
    )  # fmt: skip
    table.strange[column] = ids.blank(places >= 0)
    return places


def _find_parties(table: MeantTable, column: str, cells: Cells, draft: Drafting,
                  types: tuple[str, ...]) -> tuple[npt.NDArray[np.int64], Positions]:  # fmt: skip
    """Row and position of each party that the cells of a column name, one or several a cell."""
    used = cells.blank(table.raw.refused).used()
    each, flat = _all_named(used.arrow_texts(), draft, types)
    odd = np.zeros(len(each), dtype=bool)
    odd[np.repeat(np.arange(len(each)), each)[flat < 0]] = True
    starts = used.numbers(np.cumsum(each) - each, 0)
    count = used.numbers(each, 0)
    rows = np.repeat(np.arange(len(cells)), count)
    inside = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    places = flat[np.repeat(starts, count) + inside]
    table.raw.warn(
        used.numbers(odd, missing=False), column, cells, f"no such party in {_files_of(types)}",
        "the rest of the row is used; add the party to its table, or correct the id",
    )  # fmt: skip
    return rows[places >= 0], places[places >= 0]


def _all_named(texts: pa.LargeStringArray, draft: Drafting, types: tuple[str, ...],
               ) -> tuple[Positions, Positions]:  # fmt: skip
    """How many parties each text names, and their positions in turn; −1 for a strange one.

    Parties are entered where no table lists their type.
    """
    alone = find_parties(texts, draft, types)[0]
    each = np.ones(len(texts), dtype=np.int64)
    further = np.flatnonzero(alone < 0)
    parts = [_several(text) for text in texts.take(further).to_pylist()]
    each[further] = [*map(len, parts)]
    distinct = list(dict.fromkeys(part for several in parts for part in several))
    places = find_parties(as_texts(distinct), draft, types)[0]
    if not draft.lists(types[0]):
        strange = np.flatnonzero(places < 0).tolist()
        places[strange] = [draft.party(types[0], distinct[place]) for place in strange]
    found = dict(zip(distinct, places.tolist(), strict=True))
    flat = np.repeat(alone, each)
    flat[np.repeat(alone < 0, each)] = [found[part] for several in parts for part in several]
    return each, flat


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _pairs(count: int, people: tuple[npt.NDArray[np.int64], Positions],
           movers: tuple[npt.NDArray[np.int64], Positions], records: Positions,
           ) -> tuple[npt.NDArray[np.int64], Positions, Positions]:  # fmt: skip
    """Every person of a row with every mover of it; −1 where a row has none."""
    each = [np.bincount(rows, minlength=count) for rows, _ in (people, movers)]
    first = [np.cumsum(one) - one for one in each]
    rows = np.flatnonzero(records >= 0)
    pairs = np.maximum(each[0], 1)[rows] * np.maximum(each[1], 1)[rows]
    inside = np.arange(pairs.sum()) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    of_row = np.repeat(rows, pairs)
    wide = np.maximum(each[1], 1)[of_row]
    places = [
        np.append(places, -1)[np.where(number[of_row] > 0, start[of_row] + at, len(places))]
        for (_, places), number, start, at in zip(
            (people, movers), each, first, (inside // wide, inside % wide), strict=True
        )
    ]
    return of_row, places[0], places[1]
