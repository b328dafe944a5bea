"""How far the first places can be trusted, and what would change them."""

from collections.abc import Sequence

import pandas as pd

from ringmap.analysis import (
    WRONG_SOURCE,
    Doubt,
    Toppling,
    describe_doubt,
    draws_for,
    find_topplers,
    work_of,
)
from ringmap.disclosure import Cleared
from ringmap.errors import QuestionError
from ringmap.graph import RingGraph
from ringmap.model import Case
from ringmap.records import Source
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.graphs import build_chosen, refuse_untied
from ringmap.workflow.ranking import ranked
from ringmap.workflow.sources import open_source
from ringmap.workflow.tables import cite_all

#: Tied people times pairs up to which doubt is shown unasked: 100 draws take a second or so.
QUICK_WORK = 2e5
_QUICK_DRAWS = 100


def choose_doubt(graph: RingGraph, rate: float | None) -> Doubt | None:
    """What to try for a ranking: None for nothing.

    Parameters
    ----------
    rate
        Share of the ties that are missing, and a fifth of it of the people; 0 for no doubt.
        None: the usual rates, where trying them takes about a second.

    Raises
    ------
    GraphError
        If the rate is no share, or the network too large to try it.
    """
    if rate is None:
        return Doubt(draws=_QUICK_DRAWS) if work_of(graph) <= QUICK_WORK else None
    if rate == 0:
        return None
    if not 0 < rate < 1:
        raise QuestionError(f"{rate:g} is no share of the ties", hint="give 0.1 for one tie in ten")
    return Doubt(missing_ties=rate, missing_people=rate / 5, draws=draws_for(graph))


def explain_doubt(graph: RingGraph, doubt: Doubt | None) -> list[str]:
    """What was tried, in a sentence; or that nothing was, for a large network."""
    if doubt is None:
        return []
    return [describe_doubt(graph, doubt, doubt.draws or draws_for(graph))[0]]


def question_first(source: Source, choices: Choices, asking: Asking, *, tell: Tell) -> Cleared:
    """Single changes of the records that would put somebody else first, the likeliest first."""
    opened = open_source(source, choices)
    tell("building the graph")
    graphs = build_chosen(opened.case, choices)
    refuse_untied(graphs)
    tell("trying what single errors would change")
    people = graphs.people.parties
    among = set(people["party"][ranked(people, choices)].astype(str))
    found = find_topplers(graphs.people, among=among)
    notes = [found.because, *graphs.notes]
    first = _first_now(graphs.people, found)
    return clear_for(opened, choices, asking, findings={
        "first": first, "ways": found.ways, "notes": notes,
    })  # fmt: skip


def doubt_tables(cleared: Cleared) -> dict[str, pd.DataFrame]:
    """Who stands first, and the ways that would change it, with their evidence.

    ``wrong_source`` is what a way calls the source that would have to be wrong: its reference
    and its document, or else the file.
    """
    ways = cleared.findings["ways"]
    told = [
        _name_of_source(cleared.case, behind) if change == WRONG_SOURCE else None
        for change, behind in zip(ways["change"], ways["records"], strict=True)
    ]
    place = list(ways.columns).index("change") + 1
    ways = ways.copy()
    ways.insert(place, "wrong_source", pd.Series(told, index=ways.index, dtype=object))
    tables = {"first": cleared.findings["first"], "ways": ways}
    return cite_all(tables, cleared.case)


def _name_of_source(case: Case, behind: Sequence[int]) -> str:
    """What a case file calls the source of some records, all of one source."""
    record = case.records.iloc[behind[0]]
    if record["source"] < 0:
        return str(record["file"])
    source = case.sources.iloc[record["source"]]
    document = f" ({source['document']})" if isinstance(source["document"], str) else ""
    return f"{source['source_ref']}{document}"


def _first_now(graph: RingGraph, found: Toppling) -> pd.DataFrame:
    about = graph.parties[graph.parties["party"].isin(found.first)]
    columns = [name for name in ("party", "name", "roles", "country") if name in about.columns]
    return about[columns].reset_index(drop=True)
