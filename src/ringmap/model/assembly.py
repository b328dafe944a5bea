"""From what each record says to one case file: same ids joined, ties grouped, best value chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model.case import COLUMNS, PARTY_TYPES, Case, SourceFile, decoded
from ringmap.model.coded_case import CodedCase, coded_table
from ringmap.model.dates import best_dates
from ringmap.model.drafts import (
    DRAFT_PARTY,
    Coded,
    Codes,
    Draft,
    Mask,
    Positions,
    Table,
    as_texts,
    below,
    columns_of,
    is_one_of,
    mapped,
    nothing,
    numbers_of,
    otherwise,
    places_in_order,
    ranked,
    renewed,
    same,
    stack,
    take,
    used,
)
from ringmap.model.mentions import settle_mentions
from ringmap.model.names import match_keys
from ringmap.model.rereading import ReadAgain, find_read_again
from ringmap.model.vocabulary import load_words

#: Columns of parties that are chosen together, and the statement that tells a recorded value
#: from one that was worked out ("" where there is none).
_TOGETHER: tuple[tuple[tuple[str, ...], str], ...] = (
    (("name",), ""),
    (("kind",), ""),
    (("country", "country_from"), "country_from"),
    (("province",), ""),
    (("lat", "lon"), "position_from"),
)
_PARTY_COLUMNS = {
    "statements": ("party",),
    "roles": ("person", "case"),
    "tie_records": ("source", "target", "case"),
    "events": ("case", "from_place", "to_place", "crossing", "person", "moved_by"),
}
_RECORD_TABLES = ("statements", "roles", "tie_records", "events")


def assemble(draft: Draft, files: Iterable[SourceFile] = ()) -> Case:
    """One case file from a draft. The order of the draft's rows does not change the answer."""
    draft = _grade_from_sources(_order_records(_order_parties(_one_row_per_source(draft))))
    ties, draft["tie_records"] = _group_ties(
        stack([draft["tie_records"], _implied_ties(draft["events"], draft["roles"])])
    )
    draft["parties"] = _describe_parties(draft, ties)
    return CodedCase.of(draft | {"ties": ties}, _unique_files(files))


def join_cases(first: Case, second: Case, *, same: Mapping[str, str] = MappingProxyType({}),
               again: ReadAgain | None = None) -> Case:  # fmt: skip
    """Both case files as one: same ids are the same party, and no record counts twice.

    A row of `second` with the same table and content as a row of `first` is the same record. It
    stands where it stood, but what it was read as in `second` counts: that was read beside
    `first`, and by a later mapping.

    Parameters
    ----------
    same
        Ids of `first` that were made of numbers, and the ids under which `second` lists them.
    again
        Which records of `first` are read again; None for those that say the same.
    """
    again = find_read_again(first, second) if again is None else again
    old, new = _to_draft(first), _to_draft(second)
    new["records"] = _where_they_stood(new["records"], old["records"], again.place)
    if again.gone.any():
        old = _keep_records(_without_mentioned(old, new["parties"], again.gone), ~again.gone)
    return assemble(settle_mentions(_stack(old, new), same), (*first.files, *second.files))


def _where_they_stood(new: Table, old: Table, place: Positions) -> Table:
    """Records with file, row and line of those that say the same."""
    known = place >= 0
    stood = take(old, place[known])
    files = np.full(new.rows, -1, dtype=np.int32)
    files[known] = stood.texts["file"].codes
    file = otherwise(Coded(files, stood.texts["file"].texts), new.texts["file"])
    moved = {name: new.numbers[name].copy() for name in ("row", "line")}
    for name, column in moved.items():
        column[known] = stood.numbers[name]
    return replace(renewed(new, moved), texts={**new.texts, "file": file})


def _without_mentioned(draft: Draft, others: Table, gone: Mask) -> Draft:
    """A draft without parties of which only records tell that go, and that `others` lack."""
    parties = draft["parties"]
    listed = ~parties.numbers["label_is_id"]
    listed[draft["statements"].numbers["party"][gone[draft["statements"].numbers["record"]]]] = (
        False
    )
    leaves = np.zeros(parties.rows + 1, dtype=bool)
    stays = np.append(listed, True)
    for name, columns in _PARTY_COLUMNS.items():
        goes = gone[draft[name].numbers["record"]]
        for column in columns:
            leaves[draft[name].numbers[column][goes]] = True
            stays[draft[name].numbers[column][~goes]] = True
    drop = (leaves & ~stays)[:-1]
    drop[drop] = ~_keys_of(take(parties, drop)).isin(_keys_of(others))
    place = np.where(drop, -1, np.cumsum(~drop) - 1)
    found = draft | {"parties": take(parties, ~drop)}
    for name, columns in _PARTY_COLUMNS.items():
        found[name] = _renumber(draft[name], columns, place)
    return found


