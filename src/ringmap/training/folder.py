"""The tables of a case folder and of its truth: their columns, and rows on the way to disk."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TypeAlias

from ringmap.training.scenario import Spot
from ringmap.training.truth import TRUTH_COLUMNS

Row = tuple[str, ...]
#: A row as it stands in a file, with its line end. Whatever is no number, code or name of
#: ``names_data`` in it went through `cell`.
Line: TypeAlias = str

CASES = (
    "case_id", "number", "title", "reported", "detected", "prosecuted", "tried", "agency",
    "province", "country", "legal_article", "status", "purpose", "means", "report_source",
    "source_ref", "grade", "note",
)  # fmt: skip
PEOPLE = (
    "person_id", "name", "aliases", "sex", "born", "age", "nationality", "ethnic_group",
    "home_place", "home_province", "country", "role", "standing", "case_id", "victim_status",
    "source_ref", "grade", "note", "occupation",
)  # fmt: skip
ROLES = (
    "person_id", "case_id", "event_id", "role", "standing", "victim_status", "first", "last",
    "source_ref", "grade", "note",
)  # fmt: skip
EVENTS = (
    "event_id", "kind", "case_id", "date", "end_date", "from_place", "to_place", "crossing",
    "person_id", "moved_by", "transport", "legal_exit", "stage", "route_id", "leg", "amount",
    "currency", "source_ref", "grade", "note",
)  # fmt: skip
TABLES: dict[str, tuple[str, ...]] = {
    "cases": CASES,
    "people": PEOPLE,
    "roles": ROLES,
    "organisations": (
        "organisation_id", "name", "kind", "country", "province", "place_id", "source_ref",
        "grade", "note",
    ),
    "places": (
        "place_id", "name", "kind", "province", "country", "lat", "lon", "source_ref", "grade",
        "note",
    ),
    "identifiers": (
        "identifier_id", "kind", "value", "holder", "source_ref", "grade", "note",
    ),
    "ties": (
        "source", "target", "kind", "case_id", "first", "last", "weight", "source_ref", "grade",
        "page", "amount", "currency", "note",
    ),
    "events": EVENTS,
    "legs": EVENTS,
    "sources": (
        "source_ref", "document", "page", "agency", "received", "reliability", "credibility",
        "handling", "note",
    ),
    **{f"truth/{name}": columns for name, columns in TRUTH_COLUMNS.items()},
}  # fmt: skip


class Rows:
    """Rows of one world, table by table; those of long tables are lines already."""

    def __init__(self) -> None:
        self.cases: list[Row] = []
        self.organisations: list[Row] = []
        self.errors: list[Row] = []
        #: Premises of this world; towns, which others share, by their number.
        self.places: list[Row] = []
        self.towns: dict[str, Row] = {}
        self.people: list[Line] = []
        self.identifiers: list[Line] = []
        self.ties: list[Line] = []
        self.events: list[Line] = []
        self.legs: list[Line] = []
        self.sources: list[Line] = []
        #: (record, number of the person in its world, name as written)
        self.identities: list[tuple[str, int, str]] = []

    def name_town(self, town: Spot) -> str:
        """The number of a town, the same in every case of every folder."""
        place_id = town_id(town)
        if place_id not in self.towns:
            lat, lon = map(str, town.point or ("", ""))
            self.towns[place_id] = (
                place_id, town.name, town.kind, town.province, town.country, lat, lon, "", "", "",
            )  # fmt: skip
        return place_id


@cache
def town_id(town: Spot) -> str:
    """A number that a town keeps whatever else is in the folder."""
    text = f"{town.kind == 'border_gate'}|{town.name}|{town.province}|{town.country}"
    return f"L{int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) % 10_000_000:07d}"


class Texts(dict[int, str]):
    """What numbers look like in a file; each is put into words when it is first asked for."""

    def __init__(self, write: Callable[[int], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, number: int) -> str:
        """The text of a number that was not asked for before."""
        text = self[number] = self._write(number)
        return text


def _day(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


#: Days as ISO dates, and to the month; nothing for 0, which is no day.
DAYS = Texts(_day)
MONTHS = Texts(lambda day: DAYS[day][:7])
#: Numbers with noughts before them: of two and of three places at least.
TWO = Texts("{:02d}".format)
THREE = Texts("{:03d}".format)


def as_text(rows: Iterable[Row]) -> str:
    """Rows as CSV, with line ends of one character; quotes only where a cell needs them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@lru_cache(maxsize=10_000)
def cell(text: str) -> str:
    """A text as it stands between two commas of a line."""
    return as_text([(text, "")])[:-2]
