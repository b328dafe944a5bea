"""A case file: everything that was read, as a handful of tables that keep their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

PARTY_TYPES = ("person", "organisation", "place", "identifier", "case")

#: Columns of each table of a `Case`, in order. Integer columns hold positions: `party`,
#: `source`, `target`, `person`, `moved_by`, `case`, `from_place`, `to_place` and `crossing`
#: in `parties`; `record` in `records`; `tie` in `ties`; −1 stands for "not recorded".
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "parties": (
        "party", "type", "id", "name", "key", "kind", "country", "country_from", "province",
        "lat", "lon", "side", "roles", "standing", "label_is_id",
    ),
    "statements": ("party", "column", "value", "record"),
    "roles": (
        "person", "case", "event", "role", "as_written", "side", "standing", "victim_status",
        "first", "last", "dates_as_written", "record",
    ),
    "ties": ("source", "target", "kind", "case", "direction", "weight", "first", "last"),
    "tie_records": (
        "tie", "record", "turned", "first", "last", "dates_as_written", "weight",
        "as_written", "page", "amount", "currency", "note",
    ),
    "events": (
        "event", "kind", "as_written", "case", "date", "end_date", "dates_as_written",
        "from_place", "to_place", "crossing", "person", "moved_by", "transport", "legal_exit",
        "stage", "route", "leg", "amount", "currency", "note", "record",
    ),
    "records": (
        "file", "table", "row", "line", "digest", "source", "page", "reliability", "credibility",
    ),
    "sources": (
        "source_ref", "document", "page", "agency", "received", "reliability", "credibility",
        "handling", "note", "further", "described",
    ),
}  # fmt: skip

INTEGERS = frozenset({
    "party", "person", "case", "record", "source", "target", "tie", "from_place", "to_place",
    "crossing", "moved_by", "row", "line",
})  # fmt: skip
NUMBERS = frozenset({"weight", "lat", "lon"})
TRUTHS = frozenset({"turned", "described", "label_is_id"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read, known by what is in it.

    `sha256` is printed, so that anyone can see which file was read. `secret` is another
    digest of the same content, which is never printed: pseudonyms are made from it. It is
    empty once the file has been put into a store, which keeps the key itself.
    """

    file: str
    sha256: str
    secret: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, eq=False)
class Case:
    """A case file of one or many cases; each row of each table leads back to a record.

    Attributes
    ----------
    parties
        A row per person, organisation, place, identifier or case. `party` is the name by
        which tables and pages refer to it (its id, with the type before it where two
        types share an id), `name` the best graded spelling, `key` its match key, `side`
        what a person is over all cases: offender, victim, both, other, or unknown.
    statements
        Every attribute of every party as each record gives it. Two values of one column
        are a contradiction, and both stay.
    roles
        Role and standing of a person per case and per event, one row per record.
    ties
        One row per source, target, kind and case; `weight` is the strength (NaN where no
        record gives one), the larger where records differ.
    tie_records
        The evidence: one row per record of a tie, with what that record says of it.
    events
        One row per record of an event or leg and per person moved and mover.
    records
        One row per row of a file that was used, with its source and grade.
    sources
        Documents: agency, date received, reliability A–F, credibility 1–6, handling.
    """

    parties: pd.DataFrame
    statements: pd.DataFrame
    roles: pd.DataFrame
    ties: pd.DataFrame
    tie_records: pd.DataFrame
    events: pd.DataFrame
    records: pd.DataFrame
    sources: pd.DataFrame
    files: tuple[SourceFile, ...] = field(default=())

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name, in the order of `COLUMNS`."""
        return {name: getattr(self, name) for name in COLUMNS}


def names_of_parties(case: Case) -> pd.Series:
    """The name of each party, by what it is called in the graph."""
    names: pd.Series = case.parties.set_index("party")["name"]
    return names


def pages_of_ties(case: Case) -> dict[int, str]:
    """The page that a record of a tie names for itself, by record; it stands with the tie."""
    paged = case.tie_records[["record", "page"]].dropna()
    return dict(zip(paged["record"].tolist(), paged["page"].tolist(), strict=True))


def empty_table(name: str) -> pd.DataFrame:
    """A table of a `Case` with its columns, their types, and no row."""
    return pd.DataFrame({column: typed(column, []) for column in COLUMNS[name]})


def typed(column: str, values: object) -> pd.Series:
    """Values as a column of the type that its name has in every table."""
    if column in INTEGERS:
        return pd.Series(np.asarray(values, dtype=np.int32))
    if column in NUMBERS:
        return pd.Series(np.asarray(values, dtype=np.float64))
    if column in TRUTHS:
        return pd.Series(np.asarray(values, dtype=bool))
    if column == "digest":
        return pd.Series(np.asarray(values, dtype=np.uint64))
    return pd.Series(values, dtype="str")


def coded(column: pd.Series) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.object_]]:
    """A column of text as the position of each cell's text, −1 for a missing one, and the texts.

    Each text stands once, in the order of the cells.
    """
    codes, texts = encoded(column)
    return codes, texts.to_numpy(zero_copy_only=False)


def encoded(column: pd.Series) -> tuple[npt.NDArray[np.int32], pa.LargeStringArray]:
    """The same with the texts as Arrow has them."""
    arrow = pa.array(column, type=pa.large_string(), from_pandas=True)
    if isinstance(arrow, pa.ChunkedArray):
        arrow = arrow.combine_chunks()
    found = arrow.dictionary_encode()
    return np.asarray(found.indices.fill_null(-1), dtype=np.int32), found.dictionary


def decoded(codes: npt.NDArray[np.integer[Any]], texts: pa.LargeStringArray) -> pd.Series:
    """The column of text that positions among texts stand for; −1 is a missing text."""
    missing = codes < 0
    if missing.all():
        return as_text(pa.nulls(len(codes), pa.large_string()))
    places = pa.array(codes.astype(np.int32, copy=False), mask=missing if missing.any() else None)
    return as_text(texts.take(places))


def as_text(texts: pa.LargeStringArray) -> pd.Series:
    """Arrow text as a column of a `Case`, without copying it."""
    found: pd.Series = texts.to_pandas()
    return found