def _keys_of(parties: Table) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays(
        [decoded(one.codes, one.texts) for one in (parties.texts["id"], parties.texts["type"])]
    )


def _to_draft(case: Case) -> Draft:
    draft = {name: coded_table(case, name) for name in COLUMNS if name != "ties"}
    draft["parties"] = columns_of(draft["parties"], DRAFT_PARTY)
    said = ~is_one_of(draft["tie_records"].texts["as_written"], [IMPLIED])
    draft["tie_records"] = _with_ends(take(draft["tie_records"], said), coded_table(case, "ties"))
    return draft


def _with_ends(records: Table, ties: Table) -> Table:
    """Records of ties with what they say of the tie itself."""
    of_tie = take(ties, records.numbers["tie"])
    turned = records.numbers["turned"]
    source, target = of_tie.numbers["source"], of_tie.numbers["target"]
    numbers = {
        **{name: column for name, column in records.numbers.items() if name != "tie"},
        "source": np.where(turned, target, source), "target": np.where(turned, source, target),
        "case": of_tie.numbers["case"], "turned": np.zeros(records.rows, dtype=bool),
    }  # fmt: skip
    texts = {name: of_tie.texts[name] for name in ("kind", "direction")}
    return Table(records.rows, numbers, {**records.texts, **texts})


def _keep_records(draft: Draft, keep: Mask) -> Draft:
    place = np.append(np.where(keep, np.cumsum(keep) - 1, -1), -1)
    kept = dict(draft)
    kept["records"] = take(draft["records"], keep)
    for name in _RECORD_TABLES:
        record = place[draft[name].numbers["record"]]
        kept[name] = take(renewed(draft[name], {"record": record}), record >= 0)
    return kept


def _stack(old: Draft, new: Draft) -> Draft:
    """Rows of both, the second's positions moved behind the first's."""
    moved = dict(new)
    for name, columns in _PARTY_COLUMNS.items():
        moved[name] = _shift(new[name], columns, old["parties"].rows)
    for name in _RECORD_TABLES:
        moved[name] = _shift(moved[name], ("record",), old["records"].rows)
    moved["records"] = _shift(new["records"], ("source",), old["sources"].rows)
    return {name: stack([old[name], moved[name]]) for name in old}


def _shift(table: Table, columns: Iterable[str], by: int) -> Table:
    values = {column: table.numbers[column] for column in columns}
    return renewed(table, {name: np.where(one >= 0, one + by, -1) for name, one in values.items()})


def _one_row_per_source(draft: Draft) -> Draft:
    """Same description, same source; a bare reference joins the description of its name."""
    sources = draft["sources"]
    if not sources.rows:
        return draft
    described = sources.numbers["described"]
    reference = ranked(sources.texts["source_ref"])
    key = _rank_rows(sources, reference)
    # Of two descriptions of one name, a bare reference joins the one that sorts first.
    best = np.full(len(reference.texts) + 1, len(key))
    np.minimum.at(best, reference.codes[described], key[described])
    joined = best[reference.codes]
    key = np.where(described | (joined == len(key)), key, joined)
    _, place = np.unique(key, return_inverse=True)
    # Rows of one source, described ones before bare references, in the order they came.
    order = np.lexsort((np.arange(len(key)), ~described, place))
    chosen = order[np.searchsorted(place[order], np.arange(place.max() + 1))]
    records = draft["records"]
    return draft | {
        "sources": take(sources, chosen),
        "records": _renumber(records, ("source",), place),
    }


def _rank_rows(table: Table, first: Coded) -> Positions:
    """The rank of each row, rows sorted as text, column after column; same rows, same rank.

    `first` is the first column in the order of the alphabet.
    """
    rank: Positions = np.unique(first.codes, return_inverse=True)[1].astype(np.int64)
    for name in COLUMNS["sources"][1:]:
        if not len(rank) or int(rank.max()) + 1 == len(rank):
            break  # no two rows are alike so far
        text = table.texts.get(name)
        by_text = table.numbers[name] if text is None else ranked(text).codes
        rank = np.unique(_keys(rank, by_text.astype(np.int64) + 1), return_inverse=True)[1]
    return rank


