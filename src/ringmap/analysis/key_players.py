"""Key players: the few whose absence pulls a network apart most, or who reach it best."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
import pandas as pd

from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.key_player_words import (
    Member,
    Search,
    look_around,
    player_sentence,
    search_sentence,
)
from ringmap.analysis.network_parts import Part, Truths, marked, parts_of
from ringmap.analysis.pairs import Numbers, pairs_of
from ringmap.analysis.set_costs import Cost, NearnessLeft, OutOfReach, PairsLeft
from ringmap.analysis.set_search import Cheapest, Effort, Set, all_as_good, cheapest_sets, same
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

CRITERIA = ("fragmentation", "distance_fragmentation", "reach")
#: Columns of the table of people, in order.
KEY_PLAYER_COLUMNS = ("party", "in_sets", "alone", "without", "because", "records")
#: Best sets shown at most.
MOST_SETS = 1_000
#: Steps of work: some twenty seconds of an old laptop.
EFFORT = 30_000_000
#: Share of what is left for the largest size of set that a part may have to give.
_SHARE_OF_SIZE = 0.7

_COSTS: dict[str, Callable[[Part, tuple[int, ...]], Cost]] = {
    "fragmentation": PairsLeft,
    "distance_fragmentation": NearnessLeft,
    "reach": OutOfReach,
}


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """The best sets of so many parties, and how sure it is that no other is better.

    Attributes
    ----------
    criterion, k
        What was asked.
    value
        Of the best set, 0 to 1; higher is more apart, or better reached.
    before
        The same with nobody chosen.
    bound
        No set of `k` can have more; equal to `value` when `proved`.
    sets
        Every best set, by the order of their ids; only as many as were found or may be shown
        when not `all_sets`.
    all_sets
        Whether `sets` is proved to be all of them.
    proved
        Whether no set of `k` is proved to be better. If not, `sets` are the best found.
    looked_at
        Sets whose value was worked out.
    because
        The same in a sentence, which names nobody.
    table
        A row per party of any best set: ``party``, ``in_sets`` (how many of `sets`),
        ``alone`` (value of the party by itself), ``without`` (value of the first such set
        without it), ``because``, ``records``. In most sets first, then by id.
    """

    criterion: str
    k: int
    value: float
    before: float
    bound: float
    sets: tuple[frozenset[str], ...]
    all_sets: bool
    proved: bool
    looked_at: int
    because: str
    table: pd.DataFrame


def find_key_players(
    graph: RingGraph,
    k: int,
    *,
    criterion: str = "fragmentation",
    without: Iterable[object] = (),
    effort: int = EFFORT,
    seed: int = 0,
) -> KeyPlayers:
    """The sets of `k` parties that pull a network apart most, or are nearest to all of it.

    ``fragmentation``: F, the share of pairs of those left that cannot reach each other once
    the set is taken out. ``distance_fragmentation``: DF, one minus the mean of 1/steps over
    pairs of those left, 0 for a pair that cannot reach each other: also longer ways count.
    ``reach``: DR, the mean over all parties of 1/steps to the nearest of the set; its members
    count as 1, who is out of reach as 0. All from 0 to 1; direction and strength of ties are
    ignored.

    The best set is seldom the `k` best single parties: on half of the published networks that
    choice, and one that changes single members, misses it. So sets are looked at exhaustively
    but for those that are proved to be no better; connected parts are worked out by
    themselves and put together. Where the effort does not suffice the best set found is
    given, ``proved`` is False and ``bound`` says how much better another might be. Every set
    of the same value is listed: equals are equals.

    Sets of three or more are a fragile thing: one tie that no record holds can turn them.
    What a ring does afterwards is another question (`simulate_removal`).

    Parameters
    ----------
    k
        How many, 1 or more; for the two fragmentations at most all but two, as pairs must be
        left.
    without
        Parties that may not be in a set: a victim, an informer, who is held already. They
        stay in the network.
    effort
        Steps of work, about a million a second. The same effort gives the same answer on
        every machine.
    seed
        Of the draws with which the search begins where not all sets can be looked at.

    Raises
    ------
    GraphError
        If there is no such criterion or party, or fewer than `k` may be chosen.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network.
    Computational and Mathematical Organization Theory 12, 21-34.
    Foldes, S., Hammer, P. L. (1978). The Dilworth number of a graph. Annals of Discrete
    Mathematics 2, 211-219.
    """
    eligible = _eligible(graph, k, criterion, without)
    spent = Effort(effort)
    parts = parts_of(pairs_of(graph), eligible)
    whole = _Whole([_COSTS[criterion](part, part.eligible) for part in parts], k, criterion)
    whole.search(spent, seed)
    sets, all_sets = whole.best_sets(spent)
    best, bound = whole.lowest(bounds=False), whole.lowest(bounds=True)
    proved = same(best, bound)
    value, before = whole.value(best, k), whole.value(whole.cost_of(()), 0)
    names = graph.parties["party"].tolist()
    highest = value if proved else max(value, min(whole.value(bound, k), 1.0))
    return KeyPlayers(
        criterion, k, value, before, highest,
        tuple(frozenset(names[one] for one in chosen) for chosen in sets),
        all_sets, proved, spent.looked_at,
        search_sentence(
            Search(criterion, k, value, before, None if proved else highest, len(sets), all_sets,
                   spent.looked_at, int(len(eligible) - eligible.sum()))
        ),
        _table(graph, whole, sets),
    )  # fmt: skip


def most_key_players(graph: RingGraph, criterion: str, without: Iterable[object] = ()) -> int:
    """How many parties a set may have: all that may be chosen; a fragmentation leaves a pair."""
    may = int((~marked(graph, without)).sum())
    return may if criterion == "reach" else max(min(may, len(graph.parties) - 2), 0)


def _eligible(graph: RingGraph, k: int, criterion: str, without: Iterable[object]) -> Truths:
    if criterion not in CRITERIA:
        raise QuestionError(
            f"no criterion '{criterion}'", hint=f"choose among {', '.join(CRITERIA)}"
        )
    if k < 1:
        raise QuestionError(f"no sets of {k} parties", hint="ask for a set of 1 or more")
    eligible = ~marked(graph, without)
    may = int(eligible.sum())
    if k > may:
        raise GraphError(
            f"only {may} of {len(eligible)} parties may be chosen, not {k}",
            hint="ask for fewer, or leave fewer out",
        )
    most = most_key_players(graph, criterion, without)
    if k > most:
        raise GraphError(
            f"without {k} of {len(eligible)} parties no pair is left to pull apart",
            hint=f"ask for {most} at most" if most else "ask for reach, or add ties",
        )
    return eligible


class _Whole:
    """The parts of a network, the best sets of each by size, and how they go together."""

    def __init__(self, costs: list[Cost], k: int, criterion: str) -> None:
        self.costs = costs
        self.k = k
        self.criterion = criterion
        self.count = sum(len(cost.part.parties) for cost in costs)
        self.found: list[list[Cheapest]] = []
        self.at = {
            int(party): (number, place)
            for number, cost in enumerate(costs)
            for place, party in enumerate(cost.part.parties)
        }

    def search(self, effort: Effort, seed: int) -> None:
        """Find the best sets of each part, of each size that may be wanted of it."""
        steps = [cost.part.steps for cost in self.costs]
        to_come = sum(steps)
        for cost, own in zip(self.costs, steps, strict=True):
            nothing = cost.of(())
            sizes = range(min(self.k, len(cost.candidates)), 0, -1)
            share = Effort(effort.left * own / max(to_come, 1))
            found = [Cheapest(nothing, nothing, True, [()])]
            for size in sizes:
                given = Effort(share.left * (_SHARE_OF_SIZE if size > 1 else 1.0))
                before = given.left
                found.insert(1, cheapest_sets(cost, size, given, seed=seed, most=MOST_SETS))
                share.spend(before - given.left, given.looked_at)
            effort.spend(effort.left * own / max(to_come, 1) - share.left, share.looked_at)
            to_come -= own
            self.found.append(found)

    def lowest(self, *, bounds: bool) -> float:
        """Least cost of `k` parties of all parts together, or a proved lower bound of it."""
        return float(self._onwards(bounds=bounds)[0][self.k])

    def _onwards(self, *, bounds: bool) -> list[Numbers]:
        """For each part: least cost from it on, by how many parties are chosen from it on."""
        none = np.full(self.k + 1, np.inf)
        none[0] = 0.0
        onwards = [none]
        for found in reversed(self.found):
            rest = onwards[-1]
            least = np.full(self.k + 1, np.inf)
            for size, one in enumerate(found):
                own = one.bound if bounds else one.cost
                least[size:] = np.minimum(least[size:], own + rest[: self.k + 1 - size])
            onwards.append(least)
        return onwards[::-1]

    def best_sets(self, effort: Effort) -> tuple[list[Set], bool]:
        """Positions of every best set, as far as may be shown, and whether that is all."""
        ways, complete = self._ways()
        told: dict[tuple[int, int], tuple[list[Set], bool]] = {}
        found: list[Set] = []
        for way in ways:
            choices = []
            for number, size in way:
                if (number, size) not in told:
                    told[number, size] = self._as_good(number, size, effort)
                sets, all_of_them = told[number, size]
                complete &= all_of_them
                choices.append(sets)
            more = islice(product(*choices), MOST_SETS + 1 - len(found))
            found.extend(tuple(sorted(one for part in chosen for one in part)) for chosen in more)
        return sorted(found)[:MOST_SETS], complete and len(found) <= MOST_SETS

    def _as_good(self, number: int, size: int, effort: Effort) -> tuple[list[Set], bool]:
        cost = self.costs[number]
        sets, complete = all_as_good(cost, self.found[number][size], effort, most=MOST_SETS)
        parties = cost.part.parties
        return [tuple(int(parties[one]) for one in chosen) for chosen in sets], complete

    def _ways(self) -> tuple[list[tuple[tuple[int, int], ...]], bool]:
        """How many parties each part may give to a best set, and whether that is all ways."""
        onwards = self._onwards(bounds=False)
        ways: list[tuple[int, tuple[tuple[int, int], ...]]] = [(self.k, ())]
        complete = True
        for number, found in enumerate(self.found):
            longer = [
                (left - size, (*way, (number, size)) if size else way)
                for left, way in ways
                for size, one in enumerate(found[: left + 1])
                if same(one.cost + onwards[number + 1][left - size], onwards[number][left])
            ]
            complete &= len(longer) <= MOST_SETS
            ways = longer[:MOST_SETS]
        return [way for _, way in ways], complete

    def cost_of(self, chosen: Iterable[int]) -> float:
        """Cost of any set, by positions in the graph."""
        of_part: dict[int, list[int]] = {}
        for one in chosen:
            number, place = self.at[one]
            of_part.setdefault(number, []).append(place)
        return sum(
            cost.of(of_part[number]) if number in of_part else self.found[number][0].cost
            for number, cost in enumerate(self.costs)
        )

    def value(self, cost: float, chosen: int) -> float:
        """The criterion, 0 to 1, of a cost with so many chosen."""
        if self.criterion == "reach":
            return 0.0 - cost / self.count
        left = self.count - chosen
        return 1.0 - 2.0 * cost / (left * (left - 1))


def _table(graph: RingGraph, whole: _Whole, sets: list[Set]) -> pd.DataFrame:
    times = Counter(one for chosen in sets for one in chosen)
    first = {one: chosen for chosen in reversed(sets) for one in chosen}
    order = sorted(times, key=lambda one: (-times[one], one))
    records = records_of_parties(graph)
    rows = []
    for one in order:
        alone = whole.value(whole.cost_of([one]), 1)
        best = whole.value(whole.cost_of(first[one]), len(first[one]))
        rest = [other for other in first[one] if other != one]
        without = whole.value(whole.cost_of(rest), len(rest))
        number, place = whole.at[one]
        around = look_around(whole.costs[number].part.near, place)
        member = Member(times[one], len(sets), alone, best, without, around)
        rows.append(
            {
                "party": graph.parties["party"].iloc[one],
                "in_sets": times[one],
                "alone": alone,
                "without": without,
                "because": player_sentence(whole.criterion, member),
                "records": records.iloc[one],
            }
        )
    return pd.DataFrame(rows, columns=list(KEY_PLAYER_COLUMNS))
