"""The tables of a case folder and of its truth: their columns, and rows on the way to disk."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b

from ringmap.training.scenario import Spot
from ringmap.training.truth import TRUTH_COLUMNS

Row = tuple[str, ...]

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
    """Rows of one world, table by table, before they are text."""

    def __init__(self) -> None:
        self.cases: list[Row] = []
        self.people: list[Row] = []
        self.roles: list[Row] = []
        self.organisations: list[Row] = []
        self.identifiers: list[Row] = []
        self.ties: list[Row] = []
        self.events: list[Row] = []
        self.legs: list[Row] = []
        self.sources: list[Row] = []
        self.errors: list[Row] = []
        #: Premises of this world by number; towns, which others share, by theirs.
        self.places: dict[str, Row] = {}
        self.towns: dict[str, Row] = {}
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


@cache
def day_text(day: int) -> str:
    """A day as an ISO date."""
    return date.fromordinal(day).isoformat()


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV, with line ends of one character; quotes only where a row needs them."""
    rows = list(rows)
    lines = [",".join(row) for row in rows]
    text = "\n".join([*lines, ""])
    cells, ends = sum(map(len, rows)), text.count("\n")
    if ends == len(rows) and text.count(",") == cells - ends and not _is_quoted(text):
        return text  # most tables, found out with four looks at the whole
    for place, row in enumerate(rows):
        line = lines[place]
        if line.count(",") != len(row) - 1 or "\n" in line or _is_quoted(line):
            lines[place] = _quoted(row)
    return "\n".join([*lines, ""])


def _is_quoted(text: str) -> bool:
    """Whether something needs quotes beside line ends and commas."""
    return '"' in text or "\r" in text


def _quoted(row: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()
