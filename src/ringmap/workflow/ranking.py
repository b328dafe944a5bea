"""People in the order in which they stand between others; who has a rank, and who has none."""

from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis import (
    BRIDGING,
    Doubt,
    find_bridging,
    find_brokers,
    find_rank_intervals,
    judge_brokers,
)
from ringmap.graph import RingGraph
from ringmap.workflow.choices import Choices
from ringmap.workflow.graphs import Graphs, ring_of_each, with_columns

_ABOUT = ("name", "roles", "side", "standing", "country", "province")


def rank_people(
    graphs: Graphs, choices: Choices, rings: pd.DataFrame | None, doubt: Doubt | None = None
) -> pd.DataFrame:
    """Every person with every measure, the brokers first; victims are not ranked unless asked.

    `rank` counts from 1, and people with the same betweenness share a rank; with `doubt`, also
    between which ranks the true one lies. Victims who are not ranked are not called brokers
    either, and count in the network all the same.
    """
    graph = graphs.people
    if choices.group == "ring" and rings is not None:
        graph = with_columns(graph, ring=graph.parties["party"].map(ring_of_each(rings)))
    unranked = _unranked(graph, choices)
    table = find_brokers(graph, group=choices.group, spare=unranked, doubt=doubt)
    if choices.more:
        table = _add_more(table, graph)
    about = graph.parties.set_index("party")
    known = [column for column in _ABOUT if column in about.columns]
    for column in known:
        table[column] = table["party"].astype(object).map(about[column]).to_numpy()
    table["rank"] = _ranks(table, unranked)
    table["grades"] = count_grades(table["records"], graph.records)
    verdict = judge_brokers(table, graph)
    table.attrs["verdict"] = verdict.because
    table = table.sort_values(
        ["rank", "betweenness", "party"], ascending=[True, False, True], na_position="last"
    )
    first_columns = ["rank", "party", *known]
    last = ["verdict", "because", "because_vi", "grades", "records"]
    rest = [column for column in table.columns if column not in (*first_columns, *last)]
    return table[[*first_columns, *rest, *last]].reset_index(drop=True)


_SURELY = {"below": "surely_below", "above": "surely_above", "equal": "surely_level"}


def _add_more(table: pd.DataFrame, graph: RingGraph) -> pd.DataFrame:
    """The ranking with measures of bridging, and how many are surely above, below and level."""
    bridging = find_bridging(graph, brokers=table).set_index("party")[list(BRIDGING)]
    surely = find_rank_intervals(graph).set_index("party")[list(_SURELY)].rename(columns=_SURELY)
    more = bridging.join(surely).loc[table["party"]].reset_index(drop=True)
    joined = pd.concat([table, more], axis=1)
    joined.attrs = table.attrs
    return joined


def count_grades(behind: pd.Series, records: pd.DataFrame | None) -> pd.Series:
    """How many records of each grade stand behind a row, the best first: ``2 A2, 1 ungraded``."""
    if records is None:
        return pd.Series([""] * len(behind), index=behind.index, dtype="str")
    told = records["reliability"].fillna("") + records["credibility"].fillna("")
    grades = [grade or "ungraded" for grade in told]
    counts = [Counter(grades[place] for place in places) for places in behind]
    return pd.Series(
        [", ".join(f"{n} {grade}" for grade, n in sorted(one.items())) for one in counts],
        index=behind.index,
        dtype="str",
    )


def _unranked(graph: RingGraph, choices: Choices) -> frozenset[str]:
    """Parties that have no rank: victims, unless they were asked for."""
    return frozenset(graph.parties["party"][~ranked(graph.parties, choices)])


def _ranks(table: pd.DataFrame, unranked: frozenset[str]) -> pd.Series:
    """Competition ranks by betweenness, equal values level."""
    ranked = ~table["party"].isin(unranked).to_numpy()
    values = table["betweenness"].round(9).where(ranked)
    return values.rank(method="min", ascending=False).astype("Int64")


def ranked(people: pd.DataFrame, choices: Choices) -> npt.NDArray[np.bool_]:
    """Who is ranked: everybody but victims, unless they were asked for."""
    if "side" not in people.columns or choices.rank_victims:
        return np.ones(len(people), dtype=bool)
    return np.asarray(~people["side"].isin(["victim", "both"]), dtype=bool)
