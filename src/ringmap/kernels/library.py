"""The compiled library: loaded once, each of its functions told the types of its arguments."""

import ctypes
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ringmap.kernels.seal import SEAL, seal_of

FOLDER = Path(__file__).parent
_NAMES = ("compiled.so", "compiled.dylib", "compiled.dll")
_COUNT, _SEED, _NUMBER = ctypes.c_int64, ctypes.c_uint64, ctypes.c_double
_JOINING = "i64 i32 i64 n n n i32 i32 i64 i32 i64 n i64 n i64 i64"
#: Arguments of each function, in the words of its source; "?" may be None.
_ARGUMENTS: Mapping[str, str] = {
    "contacts_of_pairs": "n n i64 i64 i64 i32 i32",
    "parts": "n i64 i32 i32? i64",
    "cores": "n i64 i32 i64",
    "lost_without": "n i64 i32 i64",
    "structural_holes": "n i64 i32 f64? f64 f64? f64? f64?",
    "page_rank": "n i64 i32 f64",
    "level": "n x f64",
    "betweenness": "n i64 i32 i64 i32 f64? n i32 f64",
    "betweenness_by_length": "n i64 i32 f64 f64? n i32 f64",
    "shortest_way": "p n32 n32",
    "draw_ways": "n i64 i32 i64 i32 i64 n s i64 i64",
    "within_steps": "p n32 n n",
    "divide": "n i64 i32 i32 i64 i64 n i64 s n i32",
    "exchange_ends": "n n n s i64 i64",
    "swap_ends": "n n n i64 u8 n u64 i64 i64",
    "climb_core": "n i64 i64 n x u8 f64",
    "cut_cells": "u8 n n n n n s i32 i64 i64 i64 i64 i64",
    "gather_texts": "u8 n i64 i64 u8",
    "sip_hashes": "s s n i64 u8 u64",
    "add_by_code": "n i32 u64 u64",
    "seat_again": "n u64 n u64",
    "look_up": "s n u64 n u8 i64 u8 n n n i64 u8 i64",
    "places_in_order": "n i64 i64",
    "number_by_cells": "n i32 i32 i64 i32",
    "settle": "n i64 i32 i32 i64 i32 n i32",
    "ties_between": "n i64 i32 i32 n i32 i32 i32 i32",
    "start_joining": f"{_JOINING} n",
    "join_round": f"{_JOINING} i64 n i64 n n",
}
_TYPES = {"p": ctypes.c_void_p, "n": _COUNT, "n32": ctypes.c_int32, "s": _SEED, "x": _NUMBER}
_ARRAYS: Mapping[str, type[np.generic]] = {
    "u8": np.uint8, "i32": np.int32, "i64": np.int64, "u64": np.uint64, "f64": np.float64
}  # fmt: skip

#: For each argument of each function the type of its array, and whether it may be None.
_WANTED: Mapping[str, tuple[tuple["np.dtype[Any]", bool] | None, ...]] = {
    name: tuple(
        (np.dtype(_ARRAYS[word.rstrip("?")]), word.endswith("?")) if word not in _TYPES else None
        for word in words.split()
    )
    for name, words in _ARGUMENTS.items()
}


@cache
def library() -> Any:
    """The library, or None where ringmap was installed without a compiler.

    One that is not as it was compiled from the sources beside it is not loaded: cut short, it
    ends the program; of other sources, it takes other arguments.
    """
    for name in _NAMES:
        path = FOLDER / name
        if path.is_file():
            try:
                sealed = (FOLDER / SEAL).read_bytes() == seal_of(FOLDER, path).encode()
                return _typed(ctypes.CDLL(str(path))) if sealed else None
            except (OSError, AttributeError):  # not to be read, or for another machine
                return None
    return None


def _typed(found: ctypes.CDLL) -> ctypes.CDLL:
    for name, words in _ARGUMENTS.items():
        function = getattr(found, name)
        function.argtypes = [_TYPES.get(word, ctypes.c_void_p) for word in words.split()]
        function.restype = ctypes.c_int64
    return found


def call(name: str, *arguments: Any) -> int:
    """Call a function of the library; arrays go in as they are, and must be as it wants them.

    Raises
    ------
    TypeError
        If an array has another type than the function wants, or is not in one piece.
    MemoryError
        If there is not enough memory.
    """
    given = [
        one if array is None else _pointer(array, one)
        for array, one in zip(_WANTED[name], arguments, strict=True)
    ]
    found = int(getattr(library(), name)(*given))
    if found == FAILED.get(name, 1):
        raise MemoryError(f"not enough memory for {name}")
    return found


#: What a function returns for want of memory; 1 for the others.
FAILED: Mapping[str, int] = {
    "ties_between": -1, "join_round": -1, "cut_cells": -1, "look_up": -1, "number_by_cells": -1,
    "settle": -1,
}  # fmt: skip


def _pointer(wanted: tuple["np.dtype[Any]", bool], value: Any) -> Any:
    kind, may_be_none = wanted
    if value is None and may_be_none:
        return None
    if not (isinstance(value, np.ndarray) and value.dtype == kind and value.flags.c_contiguous):
        raise TypeError(f"an array of {kind.name} in one piece is wanted")
    return value.ctypes.data


def as_array(values: Sequence[float] | npt.NDArray[Any], kind: str) -> npt.NDArray[Any]:
    """Values as an array that `call` takes, copied only where they are not such a one."""
    return np.ascontiguousarray(values, dtype=_ARRAYS[kind])
