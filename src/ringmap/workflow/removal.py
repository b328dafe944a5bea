"""Key players, and what removal leaves of a ring: victims left out of both unless asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ringmap.analysis import (
    KEY_PLAYER_COLUMNS,
    REMOVAL_COLUMNS,
    REMOVED_BY,
    KeyPlayers,
    find_key_players,
    gather_caveats,
    most_key_players,
    simulate_removal,
)
from ringmap.disclosure import Cleared
from ringmap.errors import GraphError
from ringmap.graph import RingGraph
from ringmap.records import Source
from ringmap.workflow.asking import name_party
from ringmap.workflow.choices import Asking, Choices, Tell, refuse_unknown
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.graphs import Graphs, build_chosen, refuse_untied
from ringmap.workflow.sources import Opened, open_source
from ringmap.workflow.tables import cite

_ABOUT = ("name", "roles", "country")
#: How many people a set has unless asked otherwise.
_USUAL_SET = 3


@dataclass(frozen=True, slots=True)
class Removing:
    """What is to be taken out, and how.

    Attributes
    ----------
    by
        A measure of `find_brokers`, or ``random``.
    listed
        Ids, names or pseudonyms to take out instead, in order.
    role
        Take out only those who have this role.
    without
        Ids, names or pseudonyms of those who stay and replace nobody.
    steps
        How many to take out.
    recompute
        Rank anew after each step.
    seed
        Of what is drawn at random.
    """

    by: str = "betweenness"
    listed: Sequence[str] = ()
    role: str | None = None
    without: Sequence[str] = ()
    steps: int = 10
    recompute: bool = True
    seed: int = 0


def list_key_players(
    source: Source,
    k: int | None,
    choices: Choices,
    asking: Asking,
    *,
    criterion: str,
    without: Sequence[str],
    tell: Tell,
) -> Cleared:
    """The best sets of `k` people by a criterion, as the finding ``key_players``.

    When `k` is None sets of three, or of fewer where no more may be chosen.

    Victims are in the network and in no set, unless ``choices.rank_victims``.
    """
    opened, graphs = _people(source, choices, tell)
    barred = _barred(opened, graphs.people, choices, without)
    notes = _notes(graphs, choices)
    if k is None:
        k = max(1, min(_USUAL_SET, most_key_players(graphs.people, criterion, barred)))
        if k < _USUAL_SET:
            notes.insert(0, f"Sets of {k}, not of {_USUAL_SET}: no more may be chosen here.")
    tell("looking for the best sets")
    found = find_key_players(graphs.people, k, criterion=criterion, without=barred)
    return clear_for(
        opened, choices, asking, findings={"key_players": found, "notes": [found.because, *notes]}
    )


def show_removal(
    source: Source, removing: Removing, choices: Choices, asking: Asking, *, tell: Tell
) -> Cleared:
    """What is left step by step and how the ring would recover, as the finding ``removal``.

    Victims are in the network, and are neither taken out nor proposed as replacements, unless
    ``choices.rank_victims``.
    """
    if not removing.listed:
        refuse_unknown(removing.by, REMOVED_BY, "no measure")
    opened, graphs = _people(source, choices, tell)
    barred = _barred(opened, graphs.people, choices, removing.without)
    tell("taking people out")
    table = simulate_removal(
        graphs.people,
        by=_listed(opened, graphs.people, removing.listed, barred) or removing.by,
        recompute=removing.recompute,
        steps=removing.steps,
        among=None if removing.role is None else ("roles", removing.role),
        without=barred,
        seed=removing.seed,
    )
    kept = table.attrs["ranking"]
    notes = [_NO_ORDER, *([kept] if kept else []), *_notes(graphs, choices)]
    return clear_for(opened, choices, asking, findings={"removal": table, "notes": notes})


_NO_ORDER = (
    "What is left is of the records, and recovery is a model, not a forecast: rings replace people."
    " This is no order in which to arrest anybody."
)
_VICTIMS_STAY = "Victims count in the network, and are neither chosen nor taken out."


def key_player_tables(cleared: Cleared) -> dict[str, pd.DataFrame]:
    """The people of any best set with their reasons and evidence, and the sets member by member."""
    found: KeyPlayers = cleared.findings["key_players"]
    # The order of equals was that of the ids, which may be names.
    told = found.table.set_axis(list(KEY_PLAYER_COLUMNS), axis=1)
    ordered = told.sort_values(["in_sets", "party"], ascending=[False, True])
    people = _described(cleared, ordered.reset_index(drop=True), "party")
    shown = people.set_index("party")
    order = {party: place for place, party in enumerate(people["party"])}
    sorted_sets = sorted(sorted(members, key=lambda one: order[one]) for members in found.sets)
    rows = [
        {"set": number, "party": party, **{one: shown.at[party, one] for one in _ABOUT}}
        for number, members in enumerate(sorted_sets, start=1)
        for party in members
    ]
    sets = pd.DataFrame(rows).assign(
        criterion=found.criterion, value=found.value, before=found.before, bound=found.bound,
        proved=found.proved, all_sets=found.all_sets,
    )  # fmt: skip
    return {"people": people, "sets": sets}


def removal_table(cleared: Cleared) -> pd.DataFrame:
    """The steps with everybody called as in the case file, and the evidence by file and row."""
    # A heading may hold a word that is somebody's name, too; these are everybody's.
    told = cleared.findings["removal"].set_axis(list(REMOVAL_COLUMNS), axis=1)
    found = _described(cleared, told, "removed")
    for column in ("cut_off_parties", "replacements", "new_ties"):
        # Their order was that of the ids, which may be names.
        found[column] = pd.Series([tuple(sorted(one)) for one in found[column]], dtype=object)
    place = list(found.columns).index("replacement") + 1
    found.insert(place, "replacement_name", _told(cleared, found["replacement"], "name"))
    return found


def _described(cleared: Cleared, table: pd.DataFrame, column: str) -> pd.DataFrame:
    at = list(table.columns).index(column) + 1
    found = table.copy(deep=False)
    for place, name in enumerate(_ABOUT, start=at):
        found.insert(place, name, _told(cleared, table[column], name))
    return cite(found, cleared.case.records)


def _told(cleared: Cleared, parties: pd.Series, column: str) -> pd.Series:
    """What the case file says of parties; None for nobody."""
    about = cleared.case.parties.set_index("party")[column]
    known = {str(party): one for party, one in about.items() if isinstance(one, str)}
    return pd.Series([known.get(str(one)) for one in parties], dtype=object)


def _people(source: Source, choices: Choices, tell: Tell) -> tuple[Opened, Graphs]:
    opened = open_source(source, choices)
    tell("building the graph")
    graphs = build_chosen(opened.case, choices)
    refuse_untied(graphs)
    return opened, graphs


def _barred(
    opened: Opened, graph: RingGraph, choices: Choices, without: Sequence[str]
) -> list[str]:
    """Who may not be chosen: those named, so far as they are in the network, and victims."""
    named = {name_party(opened, one) for one in without}
    barred = graph.parties["party"].isin(named)
    if not choices.rank_victims:
        barred |= graph.parties["side"].isin(["victim", "both"])
    return graph.parties["party"][barred].astype(str).tolist()


def _listed(
    opened: Opened, graph: RingGraph, listed: Sequence[str], barred: Sequence[str]
) -> list[str]:
    found = [name_party(opened, one) for one in listed]
    known = set(graph.parties["party"])
    for asked, party in zip(listed, found, strict=True):
        if party not in known:
            raise GraphError(f"'{asked}' is nobody in this network", hint="list people of it")
    if set(found) & set(barred):
        raise GraphError(
            "the list holds a victim, or somebody who is to be left in",
            hint="add --rank-victims to take victims out too",
        )
    return found


def _notes(graphs: Graphs, choices: Choices) -> list[str]:
    basis = graphs.notes
    stay = [] if choices.rank_victims else [_VICTIMS_STAY]
    return [*basis, *stay, gather_caveats(graphs.people)[0][0]]
