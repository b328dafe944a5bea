"""People of several rings: planted ones are found, and nobody else is taken for one."""

from __future__ import annotations

import itertools
import random

import pandas as pd
import pytest

from ringmap.analysis import find_rings, find_shared_members
from ringmap.graph import graph_from_ties


def two_rings(shared, *, size=12, seed=0):
    """Two rings that share so many people; eight of ten pairs inside a ring are tied."""
    chance = random.Random(seed)
    both = [f"s{at}" for at in range(shared)]
    ties = set()
    for side in "ab":
        members = [f"{side}{at:02d}" for at in range(size - shared)] + both
        ties |= {pair for pair in itertools.combinations(members, 2) if chance.random() < 0.8}
        ties |= set(itertools.pairwise(members))
    return graph_from_ties(pd.DataFrame(sorted(ties), columns=["source", "target"])), set(both)


@pytest.mark.parametrize("shared", [1, 2, 3])
def test_planted_people_of_two_rings_are_found_and_nobody_else(shared):
    """Those tied to them are in one ring, however many of the shared they know."""
    graph, both = two_rings(shared)
    table = find_shared_members(graph, find_rings(graph))

    assert set(table["party"]) == both
    assert all(set(one) == {"R1", "R2"} for one in table["rings"])


def test_shares_and_contacts_by_hand(network):
    """X has 2 of its 5 ties in the first ring, 3 in the second: .6 and .4."""
    told = "A-B A-C B-C A-D B-D C-D E-F E-G F-G E-H F-H G-H X-A X-B X-E X-F X-G"
    graph = network(told)
    rings = pd.DataFrame(
        [(one, "R1", 1.0) for one in "ABCD"] + [("X", "R1", 0.4)]
        + [(one, "R2", 1.0) for one in "EFGH"] + [("X", "R2", 0.6)],
        columns=["party", "ring", "share"],
    )  # fmt: skip
    table = find_shared_members(graph, rings)

    assert table[["party", "rings", "shares", "contacts"]].values.tolist() == [
        ["X", ("R2", "R1"), (0.6, 0.4), (3, 2)]
    ]
    assert "R2: 60% of the strength of its ties, 3 contacts" in table["because"].iloc[0]
    assert "R2: 60 % cường độ" in table["because_vi"].iloc[0]
    assert table["records"].iloc[0] == ()


def test_victims_stand_behind_others_and_are_not_ranked(network):
    """A victim whom two rings share is told, after those who are none."""
    graph = network("A-B", parties="A B V W")
    parties = graph.parties.assign(side=["offender", "other", "victim", "victim"])
    graph = type(graph)(parties, graph.ties, graph.directed)
    rings = pd.DataFrame(
        [(one, ring, share) for one, share in zip("ABVW", (0.3, 0.4, 0.5, 0.2), strict=True)
         for ring in ("R1", "R2")],
        columns=["party", "ring", "share"],
    )  # fmt: skip

    assert find_shared_members(graph, rings)["party"].tolist() == ["B", "A", "V", "W"]


def test_ids_may_be_numbers_and_text_at_once():
    """As a spreadsheet gives them."""
    graph = graph_from_ties(pd.DataFrame({"source": [1, "x"], "target": ["x", 2]}, dtype=object))
    rings = pd.DataFrame({"party": [1, "x", "x", 2], "ring": ["R1", "R1", "R2", "R2"],
                          "share": [1.0, 0.5, 0.5, 1.0]})  # fmt: skip

    assert find_shared_members(graph, rings)["party"].tolist() == ["x"]


def test_rings_that_share_nobody_give_an_empty_table(network):
    """Its columns are there."""
    graph = network("A-B B-C A-C")
    table = find_shared_members(graph, find_rings(graph))

    assert table.empty
    assert "because" in table.columns
