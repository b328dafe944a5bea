"""How well `find_rings` recovers planted rings of each shape, and what it says of random ties.

Run ``python benchmarks/rings.py`` (two minutes of one CPU), ``--ties 856000`` for larger
networks (some ten minutes), ``--shapes chain star`` for some. Prints a table in Markdown,
with modularity (igraph's Leiden) beside ringmap.
"""

import argparse
import random
import time

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis import find_rings
from ringmap.graph import graph_from_ties

Integers = npt.NDArray[np.int64]
Ties = list[tuple[int, int]]

#: Shape, members, ties added between rings as a share of those inside, ties per member.
SHAPES: tuple[tuple[str, int, float, float], ...] = (
    ("private case node", 9, 0.05, 1.5),
    ("private case node", 9, 0.10, 1.5),
    ("shared nodes", 9, 0.05, 1.5),
    ("star", 9, 0.02, 1.0),
    ("star", 9, 0.10, 1.0),
    ("chain", 8, 0.02, 1.0),
    ("chain", 8, 0.10, 1.0),
    ("chain", 12, 0.02, 1.0),
    ("chain with kin", 8, 0.10, 2.0),
    ("core and periphery", 9, 0.10, 2.0),
    ("core and periphery", 14, 0.20, 2.0),
    ("core and periphery", 30, 0.20, 2.0),
    ("dense", 12, 0.15, 2.7),
    ("shared brokers", 10, 0.05, 2.0),
    ("shared gates", 10, 0.05, 2.0),
)


def plant(
    shape: str, ties: int, size: int, cross: float, per_member: float, chance: np.random.Generator
) -> tuple[int, Ties, Integers]:
    """Number of parties, ties between them, and the ring of each (−1: of none)."""
    made: Ties = []
    ring: list[int] = []
    for number in range(max(2, round(ties / (size * per_member)))):
        members = range(len(ring), len(ring) + int(chance.integers(max(4, size - 3), size + 4)))
        ring += [number] * len(members)
        made += _inside(shape, list(members), chance)
    truth = np.array(ring)
    ends = chance.integers(0, len(truth), (int(cross * len(made)), 2))
    made += [(a, b) for a, b in ends.tolist() if truth[a] != truth[b]]
    if shape == "shared brokers":
        return len(truth), made + _with_brokers(truth, chance), truth
    if shape == "shared gates":
        return _with_gates(made, truth, chance)
    if shape == "shared nodes":
        return _with_shared(made, truth, chance)
    return len(truth), made, truth


