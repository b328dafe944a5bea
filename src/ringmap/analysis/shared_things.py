"""Pairs of people, or of cases, with a phone, an account, a vehicle or a place in common."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.pairs import Integers, Numbers, pairs_of
from ringmap.analysis.positions import level
from ringmap.analysis.predictors import too_large
from ringmap.analysis.shared_sentences import SharedFacts, found_sentence, shared_sentence
from ringmap.analysis.uses import cases_of, is_public, list_uses, types_of
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph
from ringmap.model import PARTY_TYPES, load_words

By = Literal["people", "cases"]
PEOPLE_COLUMNS = (
    "source", "target", "weight", "tied", "cases_differ", "times", "things", "kinds", "users",
    "source_cases", "target_cases", "because", "records",
)  # fmt: skip
CASE_COLUMNS = (
    "source", "target", "weight", "times", "people", "things", "kinds", "users", "because",
    "records",
)  # fmt: skip
_TOLD = (
    "source", "target", "weight", "tied", "cases_differ", "times", "people", "things", "kinds",
    "users", "source_cases", "target_cases", "because", "records",
)  # fmt: skip
#: How surely two uses fall together, from least to most.
TIMES = ("apart", "not known", "possible", "certain")
_APART, _NOT_KNOWN, _POSSIBLE, _CERTAIN = range(4)


def find_shared_things(
    graph: RingGraph, *, by: By = "people", visits: pd.DataFrame | None = None,
    within_days: int = 7, across_cases: bool = False, top: int | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Who has a thing in common, how private it is, and whether the times fit.

    A thing is a phone, account, vehicle, document, place or organisation that a tie joins to
    a person, or a place that an event led a person to. A thing of k users counts 1/(k − 1)
    (Newman 2001): a phone of two people counts 1, a bus station of 101 counts .01, and the
    sentence says so. Markets, stations, piers, border gates, hospitals and whole towns and
    districts count as if everybody in these records used them. ``weight`` is the sum, above
    0, without upper limit.

    ``times`` is the best over the pair's things: ``certain`` when both uses surely lie within
    `within_days` of each other, whatever day the records' months and years stand for;
    ``possible`` when they may; ``apart`` when they cannot; ``not known`` when a date is
    missing. A use that has a beginning and no end may go on. Dates that are "about" are
    never certain, nor are those of a use that ends before it begins, which lies between them.
    Sharing is no meeting, and a phone passes from hand to hand.

    Parameters
    ----------
    by
        ``people``: a row per pair of people. ``cases``: a row per pair of cases, with the
        people named in both as well; a use without a case counts in all cases of its person.
    visits
        What `list_visits` gives, for places that events led to. None: the legs of the graph,
        which leave out events at one place, such as a recruitment at a market.
    across_cases
        Only pairs of people who are both in a case, and in none together.
    top
        So many rows; None for all.

    Returns
    -------
    pandas.DataFrame
        People: those without a tie of their own first (``tied``), then by weight, then by id.
        ``cases_differ`` is missing where one is in no case. ``things`` (ids, the most private
        first), ``kinds`` and ``users`` go together. ``attrs['because']`` says what was found;
        ``attrs['left_out']`` how many things are used by too many people to look at each
        pair (more than four million pairs in all): those are everybody's, and weigh nothing.

    Raises
    ------
    GraphError
        If `by`, `within_days` or `top` cannot be.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64,
    016132.
    """
    if by not in ("people", "cases"):
        raise QuestionError(f"no pairs by '{by}'", hint="choose people or cases")
    if within_days < 0 or (top is not None and top < 1):
        raise QuestionError("days are 0 or more, rows 1 or more", hint="leave the option out")
    uses = list_uses(graph, visits)
    if by == "cases":
        uses = _of_cases(graph, uses)
    shared = _share(graph, uses, within_days)
    pairs = _pairs(shared)
    if by == "people":
        pairs = _beside_ties(graph, pairs)
        if across_cases:
            pairs = pairs[pairs["cases_differ"].fillna(False).to_numpy(dtype=bool)]
    order = ["tied", "weight", "low", "high"] if by == "people" else ["weight", "low", "high"]
    rising = [True, False, True, True][-len(order) :]
    pairs = pairs.sort_values(order, ascending=rising, kind="stable", ignore_index=True)
    table = _told(graph, pairs.iloc[:top], shared, uses, by)
    table.attrs = {
        "because": found_sentence(len(pairs), by, shared.left_out),
        "left_out": shared.left_out,
    }
    return table


@dataclass(frozen=True, slots=True)
class _Shared:
    """A row per pair and thing: ``low, high, thing, times``; users and weight of each thing."""

    rows: pd.DataFrame
    users: pd.Series
    weight: pd.Series
    left_out: int


