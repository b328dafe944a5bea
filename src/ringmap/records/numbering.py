"""Texts numbered in the order in which they come: ids of parties, references to sources."""

from collections.abc import Mapping
from itertools import repeat
from secrets import randbits

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ringmap import kernels
from ringmap.model import as_arrow, of_arrow
from ringmap.records.coded import Positions


class Numbered:
    """Texts of several sorts, numbered together; the same text of another sort is another one."""

    def __init__(self) -> None:
        self._sorts: dict[str, int] = {}
        self._names = _names()
        self._whatever_sort = _names()
        self._counted = 0

    def __len__(self) -> int:
        return self._names.count

    def __contains__(self, sort: str) -> bool:
        return sort in self._sorts

    def find(self, sort: str, texts: pa.LargeStringArray) -> Positions:
        """The number of each text of a sort, −1 for one that never came."""
        known = self._sorts.get(sort)
        if known is None or not len(texts):
            return np.full(len(texts), -1, dtype=np.int64)
        return self._names.find(known, of_arrow(texts))

    def enter(self, sort: str, texts: pa.LargeStringArray) -> Positions:
        """The number of each text of a sort; new texts have the next ones."""
        return self._names.enter(self._sorts.setdefault(sort, len(self._sorts)), of_arrow(texts))

    def shares_texts(self) -> bool:
        """True where one text is of several sorts."""
        new = self.texts[self._counted :]
        self._counted += len(new)
        self._whatever_sort.enter(0, of_arrow(new))
        return self._whatever_sort.count < self._counted

    @property
    def texts(self) -> pa.LargeStringArray:
        """All texts, in the order of their numbers."""
        return as_arrow(self._names.texts)

    @property
    def sorts(self) -> list[str]:
        """The sorts, by their numbers."""
        return [*self._sorts]

    @property
    def sort_numbers(self) -> npt.NDArray[np.uint8]:
        """For each text the number of its sort."""
        return self._names.sorts


class _PlainNames:
    """What `kernels.Names` is, where ringmap was installed without a compiler."""

    def __init__(self) -> None:
        self._numbers: dict[int, dict[str, int]] = {}
        self._ids: list[str] = []
        self._of: list[int] = []

    @property
    def count(self) -> int:
        return len(self._ids)

    def find(self, sort: int, texts: kernels.Texts) -> Positions:
        return _looked_up(self._numbers.get(sort, {}), as_arrow(texts).to_pylist())

    def enter(self, sort: int, texts: kernels.Texts) -> Positions:
        listed: list[str] = as_arrow(texts).to_pylist()
        known = self._numbers.setdefault(sort, {})
        new = [*dict.fromkeys(one for one in listed if one not in known)]
        known.update(zip(new, range(self.count, self.count + len(new)), strict=True))
        self._ids += new
        self._of += [sort] * len(new)
        return _looked_up(known, listed)

    @property
    def texts(self) -> kernels.Texts:
        return of_arrow(pa.array(self._ids, type=pa.large_string()))

    @property
    def sorts(self) -> npt.NDArray[np.uint8]:
        return np.array(self._of, dtype=np.uint8)


def _names() -> kernels.Names | _PlainNames:
    return kernels.Names(randbits(64)) if kernels.compiled() else _PlainNames()


def _looked_up(known: Mapping[str, int], texts: list[str]) -> Positions:
    return np.fromiter(map(known.get, texts, repeat(-1)), dtype=np.int64, count=len(texts))
