"""Groups of parties, with what is not known told apart from every group."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

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


def codes_of_column(graph: RingGraph, column: str) -> tuple[npt.NDArray[np.int64], list[str]]:
    """As `group_codes`, of a column of parties.

    Raises
    ------
    GraphError
        If there is no such column, or no party has a group: counts would be zero for want
        of data.
    """
    if column not in graph.parties.columns:
        raise QuestionError(
            f"parties have no column '{column}'",
            hint=f"choose among {', '.join(map(str, graph.parties.columns))}",
        )
    codes, names = group_codes(graph.parties[column])
    if len(codes) and not names:
        raise GraphError(
            f"no party has a '{column}'", hint="group by a column that records fill in"
        )
    return codes, names
