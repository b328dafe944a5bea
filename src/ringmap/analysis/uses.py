"""Who used which thing or was at which place, when, and by which records."""

import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.pairs import Integers
from ringmap.graph import RingGraph
from ringmap.model import first_day, is_about, last_day

USE_COLUMNS = ("member", "thing", "case", "tie", "record", "first_from", "first_to", "last_from",
               "last_to", "sure")  # fmt: skip
#: Kinds of place that anybody may pass through, and that tie nobody to anybody.
PUBLIC_KINDS = frozenset({"school", "market", "bus_station", "pier", "border_gate", "town", "city",
                          "district", "hospital", "clinic"})  # fmt: skip
_NEVER, _ALWAYS = -np.inf, np.inf


def list_uses(graph: RingGraph, visits: pd.DataFrame | None) -> pd.DataFrame:
    """A row per use: person, thing and case as positions among the parties, and its time.

    A thing is whatever is neither a person nor a case. ``case`` is −1 where the use has none;
    a use rests on a tie (``tie``, else −1) or on a record of an event (``record``, else −1).
    The first day of a use lies from ``first_from`` to ``first_to``, its last day from
    ``last_from`` to ``last_to`` (days as numbers; infinite where nothing is recorded, and all
    four missing where no date is); ``sure`` is False for dates that are "about" or the wrong
    way round.
    """
    tables = [_by_ties(graph), _by_events(graph, visits)]
    found = [table for table in tables if len(table)]
    if not found:
        return _by_events(graph, None).iloc[:0]
    uses = pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)
    return uses.sort_values(["thing", "member", "tie", "record"], kind="stable", ignore_index=True)


def types_of(graph: RingGraph) -> npt.NDArray[np.object_]:
    """Type of each party; people, where a graph has no types."""
    if "type" not in graph.parties.columns:
        return np.full(len(graph.parties), "person", dtype=object)
    return graph.parties["type"].to_numpy(dtype=object)


def is_public(graph: RingGraph) -> npt.NDArray[np.bool_]:
    """Places that anybody may pass through."""
    if "kind" not in graph.parties.columns:
        return np.zeros(len(graph.parties), dtype=bool)
    public = graph.parties["kind"].isin(PUBLIC_KINDS).to_numpy(dtype=bool)
    return np.asarray(public & (types_of(graph) == "place"), dtype=bool)


def cases_of(graph: RingGraph) -> pd.DataFrame:
    """A row per person and case that a tie joins, ``member`` and ``case`` as positions."""
    kind = types_of(graph)
    tie, person, case = _ends(graph, kind == "person", kind == "case")
    table = pd.DataFrame({"member": person, "case": case, "tie": tie})
    return table.sort_values(["member", "case", "tie"], ignore_index=True)


def _ends(graph: RingGraph, one: npt.NDArray[np.bool_],
          other: npt.NDArray[np.bool_]) -> tuple[Integers, Integers, Integers]:  # fmt: skip
    """Ties that join one sort of party to another, and their ends in that order."""
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    along = np.flatnonzero(one[source] & other[target])
    back = np.flatnonzero(one[target] & other[source])
    return (np.concatenate([along, back]), np.concatenate([source[along], target[back]]),
            np.concatenate([target[along], source[back]]))  # fmt: skip


def _by_ties(graph: RingGraph) -> pd.DataFrame:
    kind = types_of(graph)
    thing = (kind != "person") & (kind != "case")
    tie, member, other = _ends(graph, kind == "person", thing)
    told = graph.ties.iloc[tie]
    times = [_lasting(first, last) for first, last in zip(told["first"], told["last"], strict=True)]
    return _table(graph, member, other, told["case"], tie, np.full(len(tie), -1), times)


