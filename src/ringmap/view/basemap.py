"""The part of the world map that lies under a case: borders and provinces, offline.

The shapes come from Natural Earth (public domain) and are a drawing aid only: they are out by
a kilometre or two along a border, so nothing may be concluded from which side of a line a
point falls on (docs/decisions/0003-geography.md).
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from ringmap.model import country_name, find_province

__all__ = ["Basemap", "Shape", "World", "clip_basemap"]

Bounds = tuple[float, float, float, float]
Line = list[tuple[int, int]]
Edge = tuple[tuple[float, float], tuple[float, float]]

WORLD = Path(__file__).parent / "basemap_data" / "world.json"
WIDEST_WITH_PROVINCES = 40.0  # degrees; beyond it their lines would be a grey mass
NARROWEST = 0.5  # degrees; a case in one town still shows something to stand on
FINEST_DETAIL = 1 / 1500  # share of the view that a simplified line may stray
SMALLEST_SHOWN = 1 / 400  # share of the view below which a piece is left out
ROOM_FOR_LABEL = 1 / 80  # share of the view below which a country has no label


class Shape(TypedDict, total=False):
    """A country or province of the file; rings hold arc numbers, ``~n`` for arc n backwards.

    A country has a ``code``, and a ``name`` in English and Vietnamese where that is not the
    usual one; a province has a ``country`` and a ``name``.
    """

    code: str
    country: str
    name: str | list[str]
    rings: list[list[int]]


class World(TypedDict):
    """A map as its file has it; see ``basemap_data/README.md``."""

    credit: str
    per_degree: int
    countries: list[Shape]
    provinces: list[Shape]
    arcs: list[list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    """A map to draw under routes; two are the same only when they are one."""

    world: World


def clip_basemap(
    bounds: Bounds,
    *,
    margin: float = 0.15,
    detail: bool = True,
    on: str | None = None,
    basemap: Basemap | None = None,
) -> dict[str, object]:
    """The map under a rectangle, as the page's ``basemap``: what to draw and where to label.

    Shapes are cut at the padded rectangle, which is also returned as ``bounds``; lines are
    simplified to what can be seen at that size, and pieces too small to see are left out.
    Rings are flat numbers, longitude before latitude. A ring that was cut runs along the edge
    of the rectangle: fill it, but stroke only what is inside. Areas that several states claim
    have an empty ``code``. Countries are sorted by code, provinces by country and name.

    Parameters
    ----------
    bounds
        South, west, north, east in degrees. May not cross the 180th meridian.
    margin
        Share of the height and width added on every side.
    detail
        Whether to draw provinces. They are left out in any case where the rectangle is wider
        than 40 degrees, and are known for South, East and South-East Asia only.
    on
        ISO date choosing Viet Nam's provinces: the 34 from 2025-07-01, else the 63 before.
    basemap
        A map to draw instead of ringmap's.
    """
    view = _padded(bounds, margin)
    width = max(view[3] - view[1], view[2] - view[0])
    basemap = basemap or _bundled()
    world = basemap.world
    lines = _Lines(basemap, width * FINEST_DETAIL)
    countries = [
        drawn for shape in world["countries"] if (drawn := _country(shape, lines, view, width))
    ]
    provinces: list[dict[str, object]] = []
    if detail and width < WIDEST_WITH_PROVINCES:
        shapes = (
            _provinces_now(basemap) if on is not None and on >= "2025-07-01" else world["provinces"]
        )
        provinces = [drawn for shape in shapes if (drawn := _province(shape, lines, view, width))]
    return {
        "credit": world["credit"],
        "bounds": [round(edge, 3) for edge in view],
        "countries": countries,
        "provinces": provinces,
    }


def _padded(bounds: Bounds, margin: float) -> Bounds:
    south, west, north, east = bounds
    tall = max(north - south, NARROWEST)
    wide = max(east - west, NARROWEST)
    middle_lat, middle_lon = (south + north) / 2, (west + east) / 2
    half_tall, half_wide = tall * (0.5 + margin), wide * (0.5 + margin)
    return (
        max(middle_lat - half_tall, -90.0),
        max(middle_lon - half_wide, -180.0),
        min(middle_lat + half_tall, 90.0),
        min(middle_lon + half_wide, 180.0),
    )


def _country(shape: Shape, lines: "_Lines", view: Bounds, width: float) -> dict[str, object] | None:
    code = shape["code"]
    smallest = width * SMALLEST_SHOWN if code else 0.0
    rings = _clipped(shape["rings"], lines, view, smallest)
    if not rings:
        return None
    lat, lon, room = _label_point(rings)
    name = shape.get("name") or ["", ""]
    # Islands that several states claim are named at any size, as a neighbour would miss them.
    tiny_but_named = not code and bool(name[0]) and width < WIDEST_WITH_PROVINCES
    label = (
        {"en": name[0], "vi": name[1]}
        if "name" in shape
        else {"en": country_name(code, "en"), "vi": country_name(code, "vi")}
    )
    at = [lat, lon] if tiny_but_named or room > width * ROOM_FOR_LABEL else None
    return {"code": code, "label": label, "at": at, "rings": [_flat(ring) for ring in rings]}


def _province(
    shape: Shape, lines: "_Lines", view: Bounds, width: float
) -> dict[str, object] | None:
    rings = _clipped(shape["rings"], lines, view, width * SMALLEST_SHOWN)
    if not rings:
        return None
    lat, lon, _ = _label_point(rings)
    return {
        "label": shape["name"],
        "at": [lat, lon],
        "country": shape["country"],
        "rings": [_flat(ring) for ring in rings],
    }


def _clipped(
    rings: Iterable[Sequence[int]], lines: "_Lines", view: Bounds, smallest: float
) -> list[list[tuple[float, float]]]:
    """The rings inside the view, largest first, without those smaller than a square."""
    found = []
    for ring in rings:
        if not lines.touch(ring, view):
            continue
        cut = _cut_to(lines.points(ring), view)
        if len(cut) > 2 and (size := _area(cut)) > smallest**2:
            found.append((size, cut))
    return [ring for _, ring in sorted(found, key=lambda pair: -pair[0])]


class _Lines:
    """The arcs at the detail one view needs; each is thinned once, so neighbours still fit."""

    def __init__(self, basemap: Basemap, tolerance: float) -> None:
        self._arcs = basemap.world["arcs"]
        self._per_degree = basemap.world["per_degree"]
        self._boxes = _boxes(basemap)
        self._tolerance = tolerance * self._per_degree
        self._thinned: dict[int, Line] = {}

    def touch(self, ring: Iterable[int], view: Bounds) -> bool:
        """Whether the ring's bounding box meets the view."""
        boxes = [self._boxes[_plain(arc)] for arc in ring]
        south, west, north, east = (edge * self._per_degree for edge in view)
        return (
            min(box[0] for box in boxes) <= north
            and max(box[2] for box in boxes) >= south
            and min(box[1] for box in boxes) <= east
            and max(box[3] for box in boxes) >= west
        )

    def points(self, ring: Iterable[int]) -> list[tuple[float, float]]:
        """The ring's points as (lon, lat) in degrees, the first not repeated."""
        points: list[tuple[float, float]] = []
        for arc in ring:
            line = self._line(_plain(arc))
            part = line[:0:-1] if arc < 0 else line[:-1]
            points.extend((x / self._per_degree, y / self._per_degree) for x, y in part)
        return points

    def _line(self, number: int) -> Line:
        if number not in self._thinned:
            line = _from_steps(self._arcs[number])
            self._thinned[number] = _thin(line, self._tolerance)
        return self._thinned[number]


