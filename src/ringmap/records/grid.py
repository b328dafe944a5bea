"""Text tables whose rows all have as many cells, cut column by column instead of row by row.

What is cut here is what Python's ``csv`` module would cut; where that is not certain, nothing is.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbits

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ringmap.kernels import compiled, cut_cells
from ringmap.model import as_arrow
from ringmap.records.coded import Cells, Mask, Positions
from ringmap.records.filetext import FileText

#: Spaces around a cell that mean nothing; other white space is kept and told.
BLANKS = " \t\r\n\u00a0\u3000"
_LINE_FEED, _RETURN, _QUOTE = ord("\n"), ord("\r"), ord('"')
#: Bytes looked at in one step.
_PIECE = 2**24
#: A case table has some dozens of columns; thousands mean that it was cut wrongly.
MOST_HEADINGS = 2_000
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

    @property
    def longest(self) -> int:
        """Bytes of the longest cell, which are as many as its characters or more."""
        sizes = (pc.max(pc.binary_length(cells.arrow_texts())).as_py() for cells in self.columns)
        return max((size or 0 for size in sizes), default=0)


def cut_grid(text: FileText, delimiter: str) -> Grid | None:
    """A text table cut; None where rows differ in width or a quotation mark is out of place.

    None for more than `MOST_HEADINGS` columns, too.
    """
    found = _cut_compiled(text, delimiter) if compiled() else _cut_plainly(text.whole, delimiter)
    if found is None:
        return None
    kept = ~_are_empty(found.columns)
    if kept.all():
        return found
    columns = [cells[kept] for cells in found.columns]
    return Grid(found.first, columns, found.lines[np.concatenate([[True], kept])])


def _cut_compiled(text: FileText, delimiter: str) -> Grid | None:
    data = text.data
    begin, end = _first_of(data, delimiter)
    first = _first_row(data[begin:end].decode(), delimiter)
    if not _are_headings(first):
        return None
    cut = cut_cells(data, delimiter, len(first), line_feeds=text.line_feeds, seed=randbits(64))
    if cut is None:
        return None
    columns = [Cells.of_arrow(codes, as_arrow(texts)) for codes, texts in cut.columns]
    return Grid(first, columns, cut.lines)


def _first_of(data: bytes, delimiter: str) -> tuple[int, int]:
    """Where the first line that is not blank begins and ends; no quotation holds its end."""
    spaces = rb"[ \t%s]|\xc2\xa0|\xe3\x80\x80" % re.escape(delimiter.encode())
    blank = re.match(rb"(?:(?:%s)*+(?:\r?\n|\Z))*+" % spaces, data)
    first = blank.end() if blank else 0
    begun, end, quotes = first, data.find(b"\n", first), 0
    while end >= 0:
        quotes += data.count(b'"', begun, end)
        if quotes % 2 == 0:
            return first, end
        begun, end = end, data.find(b"\n", end + 1)
    return first, len(data.rstrip(b"\r\n"))


def _are_headings(first: Sequence[str]) -> bool:
    """True for a row that can stand above a table: not empty, and not too wide."""
    return len(first) <= MOST_HEADINGS and any(map(str.strip, first))


def _cut_plainly(text: str, delimiter: str) -> Grid | None:
    """The same where ringmap was installed without a compiler."""
    # Arrow takes a quotation mark near a zero byte for something else.
    if "\0" in text or ("\r" in text and text.count("\r") != text.count("\r\n")):
        return None
    whole = text.endswith("\n") and text[-2:-1] not in ("", "\r", "\n")
    data = text.encode() if whole else text.rstrip("\r\n").encode() + b"\n"
    signs = np.frombuffer(data, dtype=np.uint8)
    quotes = _where(signs, _QUOTE) if '"' in text else np.zeros(0, dtype=np.int64)
    if len(quotes) % 2 or not _are_whole(signs, quotes, ord(delimiter)):
        return None
    feeds = _where(signs, _LINE_FEED)
    closing = np.flatnonzero(np.searchsorted(quotes, feeds) % 2 == 0)
    first = _first_row(data[: feeds[closing[0]]].decode(), delimiter)
    if len(closing) < 2 or not _are_headings(first):
        return None
    longest = int(np.diff(feeds[closing], prepend=-1).max())
    columns = _cut(data, len(first), delimiter, longest)
    if columns is None or len(columns[0]) != len(closing) - 1:
        return None
    return Grid(first, columns, np.concatenate([[1], closing[:-1] + 2]))


def _where(signs: npt.NDArray[np.uint8], sign: int) -> Positions:
    """Where a sign stands, looked for piece by piece to save memory."""
    pieces = range(0, len(signs), _PIECE)
    return np.concatenate([np.flatnonzero(signs[at : at + _PIECE] == sign) + at for at in pieces])


def _are_whole(signs: npt.NDArray[np.uint8], quotes: Positions, delimiter: int) -> bool:
    """True if quotations fill their cells, and quotation marks in them are doubled."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = signs[opening[opening > 0] - 1]
    behind = signs[closing + 1]
    return bool(
        np.isin(before, [delimiter, _LINE_FEED, _QUOTE]).all()
        and np.isin(behind, [delimiter, _LINE_FEED, _RETURN, _QUOTE]).all()
    )


def _first_row(text: str, delimiter: str) -> list[str]:
    """The cells of the first row, without the spaces around them; none if one is too long."""
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip(BLANKS) for cell in cells]


def _cut(data: bytes, width: int, delimiter: str, longest: int) -> list[Cells] | None:
    """The columns below the first row; None if a row is of another width, or too long."""
    if longest > _LONGEST_ROW:
        return None
    names = [str(place) for place in range(width)]
    coded = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pyarrow.csv.read_csv(
            pa.py_buffer(data),
            pyarrow.csv.ReadOptions(
                column_names=names, skip_rows_after_names=1, use_threads=False,
                block_size=max(_PIECE, 2 * longest),
            ),
            pyarrow.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, coded), strings_can_be_null=True,
                null_values=[""], check_utf8=False,
            ),
        )  # fmt: skip
    except pa.ArrowException:  # the width of a row, or no memory: the other reader sees
        return None
    table = table.unify_dictionaries()
    return [_read(table.column(place).combine_chunks()) for place in range(width)]


def _read(column: pa.DictionaryArray) -> Cells:
    """Cells without the spaces around them."""
    codes = np.asarray(column.indices.fill_null(-1))
    trimmed = pc.utf8_trim(column.dictionary, characters=BLANKS)
    if trimmed.equals(column.dictionary):
        return Cells.of_arrow(codes, trimmed.cast(pa.large_string()))
    return Cells.repeated(codes, [text or None for text in trimmed.to_pylist()])


def _are_empty(columns: Sequence[Cells]) -> Mask:
    """True for each row of nothing but white space."""
    empty: Mask = np.ones(len(columns[0]), dtype=bool)
    for cells in columns:
        if empty.any():
            blank = np.asarray(pc.utf8_is_space(cells.arrow_texts()))
            empty &= np.append(blank, True)[cells.codes]
    return empty


def narrow(rows: Sequence[Sequence[str]], width: int) -> list[Cells]:
    """The same for rows that are cut already, all of one width."""
    columns = zip(*rows, strict=True) if rows else ((),) * width
    return [_stripped(column) for column in columns]


def _stripped(column: Sequence[str]) -> Cells:
    found = Cells.of(list(column))
    return Cells.repeated(found.codes, [text.strip(BLANKS) or None for text in found.texts])
