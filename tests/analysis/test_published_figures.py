"""Published networks, where they lie beside the repository: figures as another library has them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from ringmap.analysis import find_brokers
from ringmap.graph import RingGraph, build_graph
from ringmap.records import read

PUBLISHED = (
    *(f"caviar/caviar_phase{phase:02}_edges.csv" for phase in range(1, 12)),
    *(f"caviar/caviar_full_{kind}_edges.csv" for kind in ("directed", "undirected")),
    *(f"cockbain_uk_cse_victims/{name}_edges.csv"
      for name in ("central", "chalice", "retriever", "span")),
    "mexico_trafficking_network/mexico_edges.csv",
    "montagna/meetings_edges.csv", "montagna/phonecalls_edges.csv",
    "montagna/raw_meetings_edgelist.tsv", "montagna/raw_phonecalls_edgelist.tsv",
    *(f"montagna/r2ergm/montagna_{name}.csv"
      for name in ("kinship", "meetings", "phone", "sightings")),
    *(f"synthetic_sex_trafficking_kosmas/HT5_{number}_40.graphml" for number in range(1, 6)),
)  # fmt: skip


def networkx_of(graph: RingGraph) -> nx.Graph:
    """Every pair once, exact strengths added (1 where none is recorded), lengths of 1/strength."""
    found = nx.DiGraph() if graph.directed else nx.Graph()
    names = graph.parties["party"].tolist()
    found.add_nodes_from(names)
    weights = graph.ties["weight"].fillna(1)
    ends = zip(graph.source.tolist(), graph.target.tolist(), weights, strict=True)
    for source, target, weight in ends:
        if source != target and weight > 0:
            one, other = names[source], names[target]
            before = found.get_edge_data(one, other, {"weight": Fraction(0)})["weight"]
            found.add_edge(one, other, weight=before + Fraction(weight))
    for _, _, told in found.edges(data=True):
        told["length"] = 1 / told["weight"]
    return found


def figures_of(network: nx.Graph) -> pd.DataFrame:
    """The columns of `find_brokers` that networkx has, outwards where there is a direction."""
    outwards = network.reverse() if network.is_directed() else network
    strong = nx.DiGraph() if network.is_directed() else nx.Graph()
    strong.add_nodes_from(network)
    strong.add_weighted_edges_from((a, b, float(w)) for a, b, w in network.edges(data="weight"))
    bare = network.to_undirected()
    cut = set(nx.articulation_points(bare))
    return pd.DataFrame(
        {
            "degree": dict(network.degree()),
            "strength": {one: float(told) for one, told in network.degree(weight="weight")},
            "betweenness": nx.betweenness_centrality(network, normalized=False),
            "betweenness_weighted": {
                one: float(told)
                for one, told in nx.betweenness_centrality(
                    network, weight="length", normalized=False
                ).items()
            },
            "betweenness_normalized": nx.betweenness_centrality(network),
            "harmonic": nx.harmonic_centrality(outwards),
            "closeness_wf": nx.closeness_centrality(outwards),
            "pagerank": nx.pagerank(network, weight=None, tol=1e-14, max_iter=1000),
            "core_number": nx.core_number(bare),
            "constraint": nx.constraint(network),
            "constraint_weighted": nx.constraint(strong, weight="weight"),
            "effective_size": nx.effective_size(network, nodes=list(network)),
            "effective_size_weighted": nx.effective_size(
                strong, nodes=list(network), weight="weight"
            ),
            "is_cut_vertex": {one: one in cut for one in network},
        }
    )


@pytest.mark.parametrize("file", PUBLISHED)
def test_brokers_of_a_published_network_have_the_figures_of_networkx(
    file: str, shared_data: Path
) -> None:
    """To 1e-9; strengths as lengths in exact fractions, since rounded ones part equal ways."""
    graph = build_graph(read(shared_data / file).case)
    found = find_brokers(graph).set_index("party")
    wanted = figures_of(networkx_of(graph))

    for measure in wanted.columns:
        told = found[measure].reindex(wanted.index).tolist()
        assert told == pytest.approx(wanted[measure].tolist(), rel=1e-9, abs=1e-9, nan_ok=True), (
            measure
        )
