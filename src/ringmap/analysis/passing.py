"""Pairs that each party stands between, by the compiled kernels or by numpy, to the same bits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from ringmap import kernels
from ringmap.analysis.pairs import Integers, Numbers

#: Lengths nearer to each other than this, relative to their sum, are one length.
_SAME = 1e-10
#: Numbers held at once for parties times sources.
_AT_ONCE = 1_000_000

Ends = npt.NDArray[np.int32]
#: Where the contacts of each party begin, and their positions.
Arcs = tuple[npt.NDArray[np.int64], Ends]


def passing(
    outward: Arcs, inward: Arcs, *, length: Numbers | None, weight: Numbers | None,
    sources: Ends | None,
) -> Numbers:  # fmt: skip
    """What `ringmap.kernels.betweenness` gives, to the last bit, compiled or not.

    Every sum is over contacts, or over sources, in ascending order.
    """
    if kernels.compiled():
        return kernels.betweenness(
            *outward, inward=inward, length=length, weight=weight, sources=sources
        )
    count = len(outward[0]) - 1
    asked = np.arange(count, dtype=np.int32) if sources is None else sources
    network = _Network.of(outward, length, np.ones(count) if weight is None else weight)
    search = _by_steps if length is None else _by_lengths

    def part(some: Ends) -> Numbers:
        return _added_up(network, some, search)

    return kernels.sum_in_parts(part, asked, len(outward[1]))


@dataclass(frozen=True, slots=True)
class _Network:
    """Lengths of contacts as a matrix, what a party stands for, and the number of its part."""

    matrix: csr_array
    weight: Numbers
    part: Integers

    @classmethod
    def of(cls, arcs: Arcs, length: Numbers | None, weight: Numbers) -> "_Network":
        count = len(weight)
        values = np.ones(len(arcs[1])) if length is None else length
        matrix = csr_array((values, arcs[1], arcs[0]), shape=(count, count))
        part = connected_components(matrix, directed=True, connection="weak")[1]
        return cls(matrix, weight, part.astype(np.int64))

    def within(self, parties: Integers) -> "_Network":
        """Whole parts of the network by themselves, parties in the same order."""
        part = np.unique(self.part[parties], return_inverse=True)[1]
        return _Network(self.matrix[parties][:, parties], self.weight[parties], part)


#: Of sources in columns, one for each part in each: what passes each party, and ways to it.
_Search = Callable[[_Network, Integers], Numbers]


def _added_up(network: _Network, sources: Ends, search: _Search) -> Numbers:
    """Sums over sources, looked at many at a time, in each part of the network one by one."""
    found = np.zeros(len(network.weight))
    for parties, columns in _batches(network, sources):
        part = network.within(parties)
        through = search(part, columns)
        source = columns[part.part]
        times = np.where(source < 0, 0.0, part.weight[source])
        for column in (times * through).T:
            found[parties] += column
    return found


def _batches(network: _Network, sources: Ends) -> Iterator[tuple[Integers, Integers]]:
    """Parties of the parts that still have sources, and these: a row for each part, −1 for none."""
    part = network.part[sources]
    order = np.argsort(part, kind="stable")
    number = np.bincount(part, minlength=int(network.part.max(initial=-1)) + 1)
    column = np.arange(len(order)) - np.repeat(np.cumsum(number) - number, number)
    first = 0
    while (left := number > first).any():
        parties = np.flatnonzero(left[network.part])
        last = first + max(_AT_ONCE // len(parties), 1)
        last = min(last, int(number.max()))
        place = np.zeros(len(network.part), dtype=np.int64)
        place[parties] = np.arange(len(parties))
        row = np.cumsum(left) - 1
        table = np.full((int(left.sum()), last - first), -1, dtype=np.int64)
        here = (column >= first) & (column < last)
        table[row[part[order][here]], column[here] - first] = place[sources[order][here]]
        yield parties, table
        first = last


def _by_steps(network: _Network, sources: Integers) -> Numbers:
    """Layer by layer, from all sources at once."""
    matrix, back = network.matrix, network.matrix.T.tocsr()
    count = len(network.weight)
    ways = np.zeros((count, sources.shape[1]))
    step = np.full(ways.shape, -1, dtype=np.int32)
    _, column = np.nonzero(sources >= 0)
    source = sources[sources >= 0]
    ways[source, column], step[source, column] = 1.0, 0
    front, depth = ways, 0
    while front.any():
        depth += 1
        front = np.where(step < 0, back @ front, 0.0)
        step[front > 0] = depth
        ways = ways + front
    passed, through = np.zeros_like(ways), np.zeros_like(ways)
    for layer in range(depth - 1, 0, -1):
        here = step == layer
        beyond = ways * (matrix @ passed)
        through[here] = beyond[here]
        passed = np.where(here, (network.weight[:, None] + beyond) / np.maximum(ways, 1.0), 0.0)
    return through


def _by_lengths(network: _Network, sources: Integers) -> Numbers:
    """One party after the other by its distance, in each column at once."""
    matrix = network.matrix
    start, to, length = matrix.indptr, matrix.indices, matrix.data
    far = np.stack(
        [dijkstra(matrix, indices=one[one >= 0], min_only=True) for one in sources.T], axis=1
    )
    order = np.argsort(far, axis=0, kind="stable")
    sizes = np.diff(start).astype(np.int64)

    def arcs(rank: int) -> tuple[Integers, Integers, Integers, Integers]:
        """Of the party that comes then in each column: column, itself, contacts on ways."""
        column = np.flatnonzero(np.isfinite(far[order[rank], np.arange(far.shape[1])]))
        one = order[rank, column]
        arc = np.repeat(start[one] - np.cumsum(sizes[one]) + sizes[one], sizes[one])
        arc = arc + np.arange(len(arc))
        at = np.repeat(column, sizes[one])
        mine, other = far[np.repeat(one, sizes[one]), at], far[to[arc], at]
        gap = np.abs(mine + length[arc] - other)
        on = (other > mine) & (gap <= _SAME * (mine + length[arc] + other))
        return column, one, at[on], to[arc[on]]

    ways, passed, through = (np.zeros(far.shape) for _ in range(3))
    ways[far == 0] = 1.0
    walked = [arcs(rank) for rank in range(len(order))]
    for column, one, at, other in walked:
        mine = np.zeros(far.shape[1])
        mine[column] = ways[one, column]
        ways[other, at] += mine[at]
    for column, one, at, other in reversed(walked):
        sums = np.bincount(at, weights=passed[other, at], minlength=far.shape[1])
        beyond = ways[one, column] * sums[column]
        through[one, column] = beyond
        passed[one, column] = (network.weight[one] + beyond) / ways[one, column]
    through[far == 0] = 0.0
    return through
