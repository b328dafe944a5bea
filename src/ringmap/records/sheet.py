"""The case sheet: one flat file with a row per person per case."""

import re
from itertools import zip_longest

import numpy as np

from ringmap.records.coded import Cells, Mask, Positions, together
from ringmap.records.drafting import Drafting
from ringmap.records.identities import made_id
from ringmap.records.places import find_spots, tell_doubts, tell_ended_provinces
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
from ringmap.records.telephones import is_rounded

_IDENTIFIERS = {"phone": "phone", "bank_account": "bank_account", "vehicle": "vehicle"}
_MOST_NUMBERS = 20
_BETWEEN_NUMBERS = re.compile(r"[;,\n]")
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
    named = not table.cells("person_id").filled.any()
    parties = draft.parties("person", ids.blank(table.raw.refused), label_is_id=False)
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
    """The sheet's own ids, or one made from name and birth that carries no meaning.

    Somebody born in 1990 and somebody of that name born about 1990 are taken for one.
    """
    place, people = together(table.cells("person"), table.cells("born"))
    made = [
        None if name is None else made_id("person", name, (born or "").replace("~", ""))
        for name, born in people
    ]
    return table.cells("person_id").otherwise(Cells.repeated(place, made))


def _warn_of_names(table: MeantTable, ids: Cells) -> None:
    cases = table.cells("case_id")
    used = np.flatnonzero(~table.raw.refused)
    joined = np.zeros(len(ids), dtype=bool)
    if len(used):
        person = ids.codes[used]
        _, first, each = np.unique(person, return_index=True, return_inverse=True)
        joined[used] = cases.codes[used] != cases.codes[used][first][each]
    table.raw.warn(
        joined, "person", table.cells("person"),
        "the same name as in another case, taken for the same person",
        "add a column person_id to tell people of one name apart",
    )  # fmt: skip


def _state_nationality(table: MeantTable, parties: Positions, draft: Drafting) -> None:
    """A sheet tells no base country of a person; nationality stands in, and is said to."""
    known = table.cells("nationality")
    draft.state(parties, "country", known, table.records)
    basis = Cells.same("nationality", known.filled)
    draft.state(parties, "country_from", basis, table.records)


def _enter_places(table: MeantTable, parties: Positions, cases: Positions,
                  draft: Drafting) -> None:  # fmt: skip
    names, provinces = table.cells("place"), table.cells("province")
    countries, kinds = table.cells("country"), table.cells("place_kind")
    of_row, distinct = together(names, provinces, countries)
    made = [None if name is None else made_id("place", name, province or "", country or "")
            for name, province, country in distinct]  # fmt: skip
    ids = Cells.repeated(of_row, made)
    places = draft.parties("place", ids.blank(table.raw.refused))
    found = find_spots(names, kinds, provinces, countries, names.filled, draft.gazetteer)
    tell_doubts(table.raw, "place", names, found.doubts, names.filled)
    nowhere = Cells.nothing(len(names))
    for column in ("province", "home_province"):
        country = countries if column == "province" else nowhere
        dates = table.cells("date")
        tell_ended_provinces(table.raw, column, table.cells(column), country, dates)
    basis = Cells.same("record", countries.filled).otherwise(found.country_from)
    for column, values in (
        ("country", countries.otherwise(found.country)), ("country_from", basis),
        ("lat", found.lat), ("lon", found.lon), ("position_from", found.position_from),
        ("name", names), ("province", provinces), ("kind", kinds),
    ):  # fmt: skip
        draft.state(places, column, values, table.records)
    draft.state_list(places, found.position_from, table.records)
    for column in ("country", "place_kind"):
        state_own_words(table, column, places, draft)
    for column in ("place_kind", "province", "country"):
        _keep_without_place(table, column, parties, draft)
    add_ties(table, parties, places, "seen_at", cases, draft)


