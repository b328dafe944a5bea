"""Where people walk along ties one after another: what a walk needs is made once."""

import ctypes
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import as_array, library
from ringmap.kernels.networks import Ends, Starts

_FIELDS = (
    "start", "to", "back_start", "back_to", "known", "met", "back_met", "way", "bits",
)  # fmt: skip


class _Ground(ctypes.Structure):
    """`Ground` of walks.c."""

    _fields_ = (("count", ctypes.c_int64), *((name, ctypes.c_void_p) for name in _FIELDS))


class _Room(NamedTuple):
    """What one walk needs, where the library finds it, and the arrays behind that."""

    address: int
    met: Ends
    way: Ends
    held: tuple[object, ...]


class Ground:
    """Contacts of each party, either way, and room to walk among them: 20 bytes a party.

    A piece of room is for one walk at a time; walks at the same time, in threads, get one each.
    """

    def __init__(self, outward: tuple[Starts, Ends], inward: tuple[Starts, Ends]) -> None:
        self._arcs = [
            as_array(one, kind)
            for start, to in (outward, inward)
            for one, kind in ((start, "i64"), (to, "i32"))
        ]
        self._count = len(outward[0]) - 1
        self._free: list[_Room] = []
        self._way, self._within = library().shortest_way, library().within_steps

    def _taken(self) -> _Room:
        """Room that nobody walks in. Given back only after a walk: one that was broken off
        leaves it as it should not be."""
        try:
            return self._free.pop()
        except IndexError:
            return self._room()

    def _room(self) -> _Room:
        known = np.zeros((self._count, 2), dtype=np.int32)
        met, back_met, way = (np.empty(self._count + 1, dtype=np.int32) for _ in range(3))
        bits = np.zeros((self._count + 511) // 512 * 17, dtype=np.uint64)
        arrays: list[npt.NDArray[np.generic]] = [*self._arcs, known, met, back_met, way, bits]
        told = _Ground(self._count, *(one.ctypes.data for one in arrays))
        return _Room(ctypes.addressof(told), met, way, (told, known, back_met, bits))

    def shortest_way(self, start: int, end: int) -> list[int]:
        """Positions along a shortest way; none where no way leads there."""
        room = self._taken()
        size = self._way(room.address, start, end)
        way: list[int] = room.way[:size].tolist()
        self._free.append(room)
        return way

    def within_steps(self, party: int, steps: int) -> tuple[Ends, list[int]]:
        """Parties within some steps of one, itself first, nearest first, and where steps end.

        Those of as many steps are ascending; the numbers say how many are within 0, 1, ... steps,
        as far as `steps` or until nobody is farther.
        """
        room = self._taken()
        done = self._within(room.address, party, min(steps, self._count), 1)
        ends: list[int] = room.way[: done + 1].tolist()
        met = room.met[: ends[-1]].copy()
        self._free.append(room)
        return met, ends

    def count_within(self, party: int, steps: int) -> list[int]:
        """How many parties are within 0, 1, ... steps of one, as `within_steps` says."""
        room = self._taken()
        done = self._within(room.address, party, min(steps, self._count), 0)
        ends: list[int] = room.way[: done + 1].tolist()
        self._free.append(room)
        return ends
