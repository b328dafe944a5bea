"""Gates and corridors over the years or quarters: what opened, what dried up, how surely."""

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.corridors import together
from ringmap.analysis.counting import counted
from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.moves import moves_of, steps_of
from ringmap.analysis.pairs import Integers
from ringmap.analysis.spans import ALWAYS, FOREVER, spans_of
from ringmap.errors import QuestionError
from ringmap.graph import PeriodLength, RingGraph, name_period, number_period, period_length

COUNT_COLUMNS = ("from_point", "to_point", "period", "legs", "possible", "people", "because",
                 "records")  # fmt: skip
CHANGE_COLUMNS = (
    "from_point", "to_point", "state", "legs", "undated", "first", "last", "p_opened", "p_dried_up",
    "because", "records",
)  # fmt: skip
#: Fewer dated legs say nothing.
LEAST_LEGS = 3
#: A change is told when chance would do as much less often than this, over all that was asked.
LEVEL = 0.05
_LENGTHS: tuple[PeriodLength, ...] = ("year", "quarter")

Truths = npt.NDArray[np.bool_]
_SUBJECTS = ("gates", "corridors")


@dataclass(frozen=True, slots=True)
class RouteChanges:
    """How much gates or corridors were used in each period, and which opened or dried up.

    Attributes
    ----------
    counts
        A row per gate or corridor and period in which it was used: ``legs`` surely of the
        period, ``possible`` those that may be, ``people`` of both. A gate stands in
        ``from_point``.
    changes
        A row per gate or corridor: ``state`` (``opened``, ``dried up``, ``opened and dried
        up``, ``no change told``, ``too few legs``), first and last period it may have been
        used in, and how likely chance alone would do as much (``p_opened``, ``p_dried_up``,
        each already multiplied by the number of questions asked, at most 1).
    because
        What was found, in a sentence that names nobody.
    """

    counts: pd.DataFrame
    changes: pd.DataFrame
    because: str


def find_route_changes(
    graph: RingGraph, *, of: str = "gates", by: str = "place", period: str = "year",
    journeys: Journeys | None = None,
) -> RouteChanges:  # fmt: skip
    """Use of each gate or corridor by year or quarter, and which opened or dried up.

    Counted are recorded legs, each event once however many travelled; returns and inferred
    movements are left out. A gate is passed wherever a leg names it, be its ends known or not;
    a leg counts by when it began, and by when it ended where that alone is recorded. One whose
    date allows several periods is ``possible`` in each of them and ``legs`` in none, and so is
    one of an estimated date in its own; undated legs are counted apart and used nowhere.

    The rule. Were a gate as open all the time as the others, its n legs would lie anywhere
    among all N. It *dried up* when too many legs went elsewhere after its last: the chance
    that all n lie among the m legs until then is (m over n)/(N over n), exactly, and must be
    at most 5 % after multiplication by the number of questions asked (two for each gate
    with 3 legs or more). A whole year or quarter lies before or after another: what is of the
    same is neither. *Opened* is the same from the other end. Legs of uncertain date
    are placed where they speak most against a change; one of an estimated date may lie
    anywhere. So a quiet year of all gates is no change of one, and few legs say nothing,
    whatever they look like.

    Legs of one case are not independent: a case with ten journeys over one gate in one
    spring makes it "open". And a gate that police stopped watching dries up on paper.

    Parameters
    ----------
    of
        ``gates`` or ``corridors``.
    by
        For corridors: ``place``, ``province`` or ``country``.
    period
        ``year`` or ``quarter``.
    journeys
        What `find_journeys` gave for this graph.

    Raises
    ------
    GraphError
        If `of`, `by` or `period` is not known.
    """
    if of not in _SUBJECTS:
        raise QuestionError(f"no changes of '{of}'", hint=f"choose among {', '.join(_SUBJECTS)}")
    length = period_length(period)
    if length not in _LENGTHS:
        raise QuestionError(f"no period '{period}'", hint=f"choose among {', '.join(_LENGTHS)}")
    found = journeys or find_journeys(graph)
    legs = _legs(_passages(graph, found) if of == "gates" else _moves(graph, found, by))
    early, late, about = _periods(legs, length)
    dated = (early > ALWAYS) & (late < FOREVER)
    sure = (early == late) & ~about
    counts = _counts(legs[dated].reset_index(drop=True), early[dated], late[dated], sure[dated],
                     length)  # fmt: skip
    changes = _changes(legs, early, late, about, dated, length)
    return RouteChanges(counts, changes, _because(changes, of, int((~dated).sum())))


