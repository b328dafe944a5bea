"""Where a party stands in the paths of its network: betweenness, closeness, rank, cuts."""

from collections.abc import Set
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.sparse.linalg import eigsh

from ringmap import kernels
from ringmap.analysis.folding import Folded, fold
from ringmap.analysis.pairs import (
    Bin,
    Integers,
    Numbers,
    Pairs,
    bins_of,
    contacts_of,
    pairs_of,
)
from ringmap.analysis.passing import passing
from ringmap.analysis.walking import walk_ranks
from ringmap.graph import RingGraph

#: Values closer than this, relative to their size, are one value that rounding split.
SAME = 1e-12
#: Components up to this size are solved densely, many at once.
DENSE = 200
Ends = npt.NDArray[np.int32]
_WORDS_AT_ONCE = 8_000_000
_MOST_STEPS = 100
_WEAKEST, _STRONG = 1e-15, 1e9
#: Rounds of power iteration that sort out components without the largest eigenvalue.
_BOUND_STEPS, _BOUND_POWERS, _FEW = 6, 12, 20
BETWEEN = frozenset({"betweenness", "betweenness_weighted"})
PATH_MEASURES = BETWEEN | {"harmonic", "closeness_wf"}


def path_measures(
    graph: RingGraph, component: Integers, wanted: frozenset[str]
) -> dict[str, Numbers]:
    """Measures that count shortest paths; 0 for a party without ties."""
    count = len(graph.parties)
    values = {name: np.zeros(count) for name in sorted(wanted & PATH_MEASURES)}
    values |= _between(graph, component, values.keys() & BETWEEN)
    rest = values.keys() - BETWEEN
    for part in bins_of(graph, component) if rest else ():
        near = _near(part, graph.directed, count)
        for name in rest:
            values[name][part.parties] = near[name]
    return {name: level(found) for name, found in values.items()}


def _between(graph: RingGraph, component: Integers, wanted: Set[str]) -> dict[str, Numbers]:
    """Betweenness, and that along lengths.

    Lengths matter only where a component has ties of different strength.
    """
    found: dict[str, Numbers] = {}
    if not wanted:
        return found
    simple = graph.simple
    of_tie = component[simple.source]
    most = np.zeros(len(component))
    np.maximum.at(most, of_tie, simple.weight)
    uneven = np.zeros(len(component), dtype=bool)
    uneven[of_tie[simple.weight != most[of_tie]]] = True
    plain = np.zeros(len(component))
    chosen = None if "betweenness" in wanted else ~uneven[component]
    if chosen is None or chosen.any():
        plain = paths_through(graph, component, None, chosen)
    if "betweenness" in wanted:
        found["betweenness"] = plain
    if "betweenness_weighted" in wanted:
        found["betweenness_weighted"] = plain.copy()
        if uneven.any():
            length = most[of_tie] / np.maximum(simple.weight, most[of_tie] * _WEAKEST)
            chosen = uneven[component]
            along = paths_through(graph, component, length, chosen)
            found["betweenness_weighted"][chosen] = along[chosen]
    return found


def paths_through(graph: RingGraph, component: Integers, length: Numbers | None,
                   chosen: npt.NDArray[np.bool_] | None) -> Numbers:  # fmt: skip
    """Pairs of others that each party stands between, in the components of those chosen.

    Without direction, trees are folded away first: what hangs from a party reaches all others
    through it, whatever the lengths. With w parties that are it or hang from it, in trees of c
    each, and N in its component, it stands between ((w − 1)² − Σ c²) / 2 + (w − 1) (N − w)
    pairs of which one at least hangs from it. The others are counted in what is left, where
    each party stands for w.
    """
    if graph.directed:
        # The ties of a graph are in the order of their ends, as its contacts are.
        sources = None if chosen is None else np.flatnonzero(chosen).astype(np.int32)
        near, back = graph.outward, graph.inward
        return passing(
            (near.start, near.to), (back.start, back.to),
            length=length, weight=None, sources=sources,
        )  # fmt: skip
    pairs = pairs_of(graph)
    folded = fold(pairs)
    hanging = folded.weight - 1.0
    whole = np.bincount(component)[component]
    value = (hanging**2 - folded.squares) / 2 + hanging * (whole - folded.weight)
    here = np.flatnonzero(folded.hangs_from < 0)
    place = np.cumsum(folded.hangs_from < 0) - 1
    contacts = contacts_of(len(here), place[folded.low], place[folded.high])
    left = (folded.hangs_from[pairs.low] < 0) & (folded.hangs_from[pairs.high] < 0)
    both = (contacts.start, contacts.to)
    value[here] += 0.5 * passing(
        both, both,
        length=None if length is None else length[left][contacts.pair],
        weight=folded.weight[here].astype(np.float64),
        sources=None if chosen is None else np.flatnonzero(chosen[here]).astype(np.int32),
    )  # fmt: skip
    return value


