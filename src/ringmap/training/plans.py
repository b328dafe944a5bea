"""Which rings are to be invented: how many case files, when opened, with how many victims."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ringmap.training.chance import Chance, Weighted
from ringmap.training.profile import Profile, VictimShares
from ringmap.training.scenario import Scenario, WholeBounds

Lot = TypeVar("Lot")


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One case file to come: the day it is opened, its victims, and how many are accused.

    ``accused`` is None where chance may decide. ``ages`` (bounds in years) and ``outcomes``
    have one for each victim, or none where the scenario decides.
    """

    opened: int
    victims: int
    accused: int | None
    ages: tuple[WholeBounds, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One world to come, with the case files that will be about it.

    ``scenario`` is only the name by which it was loaded, so that a unit is quick to hand over.
    """

    number: int
    scenario: str
    cases: tuple[PlannedCase, ...]


def plan_units(
    scenarios: Mapping[str, Scenario],
    weights: Mapping[str, float],
    seed: int,
    *,
    cases: int | None = None,
    worlds: int | None = None,
) -> Iterator[Unit]:
    """Worlds of these scenarios in turn: so many, or until there are so many case files."""
    table, left, number = Weighted(weights), cases, 0
    while (left is None or left > 0) and number != worlds:
        number += 1
        chance = Chance(seed, "plan", number)
        code = chance.weigh(table)
        planned = _plan_cases(scenarios[code], chance, left)
        if left is not None:
            left -= len(planned)
        yield Unit(number, code, planned)


def _plan_cases(scenario: Scenario, chance: Chance, most: int | None) -> tuple[PlannedCase, ...]:
    count = chance.between(*scenario.cases)
    count = count if most is None else min(count, most)
    first, last = (date(year, 1, 1).toordinal() for year in scenario.years)
    latest = max(first + 400, last + 364 - 240 * (count - 1))
    day = chance.between(first + 400, latest)
    planned = []
    for _ in range(count):
        victims = chance.between(*scenario.victims_per_case)
        planned.append(PlannedCase(day, victims, None))
        day += chance.between(60, 420)
    return tuple(planned)


def plan_profile(profile: Profile, scenarios: Mapping[str, Scenario], seed: int) -> Iterator[Unit]:
    """Worlds whose case files add up to a profile's figures, year by year."""
    number = 0
    for year, counts in profile.years.items():
        chance = Chance(seed, "profile", year)
        turns = list(_take_turns(profile.mixture(year), scenarios, counts, chance))
        young = sum(sum(victims) for code, victims, _ in turns if _are_infants(scenarios[code]))
        lots = _Lots(counts[2], young, profile.victims(year), chance)
        for code, victims, accused in turns:
            number += 1
            first = date(year, 1, 1).toordinal()
            days = sorted(first + chance.below(365) for _ in victims)
            cases = zip(days, victims, accused, strict=True)
            infants = _are_infants(scenarios[code])
            planned = (lots.plan(*case, infants=infants) for case in cases)
            yield Unit(number, code, tuple(planned))


def _take_turns(
    mixture: Mapping[str, float],
    scenarios: Mapping[str, Scenario],
    counts: tuple[int, int, int],
    chance: Chance,
) -> Iterator[tuple[str, list[int], list[int]]]:
    """Names of scenarios with the victims and the accused of each of their case files."""
    left, accused, victims = counts
    charged, moved = _partition(accused, left, chance), _partition(victims, left, chance)
    turns = _Turns(mixture, chance)
    while left:
        code = turns.next()
        scenario = scenarios[code]
        count = min(left, chance.between(*scenario.cases))
        turns.count(code, count)
        left -= count
        yield (
            code,
            [_take(moved, scenario) for _ in range(count)],
            [charged.pop() for _ in range(count)],
        )


def _are_infants(scenario: Scenario) -> bool:
    return all(high < 16 for _, high in scenario.victims.ages.things)


def _take(counts: list[int], scenario: Scenario) -> int:
    """Take out the next number of victims; for infants one that suits, as they come one by one."""
    if not _are_infants(scenario):
        return counts.pop()
    most = scenario.victims_per_case[1]
    place = min(range(len(counts)), key=lambda one: (max(0, counts[one] - most), -one))
    return counts.pop(place)


class _Turns:
    """Which scenario comes next, so that case files keep near to the weights all the way."""

    def __init__(self, weights: Mapping[str, float], chance: Chance) -> None:
        total = sum(weights.values())
        self._shares = {code: weight / total for code, weight in weights.items()}
        self._counted = dict.fromkeys(weights, 0)
        self._random = chance.random

    def next(self) -> str:
        """The scenario that is furthest behind, give or take a case file."""
        done = 1 + sum(self._counted.values())
        behind = {
            code: share * done - self._counted[code] + self._random()
            for code, share in self._shares.items()
        }
        return max(behind, key=behind.__getitem__)

    def count(self, code: str, files: int) -> None:
        """So many more case files of a scenario."""
        self._counted[code] += files


class _Lots:
    """Ages and outcomes of all victims of a year, in the very shares of a profile, to be dealt.

    The youngest so many ages are those of infants, who need no lot.
    """

    def __init__(self, victims: int, infants: int, shares: VictimShares, chance: Chance) -> None:
        self.ages = sorted(_deal(victims, _age_shares(shares), chance))[infants:]
        chance.shuffle(self.ages)
        self.outcomes = _deal(victims, shares.outcomes, chance)

    def plan(self, opened: int, victims: int, accused: int, *, infants: bool) -> PlannedCase:
        """A case file with the next lots."""
        wanted = range(0 if infants else victims)
        ages = tuple(self.ages.pop() for _ in wanted if self.ages)
        outcomes = tuple(self.outcomes.pop() for _ in range(victims) if self.outcomes)
        return PlannedCase(opened, victims, accused, ages, outcomes)


def _age_shares(shares: VictimShares) -> dict[WholeBounds, float] | None:
    """Bounds of age, in years, with the share of victims in each; None where nothing is said."""
    young, children = shares.under_16, shares.under_18
    if young is None and children is None:
        return None
    if young is None or children is None:
        limit, share = (16, young) if children is None else (18, children)
        return {(0, limit - 1): share or 0.0, (limit, 99): 1 - (share or 0.0)}
    return {(0, 15): young, (16, 17): children - young, (18, 99): 1 - children}


def _deal(total: int, shares: Mapping[Lot, float] | None, chance: Chance) -> list[Lot]:
    """So many lots in these shares, to the nearest whole, in an order of chance."""
    lots: list[Lot] = []
    upto = 0.0
    for lot, share in (shares or {}).items():
        upto += share
        lots.extend([lot] * (round(upto * total) - len(lots)))
    chance.shuffle(lots)
    return lots


_SIZES = Weighted({1: 52, 2: 26, 4: 14, 9: 6, 25: 2})


def _partition(total: int, parts: int, chance: Chance) -> list[int]:
    """So many parts of at least one that add up to a total; most small, a few large."""
    weights = Weighted({number: chance.weigh(_SIZES) for number in range(parts)})
    found = [1] * parts
    for _ in range(total - parts):
        found[chance.weigh(weights)] += 1
    return found
