"""What would change the verdict: by hand, against a search of all, and what must not change."""

from __future__ import annotations

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks import network_of
from ringmap.analysis import find_topplers
from ringmap.analysis.perturbing import records_of
from ringmap.analysis.toppling import _likely_pairs, _standing, _Trials
from ringmap.graph import build_graph, graph_from_ties
from ringmap.model import Case
from ringmap.records import read
from rings import write_folder


@pytest.fixture
def graded(tmp_path) -> Case:
    """B and C are the middles of two stars; their one tie to the other star is a rumour (E5)."""
    ties = ["B,A1,S1", "B,A2,S1", "B,A3,S1", "C,D1,S2", "C,D2,S2", "B,C,S3"]
    people = ["A1", "A2", "A3", "B", "C", "D1", "D2"]
    folder = write_folder(
        tmp_path / "graded",
        people="person_id,role\n" + "".join(f"{one},recruiter\n" for one in people),
        ties="source,target,kind,source_ref\n"
        + "".join(f"{a},{b},called,{c}\n" for a, b, c in (tie.split(",") for tie in ties)),
        sources="source_ref,reliability,credibility\nS1,B,2\nS2,B,2\nS3,E,5\n",
    )
    return read(folder).case


def test_one_pair_more_topples_the_middle_of_a_chain(network):
    """A-B-C: with A and C tied nobody stands between anybody; A-B gone likewise."""
    found = find_topplers(network("A-B B-C"))

    assert found.first == ("B",)
    assert found.ways["change"].tolist() == ["pair not tied"] * 2 + ["pair tied, unrecorded"]
    assert found.ways["first_then"].isna().all()
    assert found.tried == 3


def test_a_first_place_that_one_tie_carries(network):
    """B joins two stars of 3 at M and N: M and N lead once B-M is gone.

    M has contacts A1 A2 A3 B, N has D1 D2 D3 B. M stands between 3 pairs of its own star, 3·5
    of star and rest: 18 of 36; B between 4·4 = 16. So M and N are first, level, and a single
    pair gone between them changes nothing of that but leaves the other first.
    """
    found = find_topplers(network("M-A1 M-A2 M-A3 B-M B-N N-D1 N-D2 N-D3"))

    assert found.first == ("M", "N")
    assert "2 stand first, level" in found.because


def test_two_pairs_together_where_no_single_one_is_enough(graded):
    """B stands between 3 + 3·3 = 12 pairs, C between 1 + 2·4 = 9; each pair is one record.

    No single pair makes C overtake: without B-C, B has 3 pairs and C 1; without one tie of B's
    star B has 1 + 2·3 = 7 and C 1 + 2·3 = 7, level. Without two, B has 3 and C 1 + 2·2 = 5.
    """
    graph = build_graph(graded, projection="people")
    found = find_topplers(graph)

    assert found.first == ("B",)
    together = found.ways[found.ways["change"] == "pairs not tied, together"]
    assert len(together) == 2
    assert set(together["first_then"]) == {"C"}
    assert together["because"].iloc[0].startswith("if none of these 2 pairs were tied (2 records")


def test_a_source_that_is_wrong(graded):
    """Without the three ties of source S1, B has only C: C leads with its 3 pairs."""
    ways = find_topplers(build_graph(graded, projection="people")).ways
    source = ways[(ways["change"] == "source wrong") & ways["topples"]]

    assert source["first_then"].tolist() == ["C"]
    assert source["source"].isna().all()
    assert len(source["records"].iloc[0]) == 3
    assert "betweenness 3 against 0" in source["because"].iloc[0]


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 200))
def test_single_pairs_are_those_that_a_search_of_all_finds(seed):
    """Each pair is taken out with networkx, and the first compared with the first before."""
    plain = networkx.gnp_random_graph(9, 0.3, seed=seed)
    edges = [(f"P{a}", f"P{b}") for a, b in plain.edges]
    graph = graph_from_ties(pd.DataFrame(edges, columns=["source", "target"]))
    found = find_topplers(graph)

    def first(edges):
        network = networkx.Graph()
        network.add_nodes_from(graph.parties["party"])
        network.add_edges_from(edges)
        values = networkx.betweenness_centrality(network, normalized=False)
        top = round(max(values.values(), default=0), 9)
        return {one for one, value in values.items() if round(value, 9) == top} if top else set()

    now = first(edges)
    wanted = {
        tuple(sorted(edge))
        for edge in edges
        if now and not first([one for one in edges if one != edge]) & now
    }
    single = found.ways[(found.ways["change"] == "pair not tied")]
    told = single[single["topples"]]
    assert set(zip(told["source"], told["target"], strict=True)) == wanted
    assert set(found.first) == now


def test_victims_never_take_the_first_place(network):
    """B is not ranked: A and C are level at the top of the others, whatever B is."""
    graph = network("A-B B-C A-X C-Y")
    found = find_topplers(graph, among=set("ACXY"))

    assert found.first == ("A", "C")
    assert "B" not in set(found.ways["first_then"].dropna())


@pytest.mark.parametrize("text", ["", "A-B", "A-B B-C C-A"])
def test_without_a_first_place_there_is_nothing_to_lose(network, text):
    """Nobody stands between two others: an answer, not an error."""
    found = find_topplers(network(text, parties="Z"))

    assert len(found.ways) == 0
    assert found.first == ()
    assert "nobody stands between" in found.because


def test_rows_in_another_order_change_nothing():
    """The same ties, told backwards."""
    edges = list(networkx.karate_club_graph().edges)
    frames = [
        pd.DataFrame([(f"P{a:02}", f"P{b:02}") for a, b in order], columns=["source", "target"])
        for order in (edges, edges[::-1])
    ]
    one, other = (find_topplers(graph_from_ties(frame), most=20) for frame in frames)

    pd.testing.assert_frame_equal(one.ways, other.ways)
    assert one.because == other.because


def test_a_circle_has_no_broker_and_a_chain_may_turn_the_verdict():
    """Six in a circle: each pair taken out leaves a chain whose middles stand out, or not."""
    found = find_topplers(network_of("A-B B-C C-D D-E E-F F-A"))

    turned = found.ways[found.ways["verdict_turns"]]
    assert found.first == tuple("ABCDEF")
    assert all("broker would be found" in one for one in turned["because"])


def test_weak_records_are_doubted_first(graded):
    """Of six pairs of one record each, the first to be tried is the one of E5."""
    graph = build_graph(graded, projection="people")
    records = records_of(graph)
    trials = _Trials(graph, records, np.ones(7, dtype=bool), _standing(graph), frozenset({3}))
    pair = _likely_pairs(trials)[0]

    names = graph.parties["party"]
    assert [names[records.pairs.low[pair]], names[records.pairs.high[pair]]] == ["B", "C"]
    assert records.weak.sum() == 1
