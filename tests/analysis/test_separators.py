"""All smallest sets that part two groups."""

from __future__ import annotations

from itertools import combinations

import networkx
import numpy as np
import pandas as pd
import pytest

from analysis.legs import graph_of_legs, leg
from analysis.networks import graph_of, network_of
from ringmap.analysis import find_route_separators, find_separators
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties


def sets_of(found) -> set[frozenset[object]]:
    return {frozenset(some["member"]) for _, some in found.members.groupby("set")}


def test_cuts_are_those_of_the_reference(reference):
    """Size, sets and strengths of every pair that was worked out by brute force."""
    graph = graph_of(reference)
    for pair, wanted in reference.get("cuts", {}).items():
        a, b = pair.split("->")
        found, ties, strength = (
            find_separators(graph, victims=[a], exploiters=[b], by=by)
            for by in ("parties", "ties", "strength")
        )

        assert found.size == wanted["node_connectivity"]
        assert ties.size == wanted["edge_connectivity"]
        assert strength.size == wanted["weighted_maxflow_capacity=weight"]
        if wanted["all_minimum_node_cuts_bruteforce"]:
            told = {frozenset(one) for one in wanted["all_minimum_node_cuts_bruteforce"]}
            assert sets_of(found) == told
            assert found.complete


def test_cuts_between_groups_are_those_of_the_reference(reference):
    """Recruiters from exploiters, each group as one."""
    if "cuts_group" not in reference:
        pytest.skip("no groups are parted in this network")
    told, graph = reference["cuts_group"], graph_of(reference)
    found, strength = (
        find_separators(graph, victims=told["sources"], exploiters=told["sinks"], by=by)
        for by in ("parties", "strength")
    )

    assert found.size == told["min_node_cut_size_flow"]
    assert sets_of(found) == {frozenset(one) for one in told["all_minimum_cuts_bruteforce"]}
    assert strength.size == told["edge_min_cut_weight"]


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_all_sets_are_found_and_no_other(seed, directed):
    """Against taking out every set of that size, one after the other; sizes as networkx says."""
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, 11, (22, 2))
    ends = ends[
        (ends[:, 0] != ends[:, 1]) & ~((ends < 4).all(axis=1) & (ends % 2).sum(axis=1) == 1)
    ]
    ties = pd.DataFrame(ends, columns=["source", "target"])
    graph = graph_from_ties(ties, pd.DataFrame({"party": range(11)}), directed=directed)
    twin = (networkx.DiGraph if directed else networkx.Graph)(ends.tolist())
    twin.add_nodes_from(range(11))
    twin.remove_edges_from([(a, b) for a in (0, 2) for b in (1, 3)])
    found = find_separators(graph, victims=[0, 2], exploiters=[1, 3])

    def parted(members):
        rest = twin.subgraph(set(twin) - set(members))
        return not any(networkx.has_path(rest, a, b) for a in (0, 2) for b in (1, 3))

    size = next(k for k in range(8) if any(map(parted, combinations(range(4, 11), k))))
    wanted = {frozenset(one) for one in combinations(range(4, 11), size) if parted(one)}
    assert found.size == size
    assert found.complete
    assert sets_of(found) == (wanted if size else set())


@pytest.mark.parametrize("seed", range(4))
def test_ties_cut_add_up_to_the_largest_flow(seed):
    """The value is networkx' flow, and taking any listed set out leaves none."""
    rng = np.random.default_rng(seed)
    ties = pd.DataFrame(rng.integers(0, 10, (24, 2)), columns=["source", "target"])
    ties = ties[(ties["source"] != ties["target"])]
    ties = ties[~(ties.min(axis=1).eq(0) & ties.max(axis=1).eq(9))].assign(
        weight=lambda told: rng.integers(1, 5, len(told))
    )
    graph = graph_from_ties(ties, pd.DataFrame({"party": range(10)}))
    twin = networkx.Graph()
    twin.add_nodes_from(range(10))
    for a, b, w in ties.itertuples(index=False):
        twin.add_edge(a, b, capacity=w + twin.get_edge_data(a, b, {"capacity": 0})["capacity"])
    found = find_separators(graph, victims=[0], exploiters=[9], by="strength")

    assert found.size == networkx.maximum_flow_value(twin, 0, 9)
    for _, some in found.members.groupby("set"):
        rest = twin.copy()
        rest.remove_edges_from(zip(some["from_point"], some["to_point"], strict=True))
        assert not networkx.has_path(rest, 0, 9)
        assert some["weight"].sum() == found.size


