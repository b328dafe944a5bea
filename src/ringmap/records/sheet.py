"""The case sheet: one flat file with a row per person per case."""

import numpy as np

from ringmap.records.drafting import Drafting, Positions, rows_where
from ringmap.records.identities import made_id
from ringmap.records.places import Spot, find_spot, tell_doubts, tell_ended_provinces
from ringmap.records.tables import (
    MeantTable,
    add_roles,
    enter_records,
    find_cases,
    refuse_empty,
    state_columns,
    state_own_words,
    written_dates,
)
from ringmap.records.tabletext import Cells, blank, same_where

_IDENTIFIERS = {"phone": "phone", "bank_account": "bank_account", "vehicle": "vehicle"}
_OF_PLACE = ("place", "place_kind", "province", "country")
_OF_RECORD = ("case_id", "person_id", "role", "standing", "victim_status", "date")


def enter_sheet(table: MeantTable, draft: Drafting) -> None:
    """Enter people, their part in each case, and the places and numbers beside them.

    Without ids, people are told apart by name (and by birth date where the sheet has one):
    rows of the same name are one person, and a warning says so where it joins two cases.
    """
    for column in ("case_id", "person"):
        refuse_empty(table, column)
    ids = _person_ids(table)
    named = not rows_where(table.cells("person_id")).any()
    parties = draft.parties("person", blank(ids, table.raw.refused), label_is_id=False)
    enter_records(table, draft)
    cases = find_cases(table, draft)
    if named:
        _warn_of_names(table, ids)
    draft.state(parties, "name", table.cells("person"), table.records)
    leave_out = (*_OF_RECORD, *_OF_PLACE, *_IDENTIFIERS, "person")
    state_columns(table, parties, draft, leave_out=leave_out)
    for column in ("standing", "victim_status", "date"):
        state_own_words(table, column, parties, draft)
    _state_nationality(table, parties, draft)
    table.written["first"] = table.texts("date")
    table.raw.called["first"] = table.raw.called.get("date", "date")
    table.values["first"] = table.cells("date")
    table.values["last"] = table.cells("date")
    add_roles(table, parties, cases, np.ones(len(table.raw.row), dtype=bool), draft)
    _enter_places(table, parties, cases, draft)
    for column, kind in _IDENTIFIERS.items():
        _enter_numbers(table, column, kind, parties, cases, draft)


def _person_ids(table: MeantTable) -> Cells:
    """The sheet's own ids, or one made from name and birth that carries no meaning."""
    given, names, born = table.cells("person_id"), table.cells("person"), table.cells("born")
    made = [
        own or (None if name is None else made_id("person", name, birth or ""))
        for own, name, birth in zip(given, names, born, strict=True)
    ]
    return np.array([*made, None], dtype=object)[:-1]


def _warn_of_names(table: MeantTable, ids: Cells) -> None:
    first: dict[str, int] = {}
    cases = table.cells("case_id")
    joined = np.zeros(len(ids), dtype=bool)
    for row in np.flatnonzero(~table.raw.refused):
        seen = first.setdefault(ids[row], int(row))
        joined[row] = cases[row] != cases[seen]
    table.raw.warn(
        joined, "person", table.cells("person"),
        "the same name as in another case, taken for the same person",
        "add a column person_id to tell people of one name apart",
    )  # fmt: skip


def _state_nationality(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    """A sheet tells no base country of a person; nationality stands in, and is said to."""
    known = table.cells("nationality")
    draft.state(parties, "country", known, table.records)
    basis = same_where(rows_where(known), "nationality")
    draft.state(parties, "country_from", basis, table.records)


def _enter_places(table: MeantTable, parties: Positions, cases: Positions,
                  draft: Drafting) -> None:  # fmt: skip
    names, provinces = table.cells("place"), table.cells("province")
    countries = table.cells("country")
    ids = [
        None if name is None else made_id("place", name, province or "", country or "")
        for name, province, country in zip(names, provinces, countries, strict=True)
    ]
    cells = np.array([*ids, None], dtype=object)[:-1]
    places = draft.parties("place", blank(cells, table.raw.refused))
    kinds = table.cells("place_kind")
    spots = [
        find_spot(*row, draft.gazetteer) if row[0] is not None else Spot()
        for row in zip(names, kinds, provinces, countries, strict=True)
    ]
    tell_doubts(table.raw, "place", names, [spot.doubt for spot in spots])
    nowhere = np.full(len(names), None, dtype=object)
    for column in ("province", "home_province"):
        cells, country = table.cells(column), countries if column == "province" else nowhere
        tell_ended_provinces(table.raw, column, cells, country, table.cells("date"))
    facts = np.array([_place_facts(*pair) for pair in zip(countries, spots, strict=True)],
                     dtype=object).reshape(-1, 5)  # fmt: skip
    columns = ("country", "country_from", "lat", "lon", "position_from")
    for number, column in enumerate(columns):
        draft.state(places, column, facts[:, number], table.records)
    draft.state_list(places, facts[:, 4], table.records)
    for column, values in (("name", names), ("province", provinces), ("kind", kinds)):
        draft.state(places, column, values, table.records)
    add_ties(table, parties, places, "seen_at", cases, draft)


def _place_facts(country: str | None, spot: Spot) -> tuple[str | None, ...]:
    lat, lon = map(str, spot.point) if spot.point else (None, None)
    if country is None:
        return spot.country, spot.country_from, lat, lon, spot.position_from
    return country, "record", lat, lon, spot.position_from


def _enter_numbers(table: MeantTable, column: str, kind: str, parties: Positions,
                   cases: Positions, draft: Drafting) -> None:  # fmt: skip
    values = table.cells(column)
    ids = [None if value is None else made_id(kind, value) for value in values]
    cells = np.array([*ids, None], dtype=object)[:-1]
    numbers = draft.parties("identifier", blank(cells, table.raw.refused))
    draft.state(numbers, "name", values, table.records)
    draft.state(numbers, "value", values, table.records)
    kinds = same_where(rows_where(values), kind)
    draft.state(numbers, "kind", kinds, table.records)
    add_ties(table, parties, numbers, "uses", cases, draft)


def add_ties(table: MeantTable, source: Positions, target: Positions, kind: str,
             cases: Positions, draft: Drafting) -> None:  # fmt: skip
    """Enter a tie of one kind for each row that has both ends."""
    rows = np.flatnonzero((source >= 0) & (target >= 0) & (table.records >= 0))
    date = table.cells("date")[rows]
    written = written_dates(table, ("first",))[rows]
    draft.add(
        "tie_records",
        {
            "source": source[rows], "target": target[rows], "kind": [kind] * len(rows),
            "case": cases[rows], "direction": ["directed"] * len(rows),
            "record": table.records[rows], "first": date, "last": date, "dates_as_written": written,
        },
    )  # fmt: skip
