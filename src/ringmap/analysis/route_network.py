"""The network that journeys make: places and gates, and the links between them."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

#: Its kind (``gate``, or ``place`` for a place, a province or a country) and its name.
Point = tuple[str, str]
Link = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Routes:
    """Points and links of journeys, sorted.

    Attributes
    ----------
    ends
        Positions in `points` of both ends of each link.
    steps
        Positions in `links` of the links that each row of the moves takes, in order: two
        where the move passes a gate.
    """

    points: list[Point]
    links: list[Link]
    ends: list[tuple[int, int]]
    steps: list[list[int]]


def routes_of(moves: pd.DataFrame) -> Routes:
    """Points, links and, for each row of `moves`, the links it takes."""
    taken: list[list[Link]] = []
    for start, end, gate in zip(
        moves["from_point"], moves["to_point"], moves["crossing"], strict=True
    ):
        stops: list[Point] = [("place", start), ("place", end)]
        if gate is not None and gate not in (start, end):
            stops.insert(1, ("gate", str(gate)))
        taken.append([(a, b) for a, b in pairwise(stops) if a != b])
    links = sorted({link for some in taken for link in some})
    points = sorted({point for link in links for point in link})
    place = {point: number for number, point in enumerate(points)}
    number = {link: at for at, link in enumerate(links)}
    ends = [(place[a], place[b]) for a, b in links]
    return Routes(points, links, ends, [[number[one] for one in some] for some in taken])


def rows_of_journeys(moves: pd.DataFrame) -> dict[str, list[int]]:
    """The rows of each journey, in order."""
    rows: dict[str, list[int]] = {}
    for row, journey in enumerate(moves["journey"].astype(str)):
        rows.setdefault(journey, []).append(row)
    return rows


def unbroken_parts(routes: Routes, rows: list[int]) -> set[tuple[int, int]]:
    """First and last point of each part of a journey that has no gap in it."""
    parts: list[list[int]] = []
    for link in (link for row in rows for link in routes.steps[row]):
        start, end = routes.ends[link]
        if parts and parts[-1][1] == start:
            parts[-1][1] = end
        else:
            parts.append([start, end])
    return {(start, end) for start, end in parts}