def _passages(graph: RingGraph, journeys: Journeys) -> pd.DataFrame:
    """Steps of recorded legs that name a gate, be their ends known or not; returns left out."""
    legs = graph.legs
    recorded = set(zip(legs["event"], legs["case"], strict=True)) if len(legs) else set()
    steps = journeys.legs
    events = zip(steps["event"], steps["case"], strict=True)
    passing = np.array([event in recorded for event in events], dtype=bool)
    passing &= (steps["stage"] != "return") & (steps["join"] != "same")
    passed = steps[passing & steps["crossing"].notna()]
    return passed.assign(from_point=passed["crossing"], to_point="")


def _moves(graph: RingGraph, journeys: Journeys, by: str) -> pd.DataFrame:
    """Recorded movements from a known point to another; returns left out."""
    moves = moves_of(graph, journeys, by)
    moves = moves[~moves["returning"] & ~moves["inferred"] & ~moves["again"]]
    known = moves["from_point"].notna() & moves["to_point"].notna()
    return moves[known & (moves["from_point"] != moves["to_point"])]


def _legs(moves: pd.DataFrame) -> pd.DataFrame:
    """A row per event and gate or corridor, its people and records together."""
    steps = steps_of(moves)
    groups: dict[tuple[str, str, str, str], list[int]] = {}
    keys = zip(*(steps[name] for name in ("from_point", "to_point", "event", "case")), strict=True)
    for row, (start, end, event, case) in enumerate(keys):
        groups.setdefault((str(start), str(end), str(event), str(case)), []).append(row)
    rows = [
        {
            "from_point": key[0],
            "to_point": key[1],
            "date": steps["date"][own[0]],
            "end_date": steps["end_date"][own[0]],
            "people": tuple(sorted({steps["person"][row] for row in own} - {None})),
            "records": together(steps["records"][row] for row in own),
        }
        for key, own in sorted(groups.items())
    ]
    columns = ["from_point", "to_point", "date", "end_date", "people", "records"]
    return pd.DataFrame(rows, columns=columns).astype(object)


def _periods(legs: pd.DataFrame, length: PeriodLength) -> tuple[Integers, Integers, Truths]:
    """The first and the last period that each leg may have begun in, and which are estimates."""
    spans = spans_of(legs["date"], legs["end_date"])
    first, last = (
        np.array([_period(day, length) for day in days.tolist()], dtype=np.int64)
        for days in (spans.begin_early, spans.begin_late)
    )
    return first, last, spans.about


def _period(day: int, length: PeriodLength) -> int:
    """The period that a day lies in; open where the day is."""
    if day in (ALWAYS, FOREVER):
        return day
    return number_period(datetime.date.fromordinal(day), length)


def _counts(
    legs: pd.DataFrame, early: Integers, late: Integers, surely: Truths, length: PeriodLength
) -> pd.DataFrame:
    found: dict[tuple[str, str, int], list[int]] = {}
    for row, (start, end) in enumerate(zip(legs["from_point"], legs["to_point"], strict=True)):
        for period in range(int(early[row]), int(late[row]) + 1):
            found.setdefault((start, end, period), []).append(row)
    rows = []
    travelled: list[tuple[str, ...]] = legs["people"].tolist()
    behind: list[tuple[int, ...]] = legs["records"].tolist()
    for (start, end, period), of_period in sorted(found.items()):
        sure = sum(surely[row] for row in of_period)
        people = {one for row in of_period for one in travelled[row]}
        rows.append(
            {
                "from_point": start,
                "to_point": end or None,
                "period": name_period(period, length),
                "legs": int(sure),
                "possible": len(of_period) - int(sure),
                "people": len(people),
                "because": f"{counted(int(sure), 'leg')} surely of this {length},"
                f" {len(of_period) - int(sure)} by dates that allow it",
                "records": together(behind[row] for row in of_period),
            }
        )
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))


