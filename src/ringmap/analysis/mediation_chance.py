"""What chance alone would give of Gould and Fernandez' counts, in two senses of chance."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ringmap.analysis.holes import arcs_of
from ringmap.analysis.mediation import MEDIATION, MediationSums, closed_paths
from ringmap.analysis.pairs import Integers, Numbers, Pairs, Triangles, triangles_of

#: The roles, and all of them together.
ROLES = (*MEDIATION, "gf_total")
#: Ties, and as many shuffles of the groups for networks of up to so many.
_SHUFFLES = ((2_000, 999), (20_000, 199), (200_000, 39))
_FEWEST_SHUFFLES = 19
#: Ties of copies of a network that are counted in one go.
_TIES_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance gives of one count: mean and standard deviation; one entry per party."""

    mean: Numbers
    deviation: Numbers

    def z(self, count: Numbers) -> Numbers:
        """Standard deviations above the mean; NaN where chance leaves no room."""
        room = self.deviation > 1e-9
        return np.where(room, (count - self.mean) / np.where(room, self.deviation, 1.0), np.nan)


def chance_of_ties(pairs: Pairs, group: Integers) -> dict[str, Chance]:
    """What each role would have if ties fell at random, the party's own group as it is.

    Every arc between two parties of known group is there with the same probability, the
    share of arcs that are there (Gould, Fernandez 1989, as R's sna computes it). An
    undirected tie counts as two arcs that know nothing of each other; both ways of a pair of
    ends are then one event, and the deviation is too small by the root of 2 for all but
    gatekeepers and representatives, of whose pairs only one way counts.
    """
    known = group >= 0
    size = np.bincount(group[known], minlength=1).astype(np.float64)
    total = size.sum()
    inside = known[pairs.low] & known[pairs.high]
    arcs = int((pairs.forward[inside] > 0).sum() + (pairs.backward[inside] > 0).sum())
    density = arcs / max(total * (total - 1), 1.0)
    path = density**2 * (1 - density)
    found = {}
    for role, (paths, sharing) in _paths_by_own_group(size).items():
        mean = paths * path
        variance = mean * (1 - path) + sharing * (density * (1 - density)) ** 3
        found[role] = Chance(
            np.where(known, mean[group], np.nan),
            np.where(known, np.sqrt(np.maximum(variance, 0.0))[group], np.nan),
        )
    return found


def _paths_by_own_group(size: Numbers) -> dict[str, tuple[Numbers, Numbers]]:
    """For each group of the middle: possible paths, and ordered pairs of them that share a tie.

    Two paths share a tie when they have the first end in common, or the last, and no more.
    """
    total = size.sum()
    out, own = total - size, size - 1
    two, three = size * own, size * own * (size - 2)
    mixed = out * own * (size - 2) + own * out * (out - 1)
    every = (total - 1) * (total - 2)
    return {
        "coordinator": (own * (size - 2), 2 * own * (size - 2) * (size - 3)),
        "itinerant": (two.sum() - two, 2 * (three.sum() - three)),
        "gatekeeper": (out * own, mixed),
        "representative": (out * own, mixed),
        "liaison": _two_more_groups(size),
        "gf_total": (np.full(len(size), every), np.full(len(size), 2 * every * (total - 3))),
    }


def _two_more_groups(size: Numbers) -> tuple[Numbers, Numbers]:
    """For each group: ends of two other groups, and these with one end replaced, either one."""
    out = size.sum() - size
    one, two, three = ((size**k).sum() - size**k for k in (1, 2, 3))
    return out * one - two, 2 * (out * (out - 1) * one - (2 * out - 1) * two + three)


