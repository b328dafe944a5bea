"""Movements from place to place, a row per event."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.model import Case

LEG_COLUMNS = (
    "event", "kind", "case", "date", "end_date", "from_place", "to_place", "crossing",
    "from_country", "to_country", "crosses", "people", "moved_by", "transport", "legal_exit",
    "stage", "route", "leg", "records",
)  # fmt: skip


def list_legs(case: Case) -> pd.DataFrame:
    """Every event that leads from a place to another, with who moved whom and its records.

    One row per event and case; ``people``, ``moved_by`` and ``records`` are tuples (party
    ids; positions in the table of records). ``crosses`` is True when both countries are
    known and differ, False when they are known and the same, None when either is not known.
    Where records of one event disagree, the first by file and row is shown and
    ``records`` names all.
    """
    events = case.events
    moved = (events["from_place"].to_numpy() >= 0) & (events["to_place"].to_numpy() >= 0)
    rows = [_leg(case, group) for _, group in events[moved].groupby(["event", "case"], sort=True)]
    return pd.DataFrame(rows, columns=list(LEG_COLUMNS))


def _leg(case: Case, group: pd.DataFrame) -> dict[str, object]:
    first = group.iloc[0]
    leg: dict[str, object] = {
        column: _known(group[column])
        for column in ("event", "kind", "date", "end_date", "transport", "legal_exit", "stage",
                       "route", "leg")
    }  # fmt: skip
    for column in ("case", "from_place", "to_place", "crossing"):
        leg[column] = _name(case, int(first[column]))
    start = _country(case, int(first["from_place"]))
    end = _country(case, int(first["to_place"]))
    leg |= {"from_country": start, "to_country": end}
    leg["crosses"] = None if start is None or end is None else start != end
    for column in ("person", "moved_by"):
        name = "people" if column == "person" else column
        leg[name] = _names(case, group[column].to_numpy())
    leg["records"] = tuple(sorted(set(group["record"].tolist())))
    return leg


def _known(values: pd.Series) -> str | None:
    told = values.dropna()
    return str(told.iloc[0]) if len(told) else None


def _name(case: Case, position: int) -> str | None:
    return None if position < 0 else str(case.parties["party"].iat[position])


def _names(case: Case, positions: npt.NDArray[np.int32]) -> tuple[str, ...]:
    known = sorted(set(positions[positions >= 0].tolist()))
    return tuple(str(case.parties["party"].iat[position]) for position in known)


def _country(case: Case, position: int) -> str | None:
    value = case.parties["country"].iat[position]
    # "unknown" is a record's own word for a country that nobody knows.
    return value if isinstance(value, str) and value != "unknown" else None
