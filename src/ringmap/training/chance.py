"""Chance that falls the same everywhere: the same key gives the same draws on any machine.

Only ``random.Random(int).random()`` is drawn from, which Python promises not to change, and only
sums, products and comparisons follow. No logarithm, power or root: their last bit differs
between machines, and one bit is enough to change a case.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, MutableSequence, Sequence
from hashlib import blake2b
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Weighted(Generic[Thing]):
    """Things to pick from, each as often as its weight says."""

    __slots__ = ("bounds", "last", "things", "total")

    def __init__(self, weights: Mapping[Thing, float]) -> None:
        self.things: tuple[Thing, ...] = tuple(thing for thing in weights if weights[thing] > 0)
        self.bounds: tuple[float, ...] = tuple(accumulate(weights[one] for one in self.things))
        self.total: float = self.bounds[-1] if self.bounds else 0.0
        self.last: int = len(self.things) - 1

    def weights(self) -> Iterator[tuple[Thing, float]]:
        """Each thing with its weight."""
        before = 0.0
        for thing, bound in zip(self.things, self.bounds, strict=True):
            yield thing, bound - before
            before = bound


class Chance:
    """Draws that depend on a key alone, such as a seed and the number of a ring."""

    __slots__ = ("random",)

    def __init__(self, *key: int | str) -> None:
        text = "\x1f".join(map(str, key)).encode()
        #: A number from 0 up to, but not, 1.
        self.random = Random(int.from_bytes(blake2b(text, digest_size=16).digest())).random  # noqa: S311

    def happens(self, share: float) -> bool:
        """True in a share (0 to 1) of all calls."""
        return self.random() < share

    def below(self, count: int) -> int:
        """One of 0 to count - 1."""
        return int(self.random() * count)

    def between(self, low: int, high: int) -> int:
        """One of low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of them, each as likely."""
        return things[int(self.random() * len(things))]

    def weigh(self, table: Weighted[Thing]) -> Thing:
        """One of them, as often as its weight says."""
        return table.things[bisect_right(table.bounds, self.random() * table.total, 0, table.last)]

    def shuffle(self, things: MutableSequence[Thing]) -> None:
        """Put them in an order of chance (Fisher, Yates 1938)."""
        random = self.random
        for last in range(len(things) - 1, 0, -1):
            other = int(random() * (last + 1))
            things[last], things[other] = things[other], things[last]

    def sample(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """So many of them, none twice, in an order of chance; all where there are fewer."""
        left = list(things)
        self.shuffle(left)
        return left[:count]
