"""How the people of a case changed through time."""

from ringmap.analysis import MEASURES, find_evolution
from ringmap.disclosure import Cleared
from ringmap.errors import GraphError
from ringmap.graph import PERIODS, RingGraph, Window, build_graph, list_windows, select_parties
from ringmap.model import begins_after, last_day
from ringmap.records import Source
from ringmap.workflow.choices import Asking, Choices, Tell, refuse_unknown
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.graphs import build_chosen, projection_of
from ringmap.workflow.ranking import ranked
from ringmap.workflow.sources import open_source


def follow_time(
    source: Source,
    choices: Choices,
    asking: Asking,
    *,
    tell: Tell,
    by: str = "year",
    measure: str = "betweenness",
    undated: bool = True,
    cumulative: bool = False,
) -> Cleared:
    """Per window of time: the network in numbers, everybody's place, and who moved.

    People are tied in each window by what ties them in the whole; victims have no rank unless
    they were asked for. A ring is looked at with the members that it has over all time.
    """
    refuse_unknown(measure, MEASURES, "no measure")
    opened = open_source(source, choices)
    tell("building the graph")
    graphs = build_chosen(opened.case, choices)
    people = graphs.people
    members = people.parties["party"]

    def cut(window: Window) -> RingGraph:
        until = _earlier(window.until, choices.as_of)
        graph = build_graph(
            opened.case, projection=projection_of(graphs), directed=choices.directed,
            since=window.since, as_of=until, undated=undated,
        )  # fmt: skip
        return select_parties(graph, members)

    tell("measuring each window")
    among = set(members[ranked(people.parties, choices)].astype(str))
    dated = people if people.ties[["first", "last"]].notna().any(axis=None) else graphs.whole
    refuse_undated(dated)
    asked = by if by in PERIODS else by.split(",")
    windows = [
        window.name
        for window in list_windows(dated, asked)
        if choices.as_of is None or not begins_after(window.since or "", choices.as_of)
    ]
    found = find_evolution(
        dated, measure, by=windows, undated=undated, cumulative=cumulative, among=among, cut=cut
    )
    notes = [found.because, *graphs.notes]
    return clear_for(opened, choices, asking, findings={"evolution": found, "notes": notes})


def refuse_undated(graph: RingGraph) -> None:
    """Make sure that at least one tie has a date.

    Raises
    ------
    GraphError
        If none has: every window would be the same.
    """
    if graph.ties[["first", "last"]].isna().all(axis=None):
        raise GraphError(
            "no tie has a date, so nothing can be said of time",
            hint="fill in first and last of ties",
        )


def _earlier(until: str, as_of: str | None) -> str:
    """The date that ends first, with all the days of a month or a year."""
    end, limit = last_day(until), last_day(as_of) if as_of else None
    if as_of is None or end is None or limit is None:
        return until
    return as_of if limit < end else until
