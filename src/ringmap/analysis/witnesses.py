"""Who may know where a missing victim is: by the route, by time, and by the network."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis.corridors import together
from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.pairs import Integers, Numbers, pairs_of
from ringmap.analysis.paths import position_of
from ringmap.analysis.positions import lengths_of, level, shared_ranks
from ringmap.analysis.spans import FOREVER, spans_of, windows_of
from ringmap.errors import GraphError
from ringmap.graph import RingGraph
from ringmap.model import earliest, first_day, is_about, last_day, latest

PEOPLE_COLUMNS = (
    "rank", "party", "side", "roles", "route", "last_contact", "days_before", "steps", "distance",
    "rank_route", "rank_time", "rank_network", "because", "records",
)  # fmt: skip
WITNESS_COLUMNS = (
    "party", "together", "last_together", "days_before", "steps", "because", "records",
)  # fmt: skip
PLACE_COLUMNS = ("rank", "place", "why", "people", "first", "last", "because", "records")
#: Further away in the network, and nowhere on the route, a party is not listed.
MOST_STEPS = 2
_TYPES = ("person", "organisation")
_ROUTE = {
    4: "moved or held the victim on the last recorded step",
    3: "moved or held the victim on an earlier step",
    2: "is tied to the place where the victim was last, or moved or held others there",
    1: "moved or held others on another part of the victim's route",
    0: "has no recorded part in the victim's route",
}
_WHY = {
    3: "the last place recorded of the victim",
    2: "others who were at that place went on to here",
    1: "whoever moved the victim last moved or held others here",
    0: "an earlier place of the victim's route",
}


@dataclass(frozen=True, slots=True)
class MayKnow:
    """Who, and which places, may lead to a missing victim.

    Attributes
    ----------
    people
        Parties that are no victims, by how near they are on the route, in time and in the
        network.
    witnesses
        Other victims, apart and without a rank: people to protect, who may have seen or
        heard something.
    places
        Where to ask, the last known place first.
    trail
        The recorded journeys of the victim, step by step (see `find_journeys`).
    because
        What is known last, and what is not, in a sentence that names nobody.
    """

    people: pd.DataFrame
    witnesses: pd.DataFrame
    places: pd.DataFrame
    trail: pd.DataFrame
    because: str


def find_who_may_know(
    graph: RingGraph,
    victim: object,
    *,
    network: RingGraph | None = None,
    journeys: Journeys | None = None,
    rank_victims: bool = False,
) -> MayKnow:
    """People and places that may lead to a victim, with the reasons of each.

    Three things are looked at, each a rank of its own, equals level.

    - ``route`` (0 to 4): 4 moved or held the victim on the last recorded step, 3 on an
      earlier one, 2 is tied to the place where the victim was last or moved or held others
      there, 1 moved or held others at another place or gate of the route, 0 none of it.
    - ``days_before``: days from the party's last dated contact with the victim (a tie, or
      an event in which both had a part) to the last dated record of the victim, at the
      latest days that the dates allow (``because`` says where a date leaves other days
      open); 0 is nearest, none recorded is last.
    - ``distance`` in the network of people: strong ties are short (1/strength), direction
      aside; out of reach is last. ``steps`` counts ties.

    ``rank`` goes by the sum of the three ranks, equals level, then by id. It is a rule of
    thumb for whom to ask first, and no measure of guilt: a relative who telephoned last
    comes first. Listed is who is on the route, had a part in an event with the victim, or is
    at most two steps away. Missing records tell: who was never recorded near the victim may
    know most.

    Other victims are never among `people`; they stand in ``witnesses`` in the order of
    their last time together, which is no ranking of anyone's part. Whether the victim is
    missing the graph does not say; when the last record is a return, ``because`` says that.

    Parameters
    ----------
    network
        A projection of the same case in which people are tied (``people``, calls); `graph`
        without its cases, places and numbers when None.
    journeys
        What `find_journeys` gave for `graph`.
    rank_victims
        Whether other victims are ranked among the people as well.

    Raises
    ------
    GraphError
        If the victim is not in the graph or is no person.
    """
    name = _person(graph, victim)
    found = journeys or find_journeys(graph)
    trail = found.legs[found.legs["person"] == name].reset_index(drop=True)
    seen = _last_seen(graph, name, trail)
    parties = _described(graph, network or graph, name, found.legs, seen)
    listed = (parties["route"] > 0) | (parties["steps"] <= MOST_STEPS) | parties["together"].gt(0)
    parties = parties[listed]
    witnesses = _witness_rows(parties[parties["victim"]])
    people = _ranked(parties[~parties["victim"] | rank_victims])
    places = _places(found.legs, trail, seen)
    return MayKnow(people, witnesses, places, trail, _because(seen, people, witnesses))


def _person(graph: RingGraph, victim: object) -> str:
    place = position_of(graph, victim)
    if "type" in graph.parties.columns and graph.parties["type"].iat[place] != "person":
        raise GraphError(f"'{victim}' is no person", hint="give the id of a victim")
    return str(graph.parties["party"].iat[place])


@dataclass(frozen=True, slots=True)
class _Seen:
    """The last that is recorded of a victim, and the victim's own ties with their last dates."""

    ties: Integers
    others: Integers
    tie_dates: list[str | None]
    date: str | None
    step: dict[Any, Any] | None
    place: str | None

    @property
    def returned(self) -> bool:
        """Whether the last step is of a return."""
        return self.step is not None and self.step["stage"] == "return"


