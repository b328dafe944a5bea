"""The best core, against every possible one, and against chance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.networks import network_of
from ringmap.analysis import find_core
from ringmap.analysis.core import _both_ways, _climbed, best_core
from ringmap.graph import graph_from_ties

CORE = "A-B A-C A-D B-C B-D C-D"


def plain_fit(count: int, ties: set[frozenset[int]]) -> float:
    """The correlation by its definition, over all cores of two or more."""
    best = -1.0
    for size in range(2, count - 1):
        for core in combinations(range(count), size):
            inside = list(combinations(core, 2))
            rest = list(combinations([one for one in range(count) if one not in core], 2))
            tied = [frozenset(pair) in ties for pair in inside + rest]
            ideal = [True] * len(inside) + [False] * len(rest)
            if len({*tied}) > 1:
                best = max(best, float(np.corrcoef(tied, ideal)[0, 1]))
    return best


def test_four_who_know_each_other_with_a_fringe_each_are_a_core():
    """A–D all tied, two hangers-on each, no tie between hangers-on: a fit of exactly 1."""
    fringe = " ".join(f"{one}-{one.lower()}{n}" for one in "ABCD" for n in (1, 2))
    verdict = find_core(network_of(f"{CORE} {fringe}"))

    assert verdict.proved
    assert verdict.fit == pytest.approx(1)
    assert verdict.members["party"].tolist() == ["A", "B", "C", "D"]
    assert verdict.members["ties_to_core"].tolist() == [3, 3, 3, 3]
    assert verdict.p_any < 0.05
    assert verdict.found == (verdict.p_degrees < 0.05)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_core_is_that_of_the_definition(seed: int):
    """Eight parties: every core by hand, with numpy's correlation."""
    chance = np.random.default_rng(seed)
    pairs = [pair for pair in combinations(range(8), 2) if chance.random() < 0.4]
    ends = np.array(pairs)
    found = best_core(_both_ways(8, ends[:, 0], ends[:, 1]), equals=True)

    assert found is not None
    assert found.fit == pytest.approx(plain_fit(8, {frozenset(pair) for pair in pairs}))


def test_the_search_finds_the_best_core_most_of_the_time():
    """Of 20 random networks of twelve at least 14, and it never claims a better one."""
    chance, hits = np.random.default_rng(5), 0
    for _ in range(20):
        pairs = np.array([pair for pair in combinations(range(12), 2) if chance.random() < 0.3])
        network = _both_ways(12, pairs[:, 0], pairs[:, 1])
        exact, climbed = best_core(network, equals=True), _climbed(network, equals=True)
        assert exact is not None
        assert climbed is not None
        assert climbed.fit <= exact.fit + 1e-9
        hits += climbed.fit >= exact.fit - 1e-9
    assert hits >= 14


def test_a_circle_has_no_core():
    """Nobody differs from anybody: no core, whatever the best one fits."""
    verdict = find_core(network_of("A-B B-C C-D D-E E-F F-G G-H H-A"), draws=39)

    assert not verdict.found
    assert verdict.because.startswith("no core")
    assert verdict.members.empty


def test_too_few_or_all_tied_have_no_core():
    """Five are too few; six who all know each other cannot be told apart; nobody is nobody."""
    everyone = " ".join(f"{a}-{b}" for a, b in combinations("ABCDEF", 2))

    for graph in (network_of("A-B B-C C-D D-E"), network_of(everyone), network_of("")):
        verdict = find_core(graph)
        assert not verdict.found
        assert verdict.because.startswith("no core here")
        assert verdict.members.empty


def test_victims_count_in_the_core_and_are_not_listed():
    """D is a victim: three of the four are listed, and the sentence counts the fourth."""
    fringe = " ".join(f"{one}-{one.lower()}{n}" for one in "ABCD" for n in (1, 2))
    bare = network_of(f"{CORE} {fringe}")
    side = ["victim" if one == "D" else "offender" for one in bare.parties["party"]]
    graph = graph_from_ties(bare.ties, bare.parties.assign(side=side))

    plain, asked = (find_core(graph, include_victims=one, draws=39) for one in (False, True))

    assert plain.members["party"].tolist() == ["A", "B", "C"]
    assert "1 of those in it are victims" in plain.because
    assert asked.members["party"].tolist() == [*"ABCD"]


def test_rows_shuffled_ties_doubled_and_isolates_change_nothing():
    """The same verdict to the byte; isolates are no part of it."""
    words = f"{CORE} A-e B-f C-g D-h A-f".split()
    one = find_core(network_of(" ".join(words)), seed=3, draws=20)
    other = find_core(network_of(" ".join(words[::-1] * 2), parties="Y Z"), seed=3, draws=20)

    assert one.because == other.because
    pd.testing.assert_frame_equal(one.members, other.members)


def test_who_can_be_exchanged_is_level():
    """B and C stand the same way: neither is in all of the best cores unless both are."""
    ties = "A-B A-C B-D C-D A-e A-f D-g D-h"
    verdict = find_core(network_of(ties), draws=20)
    place = verdict.members.set_index("party")["place"].to_dict()

    assert place.get("B") == place.get("C")
