"""Who is within some steps, and a shortest way: the same as networkx finds."""

from __future__ import annotations

import itertools
import random
from unittest import mock

import networkx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.analysis import count_within, find_reach, find_way, list_within
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties
from ringmap.kernels import networks

NAMES = [f"P{one:02d}" for one in range(14)]
TIES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30)


def graphs(ties, directed):
    """The same ties as ours and as networkx has them; isolates included."""
    table = pd.DataFrame(ties, columns=["source", "target"])
    plain = networkx.DiGraph() if directed else networkx.Graph()
    plain.add_nodes_from(NAMES)
    plain.add_edges_from((a, b) for a, b in ties if a != b)
    return graph_from_ties(table, pd.DataFrame({"party": NAMES}), directed=directed), plain


def test_a_line_by_hand():
    """A-B-C-D: within two steps of A are B and C."""
    graph = graph_from_ties(pd.DataFrame({"source": list("ABC"), "target": list("BCD")}))
    told = find_reach(graph, "A")

    assert list(zip(told["party"], told["steps"], strict=True)) == [("B", 1), ("C", 2)]
    assert told["because"].tolist() == ["tied to them", "2 steps away by recorded ties"]
    assert find_way(graph, "A", "D") == ("A", "B", "C", "D")
    assert find_way(graph, "B", "B") == ("B",)


@given(TIES, st.booleans(), st.integers(1, 5))
def test_reach_is_that_of_networkx(ties, directed, steps):
    """Nearest first, then by id."""
    graph, plain = graphs(ties, directed)
    told = find_reach(graph, "P03", steps=steps)
    with mock.patch.object(networks, "library", return_value=None):
        pd.testing.assert_frame_equal(told, find_reach(graph, "P03", steps=steps))
    wanted = networkx.single_source_shortest_path_length(plain, "P03", cutoff=steps)
    layers = list_within(graph, "P03", steps=steps)
    assert layers == tuple(
        sorted(one for one, far in wanted.items() if far == step) for step in range(len(layers))
    )
    assert sum(map(len, layers)) == len(wanted)
    assert count_within(graph, "P03", steps=steps) == tuple(map(len, layers))
    del wanted["P03"]

    assert list(zip(told["steps"], told["party"], strict=True)) == sorted(
        (far, one) for one, far in wanted.items()
    )


@pytest.mark.parametrize(("ties", "steps"), [(900, 4), (2_500, 2), (2_500, 3), (9_000, 3)])
def test_a_large_neighbourhood_is_that_of_networkx(ties, steps):
    """Hundreds of parties in a layer, gates of many contacts among them."""
    chance = random.Random(ties)
    names = [f"P{one:04d}" for one in range(1_500)]
    gates = names[:2]
    ends = [(chance.choice([*gates, chance.choice(names)]), chance.choice(names))
            for _ in range(ties)]  # fmt: skip
    everybody = pd.DataFrame({"party": names})
    graph = graph_from_ties(pd.DataFrame(ends, columns=["source", "target"]), everybody)
    plain = networkx.Graph([(a, b) for a, b in ends if a != b])
    for party in [*gates, *(one for one in names[::250] if one in plain)]:
        far = networkx.single_source_shortest_path_length(plain, party, cutoff=steps)
        wanted = [[] for _ in range(max(far.values()) + 1)]
        for one in sorted(far):
            wanted[far[one]].append(one)

        assert list(list_within(graph, party, steps=steps)) == wanted
        assert count_within(graph, party, steps=steps) == tuple(map(len, wanted))


@given(TIES, st.booleans(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_way_is_as_short_as_that_of_networkx(ties, directed, start, end):
    """And each of its steps is a tie; whatever the order of rows it is the same."""
    graph, plain = graphs(ties, directed)
    way = find_way(graph, start, end)

    assert (way is not None) == networkx.has_path(plain, start, end)
    if way is not None:
        assert (way[0], way[-1]) == (start, end)
        assert len(way) - 1 == networkx.shortest_path_length(plain, start, end)
        assert all(plain.has_edge(a, b) for a, b in itertools.pairwise(way))
    assert way == find_way(graphs(ties[::-1], directed)[0], start, end)
    with mock.patch.object(networks, "library", return_value=None):
        assert way == find_way(graph, start, end)


def test_ties_of_strength_0_lead_nowhere_and_strangers_are_refused():
    """As in every measure."""
    graph = graph_from_ties(pd.DataFrame({"source": ["A"], "target": ["B"], "weight": [0]}))

    assert len(find_reach(graph, "A")) == 0
    assert find_way(graph, "A", "B") is None
    with pytest.raises(GraphError, match="no party 'Z'"):
        find_reach(graph, "Z")
    with pytest.raises(GraphError, match="ask for one step or more"):
        find_reach(graph, "A", steps=0)
    with pytest.raises(GraphError, match="ask for one step or more"):
        list_within(graph, "A", steps=0)
