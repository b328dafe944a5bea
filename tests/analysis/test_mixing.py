"""Ties within and between groups, beside all the ways chance could have dealt the groups."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, permutations
from typing import Any

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.conftest import REFERENCE
from analysis.networks import graph_of, network_of
from ringmap.analysis import find_mixing, measure_homophily
from ringmap.analysis.chance import arcs_among, draw_ties
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, graph_from_ties

MEXICO = REFERENCE.parent / "data" / "mexico_trafficking_network"
SQUARE = {"A": "VN", "B": "VN", "C": "CN", "D": "CN"}


def row_of(table: pd.DataFrame, measure: str, baseline: str = "labels", strong: bool = False):
    """The row of one measure beside one baseline."""
    same = (table["measure"] == measure) & (table["baseline"] == baseline)
    return table[same & (table["by_strength"] == strong)].iloc[0]


def random_graph(seed: int, *, directed: bool) -> RingGraph:
    """Eight parties in three groups, one unknown, with strengths and parallel ties."""
    chance = np.random.default_rng(seed)
    names = [f"P{number}" for number in range(8)]
    ends = [(names[a], names[b]) for a, b in chance.integers(0, 8, size=(16, 2))]
    ties = pd.DataFrame(ends, columns=["source", "target"])
    ties["weight"] = chance.integers(1, 5, size=16)
    groups = [*chance.choice(["X", "Y", "Z"], size=5).tolist(), "X", "Y", None]
    return graph_from_ties(ties, pd.DataFrame({"party": names, "group": groups}), directed=directed)


def test_two_pairs_with_one_tie_between_them(network):
    """A–B and C–D inside, B–C out: E–I = (1 − 2)/3.

    Dealt anew, two pairs of four parties are inside: each tie is inside in 2 of 6 pairs, so one
    of three ties, and E–I is +1/3 expected. The path's deals: {AB|CD} 2 inside, {AC|BD} 0,
    {AD|BC} 1, each a third: mean 1, standard deviation √(2/3); of E–I 2·√(2/3)/3.
    """
    told = row_of(measure_homophily(network("A-B B-C C-D", countries=SQUARE), "country"), "e_i")

    assert told["value"] == pytest.approx(-1 / 3)
    assert told["expected"] == pytest.approx(1 / 3)
    assert told["sd"] == pytest.approx(2 * math.sqrt(2 / 3) / 3)
    assert told["looks"] == "chance"


def test_mixing_counts_each_tie_once_and_says_what_was_to_be_expected(network):
    """Of three ties each of the six pairs is tied with 1/2: VN–VN and CN–CN .5, VN–CN 4 · .5."""
    table = find_mixing(network("A-B B-C C-D:3", countries=SQUARE), "country")
    told = table.set_index(["group", "other_group"])

    assert told["ties"].to_dict() == {("CN", "CN"): 1, ("CN", "VN"): 1, ("VN", "VN"): 1}
    assert told["expected"].to_dict() == pytest.approx(
        {("CN", "CN"): 0.5, ("CN", "VN"): 2.0, ("VN", "VN"): 0.5}
    )
    assert told["strength"].to_dict()["CN", "CN"] == 3
    assert told["strength_expected"].sum() == pytest.approx(5)


def test_values_agree_with_the_reference(reference: dict[str, Any]):
    """E–I of ties and strengths, assortativity and the mixing counts of four networks."""
    graph, told = graph_of(reference), reference["measures"]
    table = measure_homophily(graph, "group", draws=20)
    mixing = find_mixing(graph, "group")
    seen = {f"{a}->{b}": n for a, b, n in zip(mixing["group"], mixing["other_group"],
                                              mixing["ties"], strict=True)}  # fmt: skip
    wanted = {
        key: count / (1 if graph.directed or len({*key.split("->")}) > 1 else 2)
        for key, count in told["ei"]["values"]["mixing"].items()
        if graph.directed or key.split("->") == sorted(key.split("->"))
    }

    assert row_of(table, "e_i")["value"] == pytest.approx(told["ei"]["values"]["EI"])
    assert row_of(table, "e_i", strong=True)["value"] == pytest.approx(
        told["ei_weighted"]["values"]["EI"]
    )
    assert row_of(table, "assortativity")["value"] == pytest.approx(
        told["ei"]["values"]["assortativity_nominal"]
    )
    assert {key: count for key, count in seen.items() if count} == wanted


def test_the_clubs_of_karate_look_inward_as_published():
    """Expected +.0303 by the exact formula, p .001 of 999 deals."""
    reference = REFERENCE / "karate.json"
    if not reference.is_file():
        pytest.skip("the reference values are not beside this repository")
    import json

    told = json.loads(reference.read_text(encoding="utf-8"))
    found = row_of(measure_homophily(graph_of(told), "group"), "e_i")

    assert found["expected"] == pytest.approx(told["null_models"]["EI_expected_exact"])
    assert found["p"] == pytest.approx(0.001)
    assert found["looks"] == "inward"


def test_mexico_looks_outward_and_is_inward():
    """E–I +.751 lies below the +.843 that chance gives, p about .003 (measured before)."""
    if not MEXICO.is_dir():
        pytest.skip("the real networks are not beside this repository (../shared/data)")
    ties = pd.read_csv(MEXICO / "mexico_edges.csv", dtype=str)
    parties = pd.read_csv(MEXICO / "mexico_nodes.csv", dtype=str).rename(columns={"id": "party"})
    table = measure_homophily(graph_from_ties(ties, parties), "role", draws=299)

    for baseline in ("labels", "ties"):
        found = row_of(table, "e_i", baseline)
        assert found["value"] == pytest.approx(0.751, abs=5e-4)
        assert found["expected"] == pytest.approx(0.843, abs=0.01)
        assert found["p"] < 0.012
        assert found["looks"] == "inward"
        assert "the ties look inward, against chance" in found["because"]


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", [1])
def test_expected_values_are_those_of_every_deal(seed: int, directed: bool):
    """Mean and spread of all 5,040 ways to deal the labels of seven known parties."""
    graph = random_graph(seed, directed=directed)
    mixing = find_mixing(graph, "group")
    homophily = row_of(measure_homophily(graph, "group", draws=20), "e_i", strong=True)
    known = graph.parties["group"].notna().to_numpy()
    arcs = arcs_among(graph, known)
    labels = graph.parties["group"][known].tolist()
    names, cells, outward = sorted({*labels}), [], []
    for dealt in permutations([names.index(label) for label in labels]):
        given_labels = np.array(dealt)
        matrix = np.zeros((len(names), len(names)))
        np.add.at(matrix, (given_labels[arcs.tail], given_labels[arcs.head]), 1)
        strong = given_labels[arcs.tail] == given_labels[arcs.head]
        outward.append(1 - 2 * arcs.weight[strong].sum() / arcs.weight.sum())
        cells.append(matrix if directed else (matrix + matrix.T) / (2 * (1 + np.eye(len(names)))))
    mean, spread = np.mean(cells, axis=0), np.std(cells, axis=0)

    assert homophily["expected"] == pytest.approx(np.mean(outward))
    assert homophily["sd"] == pytest.approx(np.std(outward))
    for row in mixing.itertuples():
        a, b = names.index(row.group), names.index(row.other_group)
        assert row.expected == pytest.approx(mean[a, b])
        if spread[a, b] > 1e-9:
            assert row.z == pytest.approx((row.ties - mean[a, b]) / spread[a, b], abs=1e-6)


@pytest.mark.parametrize("directed", [False, True])
def test_assortativity_is_that_of_networkx(directed: bool):
    """An independent library agrees on graphs without parallel or self ties."""
    for seed in range(5):
        view = networkx.gnm_random_graph(12, 20, seed=seed, directed=directed)
        groups = {node: "XYZ"[node % 3] for node in view}
        networkx.set_node_attributes(view, groups, "group")
        ties = pd.DataFrame([(f"P{a:02}", f"P{b:02}") for a, b in view.edges],
                            columns=["source", "target"])  # fmt: skip
        parties = pd.DataFrame({"party": [f"P{n:02}" for n in view], "group": groups.values()})
        found = measure_homophily(graph_from_ties(ties, parties, directed=directed), "group",
                                  draws=20)  # fmt: skip

        wanted = networkx.attribute_assortativity_coefficient(view, "group")
        assert row_of(found, "assortativity")["value"] == pytest.approx(wanted)


@pytest.mark.parametrize("directed", [False, True])
def test_random_networks_keep_everybodys_number_of_ties(directed: bool):
    """Degrees in and out stay, no self tie, no pair twice, and ties do change."""
    graph = random_graph(3, directed=directed)
    arcs = arcs_among(graph, np.ones(8, dtype=bool))
    seen = set()
    for tail, head in draw_ties(arcs, 20, 0):
        pairs = {(a, b) if directed else frozenset((a, b)) for a, b in zip(tail, head, strict=True)}
        seen.add(frozenset(pairs))
        both = np.concatenate([tail, head])
        assert len(pairs) == arcs.ties == len(tail)
        assert (tail != head).all()
        if directed:
            assert np.bincount(tail, minlength=8).tolist() == np.bincount(arcs.tail).tolist()
        assert sorted(np.bincount(both, minlength=8).tolist()) == sorted(
            (np.bincount(arcs.tail, minlength=8) + np.bincount(arcs.head, minlength=8)).tolist()
            if directed else np.bincount(arcs.tail, minlength=8).tolist()
        )  # fmt: skip
    assert len(seen) > 5


@given(order=st.permutations(range(6)), doubled=st.booleans())
@settings(max_examples=4, deadline=None)
def test_order_and_names_of_rows_change_nothing(order: list[int], doubled: bool):
    """Shuffled rows give the same bytes; ties doubled give the same counts of pairs."""
    rows = ["A-B", "B-C", "C-D", "D-A", "A-C", "E-A"]
    told = SQUARE | {"E": None}
    plain = network_of(" ".join(rows), countries=told)
    mixed = network_of(" ".join([rows[i] for i in order] * (1 + doubled)), countries=told)
    one, other = (measure_homophily(graph, "country", draws=20, seed=4) for graph in (plain, mixed))
    unweighted = ~one["by_strength"]

    pd.testing.assert_frame_equal(one[unweighted], other[unweighted])
    assert find_mixing(mixed, "country")["ties"].tolist() == [3, 1, 1]
    assert "1 with an end of unknown group" in other.attrs["verdict"]


def test_nothing_to_measure_is_an_answer(network):
    """No known group, one group, no tie at all: no rows and a sentence."""
    for graph in (
        network("A-B", countries={"A": "VN"}),
        network("A-B", countries={"A": "VN", "B": "VN"}),
        network("", countries={"A": "VN", "B": "CN"}),
    ):
        table = measure_homophily(graph, "country")

        assert table.empty
        assert table.attrs["verdict"].startswith("nothing to measure here")
    with pytest.raises(GraphError, match="19 draws tell nothing"):  # the least p is 1/20 = .05
        measure_homophily(graph, "country", draws=19)
    with pytest.raises(GraphError, match="no column"):
        find_mixing(network("A-B"), "country")


def test_every_network_of_the_same_numbers_of_ties_is_as_likely():
    """27 networks have the degrees 4 3 3 2 2 2: drawn 2,700 times, each about 100 times.

    The count of each has a standard deviation of about 10, and a little more as one network
    leads to the next; a draw that favours hubs misses by 40.
    """
    ties = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (4, 5), (2, 5)]
    graph = network_of(" ".join(f"P{a}-P{b}" for a, b in ties))
    degrees = np.bincount(np.array(ties).ravel())
    every = [
        some for some in combinations(combinations(range(6), 2), len(ties))
        if np.bincount(np.array(some).ravel(), minlength=6).tolist() == degrees.tolist()
    ]  # fmt: skip
    drawn = Counter(
        frozenset(zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True))
        for a, b in draw_ties(arcs_among(graph, np.ones(6, dtype=bool)), 2_700, 0)
    )

    assert len(every) == 27
    assert {*drawn} == {frozenset(some) for some in every}
    assert max(abs(count - 100) for count in drawn.values()) < 40


@pytest.mark.parametrize("unit", [1e-300, 1e-12, 1e300])
@pytest.mark.parametrize("directed", [False, True])
def test_the_unit_of_strength_changes_no_comparison(unit: float, directed: bool, network):
    """Strengths of 1 to 4, in units as small and as great as can be: as many units, the same z."""
    ties = "A-B:{1} B-C:{2} C-D:{3} D-A:{4} A-C:{1}"
    homes = {"A": "VN", "B": "VN", "C": "CN", "D": "CN"}
    plain, other = (
        network(ties.format(*(one * size for one in range(5))), countries=homes, directed=directed)
        for size in (1, unit)
    )
    cells, again = find_mixing(plain, "country"), find_mixing(other, "country")

    assert cells["strength_z"].abs().min() > 0.1
    for column in ("strength", "strength_expected"):
        assert (again[column] / unit).tolist() == pytest.approx(cells[column].tolist())
    assert again["strength_z"].tolist() == pytest.approx(cells["strength_z"].tolist())
    looks = [measure_homophily(one, "country", draws=20) for one in (plain, other)]
    for column in ("value", "expected", "sd", "z", "p"):
        assert looks[1][column].tolist() == pytest.approx(looks[0][column].tolist(), nan_ok=True)
