"""What each measure gives on published networks: its range, its middle, and who is first.

    python benchmarks/published.py FOLDER

FOLDER holds the networks as their authors published them; none of them comes with ringmap. See
docs/measures/published-networks.md.
"""

import argparse
from pathlib import Path

from ringmap.analysis import MEASURES, find_brokers, find_rings, judge_brokers
from ringmap.graph import RingGraph, build_graph
from ringmap.records import read

NETWORKS = {
    "Montagna, meetings": "montagna/meetings_edges.csv",
    "Montagna, telephone": "montagna/phonecalls_edges.csv",
    "CAVIAR, all phases": "caviar/caviar_full_undirected_edges.csv",
    "Mexico's southern border": "mexico_trafficking_network/mexico_edges.csv",
    "Cockbain, Central": "cockbain_uk_cse_victims/central_edges.csv",
    "Kosmas, first (synthetic)": "synthetic_sex_trafficking_kosmas/HT5_1_40.graphml",
}


def graph_of(path: Path) -> RingGraph:
    """The network of a file, people alone."""
    return build_graph(read(path).case, projection="people")


def tell(name: str, graph: RingGraph) -> None:
    """Print the verdicts on one network, and a row for each measure."""
    table = find_brokers(graph)
    verdict = judge_brokers(table, graph)
    rings = find_rings(graph)
    people, pairs = len(graph.parties), len(graph.simple.source)
    print(f"\n## {name}: {people} people, {pairs} tied pairs\n")
    print(f"Brokers: {verdict.because}.\n")
    told = rings.attrs["significance"]["verdict"]
    print(f"Rings: {told} ({rings['ring'].nunique()} listed).\n")
    print("| measure | lowest | middle | highest | first |")
    print("| --- | ---: | ---: | ---: | --- |")
    for measure in MEASURES:
        values = table[measure].astype(float)
        lowest = measure.startswith("constraint")
        best = values.idxmin() if lowest else values.idxmax()
        level = int((values == values[best]).sum())
        first = str(table["party"][best]) if level == 1 else f"{level} alike"
        numbers = (values.min(), values.median(), values.max())
        print(f"| {measure} | {' | '.join(f'{one:.3g}' for one in numbers)} | {first} |")


def main() -> None:
    """Print all networks that are in the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for name, path in NETWORKS.items():
        if (folder / path).is_file():
            tell(name, graph_of(folder / path))


if __name__ == "__main__":
    main()
