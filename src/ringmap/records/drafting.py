"""Rows that were understood, gathered into the draft of a case file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.model import (
    COLUMNS,
    DRAFT_PARTY,
    DRAFT_TIE,
    Draft,
    Gazetteer,
    empty_draft,
    match_key,
    typed,
    wide_gazetteer,
)
from ringmap.records.tabletext import Cells, Mask, RawTable, same_where

Positions = npt.NDArray[np.int64]


@dataclass(slots=True)
class Drafting:
    """A draft in the making; positions that its methods give stay valid in the draft."""

    _parts: dict[str, list[tuple[int, Mapping[str, object]]]] = field(default_factory=dict)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)
    _labelled: set[int] = field(default_factory=set)
    _listed: set[str] = field(default_factory=set)
    _types: set[str] = field(default_factory=set)
    _sources: dict[str, int] = field(default_factory=dict)
    _source_rows: list[dict[str, object]] = field(default_factory=list)
    _records: int = 0
    #: Parties of the case file that the records are read beside, as type and id.
    beside: frozenset[tuple[str, str]] = frozenset()
    #: A list of places of the user's own, looked up instead of ringmap's.
    own_list: Gazetteer | None = None

    def party(self, type_name: str, party_id: str, *, label_is_id: bool = False) -> int:
        """Position of a party, which is entered when it is new."""
        place = self._places.setdefault((type_name, party_id), len(self._places))
        self._types.add(type_name)
        if label_is_id:
            self._labelled.add(place)
        return place

    def list_parties(self, type_name: str, ids: Cells) -> None:
        """Enter parties that a table of their own lists."""
        if (self.parties(type_name, ids) >= 0).any():
            self._listed.add(type_name)

    def lists(self, type_name: str) -> bool:
        """True when a table lists parties of the type, so that an id it lacks is a strange one."""
        return type_name in self._listed

    def knows(self, type_name: str) -> bool:
        """True once a party of the type is entered, or if the case beside has one."""
        return type_name in self._types or any(kind == type_name for kind, _ in self.beside)

    def find(self, type_name: str, party_id: str) -> int:
        """Position of a party that is entered or stands in the case beside, or −1."""
        place = self._places.get((type_name, party_id), -1)
        if place < 0 and (type_name, party_id) in self.beside:
            return self.party(type_name, party_id)
        return place

    def parties(self, type_name: str, ids: Cells, *, label_is_id: bool = False) -> Positions:
        """Positions of parties by id; −1 where the id is None."""
        codes, distinct = pd.factorize(ids, use_na_sentinel=True)
        places = np.array(
            [self.party(type_name, str(one), label_is_id=label_is_id) for one in distinct] + [-1],
            dtype=np.int64,
        )
        return places[codes]

    def describe_source(self, row: Mapping[str, object]) -> None:
        """Enter what a row of the source table says; the first description of a name stays."""
        place = self._source(str(row["source_ref"]))
        if not self._source_rows[place]["described"]:
            self._source_rows[place] = {**row, "described": True}

    def is_described(self, reference: str) -> bool:
        """True when the source table has a row of this name."""
        place = self._sources.get(reference)
        return place is not None and bool(self._source_rows[place]["described"])

    def _source(self, reference: str) -> int:
        place = self._sources.setdefault(reference, len(self._source_rows))
        if place == len(self._source_rows):
            self._source_rows.append({"source_ref": reference, "described": False})
        return place

    def records(self, table: RawTable, name: str, *, references: Cells | None = None,
                grades: Cells | None = None) -> Positions:  # fmt: skip
        """Enter a record for every row that is used; −1 for refused rows."""
        used = ~table.refused
        count = int(used.sum())
        place = np.where(used, np.cumsum(used) - 1 + self._records, -1)
        self._records += count
        blank = np.full(len(table.row), None, dtype=object)
        references = blank if references is None else references
        grades = blank if grades is None else grades
        self.add(
            "records",
            {
                "file": [table.file] * count,
                "table": [name] * count,
                "row": table.row[used],
                "line": table.line[used],
                "digest": _digests(table)[used],
                "source": self._source_places(references[used]),
                "page": [None] * count,
                "reliability": [grade[0] if grade else None for grade in grades[used]],
                "credibility": [grade[1] if grade else None for grade in grades[used]],
            },
        )
        return place

    def _source_places(self, references: Cells) -> Positions:
        codes, distinct = pd.factorize(references, use_na_sentinel=True)
        return np.array([*(self._source(str(one)) for one in distinct), -1], dtype=np.int64)[codes]

    def state(self, parties: Positions, column: str, values: Cells, records: Positions) -> None:
        """Enter an attribute of parties, where a row is used and a value recorded."""
        told = (records >= 0) & (parties >= 0) & rows_where(values)
        if told.any():
            self.add(
                "statements",
                {
                    "party": parties[told],
                    "column": [column] * int(told.sum()),
                    "value": values[told],
                    "record": records[told],
                },
            )

    @property
    def gazetteer(self) -> Gazetteer:
        """Where names of places are looked up."""
        return self.own_list or wide_gazetteer()

    def state_list(self, places: Positions, position_from: Cells, records: Positions) -> None:
        """Enter whose list of names gave a place its position, where it is not ringmap's own."""
        if self.own_list is not None:
            listed = same_where(position_from == "gazetteer", self.own_list.title)
            self.state(places, "position_list", listed, records)

    def add(self, table: str, columns: Mapping[str, object]) -> None:
        """Enter rows of a table; columns that are not given are not recorded."""
        count = len(next(iter(columns.values())))  # type: ignore[arg-type]  # columns have a length
        if count:
            self._parts.setdefault(table, []).append((count, columns))

    def finish(self) -> Draft:
        """The draft with everything entered so far."""
        ids = [party_id for _, party_id in self._places]
        labelled = np.zeros(len(ids), dtype=bool)
        labelled[list(self._labelled)] = True
        parties = {"id": ids, "type": [kind for kind, _ in self._places], "label_is_id": labelled}
        draft = empty_draft()
        draft |= {name: _table(name, parts) for name, parts in self._parts.items()}
        draft["parties"] = pd.DataFrame({name: typed(name, parties[name]) for name in DRAFT_PARTY})
        draft["sources"] = self._finish_sources()
        return draft

    def _finish_sources(self) -> pd.DataFrame:
        rows = self._source_rows
        return pd.DataFrame(
            {name: typed(name, [row.get(name) for row in rows]) for name in COLUMNS["sources"]}
        )


