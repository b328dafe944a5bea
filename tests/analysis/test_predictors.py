"""Scores of pairs: by hand, beside published values, networkx and the definition of Katz."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks import graph_of, network_of
from ringmap.analysis import predictors, score_pairs
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, graph_from_ties

NAMED = {
    "common_neighbours", "adamic_adar", "jaccard", "resource_allocation", "katz_half_lambda",
}  # fmt: skip


def random_graph(seed: int, *, directed: bool = False, parties: int = 14) -> RingGraph:
    """Some ties between 14 parties, of several strengths, some twice, some parties alone."""
    chance = np.random.default_rng(seed)
    ends = chance.integers(0, parties - 2, size=(int(parties * 1.6), 2))
    ties = pd.DataFrame(ends, columns=["source", "target"]).map(lambda one: f"p{one:03d}")
    ties["weight"] = chance.integers(1, 5, size=len(ties))
    everybody = pd.DataFrame({"party": [f"p{one:03d}" for one in range(parties)]})
    return graph_from_ties(ties, everybody, directed=directed)


def plain_of(graph: RingGraph) -> networkx.Graph:
    """The same without direction, strength, self ties and parallel ties."""
    plain = networkx.Graph()
    plain.add_nodes_from(graph.parties["party"])
    ends = zip(graph.ties["source"], graph.ties["target"], strict=True)
    plain.add_edges_from((a, b) for a, b in ends if a != b)
    return plain


def test_a_path_by_hand(network: Any) -> None:
    """A-B-C-D: A and C share B (2 contacts): 1/ln 2 and 1/2; of two contacts in all, one."""
    table = score_pairs(network("A-B B-C C-D")).set_index(["source", "target"])
    row = table.loc[("A", "C")]

    assert list(table.index) == [("A", "C"), ("B", "D")]
    assert row["common_neighbours"] == 1
    assert row["adamic_adar"] == pytest.approx(1 / math.log(2))
    assert row["resource_allocation"] == 0.5
    assert row["jaccard"] == 0.5
    assert row["preferential_attachment"] == 2
    assert row["paths_of_three"] == 0


def test_paths_of_three_by_hand(network: Any) -> None:
    """A-B-C-D: the only walk of three steps from A to D passes B and C of 2 contacts: 1/2."""
    table = score_pairs(network("A-B B-C C-D"), pd.DataFrame({"source": ["D"], "target": ["A"]}))

    assert table["paths_of_three"].tolist() == [pytest.approx(0.5)]
    assert table["common_neighbours"].tolist() == [0]


def test_published_values_are_met(reference: dict[str, Any]) -> None:
    """Every pair of the reference, and every predictor that it has, to 1e-9."""
    if "link_prediction" not in reference:
        pytest.skip("no scores of pairs in this file")
    pairs = reference["link_prediction"]["pairs"]
    nodes = {str(one["id"]): one["id"] for one in reference["graph"]["nodes"]}
    ends = [[nodes[end] for end in pair.split("|")] for pair in pairs]
    told = score_pairs(graph_of(reference), pd.DataFrame(ends, columns=["source", "target"]))

    for name in NAMED & set(next(iter(pairs.values()))):
        column = name.removesuffix("_half_lambda")
        wanted = [one[name] for one in pairs.values()]
        assert told[column].to_numpy() == pytest.approx(wanted, abs=1e-9), name


@pytest.mark.parametrize("directed", [False, True])
def test_networkx_says_the_same(directed: bool) -> None:
    """On random graphs with isolates, parallel ties, self ties and strengths."""
    for seed in range(5):
        graph = random_graph(seed, directed=directed)
        plain, table = plain_of(graph), score_pairs(graph)
        pairs = list(zip(table["source"], table["target"], strict=True))
        for column, function in (
            ("adamic_adar", networkx.adamic_adar_index),
            ("jaccard", networkx.jaccard_coefficient),
            ("resource_allocation", networkx.resource_allocation_index),
            ("preferential_attachment", networkx.preferential_attachment),
        ):
            wanted = [value for _, _, value in function(plain, pairs)]
            assert table[column].to_numpy() == pytest.approx(wanted, abs=1e-9)
        missing = [
            pair for pair in combinations(sorted(plain), 2)
            if not plain.has_edge(*pair) and set(plain[pair[0]]) & set(plain[pair[1]])
        ]  # fmt: skip
        assert pairs == missing


def test_katz_is_the_sum_of_its_walks() -> None:
    """Exactly up to 400 tied parties; beyond, the walks of one, two and three steps."""
    for parties, steps in ((40, 60), (460, 3)):
        graph = random_graph(3, parties=parties)
        tied = networkx.to_numpy_array(plain_of(graph), nodelist=list(graph.parties["party"]))
        damping = 0.5 / np.linalg.eigvalsh(tied)[-1]
        walks, power = np.zeros_like(tied), np.eye(len(tied))
        for _ in range(steps):
            power = power @ tied * damping
            walks += power
        table = score_pairs(graph)
        place = {party: row for row, party in enumerate(graph.parties["party"])}
        ends = [[place[one] for one in table[end]] for end in ("source", "target")]

        assert table["katz"].to_numpy() == pytest.approx(walks[tuple(ends)], rel=1e-9)


def test_ways_through_everybodys_contact_are_passed_over(monkeypatch: Any) -> None:
    """With room for 3 ways of two steps, a hub of 6 contacts (15 ways) is left out."""
    graph = network_of("H-A H-B H-C H-D H-E H-F A-X X-B")
    monkeypatch.setattr(predictors, "MOST_WEDGES", 9)

    table = score_pairs(graph)

    assert set(zip(table["source"], table["target"], strict=True)) == {("A", "B"), ("H", "X")}
    assert table["common_neighbours"].tolist() == [1, 2]


def test_a_graph_without_ties_has_no_pairs() -> None:
    """Nobody, and two isolates."""
    empty = graph_from_ties(pd.DataFrame({"source": [], "target": []}, dtype="str"))

    assert score_pairs(empty).empty
    assert score_pairs(network_of("", parties="A B")).empty


def test_a_stranger_is_named() -> None:
    """With a hint, not a traceback."""
    with pytest.raises(GraphError, match="no party 'Z'"):
        score_pairs(network_of("A-B"), pd.DataFrame({"source": ["A"], "target": ["Z"]}))


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14), st.randoms(),
)  # fmt: skip
def test_order_doubling_and_isolates_change_nothing(
    ends: list[tuple[int, int]], chance: Any
) -> None:
    """Rows shuffled, each tie told twice and turned, a party added that nobody is tied to."""
    rows = [(f"p{a}", f"p{b}") for a, b in ends]
    again = [*rows, *((b, a) for a, b in rows)]
    chance.shuffle(again)
    everybody = pd.DataFrame({"party": [*(f"p{one}" for one in range(8)), "zz"]})
    once = graph_from_ties(pd.DataFrame(rows, columns=["source", "target"], dtype="str"))
    twice = graph_from_ties(
        pd.DataFrame(again, columns=["source", "target"], dtype="str"), everybody
    )

    pd.testing.assert_frame_equal(score_pairs(once), score_pairs(twice), check_exact=False)
