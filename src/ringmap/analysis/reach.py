"""Whoever is within some steps of a party, and a shortest way from one party to another."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap import kernels
from ringmap.analysis.evidence import records_by
from ringmap.analysis.pairs import Integers
from ringmap.analysis.paths import position_of
from ringmap.errors import GraphError
from ringmap.graph import Neighbours, RingGraph

Positions = npt.NDArray[np.integer]


def find_reach(graph: RingGraph, party: object, *, steps: int = 2) -> pd.DataFrame:
    """Parties within some steps of one, with how many steps away each is.

    A step counts 1 whatever its strength; ties of strength 0 lead nowhere; the direction of
    ties is followed in a directed graph. Nearest first, then by id; the party itself is
    left out. Few steps are a lead and no acquaintance: a case or a bus station joins
    strangers.

    Parameters
    ----------
    steps
        As far as this, 1 or more.

    Returns
    -------
        ``party``, ``steps``, ``because``, ``records`` (positions in ``graph.records`` behind
        the party's ties; empty without evidence).

    Raises
    ------
    GraphError
        If the party is not in the graph, or `steps` is less than 1.
    """
    reached, within = _reached(graph, _start(graph, party, steps), steps)
    places = reached[1:].astype(np.int64)
    far = np.repeat(np.arange(1, len(within)), np.diff(within))
    return pd.DataFrame(
        {
            "party": graph.parties["party"].to_numpy()[places],
            "steps": far,
            "because": [
                "tied to them" if one == 1 else f"{one} steps away by recorded ties" for one in far
            ],
            "records": _records_of(graph, places),
        }
    )


def list_within(graph: RingGraph, party: object, *, steps: int = 2) -> tuple[list[object], ...]:
    """The ids alone: the party itself, then who is one step away, two steps, as far as `steps`.

    The same parties as `find_reach` gives, in the same order, without reasons and records: for
    looking at many one after another. Fewer lists than steps where nobody is farther.

    Raises
    ------
    GraphError
        As `find_reach`.
    """
    reached, within = _reached(graph, _start(graph, party, steps), steps)
    layers = [reached[a:b] for a, b in zip([0, *within], within, strict=False)]
    return tuple([graph.ids.take(layer).tolist() for layer in layers])


def count_within(graph: RingGraph, party: object, *, steps: int = 2) -> tuple[int, ...]:
    """How many are 0 steps from a party (itself), one step away, two, as far as `steps`.

    The lengths of the lists of `list_within`, without making them: to see first whether a
    neighbourhood is worth listing. Through a case file or a bus station it seldom is.

    Raises
    ------
    GraphError
        As `find_reach`.
    """
    start = _start(graph, party, steps)
    if kernels.compiled():
        within = graph.ground.count_within(start, steps)
    else:
        _, within = _reached(graph, start, steps)
    return tuple([b - a for a, b in zip([0, *within], within, strict=False)])


def _start(graph: RingGraph, party: object, steps: int) -> int:
    if steps < 1:
        raise GraphError(f"nobody is within {steps} steps", hint="ask for one step or more")
    return position_of(graph, party)


def _records_of(graph: RingGraph, places: Integers) -> pd.Series:
    """Records behind the ties of some parties, in their order."""
    start = graph.ties_of.start
    sizes = start[places + 1] - start[places]
    ties = graph.ties_of.of(places).astype(np.int64)
    return records_by(graph, np.repeat(np.arange(len(places)), sizes), ties, len(places))


def _reached(graph: RingGraph, start: int, steps: int) -> tuple[Positions, list[int]]:
    """Positions of parties, nearest first, and how many are within 0, 1, ... steps."""
    if kernels.compiled():
        return graph.ground.within_steps(start, steps)
    layers = layers_from(graph.outward, start, steps)
    return np.concatenate(layers), np.cumsum([len(layer) for layer in layers]).tolist()


def layers_from(neighbours: Neighbours, start: int, steps: int) -> list[Integers]:
    """Positions of parties by number of steps from one, itself first, as far as `steps`."""
    seen = np.zeros(len(neighbours.start) - 1, dtype=bool)
    seen[start] = True
    layers = [np.array([start], dtype=np.int64)]
    for _ in range(steps):
        fresh = _fresh(neighbours, layers[-1], seen)
        if len(fresh) == 0:
            break
        layers.append(fresh)
    return layers


def find_way(graph: RingGraph, a: object, b: object) -> tuple[object, ...] | None:
    """Ids along one shortest way from a party to another; None where no way leads there.

    Searched from both ends in turn, so it looks at a small part of a large network. Strength
    is left out, direction is followed in a directed graph. Of several ways as short it is
    the same one each time; `find_paths` gives all of them with their evidence.

    Raises
    ------
    GraphError
        If a party is not in the graph.
    """
    way = _way(graph, position_of(graph, a), position_of(graph, b))
    return tuple([graph.ids[place] for place in way]) if way else None


def _way(graph: RingGraph, start: int, end: int) -> list[int]:
    """Positions along the way; none where no way leads there."""
    if kernels.compiled():
        return graph.ground.shortest_way(start, end)
    return _plain_way(graph, start, end)


def _plain_way(graph: RingGraph, start: int, end: int) -> list[int]:
    if start == end:
        return [start]
    count = len(graph.parties)
    sides = ((graph.outward, [np.array([start])]), (graph.inward, [np.array([end])]))
    seen = (np.zeros(count, dtype=bool), np.zeros(count, dtype=bool))
    seen[0][start] = seen[1][end] = True
    while True:
        costs = [int(near.sizes[layers[-1]].sum()) for near, layers in sides]
        side = 0 if costs[0] <= costs[1] else 1
        neighbours, layers = sides[side]
        fresh = _as_met(neighbours, layers[-1], seen[side])
        if len(fresh) == 0:
            return []
        layers.append(fresh)
        met = fresh[seen[1 - side][fresh]]
        if len(met):
            middle = int(met[0])
            there = _back(graph.inward, sides[0][1], middle)
            return [*reversed(there), *_back(graph.outward, sides[1][1], middle)[1:]]


def _as_met(neighbours: Neighbours, layer: Integers, seen: npt.NDArray[np.bool_]) -> Integers:
    """Contacts of a layer who were not seen before, in the order in which they are met."""
    reached = neighbours.of(layer)
    reached = reached[~seen[reached]]
    seen[reached] = True
    first = np.sort(np.unique(reached, return_index=True)[1])
    return reached[first].astype(np.int64)


def _fresh(neighbours: Neighbours, layer: Integers, seen: npt.NDArray[np.bool_]) -> Integers:
    """The same, ascending."""
    return np.sort(_as_met(neighbours, layer, seen))


def _back(neighbours: Neighbours, layers: list[Integers], middle: int) -> list[int]:
    """From where both searches met back to an end: in each layer the first who is tied."""
    depth = next(number for number, layer in enumerate(layers) if (layer == middle).any())
    way = [middle]
    for layer in reversed(layers[:depth]):
        contacts = neighbours.of(np.array([way[-1]]))
        way.append(int(contacts[np.isin(contacts, layer)][0]))
    return way
