"""What chance alone would give: labels dealt out anew, or ties drawn anew."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap.analysis.pairs import Integers, Numbers
from ringmap.graph import RingGraph
from ringmap.kernels import Swaps, compiled

Truths = npt.NDArray[np.bool_]

#: Below this a result is told as more than chance.
LEVEL = 0.05
#: Sweeps of swaps between one random network and the next, and before the first.
_SWEEPS, _FIRST_SWEEPS = 8, 40
#: Ties drawn anew in all: fewer networks are drawn of many ties, but 99 at least.
_TIES_IN_ALL, _LEAST_NETWORKS = 5_000_000, 99
#: Differences smaller than this are rounding.
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Arcs:
    """Ties of some parties, counted from 0 among these; a tie without direction is two arcs."""

    count: int
    tail: Integers
    head: Integers
    weight: Numbers
    directed: bool

    @property
    def per_tie(self) -> int:
        """How many arcs a tie is."""
        return 1 if self.directed else 2

    @property
    def ties(self) -> int:
        """How many tied pairs, or arcs of a directed graph."""
        return len(self.tail) // self.per_tie


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over ordered pairs i, j of a matrix, as Mantel's variance needs them.

    All entries, their squares, each entry times the opposite one, and over parties the squares
    of row sums, of column sums, and row sum times column sum. Floats, or arrays of them.
    """

    every: Numbers
    square: Numbers
    opposite: Numbers
    rows: Numbers
    columns: Numbers
    both: Numbers


def arcs_among(graph: RingGraph, chosen: npt.NDArray[np.bool_]) -> Arcs:
    """The ties between chosen parties, as measures read them."""
    simple = graph.simple
    inside = chosen[simple.source] & chosen[simple.target]
    place = np.cumsum(chosen) - 1
    tail = place[simple.source[inside]].astype(np.int64)
    head = place[simple.target[inside]].astype(np.int64)
    weight = simple.weight[inside]
    if not graph.directed:
        tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
        weight = np.concatenate([weight, weight])
    return Arcs(int(chosen.sum()), tail, head, weight, graph.directed)


def sums_of_arcs(arcs: Arcs, weight: Numbers) -> Sums:
    """Sums of the matrix of ties, with these strengths."""
    rows = np.bincount(arcs.tail, weights=weight, minlength=arcs.count)
    columns = np.bincount(arcs.head, weights=weight, minlength=arcs.count)
    keys = arcs.tail * arcs.count + arcs.head
    order = np.argsort(keys, kind="stable")
    back = arcs.head * arcs.count + arcs.tail
    opposite = 0.0
    if len(keys):
        found = order[np.minimum(np.searchsorted(keys[order], back), len(keys) - 1)]
        opposite = float((weight * weight[found])[keys[found] == back].sum())
    told = (weight.sum(), (weight**2).sum(), opposite, (rows**2).sum(), (columns**2).sum(),
            (rows * columns).sum())  # fmt: skip
    return Sums(*(np.asarray(one, dtype=np.float64) for one in told))


def sums_of_labels(size: Numbers, relation: Numbers) -> Sums:
    """Sums of the matrix that is 1 where the labels of two parties are related, else 0.

    `size` counts parties per label; `relation` has a row and a column per label, of 0 and 1.
    """
    own = np.diag(relation)
    row = relation @ size - own
    column = relation.T @ size - own
    every = float(size @ row)
    opposite = float(size @ (relation * relation.T) @ size - size @ own)
    told = (every, every, opposite, size @ row**2, size @ column**2, size @ (row * column))
    return Sums(*(np.asarray(one, dtype=np.float64) for one in told))


