"""Lines of parties are not cut: hand-worked lines, and rings that are lines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.analysis import find_rings
from ringmap.analysis.lines import make_lines_whole
from ringmap.analysis.partitions import Network
from ringmap.graph import graph_from_ties


def network_of(parties, ties):
    low, high = np.array(sorted({(min(tie), max(tie)) for tie in ties})).T
    return Network(parties, low, high, np.ones(len(low)))


def whole(parties, ties, division):
    """The one division after lines were made whole."""
    (found,) = make_lines_whole(network_of(parties, ties), [np.array(division, dtype=np.int32)])
    return found.tolist()


def line(first, last):
    return [(one, one + 1) for one in range(first, last)]


def test_a_line_that_was_cut_is_one_group():
    assert whole(6, line(0, 5), [0, 0, 0, 1, 1, 1]) == [0] * 6


def test_a_line_cut_twice_is_one_group():
    assert whole(9, line(0, 8), [0, 0, 0, 1, 1, 1, 2, 2, 2]) == [0] * 9


def test_a_round_that_was_cut_is_one_group():
    """Five each tied to the two beside them."""
    assert whole(5, [*line(0, 4), (4, 0)], [0, 0, 1, 1, 1]) == [0] * 5


def test_a_third_contact_beside_the_cut_keeps_it():
    """Party 2, before the cut, also knows party 6: what is there is no line."""
    assert whole(7, [*line(0, 5), (2, 6)], [0, 0, 0, 1, 1, 1, 0]) == [0, 0, 0, 1, 1, 1, 0]


def test_a_third_contact_of_those_before_keeps_it():
    """Party 1, one further away from the cut, also knows party 6."""
    assert whole(7, [*line(0, 5), (1, 6)], [0, 0, 0, 1, 1, 1, 0]) == [0, 0, 0, 1, 1, 1, 0]


def test_people_at_the_edge_of_two_stars_do_not_join_them():
    """Bosses 0 and 5 with four people each; 4 and 9 know each other: each has two contacts."""
    ties = [(0, one) for one in range(1, 5)] + [(5, one) for one in range(6, 10)] + [(4, 9)]

    assert whole(10, ties, [0] * 5 + [1] * 5) == [0] * 5 + [1] * 5


def test_couriers_in_a_row_do_not_join_two_stars():
    """Bosses 0 and 9 with four people each, and four couriers between them, cut in the middle."""
    ties = [(0, one) for one in range(1, 5)] + [(9, one) for one in range(10, 14)]
    ties += [(0, 5), *line(5, 8), (8, 9)]
    cut = [0] * 7 + [1] * 7

    assert whole(14, ties, cut) == cut


@given(data=st.data())
def test_groups_are_only_ever_put_together(data):
    """Whoever was in one group still is, and only across ties."""
    parties = data.draw(st.integers(2, 14))
    pairs = [(a, b) for a in range(parties) for b in range(a + 1, parties)]
    ties = data.draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=16))
    begun = data.draw(st.lists(st.integers(0, 4), min_size=parties, max_size=parties))
    found = whole(parties, ties, begun)
    for a, b in pairs:
        if begun[a] == begun[b]:
            assert found[a] == found[b]
    joined = {frozenset((begun[a], begun[b])) for a, b in ties if found[a] == found[b]}
    for label in set(found):
        groups = {begun[one] for one in range(parties) if found[one] == label}
        near = {group for pair in joined for group in pair if len(pair) == 2}
        assert len(groups) == 1 or groups <= near


@pytest.mark.parametrize("size", [10, 12, 20, 40])
def test_rings_that_are_lines_are_found_whole(size):
    """Thirty lines apart from one another: each is a ring, however long."""
    ties = [(f"P{ring:02d}{a:02d}", f"P{ring:02d}{a + 1:02d}")
            for ring in range(30) for a in range(size - 1)]  # fmt: skip
    found = find_rings(graph_from_ties(pd.DataFrame(ties, columns=["source", "target"])))

    assert found.attrs["significance"]["found"]
    assert found["ring"].nunique() == 30
    assert (found.groupby("ring")["party"].agg(lambda one: one.str[:3].nunique()) == 1).all()
    assert (found["share"] == 1).all()


@pytest.mark.parametrize("couriers", [3, 4, 5])
def test_two_stars_with_couriers_in_a_row_between_them_are_two_rings(couriers):
    """Fifteen times two bosses with eight people each: by how many couriers hangs nothing."""
    ties = []
    for place in range(15):
        row = [f"A{place}", *(f"C{place}-{one}" for one in range(couriers)), f"B{place}"]
        ties += pairwise(row)
        ties += [(f"{boss}{place}", f"{boss}{place}-{one}") for boss in "AB" for one in range(8)]
    found = find_rings(graph_from_ties(pd.DataFrame(ties, columns=["source", "target"])))
    rings = found.groupby("party")["ring"].agg(set)

    assert found.attrs["significance"]["found"]
    assert not any(rings[f"A{place}"] & rings[f"B{place}"] for place in range(15))
