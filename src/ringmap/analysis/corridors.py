"""Corridors: from where to where people were moved, how often, and by which ways."""

import math
from collections.abc import Iterable

import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.moves import Steps, count_steps, moves_of, steps_of
from ringmap.analysis.positions import shared_ranks
from ringmap.graph import RingGraph
from ringmap.model import country_name

CORRIDOR_COLUMNS = (
    "rank", "from_point", "to_point", "from_country", "to_country", "journeys", "people", "legs",
    "inferred", "returns", "gates", "carriers", "first", "last", "because", "records",
)  # fmt: skip
COURSE_COLUMNS = (
    "rank", "course", "journeys", "people", "gates", "first", "last", "because", "records",
)  # fmt: skip


def find_corridors(
    graph: RingGraph, *, by: str = "place", journeys: Journeys | None = None
) -> pd.DataFrame:
    """A row per pair of places, provinces or countries that people were moved between.

    Most journeys first, then people, then legs, then by name; ``rank`` is shared by
    corridors of as many journeys. ``journeys`` counts journeys that use the corridor,
    ``people`` those named as moved, ``legs`` recorded events, and ``inferred`` movements that
    no event records as such but two places of one person in a row tell. Ten people in one
    boat are one leg and ten journeys. ``returns`` counts legs of a rescue or a return; they
    count nowhere else, for the way home is no corridor of traffickers. A corridor on which
    people only came back has rank None and stands last. Ways inside one province or
    country, and those with an end whose province or country is not known, are counted in
    ``attrs`` (``inside``, ``unknown``).

    ``gates`` are crossing points that records name, ``carriers`` who moved people there.
    Dates are the earliest and the latest of its legs, to their precision.

    Corridors show where files were opened: a guarded gate has records, a quiet trail none
    (Giommoni 2021 finds position in the network to matter more than quantity).

    Parameters
    ----------
    by
        ``place``, ``province`` or ``country``.
    journeys
        What `find_journeys` gave for this graph, so as not to look for them again.

    Raises
    ------
    GraphError
        If there is no such level.

    References
    ----------
    Giommoni, L., Berlusconi, G., Aziani, A. (2021). Interdicting international drug
    trafficking. European Journal on Criminal Policy and Research.
    """
    moves = moves_of(graph, journeys or find_journeys(graph), by)
    known = moves["from_point"].notna() & moves["to_point"].notna()
    between = known & (moves["from_point"] != moves["to_point"])
    steps = steps_of(moves[between])
    ways: dict[tuple[str, str], list[int]] = {}
    for row, way in enumerate(zip(steps["from_point"], steps["to_point"], strict=True)):
        ways.setdefault(way, []).append(row)
    rows = [_row(steps, way, ways[way]) for way in sorted(ways)]
    table = pd.DataFrame(rows, columns=list(CORRIDOR_COLUMNS))
    used = table["journeys"] > 0
    table["rank"] = shared_ranks(table["journeys"].where(used))
    order = ["journeys", "people", "legs", "returns", "from_point", "to_point"]
    table = table.sort_values(order, ascending=[False] * 4 + [True] * 2, ignore_index=True)
    unknown, inside = int((~known).sum()), int((known & ~between).sum())
    table.attrs = {"unknown": unknown, "inside": inside,
                   "because": _because(int(used.sum()), by, unknown, inside)}  # fmt: skip
    return table


def find_courses(
    graph: RingGraph, *, by: str = "place", journeys: Journeys | None = None
) -> pd.DataFrame:
    """A row per route: places, provinces or countries in the order in which journeys took them.

    Returns are left out, and so is what comes after a gap: the way goes on elsewhere, and
    nobody recorded how. Most journeys first, then people, then by the places; ``course`` and
    ``gates`` are tuples. ``journeys`` and ``people`` count those that took the whole of it
    and no more, so a journey of which one leg is missing makes a route of its own. Journeys
    that never leave a province, or country, have no route there.

    Parameters
    ----------
    by, journeys
        As for `find_corridors`.

    Raises
    ------
    GraphError
        If there is no such level.
    """
    found = journeys or find_journeys(graph)
    moves = moves_of(graph, found, by)
    steps = steps_of(moves[~moves["returning"] & ~moves["again"]])
    gaps = found.legs[found.legs["join"] == "gap"].groupby("journey")["step"].agg(tuple).to_dict()
    of_journey: dict[str, list[int]] = {}
    for row, journey in enumerate(steps["journey"]):
        of_journey.setdefault(journey, []).append(row)
    courses: dict[tuple[str, ...], list[int]] = {}
    for journey, rows in of_journey.items():
        whole = _before_gap(steps, rows, gaps.get(journey, ()))
        course = _course(steps, whole)
        if len(course) > 1:
            courses.setdefault(course, []).extend(whole)
    listed = [_course_row(steps, course, rows) for course, rows in sorted(courses.items())]
    table = pd.DataFrame(listed, columns=list(COURSE_COLUMNS))
    table["rank"] = shared_ranks(table["journeys"])
    return table.sort_values(
        ["journeys", "people"], ascending=False, kind="stable", ignore_index=True
    )


