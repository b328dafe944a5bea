"""Where the places of a record lie: names looked up, coordinates checked, provinces by date."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ringmap.model import (
    Gazetteer,
    Place,
    find_country,
    find_places,
    find_province,
    fold,
    has_place_within,
    is_about,
    places_within,
    precision,
    province_point,
    same_spot,
)
from ringmap.records.coded import Cells, Mask, Positions, rows_of, together
from ringmap.records.tabletext import RawTable

#: So many candidates for a name are told one by one.
MOST_CANDIDATES = 5
#: A point with no known place of its country so near, but one of another's, is doubted.
NEAR_KM = 50.0
#: Candidates in these countries are told first; the others follow by code.
_TOLD_FIRST = ("VN", "LA", "KH", "CN", "TH", "MM")
_GATES = ("border_gate", "unofficial_crossing")
_NO_POSITION = "this position is not used"


@dataclass(frozen=True, slots=True)
class Spot:
    """What lists of names tell of a place: its country, a point in degrees, and a doubt.

    ``country_from`` and ``position_from`` say what they rest on: "gazetteer" for the name,
    "province" for the middle of its province. A doubt is a reason and a hint.
    """

    country: str | None = None
    country_from: str | None = None
    point: tuple[float, float] | None = None
    position_from: str | None = None
    doubt: tuple[str, str] | None = None


@lru_cache(maxsize=50_000)
def find_spot(
    name: str | None, kind: str | None, province: str | None, country: str | None,
    gazetteer: Gazetteer,
) -> Spot:  # fmt: skip
    """Country and point of a place as far as its name, province and country leave no choice.

    A name that fits several places stays open, whatever their size, and the doubt names
    them; a province that is known then gives its middle. A country that is stated is kept.
    """
    basis = None
    wanted = country
    if country is None:
        country, basis = _country_of_place(name, province, gazetteer)
    spots = _spots(name, kind, province, country, gazetteer)
    point, position = _point(spots), "gazetteer"
    middle = None
    if point is None and province is not None and country is not None:
        middle = province_point(province, country)
        point, position = middle, "province"
    doubt = None
    if name is not None and len(spots) > 1 and (point is None or middle is not None):
        doubt = _doubt_of_many(name, spots, at_province=middle is not None)
    elif name is not None and len(spots) == 1 and wanted is None and province is None:
        doubt = _doubt_of_distance(name, spots[0][0])
    return Spot(country, basis, point, position if point is not None else None, doubt)


def _country_of_place(
    name: str | None, province: str | None, gazetteer: Gazetteer
) -> tuple[str | None, str | None]:
    """Country of a named place and where that is known from; None when names leave it open."""
    if province is not None and (code := country_of_province(province)):
        return code, "gazetteer"
    if name is not None:
        if code := find_country(name):
            return code, "gazetteer"
        countries = {place.country for place in find_places(name, among=gazetteer)}
        if len(countries) == 1:
            return next(iter(countries)), "gazetteer"
    return None, None


def country_of_province(name: str) -> str | None:
    """The country that a province lies in; None when its name is unknown or fits several."""
    countries = {place.country for place in find_province(name)}
    return next(iter(countries)) if len(countries) == 1 else None


def _spots(
    name: str | None, kind: str | None, province: str | None, country: str | None,
    gazetteer: Gazetteer,
) -> list[list[Place]]:  # fmt: skip
    """The places that a name may mean, rows of one spot together; a gate is no town."""
    if name is None:
        return []
    found = find_places(name, country=country, province=province, among=gazetteer)
    gate = kind in _GATES
    return same_spot(place for place in found if (place.kind == "border_gate") == gate)


def _point(spots: Sequence[Sequence[Place]]) -> tuple[float, float] | None:
    """The one point that is left, the best known of a spot; None for none or several."""
    points = {(place.lat, place.lon) for spot in spots for place in spot}
    if len(points) == 1:
        return points.pop()
    if len(spots) != 1:
        return None
    best = min(spots[0], key=lambda place: place.precision_km)
    return best.lat, best.lon


def _doubt_of_many(
    name: str, spots: Sequence[Sequence[Place]], *, at_province: bool
) -> tuple[str, str]:
    first = sorted((spot[0] for spot in spots), key=lambda place: _turn(place.country))
    lone = Counter((place.name, place.province, place.country) for place in first)
    told = "; ".join(
        _told(name, place, exactly=lone[place.name, place.province, place.country] > 1)
        for place in first[:MOST_CANDIDATES]
    )
    more = len(first) - MOST_CANDIDATES
    reason = f"'{name}' fits {len(first)} places: {told}"
    reason += f" and {more} more" if more > 0 else ""
    if at_province:
        return reason, "it is put in the middle of its province; give lat and lon"
    return reason, "it is kept without a position; give its country and province, or lat and lon"


def _turn(country: str) -> int:
    return _TOLD_FIRST.index(country) if country in _TOLD_FIRST else len(_TOLD_FIRST)


def _told(written: str, place: Place, *, exactly: bool = False) -> str:
    """A place so that it can be told from its namesakes, and is seen to bear the name."""
    where = [place.province, place.country] if place.province else [place.country]
    if exactly or place.province is None:
        where.append(f"near {place.lat:.1f} {place.lon:.1f}")
    keys = {fold(one).replace(" ", "") for one in (place.name, written)}
    name = place.name if len(keys) == 1 else f"{place.name}, also {_as_listed(written, place)}"
    return f"{name} ({', '.join(where)})"


def _as_listed(written: str, place: Place) -> str:
    key = fold(written).replace(" ", "")
    return next((one for one in place.names if fold(one).replace(" ", "") == key), written)


def _doubt_of_distance(name: str, place: Place) -> tuple[str, str] | None:
    """A record that says nothing but a name, which only a far town is known to bear."""
    if place.kind == "border_gate" or place in find_places(name):
        return None
    return (
        f"'{name}' is taken for {_told(name, place)}, the only known place of that name",
        "a village elsewhere may bear it too; give its country",
    )


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is doubtful about rows: for each row the position of its doubt, if it has any."""

    of_row: Positions
    told: Sequence[tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Spots:
    """What lists of names tell of the places of a table, column by column; see `Spot`."""

    country: Cells
    country_from: Cells
    lat: Cells
    lon: Cells
    position_from: Cells
    doubts: Doubts


def find_spots(
    name: Cells, kind: Cells, province: Cells, country: Cells, used: Mask, gazetteer: Gazetteer
) -> Spots:
    """Country and point of each place of a table; rows that are not used are not looked up."""
    of_row, distinct = together(name, kind, province, country)
    asked = np.zeros(len(distinct), dtype=bool)
    asked[of_row[used]] = True
    found = [
        find_spot(*one, gazetteer) if wanted else Spot()
        for one, wanted in zip(distinct, asked.tolist(), strict=True)
    ]
    lat = [None if one.point is None else str(one.point[0]) for one in found]
    lon = [None if one.point is None else str(one.point[1]) for one in found]
    country, country_from, position_from = (
        Cells.repeated(of_row, [getattr(one, column) for one in found])
        for column in ("country", "country_from", "position_from")
    )
    return Spots(
        country, country_from, Cells.repeated(of_row, lat), Cells.repeated(of_row, lon),
        position_from, Doubts(of_row, [one.doubt for one in found]),
    )  # fmt: skip


def tell_doubts(raw: RawTable, column: str, cells: Cells, doubts: Doubts, rows: Mask) -> None:
    """Put doubts about places, where rows have one and a mask is true, into the receipt."""
    distinct = list(dict.fromkeys(one for one in doubts.told if one is not None))
    number = {one: place for place, one in enumerate(distinct)}
    of_told = np.array([-1 if one is None else number[one] for one in doubts.told], dtype=np.int64)
    codes = np.where(rows, of_told[doubts.of_row], -1)
    groups = zip(distinct, rows_of(codes, range(len(distinct))), strict=True)
    told = [(doubt, where) for doubt, where in groups if len(where)]
    for (reason, hint), where in sorted(told, key=lambda one: int(one[1][0])):
        raw.warn(where, column, cells, reason, hint)


def check_coordinates(
    raw: RawTable, lat: Cells, lon: Cells, country: Cells, gazetteer: Gazetteer
) -> tuple[Cells, Cells]:
    """Latitudes and longitudes without those that cannot be meant, each told in the receipt.

    Left out are positions that are half told, lie off the globe, are 0 and 0, or lie in the
    stated country only when turned round; never is a figure changed. A point near known
    places of another country, with none of the stated one within 50 km, is kept and told.
    """
    half = lat.filled != lon.filled
    raw.warn(
        half, "lat", lat, "latitude or longitude is missing",
        "the place is used without a position; give both or neither",
    )  # fmt: skip
    asked = ~half & ~raw.refused & lat.filled
    of_row, distinct = together(lat.blank(~asked), lon.blank(~asked), country)
    doubts = [
        _doubt_of_point(float(y), float(x), code, gazetteer)
        if y is not None and x is not None else None
        for y, x, code in distinct
    ]  # fmt: skip
    tell_doubts(raw, "lat", lat, Doubts(of_row, doubts), asked)
    wrong = np.array(
        [doubt is not None and doubt[1].startswith(_NO_POSITION) for doubt in doubts], dtype=bool
    )
    dropped = half | wrong[of_row]
    return lat.blank(dropped), lon.blank(dropped)


@lru_cache(maxsize=50_000)
def _doubt_of_point(
    lat: float, lon: float, country: str | None, gazetteer: Gazetteer
) -> tuple[str, str] | None:
    turned = f"{_NO_POSITION}; if they are, write lat {lon:g} and lon {lat:g}"
    if abs(lat) > 90:
        if abs(lon) <= 90:
            return "latitude and longitude look swapped", turned
        return "no such latitude", f"{_NO_POSITION}; latitude lies between -90 and 90"
    if lat == 0 == lon:
        return (
            "latitude and longitude are both 0, which lies in the Gulf of Guinea",
            f"{_NO_POSITION}; leave both empty where they are not known",
        )
    if country is None or has_place_within(lat, lon, NEAR_KM, country, among=gazetteer):
        return None
    if abs(lon) <= 90 and has_place_within(lon, lat, NEAR_KM, country, among=gazetteer):
        return "latitude and longitude look swapped", turned
    near = places_within(lat, lon, NEAR_KM, among=gazetteer)
    if not near:
        return None
    other, name = next(iter(near.items()))
    return (
        f"this point lies near {name} ({other}), and no known place of {country} is within "
        f"{NEAR_KM:g} km",
        "it is kept as it is written; check the point and the country",
    )


def tell_ended_provinces(raw: RawTable, column: str, cells: Cells, country: Cells,
                         dates: Cells) -> None:  # fmt: skip
    """Tell of provinces that were none on the date of the record: merged, split or not yet made.

    Known are the dates of Viet Nam's provinces. A date as vague as the change itself tells
    nothing.
    """
    asked = cells.filled & dates.filled
    of_row, distinct = together(cells.blank(~asked), country, dates)
    doubts = [
        None if name is None or date is None else _doubt_of_province(name, code, date)
        for name, code, date in distinct
    ]
    tell_doubts(raw, column, cells, Doubts(of_row, doubts), asked)


@lru_cache(maxsize=50_000)
def _doubt_of_province(name: str, country: str | None, date: str) -> tuple[str, str] | None:
    units = find_province(name, country=country)
    if any(_may_be_in_force(unit, date) for unit in units):
        return None
    if precision(date) not in ("day", "month", "year") or is_about(date):
        return None
    valid = find_province(name, country=country, on=date)
    if not units or any(unit in valid for unit in units):
        return None
    ended = [unit.valid_to for unit in units if unit.valid_to and unit.valid_to < date]
    if ended:
        reason = (
            f"{units[0].name} was a province until {max(ended)}, before the date of this record"
        )
    else:
        began = min(str(unit.valid_from) for unit in units)
        reason = f"{units[0].name} is a province since {began}, after this record's date"
    now = " or ".join(dict.fromkeys(unit.name for unit in valid))
    return reason, "kept as it is written" + (f"; it is part of {now} since then" if now else "")


def _may_be_in_force(unit: Place, date: str) -> bool:
    """True where a day that a date may mean lies between the first and last day of a unit."""
    days = slice(len(date))
    return (unit.valid_from or "")[days] <= date <= (unit.valid_to or "9")[days]


def dates_of_cases(ids: Cells, *columns: Cells) -> Mapping[str, str]:
    """For each case the first of several dates that its row gives, in the order of columns."""
    dates: dict[str, str] = {}
    for case, *told in zip(ids, *columns, strict=True):
        known = next((date for date in told if date is not None), None)
        if case is not None and known is not None:
            dates.setdefault(case, known)
    return dates
