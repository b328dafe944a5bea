"""Bridging: reference values, the definitions once more with networkx, and what must hold."""

from __future__ import annotations

import random
from itertools import combinations

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks import graph_of
from ringmap.analysis import BRIDGING, find_bridging, find_brokers
from ringmap.analysis.community_brokers import local_scores
from ringmap.analysis.efficiency import efficiency_drops
from ringmap.analysis.pairs import component_of, pairs_of
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties

NAMES = {
    "bridging_coefficient": "bridging_coefficient_hwang",
    "bridging_centrality": "bridging_centrality_hwang_raw_betweenness",
    "everett_valente": "everett_valente_undirected",
    "valente_fujimoto": "valente_fujimoto_bridging",
}
QUICK = [name for name in BRIDGING if not name.startswith("community")]


def measured(graph, measures=None):
    return find_bridging(graph, measures=measures).set_index("party")


@pytest.mark.parametrize("measure", NAMES)
def test_each_measure_has_the_reference_value(reference, measure):
    """To 1e-9."""
    if "brokerage_extra" not in reference:
        pytest.skip("this network has no reference values for bridging")
    wanted = pd.Series(reference["brokerage_extra"][NAMES[measure]], dtype=float)
    found = measured(graph_of(reference), [measure])[measure].loc[wanted.index]

    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-9)


def test_pairs_of_contacts_are_those_of_the_reference(reference):
    """UCINET's honest broker counts."""
    if "brokerage_extra" not in reference:
        pytest.skip("this network has no reference values for bridging")
    wanted = pd.DataFrame(reference["brokerage_extra"]["honest_broker_undirected"]).T
    found = measured(graph_of(reference), ["open_pairs", "closed_pairs"]).loc[wanted.index]

    assert found["open_pairs"].tolist() == wanted["open"].tolist()
    assert found["closed_pairs"].tolist() == wanted["closed"].tolist()


def test_the_score_in_one_division_has_the_reference_value(reference):
    """Paquet-Clouston and Bouchard's local score."""
    told = reference.get("community_broker_score")
    if told is None:
        pytest.skip("this network has no reference values for community brokers")
    graph = graph_of(reference)
    of = {party: number for number, group in enumerate(told["partition"]) for party in group}
    division = np.array([of[party] for party in graph.parties["party"]])
    found = local_scores(pairs_of(graph), division)

    wanted = [told["score"][party] for party in graph.parties["party"]]
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-9)


def test_a_bridge_between_two_triangles_by_hand(network):
    """A, B, C know each other, so do D, E, F; C and D are tied.

    C lies between A or B and D, E or F: 6 pairs. (2·6 + 5) / 3 contacts = 17/3. Its contacts
    have 2, 2 and 3 ties: (1/3) / (1/2 + 1/2 + 1/3) = 1/4, times 6 is 1.5. Of its three
    pairs of contacts A-B is tied. A triangle is worth 3/1, so C has 3 + 3.
    """
    graph = network("A-B B-C A-C C-D D-E E-F D-F")
    row = measured(graph).loc["C"]

    assert row["everett_valente"] == pytest.approx(17 / 3)
    assert row["bridging_coefficient"] == pytest.approx(1 / 4)
    assert row["bridging_centrality"] == pytest.approx(1.5)
    assert row[["open_pairs", "half_open_pairs", "closed_pairs"]].tolist() == [2, 0, 1]
    assert row[["community_broker", "community_broker_share"]].tolist() == [6, 1]
    assert row["because"] == (
        "2 of 3 pairs of its 3 contacts have no tie of their own;"
        " in 100% of 100 divisions it has a tie into another group"
    )


def test_a_tie_one_way_between_contacts_leaves_them_half_open(network):
    """X knows A, B and C; A and B tell each other, B tells C."""
    row = measured(network("X-A X-B X-C A-B B-A B-C", directed=True), QUICK).loc["X"]

    assert row[["open_pairs", "half_open_pairs", "closed_pairs"]].tolist() == [1, 1, 1]
    assert row["honest_broker"] == pytest.approx(1 / 3)


