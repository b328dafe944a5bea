"""Parts of a graph."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.graph.ringgraph import RingGraph


def select_ties(graph: RingGraph, rows: npt.NDArray[np.int64]) -> RingGraph:
    """The graph of some ties, by their rows in ascending order; all parties stay."""
    return replace(
        graph,
        ties=graph.ties.iloc[rows].reset_index(drop=True),
        evidence=None if graph.evidence is None else graph.evidence.take(rows),
    )


def select_parties(graph: RingGraph, parties: Iterable[str]) -> RingGraph:
    """The graph of some parties: ties between them, their stages, and legs they had a part in."""
    wanted = set(parties)
    keep = _among(graph.parties["party"], wanted)
    place = np.where(keep, np.cumsum(keep) - 1, -1)
    source, target = place[graph.source], place[graph.target]
    inside = (source >= 0) & (target >= 0)
    chosen = graph.parties[keep].reset_index(drop=True)
    names = pd.Index(chosen["party"])
    ends = {
        "source": pd.Categorical.from_codes(source[inside], categories=names),
        "target": pd.Categorical.from_codes(target[inside], categories=names),
    }
    left = select_ties(graph, np.flatnonzero(inside))
    return replace(
        left,
        parties=chosen,
        ties=left.ties.assign(**ends),
        legs=_select_legs(graph.legs, wanted),
        stays=_select_legs(graph.stays, wanted),
        stages=_select_stages(graph.stages, wanted),
    )


def select_around(graph: RingGraph, parties: Iterable[str]) -> RingGraph:
    """The graph of some parties and of everything but people that they have a tie with."""
    names = graph.parties["party"].to_numpy(dtype=object)
    inside = _among(graph.parties["party"], set(parties))
    near = inside.copy()
    near[graph.target[inside[graph.source]]] = True
    near[graph.source[inside[graph.target]]] = True
    thing = (graph.parties["type"] != "person").to_numpy()
    around = select_parties(graph, names[inside | (near & thing)])
    named = set(names[inside])
    return replace(
        around, legs=_select_legs(graph.legs, named), stays=_select_legs(graph.stays, named)
    )


def _select_legs(legs: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    if legs.empty:
        return legs
    met = [
        bool(wanted.intersection((*people, *movers)))
        for people, movers in zip(legs["people"], legs["moved_by"], strict=True)
    ]
    return legs[np.array(met, dtype=bool)].reset_index(drop=True)


def _select_stages(stages: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    if stages.empty:
        return stages
    return stages[_among(stages["party"], wanted)].reset_index(drop=True)


def _among(parties: pd.Series, wanted: set[str]) -> npt.NDArray[np.bool_]:
    """True for those in a set, which pandas would turn into texts of its own, one by one."""
    names = parties.to_numpy(dtype=object)
    return np.fromiter(map(wanted.__contains__, names), dtype=bool, count=len(names))