def _near(part: Bin, directed: bool, count: int) -> dict[str, Numbers]:
    harmonic, distance, reached = distance_sums(part, directed)
    near = np.where(reached > 0, reached / np.maximum(distance, 1), 0.0)
    return {"harmonic": harmonic, "closeness_wf": near * reached / (count - 1)}


def lengths_of(strength: Numbers) -> Numbers:
    """Length of ties by their strength, 1/strength, or that times the largest strength.

    The latter, which changes no order of ways, where igraph would take lengths for nothing.
    A tie weaker than the strongest by `_WEAKEST` is as long as one that is so much weaker.
    """
    most = float(strength.max(initial=1.0))
    kept = np.maximum(strength, most * _WEAKEST)
    return np.asarray((most if most > _STRONG else 1.0) / kept, dtype=np.float64)


def distance_sums(part: Bin, directed: bool) -> tuple[Numbers, Integers, Integers]:
    """For each party: sum of 1/distance and of distance to those it reaches, and their number.

    A set of reached parties is a row of bits, 64 to a word, and grows by a step for all
    sources at once: a tenth of the time of one search per source.
    """
    count = len(part.parties)
    tail, head = part.source, part.target
    if not directed:
        tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
    order = np.argsort(tail, kind="stable")
    tail, head = tail[order], head[order]
    rows, start = np.unique(tail, return_index=True)
    at_step: list[Integers] = []
    words = max(1, min(-(-count // 64), _WORDS_AT_ONCE // len(head)))
    for first in range(0, count, 64 * words):
        last = min(count, first + 64 * words)
        if not _spread(head, rows, start, (first, last), count, at_step):
            return _one_by_one(part, directed)
    steps = np.arange(1, len(at_step) + 1)
    table = np.stack(at_step, axis=1) if at_step else np.zeros((count, 0), dtype=np.int64)
    return (table / steps).sum(axis=1), table @ steps, table.sum(axis=1)


def _spread(head: Integers, rows: Integers, start: Integers, targets: tuple[int, int],
            count: int, at_step: list[Integers]) -> bool:  # fmt: skip
    """Count, by number of steps, who reaches which of some targets; False if too far apart."""
    first, last = targets
    reach = np.zeros((count, -(-(last - first) // 64)), dtype=np.uint64)
    place = np.arange(last - first)
    reach[place + first, place // 64] = np.uint64(1) << (place % 64).astype(np.uint64)
    known = np.bitwise_count(reach).sum(axis=1, dtype=np.int64)
    for step in range(_MOST_STEPS):
        grown = np.bitwise_or.reduceat(reach[head], start, axis=0)
        reach[rows] |= grown
        now = np.bitwise_count(reach).sum(axis=1, dtype=np.int64)
        if (now == known).all():
            return True
        if step == len(at_step):
            at_step.append(np.zeros(count, dtype=np.int64))
        at_step[step] += now - known
        known = now
    return False


def _one_by_one(part: Bin, directed: bool) -> tuple[Numbers, Integers, Integers]:
    """The same for parties in very long chains, one search per source."""
    network, count = _network(part, directed), len(part.parties)
    harmonic = np.asarray(network.harmonic_centrality(mode="out")) * (count - 1)
    reached = np.asarray(network.neighborhood_size(order=count, mode="out"), dtype=np.int64) - 1
    near = np.nan_to_num(np.asarray(network.closeness(mode="out", normalized=True)))
    distance = np.rint(reached / np.where(near > 0, near, 1)).astype(np.int64)
    return harmonic, np.where(near > 0, distance, 0), reached


def _network(part: Bin, directed: bool) -> Any:
    ends = np.column_stack([part.source, part.target])
    return network_of(ends, len(part.parties), directed=directed)


def level(values: Numbers) -> Numbers:
    """Values with those made equal that differ by rounding only, so that ties show as ties."""
    if kernels.compiled():
        return kernels.level(values, SAME)
    told = np.flatnonzero(~np.isnan(values))
    if len(told) == 0:
        return values
    order = told[np.argsort(values[told], kind="stable")]
    ordered = values[order]
    gap = np.diff(ordered) > SAME * np.maximum(np.abs(ordered[1:]), SAME)
    starts = np.concatenate([[0], np.flatnonzero(gap) + 1])
    sizes = np.diff(np.concatenate([starts, [len(ordered)]]))
    levelled = np.full(len(values), np.nan)
    levelled[order] = np.repeat(ordered[starts + sizes // 2], sizes)
    return levelled


def shared_ranks(values: pd.Series) -> pd.Series:
    """Ranks from the largest, 1 up, equals level and the ranks after them left out."""
    return values.astype("Float64").rank(method="min", ascending=False).astype("Int64")


def page_rank(graph: RingGraph) -> Numbers:
    """PageRank, damping .85, strength ignored, uniform restart, and from dead ends anywhere.

    Computed to the last digits rather than by igraph's solver, whose error can exceed 1e-10.
    """
    count = len(graph.parties)
    if count == 0:
        return np.zeros(0)
    if not graph.directed:
        near = graph.outward
        return level(
            kernels.page_rank(near.start, near.to) if kernels.compiled() else walk_ranks(near)
        )
    source, target = graph.simple.source, graph.simple.target
    return level(_by_powers(source, target, np.bincount(source, minlength=count)))


def _by_powers(source: Ends, target: Ends, out: Integers) -> Numbers:
    count = len(out)
    step = coo_array((1.0 / out[source], (target, source)), shape=(count, count)).tocsr()
    dead = out == 0
    rank = np.full(count, 1.0 / count)
    for _ in range(400):
        moved = 0.85 * (step @ rank + rank[dead].sum() / count) + 0.15 / count
        moved /= moved.sum()
        change = np.abs(moved - rank).sum()
        rank = moved
        if change < 1e-15:
            break
    return rank


def eigenvector(pairs: Pairs, component: Integers) -> Numbers:
    """Leading eigenvector of who is tied to whom, direction and strength ignored.

    Each component whose leading eigenvalue is the largest of all is scaled to a maximum of
    1; parties elsewhere have 0. NaN when there is no tie at all.
    """
    values = np.zeros(pairs.count)
    if len(pairs.low) == 0:
        return np.full(pairs.count, np.nan)
    candidates = _leading(pairs, component)
    found: list[tuple[float, Integers, Numbers]] = []
    for members, matrix in _matrices(pairs, component, candidates):
        found.extend(_solved(members, matrix))
    most = max(value for value, _, _ in found)
    for value, members, vector in found:
        if value >= most * (1 - 1e-9):
            vector = np.abs(vector)
            values[members] = vector / vector.max()
    return level(np.where(values < 1e-15, 0.0, values))


def _leading(pairs: Pairs, component: Integers) -> Integers:
    """Components that may have the largest eigenvalue, by its bounds.

    For any positive x the largest eigenvalue of a component lies between the smallest and the
    largest of (Ax)_i / x_i over its parties (Collatz, Wielandt); power iteration brings the two
    together. The unit matrix is added, so that networks of two sides do not swing.
    """
    low, high = pairs.low, pairs.high
    tied = _distinct(component[low])
    for _ in range(_BOUND_STEPS):
        wanted = np.zeros(len(component), dtype=bool)
        wanted[tied] = True
        kept = wanted[component[low]]
        low, high = low[kept], high[kept]
        upper, lower = _bounds(low, high, component, _BOUND_POWERS)
        leading = upper >= lower.max() * (1 - 1e-9)
        fewer: Integers = tied[leading]
        if len(fewer) == len(tied) or len(fewer) < _FEW:
            return fewer
        tied = fewer
    return tied


def _bounds(
    low: Integers, high: Integers, component: Integers, powers: int
) -> tuple[Numbers, Numbers]:
    """Upper and lower bound of the largest eigenvalue of each component with ties, by number."""
    parties = _distinct(np.concatenate([low, high]))
    parties = parties[np.argsort(component[parties], kind="stable")]
    place = np.empty(int(parties.max()) + 1, dtype=np.int64)
    place[parties] = np.arange(len(parties))
    ends = (np.concatenate([place[low], place[high]]), np.concatenate([place[high], place[low]]))
    matrix = coo_array((np.ones(2 * len(low)), ends), shape=(len(parties),) * 2).tocsr()
    of_party = component[parties]
    start = np.flatnonzero(np.diff(of_party, prepend=-1))
    size = np.diff(np.append(start, len(parties)))
    vector = np.ones(len(parties))
    for _ in range(powers):
        grown = matrix @ vector + vector
        ratio = grown / vector
        vector = grown / np.repeat(np.maximum.reduceat(grown, start), size)
    return np.maximum.reduceat(ratio, start) - 1, np.minimum.reduceat(ratio, start) - 1


def _distinct(numbers: Integers) -> Integers:
    """Each number once, in order; by marking, which is quicker than sorting."""
    here = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=bool)
    here[numbers] = True
    return np.flatnonzero(here)


def _matrices(
    pairs: Pairs, component: Integers, candidates: Integers
) -> list[tuple[Integers, Numbers | csr_array]]:
    """Parties and ties of components: stacks of dense matrices, or one sparse one."""
    size = np.bincount(component)
    order = np.argsort(component, kind="stable")
    start = np.concatenate([[0], np.cumsum(size)])
    local = np.empty(pairs.count, dtype=np.int64)
    local[order] = np.arange(pairs.count) - start[component[order]]
    by_component = np.argsort(component[pairs.low], kind="stable")
    cuts = np.searchsorted(component[pairs.low][by_component], np.arange(len(size) + 1))
    result: list[tuple[Integers, Numbers | csr_array]] = []
    for length in np.unique(size[candidates]):
        alike = candidates[size[candidates] == length]
        at_once = max(1, 4_000_000 // int(length) ** 2) if length <= DENSE else 1
        for first in range(0, len(alike), at_once):
            some = alike[first : first + at_once]
            members = order[start[some][:, None] + np.arange(length)]
            own = np.concatenate([by_component[cuts[one] : cuts[one + 1]] for one in some])
            layer = np.searchsorted(some, component[pairs.low[own]])
            low, high = local[pairs.low[own]], local[pairs.high[own]]
            if length <= DENSE:
                stack = np.zeros((len(some), int(length), int(length)))
                stack[layer, low, high] = stack[layer, high, low] = 1.0
                result.append((members, stack))
            else:
                ends = (np.concatenate([low, high]), np.concatenate([high, low]))
                ones = np.ones(2 * len(own))
                shape = (int(length), int(length))
                result.append((members, coo_array((ones, ends), shape=shape).tocsr()))
    return result


def _solved(
    members: Integers, matrix: Numbers | csr_array
) -> list[tuple[float, Integers, Numbers]]:
    if isinstance(matrix, np.ndarray):
        values, vectors = np.linalg.eigh(matrix)
        return [
            (float(values[one, -1]), members[one], vectors[one, :, -1])
            for one in range(len(matrix))
        ]
    begin = np.sqrt(np.asarray(matrix.sum(axis=1)).ravel())
    value, vector = eigsh(matrix, k=1, which="LA", v0=begin, tol=0)
    return [(float(value[0]), members[0], vector[:, 0])]


def core_number(pairs: Pairs) -> Integers:
    """The largest k of a core that holds the party, direction ignored."""
    if kernels.compiled():
        return kernels.cores(pairs.near.start, pairs.near.to)
    return np.asarray(_plain(pairs).coreness(), dtype=np.int64)


def _plain(pairs: Pairs) -> Any:
    return network_of(np.column_stack([pairs.low, pairs.high]), pairs.count)


def network_of(ends: Integers, count: int, *, directed: bool = False) -> Any:
    """The pairs as an `igraph.Graph`."""
    import igraph

    return igraph.Graph(n=count, edges=ends, directed=directed)


def cut_off(pairs: Pairs) -> Integers:
    """How many parties lose the largest part of their network when a party is taken out.

    0 for a party that is not a cut vertex. Direction is ignored.
    """
    if kernels.compiled():
        return kernels.lost_without(pairs.near.start, pairs.near.to)
    folded = fold(pairs)
    component = pairs.component
    whole = np.bincount(component)[component] if pairs.count else component
    rest = whole - folded.weight
    largest = np.maximum(folded.branch, rest)
    cut, part = _core_parts(folded, whole)
    largest[cut] = np.maximum(folded.branch[cut], part)
    return np.asarray(whole - 1 - largest, dtype=np.int64)


def _core_parts(folded: Folded, whole: Integers) -> tuple[Integers, Integers]:
    """Cut vertices of what is left after folding, and the largest part that each leaves there."""
    import igraph

    here = np.zeros(len(whole), dtype=bool)
    here[folded.low] = here[folded.high] = True
    core = np.flatnonzero(here)
    place = np.cumsum(here) - 1
    ends = np.column_stack([place[folded.low], place[folded.high]])
    # The method of igraph.Graph makes a set of names of each block, which takes most of its time.
    trees, cuts = igraph.GraphBase.biconnected_components(network_of(ends, len(core)), True)
    cut = np.asarray(sorted(cuts), dtype=np.int64)
    if len(cut) == 0:
        return cut, cut
    number = np.full(len(core), -1, dtype=np.int64)
    number[cut] = np.arange(len(cut))
    joined = np.fromiter(chain.from_iterable(trees), dtype=np.int64)
    block = np.repeat(np.arange(len(trees)), [len(tree) for tree in trees])
    keys = np.sort(np.concatenate([block, block]) * len(core) + ends[joined].T.ravel())
    keys = keys[np.diff(keys, prepend=-1) > 0]
    of_block, members = keys // len(core), keys % len(core)
    is_cut = number[members] >= 0
    stands_for = folded.weight[core]
    inside = np.bincount(
        of_block[~is_cut], weights=stands_for[members[~is_cut]], minlength=len(trees)
    )
    weight = np.concatenate([stands_for[cut], inside]).astype(np.int64)
    joints = (number[members[is_cut]], of_block[is_cut] + len(cut))
    below, largest = _subtrees(joints, weight, len(cut))
    return core[cut], np.maximum(largest, whole[core[cut]] - below)


def _subtrees(
    ends: tuple[Integers, Integers], weight: Integers, cuts: int
) -> tuple[Integers, Integers]:
    """Parties at and below each cut vertex in the tree of blocks, and in its largest branch."""
    nodes = len(weight)
    matrix = coo_array((np.ones(len(ends[0])), ends), shape=(nodes, nodes)).tocsr()
    matrix = (matrix + matrix.T).tocsr()
    total, branch = weight.tolist(), [0] * nodes
    order, parent = _forest(matrix)
    for node, above in zip(reversed(order), reversed(parent), strict=True):
        if above < nodes:
            total[above] += total[node]
            branch[above] = max(branch[above], total[node])
    return np.asarray(total[:cuts], dtype=np.int64), np.asarray(branch[:cuts], dtype=np.int64)


def _forest(matrix: csr_array) -> tuple[list[int], list[int]]:
    """Nodes of all trees in an order from the roots outward, with the node above each.

    All roots hang from one node more, so that a single walk meets every tree.
    """
    nodes = matrix.shape[0]
    roots = np.unique(connected_components(matrix, directed=False)[1], return_index=True)[1]
    ends = matrix.tocoo()
    row = np.concatenate([ends.row, np.full(len(roots), nodes)])
    column = np.concatenate([ends.col, roots])
    joined = coo_array((np.ones(len(row)), (row, column)), shape=(nodes + 1, nodes + 1)).tocsr()
    order, parent = breadth_first_order(joined, nodes, directed=True)
    return order[1:].tolist(), parent[order[1:]].tolist()
