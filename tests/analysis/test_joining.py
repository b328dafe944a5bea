"""Close groups are joined when that describes the ties better; a shared broker is no reason."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from math import comb, lgamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap import kernels
from ringmap.analysis import joining
from ringmap.analysis.joining import join_groups, ties_between
from ringmap.analysis.partitions import Network
from ringmap.kernels import networks


def ends_of(*ties):
    low, high = np.array(sorted({(min(tie), max(tie)) for tie in ties}), dtype=np.int64).T
    return low, high


def network_of(low, high, parties):
    """The network of some ties, sorted by their ends, all of strength 1."""
    order = np.lexsort((high, low))
    return Network(parties, low[order], high[order], np.ones(len(low)))


def joined_groups(low, high, division):
    """The groups of one division, joined."""
    return join_groups(network_of(low, high, len(division)), [division])[0]


def description(low, high, division):
    """Nats of Zhang and Peixoto's degree-corrected planted partition, written out plainly."""
    parties, ties = len(division), len(low)
    labels = sorted(set(division))
    groups = len(labels)
    inside = sum(division[a] == division[b] for a, b in zip(low, high, strict=True))
    told = -lgamma(inside + 1) - lgamma(ties - inside + 1) + inside * log(groups / 2)
    if groups > 1:
        told += (ties - inside) * log(comb(groups, 2)) + log(ties + 1)
    degree = np.bincount([*low, *high], minlength=parties)
    for label in labels:
        members = [party for party in range(parties) if division[party] == label]
        ends = int(sum(degree[party] for party in members))
        told += lgamma(ends + 1) + log(comb(len(members) + ends - 1, ends))
        told -= lgamma(len(members) + 1)
    return told + lgamma(parties + 1) + log(comb(parties - 1, groups - 1)) + log(parties)


@given(st.data())
def test_a_gain_is_what_the_description_gets_shorter_by(data):
    """Counted tie by tie (`OF_ONE_PARTY` of 1), against the formula of the paper written out."""
    parties = data.draw(st.integers(4, 9))
    pairs = [(a, b) for b in range(parties) for a in range(b)]
    low, high = ends_of(*data.draw(st.lists(st.sampled_from(pairs), min_size=3, unique=True)))
    division = np.array(data.draw(st.lists(st.integers(0, 3), min_size=parties, max_size=parties)))
    division = np.unique(division, return_inverse=True)[1]
    degree = np.bincount(np.concatenate([low, high]), minlength=parties)
    before = joining.OF_ONE_PARTY
    try:
        joining.OF_ONE_PARTY = 1.0
        if (division[low] == division[high]).all():
            return
        groups = int(division.max()) + 1
        between = ties_between(network_of(low, high, parties), division, groups)
        factorial = joining._log_factorials(parties + 2 * len(low))
        gain = joining._gains(len(low), between, division, degree, factorial) / joining._STEPS
    finally:
        joining.OF_ONE_PARTY = before

    for a, b, told in zip(between.one, between.other, gain, strict=True):
        joined = np.where(division == b, a, division)
        wanted = description(low, high, division) - description(low, high, joined)
        assert told == pytest.approx(wanted, abs=1e-4)


def test_cells_of_one_line_are_one_ring_and_another_line_stays_apart():
    """Two lines of three cells; everybody knows their own cell and the next: two rings."""
    cells = [range(4 * number, 4 * number + 4) for number in range(6)]
    inside = [(a, b) for cell in cells for a in cell for b in cell if a < b]
    next_to = [*pairwise(cells[:3]), *pairwise(cells[3:])]
    low, high = ends_of(*inside, *(tie for one, other in next_to for tie in product(one, other)))
    joined = joined_groups(low, high, np.repeat(np.arange(6), 4))

    assert joined.tolist() == [0] * 12 + [1] * 12


def two_rings(between):
    """Two rings of seven in which everybody knows the next three, and ties between them."""
    ring = [(one, (one + step) % 7) for one in range(7) for step in (1, 2, 3)]
    others = [(a + 7, b + 7) for a, b in ring]
    low, high = ends_of(*ring, *others, *between)
    return joined_groups(low, high, np.repeat([0, 1], 7)).tolist()


def test_a_broker_shared_by_two_rings_does_not_weld_them():
    """Party 0 knows five of the other ring: they stay two."""
    assert two_rings([(0, 7), (0, 8), (0, 9), (0, 10), (0, 11)]) == [0] * 7 + [1] * 7


def test_ties_of_everybody_to_everybody_weld_two_groups():
    """All 49 ties across: that was one group of fourteen."""
    assert two_rings([(a, b + 7) for a in range(7) for b in range(7)]) == [0] * 14


@st.composite
def divided(draw):
    """A small network and its division into up to five groups."""
    parties = draw(st.integers(2, 12))
    pairs = [(a, b) for b in range(parties) for a in range(b)]
    low, high = ends_of(*draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True)))
    division = np.array(draw(st.lists(st.integers(0, 4), min_size=parties, max_size=parties)))
    return parties, low, high, division


