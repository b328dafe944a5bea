"""Measures of ringmap beside what a user would otherwise call, in one run, as ratios of CPU time.

    python benchmarks/measures.py                  # 8k, 83k and 856k ties
    python benchmarks/measures.py --ties 83000
    python benchmarks/measures.py --ties 83000 --exact     # some minutes more

Two networks of each size. `joined`: the rings of `invented.py` with further ties between anybody,
so that most of it is one part without hubs. `gates`: rings whose people also pass few gates, each
used by thousands. Peers are igraph, networkx' PageRank and DuckDB's recursive SQL where it is
installed (``make bench`` does that). Where all sources of betweenness would take minutes, some are
timed and scaled up on both sides, marked ~.
"""

import argparse
import importlib.util
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import igraph
import networkx
import numpy as np
import numpy.typing as npt
import pandas as pd
from invented import invent
from rows import Row, head

from ringmap import kernels
from ringmap.analysis import (
    count_within,
    estimate_betweenness,
    find_brokers,
    find_reach,
    find_rings,
    find_way,
    list_within,
)
from ringmap.analysis.folding import fold
from ringmap.analysis.pairs import pairs_of
from ringmap.graph import RingGraph, graph_from_ties, neighbours_of

SIZES = (8_000, 83_000, 856_000)
#: Further ties between any two people, as a share of all.
JOINED = 0.08
ASKED = 100
TOP = 20
#: Betweenness of larger networks is timed from some sources and scaled up, fewer in the largest.
EXACT_UP_TO = 20_000
SOURCES, FEWER_SOURCES = 400, 48
#: A sixtieth of what exact values would cost is a quarter of an hour in larger ones.
ESTIMATED_UP_TO = 200_000
LOCAL = (
    "degree", "strength", "pagerank", "core_number", "constraint", "constraint_weighted",
    "effective_size", "effective_size_weighted", "efficiency", "hierarchy", "is_cut_vertex",
)  # fmt: skip
_WITHIN = """
WITH RECURSIVE reach(party, steps) AS (
  SELECT CAST(? AS INTEGER), 0
  UNION
  SELECT arcs.target, steps + 1 FROM reach JOIN arcs ON arcs.source = reach.party WHERE steps < 3
)
SELECT party, min(steps) AS steps FROM reach GROUP BY party
"""
#: The same, told by how many they are.
_HOW_MANY = f"SELECT steps, count(*) FROM ({_WITHIN}) GROUP BY steps ORDER BY steps"


def make_joined(ties: int) -> RingGraph:
    """Rings joined by some ties between anybody; the same bytes each time."""
    source, target, people = invent(ties)
    further = np.random.default_rng(11).integers(0, people, (int(JOINED * len(source)), 2))
    ends = np.concatenate([np.column_stack([source, target]), further])
    return _graph(ends, people)


def make_gates(ties: int) -> RingGraph:
    """Rings of ten whose people each pass two or three gates of one in two thousand."""
    random = np.random.default_rng(2)
    people, gates = ties // 4, max(ties // 8_000, 2)
    one = random.integers(0, people, ties // 2)
    other = one - one % 10 + random.integers(0, 10, len(one))
    who = random.integers(0, people, ties - len(one))
    gate = people + random.integers(0, gates, len(who))
    ends = np.concatenate([np.column_stack([one, other]), np.column_stack([who, gate])])
    return _graph(ends, people + gates)


def _graph(ends: npt.NDArray[np.int64], parties: int) -> RingGraph:
    ends = ends[ends[:, 0] != ends[:, 1]]
    table = pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1]})
    graph = graph_from_ties(table, pd.DataFrame({"party": np.arange(parties)}))
    assert len(graph.simple.source)  # pairs are summed before anything is timed
    return graph


NETWORKS = {"joined": make_joined, "gates": make_gates}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of a piece of work, all threads together, and what it gave."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


class Table:
    """Rows as they are measured: each is printed at once."""

    def __init__(self, size: str) -> None:
        self.size = size
        self.rows: list[Row] = []
        print(head())

    def tell(self, what: str, own: float, peer: float | None = None, name: str = "–",
             note: str = "") -> None:  # fmt: skip
        """Print one row."""
        row = Row(self.size, what, own, name, peer, note)
        self.rows.append(row)
        print(row.cells(), flush=True)


