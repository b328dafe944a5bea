"""Ways to divide a network into groups, run many times, and what the runs agree on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ringmap import kernels
from ringmap.analysis.pairs import Integers, Numbers, contacts_of
from ringmap.analysis.potts import divide_plainly

#: Resolutions of the constant Potts model, with strengths scaled to a mean of 1: a group
#: holds together when its inside is denser than this, and denser than the whole network.
#: Falling: groups of one are what the next starts from. Measured in docs/decisions/0004-rings.md.
POTTS = (0.05, 0.02)
#: A pair that no more of the runs than this put together is no tie of the consensus.
LEAST_AGREEMENT = 0.6
#: Once all runs say the same of so many of the tied pairs, further runs change next to nothing,
#: and those that more of the runs than this put together are the ties of the consensus.
UNANIMOUS, LEAST_OF_UNANIMOUS = 0.92, 0.7
#: Strength is counted in thousandths: whole numbers are the same on every machine.
_UNIT = 1000


#: The number of each party's group.
Groups = npt.NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Network:
    """Tied pairs without direction, sorted by their ends, `weight` scaled to a mean of 1."""

    count: int
    low: Integers
    high: Integers
    weight: Numbers

    @cached_property
    def contacts(self) -> kernels.Contacts:
        """Contacts of each party, and the pair that each comes from."""
        return contacts_of(self.count, self.low, self.high)

    @cached_property
    def whole_strengths(self) -> Integers:
        """Strength of each tied pair in thousandths of the mean, at least one."""
        return np.maximum(np.rint(self.weight * _UNIT), 1).astype(np.int64)


def seed_of(seed: int, run: int) -> int:
    """A seed for each run, other ones for each seed that was asked for; 64 bits, not below 0."""
    return (seed * 1_000_003 + run) % (1 << 64)


def divide(network: Network, seed: int) -> list[Groups]:
    """A division for each of the resolutions of `POTTS`; another seed may give another one."""
    density = 2 * len(network.low) / max(network.count * (network.count - 1), 1)
    return _divided(network, [max(one, density) for one in POTTS], seed)


def _divided(
    network: Network, resolutions: Sequence[float], seed: int, begin: Groups | None = None
) -> list[Groups]:
    members = np.ones(network.count, dtype=np.int64)
    return groups_of(
        network.contacts, network.whole_strengths, members,
        resolutions=[round(one * _UNIT) for one in resolutions], seed=seed, begin=begin,
    )  # fmt: skip


def groups_of(
    contacts: kernels.Contacts,
    strength: Integers,
    members: Integers,
    *,
    resolutions: Sequence[int],
    seed: int,
    begin: Groups | None = None,
) -> list[Groups]:
    """As `ringmap.kernels.divide`, by the plain way where that is not compiled."""
    if kernels.compiled():
        return list(
            kernels.divide(
                contacts, strength, members, resolutions=resolutions, seed=seed, begin=begin
            )
        )
    plain = divide_plainly(
        contacts, strength.tolist(), members.tolist(), resolutions=resolutions, seed=seed,
        begin=None if begin is None else begin.tolist(),
    )  # fmt: skip
    return [np.array(one, dtype=np.int32) for one in plain]


def run_until_agreed(network: Network, *, fewest: int, most: int, seed: int) -> list[Groups]:
    """Divisions of so many seeds: the fewest where these agree, otherwise the most."""
    runs = [run for one in range(fewest) for run in divide(network, seed_of(seed, one))]
    if fewest < most and not _are_unanimous(_together(network, runs), len(runs)):
        runs += [run for one in range(fewest, most) for run in divide(network, seed_of(seed, one))]
    return runs


def _together(network: Network, runs: Sequence[Groups]) -> npt.NDArray[np.int16]:
    """For each tied pair how many runs put both into one group."""
    together = np.zeros(len(network.low), dtype=np.int16)
    for run in runs:
        together += run[network.low] == run[network.high]
    return together


def _are_unanimous(together: npt.NDArray[np.int16], runs: int) -> bool:
    return bool(np.mean((together == 0) | (together == runs)) >= UNANIMOUS)


def agree(network: Network, runs: Sequence[Groups]) -> Integers:
    """The division that runs agree on, of pairs weighted by how many runs put them together.

    After Lancichinetti and Fortunato (2012), with tied pairs only, so that it costs as many
    steps as there are ties. A group is always connected by pairs of its own.
    """
    together = _together(network, runs)
    share = together / len(runs)
    unanimous = _are_unanimous(together, len(runs))
    kept = np.flatnonzero(share > (LEAST_OF_UNANIMOUS if unanimous else LEAST_AGREEMENT))
    low, high = network.low.take(kept), network.high.take(kept)
    agreed = Network(network.count, low, high, share.take(kept))
    begin = _connected(network, together == len(runs))
    (found,) = _divided(agreed, [min(POTTS)], len(runs), begin)
    return connected_parts(network, found)


def connected_parts(network: Network, division: Groups) -> Integers:
    """The same groups, those apart that are not connected inside."""
    if kernels.compiled():
        return kernels.parts(network.contacts.start, network.contacts.to, division)
    return _connected(network, division[network.low] == division[network.high])


def _connected(network: Network, kept: npt.NDArray[np.bool_]) -> Integers:
    """Parts connected by the pairs that are kept, numbered by first party."""
    rows = np.flatnonzero(kept)
    low, high = network.low.take(rows), network.high.take(rows)
    if kernels.compiled():
        contacts = kernels.contacts_of_pairs(network.count, low, high)
        return kernels.parts(contacts.start, contacts.to)
    ones = np.ones(len(low), dtype=np.int8)
    matrix = coo_array((ones, (low, high)), shape=(network.count, network.count))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


def share_of_runs(party: Integers, ring: Integers, of: Integers, runs: Sequence[Groups]) -> Numbers:
    """For rows of party and ring: in which share of runs the party is where its ring is.

    Where a ring is in a run: the group that most of its members (`of` numbers each party's
    own ring, −1 none) are in, the one of the lowest number between equals.
    """
    members = np.flatnonzero(of >= 0)
    counted = np.zeros(len(party))
    for run in runs:
        counted += run[party] == _places(of[members], run[members])[ring]
    return counted / max(len(runs), 1)


def _places(ring: Integers, group: Groups) -> Integers:
    """For each ring the group that most of its members are in, the lowest number of equals."""
    rings = int(ring.max(initial=-1)) + 1
    place = np.full(rings, -1, dtype=np.int64)
    place[ring[::-1]] = group[::-1]
    is_split = np.zeros(rings, dtype=bool)
    is_split[ring[group != place[ring]]] = True
    rows = np.flatnonzero(is_split[ring])
    if len(rows):
        split, most = _most_frequent(ring[rows], group[rows])
        place[split] = most
    return place


def _most_frequent(ring: Integers, group: Groups) -> tuple[Integers, Integers]:
    """The rings, and the most frequent group of each, the lowest number of equals."""
    span = int(group.max()) + 1
    keys, sizes = np.unique(ring * span + group, return_counts=True)
    rings, groups = keys // span, keys % span
    first = np.flatnonzero(np.diff(rings, prepend=-1))
    most = np.repeat(np.maximum.reduceat(sizes, first), np.diff(first, append=len(keys)))
    kept = np.flatnonzero(sizes == most)
    kept = kept[np.diff(rings[kept], prepend=-1) > 0]
    return rings[kept], groups[kept]
