"""Parties tied as strongly to another group as to their own, put where they belong."""

import numpy as np
import numpy.typing as npt

from ringmap import kernels
from ringmap.analysis.partitions import Groups, Network

Codes = npt.NDArray[np.int32]
#: Once some have gone, contacts of others stand elsewhere; a third time hardly anybody goes.
ROUNDS = 2


def settle(network: Network, division: Groups) -> Groups:
    """The same groups, after parties have gone where their contacts stand much more in the middle.

    Whoever has one tie to a case node and one to a stranger in another ring is tied to both
    rings alike, and which one a search gives is chance. The case node has all the others of its
    ring around it, the stranger hardly anybody of theirs: so a party goes to a group that it
    is tied to at least as strongly as to its own, and where those contacts have more than twice
    as many contacts inside the group as its contacts in its own have there (itself not
    counted), and one. All go at once, twice at most. A group may fall apart by it.
    """
    found = division.astype(np.int32)
    for _ in range(ROUNDS):
        found = _settled(network, found)
    return found


def _settled(network: Network, division: Codes) -> Codes:
    groups = int(division.max(initial=-1)) + 1
    if kernels.compiled():
        return kernels.settle(network.contacts, network.whole_strengths, division, groups)
    return _settled_plainly(network, division, groups)


def _settled_plainly(network: Network, division: Codes, groups: int) -> Codes:
    party = np.concatenate([network.low, network.high])
    contact = np.concatenate([network.high, network.low])
    there = division[contact]
    at_home = division[party] == there
    inside = np.bincount(party[at_home], minlength=network.count)
    keys, place = np.unique(party * groups + there, return_inverse=True)
    tied, near = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    np.add.at(tied, place, np.tile(network.whole_strengths, 2))
    np.add.at(near, place, inside[contact] - at_home)
    who, where = keys // groups, keys % groups
    own = division[who] == where
    tied_home, near_home = np.zeros((2, network.count), dtype=np.int64)
    tied_home[who[own]], near_home[who[own]] = tied[own], near[own]
    goes = ~own & (tied >= tied_home[who]) & (near > 2 * near_home[who] + 1)
    best = np.lexsort((where, -near, -tied, who))
    best = best[goes[best]]
    best = best[np.diff(who[best], prepend=-1) > 0]
    settled = division.copy()
    settled[who[best]] = where[best].astype(np.int32)
    return settled
