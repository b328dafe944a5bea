"""The days that recorded dates may mean, and what surely or possibly came before what."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ringmap.analysis.pairs import Integers
from ringmap.model import first_day, last_day

#: Days that lie before and after every date, for a beginning or an end that is not recorded.
ALWAYS, FOREVER = -(10**9), 10**9


@dataclass(frozen=True, slots=True)
class Spans:
    """For each row the earliest and the latest day of its beginning, and of its end.

    Days are ordinals. A year leaves all its days open: ``2019`` begins, and ends, on some
    day from 1 January to 31 December. What is not dated may lie anywhere.
    """

    begin_early: Integers
    begin_late: Integers
    end_early: Integers
    end_late: Integers


def spans_of(begins: pd.Series, ends: pd.Series) -> Spans:
    """Spans of rows with a first and a last date; where one is missing the other is both.

    An end that a record puts before its beginning is passed over.
    """
    begin_early, begin_late = _days(begins, last=False), _days(begins, last=True)
    end_early, end_late = _days(ends, last=False), _days(ends, last=True)
    no_end = ends.isna().to_numpy() | (end_late < begin_early)
    no_begin = begins.isna().to_numpy() & ~ends.isna().to_numpy()
    return Spans(
        np.where(no_begin, end_early, begin_early),
        np.where(no_begin, end_late, begin_late),
        np.where(no_end, begin_early, np.maximum(end_early, begin_early)),
        np.where(no_end, begin_late, end_late),
    )


def windows_of(begins: pd.Series, ends: pd.Series) -> tuple[Integers, Integers]:
    """The first and the last day that rows may concern; what is missing is open on its side.

    An end that a record puts before its beginning is passed over.
    """
    first, last = _days(begins, last=False), _days(ends, last=True)
    return first, np.where(last < first, FOREVER, last)


def _days(dates: pd.Series, *, last: bool) -> Integers:
    """The first or the last day that each date allows; open where it allows any."""
    told = last_day if last else first_day
    none = FOREVER if last else ALWAYS
    codes, texts = pd.factorize(dates, use_na_sentinel=True)
    days = [told(text) if isinstance(text, str) else None for text in texts]
    known = [none if day is None else day.toordinal() for day in days]
    return np.array([*known, none], dtype=np.int64)[codes]
