"""Tables of text cut into cells, and texts looked up by number.

Texts go in as bytes of valid UTF-8, one behind the other: `ends` has 0 and then the end of each.
"""

from math import prod
from mmap import mmap
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import call

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.int32]
Positions = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
#: Bytes looked at in one step.
_PIECE = 2**16
_Kind = TypeVar("_Kind", bound=np.generic)


class Texts(NamedTuple):
    """Texts one behind the other: where each ends, after a 0, and their bytes."""

    ends: Positions
    data: Bytes


class Cut(NamedTuple):
    """A table: for each column the number of each cell's text (−1: empty), and its texts.

    `lines` has the line on which each row begins, that of the first row too; `widths` how many
    cells each row below it has. `wide` are the rows of more cells than there are columns, and
    `surplus` the text of their other cells, as it stands in the file.
    """

    columns: list[tuple[Codes, Texts]]
    lines: Positions
    widths: Positions
    wide: Positions
    surplus: Texts


def cut_cells(data: bytes, delimiter: str, width: int, *, line_ends: int, most_missing: int,
              seed: int) -> Cut | None:  # fmt: skip
    """Cut a text into its columns, without its first row and rows of empty cells.

    Empty lines are no rows. Cells lose the spaces around them. What is missing in a short row
    is empty; a row of more cells than columns is there even if all of them are empty.
    None where the first row has not `width` cells, a quotation does not fill its cell, or
    more cells are missing than `most_missing`; and for a delimiter of several bytes.

    Parameters
    ----------
    line_ends
        How many there are in the text, or more.
    seed
        Another one changes nothing but the time that texts made to collide take.
    """
    if not delimiter.isascii():
        return None
    signs = np.frombuffer(data, dtype=np.uint8)
    end = _end_of(data)
    # Of empty lines there may be millions, but each row has a byte for each cell, or lacks it.
    room = max(1, min(line_ends + 1, (end + 1 + most_missing) // width))
    codes = np.empty((width, room), dtype=np.int32)
    texts = _in_small_pages((width, room, 3))
    distinct, lines = np.empty(width, dtype=np.int64), np.empty(room + 1, dtype=np.int64)
    widths, surplus = np.empty(room, dtype=np.int64), np.empty((room, 2), dtype=np.int64)
    rows = call(
        "cut_cells", signs, end, ord(delimiter), width, room, most_missing, seed,
        codes.ravel(), texts.ravel(), distinct, lines, widths, surplus.ravel(),
    )  # fmt: skip
    if rows < 0:
        return None
    gathered = [_gathered(signs, texts[one, :count]) for one, count in enumerate(distinct.tolist())]
    wide = np.flatnonzero(widths[:rows] > width)
    return Cut(
        [*zip(codes[:, :rows], gathered, strict=True)], lines[: rows + 1].copy(),
        widths[:rows].copy(), wide, _stretches(signs, surplus[wide]),
    )  # fmt: skip


def _in_small_pages(shape: tuple[int, ...]) -> Positions:
    """Zeros of which none takes room until something is written near it.

    Numpy asks for pages of 2 MB, one of which each column of few texts would take.
    """
    try:
        room = mmap(-1, 8 * prod(shape))
    except OSError as error:  # it says so of memory too
        raise MemoryError from error
    return np.frombuffer(room, dtype=np.int64).reshape(shape)


def _stretches(data: Bytes, bounds: Positions) -> Texts:
    """Parts of a text, each with where it begins and ends, one behind the other."""
    sizes = bounds[:, 1] - bounds[:, 0]
    texts = np.column_stack([bounds[:, 0], sizes, np.zeros_like(sizes)])
    return _gathered(data, texts)


def _end_of(data: bytes) -> int:
    """Where the empty lines at the end begin, of which there may be millions."""
    end = len(data)
    while end:
        begin = max(0, end - _PIECE)
        if kept := data[begin:end].rstrip(b"\r\n"):
            return begin + len(kept)
        end = begin
    return 0


def _gathered(data: Bytes, texts: Positions) -> Texts:
    """Texts of which `texts` has the first byte and the number of bytes."""
    ends = np.empty(len(texts) + 1, dtype=np.int64)
    out = np.empty(int(np.abs(texts[:, 1]).sum()), dtype=np.uint8)
    call("gather_texts", data, len(texts), texts.ravel(), ends, out)
    return Texts(ends, out[: ends[-1]])


def sip_hashes(texts: Texts, key: bytes) -> Hashes:
    """SipHash-2-4 of each text by a key of 16 bytes (Aumasson, Bernstein 2012)."""
    hashes = np.empty(len(texts.ends) - 1, dtype=np.uint64)
    one, other = (int.from_bytes(part, "little") for part in (key[:8], key[8:]))
    call("sip_hashes", one, other, len(hashes), texts.ends, texts.data, hashes)
    return hashes


def add_by_code(totals: Hashes, codes: Codes, of_code: Hashes) -> None:
    """Add to each of the totals, in place, what its code stands for; nothing for one below 0."""
    call("add_by_code", len(totals), np.ascontiguousarray(codes), of_code, totals)


class Names:
    """Texts of several sorts, each numbered from 0 in the order in which they came."""

    def __init__(self, seed: int) -> None:
        self.count = 0
        self._seed = seed
        self._slots = np.zeros(64, dtype=np.uint64)
        self._sorts = np.empty(0, dtype=np.uint8)
        self._ends = np.zeros(1, dtype=np.int64)
        self._data = np.empty(0, dtype=np.uint8)

    def find(self, sort: int, texts: Texts) -> Positions:
        """The number of each text of a sort from 0 to 255; −1 for one that is not known."""
        return self._look_up(sort, texts, enters=False)

    def enter(self, sort: int, texts: Texts) -> Positions:
        """The same, with new texts entered."""
        more = len(texts.ends) - 1
        self._sorts = _with_room(self._sorts, self.count, more)
        self._ends = _with_room(self._ends, self.count + 1, more)
        self._data = _with_room(self._data, int(self._ends[self.count]), _size(texts))
        slots = len(self._slots)
        while slots < 2 * (self.count + more):
            slots *= 2
        if slots > len(self._slots):
            seats = np.zeros(slots, dtype=np.uint64)
            call("seat_again", len(self._slots), self._slots, slots - 1, seats)
            self._slots = seats
        return self._look_up(sort, texts, enters=True)

    @property
    def texts(self) -> Texts:
        """All texts, in the order of their numbers."""
        ends = self._ends[: self.count + 1]
        return Texts(ends, self._data[: ends[-1]])

    @property
    def sorts(self) -> Bytes:
        """The sort of each text."""
        return self._sorts[: self.count]

    def _look_up(self, sort: int, texts: Texts, *, enters: bool) -> Positions:
        found = np.empty(len(texts.ends) - 1, dtype=np.int64)
        self.count = call(
            "look_up", self._seed, len(self._slots) - 1, self._slots, self.count, self._sorts,
            self._ends, self._data, sort, int(enters), len(found), texts.ends, texts.data, found,
        )  # fmt: skip
        return found


def _size(texts: Texts) -> int:
    return int(texts.ends[-1] - texts.ends[0])


def _with_room(array: npt.NDArray[_Kind], filled: int, more: int) -> npt.NDArray[_Kind]:
    """An array with room for more behind what fills it."""
    if filled + more <= len(array):
        return array
    wider = np.empty(max(2 * len(array), filled + more, 64), dtype=array.dtype)
    wider[:filled] = array[:filled]
    return wider
