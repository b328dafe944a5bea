"""A map of the user's own, which is drawn instead of ringmap's."""

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

from ringmap.errors import SettingsError
from ringmap.view.basemap import Basemap, Shape, World

__all__ = ["read_basemap"]

_PER_DEGREE = 1000
_LARGEST_BYTES = 200_000_000
_CODES = ("code", "ISO_A2", "iso_a2", "country_code")
_HINT = "both forms of a map: ringmap formats places"


def read_basemap(path: Path) -> Basemap:
    """A map from a JSON file: in the form of ringmap's own, or GeoJSON.

    Of a GeoJSON FeatureCollection every Polygon and MultiPolygon is a country; its property
    ``code`` (or ``ISO_A2``) is the ISO code, and ``name`` its label, else the country's usual
    name. The credit is the file's ``credit`` or ``title``, else its name.

    Raises
    ------
    SettingsError
        If the file cannot be read or is no map; the message says what is wrong where.
    """
    found = _json(path)
    if not isinstance(found, dict):
        raise _no_map(path, "a map is an object in braces")
    credit = next((found[key] for key in ("credit", "title") if found.get(key)), path.name)
    if not isinstance(credit, str):
        raise _no_map(path, "'credit' is no text")
    if found.get("type") == "FeatureCollection":
        return Basemap(_from_geojson(found, credit, path))
    return Basemap(_checked(found, credit, path))


def _no_map(path: Path, what: str) -> SettingsError:
    return SettingsError(what, file=str(path), hint=_HINT)


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _no_map(path, f"more than {_LARGEST_BYTES:,} bytes")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})", file=str(path), hint="check the path"
        ) from error
    except json.JSONDecodeError as error:
        raise SettingsError(
            f"this is no JSON ({error.msg})", file=str(path), line=error.lineno,
            column=error.colno, hint=_HINT,
        ) from error  # fmt: skip
    except (UnicodeDecodeError, RecursionError) as error:
        raise _no_map(path, "this is no JSON text") from error


def _checked(found: dict[str, Any], credit: str, path: Path) -> World:
    """A map in the form of ringmap's own, every part of it looked at."""
    per_degree, arcs = found.get("per_degree"), found.get("arcs")
    if not isinstance(per_degree, int) or per_degree < 1:
        raise _no_map(path, "'per_degree' is not a whole number from 1")
    if not isinstance(arcs, list):
        raise _no_map(path, "'arcs' is not a list")
    for number, arc in enumerate(arcs):
        if (
            not isinstance(arc, list)
            or len(arc) < 4
            or len(arc) % 2
            or not all(map(_is_whole, arc))
        ):
            raise _no_map(path, f"arc {number} is not a list of two or more points, whole numbers")
    shapes = {
        part: [
            _shape(one, f"{part} {number}", len(arcs), path) for number, one in enumerate(listed)
        ]
        for part in ("countries", "provinces")
        if isinstance(listed := found.get(part, [] if part == "provinces" else None), list)
    }
    for part in ("countries", "provinces"):
        if part not in shapes:
            raise _no_map(path, f"'{part}' is not a list")
    return {"credit": credit, "per_degree": per_degree, "arcs": arcs, **shapes}  # type: ignore[typeddict-item]  # both parts are there


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _shape(found: Any, where: str, arcs: int, path: Path) -> Shape:
    if not isinstance(found, dict) or not isinstance(found.get("rings"), list):
        raise _no_map(path, f"{where} has no list 'rings'")
    for ring in found["rings"]:
        if not isinstance(ring, list) or not ring or not all(map(_is_whole, ring)):
            raise _no_map(path, f"a ring of {where} is not a list of arc numbers")
        for arc in ring:
            if not -arcs <= arc < arcs:
                raise _no_map(path, f"{where} names arc {arc}, and there are {arcs}")
    shape: Shape = {"rings": found["rings"]}
    if where.startswith("provinces"):
        shape["country"], shape["name"] = (
            _text(found, "country", where, path),
            _text(found, "name", where, path),
        )
        return shape
    shape["code"] = _text(found, "code", where, path)
    if "name" in found:
        names = found["name"]
        if (
            not isinstance(names, list)
            or len(names) != 2
            or not all(isinstance(n, str) for n in names)
        ):
            raise _no_map(path, f"'name' of {where} is not a pair of English and Vietnamese")
        shape["name"] = names
    return shape


def _text(found: dict[str, Any], key: str, where: str, path: Path) -> str:
    if not isinstance(found.get(key), str):
        raise _no_map(path, f"{where} has no text '{key}'")
    return str(found[key])


def _from_geojson(found: dict[str, Any], credit: str, path: Path) -> World:
    features = found.get("features")
    if not isinstance(features, list):
        raise _no_map(path, "'features' is not a list")
    arcs: list[list[int]] = []
    countries: list[Shape] = []
    for number, feature in enumerate(features):
        where = f"feature {number}"
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict):
            raise _no_map(path, f"{where} has no geometry")
        rings = [
            _as_arc(ring, where, path) for polygon in _polygons(geometry, where, path)
            for ring in polygon
        ]  # fmt: skip
        told = feature.get("properties")
        shape: Shape = {"code": "", "rings": [[len(arcs) + n] for n in range(len(rings))]}
        _name_shape(shape, told if isinstance(told, dict) else {})
        arcs += rings
        countries.append(shape)
    if not countries:
        raise _no_map(path, "a map without features")
    return {"credit": credit, "per_degree": _PER_DEGREE, "countries": countries, "provinces": [],
            "arcs": arcs}  # fmt: skip


def _name_shape(shape: Shape, told: dict[str, Any]) -> None:
    code = next((told[key] for key in _CODES if isinstance(told.get(key), str)), "")
    shape["code"] = code if len(code) == 2 and code.isascii() and code.isalpha() else ""
    name = told.get("name") or told.get("NAME")
    if isinstance(name, str):
        shape["name"] = [name, name]
    elif not shape["code"]:
        shape["name"] = ["", ""]


def _polygons(geometry: dict[str, Any], where: str, path: Path) -> list[Any]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(polygons, list):
        raise _no_map(path, f"{where} is neither a Polygon nor a MultiPolygon")
    if not all(isinstance(polygon, list) for polygon in polygons):
        raise _no_map(path, f"{where} has a polygon that is no list of rings")
    return polygons


def _as_arc(ring: Any, where: str, path: Path) -> list[int]:
    """A ring of longitudes and latitudes as one closed arc: a point, then steps."""
    if not isinstance(ring, list) or len(ring) < 4 or not all(map(_is_point, ring)):
        raise _no_map(path, f"{where} has a ring that is not four or more points on the globe")
    points = [(round(x * _PER_DEGREE), round(y * _PER_DEGREE)) for x, y, *_ in ring]
    if points[0] != points[-1]:
        points.append(points[0])
    arc = [*points[0]]
    for (before_x, before_y), (x, y) in pairwise(points):
        arc += [x - before_x, y - before_y]
    return arc


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    numbers = [n for n in point[:2] if isinstance(n, int | float) and math.isfinite(n)]
    return len(numbers) == 2 and abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90
