"""Groups that are put together two at a time, and what each two of them have between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ringmap.kernels.groups import ties_between
from ringmap.kernels.library import call
from ringmap.kernels.networks import Contacts, Integers

#: Integers for each group: `Joined` in joining.c.
_OF_GROUP = 8


@dataclass(frozen=True, eq=False)
class Joining:
    """Groups as they are being joined; `join_round` changes it."""

    group: npt.NDArray[np.int32]
    groups: Integers
    arguments: tuple[Any, ...]
    kept: Integers

    @property
    def outside(self) -> int:
        """Ties between groups."""
        return int(self.kept[0])

    @property
    def number(self) -> int:
        """How many groups there are now."""
        return int(self.kept[1])

    @property
    def most_halves(self) -> int:
        """No two groups have more ties between them than this, counted in halves."""
        return min(int(self.kept[2]), 2 * self.outside)

    @property
    def division(self) -> Integers:
        """The group of each party, by the lowest of the numbers that were put together."""
        return self.groups[:, 0][self.group]


def start_joining(
    contacts: Contacts,
    group: npt.NDArray[np.int32],
    groups: int,
    factorial: Integers,
    *,
    hub: int,
) -> Joining:
    """Make ready to join the groups of a network, numbered from 0 without a gap.

    Parameters
    ----------
    factorial
        ln n! from 0 to the number of parties and twice that of ties, in whole steps.
    hub
        Whoever has more contacts has them counted by group, instead of anew for each two groups.
    """
    start, to, _ = contacts
    between = ties_between(contacts, group, groups)
    chains = np.full((2, len(between.one)), -1)
    pairs = np.ascontiguousarray(np.vstack([*between, chains]).T, dtype=np.int32)
    of = np.empty((groups, _OF_GROUP), dtype=np.int64)
    degree = np.diff(start)
    slots = 1 << (2 * int(degree[degree > hub].sum()) + 1).bit_length()
    kept = np.zeros(4, dtype=np.int64)
    own = group.astype(np.int32)
    arguments = (
        start, to, factorial, hub, groups, len(pairs), own, np.empty(len(own), dtype=np.int32),
        of, pairs, np.empty(len(pairs), dtype=np.int64), np.empty(len(pairs), dtype=np.int32),
        slots, np.full(slots, -1, dtype=np.int64), np.zeros(slots, dtype=np.int32), kept,
    )  # fmt: skip
    call("start_joining", len(own), *arguments)
    return Joining(own, of, arguments, kept)


def join_round(joining: Joining, shorter: Integers, needed: int) -> int:
    """Join pairs that gain most from each other; how many these were.

    Parameters
    ----------
    shorter
        For each number of ties between two groups, in halves, by how many steps the
        description of where ties lie gets shorter when they are one.
    needed
        A gain has to be more than so many steps. Equal ones go to the lowest numbers.
    """
    return call("join_round", *joining.arguments, shorter, needed)
