"""What is left of a connected part without some parties, or out of their reach: to be made small.

Every cost is a sum over connected parts, so that the best sets of the parts make the best set
of the whole network.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ringmap.analysis.network_parts import Part
from ringmap.analysis.pairs import Bin, Integers, Numbers
from ringmap.analysis.positions import distance_sums
from ringmap.errors import GraphError

#: Parts up to this size are worked through as dense matrices.
DENSE_PARTIES = 400
#: In larger parts one sum of nearness costs more than a second of an old laptop.
MOST_NEARNESS = 3_000
#: Numbers held at once when many sets are worked out together.
_NUMBERS_AT_ONCE = 4_000_000
#: Rows of distances held in a large part: this many candidates at least, so many numbers.
_LEAST_ROWS, _MOST_DISTANCES = 100, 4_000_000


class Cost(Protocol):
    """A cost of sets of parties of one part.

    `steps_of` is the effort of `with_each` for so many candidates, in steps of a walk.
    `candidates` are the eligible parties that are looked at; `tied` is how `stand_ins` are
    to be understood.
    """

    @property
    def part(self) -> Part:
        """The part whose parties the sets are made of."""

    @property
    def candidates(self) -> tuple[int, ...]:
        """Parties that are looked at, ascending."""

    @property
    def tied(self) -> bool:
        """Whether only a party tied to another stands in for it."""

    def of(self, chosen: Sequence[int]) -> float:
        """Cost of one set."""

    def with_each(self, chosen: Sequence[int], others: Sequence[int]) -> Numbers:
        """Cost of the set with one more, for each of the others."""

    def at_least(self, chosen: Sequence[int], open_to: Sequence[int], left: int) -> float:
        """Lower bound of any set of the chosen and `left` more out of `open_to`."""

    def steps_of(self, others: int) -> int:
        """Effort of `with_each`."""

    def steps_of_bound(self, open_to: int) -> int:
        """Effort of `at_least`."""


@dataclass(frozen=True, slots=True)
class PairsLeft:
    """Pairs that can still reach each other, for fragmentation F (Borgatti 2006)."""

    part: Part
    candidates: tuple[int, ...]
    tied: bool = False

    def of(self, chosen: Sequence[int]) -> float:
        gone = _marks(len(self.part.near), chosen)
        return float(sum(size * (size - 1) // 2 for size in _sizes(self.part.near, gone)))

    def with_each(self, chosen: Sequence[int], others: Sequence[int]) -> Numbers:
        left = pairs_left_without_each(self.part.near, chosen)
        return np.array([left[one] for one in others], dtype=np.float64)

    def at_least(self, chosen: Sequence[int], open_to: Sequence[int], left: int) -> float:
        """Those who stay for certain, and their pairs with all but `left` of the open ones."""
        near = self.part.near
        gone = _marks(len(near), [*chosen, *open_to])
        label, sizes = [-1] * len(near), []
        for number, members in enumerate(clusters(near, gone)):
            sizes.append(len(members))
            for one in members:
                label[one] = number
        sure = sum(size * (size - 1) // 2 for size in sizes)
        beside = sorted(
            sum(sizes[number] for number in {label[other] for other in near[one]} - {-1})
            for one in open_to
        )
        return float(sure + sum(beside[: max(len(beside) - left, 0)]))

    def steps_of(self, others: int) -> int:
        return 2 * self.part.steps

    def steps_of_bound(self, open_to: int) -> int:
        return self.part.steps


def _marks(count: int, chosen: Iterable[int]) -> bytearray:
    marks = bytearray(count)
    for one in chosen:
        marks[one] = 1
    return marks


def clusters(near: Sequence[Collection[int]], gone: bytearray) -> list[list[int]]:
    """Connected parts of those who are not gone; `gone` is used up."""
    found = []
    for start in range(len(near)):
        if gone[start]:
            continue
        gone[start] = 1
        members = [start]
        for one in members:
            for other in near[one]:
                if not gone[other]:
                    gone[other] = 1
                    members.append(other)
        found.append(members)
    return found


def _sizes(near: Sequence[Sequence[int]], gone: bytearray) -> list[int]:
    return [len(members) for members in clusters(near, gone)]


def pairs_left_without_each(near: Sequence[Sequence[int]], gone: Sequence[int]) -> list[int]:
    """For each party: pairs that reach each other when it goes too, after some that are gone.

    One walk in depth for all of them (Hopcroft and Tarjan 1973): a branch that has no tie
    back above a party falls off with it. For a party that is gone: pairs left as it is.
    """
    count = len(near)
    order, above, placed = _depth_first(near, _marks(count, gone))
    lowest, size = placed[:], [1] * count
    off, off_pairs = [0] * count, [0] * count
    left, total = [0] * count, 0
    for one in reversed(order):
        parent = above[one]
        low = min((placed[other] for other in near[one] if placed[other] and other != parent),
                  default=placed[one])  # fmt: skip
        lowest[one] = low = min(low, lowest[one])
        if parent < 0:
            continue
        size[parent] += size[one]
        lowest[parent] = min(lowest[parent], low)
        if low >= placed[parent]:
            off[parent] += size[one]
            off_pairs[parent] += size[one] * (size[one] - 1) // 2
    whole = 0
    for one in order:
        if above[one] < 0:
            whole = size[one]
            total += whole * (whole - 1) // 2
        rest = whole - 1 - off[one]
        left[one] = off_pairs[one] + rest * (rest - 1) // 2 - whole * (whole - 1) // 2
    return [total + change for change in left]


def _depth_first(
    near: Sequence[Sequence[int]], seen: bytearray
) -> tuple[list[int], list[int], list[int]]:
    """Parties in the order of a walk in depth, who stands above each, and its place from 1."""
    count = len(near)
    order: list[int] = []
    above, placed = [-1] * count, [0] * count
    for root in range(count):
        if seen[root]:
            continue
        seen[root] = 1
        order.append(root)
        placed[root] = len(order)
        path, ways = [root], [iter(near[root])]
        while path:
            for other in ways[-1]:
                if not seen[other]:
                    seen[other] = 1
                    above[other] = path[-1]
                    order.append(other)
                    placed[other] = len(order)
                    path.append(other)
                    ways.append(iter(near[other]))
                    break
            else:
                path.pop()
                ways.pop()
    return order, above, placed


@dataclass(frozen=True, slots=True)
class NearnessLeft:
    """Sum over pairs of 1/steps among those left, for DF (Borgatti 2006)."""

    part: Part
    candidates: tuple[int, ...]
    tied: bool = False
    matrix: npt.NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        """Lay a small part out as a matrix; refuse one that would take minutes."""
        count = len(self.part.near)
        if count > MOST_NEARNESS:
            raise GraphError(
                f"{count} connected parties are too many to add up distances after each removal",
                hint="look at one ring, or ask for fragmentation or reach",
            )
        dense = count if count <= DENSE_PARTIES else 0
        matrix = np.zeros((dense, dense), dtype=np.float32)
        for one, contacts in enumerate(self.part.near[:dense]):
            matrix[one, list(contacts)] = 1
        object.__setattr__(self, "matrix", matrix)

    def of(self, chosen: Sequence[int]) -> float:
        if len(self.matrix):
            kept = _left(len(self.matrix), chosen)
            return float(_nearness(self.matrix[np.ix_(kept, kept)][None])[0])
        return nearness_left(self.part.near, chosen)

    def with_each(self, chosen: Sequence[int], others: Sequence[int]) -> Numbers:
        if not len(self.matrix):
            return np.array([self.of([*chosen, one]) for one in others])
        kept = _left(len(self.matrix), chosen)
        base = self.matrix[np.ix_(kept, kept)]
        place = np.searchsorted(kept, np.asarray(others, dtype=np.int64))
        at_once = max(1, _NUMBERS_AT_ONCE // max(base.size, 1))
        found = []
        for first in range(0, len(place), at_once):
            some = place[first : first + at_once]
            stack = np.repeat(base[None], len(some), axis=0)
            stack[np.arange(len(some)), some, :] = 0
            stack[np.arange(len(some)), :, some] = 0
            found.append(_nearness(stack))
        return np.concatenate(found) if found else np.zeros(0)

    def at_least(self, chosen: Sequence[int], open_to: Sequence[int], left: int) -> float:
        """Those who stay for certain, and their nearness to all but `left` of the open ones."""
        if not len(self.matrix):
            return 0.0
        kept = _left(len(self.matrix), [*chosen, *open_to])
        if len(kept) == 0:
            return 0.0
        sure, steps = _steps_between(self.matrix[np.ix_(kept, kept)])
        to_kept = self.matrix[np.ix_(np.asarray(open_to, dtype=np.int64), kept)] > 0
        far = np.full((1, len(kept)), np.inf, dtype=np.float32)
        beside = sorted(
            float((1 / (1 + np.min(np.concatenate([steps[row], far]), axis=0))).sum())
            for row in to_kept
        )
        # Single precision may round a bound up; what is lost is never a set that is as good.
        return (sure + sum(beside[: max(len(beside) - left, 0)])) * (1 - 1e-5)

    def steps_of(self, others: int) -> int:
        count = len(self.part.near)
        if len(self.matrix):
            return others * (200 + count * count // 10)
        return others * (self.part.steps * (1 + count // 64))

    def steps_of_bound(self, open_to: int) -> int:
        count = len(self.matrix)
        return self.part.steps + count * count // 5 + open_to * count // 10


def _left(count: int, chosen: Sequence[int]) -> Integers:
    """Those of a part who are not chosen."""
    return np.setdiff1d(np.arange(count), np.asarray(chosen, dtype=np.int64))


def _nearness(stack: npt.NDArray[np.float32]) -> Numbers:
    """Sum over pairs of 1/steps of each of several networks of one size."""
    count = stack.shape[-1]
    seen = (stack > 0) | np.eye(count, dtype=bool)
    front, step = stack, 1
    total = np.zeros(len(stack))
    while True:
        new = np.count_nonzero(front, axis=(1, 2))
        if not new.any():
            return total
        total += new / (2 * step)
        front = ((front @ stack > 0) & ~seen).astype(np.float32)
        seen |= front > 0
        step += 1


def _steps_between(matrix: npt.NDArray[np.float32]) -> tuple[float, npt.NDArray[np.float32]]:
    """Sum over pairs of 1/steps, and steps from each to each, infinite where there is no way."""
    count = len(matrix)
    steps = np.full((count, count), np.inf, dtype=np.float32)
    np.fill_diagonal(steps, 0)
    front, step, total = matrix, 1, 0.0
    while front.any():
        steps[front > 0] = step
        total += np.count_nonzero(front) / (2 * step)
        front = ((front @ matrix > 0) & np.isinf(steps)).astype(np.float32)
        step += 1
    return total, steps


def nearness_left(near: Sequence[Collection[int]], chosen: Iterable[int]) -> float:
    """Sum over pairs of 1/steps among those left of any network; 0 for a pair out of reach."""
    gone = _marks(len(near), chosen)
    kept = [one for one in range(len(near)) if not gone[one]]
    place = {one: number for number, one in enumerate(kept)}
    ends = [
        (place[one], place[other])
        for one in kept
        for other in near[one]
        if one < other and not gone[other]
    ]
    if not ends:
        return 0.0
    source, target = np.array(ends, dtype=np.int64).T
    whole = Bin(np.arange(len(kept)), source, target, np.ones(len(ends)))
    return float(distance_sums(whole, False)[0].sum() / 2)


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Minus the sum over all of 1/steps to the nearest of the set, for DR (Borgatti 2006).

    `rows` are the candidates' 1/steps to everybody, 1 to themselves. In a large part only
    those with most contacts are candidates; `most` then bounds what any other may reach.
    """

    part: Part
    candidates: tuple[int, ...]
    tied: bool = True
    rows: Numbers = field(init=False)
    row_of: dict[int, int] = field(init=False)
    others: Numbers = field(init=False)

    def __post_init__(self) -> None:
        """Work the rows out, as many as can be held."""
        near, count = self.part.near, len(self.part.near)
        most = max(_LEAST_ROWS, _MOST_DISTANCES // count)
        shown = sorted(self.candidates, key=lambda one: (-len(near[one]), one))
        told = sorted(shown[:most])
        object.__setattr__(self, "candidates", tuple(told))
        object.__setattr__(self, "rows", np.stack([_inverse_steps(near, one) for one in told])
                           if told else np.zeros((0, count)))  # fmt: skip
        object.__setattr__(self, "row_of", {one: row for row, one in enumerate(told)})
        # A party out of the rows reaches its contacts in one step and others in two or more.
        rest = [len(near[one]) for one in shown[most:]]
        bounds = [1 + degree + (count - 1 - degree) / 2 for degree in rest]
        object.__setattr__(self, "others", np.sort(np.array(bounds))[::-1])

    def _reached(self, chosen: Sequence[int]) -> Numbers:
        rows = [self.row_of[one] for one in chosen]
        reached = self.rows[rows].max(axis=0, initial=0.0)
        return np.asarray(reached, dtype=np.float64)

    def of(self, chosen: Sequence[int]) -> float:
        return -float(self._reached(chosen).sum())

    def with_each(self, chosen: Sequence[int], others: Sequence[int]) -> Numbers:
        rows = [self.row_of[one] for one in others]
        best = np.maximum(self.rows[rows], self._reached(chosen))
        return np.asarray(-best.sum(axis=1), dtype=np.float64)

    def at_least(self, chosen: Sequence[int], open_to: Sequence[int], left: int) -> float:
        """What each adds by itself, the `left` largest: together they add no more."""
        now = self.of(chosen)
        gains = now - self.with_each(chosen, open_to)
        gains = np.concatenate([gains, self.others[:left]])
        return max(now - float(np.sort(gains)[::-1][:left].sum()), -float(len(self.part.near)))

    def steps_of(self, others: int) -> int:
        return 50 + others * len(self.part.near) // 50

    def steps_of_bound(self, open_to: int) -> int:
        return self.steps_of(open_to)


def _inverse_steps(near: Sequence[Sequence[int]], start: int) -> Numbers:
    steps = [0] * len(near)
    steps[start] = 1
    waiting = [start]
    for one in waiting:
        for other in near[one]:
            if not steps[other]:
                steps[other] = steps[one] + 1
                waiting.append(other)
    found = 1 / np.maximum(np.array(steps, dtype=np.float64) - 1, 1)
    return np.asarray(found, dtype=np.float64)
