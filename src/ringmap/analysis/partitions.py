"""Ways to divide a network into groups, run many times, and what the runs agree on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ringmap import kernels
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.analysis.potts import divide_plainly, exchange_plainly

#: Resolutions of the constant Potts model, with strengths scaled to a mean of 1: a group
#: holds together when its inside is denser than this, and denser than the whole network.
#: Falling: groups of one are what the next starts from. Measured in docs/decisions/0004-rings.md.
POTTS = (0.05, 0.02)
#: Resolutions at which the excess of ties inside groups is compared with chance: further apart,
#: since rings may be larger than close groups are.
TESTED = (0.1, 0.05, 0.02, 0.01, 0.005)
#: A pair that no more of the runs than this put together is no tie of the consensus.
LEAST_AGREEMENT = 0.6
#: Tries to exchange ends for each tie of a random network, as many as igraph takes.
_TRIES = 10
#: Random networks have no more ties than about so many.
_MOST_RANDOM_TIES = 50_000
#: Strength is counted in thousandths: whole numbers are the same on every machine.
_UNIT = 1000


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
        if kernels.compiled():
            return kernels.contacts_of_pairs(self.count, self.low, self.high)
        pair = np.tile(np.arange(len(self.low), dtype=np.int32), 2)
        party = np.concatenate([self.low, self.high])
        other = np.concatenate([self.high, self.low])
        order = np.lexsort((other, party))
        start = np.searchsorted(party[order], np.arange(self.count + 1)).astype(np.int64)
        return kernels.Contacts(start, other[order].astype(np.int32), pair[order])


def seed_of(seed: int, run: int) -> int:
    """A seed for each run, other ones for each seed that was asked for; 64 bits, not below 0."""
    return (seed * 1_000_003 + run) % (1 << 64)


def divide(network: Network, seed: int) -> list[Integers]:
    """A division for each of the resolutions of `POTTS`; another seed may give another one."""
    density = 2 * len(network.low) / max(network.count * (network.count - 1), 1)
    return _divided(network, [max(one, density) for one in POTTS], seed)


def _divided(network: Network, resolutions: Sequence[float], seed: int) -> list[Integers]:
    strength = np.maximum(np.rint(network.weight * _UNIT), 1).astype(np.int64)
    asked = [round(one * _UNIT) for one in resolutions]
    if kernels.compiled():
        found = kernels.divide(network.contacts, strength, asked, seed)
        return list(found.astype(np.int64))
    plain = divide_plainly(network.contacts, strength.tolist(), asked, seed)
    return [np.array(one, dtype=np.int64) for one in plain]


def agree(network: Network, runs: list[Integers]) -> Integers:
    """The division that runs agree on, of pairs weighted by how many runs put them together.

    After Lancichinetti and Fortunato (2012), with tied pairs only, so that it costs as many
    steps as there are ties. A group is always connected by pairs of its own.
    """
    together = np.zeros(len(network.low))
    for run in runs:
        together += run[network.low] == run[network.high]
    share = together / len(runs)
    kept = share > LEAST_AGREEMENT
    agreed = Network(network.count, network.low[kept], network.high[kept], share[kept])
    (found,) = _divided(agreed, [min(POTTS)], len(runs))
    return connected_parts(network, found)


def connected_parts(network: Network, division: Integers) -> Integers:
    """The same groups, those apart that are not connected inside."""
    inside = division[network.low] == division[network.high]
    low, high = network.low[inside], network.high[inside]
    if kernels.compiled():
        contacts = kernels.contacts_of_pairs(network.count, low, high)
        return kernels.parts(contacts.start, contacts.to)
    ones = np.ones(len(low), dtype=np.int8)
    matrix = coo_array((ones, (low, high)), shape=(network.count, network.count))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


def highest_excess(network: Network, tries: int, seed: int) -> float:
    """The highest `excess` of groups at any of the resolutions of `TESTED`, of so many runs."""
    runs = (_divided(network, TESTED, seed_of(seed, one)) for one in range(tries))
    return max(excess(network, division) for run in runs for division in run)


def excess(network: Network, division: Integers) -> float:
    """Share of ties inside groups above what degrees alone would put there (−.5 to 1)."""
    inside = division[network.low] == division[network.high]
    groups = int(division.max(initial=-1)) + 1
    ends = np.bincount(division[network.low], minlength=groups)
    ends += np.bincount(division[network.high], minlength=groups)
    return float(inside.mean() - ((ends / (2 * len(network.low))) ** 2).sum())


def share_of_runs(party: Integers, ring: Integers, of: Integers, runs: list[Integers]) -> Numbers:
    """For rows of party and ring: in which share of runs the party is where its ring is.

    Where a ring is in a run: the group that most of its members (`of` numbers each party's
    own ring, −1 none) are in, the one of the lowest number between equals.
    """
    members = np.flatnonzero(of >= 0)
    counted = np.zeros(len(party))
    rings = int(of.max(initial=-1)) + 1
    for run in runs:
        span = int(run.max()) + 1
        keys, sizes = np.unique(of[members] * span + run[members], return_counts=True)
        order = np.lexsort((keys, -sizes, keys // span))
        first = np.unique((keys // span)[order], return_index=True)[1]
        place = np.full(rings, -1, dtype=np.int64)
        place[(keys // span)[order][first]] = (keys % span)[order][first]
        counted += run[party] == place[ring]
    return counted / max(len(runs), 1)


def random_networks(network: Network, draws: int, seed: int) -> Iterator[Network]:
    """Random networks in which everybody has as many ties as before, all of strength 1.

    Of a network of many ties only some parties are drawn, as many of few ties as of many in
    proportion, so that a random network is no larger than it need be. What it gives varies more
    than a large one would, so less is beyond chance.
    """
    count, low, high = network.count, network.low, network.high
    every = -(-len(low) // _MOST_RANDOM_TIES)
    if every > 1:
        count, low, high = _thinned(network, every, seed_of(seed, draws))
    exchange = kernels.exchange_ends if kernels.compiled() else exchange_plainly
    for number in range(draws):
        low, high = exchange(count, low, high, tries=_TRIES * len(low), seed=seed_of(seed, number))
        keys = np.sort(np.minimum(low, high) * count + np.maximum(low, high))
        yield Network(count, keys // count, keys % count, np.ones(len(keys)))


def _thinned(network: Network, every: int, seed: int) -> tuple[int, Integers, Integers]:
    """Each so-and-so-many-th party, in the order of their ties, tied at random."""
    degree = np.sort(np.bincount(np.concatenate([network.low, network.high])))[every // 2 :: every]
    ends = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(degree)), degree))
    half = len(ends) // 2
    one, other = ends[:half], ends[half : 2 * half]
    proper = one != other
    one, other = one[proper], other[proper]
    keys = np.unique(np.minimum(one, other) * len(degree) + np.maximum(one, other))
    return len(degree), keys // len(degree), keys % len(degree)
