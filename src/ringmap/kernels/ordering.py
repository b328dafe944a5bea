"""Whole numbers put in order."""

import numpy as np
import numpy.typing as npt

from ringmap.kernels.library import call

Positions = npt.NDArray[np.int64]


def places_in_order(keys: Positions) -> Positions:
    """The places of some numbers in rising order, those of equal ones as they stand."""
    places = np.empty(len(keys), dtype=np.int64)
    call("places_in_order", len(keys), np.ascontiguousarray(keys), places)
    return places
