"""Where a written place name may lie: countries, provinces, towns and border gates, offline.

A name is looked up, never guessed. When several places share a name all of them come back,
sorted by country, province and name; the caller says which one the record means, with a
country, a province or a kind. No answer is chosen because one town is larger than another:
Hekou has many namesakes in China, and the border town is not the most populous.

A country is never read from a coordinate. Close to a border a map is out by a few
kilometres, which is enough to put Móng Cái in China (docs/decisions/0003-geography.md).

Two lists come with ringmap. The near one holds Viet Nam, Laos and Cambodia whole, and of other
countries the towns along the borders, usual destinations and large cities. The wide one adds the
towns of the world: records are looked up in it. It is not for telling whether a word in a
sentence is a place, as many of the world's towns bear names that people bear too.

The data are the files in ``places_data``, read when first asked for.
"""

import csv
import gzip
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

__all__ = [
    "Gazetteer",
    "Place",
    "apart_km",
    "country_name",
    "country_point",
    "find_country",
    "find_places",
    "find_province",
    "fold",
    "gather_places",
    "list_towns",
    "near_gazetteer",
    "other_side",
    "province_point",
    "same_spot",
    "wide_gazetteer",
]

_DATA = Path(__file__).parent / "places_data"
GATE = "border_gate"
PROVINCE_KINDS = frozenset(
    {
        "province",
        "municipality",
        "autonomous_region",
        "prefecture",
        "state",
        "region",
        "federal_territory",
        "union_territory",
    }
)
_LEADING_WORDS = (
    "khu kinh te cua khau",
    "cua khau quoc te",
    "cua khau quoc gia",
    "cua khau chinh",
    "cua khau phu",
    "cua khau",
    "thanh pho",
    "thi xa",
    "thi tran",
    "dac khu",
    "tinh",
    "tp",
    "tx",
    "tt",
    "huyen",
    "quan",
    "phuong",
    "xa",
    "ban",
    "province of",
    "city of",
    "town of",
    "municipality of",
    "muang",
    "krong",
    "khet",
    "changwat",
    "amphoe",
)
_TRAILING_WORDS = (
    "autonomous region",
    "autonomous prefecture",
    "border gate",
    "municipality",
    "prefecture",
    "province",
    "district",
    "county",
    "state",
    "region",
    "town",
    "city",
    "sheng",
    "xian",
)
_PLAIN_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th"}
)
_MARKS = re.compile("[\u0300-\u036f'’‘ʼ`´]")
_NATION = re.compile("^(nước|nuoc) ", re.IGNORECASE)
_NO_LETTERS = re.compile("[^0-9a-z]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
KM_PER_DEGREE = 111.2
#: Rows of one country and name that are no farther apart are one place: a town and its district.
SAME_SPOT_KM = 15.0
_TOWN_PRECISION_KM = 3.0


@dataclass(frozen=True, slots=True)
class Place:
    """A town, district, border gate or province as the gazetteer knows it.

    ``country`` is an ISO 3166-1 alpha-2 code. ``province`` is the first-level unit it lies in,
    None for such a unit itself; a place in Viet Nam carries the finest one, that is, one of
    the 63 in force until 2025-06-30. ``lat`` and ``lon`` are degrees, right to about
    ``precision_km``. ``valid_from`` and ``valid_to`` are ISO dates, both included, None for
    no known end. ``names`` holds every spelling under which it is found, the chosen one first.
    """

    name: str
    kind: str
    country: str
    province: str | None
    lat: float
    lon: float
    precision_km: float
    valid_from: str | None
    valid_to: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places to look names up in.

    ``title`` says whose list it is; it is empty for those that come with ringmap. ``places``
    holds them by folded name. ``packed`` holds more of them as UTF-8 lines sorted by folded
    name: key, country, province, name, other names, lat, lon, parted by tabs.
    """

    title: str
    places: Mapping[str, tuple[Place, ...]]
    packed: bytes = b""

    def called(self, written: str) -> tuple[Place, ...]:
        """Places that bear a name, sorted; packed ones only as spelled where it has marks."""
        key = _key(written)
        found = self.places.get(key, ())
        more: Sequence[Place] = _unpack(self, key) if self.packed and key else ()
        if not written.isascii():
            more = [place for place in more if _is_spelled(place, written)]
        return tuple(sorted([*found, *more], key=_order)) if more else found


@dataclass(frozen=True, slots=True)
class _Country:
    code: str
    alpha_3: str
    english: str
    vietnamese: str
    names: tuple[str, ...]
    point: tuple[float, float]


def fold(text: str) -> str:
    """A place name without marks, case and odd spacing, for comparing two spellings.

    ``"Đồng  Đăng"`` becomes ``"dong dang"`` and ``"Xi'an"`` becomes ``"xian"``. Hyphens, dots
    and commas count as spaces, apostrophes as nothing. Only Latin letters lose their marks:
    Thai, Lao, Khmer and Chinese stay apart, as their marks are letters.
    """
    if text.isascii():
        bare = text.lower().replace("'", "").replace("`", "")
        return " ".join(_NO_LETTERS.sub(" ", bare).split())
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    bare = _MARKS.sub("", plain)
    if bare.isascii():
        return " ".join(_NO_LETTERS.sub(" ", bare).split())
    return " ".join("".join(_letter_or_space(letter) for letter in bare).split())


def find_country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country given by code or by name, else None.

    Knows alpha-2 and alpha-3 codes and names in English, Vietnamese (with or without marks)
    and a few other tongues. Some short Vietnamese names look like codes once their marks are
    lost: "Mỹ" is the United States and "MY" Malaysia, "Bỉ" Belgium and "BI" Burundi, "Nga"
    Russia and "NGA" Nigeria. Marks decide first; then two capitals are a code; what is still
    open, such as "my" or "NGA", gives None, as does a name that several countries share
    ("Congo", "Korea").
    """
    written = _NATION.sub("", text.strip())
    by_spelling, by_key, by_code = _country_index()
    if not written.isascii():
        spelled = by_spelling.get(_spelling(written), frozenset())
        if len(spelled) == 1:
            return next(iter(spelled))
    if written in by_code and len(written) == 2:
        return by_code[written]
    named = set(by_key.get(_key(written), frozenset()))
    code = by_code.get(written.upper()) if written.isascii() else None
    as_a_name = bool(named) and len(written) == 3 and written.istitle()
    if code is not None and not as_a_name:
        named.add(code)
    return named.pop() if len(named) == 1 else None


def country_name(code: str, language: str) -> str:
    """A country's usual name in English (``"en"``) or Vietnamese (``"vi"``).

    An unknown code comes back as it was given, so that a page can still show it.
    """
    country = _countries().get(code.upper())
    if country is None:
        return code
    return country.vietnamese if language == "vi" else country.english


def country_point(code: str) -> tuple[float, float] | None:
    """A point inside a country, good for a label, as (lat, lon); None for an unknown code."""
    country = _countries().get(code.upper())
    return None if country is None else country.point


def find_places(
    name: str,
    *,
    country: str | None = None,
    province: str | None = None,
    kind: str | None = None,
    among: Gazetteer | None = None,
) -> tuple[Place, ...]:
    """Every town, district and border gate of that name, none preferred; empty if unknown.

    A name written with its marks ("Đông Hưng") finds only places so spelled when there are
    any; without marks it finds all that fold to the same letters. A province is found only
    with ``kind="province"`` (any first-level unit) or its own kind; see `find_province`. A
    border gate stands twice, once for each side, under the name used there.

    Parameters
    ----------
    country
        Code or name. An unknown one finds nothing rather than everything.
    province
        Any of its names. Either the province of the time or the one it became part of.
    kind
        "city", "town", "district", "border_gate", "village" or "zone".
    among
        The list to look in; without it the near one (see the top of this module). Provinces
        are the same in all of them.
    """
    if kind == "province" or kind in PROVINCE_KINDS:
        found: Iterable[Place] = find_province(name, country=country)
        return tuple(p for p in found if kind in ("province", p.kind))
    code = None if country is None else find_country(country)
    if country is not None and code is None:
        return ()
    wanted = None if province is None else _province_names(province, code)
    return tuple(
        place
        for place in _look_up(name, (among or near_gazetteer()).called)
        if code in (None, place.country)
        and kind in (None, place.kind)
        and (wanted is None or (place.country, place.province) in wanted)
    )


def list_towns(country: str) -> tuple[str, ...]:
    """Chosen names of all towns and districts of a country, by the alphabet; for suggestions."""
    return tuple(
        sorted(
            {
                place.name
                for places in _place_index().values()
                for place in places
                if place.country == country and place.kind != GATE
            }
        )
    )


def find_province(
    name: str, *, country: str | None = None, on: str | None = None
) -> tuple[Place, ...]:
    """Every province (state, region, municipality, border prefecture) of that name.

    Without ``on`` all units that ever bore the name come back: Lào Cai twice, the province
    until 2025-06-30 and the one with Yên Bái since. Two countries may share a name ("Hà Nam"
    is also Henan): give the country.

    Parameters
    ----------
    on
        ISO date, as precise as known. The unit in force then: a province merged before that
        date gives its successor (Yên Bái on 2025-07-01 is Lào Cai). ``"2025"`` spans the
        merger of 2025-07-01 and so gives both.
    """
    code = None if country is None else find_country(country)
    if country is not None and code is None:
        return ()
    found = [p for p in _provinces_named(name) if code in (None, p.country)]
    if on is None:
        return tuple(found)
    valid: dict[Place, None] = {}
    for place in found:
        valid.update(dict.fromkeys(_valid_units(place, on)))
    return tuple(valid)


def province_point(name: str, country: str) -> tuple[float, float] | None:
    """A point inside a province as (lat, lon); None if unknown or if the name fits two.

    For a province that was merged under its old name the point is that of the smaller, older
    unit, which lies inside the new one too.
    """
    found = find_province(name, country=country)
    if len({(place.country, place.name) for place in found}) != 1:
        return None
    oldest = min(found, key=lambda place: place.valid_from or "")
    return oldest.lat, oldest.lon


def other_side(gate: Place) -> Place | None:
    """The same border gate as it is called across the border; None if it is no gate."""
    return _gate_sides().get(gate)


@cache
def near_gazetteer() -> Gazetteer:
    """Viet Nam, Laos and Cambodia, and what matters to them elsewhere; see the module's top."""
    return Gazetteer("", _place_index())


@cache
def wide_gazetteer() -> Gazetteer:
    """The near list and the towns of the world."""
    return Gazetteer("", _place_index(), gzip.decompress((_DATA / "world.tsv.gz").read_bytes()))


def gather_places(title: str, places: Iterable[Place]) -> Gazetteer:
    """A list of one's own, under each name of each place; in whatever order they are given."""
    return Gazetteer(title, _index(places))


def same_spot(places: Iterable[Place]) -> list[list[Place]]:
    """Places put together that are one spot: of one country, within 15 km of the first.

    Groups and their members keep the order given.
    """
    spots: list[list[Place]] = []
    for place in places:
        for spot in spots:
            if spot[0].country == place.country and (
                apart_km(spot[0].lat, spot[0].lon, place.lat, place.lon) < SAME_SPOT_KM
            ):
                spot.append(place)
                break
        else:
            spots.append([place])
    return spots


def apart_km(lat: float, lon: float, there_lat: float, there_lon: float) -> float:
    """Distance on a plane, good to a per cent for the few kilometres that matter here."""
    east = (there_lon - lon + 180) % 360 - 180
    east *= math.cos(math.radians((lat + there_lat) / 2))
    return math.hypot(there_lat - lat, east) * KM_PER_DEGREE


@cache
def _starts(among: Gazetteer) -> list[int]:
    """Where each packed line begins."""
    sizes = (len(line) + 1 for line in among.packed.split(b"\n")[:-1])
    return [0, *accumulate(sizes)][:-1]


@lru_cache(maxsize=1_000)
def _unpack(among: Gazetteer, key: str) -> tuple[Place, ...]:
    """The places of a key among sorted lines, found by halving; one is asked for repeatedly."""
    packed, wanted = among.packed, key.encode("utf-8") + b"\t"
    size = len(wanted)
    starts = _starts(among)
    at = bisect_left(starts, wanted, key=lambda start: packed[start : start + size])
    places = []
    while at < len(starts) and packed.startswith(wanted, starts[at]):
        places.append(_town(packed[starts[at] : packed.index(b"\n", starts[at])].decode("utf-8")))
        at += 1
    return tuple(places)


def _town(line: str) -> Place:
    _, country, province, name, others, lat, lon = line.split("\t")
    return Place(
        name, "town", country, province or None, float(lat), float(lon), _TOWN_PRECISION_KM,
        None, None, _names(name, others),
    )  # fmt: skip


def _letter_or_space(letter: str) -> str:
    return letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "


def _key(text: str) -> str:
    """The folded name in one piece, so that "Lao Cai", "Laocai" and "Lao-Cai" meet."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=100_000)
def _spelling(text: str) -> str:
    """The name with its marks, but one way of writing them: "Hoà" and "Hòa" are the same."""
    words = unicodedata.normalize("NFKD", text.replace("Ð", "Đ")).casefold()
    return "".join(_tone_last(word) for word in re.split(r"[^\w\u0300-\u036f]+", words))


def _tone_last(word: str) -> str:
    letters = "".join(letter for letter in word if letter not in _TONES)
    return letters + "".join(letter for letter in word if letter in _TONES)


def _without_generic_words(text: str) -> str:
    """The name less "tỉnh", "thành phố", "huyện", "province" and the like around it."""
    words = text.replace(".", ". ").replace(",", " ").split()
    if not words:
        return ""
    leading = _LEADING.get(_folded_word(words[0]), ())
    trailing = _TRAILING.get(_folded_word(words[-1]), ())
    if not (leading or trailing):
        return " ".join(words)
    folded = [*map(_folded_word, words)]
    first, last = 0, len(words)
    for parts in leading:
        if folded[: len(parts)] == parts and len(words) > len(parts):
            first = len(parts)
            break
    for parts in trailing:
        if folded[-len(parts) :] == parts and last - len(parts) > first:
            last -= len(parts)
            break
    return " ".join(words[first:last])


def _by_word(generic: Iterable[str], place: int) -> dict[str, list[list[str]]]:
    """Generic words, cut, in their order under the first (0) or last (−1) of each."""
    found: dict[str, list[list[str]]] = {}
    for one in generic:
        parts = one.split()
        found.setdefault(parts[place], []).append(parts)
    return found


_LEADING, _TRAILING = _by_word(_LEADING_WORDS, 0), _by_word(_TRAILING_WORDS, -1)


@lru_cache(maxsize=100_000)
def _folded_word(word: str) -> str:
    return fold(word)


def _look_up(name: str, called: Callable[[str], tuple[Place, ...]]) -> tuple[Place, ...]:
    """Places by the name as written, else by the name without its generic words."""
    if found := called(name):
        return _as_spelled(name, found)
    text = _without_generic_words(name)
    found = called(text) if text != name else ()
    return _as_spelled(text, found) if found else ()


@lru_cache(maxsize=10_000)
def _provinces_named(name: str) -> tuple[Place, ...]:
    return _look_up(name, _provinces_called)


def _as_spelled(text: str, found: tuple[Place, ...]) -> tuple[Place, ...]:
    if text.isascii():
        return found
    return tuple(place for place in found if _is_spelled(place, text)) or found


def _is_spelled(place: Place, text: str) -> bool:
    wanted = _spelling(text)
    return any(_spelling(name) == wanted for name in place.names)


@lru_cache(maxsize=10_000)
def _province_names(name: str, country: str | None) -> set[tuple[str, str]]:
    """(country, province) of all units of that name and of those since merged into them."""
    found = find_province(name, country=country)
    wanted = {(place.country, place.province or place.name) for place in found}
    for unit, successor in _successors().items():
        if successor in found:
            wanted.add((unit.country, unit.name))
    return wanted


def _valid_units(place: Place, on: str) -> tuple[Place, ...]:
    """The unit itself if in force then, or the one it was merged into, or both for a span."""
    first, last = _span(on)
    units = []
    if (place.valid_from or "") <= last and (place.valid_to or "9") >= first:
        units.append(place)
    successor = _successors().get(place)
    if successor is not None and (place.valid_to or "9") < last:
        units.extend(_valid_units(successor, on))
    return tuple(units)


def _span(on: str) -> tuple[str, str]:
    """The first and last day a date of any precision may mean, as text to compare with."""
    missing = 10 - len(on)
    return (on, on) if missing <= 0 else (on + "-00-00"[-missing:], on + "-99-99"[-missing:])


def _rows(file: str) -> list[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8", newline="") as handle:
        headings, *rows = csv.reader(handle)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def _names(*parts: str) -> tuple[str, ...]:
    """Names without doubles, in order; a part may hold several, parted by ``|``."""
    return tuple(dict.fromkeys(name for part in parts for name in part.split("|") if name))


@cache
def _countries() -> dict[str, _Country]:
    return {
        row["code"]: _Country(
            row["code"],
            row["alpha_3"],
            row["english"],
            row["vietnamese"],
            _names(row["english"], row["vietnamese"], row["names"]),
            (float(row["lat"]), float(row["lon"])),
        )
        for row in _rows("countries.csv")
    }


@cache
def _country_index() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, str]]:
    by_spelling: dict[str, set[str]] = {}
    by_key: dict[str, set[str]] = {}
    by_code: dict[str, str] = {}
    for country in _countries().values():
        by_code[country.code] = by_code[country.alpha_3] = country.code
        for name in country.names:
            by_spelling.setdefault(_spelling(name), set()).add(country.code)
            by_key.setdefault(_key(name), set()).add(country.code)
    return _freeze(by_spelling), _freeze(by_key), by_code


def _freeze(index: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in index.items()}


@cache
def _provinces() -> tuple[tuple[Place, str], ...]:
    """Each unit with the name of its successor, empty for none."""
    return tuple(
        (
            Place(
                row["name"],
                row["kind"],
                row["country"],
                row["parent"] or None,
                float(row["lat"]),
                float(row["lon"]),
                float(row["precision_km"]),
                row["valid_from"] or None,
                row["valid_to"] or None,
                _names(row["name"], row["names"]),
            ),
            row["successor"],
        )
        for row in _rows("provinces.csv")
    )


@cache
def _successors() -> dict[Place, Place]:
    """The unit each abolished province was merged into."""
    later = {(p.country, p.name): p for p, successor in _provinces() if not successor}
    return {p: later[p.country, name] for p, name in _provinces() if name}


def _provinces_called(written: str) -> tuple[Place, ...]:
    return _province_index().get(_key(written), ())


@cache
def _province_index() -> dict[str, tuple[Place, ...]]:
    return _index(place for place, _ in _provinces())


@cache
def _gate_sides() -> dict[Place, Place]:
    sides: dict[Place, Place] = {}
    for row in _rows("gates.csv"):
        here, there = _gate(row, ""), _gate(row, "other_")
        sides[here], sides[there] = there, here
    return sides


def _gate(row: Mapping[str, str], side: str) -> Place:
    return Place(
        row[side + "name"],
        GATE,
        row[side + "country"],
        row[side + "province"],
        float(row["lat"]),
        float(row["lon"]),
        float(row["precision_km"]),
        None,
        None,
        _names(row[side + "name"], row[side + "names"]),
    )


@cache
def _place_index() -> dict[str, tuple[Place, ...]]:
    towns = (
        Place(
            row["name"],
            row["kind"],
            row["country"],
            row["province"] or None,
            float(row["lat"]),
            float(row["lon"]),
            float(row["precision_km"]),
            None,
            None,
            _names(row["name"], row["names"]),
        )
        for file in ("places.csv", "geonames.csv")
        for row in _rows(file)
    )
    return _index([*towns, *_gate_sides()])


def _index(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, dict[Place, None]] = {}
    for place in places:
        for name in place.names:
            found.setdefault(_key(name), {})[place] = None
    return {
        key: tuple(sorted(group, key=_order) if len(group) > 1 else group)
        for key, group in found.items()
    }


def _order(place: Place) -> tuple[str, str, str, str, str, float, float, str, tuple[str, ...]]:
    dates = place.valid_from or "", place.valid_to or "9"
    point = place.lat, place.lon
    return (
        place.country, place.province or "", place.name, *dates, *point, place.kind, place.names,
    )  # fmt: skip