def test_a_party_alone_is_no_group(network):
    """C alone between two triangles joins no groups by itself, nor do those tied to it."""
    graph = network("A-B B-D A-D D-C C-E E-F F-G E-G")
    division = np.array([0, 0, 1, 0, 2, 2, 2])

    assert local_scores(pairs_of(graph), division).tolist() == [0] * 7


def made_up(seed):
    """A sparse network in several parts with isolates, ties one way and the other."""
    chance = random.Random(seed)
    names = [f"p{number:02d}" for number in range(chance.randint(2, 16))]
    ties = [
        (chance.choice(names), chance.choice(names), chance.choice([1, 2, 5]))
        for _ in range(chance.randint(1, 2 * len(names)))
    ]
    return names, ties


def built(names, ties, *, directed=False):
    table = pd.DataFrame(ties, columns=["source", "target", "weight"])
    return graph_from_ties(table, pd.DataFrame({"party": names}), directed=directed)


def plain_of(names, ties):
    graph = networkx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((a, b) for a, b, _ in ties if a != b)
    return graph


@pytest.mark.parametrize("seed", range(8))
def test_every_measure_equals_its_definition(seed):
    """Against networkx, a tie taken out at a time; direction makes no difference."""
    names, ties = made_up(seed)
    twin = plain_of(names, ties)
    between = networkx.betweenness_centrality(twin, normalized=False)
    whole = networkx.global_efficiency(twin)
    drops = {}
    for a, b in twin.edges:
        less = twin.copy()
        less.remove_edge(a, b)
        drops[frozenset((a, b))] = whole - networkx.global_efficiency(less)
    found = measured(built(names, ties, directed=seed % 2 == 1), QUICK)

    for name in names:
        near = list(twin[name])
        row = found.loc[name]
        if not near:
            assert row[list(NAMES)].isna().all()
            continue
        share = 1 / len(near)
        coefficient = share / sum(1 / len(twin[other]) for other in near)
        rest = len(names) - 1 if len(near) > 1 else 0
        assert row["bridging_coefficient"] == pytest.approx(coefficient)
        assert row["bridging_centrality"] == pytest.approx(coefficient * between[name])
        assert row["everett_valente"] == pytest.approx((2 * between[name] + rest) * share)
        mean = np.mean([drops[frozenset((name, other))] for other in near])
        assert row["valente_fujimoto"] == pytest.approx(mean, abs=1e-12)
        pairs = list(combinations(near, 2))
        assert row["open_pairs"] == sum(not twin.has_edge(a, b) for a, b in pairs)
        assert row[["open_pairs", "half_open_pairs", "closed_pairs"]].sum() == len(pairs)


@pytest.mark.parametrize("seed", range(6))
def test_the_score_of_a_division_equals_its_definition(seed):
    """Worth over the root of how many of the own group reach the other, with networkx."""
    names, ties = made_up(seed + 50)
    twin, graph = plain_of(names, ties), built(names, ties)
    groups = networkx.community.louvain_communities(twin, seed=seed)
    groups = [group for group in groups if len(group) > 1]
    of = {name: number for number, group in enumerate(groups) for name in group}
    worth = [
        len(group) / networkx.average_shortest_path_length(twin.subgraph(group)) for group in groups
    ]
    alone = iter(range(len(groups), len(groups) + len(names)))
    division = np.array([of.get(name, next(alone)) for name in names])
    division = np.unique(division, return_inverse=True)[1]
    reach = {name: {of[o] for o in twin[name] if o in of} - {of[name]} for name in of}
    wanted = [
        worth[of[name]]
        + sum(
            worth[one] / np.sqrt(sum(one in reach[other] for other in groups[of[name]]))
            for one in reach[name]
        )
        if reach.get(name)
        else 0.0
        for name in names
    ]

    assert local_scores(pairs_of(graph), division).tolist() == pytest.approx(wanted)


def test_networks_too_large_for_efficiency_say_so(network, monkeypatch):
    """A part beyond the limit has no number, and how many parties that are is told."""
    monkeypatch.setattr("ringmap.analysis.efficiency.MOST_PARTIES", 3)
    table = find_bridging(network("A-B B-C C-D D-A", parties="Z"))

    assert table["valente_fujimoto"].isna().all()
    assert table.attrs["bridging"]["not_measured"] == 4


