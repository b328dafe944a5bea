"""Circles laid close together, tied ones next to each other."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

ANGLES = 40
AT_ONCE = 12  # circles to try standing beside before looking farther
TIDYING = 2  # rounds in which every circle may move to a better place
MOST_TO_TIDY = 400
TO_THE_MIDDLE = 0.35  # how much the middle of all pulls beside the tied circles

_TURN = np.linspace(0.0, 2 * np.pi, ANGLES, endpoint=False)
_AROUND = np.column_stack([np.cos(_TURN), np.sin(_TURN)])


def pack_circles(radii: Numbers, links: csr_array) -> Numbers:
    """Centres (x, y) of circles that do not overlap, the best tied and largest in the middle.

    Parameters
    ----------
    links
        How strongly each two circles are tied: symmetric, zero on the diagonal.
    """
    count = len(radii)
    centres = np.zeros((count, 2))
    order = _order(radii, links)
    #: Of each circle, the least radius for which there was no room beside it; nor will there be.
    crowded = np.full(count, np.inf)
    for step in range(1, count):
        one = int(order[step])
        pull = _row(links, one)
        centres[one] = _best_place(one, order[:step], centres, radii, pull, crowded)
    if 2 < count <= MOST_TO_TIDY:
        for _ in range(TIDYING):
            for one in order.tolist():
                others = order[order != one]
                crowded[:] = np.inf
                pull = _row(links, one)
                centres[one] = _best_place(one, others, centres, radii, pull, crowded)
    return centres - centres.mean(axis=0) if count else centres


def _row(links: csr_array, one: int) -> Numbers:
    found = np.zeros(links.shape[1])
    start, end = links.indptr[one : one + 2]
    found[links.indices[start:end]] = links.data[start:end]
    return found


def _order(radii: Numbers, links: csr_array) -> Integers:
    """Largest first, then always the one best tied to those before it."""
    count = len(radii)
    left = np.ones(count, dtype=bool)
    pull = np.zeros(count)
    order = []
    for _ in range(count):
        worth = np.where(left, (pull > 0) * 1e6 + pull * radii + radii * 1e-3, -np.inf)
        one = int(np.argmax(worth.round(9)))
        order.append(one)
        left[one] = False
        pull += _row(links, one)
    return np.array(order, dtype=np.int64)


def _best_place(
    one: int, placed: Integers, centres: Numbers, radii: Numbers, pulls: Numbers, crowded: Numbers
) -> Numbers:
    """The free place beside another circle from which the way to tied circles is shortest.

    Where there is no room beside a circle, there is none for a larger one either: what is in
    its way to any side still is. That is noted in `crowded`.
    """
    others, sizes, pull, own = centres[placed], radii[placed], pulls[placed], radii[one]
    tied = np.flatnonzero(pull > 0)
    middle = np.average(others, axis=0, weights=sizes**2)
    target = np.average(others, axis=0, weights=pull) if len(tied) else middle
    near = np.argsort(np.hypot(*(others - target).T) - sizes, kind="stable")
    roomy = crowded[placed[near]] > own
    first = 0
    while first < len(placed):
        first = _next_batch(roomy, first)
        batch = slice(first, first + AT_ONCE)
        beside = near[batch][roomy[batch]]
        reach = sizes[beside] + own
        spots = others[beside][:, None, :] + reach[:, None, None] * _AROUND[None, :, :]
        spots = spots.reshape(-1, 2)
        within = (reach + own + 1e-3)[:, None] + sizes
        maybe = (_squared(others[beside], others) < within * within).any(axis=0)
        away = _squared(spots, others[maybe])
        free = (away >= (sizes[maybe] + own) ** 2 - 1e-6).all(axis=1)
        crowded[placed[beside[~free.reshape(len(beside), ANGLES).any(axis=1)]]] = own
        if free.any():
            spots = spots[free]
            cost = TO_THE_MIDDLE * np.hypot(*(spots - middle).T)
            if len(tied):
                ways = np.sqrt(_squared(spots, others[tied]))
                cost = cost + ways @ pull[tied] / pull.sum()
            return np.asarray(spots[int(np.argmin(cost.round(6)))], dtype=np.float64)
        first += AT_ONCE
    raise AssertionError("beside the outermost circle there is always room")


def _next_batch(roomy: npt.NDArray[np.bool_], first: int) -> int:
    """Where the first batch begins, from `first` on, that has a circle with room beside it."""
    return first + int(np.argmax(roomy[first:])) // AT_ONCE * AT_ONCE


def _squared(points: Numbers, others: Numbers) -> Numbers:
    """Squared distances of each point to each other one."""
    across = np.subtract.outer(points[:, 0], others[:, 0])
    along = np.subtract.outer(points[:, 1], others[:, 1])
    return np.asarray(across * across + along * along)
