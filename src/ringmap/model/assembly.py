"""From what each record says to one case file: same ids joined, ties grouped, best value chosen.

A draft is what readers produce: the tables of a `Case` by name, except that `parties` has only
``id``, ``type`` and ``label_is_id``, and `tie_records` carries ``source``, ``target``, ``kind``,
``case`` and ``direction`` where a finished case has a position in `ties`.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.model.case import COLUMNS, PARTY_TYPES, Case, SourceFile, empty_table, typed
from ringmap.model.dates import earliest_of, latest_of
from ringmap.model.names import match_key
from ringmap.model.vocabulary import load_words

Draft = dict[str, pd.DataFrame]
Positions = npt.NDArray[np.int64]
Cells = npt.NDArray[np.object_]

DRAFT_PARTY = ("id", "type", "label_is_id")
DRAFT_TIE = ("source", "target", "kind", "case", "direction", *COLUMNS["tie_records"][1:])
_WIDE = ("name", "kind", "country", "country_from", "province", "lat", "lon")
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


def empty_draft() -> Draft:
    """A draft without any row."""
    return {name: table.copy() for name, table in _empty_draft().items()}


@cache
def _empty_draft() -> Draft:
    draft = {name: empty_table(name) for name in COLUMNS if name != "ties"}
    draft["parties"] = pd.DataFrame({column: typed(column, []) for column in DRAFT_PARTY})
    draft["tie_records"] = pd.DataFrame({column: typed(column, []) for column in DRAFT_TIE})
    return draft


def assemble(draft: Draft, files: Iterable[SourceFile] = ()) -> Case:
    """One case file from a draft. The order of the draft's rows does not change the answer."""
    draft = _grade_from_sources(_order_records(_order_parties(_one_row_per_source(draft))))
    tie_statements = pd.concat([draft["tie_records"], _implied_ties(draft)], ignore_index=True)
    ties, tie_records = _group_ties(tie_statements)
    parties = _describe_parties(draft, ties)
    tables = {name: draft[name] for name in ("statements", "roles", "events", "records", "sources")}
    return Case(
        parties=parties, ties=ties, tie_records=tie_records, files=_unique_files(files), **tables
    )


def join_cases(first: Case, second: Case) -> Case:
    """Both case files as one: same ids are the same party, and no record counts twice.

    A row of `second` with the same table and content as a row of `first` is the same record.
    """
    old, new = _to_draft(first), _to_draft(second)
    new = _keep_records(new, ~_contents(new["records"]).isin(_contents(old["records"])))
    return assemble(_stack(old, new), (*first.files, *second.files))


def _contents(records: pd.DataFrame) -> pd.MultiIndex:
    """What each record says; the second record that says the same is another one."""
    same = records[["table", "digest"]]
    return pd.MultiIndex.from_frame(same.assign(copy=same.groupby(["table", "digest"]).cumcount()))


def _to_draft(case: Case) -> Draft:
    draft: Draft = dict(case.tables())
    draft["parties"] = case.parties[list(DRAFT_PARTY)]
    said = case.tie_records["as_written"] != IMPLIED
    records = case.tie_records[said.to_numpy()].reset_index(drop=True)
    ties = case.ties.iloc[records["tie"].to_numpy()].reset_index(drop=True)
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    turned = records["turned"].to_numpy()
    ends = {"source": np.where(turned, target, source), "target": np.where(turned, source, target)}
    columns = {name: ties[name] for name in ("kind", "case", "direction")} | ends
    draft["tie_records"] = records.drop(columns="tie").assign(**columns, turned=False)[
        list(DRAFT_TIE)
    ]
    del draft["ties"]
    return draft


def _keep_records(draft: Draft, keep: npt.NDArray[np.bool_]) -> Draft:
    place = np.where(keep, np.cumsum(keep) - 1, -1)
    kept = dict(draft)
    kept["records"] = draft["records"][keep].reset_index(drop=True)
    for name in _RECORD_TABLES:
        table = draft[name]
        record = place[table["record"].to_numpy()]
        kept[name] = table.assign(record=typed("record", record))[record >= 0].reset_index(
            drop=True
        )
    return kept


