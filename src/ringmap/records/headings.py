"""Which heading of a file is which column of which table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import yaml

from ringmap.model import match_key

TABLES = (
    "cases", "people", "organisations", "places", "identifiers", "roles", "ties", "events",
    "sources",
)  # fmt: skip
#: What a file, a sheet or a key may be called that holds one of them.
TABLE_NAMES: Mapping[str, str] = {table: table for table in TABLES} | {
    "legs": "events",
    "organizations": "organisations",
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "cases": ("case_id",),
    "people": ("person_id",),
    "organisations": ("organisation_id",),
    "places": ("place_id",),
    "identifiers": ("identifier_id",),
    "roles": ("person_id",),
    "ties": ("source", "target"),
    "events": ("event_id",),
    "sources": ("source_ref",),
    "sheet": ("case_id", "person"),
    "calls": ("caller", "called"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the headings of a file mean as one table: columns by position, the rest kept."""

    table: str
    columns: Mapping[str, int]
    further: Mapping[str, int]
    doubled: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns that the table cannot do without and that no heading names."""
        return tuple(column for column in REQUIRED[self.table] if column not in self.columns)


def kinds_of(table: str) -> Mapping[str, str]:
    """What a cell of each column of a table is, by column."""
    return {column: str(entry["is"]) for column, entry in _schema(table).items()}


@cache
def names_of(table: str) -> Mapping[str, frozenset[str]]:
    """The match keys of every heading that means a column of a table, by column."""
    found: dict[str, set[str]] = {column: {match_key(column)} for column in _schema(table)}
    for name, column in _names(table).items():
        found[column].add(name)
    return {column: frozenset(names) for column, names in found.items()}


def read_headings(
    headings: Iterable[str], table: str, *, own: frozenset[str] = frozenset()
) -> Meaning:
    """Match headings to a table's columns: exact names first, then names that mean the same.

    Those of `own` have no meaning, whatever they are.
    """
    named = list(headings)
    columns: dict[str, int] = {}
    doubled: list[str] = []
    for names in (_exact(table), _names(table)):
        for place, heading in enumerate(named):
            key = match_key(heading)
            column = None if heading in own else names.get(key)
            if column is None or place in columns.values():
                continue
            if column not in columns:
                columns[column] = place
            elif names is _exact(table) or _is_twin(key, named[columns[column]], table):
                doubled.append(heading)
    further: dict[str, int] = {}
    numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(2))
    meant = set(columns.values())
    for place, heading in enumerate(named):
        if place not in meant:
            name = first = _further_name(heading or f"column {place + 1}")
            while name in further:
                name = f"{first} ({next(numbers[first])})"
            further[name] = place
    return Meaning(table, columns, further, tuple(doubled))


def _is_twin(key: str, heading: str, table: str) -> bool:
    """True for a name that stands twice and is not the column's own, of which it is told anyway."""
    return key == match_key(heading) and key not in _exact(table)


def _further_name(heading: str) -> str:
    """The heading of a further column, which is never the name of a column with a meaning."""
    return f"{heading} (further)" if match_key(heading) in _meaningful() else heading


@cache
def _meaningful() -> frozenset[str]:
    """Names of columns, and of what is worked out from them."""
    named = {column for table in _tables().values() for column in table}
    worked_out = {"country_from", "position_from", *(f"{column}_as_written" for column in named)}
    return frozenset(map(match_key, named | worked_out))


@cache
def _exact(table: str) -> Mapping[str, str]:
    return {match_key(column): column for column in _schema(table)}


@cache
def _names(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column, entry in _schema(table).items():
        for name in (column, column.replace("_", " "), *entry.get("also", ())):
            found.setdefault(match_key(str(name)), column)
    if table == "calls":  # programs of networks write CallDate
        found = {key.replace(" ", ""): column for key, column in found.items()} | found
    return found


@cache
def _tables() -> dict[str, dict[str, dict[str, Any]]]:
    text = files("ringmap.records").joinpath("columns.yaml").read_text("utf-8")
    found: dict[str, dict[str, dict[str, Any]]] = yaml.load(text, Loader=_Loader)  # noqa: S506
    return found


#: Safe like PyYAML's own safe loader, and many times as fast where its C part is there.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _schema(table: str) -> dict[str, dict[str, Any]]:
    schema = _tables()
    shared = schema["any"] if table not in ("sources", "sheet", "calls") else {}
    notes = {"note": schema["any"]["note"]} if table == "sources" else {}
    return {**schema[table], **shared, **notes}
