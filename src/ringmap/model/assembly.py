"""From what each record says to one case file: same ids joined, ties grouped, best value chosen.

A draft is what readers produce: the tables of a `Case` by name, except that `parties` has only
``id``, ``type`` and ``label_is_id``, and `tie_records` carries ``source``, ``target``, ``kind``,
``case`` and ``direction`` where a finished case has a position in `ties`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.model.case import (
    COLUMNS,
    PARTY_TYPES,
    Case,
    SourceFile,
    coded,
    empty_table,
    typed,
    uncoded,
)
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
    described = sources["described"].to_numpy()
    key = _rank_rows(sources)
    reference, names = coded(sources["source_ref"])
    # Of two descriptions of one name, a bare reference joins the one that sorts first.
    best = np.full(len(names) + 1, len(key))
    np.minimum.at(best, reference[described], key[described])
    joined = best[reference]
    key = np.where(described | (joined == len(key)), key, joined)
    _, place = np.unique(key, return_inverse=True)
    # Rows of one source, described ones before bare references, in the order they came.
    order = np.lexsort((np.arange(len(key)), ~described, place))
    chosen = order[np.searchsorted(place[order], np.arange(place.max() + 1))]
    source = draft["records"]["source"].to_numpy()
    moved = np.where(source >= 0, place[source], -1)
    return draft | {
        "sources": sources.iloc[chosen].reset_index(drop=True),
        "records": draft["records"].assign(source=typed("source", moved)),
    }


def _rank_rows(table: pd.DataFrame) -> Positions:
    """The rank of each row, rows sorted as text, column after column; same rows, same rank."""
    rank = np.zeros(len(table), dtype=np.int64)
    for column in table.columns:
        codes, texts = coded(table[column].astype("str"))
        by_text = np.append(_ranks(texts) + 1, 0)
        rank = np.unique(rank * (len(texts) + 1) + by_text[codes], return_inverse=True)[1]
    return rank


def _ranks(texts: Cells) -> Positions:
    """The place that each of some distinct texts has when they are sorted."""
    rank = np.empty(len(texts), dtype=np.int64)
    rank[np.argsort(texts)] = np.arange(len(texts))
    return rank


def _order_parties(draft: Draft) -> Draft:
    """Parties by id and then type, each once."""
    parties = draft["parties"]
    (named, ids), (typed_as, types) = coded(parties["id"]), coded(parties["type"])
    key = _ranks(ids)[named] * len(types) + _ranks(types)[typed_as]
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    kept = parties[["id", "type"]].take(first.tolist()).reset_index(drop=True)
    labelled = np.zeros(len(first), dtype=bool)
    labelled[place[parties["label_is_id"].to_numpy()]] = True
    ordered = dict(draft) | {"parties": kept.assign(label_is_id=labelled)}
    for name, columns in _PARTY_COLUMNS.items():
        ordered[name] = _renumber(draft[name], columns, place)
    return ordered


def _order_records(draft: Draft) -> Draft:
    records = draft["records"]
    where = [_ranks(texts)[codes] for codes, texts in (coded(records[one]) for one in
             ("file", "table"))]  # fmt: skip
    key = _keys(*where, records["row"].to_numpy(dtype=np.int64))
    order = np.argsort(key, kind="stable")
    if (np.diff(key[order]) == 0).any():
        order = np.lexsort((records["digest"].to_numpy(), key))
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
    changes = {}
    for column in ("reliability", "credibility", "page"):
        codes, texts = coded(sources[column])
        of_source = uncoded(np.append(codes, -1)[source], texts)
        changes[column] = records[column].fillna(of_source)
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
            "kind": ties["kind"],
            "case": typed("case", ties["case"]),
            "direction": _mapped(ties["kind"], kinds),
            "record": typed("record", ties["record"]),
            "turned": typed("turned", np.zeros(count, dtype=bool)),
            "first": ties["first"],
            "last": ties["last"],
            "dates_as_written": blank,
            "weight": typed("weight", np.full(count, np.nan)),
            "as_written": pd.Series([IMPLIED] * count, dtype="str"),
            "page": blank,
            "amount": ties["amount"],
            "currency": ties["currency"],
            "note": ties["note"],
        }
    )[list(DRAFT_TIE)]


def _mapped(column: pd.Series, meaning: Mapping[str, object]) -> pd.Series:
    """What each text of a column means; missing for one without a meaning."""
    codes, texts = coded(column)
    means = [meaning.get(text) for text in texts]
    said = np.array([None if one is None else str(one) for one in means], dtype=object)
    return uncoded(codes, said).set_axis(column.index)


_TIE_PARTS = (
    "source", "target", "kind", "case", "record", "first", "last", "amount", "currency", "note",
)  # fmt: skip


def _ties_of_events(events: pd.DataFrame) -> pd.DataFrame:
    kind_of = {code: word.says.get("tie") for code, word in load_words("event").items()}
    kind = _mapped(events["kind"], kind_of)
    told = (
        kind.notna().to_numpy()
        & (events["moved_by"].to_numpy() >= 0)
        & (events["person"].to_numpy() >= 0)
    )
    events, kind = events[told], kind[told]
    ends = events["end_date"].fillna(events["date"])
    columns = {"source": "moved_by", "target": "person", "first": "date"}
    table = pd.DataFrame({name: events[columns.get(name, name)] for name in _SHARED})
    return table.assign(kind=kind, last=ends)[list(_TIE_PARTS)]


_SHARED = ("source", "target", "case", "record", "first", "amount", "currency", "note")
_MEMBERSHIP = {"offender": "accused_in", "victim": "victim_in", "both": "accused_in"}


def _ties_of_roles(roles: pd.DataFrame) -> pd.DataFrame:
    roles = roles[roles["case"].to_numpy() >= 0]
    witness = roles["role"] == "witness"
    kind = _mapped(roles["side"], _MEMBERSHIP).where(~witness, "witness_in").fillna("named_in")
    blank = pd.Series([None] * len(roles), index=roles.index, dtype="str")
    columns = {"source": roles["person"], "target": roles["case"], "kind": kind}
    columns |= {name: roles[name] for name in ("case", "record", "first", "last")}
    columns |= dict.fromkeys(("amount", "currency", "note"), blank)
    return pd.DataFrame(columns)[list(_TIE_PARTS)]


def _group_ties(statements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ties, and for each record of a tie the position of its tie."""
    source = statements["source"].to_numpy(dtype=np.int64)
    target = statements["target"].to_numpy(dtype=np.int64)
    turned = (statements["direction"] == "undirected").to_numpy() & (source > target)
    source, target = np.where(turned, target, source), np.where(turned, source, target)
    kind, names = coded(statements["kind"])
    kinds, kind_names = _ranks(names)[kind], np.sort(names)
    keys = _keys(source, target, kinds, statements["case"].to_numpy(dtype=np.int64) + 1)
    _, first, tie = np.unique(keys, return_index=True, return_inverse=True)
    records = statements.assign(tie=typed("tie", tie), turned=turned)
    records = records.sort_values(["tie", "record"], kind="stable", ignore_index=True)
    grouped = records.groupby("tie", sort=True)
    ties = pd.DataFrame(
        {
            "source": typed("source", source[first]),
            "target": typed("target", target[first]),
            "kind": uncoded(kinds[first], kind_names),
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
    words = np.array(["directed", "undirected", "unknown"], dtype=object)
    codes, texts = coded(records["direction"])
    rank = np.array([words.tolist().index(text) for text in texts], dtype=np.int64)[codes]
    best = np.full(count, 2)
    np.minimum.at(best, records["tie"].to_numpy(), rank)
    return uncoded(best, words)


def _describe_parties(draft: Draft, ties: pd.DataFrame) -> pd.DataFrame:
    parties, count = draft["parties"], len(draft["parties"])
    wide = _best_values(draft["statements"], draft["records"], count)
    name = wide["name"].fillna(parties["id"])
    codes, texts = coded(name)
    described = parties.assign(
        party=_party_names(parties),
        name=name,
        key=uncoded(codes, np.array([*map(match_key, texts)], dtype=object)),
        kind=wide["kind"], country=wide["country"], country_from=wide["country_from"],
        province=wide["province"], lat=_as_numbers(wide["lat"]), lon=_as_numbers(wide["lon"]),
        **_standing_of_people(draft, ties),
    )  # fmt: skip
    return described[list(COLUMNS["parties"])]


def _as_numbers(column: pd.Series) -> pd.Series:
    codes, texts = coded(column)
    return pd.Series(np.append(texts.astype(np.float64), np.nan)[codes])


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
    said = _by_column(statements)
    grade = _grades(records)
    wide = {}
    for columns, basis in _TOGETHER:
        rows = _where_all(said, columns)
        worked_out = _is_worked_out(said, basis, rows)
        values = [said[one].of(rows) for one in columns]
        party, record = rows >> 32, rows & 0xFFFFFFFF
        best = _best_rows(party, worked_out, grade[record], _keys(*values))
        for column, value in zip(columns, values, strict=True):
            codes = np.full(count, -1)
            codes[party[best]] = value[best]
            wide[column] = uncoded(codes, said[column].texts)
    return pd.DataFrame(wide)


@dataclass(frozen=True, slots=True)
class _Said:
    """What records say in one column: a key of party and record, and the position of the text.

    Keys are sorted, each once, and `texts` are sorted, so that positions can be compared.
    """

    keys: Positions
    codes: Positions
    texts: Cells

    def of(self, keys: Positions) -> Positions:
        """Positions of texts for some keys; −1 for one that says nothing here."""
        place = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        known = self.keys[place] == keys if len(self.keys) else np.zeros(len(keys), dtype=bool)
        return np.where(known, self.codes[place] if len(self.keys) else -1, -1)


def _by_column(statements: pd.DataFrame) -> dict[str, _Said]:
    """What each record says first of a party in each wide column."""
    column, names = coded(statements["column"])
    number = {name: place for place, name in enumerate(names)}
    key = (statements["party"].to_numpy(np.int64) << 32) | statements["record"].to_numpy(np.int64)
    said = {}
    for name in (*_WIDE, "position_from"):
        rows = np.flatnonzero(column == number.get(name, -1))
        keys, first = np.unique(key[rows], return_index=True)
        codes, texts = coded(statements["value"].iloc[rows[first]])
        said[name] = _Said(keys, _ranks(texts)[codes], np.sort(texts))
    return said


def _where_all(said: Mapping[str, _Said], columns: Sequence[str]) -> Positions:
    """Keys of party and record that say something in all of some columns."""
    keys = said[columns[0]].keys
    for column in columns[1:]:
        keys = np.intersect1d(keys, said[column].keys, assume_unique=True)
    return keys


def _is_worked_out(said: Mapping[str, _Said], basis: str, keys: Positions) -> npt.NDArray[np.bool_]:
    """True where a value is not recorded but follows from something else."""
    if not basis:
        return np.zeros(len(keys), dtype=bool)
    recorded = np.append(said[basis].texts == "record", True)
    return np.asarray(~recorded[said[basis].of(keys)], dtype=bool)


def _grades(records: pd.DataFrame) -> Positions:
    """Reliability and credibility of each record as one number, better ones lower."""
    both = []
    for column, last in (("reliability", "G"), ("credibility", "7")):
        codes, texts = coded(records[column])
        both.append(np.array([*map(ord, texts), ord(last)], dtype=np.int64)[codes])
    return both[0] * 128 + both[1]


def _best_rows(
    party: Positions, worked_out: npt.NDArray[np.bool_], grade: Positions, value: Positions
) -> Positions:
    """One row per party: recorded before worked out, then by grade, then said most often."""
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