def _last_seen(graph: RingGraph, name: str, trail: pd.DataFrame) -> _Seen:
    place = position_of(graph, name)
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    cases = _of_type(graph, ("case",))
    own = ((source == place) | (target == place)) & ~cases[source] & ~cases[target]
    ties = np.flatnonzero(own & (source != target))
    others = np.where(source == place, target, source)[ties]
    told = graph.ties.iloc[ties]
    tie_dates = [_later(a, b) for a, b in zip(told["first"], told["last"], strict=True)]
    dates = [_later(a, b) for a, b in zip(trail["date"], trail["end_date"], strict=True)]
    step = trail.iloc[-1].to_dict() if len(trail) else None
    ends = (step["to_place"], step["from_place"]) if step else ()
    at = next((str(one) for one in ends if one is not None), None)
    return _Seen(ties, others, tie_dates, latest([*tie_dates, *dates]), step, at)


def _days_before(seen: _Seen, date: str | None) -> int | None:
    """Days from a date to the last record, at the latest days that both allow."""
    if date is None or seen.date is None:
        return None
    days = pd.Series([seen.date, date])
    last, then = (int(one) for one in windows_of(days, days)[1])
    return None if FOREVER in (last, then) else max(last - then, 0)


def _is_open(seen: _Seen, date: str | None) -> bool:
    """Whether the days from a date to the last record may be more or fewer than told."""
    return any(one is not None and (is_about(one) or first_day(one) != last_day(one))
               for one in (seen.date, date))  # fmt: skip


def _later(first: object, last: object) -> str | None:
    """By when something was over; of dates the wrong way round it lies between them."""
    if not isinstance(first, str) or not isinstance(last, str):
        return latest((first, last))
    begun, over = first_day(first), last_day(last)
    return first if begun is not None and over is not None and over < begun else last


