"""Columns of text, each distinct text kept once: what is done to a text is done once for it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Texts = npt.NDArray[np.object_]
_T = TypeVar("_T", bound=Hashable)
#: Spaces around a cell that mean nothing; other white space is kept and told.
BLANKS = " \t\r\n\u00a0\u3000"


class Cells:
    """The cells of a column; an empty cell is None.

    Attributes
    ----------
    codes
        For each cell the position of its text in `texts`, −1 for an empty one.
    texts
        Texts, each once, as Python has them. Some may stand in no cell of this column.
    whole
        True where it is known that each text stands in a cell.
    """

    __slots__ = ("_arrow", "_texts", "codes", "whole")

    def __init__(self, codes: Codes, texts: Texts | None, *, whole: bool = False,
                 arrow: pa.LargeStringArray | None = None) -> None:  # fmt: skip
        self.codes = codes
        self.whole = whole
        self._texts: Any = texts
        self._arrow: Any = arrow

    @classmethod
    def of_arrow(cls, codes: Codes, texts: pa.LargeStringArray) -> "Cells":
        """Cells of texts that each stand in one; text of Python is made when it is asked for."""
        return cls(codes, None, whole=True, arrow=texts)

    @property
    def texts(self) -> Texts:
        """The texts, made once where Arrow has them."""
        if self._texts is None:
            self._texts = self._arrow.to_numpy(zero_copy_only=False)
        texts: Texts = self._texts
        return texts

    @property
    def count(self) -> int:
        """How many texts there are."""
        return len(self._arrow) if self._texts is None else len(self._texts)

    @classmethod
    def of(cls, cells: Iterable[str | None]) -> "Cells":
        """Cells one by one."""
        listed = cells if isinstance(cells, np.ndarray | list) else list(cells)
        found = np.empty(len(listed), dtype=object)
        found[:] = listed
        codes, texts = pd.factorize(found, use_na_sentinel=True)
        return cls(codes.astype(np.int32), texts, whole=True)

    @classmethod
    def same(cls, text: str | None, rows: int | Mask) -> "Cells":
        """One text in each of so many cells, or where a mask is true; the others are empty."""
        if isinstance(rows, np.ndarray):
            codes = rows.astype(np.int32) - np.int32(1)
        else:
            codes = np.zeros(rows, dtype=np.int32)
        if text is None:
            codes[:] = -1
        return cls(codes, _as_texts([text or ""]))

    @classmethod
    def nothing(cls, count: int) -> "Cells":
        """Empty cells."""
        return cls.same(None, count)

    @classmethod
    def repeated(cls, codes: npt.NDArray[Any], texts: Iterable[str | None]) -> "Cells":
        """Cells by the position of their text among texts of which some may be alike or None."""
        each = cls.of(texts)
        return cls(np.append(each.codes, np.int32(-1))[codes], each.texts)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.tolist())

    @overload
    def __getitem__(self, rows: int | np.integer[Any]) -> str | None: ...
    @overload
    def __getitem__(self, rows: npt.NDArray[Any] | slice) -> "Cells": ...
    def __getitem__(self, rows: Any) -> Any:
        if isinstance(rows, np.ndarray | slice):
            return self._with(self.codes[rows])
        code = self.codes[rows]
        if code < 0:
            return None
        return self._arrow[code].as_py() if self._texts is None else self._texts[code]

    def tolist(self) -> list[str | None]:
        """The cells one by one."""
        found: list[str | None] = np.append(self.texts, [None])[self.codes].tolist()
        return found

    @property
    def filled(self) -> Mask:
        """True for each cell that holds something."""
        return self.codes >= 0

    @property
    def first(self) -> Mask:
        """True for each cell whose text stands in no cell above it."""
        return ~pd.Series(self.codes).duplicated().to_numpy() & self.filled

    def used(self) -> "Cells":
        """The same cells with no text but those that stand in one."""
        if self.whole:
            return self
        standing = np.zeros(self.count + 1, dtype=bool)
        standing[self.codes] = True
        standing = standing[:-1]
        if standing.all():
            return self._with(self.codes, whole=True)
        rank = np.append(np.cumsum(standing) - 1, -1).astype(np.int32)
        if self._texts is None:
            return Cells.of_arrow(rank[self.codes], self.arrow_texts().filter(pa.array(standing)))
        return Cells(rank[self.codes], self.texts[standing], whole=True)

    def blank(self, rows: Mask) -> "Cells":
        """Cells with those of some rows emptied."""
        if not rows.any():
            return self
        return self._with(np.where(rows, np.int32(-1), self.codes))

    def mapped(self, read: Callable[[str], str | None]) -> "Cells":
        """What is made of each text, which is read once."""
        used = self.used()
        return Cells.repeated(used.codes, [read(text) for text in used.texts.tolist()])

    def where(self, fits: Callable[[str], bool]) -> Mask:
        """True for each cell whose text fits; each text is asked once."""
        used = self.used()
        fitting = np.fromiter(map(fits, used.texts.tolist()), dtype=bool, count=len(used.texts))
        return np.asarray(np.append(fitting, False)[used.codes])

    def otherwise(self, other: "Cells") -> "Cells":
        """Cells with what another column has where they are empty."""
        filled = self.filled
        if filled.all() or not other.filled.any():
            return self
        return choose(filled, self, other)

    def numbers(self, of: "npt.NDArray[Any]", missing: float = -1) -> npt.NDArray[Any]:
        """A number for each cell, from one for each text."""
        return np.append(of, np.array([missing], dtype=of.dtype))[self.codes]

    def arrow_texts(self) -> pa.LargeStringArray:
        """The texts as Arrow has them, which are made once."""
        if self._arrow is None:
            self._arrow = pa.array(self.texts, type=pa.large_string())
        return self._arrow

    def arrow(self) -> pa.LargeStringArray:
        """The cells as Arrow text."""
        return self.arrow_texts().take(pa.array(self.codes, mask=self.codes < 0))

    def _with(self, codes: Codes, *, whole: bool = False) -> "Cells":
        """Other cells of the same texts."""
        return Cells(codes, self._texts, whole=whole, arrow=self._arrow)


def _as_texts(texts: Sequence[str]) -> Texts:
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found


def choose(rows: Mask, one: Cells, other: Cells) -> Cells:
    """Cells of one column where a mask is true, else of another."""
    both = join([one, other])
    count = len(one)
    return Cells(np.where(rows, both.codes[:count], both.codes[count:]), both.texts)


def join(parts: Sequence[Cells]) -> Cells:
    """Cells one column below the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Cells.nothing(0)
    telling = [one for one in parts if one.count]
    if len(telling) == 1:
        return telling[0]._with(np.concatenate([one.codes for one in parts]))
    told = pa.concat_arrays([one.arrow_texts() for one in parts]).dictionary_encode()
    place = np.asarray(told.indices)
    starts = np.cumsum([0, *(one.count for one in parts)])
    moved = [
        np.append(place[start : start + one.count], np.int32(-1))[one.codes]
        for start, one in zip(starts, parts, strict=False)
    ]
    return Cells(np.concatenate(moved), None, arrow=told.dictionary)


