"""What readers produce: the tables of a case file in the making, text as positions among texts.

A draft has the tables of a `Case` by name, except that `parties` has only ``id``, ``type`` and
``label_is_id``, and `tie_records` carries ``source``, ``target``, ``kind``, ``case`` and
``direction`` where a finished case has a position in `ties`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import randbits
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ringmap import kernels
from ringmap.model.case import COLUMNS, decoded, encoded, typed

#: Numbers that rise for so long on average are merged sooner than sorted.
_LONG_RUN = 1_000

Positions = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

DRAFT_PARTY = ("id", "type", "label_is_id")
DRAFT_TIE = ("source", "target", "kind", "case", "direction", *COLUMNS["tie_records"][1:])


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of text: for each cell the position of its text in `texts`, −1 for a missing one.

    A text may stand among `texts` several times, or in no cell.
    """

    codes: Codes
    texts: pa.LargeStringArray

    def __getitem__(self, rows: npt.NDArray[Any] | slice) -> "Coded":
        if not len(self.texts) and not isinstance(rows, slice):
            return nothing(_count_of(rows))
        return Coded(self.codes[rows], self.texts)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of `rows` rows: those of numbers and truths, and those of text."""

    rows: int
    numbers: Mapping[str, npt.NDArray[Any]]
    texts: Mapping[str, Coded]


Draft = dict[str, Table]


def empty_draft() -> Draft:
    """A draft without any row."""
    return {name: empty_columns(draft_columns(name)) for name in COLUMNS if name != "ties"}


def draft_columns(table: str) -> Sequence[str]:
    """The columns that a table has in a draft."""
    return {"parties": DRAFT_PARTY, "tie_records": DRAFT_TIE}.get(table, COLUMNS[table])


def empty_columns(columns: Iterable[str]) -> Table:
    """A table of some columns without any row."""
    missing = {column: missing_in(column) for column in columns}
    return Table(
        0,
        {name: np.full(0, one) for name, one in missing.items() if one is not None},
        {name: nothing(0) for name, one in missing.items() if one is None},
    )


def missing_in(column: str) -> Any:
    """What stands in a column of numbers where nothing is recorded; None for a column of text.

    It is of the type that the column has.
    """
    kind = typed(column, []).dtype
    found = {"i": -1, "f": np.nan, "b": False, "u": 0}.get(kind.kind)
    return None if found is None else kind.type(found)


def nothing(count: int) -> Coded:
    """Cells without text."""
    return Coded(np.full(count, -1, dtype=np.int32), as_texts([]))


def same(text: str, count: int) -> Coded:
    """The same text in so many cells."""
    return Coded(np.zeros(count, dtype=np.int32), as_texts([text]))


def as_texts(texts: Iterable[str]) -> pa.LargeStringArray:
    """Texts as Arrow has them."""
    return pa.array(list(texts), type=pa.large_string())


def as_arrow(texts: kernels.Texts) -> pa.LargeStringArray:
    """Texts of a kernel as Arrow has them, without copying them."""
    count, ends, data = len(texts.ends) - 1, pa.py_buffer(texts.ends), pa.py_buffer(texts.data)
    return pa.LargeStringArray.from_buffers(count, ends, data)


def of_arrow(texts: pa.LargeStringArray) -> kernels.Texts:
    """Texts of Arrow, of which none is missing, as kernels take them; also without copying."""
    _, ends, data = texts.buffers()
    if not len(texts):
        return kernels.Texts(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint8))
    places = np.frombuffer(ends, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return kernels.Texts(places, np.frombuffer(data or b"", dtype=np.uint8))


def _count_of(rows: npt.NDArray[Any]) -> int:
    """How many rows are asked for by position or by a mask."""
    return int(np.count_nonzero(rows)) if rows.dtype == bool else len(rows)


def take(table: Table, rows: npt.NDArray[Any]) -> Table:
    """Some rows of a table, by position or by a mask."""
    return Table(
        _count_of(rows),
        {name: column[rows] for name, column in table.numbers.items()},
        {name: column[rows] for name, column in table.texts.items()},
    )


def renewed(table: Table, numbers: Mapping[str, npt.NDArray[Any]]) -> Table:
    """A table with other columns of numbers."""
    return replace(table, numbers={**table.numbers, **numbers})


def columns_of(table: Table, columns: Iterable[str]) -> Table:
    """Some columns of a table."""
    asked = frozenset(columns)
    return Table(
        table.rows,
        {name: column for name, column in table.numbers.items() if name in asked},
        {name: column for name, column in table.texts.items() if name in asked},
    )


def below(*columns: Coded) -> Coded:
    """Columns one below the other."""
    if len(columns) == 1:
        return columns[0]
    codes = np.empty(sum(len(one.codes) for one in columns), dtype=np.int32)
    done, start = 0, 0
    for one in columns:
        here = codes[done : done + len(one.codes)]
        if len(one.texts):
            np.add(one.codes, np.int32(start), out=here)
            here[one.codes < 0] = -1
        else:
            here[:] = -1
        done, start = done + len(one.codes), start + len(one.texts)
    told = [one.texts for one in columns if len(one.texts)] or [columns[0].texts]
    return Coded(codes, told[0] if len(told) == 1 else pa.concat_arrays(told))


def stack(tables: Sequence[Table]) -> Table:
    """Tables of the same columns one below the other."""
    first = tables[0]
    return Table(
        sum(one.rows for one in tables),
        {name: np.concatenate([one.numbers[name] for one in tables]) for name in first.numbers},
        {name: below(*(one.texts[name] for one in tables)) for name in first.texts},
    )


def otherwise(column: Coded, other: Coded) -> Coded:
    """A column with what another has where its cells are missing."""
    if not len(column.texts):
        return other
    if not len(other.texts) or (column.codes >= 0).all():
        return column
    count = len(column.codes)
    both = below(column, other)
    here, there = both.codes[:count], both.codes[count:]
    return Coded(np.where(here >= 0, here, there), both.texts)


def used(column: Coded) -> Coded:
    """A column with no text but those that stand in a cell."""
    if not len(column.texts):
        return column
    standing = np.zeros(len(column.texts) + 1, dtype=bool)
    standing[column.codes] = True
    standing = standing[:-1]
    if standing.all():
        return column
    place = np.append(np.cumsum(standing) - 1, -1).astype(np.int32)
    return Coded(place[column.codes], column.texts.filter(pa.array(standing)))


def ranked(column: Coded) -> Coded:
    """A column with each text that stands in it once, in the order of the alphabet."""
    column = used(column)
    order = pc.sort_indices(column.texts)
    texts = column.texts.take(order)
    new = np.ones(len(texts), dtype=bool)
    new[1:] = pc.not_equal(texts[1:], texts[:-1])
    place = np.full(len(texts) + 1, -1, dtype=np.int32)
    place[np.asarray(order)] = np.cumsum(new) - 1
    return Coded(place[column.codes], texts if new.all() else texts.filter(pa.array(new)))


def in_order(column: Coded) -> Coded:
    """A column with each text that stands in it once, in the order of the cells."""
    numbers, standing = _number_by_cells(column)
    texts = column.texts
    if len(standing) < len(texts) or (standing[1:] < standing[:-1]).any():
        texts = texts.take(standing)
    of_text, distinct = _number_texts(texts)
    if len(distinct) < len(texts):
        numbers = np.append(of_text.astype(np.int32), np.int32(-1))[numbers]
    return Coded(numbers, distinct)


def _number_by_cells(column: Coded) -> tuple[Codes, Positions]:
    if kernels.compiled():
        return kernels.number_by_cells(column.codes, len(column.texts))
    found = pd.unique(column.codes)
    standing = found[found >= 0].astype(np.int64)
    place = np.full(len(column.texts) + 1, -1, dtype=np.int32)
    place[standing] = np.arange(len(standing), dtype=np.int32)
    return place[column.codes], standing


def _number_texts(texts: pa.LargeStringArray) -> tuple[npt.NDArray[Any], pa.LargeStringArray]:
    """The number of each text in the order in which they come, and those that differ."""
    if kernels.compiled():
        names = kernels.Names(randbits(64))
        return names.enter(0, of_arrow(texts)), as_arrow(names.texts)
    found = texts.dictionary_encode()
    return np.asarray(found.indices), found.dictionary


def mapped(column: Coded, meaning: Callable[[str], object]) -> Coded:
    """What each text of a column means; missing for one that means None."""
    means = [meaning(text) for text in column.texts.to_pylist()]
    texts = dict.fromkeys(str(one) for one in means if one is not None)
    place = {text: number for number, text in enumerate(texts)}
    codes = [-1 if one is None else place[str(one)] for one in means]
    return Coded(np.array([*codes, -1], dtype=np.int32)[column.codes], as_texts(texts))


def places_in_order(keys: npt.NDArray[np.integer]) -> Positions:
    """The places of some numbers in rising order, those of equal ones as they stand."""
    falls = np.count_nonzero(keys[1:] < keys[:-1])
    if falls * _LONG_RUN < len(keys) or not kernels.compiled():
        return np.argsort(keys, kind="stable")
    return kernels.places_in_order(keys.astype(np.int64))


def is_one_of(column: Coded, texts: Iterable[str]) -> Mask:
    """True for each cell that holds one of some texts."""
    fitting = pc.is_in(column.texts, as_texts(texts))
    return np.append(np.asarray(fitting, dtype=bool), False)[column.codes]


def numbers_of(column: Coded, number: Callable[[str], float], missing: float) -> npt.NDArray[Any]:
    """A number for each cell, from one for each text that stands in one."""
    column = used(column)
    return np.array([*map(number, column.texts.to_pylist()), missing])[column.codes]


def of_frame(frame: pd.DataFrame) -> Table:
    """The table of a `Case` in the form of a draft's."""
    # `party` is a name in the table of parties, and a position everywhere else.
    text = [
        name for name in frame.columns
        if missing_in(name) is None or pd.api.types.is_string_dtype(frame[name])
    ]  # fmt: skip
    return Table(
        len(frame),
        {name: frame[name].to_numpy() for name in frame.columns if name not in text},
        {name: Coded(*encoded(frame[name])) for name in text},
    )


def as_frame(table: Table, columns: Iterable[str]) -> pd.DataFrame:
    """Columns of a table as a table of a `Case`."""
    found = {}
    for name in columns:
        text = table.texts.get(name)
        found[name] = (
            typed(name, table.numbers[name]) if text is None else decoded(text.codes, text.texts)
        )
    return pd.DataFrame(found)
