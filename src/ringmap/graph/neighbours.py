"""Who is tied to whom as two arrays of integers, to walk along quickly."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap import kernels

Positions = npt.NDArray[np.int32]
Integers = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Contacts of each party, ascending: those of party i are ``to[start[i]:start[i + 1]]``.

    Four bytes for each direction of a tied pair, and eight for each party.

    Attributes
    ----------
    start
        Where the contacts of each party begin; one more than there are parties.
    to
        Positions of the contacts.
    """

    start: npt.NDArray[np.int64]
    to: Positions

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Number of contacts of each party."""
        return np.diff(self.start)

    def of(self, parties: npt.NDArray[np.integer]) -> Positions:
        """Contacts of all these parties, party by party; somebody may come several times."""
        begin, end = self.start[parties], self.start[parties + 1]
        if len(parties) == 1:
            return self.to[begin[0] : end[0]]
        sizes = end - begin
        place = np.repeat(begin - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        return self.to[place]


def neighbours_of(low: Integers, high: Integers, count: int) -> Neighbours:
    """Pairs, sorted by their ends, the lower first, as `Neighbours` of `count` parties."""
    if kernels.compiled():
        return Neighbours(*kernels.contacts_of_pairs(count, low, high)[:2])
    return arcs_from(np.concatenate([low, high]), np.concatenate([high, low]), count)


def arcs_from(source: Integers, target: Integers, count: int) -> Neighbours:
    """Arcs from source to target as `Neighbours` of `count` parties."""
    order = np.lexsort((target, source))
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=count), out=start[1:])
    return Neighbours(start, np.ascontiguousarray(target[order], dtype=np.int32))