def _of_type(graph: RingGraph, types: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if "type" not in graph.parties.columns:
        return np.full(len(graph.parties), "person" in types)
    return np.asarray(graph.parties["type"].isin(types), dtype=bool)


def _described(graph: RingGraph, network: RingGraph, name: str, legs: pd.DataFrame,
               seen: _Seen) -> pd.DataFrame:  # fmt: skip
    """Every other person and organisation, with all that is asked of each."""
    told = graph.parties[_of_type(graph, _TYPES) & (graph.parties["party"] != name).to_numpy()]
    parties = pd.DataFrame({"party": told["party"].astype(str).tolist()})
    for column in ("side", "roles"):
        known = told[column].tolist() if column in told.columns else [None] * len(told)
        parties[column] = pd.Series(known, dtype=object)
    parties["victim"] = parties["side"].isin(["victim", "both"])
    shared = _shared(legs, name)
    ties = _own_ties(graph, seen)
    route, behind = _on_the_route(graph, legs, name, seen)
    near = _near(network, name)
    rows = []
    for party in parties["party"]:
        dates = [*shared.get(party, _NONE)[0], *ties.get(party, _NONE)[0]]
        contact = latest(one for one in dates if one is not None)
        steps, distance = near.get(party, (None, np.inf))
        records = [*shared.get(party, _NONE)[1], *ties.get(party, _NONE)[1],
                   *behind.get(party, [])]  # fmt: skip
        rows.append((route.get(party, 0), len(shared.get(party, _NONE)[0]), contact,
                     _days_before(seen, contact), _is_open(seen, contact), steps, distance,
                     together(records)))  # fmt: skip
    columns = ["route", "together", "last_contact", "days_before", "open", "steps", "distance",
               "records"]  # fmt: skip
    found = pd.DataFrame(rows, columns=columns)
    found = found.astype({"days_before": "Int64", "steps": "Int64", "distance": "float64"})
    parties = pd.concat([parties, found], axis=1)
    parties["because"] = [_reason(row) for row in parties.to_dict("records")]
    return parties


_NONE: tuple[list[str | None], list[tuple[int, ...]]] = ([], [])
Contacts = dict[str, tuple[list[str | None], list[tuple[int, ...]]]]


def _shared(legs: pd.DataFrame, name: str) -> Contacts:
    """Events in which others had a part together with the victim: their dates and records."""
    own = legs[legs["person"] == name].drop_duplicates(["event", "case"])
    keys = set(zip(own["event"], own["case"], strict=True))
    found: Contacts = {}
    seen: set[tuple[str, Any, Any]] = set()
    columns = ("event", "case", "person", "moved_by", "date", "end_date", "records")
    for event, case, person, movers, date, end, records in zip(
        *(legs[column] for column in columns), strict=True
    ):
        if (event, case) not in keys:
            continue
        for party in {person, *movers} - {name, None}:
            if (party, event, case) not in seen:
                seen.add((party, event, case))
                dates, behind = found.setdefault(str(party), ([], []))
                dates.append(_later(date, end))
                behind.append(records)
    return found


def _own_ties(graph: RingGraph, seen: _Seen) -> Contacts:
    found: Contacts = {}
    names = graph.parties["party"].astype(str).tolist()
    for tie, other, date in zip(seen.ties, seen.others, seen.tie_dates, strict=True):
        dates, behind = found.setdefault(names[other], ([], []))
        dates.append(date)
        behind.append(records_of_ties(graph, [int(tie)]))
    return found


Behind = dict[str, list[tuple[int, ...]]]


def _on_the_route(
    graph: RingGraph, legs: pd.DataFrame, name: str, seen: _Seen
) -> tuple[dict[str, int], Behind]:
    """How near each party is to the victim's route, and the records that say so."""
    found: dict[str, int] = {}
    behind: Behind = {}
    own = legs[legs["person"] == name]
    events = set(zip(own["event"], own["case"], strict=True))
    last = None if seen.step is None else (seen.step["event"], seen.step["case"])
    stops = {one for column in ("from_place", "to_place", "crossing") for one in own[column]}
    columns = ("event", "case", "from_place", "to_place", "crossing", "inferred", "moved_by",
               "records")  # fmt: skip
    for event, case, start, end, gate, inferred, movers, records in zip(
        *(legs[column] for column in columns), strict=True
    ):
        touched = {None if inferred else start, end, gate} - {None}
        near = (4 if (event, case) == last else 3 if (event, case) in events
                else 2 if seen.place in touched else 1 if touched & stops else 0)  # fmt: skip
        for mover in movers if near else ():
            _note(found, behind, str(mover), near, records)
    if seen.place is not None:
        _note_tied(graph, str(seen.place), found, behind)
    return found, behind


def _note(found: dict[str, int], behind: Behind, party: str, near: int,
          records: tuple[int, ...]) -> None:  # fmt: skip
    found[party] = max(near, found.get(party, 0))
    behind.setdefault(party, []).append(records)


def _note_tied(graph: RingGraph, place: str, found: dict[str, int],
               behind: Behind) -> None:  # fmt: skip
    at = position_of(graph, place)
    ties = np.flatnonzero((graph.source == at) | (graph.target == at))
    names = graph.parties["party"].astype(str).tolist()
    for tie in ties.tolist():
        other = int(graph.target[tie] if graph.source[tie] == at else graph.source[tie])
        _note(found, behind, names[other], 2, records_of_ties(graph, [tie]))


def _near(network: RingGraph, name: str) -> dict[str, tuple[int, float]]:
    """Steps and distance to everyone in reach, direction aside."""
    names = network.parties["party"].astype(str).tolist()
    if name not in names:
        return {}
    people = _of_type(network, _TYPES)
    pairs = pairs_of(network)
    strength = pairs.forward + pairs.backward if network.directed else pairs.forward
    keep = people[pairs.low] & people[pairs.high]
    ends = np.column_stack([pairs.low[keep], pairs.high[keep]])
    start = names.index(name)
    steps = _distances(len(names), ends, np.ones(int(keep.sum())), start)
    distance = _distances(len(names), ends, lengths_of(strength[keep]), start)
    reached = np.flatnonzero(np.isfinite(steps))
    return {names[one]: (int(steps[one]), float(distance[one])) for one in reached.tolist()}


def _distances(count: int, ends: Integers, length: Numbers, start: int) -> Numbers:
    import igraph

    found = np.asarray(igraph.Graph(n=count, edges=ends).distances(start, weights=length)[0])
    within = np.isfinite(found)
    found[within] = level(found[within])
    return found.astype(np.float64)


def _reason(row: dict[Any, Any]) -> str:
    route, together_ = int(row["route"]), int(row["together"])
    days, steps = row["days_before"], row["steps"]
    said = [_ROUTE[route]] if route or not together_ else []
    if together_:
        said.append(f"{counted(together_, 'event')} together with the victim")
    if pd.isna(days):
        said.append("no dated contact with the victim")
    elif days == 0:
        said.append(
            "in contact when the victim was last recorded"
            if not row["open"]
            else "may have been in contact when the victim was last recorded: dates leave it open"
        )
    else:
        said.append(f"last contact {counted(int(days), 'day')} before the last record"
                    + ", by the latest days that dates allow" * bool(row["open"]))  # fmt: skip
    if pd.isna(steps):
        said.append("not within reach in the network of people")
    else:
        said.append(f"{counted(int(steps), 'step')} away in the network of people")
    return "; ".join(said)


def _ranked(parties: pd.DataFrame) -> pd.DataFrame:
    days = parties["days_before"].astype("Float64").fillna(np.inf)
    table = parties.assign(
        rank_route=shared_ranks(parties["route"]),
        rank_time=shared_ranks(-days),
        rank_network=shared_ranks(-parties["distance"]),
    )
    total = table[["rank_route", "rank_time", "rank_network"]].sum(axis=1)
    table["rank"] = shared_ranks(-total)
    table = table.sort_values(["rank", "party"], kind="stable", ignore_index=True)
    table["distance"] = table["distance"].replace(np.inf, np.nan)
    return table[list(PEOPLE_COLUMNS)]


def _witness_rows(victims: pd.DataFrame) -> pd.DataFrame:
    table = victims.rename(columns={"last_contact": "last_together"})
    table = table.sort_values(
        ["days_before", "together", "party"], ascending=[True, False, True], na_position="last",
        ignore_index=True,
    )  # fmt: skip
    return table[list(WITNESS_COLUMNS)]


def _places(legs: pd.DataFrame, trail: pd.DataFrame, seen: _Seen) -> pd.DataFrame:
    """Places to ask at, by why they may lead on, then by how many people, then by date."""
    found: dict[str, tuple[int, list[int]]] = {}
    known = legs[legs["stage"] != "return"].reset_index(drop=True)
    movers = set() if seen.step is None else set(seen.step["moved_by"])
    name = trail["person"].iat[0] if len(trail) else None
    columns = ("from_place", "to_place", "inferred", "person", "moved_by")
    for row, (start, end, inferred, person, led) in enumerate(
        zip(*(known[column] for column in columns), strict=True)
    ):
        mine = person == name and name is not None
        onward = start is not None and start == seen.place and end != start and not mine
        for place in {None if inferred and not mine else start, end} - {None}:
            why = (3 if place == seen.place else 2 if onward and place == end
                   else 1 if movers & set(led) and not mine else 0 if mine else -1)  # fmt: skip
            if why >= 0:
                best, rows = found.get(place, (why, []))
                rows = [*(rows if best >= why else []), *([row] if why >= best else [])]
                found[place] = (max(best, why), rows)
    if seen.place is not None:
        found.setdefault(seen.place, (3, []))
    told = [_place_row(place, why, known.iloc[some]) for place, (why, some) in found.items()]
    table = pd.DataFrame(told, columns=[*PLACE_COLUMNS, "_why", "_day"])
    total = (
        table[["_why", "people"]].apply(tuple, axis=1) if len(table) else pd.Series(dtype=object)
    )
    table["rank"] = shared_ranks(total.map({one: at for at, one in enumerate(sorted(set(total)))}))
    table = table.sort_values(["_why", "people", "_day", "place"],
                              ascending=[False, False, False, True], ignore_index=True)  # fmt: skip
    return table[list(PLACE_COLUMNS)]


def _place_row(place: str, why: int, legs: pd.DataFrame) -> dict[str, Any]:
    dates = [_later(a, b) for a, b in zip(legs["date"], legs["end_date"], strict=True)]
    people = legs["person"].dropna().nunique()
    spans = spans_of(legs["date"].astype(object), legs["end_date"].astype(object))
    days = [int(one) for one in spans.end_late if one < FOREVER]
    return {
        "place": place, "why": _WHY[why], "people": people,
        "first": _first(legs["date"]), "last": latest(dates),
        "because": f"{_WHY[why]}; {counted(people, 'named person')} recorded so",
        "records": together(legs["records"]), "_why": why, "_day": max(days, default=0),
    }  # fmt: skip


def _first(dates: Iterable[object]) -> str | None:
    return earliest(one for one in dates if isinstance(one, str))


def _because(seen: _Seen, people: pd.DataFrame, witnesses: pd.DataFrame) -> str:
    if seen.step is None and not len(seen.ties):
        return "nothing here: no tie, leg or stay of this person is recorded"
    when = f"last recorded {seen.date}" if seen.date else "no record is dated"
    if seen.step is None:
        where = "no place is recorded"
    elif seen.place is None:
        where = "the last step names no place"
    else:
        where = f"the last of {counted(int(seen.step['step']), 'step')} names a place"
    back = "; the last step is a return, so this person may have been found" * bool(seen.returned)
    others = counted(len(witnesses), "other victim")
    return f"{when}; {where}{back}; {len(people)} to ask about; {others} may have seen something"
