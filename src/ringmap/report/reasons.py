"""Why somebody ranks as they do, in the language of the report."""

from collections.abc import Mapping
from typing import Any

from ringmap.report.parts import Desk


def tell_reason(desk: Desk, row: Mapping[str, Any]) -> str:
    """The finding's own sentence; in another language one made from the same numbers."""
    if desk.words.language == "en" and isinstance(row.get("because"), str):
        return str(row["because"])
    if isinstance(told := row.get(f"because_{desk.words.language}"), str):
        return told
    return "; ".join(_parts(desk, row))


def _parts(desk: Desk, row: Mapping[str, Any]) -> list[str]:
    degree, betweenness = row.get("degree"), row.get("betweenness")
    if degree == 0:
        return [desk.say("because_none")]
    parts = []
    if betweenness == 0:
        parts.append(desk.say("because_zero"))
    elif betweenness is not None:
        share = desk.words.percent(row.get("betweenness_normalized"))
        number = desk.words.number(float(betweenness), digits=1)
        parts.append(desk.say("because_share", share=share, betweenness=number))
    if degree is not None:
        parts.append(desk.say("because_ties", ties=desk.words.number(int(degree))))
    if len(countries := _countries(desk, str(row["party"]))) > 1:
        names = [desk.words.country(code) for code in countries]
        parts.append(desk.say("because_countries", countries=" – ".join(names)))
    if row.get("is_cut_vertex"):
        parts.append(desk.say("because_cut"))
    return parts


def _countries(desk: Desk, party: str) -> list[str]:
    """Countries of a person and of those tied to this person."""
    graph = desk.contents.cleared.graphs.get("people")
    if graph is None or "country" not in graph.parties.columns:
        return []
    ties = graph.ties
    own = (ties["source"] == party) | (ties["target"] == party)
    ends = {party, *ties["source"][own].astype(str), *ties["target"][own].astype(str)}
    known = graph.parties["country"][graph.parties["party"].isin(ends)].dropna()
    return sorted(set(known.astype(str)))
