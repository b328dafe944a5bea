"""Routes of a source: journeys, corridors, choke points, and what is asked of them beside."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis import (
    PARTED_BY,
    Journeys,
    find_choke_points,
    find_corridors,
    find_courses,
    find_journeys,
    find_route_changes,
    find_route_separators,
    find_separators,
    find_who_may_know,
)
from ringmap.disclosure import Cleared, clear
from ringmap.graph import RingGraph, build_graph
from ringmap.model import Case, begins_after, names_of_parties
from ringmap.records import Source
from ringmap.workflow.asking import name_party
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.graphs import build_graphs
from ringmap.workflow.sources import open_source
from ringmap.workflow.tables import name_parties

_NAMED = {"party": "name", "point": "name", "place": "name", "member": "name",
          "from_point": "from_name", "to_point": "to_name", "from_place": "from_name",
          "to_place": "to_name", "crossing": "gate_name"}  # fmt: skip
#: Columns of several ids, the column that names them, and what stands between the names.
_LISTED = {"course": ("course_names", " → "), "places": ("place_names", " → "),
           "gates": ("gate_names", "; ")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RouteQuestions:
    """What to look for on the routes.

    Attributes
    ----------
    by
        Level of routes, corridors and choke points: place, province or country.
    period
        Year or quarter, for gates and corridors over time.
    victim
        Id, name or pseudonym of a victim of whom to ask who may know more.
    separate
        By what to part victims from exploiters, or the beginnings of journeys from their
        ends: a word of `PARTED_BY` or `ROUTES_PARTED_BY`.
    """

    by: str = "place"
    period: str = "year"
    victim: str | None = None
    separate: str | None = None


def list_routes(
    source: Source, questions: RouteQuestions, choices: Choices, asking: Asking, *, tell: Tell
) -> Cleared:
    """Tables by name, in the order in which to read them, and ``notes``.

    What is measured is the case file as it may be shown: neither the order of rows nor a
    sentence can tell a victim's name, because no function here ever saw one.
    """
    opened = open_source(source, choices)
    asked = None if questions.victim is None else name_party(opened, questions.victim)
    shown = clear_for(opened, choices, asking, findings={"victim": asked})
    tell("joining legs into journeys")
    whole = _until(build_graph(shown.case, directed=choices.directed, as_of=choices.as_of),
                   choices.as_of)  # fmt: skip
    journeys = find_journeys(whole)
    tables, notes = _route_tables(whole, journeys, questions, choices)
    if questions.separate is not None:
        tell("looking for the smallest sets that part them")
        found = _parted(shown.case, whole, journeys, questions.separate, choices)
        tables["separators"] = found.members
        notes.append(found.because)
    if shown.findings["victim"] is not None:
        tell("looking for who may know more")
        people = build_graphs(shown.case, choices).people
        known = find_who_may_know(whole, shown.findings["victim"], network=people,
                                  journeys=journeys, rank_victims=choices.rank_victims)  # fmt: skip
        tables |= {"who_may_know": known.people, "witnesses": known.witnesses,
                   "where_to_ask": known.places}  # fmt: skip
        notes.append(known.because)
    named = {name: _with_names(table, shown.case) for name, table in tables.items()}
    findings = {"tables": named, "notes": notes}
    return clear(shown.case, key=opened.key, findings=findings, policy=shown.policy)


def _until(graph: RingGraph, as_of: str | None) -> RingGraph:
    """The graph without legs and stays that began later for sure."""
    if as_of is None:
        return graph
    kept = {}
    for name in ("legs", "stays"):
        table = getattr(graph, name)
        late = [isinstance(one, str) and begins_after(one, as_of) for one in table["date"]]
        kept[name] = table[~np.array(late, dtype=bool)].reset_index(drop=True)
    return replace(graph, **kept)


def _route_tables(
    graph: RingGraph, journeys: Journeys, questions: RouteQuestions, choices: Choices
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    by = questions.by
    corridors = find_corridors(graph, by=by, journeys=journeys)
    points = find_choke_points(graph, by=by, journeys=journeys, rank_victims=choices.rank_victims)
    gates, ways = (
        find_route_changes(graph, of=of, by=by, period=questions.period, journeys=journeys)
        for of in ("gates", "corridors")
    )
    tables = {
        "routes": find_courses(graph, by=by, journeys=journeys),
        "journeys": journeys.journeys,
        "legs": journeys.legs,
        "corridors": corridors,
        "choke_points": points.points,
        "links": points.links,
        "gates_over_time": gates.counts,
        "corridors_over_time": ways.counts,
        "changes": _joined(gates.changes, ways.changes),
    }
    return tables, [journeys.because, corridors.attrs["because"], points.because, gates.because,
                    ways.because]  # fmt: skip


def _joined(gates: pd.DataFrame, corridors: pd.DataFrame) -> pd.DataFrame:
    """Changes of gates, then of corridors."""
    parts = [one.assign(of=of) for of, one in (("gate", gates), ("corridor", corridors))]
    whole = pd.concat([one for one in parts if len(one)] or parts[:1], ignore_index=True)
    return whole[["of", *(column for column in whole.columns if column != "of")]]


def _parted(case: Case, whole: RingGraph, journeys: Journeys, separate: str,
            choices: Choices) -> Any:  # fmt: skip
    if separate in PARTED_BY:
        people = build_graphs(case, choices).people
        return find_separators(people, by=separate, rank_victims=choices.rank_victims)
    return find_route_separators(whole, by=separate, journeys=journeys)


def _with_names(table: pd.DataFrame, case: Case) -> pd.DataFrame:
    """The table with the names of its parties beside their ids; a code stays what it is."""
    names = names_of_parties(case).to_dict()
    named = name_parties(table, case, _NAMED)
    for column, (name, between) in _LISTED.items():
        if column in named.columns:
            told = [between.join(names.get(str(one)) or str(one) for one in listed)
                    for listed in named[column]]  # fmt: skip
            named.insert(list(named.columns).index(column) + 1, name, pd.Series(told, dtype="str"))
    named.attrs = {}
    return named
