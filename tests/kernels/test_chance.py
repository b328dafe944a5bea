"""Ties drawn anew and the core of them: compiled the same as plain."""

from __future__ import annotations

import numpy as np
import pytest

from ringmap import kernels
from ringmap.analysis import chance, core
from ringmap.analysis.chance import Arcs, draw_ties
from ringmap.analysis.core import Contacts, best_core


def arcs_of(parties: int, ties: int, seed: int, *, directed: bool) -> Arcs:
    """Ties drawn by lot, each once."""
    ends = np.random.default_rng(seed).integers(0, parties, (ties, 2))
    ends = np.unique(
        (ends if directed else np.sort(ends, axis=1))[ends[:, 0] != ends[:, 1]], axis=0
    )
    both = ends if directed else np.concatenate([ends, ends[:, ::-1]])
    return Arcs(parties, both[:, 0], both[:, 1], np.ones(len(both)), directed)


@pytest.fixture
def plain(monkeypatch):
    """Turns the compiled kernels of chance and cores off."""

    def off():
        monkeypatch.setattr(chance, "compiled", lambda: False)
        monkeypatch.setattr(core, "compiled", lambda: False)

    return off


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize(
    ("parties", "ties"),
    [(2, 1), (3, 3), (4, 5), (5, 8), (30, 40), (30, 400), (200, 501), (900, 3000)],
)
def test_ties_drawn_anew_are_the_plain_ones(parties, ties, directed, plain):
    """Also none, one, an odd number, and so many that most exchanges are barred."""
    arcs = arcs_of(parties, ties, 7, directed=directed)
    found = [np.column_stack(one).tolist() for one in draw_ties(arcs, 4, 3)]
    plain()

    assert found == [np.column_stack(one).tolist() for one in draw_ties(arcs, 4, 3)]


def test_two_ties_exchange_their_heads_where_nothing_bars_it():
    """0–1 and 2–3 become 0–3 and 2–1, turned 0–2 and 3–1; not where 0–3 is there already."""
    ends, order = np.array([[0, 1], [2, 3]]), np.array([0, 1])
    swaps = kernels.Swaps(4, 2, directed=False)
    three = np.array([[0, 1], [2, 3], [0, 3]])

    assert swaps.swapped(ends, order, np.array([False])).tolist() == [[0, 3], [2, 1]]
    assert swaps.swapped(ends, order, np.array([True])).tolist() == [[0, 2], [3, 1]]
    assert ends.tolist() == [[0, 1], [2, 3]]
    assert (
        kernels.Swaps(4, 3, directed=False)
        .swapped(three, np.array([0, 1, 2]), np.array([False]))
        .tolist()
    ) == three.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_the_best_core_is_the_plain_one(seed, plain):
    """Same fit to the last bit, same members; hubs have more contacts than fits are kept for."""
    parties = 20 + 40 * seed
    ties = np.random.default_rng(seed).integers(0, parties, (parties * 3, 2))
    hub = np.column_stack([np.zeros(parties, dtype=int), np.arange(parties)])
    ends = np.sort(np.concatenate([ties, hub[: 30 * seed]]), axis=1)
    low, high = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).T
    network = core._both_ways(parties, low, high)
    found = best_core(network, equals=True)
    plain()
    slow = best_core(network, equals=True)

    assert found is not None
    assert slow is not None
    assert found.fit == slow.fit
    assert (found.core.tolist(), found.level.tolist()) == (slow.core.tolist(), slow.level.tolist())


def test_a_climb_moves_the_lowest_of_equal_ones_first():
    """Two triangles apart, started from one corner each: that of the lower numbers is filled."""
    one, other = [(0, 1), (0, 2), (1, 2)], [(3, 4), (3, 5), (4, 5)]
    low, high = np.array(one + other).T
    contacts = Contacts.of(core._both_ways(6, low, high))
    start = np.array([True, False, False, True, False, False])
    fit, found = kernels.climb_core(contacts.cuts, contacts.head, start, steps=500, least=1e-9)
    stopped = kernels.climb_core(contacts.cuts, contacts.head, start, steps=1, least=1e-9)[1]

    assert stopped.tolist() == [True, True, False, True, False, False]
    assert fit == pytest.approx(core._fits_of_moves(*_state(contacts, found))[1], abs=1e-12)


def _state(contacts: Contacts, found: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return contacts.degree, contacts.in_core(found), found
