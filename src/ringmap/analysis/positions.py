"""Where a party stands in the paths of its network: betweenness, closeness, rank, cuts."""

from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.sparse.linalg import eigsh

from ringmap.analysis.pairs import Bin, Integers, Numbers, Pairs, bins_of
from ringmap.graph import RingGraph

#: Values closer than this, relative to their size, are one value that rounding split.
SAME = 1e-12
#: Components up to this size are solved densely, many at once.
DENSE = 200
_WORDS_AT_ONCE = 8_000_000
_MOST_STEPS = 100
PATH_MEASURES = frozenset({"betweenness", "betweenness_weighted", "harmonic", "closeness_wf"})


def path_measures(
    graph: RingGraph, component: Integers, wanted: frozenset[str]
) -> dict[str, Numbers]:
    """Measures that count shortest paths, computed bin by bin; 0 for a party without ties."""
    count = len(graph.parties)
    values = {name: np.zeros(count) for name in sorted(wanted & PATH_MEASURES)}
    if not values:
        return values
    for part in bins_of(graph, component):
        for name, found in _of_bin(part, graph.directed, count, set(values)).items():
            values[name][part.parties] = found
    return {name: level(found) for name, found in values.items()}


def _of_bin(part: Bin, directed: bool, count: int, wanted: set[str]) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    network = _network(part, directed)
    if "betweenness" in wanted or "betweenness_weighted" in wanted:
        even = bool((part.weight == part.weight[0]).all())
        if "betweenness" in wanted or even:
            found["betweenness"] = np.asarray(network.betweenness(directed=directed))
        if "betweenness_weighted" in wanted:
            # Lengths all the same leave the shortest paths what they were.
            found["betweenness_weighted"] = (
                found["betweenness"]
                if even
                else np.asarray(network.betweenness(directed=directed, weights=1.0 / part.weight))
            )
    if wanted & {"harmonic", "closeness_wf"}:
        harmonic, distance, reached = distance_sums(part, directed)
        found["harmonic"] = harmonic
        near = np.where(reached > 0, reached / np.maximum(distance, 1), 0.0)
        found["closeness_wf"] = near * reached / (count - 1)
    return {name: found[name] for name in found if name in wanted}


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
    import igraph

    ends = np.column_stack([part.source, part.target])
    return igraph.Graph(n=len(part.parties), edges=ends, directed=directed)


def level(values: Numbers) -> Numbers:
    """Values with those made equal that differ by rounding only, so that ties show as ties."""
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


def page_rank(graph: RingGraph) -> Numbers:
    """PageRank, damping .85, strength ignored, uniform restart, and from dead ends anywhere.

    Power iteration rather than igraph's solver, whose error can exceed 1e-10.
    """
    count = len(graph.parties)
    if count == 0:
        return np.zeros(0)
    source, target = graph.simple.source, graph.simple.target
    if not graph.directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    out = np.bincount(source, minlength=count)
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
    return level(rank)


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
    """Components that may have the largest eigenvalue, by its bounds."""
    degree = np.bincount(np.concatenate([pairs.low, pairs.high]), minlength=pairs.count)
    count = int(component.max()) + 1
    of_pair = component[pairs.low]
    upper, highest = np.zeros(count), np.zeros(count)
    np.maximum.at(upper, of_pair, np.sqrt(degree[pairs.low] * degree[pairs.high] * 1.0))
    np.maximum.at(highest, component, degree * 1.0)
    mean = 2 * np.bincount(of_pair, minlength=count) / np.bincount(component, minlength=count)
    lower = np.maximum(mean, np.sqrt(highest))
    return np.flatnonzero(upper >= lower.max() * (1 - 1e-9))


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
    return np.asarray(_plain(pairs).coreness(), dtype=np.int64)


def _plain(pairs: Pairs) -> Any:
    import igraph

    return igraph.Graph(n=pairs.count, edges=np.column_stack([pairs.low, pairs.high]))


def cut_off(pairs: Pairs, component: Integers) -> Integers:
    """How many parties lose the largest part of their network when a party is taken out.

    0 for a party that is not a cut vertex. Direction is ignored.
    """
    blocks, cuts = _plain(pairs).biconnected_components(return_articulation_points=True)
    lost = np.zeros(pairs.count, dtype=np.int64)
    if not cuts:
        return lost
    cut = np.asarray(sorted(cuts), dtype=np.int64)
    number = np.full(pairs.count, -1, dtype=np.int64)
    number[cut] = np.arange(len(cut))
    lists = list(blocks)
    members = np.fromiter((one for block in lists for one in block), dtype=np.int64)
    of_block = np.repeat(np.arange(len(lists)), [len(block) for block in lists])
    is_cut = number[members] >= 0
    weight = np.concatenate(
        [np.ones(len(cut)), np.bincount(of_block[~is_cut], minlength=len(lists))]
    ).astype(np.int64)
    ends = (number[members[is_cut]], of_block[is_cut] + len(cut))
    below, largest = _subtrees(ends, weight, len(cut))
    whole = np.bincount(component)[component[cut]]
    above = whole - below
    lost[cut] = whole - 1 - np.maximum(largest, above)
    return lost


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
