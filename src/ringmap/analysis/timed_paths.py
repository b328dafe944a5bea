"""How one party could have reached another in time: ties that can follow each other."""

import heapq

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.paths import Paths, link_table, position_of
from ringmap.graph import RingGraph
from ringmap.model import first_day, last_day

_ALWAYS = -(10**9)
_FOREVER = 10**9

Days = npt.NDArray[np.int64]


def find_paths_in_time(graph: RingGraph, a: object, b: object) -> Paths:
    """The way from one party to another that arrives first, its ties in the order of time.

    A tie can be used on any day from its first date to its last; a date known to the month
    or the year leaves all its days open, a missing or open one that side. Days may be
    the same from one tie to the next. Among ways that arrive on the same day the one with
    fewest steps is shown, then the first by id. ``number`` is 1 when there is a way, not a
    count of all ways; ``because`` says how many of its ties have no date.

    Raises
    ------
    GraphError
        If a party is not in the graph.

    References
    ----------
    Wu, H. et al. (2014). Path problems in temporal graphs. Proceedings of the VLDB
    Endowment 7(9), 721-732.
    """
    start, end = position_of(graph, a), position_of(graph, b)
    if start == end:
        return Paths(link_table(graph, []), 0, 1, 0, "both are the same party: no path is needed")
    route = _first_to_arrive(graph, start, end)
    if route is None:
        return Paths(
            link_table(graph, []), None, 0, 0,
            "no way in time: no chain of ties leads from one to the other in the order of dates",
        )  # fmt: skip
    links = link_table(graph, [route])
    undated = int(links.groupby("step")[["first", "last"]].count().sum(axis=1).eq(0).sum())
    steps = "1 step" if len(route) == 2 else f"{len(route) - 1} steps"
    doubt = f"; {undated} of them without a date, taken as possible" if undated else ""
    return Paths(links, len(route) - 1, 1, 1, f"a way of {steps} in the order of time{doubt}")


def _first_to_arrive(graph: RingGraph, start: int, end: int) -> list[int] | None:
    ways = _ways_out(graph)
    best: dict[int, list[tuple[int, int]]] = {}
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(_ALWAYS, 0, (start,))]
    while waiting:
        day, steps, route = heapq.heappop(waiting)
        party = route[-1]
        if party == end:
            return list(route)
        if any(d <= day and s <= steps for d, s in best.get(party, ())):
            continue
        best.setdefault(party, []).append((day, steps))
        for other, first, last in ways.get(party, ()):
            if max(day, first) <= last and other not in route:
                heapq.heappush(waiting, (max(day, first), steps + 1, (*route, other)))
    return None


def _ways_out(graph: RingGraph) -> dict[int, list[tuple[int, int, int]]]:
    """For each party: where a tie leads, and the days it can be used on."""
    first, last = _days(graph.ties["first"], last=False), _days(graph.ties["last"], last=True)
    weight = graph.ties["weight"].to_numpy(dtype=np.float64)
    directed = graph.directed & graph.ties["directed"].to_numpy(dtype=bool)
    ways: dict[int, list[tuple[int, int, int]]] = {}
    for tie, (one, other) in enumerate(zip(graph.source.tolist(), graph.target.tolist(),
                                           strict=True)):  # fmt: skip
        if one == other or weight[tie] == 0:
            continue
        days = int(first[tie]), int(last[tie])
        ways.setdefault(one, []).append((other, *days))
        if not directed[tie]:
            ways.setdefault(other, []).append((one, *days))
    return ways


def _days(dates: pd.Series, *, last: bool) -> Days:
    """A number per date that orders days, the first or the last that the date may mean."""
    told = last_day if last else first_day
    days = [told(date) if isinstance(date, str) else None for date in dates]
    none = _FOREVER if last else _ALWAYS
    return np.array([none if day is None else day.toordinal() for day in days], dtype=np.int64)
