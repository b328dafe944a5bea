"""Text tables whose rows all have as many cells, cut column by column instead of row by row.

What is cut here is what Python's ``csv`` module would cut; where that is not certain, nothing is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ringmap.records.coded import Cells, Mask, Positions

#: Spaces around a cell that mean nothing; other white space is kept and told.
BLANKS = " \t\r\n\u00a0\u3000"
_LINE_FEED, _RETURN, _QUOTE = ord("\n"), ord("\r"), ord('"')
#: Bytes looked at in one step.
_PIECE = 2**24
#: A longer row, in bytes, is left to the other reader.
_LONGEST_ROW = 2**29


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a text by column, without its first row, which is apart in `first`.

    `lines` has the line on which each row begins, that of the first row too. Rows of nothing
    but white space are left out, as are the spaces around cells.
    """

    first: list[str]
    columns: list[Cells]
    lines: Positions


def cut_grid(text: str, delimiter: str) -> Grid | None:
    """A text table cut; None where rows differ in width or a quotation mark is out of place."""
    if text.count("\r") != text.count("\r\n"):
        return None
    data = text.rstrip("\r\n").encode() + b"\n"
    found = _ends(data, ord(delimiter))
    if found is None:
        return None
    ends, closing = found
    width = int(closing[0]) + 1
    if len(ends) % width or len(closing) != len(ends) // width or len(closing) < 2:
        return None
    if (closing != np.arange(width - 1, len(ends), width)).any():
        return None
    starts = np.concatenate([[0], ends[closing[:-1]] + 1])
    return _cut(data, starts, width, delimiter)


def _ends(data: bytes, delimiter: int) -> tuple[Positions, Positions] | None:
    """Where cells end, and which of these ends close a row; None if a quotation is not whole."""
    ends, closing, before, inside = [], [], 0, False
    quoted_at: list[Positions] = []
    for start in range(0, len(data), _PIECE):
        piece = np.frombuffer(data, dtype=np.uint8, count=min(_PIECE, len(data) - start),
                              offset=start)  # fmt: skip
        feeds = piece == _LINE_FEED
        marks = feeds | (piece == delimiter)
        quotes = piece == _QUOTE
        if inside or quotes.any():
            quoted_at.append(np.flatnonzero(quotes) + start)
            quoted = np.logical_xor.accumulate(quotes) ^ inside
            marks &= ~quoted
            inside = bool(quoted[-1])
        here = np.flatnonzero(marks)
        closing.append(np.flatnonzero(feeds[here]) + before)
        ends.append(here + start)
        before += len(here)
    if inside or (quoted_at and not _are_whole(data, np.concatenate(quoted_at), delimiter)):
        return None
    return np.concatenate(ends), np.concatenate(closing)


def _are_whole(data: bytes, quotes: Positions, delimiter: int) -> bool:
    """True if quotations fill their cells, and quotation marks in them are doubled."""
    signs = np.frombuffer(data, dtype=np.uint8)
    opening, closing = quotes[0::2], quotes[1::2]
    before = signs[opening[opening > 0] - 1]
    behind = signs[closing + 1]
    return bool(
        np.isin(before, [delimiter, _LINE_FEED, _QUOTE]).all()
        and np.isin(behind, [delimiter, _LINE_FEED, _RETURN, _QUOTE]).all()
    )


def _cut(data: bytes, starts: Positions, width: int, delimiter: str) -> Grid | None:
    names = [str(place) for place in range(width)]
    coded = pa.dictionary(pa.int32(), pa.string())
    longest = int(np.diff(starts, append=len(data)).max())
    if longest > _LONGEST_ROW:
        return None
    table = pyarrow.csv.read_csv(
        pa.py_buffer(data),
        pyarrow.csv.ReadOptions(column_names=names, block_size=max(_PIECE, 2 * longest)),
        pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, coded), strings_can_be_null=False
        ),
    ).unify_dictionaries()
    columns = [_read(table.column(place).combine_chunks()) for place in range(width)]
    empty: Mask = np.ones(len(starts), dtype=bool)
    for cells in columns:
        _find_empty(cells, empty)
    if empty[0] or table.num_rows != len(starts):
        return None
    first = [cells[0] or "" for cells in columns]
    kept = ~empty
    kept[0] = False
    chosen: Mask | slice = slice(1, None) if kept[1:].all() else kept
    return Grid(first, [cells[chosen] for cells in columns], _lines(data, starts)[~empty])


def _lines(data: bytes, starts: Positions) -> Positions:
    """The line, from 1, on which each row begins."""
    if data.count(b"\n") == len(starts):
        return np.arange(1, len(starts) + 1)
    feeds = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _LINE_FEED)
    return np.searchsorted(feeds, starts) + 1


def _read(column: pa.DictionaryArray) -> Cells:
    """Cells without the spaces around them."""
    trimmed = pc.utf8_trim(column.dictionary, characters=BLANKS).dictionary_encode()
    codes = np.asarray(trimmed.indices)[np.asarray(column.indices)]
    return _without_empty(codes.astype(np.int32), trimmed.dictionary)


def _without_empty(codes: npt.NDArray[np.int32], texts: pa.StringArray) -> Cells:
    found = texts.to_numpy(zero_copy_only=False)
    empty = np.flatnonzero(found == "")
    if len(empty):
        codes = np.where(codes == empty[0], -1, codes - (codes > empty[0])).astype(np.int32)
        found = np.delete(found, empty[0])
    return Cells(codes, found)


def _find_empty(cells: Cells, empty: Mask) -> None:
    """Keep only the rows marked in `empty` whose cell here has nothing but white space."""
    rows = np.flatnonzero(empty)
    if len(rows):
        empty[rows] = [text is None or not text.strip() for text in cells[rows]]


def narrow(rows: Sequence[Sequence[str]], width: int) -> list[Cells]:
    """The same for rows that are cut already, all of one width."""
    columns = zip(*rows, strict=True) if rows else ((),) * width
    return [_stripped(column) for column in columns]


def _stripped(column: Sequence[str]) -> Cells:
    found = Cells.of(list(column))
    return Cells.repeated(found.codes, [text.strip(BLANKS) or None for text in found.texts])
