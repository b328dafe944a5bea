"""Stages of a journey and roles: who does what, who joins stages, and what each record lacks."""

from typing import Any

import pandas as pd

from ringmap.analysis import (
    find_core,
    find_elements,
    find_overlap,
    find_stage_brokers,
    find_stage_ties,
    find_stages,
)
from ringmap.disclosure import Cleared
from ringmap.graph import RingGraph, select_parties
from ringmap.records import Source
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.graphs import build_chosen
from ringmap.workflow.sources import open_source
from ringmap.workflow.tables import cite_all


def show_stages(source: Source, choices: Choices, asking: Asking, *, tell: Tell) -> Cleared:
    """Stages, ties and brokers between them, the core, people on both sides, and elements."""
    opened = open_source(source, choices)
    tell("building the graph")
    graphs = build_chosen(opened.case, choices)
    tell("asking who does what in which stage")
    people = graphs.people
    stages = find_stages(_acting(graphs.whole))
    between = find_stage_ties(people)
    brokers = find_stage_brokers(people, rank_victims=choices.rank_victims)
    tell("looking for a core")
    core = find_core(people, include_victims=choices.rank_victims)
    overlap = find_overlap(people)
    asked = None if choices.ring is None else people.parties["party"].tolist()
    elements = find_elements(opened.case, people=asked, as_of=choices.as_of)
    verdicts = [table.attrs["verdict"] for table in (stages, between, brokers)]
    verdicts += [core.because, overlap.because, elements.attrs["verdict"]]
    findings: dict[str, Any] = {
        "stages": stages, "between_stages": between, "stage_brokers": brokers, "core": core,
        "overlap": overlap, "elements": elements,
        "notes": [*verdicts, *graphs.notes],
    }  # fmt: skip
    return clear_for(opened, choices, asking, findings=findings)


def _acting(whole: RingGraph) -> RingGraph:
    """People and organisations: places and telephones have no part in a stage."""
    acting = whole.parties["type"].isin(["person", "organisation"])
    return select_parties(whole, whole.parties["party"][acting])


def stage_tables(cleared: Cleared) -> dict[str, pd.DataFrame]:
    """Tables of `show_stages`, each in the order of what is shown and with its evidence.

    They are sorted anew by what parties are called: in the order of ids that are names a
    pseudonym would tell how the name begins.
    """
    found, core = cleared.findings, cleared.findings["core"]
    ordered = {
        "stages": found["stages"].sort_values("party", kind="stable"),
        "between_stages": found["between_stages"],
        "stage_brokers": found["stage_brokers"].sort_values(
            ["rank", "between", "party"], ascending=[True, False, True], na_position="last"
        ),
        "core": core.members.sort_values(
            ["place", "ties_to_core", "party"], ascending=[True, False, True]
        ),
        "overlap": found["overlap"].people.sort_values("party"),
        "overlap_ranks": found["overlap"].ranks.sort_values(["rank_with", "party"]),
        "elements": found["elements"].sort_values(["party", "case"], kind="stable"),
    }
    tables = {name: table.reset_index(drop=True) for name, table in ordered.items()}
    return cite_all(tables, cleared.case)
