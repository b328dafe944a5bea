"""Arrivals: how early word, or a person, could have come from one party to each other."""

import datetime
import heapq
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ringmap.analysis.contacts import Contacts, cases_passed, contacts_of, is_dated, ways_out
from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.paths import position_of
from ringmap.analysis.spans import ALWAYS, FOREVER
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph

ARRIVAL_COLUMNS = (
    "party", "reach", "possible_from", "certain_by", "from_party", "because", "records",
)  # fmt: skip

#: Day and the tie it came by, by party.
Found = dict[int, tuple[int, int, int]]


def find_arrivals(
    graph: RingGraph,
    start: object,
    *,
    strict: bool = False,
    wait_days: int | None = None,
    through_cases: bool = False,
) -> pd.DataFrame:
    """The earliest day by which each party can have been reached from one, tie after tie.

    ``reach`` is ``certain`` when ties follow each other whatever days their dates mean,
    ``possible`` when they do on some days that the dates allow. ``possible_from`` is the
    first day that is possible, ``certain_by`` the day by which it had happened for sure, if
    anything passed at all; both are bounds computed from dates, no recorded dates, and empty
    where the dates are open. A way in time is one that word, money or a person could have
    taken; that any did, no record says. Parties out of reach have no row, nor has the start.

    For the possible reading a tie can be used on any day from its first date to its last; a
    year leaves all its days open, a missing date its side. For the certain reading only two
    contacts count, on the day of its first date and on that of its last, wherever in the
    year or month those lie; an undated tie, or one of estimated dates ("about"), counts for
    nothing. A tie that ends before it begins lies between its dates.

    Certain ones first, then by day, then by id. One pass over the ties in the order of days
    (Wu 2014): a second at 83,000 ties.

    Parameters
    ----------
    strict
        Each tie on a later day than the one before; else days may be the same.
    wait_days
        Longest stay at a party on the way, 0 up; any when None. The certain reading counts
        it from the earliest day of arrival to the latest day of leaving. A way may come back
        to a party, and two who stay in contact hold what they know.
    through_cases
        Whether ways pass through case files. A case is no person, and nobody meets there: two
        whom one file names may never have heard of each other.

    Returns
    -------
        ``party, reach, possible_from, certain_by``, ``from_party`` (who stands before the
        party on that way; of several the first by id), ``because``, ``records`` (behind the
        last tie of the way).

    Raises
    ------
    GraphError
        If the party is not in the graph or `wait_days` is negative.

    References
    ----------
    Wu, H. et al. (2014). Path problems in temporal graphs. Proceedings of the VLDB
    Endowment 7(9), 721-732.
    Casteigts, A. et al. (2021). Finding temporal paths under waiting time constraints.
    Algorithmica 83, 2754-2802.
    """
    if wait_days is not None and wait_days < 0:
        raise QuestionError(
            f"nobody waits {wait_days} days", hint="give 0 or more, or leave it out"
        )
    place = position_of(graph, start)
    passed = () if through_cases else cases_passed(graph, [place])
    contacts = contacts_of(graph, without=passed)
    sure = _certain(contacts, place, strict, wait_days)
    maybe = (_possible(contacts, place, strict) if wait_days is None
             else _possible_waiting(contacts, place, strict, wait_days))  # fmt: skip
    rows = [_row(graph, one, maybe[one], sure.get(one)) for one in maybe if one != place]
    table = pd.DataFrame(rows, columns=[*ARRIVAL_COLUMNS, "_day"])
    names = table["party"].astype(str)
    table = table.assign(_name=names, _sure=table["reach"] != "certain")
    table = table.sort_values(["_sure", "_day", "_name"], kind="stable", ignore_index=True)
    return table[list(ARRIVAL_COLUMNS)]


def surely_reached(contacts: Contacts, start: int, *, strict: bool = False) -> set[int]:
    """Positions of parties that are reached in time whatever days the dates mean."""
    return set(_certain(contacts, start, strict, None))


def _row(graph: RingGraph, party: int, maybe: tuple[int, int, int],
         sure: tuple[int, int, int] | None) -> dict[str, object]:  # fmt: skip
    _, tie, before = sure or maybe
    names = graph.parties["party"]
    day = sure[0] if sure else maybe[0]
    return {
        "party": names.iat[party],
        "reach": "certain" if sure else "possible",
        "possible_from": _day(maybe[0]),
        "certain_by": _day(sure[0]) if sure else None,
        "from_party": names.iat[before],
        "because": _because(maybe[0], sure),
        "records": records_of_ties(graph, [tie]),
        "_day": day,
    }


def _because(maybe: int, sure: tuple[int, int, int] | None) -> str:
    since = f"from {_day(maybe)} on" if _day(maybe) else "at an unknown time, for want of dates"
    if sure is None:
        return f"possible {since}; not certain, as dates leave the order of ties open"
    return f"possible {since}; certain by {_day(sure[0])}, whatever days the dates mean"


def _day(day: int) -> str | None:
    """A day as an ISO date; None for one that no date bounds."""
    known = datetime.date.min.toordinal() <= day <= datetime.date.max.toordinal()
    return datetime.date.fromordinal(day).isoformat() if known else None


