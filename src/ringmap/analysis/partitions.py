"""Ways to divide a network into groups, run many times, and what the runs agree on."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ringmap.analysis.pairs import Integers, Numbers

#: Resolutions of the constant Potts model, with strengths scaled to a mean of 1: a group
#: holds together when its inside is denser than this, and denser than the whole network.
#: Measured in docs/decisions/0004-rings.md.
POTTS = (0.02, 0.05)
#: A pair that fewer of the runs put together is no tie of the consensus.
LEAST_AGREEMENT = 0.05


@dataclass(frozen=True, slots=True)
class Network:
    """Tied pairs without direction, `weight` scaled to a mean of 1."""

    count: int
    low: Integers
    high: Integers
    weight: Numbers


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """igraph draws from a generator of our own, and from Python's again afterwards."""
    import igraph

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def divide(network: Network, *, infomap: bool = True) -> list[Integers]:
    """One division by each way: Infomap (Rosvall 2008), then Leiden at each resolution."""
    graph = to_igraph(network)
    weights = network.weight.tolist()
    density = 2 * len(network.low) / max(network.count * (network.count - 1), 1)
    found = [
        graph.community_leiden(
            "CPM", weights=weights, resolution=max(one, density), n_iterations=4
        ).membership
        for one in POTTS
    ]
    if infomap:
        found.insert(0, graph.community_infomap(edge_weights=weights, trials=1).membership)
    return [np.asarray(one, dtype=np.int64) for one in found]


def to_igraph(network: Network) -> Any:
    """The network as an `igraph.Graph`, edges in the order of pairs."""
    import igraph

    return igraph.Graph(n=network.count, edges=np.column_stack([network.low, network.high]))


def agree(network: Network, runs: list[Integers]) -> Integers:
    """The division that runs agree on: Infomap over pairs weighted by how many put them together.

    After Lancichinetti and Fortunato (2012), with tied pairs only, so that it costs as many
    steps as there are ties. A group is always connected by pairs of its own.
    """
    together = np.zeros(len(network.low))
    for run in runs:
        together += run[network.low] == run[network.high]
    share = together / len(runs)
    kept = share > LEAST_AGREEMENT
    agreed = Network(network.count, network.low[kept], network.high[kept], share[kept])
    found = to_igraph(agreed).community_infomap(edge_weights=agreed.weight.tolist(), trials=3)
    return connected_parts(network, np.asarray(found.membership, dtype=np.int64))


def connected_parts(network: Network, division: Integers) -> Integers:
    """The same groups, those apart that are not connected inside."""
    inside = division[network.low] == division[network.high]
    ends = (network.low[inside], network.high[inside])
    ones = np.ones(int(inside.sum()), dtype=np.int8)
    matrix = coo_array((ones, ends), shape=(network.count, network.count))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


def excess(network: Network, division: Integers) -> float:
    """Share of ties inside groups above what degrees alone would put there (−.5 to 1)."""
    inside = division[network.low] == division[network.high]
    degree = np.bincount(division[np.concatenate([network.low, network.high])])
    return float(inside.mean() - ((degree / (2 * len(network.low))) ** 2).sum())


def share_of_runs(party: Integers, ring: Integers, of: Integers, runs: list[Integers]) -> Numbers:
    """For rows of party and ring: in which share of runs the party is where its ring is.

    Where a ring is in a run: the group that most of its members (`of` numbers each party's
    own ring, −1 none) are in, the one of the lowest number between equals.
    """
    members = np.flatnonzero(of >= 0)
    counted = np.zeros(len(party))
    rings = int(of.max(initial=-1)) + 1
    for run in runs:
        span = int(run.max()) + 1
        keys, sizes = np.unique(of[members] * span + run[members], return_counts=True)
        order = np.lexsort((keys, -sizes, keys // span))
        first = np.unique((keys // span)[order], return_index=True)[1]
        place = np.full(rings, -1, dtype=np.int64)
        place[(keys // span)[order][first]] = (keys % span)[order][first]
        counted += run[party] == place[ring]
    return counted / max(len(runs), 1)


def shuffled(network: Network) -> Network:
    """A random network in which everybody has as many ties as before, all of strength 1."""
    graph = to_igraph(network)
    graph.rewire(n=10 * len(network.low))
    ends = np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    return Network(network.count, ends.min(axis=1), ends.max(axis=1), np.ones(len(network.low)))
