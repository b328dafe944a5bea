"""How much farther apart everybody gets when a tie is taken out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import shortest_path

from ringmap.analysis.pairs import BIN_PARTIES, Bin, Integers, Numbers, Pairs, bins_between

#: Larger components are not looked at: distances of all to all take the square in memory.
MOST_PARTIES = 2 * BIN_PARTIES
#: Steps for a whole network, about a quarter of a minute; the smallest components come first.
MOST_STEPS = 1_000_000_000


def efficiency_drops(pairs: Pairs, component: Integers) -> Numbers:
    """For each tied pair: by how much global efficiency falls without the tie.

    Global efficiency is the mean of 1/distance over all ordered pairs of parties of the
    whole network, 0 for pairs out of reach (Latora, Marchiori 2001). Direction and strength
    are ignored. NaN for ties of components that are too large: of more than 4,000 parties, or
    when a thousand million steps were taken before they were done, which happens above some
    thousand parties, and earlier in long circles.
    """
    drops = np.full(len(pairs.low), np.nan)
    pair = np.arange(len(pairs.low), dtype=np.float64)
    left = MOST_STEPS
    for part in reversed(list(bins_between(component, pairs.low, pairs.high, pair))):
        if len(part.parties) <= MOST_PARTIES:
            drops[part.weight.astype(np.int64)], taken = _of_bin(part, left)
            left -= taken
    return drops / max(pairs.count * (pairs.count - 1), 1)


@dataclass(frozen=True, slots=True)
class _Distances:
    """Steps from all to all, and who comes right before each party (column) on the way.

    ``only`` is −1 where several parties may come before, or none.
    """

    matrix: csr_array
    far: npt.NDArray[np.float32]
    only: npt.NDArray[np.int32]


def _of_bin(part: Bin, most: int) -> tuple[Numbers, int]:
    """Sum of what 1/distance loses, for each tie of a bin, and the steps that it took.

    All NaN when that would be more steps than `most`.
    """
    told = _distances(part)
    found = np.full(len(part.source), np.nan)
    steps = 0
    for tie, ends in enumerate(zip(part.source.tolist(), part.target.tolist(), strict=True)):
        near, beyond = _through(told, *ends), _through(told, *ends[::-1])
        before = told.far[np.ix_(near, beyond)]
        after, taken = _without(told, ends, near, beyond, most - steps)
        steps += taken
        if steps > most:
            return np.full(len(part.source), np.nan), steps
        found[tie] = 2 * (1 / before.astype(np.float64) - 1 / after).sum()
    return found, steps


def _distances(part: Bin) -> _Distances:
    count = len(part.parties)
    ends = (np.concatenate([part.source, part.target]), np.concatenate([part.target, part.source]))
    matrix = coo_array((np.ones(len(ends[0])), ends), shape=(count, count)).tocsr()
    far = shortest_path(matrix, directed=False, unweighted=True).astype(np.float32)
    only = np.full((count, count), -1, dtype=np.int32)
    for party in range(count):
        near = matrix.indices[matrix.indptr[party] : matrix.indptr[party + 1]]
        before = np.isfinite(far[:, near]) & (far[:, near] + 1 == far[:, [party]])
        single = before.sum(axis=1) == 1
        only[single, party] = near[before[single].argmax(axis=1)]
    return _Distances(matrix, far, only)


def _through(told: _Distances, one: int, other: int) -> Integers:
    """Who reaches `other` on shortest paths by its tie with `one` alone."""
    return np.flatnonzero(told.only[:, other] == one)


def _without(
    told: _Distances, tie: tuple[int, int], near: Integers, beyond: Integers, most: int
) -> tuple[Numbers, int]:
    """Steps from the near to those beyond a tie when it is taken out, and what that took.

    Only these can get farther apart. Who is not beyond stays as near as before, so distances
    grow from there, a step at a time.
    """
    indptr, indices = told.matrix.indptr, told.matrix.indices
    sizes = indptr[beyond + 1] - indptr[beyond]
    start = np.cumsum(sizes) - sizes
    which = np.repeat(np.arange(len(beyond)), sizes)
    contact = indices[np.repeat(indptr[beyond] - start, sizes) + np.arange(len(which))]
    far = told.far[np.ix_(near, contact)].astype(np.float64) + 1
    far[:, (contact == tie[0]) & (beyond[which] == tie[1])] = np.inf
    place = np.minimum(np.searchsorted(beyond, contact), len(beyond) - 1)
    inside = beyond[place] == contact
    found = np.full((len(near), len(beyond)), np.inf)
    taken = 0
    while True:
        far[:, inside] = found[:, place[inside]] + 1
        nearer = np.minimum.reduceat(far, start, axis=1)
        taken += far.size
        if taken > most or (nearer == found).all():
            return nearer, taken
        found = nearer