def _keep_without_place(table: MeantTable, column: str, parties: Positions,
                        draft: Drafting) -> None:  # fmt: skip
    """What a row says of a place that it does not name: kept with the person, and told."""
    alone = table.texts(column).blank(table.cells("place").filled)
    draft.state(parties, f"{column} (further)", alone, table.records)
    table.raw.warn(
        alone.filled, column, None, "no place is named beside it",
        "kept with the person, and on no map; name a place beside it, or write it there",
    )  # fmt: skip


def _enter_numbers(table: MeantTable, column: str, kind: str, parties: Positions,
                   cases: Positions, draft: Drafting) -> None:  # fmt: skip
    values = table.cells(column)
    values = values.blank(_tell_no_numbers(table, column, values, parties, draft))
    used = values.used()
    several = [_numbers_in(text) for text in used.texts.tolist()]
    for numbers in zip_longest(*several):
        one = Cells.repeated(used.codes, numbers)
        _enter_number(table, one, kind, parties, cases, draft)


def _enter_number(table: MeantTable, values: Cells, kind: str, parties: Positions,
                  cases: Positions, draft: Drafting) -> None:  # fmt: skip
    ids = values.mapped(lambda value: draft.id_of_number(kind, value))
    # What another table lists has its own name and value there.
    stated = values.blank(~draft.name_numbers(ids.blank(table.raw.refused)))
    numbers = draft.parties("identifier", ids.blank(table.raw.refused))
    draft.state(numbers, "name", stated, table.records)
    draft.state(numbers, "value", stated, table.records)
    draft.state(numbers, "kind", Cells.same(kind, stated.filled), table.records)
    add_ties(table, parties, numbers, "uses", cases, draft)


def _tell_no_numbers(table: MeantTable, column: str, values: Cells, parties: Positions,
                     draft: Drafting) -> Mask:  # fmt: skip
    """Cells by which people must not be taken for users of one number; kept with the person."""
    without = values.where(_has_no_digit)
    rounded = values.where(is_rounded)
    table.raw.warn(
        without, column, values, "a number without a digit",
        "kept with the person, as no number that others may have too; leave the cell empty",
    )  # fmt: skip
    table.raw.warn(
        rounded, column, values,
        "a number rounded by a spreadsheet program; its last digits are lost",
        "kept with the person, as no number that others may have too; write all its digits",
    )  # fmt: skip
    many = values.where(lambda cell: len(_numbers_in(cell)) > _MOST_NUMBERS)
    table.raw.warn(
        many, column, values, f"more than {_MOST_NUMBERS} numbers in a cell",
        "kept with the person, as no number that others may have too; give each a row",
    )  # fmt: skip
    odd = without | rounded | many
    draft.state(parties, f"{column} (further)", values.blank(~odd), table.records)
    return odd


def _has_no_digit(text: str) -> bool:
    return not any(map(str.isdigit, text))


def _numbers_in(cell: str) -> list[str]:
    """The numbers of a cell: several where each piece has a digit, else the cell as it is."""
    pieces = [piece.strip() for piece in _BETWEEN_NUMBERS.split(cell) if piece.strip()]
    return [cell] if any(map(_has_no_digit, pieces)) else pieces


def add_ties(table: MeantTable, source: Positions, target: Positions, kind: str,
             cases: Positions, draft: Drafting) -> None:  # fmt: skip
    """Enter a tie of one kind for each row that has both ends."""
    rows = np.flatnonzero((source >= 0) & (target >= 0) & (table.records >= 0))
    date = table.cells("date")[rows]
    written = written_dates(table, ("first",))[rows]
    draft.add(
        "tie_records",
        {
            "source": source[rows], "target": target[rows], "kind": Cells.same(kind, len(rows)),
            "case": cases[rows], "direction": Cells.same("directed", len(rows)),
            "record": table.records[rows], "first": date, "last": date, "dates_as_written": written,
        },
    )  # fmt: skip
