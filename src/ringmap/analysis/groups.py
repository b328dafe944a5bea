"""Groups of parties, with what is not known told apart from every group."""

import numpy as np
import numpy.typing as npt
import pandas as pd

#: What a record writes when it knows that a value is not known.
NOT_KNOWN = "unknown"


def group_codes(values: pd.Series) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Number of each party's group and the names of the groups, sorted; −1 where not known.

    Not recorded, empty and ``unknown`` are all not known: two parties of unknown country do
    not share one.
    """
    codes, names = pd.factorize(values.astype(object))
    told = [str(name).strip() for name in names]
    known = sorted({name for name in told if name and name.lower() != NOT_KNOWN})
    place = {name: number for number, name in enumerate(known)}
    renumber = np.array([*(place.get(name, -1) for name in told), -1], dtype=np.int64)
    return renumber[codes], known
