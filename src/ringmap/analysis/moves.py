"""Movements between places, provinces or countries, a row per journey and step that moved."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import pandas as pd

from ringmap.analysis.groups import group_codes
from ringmap.analysis.journeys import Journeys
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph
from ringmap.model import earliest, latest

Level = Literal["place", "province", "country"]
LEVELS: tuple[str, ...] = get_args(Level)


def moves_of(graph: RingGraph, journeys: Journeys, by: str) -> pd.DataFrame:
    """Steps that lead from a known place to another, their ends named at a level.

    Columns of ``journeys.legs`` and ``from_point``, ``to_point`` (place ids; ``province,
    country``; country codes; None where not known), ``from_country``, ``to_country`` and
    ``returning`` (the step is part of a return). A trip told twice is there once.

    Raises
    ------
    GraphError
        If there is no such level.
    """
    if by not in LEVELS:
        raise QuestionError(f"no level '{by}'", hint=f"choose among {', '.join(LEVELS)}")
    legs = journeys.legs
    known = legs["from_place"].notna() & legs["to_place"].notna()
    moving = known & (legs["from_place"] != legs["to_place"])
    moves = legs[moving].reset_index(drop=True)
    moves["again"] = (moves["join"] == "same").to_numpy(dtype=bool)
    country, province = _of_places(graph, "country"), _of_places(graph, "province")
    for end in ("from", "to"):
        place = moves[f"{end}_place"]
        moves[f"{end}_country"] = [country.get(one) for one in place]
        moves[f"{end}_point"] = [
            one if by == "place" else country.get(one) if by == "country"
            else _named(province.get(one), country.get(one))
            for one in place
        ]  # fmt: skip
    moves["returning"] = (moves["stage"] == "return").to_numpy(dtype=bool)
    for column in ("from_point", "to_point", "from_country", "to_country"):
        moves[column] = moves[column].astype(object).where(moves[column].notna(), None)
    return moves


#: Moves as lists by column: a table for each corridor would take a minute where this takes a
#: second.
Steps = Mapping[str, list[Any]]


def steps_of(moves: pd.DataFrame) -> Steps:
    """The columns of some moves as lists."""
    return {str(name): moves[name].tolist() for name in moves.columns}


def count_steps(steps: Steps, rows: Iterable[int]) -> dict[str, Any]:
    """What some rows of the moves add up to.

    ``journeys``, ``people`` (named), ``legs`` (recorded events, each once; one of two cases
    is two), ``inferred`` (events without a recorded movement), ``first`` and ``last`` date,
    ``records``.
    """
    rows = list(rows)
    once = [row for row in rows if not steps["again"][row]]
    events = {(steps["event"][row], steps["case"][row]) for row in once}
    moved = {(steps["event"][row], steps["case"][row])
             for row in once if not steps["inferred"][row]}  # fmt: skip
    dates = [steps["date"][row] for row in rows]
    return {
        "journeys": len({steps["journey"][row] for row in rows}),
        "people": len({steps["person"][row] for row in rows} - {None}),
        "legs": len(moved),
        "inferred": len(events - moved),
        "first": earliest(dates),
        "last": latest([*dates, *(steps["end_date"][row] for row in rows)]),
        "records": tuple(sorted({int(one) for row in rows for one in steps["records"][row]})),
    }


def _of_places(graph: RingGraph, column: str) -> dict[str, str]:
    """What is known of each party in a column."""
    if column not in graph.parties.columns:
        return {}
    codes, names = group_codes(graph.parties[column])
    parties = graph.parties["party"].tolist()
    return {str(one): names[code] for one, code in zip(parties, codes, strict=True) if code >= 0}


def _named(province: str | None, country: str | None) -> str | None:
    """A province with its country, for two countries may use one name."""
    if province is None:
        return None
    return province if country is None else f"{province}, {country}"
