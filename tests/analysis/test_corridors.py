"""Corridors and routes: counted by journeys, people and legs, with returns apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.legs import graph_of_legs, home, leg
from ringmap.analysis import find_corridors, find_courses, find_journeys
from ringmap.errors import GraphError
from ringmap.graph import build_graph
from ringmap.records import read

SAMPLES = Path(__file__).parents[2] / "sample_graphs"
COUNTRIES = {"X": "VN", "Y": "VN", "Z": "CN", "W": "CN"}
PROVINCES = {"X": "Lào Cai", "Y": "Lào Cai", "Z": "Yunnan"}


@pytest.fixture
def graph():
    """A and B in one boat from X over G to Z; C the same way later; A comes back; D inside."""
    return graph_of_legs(
        leg("AB", "X>Z", "2019-05-01", gate="G", by="M"),
        leg("C", "X>Z", "2020", gate="G", by="N"),
        home("A", "Z>X", "2021"),
        leg("D", "X>Y", "2018"),
        leg("D", "Y>W", "2019"),
        countries=COUNTRIES, provinces=PROVINCES,
    )  # fmt: skip


def counts(table):
    return {
        (row["from_point"], row["to_point"]): (row["journeys"], row["people"], row["legs"],
                                               row["returns"])
        for _, row in table.iterrows()
    }  # fmt: skip


def test_two_in_a_boat_are_one_leg_and_two_journeys(graph):
    """X to Z: A, B and C by two legs; the way back of A is no corridor."""
    table = find_corridors(graph)

    assert counts(table) == {("X", "Z"): (3, 3, 2, 0), ("X", "Y"): (1, 1, 1, 0),
                             ("Y", "W"): (1, 1, 1, 0), ("Z", "X"): (0, 0, 0, 1)}  # fmt: skip
    first = table.iloc[0]
    assert (first["gates"], first["carriers"]) == (("G",), ("M", "N"))
    assert (first["first"], first["last"]) == ("2019-05-01", "2020")
    assert first["records"] == (0, 1)
    assert first["because"] == (
        "3 journeys of 3 named people from Viet Nam to China, by 2 recorded legs; 1 gate named"
    )
    assert table["rank"].fillna(0).tolist() == [1, 2, 2, 0]


def test_by_country_the_way_inside_is_counted_apart(graph):
    """X to Y stays in Viet Nam."""
    table = find_corridors(graph, by="country")

    assert counts(table) == {("VN", "CN"): (4, 4, 3, 0), ("CN", "VN"): (0, 0, 0, 1)}
    assert table.attrs["inside"] == 1
    assert "1 step inside one country" in table.attrs["because"]


def test_by_province_an_unknown_end_is_said(graph):
    """W has no province."""
    table = find_corridors(graph, by="province")

    assert list(counts(table)) == [("Lào Cai, VN", "Yunnan, CN"), ("Yunnan, CN", "Lào Cai, VN")]
    assert (table.attrs["unknown"], table.attrs["inside"]) == (1, 1)


def test_inferred_movements_are_no_recorded_legs():
    """Seen at X, then at Z."""
    graph = graph_of_legs(leg("A", "X", "2019"), leg("A", "Z", "2020-01"), countries=COUNTRIES)
    row = find_corridors(graph).iloc[0]

    assert (row["journeys"], row["legs"], row["inferred"]) == (1, 0, 1)
    assert "1 movement inferred" in row["because"]


def test_routes_are_whole_ways_in_order(graph):
    """X Z thrice, X Y W once; the way back is no part."""
    table = find_courses(graph)

    assert table["course"].tolist() == [("X", "Z"), ("X", "Y", "W")]
    assert table["journeys"].tolist() == [3, 1]


def test_a_route_ends_at_a_gap():
    """From Y nobody knows how A came to P."""
    table = find_courses(graph_of_legs(leg("A", "X>Y", "2019-01"), leg("A", "P>Q", "2019-02")))

    assert table["course"].tolist() == [("X", "Y")]


def test_a_route_ends_where_a_stay_stands_behind_a_gap():
    """A left Y for nobody knows where, was held at P, and went on to Q: no way from Y to P."""
    legs = leg("A", "X>Y", "2019-01"), leg("A", "Y>", "2019-02"), leg("A", "P", "2019-03")
    graph = graph_of_legs(*legs, leg("A", "P>Q", "2019-04"))

    assert find_journeys(graph).legs["join"].tolist() == ["start", "continues", "gap", "continues"]
    assert find_courses(graph)["course"].tolist() == [("X", "Y")]


def test_nothing_is_an_answer():
    """No legs, no corridor, and the sentence."""
    table = find_corridors(graph_of_legs())

    assert table.empty
    assert find_courses(graph_of_legs()).empty
    assert table.attrs["because"].startswith("nothing here")
    with pytest.raises(GraphError, match="choose among place, province, country"):
        find_corridors(graph_of_legs(), by="street")


def test_corridors_of_a_sample_are_what_a_plain_count_gives():
    """Every journey of each corridor, counted from the legs alone."""
    graph = build_graph(read(SAMPLES / "bride_line").case)
    journeys = find_journeys(graph)
    wanted: dict[tuple[str, str], set[str]] = {}
    for row in journeys.legs.to_dict("records"):
        ends = (row["from_place"], row["to_place"])
        if None not in ends and ends[0] != ends[1] and row["stage"] != "return":
            wanted.setdefault(ends, set()).add(row["journey"])
    table = find_corridors(graph, journeys=journeys)
    used = table[table["journeys"] > 0]

    assert {one: found[0] for one, found in counts(used).items()} == {
        one: len(some) for one, some in wanted.items()
    }
    assert all(len(records) for records in table["records"])
