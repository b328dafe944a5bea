"""Who ties groups together, averaged over many ways to divide a network into groups."""

from dataclasses import dataclass

import numpy as np

from ringmap.analysis.pairs import Integers, Numbers, Pairs, bins_between
from ringmap.analysis.partitions import Network, connected_parts, divide, seed_of
from ringmap.analysis.positions import distance_sums

#: Ties, and as many seeds for networks of up to so many; each seed gives two divisions.
_SEEDS = ((2_000, 50), (20_000, 10), (200_000, 3))
_FEWEST_SEEDS = 1


@dataclass(frozen=True, slots=True)
class CommunityBrokers:
    """Mean score of each party, and the share of divisions in which it has one at all."""

    score: Numbers
    share: Numbers
    divisions: int


def average_scores(pairs: Pairs, *, seed: int) -> CommunityBrokers:
    """The community broker score of each party, averaged over seeded divisions.

    Each division counts as often as it was found (Paquet-Clouston and Bouchard 2023). They
    are those of the constant Potts model at the two resolutions of `find_rings`, where the
    paper maximises modularity, which welds small rings. Direction and strength are ignored.
    """
    network = Network(pairs.count, pairs.low, pairs.high, np.ones(len(pairs.low)))
    if len(pairs.low) == 0:
        return CommunityBrokers(np.zeros(pairs.count), np.zeros(pairs.count), 0)
    divisions = [
        connected_parts(network, division)
        for run in range(_seeds_for(pairs))
        for division in divide(network, seed_of(seed, run))
    ]
    scores = [local_scores(pairs, division) for division in divisions]
    share = np.mean([score > 0 for score in scores], axis=0)
    return CommunityBrokers(np.mean(scores, axis=0), share, len(divisions))


def _seeds_for(pairs: Pairs) -> int:
    ties = len(pairs.low)
    return next((number for most, number in _SEEDS if ties <= most), _FEWEST_SEEDS)


def local_scores(pairs: Pairs, division: Integers) -> Numbers:
    """The score in one division into groups that are connected inside.

    Whoever has a tie into another group has the worth of its own group, and of each group it
    has a tie into, this divided by the root of how many of its own group do so too. The
    worth of a group is its number of members over the mean distance between them (along ties
    inside). A party alone is no group: it has 0, and a tie to it leads into no group. 0 for
    who has no tie out of the group.
    """
    groups = int(division.max(initial=-1)) + 1
    several = (np.bincount(division, minlength=groups) > 1)[division]
    worth = _worth(pairs, division, groups)
    tail = np.concatenate([pairs.low, pairs.high])
    head = np.concatenate([pairs.high, pairs.low])
    out = (division[tail] != division[head]) & several[tail] & several[head]
    met = np.unique(tail[out] * max(groups, 1) + division[head[out]])
    party, other = met // max(groups, 1), met % max(groups, 1)
    bridge = division[party] * groups + other
    _, place, brokers = np.unique(bridge, return_inverse=True, return_counts=True)
    reached = np.bincount(
        party, weights=worth[other] / np.sqrt(brokers[place]), minlength=pairs.count
    )
    return np.where(reached > 0, worth[division] + reached, 0.0)


def _worth(pairs: Pairs, division: Integers, groups: int) -> Numbers:
    size = np.bincount(division, minlength=groups).astype(np.float64)
    total = np.zeros(groups)
    inside = division[pairs.low] == division[pairs.high]
    low, high = pairs.low[inside], pairs.high[inside]
    for part in bins_between(division, low, high, np.ones(len(low))):
        _, distance, _ = distance_sums(part, directed=False)
        total += np.bincount(division[part.parties], weights=distance, minlength=groups)
    mean = total / np.maximum(size * (size - 1), 1)
    return size / np.where(mean > 0, mean, 1.0)
