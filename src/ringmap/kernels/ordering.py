"""Whole numbers put in order, and numbered anew."""

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import call

Positions = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


def places_in_order(keys: Positions) -> Positions:
    """The places of some numbers in rising order, those of equal ones as they stand."""
    places = np.empty(len(keys), dtype=np.int64)
    call("places_in_order", len(keys), np.ascontiguousarray(keys), places)
    return places


def number_by_cells(codes: Codes, many: int) -> tuple[Codes, Positions]:
    """Codes below `many` numbered in the order in which they first stand, and which they were.

    One below 0 stands for none, and becomes −1.
    """
    place = np.full(many, -1, dtype=np.int32)
    standing = np.empty(min(many, len(codes)), dtype=np.int64)
    numbers = np.empty(len(codes), dtype=np.int32)
    found = call(
        "number_by_cells", len(codes), np.ascontiguousarray(codes), place, standing, numbers
    )
    return numbers, standing[:found]