def _stack(old: Draft, new: Draft) -> Draft:
    """Rows of both, the second's positions moved behind the first's."""
    shift_party, shift_record = len(old["parties"]), len(old["records"])
    shift_source = len(old["sources"])
    moved = dict(new)
    for name, columns in _PARTY_COLUMNS.items():
        moved[name] = _shift(new[name], columns, shift_party)
    for name in _RECORD_TABLES:
        moved[name] = _shift(moved[name], ("record",), shift_record)
    moved["records"] = _shift(new["records"], ("source",), shift_source)
    return {name: pd.concat([old[name], moved[name]], ignore_index=True) for name in old}


def _shift(table: pd.DataFrame, columns: Iterable[str], by: int) -> pd.DataFrame:
    changes = {}
    for column in columns:
        value = table[column].to_numpy()
        changes[column] = typed(column, np.where(value >= 0, value + by, -1))
    return table.assign(**changes)


def _one_row_per_source(draft: Draft) -> Draft:
    """Same description, same source; a bare reference joins the description of its name."""
    sources = draft["sources"]
    if sources.empty:
        return draft
    full = sources.astype(object).where(sources.notna(), None)
    key = pd.Series(list(map(tuple, full.itertuples(index=False))))
    described = sources["described"].to_numpy()
    # Of two descriptions of one name, a bare reference joins the one that sorts first.
    by_reference: dict[object, tuple[object, ...]] = {}
    for reference, own in zip(sources["source_ref"][described], key[described], strict=True):
        by_reference[reference] = min(own, by_reference.get(reference, own), key=_text_key)
    key = pd.Series(
        [
            own if is_described else by_reference.get(reference, own)
            for own, is_described, reference in zip(
                key, described, sources["source_ref"], strict=True
            )
        ]
    )
    order = {own: place for place, own in enumerate(sorted(set(key), key=_text_key))}
    place = key.map(order).to_numpy()
    first = pd.Series(range(len(key))).groupby(place).first()
    best = pd.Series(range(len(key)))[described].groupby(place[described]).first()
    chosen = best.reindex(first.index).fillna(first).astype(int)
    source = draft["records"]["source"].to_numpy()
    moved = np.where(source >= 0, place[source] if len(place) else -1, -1)
    return draft | {
        "sources": sources.iloc[chosen.to_numpy()].reset_index(drop=True),
        "records": draft["records"].assign(source=typed("source", moved)),
    }


def _text_key(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)


def _order_parties(draft: Draft) -> Draft:
    """Parties by id and then type, each once."""
    parties = draft["parties"]
    index = pd.MultiIndex.from_arrays([parties["id"], parties["type"]])
    unique = index.unique().sort_values()
    place = unique.get_indexer(index)
    kept = pd.DataFrame({"id": unique.get_level_values(0), "type": unique.get_level_values(1)})
    labelled = np.zeros(len(unique), dtype=bool)
    labelled[place[parties["label_is_id"].to_numpy()]] = True
    ordered = dict(draft) | {"parties": kept.assign(label_is_id=labelled)}
    for name, columns in _PARTY_COLUMNS.items():
        ordered[name] = _renumber(draft[name], columns, place)
    return ordered


def _order_records(draft: Draft) -> Draft:
    records = draft["records"]
    order = records.sort_values(["file", "table", "row", "digest"], kind="stable").index.to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ordered = dict(draft) | {"records": records.iloc[order].reset_index(drop=True)}
    for name in _RECORD_TABLES:
        table = _renumber(draft[name], ("record",), place)
        ordered[name] = table.iloc[np.argsort(table["record"].to_numpy(), kind="stable")]
        ordered[name] = ordered[name].reset_index(drop=True)
    return ordered


def _renumber(table: pd.DataFrame, columns: Iterable[str], place: Positions) -> pd.DataFrame:
    changes = {}
    for column in columns:
        value = table[column].to_numpy()
        known = value >= 0
        moved = np.full(len(value), -1)
        moved[known] = place[value[known]]
        changes[column] = typed(column, moved)
    return table.assign(**changes)


def _grade_from_sources(draft: Draft) -> Draft:
    """A record without a grade of its own has that of its source."""
    records, sources = draft["records"], draft["sources"]
    source = records["source"].to_numpy()
    if not (source >= 0).any():
        return draft
    known = pd.Series(np.where(source >= 0, source, 0))
    changes = {}
    for column in ("reliability", "credibility", "page"):
        of_source = known.map(sources[column]).where(source >= 0)
        changes[column] = records[column].fillna(of_source).astype("str")
    return draft | {"records": records.assign(**changes)}


