"""Journeys: the legs of each person joined in the order of time, with what is not known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.ordering import Movement, put_in_order
from ringmap.analysis.spans import ALWAYS, FOREVER, spans_of
from ringmap.errors import QuestionError
from ringmap.graph import LEG_COLUMNS, RingGraph
from ringmap.model import earliest, latest

JOURNEY_LEG_COLUMNS = (
    "journey", "step", "person", "event", "kind", "stage", "case", "date", "end_date",
    "from_place", "to_place", "crossing", "join", "order", "inferred", "moved_by", "transport",
    "because", "records",
)  # fmt: skip
JOURNEY_COLUMNS = (
    "journey", "person", "from_place", "to_place", "places", "gates", "legs", "inferred", "stays",
    "gaps", "doubtful", "returned", "first", "last", "cases", "moved_by", "because", "records",
)  # fmt: skip

_JOINS = {
    "start": "begins the journey",
    "continues": "goes on from where the person was",
    "stays": "the person stays where they were",
    "inferred": "no place to leave from is recorded: taken to be where the person was before",
    "appears": "the person is next recorded here: how they came is not recorded",
    "gap": "sets out from another place than the last: the way between is not recorded",
    "same": "the same way as the step before, and dates allow one trip: counted once",
}
_ORDERS = {
    "first": "",
    "certain": "; surely later than the one before, by its dates",
    "numbered": "; later than the one before, as its records number the legs",
    "possible": "; its dates leave open whether it is later than the one before",
    "undated": "; it is not dated, so its place in the order is a guess",
}
_RETURN = "return"


@dataclass(frozen=True, slots=True)
class Journeys:
    """Who went where, leg by leg.

    Attributes
    ----------
    legs
        A row per journey and step. ``join`` says how it follows the step before: ``start``,
        ``continues``, ``stays``, ``inferred`` (its beginning is not recorded),
        ``appears`` (the person was next recorded at another place; no movement is),
        ``gap`` (it sets out from elsewhere), ``same`` (the same two places as the step
        before and dates that allow one trip, as a sale and the ride that followed it: not
        counted again). ``order`` says how sure its place in the order
        is: ``certain`` (by dates), ``numbered`` (by the records' own numbers), ``possible``,
        ``undated``. ``inferred`` is True where ``from_place`` was not recorded but taken
        from the step before.
    journeys
        A row per journey: first and last known place, ``places`` and ``gates`` passed in
        order, ``legs`` (recorded movements from a place to another), ``inferred``,
        ``stays``, ``gaps``, ``doubtful`` (steps whose order is possible or undated),
        ``returned`` (True when its last record is of a return), dates, cases, movers.
    because
        What was found and what not, in a sentence.
    """

    legs: pd.DataFrame
    journeys: pd.DataFrame
    because: str


def find_journeys(graph: RingGraph, *, apart_days: int = 365) -> Journeys:
    """The legs and stays of each person joined into journeys, in the order of time.

    A leg comes before another when the last day it may have begun on lies before the
    other's first, or when records of one route of one case number it lower and no date
    speaks against that. Where both may be first, the one that sets out from where the person
    is goes first, then the earlier by the middle of its possible days, then by number and
    id. So a year or a month may put a leg in the wrong place: ``order`` says which are
    certain. An estimate ("about 2019") is taken by its days, and no order by it is certain; a
    leg that ends before it begins lies between its two dates.

    A journey ends with a return (rescued, escaped, handed over, returned) that something
    else follows, or where more than `apart_days` pass without a record for sure. Legs that
    name nobody are joined by case and route; their ``person`` is None, and how many people
    they stand for is not known. Events of one place (see ``graph.stays``) tell where a
    person was, and a movement to there is inferred; it is never counted as a recorded leg.
    People who moved others are no travellers here, unless a record says that they were moved.

    Journeys are in the order of people's ids, then of time, and named J1, J2, … in it. The
    same trip recorded as two events, by two agencies, is two legs: merge them first. Where
    records of one event give two dates, the first by file and row is used.

    Parameters
    ----------
    apart_days
        Days without any record after which a new journey begins, 1 or more.

    Raises
    ------
    GraphError
        If `apart_days` is less than 1.
    """
    if apart_days < 1:
        raise QuestionError(f"journeys cannot be {apart_days} days apart", hint="give 1 or more")
    events = _events(graph)
    if events.empty:
        return Journeys(
            pd.DataFrame(columns=list(JOURNEY_LEG_COLUMNS)),
            pd.DataFrame(columns=list(JOURNEY_COLUMNS)),
            "nothing here: no leg and no stay is recorded",
        )
    movements = _movements(events)
    rows: list[dict[str, Any]] = []
    for person, places in _travellers(events):
        ordered = put_in_order([movements[place] for place in places])
        for part in _parts(ordered, apart_days):
            rows += _steps(part, person, len(rows))
    legs = _leg_table(events, rows)
    journeys = pd.DataFrame(_summaries(legs), columns=list(JOURNEY_COLUMNS))
    return Journeys(legs, journeys, _because(legs, journeys))


def _events(graph: RingGraph) -> pd.DataFrame:
    """Legs, then stays, with missing texts as None."""
    parts = [one for one in (graph.legs, graph.stays) if len(one)]
    if not parts:
        return pd.DataFrame(columns=list(LEG_COLUMNS))
    events = pd.concat([one[list(LEG_COLUMNS)].astype(object) for one in parts], ignore_index=True)
    events = events.where(events.notna(), None)
    events["stay"] = [start is None or end is None or start == end
                      for start, end in zip(events["from_place"], events["to_place"],
                                            strict=True)]  # fmt: skip
    moving = events["stage"].isin(["transport", "crossing", _RETURN])
    apart = events["from_place"] != events["to_place"]
    events.loc[moving & apart, "stay"] = False
    order = ["event", "case"]
    return events.sort_values(order, kind="stable", key=lambda one: one.astype(str),
                              ignore_index=True)  # fmt: skip


def _movements(events: pd.DataFrame) -> list[Movement]:
    spans = spans_of(events["date"], events["end_date"])
    days = (spans.begin_early, spans.begin_late, spans.end_late)
    columns = ("from_place", "to_place", "case", "route", "leg", "stay", "stage")
    return [
        Movement(
            row,
            start,
            end,
            int(days[0][row]),
            int(days[1][row]),
            int(days[2][row]),
            None if route is None else (str(case), str(route)),
            _number(leg),
            stay,
            stage == _RETURN,
            bool(spans.about[row]),
        )
        for row, (start, end, case, route, leg, stay, stage) in enumerate(
            zip(*(events[name] for name in columns), strict=True)
        )
    ]


def _number(leg: object) -> float | None:
    text = str(leg or "")
    return float(text) if text.replace(".", "", 1).isdecimal() else None


def _travellers(events: pd.DataFrame) -> Iterable[tuple[str | None, list[int]]]:
    """Each person with the rows they are in; then legs that name nobody, by case and route."""
    of_person: dict[str, list[int]] = {}
    unnamed: dict[tuple[str, str], list[int]] = {}
    for row, people in enumerate(events["people"]):
        for person in people:
            of_person.setdefault(str(person), []).append(row)
        if not people:
            case, route = events["case"].iat[row], events["route"].iat[row]
            key = (str(case or ""), str(route) if route else f"\x1f{row:09d}")
            unnamed.setdefault(key, []).append(row)
    for person in sorted(of_person):
        yield person, of_person[person]
    for key in sorted(unnamed):
        yield None, unnamed[key]


def _parts(ordered: Sequence[Movement], apart_days: int) -> list[list[Movement]]:
    parts: list[list[Movement]] = []
    over = 0
    for one in ordered:
        before = parts[-1][-1] if parts else None
        ended = before is not None and before.returns and not one.returns
        if before is None or ended or one.begin_early - over > apart_days:
            parts.append([])
            over = one.end_late
        parts[-1].append(one)
        over = max(over, one.end_late)
    return parts


def _steps(part: Sequence[Movement], person: str | None, place: int) -> list[dict[str, Any]]:
    """The steps of one journey, which `place` tells apart from all others."""
    at: str | None = None
    rows = []
    for step, one in enumerate(part):
        join, start, end = _joined(one, at, first=step == 0)
        if step and _same_trip(part[step - 1], one):
            join, start, end = "same", one.start, one.end
        rows.append(
            {
                "at": place, "step": step + 1, "person": person, "row": one.row, "join": join,
                "order": _order(part[step - 1], one) if step else "first",
                "from_place": start, "to_place": end,
                "inferred": join in ("inferred", "appears"),
            }
        )  # fmt: skip
        at = end
    return rows


def _joined(one: Movement, at: str | None, *, first: bool) -> tuple[str, str | None, str | None]:
    """How a movement follows the place where the person is, and its ends with what follows."""
    where = one.end if one.end is not None else one.start
    if first:
        return "start", where if one.stay else one.start, where if one.stay else one.end
    if one.stay:
        if at is None:
            return "gap", where, where
        return ("stays", where, where) if where == at else ("appears", at, where)
    if one.start is None:
        return ("inferred", at, one.end) if at not in (None, one.end) else (
            "gap" if at is None else "stays", at, one.end)  # fmt: skip
    return "continues" if one.start == at else "gap", one.start, one.end


def _same_trip(before: Movement, one: Movement) -> bool:
    """Whether two events may be one trip: one way, dates that meet, not two numbers."""
    one_way = not one.stay and None not in (one.start, one.end) and (
        (before.start, before.end) == (one.start, one.end))  # fmt: skip
    return one_way and not _certain(before, one) and not before.numbered_before(one)


def _certain(before: Movement, one: Movement) -> bool:
    """Whether by dates, none of them an estimate, the first began before the other."""
    return before.surely_before(one) and not before.about and not one.about


def _order(before: Movement, one: Movement) -> str:
    if _certain(before, one):
        return "certain"
    if before.numbered_before(one):
        return "numbered"
    dated = before.begin_early > ALWAYS and one.begin_late < FOREVER
    return "possible" if dated else "undated"


def _leg_table(events: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    steps = pd.DataFrame(rows)
    kept = ["event", "kind", "stage", "case", "date", "end_date", "crossing", "moved_by",
            "transport", "records"]  # fmt: skip
    told = events[kept].iloc[steps["row"].to_numpy()].reset_index(drop=True)
    table = pd.concat([steps.drop(columns="row"), told], axis=1)
    table["journey"] = [f"J{one + 1}" for one in pd.factorize(table["at"])[0]]
    table["because"] = [
        f"{_JOINS[join]}{_ORDERS[order]}"
        for join, order in zip(table["join"], table["order"], strict=True)
    ]
    table = table[list(JOURNEY_LEG_COLUMNS)]
    for column in ("person", "from_place", "to_place", "crossing"):
        table[column] = table[column].astype(object).where(table[column].notna(), None)
    return table


def _summaries(legs: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {name: legs[name].tolist() for name in legs.columns}
    cuts = np.flatnonzero(np.diff(pd.factorize(legs["journey"])[0], prepend=-1)).tolist()
    return [
        _summary({name: values[first:last] for name, values in columns.items()})
        for first, last in zip(cuts, [*cuts[1:], len(legs)], strict=True)
    ]


def _summary(legs: dict[str, list[Any]]) -> dict[str, Any]:
    course: list[str] = []
    for start, end, join in zip(legs["from_place"], legs["to_place"], legs["join"], strict=True):
        for place in () if join == "same" else (start, end):
            if place is not None and (not course or course[-1] != place):
                course.append(place)
    moves = [
        a is not None and b is not None and a != b and join != "same"
        for a, b, join in zip(legs["from_place"], legs["to_place"], legs["join"], strict=True)
    ]
    inferred = sum(legs["inferred"])
    gaps = legs["join"].count("gap")
    doubtful = sum(one in ("possible", "undated") for one in legs["order"])
    recorded = sum(moves) - sum(a and b for a, b in zip(moves, legs["inferred"], strict=True))
    stays = sum(a == b and a is not None
                for a, b in zip(legs["from_place"], legs["to_place"], strict=True))  # fmt: skip
    dates = [one for one in (*legs["date"], *legs["end_date"]) if isinstance(one, str)]
    found = {
        "journey": legs["journey"][0],
        "person": legs["person"][0],
        "from_place": course[0] if course else None,
        "to_place": course[-1] if course else None,
        "places": tuple(course),
        "gates": tuple(dict.fromkeys(one for one in legs["crossing"] if one)),
        "legs": recorded,
        "inferred": inferred,
        "stays": stays,
        "gaps": gaps,
        "doubtful": doubtful,
        "returned": legs["stage"][-1] == _RETURN,
        "first": earliest(one for one in legs["date"] if isinstance(one, str)),
        "last": latest(dates),
        "cases": _each(legs["case"]),
        "moved_by": _each(one for some in legs["moved_by"] for one in some),
        "records": tuple(sorted({int(one) for some in legs["records"] for one in some})),
    }
    return found | {"because": _told(found, len(legs["step"]))}


def _each(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted({str(one) for one in values if isinstance(one, str)}))


def _told(found: dict[str, Any], steps: int) -> str:
    legs, places = found["legs"], len(found["places"])
    said = [f"{counted(legs, 'recorded leg')} through {counted(places, 'place')}"]
    if found["inferred"]:
        said.append(f"{counted(found['inferred'], 'movement')} inferred, not recorded")
    if found["gaps"]:
        said.append(f"{counted(found['gaps'], 'gap')} in the way")
    if found["doubtful"]:
        said.append(f"the order of {found['doubtful']} of {counted(steps, 'step')} is not certain")
    said.append("ends with a return" if found["returned"] else "no return is recorded after it")
    return "; ".join(said)


def _because(legs: pd.DataFrame, journeys: pd.DataFrame) -> str:
    people = journeys["person"].dropna().nunique()
    unnamed = int(journeys["person"].isna().sum())
    doubtful = int(journeys["doubtful"].sum())
    named = f", {unnamed} of them of people nobody named" if unnamed else ""
    return (
        f"{counted(len(journeys), 'journey')} of {counted(people, 'person')}{named};"
        f" {counted(int(journeys['inferred'].sum()), 'movement')} inferred,"
        f" {counted(int(journeys['gaps'].sum()), 'gap')}, and the order of {doubtful} of"
        f" {counted(len(legs), 'step')} is not certain"
    )
