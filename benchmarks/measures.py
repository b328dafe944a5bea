"""Measures of ringmap beside what a user would otherwise call, in one run, as ratios of CPU time.

    python benchmarks/measures.py                  # 8k, 83k and 856k ties
    python benchmarks/measures.py --ties 83000

Each network is that of `invented.py` with further ties that join most of it into one part.
What would take a peer more than some minutes is left out and said to be.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import igraph
import networkx
import numpy as np
import numpy.typing as npt
import pandas as pd
from invented import invent

from ringmap.analysis import (
    estimate_betweenness,
    find_brokers,
    find_reach,
    find_rings,
    find_way,
)
from ringmap.graph import RingGraph, graph_from_ties

SIZES = (8_000, 83_000, 856_000)
#: Further ties between any two people, as a share of all.
JOINED = 0.08
ASKED = 100
TOP = 20
#: Exact betweenness, its estimate and rings above so many ties take minutes.
EXACT_UP_TO = 20_000
ESTIMATED_UP_TO = 100_000
RINGS_UP_TO = 100_000
LOCAL = (
    "degree", "strength", "pagerank", "core_number", "constraint", "constraint_weighted",
    "effective_size", "effective_size_weighted", "efficiency", "hierarchy", "is_cut_vertex",
)  # fmt: skip


def make(ties: int) -> RingGraph:
    """Rings joined by some ties between anybody; the same bytes each time."""
    source, target, people = invent(ties)
    further = np.random.default_rng(11).integers(0, people, (int(JOINED * len(source)), 2))
    further = further[further[:, 0] != further[:, 1]]
    table = pd.DataFrame(
        {
            "source": np.concatenate([source, further[:, 0]]),
            "target": np.concatenate([target, further[:, 1]]),
        }
    )
    graph = graph_from_ties(table, pd.DataFrame({"party": np.arange(people)}))
    assert len(graph.simple.source)  # pairs are summed before anything is timed
    return graph


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of a piece of work, and what it gave."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


def tell(what: str, own: float, peer: float | None, name: str, note: str = "") -> None:
    """One row of the table: CPU seconds of each, and how many times quicker ringmap is."""
    other = "–" if peer is None else f"{peer:.3g}"
    ratio = "–" if peer is None else f"{peer / own:.2g}"
    print(f"| {what} | {own:.3g} | {name} | {other} | {ratio} | {note} |", flush=True)


def measure(ties: int) -> None:
    """Print the rows of one size."""
    graph = make(ties)
    simple, count = graph.simple, len(graph.parties)
    ends = np.column_stack([simple.source, simple.target])
    plain = igraph.Graph(n=count, edges=ends)
    largest = max(plain.connected_components().sizes())
    print(f"\n{len(ends):,} tied pairs, {count:,} people, {largest:,} in the largest part\n")
    print("| what | ringmap | beside | CPU s | × | |")
    print("| --- | --- | --- | --- | --- | --- |")
    rank = _page_rank(ends, count)
    own, _ = timed(lambda: find_brokers(graph, measures=LOCAL))
    tell("eleven local measures", own, rank, "networkx PageRank alone")
    own, _ = timed(lambda: find_brokers(graph, measures=["constraint"]))
    peer, _ = timed(plain.constraint)
    tell("constraint", own, peer, "igraph")
    _walks(graph, plain)
    if ties <= ESTIMATED_UP_TO:
        _betweenness(graph, plain, ties)
    if ties <= RINGS_UP_TO:
        own, found = timed(lambda: find_rings(graph))
        runs = found.attrs["significance"]["runs"]
        tell("rings", own, rank, "networkx PageRank alone", f"{runs} divisions agreed on")


def _page_rank(ends: npt.NDArray[np.int32], count: int) -> float:
    """CPU seconds of networkx' PageRank, its graph made before."""
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ends.tolist())
    return timed(lambda: networkx.pagerank(graph))[0]


def _walks(graph: RingGraph, plain: Any) -> None:
    places = np.random.default_rng(3).integers(0, plain.vcount(), (ASKED, 2)).tolist()
    built, _ = timed(lambda: graph.outward)
    size = (graph.outward.start.nbytes + graph.outward.to.nbytes) / len(graph.simple.source)
    tell("contacts as integers", built, None, "–", f"{size:.1f} bytes a tied pair")
    own, _ = timed(lambda: [find_way(graph, a, b) for a, b in places])
    peer, _ = timed(lambda: [plain.distances(a, b) for a, b in places])
    tell(f"{ASKED} shortest ways", own, peer, "igraph, lengths alone")
    own, _ = timed(lambda: [find_reach(graph, a, steps=3) for a, _ in places])
    peer, _ = timed(lambda: [plain.neighborhood(a, order=3) for a, _ in places])
    tell(f"{ASKED} times who is within 3 steps", own, peer, "igraph, positions alone")


def _betweenness(graph: RingGraph, plain: Any, ties: int) -> None:
    if ties > EXACT_UP_TO:
        own, told = timed(lambda: estimate_betweenness(graph))
        tell("betweenness, estimated", own, None, "–", told.attrs["estimate"])
        return
    own, exact = timed(lambda: find_brokers(graph, measures=["betweenness"]))
    peer, _ = timed(plain.betweenness)
    tell("betweenness, exact", own, peer, "igraph")
    sampled, told = timed(lambda: estimate_betweenness(graph))
    both = len(set(exact["party"].head(TOP)) & set(told["party"].head(TOP)))
    tell("betweenness, estimated", sampled, own, "exact", f"{both} of the first {TOP} found")


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, action="append", help="a size; may be repeated")
    asked = parser.parse_args()
    for ties in asked.ties or SIZES:
        measure(ties)


if __name__ == "__main__":
    main()
