"""Ties of a window of time, as surely as their dates allow."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.graph.ringgraph import RingGraph
from ringmap.model import begins_after, coded, end_of, first_day, last_day, start_of

Truths = npt.NDArray[np.bool_]


def select_window(
    graph: RingGraph, *, since: str | None = None, until: str | None = None, undated: bool = True
) -> RingGraph:
    """The graph of ties that may have held between two dates, both included; all parties stay.

    A tie is left out when it began after `until` for sure, or ended before `since` for sure; a
    year or a month holds all of its days, so a tie of ``2019`` is in every month of it. A tie
    whose end is not recorded goes on, one whose beginning is not recorded was always there.

    Parameters
    ----------
    since, until
        A day, month or year; None: no limit.
    undated
        Whether ties without any date stay. Ties through shared cases, places and phones have
        no dates: give the window to `build_graph` instead.
    """
    keep = holds_within(graph.ties["first"], graph.ties["last"], since, until, undated=undated)
    rows = np.flatnonzero(keep)
    return replace(
        graph,
        ties=graph.ties[keep].reset_index(drop=True),
        evidence=None if graph.evidence is None else graph.evidence.take(rows),
    )


def holds_within(
    first: pd.Series, last: pd.Series, since: str | None, until: str | None, *, undated: bool = True
) -> Truths:
    """Whether something with these dates may have held in a window: see `select_window`."""
    keep = np.ones(len(first), dtype=bool)
    if until is not None:
        keep &= ~_of_each(first, lambda date: begins_after(date, until), missing=False)
    if since is not None:
        keep &= ~_of_each(last, lambda date: _ends_before(date, since), missing=False)
    if not undated:
        keep &= (first.notna() | last.notna()).to_numpy()
    return keep


def holds_surely(first: pd.Series, last: pd.Series, since: str, until: str) -> Truths:
    """Whether something held in a window for sure: both dates told, and precise enough."""
    start, end = first_day(since), last_day(until)

    def begun(date: str) -> bool:
        day = last_day(start_of(date)) if start_of(date) else None
        return day is not None and end is not None and day <= end

    def going_on(date: str) -> bool:
        day = first_day(end_of(date)) if end_of(date) else None
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
