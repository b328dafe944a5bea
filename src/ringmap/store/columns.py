"""Tables as Arrow blocks: text as short codes, pressed, so that reopening parses nothing."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from ringmap.model import COLUMNS, Table, as_text, in_order, typed

#: Rows of a table in one block; far below what SQLite takes in one value.
ROWS_PER_BLOCK = 500_000
#: Columns that stores of earlier versions lack.
_ADDED = frozenset({"dates_as_written"})
#: LZ4 is undone faster than bytes are read and checked that it saves.
_PRESSED = pa.ipc.IpcWriteOptions(compression="lz4")
_WIDTHS = (pa.int8(), pa.int16(), pa.int32())


def pack_table(table: Table, columns: Sequence[str]) -> Iterator[bytes]:
    """Columns of a table as one or more blocks."""
    for start in range(0, max(table.rows, 1), ROWS_PER_BLOCK):
        rows = slice(start, start + ROWS_PER_BLOCK)
        arrow = pa.table([_pack(table, name, rows) for name in columns], names=[*columns])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, arrow.schema, options=_PRESSED) as writer:
            writer.write_table(arrow)
        yield sink.getvalue().to_pybytes()


def unpack_table(name: str, blocks: list[bytes]) -> pd.DataFrame:
    """The table that blocks were packed from.

    Blocks of earlier versions, whose text always stands as long codes, are blocks as well.

    Raises
    ------
    ValueError
        If a block is no Arrow stream, or points to what it has not.
    OSError
        If a block cannot be undone.
    KeyError
        If a block lacks a column.
    TypeError
        If a column is of a type that none has.
    """
    parts = []
    for block in blocks:
        arrow = pa.ipc.open_stream(block).read_all()
        # Somebody else may have made the store: Arrow itself reads wherever a block points to.
        arrow.validate(full=True)
        added = {column: pa.nulls(len(arrow)) for column in _ADDED - set(arrow.column_names)}
        columns = {
            column: _unpack(column, added[column] if column in added else arrow.column(column))
            for column in COLUMNS[name]
        }
        parts.append(pd.DataFrame(columns, copy=False))
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _pack(table: Table, name: str, rows: slice) -> pa.Array:
    if name in table.numbers:
        return pa.array(typed(name, table.numbers[name][rows]).to_numpy())
    column = in_order(table.texts[name][rows])
    count = len(column.codes)
    missing = column.codes < 0
    if missing.all():
        return pa.nulls(count)
    codes = pa.array(column.codes, mask=missing)
    if 2 * len(column.texts) > count:
        return column.texts.take(codes)
    return pa.DictionaryArray.from_arrays(codes.cast(_width(len(column.texts))), column.texts)


def _width(count: int) -> pa.DataType:
    """The shortest whole number that can be the place of each of so many texts."""
    return next(width for width in _WIDTHS if count <= 1 << (width.bit_width - 1))


def _unpack(name: str, column: pa.ChunkedArray | pa.Array) -> pd.Series:
    if pa.types.is_dictionary(column.type) or pa.types.is_null(column.type):
        return as_text(column.cast(pa.large_string()))
    if pa.types.is_large_string(column.type):
        return as_text(column)
    return typed(name, np.asarray(column))
