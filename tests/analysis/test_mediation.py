"""Closed paths counted for many groupings at once are what the plain count says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ringmap.analysis.mediation import MEDIATION, MediationSums, closed_paths
from ringmap.analysis.pairs import pairs_of, triangles_of
from ringmap.graph import graph_from_ties


def _ties(text: str) -> pd.DataFrame:
    return pd.DataFrame([pair.split(">") for pair in text.split()], columns=["source", "target"])


def test_a_triangle_of_two_countries_by_hand() -> None:
    """A and B are of one country, C of another: C stands between both ways as itinerant, A and
    B once each way between the other's country and C's."""
    pairs = pairs_of(graph_from_ties(_ties("A>B A>C B>C")))
    (triangles,) = triangles_of(pairs)
    sums = MediationSums(pairs, np.array([0, 0, 1]))
    for closed in closed_paths(pairs, triangles, np.array([True] * 3)):
        sums.add_copies(closed, 1)

    told = {role: sums.closed[role].tolist() for role in MEDIATION}
    assert told == {
        "coordinator": [0, 0, 0], "itinerant": [0, 0, 2], "gatekeeper": [1, 1, 0],
        "representative": [1, 1, 0], "liaison": [0, 0, 0],
    }  # fmt: skip


@pytest.mark.parametrize("directed", [False, True])
def test_every_grouping_is_counted_as_by_itself(directed: bool) -> None:
    """Three groupings of a random network, some groups unknown, as copies side by side."""
    chance = np.random.default_rng(5)
    ends = chance.integers(0, 14, (70, 2))
    ties = pd.DataFrame(ends, columns=["source", "target"]).astype(str)
    pairs = pairs_of(graph_from_ties(ties, directed=directed))
    groups = np.array([chance.permutation([-1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3])] * 3)
    groups[:, groups[0] >= 0] = chance.permuted(groups[:, groups[0] >= 0], axis=1)
    tile = type(pairs)(
        3 * pairs.count, *((one + pairs.count * np.arange(3)[:, None]).ravel()
                           for one in (pairs.low, pairs.high)),
        np.tile(pairs.forward, 3), np.tile(pairs.backward, 3),
    )  # fmt: skip
    together = MediationSums(tile, groups.ravel())
    alone = [MediationSums(pairs, one) for one in groups]
    for triangles in triangles_of(pairs):
        for one in alone:
            one.add(triangles)
        for closed in closed_paths(pairs, triangles, groups[0] >= 0):
            together.add_copies(closed, 3)

    for role in MEDIATION:
        wanted = np.concatenate([one.closed[role] for one in alone])
        assert wanted.sum() > 0
        assert together.closed[role].tolist() == wanted.tolist()
