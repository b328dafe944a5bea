"""Where each party stands on the ring map: rings apart from each other, people untangled within."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from ringmap.graph import RingGraph
from ringmap.view.packing import pack_circles

Integers = npt.NDArray[np.int64]
Points = npt.NDArray[np.float64]

LEAST_GAP = 1.0  # between any two parties, in units of the layout
ROOM = 0.98  # radius of a ring of n parties is ROOM · √n
BETWEEN_RINGS = 2.6
THING_PULL = 0.35  # of a tie to a place, number or case; between people it is 1
LARGEST_KNOT = 250  # people of one component without rings, beyond which it is cut for drawing
SCALE = 40.0
_SAME_PAIR = 12  # rounds in which parties join the group of their neighbours


def lay_out(graph: RingGraph, rings: pd.DataFrame | None = None, *, seed: int = 0) -> Points:
    """A point (x, y) per party, in the order of ``graph.parties``; y grows down.

    Rings are circles packed with those near each other that share ties; within a ring
    Fruchterman and Reingold. People of no ring stand with those they are most tied to, and
    so do places, numbers, organisations and cases. Parties without any tie stand in rows
    below. No two parties are closer than 40. The order of rows and ties makes no difference.

    Parameters
    ----------
    rings
        Rows ``party, ring`` and perhaps ``share``, as `find_rings` gives them; a party of
        several rings stands in the one it has the larger share of. Without rings, those who
        are connected stand together.

    References
    ----------
    Fruchterman, T. M. J., Reingold, E. M. (1991). Graph drawing by force-directed placement.
    Software: Practice and Experience 21, 1129-1164.
    """
    names = graph.parties["party"].astype(str).to_numpy(dtype=object)
    order = np.argsort(names, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    person = (graph.parties["type"] == "person").to_numpy()[order]
    ties = _ties(place[graph.source], place[graph.target], person)
    group = _groups(ties, person, _ring_of(names[order], rings), seed)
    points = np.empty((len(order), 2))
    points[order] = _placed(ties, group, person, seed)
    return np.round(points * SCALE, 1)


def _ties(source: Integers, target: Integers, person: npt.NDArray[np.bool_]) -> csr_array:
    """How strongly each two parties are drawn together; parallel ties a little more."""
    count = len(person)
    apart = source != target
    low = np.minimum(source, target)[apart]
    high = np.maximum(source, target)[apart]
    keys, times = np.unique(low * count + high, return_counts=True)
    low, high = keys // max(count, 1), keys % max(count, 1)
    people = person[low] & person[high]
    pull = np.where(people, 1.0 + np.log(times), THING_PULL)
    ends = (np.concatenate([low, high]), np.concatenate([high, low]))
    return coo_array((np.concatenate([pull, pull]), ends), shape=(count, count)).tocsr()


# Who stands with whom


def _ring_of(names: npt.NDArray[np.object_], rings: pd.DataFrame | None) -> Integers:
    """Number of the ring of each party, −1 for none."""
    found = np.full(len(names), -1, dtype=np.int64)
    if rings is None or len(rings) == 0:
        return found
    told = rings[rings["ring"].notna()]
    share = told["share"] if "share" in told.columns else pd.Series(1.0, index=told.index)
    ordered = pd.DataFrame(
        {"party": told["party"].astype(str), "share": share, "ring": told["ring"].astype(str)}
    ).sort_values(["party", "share", "ring"], ascending=[True, False, True])
    best = ordered.drop_duplicates("party").set_index("party")["ring"]
    codes, _ = pd.factorize(best.reindex(names), sort=True, use_na_sentinel=True)
    return np.asarray(codes, dtype=np.int64)


def _groups(ties: csr_array, person: npt.NDArray[np.bool_], ring: Integers, seed: int) -> Integers:
    """Number of the circle each party stands in; −1 for a party without ties."""
    group = ring.copy()
    if not (group >= 0).any():
        group = _components(ties, person, seed)
    group = _join_neighbours(ties, group, person)
    group = _number_rest(ties, group, person)
    group = _join_neighbours(ties, group, np.ones(len(person), dtype=bool))
    group = _number_rest(ties, group, np.ones(len(person), dtype=bool))
    _, numbered = np.unique(group, return_inverse=True)
    return numbered - 1 if (group < 0).any() else numbered


def _components(ties: csr_array, person: npt.NDArray[np.bool_], seed: int) -> Integers:
    """Connected people; a knot too large to read is cut where it is thin."""
    group = _number_rest(ties, np.full(len(person), -1, dtype=np.int64), person)
    for number in range(int(group.max(initial=-1)) + 1):
        members = np.flatnonzero(group == number)
        if len(members) > LARGEST_KNOT:
            group[members] = group.max() + 1 + _knots(ties, members, seed)
    return group


def _knots(ties: csr_array, members: Integers, seed: int) -> Integers:
    network = _network(ties, members)
    parts = _seeded(
        seed, lambda: network.community_leiden("modularity", weights="pull", n_iterations=4)
    )
    return np.asarray(parts.membership, dtype=np.int64)


def _number_rest(ties: csr_array, group: Integers, may: npt.NDArray[np.bool_]) -> Integers:
    """Connected parties that have no group yet get one of their own; a lone one gets none."""
    free = np.flatnonzero((group < 0) & may)
    if len(free) == 0:
        return group
    _, part = connected_components(ties[free][:, free], directed=False)
    several = np.bincount(part)[part] > 1
    numbered = group.copy()
    numbered[free[several]] = group.max(initial=-1) + 1 + part[several]
    return numbered


def _join_neighbours(ties: csr_array, group: Integers, may: npt.NDArray[np.bool_]) -> Integers:
    """Parties of no group join the one that pulls them most; between equals the first."""
    joined = group.copy()
    count = int(joined.max(initial=-1)) + 1
    if count == 0:
        return joined
    for _ in range(_SAME_PAIR):
        known = np.flatnonzero(joined >= 0)
        member = coo_array(
            (np.ones(len(known)), (known, joined[known])), shape=(len(joined), count)
        ).tocsr()
        free = np.flatnonzero((joined < 0) & may)
        if len(free) == 0:
            break
        rows, groups = _pulled_most(ties[free] @ member)
        if len(rows) == 0:
            break
        joined[free[rows]] = groups
    return joined


def _pulled_most(pull: csr_array) -> tuple[Integers, Integers]:
    """Rows that anything pulls, and the first of the columns that pull each most."""
    pull.sort_indices()
    strength = pull.data.round(9)
    sizes = np.diff(pull.indptr)
    rows = np.flatnonzero(sizes)
    if len(rows) == 0:
        return rows, rows
    most = np.repeat(np.maximum.reduceat(strength, pull.indptr[rows]), sizes[rows])
    best = np.flatnonzero((strength == most) & (most > 0))
    found, first = np.unique(np.repeat(rows, sizes[rows])[best], return_index=True)
    return found, pull.indices[best[first]].astype(np.int64)


# Points


def _placed(ties: csr_array, group: Integers, person: npt.NDArray[np.bool_], seed: int) -> Points:
    points = np.zeros((len(group), 2))
    members = [np.flatnonzero(group == number) for number in range(int(group.max(initial=-1)) + 1)]
    inside = [_arranged(ties, some, seed) for some in members]
    radii = np.array([_radius(some) for some in inside])
    centres = pack_circles(radii + BETWEEN_RINGS / 2, _links(ties, group, len(members)))
    for some, local, centre in zip(members, inside, centres, strict=True):
        points[some] = local + centre
    _turn_to_neighbours(points, ties, group, members, centres)
    alone = np.flatnonzero(group < 0)
    points[alone] = _rows(len(alone), points[group >= 0])
    return points


def _links(ties: csr_array, group: Integers, count: int) -> csr_array:
    """How strongly circles are tied: more for more ties, less than in proportion."""
    drawn = ties.tocoo()
    row, column, pulls = group[drawn.row], group[drawn.col], drawn.data
    between = (row >= 0) & (column >= 0) & (row != column)
    ends = (row[between], column[between])
    total = coo_array((pulls[between], ends), shape=(count, count)).tocsr()
    return csr_array(total.log1p())


def _arranged(ties: csr_array, members: Integers, seed: int) -> Points:
    """Points of one circle around (0, 0)."""
    count = len(members)
    if count < 3:
        return np.array([[0.0, 0.0]]) if count == 1 else np.array([[-0.75, 0.0], [0.75, 0.0]])
    network = _network(ties, members)
    grid = "nogrid" if count <= 600 else "grid"
    found = _seeded(
        seed,
        lambda: network.layout_fruchterman_reingold(weights="pull", niter=700, grid=grid),
    )
    points = _in_disc(np.asarray(found.coords, dtype=np.float64))
    return _centred(push_apart(points, LEAST_GAP * 1.12))


def _in_disc(points: Points) -> Points:
    """Points spread more evenly over a disc of radius ROOM · √n, their directions kept."""
    count = len(points)
    points = points - points.mean(axis=0)
    away = np.hypot(points[:, 0], points[:, 1])
    farthest = max(float(away.max()), 1e-9)
    rank = np.empty(count)
    rank[np.argsort(away, kind="stable")] = np.sqrt((np.arange(count) + 0.5) / count)
    wanted = ROOM * np.sqrt(count) * (0.45 * away / farthest + 0.55 * rank)
    return np.asarray(points * (wanted / np.maximum(away, 1e-9))[:, None])


def push_apart(points: Points, gap: float) -> Points:
    """Points moved as little as need be until no two are closer than a gap."""
    points = points.copy()
    for _ in range(200):
        pairs = cKDTree(points).query_pairs(gap * 0.999, output_type="ndarray")
        if len(pairs) == 0:
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        step = points[pairs[:, 1]] - points[pairs[:, 0]]
        away = np.hypot(step[:, 0], step[:, 1])
        same = away < 1e-9
        angle = pairs[same].sum(axis=1) * 2.4
        step[same] = np.column_stack([np.cos(angle), np.sin(angle)])
        away[same] = 1.0
        move = step * ((gap * 1.001 - np.where(same, 0.0, away)) / away / 2)[:, None]
        np.add.at(points, pairs[:, 0], -move)
        np.add.at(points, pairs[:, 1], move)
    return _snapped(points, gap * 0.9)


def _snapped(points: Points, gap: float) -> Points:
    """For points that pushing did not part: the nearest free place on a spiral."""
    late = sorted({int(pair[1]) for pair in cKDTree(points).query_pairs(gap)})
    step = np.arange(1, 4 * len(points) + 50)
    spiral = np.column_stack([np.cos(step * 2.4), np.sin(step * 2.4)])
    ring = spiral * (0.5 * gap * np.sqrt(step))[:, None]
    for one in late:
        others = cKDTree(np.delete(points, one, axis=0))
        free = np.asarray(others.query(points[one] + ring)[0]) >= gap
        if free.any():
            points[one] = points[one] + ring[int(np.argmax(free))]
    return points


def _centred(points: Points) -> Points:
    return np.asarray(points - (points.min(axis=0) + points.max(axis=0)) / 2)


def _radius(points: Points) -> float:
    return float(np.hypot(points[:, 0], points[:, 1]).max())


def _turn_to_neighbours(
    points: Points, ties: csr_array, group: Integers, members: list[Integers], centres: Points
) -> None:
    """Turn (or mirror) each circle so that ties to other circles become short."""
    flat = points[:, 0] + 1j * points[:, 1]
    middle = centres[:, 0] + 1j * centres[:, 1] if len(centres) else np.zeros(0, dtype=complex)
    ends = ties.tocoo()
    outward = (group[ends.row] != group[ends.col]) & (group[ends.row] >= 0) & (group[ends.col] >= 0)
    row, column, pull = ends.row[outward], ends.col[outward], ends.data[outward]
    start = np.searchsorted(group[row][(by := np.argsort(group[row], kind="stable"))],
                            np.arange(len(members) + 1))  # fmt: skip
    for _ in range(2):
        for number, some in enumerate(members):
            own = by[start[number] : start[number + 1]]
            if len(own) == 0 or len(some) < 2:
                continue
            local = flat[row[own]] - middle[number]
            wanted = (flat[column[own]] - middle[number]) * pull[own]
            turns = (np.sum(wanted * np.conj(local)), np.sum(wanted * local))
            mirrored = abs(turns[1]) > abs(turns[0]) * 1.02
            turn = turns[1] if mirrored else turns[0]
            if abs(turn) > 1e-9:
                around = flat[some] - middle[number]
                around = np.conj(around) if mirrored else around
                flat[some] = middle[number] + around * turn / abs(turn)
    points[:, 0], points[:, 1] = flat.real, flat.imag


def _rows(count: int, others: Points) -> Points:
    """Rows of points below all others, as wide as they are."""
    if count == 0:
        return np.zeros((0, 2))
    step_x, step_y = 1.7, 1.4
    if len(others) == 0:
        left, bottom, wide = 0.0, -step_y, step_x * np.ceil(np.sqrt(count) - 1)
    else:
        (left, _), (right, bottom) = others.min(axis=0), others.max(axis=0)
        wide = max(right - left, step_x * 7)
        left = (left + right - wide) / 2
    across = int(wide // step_x) + 1
    at = np.arange(count)
    return np.column_stack(
        [left + (at % across) * step_x, bottom + BETWEEN_RINGS + (at // across) * step_y]
    )


# igraph


def _network(ties: csr_array, members: Integers) -> Any:
    import igraph

    part = coo_array(ties[members][:, members])
    once = part.row < part.col
    ends = np.column_stack([part.row[once], part.col[once]])
    network = igraph.Graph(n=len(members), edges=ends)
    network.es["pull"] = part.data[once].tolist()
    return network


def _seeded(seed: int, work: Callable[[], Any]) -> Any:
    """What igraph finds with a generator of our own; Python's own is put back after."""
    import igraph

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        return work()
    finally:
        igraph.set_random_number_generator(random)
