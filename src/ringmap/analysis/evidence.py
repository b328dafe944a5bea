"""Which records stand behind a party, a tie, or many of them together."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.graph import RingGraph

Records = tuple[int, ...]


def records_of_ties(graph: RingGraph, ties: Iterable[int]) -> Records:
    """Positions of all records behind some ties, each once, in order."""
    if graph.evidence is None:
        return ()
    return tuple(sorted({record for tie in ties for record in graph.evidence.of(int(tie))}))


def records_of_parties(graph: RingGraph) -> pd.Series:
    """Positions of the records behind all ties of each party, in the order of parties."""
    if graph.evidence is None:
        none = np.empty(len(graph.parties), dtype=object)
        none.fill(())
        return pd.Series(none, copy=False)
    ends = np.concatenate([graph.source, graph.target]).astype(np.int64)
    ties = np.tile(np.arange(len(graph.ties)), 2)
    return records_by(graph, ends, ties, len(graph.parties))


def records_by(
    graph: RingGraph, group: npt.NDArray[np.int64], ties: npt.NDArray[np.int64], groups: int
) -> pd.Series:
    """Positions of the records behind the ties of each group, each once, in order."""
    lists: list[Records] = [()] * groups
    if graph.evidence is not None and len(ties):
        start = graph.evidence.start
        sizes = start[ties + 1] - start[ties]
        offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        record = graph.evidence.records[np.repeat(start[ties], sizes) + offset].astype(np.int64)
        span = int(record.max(initial=0)) + 1
        keys = np.unique(np.repeat(group, sizes) * span + record)
        found = (keys % span).tolist()
        cuts = np.searchsorted(keys // span, np.arange(groups + 1)).tolist()
        lists = [tuple(found[cuts[i] : cuts[i + 1]]) for i in range(groups)]
    return pd.Series(lists, dtype=object)
