"""Who was at which place and when, by the events of a case file."""

import pandas as pd

from ringmap.model import Case

VISIT_COLUMNS = ("party", "place", "event", "case", "date", "end_date", "record")


def list_visits(case: Case) -> pd.DataFrame:
    """A row per person, place and record of an event that led the person there.

    Those moved and those who moved them alike; from, to and over a crossing alike. Events
    that name one place only are here as well, which `list_legs` leaves out. ``record`` is a
    position in the table of records; dates are as precise as recorded, and may be missing.
    Sorted by party, place, event and record.
    """
    names = [*case.parties["party"].tolist(), None]
    events = case.events
    parts = [
        pd.DataFrame(
            {
                "party": events[who], "place": events[where], "event": events["event"],
                "case": events["case"], "date": events["date"], "end_date": events["end_date"],
                "record": events["record"],
            }
        )
        for who in ("person", "moved_by")
        for where in ("from_place", "to_place", "crossing")
    ]  # fmt: skip
    visits = pd.concat(parts, ignore_index=True)
    visits = visits[(visits["party"] >= 0) & (visits["place"] >= 0)]
    for column in ("party", "place", "case"):
        told = [names[place] for place in visits[column].tolist()]
        visits = visits.assign(**{column: pd.Series(told, index=visits.index, dtype="str")})
    visits = visits.drop_duplicates().sort_values(
        ["party", "place", "event", "record"], kind="stable", ignore_index=True
    )
    return visits[list(VISIT_COLUMNS)]