def alike(*columns: Cells) -> tuple[Positions, Positions]:
    """Rows that say the same in several columns, numbered, and the first row of each number.

    Numbers count from 0 in the order of the rows.
    """
    key = columns[0].codes.astype(np.int64)
    for cells in columns[1:]:
        key = pd.factorize(key)[0] * (cells.count + 1) + cells.codes
    number = pd.factorize(key)[0].astype(np.int64)
    new = np.diff(np.maximum.accumulate(number), prepend=-1) > 0 if len(number) else number > 0
    return number, np.flatnonzero(new)


def together(*columns: Cells) -> tuple[Positions, list[tuple[str | None, ...]]]:
    """For each row the number of what it says in several columns, and what each number says."""
    number, first = alike(*columns)
    return number, list(zip(*(cells[first].tolist() for cells in columns), strict=True))


def rows_of(codes: npt.NDArray[Any], asked: Sequence[int]) -> list[Positions]:
    """For each code asked for, in rising order, the rows that have it, in order."""
    if not len(asked):
        return []
    order = np.argsort(codes, kind="stable")
    first = np.searchsorted(codes, asked, side="left", sorter=order)
    behind = np.searchsorted(codes, asked, side="right", sorter=order)
    return [order[start:stop] for start, stop in zip(first, behind, strict=True)]