#: Marks a tie that an event or a role implies; it is made anew on every assembly. Readers
#: strip cells, so no record can say this word with the space behind it.
IMPLIED = "implied "


def _implied_ties(draft: Draft) -> pd.DataFrame:
    """Ties that other tables state: who did an event to whom, who is in which case."""
    parts = [_ties_of_events(draft["events"]), _ties_of_roles(draft["roles"])]
    ties = pd.concat(parts, ignore_index=True)
    count = len(ties)
    blank = pd.Series([None] * count, dtype="str")
    kinds = {code: str(word.says["direction"]) for code, word in load_words("tie").items()}
    return pd.DataFrame(
        {
            "source": typed("source", ties["source"]),
            "target": typed("target", ties["target"]),
            "kind": ties["kind"].astype("str"),
            "case": typed("case", ties["case"]),
            "direction": ties["kind"].map(kinds).astype("str"),
            "record": typed("record", ties["record"]),
            "turned": typed("turned", np.zeros(count, dtype=bool)),
            "first": ties["first"].astype("str"),
            "last": ties["last"].astype("str"),
            "dates_as_written": blank,
            "weight": typed("weight", np.full(count, np.nan)),
            "as_written": pd.Series([IMPLIED] * count, dtype="str"),
            "page": blank,
            "amount": ties["amount"].astype("str"),
            "currency": ties["currency"].astype("str"),
            "note": ties["note"].astype("str"),
        }
    )[list(DRAFT_TIE)]


_TIE_PARTS = (
    "source", "target", "kind", "case", "record", "first", "last", "amount", "currency", "note",
)  # fmt: skip


def _ties_of_events(events: pd.DataFrame) -> pd.DataFrame:
    kind_of = {code: word.says.get("tie") for code, word in load_words("event").items()}
    kind = events["kind"].map(kind_of)
    told = (
        kind.notna().to_numpy()
        & (events["moved_by"].to_numpy() >= 0)
        & (events["person"].to_numpy() >= 0)
    )
    events, kind = events[told], kind[told]
    ends = events["end_date"].fillna(events["date"])
    columns = {"source": "moved_by", "target": "person", "first": "date"}
    table = pd.DataFrame({name: events[columns.get(name, name)] for name in _SHARED})
    return table.assign(kind=kind.astype("str"), last=ends)[list(_TIE_PARTS)]


_SHARED = ("source", "target", "case", "record", "first", "amount", "currency", "note")
_MEMBERSHIP = {"offender": "accused_in", "victim": "victim_in", "both": "accused_in"}


def _ties_of_roles(roles: pd.DataFrame) -> pd.DataFrame:
    roles = roles[roles["case"].to_numpy() >= 0]
    witness = roles["role"] == "witness"
    kind = roles["side"].map(_MEMBERSHIP).where(~witness, "witness_in").fillna("named_in")
    blank = pd.Series([None] * len(roles), index=roles.index, dtype="str")
    columns = {"source": roles["person"], "target": roles["case"], "kind": kind.astype("str")}
    columns |= {name: roles[name] for name in ("case", "record", "first", "last")}
    columns |= dict.fromkeys(("amount", "currency", "note"), blank)
    return pd.DataFrame(columns)[list(_TIE_PARTS)]


