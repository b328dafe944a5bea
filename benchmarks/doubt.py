"""How often an interval of ranks holds the true rank, where the truth is a network we have.

The truth is a whole network: all true ties of an invented case, or a file of ties. The records
are that network with a share of its ties and people taken out. The interval is computed from
the records alone, at the rates that were taken out and at those that ringmap assumes.

    python benchmarks/doubt.py                       # invented cases of four scenarios
    python benchmarks/doubt.py --files edges.csv …   # published networks: source, target
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from ringmap.analysis import Doubt, find_brokers
from ringmap.graph import RingGraph, graph_from_ties
from ringmap.training import generate_cases, read_truth, score_intervals

RATES = ((0.1, 0.02), (0.2, 0.02), (0.3, 0.05))
SCENARIOS = ("bride-line", "fraud-compound", "marriage-firm", "no-ring")
TOP = 10


def invented(scenario: str, cases: int) -> RingGraph:
    """All true ties of an invented case."""
    with tempfile.TemporaryDirectory() as folder:
        generate_cases(Path(folder) / "case", scenario=scenario, cases=cases, seed=5, missing=0.0)
        truth = read_truth(Path(folder) / "case")
    return graph_from_ties(truth.ties[["source", "target"]])


def recorded(truth: RingGraph, ties: float, people: float, seed: int) -> RingGraph:
    """What is left of a network when ties and people are missing."""
    random = np.random.default_rng(seed)
    gone = random.random(len(truth.parties)) < people
    ends = np.column_stack([truth.simple.source, truth.simple.target])
    keep = (random.random(len(ends)) >= ties) & ~gone[ends].any(axis=1)
    names = truth.parties["party"].astype(str).to_numpy(dtype=object)
    left = pd.DataFrame(names[ends[keep]], columns=["source", "target"])
    return graph_from_ties(left, pd.DataFrame({"party": names[~gone]}))


def score(truth: RingGraph, records: RingGraph, doubt: Doubt) -> list[float]:
    """Coverage and relative width over all people, and over the first ten of the records."""
    values = find_brokers(truth, measures=["betweenness"])
    values = values.assign(party=values["party"].astype(str)).set_index("party")["betweenness"]
    there = values[records.parties["party"]]
    true = there.rank(method="min", ascending=False).to_dict()
    table = find_brokers(records, measures=["betweenness"], doubt=doubt)
    whole, first = score_intervals(table, true), score_intervals(table.head(TOP), true)
    return [whole.coverage, whole.relative_width, first.coverage, first.mean_width / len(table)]


def networks(asked: argparse.Namespace) -> Iterator[tuple[str, RingGraph]]:
    """Each network by a name."""
    if not asked.files:
        for scenario in SCENARIOS:
            yield scenario, invented(scenario, asked.cases)
    for file in asked.files:
        ties = pd.read_csv(file, dtype=str)
        yield Path(file).stem, graph_from_ties(ties[["source", "target"]])


def main() -> None:
    """Print a row per network, and one of means."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", nargs="*", default=[])
    parser.add_argument("--cases", type=int, default=6, help="case files of each invented case")
    parser.add_argument("--seeds", type=int, default=2, help="records of each network and rate")
    asked = parser.parse_args()
    heads = ("holds", "width", "holds, first ten", "width, first ten")
    print("| network | people | pairs |", " | ".join(heads), "|", " | ".join(
        f"assumed rates: {head}" for head in heads), "|")  # fmt: skip
    print("| --- " * (3 + 2 * len(heads)) + "|")
    rows = []
    for name, truth in networks(asked):
        found = [
            [
                *score(truth, records, Doubt(missing_ties=ties, missing_people=people)),
                *score(truth, records, Doubt()),
            ]
            for ties, people in RATES
            for seed in range(asked.seeds)
            for records in [recorded(truth, ties, people, seed)]
        ]
        rows.append(np.mean(found, axis=0))
        cells = " | ".join(f"{value:.2f}" for value in rows[-1])
        print(
            f"| {name} | {len(truth.parties)} | {len(truth.simple.source)} | {cells} |", flush=True
        )
    print("| **mean** | | |", " | ".join(f"{value:.3f}" for value in np.mean(rows, axis=0)), "|")
    print(f"\n{time.process_time():.0f} CPU s")


if __name__ == "__main__":
    main()