def _inside(shape: str, members: list[int], chance: np.random.Generator) -> Ties:
    first, rest = members[0], members[1:]
    if shape == "star":
        return [(first, one) for one in rest]
    if shape in ("private case node", "shared nodes"):
        pairs = [chance.choice(rest, 2, replace=False) for _ in range(len(members) // 2)]
        return [(first, one) for one in rest] + [(int(a), int(b)) for a, b in pairs]
    if shape.startswith("chain"):
        steps = (1, 2) if shape == "chain with kin" else (1,)
        return [(a, b) for step in steps for a, b in zip(members, members[step:], strict=False)]
    if shape in ("core and periphery", "shared brokers", "shared gates"):
        core, others = members[:3], members[3:]
        ties = [(core[0], core[1]), (core[0], core[2]), (core[1], core[2])]
        for one in others:
            ties += [(int(a), one) for a in chance.choice(core, 2, replace=False)]
        return ties
    return [(a, b) for a in members for b in members if a < b and chance.random() < 0.45]


def _with_shared(
    made: Ties, truth: Integers, chance: np.random.Generator
) -> tuple[int, Ties, Integers]:
    """Every fourth ring's worth of phones and houses that two to four people use anywhere."""
    people = len(truth)
    shared = (int(truth.max()) + 1) // 4
    for thing in range(people, people + shared):
        users = chance.integers(0, people, int(chance.integers(2, 5)))
        made += [(thing, user) for user in users.tolist()]
    return people + shared, made, np.concatenate([truth, np.full(shared, -1)])


def _with_brokers(truth: Integers, chance: np.random.Generator) -> Ties:
    """The first of every third ring also deals with three people of the ring before."""
    first = np.searchsorted(truth, np.arange(int(truth.max()) + 2))
    ties: Ties = []
    for number in range(1, int(truth.max()) + 1, 3):
        others = chance.choice(np.arange(first[number - 1], first[number]), 3, replace=False)
        ties += [(int(first[number]), int(one)) for one in others]
    return ties


def _with_gates(
    made: Ties, truth: Integers, chance: np.random.Generator
) -> tuple[int, Ties, Integers]:
    """A gate for every 25 rings, through which two people of each of them went."""
    first = np.searchsorted(truth, np.arange(int(truth.max()) + 2))
    rings, gates = len(first) - 1, -(-(len(first) - 1) // 25)
    for number in range(rings):
        people = np.arange(first[number], first[number + 1])
        gate = len(truth) + number // 25
        made += [(gate, int(one)) for one in chance.choice(people, 2, replace=False)]
    return len(truth) + gates, made, np.concatenate([truth, np.full(gates, -1)])


def adjusted_rand(truth: Integers, found: Integers) -> float:
    """Agreement of two divisions, 0 by chance and 1 when the same (Hubert, Arabie 1985)."""
    truth, found = truth[truth >= 0], found[truth >= 0]
    both = pd.crosstab(truth, found) if len(truth) < 2_000 else None
    cells = (
        both.to_numpy().ravel()
        if both is not None
        else np.unique(truth * (int(found.max()) + 1) + found, return_counts=True)[1]
    )
    pairs, of_truth, of_found = (
        (sizes * (sizes - 1) / 2).sum() for sizes in (cells, np.bincount(truth), np.bincount(found))
    )
    expected = of_truth * of_found / (len(truth) * (len(truth) - 1) / 2)
    return float((pairs - expected) / ((of_truth + of_found) / 2 - expected))


def own_rings(table: pd.DataFrame, count: int) -> Integers:
    """Ring of each party, the one with the highest share; a number of its own for those of none."""
    best = table.sort_values("share", ascending=False, kind="stable").drop_duplicates("party")
    ring = pd.Series(best["ring"].str[1:].astype(int).to_numpy(), index=best["party"].to_numpy())
    alone = pd.Series(np.arange(count) + len(table) + count, index=np.arange(count))
    return np.asarray(ring.reindex(range(count)).fillna(alone), dtype=np.int64)


def measure(count: int, ties: Ties) -> tuple[pd.DataFrame, float, int]:
    """Rings found, CPU seconds, and number of tied pairs."""
    graph = graph_from_ties(
        pd.DataFrame(ties, columns=["source", "target"]), pd.DataFrame({"party": range(count)})
    )
    pairs = len(graph.simple.source)
    start = time.process_time()
    found = find_rings(graph)
    return found, time.process_time() - start, pairs


def modularity(count: int, ties: Ties) -> tuple[Integers, float]:
    """Groups by Leiden on modularity, as igraph does it, and CPU seconds."""
    graph = igraph.Graph(n=count, edges=ties).simplify()
    random.seed(1)  # igraph draws from it
    start = time.process_time()
    found = graph.community_leiden(objective_function="modularity", n_iterations=2)
    return np.array(found.membership), time.process_time() - start


def print_shape(asked: int, shape: str, size: int, cross: float, per_member: float) -> None:
    """A row of the table for planted rings."""
    chance = np.random.default_rng(1)
    count, ties, truth = plant(shape, asked, size, cross, per_member, chance)
    found, seconds, pairs = measure(count, ties)
    told = found.attrs["significance"]
    groups, leiden_s = modularity(count, ties)
    print(
        f"| {shape} | {size} | {cross:.0%} | {count} | {pairs} |"
        f" {adjusted_rand(truth, own_rings(found, count)):.3f} | {told['z']:.1f} |"
        f" {told['found']} | {seconds:.2f} | {adjusted_rand(truth, groups):.3f} | {leiden_s:.2f} |",
        flush=True,
    )


def print_random(count: int, number: int) -> None:
    """A row of the table for ties drawn by lot."""
    ends = np.random.default_rng(2).integers(0, count, (number, 2))
    found, seconds, pairs = measure(count, [(a, b) for a, b in ends.tolist() if a != b])
    told = found.attrs["significance"]
    print(
        f"| random | – | – | {count} | {pairs} | – | {told['z']:.1f} | {told['found']} |"
        f" {seconds:.2f} | – | – |",
        flush=True,
    )


def main() -> None:
    """Print a row per shape and per random network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, nargs="+", default=[8_000, 83_000])
    parser.add_argument("--shapes", nargs="*", default=[])
    asked = parser.parse_args()
    print(
        "| shape | size | ties between rings | parties | ties | ARI | z | found | CPU s"
        " | ARI of modularity | its CPU s |"
    )
    print("|" + " --- |" * 11)
    for ties in asked.ties:
        for shape in SHAPES:
            if not asked.shapes or any(shape[0].startswith(one) for one in asked.shapes):
                print_shape(ties, *shape)
        print_random(ties * 3 // 8, ties)
    for count, number in ((50, 100), (150, 400)):
        print_random(count, number)


if __name__ == "__main__":
    main()
