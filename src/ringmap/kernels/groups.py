"""Groups of parties, and ties between groups; a network is given as in `networks`."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import as_array, call
from ringmap.kernels.networks import Contacts, Integers


class Between(NamedTuple):
    """Tied groups, `one` before `other`: ties between them, and how many one party has at most."""

    one: npt.NDArray[np.integer]
    other: npt.NDArray[np.integer]
    number: npt.NDArray[np.integer]
    most: npt.NDArray[np.integer]


def divide(
    contacts: Contacts,
    strength: Integers,
    members: Integers,
    *,
    resolutions: Sequence[int],
    seed: int,
    begin: npt.NDArray[np.integer] | None = None,
) -> npt.NDArray[np.int32]:
    """Groups by the constant Potts model, a row for each resolution; these must not rise.

    A group is worth the strength of ties inside, less the resolution for each two of its
    members.

    Parameters
    ----------
    strength
        Of each pair, at least 1.
    members
        What each party counts: 1, or the number of its ties for modularity.
    begin
        Groups to start from; everybody alone when None.
    """
    count = len(contacts.start) - 1
    found = np.empty((len(resolutions), count), dtype=np.int32)
    asked = as_array(resolutions, "i64")
    if begin is not None:
        found[0] = begin
    begun = int(begin is not None)
    call("divide", count, *contacts, strength, members, len(asked), asked, seed, begun, found)
    return found


def settle(
    contacts: Contacts, strength: Integers, group: npt.NDArray[np.int32], groups: int
) -> npt.NDArray[np.int32]:
    """Groups after each party has gone to another where its contacts stand much more in the middle.

    That is: where it is tied at least as strongly as to its own, and where these contacts have more
    than twice as many contacts inside, not counting the party, and one. All go at once.
    """
    settled = np.empty(len(group), dtype=np.int32)
    call("settle", len(group), *contacts, strength, group, groups, settled)
    return settled


def ties_between(contacts: Contacts, group: npt.NDArray[np.int32], groups: int) -> Between:
    """The groups with a tie between them, in no promised order."""
    room, count = len(contacts.to) // 2, len(contacts.start) - 1
    found = [np.empty(room, dtype=np.int32) for _ in Between._fields]
    number = call("ties_between", count, contacts.start, contacts.to, group, groups, *found)
    return Between(*(column[:number] for column in found))


def exchange_ends(
    count: int, low: Integers, high: Integers, *, tries: int, seed: int
) -> tuple[Integers, Integers]:
    """Ends of the ties after so many tries to exchange those of two (Maslov, Sneppen 2002)."""
    low, high = low.astype(np.int64), high.astype(np.int64)
    call("exchange_ends", count, len(low), tries, seed, low, high)
    return low, high