def _group_ties(statements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ties, and for each record of a tie the position of its tie."""
    source = statements["source"].to_numpy(dtype=np.int64)
    target = statements["target"].to_numpy(dtype=np.int64)
    turned = (statements["direction"] == "undirected").to_numpy() & (source > target)
    source, target = np.where(turned, target, source), np.where(turned, source, target)
    kinds, kind_names = pd.factorize(statements["kind"], sort=True)
    keys = _keys(source, target, kinds, statements["case"].to_numpy(dtype=np.int64) + 1)
    _, first, tie = np.unique(keys, return_index=True, return_inverse=True)
    records = statements.assign(tie=typed("tie", tie), turned=turned)
    records = records.sort_values(["tie", "record"], kind="stable", ignore_index=True)
    grouped = records.groupby("tie", sort=True)
    ties = pd.DataFrame(
        {
            "source": typed("source", source[first]),
            "target": typed("target", target[first]),
            "kind": pd.Series(kind_names.take(kinds[first]), dtype="str"),
            "case": typed("case", statements["case"].to_numpy()[first]),
            "direction": _direction(records, len(first)),
            "weight": typed("weight", grouped["weight"].max().to_numpy()),
            "first": earliest_of(records["first"], records["tie"].to_numpy(), len(first)),
            "last": latest_of(records["last"], records["tie"].to_numpy(), len(first)),
        }
    )
    return ties[list(COLUMNS["ties"])], records[list(COLUMNS["tie_records"])]


def _keys(*parts: Positions) -> Positions:
    """One integer per row, the same where all parts are the same, in the order of the parts."""
    key = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        span = int(part.max()) + 1 if len(part) else 1
        if key.size and int(key.max()) > (2**62) // max(span, 1):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key = key * span + part
    return key


def _direction(records: pd.DataFrame, count: int) -> pd.Series:
    """As the kind says; directed as soon as one record of a tie of no known direction is."""
    rank = records["direction"].map({"directed": 0, "undirected": 1, "unknown": 2}).to_numpy()
    best = np.full(count, 2)
    np.minimum.at(best, records["tie"].to_numpy(), rank)
    return pd.Series(np.array(["directed", "undirected", "unknown"])[best], dtype="str")


def _describe_parties(draft: Draft, ties: pd.DataFrame) -> pd.DataFrame:
    parties, count = draft["parties"], len(draft["parties"])
    wide = _best_values(draft["statements"], draft["records"], count)
    name = wide["name"].fillna(parties["id"]).astype("str")
    keys, unique = pd.factorize(name)
    described = parties.assign(
        party=_party_names(parties),
        name=name,
        key=pd.Series(np.array([match_key(text) for text in unique], dtype=object)[keys])
        if count
        else typed("key", []),
        kind=wide["kind"], country=wide["country"], country_from=wide["country_from"],
        province=wide["province"],
        lat=wide["lat"].astype("float64"), lon=wide["lon"].astype("float64"),
        **_standing_of_people(draft, ties),
    )  # fmt: skip
    table = described[list(COLUMNS["parties"])]
    text = {
        column: "str"
        for column in COLUMNS["parties"]
        if column not in ("lat", "lon", "label_is_id", "party")
    }
    return table.astype(text | {"lat": "float64", "lon": "float64"}).assign(
        party=described["party"].astype("str")
    )


def _party_names(parties: pd.DataFrame) -> pd.Series:
    """The id; with the type before it where types share one, or where it begins like that."""
    prefixes = tuple(f"{one}:" for one in PARTY_TYPES)
    unclear = parties["id"].duplicated(keep=False) | parties["id"].str.startswith(prefixes)
    return parties["id"].where(~unclear, parties["type"] + ":" + parties["id"])


def _best_values(statements: pd.DataFrame, records: pd.DataFrame, count: int) -> pd.DataFrame:
    """Best graded value of each wide column; between equals the one said more often.

    Where a value is worked out and not recorded, it stands behind every recorded one. A
    country keeps its own basis and a latitude its own longitude: they come of one record.
    """
    wide = {column: np.full(count, None, dtype=object) for column in _WIDE}
    party, record, told = _by_record(statements)
    reliability, credibility = (
        records[column].fillna(last).to_numpy(dtype=object)
        for column, last in (("reliability", "G"), ("credibility", "7"))
    )
    grade = np.array(
        [a + b for a, b in zip(reliability[record], credibility[record], strict=True)], dtype="U2"
    )
    for columns, basis in _TOGETHER:
        rows = np.flatnonzero(np.all([pd.notna(told[column]) for column in columns], axis=0))
        worked_out = np.array([cell not in (None, "record") for cell in told[basis][rows]], bool)
        said = np.array(
            [
                "\x1f".join(cells)
                for cells in zip(*(told[one][rows] for one in columns), strict=True)
            ],
            dtype=object,
        )
        best = rows[_best_rows(party[rows], worked_out, grade[rows], said)]
        for column in columns:
            wide[column][party[best]] = told[column][best]
    return pd.DataFrame({column: pd.Series(cells, dtype="str") for column, cells in wide.items()})


def _by_record(statements: pd.DataFrame) -> tuple[Positions, Positions, dict[str, Cells]]:
    """Party and record of every pair of them that says something wide, and what it says."""
    columns = (*_WIDE, "position_from")
    asked = statements[statements["column"].isin(columns)]
    party, record = asked["party"].to_numpy(np.int64), asked["record"].to_numpy(np.int64)
    _, first, place = np.unique(_keys(party, record), return_index=True, return_inverse=True)
    told = {column: np.full(len(first), None, dtype=object) for column in (*columns, "")}
    column, value = asked["column"].to_numpy(dtype=object), asked["value"].to_numpy(dtype=object)
    for name in columns:
        rows = np.flatnonzero(column == name)[::-1]
        told[name][place[rows]] = value[rows]
    return party[first], record[first], told


def _best_rows(
    party: Positions, worked_out: npt.NDArray[np.bool_], grade: npt.NDArray[np.str_], said: Cells
) -> Positions:
    """One row per party: recorded before worked out, then by grade, then said most often."""
    value = np.unique(said, return_inverse=True)[1] if len(said) else np.zeros(0, dtype=np.int64)
    order = np.lexsort((grade, worked_out, value, party))
    pair = _keys(party, value)[order]
    first = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]]) if len(pair) else order
    times = np.diff(np.r_[first, len(pair)])
    lead = order[first]
    ranked = lead[np.lexsort((value[lead], -times, grade[lead], worked_out[lead], party[lead]))]
    return ranked[np.unique(party[ranked], return_index=True)[1]]


def _standing_of_people(draft: Draft, ties: pd.DataFrame) -> dict[str, pd.Series]:
    roles, count = draft["roles"], len(draft["parties"])
    offender = _marked(roles["person"][roles["side"].isin(["offender", "both"])], count)
    victim = _marked(roles["person"][roles["side"].isin(["victim", "both"])], count)
    other = _marked(roles["person"][roles["side"] == "other"], count)
    person = (draft["parties"]["type"] == "person").to_numpy()
    # Whoever is moved, sold or held is protected as a victim until a record says otherwise.
    cleared = _marked(roles["person"][roles["standing"] == "not_a_victim"], count)
    # Accused or not: guides ride along, but nobody is sold or held by way of business.
    presumed = _presumed(draft["events"], ties, count, None) & ~offender
    presumed |= _presumed(draft["events"], ties, count, "even_if_accused")
    victim |= presumed & person & ~cleared
    side = np.full(count, None, dtype=object)
    side[other], side[victim], side[offender] = "other", "victim", "offender"
    side[victim & offender] = "both"
    return {
        "side": pd.Series(side, dtype="str"),
        "roles": _joined(roles, "role", count),
        "standing": _joined(roles, "standing", count),
    }


def _presumed(
    events: pd.DataFrame, ties: pd.DataFrame, count: int, mark: str | None
) -> npt.NDArray[np.bool_]:
    """Who is at the end of a tie or event that makes a victim, by the mark of its kind."""
    kinds = _codes("tie", mark or "target_is_victim")
    done = _codes("event", mark or "person_is_victim")
    by_tie = _marked(ties["target"][ties["kind"].isin(kinds)], count)
    return by_tie | _marked(events["person"][events["kind"].isin(done)], count)


def _codes(list_name: str, mark: str) -> list[str]:
    return [code for code, word in load_words(list_name).items() if word.says.get(mark)]


def _marked(positions: pd.Series, count: int) -> npt.NDArray[np.bool_]:
    mark = np.zeros(count, dtype=bool)
    known = positions.to_numpy()
    mark[known[known >= 0]] = True
    return mark


def _joined(roles: pd.DataFrame, column: str, count: int) -> pd.Series:
    told = roles[["person", column]].dropna().drop_duplicates().sort_values(["person", column])
    person, said = told["person"].to_numpy(), told[column].to_numpy(dtype=object)
    joined = np.full(count, None, dtype=object)
    single = ~told["person"].duplicated(keep=False).to_numpy()
    joined[person[single]] = said[single]
    several: dict[int, list[str]] = {}
    for one, word in zip(person[~single].tolist(), said[~single], strict=True):
        several.setdefault(one, []).append(word)
    for one, words in several.items():
        joined[one] = ";".join(words)
    return pd.Series(joined, dtype="str")


def _unique_files(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(sorted(dict.fromkeys(files), key=lambda file: (file.file, file.sha256)))
