"""A list of places of the user's own, which is looked up instead of ringmap's."""

import csv
import io
import math
from collections.abc import Mapping
from pathlib import Path

from ringmap.errors import SettingsError
from ringmap.model import Gazetteer, Place, find_country, gather_places

_NEEDED = ("country", "name", "lat", "lon")
_FURTHER = ("province", "kind", "names", "precision_km", "source")
_KINDS = ("city", "town", "district", "village", "zone", "border_gate")
_PRECISION_KM = "3"
_LARGEST_BYTES = 200_000_000


def read_place_list(path: Path) -> Gazetteer:
    """The places of a CSV file in the form of ``places.csv`` (docs/formats/places.md).

    UTF-8, one row a place: country, name, lat and lon in degrees; further, as far as known,
    province, kind, other names parted by ``|``, and how many kilometres the point may be off.

    Raises
    ------
    SettingsError
        For the first row that cannot be used, with its line and column: a list that is read
        in part would leave places out without a word.
    """
    text = _text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = list(reader.fieldnames or ())
        _check_headings(headings, path)
        places = [_place(row, path, reader.line_num) for row in reader]
    except csv.Error as error:
        raise SettingsError(
            f"the row cannot be cut into cells ({error})", file=str(path), line=reader.line_num,
            hint="close every quotation mark",
        ) from error  # fmt: skip
    if not places:
        raise SettingsError(
            "a list without places", file=str(path), hint="put at least one row under the headings"
        )
    return gather_places(path.name, places)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SettingsError(
                f"more than {_LARGEST_BYTES:,} bytes", file=str(path),
                hint="name a list of places in CSV",
            )  # fmt: skip
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})", file=str(path), hint="check the path"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(
            "this is no UTF-8 text", file=str(path), line=line, hint="save the list as CSV (UTF-8)"
        ) from error


def _check_headings(headings: list[str], path: Path) -> None:
    known = ", ".join((*_NEEDED, *_FURTHER))
    for needed in _NEEDED:
        if needed not in headings:
            raise SettingsError(
                f"no column '{needed}'", file=str(path), line=1, hint=f"the columns are {known}"
            )
    for heading in headings:
        if heading not in (*_NEEDED, *_FURTHER) or headings.count(heading) > 1:
            what = "given twice" if headings.count(heading) > 1 else "not known"
            raise SettingsError(
                f"column '{heading}' is {what}", file=str(path), line=1,
                hint=f"the columns are {known}",
            )  # fmt: skip


def _place(row: Mapping[str, str | None], path: Path, line: int) -> Place:
    """A row as a place; what is wrong with it is told by line."""
    if None in row or None in row.values():
        raise SettingsError(
            "more or fewer cells than headings", file=str(path), line=line,
            hint="put quotation marks around a cell that holds a comma",
        )  # fmt: skip
    cells = {heading: (cell or "").strip() for heading, cell in row.items()}

    def wrong(column: str, hint: str) -> SettingsError:
        what = f"{column} '{cells.get(column, '')}' cannot be read"
        return SettingsError(what, file=str(path), line=line, hint=hint)

    country = find_country(cells["country"])
    if country is None:
        raise wrong("country", "write a two-letter code such as VN, or a full name")
    if not cells["name"]:
        raise wrong("name", "give each place a name")
    kind = cells.get("kind") or "town"
    if kind not in _KINDS:
        raise wrong("kind", f"write {', '.join(_KINDS)}, or nothing")
    numbers = {}
    for column, most in (("lat", 90.0), ("lon", 180.0), ("precision_km", 20_000.0)):
        number = _number(cells.get(column) or (_PRECISION_KM if column == "precision_km" else ""))
        if number is None or abs(number) > most or (column == "precision_km" and number < 0):
            raise wrong(column, f"write a number, {most:g} at most, such as 22.486")
        numbers[column] = number
    names = dict.fromkeys([cells["name"], *cells.get("names", "").split("|")])
    return Place(
        cells["name"], kind, country, cells.get("province") or None, numbers["lat"],
        numbers["lon"], numbers["precision_km"], None, None, tuple(filter(None, names)),
    )  # fmt: skip


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
