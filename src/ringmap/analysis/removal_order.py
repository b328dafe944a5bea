"""In which order parties are taken out, and all the orders that are as good as that one."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.brokers import find_brokers
from ringmap.analysis.estimating import SHARE, estimate_betweenness
from ringmap.analysis.pairs import Numbers, component_of, pairs_of
from ringmap.analysis.positions import SAME, path_measures
from ringmap.analysis.set_costs import clusters
from ringmap.graph import RingGraph, select_parties

#: Measures of which little makes a broker: taken out from below.
LOWEST_FIRST = frozenset({"constraint", "constraint_weighted"})
_UNMOVED = frozenset({"betweenness", "betweenness_weighted", "harmonic"})
_ON_PATHS = _UNMOVED | {"betweenness_normalized", "closeness_wf"}
#: Orders followed at once at most, and draws of an order at random.
MOST_WAYS, DRAWS = 32, 100
#: Steps of work that the orders of one step may cost, for measures and for walks.
_MEASURING, _WALKING = 20_000_000, 4_000_000
#: Tied parties times pairs: over all rankings by a measure of paths, some minutes; and of one
#: ranking by betweenness, above which it is estimated from a share of the starting points.
MOST_RANKING, MOST_EXACT = 3e9, 3e8


@dataclass(frozen=True, slots=True)
class Step:
    """One removal: whom the shown order takes, who was level, and what any order leaves.

    `largest` are the sizes of the largest part over the orders looked at, `chance` how often
    a fair draw among equals would come there; the first is that of the shown order. `every`
    says whether these are all orders. `ranked_at` is the step that the ranking was made for,
    an earlier one where it was kept; 0 where nobody is ranked. `estimated`: by an estimate.
    """

    removed: int
    level: int
    value: float
    largest: tuple[int, ...]
    chance: tuple[float, ...]
    every: bool
    ranked_at: int = 0
    estimated: bool = False


class Ranking:
    """Values by which parties are taken out; NaN for who cannot be."""

    def __init__(
        self, graph: RingGraph, measure: str, eligible: npt.NDArray[np.bool_], *, recompute: bool
    ) -> None:
        self.bare = _bare(graph)
        self.measure = measure
        self.eligible = eligible
        self.recompute = recompute
        self.costs = self._work() if measure in _ON_PATHS else 0.0
        self.estimated = measure == "betweenness" and self.costs > MOST_EXACT
        self.costs *= SHARE if self.estimated else 1.0
        self.left = MOST_RANKING
        self.last: Numbers | None = None
        self.ranked_at = 0

    def _work(self) -> float:
        """What one ranking costs: tied parties times pairs."""
        simple = self.bare.simple
        return float(len(np.union1d(simple.source, simple.target))) * len(simple.source)

    def _ranked(self, gone: frozenset[int], shown: bool) -> Numbers:
        """Values without some; those last shown where the work for more is spent."""
        if self.last is not None and (not self.recompute or self.left < self.costs):
            return self.last
        self.left -= self.costs
        values = self._measured(gone)
        if shown:
            self.last, self.ranked_at = values, len(gone) + 1
        return values

    def values(self, gone: frozenset[int], *, shown: bool) -> Numbers:
        """Value of each party that may be taken out next; the highest goes first.

        `shown`: in the order that is shown, whose last ranking is kept where one has to be.
        """
        values = self._ranked(gone, shown).copy()
        values[list(gone)] = np.nan
        values[~self.eligible] = np.nan
        return -values if self.measure in LOWEST_FIRST else values

    def _measured(self, gone: frozenset[int]) -> Numbers:
        count = len(self.bare.parties)
        if self.measure in ("degree", "strength"):
            return self._counted(gone)
        if self.measure in _UNMOVED:
            return self._on_paths(gone)
        names = self.bare.parties["party"]
        kept = np.setdiff1d(np.arange(count), sorted(gone))
        left = select_parties(self.bare, names.iloc[kept]) if gone else self.bare
        table = find_brokers(left, measures=[self.measure]).set_index("party")[self.measure]
        values = np.full(count, np.nan)
        values[kept] = table.reindex(names.iloc[kept]).to_numpy(dtype=np.float64)
        # Who has no value, being without ties, comes last rather than never.
        lowest = np.inf if self.measure in LOWEST_FIRST else -np.inf
        values[kept[np.isnan(values[kept])]] = lowest
        return values

    def _on_paths(self, gone: frozenset[int]) -> Numbers:
        """Measures that a party without ties does not change, so that all may stay in place."""
        left = np.ones(len(self.bare.parties), dtype=bool)
        left[list(gone)] = False
        simple = self.bare.simple
        ties = self.bare.ties[left[simple.source] & left[simple.target]]
        graph = RingGraph(self.bare.parties, ties, self.bare.directed)
        if self.estimated:
            told = estimate_betweenness(graph).set_index("party")["betweenness"]
            return told.loc[graph.parties["party"]].to_numpy(dtype=np.float64)
        component = component_of(pairs_of(graph))
        return path_measures(graph, component, frozenset({self.measure}))[self.measure]

    def _counted(self, gone: frozenset[int]) -> Numbers:
        simple = self.bare.simple
        left = np.ones(len(self.bare.parties), dtype=bool)
        left[list(gone)] = False
        ties = left[simple.source] & left[simple.target]
        ends = np.concatenate([simple.source[ties], simple.target[ties]])
        weight = np.tile(simple.weight[ties], 2) if self.measure == "strength" else None
        return np.bincount(ends, weights=weight, minlength=len(left)).astype(np.float64)


def _bare(graph: RingGraph) -> RingGraph:
    """Parties and ties alone, each pair once, so that a part of it is quickly made."""
    names = pd.Index(graph.parties["party"])
    ties = pd.DataFrame(
        {
            "source": pd.Categorical.from_codes(graph.simple.source, categories=names),
            "target": pd.Categorical.from_codes(graph.simple.target, categories=names),
            "directed": graph.directed,
            "weight": graph.simple.weight,
        }
    )
    return RingGraph(graph.parties[["party"]], ties, graph.directed)


def follow_ranking(
    ranking: Ranking, near: Sequence[Sequence[int]], steps: int, *, seed: int
) -> list[Step]:
    """Take the highest out, step by step, in all orders of equals; the first by id is shown.

    Where there are more orders than can be followed some are drawn; the shown one stays.
    """
    draws = random.Random(seed)  # noqa: S311
    walk = len(near) + sum(map(len, near))
    followed = max(1, min(MOST_WAYS, _MEASURING // max(walk * len(near), 1)))
    looked_at = max(2, _WALKING // max(walk, 1))
    shown: frozenset[int] = frozenset()
    ways: dict[frozenset[int], float] = {shown: 1.0}
    every, found = True, list[Step]()
    for _ in range(steps):
        if len(ways) > 1 and max(found[-1].largest) <= 1:
            # Nobody is tied any more: all orders leave the same from here on.
            ways = {shown: 1.0}
        next_ways: dict[frozenset[int], float] = {}
        level, value = _level(ranking, shown, shown=True)
        ranked_at = ranking.ranked_at
        next_shown = shown | {level[0]}
        next_ways[next_shown] = 0.0
        for gone, chance in ways.items():
            own = level if gone == shown else _level(ranking, gone)[0]
            for one in own:
                key = gone | {one}
                next_ways[key] = next_ways.get(key, 0.0) + chance / len(own)
        every &= len(next_ways) <= looked_at
        next_ways = _drawn(next_ways, next_shown, looked_at, draws)
        largest = tuple(largest_left(near, gone) for gone in next_ways)
        chances = tuple(next_ways.values())
        found.append(
            Step(level[0], len(level), value, largest, chances, every, ranked_at, ranking.estimated)
        )
        every &= len(next_ways) <= followed
        ways, shown = _drawn(next_ways, next_shown, followed, draws), next_shown
    return found


def _level(
    ranking: Ranking, gone: frozenset[int], *, shown: bool = False
) -> tuple[list[int], float]:
    """All who are level at the top, ascending, and their value."""
    values = ranking.values(gone, shown=shown)
    most = float(np.nanmax(values))
    least = most - SAME * max(abs(most), SAME) if np.isfinite(most) else most
    return np.flatnonzero(values >= least).tolist(), abs(most)


def _drawn(
    ways: dict[frozenset[int], float], shown: frozenset[int], most: int, draws: random.Random
) -> dict[frozenset[int], float]:
    """At most so many, the shown one first, chances adding up to 1."""
    others = sorted((gone for gone in ways if gone != shown), key=sorted)
    if len(others) >= most:
        others = sorted(draws.sample(others, most - 1), key=sorted)
    kept = [shown, *others]
    total = sum(ways[gone] for gone in kept)
    return {gone: ways[gone] / total if total else 1 / len(kept) for gone in kept}


def follow_list(near: Sequence[Sequence[int]], listed: Sequence[int]) -> list[Step]:
    """Take out those who are listed, in that order."""
    return [
        Step(one, 1, np.nan, (largest_left(near, listed[: place + 1]),), (1.0,), True)
        for place, one in enumerate(listed)
    ]


def follow_chance(
    near: Sequence[Sequence[int]], eligible: npt.NDArray[np.bool_], steps: int, *, seed: int
) -> list[Step]:
    """Take out anybody, in many orders drawn at random; the first of these is shown."""
    draws = random.Random(seed)  # noqa: S311
    may = np.flatnonzero(eligible).tolist()
    walk = (len(near) + sum(map(len, near))) * max(steps, 1)
    number = max(2, min(DRAWS, 10 * _WALKING // max(walk, 1)))
    orders = [draws.sample(may, steps) for _ in range(number)]
    return [
        Step(
            orders[0][step],
            len(may) - step,
            np.nan,
            tuple(largest_left(near, order[: step + 1]) for order in orders),
            (1 / number,) * number,
            False,
        )
        for step in range(steps)
    ]


def largest_left(near: Sequence[Sequence[int]], gone: frozenset[int] | Sequence[int]) -> int:
    """Parties of the largest part without some."""
    marks = bytearray(len(near))
    for one in gone:
        marks[one] = 1
    return max(map(len, clusters(near, marks)), default=0)