def measure(name: str, ties: int, *, exact: bool) -> list[Row]:
    """The rows of one network, printed as they are measured."""
    graph = NETWORKS[name](ties)
    simple, count = graph.simple, len(graph.parties)
    ends = np.column_stack([simple.source, simple.target])
    plain = igraph.Graph(n=count, edges=ends)
    largest = max(plain.connected_components().sizes())
    print(f"\n{name}: {len(ends):,} tied pairs, {count:,} parties, {largest:,} in the largest part")
    print(f"(most contacts {max(plain.degree()):,})\n")
    table = Table(f"{name}, {ties // 1_000:,}k")
    built, _ = timed(lambda: graph.outward)  # once in a program, as igraph's graph is
    size = (graph.outward.start.nbytes + graph.outward.to.nbytes) / len(ends)
    table.tell("contacts as integers", built, note=f"{size:.1f} bytes a tied pair")
    rank = _page_rank(ends, count)
    local, _ = timed(lambda: find_brokers(graph, measures=LOCAL))
    table.tell("eleven local measures, cut vertices among them", local, rank, "networkx PageRank")
    rings, found = timed(lambda: find_rings(graph))
    runs = found.attrs["significance"]["runs"]
    table.tell("the same and rings", local + rings, rank, "networkx PageRank",
               f"rings alone {rings:.3g}, {runs} runs")  # fmt: skip
    own, _ = timed(lambda: find_brokers(graph, measures=["constraint"]))
    table.tell("constraint", own, timed(plain.constraint)[0], "igraph")
    _walks(table, graph, plain, ends)
    _betweenness(table, graph, plain, exact=exact or ties <= EXACT_UP_TO)
    return table.rows


def _page_rank(ends: npt.NDArray[np.int32], count: int) -> float:
    """CPU seconds of networkx' PageRank, its graph made before."""
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ends.tolist())
    return timed(lambda: networkx.pagerank(graph))[0]


def _walks(table: Table, graph: RingGraph, plain: Any, ends: npt.NDArray[np.int32]) -> None:
    places = np.random.default_rng(3).integers(0, plain.vcount(), (ASKED, 2))
    pairs = graph.parties["party"].to_numpy()[places].tolist()
    places = places.tolist()
    looked_up, _ = timed(lambda: (graph.places, graph.ids, graph.ties_of))
    table.tell("ids and ties looked up, once", looked_up)
    own, _ = timed(lambda: [find_way(graph, a, b) for a, b in pairs])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # igraph warns where no way leads
        peer, _ = timed(lambda: [plain.get_shortest_path(a, b) for a, b in places])
    table.tell(f"{ASKED} shortest ways", own, peer, "igraph")
    own, found = timed(lambda: [list_within(graph, a, steps=3) for a, _ in pairs])
    peer, wanted = timed(lambda: [plain.neighborhood(a, order=3) for a, _ in places])
    assert [sum(map(len, one)) for one in found] == [len(one) for one in wanted]
    what = f"{ASKED} times who is within 3 steps"
    table.tell(f"{what}, ids", own, peer, "igraph, positions")
    counting, numbers = timed(lambda: [count_within(graph, a, steps=3) for a, _ in pairs])
    sql = _recursive_sql(ends, [a for a, _ in places[:10]])
    if sql is not None:
        (listing, rows), (summing, sums) = sql
        assert [len(one) for one in rows] == [sum(one) for one in numbers[:10]]
        assert [[number for _, number in one] for one in sums] == [*map(list, numbers[:10])]
        name, note = "DuckDB, recursive SQL", "~ from 10"
        table.tell(f"{what}, ids as lists", own, listing * ASKED / 10, name, note)
        table.tell(f"{what}, how many", counting, summing * ASKED / 10, name, note)
    own, _ = timed(lambda: [find_reach(graph, a, steps=3) for a, _ in pairs])
    table.tell(f"{what}, as a table with reasons", own)


