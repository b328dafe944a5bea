"""Choke points: what journeys pass, and what they cannot go around."""

from __future__ import annotations

from itertools import pairwise

import networkx
import numpy as np
import pytest

from analysis.legs import graph_of_legs, home, leg
from ringmap.analysis import find_choke_points, find_journeys
from ringmap.errors import GraphError


def column(table, key, value):
    return dict(zip(table[key], table[value], strict=True))


@pytest.fixture
def fork():
    """A to E from X to Z: A, B, C over Y; D and E over W as well, from Y; by gate G in between.

    X - Y - Z for three; X - Y - W - Z for two; the ways into Z are two, through Y is one.
    """
    return graph_of_legs(
        leg("ABCDE", "X>Y", "2019-01", by="M"),
        leg("ABC", "Y>Z", "2019-02", gate="G", by="N"),
        leg("DE", "Y>W", "2019-02"), leg("DE", "W>Z", "2019-03", by="V"),
        home("A", "Z>X", "2020"),
        sides={"V": "both", "M": "offender"},
    )  # fmt: skip


def test_a_point_that_all_must_pass_is_a_choke_point(fork):
    """All five pass Y and have no other way; G and W are ways around each other."""
    found = find_choke_points(fork)
    points = found.points

    assert column(points, "point", "through") == {"Y": 5, "G": 3, "W": 2, "X": 0, "Z": 0,
                                                  "M": 5, "N": 3}  # fmt: skip
    assert column(points, "point", "without_other_way") == {
        "Y": 5, "G": 0, "W": 0, "X": 0, "Z": 0, "M": 5, "N": 3,
    }  # fmt: skip
    assert points["point"].iat[0] == "Y"
    assert points["because"].iat[0] == (
        "5 of 5 journeys pass through; 5 have no other recorded way; a choke point by the rule"
    )
    assert found.found
    assert column(points, "point", "is_cut")["Y"]


def test_victims_are_no_carriers_unless_asked(fork):
    """V is both, and moved D and E."""
    asked = find_choke_points(fork, rank_victims=True).points

    assert "V" not in set(find_choke_points(fork).points["point"])
    assert column(asked, "point", "journeys")["V"] == 2


def test_links_count_journeys_and_shortest_ways(fork):
    """Of Y-G-Z and Y-W-Z the first has three journeys, so it is the shorter (2/3 against 2/2).

    Pairs whose shortest way leads over X-Y: X to Y, G, W and Z.
    """
    links = find_choke_points(fork).links
    ways = {(a, b): row for a, b, row in zip(links["from_point"], links["to_point"],
                                             links.to_dict("records"), strict=True)}  # fmt: skip

    assert ways["X", "Y"]["edge_betweenness"] == 4
    assert ways["X", "Y"]["without_other_way"] == 5
    assert ways["Y", "G"]["without_other_way"] == 0
    assert (ways["X", "Y"]["is_bridge"], ways["Y", "G"]["is_bridge"]) == (True, False)
    assert ("Z", "X") not in ways


def test_few_journeys_have_no_choke_point():
    """Four people through Y say nothing about Y."""
    graph = graph_of_legs(leg("ABCD", "X>Y", "2019-01"), leg("ABCD", "Y>Z", "2019-02"))
    found = find_choke_points(graph)

    assert not found.found
    assert "too few" in found.because
    assert find_choke_points(graph_of_legs()).because.startswith("nothing here")
    with pytest.raises(GraphError, match="no level"):
        find_choke_points(graph, by="street")


def random_legs(seed: int):
    """Thirty people on ways of up to four steps among nine places."""
    rng = np.random.default_rng(seed)
    legs = []
    for person in range(30):
        way = rng.integers(0, 9, int(rng.integers(2, 6)))
        for month, (a, b) in enumerate(pairwise(way), start=1):
            legs.append(leg((f"p{person:02d}",), f"L{a}>L{b}", f"2019-{month:02d}"))
    return graph_of_legs(*legs)


@pytest.mark.parametrize("seed", range(2))
def test_network_measures_are_those_of_networkx(seed):
    """Betweenness by 1/journeys, cut points, and ways around found by taking each point out."""
    graph = random_legs(seed)
    journeys = find_journeys(graph)
    twin = networkx.DiGraph()
    ends = []
    for _, legs in journeys.legs.groupby("journey"):
        moving = legs[legs["from_place"] != legs["to_place"]]
        for a, b in {*zip(moving["from_place"], moving["to_place"], strict=True)}:
            used = twin.get_edge_data(a, b, {"used": 0})["used"] + 1
            twin.add_edge(a, b, used=used, length=60 // used if 60 % used == 0 else 60 / used)
        if len(moving):
            ends.append((moving["from_place"].iat[0], moving["to_place"].iat[-1]))
    found = find_choke_points(graph, journeys=journeys)
    between = networkx.betweenness_centrality(twin, weight="length", normalized=False)
    edges = networkx.edge_betweenness_centrality(twin, weight="length", normalized=False)
    cuts = set(networkx.articulation_points(twin.to_undirected()))
    blocked = dict.fromkeys(twin, 0)
    for point in twin:
        rest = twin.subgraph(set(twin) - {point})
        for a, b in ends:
            blocked[point] += point not in (a, b) and a != b and not networkx.has_path(rest, a, b)

    points = found.points
    assert column(points, "point", "betweenness") == pytest.approx(between)
    assert column(points, "point", "without_other_way") == blocked
    assert {one for one, cut in column(points, "point", "is_cut").items() if cut} == cuts
    links = zip(found.links["from_point"], found.links["to_point"],
                found.links["edge_betweenness"], strict=True)  # fmt: skip
    assert {(a, b): value for a, b, value in links} == pytest.approx(edges)