@given(divided())
def test_groups_without_ties_between_them_are_never_joined(drawn):
    """And a group is never split, nor does the order of parties matter."""
    parties, low, high, division = drawn
    joined = joined_groups(low, high, division)

    reached = np.arange(parties)
    for _ in range(parties):
        for a, b in zip(low, high, strict=True):
            reached[reached == reached[b]] = reached[a]
        for label in set(division):
            reached[np.isin(reached, reached[division == label])] = reached[division == label][0]
    for a in range(parties):
        for b in range(parties):
            assert joined[a] == joined[b] or division[a] != division[b]
            assert reached[a] == reached[b] or joined[a] != joined[b]


@given(divided())
def test_ties_between_groups_are_counted_alike_with_and_without_the_compiled_library(drawn):
    """Number of ties between each two groups, and the most that one party has of them."""
    parties, low, high, division = drawn
    network = network_of(low, high, parties)
    compiled = kernels.ties_between(network.contacts, division.astype(np.int32), 5)
    plain = ties_between(network, division, 5)

    assert sorted(zip(*(column.tolist() for column in compiled), strict=True)) == sorted(
        zip(*(column.tolist() for column in plain), strict=True)
    )


def lines_with_a_hub(seed):
    """Sixty cells of five, some of them tied one after another, a party that half of all know.

    Each cell is a circle with ties across, drawn by lot; further ties are between anybody.
    """
    chance = np.random.default_rng(seed)
    cells = np.arange(300).reshape(60, 5)
    ties = [(a, b) for cell in cells.tolist() for a, b in combinations(cell, 2)
            if b - a in (1, 4) or chance.random() < 0.5]  # fmt: skip
    for one, other in pairwise(cells):
        ties += [(int(a), int(b)) for a in one for b in other
                 if one[0] % 50 and chance.random() < 0.4]  # fmt: skip
    ties += [(a, b) for a, b in chance.integers(0, 300, (60, 2)).tolist() if a != b]
    ties += [(300, int(one)) for one in chance.permutation(300)[:150]]
    low, high = ends_of(*ties)
    return low, high, np.append(np.repeat(np.arange(60), 5), seed)


@pytest.mark.parametrize("hub", [1, 8, 64])
@pytest.mark.parametrize("seed", range(3))
def test_groups_are_joined_alike_with_and_without_the_compiled_library(seed, hub, monkeypatch):
    """Whether contacts are counted by group for nearly everybody, for some, or for one."""
    low, high, division = lines_with_a_hub(seed)
    monkeypatch.setattr(joining, "HUB", hub)
    compiled = joined_groups(low, high, division)
    monkeypatch.setattr(networks, "library", lambda: None)
    plain = joined_groups(low, high, division)

    assert compiled.tolist() == plain.tolist()
    assert 2 < compiled.max() < 30


@pytest.mark.parametrize("seed", range(3))
def test_what_is_gone_is_cleared_away_while_much_is_joined(seed, monkeypatch):
    """127 pairs have 256 slots, of which 192 may be in use; joins fill more, one by one."""
    pairs = np.array(list(combinations(range(100), 2)))
    low, high = pairs[np.sort(np.random.default_rng(seed).permutation(len(pairs))[:127])].T
    patched = {"HUB": 1, "LEAST_GAIN": -30.0, "CAUTION": -30.0, "_LEAST_MEMBERS": 1}
    for name, value in patched.items():
        monkeypatch.setattr(joining, name, value)
    compiled = joined_groups(low, high, np.arange(100))
    monkeypatch.setattr(networks, "library", lambda: None)
    plain = joined_groups(low, high, np.arange(100))

    assert compiled.tolist() == plain.tolist()
    assert len(set(compiled[low])) < 20


@given(divided())
def test_small_groups_are_joined_alike_too(drawn):
    """Isolates, groups of one, groups that are apart inside; any gain is enough."""
    _, low, high, division = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "LEAST_GAIN", 0.0)
        patch.setattr(joining, "CAUTION", 0.0)
        patch.setattr(joining, "HUB", 2)
        compiled = joined_groups(low, high, division)
        patch.setattr(networks, "library", lambda: None)
        plain = joined_groups(low, high, division)

    assert compiled.tolist() == plain.tolist()


def test_ties_between_two_groups_by_hand():
    """Party 0 has two of the three ties to the other group; of party 3's two one is to 0."""
    network = network_of(*ends_of((0, 1), (0, 2), (0, 3), (1, 3)), 4)
    found = ties_between(network, np.array([0, 0, 1, 1]), 2)

    assert [column.tolist() for column in found] == [[0], [1], [3], [2]]


@pytest.mark.parametrize(
    ("groups", "nats"), [(0, 0.0), (20, 4.7932), (1_000, 11.0524), (100_000, 15.9339)]
)
def test_what_a_join_needs_grows_with_the_number_of_groups(groups, nats):
    """1.6 ln 20, 1.6 ln 1000; and with a hundred times as many, 1.06 ln 100 more."""
    assert joining._caution(groups) == pytest.approx(nats, abs=1e-4)