class OpenPathSums:
    """How the open paths through each party share their ends, gathered piece by piece.

    Only paths count whose ends and middle are of known group.
    """

    def __init__(self, pairs: Pairs, known: npt.NDArray[np.bool_]) -> None:
        self.pairs, self.known = pairs, known
        self.has = np.concatenate([pairs.forward > 0, pairs.backward > 0])
        self.shut_from = np.zeros(len(self.has))
        self.shut_to = np.zeros(len(self.has))
        self.shut_both = np.zeros(pairs.count)

    def add(self, triangles: Triangles) -> None:
        """Take note of the paths in these triangles, which are closed one way or both."""
        pairs = len(self.pairs.low)
        for a, b, v, ab, av, vb, bv in arcs_of(triangles, pairs):
            known = self.known[a] & self.known[b] & self.known[v]
            shut = known & self.has[av] & self.has[vb] & self.has[ab]
            self.shut_from += np.bincount(av[shut], minlength=len(self.has))
            self.shut_to += np.bincount(vb[shut], minlength=len(self.has))
            va = np.where(av < pairs, av + pairs, av - pairs)
            mutual = known & self.has[av] & self.has[va] & self.has[bv] & self.has[vb]
            self.shut_both += np.bincount(v[mutual], minlength=self.pairs.count)

    def finish(self) -> "Shared":
        """The sums, once all triangles were added."""
        pairs, count = len(self.pairs.low), self.pairs.count
        tail = np.concatenate([self.pairs.low, self.pairs.high])
        head = np.concatenate([self.pairs.high, self.pairs.low])
        live = self.has & self.known[tail] & self.known[head]
        back = np.concatenate([live[pairs:], live[:pairs]])
        goes = np.bincount(tail[live], minlength=count)
        comes = np.bincount(head[live], minlength=count)
        begun = np.where(live, goes[head] - back - self.shut_from, 0.0)
        ended = np.where(live, comes[tail] - back - self.shut_to, 0.0)
        turned = np.concatenate([ended[pairs:], ended[:pairs]])
        mutual = np.bincount(tail[live & back], minlength=count)

        def at(middle: Integers, values: Numbers) -> Numbers:
            return np.bincount(middle, weights=values, minlength=count).astype(np.float64)

        return Shared(
            paths=at(head, begun),
            both_ways=mutual * (mutual - 1.0) - self.shut_both,
            same_start=at(head, begun**2),
            same_end=at(tail, ended**2),
            in_line=at(head, begun * turned),
        )


@dataclass(frozen=True, slots=True)
class Shared:
    """Of the open paths through each party, ordered pairs that have an end in common.

    Attributes
    ----------
    paths
        How many open paths there are.
    both_ways
        How many of them are open the other way as well.
    same_start, same_end, in_line
        Pairs with the same first end, the same last end, and with the first end of one the
        last of the other; the pair of a path with itself, or its reverse, is among them.
    """

    paths: Numbers
    both_ways: Numbers
    same_start: Numbers
    same_end: Numbers
    in_line: Numbers


def chance_of_groups(shared: Shared, group: Integers) -> dict[str, Chance]:
    """What each role would have if the known groups were dealt anew, all ties as they are.

    Exact mean and deviation over all ways to deal them. How many paths there are altogether
    does not depend on groups, so ``gf_total`` is not among them.
    """
    known = group >= 0
    size = np.bincount(group[known], minlength=1).astype(np.float64)
    apart = {
        "same": shared.paths,
        "reversed": shared.both_ways,
        "start": shared.same_start - shared.paths,
        "end": shared.same_end - shared.paths,
        "line": 2 * (shared.in_line - shared.both_ways),
    }
    apart["none"] = shared.paths**2 - np.sum(list(apart.values()), axis=0)
    found = {}
    for role, odds in _odds(size).items():
        mean = shared.paths * odds["same"]
        square = np.sum([apart[name] * odds[name] for name in apart], axis=0)
        # What is left of two large numbers that cancel is rounding, not chance.
        variance = square - mean**2
        variance = np.where(variance > 1e-9 * np.maximum(square, 1e-9), variance, 0.0)
        found[role] = Chance(
            np.where(known, mean, np.nan), np.where(known, np.sqrt(variance), np.nan)
        )
    return found


