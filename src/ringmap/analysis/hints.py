"""What records say of two people beside ties: things and cases they share, roles, meetings."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from ringmap.analysis.groups import group_codes
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.analysis.positions import level
from ringmap.analysis.predictors import Contacts, PairValues, are_tied, in_common, too_large
from ringmap.graph import RingGraph
from ringmap.model import first_day

HINTS = ("shared_things", "shared_cases", "met_in_time", "sides_that_tie", "roles_that_tie")
#: Ties of two people to a third count as met in time when both begin within some 60 days.
WINDOW_DAYS = 60
#: Pairs of roles of which few are known lean towards what holds for all pairs, as if so many
#: more pairs had been seen.
LEANING = 10.0


@dataclass(frozen=True, slots=True)
class Hints:
    """What does not change when a tie is hidden, worked out once.

    `things` and `cases` are values of pairs of people; `side` and `roles` numbers of the
    groups of each; `low`, `high` and `day` the dated ties between people; `left_out` how many
    things and cases have too many people to look at each pair.
    """

    things: PairValues
    cases: PairValues
    side: Integers
    roles: Integers
    low: Integers
    high: Integers
    day: Integers
    left_out: int


def gather_hints(graph: RingGraph, people: Integers, ties: RingGraph, place: Integers) -> Hints:
    """Hints about people of a typed graph.

    `people` are their positions among the parties of `graph`; `place` is the number of each
    party of `ties` among them, or −1.
    """
    things, lost_things = _shared(members(graph, people, cases=False))
    cases, lost_cases = _shared(members(graph, people, cases=True))
    low, high, day = _dated(ties, place)
    of_people = graph.parties.iloc[people]
    return Hints(things, cases, _groups(of_people, "side"), _groups(of_people, "roles"),
                 low, high, day, lost_things + lost_cases)  # fmt: skip


def members(graph: RingGraph, people: Integers, *, cases: bool) -> csr_array:
    """People by cases, or by whatever is neither a case nor a person: 1 where a tie joins them."""
    count = len(graph.parties)
    kind = graph.parties["type"].to_numpy(dtype=object) if "type" in graph.parties else None
    row = np.full(count, -1, dtype=np.int64)
    row[people] = np.arange(len(people))
    wanted = np.zeros(count, dtype=bool)
    if kind is not None:
        wanted = (kind == "case") if cases else (kind != "case") & (kind != "person")
    one = np.concatenate([graph.source, graph.target]).astype(np.int64)
    other = np.concatenate([graph.target, graph.source]).astype(np.int64)
    joins = (row[one] >= 0) & wanted[other]
    keys = np.unique(row[one[joins]] * max(count, 1) + other[joins])
    ends = (keys // max(count, 1), keys % max(count, 1))
    return coo_array((np.ones(len(keys)), ends), shape=(len(people), count)).tocsr()


def _shared(held: csr_array) -> tuple[PairValues, int]:
    """What people share, a thing of k people counting 1/(k − 1); and how much is left out."""
    users = np.asarray(held.sum(axis=0), dtype=np.float64).ravel()
    weight = np.where(users > 1, 1 / np.maximum(users - 1, 1), 0.0)
    lost = too_large(users)
    weight[lost] = 0.0
    return in_common(held, weight), len(lost)


def _dated(ties: RingGraph, place: Integers) -> tuple[Integers, Integers, Integers]:
    """Ties between people with the day that they began on, and the ends in order."""
    days = [first_day(one) if isinstance(one, str) else None for one in ties.ties["first"]]
    known = np.array([one is not None for one in days], dtype=bool)
    source, target = place[ties.source], place[ties.target]
    known &= (source >= 0) & (target >= 0) & (source != target)
    day = np.array([one.toordinal() for one, keep in zip(days, known, strict=True)
                    if keep and one is not None], dtype=np.int64)  # fmt: skip
    low, high = np.minimum(source, target)[known], np.maximum(source, target)[known]
    return low.astype(np.int64), high.astype(np.int64), day


def _groups(people: pd.DataFrame, column: str) -> Integers:
    """Number of each person's group, 0 where it is not known."""
    if column not in people.columns:
        return np.zeros(len(people), dtype=np.int64)
    return group_codes(people[column])[0] + 1


def hint_scores(hints: Hints, contacts: Contacts, keys: Integers) -> Mapping[str, Numbers]:
    """Every hint of some pairs of people without a tie, given the ties that are not hidden."""
    scores = {
        "shared_things": hints.things.at(keys),
        "shared_cases": hints.cases.at(keys),
        "met_in_time": _met(hints, contacts).at(keys),
        "sides_that_tie": _rates(hints.side, contacts, keys),
        "roles_that_tie": _rates(hints.roles, contacts, keys),
    }
    return {name: level(scores[name]) for name in HINTS}


def _met(hints: Hints, contacts: Contacts) -> PairValues:
    """Contacts in common met within the same weeks, each 1/ln(how many met it in them).

    A date lies in two windows that overlap by half, so that none is cut off by their edges.
    """
    count = max(contacts.count, 1)
    known = are_tied(contacts, hints.low * count + hints.high)
    low, high, day = hints.low[known], hints.high[known], hints.day[known]
    half = WINDOW_DAYS // 2
    who = np.concatenate([low, high, low, high])
    whom = np.concatenate([high, low, high, low])
    window = np.concatenate([np.tile(day // WINDOW_DAYS * 2, 2),
                             np.tile((day + half) // WINDOW_DAYS * 2 + 1, 2)])  # fmt: skip
    meeting, place = np.unique(whom + count * window, return_inverse=True)
    held = np.unique(who * max(len(meeting), 1) + place)
    ends = (held // max(len(meeting), 1), held % max(len(meeting), 1))
    shape = (contacts.count, len(meeting))
    table = coo_array((np.ones(len(held)), ends), shape=shape).tocsr()
    present = np.asarray(table.sum(axis=0), dtype=np.float64).ravel()
    weight = 1 / np.log(np.maximum(present, 2))
    weight[too_large(present)] = 0.0
    return in_common(table, weight)


def _rates(group: Integers, contacts: Contacts, keys: Integers) -> Numbers:
    """Share of tied pairs among the pairs of people in two such groups who may be tied.

    Those are the pairs asked about, and the tied ones.
    """
    groups = int(group.max(initial=0)) + 1
    tied = contacts.tied.tocoo()
    once = tied.row < tied.col
    ends = (tied.row[once].astype(np.int64), tied.col[once].astype(np.int64))
    of_tied = _of_groups(group, *ends, groups)
    of_asked = _of_groups(group, keys // max(contacts.count, 1), keys % max(contacts.count, 1),
                          groups)  # fmt: skip
    kinds, place = np.unique(np.concatenate([of_tied, of_asked]), return_inverse=True)
    found = np.bincount(place[: len(of_tied)], minlength=len(kinds))
    seen = np.bincount(place, minlength=len(kinds))
    mean = len(of_tied) / max(len(place), 1)
    rate = (found + LEANING * mean) / (seen + LEANING)
    return np.asarray(rate[place[len(of_tied) :]], dtype=np.float64)


def _of_groups(group: Integers, one: Integers, other: Integers, groups: int) -> Integers:
    a, b = group[one], group[other]
    told: Integers = np.minimum(a, b) * groups + np.maximum(a, b)
    return told
