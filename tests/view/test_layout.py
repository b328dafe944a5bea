"""Coordinates: rings apart, nobody on top of another, the same whatever the order of rows."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from ringmap.graph import graph_from_ties
from ringmap.view.layout import SCALE, lay_out
from ringmap.view.packing import pack_circles


def planted(rings, size, *, seed=1, between=1):
    """Rings of people with a tree and some more ties inside each, and few ties between."""
    dice = random.Random(seed)
    ties, member = [], []
    for ring in range(rings):
        names = [f"r{ring:03}p{at:03}" for at in range(size)]
        member += [(name, f"R{ring + 1}") for name in names]
        ties += [(names[dice.randrange(at)], names[at]) for at in range(1, size)]
        ties += [tuple(dice.sample(names, 2)) for _ in range(size)]
        for _ in range(between if ring else 0):
            ties.append(
                (dice.choice(names), f"r{dice.randrange(ring):03}p{dice.randrange(size):03}")
            )
    table = pd.DataFrame(ties, columns=["source", "target"])
    return table, pd.DataFrame(member, columns=["party", "ring"])


def share_of_own(points, ring):
    """Share of the five nearest people who are in the same ring."""
    _, near = cKDTree(points).query(points, k=6)
    return float((ring[near[:, 1:]] == ring[:, None]).mean())


def by_name(graph, points):
    return {
        party: tuple(point) for party, point in zip(graph.parties["party"], points, strict=True)
    }


def least_gap(points):
    away, _ = cKDTree(points).query(points, k=2)
    return float(away[:, 1].min())


@pytest.mark.parametrize(("rings", "size"), [(3, 10), (10, 15), (60, 25)])
def test_a_persons_neighbours_on_the_map_are_of_the_same_ring(rings, size):
    """Rings can be seen: at least four in five of the nearest are of one's own."""
    ties, member = planted(rings, size)
    graph = graph_from_ties(ties)
    points = lay_out(graph, member)
    ring = member.set_index("party")["ring"].loc[graph.parties["party"]].to_numpy(dtype=object)

    assert share_of_own(points, ring) >= 0.8


def test_rings_are_seen_even_where_none_were_found():
    """Without a finding, a large knot is parted where it is thin."""
    ties, member = planted(12, 25)
    graph = graph_from_ties(ties)
    ring = member.set_index("party")["ring"].loc[graph.parties["party"]].to_numpy(dtype=object)

    assert share_of_own(lay_out(graph), ring) >= 0.8


@pytest.mark.parametrize("seed", range(5))
def test_nobody_stands_on_another(seed):
    """Every party can be pointed at."""
    ties, member = planted(8, 20, seed=seed, between=3)

    assert least_gap(lay_out(graph_from_ties(ties), member)) >= 0.89 * SCALE


def test_many_parties_tied_to_one_do_not_pile_up():
    """A case with three hundred people is a star; its rays stay apart."""
    ties = pd.DataFrame({"source": "hub", "target": [f"p{at:03}" for at in range(300)]})

    assert least_gap(lay_out(graph_from_ties(ties))) >= 0.89 * SCALE


def test_the_order_of_rows_makes_no_difference():
    """Same records, same picture."""
    ties, member = planted(5, 9)
    straight, turned = graph_from_ties(ties), graph_from_ties(ties[::-1])
    first = by_name(straight, lay_out(straight, member))
    again = by_name(turned, lay_out(turned, member.sample(frac=1, random_state=3)))

    assert first == again


def test_which_end_of_a_tie_comes_first_makes_no_difference():
    """Direction is drawn, not laid out."""
    ties, member = planted(4, 8)
    other = ties.rename(columns={"source": "target", "target": "source"})
    straight, turned = graph_from_ties(ties), graph_from_ties(other)

    assert by_name(straight, lay_out(straight, member)) == by_name(turned, lay_out(turned, member))


def test_drawing_leaves_chance_as_it_was():
    """A seed set by the caller is not used up by a page."""
    ties, member = planted(3, 8)
    random.seed(5)
    expected = random.random()
    random.seed(5)
    lay_out(graph_from_ties(ties), member)

    assert random.random() == expected


def test_parties_without_ties_stand_in_rows_below():
    """They are there, in order, and in nobody's way."""
    ties, _ = planted(2, 8)
    alone = [f"z{at}" for at in range(7)]
    graph = graph_from_ties(ties, pd.DataFrame({"party": alone}))
    points = by_name(graph, lay_out(graph))
    lowest = max(y for name, (_, y) in points.items() if name not in alone)

    assert all(points[name][1] > lowest for name in alone)
    assert sorted(alone, key=lambda name: (points[name][1], points[name][0])) == alone


def test_a_number_stands_with_the_people_who_use_it():
    """Places, numbers and cases belong to the ring that they touch most."""
    ties, member = planted(4, 10, between=0)
    ties.loc[len(ties)] = ["r002p003", "phone"]
    parties = pd.DataFrame({"party": [*member["party"], "phone"]})
    parties["type"] = ["person"] * len(member) + ["identifier"]
    graph = graph_from_ties(ties, parties)
    points = by_name(graph, lay_out(graph, member))
    nearest = min(
        (name for name in points if name != "phone"),
        key=lambda name: np.hypot(*np.subtract(points[name], points["phone"])),
    )

    assert nearest.startswith("r002")


@pytest.mark.parametrize("names", [[], ["a"], ["a", "b"]])
def test_hardly_any_party_is_no_trouble(names):
    """An empty case, and one or two parties without a tie."""
    graph = graph_from_ties(
        pd.DataFrame({"source": [], "target": []}), pd.DataFrame({"party": names})
    )

    assert lay_out(graph).shape == (len(names), 2)


@settings(max_examples=30, deadline=None)
@given(
    radii=st.lists(st.floats(0.5, 20), min_size=1, max_size=25),
    seed=st.integers(0, 100),
)
def test_circles_never_overlap(radii, seed):
    """Two rings are never drawn into each other."""
    sizes = np.array(radii)
    dice = np.random.default_rng(seed)
    links = np.triu(dice.random((len(sizes), len(sizes))) * (dice.random(len(sizes)) < 0.5), 1)
    centres = pack_circles(sizes, csr_array(links + links.T))
    away = np.hypot(*(centres[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)

    assert (away >= sizes[:, None] + sizes[None, :] - 1e-5).all()


def test_many_circles_lie_close_together_and_never_overlap():
    """So many that none is moved again: they fill more than half of the disc around them."""
    dice = np.random.default_rng(4)
    sizes = dice.integers(1, 12, 450) / 2
    one, other = dice.integers(0, 450, (2, 300))
    links = csr_array((np.ones(300), (one, other)), shape=(450, 450))
    links = links + links.T
    links.setdiag(0)
    links.eliminate_zeros()
    centres = pack_circles(sizes, csr_array(links))
    away = np.hypot(*(centres[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)

    assert (away >= sizes[:, None] + sizes[None, :] - 1e-5).all()
    reach = np.hypot(*(centres - np.average(centres, axis=0, weights=sizes**2)).T) + sizes
    assert (sizes**2).sum() > 0.5 * reach.max() ** 2


def test_tied_circles_stand_closer_than_others():
    """Two of twenty rings that share ties become neighbours."""
    sizes = np.full(20, 5.0)
    links = np.zeros((20, 20))
    links[3, 17] = links[17, 3] = 2.0
    centres = pack_circles(sizes, csr_array(links))

    assert np.hypot(*(centres[3] - centres[17])) < 10.5
