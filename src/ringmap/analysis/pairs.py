"""Ties as unordered pairs, their components packed into bins, and their triangles."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ringmap import kernels
from ringmap.graph import Neighbours, RingGraph, neighbours_of

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

#: Components are packed together up to this many parties: igraph clears its arrays once per
#: source, so one source in a graph of a million parties costs a million steps.
BIN_PARTIES = 2_000
#: Wedges looked at in one go, which bounds the memory that triangles take.
WEDGES_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Pairs:
    """Each tied pair once, `low` before `high`, with the strength in either direction.

    Undirected ties have the same strength both ways; an arc has 0 the other way.
    """

    count: int
    low: Integers
    high: Integers
    forward: Numbers
    backward: Numbers

    @cached_property
    def near(self) -> Neighbours:
        """Contacts of each party, either way."""
        return neighbours_of(self.low, self.high, self.count)

    @cached_property
    def contacts(self) -> kernels.Contacts:
        """Contacts of each party, either way, and the pair that each comes from."""
        return contacts_of(self.count, self.low, self.high)

    @cached_property
    def component(self) -> Integers:
        """Number of the component of each party, direction ignored, by its first party."""
        if kernels.compiled():
            return kernels.parts(self.near.start, self.near.to)
        ones = np.ones(len(self.low), dtype=np.int8)
        matrix = coo_array((ones, (self.low, self.high)), shape=(self.count, self.count))
        return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Bin:
    """Some whole components: `parties` are their positions, ends count from 0 among these."""

    parties: Integers
    source: Integers
    target: Integers
    weight: Numbers


@dataclass(frozen=True, slots=True)
class Triangles:
    """Parties a, b, c that are all tied to each other, and the positions of their pairs."""

    parties: tuple[Integers, Integers, Integers]
    ab: Integers
    ac: Integers
    bc: Integers


def pairs_of(graph: RingGraph) -> Pairs:
    """Tied pairs of a graph, sorted by their ends."""
    count = len(graph.parties)
    source = graph.simple.source.astype(np.int64)
    target = graph.simple.target.astype(np.int64)
    weight = graph.simple.weight
    if not graph.directed:
        found = Pairs(count, source, target, weight, weight)
        found.__dict__["near"] = graph.outward  # kept with the graph
        return found
    turned = source > target
    low, high = np.where(turned, target, source), np.where(turned, source, target)
    keys, place = np.unique(low * max(count, 1) + high, return_inverse=True)
    forward, backward = np.zeros(len(keys)), np.zeros(len(keys))
    forward[place[~turned]] = weight[~turned]
    backward[place[turned]] = weight[turned]
    return Pairs(count, keys // max(count, 1), keys % max(count, 1), forward, backward)


def contacts_of(count: int, low: Integers, high: Integers) -> kernels.Contacts:
    """Contacts from pairs that are sorted by their ends, the lower end first."""
    if kernels.compiled():
        return kernels.contacts_of_pairs(count, low, high)
    pair = np.tile(np.arange(len(low), dtype=np.int32), 2)
    party, other = np.concatenate([low, high]), np.concatenate([high, low])
    order = np.lexsort((other, party))
    start = np.searchsorted(party[order], np.arange(count + 1)).astype(np.int64)
    return kernels.Contacts(start, other[order].astype(np.int32), pair[order])


def component_of(pairs: Pairs) -> Integers:
    """Number of the component of each party, direction ignored, by its first party."""
    return pairs.component


def bins_of(graph: RingGraph, component: Integers) -> Iterator[Bin]:
    """Components with at least one tie, the largest first, small ones packed together.

    Inside a bin parties and ties keep the order they have in the graph.
    """
    source, target = graph.simple.source.astype(np.int64), graph.simple.target.astype(np.int64)
    return bins_between(component, source, target, graph.simple.weight)


def bins_between(
    component: Integers, source: Integers, target: Integers, weight: Numbers
) -> Iterator[Bin]:
    """As `bins_of`, of ties as columns; none may run between components."""
    size = np.bincount(component, minlength=1)
    tied = np.flatnonzero(size > 1)
    order = tied[np.argsort(-size[tied], kind="stable")]
    bin_of = np.full(len(size), -1, dtype=np.int64)
    bin_of[order] = _packed(size[order])
    of_party = bin_of[component]
    of_tie = of_party[source]
    parties = np.argsort(of_party, kind="stable")
    ties = np.argsort(of_tie, kind="stable")
    bins = int(bin_of.max(initial=-1)) + 1
    party_cuts = np.searchsorted(of_party[parties], np.arange(bins + 1))
    tie_cuts = np.searchsorted(of_tie[ties], np.arange(bins + 1))
    local = np.empty(len(of_party), dtype=np.int64)
    for number in range(bins):
        mine = parties[party_cuts[number] : party_cuts[number + 1]]
        local[mine] = np.arange(len(mine))
        own = ties[tie_cuts[number] : tie_cuts[number + 1]]
        yield Bin(mine, local[source[own]], local[target[own]], weight[own])


def _packed(sizes: Integers) -> Integers:
    """Bin of each component, sizes falling; large components have a bin of their own."""
    alone = sizes >= BIN_PARTIES
    small = np.cumsum(np.where(alone, 0, sizes)) // BIN_PARTIES
    numbers = np.where(alone, np.arange(len(sizes)), small + alone.sum())
    return np.unique(numbers, return_inverse=True)[1].astype(np.int64)


def triangles_of(pairs: Pairs) -> Iterator[Triangles]:
    """Every triangle once, in pieces of bounded size, by the party of fewest ties.

    Each pair is turned from the party of fewer ties to the one of more, so that a party with
    a hundred thousand contacts does not make ten thousand million wedges (Chiba, Nishizeki
    1985). Parties a, b, c of a triangle are in that order; all triangles of an a are in one
    piece.
    """
    degree = np.bincount(np.concatenate([pairs.low, pairs.high]), minlength=pairs.count)
    party_at = np.argsort(degree, kind="stable")
    rank = np.empty(pairs.count, dtype=np.int64)
    rank[party_at] = np.arange(pairs.count)
    turned = rank[pairs.low] > rank[pairs.high]
    tail = np.where(turned, pairs.high, pairs.low)
    head = rank[np.where(turned, pairs.low, pairs.high)]
    keys = tail * max(pairs.count, 1) + head
    pair_at = np.argsort(keys)
    tail, head, keys = tail[pair_at], head[pair_at], keys[pair_at]
    end = np.searchsorted(tail, tail, side="right")
    wedges = end - np.arange(len(tail)) - 1
    for first, last in _slices(wedges, end):
        left = np.repeat(np.arange(first, last), wedges[first:last])
        begin = np.cumsum(wedges[first:last]) - wedges[first:last]
        right = left + 1 + np.arange(len(left)) - np.repeat(begin, wedges[first:last])
        wanted = party_at[head[left]] * max(pairs.count, 1) + head[right]
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[found] == wanted
        left, right, found = left[closed], right[closed], found[closed]
        yield Triangles(
            (tail[left], party_at[head[left]], party_at[head[right]]),
            pair_at[left], pair_at[right], pair_at[found],
        )  # fmt: skip


def _slices(wedges: Integers, end: Integers) -> Iterator[tuple[int, int]]:
    """Rows with so many wedges together, all of a party in one piece; `end`: where it ends."""
    total = np.cumsum(wedges)
    first = 0
    while first < len(wedges):
        before = total[first - 1] if first else 0
        last = int(np.searchsorted(total, before + WEDGES_AT_ONCE, side="right"))
        last = int(end[min(max(last, first + 1), len(end)) - 1])
        yield first, last
        first = last
