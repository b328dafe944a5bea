"""What a stored date says: its days, its precision, and whether it is an estimate.

A date is text as precise as its record, in the notation of ISO 8601-2:2019 (EDTF): ``2019``,
``2019-05``, ``2019-05-03``; an interval with both ends included, ``2019-03/2019-05``, an open
end written ``..``; ``~`` behind a date or an end of an interval for "about" (``?`` and ``%``,
uncertain, are taken for the same).
"""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from ringmap.model.case import decoded, encoded

Precision = Literal["day", "month", "year", "interval"]

_END = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_OPEN = ".."
_LENGTHS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def first_day(date: str) -> datetime.date | None:
    """The earliest day that a date allows; ``2019-05`` → 1 May 2019.

    "About" widens nothing: ``2019-05~`` gives the same day. None for an interval whose
    beginning is open, and for text that is no date.
    """
    ends = _ends(date)
    return _day(ends[0], last=False) if ends else None


def last_day(date: str) -> datetime.date | None:
    """The latest day that a date allows; ``2019-05`` → 31 May 2019.

    "About" widens nothing: ``2019-05~`` gives the same day. None for an interval whose end
    is open, and for text that is no date.
    """
    ends = _ends(date)
    return _day(ends[1], last=True) if ends else None


@lru_cache(maxsize=100_000)
def precision(date: str) -> Precision | None:
    """Whether a date names a day, a month, a year or an interval; None for other text."""
    ends = _ends(date)
    if ends is None:
        return None
    return "interval" if "/" in date else _LENGTHS[len(ends[0])]


@lru_cache(maxsize=100_000)
def is_about(date: str) -> bool:
    """True when a date, or an end of an interval, is an estimate."""
    return _ends(date) is not None and any(sign in date for sign in "~?%")


def start_of(date: str) -> str:
    """A date, or the beginning of an interval, without ``~``: ``2019-03~/2019-05`` → ``2019-03``.

    Empty where the beginning is open. Text that is no date comes back as it is.
    """
    ends = _ends(date)
    return ends[0] if ends else date


def end_of(date: str) -> str:
    """A date, or the end of an interval, without ``~``: ``2019-03/2019-05~`` → ``2019-05``.

    Empty where the end is open. Text that is no date comes back as it is.
    """
    ends = _ends(date)
    return ends[1] if ends else date


def begins_after(date: str, day: str) -> bool:
    """True when a date begins after another for sure; a year holds all of its days.

    ``2019-05`` does not begin after ``2019``, nor after ``2019-05-03``. The other date is
    a day, month or year.
    """
    start = start_of(date)
    return start[: len(day)] > day[: len(start)]


def earliest(dates: Iterable[object]) -> str | None:
    """The date that may lie farthest back; ``2019`` lies before ``2019-05``. None if none.

    What is not text is passed over. An open beginning lies before everything.
    """
    return min((date for date in dates if isinstance(date, str)), key=_by_start, default=None)


def latest(dates: Iterable[object]) -> str | None:
    """The date that may lie farthest ahead; ``2019`` lies behind ``2019-05``. None if none.

    What is not text is passed over. An open end lies behind everything.
    """
    return max((date for date in dates if isinstance(date, str)), key=_by_end, default=None)


def earliest_of(dates: pd.Series, group: npt.NDArray[np.int64], count: int) -> pd.Series:
    """The earliest date of each group, from 0 to `count`; missing for one without dates."""
    return decoded(*best_dates(*encoded(dates), np.asarray(group), count, last=False))


def latest_of(dates: pd.Series, group: npt.NDArray[np.int64], count: int) -> pd.Series:
    """The latest date of each group, from 0 to `count`; missing for one without dates."""
    return decoded(*best_dates(*encoded(dates), np.asarray(group), count, last=True))


def _by_start(date: str) -> tuple[str, str]:
    return start_of(date), date


def _by_end(date: str) -> tuple[str, str]:
    # "~" sorts behind every digit, so a year outlasts its months, and an open end all.
    return f"{end_of(date)}~", date


def best_dates(
    codes: npt.NDArray[np.int32], texts: pa.LargeStringArray, group: npt.NDArray[np.int64],
    count: int, *, last: bool,
) -> tuple[npt.NDArray[np.int32], pa.LargeStringArray]:  # fmt: skip
    """The earliest or the last date of each group, dates by position among texts, −1 for none."""
    listed = texts.to_pylist()
    ordered = sorted(dict.fromkeys(listed), key=_by_end if last else _by_start, reverse=last)
    place = {text: rank for rank, text in enumerate(ordered)}
    rank = np.array([place[text] for text in listed], dtype=np.int32)
    best = np.full(count, len(ordered), dtype=np.int32)
    known = np.flatnonzero(codes >= 0)
    np.minimum.at(best, group[known], rank[codes[known]])
    best[best == len(ordered)] = -1
    return best, pa.array(ordered, type=pa.large_string())


@lru_cache(maxsize=100_000)
def _ends(date: str) -> tuple[str, str] | None:
    """Both ends without signs, an open one empty; None when the text is no date."""
    parts = date.split("/")
    if len(parts) > 2 or all(part == _OPEN for part in parts):
        return None
    ends = ["" if part == _OPEN else _end(part) for part in parts]
    start, end = ends[0], ends[-1]
    return None if start is None or end is None else (start, end)


def _end(text: str) -> str | None:
    match = _END.fullmatch(text)
    if match is None or match[1] == "0000":
        return None
    month, day = int(match[2] or 1), int(match[3] or 1)
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(int(match[1]), month)[1]
    return text.rstrip("~?%") if exists else None


@lru_cache(maxsize=100_000)
def _day(end: str, *, last: bool) -> datetime.date | None:
    if not end:
        return None
    year, month, day = (*map(int, end.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return datetime.date(year, month, day or (monthrange(year, month)[1] if last else 1))