def _order_parties(draft: Draft) -> Draft:
    """Parties by id and then type, each once."""
    parties = draft["parties"]
    ids, types = ranked(parties.texts["id"]), ranked(parties.texts["type"])
    key = _keys(ids.codes, types.codes)
    first, place = _distinct(key)
    labelled = np.zeros(len(first), dtype=bool)
    labelled[place[parties.numbers["label_is_id"]]] = True
    ordered = dict(draft)
    ordered["parties"] = Table(
        len(first), {"label_is_id": labelled}, {"id": ids[first], "type": types[first]}
    )
    for name, columns in _PARTY_COLUMNS.items():
        ordered[name] = _renumber(draft[name], columns, place)
    return ordered


def _order_records(draft: Draft) -> Draft:
    records = draft["records"]
    where = [ranked(records.texts[one]).codes for one in ("file", "table")]
    key = _keys(*where, records.numbers["row"])
    order = places_in_order(key)
    if (np.diff(key[order]) == 0).any():
        order = np.lexsort((records.numbers["digest"], key))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ordered = dict(draft) | {"records": take(records, order)}
    for name in _RECORD_TABLES:
        table = _renumber(draft[name], ("record",), place)
        record = table.numbers["record"]
        is_in_order = bool((record[1:] >= record[:-1]).all())
        ordered[name] = table if is_in_order else take(table, places_in_order(record))
    return ordered


def _renumber(table: Table, columns: Iterable[str], place: Positions) -> Table:
    """Positions in some columns as they are found in `place`; −1 stays."""
    moved = np.append(place, -1).astype(np.int32)
    return renewed(table, {column: moved[table.numbers[column]] for column in columns})


def _grade_from_sources(draft: Draft) -> Draft:
    """A record without a grade of its own has that of its source."""
    records, sources = draft["records"], draft["sources"]
    source = records.numbers["source"]
    if not (source >= 0).any():
        return draft
    texts = dict(records.texts)
    for column in ("reliability", "credibility", "page"):
        told = sources.texts[column]
        of_source = Coded(np.append(told.codes, np.int32(-1))[source], told.texts)
        texts[column] = otherwise(texts[column], of_source)
    return draft | {"records": Table(records.rows, records.numbers, texts)}


#: Marks a tie that an event or a role implies; it is made anew on every assembly. Readers
#: strip cells, so no record can say this word with the space behind it.
IMPLIED = "implied "


def _implied_ties(events: Table, roles: Table) -> Table:
    """Ties that other tables state: who did an event to whom, who is in which case."""
    ties = stack([_ties_of_events(events), _ties_of_roles(roles)])
    count = ties.rows
    kinds = {code: word.says["direction"] for code, word in load_words("tie").items()}
    numbers = {
        **ties.numbers, "turned": np.zeros(count, dtype=bool), "weight": np.full(count, np.nan)
    }  # fmt: skip
    texts = {
        **ties.texts, "direction": mapped(ties.texts["kind"], kinds.get),
        "dates_as_written": nothing(count), "as_written": same(IMPLIED, count),
        "page": nothing(count),
    }  # fmt: skip
    return Table(count, numbers, texts)


def _ties_of_events(events: Table) -> Table:
    kind_of = {code: word.says.get("tie") for code, word in load_words("event").items()}
    kind = mapped(events.texts["kind"], kind_of.get)
    told = (
        (kind.codes >= 0) & (events.numbers["moved_by"] >= 0) & (events.numbers["person"] >= 0)
    )  # fmt: skip
    kind, events = kind[told], take(events, told)
    return Table(
        events.rows,
        {
            "source": events.numbers["moved_by"], "target": events.numbers["person"],
            **{name: events.numbers[name] for name in ("case", "record")},
        },
        {
            "kind": kind, "first": events.texts["date"],
            "last": otherwise(events.texts["end_date"], events.texts["date"]),
            **{name: events.texts[name] for name in ("amount", "currency", "note")},
        },
    )  # fmt: skip


_MEMBERSHIP = {"offender": "accused_in", "victim": "victim_in", "both": "accused_in"}