def _changes(
    legs: pd.DataFrame,
    early: Integers,
    late: Integers,
    about: Truths,
    dated: Truths,
    length: PeriodLength,
) -> pd.DataFrame:
    keys = list(zip(legs["from_point"], legs["to_point"], strict=True))
    rows_of: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(keys):
        rows_of.setdefault(key, []).append(row)
    questions = 2 * sum(int(dated[rows].sum()) >= LEAST_LEGS for rows in rows_of.values())
    all_early, all_late, anywhere = early[dated], late[dated], about[dated]
    found = []
    behind: list[tuple[int, ...]] = legs["records"].tolist()
    for (start, end), rows in sorted(rows_of.items()):
        own = np.array([row for row in rows if dated[row]], dtype=np.int64)
        told: dict[str, Any] = {
            "from_point": start, "to_point": end or None, "legs": len(own),
            "undated": len(rows) - len(own), "records": together(behind[row] for row in rows),
        }  # fmt: skip
        if len(own):
            first, last = int(early[own].min()), int(late[own].max())
            told |= {"first": name_period(first, length), "last": name_period(last, length)}
            free = anywhere | about[own].any()
            since = int(((all_late >= first) | free).sum())
            until = int(((all_early <= last) | free).sum())
            told |= _judged(len(own), len(all_early), since, until, questions)
        else:
            told |= {"first": None, "last": None} | _judged(0, 0, 0, 0, questions)
        found.append(told)
    table = pd.DataFrame(found, columns=list(CHANGE_COLUMNS))
    table = table.astype({"p_opened": "float64", "p_dried_up": "float64"})
    order = {name: place for place, name in enumerate(_STATES)}
    return table.sort_values(
        ["state", "legs"], ascending=[True, False], kind="stable", ignore_index=True,
        key=lambda column: column.map(order) if column.name == "state" else column,
    )  # fmt: skip


_STATES = ("dried up", "opened and dried up", "opened", "no change told", "too few legs")


def _judged(own: int, total: int, since: int, until: int, questions: int) -> dict[str, Any]:
    """The state of a gate with `own` of `total` legs, and why.

    `since` and `until` count all legs that may lie from its first period on, and up to its
    last.
    """
    if own < LEAST_LEGS:
        because = f"{counted(own, 'dated leg')}: fewer than {LEAST_LEGS} say nothing"
        return {"state": "too few legs", "because": because}
    opened = min(1.0, _all_within(own, since, total) * questions)
    dried = min(1.0, _all_within(own, until, total) * questions)
    states = {(False, False): "no change told", (True, False): "opened",
              (False, True): "dried up", (True, True): "opened and dried up"}  # fmt: skip
    because = (
        f"{counted(own, 'leg')} here; {total - since} of {total} surely before its first,"
        f" {total - until} surely after its last; by chance alone as much before has"
        f" probability {opened:.2g}, as much after {dried:.2g}"
    )
    return {"state": states[opened <= LEVEL, dried <= LEVEL], "p_opened": opened,
            "p_dried_up": dried, "because": because}  # fmt: skip


def _all_within(own: int, within: int, total: int) -> float:
    """Probability that a random choice of `own` of `total` legs lies within `within` of them."""
    chosen = np.arange(own)
    return float(np.prod((within - chosen) / (total - chosen)))


def _because(changes: pd.DataFrame, of: str, undated: int) -> str:
    if changes.empty:
        return f"nothing here: no recorded leg names {of}"
    states = changes["state"].value_counts()
    opened = int(states.get("opened", 0) + states.get("opened and dried up", 0))
    dried = int(states.get("dried up", 0) + states.get("opened and dried up", 0))
    few = int(states.get("too few legs", 0))
    aside = f"; {counted(undated, 'undated leg')} left out" if undated else ""
    if opened + dried == 0:
        start = f"no change can be told of {counted(len(changes), of[:-1])}"
    else:
        start = f"of {counted(len(changes), of[:-1])} {opened} opened and {dried} dried up"
    return f"{start}; {few} with too few legs to say{aside}"