def _possible(contacts: Contacts, start: int, strict: bool) -> Found:
    """The earliest possible day at each party, as Dijkstra would, days for lengths."""
    ways = ways_out(contacts)
    found: Found = {}
    waiting = [(ALWAYS, start, start, -1)]
    while waiting:
        day, party, before, tie = heapq.heappop(waiting)
        if party in found:
            continue
        found[party] = (day, tie, before)
        after = day + 1 if strict and party != start else day
        for other, first, last, way in ways.get(party, ()):
            if other not in found and max(after, first) <= last:
                heapq.heappush(waiting, (max(after, first), other, party, way))
    return found


def _possible_waiting(contacts: Contacts, start: int, strict: bool, wait_days: int) -> Found:
    """The same when nobody waits longer than some days: all possible days at each party."""
    ways = ways_out(contacts)
    end = _last_arrival(contacts)
    days: dict[int, list[tuple[int, int]]] = {start: [(ALWAYS, end)]}
    found: Found = {start: (ALWAYS, -1, start)}
    waiting = [(ALWAYS, start)]
    queued = {start}
    while waiting:
        _, party = heapq.heappop(waiting)
        queued.discard(party)
        for other, first, last, tie in ways.get(party, ()):
            wait = 1 if party == start else wait_days  # Whoever sets out can do so on any day.
            reached = _leave(days[party], first, min(last, end), int(strict), wait)
            if other == start or not _add(days.setdefault(other, []), reached):
                continue
            earliest = days[other][0][0]
            if other not in found or earliest < found[other][0]:
                found[other] = (earliest, tie, party)
            if other not in queued:
                queued.add(other)
                heapq.heappush(waiting, (earliest, other))
    return found


def _last_arrival(contacts: Contacts) -> int:
    """A day by which everybody is reached who ever is: no contact begins in its last days.

    From the last beginning of any contact on a step a day is enough, and no party comes twice.
    """
    begins = int(contacts.first.max(initial=ALWAYS))
    return begins + len(np.union1d(contacts.source, contacts.target))


def _leave(days: Iterable[tuple[int, int]], first: int, last: int, later: int,
           wait_days: int) -> list[tuple[int, int]]:  # fmt: skip
    """Days on which a tie can be used by who arrived on some days."""
    if wait_days < later:
        return []
    spans = [(max(first, a + later), min(last, b + wait_days)) for a, b in days]
    return [(a, b) for a, b in spans if a <= b]


def _add(days: list[tuple[int, int]], more: Iterable[tuple[int, int]]) -> bool:
    """Take further days in, whole spans of days in order; whether any was new."""
    before = list(days)
    joined: list[tuple[int, int]] = []
    for first, last in sorted([*before, *more]):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    days[:] = joined
    return joined != before


@dataclass(slots=True)
class _Sweep:
    """What is known at a day of the pass: since when at the latest each party was reached."""

    since: dict[int, int]
    found: Found
    coming: list[tuple[int, int, int]]


def _certain(contacts: Contacts, start: int, strict: bool, wait_days: int | None) -> Found:
    """The day by which each party was reached for sure, in one pass over days.

    A contact of some day from `low` to `high` follows an arrival for sure when the arrival's
    last day is not after `low`, and waits too long for no choice of days when `high` is not
    later than the arrival's first day by more than may be waited.
    """
    sweep = _Sweep({start: FOREVER}, {start: (ALWAYS, -1, start)}, [])
    for low, group in _by_day(contacts):
        while sweep.coming and sweep.coming[0][0] < low + (not strict):
            _, party, since = heapq.heappop(sweep.coming)
            sweep.since[party] = max(since, sweep.since.get(party, ALWAYS))
        left = group
        while left:
            fits = [_follows(sweep, one, wait_days) for one in left]
            if not any(fits):
                break
            usable = [one for one, fit in zip(left, fits, strict=True) if fit]
            left = [one for one, fit in zip(left, fits, strict=True) if not fit]
            for source, target, high, tie in usable:
                _arrive(sweep, source, target, low, high, tie, at_once=not strict)
    return sweep.found


Contact = tuple[int, int, int, int]


def _by_day(contacts: Contacts) -> Iterable[tuple[int, list[Contact]]]:
    """Sure contacts by the first day they may be of."""
    days: dict[int, set[Contact]] = {}
    for which in (0, 1):
        rows = is_dated(contacts, which)
        columns = (contacts.source, contacts.target, contacts.sure_last[:, which], contacts.tie)
        low = contacts.sure_first[rows, which].tolist()
        for day, *contact in zip(low, *(one[rows].tolist() for one in columns), strict=True):
            source, target, high, tie = contact
            days.setdefault(day, set()).add((source, target, high, tie))
    return [(day, sorted(days[day])) for day in sorted(days)]


def _follows(sweep: _Sweep, contact: Contact, wait_days: int | None) -> bool:
    since = sweep.since.get(contact[0])
    return since is not None and (wait_days is None or contact[2] - since <= wait_days)


def _arrive(sweep: _Sweep, source: int, target: int, low: int, high: int, tie: int, *,
            at_once: bool) -> None:  # fmt: skip
    known = sweep.found.get(target)
    if known is None or (high, source, tie) < (known[0], known[2], known[1]):
        sweep.found[target] = (high, tie, source)
    if at_once and high == low:
        sweep.since[target] = max(low, sweep.since.get(target, ALWAYS))
    else:
        heapq.heappush(sweep.coming, (high, target, low))