def _recursive_sql(
    ends: npt.NDArray[np.int32], parties: list[int]
) -> list[tuple[float, list[Any]]] | None:
    """CPU seconds of the same questions in DuckDB, its table loaded before, on one thread.

    Who, as a list of ids and steps, and how many; and what it gave.
    """
    if importlib.util.find_spec("duckdb") is None:
        return None
    import duckdb

    both = np.concatenate([ends, ends[:, ::-1]])
    arcs = pd.DataFrame({"source": both[:, 0], "target": both[:, 1]})
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("CREATE TABLE arcs AS SELECT * FROM arcs ORDER BY source")
    assert len(arcs)

    def ask(sql: str) -> tuple[float, list[Any]]:
        return timed(lambda: [connection.execute(sql, [one]).fetchall() for one in parties])

    return [ask(_WITHIN), ask(_HOW_MANY)]


def _betweenness(table: Table, graph: RingGraph, plain: Any, *, exact: bool) -> None:
    known = None
    if exact:
        own, known = timed(lambda: find_brokers(graph, measures=["betweenness"]))
        peer, wanted = timed(plain.betweenness)
        order = known.set_index("party")["betweenness"].loc[graph.parties["party"]]
        assert np.allclose(order, wanted, rtol=1e-9)
        table.tell("betweenness, exact", own, peer, "igraph")
    else:
        sources = SOURCES if len(graph.simple.source) <= ESTIMATED_UP_TO else FEWER_SOURCES
        own, peer = _from_some(graph, plain, sources)
        table.tell("~betweenness, exact", own, peer, "igraph", f"~ from {sources} sources")
    if len(graph.simple.source) > ESTIMATED_UP_TO:
        return
    sampled, told = timed(lambda: estimate_betweenness(graph))
    note = told.attrs["estimate"]
    if known is not None:
        both = len(set(known["party"].head(TOP)) & set(told["party"].head(TOP)))
        note = f"{both} of the first {TOP} found; {note}"
    table.tell("betweenness, estimated", sampled, peer, "igraph, exact", note)


def _from_some(graph: RingGraph, plain: Any, sources: int) -> tuple[float, float]:
    """CPU seconds of all betweenness, ours folded first, from as many sources of either."""
    folded = fold(pairs_of(graph))
    kept = np.flatnonzero(folded.hangs_from < 0)
    near = neighbours_of(folded.low, folded.high, plain.vcount())
    random = np.random.default_rng(5)
    some = random.choice(kept, sources, replace=False).astype(np.int32)
    weight = folded.weight.astype(np.float64)
    own, _ = timed(lambda: kernels.betweenness(near.start, near.to, weight=weight, sources=some))
    any_of = random.choice(plain.vcount(), sources, replace=False).tolist()
    peer, _ = timed(lambda: plain.betweenness(sources=any_of))
    return own * len(kept) / sources, peer * plain.vcount() / sources


def tell_growth(sizes: list[int], taken: list[list[Row]]) -> None:
    """How many times longer each took than in the network of the size before."""
    each = [{row.what: row.own for row in rows} for rows in taken]
    print(f"\ngrowth, {' → '.join(f'{one:,}' for one in sizes)} ties\n")
    for what in each[0]:
        own = [one[what] for one in each if what in one]
        told = ", ".join(f"{b / a:.1f}" for a, b in pairwise(own))
        print(f"| {what} | {told} |")


def run(
    sizes: Sequence[int] = SIZES, names: Iterable[str] = NETWORKS, *, exact: bool = False
) -> list[Row]:
    """Print a table for each network and size, and how times grow; all rows."""
    found = []
    for name in names:
        taken = [measure(name, ties, exact=exact) for ties in sizes]
        tell_growth(list(sizes), taken)
        found += [row for rows in taken for row in rows]
    return found


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, action="append", help="a size; may be repeated")
    parser.add_argument("--network", choices=NETWORKS, action="append")
    parser.add_argument("--exact", action="store_true", help="betweenness from all sources")
    asked = parser.parse_args()
    run(asked.ties or SIZES, asked.network or NETWORKS, exact=asked.exact)


if __name__ == "__main__":
    main()