def _by_events(graph: RingGraph, visits: pd.DataFrame | None) -> pd.DataFrame:
    """Visits to places; those that legs tell of when no list of visits is given."""
    told = _visits_of_legs(graph) if visits is None else visits
    names = pd.Index(graph.parties["party"])
    member, place = (names.get_indexer(pd.Index(told[end], dtype=object)).astype(np.int64)
                     for end in ("party", "place"))  # fmt: skip
    known = (member >= 0) & (place >= 0)
    told = told[known]
    times = [_once(date, end) for date, end in zip(told["date"], told["end_date"], strict=True)]
    record = told["record"].to_numpy(dtype=np.int64)
    ties = np.full(len(told), -1)
    return _table(graph, member[known], place[known], told["case"], ties, record, times)


def _visits_of_legs(graph: RingGraph) -> pd.DataFrame:
    rows = []
    legs = graph.legs
    if "people" in legs.columns:
        columns = ("people", "moved_by", "from_place", "to_place", "crossing", "case", "date",
                   "end_date", "records")  # fmt: skip
        for one in zip(*(legs[column].tolist() for column in columns), strict=True):
            people, movers, start, end, gate, case, date, until, records = one
            rows += [
                (party, place, case, date, until, record)
                for party in dict.fromkeys((*people, *movers))
                for place in (start, end, gate)
                if isinstance(place, str)
                for record in records
            ]
    return pd.DataFrame(rows, columns=["party", "place", "case", "date", "end_date", "record"])


def _table(graph: RingGraph, member: Integers, thing: Integers, case: pd.Series, tie: Integers,
           record: Integers, times: list[tuple[float, float, float, float, bool]],
           ) -> pd.DataFrame:  # fmt: skip
    names = pd.Index(graph.parties["party"])
    days = np.array([one[:4] for one in times], dtype=np.float64).reshape(len(times), 4)
    return pd.DataFrame(
        {
            "member": member, "thing": thing,
            "case": names.get_indexer(pd.Index(case, dtype=object)).astype(np.int64),
            "tie": np.asarray(tie, dtype=np.int64), "record": np.asarray(record, dtype=np.int64),
            "first_from": days[:, 0], "first_to": days[:, 1],
            "last_from": days[:, 2], "last_to": days[:, 3],
            "sure": np.array([one[4] for one in times], dtype=bool),
        },
        columns=list(USE_COLUMNS),
    )  # fmt: skip


def _lasting(first: object, last: object) -> tuple[float, float, float, float, bool]:
    """When a use that lasts began and ended; where one end is not recorded it may be any time."""
    began, ended = _days(first), _days(last)
    sure = not _estimated(first) and not _estimated(last)
    if began and ended and ended[1] < began[0]:
        return _between(ended[0], began[1])
    if began is None and ended is None:
        return (np.nan, np.nan, np.nan, np.nan, sure)
    earliest, latest = began or (_NEVER, _ALWAYS), ended or (_NEVER, _ALWAYS)
    # A use that began lasted to that day at least, and one that ended began by then.
    return (earliest[0], min(earliest[1], latest[1]), max(latest[0], earliest[0]), latest[1], sure)


def _once(date: object, end: object) -> tuple[float, float, float, float, bool]:
    """When an event was: without an end it was on its one day, which may lie within a month."""
    began, ended = _days(date), _days(end)
    told = began or ended
    if began and ended and ended[1] < began[0]:
        return _between(ended[0], began[1])
    sure = not _estimated(date) and not _estimated(end)
    if told is None:
        return (np.nan, np.nan, np.nan, np.nan, sure)
    last = ended or told
    return (told[0], told[1], last[0], last[1], sure)


def _between(first: float, last: float) -> tuple[float, float, float, float, bool]:
    """A use that a record ends before it begins: at some time between, and never for sure."""
    return (first, last, first, last, False)


def _days(date: object) -> tuple[float, float] | None:
    if not isinstance(date, str):
        return None
    first, last = first_day(date), last_day(date)
    if first is None and last is None:
        return None
    return (_number(first, _NEVER), _number(last, _ALWAYS))


def _number(day: datetime.date | None, otherwise: float) -> float:
    return otherwise if day is None else float(day.toordinal())


def _estimated(date: object) -> bool:
    return isinstance(date, str) and is_about(date)
