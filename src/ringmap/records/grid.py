"""Text tables cut column by column instead of row by row.

What is cut here is what Python's ``csv`` module would cut; where that is not certain, nothing is.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbits
from typing import TextIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ringmap.kernels import compiled, cut_cells
from ringmap.model import as_arrow
from ringmap.records.coded import BLANKS, Cells, Mask, Positions
from ringmap.records.filetext import FileText
from ringmap.records.gathering import Surplus

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

    `lines` has the line on which each row begins, that of the first row too; `widths` how many
    cells each row below it has: what a short one lacks is empty, and what a wide one has more
    is `surplus`. Rows of nothing but white space are left out, as are the spaces around cells.
    """

    first: list[str]
    columns: list[Cells]
    lines: Positions
    widths: Positions
    surplus: Surplus

    @property
    def longest(self) -> int:
        """Bytes of the longest cell, which are as many as its characters or more."""
        texts = (*(cells.arrow_texts() for cells in self.columns), self.surplus.texts)
        sizes = (pc.max(pc.binary_length(one)).as_py() for one in texts)
        return max((size or 0 for size in sizes), default=0)


def cut_grid(text: FileText, delimiter: str, *, most_missing: int) -> Grid | None:
    """A text table cut; None where that is not certain to be what Python's ``csv`` cuts.

    None for more than `MOST_HEADINGS` columns, too, and for more missing cells than allowed.
    """
    if compiled():
        found = _cut_compiled(text, delimiter, most_missing)
    else:
        found = _cut_plainly(text.whole, delimiter)
    if found is None:
        return None
    empty = _are_empty(found.columns)
    wide = found.surplus.places
    empty[wide] &= ~found.surplus.filled(np.flatnonzero(empty[wide]))
    return found if not empty.any() else _without(found, empty)


def _without(grid: Grid, empty: Mask) -> Grid:
    kept = ~empty
    columns = [cells[kept] for cells in grid.columns]
    lines = grid.lines[np.concatenate([[True], kept])]
    return Grid(grid.first, columns, lines, grid.widths[kept], grid.surplus.of_rows(kept))


def _cut_compiled(text: FileText, delimiter: str, most_missing: int) -> Grid | None:
    line, first = _first_row(text.open(), delimiter)
    if not _are_headings(first):
        return None
    cut = cut_cells(
        text.data, delimiter, len(first), line_ends=text.line_ends, most_missing=most_missing,
        seed=randbits(64),
    )  # fmt: skip
    if cut is None or cut.lines[0] != line:
        return None
    columns = [Cells.of_arrow(codes, as_arrow(texts)) for codes, texts in cut.columns]
    if b'""' in text.data:
        columns = list(map(_each_once, columns))
    surplus = Surplus(cut.wide, as_arrow(cut.surplus), delimiter)
    return Grid(first, columns, cut.lines, cut.widths, surplus)


def _each_once(cells: Cells) -> Cells:
    """Cells with each text once: the kernel takes x"y and "x""y" for two."""
    coded = cells.arrow_texts().dictionary_encode()
    if len(coded.dictionary) == cells.count:
        return cells
    codes = np.append(np.asarray(coded.indices), np.int32(-1))[cells.codes]
    return Cells.of_arrow(codes, coded.dictionary)


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
    above = io.StringIO(data[: feeds[closing[0]]].decode(), newline="")
    _, first = _first_row(above, delimiter)
    if len(closing) < 2 or not _are_headings(first):
        return None
    longest = int(np.diff(feeds[closing], prepend=-1).max())
    columns = _cut(data, len(first), delimiter, longest)
    if columns is None or len(columns[0]) != len(closing) - 1:
        return None
    lines = np.concatenate([[1], closing[:-1] + 2])
    return Grid(first, columns, lines, np.full(len(lines) - 1, len(first)), Surplus())


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


def _first_row(text: TextIO, delimiter: str) -> tuple[int, list[str]]:
    """The line of the first row that is not blank, and its cells without the spaces around.

    There are no cells where there is no such row, or none that can be cut.
    """
    reader, last = csv.reader(text, delimiter=delimiter, strict=True), 0
    try:
        for row in reader:
            if any(map(str.strip, row)):
                return last + 1, [cell.strip(BLANKS) for cell in row]
            last = reader.line_num
    except csv.Error:  # which the other reader tells of
        pass
    return 0, []


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