def _ties_of_roles(roles: Table) -> Table:
    roles = take(roles, roles.numbers["case"] >= 0)
    count = roles.rows
    witness = is_one_of(roles.texts["role"], ["witness"])
    kind = otherwise(mapped(roles.texts["side"], _MEMBERSHIP.get), same("named_in", count))
    both = below(kind, same("witness_in", count))
    kind = Coded(np.where(witness, both.codes[count:], both.codes[:count]), both.texts)
    person, case = roles.numbers["person"], roles.numbers["case"]
    numbers = {"source": person, "target": case, "case": case, "record": roles.numbers["record"]}
    texts = {"kind": kind, "first": roles.texts["first"], "last": roles.texts["last"]}
    blank = nothing(count)
    return Table(count, numbers, {**texts, "amount": blank, "currency": blank, "note": blank})


def _group_ties(statements: Table) -> tuple[Table, Table]:
    """Ties, and for each record of a tie the position of its tie."""
    source, target = statements.numbers["source"], statements.numbers["target"]
    turned = is_one_of(statements.texts["direction"], ["undirected"]) & (source > target)
    source, target = np.where(turned, target, source), np.where(turned, source, target)
    kinds, case = ranked(statements.texts["kind"]), statements.numbers["case"]
    keys = _keys(source, target, kinds.codes, case.astype(np.int64) + 1)
    order = places_in_order(statements.numbers["record"])
    order = order[places_in_order(keys[order])]
    keys = keys[order]
    new = np.diff(keys, prepend=-1) != 0
    first, tie = np.flatnonzero(new), np.cumsum(new) - 1
    records = take(renewed(statements, {"turned": turned}), order)
    one = order[first]
    spans = [
        Coded(*best_dates(records.texts[name].codes, records.texts[name].texts, tie, len(first),
                          last=name == "last"))
        for name in ("first", "last")
    ]  # fmt: skip
    weight = records.numbers["weight"]
    ties = Table(
        len(first),
        {
            "source": source[one], "target": target[one], "case": case[one],
            "weight": np.fmax.reduceat(weight, first) if len(first) else weight,
        },
        {
            "kind": kinds[one], "direction": _direction(records.texts["direction"], first),
            "first": spans[0], "last": spans[1],
        },
    )  # fmt: skip
    return ties, renewed(records, {"tie": tie})


def _distinct(keys: Positions) -> tuple[Positions, Positions]:
    """Where each distinct key stands first, in order, and the number of each key among these."""
    order = places_in_order(keys)
    new = np.diff(keys[order], prepend=-1) != 0
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return order[new], place


def _keys(*parts: npt.NDArray[np.integer]) -> Positions:
    """One integer per row, the same where all parts are the same, in the order of the parts."""
    key = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        span = int(part.max()) + 1 if len(part) else 1
        if key.size and int(key.max()) > (2**62) // max(span, 1):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key = key * span + part
    return key


_DIRECTIONS = ("directed", "undirected", "unknown")


def _direction(told: Coded, first: Positions) -> Coded:
    """As the kind says; directed as soon as one record of a tie of no known direction is.

    Records of a tie stand together, each tie's from a position in `first` on.
    """
    rank = numbers_of(told, _DIRECTIONS.index, len(_DIRECTIONS) - 1).astype(np.int32)
    best = np.minimum.reduceat(rank, first) if len(first) else rank
    return Coded(best, as_texts(_DIRECTIONS))


def _describe_parties(draft: Draft, ties: Table) -> Table:
    parties = draft["parties"]
    wide = _best_values(draft["statements"], draft["records"], parties.rows)
    name = used(otherwise(wide["name"], parties.texts["id"]))
    point = {one: numbers_of(wide.pop(one), float, np.nan) for one in ("lat", "lon")}
    return Table(
        parties.rows,
        {**parties.numbers, **point},
        {
            **parties.texts, **wide, "party": _party_names(parties), "name": name,
            "key": Coded(name.codes, match_keys(name.texts)),
            **_standing_of_people(draft, ties),
        },
    )  # fmt: skip


def _party_names(parties: Table) -> Coded:
    """The id; with the type before it where types share one, or where it begins like that."""
    ids, types = parties.texts["id"], parties.texts["type"]
    prefixed = pc.match_substring_regex(ids.texts, f"^(?:{'|'.join(PARTY_TYPES)}):")
    shared = np.bincount(ids.codes, minlength=len(ids.texts)) > 1
    unclear = (shared | np.asarray(prefixed, dtype=bool))[ids.codes]
    named = (one.texts.take(one.codes[unclear]).to_pylist() for one in (types, ids))
    told = [f"{type_name}:{party_id}" for type_name, party_id in zip(*named, strict=True)]
    codes = ids.codes.copy()
    codes[unclear] = np.arange(len(told)) + len(ids.texts)
    return Coded(codes, pa.concat_arrays([ids.texts, as_texts(told)]))


