"""Rings: planted ones are found, random ties have none, and the same seed gives the same bytes."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from ringmap.analysis import find_rings, significance
from ringmap.analysis.partitions import Network
from ringmap.graph import graph_from_ties

THREE = "A1-A2 A1-A3 A2-A3 A2-A4 A3-A4 A1-A4 B1-B2 B1-B3 B2-B3 B2-B4 B3-B4 B1-B4 " \
        "C1-C2 C1-C3 C2-C3 C2-C4 C3-C4 C1-C4 A1-B1 B2-C1"  # fmt: skip


def planted(kind, *, rings, size, between, seed):
    """Rings of one shape with some ties between them, and the true ring of each party."""
    chance = random.Random(seed)
    ties, truth = [], {}
    for number in range(rings):
        members = [f"r{number:03d}m{one:02d}" for one in range(size)]
        truth |= dict.fromkeys(members, number)
        if kind == "case node":
            ties += [(members[0], one) for one in members[1:]]
            ties += [tuple(chance.sample(members[1:], 2)) for _ in range(size // 2)]
        elif kind == "core":
            ties += [(members[a], members[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
            ties += [(core, one) for one in members[3:] for core in chance.sample(members[:3], 2)]
        elif kind == "kin chain":
            ties += [(a, b) for far in (1, 2) for a, b in zip(members, members[far:], strict=False)]
        else:
            ties += [(members[0], one) for one in members[1:]]
    names = list(truth)
    ties += [tuple(chance.sample(names, 2)) for _ in range(int(between * len(ties)))]
    return pd.DataFrame(ties, columns=["source", "target"]), truth


def adjusted_rand(truth, table):
    """Hubert and Arabie 1985, parties of no ring alone."""
    best = table.sort_values("share", ascending=False, kind="stable").drop_duplicates("party")
    ring = best.set_index("party")["ring"]
    pairs = pd.DataFrame({"truth": truth}).assign(
        found=lambda told: [ring.get(one, one) for one in told.index]
    )

    def number(sizes):
        return (sizes * (sizes - 1) / 2).sum()

    both = number(pairs.groupby(["truth", "found"]).size())
    a, b = (number(pairs.groupby(name).size()) for name in ("truth", "found"))
    expected = a * b / number(pd.Series([len(pairs)]))
    return (both - expected) / ((a + b) / 2 - expected)


@pytest.mark.parametrize(
    ("kind", "between"),
    [("case node", 0.04), ("core", 0.1), ("kin chain", 0.1), ("star", 0.01)],
)
def test_planted_rings_are_found(kind, between):
    """Forty rings of ten: nearly everybody is put where they were planted."""
    ties, truth = planted(kind, rings=40, size=10, between=between, seed=3)
    table = find_rings(graph_from_ties(ties))

    assert table.attrs["significance"]["found"]
    assert adjusted_rand(truth, table) >= 0.95


@pytest.mark.parametrize("seed", range(5))
def test_random_ties_have_no_ring_structure(seed):
    """Any method divides a random network; the comparison with chance says not to believe it."""
    ends = np.random.default_rng(seed).integers(0, 80, (200, 2))
    table = find_rings(graph_from_ties(pd.DataFrame(ends, columns=["source", "target"])))

    told = table.attrs["significance"]
    assert not told["found"]
    assert told["verdict"].startswith("no ring structure here")
    assert table["ring"].value_counts().iloc[0] > 60


def test_three_small_rings_by_hand(network):
    """Each four know each other; A1 has three of its four ties at home."""
    table = find_rings(network(THREE, parties="Z"))

    assert table.groupby("ring")["party"].agg("".join).to_dict() == {
        "R1": "A2A3A4A1", "R2": "B3B4B1B2", "R3": "C2C3C4C1",
    }  # fmt: skip
    assert table.set_index("party")["share"]["A1"] == 0.75
    assert (table["stability"] > 0.8).all()
    assert set(table.attrs["because"]) == {"R1", "R2", "R3"}
    assert "Z" not in set(table["party"])


def test_a_party_with_half_its_ties_elsewhere_is_in_both_rings(network):
    """X has two contacts in each of two rings: two rows, shares of one half."""
    table = find_rings(network(f"{THREE} X-A1 X-A2 X-C3 X-C4"))
    rows = table[table["party"] == "X"]

    assert len(rows) == 2
    assert rows["share"].tolist() == [0.5, 0.5]
    assert (table.groupby("party")["share"].sum() <= 1 + 1e-12).all()


def test_pairs_and_isolates_are_no_rings(network):
    """Fewer than three parties have no row."""
    table = find_rings(network("A-B C-D", parties="Z"))

    assert len(table) == 0
    assert list(table.columns) == ["party", "ring", "share", "stability"]


@pytest.mark.parametrize("parties", ["", "A B C"])
def test_without_ties_there_is_a_sentence(network, parties):
    """An empty table, and no crash."""
    table = find_rings(network("", parties=parties))

    assert len(table) == 0
    assert table.attrs["significance"]["verdict"].startswith("no ring structure here")


def test_the_same_seed_gives_the_same_table_whatever_the_order_of_rows():
    """And what anybody drew from Python's generator before makes no difference."""
    ties, _ = planted("core", rings=8, size=9, between=0.2, seed=1)
    first = find_rings(graph_from_ties(ties), seed=4)
    random.seed(99)
    second = find_rings(graph_from_ties(ties.sample(frac=1, random_state=2)), seed=4)

    pd.testing.assert_frame_equal(first, second, check_exact=True)
    assert first.attrs == second.attrs


def test_a_very_strong_tie_counts_more_but_not_without_bound(network):
    """A thousand calls between two rings weld the callers, not the rings."""
    text = THREE.replace("A1-B1", "A1-B1:1000")
    table = find_rings(network(text))
    ring = table.drop_duplicates("party").set_index("party")["ring"]

    assert ring["A2"] == ring["A3"] == ring["A4"]
    assert ring["C2"] == ring["C3"] == ring["C4"] != ring["A2"]


def star_with_chain(hub, chain):
    """A party tied to so many, of whom each is tied to the next; the last goes on as a chain."""
    low = np.concatenate([np.zeros(hub, dtype=int), np.arange(1, hub + chain)])
    high = np.concatenate([np.arange(1, hub + 1), np.arange(2, hub + chain + 1)])
    return Network(hub + chain + 1, low, high, np.ones(len(low)))


@pytest.mark.parametrize("left_over", [0, 1, 2])
def test_a_smaller_random_network_has_the_hubs_of_the_whole_with_their_share(
    left_over, monkeypatch
):
    """Three times fewer ties: a hub of 900 keeps 300, and one of each three others is there.

    Nobody else has more than three. Drawn by lot, some of the 300 go to the hub itself or twice
    to one party, and are left out.
    """
    monkeypatch.setattr(significance, "_MOST_RANDOM_TIES", 1_000)
    network = star_with_chain(900, 600 + left_over)
    drawn = list(significance.random_networks(network, 3, 0))

    assert [one.count for one in drawn] == [1 + (1_500 + left_over) // 3] * 3
    for one in drawn:
        degree = np.sort(np.bincount(np.concatenate([one.low, one.high]), minlength=one.count))
        assert 180 < degree[-1] <= 300
        assert degree[-2] <= 3
        assert (one.low < one.high).all()
