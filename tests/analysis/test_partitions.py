"""Runs that agree: no more of them than needed, and what they agree on."""

from __future__ import annotations

import numpy as np
import pytest

from ringmap.analysis.partitions import Network, agree, divide, run_until_agreed, seed_of
from ringmap.analysis.significance import compare_with_chance


def cliques(number, *, size=5):
    """So many groups in which everybody is tied to everybody, each tied once to the next."""
    ends = [
        (a, b)
        for first in range(0, number * size, size)
        for a in range(first, first + size)
        for b in range(a + 1, first + size)
    ]
    ends += [(first - 1, first) for first in range(size, number * size, size)]
    low, high = np.array(sorted(ends)).T
    return Network(number * size, low, high, np.ones(len(low)))


def by_lot(seed, *, parties=120, ties=240):
    """Ties drawn by lot."""
    ends = np.sort(np.random.default_rng(seed).integers(0, parties, (ties, 2)), axis=1)
    low, high = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).T
    return Network(parties, low, high, np.ones(len(low)))


def test_runs_that_agree_are_enough():
    """Cliques are found by every run: three seeds of two resolutions each, those of any other
    number of seeds."""
    runs = run_until_agreed(cliques(6), fewest=3, most=8, seed=4)
    wanted = [run for one in range(3) for run in divide(cliques(6), seed_of(4, one))]

    assert np.array_equal(runs, wanted)


def test_runs_that_do_not_agree_are_made_all():
    """Ties by lot are divided in another way each time."""
    assert len(run_until_agreed(by_lot(1), fewest=3, most=8, seed=0)) == 16


def line(share):
    """Twenty triangles, the first two tied; the runs put these together so often, of six."""
    ends = [(a + i, a + j) for a in range(0, 60, 3) for i, j in ((0, 1), (0, 2), (1, 2))]
    low, high = np.array(sorted([*ends, (2, 3)])).T
    apart = np.arange(60) // 3
    joined = np.where(apart == 1, 0, apart)
    return Network(60, low, high, np.ones(len(low))), [joined] * share + [apart] * (6 - share)


@pytest.mark.parametrize(("times", "together"), [(4, False), (5, True)])
def test_where_nearly_all_is_agreed_two_thirds_of_the_runs_are_not_enough(times, together):
    """One of 61 pairs is not agreed on; 4 of 6 runs are below .7, 5 above."""
    found = agree(*line(times))

    assert (found[2] == found[3]) == together


@pytest.mark.parametrize(("times", "together"), [(3, False), (4, True)])
def test_where_much_is_open_more_than_six_tenths_of_the_runs_are_enough(times, together):
    """Nine of the other triangles fall apart in one run: 28 of 61 pairs are open."""
    network, runs = line(times)
    number = np.arange(60) // 3
    apart = (number % 2 == 1) & (number > 1)
    runs[0] = np.where(apart, 100 + np.arange(60), runs[0])
    found = agree(network, runs)

    assert (found[2] == found[3]) == together


def test_few_random_networks_are_enough_where_rings_are_plain():
    """Twenty cliques lie more than twelve standard deviations above chance after five."""
    network = cliques(20)
    told = compare_with_chance(network, divide(network, 1), fewest=5, draws=19, seed=0)

    assert told["found"]
    assert told["z"] > 12
    assert (told["null_runs"], told["p"]) == (5, 1 / 6)


@pytest.mark.parametrize(("seed", "made"), [(0, 19), (6, 5)])
def test_all_random_networks_are_made_where_the_first_ones_do_not_tell(seed, made):
    """Ties by lot that lie 1.9 standard deviations above chance, and others that lie below."""
    network = by_lot(seed)
    told = compare_with_chance(network, divide(network, 1), fewest=5, draws=19, seed=0)

    assert not told["found"]
    assert told["null_runs"] == made
    assert (told["z"] < 0) == (made == 5)
