"""One function per question that a user asks of a source."""

from collections.abc import Iterable

import pandas as pd

from ringmap.analysis import find_crossings, find_paths, find_paths_in_time
from ringmap.disclosure import Cleared
from ringmap.errors import GraphError
from ringmap.graph import build_graph
from ringmap.model import Case, match_key
from ringmap.records import Source
from ringmap.workflow.borders import MIXED_BY, compare_sides
from ringmap.workflow.choices import Asking, Choices, Tell, refuse_unknown
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.doubt import choose_doubt, explain_doubt
from ringmap.workflow.graphs import build_graphs, name_rings, refuse_untied
from ringmap.workflow.ranking import rank_people
from ringmap.workflow.sources import Opened, open_source


def rank_brokers(
    source: Source, choices: Choices, asking: Asking, *, tell: Tell, rate: float | None = 0
) -> Cleared:
    """People by how much they stand between others, with every measure and its reasons.

    With doubt for a `rate` of missing ties: see `choose_doubt`.
    """
    refuse_unknown(choices.group, _GROUPS, "people have no column")
    opened = open_source(source, choices)
    tell("building the graph")
    graphs = build_graphs(opened.case, choices)
    rings = None
    if choices.ring is not None or choices.group == "ring":
        graphs, rings = name_rings(graphs, choices)
    refuse_untied(graphs)
    tell("measuring who stands between whom")
    doubt = choose_doubt(graphs.people, rate)
    brokers = rank_people(graphs, choices, rings, doubt)
    notes = graphs.notes
    notes += explain_doubt(graphs.people, doubt)
    findings = {"brokers": brokers, "notes": [brokers.attrs["verdict"], *notes]}
    return clear_for(opened, choices, asking, findings=findings)


_GROUPS = ("country", "province", "roles", "side", "standing", "ring")


def list_crossings(source: Source, choices: Choices, asking: Asking, *, tell: Tell) -> Cleared:
    """Ties and legs over borders, corridors, gates, people on both sides; all beside chance."""
    refuse_unknown(choices.group, MIXED_BY, "people have no column")
    opened = open_source(source, choices)
    tell("following ties and legs over borders")
    graphs = build_graphs(opened.case, choices)
    findings = {"crossings": find_crossings(graphs.whole)}
    findings |= compare_sides(graphs, opened.case, choices, tell)
    return clear_for(opened, choices, asking, findings=findings)


def trace_path(
    source: Source,
    first: str,
    second: str,
    choices: Choices,
    asking: Asking,
    *,
    in_time: bool,
    through_cases: bool = False,
) -> Cleared:
    """How one party is tied to another, link by link, with the evidence of each.

    `in_time`: by ties that can follow each other, through case files only if asked.
    """
    opened = open_source(source, choices)
    whole = build_graph(opened.case, directed=choices.directed, as_of=choices.as_of)
    a, b = name_party(opened, first), name_party(opened, second)
    if in_time:
        found = find_paths_in_time(whole, a, b, through_cases=through_cases)
    else:
        found = find_paths(whole, a, b)
    return clear_for(opened, choices, asking, findings={"path": found})


def name_party(opened: Opened, asked: str) -> str:
    """The party that a user means by an id, a name, or a pseudonym.

    Raises
    ------
    GraphError
        If no party or several bear the name; the message lists candidates by id.
    """
    parties = opened.case.parties
    for column in ("party", "id"):
        exact = parties["party"][parties[column] == asked]
        if len(exact) == 1:
            return str(exact.iloc[0])
    shown = _as_shown(opened)
    by_name = parties["key"] == match_key(asked)
    found = parties["party"][(by_name | (shown["party"] == asked)).to_numpy()]
    if len(found) == 1:
        return str(found.iloc[0])
    if len(found):
        raise GraphError(
            f"'{asked}' may mean {_listed(shown['party'][found.index])}", hint="give the id"
        )
    raise GraphError(f"no party '{asked}'", hint=_nearest(opened.case, shown, asked))


def _as_shown(opened: Opened) -> pd.DataFrame:
    """The parties as they may be shown, in the order of the case file.

    A cleared case file is sorted anew: row by row its pseudonyms are other people's.
    """
    parties = opened.case.parties["party"]
    cleared = clear_for(opened, Choices(), Asking("", "", "", ""), findings={"called": parties})
    called = cleared.findings["called"].to_numpy(dtype=object)
    aligned: pd.DataFrame = cleared.case.parties.set_index("party").loc[called].reset_index()
    return aligned


def _listed(parties: Iterable[str]) -> str:
    return ", ".join(map(str, parties))


def _nearest(case: Case, shown: pd.DataFrame, asked: str) -> str:
    import difflib

    # A name that looks like a victim's may not lead to the victim's pseudonym.
    open_names = (shown["name"] == case.parties["name"]).to_numpy()
    keys = dict(zip(case.parties["key"][open_names], shown["party"][open_names], strict=True))
    keys |= {match_key(party): party for party in shown["party"]}
    near = difflib.get_close_matches(match_key(asked), list(keys), n=3, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(str(keys[key]) for key in near)}?"
    return "give an id, a name, or a pseudonym as ringmap shows it"