@dataclass(frozen=True, slots=True)
class _Said:
    """What records say in one column: party, record, and the position of the text."""

    party: Codes
    record: Codes
    value: Coded

    def __getitem__(self, rows: npt.NDArray[np.generic]) -> "_Said":
        return _Said(self.party[rows], self.record[rows], self.value[rows])

    @property
    def keys(self) -> Positions:
        """Party and record as one number."""
        return (self.party.astype(np.int64) << 32) | self.record


def _best_values(statements: Table, records: Table, count: int) -> dict[str, Coded]:
    """Best graded value of each wide column; between equals the one said more often.

    Where a value is worked out and not recorded, it stands behind every recorded one. A
    country keeps its own basis and a latitude its own longitude: they come of one record.
    """
    column = statements.texts["column"]
    names = [*dict.fromkeys(column.texts.to_pylist())]
    number = {name: place for place, name in enumerate(names)}
    of_row = numbers_of(column, number.__getitem__, -1).astype(np.int32)
    grade = _grades(records)
    wide = {}
    for columns, basis in _TOGETHER:
        asked = dict.fromkeys((*columns, basis) if basis else columns)
        said = {name: _said_in(statements, of_row == number.get(name, -1)) for name in asked}
        times = {name: np.bincount(one.party, minlength=count) for name, one in said.items()}
        several = np.any([one > 1 for one in times.values()], axis=0)
        alone = _only_values([said[name] for name in columns], several, count)
        hard = {name: one[several[one.party]] for name, one in said.items()}
        best = _graded_values(hard, columns, basis, grade, count)
        for name, one, other in zip(columns, alone, best, strict=True):
            wide[name] = otherwise(one, other)
    return wide


def _said_in(statements: Table, mask: Mask) -> _Said:
    """What is said in some rows."""
    rows = np.flatnonzero(mask)
    party, record = statements.numbers["party"], statements.numbers["record"]
    return _Said(party[rows], record[rows], statements.texts["value"][rows])


def _only_values(said: Sequence[_Said], several: Mask, count: int) -> list[Coded]:
    """Values of parties of which no column is told twice: there is nothing to choose.

    Where columns go together, one record must tell them all.
    """
    record: list[Codes] = []
    codes: list[Codes] = []
    for one in said:
        single = ~several[one.party]
        for found, told in ((record, one.record), (codes, one.value.codes)):
            of_party = np.full(count, -1, dtype=np.int32)
            of_party[one.party[single]] = told[single]
            found.append(of_party)
    together = np.all([one == record[0] for one in record], axis=0)
    return [
        Coded(np.where(together, code, np.int32(-1)), one.value.texts)
        for code, one in zip(codes, said, strict=True)
    ]


def _graded_values(said: Mapping[str, _Said], columns: Sequence[str], basis: str,
                   grade: Positions, count: int) -> list[Coded]:  # fmt: skip
    """The best value of each party of which a column is told several times."""
    firsts = {name: _first_said(one) for name, one in said.items()}
    keys = firsts[columns[0]].keys
    for name in columns[1:]:
        keys = np.intersect1d(keys, firsts[name].keys, assume_unique=True)
    values = [ranked(_at(firsts[name], keys)) for name in columns]
    worked_out = np.zeros(len(keys), dtype=bool)
    if basis:
        told = _at(firsts[basis], keys)
        worked_out = (told.codes >= 0) & ~is_one_of(told, ["record"])
    party, record = keys >> 32, keys & 0xFFFFFFFF
    best = _best_rows(party, worked_out, grade[record], _keys(*(one.codes for one in values)))
    found = []
    for value in values:
        codes = np.full(count, -1, dtype=np.int32)
        codes[party[best]] = value.codes[best]
        found.append(Coded(codes, value.texts))
    return found


def _first_said(said: _Said) -> _Said:
    """What each record says first of a party, in the order of parties and records."""
    return said[_distinct(said.keys)[0]]


