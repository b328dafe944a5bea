"""Rows that were understood, gathered into the draft of a case file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from ringmap import kernels
from ringmap.model import (
    PARTY_TYPES,
    Coded,
    Draft,
    Gazetteer,
    Table,
    as_texts,
    below,
    draft_columns,
    empty_draft,
    match_key,
    missing_in,
    nothing,
    of_arrow,
    wide_gazetteer,
)
from ringmap.records.coded import Cells, Mask, Positions, join
from ringmap.records.identities import id_of_keys
from ringmap.records.numbering import Numbered
from ringmap.records.tabletext import RawTable
from ringmap.records.telephones import number_key, number_keys

#: The key of `pandas.util.hash_array`.
_KEY = b"0123456789123456"
#: A kind of identifier, and a number in the form for comparing.
Key = tuple[str, str]


@dataclass
class Drafting:
    """A draft in the making; positions that its methods give stay valid in the draft."""

    _parts: dict[str, list[tuple[int, dict[str, object]]]] = field(default_factory=dict)
    #: Parties by type and id.
    _parties: Numbered = field(default_factory=Numbered)
    #: Whether a party is labelled by its id, as far as any was; room grows with the parties.
    _labelled: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    _listed: set[str] = field(default_factory=set)
    #: Sources by their reference.
    _sources: Numbered = field(default_factory=Numbered)
    _source_parts: list[tuple[Positions, Mapping[str, Cells]]] = field(default_factory=list)
    _records: int = 0
    #: Parties of the case file that the records are read beside, as type and id.
    beside: frozenset[tuple[str, str]] = frozenset()
    #: Ids there that nothing but ties names, and which stand for people so far.
    mentioned: frozenset[str] = frozenset()
    #: A list of places of the user's own, looked up instead of ringmap's.
    own_list: Gazetteer | None = None
    #: Of which country telephone numbers without a country code are, as an ISO code.
    phone_country: str | None = None
    #: Ids under which numbers are entered, by kind and number in the form for comparing.
    _numbers: dict[Key, str] = field(default_factory=dict)
    #: Those of which it stays, and ids made of numbers that were known before a table listed them.
    _kept: set[Key] = field(default_factory=set)
    _made: dict[Key, str] = field(default_factory=dict)
    #: Ids made of numbers that no table lists so far.
    unlisted: set[str] = field(default_factory=set)
    #: Those of the case file beside that a table lists now, and the ids that it gives them.
    same: dict[str, str] = field(default_factory=dict)

    def party(self, type_name: str, party_id: str, *, label_is_id: bool = False) -> int:
        """Position of a party, which is entered when it is new."""
        place = int(self._parties.enter(type_name, as_texts([party_id]))[0])
        if label_is_id:
            self._label(np.array([place]))
        return place

    def list_parties(self, type_name: str, ids: Cells) -> None:
        """Enter parties that a table of their own lists."""
        places = self.parties(type_name, ids)
        if (places >= 0).any():
            self._listed.add(type_name)
        self._label(places[places >= 0], by_id=False)

    def _label(self, places: Positions, *, by_id: bool = True) -> None:
        """Let parties be labelled by their ids, or no longer."""
        if len(self._labelled) < len(self._parties):
            room = np.zeros(2 * len(self._parties), dtype=bool)
            room[: len(self._labelled)] = self._labelled
            self._labelled = room
        self._labelled[places] = by_id

    def lists(self, type_name: str) -> bool:
        """True when a table lists parties of the type, so that an id it lacks is a strange one."""
        return type_name in self._listed

    def knows(self, type_name: str) -> bool:
        """True once a party of the type is entered, or if the case beside has one."""
        return type_name in self._parties or any(kind == type_name for kind, _ in self.beside)

    def meant_beside(self, ids: Iterable[str], type_name: str) -> dict[str, str]:
        """Ids that are new for a type, and of which type the case beside has a party under them."""
        others: dict[str, str] = {}
        for one in ids:
            if one in self._ids_beside and (type_name, one) not in self.beside:
                known = [other for other in PARTY_TYPES if (other, one) in self.beside]
                if known != ["person"] or one not in self.mentioned:
                    others[one] = " and ".join(known)
        return others

    @cached_property
    def _ids_beside(self) -> frozenset[str]:
        return frozenset(party_id for _, party_id in self.beside)

    def shares_ids(self) -> bool:
        """True where one id may stand for parties of several types."""
        return bool(self.beside) or self._parties.shares_texts()

    def find(self, type_name: str, ids: pa.LargeStringArray) -> Positions:
        """Positions of parties that are entered or stand in the case beside, or −1."""
        places = self._parties.find(type_name, ids)
        if self.beside:
            new = np.flatnonzero(places < 0)
            beside = [(type_name, one) in self.beside for one in ids.take(new).to_pylist()]
            new = new[np.array(beside, dtype=bool)]
            places[new] = self._parties.enter(type_name, ids.take(new))
            if type_name == "person":
                # Named once more by a tie, they are not listed by that.
                named = [one in self.mentioned for one in ids.take(new).to_pylist()]
                self._label(places[new[np.array(named, dtype=bool)]])
        return places

    def enter_numbers(self, told: Sequence[tuple[str | None, ...]]) -> list[Key | None]:
        """Make numbers of identifiers known, as identifier, number, kind: kind and number of each.

        Of several identifiers with one number those of the case file beside stay the ones that
        calls count for, and of new ones the first by its id, whichever row is read first.
        """
        asked = [(kind or "phone", number) for _, number, kind in told if number is not None]
        found = iter(number_keys(asked, self.phone_country))
        keys = [None if number is None else next(found) for _, number, _ in told]
        for key, (identifier, _, _) in zip(keys, told, strict=True):
            if key is not None and identifier is not None:
                self._enter_key(key, identifier)
        return keys

    def keep_numbers(self) -> None:
        """Let calls count for the identifiers that are known so far, whichever come after."""
        self._kept.update(key for key, one in self._numbers.items() if one not in self.unlisted)

    def _enter_key(self, key: Key, identifier: str) -> None:
        """The same for a number in the form for comparing."""
        known = self._numbers.setdefault(key, identifier)
        if known == identifier:
            return
        if known in self.unlisted:
            self._made[key] = known
        elif key in self._kept or known < identifier:
            return
        self._numbers[key] = identifier
        if made := self._made.get(key):
            self.same[made] = identifier

    def id_of_key(self, key: Key) -> str:
        """The id under which a number is entered, or one made of it."""
        return self._numbers.get(key) or id_of_keys(*key)

    def id_of_number(self, kind: str, number: str) -> str:
        """The id under which a number is entered, or one made of it."""
        return self.id_of_key(number_key(kind, number, self.phone_country))

    @property
    def numbers(self) -> dict[str, str]:
        """Ids under which numbers are entered, by the ids that are made of them."""
        return {id_of_keys(*key): identifier for key, identifier in self._numbers.items()}

    def name_numbers(self, ids: Cells) -> npt.NDArray[np.bool_]:
        """True where an id is that of a number of which no table says what it is.

        Each record that has it is to say so: whichever is read first tells it no better.
        """
        texts = ids.used().arrow_texts()
        strange = self.find("identifier", texts) < 0
        self.unlisted.update(texts.filter(pa.array(strange)).to_pylist())
        return ids.where(self.unlisted.__contains__)

    def parties(self, type_name: str, ids: Cells, *, label_is_id: bool = False) -> Positions:
        """Positions of parties by id; −1 where the id is None."""
        used = ids.used()
        places = self._parties.enter(type_name, used.arrow_texts())
        if label_is_id:
            self._label(places)
        return used.numbers(places)

    def describe_sources(self, references: Cells, columns: Mapping[str, Cells]) -> None:
        """Enter what rows of the source table say; none describes a source again."""
        places = self._source_places(references)
        self._source_parts.append((places, columns))

    def are_described(self, references: Cells) -> Mask:
        """True for each cell that names a row of the source table."""
        used = references.used()
        described = np.append(self._described(), False)
        known = described[self._sources.find("", used.arrow_texts())]
        return np.asarray(used.numbers(known, missing=False))

    def _described(self) -> Mask:
        """True for each source that a row of the source table describes."""
        described = np.zeros(len(self._sources), dtype=bool)
        for places, _ in self._source_parts:
            described[places] = True
        return described

    def records(self, table: RawTable, name: str, *, references: Cells | None = None,
                grades: Cells | None = None) -> Positions:  # fmt: skip
        """Enter a record for every row that is used; −1 for refused rows."""
        used = ~table.refused
        count = int(used.sum())
        place = np.where(used, np.cumsum(used) - 1 + self._records, -1)
        self._records += count
        nothing = Cells.nothing(len(table.row))
        references = nothing if references is None else references
        grades = nothing if grades is None else grades
        self.add(
            "records",
            {
                "file": Cells.same(table.file, count),
                "table": Cells.same(name, count),
                "row": table.row[used],
                "line": table.line[used],
                "digest": digests(table)[used],
                "source": self._source_places(references[used]),
                "reliability": grades[used].mapped(lambda grade: grade[0]),
                "credibility": grades[used].mapped(lambda grade: grade[1]),
            },
        )
        return place

    def _source_places(self, references: Cells) -> Positions:
        used = references.used()
        return used.numbers(self._sources.enter("", used.arrow_texts()))

    def state(self, parties: Positions, column: str, values: Cells, records: Positions) -> None:
        """Enter an attribute of parties, where a row is used and a value recorded."""
        told = np.flatnonzero((records >= 0) & (parties >= 0) & values.filled)
        if len(told):
            self.add(
                "statements",
                {
                    "party": parties[told],
                    "column": Cells.same(column, len(told)),
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
            title = self.own_list.title
            listed = position_from.mapped(lambda basis: title if basis == "gazetteer" else None)
            self.state(places, "position_list", listed, records)

    def add(self, table: str, columns: Mapping[str, object]) -> None:
        """Enter rows of a table; columns that are not given are not recorded."""
        count = len(next(iter(columns.values())))  # type: ignore[arg-type]  # columns have a length
        if count:
            narrow = {name: _narrowed(name, cells) for name, cells in columns.items()}
            self._parts.setdefault(table, []).append((count, narrow))

    def finish(self) -> Draft:
        """The draft with everything entered; nothing can be entered after it."""
        draft = empty_draft()
        while self._parts:
            name, parts = self._parts.popitem()
            draft[name] = _table(draft_columns(name), parts)
        draft["parties"] = self._finish_parties()
        draft["sources"] = self._finish_sources()
        return draft

    def _finish_parties(self) -> Table:
        count = len(self._parties)
        labelled = np.zeros(count, dtype=bool)
        labelled[: len(self._labelled)] = self._labelled[:count]
        ids = Coded(np.arange(count, dtype=np.int32), self._parties.texts)
        types = as_texts(self._parties.sorts)
        return Table(
            count, {"label_is_id": labelled},
            {"id": ids, "type": Coded(self._parties.sort_numbers.astype(np.int32), types)},
        )  # fmt: skip

    def _finish_sources(self) -> Table:
        count = len(self._sources)
        texts = {name: self._of_sources(name, count) for name in draft_columns("sources")
                 if missing_in(name) is None}  # fmt: skip
        texts["source_ref"] = Coded(np.arange(count, dtype=np.int32), self._sources.texts)
        return Table(count, {"described": self._described()}, texts)

    def _of_sources(self, column: str, count: int) -> Coded:
        parts = [(places, columns[column]) for places, columns in self._source_parts
                 if column in columns]  # fmt: skip
        told = join([cells for _, cells in parts])
        codes = np.full(count, -1, dtype=np.int32)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(places for places, _ in parts)])
        codes[rows] = told.codes
        return Coded(codes, told.arrow_texts())


def _narrowed(column: str, cells: object) -> object:
    """Numbers of the type that they have in a case file: there may be twenty million of them."""
    if not isinstance(cells, np.ndarray):
        return cells
    return cells.astype(_type_of(column), copy=False)


@cache
def _type_of(column: str) -> type[np.generic]:
    return type(missing_in(column))


def _table(names: Iterable[str], parts: Sequence[tuple[int, dict[str, object]]]) -> Table:
    """All parts as one table; they are emptied column by column, as both together are large."""
    numbers: dict[str, npt.NDArray[Any]] = {}
    texts: dict[str, Coded] = {}
    for name in names:
        told = [(count, columns.pop(name, None)) for count, columns in parts]
        missing = missing_in(name)
        if missing is None:
            texts[name] = below(*(_as_coded(cells, count) for count, cells in told))
        else:
            numbers[name] = _numbers(told, missing)
    return Table(sum(count for count, _ in parts), numbers, texts)


def _as_coded(cells: object, count: int) -> Coded:
    return Coded(cells.codes, cells.arrow_texts()) if isinstance(cells, Cells) else nothing(count)


def _numbers(parts: Iterable[tuple[int, object]], missing: Any) -> npt.NDArray[Any]:
    """A column of numbers of the type of what stands where nothing is recorded."""
    cells = [np.full(count, missing) if one is None else np.asarray(one) for count, one in parts]
    return np.concatenate(cells, dtype=type(missing), casting="unsafe")


def digests(table: RawTable) -> npt.NDArray[np.uint64]:
    """A number per row that only the same cells under the same headings give again."""
    total = np.zeros(len(table.row), dtype=np.uint64)
    keys = hashes(as_texts(map(match_key, table.headings)))
    for named, cells in zip(keys, table.columns, strict=True):
        with np.errstate(over="ignore"):
            mixed = (hashes(cells.arrow_texts()) ^ named) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        # Empty cells add nothing, so a new empty column leaves a record the same.
        if kernels.compiled():
            kernels.add_by_code(total, cells.codes, mixed)
        else:
            total += cells.numbers(mixed, 0)
    return total


def hashes(texts: pa.LargeStringArray) -> npt.NDArray[np.uint64]:
    """A number for each text: its SipHash, stirred as pandas does, whose `hash_array` was used."""
    if not kernels.compiled():
        return pd.util.hash_array(texts.to_numpy(zero_copy_only=False), categorize=False)
    found = kernels.sip_hashes(of_arrow(texts), _KEY)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        found = (found ^ (found >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(found ^ (found >> np.uint64(31)))
