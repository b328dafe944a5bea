"""Lines of parties, of which each is tied to the one before and the one after and nobody else."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ringmap.analysis.pairs import Integers
from ringmap.analysis.partitions import Groups, Network, connected_parts
from ringmap.graph import Neighbours


def make_lines_whole(network: Network, divisions: Sequence[Groups]) -> list[Groups]:
    """The same groups of each division, those put together that are pieces of one line.

    Groups of the Potts model are no longer than their resolution allows, and where it cuts a
    longer line is chance: no tie of it is weaker than the others. So two groups are one where a
    tie between them joins two parties of two contacts each, whose other contacts have no more than
    two either. A line ends where somebody has a third contact; and where somebody in a group has
    a third inside it the group is no piece of a line: couriers in a row do not join two stars.
    """
    ties = np.flatnonzero(_go_on(network))
    return [_whole(network, ties, one) for one in divisions]


def _go_on(network: Network) -> npt.NDArray[np.bool_]:
    """True for each tied pair in the middle of a line."""
    low, high = network.low, network.high
    contacts = _contacts(network.count, low, high)
    two = (contacts[low] == 2) & (contacts[high] == 2)
    theirs = np.bincount(low, weights=contacts[high], minlength=network.count)
    theirs += np.bincount(high, weights=contacts[low], minlength=network.count)
    found: npt.NDArray[np.bool_] = (
        two & (theirs[low] - contacts[high] <= 2) & (theirs[high] - contacts[low] <= 2)
    )
    return found


def _whole(network: Network, ties: Integers, division: Groups) -> Groups:
    of = division.astype(np.int64)
    groups = int(of.max(initial=-1)) + 1
    one, other = of[network.low[ties]], of[network.high[ties]]
    cut = np.flatnonzero(one != other)
    is_piece = _pieces(network, of, groups, np.concatenate([one[cut], other[cut]]))
    cut = cut[is_piece[one[cut]] & is_piece[other[cut]]]
    between = Network(groups, one[cut], other[cut], np.ones(len(cut)))
    return connected_parts(between, np.zeros(groups, dtype=np.int64))[of]


def _pieces(network: Network, of: Integers, groups: int, asked: Integers) -> npt.NDArray[np.bool_]:
    """Which of the groups that are asked for nobody in has more than two contacts inside."""
    found = np.zeros(groups, dtype=bool)
    found[asked] = True
    who = np.flatnonzero(found[of])
    near = Neighbours(network.contacts.start, network.contacts.to)
    party = np.repeat(who, near.sizes[who])
    inside = np.bincount(party[of[party] == of[near.of(who)]], minlength=network.count)
    found[of[inside > 2]] = False
    return found


def _contacts(count: int, low: Integers, high: Integers) -> Integers:
    """How many contacts each party has by some tied pairs."""
    return np.bincount(low, minlength=count) + np.bincount(high, minlength=count)
