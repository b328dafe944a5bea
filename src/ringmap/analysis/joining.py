"""Groups put together where the ties speak for one ring rather than two."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from ringmap.analysis.pairs import Integers, Numbers

#: Two groups become one when that shortens the description of all ties by more than `LEAST_GAIN`
#: nats (very strong evidence: Kass, Raftery 1995) and by more than `CAUTION` times the logarithm
#: of the number of groups. Measured in docs/decisions/0004-rings.md.
LEAST_GAIN = 5.0
CAUTION = 1.5
#: Of the ties between two groups those of the party with most of them count so much where they
#: are more than those of all the others and one: a broker of two rings does not make them one.
OF_ONE_PARTY = 0.5
_LEAST_MEMBERS = 3


def join_groups(low: Integers, high: Integers, division: Integers) -> Integers:
    """The same groups, those joined that are better described as one.

    The description is that of the degree-corrected planted partition: how many nats it takes
    to write down who is in which group, how many ties everybody has, how many lie inside
    groups, and which (Zhang, Peixoto 2020). One group less makes the first parts shorter, a
    pair of groups without many ties between them the last. A gain is believed only beyond
    `LEAST_GAIN`, and beyond `CAUTION` times ln(number of groups), since among many neighbours
    some are tied by chance. Ties between two groups count `OF_ONE_PARTY` where one party has
    more of them than all others together and one. Groups without a tie between them are
    never joined.

    Parameters
    ----------
    low, high
        Ends of tied pairs, each once.
    division
        Group of each party.

    References
    ----------
    Zhang, L., Peixoto, T. P. (2020). Statistical inference of assortative community
    structures. Physical Review Research 2, 043271.
    Kass, R. E., Raftery, A. E. (1995). Bayes factors. JASA 90, 773-795.
    """
    division = np.unique(division, return_inverse=True)[1].astype(np.int64)
    degree = np.bincount(np.concatenate([low, high]), minlength=len(division))
    proper = int((np.bincount(division) >= _LEAST_MEMBERS).sum())
    needed = max(LEAST_GAIN, CAUTION * np.log(max(proper, 1)))
    while (division[low] != division[high]).any():
        one, other, gain = _gains(low, high, division, degree)
        best = _best_partners(one, other, gain, needed, int(division.max(initial=0)) + 1)
        if (best == np.arange(len(best))).all():
            return division
        division = np.unique(best[division], return_inverse=True)[1].astype(np.int64)
    return division


def _gains(
    low: Integers, high: Integers, division: Integers, degree: Integers
) -> tuple[Integers, Integers, Numbers]:
    """Tied groups, and by how many nats the description gets shorter when they are one."""
    groups = int(division.max(initial=0)) + 1
    a, b = division[low], division[high]
    across = np.flatnonzero(a != b)
    keys, place, number = np.unique(
        (np.minimum(a, b) * groups + np.maximum(a, b))[across],
        return_inverse=True, return_counts=True,
    )  # fmt: skip
    one, other = keys // groups, keys % groups
    most = _most_of_one(place, (low[across], high[across]), len(division), len(keys))
    # Beyond one for each tie that other parties have, and one.
    ties = number - (1 - OF_ONE_PARTY) * np.maximum(2 * most - number - 1, 0)
    inside, outside = len(low) - len(across), len(across)
    ends = np.bincount(division, weights=degree, minlength=groups).astype(np.float64)
    members = np.bincount(division, minlength=groups).astype(np.float64)
    of_groups = _group_part(ends, members)
    gain = of_groups[one] + of_groups[other]
    gain -= _group_part(ends[one] + ends[other], members[one] + members[other])
    gain += _tie_part(inside, outside, groups, len(low))
    gain -= _tie_part(inside + ties, outside - ties, groups - 1, len(low))
    gain += _log_choose(len(division) - 1, groups - 1) - _log_choose(len(division) - 1, groups - 2)
    return one, other, np.asarray(gain, dtype=np.float64)


def _most_of_one(
    place: Integers, ends: tuple[Integers, Integers], parties: int, pairs: int
) -> Integers:
    """For each two groups: how many of the ties between them the party with most of them has."""
    most = np.zeros(pairs, dtype=np.int64)
    for party in ends:
        keys, number = np.unique(place * parties + party, return_counts=True)
        np.maximum.at(most, keys // parties, number)
    return most


def _group_part(ends: Numbers, members: Numbers) -> Numbers:
    """What a group of so many members and tie ends adds: its ends, degrees and members."""
    told = _log_factorial(ends) + _log_choose(members + ends - 1, ends) - _log_factorial(members)
    return np.asarray(told, dtype=np.float64)


def _tie_part(inside: npt.ArrayLike, outside: npt.ArrayLike, groups: int, ties: int) -> Numbers:
    """Where ties lie: so many inside groups, so many between them."""
    inside, outside = np.asarray(inside, dtype=np.float64), np.asarray(outside, dtype=np.float64)
    told = inside * np.log(groups / 2) - _log_factorial(inside) - _log_factorial(outside)
    if groups > 1:
        told = told + outside * np.log(groups * (groups - 1) / 2) + np.log(ties + 1)
    return np.asarray(told, dtype=np.float64)


def _log_factorial(number: npt.ArrayLike) -> Numbers:
    return np.asarray(gammaln(np.asarray(number, dtype=np.float64) + 1), dtype=np.float64)


def _log_choose(number: npt.ArrayLike, chosen: npt.ArrayLike) -> Numbers:
    rest = np.asarray(number, dtype=np.float64) - np.asarray(chosen, dtype=np.float64)
    return _log_factorial(number) - _log_factorial(chosen) - _log_factorial(rest)


def _best_partners(
    one: Integers, other: Integers, gain: Numbers, needed: float, groups: int
) -> Integers:
    """For each group the one it joins: pairs that gain most from each other; else itself."""
    enough = gain > needed
    one, other, gain = one[enough], other[enough], gain[enough]
    # Equal gains go to the pair that comes first.
    order = np.argsort(-gain, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    best = np.full(groups, len(order), dtype=np.int64)
    np.minimum.at(best, one, place)
    np.minimum.at(best, other, place)
    mutual = (best[one] == place) & (best[other] == place)
    joined = np.arange(groups)
    joined[other[mutual]] = one[mutual]
    return joined
