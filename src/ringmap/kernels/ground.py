"""Where shortest ways are walked one after another: what a walk needs is made once."""

import ctypes
from collections.abc import Callable

import numpy as np

from ringmap.kernels.library import library
from ringmap.kernels.networks import Ends, Starts

_FIELDS = (
    "start", "to", "back_start", "back_to", "known", "met", "back_met", "way",
)  # fmt: skip


class _Ground(ctypes.Structure):
    """`Ground` of walks.c."""

    _fields_ = (("count", ctypes.c_int64), *((name, ctypes.c_void_p) for name in _FIELDS))


class Ground:
    """Contacts of each party, either way, and room to walk among them: 20 bytes a party.

    A piece of room is for one walk at a time; walks at the same time, in threads, get one each.
    """

    def __init__(self, outward: tuple[Starts, Ends], inward: tuple[Starts, Ends]) -> None:
        self._arcs = (*outward, *inward)
        self._free: list[tuple[_Ground, Ends, object]] = []
        self._walk: Callable[..., int] = library().shortest_way

    def _room(self) -> tuple[_Ground, Ends, object]:
        count = len(self._arcs[0]) - 1
        known = np.zeros((count, 2), dtype=np.int32)
        met = [np.empty(count, dtype=np.int32) for _ in range(3)]
        every = (*self._arcs, known, *met)
        told = _Ground(count, *(one.ctypes.data for one in every))
        return told, met[-1], (ctypes.byref(told), every)

    def shortest_way(self, start: int, end: int) -> list[int]:
        """Positions along a shortest way; none where no way leads there."""
        try:
            room = self._free.pop()
        except IndexError:
            room = self._room()
        size = self._walk(ctypes.addressof(room[0]), start, end)
        way: list[int] = room[1][:size].tolist()
        # Only now: a walk that was broken off leaves its room as it should not be.
        self._free.append(room)
        return way
