"""All smallest cuts of a network with capacities, by one maximum flow and what it leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from ringmap.analysis.pairs import Integers, Numbers

Truths = npt.NDArray[np.bool_]

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs with capacities; `inf` for an arc that may not be cut."""

    count: int
    tail: Integers
    head: Integers
    capacity: Numbers


@dataclass(frozen=True, slots=True)
class Cuts:
    """The smallest cuts between two points.

    Attributes
    ----------
    value
        Sum of the capacities of each; 0 when nothing joins the points, None when no cut
        can part them.
    sets
        The arcs of each cut, in order; cuts in the order of their arcs.
    complete
        Whether these are all of them.
    """

    value: float | None
    sets: tuple[tuple[int, ...], ...]
    complete: bool


def find_cuts(network: Network, source: int, sink: int, *, most: int) -> Cuts:
    """The smallest cuts from a source to a sink, at most so many.

    Every smallest cut is a set of points closed under what a maximum flow leaves over
    (Picard and Queyranne 1980), so one flow finds them all; their number can be
    exponential, and `complete` says when they were not all looked at.
    """
    kept = _on_the_way(network, source, sink)
    if not len(kept):
        return Cuts(0.0, (), True)
    tail, head, capacity = network.tail[kept], network.head[kept], network.capacity[kept]
    finite = np.isfinite(capacity)
    limit = float(capacity[finite].sum()) + 1.0
    value, flow = _flow(network.count, tail, head, np.where(finite, capacity, limit), source, sink)
    if value >= limit * (1 - _ROUNDING):
        return Cuts(None, (), True)
    small = _ROUNDING * limit
    spare = flow < np.where(finite, capacity, limit) - small
    parts, part = _parts(network.count, tail, head, spare, flow > small)
    full = np.flatnonzero(finite & ~spare & (part[tail] != part[head]))
    after = _near(parts, _arcs_between(part, tail, head, spare, flow > small))
    search = _Search(after, _turned(after), part[tail[full]], part[head[full]])
    cuts = islice(_cuts(search, int(part[source]), int(part[sink])), most + 1)
    found = [tuple(kept[full[crossing]].tolist()) for crossing in cuts]
    return Cuts(value, tuple(sorted(found[:most])), len(found) <= most)


def _on_the_way(network: Network, source: int, sink: int) -> Integers:
    """Arcs on some way from source to sink."""
    joined = network.capacity > 0
    out = _reached(network.count, network.tail[joined], network.head[joined], source)
    back = _reached(network.count, network.head[joined], network.tail[joined], sink)
    return np.flatnonzero(joined & out[network.tail] & back[network.head])


def _reached(count: int, tail: Integers, head: Integers, start: int) -> Truths:
    ones = np.ones(len(tail), dtype=np.int8)
    matrix = coo_array((ones, (tail, head)), shape=(count, count)).tocsr()
    found = np.zeros(count, dtype=bool)
    found[breadth_first_order(matrix, start, return_predecessors=False)] = True
    return found


def _flow(count: int, tail: Integers, head: Integers, capacity: Numbers, source: int,
          sink: int) -> tuple[float, Numbers]:  # fmt: skip
    import igraph

    graph = igraph.Graph(n=count, edges=np.column_stack([tail, head]), directed=True)
    flow = graph.maxflow(source, sink, capacity=capacity.tolist())
    return float(flow.value), np.asarray(flow.flow, dtype=np.float64)


def _parts(count: int, tail: Integers, head: Integers, spare: Truths,
           used: Truths) -> tuple[int, Integers]:  # fmt: skip
    """Points that what is left over joins both ways, numbered."""
    ends = np.concatenate([tail[spare], head[used]]), np.concatenate([head[spare], tail[used]])
    ones = np.ones(len(ends[0]), dtype=np.int8)
    matrix = coo_array((ones, ends), shape=(count, count))
    parts, part = connected_components(matrix, directed=True, connection="strong")
    return int(parts), np.asarray(part, dtype=np.int64)


def _arcs_between(part: Integers, tail: Integers, head: Integers, spare: Truths,
                  used: Truths) -> Integers:  # fmt: skip
    """Pairs of parts of which the first leads to the second by what is left over."""
    pairs = np.column_stack(
        [
            np.concatenate([part[tail[spare]], part[head[used]]]),
            np.concatenate([part[head[spare]], part[tail[used]]]),
        ]
    )
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def _near(count: int, arcs: Integers) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in arcs.tolist():
        near[one].append(other)
    return near


def _turned(near: list[list[int]]) -> list[list[int]]:
    turned: list[list[int]] = [[] for _ in near]
    for one, others in enumerate(near):
        for other in others:
            turned[other].append(one)
    return turned


@dataclass(frozen=True, slots=True)
class _Search:
    """What each part leads to and is led to from; parts that full arcs leave and enter."""

    after: list[list[int]]
    before: list[list[int]]
    leaves: Integers
    enters: Integers


def _cuts(search: _Search, source: int, sink: int) -> Iterator[Integers]:
    """Positions of the full arcs in each cut, every cut once.

    The source's side holds all that its parts lead to. A full arc that leaves it is either
    cut, and then all that leads to its far end is on the other side, or its far end is
    taken in. Where no arc is left to decide, what nobody asked about changes nothing. No
    choice is ever taken back, so the time to the next cut is bounded.
    """
    state = np.zeros(len(search.after), dtype=np.int8)
    _spread(state, source, 1, search.after)
    _spread(state, sink, -1, search.before)
    waiting = [state]
    while waiting:
        state = waiting.pop()
        leaving = state[search.leaves] == 1
        undecided = np.flatnonzero(leaving & (state[search.enters] == 0))
        if not len(undecided):
            yield np.flatnonzero(leaving & (state[search.enters] != 1))
            continue
        far = int(search.enters[undecided[0]])
        taken_in, left_out = state.copy(), state
        _spread(taken_in, far, 1, search.after)
        _spread(left_out, far, -1, search.before)
        waiting += [taken_in, left_out]


def _spread(state: npt.NDArray[np.int8], start: int, value: int,
            near: Sequence[Sequence[int]]) -> None:  # fmt: skip
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if state[one] != value:
            state[one] = value
            waiting.extend(near[one])
