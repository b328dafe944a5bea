"""Rows that come one by one, put into columns some thousands at a time.

A row as a list of texts takes ten times the room of what it says; a million of them are never
held together.
"""

import csv
import io
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.records.coded import BLANKS, Cells, Codes, Mask, Positions
from ringmap.records.numbering import Numbered

#: Cells held as Python has them, before they are numbered.
_AT_ONCE = 2**19
_SORT = ""
#: The line on which a row begins, and its cells.
NumberedRow = tuple[int, Sequence[str]]


@contextmanager
def size_of_cells(longest: int) -> Iterator[None]:
    """Allow cells of so many characters; there is one bound for all readers of the process."""
    before = csv.field_size_limit(longest)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class GrowingCells:
    """A column that cells are added to below the others; they lose the spaces around them."""

    def __init__(self) -> None:
        self.count = 0
        self._known = Numbered()
        self._codes: list[Codes] = []

    def add(self, cells: Sequence[str]) -> None:
        """Some more cells; one that is blank is empty."""
        coded = pa.array(cells, type=pa.large_string()).dictionary_encode()
        texts = pc.utf8_trim(coded.dictionary, characters=BLANKS)
        filled = np.asarray(pc.binary_length(texts)) > 0
        numbers = np.full(len(texts), -1, dtype=np.int32)
        numbers[filled] = self._known.enter(
            _SORT, texts if filled.all() else texts.filter(pa.array(filled))
        )
        self._append(numbers[np.asarray(coded.indices)])

    def skip(self, count: int) -> None:
        """So many empty cells."""
        if count:
            self._append(np.full(count, -1, dtype=np.int32))

    def _append(self, codes: Codes) -> None:
        self._codes.append(codes)
        self.count += len(codes)

    def finish(self) -> Cells:
        """All cells."""
        codes = np.concatenate([np.zeros(0, dtype=np.int32), *self._codes])
        self._codes = []
        return Cells.of_arrow(codes, self._known.texts)


@dataclass(frozen=True, slots=True)
class Surplus:
    """Cells for which there is no heading, of some rows by their position, as delimited text."""

    places: Positions = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    texts: pa.LargeStringArray = field(default_factory=lambda: pa.array([], pa.large_string()))
    delimiter: str = ","

    def of(self, place: int) -> list[str]:
        """The surplus cells of a row; none of most rows."""
        at = int(np.searchsorted(self.places, place))
        if at == len(self.places) or self.places[at] != place:
            return []
        return self._cells(at)

    def filled(self, asked: Positions) -> Mask:
        """True for each of `places` where some surplus cell is not blank, of those asked for."""
        found = np.zeros(len(self.places), dtype=bool)
        found[asked] = [any(map(str.strip, self._cells(at))) for at in asked.tolist()]
        return found

    def of_rows(self, rows: Mask) -> "Surplus":
        """The same where only some rows are left."""
        kept, place = rows[self.places], np.cumsum(rows) - 1
        texts = self.texts.filter(pa.array(kept))
        return Surplus(place[self.places[kept]], texts, self.delimiter)

    def one_below(self) -> "Surplus":
        """The same where one more row stands above all others."""
        return Surplus(self.places + 1, self.texts, self.delimiter)

    def _cells(self, at: int) -> list[str]:
        text = self.texts[at].as_py()
        with size_of_cells(len(text)):
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter)
            return next(reader, [""])


@dataclass(slots=True)
class Gathered:
    """Rows put into columns: the line on which each begins, and how many cells it has.

    `missing` counts the cells that short rows have not. Where they are more than was allowed,
    or no column is wanted, there are no columns.
    """

    columns: list[Cells]
    lines: Positions
    widths: Positions
    missing: int
    surplus: Surplus


def gather(
    rows: Iterable[NumberedRow], width: int, *, delimiter: str = ",", most_missing: int
) -> Gathered:
    """Rows as so many columns; where no column is wanted, only lines and widths are kept."""
    gathering = Gathering(width, delimiter, most_missing=most_missing)
    for line, row in rows:
        gathering.take(line, row)
    return gathering.finish()


class Gathering:
    """Rows that are put into so many columns while they come."""

    def __init__(self, width: int, delimiter: str = ",", *, most_missing: int) -> None:
        self._width, self._delimiter, self._most_missing = width, delimiter, most_missing
        self._columns = [GrowingCells() for _ in range(width)]
        self._rows: list[Sequence[str]] = []
        self._cells = 0
        self._lines, self._widths = array("q"), array("q")
        self._missing = 0
        self._places, self._surplus = array("q"), list[pa.LargeStringArray]()

    def take(self, line: int, row: Sequence[str]) -> None:
        """One more row."""
        self._lines.append(line)
        self._widths.append(len(row))
        self._rows.append(row)
        self._cells += len(row)
        if self._cells > _AT_ONCE:
            self._put_away()

    def _put_away(self) -> None:
        rows, width = self._rows, self._width
        widths = np.array(self._widths[len(self._widths) - len(rows) :], dtype=np.int64)
        self._rows, self._cells = [], 0
        if not width:
            return
        self._missing += int(np.maximum(width - widths, 0).sum())
        if (widths > width).any():
            self._keep_surplus(rows, np.flatnonzero(widths > width))
        if self._missing > self._most_missing:
            return
        if (widths != width).any():
            rows = [[*row[:width], *[""] * (width - len(row))] for row in rows]
        for growing, cells in zip(self._columns, zip(*rows, strict=True), strict=False):
            growing.add(cells)

    def _keep_surplus(self, rows: Sequence[Sequence[str]], wide: Positions) -> None:
        before = len(self._widths) - len(rows)
        texts: list[str] = []
        writer = csv.writer(SimpleNamespace(write=texts.append), delimiter=self._delimiter)
        writer.writerows(rows[place][self._width :] for place in wide.tolist())
        self._places.extend((wide + before).tolist())
        self._surplus.append(pa.array(texts, type=pa.large_string()))

    def finish(self) -> Gathered:
        """All rows."""
        self._put_away()
        surplus = Surplus()
        if self._surplus:
            places = np.array(self._places, dtype=np.int64)
            surplus = Surplus(places, pa.concat_arrays(self._surplus), self._delimiter)
        too_many = self._missing > self._most_missing
        columns = [] if too_many else [column.finish() for column in self._columns]
        lines, widths = (np.array(one, dtype=np.int64) for one in (self._lines, self._widths))
        return Gathered(columns, lines, widths, self._missing, surplus)
