"""PageRank without direction in plain numpy, to the bits that the compiled kernel gives."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from ringmap.analysis.pairs import Integers, Numbers
from ringmap.graph import Neighbours

_DAMPING = 0.85
#: In such blocks parties are put in the order of their contacts, up to so many.
_BLOCK, _MOST = 4096, 16
_MOST_STEPS = 400


def walk_ranks(near: Neighbours) -> Numbers:
    """What `ringmap.kernels.page_rank` gives; sums are made in the same order.

    The ranks solve d_i s_i = 1 + .85 Σ s_j over contacts j, with d_i contacts. Trees that hang
    from the rest are taken out of these equations; what is left is solved by conjugate
    gradients, and the trees from that.
    """
    count = len(near.start) - 1
    trees = _take_trees(near)
    left = np.flatnonzero(trees.left > 0)
    order = np.lexsort((left, np.minimum(trees.left[left], _MOST), left // _BLOCK))
    core = left[order]
    solved = np.divide(trees.load, trees.pivot, out=np.zeros(count), where=trees.pivot > 0)
    solved[core] = _solved(_matrix_of(near, core), trees.pivot[core], trees.load[core])
    for one in reversed(trees.taken):
        solved[one] = (trees.load[one] + _DAMPING * solved[trees.above[one]]) / trees.pivot[one]
    everybody = csr_array((np.ones(len(near.to)), near.to, near.start), shape=(count, count))
    # One step as the walk takes it irons out what is left of the error.
    rank = 1.0 + _DAMPING * np.asarray(everybody @ solved, dtype=np.float64)
    return np.asarray(rank / rank.sum(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Trees:
    """What is left of the equations: d as `pivot`, 1 as `load`.

    `taken` were taken out, the ends of branches first, and hung from `above`; `left` are the
    contacts that each party still has.
    """

    taken: list[int]
    above: list[int]
    left: Integers
    pivot: Numbers
    load: Numbers


def _take_trees(near: Neighbours) -> _Trees:
    """Take out whoever has one contact left, and go on with that contact."""
    left = near.sizes.tolist()
    pivot, load = [float(one) for one in left], [1.0] * len(left)
    above, taken = [-1] * len(left), list[int]()
    for first in range(len(left)):
        one = first
        while left[one] == 1:
            contacts = near.to[near.start[one] : near.start[one + 1]].tolist()
            up = next(other for other in contacts if above[other] < 0 and left[other])
            above[one] = up
            taken.append(one)
            left[one] = 0
            left[up] -= 1
            pivot[up] -= _DAMPING * _DAMPING / pivot[one]
            load[up] += _DAMPING * load[one] / pivot[one]
            one = up
    return _Trees(taken, above, np.array(left, dtype=np.int64), np.array(pivot), np.array(load))


def _matrix_of(near: Neighbours, core: Integers) -> csr_array:
    """Who of the core is tied to whom; the contacts of each in the order they have in `near`."""
    place = np.full(len(near.start) - 1, -1, dtype=np.int64)
    place[core] = np.arange(len(core))
    to, row = place[near.of(core)], np.repeat(np.arange(len(core)), near.sizes[core])
    here = to >= 0
    start = np.concatenate([[0], np.cumsum(np.bincount(row[here], minlength=len(core)))])
    return csr_array((np.ones(int(here.sum())), to[here], start), shape=(len(core), len(core)))


def _sum(values: Numbers) -> float:
    """Added up one after the other, which `sum` of numpy does not."""
    return float(np.cumsum(values)[-1])


def _solved(matrix: csr_array, pivot: Numbers, load: Numbers) -> Numbers:
    """Conjugate gradients on (I − .85 P^−½ A P^−½) y = P^−½ load, of which s is P^−½ y."""
    if len(pivot) == 0:
        return np.zeros(0)
    even = 1.0 / np.sqrt(pivot)
    left = even * load
    solved, along = np.zeros(len(pivot)), left
    error = _sum(left * left)
    for _ in range(_MOST_STEPS):
        if not error > 1e-26 * len(pivot):
            break
        pushed = along - _DAMPING * even * (matrix @ (along * even))
        length = error / _sum(along * pushed)
        solved = solved + length * along
        left = left - length * pushed
        before, error = error, _sum(left * left)
        along = left + (error / before) * along
    return solved * even
