"""The same network as it might be if records lacked ties, or held wrong ones: one draw at a time.

What nobody recorded is drawn to look like what was: a tie that is missing looks, in the
records, as a recorded tie looks when it is taken out, and a person who is missing has as many
contacts as people here have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import igraph
import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from ringmap.analysis.caveats import weak_ties
from ringmap.analysis.pairs import Integers, Numbers, Pairs, component_of, pairs_of
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph, bare_graph

Random = np.random.Generator
#: No draw leaves fewer than this share of ties or people.
_LEAST_LEFT = 0.1


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be wrong with the records, in rates from 0 to 1, and how it is tried out.

    A draw takes each of the first two rates anew between 0 and twice the rate given, because
    nobody knows the rate itself.

    Attributes
    ----------
    missing_ties
        Share of the true tied pairs that no record names.
    missing_people
        Share of the people that no record names.
    weak_ties
        Probability that a pair is not tied at all, though records say so, when each record
        behind it is weak (source D–F or report 4–6). 0 for a graph without evidence.
    wrong_ties
        The same for every other pair.
    split_parties
        Probability that a party whose ties come from several sources is two parties: the
        ties of some of the sources then go to the other.
    turned_ties
        Probability that a directed tie points the other way; undirected measures ignore it.
    level
        How often an interval is to hold the true rank: .9 is 90 times in 100.
    top
        `keeps_top` counts the draws in which a party stands among the first so many.
    draws
        How many networks are tried; by size when None (`draws_for`).
    seed
        The same seed gives the same draws.

    Raises
    ------
    GraphError
        If a rate is no number from 0 to less than 1, or there are no draws.
    """

    missing_ties: float = 0.1
    missing_people: float = 0.02
    weak_ties: float = 0.2
    wrong_ties: float = 0.0
    split_parties: float = 0.0
    turned_ties: float = 0.0
    level: float = 0.9
    top: int = 1
    draws: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no rate."""
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name not in ("draws", "seed", "top") and not 0 <= value < 1:
                raise QuestionError(f"{field.name} is {value}", hint="give a share, such as 0.1")
        if self.level == 0:
            raise QuestionError("an interval of no draws holds nothing", hint="give a level of 0.9")
        if self.top < 1:
            raise QuestionError(f"nobody is among the first {self.top}", hint="give 1 or more")
        if self.draws is not None and self.draws < 1:
            raise QuestionError("no draws, no doubt", hint="give 20 draws or more")


@dataclass(frozen=True, eq=False)
class Draw:
    """A network as it might be, and where the parties of the recorded one are in it.

    Attributes
    ----------
    graph
        Without evidence: nobody recorded it. Parties that were added stand last.
    present
        False for recorded parties that the draw takes out.
    """

    graph: RingGraph
    present: np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Records:
    """A recorded network, with what the draws need to know of it, computed once."""

    graph: RingGraph
    pairs: Pairs
    light: bool = False

    @cached_property
    def tie_table(self) -> pd.DataFrame:
        """What draws keep of ties beside their ends."""
        return self.graph.ties.drop(columns=["source", "target"])

    @cached_property
    def weight(self) -> Numbers:
        """Strength of each tie."""
        return self.graph.ties["weight"].to_numpy(dtype=np.float64)

    @cached_property
    def one_way(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which ties are arcs."""
        return self.graph.ties["directed"].to_numpy(dtype=bool)

    @cached_property
    def source(self) -> Integers:
        """Position of the source of each tie."""
        return self.graph.source.astype(np.int64)

    @cached_property
    def target(self) -> Integers:
        """Position of the target of each tie."""
        return self.graph.target.astype(np.int64)

    @cached_property
    def counted(self) -> Integers:
        """Ties that measures count."""
        return np.flatnonzero(self.pair_of_tie >= 0)

    @cached_property
    def degree(self) -> Integers:
        """Contacts of each party."""
        ends = np.concatenate([self.pairs.low, self.pairs.high])
        return np.bincount(ends, minlength=self.pairs.count).astype(np.int64)

    @cached_property
    def near(self) -> csr_array:
        """Who is tied to whom."""
        low, high = self.pairs.low, self.pairs.high
        ends = (np.concatenate([low, high]), np.concatenate([high, low]))
        shape = (self.pairs.count, self.pairs.count)
        return coo_array((np.ones(len(ends[0])), ends), shape=shape).tocsr()

    @cached_property
    def component(self) -> Integers:
        """Number of the component of each party."""
        return component_of(self.pairs)

    @cached_property
    def keys(self) -> Integers:
        """Pairs as single numbers, rising."""
        return self.pairs.low * max(self.pairs.count, 1) + self.pairs.high

    @cached_property
    def likeness(self) -> Numbers:
        """How many ties join contacts of one party, parties of one part, and separate parts.

        Each tie counts by what its two ends would be to each other without it.
        """
        low, high = self.pairs.low, self.pairs.high
        if len(low) == 0:
            return np.zeros(3)
        plain = igraph.Graph(n=self.pairs.count, edges=np.column_stack([low, high]))
        bridge = np.zeros(len(low), dtype=bool)
        bridge[plain.bridges()] = True
        close = self.have_contact(low, high)
        counts = (close.sum(), (~close & ~bridge).sum(), bridge.sum())
        return np.array(counts, dtype=np.float64)

    @cached_property
    def unseen(self) -> Numbers:
        """How many contacts of each party are missing, up to a factor.

        Contacts are taken to be Poisson for each party around a mean of its own, these means
        gamma among parties: who has many recorded contacts lacks more, and who has none may
        lack some (Robbins 1956).
        """
        if self.pairs.count == 0:
            return np.zeros(0)
        mean, spread = self.degree.mean(), self.degree.var()
        lean = max(0.0, 1 - mean / spread) if spread > 0 else 0.0
        return np.asarray(lean * self.degree + mean * (1 - lean), dtype=np.float64)

    @cached_property
    def unseen_sums(self) -> Numbers:
        """`unseen`, added up over parties sorted by their component."""
        return np.cumsum(self.unseen[self.by_component])

    @cached_property
    def by_component(self) -> Integers:
        """Parties sorted by their component."""
        return np.argsort(self.component, kind="stable").astype(np.int64)

    @cached_property
    def component_cuts(self) -> Integers:
        """Where each component begins in `by_component`."""
        parts = int(self.component.max(initial=-1)) + 1
        return np.searchsorted(self.component[self.by_component], np.arange(parts + 1))

    @cached_property
    def pair_of_tie(self) -> Integers:
        """Pair of each tie, −1 for one that measures do not count."""
        return self.place_of(self.graph.source.astype(np.int64), self.graph.target.astype(np.int64))

    @cached_property
    def weak(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Pairs of which every tie rests on weak records only."""
        told = self.pair_of_tie >= 0
        firm = self.pair_of_tie[told & ~weak_ties(self.graph)]
        return np.asarray(np.bincount(firm, minlength=len(self.pairs.low)) == 0, dtype=bool)

    @cached_property
    def sources(self) -> list[frozenset[object]]:
        """Documents behind each tie, or the files, where no document is named."""
        evidence, records = self.graph.evidence, self.graph.records
        if evidence is None or records is None:
            return [frozenset()] * len(self.graph.ties)
        document, file = records["source"].tolist(), records["file"].tolist()
        of_record = [a if a >= 0 else b for a, b in zip(document, file, strict=True)]
        return [
            frozenset(of_record[record] for record in evidence.of(tie))
            for tie in range(len(self.graph.ties))
        ]

    def place_of(self, one: Integers, other: Integers) -> Integers:
        """Which recorded pair two parties are, −1 where they are none."""
        if len(self.keys) == 0:
            return np.full(len(one), -1, dtype=np.int64)
        wanted = np.minimum(one, other) * self.pairs.count + np.maximum(one, other)
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[found] == wanted, found, -1).astype(np.int64)

    def have_contact(self, one: Integers, other: Integers) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whether two parties have a contact in common."""
        if len(one) == 0:
            return np.zeros(0, dtype=bool)
        common = self.near[one].multiply(self.near[other]).sum(axis=1)
        return np.asarray(common).ravel() > 0


def records_of(graph: RingGraph, *, light: bool = False) -> Records:
    """What draws start from; light ones give graphs to measure alone (`bare_graph`)."""
    return Records(graph, pairs_of(graph), light)


def draw_networks(records: Records, doubt: Doubt, draws: int) -> Iterator[Draw]:
    """Networks as they might be, half with more ties and people than the records, half with less.

    The truth has more than the records; but which part of it was recorded is an accident, and
    only networks with as much again taken out show how far the ranking hangs on that. Pairs
    are added or taken whole, with all their ties: who is watched has every tie recorded. In
    every draw weak or wrong ties go, merged parties are split and arcs turned by their rates.
    """
    random = np.random.default_rng(doubt.seed)
    for number in range(draws):
        kept = _believed(records, doubt, random)
        if number % 2 == 0:
            yield _with_more(records, doubt, random, kept)
        else:
            yield _with_less(records, doubt, random, kept)


@dataclass(frozen=True, slots=True)
class _Ties:
    """Rows of the recorded ties that a draw keeps, and their ends there."""

    rows: Integers
    source: Integers
    target: Integers
    parties: int


def _believed(records: Records, doubt: Doubt, random: Random) -> _Ties:
    """Ties that are right, with merges undone and arcs turned."""
    pairs = records.pairs
    source, target = records.source, records.target
    wrong = np.zeros(len(pairs.low) + 1, dtype=bool)
    if doubt.weak_ties or doubt.wrong_ties:
        rate = np.where(records.weak, doubt.weak_ties, doubt.wrong_ties)
        wrong[:-1] = random.random(len(rate)) < rate
    parties = pairs.count
    if doubt.split_parties:
        source, target, parties = _split(records, doubt.split_parties, random, source, target)
    if doubt.turned_ties:
        turned = (random.random(len(pairs.low) + 1) < doubt.turned_ties)[records.pair_of_tie]
        turned &= records.one_way
        source, target = np.where(turned, target, source), np.where(turned, source, target)
    rows = np.flatnonzero(~wrong[records.pair_of_tie])
    return _Ties(rows, source[rows], target[rows], parties)


def _split(records: Records, rate: float, random: Random, source: Integers,
           target: Integers) -> tuple[Integers, Integers, int]:  # fmt: skip
    """Ends of ties with some parties cut in two by the sources of their ties."""
    documents = records.sources
    parties = records.pairs.count
    source, target = source.copy(), target.copy()
    for party in np.flatnonzero(random.random(parties) < rate).tolist():
        rows = np.flatnonzero((source == party) | (target == party))
        known = sorted({one for row in rows.tolist() for one in documents[row]}, key=str)
        if len(known) < 2:
            continue
        number = int(random.integers(1, len(known)))
        moved = {known[place] for place in random.permutation(len(known))[:number].tolist()}
        for row in rows.tolist():
            if documents[row] and documents[row] <= moved:
                source[row] = parties if source[row] == party else source[row]
                target[row] = parties if target[row] == party else target[row]
        parties += 1
    return source, target, parties


def _with_less(records: Records, doubt: Doubt, random: Random, kept: _Ties) -> Draw:
    """As if as many ties and people again had gone unrecorded."""
    share_ties, share_people = (
        min(random.uniform(0, 2 * rate), 1 - _LEAST_LEFT)
        for rate in (doubt.missing_ties, doubt.missing_people)
    )
    gone = np.append(random.random(len(records.pairs.low)) < share_ties, False)
    present = random.random(records.pairs.count) >= share_people
    there = np.append(present, np.ones(kept.parties - len(present), dtype=bool))
    stays = ~gone[records.pair_of_tie[kept.rows]] & there[kept.source] & there[kept.target]
    left = _Ties(kept.rows[stays], kept.source[stays], kept.target[stays], kept.parties)
    return Draw(_graph(records, left, np.zeros((0, 2), dtype=np.int64), random), present)


def _with_more(records: Records, doubt: Doubt, random: Random, kept: _Ties) -> Draw:
    """With ties and people that nobody recorded."""
    share_ties, share_people = (
        min(random.uniform(0, 2 * rate), 1 - _LEAST_LEFT)
        for rate in (doubt.missing_ties, doubt.missing_people)
    )
    parts = [np.zeros((0, 2), dtype=np.int64)]
    parties = kept.parties
    tied = np.flatnonzero(records.degree)
    if len(tied) and share_ties:
        number = int(random.negative_binomial(len(records.pairs.low) + 1, 1 - share_ties))
        parts.append(_missing_ties(records, number, random))
    if len(tied) and share_people:
        for _ in range(int(random.negative_binomial(len(tied) + 1, 1 - share_people))):
            contacts = _contacts(records, int(random.choice(records.degree[tied])), random)
            ghost = np.full(len(contacts), parties, dtype=np.int64)
            parts.append(np.column_stack([contacts, ghost]))
            parties += 1
    whole = _Ties(kept.rows, kept.source, kept.target, parties)
    graph = _graph(records, whole, np.concatenate(parts), random)
    return Draw(graph, np.ones(records.pairs.count, dtype=bool))


def _missing_ties(records: Records, number: int, random: Random) -> Integers:
    """Untied pairs, a row each, in kinds as frequent as among recorded ties.

    Parts are joined by no more ties than it takes to make them one.
    """
    chance = random.dirichlet(records.likeness + 0.5)
    close, same, apart = random.multinomial(number, chance).tolist()
    parts = len(records.component_cuts) - 1
    found = [
        _picked(_close_pairs(records, 6 * close + 20, random), close),
        _picked(_pairs_in_part(records, 6 * same + 20, random), same),
        _picked(_pairs_apart(records, 6 * apart + 20, random), min(apart, parts - 1)),
    ]
    return np.concatenate(found)


def _picked(pairs: Integers, number: int) -> Integers:
    return pairs[: max(number, 0)]


def _close_pairs(records: Records, number: int, random: Random) -> Integers:
    """Pairs of contacts of one party that are not tied themselves."""
    degree = records.degree
    ways = np.cumsum(degree * (degree - 1.0))
    if len(ways) == 0 or ways[-1] == 0:
        return np.zeros((0, 2), dtype=np.int64)
    middle = np.searchsorted(ways, random.random(number) * ways[-1], side="right")
    first = random.integers(0, degree[middle])
    second = random.integers(0, degree[middle] - 1)
    second = second + (second >= first)
    start = records.near.indptr[middle]
    one, other = records.near.indices[start + first], records.near.indices[start + second]
    return _untied(records, one.astype(np.int64), other.astype(np.int64))


def _pairs_in_part(records: Records, number: int, random: Random) -> Integers:
    """Pairs of one part without a contact in common."""
    one = _parties(records, number, random)
    sums, cuts = np.append(0.0, records.unseen_sums), records.component_cuts
    first, last = sums[cuts[records.component[one]]], sums[cuts[records.component[one] + 1]]
    wanted = first + random.random(number) * (last - first)
    place = np.searchsorted(records.unseen_sums, wanted, side="right")
    other = records.by_component[np.minimum(place, records.pairs.count - 1)]
    found = _untied(records, one, other)
    same = records.component[found[:, 0]] == records.component[found[:, 1]]
    found = found[same]
    return np.asarray(found[~records.have_contact(found[:, 0], found[:, 1])])


def _pairs_apart(records: Records, number: int, random: Random) -> Integers:
    """Pairs of parties of different parts."""
    one, other = _parties(records, number, random), _parties(records, number, random)
    differ = records.component[one] != records.component[other]
    return np.column_stack([one[differ], other[differ]])


def _parties(records: Records, number: int, random: Random) -> Integers:
    """Parties, the likelier the more contacts they lack."""
    sums = records.unseen_sums
    place = np.searchsorted(sums, random.random(number) * sums[-1], side="right")
    return np.asarray(records.by_component[np.minimum(place, records.pairs.count - 1)])


def _untied(records: Records, one: Integers, other: Integers) -> Integers:
    free = (one != other) & (records.place_of(one, other) < 0)
    return np.column_stack([one[free], other[free]])


def _contacts(records: Records, number: int, random: Random) -> Integers:
    """Contacts of a person nobody recorded: mostly near each other, as those of others are."""
    drawn = _parties(records, number, random).tolist()
    near = random.random(number) < (records.likeness[0] + 0.5) / (records.likeness.sum() + 1.5)
    found = drawn[:1]
    for place in range(1, number):
        of = found[int(random.integers(len(found)))]
        others = records.near.indices[records.near.indptr[of] : records.near.indptr[of + 1]]
        if near[place] and len(others):
            found.append(int(others[random.integers(len(others))]))
        else:
            found.append(drawn[place])
    return np.unique(np.array(found, dtype=np.int64))


def _graph(records: Records, kept: _Ties, added: Integers, random: Random) -> RingGraph:
    """The graph of a draw; an added tie has the strength and direction of some recorded one."""
    like = np.zeros(0, dtype=np.int64)
    if len(added):
        like = records.counted[random.integers(0, len(records.counted), size=len(added))]
    swap = random.random(len(added)) < 0.5
    source = np.append(kept.source, np.where(swap, added[:, 1], added[:, 0]))
    target = np.append(kept.target, np.where(swap, added[:, 0], added[:, 1]))
    rows = np.append(kept.rows, like)
    if records.light:
        one_way = records.one_way[rows] if records.graph.directed else None
        ends = source.astype(np.int32), target.astype(np.int32)
        return bare_graph(kept.parties, *ends, records.weight[rows], one_way)
    parties = _with_strangers(records, kept.parties - records.pairs.count)
    names = pd.Index(parties["party"])
    columns = {
        name: pd.Categorical.from_codes(codes.astype(np.int32), categories=names)
        for name, codes in (("source", source), ("target", target))
    }
    ties = _taken(records.tie_table, rows, columns)
    return replace(records.graph, parties=parties, ties=ties, evidence=None, records=None)


def _with_strangers(records: Records, number: int) -> pd.DataFrame:
    """The parties, and so many more of whom nothing is known."""
    table = records.graph.parties
    if number == 0:
        return table
    place = np.append(np.arange(len(table)), np.full(number, -1))
    names = [*table["party"], *(f"\0not recorded {n}" for n in range(number))]
    return _taken(table.drop(columns="party"), place, {"party": pd.Series(names, dtype=object)})


def _taken(table: pd.DataFrame, place: Integers, further: Mapping[str, Any]) -> pd.DataFrame:
    """Further columns, and rows by position; −1 gives a row of nothing."""
    fill = bool((place < 0).any())
    columns = {name: table[name].array.take(place, allow_fill=fill) for name in table.columns}
    return pd.DataFrame({**further, **columns}, copy=False)
