"""Links that no record states: things shared across cases, and ties that records may lack."""

import pandas as pd

from ringmap.analysis import find_likely_ties, find_shared_things
from ringmap.disclosure import Cleared, clear
from ringmap.graph import build_graph, list_visits
from ringmap.model import Case, begins_after, names_of_parties
from ringmap.records import Source
from ringmap.workflow.choices import Asking, Choices, Tell
from ringmap.workflow.clearing import clear_for
from ringmap.workflow.sources import open_source

_MOST_LIKELY = 100


def find_links(
    source: Source, choices: Choices, asking: Asking, *, across_cases: bool = False,
    likely: bool = False, top: int | None = None, tell: Tell,
) -> Cleared:  # fmt: skip
    """Pairs of people (and of cases) with things in common, and ties that may be missing.

    The case file is cleared first and looked at then, so that neither a sentence nor the
    order of rows can tell a victim's id. Findings: ``shared``; ``cases`` where asked across
    cases; ``likely`` and ``trial``, how well each predictor found hidden ties, where asked
    for likely ties; ``notes``. Of the likely ties there are 100 unless `top` says otherwise.
    """
    opened = open_source(source, choices)
    shown = clear_for(opened, choices, asking)
    tell("looking for things in common")
    whole = build_graph(shown.case, directed=choices.directed, as_of=choices.as_of)
    visits = _visits(shown.case, choices.as_of)
    shared = find_shared_things(whole, visits=visits, across_cases=across_cases, top=top)
    findings = {"shared": _named(shared, shown.case)}
    notes = [shared.attrs["because"]]
    if across_cases:
        pairs = find_shared_things(whole, by="cases", visits=visits, top=top)
        findings["cases"] = _things_named(pairs, shown.case)
        notes.append(pairs.attrs["because"])
    if likely:
        tell("hiding ties and looking for them again")
        people = build_graph(shown.case, projection=["people", "people_through_calls"],
                             directed=choices.directed, as_of=choices.as_of)  # fmt: skip
        found = find_likely_ties(whole, contacts=people, top=top or _MOST_LIKELY)
        findings |= {"likely": _named(found, shown.case),
                     "trial": pd.DataFrame(found.attrs["trial"], columns=_TRIAL)}  # fmt: skip
        notes.append(found.attrs["because"])
    told = {**findings, "notes": notes}
    return clear(shown.case, key=opened.key, findings=told, policy=shown.policy)


_TRIAL = ["predictor", "auc", "auc_low", "auc_high", "average_precision", "base_rate"]


def _visits(case: Case, as_of: str | None) -> pd.DataFrame:
    """Who was where, without events that surely were later."""
    visits = list_visits(case)
    if as_of is None:
        return visits
    late = [isinstance(day, str) and begins_after(day, as_of) for day in visits["date"]]
    return visits[~pd.Series(late, index=visits.index, dtype=bool)].reset_index(drop=True)


def _named(table: pd.DataFrame, case: Case) -> pd.DataFrame:
    """The table with the name and side of both ends and the names of things, after their ids."""
    about = case.parties.set_index("party")
    told = table.copy()
    for place, end in enumerate(("source", "target")):
        for further, column in enumerate(("name", "side")):
            values = told[end].astype(object).map(about[column]).to_numpy()
            told.insert(2 + 2 * place + further, f"{end}_{column}", values)
    return _things_named(told, case)


def _things_named(table: pd.DataFrame, case: Case) -> pd.DataFrame:
    """The table with the names of things after their ids; one without a name keeps its id."""
    names = names_of_parties(case).to_dict()
    told = table.copy()
    listed = [tuple(names.get(str(one)) or str(one) for one in ids) for ids in told["things"]]
    place = list(told.columns).index("things") + 1
    told.insert(place, "thing_names", pd.Series(listed, index=told.index, dtype=object))
    return told