def _plain(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _from_steps(steps: Sequence[int]) -> Line:
    x, y = steps[0], steps[1]
    line = [(x, y)]
    for across, up in zip(steps[2::2], steps[3::2], strict=True):
        x, y = x + across, y + up
        line.append((x, y))
    return line


def _thin(line: Line, tolerance: float) -> Line:
    """Douglas-Peucker: the fewest points from which the line strays less than the tolerance."""
    if len(line) < 3 or tolerance <= 0:
        return line
    keep = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: math.dist(line[i], line[0]))
        keep.add(far)
        parts = [(0, far), (far, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        middle, gap = _farthest(line, first, last)
        if gap > tolerance:
            keep.add(middle)
            parts += [(first, middle), (middle, last)]
    if line[0] == line[-1] and len(keep) < 4:
        return line  # an islet: thinned, nothing would be left of it
    return [line[i] for i in sorted(keep)]


def _farthest(line: Line, first: int, last: int) -> tuple[int, float]:
    (ax, ay), (bx, by) = line[first], line[last]
    dx, dy = bx - ax, by - ay
    length = math.hypot(dx, dy)
    if not length:
        gaps = [math.hypot(x - ax, y - ay) for x, y in line[first + 1 : last]]
    else:
        gaps = [abs((x - ax) * dy - (y - ay) * dx) / length for x, y in line[first + 1 : last]]
    gap = max(gaps)
    return first + 1 + gaps.index(gap), gap


def _cut_to(ring: list[tuple[float, float]], view: Bounds) -> list[tuple[float, float]]:
    """Sutherland-Hodgman: the ring cut at each of the four edges in turn."""
    south, west, north, east = view
    for axis, edge, keep_above in (
        (0, west, True),
        (0, east, False),
        (1, south, True),
        (1, north, False),
    ):
        ring = _cut_at(ring, axis, edge, keep_above)
    rounded = [(round(x, 3), round(y, 3)) for x, y in ring]
    return [
        p for p, before in zip(rounded, rounded[-1:] + rounded[:-1], strict=True) if p != before
    ]


def _cut_at(
    ring: list[tuple[float, float]], axis: int, edge: float, keep_above: bool
) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was_in = before[axis] == edge or (before[axis] > edge) == keep_above
        is_in = point[axis] == edge or (point[axis] > edge) == keep_above
        if was_in != is_in:
            kept.append(_crossing(before, point, axis, edge))
        if is_in:
            kept.append(point)
    return kept


def _crossing(
    a: tuple[float, float], b: tuple[float, float], axis: int, edge: float
) -> tuple[float, float]:
    # Always from the same end, so that neighbours, who walk it both ways, get the same point.
    a, b = min(a, b), max(a, b)
    share = (edge - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)


def _area(ring: list[tuple[float, float]]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _label_point(rings: list[list[tuple[float, float]]]) -> tuple[float, float, float]:
    """(lat, lon, room): of several tries, the one inside the shape with most room around it.

    Tries the parallels that cross the largest ring, and minds holes: Phnom Penh is one in
    Kandal.
    """
    edges = [edge for ring in rings for edge in pairwise([*ring, ring[0]])]
    lats = [lat for _, lat in rings[0]]
    low, high = min(lats), max(lats)
    best = (round(rings[0][0][1], 3), round(rings[0][0][0], 3), 0.0)
    for step in range(1, 16):
        lat = low + (high - low) * step / 16
        for left, right in _spans(edges, lat):
            lon = (left + right) / 2
            if (right - left) / 2 <= best[2]:
                continue
            room = min((right - left) / 2, _distance_to(edges, lon, lat))
            if room > best[2]:
                best = (round(lat, 3), round(lon, 3), room)
    return best


def _spans(edges: list[Edge], lat: float) -> list[tuple[float, float]]:
    """The stretches of a parallel that lie inside a shape."""
    cuts = sorted(
        (x2 - x1) * (lat - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in edges
        if (y1 > lat) != (y2 > lat)
    )
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _distance_to(edges: list[Edge], lon: float, lat: float) -> float:
    nearest = math.inf
    for (x1, y1), (x2, y2) in edges:
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        along = ((lon - x1) * dx + (lat - y1) * dy) / length if length else 0.0
        along = max(0.0, min(1.0, along))
        nearest = min(nearest, math.hypot(lon - x1 - along * dx, lat - y1 - along * dy))
    return nearest


def _flat(ring: list[tuple[float, float]]) -> list[float]:
    return [number for point in ring for number in point]


@cache
def _bundled() -> Basemap:
    return Basemap(_world())


@cache
def _world() -> World:
    world: World = json.loads(WORLD.read_text(encoding="utf-8"))
    return world


@cache
def _boxes(basemap: Basemap) -> list[tuple[int, int, int, int]]:
    """South, west, north, east of each arc, in the file's units."""
    boxes = []
    for steps in basemap.world["arcs"]:
        line = _from_steps(steps)
        lons, lats = [x for x, _ in line], [y for _, y in line]
        boxes.append((min(lats), min(lons), max(lats), max(lons)))
    return boxes


@cache
def _provinces_now(basemap: Basemap) -> list[Shape]:
    """The file's provinces with Viet Nam's 63 put together into the 34 of 2025-07-01."""
    merged: dict[tuple[str, str], Shape] = {}
    for shape in basemap.world["provinces"]:
        name = str(shape["name"])
        if shape["country"] == "VN":
            now = find_province(name, country="VN", on="2025-07-01")
            name = now[0].name if now else name
        whole = merged.setdefault((shape["country"], name), {**shape, "name": name, "rings": []})
        whole["rings"] = whole["rings"] + shape["rings"]
    for (country, _), shape in merged.items():
        if country == "VN":
            shape["rings"] = _joined(shape["rings"], basemap.world["arcs"])
    return [merged[key] for key in sorted(merged)]


def _joined(rings: list[list[int]], arcs: list[list[int]]) -> list[list[int]]:
    """The rings around several shapes: an arc that two of them share falls away."""
    uses = Counter(_plain(arc) for ring in rings for arc in ring)
    shared = {arc for arc, count in uses.items() if count > 1}
    whole = [ring for ring in rings if not shared.intersection(map(_plain, ring))]
    loose = [
        arc for ring in rings if ring not in whole for arc in ring if _plain(arc) not in shared
    ]
    waiting: dict[tuple[int, int], list[int]] = {}
    for arc in reversed(loose):
        waiting.setdefault(_ends(arc, arcs)[0], []).append(arc)
    for arc in loose:
        ring, point = [], _ends(arc, arcs)[0]
        while waiting.get(point):
            ring.append(waiting[point].pop())
            point = _ends(ring[-1], arcs)[1]
        if ring:
            whole.append(ring)
    return whole


def _ends(arc: int, arcs: list[list[int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    line = _from_steps(arcs[_plain(arc)])
    return (line[-1], line[0]) if arc < 0 else (line[0], line[-1])