def _at(said: _Said, keys: Positions) -> Coded:
    """What is said under some sorted keys of party and record; missing where nothing is."""
    own = said.keys
    if not len(own):
        return nothing(len(keys))
    place = np.minimum(np.searchsorted(own, keys), len(own) - 1)
    codes = np.where(own[place] == keys, said.value.codes[place], np.int32(-1))
    return Coded(codes, said.value.texts)


def _grades(records: Table) -> Positions:
    """Reliability and credibility of each record as one number, better ones lower."""
    both = [numbers_of(records.texts[column], ord, ord(last)).astype(np.int64)
            for column, last in (("reliability", "G"), ("credibility", "7"))]  # fmt: skip
    return both[0] * 128 + both[1]


def _best_rows(party: Positions, worked_out: Mask, grade: Positions, value: Positions) -> Positions:
    """One row per party: recorded before worked out, then by grade, then said most often."""
    order = np.lexsort((grade, worked_out, value, party))
    pair = _keys(party, value)[order]
    first = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]]) if len(pair) else order
    times = np.diff(np.r_[first, len(pair)])
    lead = order[first]
    ranked = lead[np.lexsort((value[lead], -times, grade[lead], worked_out[lead], party[lead]))]
    return ranked[np.unique(party[ranked], return_index=True)[1]]


def _standing_of_people(draft: Draft, ties: Table) -> dict[str, Coded]:
    roles, count = draft["roles"], draft["parties"].rows
    who, events = roles.numbers["person"], draft["events"]
    offender = _marked(who[is_one_of(roles.texts["side"], ["offender", "both"])], count)
    victim = _marked(who[is_one_of(roles.texts["side"], ["victim", "both"])], count)
    other = _marked(who[is_one_of(roles.texts["side"], ["other"])], count)
    person = is_one_of(draft["parties"].texts["type"], ["person"])
    # Whoever is moved, sold or held is protected as a victim until a record says otherwise.
    cleared = _marked(who[is_one_of(roles.texts["standing"], ["not_a_victim"])], count)
    # Accused or not: guides ride along, but nobody is sold or held by way of business.
    presumed = _presumed(events, ties, count, None) & ~offender
    presumed |= _presumed(events, ties, count, "even_if_accused")
    victim |= presumed & person & ~cleared
    side = np.select([victim & offender, offender, victim, other], [0, 1, 2, 3], -1)
    return {
        "side": Coded(side.astype(np.int32), as_texts(["both", "offender", "victim", "other"])),
        "roles": _joined(roles, "role", count),
        "standing": _joined(roles, "standing", count),
    }


def _presumed(events: Table, ties: Table, count: int, mark: str | None) -> Mask:
    """Who is at the end of a tie or event that makes a victim, by the mark of its kind."""
    tied = is_one_of(ties.texts["kind"], _codes("tie", mark or "target_is_victim"))
    done = is_one_of(events.texts["kind"], _codes("event", mark or "person_is_victim"))
    by_tie = _marked(ties.numbers["target"][tied], count)
    return by_tie | _marked(events.numbers["person"][done], count)


def _codes(list_name: str, mark: str) -> list[str]:
    return [code for code, word in load_words(list_name).items() if word.says.get(mark)]


def _marked(positions: npt.NDArray[np.integer], count: int) -> Mask:
    mark = np.zeros(count, dtype=bool)
    mark[positions[positions >= 0]] = True
    return mark


def _joined(roles: Table, column: str, count: int) -> Coded:
    """What roles say of each person in a column, by the alphabet, joined by semicolons."""
    told = ranked(roles.texts[column])
    known = told.codes >= 0
    pair = np.sort(_keys(roles.numbers["person"][known], told.codes[known]))
    pair = pair[np.diff(pair, prepend=-1) != 0]
    person, code = np.divmod(pair, max(len(told.texts), 1))
    single = np.bincount(person, minlength=count)[person] == 1
    codes = np.full(count, -1, dtype=np.int32)
    codes[person[single]] = code[single]
    several: dict[int, list[str]] = {}
    for one, word in zip(
        person[~single].tolist(), told.texts.take(code[~single]).to_pylist(), strict=True
    ):
        several.setdefault(one, []).append(word)
    codes[list(several)] = np.arange(len(several)) + len(told.texts)
    joined = as_texts(";".join(words) for words in several.values())
    return Coded(codes, pa.concat_arrays([told.texts, joined]))


def _unique_files(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(sorted(dict.fromkeys(files), key=lambda file: (file.file, file.sha256)))