def test_direct_ties_are_set_aside_and_said():
    """V is held by E, and tied to E by way of A and by way of B."""
    found = find_separators(network_of("V-E V-A A-E V-B B-E"), victims=["V"], exploiters=["E"])

    assert sets_of(found) == {frozenset("AB")}
    assert found.because == (
        "one smallest set parts victims and exploiters: 2 parties;"
        " 1 direct tie between them set aside"
    )


def test_sets_past_counting_are_capped_and_it_is_said():
    """Twelve chains of three: 3 to the 12th sets, of which five are listed."""
    chains = " ".join(f"V-a{n} a{n}-b{n} b{n}-c{n} c{n}-E" for n in range(12))
    found = find_separators(network_of(chains), victims=["V"], exploiters=["E"], most=5)

    assert (found.size, found.number, found.complete) == (12, 5, False)
    assert "there are more than were listed" in found.because


def test_victims_and_exploiters_are_known_by_side_and_role():
    """Who is both is in neither group, and no member either unless asked."""
    table = pd.DataFrame({
        "party": ["B", "E", "T", "V"], "side": ["both", "offender", "offender", "victim"],
        "roles": ["recruiter;victim", "buyer", "transporter", "victim"],
    })  # fmt: skip
    ties = pd.DataFrame({"source": ["V", "T", "V", "B"], "target": ["T", "E", "B", "E"]})
    closed = find_separators(graph_from_ties(ties, table))
    opened = find_separators(graph_from_ties(ties, table), rank_victims=True)

    assert closed.size is None
    assert closed.because == (
        "no set of parties parts victims and exploiters: a way between them passes none;"
        " 1 person recorded as a victim may be no member"
    )
    assert sets_of(opened) == {frozenset("BT")}
    assert find_separators(network_of("A-B")).because == "nothing here: no victim is known"
    assert find_separators(network_of("V-B"), victims=["V"]).because == (
        "nothing here: no buyer or exploiter is known"
    )


def test_groups_that_nothing_joins_need_no_set():
    """Two ties apart."""
    found = find_separators(network_of("V-A B-E"), victims=["V"], exploiters=["E"])

    assert (found.size, found.number) == (0, 0)
    assert found.because.startswith("nothing joins")


def test_what_cannot_be_asked_is_refused():
    """Unknown party, word or number, and a party in both groups."""
    graph = network_of("A-B")
    for asked, told in (
        ({"victims": ["Z"]}, "no party 'Z'"), ({"by": "luck"}, "choose among"),
        ({"most": 0}, "ask for one"), ({"victims": ["A"], "exploiters": ["A"]}, "both as a"),
    ):  # fmt: skip
        with pytest.raises(GraphError, match=told):
            find_separators(graph, **asked)
    with pytest.raises(GraphError, match="choose among gates"):
        find_route_separators(graph, by="parties")


def test_gates_that_all_ways_lead_through():
    """X1 and X2 reach Z by gates G and H; both must be shut, or the one place Y between."""
    graph = graph_of_legs(
        leg("A", "P>Y", "2019-01"), leg("A", "Y>Z", "2019-02", gate="G"),
        leg("B", "Q>Y", "2019-01"), leg("B", "Y>Z", "2019-02", gate="H"),
        leg("C", "P>Q", "2019-01"),
    )  # fmt: skip
    gates = find_route_separators(graph)
    places = find_route_separators(graph_of_legs(
        leg("A", "P>Y", "2019-01"), leg("A", "Y>Z", "2019-02", gate="G"),
        leg("B", "Q>Y", "2019-01"), leg("B", "Y>Z", "2019-02", gate="H"),
    ), by="places")  # fmt: skip
    links = find_route_separators(graph, by="links")

    assert sets_of(gates) == {frozenset("GH")}
    assert gates.because.endswith("1 journey that name no gate left out")
    assert sets_of(places) == {frozenset("Y")}
    assert links.size == 3
    assert find_route_separators(graph_of_legs()).because.startswith("nothing here")
