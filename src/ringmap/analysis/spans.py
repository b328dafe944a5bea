"""The days that recorded dates may mean, and what surely or possibly came before what."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.pairs import Integers
from ringmap.model import first_day, is_about, last_day

#: Days that lie before and after every date, for a beginning or an end that is not recorded.
ALWAYS, FOREVER = -(10**9), 10**9


@dataclass(frozen=True, slots=True)
class Spans:
    """For each row the earliest and the latest day of its beginning, and of its end.

    Days are ordinals. A year leaves all its days open: ``2019`` begins, and ends, on some
    day from 1 January to 31 December. What is not dated may lie anywhere. `about` tells rows
    with an estimate, of which no order is certain.
    """

    begin_early: Integers
    begin_late: Integers
    end_early: Integers
    end_late: Integers
    about: npt.NDArray[np.bool_]


def spans_of(begins: pd.Series, ends: pd.Series) -> Spans:
    """Spans of rows with a first and a last date; where one is missing the other is both.

    A row that ends before it begins begins, and ends, at some time between the two.
    """
    begin_early, begin_late = _days(begins, last=False), _days(begins, last=True)
    end_early, end_late = _days(ends, last=False), _days(ends, last=True)
    no_end, no_begin = ends.isna().to_numpy(), (begins.isna() & ends.notna()).to_numpy()
    turned = end_late < begin_early
    starts = np.maximum(end_early, begin_early)
    return Spans(
        np.where(no_begin | turned, end_early, begin_early),
        np.where(no_begin, end_late, begin_late),
        np.where(no_end, begin_early, np.where(turned, end_early, starts)),
        np.where(no_end | turned, begin_late, end_late),
        _about(begins) | _about(ends),
    )


def windows_of(begins: pd.Series, ends: pd.Series) -> tuple[Integers, Integers]:
    """The first and the last day that rows may concern; what is missing is open on its side.

    A row that ends before it begins lies between the two.
    """
    spans = spans_of(begins, ends)
    first, last = _days(begins, last=False), _days(ends, last=True)
    turned = last < first
    return np.where(turned, spans.begin_early, first), np.where(turned, spans.end_late, last)


def _about(dates: pd.Series) -> npt.NDArray[np.bool_]:
    codes, texts = pd.factorize(dates, use_na_sentinel=True)
    return np.array([*(isinstance(one, str) and is_about(one) for one in texts), False])[codes]


def _days(dates: pd.Series, *, last: bool) -> Integers:
    """The first or the last day that each date allows; open where it allows any."""
    told = last_day if last else first_day
    none = FOREVER if last else ALWAYS
    codes, texts = pd.factorize(dates, use_na_sentinel=True)
    days = [told(text) if isinstance(text, str) else None for text in texts]
    known = [none if day is None else day.toordinal() for day in days]
    return np.array([*known, none], dtype=np.int64)[codes]
