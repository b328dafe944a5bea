"""Where shortest ways are walked one after another: what a walk needs is made once."""

import ctypes
from typing import NamedTuple

import numpy as np

from ringmap.kernels.library import as_array, call, library
from ringmap.kernels.networks import Ends, Starts

_FIELDS = (
    "start", "to", "back_start", "back_to", "known", "met", "back_met", "way",
)  # fmt: skip


class _Ground(ctypes.Structure):
    """`Ground` of walks.c."""

    _fields_ = (("count", ctypes.c_int64), *((name, ctypes.c_void_p) for name in _FIELDS))


class _Room(NamedTuple):
    """What one walk needs, and the arrays that `told` points into."""

    told: _Ground
    known: Ends
    met: list[Ends]


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
        self._bare = self._told()
        self._free: list[_Room] = []
        self._way = library().shortest_way

    def _room(self) -> "_Room":
        known = np.zeros((self._count, 2), dtype=np.int32)
        met = [np.empty(self._count, dtype=np.int32) for _ in range(3)]
        return _Room(self._told(known, *met), known, met)

    def _told(self, *room: Ends) -> _Ground:
        return _Ground(self._count, *(one.ctypes.data for one in [*self._arcs, *room]))

    def shortest_way(self, start: int, end: int) -> list[int]:
        """Positions along a shortest way; none where no way leads there."""
        try:
            room = self._free.pop()
        except IndexError:
            room = self._room()
        size = self._way(ctypes.addressof(room.told), start, end)
        way: list[int] = room.met[-1][:size].tolist()
        # Only now: a walk that was broken off leaves its room as it should not be.
        self._free.append(room)
        return way

    def within_steps(self, party: int, steps: int) -> list[Ends]:
        """Parties by number of steps from one, itself first, up to `steps`; ascending in each."""
        steps = min(steps, self._count)
        met, layer = np.empty(self._count, dtype=np.int32), np.empty(steps + 1, dtype=np.int64)
        ground = ctypes.addressof(self._bare)
        ends = layer[: call("within_steps", ground, party, steps, met, layer) + 1].tolist()
        return [met[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
