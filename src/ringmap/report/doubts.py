"""What a reader must doubt: records that contradict each other, ties on weak evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is the text of a date here

import pandas as pd

from ringmap.disclosure import WITHHELD_COLUMN, Cleared
from ringmap.errors import DisclosureError
from ringmap.graph import RingGraph
from ringmap.model import IMPLIED, Case, first_day, is_about, last_day, precision
from ringmap.report.records import Archive, Piece

#: Columns of which a party may have several values without contradicting anything, and those
#: that only explain another column.
_SEVERAL = frozenset({
    "role", "standing", "case_id", "victim_status", "aliases", "aliases_as_written", "note",
    "holder", "purpose", "means", "country_from", "position_from", "page", WITHHELD_COLUMN,
})  # fmt: skip
_EVENT_FACTS = ("date", "end_date", "from_place", "to_place", "crossing", "stage", "transport",
                "legal_exit", "amount")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two or more values of one thing, each with the records that give it.

    `of` is ``party``, ``event`` or ``tie``; `about` names it (a tie: source, target, kind).
    """

    of: str
    about: tuple[str, ...]
    column: str
    values: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class WeakTie:
    """A tie between people that little stands behind.

    `reason` is ``low``, ``ungraded``, ``part`` (a grade of which half is missing) or ``single``.
    """

    source: str
    target: str
    kind: str
    case: str | None
    directed: bool
    reason: str
    grades: tuple[str, ...]
    records: tuple[int, ...]


def require_cleared(cleared: Cleared) -> None:
    """Refuse anything that was not cleared.

    Raises
    ------
    DisclosureError
        If it is anything but a `Cleared`.
    """
    if not isinstance(cleared, Cleared):
        raise DisclosureError(
            "nothing may be reported that was not cleared", hint="use ringmap.disclosure.clear"
        )


def find_contradictions(case: Case) -> list[Contradiction]:
    """Parties, events and ties of which records give different values, in that order.

    Values that say the same with different precision (2014 and 2014-11) are no
    contradiction. Several roles, aliases or cases of a person are none either.
    """
    return [*_of_parties(case), *_of_events(case), *_of_ties(case)]


def _of_parties(case: Case) -> Iterable[Contradiction]:
    told = case.statements
    told = told[~told["column"].isin(_SEVERAL) & ~told["column"].str.endswith("_as_written")]
    names = case.parties["party"].tolist()
    for (party, column), group in _differing(told, ["party", "column"], "value"):
        values = _versions(group["value"], group["record"])
        if len(values) > 1:
            yield Contradiction("party", (str(names[party]),), str(column), values)


def _of_events(case: Case) -> Iterable[Contradiction]:
    names = [*case.parties["party"].astype(str), None]
    for column in _EVENT_FACTS:
        told = case.events[["event", "kind", "case", column, "record"]]
        if column in ("from_place", "to_place", "crossing"):
            places = [names[place] for place in told[column]]
            told = told.assign(**{column: pd.Series(places, index=told.index, dtype="str")})
        for (event, _), group in _differing(told, ["event", "case"], column):
            values = _versions(group[column], group["record"])
            if len(values) > 1:
                kind = group["kind"].dropna()
                about = (str(event), str(kind.iloc[0]) if len(kind) else "")
                yield Contradiction("event", about, column, values)


def _of_ties(case: Case) -> Iterable[Contradiction]:
    names = case.parties["party"].tolist()
    # What an event implies of a tie is told with the event.
    stated = case.tie_records[case.tie_records["as_written"] != IMPLIED]
    for column in ("weight", "first", "last", "amount"):
        told = stated[["tie", column, "record"]]
        for (tie,), group in _differing(told, ["tie"], column):
            values = _versions(group[column], group["record"])
            if len(values) > 1:
                row = case.ties.iloc[tie]
                about = (str(names[row["source"]]), str(names[row["target"]]), str(row["kind"]))
                yield Contradiction("tie", about, column, values)


def _differing(
    table: pd.DataFrame, keys: list[str], column: str
) -> Iterable[tuple[tuple[int, ...], pd.DataFrame]]:
    """Groups in which a column has two values or more."""
    told = table[table[column].notna()]
    several = told.groupby(keys, sort=False)[column].transform("nunique") > 1
    yield from told[several].groupby(keys, sort=True)  # type: ignore[misc]


def _versions(values: pd.Series, records: pd.Series) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Values with their records; a value that only says another less precisely joins it."""
    found: dict[str, set[int]] = {}
    for value, record in zip(values, records, strict=True):
        text = f"{value:g}" if isinstance(value, float) else str(value)
        found.setdefault(text, set()).add(int(record))
    for text in sorted(found, key=len):
        finer = [other for other in found if _says_more(other, text)]
        if finer:
            less = found.pop(text)
            for other in finer:
                found[other] |= less
    ordered = sorted(found.items(), key=lambda item: (min(item[1]), item[0]))
    return tuple((text, tuple(sorted(records))) for text, records in ordered)


def _says_more(date: str, less: str) -> bool:
    """True when a date lies within another and names fewer days, or is no estimate."""
    if precision(date) is None or precision(less) is None:
        return False
    days, others = _days(date), _days(less)
    within = others[0] <= days[0] and days[1] <= others[1]
    return within and (days != others or (is_about(less) and not is_about(date)))


def _days(date: str) -> tuple[Day, Day]:
    """The first and last day of a date; of an open end, of all time."""
    return first_day(date) or Day.min, last_day(date) or Day.max


def find_weak_ties(graph: RingGraph, archive: Archive, ranks: Mapping[str, int]) -> list[WeakTie]:
    """Ties without a record of C3 or better, or with a single one.

    Those of the people ranked first come first, worst reason first among these. A graph
    without evidence has none: nothing is known of its records.
    """
    if graph.evidence is None:
        return []
    last = len(ranks) + len(graph.parties) + 1
    parties = graph.parties["party"].astype(str).tolist()
    columns = (graph.source.tolist(), graph.target.tolist(), graph.ties["kind"].tolist(),
               _known(graph.ties["case"]), graph.ties["directed"].tolist())  # fmt: skip
    found: list[tuple[tuple[int, int, int], WeakTie]] = []
    for tie, (source, target, kind, case, directed) in enumerate(zip(*columns, strict=True)):
        pieces = archive.sorted(graph.evidence.of(tie))
        reason = _weakness(pieces)
        if reason is None:
            continue
        weak = WeakTie(
            parties[source], parties[target], str(kind), case, bool(directed), reason,
            tuple(dict.fromkeys(piece.grade for piece in pieces if piece.grade)),
            tuple(piece.record for piece in pieces),
        )  # fmt: skip
        place = min(ranks.get(weak.source, last), ranks.get(weak.target, last))
        found.append(((place, _ORDER.index(reason), tie), weak))
    return [weak for _, weak in sorted(found, key=lambda one: one[0])]


_ORDER = ("ungraded", "low", "part", "single")


def _weakness(pieces: Sequence[Piece]) -> str | None:
    if not any(piece.grade for piece in pieces):
        return "ungraded"
    if any(piece.firm for piece in pieces):
        return "single" if len(pieces) == 1 else None
    return "part" if all("?" in piece.grade for piece in pieces if piece.grade) else "low"


def _known(values: pd.Series) -> list[str | None]:
    listed: list[str | None] = values.astype(object).where(values.notna(), None).tolist()
    return listed
