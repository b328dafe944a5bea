"""Windows of time, and the ties of one, as surely as their dates allow."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.errors import GraphError, QuestionError
from ringmap.graph.periods import PeriodLength, name_period, number_period, period_length
from ringmap.graph.ringgraph import RingGraph
from ringmap.graph.selection import select_ties
from ringmap.model import begins_after, coded, end_of, first_day, is_about, last_day, precision

Truths = npt.NDArray[np.bool_]
#: More windows than this no table shows.
MOST_WINDOWS = 400


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time: its name, and its first and last day, month or year, both included.

    `since` is None where the window goes back to the beginning.
    """

    name: str
    since: str | None
    until: str


def list_windows(
    graph: RingGraph, by: PeriodLength | Iterable[str], *, cumulative: bool = False
) -> list[Window]:
    """Windows from the first date of a tie to the last, or those that dates name.

    Raises
    ------
    GraphError
        If no tie has a date, a date cannot be read, or there would be more than 400 windows.
    """
    names = _names(graph, by) if isinstance(by, str) else list(by)
    if not names:
        raise QuestionError("no dates for windows", hint="give dates, or year, quarter or month")
    if len(names) > MOST_WINDOWS:
        raise QuestionError(
            f"{len(names)} windows are too many", hint="take longer ones, such as years"
        )
    return [
        Window(name, None if cumulative else since, until)
        for name in names
        for since, until in [_ends(name)]
    ]


def _names(graph: RingGraph, by: str) -> list[str]:
    length = period_length(by)
    if length is None:
        raise QuestionError(
            f"no windows of a '{by}'", hint="choose year, quarter or month, or dates"
        )
    told = [date for column in ("first", "last") for date in graph.ties[column].dropna().unique()]
    days = [day for date in told for day in (first_day(date), last_day(date)) if day is not None]
    if not days:
        raise GraphError(
            "no tie has a date, so nothing can be said of time",
            hint="fill in first and last of ties, or give dates for windows",
        )
    first, last = min(days), max(days)
    begin, end = number_period(first, length), number_period(last, length)
    if end - begin >= MOST_WINDOWS:
        raise GraphError(
            f"from {first.year} to {last.year} there are {end - begin + 1} windows, too many",
            hint="take longer windows, such as years",
        )
    return [name_period(number, length) for number in range(begin, end + 1)]


def _ends(name: str) -> tuple[str, str]:
    """First and last day, month or year of a window that is named so."""
    year, _, quarter = name.partition("-Q")
    if quarter in ("1", "2", "3", "4") and precision(year) == "year":
        last = 3 * int(quarter)
        return f"{year}-{last - 2:02d}", f"{year}-{last:02d}"
    if precision(name) not in ("day", "month", "year"):
        raise QuestionError(
            f"'{name}' is no date", hint="write 2019-05-03, 2019-05, 2019 or 2019-Q2"
        )
    plain = name.rstrip("~?%")
    return plain, plain


def select_window(
    graph: RingGraph, *, since: str | None = None, until: str | None = None, undated: bool = True
) -> RingGraph:
    """The graph of ties that may have held between two dates, both included; all parties stay.

    A tie is left out when it began after `until` for sure, or ended before `since` for sure; a
    year or a month holds all of its days, so a tie of ``2019`` is in every month of it. A tie
    whose end is not recorded goes on, one whose beginning is not recorded was always there; one
    whose dates are the wrong way round lies between them.

    Parameters
    ----------
    since, until
        A day, month or year; None: no limit.
    undated
        Whether ties without any date stay. Ties through shared cases, places and phones have
        no dates: give the window to `build_graph` instead.
    """
    keep = holds_within(graph.ties["first"], graph.ties["last"], since, until, undated=undated)
    return select_ties(graph, np.flatnonzero(keep))


def holds_within(
    first: pd.Series, last: pd.Series, since: str | None, until: str | None, *, undated: bool = True
) -> Truths:
    """Whether something with these dates may have held in a window: see `select_window`."""
    keep = np.ones(len(first), dtype=bool)
    first, last = _in_order(first, last)
    if until is not None:
        keep &= ~_of_each(first, lambda date: begins_after(date, until), missing=False)
    if since is not None:
        keep &= ~_of_each(last, lambda date: _ends_before(date, since), missing=False)
    if not undated:
        keep &= (first.notna() | last.notna()).to_numpy()
    return keep


def _in_order(first: pd.Series, last: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Both dates, exchanged where the last lies before the first for sure."""
    begins = _days(first, first_day, otherwise=0)
    ends = _days(last, last_day, otherwise=datetime.date.max.toordinal())
    turned = ends < begins
    if not turned.any():
        return first, last
    return first.mask(turned, last), last.mask(turned, first)


def _days(
    dates: pd.Series, day_of: Callable[[str], datetime.date | None], *, otherwise: int
) -> npt.NDArray[np.int64]:
    """The day of each date, counted from the year 1; `otherwise` where there is none."""
    codes, texts = coded(dates)
    days = [day_of(str(text)) for text in texts]
    told = [otherwise if day is None else day.toordinal() for day in days]
    return np.array([*told, otherwise], dtype=np.int64)[codes]


def holds_surely(first: pd.Series, last: pd.Series, since: str, until: str) -> Truths:
    """Whether something held in a window for sure: both dates told, and precise enough.

    An interval leaves all its days open, and an estimate (``2019~``) is nowhere for sure.
    """
    start, end = first_day(since), last_day(until)

    def begun(date: str) -> bool:
        day = None if is_about(date) else last_day(date)
        return day is not None and end is not None and day <= end

    def going_on(date: str) -> bool:
        day = None if is_about(date) else first_day(date)
        return day is not None and start is not None and day >= start

    return _of_each(first, begun, missing=False) & _of_each(last, going_on, missing=False)


def _ends_before(date: str, day: str) -> bool:
    """True when a date ends before another for sure; an open end never does."""
    end = end_of(date)
    return end[: len(day)] < day[: len(end)]


def _of_each(dates: pd.Series, holds: Callable[[str], bool], *, missing: bool) -> Truths:
    """What holds of each date, each distinct text looked at once."""
    codes, texts = coded(dates)
    told = np.array([*(holds(str(text)) for text in texts), missing], dtype=bool)
    return np.asarray(told[codes], dtype=bool)