def test_a_long_circle_is_given_up_in_time(network, monkeypatch):
    """Small parts come first and are measured."""
    monkeypatch.setattr("ringmap.analysis.efficiency.MOST_STEPS", 20_000)
    monkeypatch.setattr("ringmap.analysis.pairs.BIN_PARTIES", 10)
    circle = " ".join(f"c{one:02d}-c{(one + 1) % 40:02d}" for one in range(40))
    graph = network(f"{circle} A-B B-C")
    drops = efficiency_drops(pairs_of(graph), component_of(pairs_of(graph)))

    # Of A-B and B-C: 1 and 1/2 are lost each way, of 43 times 42 ordered pairs.
    assert np.isfinite(drops[:2]).all()
    assert drops[:2].tolist() == pytest.approx([3 / (43 * 42)] * 2)
    assert np.isnan(drops[2:]).all()


def test_betweenness_that_is_known_is_not_computed_again(network):
    """The same numbers with and without the table of brokers; another graph's is refused."""
    graph = network("A-B B-C C-D D-A A-E")
    alone, given_table = find_bridging(graph), find_bridging(graph, brokers=find_brokers(graph))

    pd.testing.assert_frame_equal(alone, given_table, check_exact=True)
    with pytest.raises(GraphError, match="different parties"):
        find_bridging(graph, brokers=find_brokers(network("A-B")))


@pytest.mark.parametrize("parties", ["", "A", "A B"])
def test_without_ties_there_is_a_sentence_and_no_number(network, parties):
    """No crash; zeros where a count is asked for."""
    table = find_bridging(network("", parties=parties))

    assert len(table) == len(parties.split())
    assert table[list(NAMES)].isna().all(axis=None)
    assert (table["community_broker"] == 0).all()
    assert set(table["because"]) <= {"no bridge here: no tie to anybody is recorded"}


def test_an_unknown_measure_is_refused_and_some_may_be_asked_for(network):
    """Only these are computed."""
    table = find_bridging(network("A-B B-C"), measures=["honest_broker"])

    assert table.columns.tolist() == ["party", "honest_broker", "records"]
    with pytest.raises(GraphError, match="no measure 'fame'"):
        find_bridging(network("A-B"), measures=["fame"])


ties_strategy = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 4)), min_size=1, max_size=16
)


@settings(max_examples=3, deadline=None)
@given(ties=ties_strategy, directed=st.booleans(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_strength_of_ties_change_nothing(ties, directed, chance):
    """Rows shuffled and each tie doubled: the same table to the last bit."""
    names = [f"n{number}" for number in range(8)]
    named = [(names[a], names[b], weight) for a, b, weight in ties]
    shuffled = named * 2
    chance.shuffle(shuffled)

    pd.testing.assert_frame_equal(
        find_bridging(built(names, named, directed=directed)),
        find_bridging(built(names[::-1], shuffled, directed=directed)),
        check_exact=True,
    )


@settings(max_examples=8, deadline=None)
@given(ties=ties_strategy, order=st.permutations(range(8)))
def test_new_ids_change_no_value_and_isolates_only_what_counts_everybody(ties, order):
    """Efficiency and Everett and Valente's n − 1 know of isolates; the rest does not."""
    old, new = [f"n{one}" for one in range(8)], [f"m{order[one]}" for one in range(8)]
    measures = [name for name in QUICK if name not in ("everett_valente", "valente_fujimoto")]
    before = measured(built(old, [(old[a], old[b], w) for a, b, w in ties]), measures)
    more = built([*new, "y", "z"], [(new[a], new[b], w) for a, b, w in ties])
    after = measured(more, measures).loc[new]

    pd.testing.assert_frame_equal(
        before.drop(columns="records").reset_index(drop=True),
        after.drop(columns="records").reset_index(drop=True),
        rtol=1e-9, atol=1e-12,
    )  # fmt: skip
