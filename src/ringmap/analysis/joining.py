"""Groups put together where the ties speak for one ring rather than two."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from ringmap import kernels
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.analysis.partitions import Groups, Network

#: Two groups become one when that shortens the description of all ties by more than `LEAST_GAIN`
#: nats (very strong evidence: Kass, Raftery 1995) and by more than `CAUTION` times the logarithm
#: of the number of groups; beyond `MANY` groups `CAUTION_BEYOND` times that of how many times as
#: many there are, little more than any number of guesses asks for (Bonferroni). Measured in
#: docs/decisions/0004-rings.md.
LEAST_GAIN = 5.0
CAUTION, CAUTION_BEYOND = 1.6, 1.06
MANY = 1_000
#: Of the ties between two groups those of the party with most of them count so much where they
#: are more than those of all the others and one: a broker of two rings does not make them one.
OF_ONE_PARTY = 0.5
_LEAST_MEMBERS = 3
#: Nats are counted in whole steps of so many to one, so that they are the same on every machine.
_STEPS = 1 << 20
#: Whoever has more contacts has them counted by group, instead of anew for each two groups.
HUB = 64


def join_groups(network: Network, divisions: Sequence[Groups]) -> list[Integers]:
    """The same groups of each division, those joined that are better described as one.

    The description is that of the degree-corrected planted partition: how many nats it takes
    to write down who is in which group, how many ties everybody has, how many lie inside
    groups, and which (Zhang, Peixoto 2020). One group less makes the first parts shorter, a
    pair of groups without many ties between them the last. A gain is believed only beyond
    `LEAST_GAIN`, and beyond `CAUTION` times ln(number of groups), less beyond `MANY` groups,
    since among many neighbours some are tied by chance. Ties between two groups count
    `OF_ONE_PARTY` where one party has more of them than all others together and one. Groups
    without a tie between them are never joined. Strengths do not count.

    References
    ----------
    Zhang, L., Peixoto, T. P. (2020). Statistical inference of assortative community
    structures. Physical Review Research 2, 043271.
    Kass, R. E., Raftery, A. E. (1995). Bayes factors. JASA 90, 773-795.
    """
    factorial = _log_factorials(network.count + 2 * len(network.low))
    return [_joined(network, division, factorial) for division in divisions]


def _joined(network: Network, groups: Groups, factorial: Integers) -> Integers:
    division = _numbered(groups)[groups]
    proper = int((np.bincount(division) >= _LEAST_MEMBERS).sum())
    needed = int(_steps(max(LEAST_GAIN, _caution(proper))))
    if kernels.compiled():
        return _joined_quickly(network, division, factorial, needed)
    return _joined_plainly(network, division, factorial, needed)


def _caution(groups: int) -> float:
    few = min(max(groups, 1), MANY)
    return float(CAUTION * np.log(few) + CAUTION_BEYOND * np.log(max(groups, few) / few))


def _joined_quickly(
    network: Network, division: Integers, factorial: Integers, needed: int
) -> Integers:
    def shorter(outside: int, groups: int, most_halves: int) -> Integers:
        return _shorter(len(network.low), outside, groups, network.count, most_halves)

    name, own = kernels.join(
        network.contacts, division.astype(np.int32), int(division.max(initial=-1)) + 1,
        factorial=factorial, shorter=shorter, needed=needed, hub=HUB,
    )  # fmt: skip
    left = np.zeros(len(name), dtype=bool)
    left[own] = True
    number = _numbered(name[left])[np.where(left, name, 0)]
    return np.asarray(number[own], dtype=np.int64)


def _joined_plainly(
    network: Network, division: Integers, factorial: Integers, needed: int
) -> Integers:
    across = _across(network, division)
    degree = np.bincount(network.low, minlength=network.count)
    degree += np.bincount(network.high, minlength=network.count)
    while True:
        groups = int(division.max(initial=-1)) + 1
        between = ties_between(across, division, groups)
        gain = _gains(len(network.low), between, division, degree, factorial)
        best = _best_partners(between.one, between.other, gain, needed, groups)
        if (best == np.arange(groups)).all():
            return division
        division = _numbered(best)[best][division]


def _across(network: Network, division: Integers) -> Network:
    """The ties between groups only."""
    kept = division[network.low] != division[network.high]
    low, high, weight = network.low[kept], network.high[kept], network.weight[kept]
    return Network(network.count, low, high, weight)


def _numbered(labels: Groups) -> Integers:
    """For each number up to the highest label which label it is among those that occur."""
    occurs = np.zeros(int(labels.max(initial=-1)) + 1, dtype=np.int64)
    occurs[labels] = 1
    return np.asarray(np.cumsum(occurs) - 1, dtype=np.int64)


def ties_between(network: Network, division: Integers, groups: int) -> kernels.Between:
    """What `ringmap.kernels.ties_between` gives."""
    a, b = division[network.low], division[network.high]
    across = np.flatnonzero(a != b)
    keys, place, number = np.unique(
        (np.minimum(a, b) * groups + np.maximum(a, b))[across],
        return_inverse=True, return_counts=True,
    )  # fmt: skip
    ends = (network.low[across], network.high[across])
    most = _most_of_one(place, ends, network.count, len(keys))
    return kernels.Between(keys // groups, keys % groups, number.astype(np.int64), most)


def _most_of_one(
    place: Integers, ends: tuple[Integers, Integers], parties: int, pairs: int
) -> Integers:
    """For each two groups: how many of the ties between them the party with most of them has."""
    most = np.zeros(pairs, dtype=np.int64)
    party = np.concatenate(ends)
    keys, number = np.unique(np.tile(place, 2) * parties + party, return_counts=True)
    np.maximum.at(most, keys // parties, number)
    return most


def _gains(
    ties: int,
    between: kernels.Between,
    division: Integers,
    degree: Integers,
    factorial: Integers,
) -> Integers:
    """By how many steps the description gets shorter when two tied groups are one."""
    if not len(between.one):
        return np.zeros(0, dtype=np.int64)
    one, other = between.one, between.other
    groups = int(division.max(initial=0)) + 1
    ends = np.bincount(division, weights=degree, minlength=groups).astype(np.int64)
    members = np.bincount(division, minlength=groups).astype(np.int64)
    of_groups = _group_part(ends, members, factorial)
    gain = of_groups[one] + of_groups[other]
    gain -= _group_part(ends[one] + ends[other], members[one] + members[other], factorial)
    # Beyond one for each tie that other parties have, and one.
    beyond = np.maximum(2 * between.most - between.number - 1, 0)
    counted = between.number - (1 - OF_ONE_PARTY) * beyond
    halves = np.rint(2 * counted).astype(np.int64)
    outside, most_halves = int(between.number.sum()), int(halves.max())
    shorter = _shorter(ties, outside, groups, len(division), most_halves)
    return np.asarray(gain + shorter[halves], dtype=np.int64)


def _shorter(ties: int, outside: int, groups: int, parties: int, most_halves: int) -> Integers:
    """What two groups that become one gain for where ties lie, by ties between them in halves.

    In steps, from no tie on; of all ties so many lie between groups.
    """
    if groups < 2:
        return np.zeros(1, dtype=np.int64)
    inside, moved = ties - outside, np.arange(most_halves + 1) / 2
    shorter = _tie_part(inside, outside, groups, ties)
    shorter = shorter - _tie_part(inside + moved, outside - moved, groups - 1, ties)
    shorter += _log_choose(parties - 1, groups - 1)
    shorter -= _log_choose(parties - 1, groups - 2)
    return _steps(shorter)


def _group_part(ends: Integers, members: Integers, factorial: Integers) -> Integers:
    """What a group of so many members and tie ends adds: its ends, degrees and members."""
    told = factorial[members + ends - 1] - factorial[members - 1] - factorial[members]
    return np.asarray(told, dtype=np.int64)


def _log_factorials(most: int) -> Integers:
    """ln n! in steps, of 0 to `most`."""
    logarithms = np.log(np.maximum(np.arange(most + 1), 1))
    return np.asarray(np.cumsum(_steps(logarithms)), dtype=np.int64)


def _steps(nats: npt.ArrayLike) -> Integers:
    return np.asarray(np.rint(np.asarray(nats) * _STEPS), dtype=np.int64)


def _tie_part(inside: npt.ArrayLike, outside: npt.ArrayLike, groups: int, ties: int) -> Numbers:
    """Where ties lie: so many inside groups, so many between them."""
    inside, outside = np.asarray(inside, dtype=np.float64), np.asarray(outside, dtype=np.float64)
    told = inside * np.log(groups / 2) - _log_factorial(inside) - _log_factorial(outside)
    if groups > 1:
        told = told + outside * np.log(groups * (groups - 1) / 2) + np.log(ties + 1)
    return np.asarray(told, dtype=np.float64)


def _log_factorial(number: npt.ArrayLike) -> Numbers:
    return np.asarray(gammaln(np.asarray(number, dtype=np.float64) + 1), dtype=np.float64)


def _log_choose(number: int, chosen: int) -> float:
    told = _log_factorial(number) - _log_factorial(chosen) - _log_factorial(number - chosen)
    return float(told)


def _best_partners(
    one: npt.NDArray[np.integer],
    other: npt.NDArray[np.integer],
    gain: Integers,
    needed: int,
    groups: int,
) -> Integers:
    """For each group the one it joins: pairs that gain most from each other; else itself."""
    enough = gain > needed
    one, other, gain = one[enough], other[enough], gain[enough]
    # Equal gains go to the pair of the lowest numbers.
    order = np.lexsort((other, one, -gain))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    best = np.full(groups, len(order), dtype=np.int64)
    np.minimum.at(best, one, place)
    np.minimum.at(best, other, place)
    mutual = (best[one] == place) & (best[other] == place)
    joined = np.arange(groups)
    joined[other[mutual]] = one[mutual]
    return joined
