"""Movements from place to place, and stays at one place, a row per event."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.graph.once import once_a_case
from ringmap.model import Case

LEG_COLUMNS = (
    "event", "kind", "case", "date", "end_date", "from_place", "to_place", "crossing",
    "from_country", "to_country", "crosses", "people", "moved_by", "transport", "legal_exit",
    "stage", "route", "leg", "records",
)  # fmt: skip


@once_a_case
def list_legs(case: Case) -> pd.DataFrame:
    """Every event that leads from a place to another, with who moved whom and its records.

    A movement (stage transport, crossing or return) is a leg too when one of its ends is not
    recorded; that end is None.

    One row per event and case; ``people``, ``moved_by`` and ``records`` are tuples (party
    ids; positions in the table of records). ``crosses`` is True when both countries are
    known and differ, False when they are known and the same, None when either is not known.
    Where records of one event disagree, the first by file and row is shown and
    ``records`` names all.
    """
    return _rows(case, case.events[_moves(case.events)])


@once_a_case
def list_stays(case: Case) -> pd.DataFrame:
    """Every event of a journey that puts a person at a single place, and is no leg.

    Forms such as HTCDS give each event one place: where somebody was recruited, held or
    exploited. A row per event and case, with the columns of `list_legs`; one of
    ``from_place`` and ``to_place`` is None. Events without a person, and those that are no
    part of a journey (a report, an arrest, a payment), are left out: the place of an arrest
    is where an offender was, and that of a ransom demand where a family is.
    """
    events = case.events
    begins, ends = (events[column].to_numpy() >= 0 for column in ("from_place", "to_place"))
    stays = (begins | ends) & ~_moves(events) & (events["person"].to_numpy() >= 0)
    return _rows(case, events[stays & events["stage"].isin(_STAYING).to_numpy()])


def _moves(events: pd.DataFrame) -> npt.NDArray[np.bool_]:
    begins, ends = (events[column].to_numpy() >= 0 for column in ("from_place", "to_place"))
    moves = (begins & ends) | ((begins | ends) & events["stage"].isin(_MOVEMENT).to_numpy())
    return np.asarray(moves, dtype=bool)


def _rows(case: Case, events: pd.DataFrame) -> pd.DataFrame:
    """A row per event and case, its people, movers and records gathered."""
    moves = events.sort_values(["event", "case"], kind="stable", ignore_index=True)
    group = moves.groupby(["event", "case"], sort=True).ngroup().to_numpy().astype(np.int64)
    first = np.flatnonzero(np.diff(group, prepend=-1))
    known = moves[list(_TEXTS)].groupby(group).first().astype(object)
    known = known.where(known.notna(), None)
    names: list[str | None] = [*case.parties["party"].tolist(), None]
    legs: dict[str, list[object]] = {column: known[column].tolist() for column in _TEXTS}
    for column in ("case", "from_place", "to_place", "crossing"):
        legs[column] = [names[place] for place in moves[column].to_numpy()[first].tolist()]
    legs |= _countries(case, moves.iloc[first])
    for column, name in (("person", "people"), ("moved_by", "moved_by")):
        told = distinct_by_group(group, moves[column].to_numpy(), len(first))
        legs[name] = [tuple(names[place] for place in one) for one in told]
    legs["records"] = list(distinct_by_group(group, moves["record"].to_numpy(), len(first)))
    return pd.DataFrame({column: legs[column] for column in LEG_COLUMNS})


_MOVEMENT = ("transport", "crossing", "return")
_STAYING = ("recruitment", "harbouring", "exploitation")
_TEXTS = ("event", "kind", "date", "end_date", "transport", "legal_exit", "stage", "route", "leg")


def _countries(case: Case, moves: pd.DataFrame) -> dict[str, list[object]]:
    """Countries of both ends, and whether they differ; None where one is not known."""
    # "unknown" is a record's own word for a country that nobody knows.
    known = [one if isinstance(one, str) and one != "unknown" else None
             for one in case.parties["country"]]  # fmt: skip
    known.append(None)  # where an end that is not recorded, −1, leads
    start, end = ([known[place] for place in moves[column].tolist()]
                  for column in ("from_place", "to_place"))  # fmt: skip
    crosses = [None if a is None or b is None else a != b for a, b in zip(start, end, strict=True)]
    return {"from_country": list(start), "to_country": list(end), "crosses": list(crosses)}


def distinct_by_group(group: npt.NDArray[np.int64], values: npt.NDArray[np.int32],
                      count: int) -> list[tuple[int, ...]]:  # fmt: skip
    """Sorted distinct positions of each group, those that are not recorded left out."""
    known = values >= 0
    span = int(values.max(initial=0)) + 1
    pairs = np.unique(group[known] * span + values[known])
    cuts = np.searchsorted(pairs // span, np.arange(count + 1)).tolist()
    listed = (pairs % span).tolist()
    return [tuple(listed[a:b]) for a, b in pairwise(cuts)]