def _missing(column: str, count: int) -> object:
    sample = typed(column, [])
    if sample.dtype.kind == "i":
        return np.full(count, -1)
    if sample.dtype.kind == "f":
        return np.full(count, np.nan)
    return np.zeros(count, dtype=bool) if sample.dtype.kind == "b" else [None] * count


def _table(table: str, parts: Sequence[tuple[int, Mapping[str, object]]]) -> pd.DataFrame:
    names = DRAFT_TIE if table == "tie_records" else COLUMNS[table]
    joined = {
        name: np.concatenate([_cells(columns.get(name), name, count) for count, columns in parts])
        for name in names
    }
    return pd.DataFrame({name: typed(name, cells) for name, cells in joined.items()})


def _cells(given: object, column: str, count: int) -> npt.NDArray[Any]:
    cells = np.asarray(_missing(column, count) if given is None else given)
    return cells if cells.dtype.kind in "iufb" else cells.astype(object)


def _digests(table: RawTable) -> npt.NDArray[np.uint64]:
    """A number per row that only the same cells under the same headings give again."""
    total = np.zeros(len(table.row), dtype=np.uint64)
    keys = np.array([*map(match_key, table.headings)], dtype=object)
    for named, cells in zip(pd.util.hash_array(keys), table.columns, strict=True):
        codes, distinct = pd.factorize(cells, use_na_sentinel=True)
        hashes = np.append(pd.util.hash_array(distinct.astype(object)), np.uint64(0))
        with np.errstate(over="ignore"):
            mixed = (hashes[codes] ^ named) * np.uint64(0x9E3779B97F4A7C15)
        # Empty cells add nothing, so a new empty column leaves a record the same.
        total += np.where(codes >= 0, mixed ^ (mixed >> np.uint64(29)), np.uint64(0))
    return total


def rows_where(values: Cells) -> Mask:
    """True for each cell that holds something."""
    return np.asarray(pd.notna(values), dtype=bool)
