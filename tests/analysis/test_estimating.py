"""Betweenness from a sample: near the exact value, with an error that holds."""

from __future__ import annotations

import networkx
import numpy as np
import pandas as pd
import pytest

from ringmap.analysis import estimate_betweenness, find_brokers
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties


def large(seed, *, directed=False):
    """Some 4,200 parties in one component with a few who stand between many."""
    random = np.random.default_rng(seed)
    tree = [(int(random.random() ** 2 * one), one) for one in range(1, 4_200)]
    ties = pd.DataFrame(
        [*tree, *random.integers(0, 4_200, (2_000, 2)).tolist()], columns=["source", "target"]
    )
    return graph_from_ties(ties, directed=directed)


@pytest.mark.parametrize("directed", [False, True])
def test_the_first_of_thousands_are_found_and_the_errors_hold(directed):
    """A tenth of the sources; three errors hold eight in ten of the first 200 values."""
    graph = large(1, directed=directed)
    exact = find_brokers(graph, measures=["betweenness"]).set_index("party")["betweenness"]
    told = estimate_betweenness(graph, share=0.1).set_index("party")
    first = exact.sort_values(ascending=False).index[:200]
    off = (told["betweenness"] - exact).abs()[first]

    assert len(set(told.index[:20]) & set(first[:20])) >= 15
    assert (off <= 3 * told["error"][first]).mean() >= 0.8
    ranks = exact.rank(method="min", ascending=False)[told.index[:20]]
    assert ranks.between(told["rank_low"][:20], told["rank_high"][:20]).sum() >= 15


def test_followed_from_everybody_the_values_are_exact():
    """Small components whatever the share, a large one at a share of 1."""
    small = graph_from_ties(pd.DataFrame({"source": list("abcx"), "target": list("bcdy")}))
    told = estimate_betweenness(small).set_index("party")
    graph = networkx.Graph([*zip("abcx", "bcdy", strict=True)])

    wanted = networkx.betweenness_centrality(graph, normalized=False)
    assert told["betweenness"].to_dict() == wanted
    assert (told["error"] == 0).all()
    assert told["because"]["b"] == "stands between 2 pairs"
    assert estimate_betweenness(small).attrs["estimate"].startswith("exact")
    assert told["rank"].to_dict() == told["rank_low"].to_dict() == {
        "a": 3, "b": 1, "c": 1, "d": 3, "x": 3, "y": 3,
    }  # fmt: skip
    assert told["rank_high"].to_dict() == {"a": 6, "b": 2, "c": 2, "d": 6, "x": 6, "y": 6}


def test_what_hangs_from_a_network_needs_no_sample():
    """In a tree everything hangs from somebody: the values of a large one are exact."""
    random = np.random.default_rng(5)
    tree = [(int(random.integers(0, one)), one) for one in range(1, 4_100)]
    graph = graph_from_ties(pd.DataFrame(tree, columns=["source", "target"]))
    told = estimate_betweenness(graph).set_index("party")["betweenness"]
    exact = find_brokers(graph, measures=["betweenness"]).set_index("party")["betweenness"]

    np.testing.assert_allclose(told, exact[told.index], rtol=1e-9)


def test_the_same_seed_gives_the_same_values_whatever_the_order_of_rows():
    """And another seed others."""
    graph = large(2)
    shuffled = graph_from_ties(
        graph.ties[["source", "target"]].astype(int).sample(frac=1, random_state=1)
    )
    first = estimate_betweenness(graph, seed=3)

    pd.testing.assert_frame_equal(first, estimate_betweenness(shuffled, seed=3), check_exact=True)
    assert not first["betweenness"].equals(estimate_betweenness(graph, seed=4)["betweenness"])


@pytest.mark.parametrize("share", [0, -1, 1.5])
def test_a_share_that_is_none_is_refused(share):
    """With what to write instead."""
    with pytest.raises(GraphError, match="choose 0 < share <= 1"):
        estimate_betweenness(large(1), share=share)
