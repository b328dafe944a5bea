"""How one party could have reached another in time: ties that can follow each other."""

import heapq
from dataclasses import replace
from itertools import pairwise

from ringmap.analysis.arrivals import surely_reached
from ringmap.analysis.contacts import Contacts, Ways, cases_passed, contacts_of, ways_out
from ringmap.analysis.paths import Paths, link_table, position_of
from ringmap.analysis.spans import ALWAYS, FOREVER
from ringmap.graph import RingGraph


def find_paths_in_time(
    graph: RingGraph, a: object, b: object, *, strict: bool = False, through_cases: bool = False
) -> Paths:
    """The way from one party to another that arrives first, its ties in the order of time.

    A tie can be used on any day from its first date to its last; a date known to the month
    or the year leaves all its days open, a missing or open one that side. Among ways that
    arrive on the same day the one with fewest steps is shown, then the first by id. Of the
    ties between two parties on it ``links`` has those that can be used there in the order of
    time, and no others. ``number`` is 1 when there is a way, not a count of all ways.
    ``because`` says how many steps have no tie with a date, and whether a way is certain: one
    whose ties follow each other whatever days their dates mean (see `find_arrivals`), which
    need not be the one shown.

    Parameters
    ----------
    strict
        Each tie on a later day than the one before; else days may be the same.
    through_cases
        Whether a way may pass through a case file. A case is no person, and nobody meets
        there: two whom one file names may never have heard of each other.

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
    passed = [] if through_cases else cases_passed(graph, [start, end])
    contacts = contacts_of(graph, without=passed)
    route = _first_to_arrive(contacts, start, end, strict=strict)
    if route is None:
        return Paths(
            link_table(graph, []), None, 0, 0,
            "no way in time: no chain of ties leads from one to the other in the order of dates"
            + ("; ways through case files do not count, as nobody meets there" if passed else ""),
        )  # fmt: skip
    links = link_table(graph, [route])
    in_time = _ties_in_time(ways_out(contacts), route, strict=strict)
    links = links[links["tie"].isin(in_time)].reset_index(drop=True)
    undated = int(links.groupby("step")[["first", "last"]].count().sum(axis=1).eq(0).sum())
    steps = "1 step" if len(route) == 2 else f"{len(route) - 1} steps"
    doubt = f"; {undated} of them without a date, taken as possible" if undated else ""
    sure = (
        "; that a way is open is certain, perhaps another than this one"
        if end in surely_reached(contacts, start, strict=strict)
        else "; possible, not certain: dates leave its order open"
    )
    return Paths(links, len(route) - 1, 1, 1, f"a way of {steps} in the order of time{doubt}{sure}")


def _first_to_arrive(contacts: Contacts, start: int, end: int, *, strict: bool) -> list[int] | None:
    ways = ways_out(contacts)
    arrival = _earliest(ways, start, end, strict)
    if arrival is None:
        return None
    day, steps = arrival
    latest = _latest_leaving(contacts, end, day, steps, strict)
    route, now = [start], ALWAYS
    for left in range(steps - 1, -1, -1):
        onward = [
            (other, max(now, first)) for other, first, last, _ in ways[route[-1]]
            if max(now, first) <= min(last, latest[left].get(other, ALWAYS - 1))
        ]  # fmt: skip
        other, reached = min(onward)
        route.append(other)
        now = reached + strict
    return route


def _ties_in_time(ways: Ways, route: list[int], *, strict: bool) -> set[int]:
    """The ties along a route that can be used there, one step after another."""
    now, steps = ALWAYS, []
    for one, onward in pairwise(route):
        ties = [(max(now, first), last, tie) for other, first, last, tie in ways[one]
                if other == onward and max(now, first) <= last]  # fmt: skip
        steps.append(ties)
        now = min(day for day, _, _ in ties) + strict
    until, found = FOREVER, set[int]()
    for ties in reversed(steps):
        used = [(min(last, until), tie) for day, last, tie in ties if day <= until]
        found |= {tie for _, tie in used}
        until = max(day for day, _ in used) - strict
    return found


def _earliest(ways: Ways, start: int, end: int, strict: bool) -> tuple[int, int] | None:
    """The day of the first arrival, and the fewest steps that lead there on that day."""
    best: dict[int, int] = {}
    waiting = [(ALWAYS, 0, start)]
    while waiting:
        day, steps, party = heapq.heappop(waiting)
        if party == end:
            return day, steps
        if best.get(party, steps + 1) <= steps:  # reached no later with as few steps
            continue
        best[party] = steps
        after = day + 1 if strict and steps else day
        for other, first, last, _ in ways.get(party, ()):
            if max(after, first) <= last:
                heapq.heappush(waiting, (max(after, first), steps + 1, other))
    return None


def _latest_leaving(
    contacts: Contacts, end: int, day: int, steps: int, strict: bool
) -> list[dict[int, int]]:
    """By steps still to go: the last day on which each party may be reached to be in time."""
    back = ways_out(replace(contacts, source=contacts.target, target=contacts.source))
    latest = [{end: day}]
    for _ in range(steps - 1):
        reach: dict[int, int] = {}
        for party, until in latest[-1].items():
            for other, first, last, _ in back.get(party, ()):
                used = min(last, until)
                if first <= used:
                    reach[other] = max(used - strict, reach.get(other, ALWAYS - 1))
        latest.append(reach)
    return latest
