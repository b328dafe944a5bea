"""Tables as Arrow blocks: text as dictionary codes, so that reopening parses nothing."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from ringmap.model import COLUMNS, typed

#: Rows of a table in one block; far below what SQLite takes in one value.
ROWS_PER_BLOCK = 500_000
#: Columns that stores of earlier versions lack.
_ADDED = frozenset({"dates_as_written"})


def pack_table(table: pd.DataFrame) -> Iterator[bytes]:
    """A table as one or more blocks."""
    for start in range(0, max(len(table), 1), ROWS_PER_BLOCK):
        part = table.iloc[start : start + ROWS_PER_BLOCK]
        names = list(part.columns)
        arrow = pa.table([_pack(part[name]) for name in names], names=names)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, arrow.schema) as writer:
            writer.write_table(arrow)
        yield sink.getvalue().to_pybytes()


def unpack_table(name: str, blocks: list[bytes]) -> pd.DataFrame:
    """The table that blocks were packed from.

    Raises
    ------
    ValueError
        If a block is no Arrow stream or lacks a column.
    """
    parts = []
    for block in blocks:
        arrow = pa.ipc.open_stream(block).read_all()
        added = {column: [None] * len(arrow) for column in _ADDED - set(arrow.column_names)}
        columns = {
            column: typed(column, added[column])
            if column in added
            else _unpack(column, arrow.column(column))
            for column in COLUMNS[name]
        }
        parts.append(pd.DataFrame(columns))
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _pack(column: pd.Series) -> pa.Array:
    if column.dtype.kind in "ifbu":
        return pa.array(column.to_numpy())
    return pa.array(column, type=pa.large_string(), from_pandas=True).dictionary_encode()


def _unpack(name: str, column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_dictionary(column.type):
        text: pd.Series = column.cast(pa.large_string()).to_pandas().astype("str")
        return text
    return typed(name, np.asarray(column))