def chance_of_labels(ties: Sums, labels: Sums, count: int) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation of the strength between related parties, labels dealt anew.

    Exact, over all orders in which the labels can be given to `count` parties (Mantel 1967).
    Arcs are counted; a tie without direction is two.
    """

    def share(one: Numbers, other: Numbers, parties: int) -> Numbers:
        ways = float(np.prod(count - np.arange(parties))) if count >= parties else np.inf
        return np.asarray(one * other / ways)

    def apart(sums: Sums) -> tuple[Numbers, ...]:
        """Products of entries that share no party, or one party in each of the ways."""
        rows, columns = sums.rows - sums.square, sums.columns - sums.square
        crossed = sums.both - sums.opposite
        rest = sums.every**2 - sums.square - sums.opposite - rows - columns - 2 * crossed
        return rows, columns, crossed, rest

    rows, columns, crossed, rest = zip(apart(ties), apart(labels), strict=True)
    mean = share(ties.every, labels.every, 2)
    second = (
        share(ties.square, labels.square, 2)
        + share(ties.opposite, labels.opposite, 2)
        + share(*rows, 3) + share(*columns, 3) + 2 * share(*crossed, 3) + share(*rest, 4)
    )  # fmt: skip
    variance = second - mean**2
    rounding = _SAME * np.maximum(second, 1.0)
    return mean, np.sqrt(np.where(variance > rounding, variance, 0.0))


def deal_labels(labels: Integers, draws: int, seed: int) -> Iterator[Integers]:
    """The labels in `draws` random orders."""
    chance = np.random.default_rng(seed)
    for _ in range(draws):
        yield chance.permutation(labels)


def networks_for(ties: int, draws: int) -> int:
    """How many random networks to draw: fewer for large ones, but 99 at least."""
    return min(draws, max(_TIES_IN_ALL // max(ties, 1), _LEAST_NETWORKS))


def draw_ties(arcs: Arcs, draws: int, seed: int) -> Iterator[tuple[Integers, Integers]]:
    """Ends of the ties of random networks in which everybody has as many ties as before.

    Each tie once; directed, everybody has as many arcs in and as many out. No party is tied
    to itself and no pair twice. Each sweep draws pairs of ties and exchanges their ends where
    that is allowed (Maslov and Sneppen 2002), from one network to the next.
    """
    # `kernels.exchange_ends`, against whose networks rings are held, tries one exchange at a time,
    # of ties without direction only; its twin without a compiler would be too slow for hundreds
    # of networks.
    once = arcs.tail < arcs.head if not arcs.directed else np.ones(len(arcs.tail), dtype=bool)
    ends = np.column_stack([arcs.tail[once], arcs.head[once]])
    chance = np.random.default_rng(seed)
    swaps = Swaps(arcs.count, len(ends), directed=arcs.directed) if compiled() else None
    for number in range(draws):
        for _ in range(_SWEEPS if number else _FIRST_SWEEPS):
            order, turned = _paired(len(ends), arcs, chance)
            if swaps is not None:
                ends = swaps.swapped(ends, order, turned)
            else:
                ends = _swapped(ends, order, turned, arcs)
        yield ends[:, 0], ends[:, 1]


def _paired(ties: int, arcs: Arcs, chance: np.random.Generator) -> tuple[Integers, Truths]:
    """Ties in a random order, the first half to go with the second; and which of these to turn."""
    order, half = chance.permutation(ties), ties // 2
    turned = np.zeros(half, dtype=bool) if arcs.directed else chance.random(half) < 0.5
    return order, turned


def _swapped(ends: Integers, order: Integers, turned: Truths, arcs: Arcs) -> Integers:
    """What `ringmap.kernels.Swaps` gives."""
    half = len(ends) // 2
    first, second = ends[order[:half]], ends[order[half : 2 * half]]
    second = np.where(turned[:, None], second[:, ::-1], second)
    one = np.column_stack([first[:, 0], second[:, 1]])
    other = np.column_stack([second[:, 0], first[:, 1]])
    keys = np.concatenate([_keys_of(some, arcs) for some in (ends, one, other)])
    _, which, times = np.unique(keys, return_inverse=True, return_counts=True)
    shared = times[which] > 1
    old, new = shared[: len(ends)], shared[len(ends) :]
    # No key of an exchange, old or new, may be that of another one, accepted or not: what is
    # barred from here is then barred from the other side too, and all networks are as likely.
    barred = old[order[:half]] | old[order[half : 2 * half]] | new[:half] | new[half:]
    barred |= (one[:, 0] == one[:, 1]) | (other[:, 0] == other[:, 1])
    swapped = ends.copy()
    swapped[order[:half][~barred]] = one[~barred]
    swapped[order[half : 2 * half][~barred]] = other[~barred]
    return swapped


def _keys_of(ends: Integers, arcs: Arcs) -> Integers:
    """One integer per tie, the same for both ways round where there is no direction."""
    first, second = ends[:, 0], ends[:, 1]
    if not arcs.directed:
        first, second = np.minimum(first, second), np.maximum(first, second)
    return np.asarray(first * arcs.count + second, dtype=np.int64)


def standing(value: float, mean: float, deviation: float) -> float:
    """How many standard deviations a value lies from chance; 0 where chance leaves no choice."""
    if deviation <= _SAME:
        return 0.0
    return float((value - mean) / deviation)


def share_as_far(value: float, drawn: Numbers, mean: float) -> float:
    """Two-sided p: the share of draws at least as far from the mean; at least 1/(draws + 1)."""
    far = np.abs(drawn - mean) >= abs(value - mean) - _SAME
    return float((1 + far.sum()) / (1 + len(drawn)))


def share_as_high(value: float, drawn: Numbers) -> float:
    """One-sided p: the share of draws at least as high; at least 1/(draws + 1)."""
    return float((1 + (drawn >= value - _SAME).sum()) / (1 + len(drawn)))


def p_in_words(p: float) -> str:
    """``p .003``, as papers write it."""
    return f"p {p:.3f}".replace("0.", ".") if p < 1 else "p 1"
