"""What a user asks about rings: who is in them, what to call them, what became of them."""

from dataclasses import replace

import pandas as pd

from ringmap.analysis import find_rings, find_shared_members, follow_rings
from ringmap.disclosure import Cleared
from ringmap.records import Source
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.evolution import refuse_undated
from ringmap.workflow.graphs import build_graphs, call_rings, cut_to_ring
from ringmap.workflow.sources import open_source


def list_rings(source: Source, choices: Choices, asking: Asking, *, tell: Tell) -> Cleared:
    """The rings: ``rings`` has a row per member, ``ring_names`` per ring, ``shared_members``
    per person of several rings."""
    opened = open_source(source, choices)
    tell("looking for rings")
    graphs = build_graphs(opened.case, choices)
    found = find_rings(graphs.people)
    called = call_rings(opened.case, graphs, found)
    cut, rings = cut_to_ring(graphs, found, choices)
    about = cut.people.parties.set_index("party")
    for column in ("name", "roles", "side", "country"):
        rings[column] = rings["party"].astype(object).map(about[column]).to_numpy()
    names = called.set_index("ring")
    for column in ("name", "name_vi"):
        rings[f"ring_{column}"] = rings["ring"].map(names[column]).astype("str").to_numpy()
    shared = find_shared_members(graphs.people, found)
    findings = {
        "rings": rings,
        "ring_names": called[called["ring"].isin(rings["ring"])].reset_index(drop=True),
        "shared_members": shared[shared["party"].isin(rings["party"])].reset_index(drop=True),
        "notes": graphs.notes,
    }
    return clear_for(opened, choices, asking, findings=findings)


def trace_rings(
    source: Source, choices: Choices, asking: Asking, *, by: str, with_undated: bool, tell: Tell
) -> Cleared:
    """The rings of each year, quarter or month, and what each became, under ``followed``."""
    opened = open_source(source, choices)
    graphs = build_graphs(opened.case, choices)
    people = graphs.people
    if choices.ring is not None:
        tell("looking for rings")
        people = cut_to_ring(graphs, find_rings(people), choices)[0].people
    refuse_undated(people)
    tell("following rings through time")
    followed = follow_rings(people, by=by, with_undated=with_undated)
    # A thread is called by all that its rings did, so that its name stays the same.
    members = followed.members.sort_values("share", ascending=False, kind="stable")
    members = members.drop_duplicates(["thread", "party"]).sort_index()
    threads = pd.DataFrame({"party": members["party"], "ring": members["thread"],
                            "share": members["share"]})  # fmt: skip
    called = call_rings(opened.case, graphs, threads.reset_index(drop=True)).set_index("ring")
    rings = followed.rings
    for column in ("name", "name_vi"):
        rings[column] = rings["thread"].map(called[column]).astype("str").to_numpy()
    notes = [followed.because, *graphs.notes]
    findings = {"followed": replace(followed, rings=rings), "notes": notes}
    return clear_for(opened, choices, asking, findings=findings)
