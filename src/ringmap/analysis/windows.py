"""Ties by the year, quarter or month that their dates allow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from ringmap.analysis.pairs import Integers
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph
from ringmap.model import first_day, is_about, last_day

WINDOWS = ("year", "quarter", "month")
_NUMBER: dict[str, Callable[[date], int]] = {
    "year": lambda day: day.year,
    "quarter": lambda day: day.year * 4 + (day.month - 1) // 3,
    "month": lambda day: day.year * 12 + day.month - 1,
}
_NAME: dict[str, Callable[[int], str]] = {
    "year": lambda number: f"{number:04d}",
    "quarter": lambda number: f"{number // 4:04d}-Q{number % 4 + 1}",
    "month": lambda number: f"{number // 12:04d}-{number % 12 + 1:02d}",
}
_UNDATED = -1


@dataclass(frozen=True, slots=True)
class Spans:
    """In which windows each tie may lie, and in which it lies for sure.

    Windows are counted from the year 0. A tie may lie in `first` to `last` (−1: undated), and
    lies in `sure_first` to `sure_last`; where these are the wrong way round, in none for sure.
    """

    by: str
    first: Integers
    last: Integers
    sure_first: Integers
    sure_last: Integers

    @property
    def undated(self) -> int:
        """How many ties have no date at all."""
        return int((self.first == _UNDATED).sum())


@dataclass(frozen=True, slots=True)
class Window:
    """The ties of one window as a graph of the parties that they tie.

    `number` counts windows from the year 0, `unsure` the ties that may lie in another one.
    """

    name: str
    number: int
    graph: RingGraph
    unsure: int


def spans_of(graph: RingGraph, by: str) -> Spans:
    """The windows of each tie, from its ``first`` to its ``last`` date.

    A tie with one date only lies where that date is; one whose dates are the wrong way round,
    between them. An estimate (``2019~``) is nowhere for sure.

    Raises
    ------
    GraphError
        If there are no windows of that length.
    """
    if by not in WINDOWS:
        raise QuestionError(f"no windows by '{by}'", hint=f"choose {', '.join(WINDOWS)}")
    begins = _bounds(graph.ties["first"], by)
    ends = _bounds(graph.ties["last"], by)
    begins, ends = np.where(begins < 0, ends, begins), np.where(ends < 0, begins, ends)
    swapped = begins[:, 0] > ends[:, 1]
    begins[swapped], ends[swapped] = ends[swapped], begins[swapped]
    about = _estimated(graph.ties["first"]) | _estimated(graph.ties["last"])
    none = np.iinfo(np.int64).max
    return Spans(
        by, begins[:, 0], ends[:, 1], np.where(about, none, begins[:, 1]), ends[:, 0],
    )  # fmt: skip


def windows_of(graph: RingGraph, spans: Spans, *, with_undated: bool) -> Iterator[Window]:
    """Each window that a tie may lie in, the earliest first.

    With `with_undated` an undated tie counts wherever both of its ends have a dated one.
    """
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    for number in _numbers(spans):
        here = (spans.first <= number) & (number <= spans.last)
        sure = here & (spans.sure_first <= number) & (number <= spans.sure_last)
        if with_undated:
            seen = np.zeros(len(graph.parties), dtype=bool)
            seen[source[here]] = seen[target[here]] = True
            here = here | ((spans.first == _UNDATED) & seen[source] & seen[target])
        rows = np.flatnonzero(here)
        yield Window(
            _NAME[spans.by](number), number, _part(graph, rows), len(rows) - int(sure.sum())
        )


def _numbers(spans: Spans) -> list[int]:
    """Windows in which a dated tie lies; a tie of many years opens all between its dates."""
    dated = spans.first != _UNDATED
    if not dated.any():
        return []
    first, last = spans.first[dated], spans.last[dated]
    low = int(first.min())
    # +1 where a tie begins, −1 behind its end: what is above 0 in between has a tie.
    change = np.zeros(int(last.max()) - low + 2, dtype=np.int64)
    np.add.at(change, first - low, 1)
    np.add.at(change, last - low + 1, -1)
    return (np.flatnonzero(np.cumsum(change) > 0) + low).tolist()


def _bounds(dates: pd.Series, by: str) -> Integers:
    """The first and the last window that each date allows; −1 where there is no date."""
    codes, texts = pd.factorize(dates)
    told = [_bounds_of(text, by) for text in texts]
    table = np.array([*told, (_UNDATED, _UNDATED)], dtype=np.int64)
    return table[codes]


def _bounds_of(text: object, by: str) -> tuple[int, int]:
    if not isinstance(text, str):
        return (_UNDATED, _UNDATED)
    days = [day for day in (first_day(text), last_day(text)) if day is not None]
    if not days:
        return (_UNDATED, _UNDATED)
    return _NUMBER[by](days[0]), _NUMBER[by](days[-1])


def _estimated(dates: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    codes, texts = pd.factorize(dates)
    told = [isinstance(text, str) and is_about(text) for text in texts]
    return np.array([*told, False], dtype=bool)[codes]


def _part(graph: RingGraph, rows: Integers) -> RingGraph:
    """Some ties, and the parties that these tie."""
    source, target = graph.source[rows], graph.target[rows]
    kept = np.unique(np.concatenate([source, target]))
    parties = graph.parties.iloc[kept].reset_index(drop=True)
    names = pd.Index(parties["party"])
    ends = {
        column: pd.Categorical.from_codes(np.searchsorted(kept, codes), categories=names)
        for column, codes in (("source", source), ("target", target))
    }
    return replace(
        graph,
        parties=parties,
        ties=graph.ties.iloc[rows].reset_index(drop=True).assign(**ends),
        evidence=None if graph.evidence is None else graph.evidence.take(rows),
    )
