"""Corridors: from where to where people were moved, how often, and by which ways."""

from collections.abc import Iterable

import pandas as pd

from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.moves import moves_of
from ringmap.analysis.positions import shared_ranks
from ringmap.graph import RingGraph
from ringmap.model import country_name, earliest, latest

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
    rows = [_row(way) for _, way in moves[between].groupby(["from_point", "to_point"], sort=True)]
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
    moves = moves_of(graph, journeys or find_journeys(graph), by)
    moves = moves[~moves["returning"] & ~moves["again"]]
    courses: dict[tuple[str, ...], list[pd.DataFrame]] = {}
    for _, legs in moves.groupby("journey", sort=False):
        whole = legs[~(legs["join"] == "gap").cumsum().gt(0) | (legs["step"] == 1)]
        course = _course(whole)
        if len(course) > 1:
            courses.setdefault(course, []).append(whole)
    rows = [_course_row(course, parts) for course, parts in sorted(courses.items())]
    table = pd.DataFrame(rows, columns=list(COURSE_COLUMNS))
    table["rank"] = shared_ranks(table["journeys"])
    return table.sort_values(
        ["journeys", "people"], ascending=False, kind="stable", ignore_index=True
    )


def _course(legs: pd.DataFrame) -> tuple[str, ...]:
    points: list[str] = []
    for start, end in zip(legs["from_point"], legs["to_point"], strict=True):
        for point in (start, end):
            if point is not None and (not points or points[-1] != point):
                points.append(point)
    return tuple(points)


def _course_row(course: tuple[str, ...], parts: list[pd.DataFrame]) -> dict[str, object]:
    legs = pd.concat(parts)
    people = legs["person"].dropna().nunique()
    return {
        "course": course,
        "journeys": len(parts),
        "people": people,
        "gates": tuple(dict.fromkeys(one for one in legs["crossing"] if one is not None)),
        **dates_of(legs),
        "because": f"{counted(len(parts), 'journey')} of {counted(people, 'named person')}"
        f" took these {len(course)} in this order",
        "records": together(legs["records"]),
    }


def _row(way: pd.DataFrame) -> dict[str, object]:
    out, back = way[~way["returning"]], way[way["returning"]]
    once = out[~out["again"].to_numpy(dtype=bool)]
    recorded = once[~once["inferred"].to_numpy(dtype=bool)]
    counts = {
        "journeys": out["journey"].nunique(),
        "people": out["person"].dropna().nunique(),
        "legs": _events(recorded),
        "inferred": _events(once) - _events(recorded),
        "returns": _events(back[~back["again"].to_numpy(dtype=bool)]),
    }
    gates = sorted({str(one) for one in out["crossing"] if one is not None})
    return {
        "from_point": way["from_point"].iat[0],
        "to_point": way["to_point"].iat[0],
        "from_country": _only(way["from_country"]),
        "to_country": _only(way["to_country"]),
        **counts,
        "gates": tuple(gates),
        "carriers": tuple(sorted({one for some in out["moved_by"] for one in some})),
        **dates_of(out if len(out) else back),
        "because": _told(way, counts, len(gates)),
        "records": together(way["records"]),
    }


def _events(legs: pd.DataFrame) -> int:
    """How many events stand behind some steps; one of two cases is two."""
    return len(legs[["event", "case"]].drop_duplicates())


def _only(values: pd.Series) -> str | None:
    """The value of a column when it is one."""
    told = {str(one) for one in values if one is not None}
    return told.pop() if len(told) == 1 else None


def dates_of(legs: pd.DataFrame) -> dict[str, str | None]:
    """The earliest and the latest date of some steps, to their precision."""
    dates = [one for one in legs["date"] if isinstance(one, str)]
    ends = [one for one in legs["end_date"] if isinstance(one, str)]
    return {"first": earliest(dates), "last": latest([*dates, *ends])}


def together(records: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Records of many rows, each once, in order."""
    return tuple(sorted({int(record) for some in records for record in some}))


def counted(number: int, word: str) -> str:
    """A number with its word: ``1 journey``, ``2 journeys``, ``2 people``."""
    if word.endswith("person"):
        return f"{number} {word}" if number == 1 else f"{number} {word[:-6]}people"
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _told(way: pd.DataFrame, counts: dict[str, int], gates: int) -> str:
    start, end = _only(way["from_country"]), _only(way["to_country"])
    across = ""
    if start and end and start != end:
        across = f" from {country_name(start, 'en')} to {country_name(end, 'en')}"
    if counts["journeys"] == 0:
        return f"only {counted(counts['returns'], 'return')}{across}: no corridor"
    said = [f"{counted(counts['journeys'], 'journey')} of"
            f" {counted(counts['people'], 'named person')}{across},"
            f" by {counted(counts['legs'], 'recorded leg')}"]  # fmt: skip
    if counts["inferred"]:
        said.append(f"{counted(counts['inferred'], 'movement')} inferred from where people were")
    if counts["returns"]:
        said.append(f"{counted(counts['returns'], 'return')} counted apart")
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
