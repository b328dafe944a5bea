"""The cheapest sets of a connected part: proved by branch and bound, or the best found."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ringmap.analysis.network_parts import stand_ins, stood_in_for
from ringmap.analysis.set_costs import Cost

#: Costs closer than this, relative to their size, are one cost that rounding split.
SAME_COST = 1e-11
#: New beginnings of the search that only improves what it has.
_BEGINNINGS = 12
#: Share of the effort for that search, where looking at all sets may end and where it cannot.
_SHARE_IF_FEW, _SHARE_IF_MANY = 0.05, 0.8
#: Larger sets are improved only: each member is a call within a call.
_LARGEST_SIZE = 200
#: Bounds have been seen to pass over all but one set in this many.
_PASSED_OVER = 100

Set = tuple[int, ...]


@dataclass(slots=True)
class Effort:
    """Steps that may still be spent, and how many sets were looked at."""

    left: float
    looked_at: int = 0

    def spend(self, steps: float, sets: int) -> None:
        """Take some off; below 0 nothing more is begun."""
        self.left -= steps
        self.looked_at += sets


@dataclass(slots=True)
class Cheapest:
    """The lowest cost of sets of one size in one part.

    `bound` is a proved lower bound; equal to `cost` when `proved`. `sets` are those met on
    the way that have this cost, ascending.
    """

    cost: float
    bound: float
    proved: bool
    sets: list[Set]


def same(one: float, other: float) -> bool:
    """Whether two costs are equal but for rounding."""
    return one == other or abs(one - other) <= SAME_COST * max(1.0, min(abs(one), abs(other)))


def cheapest_sets(cost: Cost, size: int, effort: Effort, *, seed: int, most: int) -> Cheapest:
    """Sets of `size` candidates of least cost; `size` is at most their number, and 1 or more.

    A search that improves sets first finds a good one. Then all are looked at but those that
    a bound excludes, and those in which a party stands without one that would do at least as
    well (see `stand_ins`).
    """
    search = _Search(cost, size, effort, most)
    search.prepare()
    part_of_effort = Effort(effort.left * (_SHARE_IF_FEW if search.may_end() else _SHARE_IF_MANY))
    before = part_of_effort.left
    begun = improve(cost, size, part_of_effort, seed=seed)
    effort.spend(before - part_of_effort.left, part_of_effort.looked_at)
    search.take(begun.cost, begun.set)
    search.explore()
    best, proved = search.best, search.open_at == np.inf
    bound = best if proved else min(search.open_at, best)
    return Cheapest(best, bound, proved, sorted(set(search.sets)))


@dataclass(slots=True)
class Improved:
    """The best set of a search that only improves, and its cost."""

    set: Set
    cost: float


def improve(cost: Cost, size: int, effort: Effort, *, seed: int) -> Improved:
    """Begin greedily, then at random; change one party at a time for the best one instead.

    Each change looks at all candidates, or at as many as the effort allows, those with most
    contacts first.
    """
    draws = random.Random(seed)  # noqa: S311
    near = cost.part.near
    ranked = sorted(cost.candidates, key=lambda one: (-len(near[one]), one))
    share = effort.left / (_BEGINNINGS * (size + 1) * max(cost.steps_of(1), 1))
    flat = cost.steps_of(len(ranked)) <= 2 * cost.steps_of(1)
    ranked = ranked if flat else ranked[: max(int(share), size)]
    best = tuple(sorted(ranked[:size]))
    lowest = cost.of(best)
    effort.spend(cost.steps_of(1), 1)
    for number in range(_BEGINNINGS):
        if effort.left <= 0:
            break
        begin = [] if number == 0 else _drawn(draws, ranked, size, number)
        found, value = _improved(cost, begin, size, ranked, effort)
        if value < lowest and not same(value, lowest):
            best, lowest = found, value
    return Improved(best, lowest)


def _drawn(draws: random.Random, ranked: Sequence[int], size: int, number: int) -> list[int]:
    """Some parties at random, from ever more of those with most contacts."""
    reach = min(len(ranked), max(4 * size, len(ranked) * number // _BEGINNINGS))
    return draws.sample(list(ranked[:reach]), size)


def _improved(
    cost: Cost, chosen: list[int], size: int, ranked: Sequence[int], effort: Effort
) -> tuple[Set, float]:
    while len(chosen) < size:
        chosen = [*chosen, _best_beside(cost, chosen, ranked, effort)[0]]
    now, unchanged = cost.of(chosen), 0
    while unchanged < size and effort.left > 0:
        first, rest = chosen[0], chosen[1:]
        other, value = _best_beside(cost, rest, ranked, effort)
        if value < now and not same(value, now):
            chosen, now, unchanged = [*rest, other], value, 0
        else:
            chosen, unchanged = [*rest, first], unchanged + 1
    return tuple(sorted(chosen)), now


def _best_beside(
    cost: Cost, chosen: Sequence[int], ranked: Sequence[int], effort: Effort
) -> tuple[int, float]:
    """The party that makes a set of some cheapest, and the cost; the next one without effort."""
    held = set(chosen)
    others = [one for one in ranked if one not in held]
    others = others if effort.left > 0 else others[:1]
    values = cost.with_each(chosen, others)
    effort.spend(cost.steps_of(len(others)), len(others))
    place = int(np.argmin(values))
    return others[place], float(values[place])


@dataclass(slots=True)
class _Search:
    """Branch and bound over sets in which no party stands without those who would do as well."""

    cost: Cost
    size: int
    effort: Effort
    most: int
    best: float = np.inf
    open_at: float = np.inf
    sets: list[Set] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    over: dict[int, frozenset[int]] = field(default_factory=dict)

    def take(self, value: float, found: Sequence[int]) -> None:
        """Keep a set that is as good as the best, and forget the others when it is better."""
        if same(value, self.best):
            if len(self.sets) < self.most:
                self.sets.append(tuple(sorted(found)))
        elif value < self.best:
            self.best, self.sets = value, [tuple(sorted(found))]

    def prepare(self) -> None:
        """Put those who may stand in a set in order: nobody before one who would do as well."""
        near = self.cost.part.near
        candidates = set(self.cost.candidates)
        over = stand_ins(self.cost.part, tied=self.cost.tied, fewer_than=self.size)
        self.over = {one: over[one] & candidates for one in self.cost.candidates if one in over}
        fit = list(self.over)
        self.order = sorted(fit, key=lambda one: (len(self.over[one]), -len(near[one]), one))

    def may_end(self) -> bool:
        """Whether the effort may do for looking at all sets."""
        walks = math.comb(len(self.order), self.size - 1)
        return walks * self.cost.steps_of(len(self.order)) <= self.effort.left * _PASSED_OVER

    def explore(self) -> None:
        """Look at all sets that cannot be passed over, as far as the effort goes."""
        if self.size > _LARGEST_SIZE:
            self._leave([], 0)
        else:
            self._explore([], 0)

    def _explore(self, chosen: list[int], first: int) -> None:
        left = self.size - len(chosen)
        held = set(chosen)
        if left == 1:
            self._finish(chosen, first)
            return
        for place in range(first, len(self.order) - left + 1):
            if self.effort.left <= 0:
                self._leave(chosen, place)
                return
            if not self._may_hold(chosen, place, left):
                return
            one = self.order[place]
            if self.over[one] <= held:
                self._explore([*chosen, one], place + 1)

    def _may_hold(self, chosen: list[int], first: int, left: int) -> bool:
        """Whether a set of the chosen and `left` from a place on can be as good as the best."""
        open_to = self.order[first:]
        self.effort.spend(self.cost.steps_of_bound(len(open_to)), 0)
        bound = self.cost.at_least(chosen, open_to, left)
        return bound < self.best or same(bound, self.best)

    def _leave(self, chosen: list[int], first: int) -> None:
        """Note what sets that were not looked at could cost at least."""
        left = self.size - len(chosen)
        bound = self.cost.at_least(chosen, self.order[first:], left)
        if bound < self.best or same(bound, self.best):
            self.open_at = min(self.open_at, bound)

    def _finish(self, chosen: list[int], first: int) -> None:
        if self.effort.left <= 0:
            self._leave(chosen, first)
            return
        held = set(chosen)
        others = [one for one in self.order[first:] if self.over[one] <= held]
        if not others:
            return
        values = self.cost.with_each(chosen, others)
        self.effort.spend(self.cost.steps_of(len(others)), len(others))
        for one, value in zip(others, values.tolist(), strict=True):
            if value < self.best or same(value, self.best):
                self.take(value, [*chosen, one])


def all_as_good(
    cost: Cost, found: Cheapest, effort: Effort, *, most: int
) -> tuple[list[Set], bool]:
    """Every set of the same cost, and whether that is all of them.

    A set in which a party stands though another would do as well comes from one that has the
    other, by changing one for the other at equal cost at each step.
    """
    candidates = set(cost.candidates)
    under: dict[int, list[int]] = {}
    known, waiting = set(found.sets), sorted(found.sets)
    complete = found.proved and len(candidates) == len(cost.part.eligible)
    for held in waiting:
        for gone in held:
            if gone not in under:
                told = stood_in_for(cost.part, gone, tied=cost.tied)
                under[gone] = [one for one in told if one in candidates]
            rest = [one for one in held if one != gone]
            others = [
                one
                for one in under[gone]
                if one not in rest and tuple(sorted([*rest, one])) not in known
            ]
            if not others:
                continue
            if effort.left <= 0 or len(known) > most:
                return sorted(known)[:most], False
            values = cost.with_each(rest, others)
            effort.spend(cost.steps_of(len(others)), len(others))
            fresh = [
                tuple(sorted([*rest, one]))
                for one, value in zip(others, values.tolist(), strict=True)
                if same(value, found.cost)
            ]
            known.update(fresh)
            waiting.extend(fresh)
    return sorted(known)[:most], complete and len(known) <= most
