"""Small invented journeys, written as ``leg("AB", "X>Y", "2019-05")``, as a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ringmap.graph import LEG_COLUMNS, RingGraph, graph_from_ties

Leg = dict[str, Any]


def leg(people: str, way: str, date: str | None = None, **more: Any) -> Leg:
    """People (a letter each) who went ``X>Y``, ``>Y``, ``X>``, or stayed at ``X``.

    `more`: any column of a leg; ``by`` for who moved them (a letter each), ``gate``.
    """
    start, arrow, end = way.partition(">")
    return {
        "kind": "transported", "case": "C", "stage": "transport" if arrow else "harbouring",
        "date": date, "people": tuple(people), "from_place": start if arrow and start else None,
        "to_place": (end if arrow else start) or None, "moved_by": tuple(more.pop("by", "")),
        "crossing": more.pop("gate", None), "stay": not arrow, **more,
    }  # fmt: skip


def home(people: str, way: str, date: str | None = None, **more: Any) -> Leg:
    """The same for a return."""
    return leg(people, way, date, kind="returned", stage="return", **more)


def graph_of_legs(
    *legs: Leg,
    countries: Mapping[str, str] | None = None,
    provinces: Mapping[str, str] | None = None,
    sides: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
    ties: Sequence[tuple[Any, ...]] = (),
) -> RingGraph:
    """A graph of legs, its events E0, E1 … with a record each, and of ties with dates."""
    rows = [
        {**dict.fromkeys(LEG_COLUMNS), "event": f"E{number:03d}", "records": (number,), **one}
        for number, one in enumerate(legs)
    ]
    table = pd.DataFrame(rows, columns=[*LEG_COLUMNS, "stay"]).astype(object)
    people = {one for row in rows for one in (*row["people"], *row["moved_by"])}
    places = {row[end] for row in rows for end in ("from_place", "to_place", "crossing")} - {None}
    columns = ["source", "target", "first", "last", "weight"]
    tied = pd.DataFrame([(*one, *(None,) * (4 - len(one)), 1.0)[:5] for one in ties],
                        columns=columns)  # fmt: skip
    listed = sorted({*people, *places, *tied["source"], *tied["target"]})
    parties = pd.DataFrame({"party": pd.Series(listed, dtype="str")})
    parties["type"] = ["place" if one in places else "person" for one in listed]
    for name, told in (("country", countries), ("province", provinces), ("side", sides),
                       ("roles", roles)):  # fmt: skip
        parties[name] = pd.Series([(told or {}).get(one) for one in listed], dtype="str")
    graph = graph_from_ties(tied, parties)
    stay = table["stay"].to_numpy(dtype=bool)
    table = table[list(LEG_COLUMNS)]
    return replace(graph, legs=table[~stay].reset_index(drop=True),
                   stays=table[stay].reset_index(drop=True))  # fmt: skip
