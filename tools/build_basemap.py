"""Turn Natural Earth's countries and provinces into the small file ringmap carries.

Run by hand, never by ringmap, and only when the source changes::

    apt-get download qgis-common && dpkg -x qgis-common_*.deb unpacked
    python tools/build_basemap.py unpacked/usr/share/qgis/resources/data/world_map.gpkg

The source is QGIS' ``world_map.gpkg``: Natural Earth 1:10m provinces (public domain),
simplified so that neighbours keep one border between them. Its countries are its provinces
put together, so both come from its layer ``states_provinces`` here.

Out comes ``view/basemap_data/world.json``. A border between two units is stored once, as an
arc: the first point, then steps, in thousandths of a degree (about 100 m). A shape is a list
of rings, a ring a list of arc numbers, ``~n`` meaning arc n backwards (as in TopoJSON). A
country's arcs are those that only one of its provinces uses, so that province and country
borders are the same line at every zoom.
"""

import csv
import itertools
import json
import math
import sqlite3
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Point = tuple[float, float]  # (lon, lat), as in the source
Ring = list[Point]
Grid = tuple[int, int]

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/ringmap/view/basemap_data/world.json"
PROVINCES = ROOT / "src/ringmap/model/places_data/provinces.csv"

# Provinces are drawn here; elsewhere the country alone.
FINE = frozenset({"VN", "CN", "LA", "KH", "TH", "MM", "MY"})
DETAILED = FINE | {"SG", "BN", "ID", "PH", "TW", "KR", "KP", "JP", "BD", "IN", "NP"}
FINE_STEP, COARSE_STEP = 0.004, 0.03  # degrees a simplified line may stray
SMALLEST = {True: 0.00005, False: 0.002}  # square degrees; smaller islands are left out
# Drawn without an owner (docs/decisions/0003-geography.md).
DISPUTED = {
    "Paracel Islands": ("Paracel Islands", "Hoàng Sa"),
    "Spratly Islands": ("Spratly Islands", "Trường Sa"),
    "Kashmir": ("", ""),
    "Crimea": ("Crimea", "Krym"),
    "Sevastopol": ("Crimea", "Krym"),
}
# Units the source gives no ISO code; a key is its name, a value the code ISO knows it by.
CODES = {
    "Northern Cyprus": "CY",
    "Dhekelia": "CY",
    "Akrotiri": "CY",
    "Somaliland": "SO",
    "Guantanamo Bay USNB": "CU",
    "Cocos (Keeling) Islands": "CC",
    "Christmas Island": "CX",
    "Clipperton Island": "",
    "Baykonur lease in Qyzylorda": "KZ",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One first-level unit of the source; each polygon is an outer ring and its holes."""

    name: str
    country: str
    fips: str
    polygons: list[list[Ring]]


def main(map_file: Path) -> None:
    units = [unit for unit in read_units(map_file) if unit.country != "AQ"]
    kept = [
        (unit, rings)
        for unit in units
        if (rings := [_to_grid(ring) for polygon in unit.polygons for ring in polygon])
    ]
    arcs, shapes = _share_arcs([rings for _, rings in kept])
    users: dict[int, set[str]] = defaultdict(set)
    for (unit, _), rings in zip(kept, shapes, strict=True):
        for ring in rings:
            for arc in ring:
                users[_plain(arc)].add(_owner(unit))
    lines = {
        number: _simplified(
            line, FINE_STEP if users[number] & (FINE | DISPUTED.keys()) else COARSE_STEP
        )
        for number, line in enumerate(arcs)
    }
    countries = _countries(kept, shapes, arcs)
    provinces = _provinces(kept, shapes)
    _write(countries, provinces, lines)


def read_units(map_file: Path) -> list[Unit]:
    connection = sqlite3.connect(f"file:{map_file}?mode=ro", uri=True)
    rows = connection.execute(
        "select name, iso_a2, adm0_a3, fips, geom from states_provinces order by fid"
    ).fetchall()
    connection.close()
    units = []
    for name, iso, adm0, fips, blob in rows:
        code = CODES.get(name, "") if iso == "-1" else iso or ""
        code = "XK" if adm0 == "KOS" else code
        code = "" if name in DISPUTED else code
        units.append(Unit(name or "", code, fips or "", _polygons(blob)))
    return units


def area(ring: Iterable[Point]) -> float:
    """Square degrees, unsigned."""
    points = list(ring)
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def inside(lat: float, lon: float, ring: Ring) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def label_point(rings: list[Ring]) -> tuple[float, float]:
    """(lat, lon) well inside the first ring: of many tries the one farthest from its line."""
    ring = rings[0]
    ys = [y for _, y in ring]
    low, high = min(ys), max(ys)
    best, point = -1.0, (ring[0][1], ring[0][0])
    for step in range(1, 24):
        lat = low + (high - low) * step / 24
        cuts = sorted(
            (x2 - x1) * (lat - y1) / (y2 - y1) + x1
            for (x1, y1), (x2, y2) in itertools.pairwise(ring)
            if (y1 > lat) != (y2 > lat)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=True):
            lon = (left + right) / 2
            room = min(math.hypot(x - lon, y - lat) for x, y in ring)
            if min(room, (right - left) / 2) > best:
                best, point = min(room, (right - left) / 2), (lat, lon)
    return point


def _polygons(blob: bytes) -> list[list[Ring]]:
    """The polygons of a GeoPackage geometry (its header, then well-known binary)."""
    header = 8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
    order = "<" if blob[header] else ">"
    (count,) = struct.unpack_from(order + "I", blob, header + 5)
    at, polygons = header + 9, []
    for _ in range(count):
        (rings,) = struct.unpack_from(order + "I", blob, at + 5)
        at, polygon = at + 9, []
        for _ in range(rings):
            (points,) = struct.unpack_from(order + "I", blob, at)
            flat = struct.unpack_from(f"{order}{2 * points}d", blob, at + 4)
            polygon.append(list(zip(flat[::2], flat[1::2], strict=True)))
            at += 4 + 16 * points
        polygons.append(polygon)
    return polygons


def _owner(unit: Unit) -> str:
    return unit.country or unit.name


def _plain(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _to_grid(ring: Ring) -> list[Grid]:
    """Thousandths of a degree, no point twice in a row, first point not repeated."""
    points = [(round(x * 1000), round(y * 1000)) for x, y in ring]
    return [p for p, before in zip(points, points[-1:] + points[:-1], strict=True) if p != before]


def _share_arcs(shapes: list[list[list[Grid]]]) -> tuple[list[list[Grid]], list[list[list[int]]]]:
    """Cut every ring where borders meet; each piece is stored once."""
    around: dict[Grid, set[Grid]] = defaultdict(set)
    users: Counter[Grid] = Counter()
    for rings in shapes:
        for ring in rings:
            for before, point, after in zip(
                ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True
            ):
                around[point] |= {before, after}
                users[point] += 1
    joints = {p for p, neighbours in around.items() if len(neighbours) > 2}
    joints |= _ends_of_shared(shapes, users)
    arcs: list[list[Grid]] = []
    numbers: dict[tuple[Grid, ...], int] = {}
    cut = [
        [_cut(ring, joints, arcs, numbers) for ring in rings if len(ring) > 2] for rings in shapes
    ]
    return arcs, cut


def _ends_of_shared(shapes: list[list[list[Grid]]], users: Counter[Grid]) -> set[Grid]:
    """Points where a line stops (or starts) being shared, e.g. where a border meets the sea."""
    ends = set()
    for rings in shapes:
        for ring in rings:
            for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
                if users[a] != users[b]:
                    ends.add(a if users[a] > users[b] else b)
    return ends


def _cut(
    ring: list[Grid],
    joints: set[Grid],
    arcs: list[list[Grid]],
    numbers: dict[tuple[Grid, ...], int],
) -> list[int]:
    starts = [i for i, point in enumerate(ring) if point in joints]
    if not starts:
        lowest = ring.index(min(ring))
        ring = ring[lowest:] + ring[:lowest]
        starts = [0]
    else:
        ring = ring[starts[0] :] + ring[: starts[0]]
        starts = [i - starts[0] for i in starts]
    pieces = [
        [*ring[i:j], ring[j % len(ring)]]
        for i, j in zip(starts, [*starts[1:], len(ring)], strict=True)
    ]
    return [_number(piece, arcs, numbers) for piece in pieces]


def _number(piece: list[Grid], arcs: list[list[Grid]], numbers: dict[tuple[Grid, ...], int]) -> int:
    key, back = tuple(piece), tuple(reversed(piece))
    if key in numbers:
        return numbers[key]
    if back in numbers:
        return ~numbers[back]
    numbers[key] = len(arcs)
    arcs.append(piece)
    return numbers[key]


def _simplified(line: list[Grid], tolerance: float) -> list[Grid]:
    """Douglas-Peucker; a closed line keeps a point opposite its start."""
    keep = {0, len(line) - 1}
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: math.dist(line[i], line[0]))
        keep.add(far)
        stack = [(0, far), (far, len(line) - 1)]
    else:
        stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        middle, gap = max(
            ((i, _gap(line[i], line[first], line[last])) for i in range(first + 1, last)),
            key=lambda pair: pair[1],
        )
        if gap > tolerance * 1000:
            keep.add(middle)
            stack += [(first, middle), (middle, last)]
    if line[0] == line[-1] and len(keep) < 4:
        return line  # an islet: thinned, nothing would be left of it
    return [line[i] for i in sorted(keep)]


def _gap(point: Grid, a: Grid, b: Grid) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(point, a)
    along = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)


def _countries(
    kept: list[tuple[Unit, list[list[Grid]]]],
    shapes: list[list[list[int]]],
    arcs: list[list[Grid]],
) -> list[dict[str, object]]:
    groups: dict[str, list[list[int]]] = defaultdict(list)
    labels: dict[str, tuple[str, str]] = {}
    for (unit, _), rings in zip(kept, shapes, strict=True):
        key = unit.country or DISPUTED.get(unit.name, (unit.name,))[0] or unit.name
        groups[key] += rings
        if not unit.country:
            labels[key] = DISPUTED.get(unit.name, ("", ""))
    countries = []
    for key in sorted(groups):
        rings = [
            ring
            for ring in _merged(groups[key], arcs)
            if _size(ring, arcs) >= SMALLEST[key in FINE or key in labels]
        ] or [max(groups[key], key=lambda ring: _size(ring, arcs))]
        entry: dict[str, object] = {"code": "" if key in labels else key, "rings": rings}
        if key in labels or key == "XK":
            entry["name"] = labels.get(key, ("Kosovo", "Kosovo"))
        countries.append(entry)
    return countries


def _merged(rings: list[list[int]], arcs: list[list[Grid]]) -> list[list[int]]:
    """The rings around several shapes: lines used by two of them fall away."""
    uses = Counter(_plain(arc) for ring in rings for arc in ring)
    whole = [ring for ring in rings if all(uses[_plain(arc)] == 1 for arc in ring)]
    loose = [arc for ring in rings if ring not in whole for arc in ring if uses[_plain(arc)] == 1]
    from_point: dict[Grid, list[int]] = defaultdict(list)
    for arc in loose:
        from_point[_ends(arc, arcs)[0]].append(arc)
    while any(from_point.values()):
        start = next(point for point, left in from_point.items() if left)
        ring, point = [], start
        while from_point[point]:
            arc = from_point[point].pop()
            ring.append(arc)
            point = _ends(arc, arcs)[1]
            if point == start:
                break
        if point != start:
            raise ValueError(f"open ring at {start}")
        whole.append(ring)
    return whole


def _ends(arc: int, arcs: list[list[Grid]]) -> tuple[Grid, Grid]:
    line = arcs[_plain(arc)]
    return (line[-1], line[0]) if arc < 0 else (line[0], line[-1])


def _size(ring: list[int], arcs: list[list[Grid]]) -> float:
    points: list[Point] = []
    for arc in ring:
        line = arcs[_plain(arc)]
        points += (list(reversed(line)) if arc < 0 else line)[:-1]
    return area(points) / 1e6


def _provinces(
    kept: list[tuple[Unit, list[list[Grid]]]], shapes: list[list[list[int]]]
) -> list[dict[str, object]]:
    names = _gazetteer_names()
    provinces = []
    for (unit, _), rings in zip(kept, shapes, strict=True):
        if unit.country in DETAILED and rings:
            name = names.get((unit.country, unit.name), unit.name)
            provinces.append({"country": unit.country, "name": name, "rings": rings})
    return sorted(provinces, key=lambda p: (str(p["country"]), str(p["name"])))


def _gazetteer_names() -> dict[tuple[str, str], str]:
    """The gazetteer's spelling of a unit, by country and the source's spelling."""
    with PROVINCES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows = [row for row in rows if "|" not in row["shape"] and ":" not in row["shape"]]
    return {(row["country"], row["shape"]): row["name"] for row in rows}


def _write(
    countries: list[dict[str, object]],
    provinces: list[dict[str, object]],
    lines: dict[int, list[Grid]],
) -> None:
    used: dict[int, int] = {}
    for shape in [*countries, *provinces]:
        shape["rings"] = [
            [_renumbered(arc, used) for arc in ring]
            for ring in shape["rings"]  # type: ignore[attr-defined]
        ]
    steps = [_steps(lines[number]) for number in used]
    data = {
        "credit": "Natural Earth (public domain)",
        "per_degree": 1000,
        "countries": countries,
        "provinces": provinces,
        "arcs": steps,
    }
    parts = (
        f"{json.dumps(key)}: "
        + (
            "[\n" + ",\n".join(json.dumps(v, **COMPACT) for v in value) + "\n]"
            if isinstance(value, list)
            else json.dumps(value, **COMPACT)
        )
        for key, value in data.items()
    )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    print(OUT.name, OUT.stat().st_size, "bytes", len(countries), len(provinces), len(steps))


COMPACT = {"ensure_ascii": False, "separators": (",", ":")}


def _renumbered(arc: int, used: dict[int, int]) -> int:
    number = used.setdefault(_plain(arc), len(used))
    return ~number if arc < 0 else number


def _steps(line: list[Grid]) -> list[int]:
    flat = [*line[0]]
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        flat += [x2 - x1, y2 - y1]
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))
