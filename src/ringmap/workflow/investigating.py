"""All that a map or a report shows, from one case file."""

from dataclasses import replace

from ringmap.analysis import (
    count_by_year,
    find_crossings,
    find_rings,
    find_shared_members,
    gather_caveats,
)
from ringmap.disclosure import Cleared
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.graphs import build_graphs, call_rings, cut_to_ring
from ringmap.workflow.ranking import rank_people
from ringmap.workflow.sources import Opened


def investigate(
    opened: Opened, choices: Choices, asking: Asking, tell: Tell, *, title: str = ""
) -> Cleared:
    """All that a map or a report shows, cleared; its title too, which a file may have named."""
    tell("building the graph")
    graphs = build_graphs(opened.case, choices)
    tell("looking for rings")
    found = find_rings(graphs.people)
    called = call_rings(opened.case, graphs, found)
    graphs, rings = cut_to_ring(graphs, found, choices)
    tell("measuring who stands between whom")
    known = graphs.people.parties["country"].notna().any()
    grouped = choices if choices.group or not known else replace(choices, group="country")
    brokers = rank_people(graphs, grouped, rings)
    tell("following ties and legs over borders")
    crossings = find_crossings(graphs.whole)
    findings = {
        "brokers": brokers,
        "rings": rings,
        "ring_names": called[called["ring"].isin(rings["ring"])].reset_index(drop=True),
        "shared_members": find_shared_members(graphs.people, rings),
        "crossings": crossings,
        "counts": count_by_year(opened.case),
        "title": title,
        "caveats": [
            *([graphs.basis] if graphs.basis else []),
            *gather_caveats(graphs.people, rings=rings),
        ],
    }
    return clear_for(opened, choices, asking, graphs=graphs.named(), findings=findings)
