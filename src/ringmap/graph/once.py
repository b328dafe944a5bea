"""What several graphs of one case file have in common, worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from ringmap.model import Case

Found = TypeVar("Found", pd.DataFrame, pd.Series)


def once_a_case(make: Callable[[Case], Found]) -> Callable[[Case], Found]:
    """The same function, which keeps what it made as long as the case file is there.

    Everybody is given a copy of their own, which takes no room until it is changed.
    """
    kept: WeakKeyDictionary[Case, Found] = WeakKeyDictionary()

    @wraps(make)
    def found(case: Case) -> Found:
        if case not in kept:
            kept[case] = make(case)
        return kept[case].copy(deep=False)

    return found
