"""Circles laid close together, tied ones next to each other."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

ANGLES = 40
AT_ONCE = 12  # circles to try standing beside before looking farther
TIDYING = 2  # rounds in which every circle may move to a better place
MOST_TO_TIDY = 400
TO_THE_MIDDLE = 0.35  # how much the middle of all pulls beside the tied circles

_TURN = np.linspace(0.0, 2 * np.pi, ANGLES, endpoint=False)
_AROUND = np.column_stack([np.cos(_TURN), np.sin(_TURN)])


def pack_circles(radii: Numbers, links: Numbers) -> Numbers:
    """Centres (x, y) of circles that do not overlap, the best tied and largest in the middle.

    Parameters
    ----------
    links
        How strongly each two circles are tied: symmetric, zero on the diagonal.
    """
    count = len(radii)
    centres = np.zeros((count, 2))
    order = _order(radii, links)
    for step in range(1, count):
        placed = order[:step]
        centres[order[step]] = _best_place(int(order[step]), placed, centres, radii, links)
    if 2 < count <= MOST_TO_TIDY:
        for _ in range(TIDYING):
            for one in order:
                others = order[order != one]
                centres[one] = _best_place(int(one), others, centres, radii, links)
    return centres - centres.mean(axis=0) if count else centres


def _order(radii: Numbers, links: Numbers) -> Integers:
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
        pull += links[one]
    return np.array(order, dtype=np.int64)


def _best_place(
    one: int, placed: Integers, centres: Numbers, radii: Numbers, links: Numbers
) -> Numbers:
    """The free place beside another circle from which the way to tied circles is shortest."""
    others, sizes, pull = centres[placed], radii[placed], links[one][placed]
    middle = np.average(others, axis=0, weights=sizes**2)
    target = np.average(others, axis=0, weights=pull) if pull.any() else middle
    near = np.argsort(np.hypot(*(others - target).T) - sizes, kind="stable")
    for first in range(0, len(placed), AT_ONCE):
        beside = near[first : first + AT_ONCE]
        reach = (sizes[beside] + radii[one])[:, None, None]
        spots = (others[beside][:, None, :] + reach * _AROUND[None, :, :]).reshape(-1, 2)
        across = np.subtract.outer(spots[:, 0], others[:, 0])
        along = np.subtract.outer(spots[:, 1], others[:, 1])
        away = across * across + along * along
        free = (away >= (sizes + radii[one]) ** 2 - 1e-6).all(axis=1)
        if free.any():
            spots, away = spots[free], away[free]
            cost = TO_THE_MIDDLE * np.hypot(*(spots - middle).T)
            if pull.any():
                cost = cost + np.sqrt(away[:, pull > 0]) @ pull[pull > 0] / pull.sum()
            return np.asarray(spots[int(np.argmin(cost.round(6)))], dtype=np.float64)
    raise AssertionError("beside the outermost circle there is always room")
