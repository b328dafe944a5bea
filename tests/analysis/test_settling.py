"""Who is tied to two groups alike goes where their contacts have the others around them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap import kernels
from ringmap.analysis import settling
from ringmap.analysis.partitions import Network
from ringmap.analysis.settling import settle

WAYS = [False, True] if kernels.compiled() else [False]


def network_of(parties, ties, strengths=None):
    """Ties of strength 1, or of those given, sorted by their ends."""
    ends = np.array([sorted(tie) for tie in ties], dtype=np.int64).reshape(-1, 2)
    weight = np.ones(len(ends)) if strengths is None else np.array(strengths, dtype=float)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    return Network(parties, ends[order, 0], ends[order, 1], weight[order])


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """With the compiled part, and without it."""
    monkeypatch.setattr(settling.kernels, "compiled", lambda: request.param)


STARS = [(0, one) for one in range(1, 6)] + [(6, one) for one in range(7, 11)]


@pytest.mark.usefixtures("way")
def test_one_between_a_case_and_a_stranger_goes_to_the_case():
    """Party 5 hangs at the case 0, with four others, and knows 7, who has one contact: 4 > 3."""
    network = network_of(11, [*STARS, (5, 7)])
    begun = np.array([0] * 5 + [1] + [1] * 5)

    assert settle(network, begun).tolist() == [0] * 6 + [1] * 5


@pytest.mark.usefixtures("way")
def test_nobody_goes_for_contacts_that_are_not_much_more_in_the_middle():
    """With three others at the case, 3 is not more than twice 1, and one."""
    stars = [*[(0, one) for one in (1, 2, 3, 4)], *[(5, one) for one in (6, 7, 8, 9)]]
    network = network_of(10, [*stars, (4, 6)])
    begun = np.array([0] * 4 + [1] + [1] * 5)

    assert settle(network, begun).tolist() == begun.tolist()


@pytest.mark.usefixtures("way")
def test_the_stronger_tie_holds():
    """Twice as strong a tie to the stranger's group keeps the party there."""
    network = network_of(11, [*STARS, (5, 7)], [*[1.0] * len(STARS), 2.0])
    begun = np.array([0] * 5 + [1] + [1] * 5)

    assert settle(network, begun).tolist() == begun.tolist()


@pytest.mark.usefixtures("way")
def test_of_several_groups_the_stronger_then_the_fuller_then_the_first_takes_it():
    """A party alone with one tie to each of three stars of 4, 5 and 5 others."""
    leaves = {0: range(1, 5), 5: range(6, 11), 11: range(12, 17)}
    ties = [(hub, leaf) for hub in leaves for leaf in leaves[hub]]
    ties += [(17, 0), (17, 5), (17, 11)]
    begun = np.array([0] * 5 + [1] * 6 + [2] * 6 + [3])
    stronger = [*[1.0] * (len(ties) - 3), 1.0, 1.0, 1.1]

    assert settle(network_of(18, ties), begun)[17] == 1
    assert settle(network_of(18, ties, stronger), begun)[17] == 2


@pytest.mark.skipif(not kernels.compiled(), reason="ringmap was installed without a compiler")
@given(st.data())
def test_both_ways_give_the_same_groups(data):
    """The kernel, and what stands in for it."""
    parties = data.draw(st.integers(2, 14))
    pairs = [(a, b) for b in range(parties) for a in range(b)]
    ties = data.draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=30))
    strengths = data.draw(
        st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=len(ties), max_size=len(ties))
    )
    begun = np.array(
        data.draw(st.lists(st.integers(0, 3), min_size=parties, max_size=parties)), dtype=np.int32
    )
    network = network_of(parties, ties, strengths)
    groups = int(begun.max()) + 1

    compiled = kernels.settle(network.contacts, network.whole_strengths, begun, groups)

    assert compiled.tolist() == settling._settled_plainly(network, begun, groups).tolist()
