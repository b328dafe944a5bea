"""Groups of the Potts model: nobody would gain by moving, and the plain way gives the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ringmap import kernels
from ringmap.analysis import find_rings
from ringmap.analysis.community_brokers import average_scores
from ringmap.analysis.pairs import pairs_of
from ringmap.analysis.partitions import Network
from ringmap.analysis.potts import divide_plainly, exchange_plainly
from ringmap.graph import graph_from_ties
from ringmap.kernels import networks

RESOLUTIONS = [50, 20]


def drawn(seed, *, parties, ties):
    """A network of ties drawn by lot, with strengths in thousandths."""
    chance = np.random.default_rng(seed)
    ends = np.sort(chance.integers(0, parties, (ties, 2)), axis=1)
    low, high = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).T
    return Network(parties, low, high, np.ones(len(low))), chance.integers(1, 3000, len(low))


@pytest.fixture
def plain(monkeypatch):
    """Turns the compiled library off."""

    def off():
        monkeypatch.setattr(networks, "library", lambda: None)

    return off


@pytest.mark.parametrize(
    ("parties", "ties"), [(3, 2), (30, 40), (80, 300), (60, 700), (1500, 2000)]
)
@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_compiled_groups_are_the_plain_ones(seed, parties, ties):
    """Also more parties than are shuffled at once, and more contacts than are compared singly."""
    network, strength = drawn(seed, parties=parties, ties=ties)
    members = np.random.default_rng(0).integers(1, 4, parties)
    asked = {"resolutions": RESOLUTIONS, "seed": seed}
    compiled = kernels.divide(network.contacts, strength, members, **asked)
    found = divide_plainly(network.contacts, strength.tolist(), members.tolist(), **asked)

    assert compiled.tolist() == found


def test_groups_to_start_from_are_kept_where_nobody_gains_by_leaving():
    """Three in a line that begin as one stay one, and the plain way starts as well."""
    contacts = Network(4, np.array([0, 1]), np.array([1, 2]), np.ones(2)).contacts
    strength, ones = np.full(2, 1000), np.ones(4, dtype=np.int64)
    asked = {"resolutions": [50], "seed": 0}
    begun = np.array([1, 1, 1, 3])
    found = kernels.divide(contacts, strength, ones, begin=begun, **asked)

    assert found.tolist() == [[0, 0, 0, 1]]
    assert found.tolist() == divide_plainly(
        contacts, strength.tolist(), ones.tolist(), begin=begun.tolist(), **asked
    )


@pytest.mark.parametrize("seed", range(3))
def test_compiled_groups_from_a_start_are_the_plain_ones(seed):
    """Groups drawn by lot to begin with: parties leave them in the same order."""
    network, strength = drawn(seed, parties=300, ties=500)
    begun = np.random.default_rng(seed).integers(0, 40, 300)
    asked = {"resolutions": RESOLUTIONS, "seed": seed}
    ones = np.ones(300, dtype=np.int64)
    compiled = kernels.divide(network.contacts, strength, ones, begin=begun, **asked)
    found = divide_plainly(
        network.contacts, strength.tolist(), ones.tolist(), begin=begun.tolist(), **asked
    )

    assert compiled.tolist() == found


def test_strength_beyond_what_counts_is_cut_in_the_same_way():
    """Ties of two thousand million, and groups tied by several of them."""
    network, strength = drawn(3, parties=40, ties=120)
    strength = np.where(strength > 1500, 2**33, 2**31 - 1 - strength)
    asked = {"resolutions": [2**30, 2**28], "seed": 1}
    ones = np.ones(40, dtype=np.int64)
    compiled = kernels.divide(network.contacts, strength, ones, **asked)
    found = divide_plainly(network.contacts, strength.tolist(), ones.tolist(), **asked)

    assert len(set(found[0])) > 1
    assert compiled.tolist() == found


def worth(network, strength, group, resolution):
    """What the Potts model gives a division: strength inside less resolution for each two."""
    inside = group[network.low] == group[network.high]
    size = np.bincount(group)
    return int(strength[inside].sum() - resolution * (size * (size - 1) // 2).sum())


def test_nobody_gains_by_moving_to_the_group_of_a_contact():
    """After the last pass, by the worth of whole divisions."""
    network, strength = drawn(5, parties=60, ties=120)
    ones = np.ones(60, dtype=np.int64)
    found = kernels.divide(network.contacts, strength, ones, resolutions=RESOLUTIONS, seed=5)
    for group, resolution in zip(found, RESOLUTIONS, strict=True):
        best = worth(network, strength, group, resolution)
        for a, b in zip(network.low, network.high, strict=True):
            for one, other in ((a, b), (b, a)):
                moved = group.copy()
                moved[one] = group[other]

                assert worth(network, strength, moved, resolution) <= best


def test_two_cliques_with_one_tie_between_them_are_two_groups():
    """Each two of four are worth 1000 - 50; a group of eight would pay 16 pairs for one tie."""
    ends = [(a, b) for four in (range(4), range(4, 8)) for a in four for b in four if a < b]
    low, high = np.array(sorted([*ends, (0, 4)])).T
    contacts = Network(8, low, high, np.ones(len(low))).contacts
    strength, ones = np.full(len(low), 1000), np.ones(8, dtype=np.int64)
    found = kernels.divide(contacts, strength, ones, resolutions=[80], seed=0)

    assert found.tolist() == [[0, 0, 0, 0, 1, 1, 1, 1]]


@pytest.mark.parametrize("seed", range(3))
def test_exchanged_ends_keep_the_number_of_everybodys_ties(seed):
    """As many ties each, none twice, nobody tied to themselves, most of them other ties."""
    network, _ = drawn(seed, parties=80, ties=200)
    tries = 10 * len(network.low)
    found = kernels.exchange_ends(80, network.low, network.high, tries=tries, seed=seed)
    ties = {frozenset(tie) for tie in np.column_stack(found).tolist()}
    before = {frozenset(tie) for tie in np.column_stack([network.low, network.high]).tolist()}

    assert np.array_equal(
        np.bincount(np.concatenate(found)),
        np.bincount(np.concatenate([network.low, network.high])),
    )
    assert len(ties) == len(network.low)
    assert all(len(tie) == 2 for tie in ties)
    assert len(ties & before) < len(ties) / 4
    assert np.array_equal(
        found, exchange_plainly(80, network.low, network.high, tries=tries, seed=seed)
    )


def test_exchanged_ends_are_every_network_as_often():
    """Two ties among four people are one of three networks, each a third of the time."""
    low, high = np.array([0, 2]), np.array([1, 3])
    seen = [
        frozenset(map(frozenset, np.column_stack(one).tolist()))
        for seed in range(900)
        for one in [kernels.exchange_ends(4, low, high, tries=20, seed=seed)]
    ]

    # Three standard deviations of a share of 1/3 among 900.
    assert len(set(seen)) == 3
    assert all(abs(seen.count(one) - 300) < 43 for one in set(seen))


def test_rings_and_brokers_of_groups_are_the_same_without_the_compiled_library(plain):
    """Byte for byte: nobody's answer hangs on whether there was a compiler."""
    ends = np.random.default_rng(3).integers(0, 48, (20, 2))
    rings = [(8 * at + one, 8 * at + (one + step) % 8)
             for at in range(6) for one in range(8) for step in (1, 2)]  # fmt: skip
    weight = np.random.default_rng(4).integers(1, 30, len(ends) + len(rings))
    ties = pd.DataFrame([*ends.tolist(), *rings], columns=["source", "target"])
    ties = ties.assign(weight=weight).astype({"source": str, "target": str})
    graph = graph_from_ties(ties)
    compiled, scores = find_rings(graph), average_scores(pairs_of(graph), seed=0)
    plain()
    slow, slow_scores = find_rings(graph), average_scores(pairs_of(graph), seed=0)

    pd.testing.assert_frame_equal(compiled, slow, check_exact=True)
    assert compiled.attrs == slow.attrs
    assert compiled.attrs["significance"]["found"]
    assert np.array_equal(scores.score, slow_scores.score)
