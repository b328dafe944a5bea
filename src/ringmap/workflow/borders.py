"""Borders beside chance: who is tied to whom, what share of each case crosses, and who spans."""

from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis import (
    count_crossings_by_case,
    find_mixing,
    find_rings,
    find_spanner_stages,
    measure_homophily,
)
from ringmap.disclosure import Cleared, put_victims_last
from ringmap.graph import RingGraph
from ringmap.model import Case
from ringmap.workflow.choices import Choices, Tell
from ringmap.workflow.graphs import Graphs, ring_of_each, with_columns
from ringmap.workflow.tables import cite_all

#: By what ties can be compared.
MIXED_BY = ("country", "province", "roles", "side", "standing", "agency", "ring")
#: Random deals and networks: p down to .002, within some seconds on an old laptop.
_DRAWS = 499


def compare_sides(graphs: Graphs, case: Case, choices: Choices, tell: Tell) -> dict[str, Any]:
    """Findings that stand beside the crossings: mixing, homophily, cases, spanners' stages."""
    column = choices.group or "country"
    people = _grouped(graphs.people, case, column)
    tell("asking what chance would give")
    homophily = measure_homophily(people, column, draws=_DRAWS)
    spanners = find_spanner_stages(graphs.whole, include_victims=choices.rank_victims)
    counted = "each direction of a tied pair" if choices.directed else "each tied pair of people"
    return {
        "mixing": find_mixing(people, column),
        "homophily": homophily,
        "by_case": count_crossings_by_case(graphs.whole),
        "spanner_stages": spanners,
        "notes": [
            f"by {column}, {counted} once: {homophily.attrs['verdict']}",
            spanners.attrs["verdict"],
            *graphs.notes,
        ],
    }  # fmt: skip


def border_tables(cleared: Cleared, *, rank_victims: bool = False) -> dict[str, pd.DataFrame]:
    """Tables of the crossings and of what stands beside them, in the order of what is shown.

    Victims stand behind the other people with ties on both sides, by id, unless they are ranked.
    """
    crossings = cleared.findings["crossings"]
    names = ("corridors", "gates", "spanners", "ties", "legs")
    tables = {name: getattr(crossings, name) for name in names}
    if not rank_victims:
        tables["spanners"] = put_victims_last(tables["spanners"], cleared.case)
    tables |= {
        "mixing": _by_labels(cleared.findings["mixing"]),
        "homophily": cleared.findings["homophily"],
    }
    by_case, spanners = (cleared.findings[name] for name in ("by_case", "spanner_stages"))
    tables["by_case"] = (
        by_case.assign(none=by_case["case"].isna())
        .sort_values(["none", "across", "share", "case"], ascending=[True, False, False, True],
                     ignore_index=True)
        .drop(columns="none")
    )  # fmt: skip
    busy = (spanners["ties_abroad"] + spanners["legs_led_abroad"]).groupby(spanners["party"])
    ordered = spanners.assign(busy=-busy.transform("sum")).sort_values(
        ["busy", "party"], kind="stable", ignore_index=True
    )
    tables["spanner_stages"] = ordered.drop(columns="busy")
    return cite_all(tables, cleared.case)


def _by_labels(mixing: pd.DataFrame) -> pd.DataFrame:
    """Cells by their ties and then by what their groups are called now.

    An agency may bear a victim's name: the place that it had by that name would tell it.
    """
    told = mixing.copy()
    turned = (~told["directed"].astype(bool) & (told["group"] > told["other_group"])).to_numpy()
    ends = told[["group", "other_group"]].to_numpy(dtype=object)
    ends[turned] = ends[turned][:, ::-1]
    told["group"], told["other_group"] = ends[:, 0], ends[:, 1]
    return told.sort_values(
        ["ties", "group", "other_group"], ascending=[False, True, True], ignore_index=True
    )


def _grouped(people: RingGraph, case: Case, column: str) -> RingGraph:
    """The graph with a column that parties have only by their cases or ties."""
    if column == "agency":
        return with_columns(people, agency=people.parties["party"].map(_agencies(case)))
    if column == "ring":
        of_party = ring_of_each(find_rings(people))
        return with_columns(people, ring=people.parties["party"].map(of_party))
    return people


def _agencies(case: Case) -> dict[str, str]:
    """Agencies of the cases that each person is named in, joined by ``;``."""
    told = case.statements[case.statements["column"] == "agency"]
    of_case = told.groupby("party")["value"].agg(lambda some: sorted(set(some))).to_dict()
    roles = case.roles[(case.roles["case"] >= 0) & (case.roles["person"] >= 0)]
    names = case.parties["party"].to_numpy(dtype=object)
    found: dict[str, set[str]] = {}
    for person, of in np.unique(roles[["person", "case"]].to_numpy(), axis=0).tolist():
        found.setdefault(names[person], set()).update(of_case.get(of, []))
    return {name: ";".join(sorted(some)) for name, some in found.items() if some}