def _of_cases(graph: RingGraph, uses: pd.DataFrame) -> pd.DataFrame:
    """Uses as those of the cases; a person named in a case is one of its things."""
    named = cases_of(graph)
    whose = uses.merge(named[["member", "case"]].drop_duplicates(), on="member", how="left",
                       suffixes=("", "_of"))  # fmt: skip
    case = np.where(whose["case"] >= 0, whose["case"], whose["case_of"].fillna(-1))
    by_things = whose.drop(columns="case_of").assign(member=case.astype(np.int64))
    people = pd.DataFrame(
        {
            "member": named["case"], "thing": named["member"], "case": named["case"],
            "tie": named["tie"], "record": -1, "first_from": np.nan, "first_to": np.nan,
            "last_from": np.nan, "last_to": np.nan, "sure": True,
        }
    )  # fmt: skip
    both = people if by_things.empty else pd.concat([by_things, people], ignore_index=True)
    return both[both["member"] >= 0].drop_duplicates(ignore_index=True)


def _share(graph: RingGraph, uses: pd.DataFrame, within_days: int) -> _Shared:
    users = uses.groupby("thing")["member"].nunique()
    # Who passes through a bus station is not known: all who are recorded at all may have.
    public = is_public(graph)[users.index.to_numpy(dtype=np.int64)]
    open_to = np.where(public, np.maximum(users, uses["member"].nunique()), users)
    weight = pd.Series(1 / np.maximum(open_to - 1, 1), index=users.index)
    times = ["member", "thing", "first_from", "first_to", "last_from", "last_to", "sure"]
    distinct = uses[times].drop_duplicates(ignore_index=True)
    sizes = distinct.groupby("thing").size()
    large = too_large(np.asarray(sizes, dtype=np.float64))
    kept = distinct[~distinct["thing"].isin(sizes.index[large])]
    kept = kept[kept["thing"].map(users).to_numpy() > 1]
    both = kept.merge(kept, on="thing", suffixes=("", "_other"))
    both = both[both["member"] < both["member_other"]].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "low": both["member"], "high": both["member_other"], "thing": both["thing"],
            "times": _times(both, within_days),
        }
    )  # fmt: skip
    rows = rows.groupby(["low", "high", "thing"], sort=True)["times"].max().reset_index()
    return _Shared(rows, users, weight, len(large))


def _times(both: pd.DataFrame, within_days: int) -> Integers:
    """How surely two uses lie within some days: the smallest and the largest gap there can be."""

    def gap(ends: str, starts: str) -> Numbers:
        """Days from the end of one use to the start of the other, 0 where they overlap."""
        after = days[f"{starts}_other"] - days[ends]
        before = days[starts] - days[f"{ends}_other"]
        return np.asarray(np.maximum(np.maximum(after, before), 0.0), dtype=np.float64)

    days = {name: both[name].to_numpy(dtype=np.float64) for name in both.columns
            if name.startswith(("first_", "last_"))}  # fmt: skip

    with np.errstate(invalid="ignore"):
        least = gap("last_to", "first_from")
        most = gap("last_from", "first_to")
    unknown = both["first_from"].isna().to_numpy() | both["first_from_other"].isna().to_numpy()
    sure = both["sure"].to_numpy(dtype=bool) & both["sure_other"].to_numpy(dtype=bool)
    told = np.where(least <= within_days, _POSSIBLE, _APART)
    told = np.where((most <= within_days) & sure, _CERTAIN, told)
    return np.where(unknown, _NOT_KNOWN, told).astype(np.int64)


def _pairs(shared: _Shared) -> pd.DataFrame:
    """A row per pair: ``low``, ``high``, ``weight`` and the best ``times``."""
    rows = shared.rows
    weight = rows["thing"].map(shared.weight).to_numpy(dtype=np.float64)
    pairs = rows.assign(weight=weight).groupby(["low", "high"], sort=True)
    found = pairs.agg(weight=("weight", "sum"), times=("times", "max")).reset_index()
    return found.assign(weight=level(found["weight"].to_numpy(dtype=np.float64)))


def _beside_ties(graph: RingGraph, pairs: pd.DataFrame) -> pd.DataFrame:
    """Whether each pair is tied, and whether its cases differ."""
    count = max(len(graph.parties), 1)
    known = pairs_of(graph)
    tied = np.isin(pairs["low"] * count + pairs["high"], known.low * count + known.high)
    named = cases_of(graph)[["member", "case"]].drop_duplicates()
    has = np.zeros(count, dtype=bool)
    has[named["member"]] = True
    both = pairs[["low", "high"]].merge(named, left_on="low", right_on="member")
    both = both.merge(named, left_on=["high", "case"], right_on=["member", "case"])
    same = np.isin(pairs["low"] * count + pairs["high"], both["low"] * count + both["high"])
    differ = pd.array(~same, dtype="boolean")
    differ[~(has[pairs["low"]] & has[pairs["high"]])] = pd.NA
    return pairs.assign(tied=tied, cases_differ=differ)


