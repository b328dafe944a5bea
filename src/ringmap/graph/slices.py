"""A graph by the years, quarters or months that the dates of its ties allow.

Other than in a window (`select_window`) a tie is where its dates are, not from then on: one
without a last date does not go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.errors import QuestionError
from ringmap.graph.periods import PERIODS, PeriodLength, name_period, number_period, period_length
from ringmap.graph.ringgraph import RingGraph
from ringmap.graph.selection import select_ties
from ringmap.model import first_day, is_about, last_day

Integers = npt.NDArray[np.int64]
_UNDATED = -1


@dataclass(frozen=True, slots=True)
class TiePeriods:
    """In which periods each tie may lie, and in which it lies for sure.

    Periods are counted from the year 0. A tie may lie in `first` to `last` (−1: undated), and
    lies in `sure_first` to `sure_last`; where these are the wrong way round, in none for sure.
    """

    length: PeriodLength
    first: Integers
    last: Integers
    sure_first: Integers
    sure_last: Integers

    @property
    def undated(self) -> int:
        """How many ties have no date at all."""
        return int((self.first == _UNDATED).sum())


@dataclass(frozen=True, slots=True)
class Slice:
    """The ties of one period as a graph of the parties that they tie.

    `number` counts periods from the year 0, `unsure` the ties that may lie in another one.
    """

    name: str
    number: int
    graph: RingGraph
    unsure: int


def find_periods(graph: RingGraph, by: str) -> TiePeriods:
    """The periods of each tie, from its ``first`` to its ``last`` date.

    A tie with one date only lies where that date is; one whose dates are the wrong way round,
    between them. An estimate (``2019~``) is nowhere for sure.

    Raises
    ------
    QuestionError
        If there are no periods of that length.
    """
    length = period_length(by)
    if length is None:
        raise QuestionError(f"no windows by '{by}'", hint=f"choose {', '.join(PERIODS)}")
    begins = _bounds(graph.ties["first"], length)
    ends = _bounds(graph.ties["last"], length)
    begins, ends = np.where(begins < 0, ends, begins), np.where(ends < 0, begins, ends)
    swapped = begins[:, 0] > ends[:, 1]
    begins[swapped], ends[swapped] = ends[swapped], begins[swapped]
    about = _estimated(graph.ties["first"]) | _estimated(graph.ties["last"])
    none = np.iinfo(np.int64).max
    return TiePeriods(
        length, begins[:, 0], ends[:, 1], np.where(about, none, begins[:, 1]), ends[:, 0],
    )  # fmt: skip


def slice_by_period(
    graph: RingGraph, periods: TiePeriods, *, with_undated: bool
) -> Iterator[Slice]:
    """Each period that a tie may lie in, the earliest first.

    With `with_undated` an undated tie counts wherever both of its ends have a dated one.
    """
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    for number in _numbers(periods):
        here = (periods.first <= number) & (number <= periods.last)
        sure = here & (periods.sure_first <= number) & (number <= periods.sure_last)
        if with_undated:
            seen = np.zeros(len(graph.parties), dtype=bool)
            seen[source[here]] = seen[target[here]] = True
            here = here | ((periods.first == _UNDATED) & seen[source] & seen[target])
        rows = np.flatnonzero(here)
        name = name_period(number, periods.length)
        yield Slice(name, number, _part(graph, rows), len(rows) - int(sure.sum()))


def _numbers(periods: TiePeriods) -> list[int]:
    """Periods in which a dated tie lies; a tie of many years opens all between its dates."""
    dated = periods.first != _UNDATED
    if not dated.any():
        return []
    first, last = periods.first[dated], periods.last[dated]
    low = int(first.min())
    # +1 where a tie begins, −1 behind its end: what is above 0 in between has a tie.
    change = np.zeros(int(last.max()) - low + 2, dtype=np.int64)
    np.add.at(change, first - low, 1)
    np.add.at(change, last - low + 1, -1)
    return (np.flatnonzero(np.cumsum(change) > 0) + low).tolist()


def _bounds(dates: pd.Series, length: PeriodLength) -> Integers:
    """The first and the last period that each date allows; −1 where there is no date."""
    codes, texts = pd.factorize(dates)
    told = [_bounds_of(text, length) for text in texts]
    table = np.array([*told, (_UNDATED, _UNDATED)], dtype=np.int64)
    return table[codes]


def _bounds_of(text: object, length: PeriodLength) -> tuple[int, int]:
    if not isinstance(text, str):
        return (_UNDATED, _UNDATED)
    days = [day for day in (first_day(text), last_day(text)) if day is not None]
    if not days:
        return (_UNDATED, _UNDATED)
    return number_period(days[0], length), number_period(days[-1], length)


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
    chosen = select_ties(graph, rows)
    return replace(chosen, parties=parties, ties=chosen.ties.assign(**ends))
