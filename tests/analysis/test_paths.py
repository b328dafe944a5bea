"""Paths between two parties, by hand and against networkx."""

from __future__ import annotations

import networkx
import numpy as np
import pandas as pd
import pytest

from ringmap.analysis import find_paths
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties


def routes(found):
    return [
        [*links["from_party"].drop_duplicates(), links["to_party"].iloc[-1]]
        for _, links in found.links.groupby("path")
    ]


def test_a_path_keeps_the_direction_that_was_recorded(network):
    """From A to C against the arrow of B-C's record, which stays as it was."""
    found = find_paths(network("A-B C-B"), "A", "C")

    assert routes(found) == [["A", "B", "C"]]
    assert found.links[["source", "target"]].to_numpy().tolist() == [["A", "B"], ["C", "B"]]
    assert (found.length, found.number, found.shown) == (2, 1, 1)


def test_a_directed_network_lets_nobody_walk_back(network):
    """C called B: from A over B there is no way on to C."""
    found = find_paths(network("A-B C-B", directed=True), "A", "C")

    assert found.length is None
    assert len(found.links) == 0
    assert found.because.startswith("not connected")


def test_every_parallel_tie_of_a_step_is_shown():
    """Two records of other kinds between A and B are two rows of one step."""
    ties = pd.DataFrame(
        {"source": ["A", "B", "B"], "target": ["B", "A", "C"], "kind": ["called", "paid", "met"]}
    )
    found = find_paths(graph_from_ties(ties), "A", "C")

    assert found.links[["step", "kind"]].to_numpy().tolist() == [
        [1, "called"], [1, "paid"], [2, "met"],
    ]  # fmt: skip


def test_more_paths_than_shown_are_counted(network):
    """Four ways of two steps; the first two by id are shown, and the sentence says so."""
    found = find_paths(network("A-P A-Q A-R A-S P-Z Q-Z R-Z S-Z"), "A", "Z", most=2)

    assert routes(found) == [["A", "P", "Z"], ["A", "Q", "Z"]]
    assert (found.number, found.shown) == (4, 2)
    assert found.because == "4 shortest paths of 2 steps, of which the first 2 are shown"


def test_paths_past_counting_are_counted_exactly(network):
    """Forty diamonds in a row: 2 to the 40th shortest paths, told in no time."""
    text = " ".join(
        f"n{one:02d}-u{one:02d} n{one:02d}-v{one:02d} u{one:02d}-n{one + 1:02d}"
        f" v{one:02d}-n{one + 1:02d}"
        for one in range(40)
    )
    found = find_paths(network(text), "n00", "n40", most=1)

    assert found.number == 2**40
    assert found.length == 80


def test_a_party_is_at_no_distance_from_itself(network):
    """No links, and a sentence rather than an error."""
    found = find_paths(network("A-B"), "A", "A")

    assert (found.length, len(found.links)) == (0, 0)


def test_a_tie_of_no_strength_leads_nowhere(network):
    """Strength 0 is a tie that is known not to hold."""
    assert find_paths(network("A-B:0"), "A", "B").length is None


def test_a_misspelt_party_is_answered_with_ids_that_look_alike(network):
    """The message never gives a name away."""
    ties = network("P101-P102").ties[["source", "target"]]
    parties = pd.DataFrame({"party": ["P101", "P102"], "name": ["Lò Thị Mây", "Giàng A Tủa"]})
    graph = graph_from_ties(ties.astype(str), parties)

    with pytest.raises(GraphError, match="no party 'P1O1'; did you mean P101"):
        find_paths(graph, "P1O1", "P102")
    with pytest.raises(GraphError, match="did you mean P102"):
        find_paths(graph, "Giàng A Tua", "P101")
    with pytest.raises(GraphError, match="ask for one or more"):
        find_paths(graph, "P101", "P102", most=0)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_paths_are_those_of_networkx(seed, directed):
    """All shortest paths of a random network, in the order of ids."""
    ends = np.random.default_rng(seed).integers(0, 25, (45, 2))
    ties = pd.DataFrame(ends, columns=["source", "target"])
    graph = graph_from_ties(ties, pd.DataFrame({"party": range(25)}), directed=directed)
    twin = (networkx.DiGraph if directed else networkx.Graph)()
    twin.add_nodes_from(range(25))
    twin.add_edges_from(ends.tolist())
    names = graph.parties["party"].tolist()
    for other in range(1, 25):
        found = find_paths(graph, 0, other, most=1000)
        if not networkx.has_path(twin, 0, other):
            assert found.length is None
            continue
        wanted = sorted(networkx.all_shortest_paths(twin, 0, other),
                        key=lambda route: [names.index(one) for one in route])  # fmt: skip
        assert routes(found) == wanted
        assert found.number == len(wanted)
