"""What the compiled functions want and give, as arrays of numpy.

A network is given as `start` (int64, one more than there are parties) and `to` (int32): the
contacts of party i are ``to[start[i]:start[i + 1]]``, ascending. Nothing here checks that the
numbers in them make sense: they come from `ringmap.graph`, never from a file. Call these only
when `compiled` says so; where it does not, ringmap was installed without a C compiler.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import as_array, call, library

#: From so many contacts looked at on, betweenness is shared out among processors, in parts.
_WORTH_SHARING, _PARTS = 100_000_000, 16

Starts = npt.NDArray[np.int64]
Ends = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


class Contacts(NamedTuple):
    """Contacts of each party, and for each contact the number of the pair that it comes from."""

    start: Starts
    to: Ends
    pair: Ends


class Holes(NamedTuple):
    """Burt's measures of each party; NaN for a party without ties."""

    constraint: Numbers
    effective_size: Numbers
    efficiency: Numbers
    hierarchy: Numbers


def compiled() -> bool:
    """True where the compiled library is there."""
    return library() is not None


def contacts_of_pairs(
    count: int, low: npt.NDArray[np.integer], high: npt.NDArray[np.integer]
) -> Contacts:
    """Contacts from pairs, sorted by their ends, the lower end first."""
    found = Contacts(
        np.empty(count + 1, dtype=np.int64),
        np.empty(2 * len(low), dtype=np.int32),
        np.empty(2 * len(low), dtype=np.int32),
    )
    low, high = as_array(low, "i64"), as_array(high, "i64")
    call("contacts_of_pairs", count, len(low), low, high, *found)
    return found


def parts(start: Starts, to: Ends, group: npt.NDArray[np.integer] | None = None) -> Integers:
    """The number of each party's connected part, by first party. Both directions are needed.

    With a group for each: of the part that is connected inside its group.
    """
    found = np.empty(len(start) - 1, dtype=np.int64)
    inside = None if group is None else as_array(group, "i32")
    call("parts", len(found), start, to, inside, found)
    return found


def cores(start: Starts, to: Ends) -> Integers:
    """The largest k of a core that holds each party (Batagelj, Zaversnik 2003)."""
    return _filled("cores", start, to)


def lost_without(start: Starts, to: Ends) -> Integers:
    """How many lose the largest part of their network with each party (Hopcroft, Tarjan 1973)."""
    return _filled("lost_without", start, to)


def _filled(name: str, start: Starts, to: Ends) -> Integers:
    found = np.empty(len(start) - 1, dtype=np.int64)
    call(name, len(found), start, to, found)
    return found


def structural_holes(start: Starts, to: Ends, strength: Numbers | None) -> Holes:
    """Burt's measures (1992); `strength` is that of both ways together per contact, None: alike."""
    count = len(start) - 1
    found = Holes(*(np.empty(count) for _ in Holes._fields))
    call("structural_holes", count, start, to, strength, *found)
    return found


def constraint(start: Starts, to: Ends, strength: Numbers | None) -> Numbers:
    """The first of `structural_holes`, without the others."""
    found = np.empty(len(start) - 1)
    call("structural_holes", len(found), start, to, strength, found, None, None, None)
    return found


def page_rank(start: Starts, to: Ends) -> Numbers:
    """PageRank without direction, damping .85, adding up to 1 (Brin, Page 1998)."""
    rank = np.empty(len(start) - 1)
    call("page_rank", len(rank), start, to, rank)
    rank /= rank.sum()
    return rank


def level(values: Numbers, same: float) -> Numbers:
    """Values with those made equal that differ by rounding only; NaN stay."""
    found = as_array(values.copy(), "f64")
    call("level", len(found), same, found)
    return found


def betweenness(
    start: Starts,
    to: Ends,
    *,
    inward: tuple[Starts, Ends] | None = None,
    length: Numbers | None = None,
    weight: Numbers | None = None,
    sources: Ends | None = None,
) -> Numbers:
    """Ordered pairs that each party stands between (Brandes 2001), from some sources or all.

    Parameters
    ----------
    inward
        The contacts from whom ties lead to each; the same as outward when None.
    length
        Length of each contact, above 0; a step is 1 when None. Ways whose lengths differ by
        less than 1e-10 of their sum are as long as each other.
    weight
        How many each party stands for; a pair counts as the product. 1 when None.
    """
    count = len(start) - 1
    asked = np.arange(count, dtype=np.int32) if sources is None else as_array(sources, "i32")

    back = inward or (start, to)

    def part(some: Ends) -> Numbers:
        found = np.zeros(count)
        if length is None:
            call("betweenness", count, start, to, *back, weight, len(some), some, found)
        else:
            call("betweenness_by_length", count, start, to, length, weight, len(some), some, found)
        return found

    return sum_in_parts(part, asked, len(to))


def sum_in_parts(part: Callable[[Ends], Numbers], sources: Ends, contacts: int) -> Numbers:
    """What `part` gives for some sources, added up over all, shared out where that is worth it.

    Always as many parts, added in order: the same sums on every machine.
    """
    if len(sources) * contacts < _WORTH_SHARING:
        return part(sources)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        shares = [*pool.map(part, np.array_split(sources, _PARTS))]
    return np.asarray(np.sum(shares, axis=0), dtype=np.float64)


def draw_ways(
    outward: tuple[Starts, Ends],
    inward: tuple[Starts, Ends],
    *,
    weight: Integers,
    most: int,
    seed: int,
) -> tuple[Integers, int]:
    """How often each party stood on a shortest way between two drawn by lot, and of how many.

    Each pair is drawn with a chance in proportion to the product of weights, each of its
    shortest ways with the same chance (after Riondato, Kornaropoulos 2016; searched from both
    ends as by Borassi, Natale 2019), until more than `most` contacts were looked at.
    """
    count = len(outward[0]) - 1
    times = np.zeros(count, dtype=np.int64)
    below = np.cumsum(weight, dtype=np.int64)
    draws = np.zeros(1, dtype=np.int64)
    call("draw_ways", count, *outward, *inward, below, most, seed, times, draws)
    return times, int(draws[0])
