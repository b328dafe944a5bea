"""Which known places lie near a point, looked up column by column among all that are known."""

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from ringmap.model.gazetteer import KM_PER_DEGREE, Gazetteer, apart_km, wide_gazetteer

_Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Dots:
    """All places from south to north, column by column; `country` counts in `countries`."""

    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    country: _Positions
    countries: list[str]
    names: npt.NDArray[np.object_]


def places_within(
    lat: float, lon: float, km: float, *, among: Gazetteer | None = None
) -> dict[str, str]:
    """For each country with a known place so near a point: the name of the nearest, near first.

    ``km`` may be 100 at most. Ties break by country.
    """
    found = _within(_dots(among or wide_gazetteer()), lat, lon, km)
    return {country: found[country][1] for country in sorted(found, key=lambda c: (found[c], c))}


def _within(dots: _Dots, lat: float, lon: float, km: float) -> dict[str, tuple[float, str]]:
    """Distance and name of the nearest place of each country that has one so near a point."""
    reach = km / KM_PER_DEGREE
    first, behind = dots.lat.searchsorted([lat - reach, lat + reach])
    found: dict[str, tuple[float, str]] = {}
    for place in (first + _nearest(dots, slice(first, behind + 1), lat, lon, km)).tolist():
        apart = apart_km(lat, lon, dots.lat[place].item(), dots.lon[place].item())
        if apart <= km:
            country = dots.countries[dots.country[place]]
            found[country] = min(found.get(country, (math.inf, "")), (apart, dots.names[place]))
    return found


def _nearest(dots: _Dots, band: slice, lat: float, lon: float, km: float) -> _Positions:
    """Those of a band of dots that may be the nearest of their country, and not too far."""
    east = (dots.lon[band] - lon + 180) % 360 - 180
    east *= np.cos(np.radians((dots.lat[band] + lat) / 2))
    apart = np.hypot(dots.lat[band] - lat, east) * KM_PER_DEGREE
    near = np.flatnonzero(apart <= km * _SLACK)
    country, apart = dots.country[band][near], apart[near]
    least = np.full(len(dots.countries), math.inf)
    np.minimum.at(least, country, apart)
    return near[apart <= least[country] * _SLACK]


#: By so much a distance may differ that is not computed place by place.
_SLACK = 1 + 1e-9


def has_place_within(
    lat: float, lon: float, km: float, country: str, *, among: Gazetteer | None = None
) -> bool:
    """True if a known place of a country is so near a point; ``km`` may be 100 at most."""
    dots = _dots_in(among or wide_gazetteer(), country)
    middle = round(lat * _CELLS), round(lon * _CELLS)
    if km > _CELL_KM and _has_place_near_middle(middle, km, country, among or wide_gazetteer()):
        return True
    return bool(_within(dots, lat, lon, km))


#: Cells of a degree; no point of one lies further than that from its middle, whatever its latitude.
_CELLS, _CELL_KM = 4, 20.0


@lru_cache(maxsize=10_000)
def _has_place_near_middle(
    middle: tuple[int, int], km: float, country: str, among: Gazetteer
) -> bool:
    """True if a place is so near the middle of a cell that it is near every point of the cell."""
    lat, lon = (one / _CELLS for one in middle)
    return bool(_within(_dots_in(among, country), lat, lon, km - _CELL_KM))


@cache
def _dots(among: Gazetteer) -> _Dots:
    dots = {(p.country, p.name, p.lat, p.lon) for one in among.places.values() for p in one}
    listed = pa.table(
        {name: [dot[place] for dot in sorted(dots)] for place, name in enumerate(_DOT)},
        pa.schema(_DOT),
    )
    table = pa.concat_tables([listed, _packed_dots(among.packed)]).sort_by("lat")
    country = table.column("country").combine_chunks().dictionary_encode()
    return _Dots(
        table.column("lat").to_numpy(), table.column("lon").to_numpy(),
        country.indices.to_numpy().astype(np.int64), country.dictionary.to_pylist(),
        table.column("name").to_numpy(),
    )  # fmt: skip


@lru_cache(maxsize=1_000)
def _dots_in(among: Gazetteer, country: str) -> _Dots:
    """Those of one country."""
    dots = _dots(among)
    here = [one == country for one in dots.countries]
    rows = np.flatnonzero(np.array(here, dtype=bool)[dots.country])
    number = np.zeros(len(rows), dtype=np.int64)
    return _Dots(dots.lat[rows], dots.lon[rows], number, [country], dots.names[rows])


#: What of a packed line says where a place is.
_DOT = {"country": pa.string(), "name": pa.string(), "lat": pa.float64(), "lon": pa.float64()}
_PACKED = ("key", "country", "province", "name", "others", "lat", "lon")


def _packed_dots(packed: bytes) -> pa.Table:
    if not packed:
        return pa.schema(_DOT).empty_table()
    return pyarrow.csv.read_csv(
        pa.py_buffer(packed),
        pyarrow.csv.ReadOptions(column_names=_PACKED),
        pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False),
        pyarrow.csv.ConvertOptions(
            column_types=_DOT, include_columns=list(_DOT), strings_can_be_null=False
        ),
    )
