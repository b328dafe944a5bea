"""Groups that are put together two at a time."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ringmap.kernels.groups import ties_between
from ringmap.kernels.library import call
from ringmap.kernels.networks import Contacts, Integers

#: Integers for each group, pair of groups and pair on the list: `Joined`, `Between` and `Listed`
#: in joining.c.
_OF_GROUP, _OF_PAIR, _OF_LISTED = 9, 7, 3


def join(
    contacts: Contacts,
    group: npt.NDArray[np.int32],
    groups: int,
    *,
    factorial: Integers,
    shorter: Callable[[int, int, int], Integers],
    needed: int,
    hub: int,
) -> tuple[Integers, npt.NDArray[np.int32]]:
    """Join those groups that gain most from each other, again and again.

    Gives a name for each group, and which of them each party is in now: the name is the lowest of
    the numbers that were put together; groups without a party have none that counts. Gains are in
    steps, of which 2^20 are a nat.

    Parameters
    ----------
    group
        Of each party, numbered from 0 without a gap.
    factorial
        ln n! from 0 to the number of parties and twice that of ties, in steps.
    shorter
        Called with the ties between groups, the number of groups, and the most ties that two
        groups may have between them, in halves: what two groups that become one gain for their
        ties, from no half on.
    needed
        A gain has to be more than so many steps. Of equal ones that of the lowest numbers is first.
    hub
        Whoever has more contacts has them counted by group, instead of anew for each two groups.
    """
    start, to, _ = contacts
    own = group.astype(np.int32)
    pairs = _pairs(contacts, own, groups)
    of = np.empty((groups, _OF_GROUP), dtype=np.int64)
    degree = np.diff(start)
    kept = np.zeros(7, dtype=np.int64)
    table = (
        start, to, factorial, hub, groups, len(pairs), own, np.empty(len(own), dtype=np.int32),
        of, pairs, np.empty((len(pairs), _OF_LISTED), dtype=np.int64), *_slots(len(pairs)),
        *_slots(int(degree[degree > hub].sum())), kept,
    )  # fmt: skip
    call("start_joining", *table, len(own))
    known, joined = np.zeros(0, dtype=np.int64), 1
    while joined:
        outside, number, most = kept[:3].tolist()
        now = shorter(outside, number, min(most, 2 * outside))
        joined = call("join_round", *table, now, len(now), known, len(known), needed)
        known = now if kept[6] else known
    return np.ascontiguousarray(of[:, 0]), own


def _pairs(contacts: Contacts, group: npt.NDArray[np.int32], groups: int) -> npt.NDArray[np.int32]:
    between = ties_between(contacts, group, groups)
    pairs = np.zeros((len(between.one), _OF_PAIR), dtype=np.int32)
    for number, column in enumerate(between):
        pairs[:, number] = column
    return pairs


def _slots(most: int) -> tuple[int, Integers]:
    """Slots for at least twice so many numbers: how many, keys and numbers."""
    slots = 1 << (2 * most + 1).bit_length()
    return slots, np.full((slots, 2), -1, dtype=np.int64)