def _odds(size: Numbers) -> dict[str, dict[str, float]]:
    """Probability that two paths of one middle both have a role, by the ends they share.

    ``n(k)`` is n (n−1) … (n−k+1), so that members are drawn without being put back.
    """
    total = float(size.sum())
    out = total - size
    pair, triple, four = (_falling(size, k) for k in (2, 3, 4))
    twos = pair.sum() - pair
    fours = four.sum() - four + twos**2 - ((pair**2).sum() - pair**2)
    mixed, mixed_fork = _two_more_groups(size)
    liaison, fork = float(size @ mixed), float(size @ mixed_fork) / 2
    cross = float((size * (_falling(out, 4) - 2 * twos * _falling(out - 2, 2) + fours)).sum())
    inward, spread = float((triple * out).sum()), float((pair * _falling(out, 2)).sum())
    gate, both = float((pair * out).sum()), float((triple * _falling(out, 2)).sum())
    itinerant, itinerant_fork = (
        float((size * twos).sum()),
        float((size * (triple.sum() - triple)).sum()),
    )
    alike = {k: float(_falling(size, k).sum()) for k in (3, 4, 5)}
    ways = {
        "coordinator": (alike[3], alike[3], alike[4], alike[4], alike[4], alike[5]),
        "itinerant": (itinerant, itinerant, *(itinerant_fork,) * 3, float((size * fours).sum())),
        "gatekeeper": (gate, 0.0, inward, spread, 0.0, both),
        "representative": (gate, 0.0, spread, inward, 0.0, both),
        "liaison": (liaison, liaison, fork, fork, fork, cross),
    }
    drawn = [max(float(_falling(np.array(total), k)), 1.0) for k in (3, 3, 4, 4, 4, 5)]
    names = ("same", "reversed", "start", "end", "line", "none")
    return {
        role: {name: way / of for name, way, of in zip(names, told, drawn, strict=True)}
        for role, told in ways.items()
    }


def _falling(number: Numbers, k: int) -> Numbers:
    found = np.ones_like(number)
    for less in range(k):
        found = found * np.maximum(number - less, 0.0)
    return found


def shuffles_for(pairs: Pairs) -> int:
    """How often groups are shuffled for a network of this size."""
    ties = len(pairs.low)
    return next((number for most, number in _SHUFFLES if ties <= most), _FEWEST_SHUFFLES)


def probabilities(
    pairs: Pairs, group: Integers, counts: Mapping[str, Numbers], *, shuffles: int, seed: int
) -> dict[str, Numbers]:
    """How often chance gives a party as many of each role or more, in (0, 1]; NaN if unknown.

    Groups are shuffled among the parties whose group is known, and each party keeps its
    ties; the network as it is counts as one shuffle more. No shuffle changes ``gf_total``,
    so for it the parties change places instead: it is the share of all places, the party's
    own among them, with as many open paths or more.
    """
    known = group >= 0
    reached = {role: np.ones(pairs.count) for role in MEDIATION}
    for batch in _shuffled_counts(pairs, group, shuffles, seed):
        for role in MEDIATION:
            reached[role] += (batch[role] >= counts[role] - 0.5).sum(axis=0)
    found = {role: np.where(known, reached[role] / (shuffles + 1), np.nan) for role in MEDIATION}
    totals = np.sort(counts["gf_total"][known])
    above = len(totals) - np.searchsorted(totals, np.where(known, counts["gf_total"], 0.0) - 0.5)
    found["gf_total"] = np.where(known, above / max(len(totals), 1), np.nan)
    return found


def _shuffled_counts(
    pairs: Pairs, group: Integers, shuffles: int, seed: int
) -> list[dict[str, Numbers]]:
    """Counts of each role, a row per shuffle. Many shuffles are one network of many copies."""
    chance = np.random.default_rng(seed)
    known = np.flatnonzero(group >= 0)
    at_once = max(1, _TIES_AT_ONCE // max(len(pairs.low), pairs.count, 1))
    batches = []
    for first in range(0, shuffles, at_once):
        dealt = np.tile(group, (min(at_once, shuffles - first), 1))
        dealt[:, known] = chance.permuted(dealt[:, known], axis=1)
        batches.append((len(dealt), MediationSums(_copies(pairs, len(dealt)), dealt.ravel())))
    if len(pairs.low):
        for triangles in triangles_of(pairs):
            for closed in closed_paths(pairs, triangles, group >= 0):
                for number, sums in batches:
                    sums.add_copies(closed, number)
    return [
        {role: told.reshape(number, pairs.count) for role, told in sums.finish().items()}
        for number, sums in batches
    ]


def _copies(pairs: Pairs, number: int) -> Pairs:
    """So many copies of a network side by side, not tied to each other."""
    low, high = (_repeated(ends, number, pairs.count) for ends in (pairs.low, pairs.high))
    forward, backward = np.tile(pairs.forward, number), np.tile(pairs.backward, number)
    return Pairs(pairs.count * number, low, high, forward, backward)


def _repeated(places: Integers, number: int, step: int) -> Integers:
    return np.asarray((places + step * np.arange(number)[:, None]).ravel(), dtype=np.int64)
