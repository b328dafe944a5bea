"""What hangs from a network is folded away, and counted where it hung."""

from __future__ import annotations

import networkx
import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ringmap.analysis.folding import fold
from ringmap.analysis.pairs import Pairs
from ringmap.analysis.positions import page_rank
from ringmap.graph import graph_from_ties


def folded(count, ties):
    ends = np.array(sorted({(min(tie), max(tie)) for tie in ties}), dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(ends))
    return fold(Pairs(count, ends[:, 0], ends[:, 1], ones, ones))


def test_a_circle_with_a_branch_by_hand():
    """0-1-2-0 with 2-3, 3-4, 3-5: 4 and 5 fold onto 3, and 3 with both onto 2."""
    told = folded(7, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (3, 5)])

    assert told.hangs_from.tolist() == [-1, -1, -1, 2, 3, 3, -1]
    assert [one.tolist() for one in told.rounds] == [[4, 5], [3]]
    assert told.weight.tolist() == [1, 1, 4, 3, 1, 1, 1]
    assert told.branch.tolist() == [0, 0, 3, 1, 0, 0, 0]
    assert told.squares.tolist() == [0, 0, 9, 2, 0, 0, 0]
    assert list(zip(told.low.tolist(), told.high.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]


@given(st.integers(2, 12).flatmap(lambda count: st.tuples(
    st.just(count),
    st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda tie: tie[0] != tie[1]), max_size=16),
)))  # fmt: skip
def test_what_is_left_is_the_core_of_two_and_nobody_is_lost(made):
    """The 2-core as networkx finds it; weights of those left add up to their component."""
    count, ties = made
    told = folded(count, ties)
    graph = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ties)
    core = networkx.k_core(graph, 2)
    left = {*told.low.tolist(), *told.high.tolist()}

    assert left == set(core)
    assert len(told.low) == core.number_of_edges()
    for component in networkx.connected_components(graph):
        kept = [one for one in component if told.hangs_from[one] < 0]
        assert sum(told.weight[one] for one in kept) == len(component)
        assert len(kept) == max(1, len(left & component))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25))
def test_page_rank_without_direction_is_that_of_networkx(ties):
    """Self ties left out; isolates and many components included."""
    parties = pd.DataFrame({"party": [f"{one:02d}" for one in range(12)]})
    named = pd.DataFrame([(f"{a:02d}", f"{b:02d}") for a, b in ties], columns=["source", "target"])
    graph = networkx.Graph()
    graph.add_nodes_from(parties["party"])
    graph.add_edges_from((a, b) for a, b in named.itertuples(index=False) if a != b)
    wanted = networkx.pagerank(graph, tol=1e-15, max_iter=1000)
    rank = page_rank(graph_from_ties(named, parties))

    np.testing.assert_allclose(rank, [wanted[one] for one in parties["party"]], rtol=1e-11)