def _before_gap(steps: Steps, rows: list[int], gaps: Iterable[int]) -> list[int]:
    """The rows of a journey's moves as far as the first gap after one of them."""
    begun = steps["step"][rows[0]]
    end = min((gap for gap in gaps if gap > begun), default=math.inf)
    return [row for row in rows if steps["step"][row] < end]


def _course(steps: Steps, rows: list[int]) -> tuple[str, ...]:
    points: list[str] = []
    for row in rows:
        for point in (steps["from_point"][row], steps["to_point"][row]):
            if point is not None and (not points or points[-1] != point):
                points.append(point)
    return tuple(points)


def _course_row(steps: Steps, course: tuple[str, ...], rows: list[int]) -> dict[str, object]:
    counts = count_steps(steps, rows)
    crossed = [steps["crossing"][row] for row in rows]
    return {
        "course": course,
        **counts,
        "gates": tuple(dict.fromkeys(one for one in crossed if one is not None)),
        "because": f"{counted(counts['journeys'], 'journey')} of"
        f" {counted(counts['people'], 'named person')} took these {len(course)} in this order",
    }


def _row(steps: Steps, way: tuple[str, str], rows: list[int]) -> dict[str, object]:
    out = [row for row in rows if not steps["returning"][row]]
    back = [row for row in rows if steps["returning"][row]]
    counts, returns = count_steps(steps, out), count_steps(steps, back)["legs"]
    start, end = (_only(steps[column][row] for row in rows)
                  for column in ("from_country", "to_country"))  # fmt: skip
    gates = sorted({str(steps["crossing"][row]) for row in out} - {"None"})
    dates = counts if out else count_steps(steps, back)
    return {
        "from_point": way[0],
        "to_point": way[1],
        "from_country": start,
        "to_country": end,
        **counts,
        "returns": returns,
        "gates": tuple(gates),
        "carriers": tuple(sorted({one for row in out for one in steps["moved_by"][row]})),
        "first": dates["first"],
        "last": dates["last"],
        "because": _told((start, end), counts, returns, len(gates)),
        "records": count_steps(steps, rows)["records"],
    }


def _only(values: Iterable[str | None]) -> str | None:
    """The value of all that is known, when it is one."""
    told = set(values) - {None}
    return told.pop() if len(told) == 1 else None


def together(records: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Records of many rows, each once, in order."""
    return tuple(sorted({int(record) for some in records for record in some}))


def _told(
    countries: tuple[str | None, str | None], counts: dict[str, int], returns: int, gates: int
) -> str:
    start, end = countries
    across = ""
    if start and end and start != end:
        across = f" from {country_name(start, 'en')} to {country_name(end, 'en')}"
    if counts["journeys"] == 0:
        return f"only {counted(returns, 'return')}{across}: no corridor"
    said = [f"{counted(counts['journeys'], 'journey')} of"
            f" {counted(counts['people'], 'named person')}{across},"
            f" by {counted(counts['legs'], 'recorded leg')}"]  # fmt: skip
    if counts["inferred"]:
        said.append(f"{counted(counts['inferred'], 'movement')} inferred from where people were")
    if returns:
        said.append(f"{counted(returns, 'return')} counted apart")
    if across:
        said.append(f"{counted(gates, 'gate')} named" if gates else "no gate named")
    return "; ".join(said)


def _because(corridors: int, by: str, unknown: int, inside: int) -> str:
    start = (f"{counted(corridors, 'corridor')} by {by}" if corridors
             else f"nothing here: no journey leads from one {by} to another")  # fmt: skip
    said = []
    if inside:
        said.append(f"{counted(inside, 'step')} inside one {by}")
    if unknown:
        said.append(f"{counted(unknown, 'step')} with an end whose {by} is not known")
    return f"{start}; left out: {', '.join(said)}" if said else start