def _told(
    graph: RingGraph, pairs: pd.DataFrame, shared: _Shared, uses: pd.DataFrame, by: By
) -> pd.DataFrame:
    """Things, cases, sentences and records of each pair."""
    names = graph.parties["party"].to_numpy(dtype=object)
    words = _words(graph)
    rows = shared.rows.merge(pairs[["low", "high"]], on=["low", "high"])
    users, weight = shared.users.to_dict(), shared.weight.to_dict()
    public = is_public(graph).tolist()
    things: dict[tuple[int, int], list[int]] = {}
    shared_by = (rows[name].tolist() for name in ("low", "high", "thing"))
    for low, high, thing in zip(*shared_by, strict=True):
        things.setdefault((low, high), []).append(thing)
    behind = _behind(graph, uses, rows)
    in_cases = cases_of(graph).groupby("member")["case"].unique().to_dict()
    cases = {one: tuple(names[sorted(some)]) for one, some in in_cases.items()}
    kind = types_of(graph)
    sentences: dict[SharedFacts, str] = {}
    told: dict[str, list[object]] = {name: [] for name in _TOLD}
    none = [None] * len(pairs)
    tied, differs = (pairs[name].astype(object).tolist() if name in pairs.columns else none
                     for name in ("tied", "cases_differ"))  # fmt: skip
    ends = zip(pairs["low"].tolist(), pairs["high"].tolist(), strict=True)
    times, weights = [TIMES[one] for one in pairs["times"].tolist()], pairs["weight"].tolist()
    for at, (low, high) in enumerate(ends):
        own = sorted(things[low, high], key=lambda one: (-weight[one], users[one], one))
        people = [one for one in own if kind[one] == "person"]
        rest = [one for one in own if kind[one] != "person"] if people else own
        used, kinds = tuple(users[one] for one in rest), tuple(words[one] for one in rest)
        differ = None if differs[at] is pd.NA else differs[at]
        facts = SharedFacts(
            by, kinds, used, len(people), times[at], bool(tied[at]), differ,
            tuple(public[one] for one in rest),
        )  # fmt: skip
        if facts not in sentences:
            sentences[facts] = shared_sentence(facts)
        records = set().union(*(behind[member, one] for member in (low, high) for one in own))
        row = (
            names[low], names[high], weights[at], tied[at], differ, times[at],
            tuple(names[people]), tuple(names[rest]), kinds, used, cases.get(low, ()),
            cases.get(high, ()), sentences[facts], tuple(sorted(records)),
        )  # fmt: skip
        for column, value in zip(told.values(), row, strict=True):
            column.append(value)
    columns = list(PEOPLE_COLUMNS if by == "people" else CASE_COLUMNS)
    table = pd.DataFrame(told)[columns]
    return table.astype({"cases_differ": "boolean", "tied": "bool"}) if by == "people" else table


def _behind(
    graph: RingGraph, uses: pd.DataFrame, rows: pd.DataFrame
) -> dict[tuple[int, int], set[int]]:
    """Records behind each user's use of each thing that is shared."""
    wanted = uses[uses["thing"].isin(rows["thing"])]
    found: dict[tuple[int, int], set[int]] = {}
    columns = (wanted[name].tolist() for name in ("member", "thing", "tie", "record"))
    for member, thing, tie, record in zip(*columns, strict=True):
        records = found.setdefault((int(member), int(thing)), set())
        if tie >= 0:
            records.update(records_of_ties(graph, [int(tie)]))
        if record >= 0:
            records.add(int(record))
    return found


def _words(graph: RingGraph) -> list[str]:
    """What to call each party by its sort: only words that ringmap itself has."""
    known = "kind" in graph.parties.columns
    kinds = graph.parties["kind"] if known else [None] * len(graph.parties)
    return [_word(one, kind) for one, kind in zip(types_of(graph), kinds, strict=True)]


def _word(sort: object, kind: object) -> str:
    named = str(sort)
    if named in ("identifier", "place", "organisation") and isinstance(kind, str):
        words = load_words(named)
        if kind in words and kind != "other":
            told = words[kind].labels["en"]
            return told if told[1].isupper() else told[0].lower() + told[1:]
    return named if named in PARTY_TYPES else "thing"
