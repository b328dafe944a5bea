"""Brokers: values by hand, against the definitions, against networkx, and what must not change."""

from __future__ import annotations

import math
import random

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import plain
from analysis.networks import graph_of, network_of
from ringmap.analysis import (
    BROKER,
    MEASURES,
    MEDIATION,
    MEDIATION_CHANCE,
    VERDICTS,
    find_brokers,
    judge_brokers,
)
from ringmap.analysis.pairs import pairs_of
from ringmap.analysis.positions import cut_off
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties

LONG_NAMES = {"betweenness_weighted": "betweenness_weighted_inverse"}


def column_of(table, name):
    return table.set_index("party")[name]


def close(found, wanted):
    found = found.reindex(wanted.index).astype(float)
    assert (found.isna() == wanted.isna()).all()
    np.testing.assert_allclose(found.to_numpy(), wanted.to_numpy(), rtol=0, atol=1e-9)


@pytest.mark.parametrize("measure", [name for name in MEASURES if name != "is_cut_vertex"])
def test_each_measure_has_the_reference_value(reference, measure):
    """Every column equals what its definition gives in exact arithmetic, to 1e-9."""
    told = reference["measures"].get(LONG_NAMES.get(measure, measure))
    if told is None:
        pytest.skip(f"this network has no reference value for {measure}")
    table = find_brokers(graph_of(reference), measures=[measure])

    close(column_of(table, measure), pd.Series(told["values"], dtype=float))


def test_cut_vertices_are_those_of_the_reference(reference):
    """Cut vertices of the network without direction."""
    table = find_brokers(graph_of(reference))

    cut = set(table["party"][table["is_cut_vertex"]])
    assert cut == set(reference["measures"]["articulation_points"]["values"])


def test_mediation_has_the_reference_counts(reference):
    """Gould and Fernandez as R's sna counts them."""
    wanted = pd.DataFrame(reference["measures"]["gould_fernandez"]["values"]).T
    wanted = wanted.rename(columns={"total": "gf_total"})
    table = find_brokers(graph_of(reference), group="group").set_index("party")

    for kind in wanted.columns:
        close(table[kind], wanted[kind].astype(float))


def test_columns_stand_in_the_promised_order(network):
    """The contract's columns first, then the reason and the records."""
    table = find_brokers(network("A-B B-C", countries={"A": "VN", "B": "VN"}), group="country")

    assert list(table.columns) == [
        "party", *MEASURES, *MEDIATION, "gf_total", *MEDIATION_CHANCE,
        "verdict", "because", "because_vi", "records",
    ]  # fmt: skip
    assert MEASURES[:4] == ("degree", "strength", "betweenness", "betweenness_weighted")


def test_the_middle_of_a_chain_by_hand(network):
    """A, B, C in a row: B is on the one path of A and C; A reaches B in 1 and C in 2."""
    table = find_brokers(network("A-B B-C")).set_index("party")

    assert list(table.index) == ["B", "A", "C"]
    assert table.loc["B", ["betweenness", "betweenness_normalized", "harmonic"]].tolist() == [
        1,
        1,
        2,
    ]
    assert table.loc["A", "harmonic"] == 1.5
    assert table.loc["A", "closeness_wf"] == pytest.approx(2 / 3)
    assert table.loc["B", "eigenvector"] == pytest.approx(1)
    assert table.loc["A", "eigenvector"] == pytest.approx(1 / math.sqrt(2))
    # B shares itself between two who do not know each other: (1/2)² + (1/2)².
    assert table.loc["B", ["constraint", "effective_size", "hierarchy"]].tolist() == [0.5, 2, 0]
    assert table.loc["A", ["constraint", "effective_size", "hierarchy"]].tolist() == [1, 1, 1]


def test_a_strong_way_round_is_shorter_than_a_weak_tie(network):
    """A-B has length 1, A-C-B length 1/3 + 1/3; so C stands between A and B."""
    table = find_brokers(network("A-B:1 A-C:3 C-B:3")).set_index("party")

    assert table["betweenness"].tolist() == [0, 0, 0]
    assert table.loc["C", "betweenness_weighted"] == 1


def test_equal_ways_count_half_each_though_a_third_is_no_exact_number(network):
    """From A to E: 1/3 + 1/3 + 1/3 over X and Y, or 1/2 + 1/2 over Z. All of length 1."""
    table = find_brokers(network("A-X:3 X-Y:3 Y-E:3 A-Z:2 Z-E:2")).set_index("party")

    # Z: half of A to E. X: half of A to E, and A to Y. Then X to Z over A, Y to Z over E.
    assert table.loc["Z", "betweenness_weighted"] == pytest.approx(0.5, abs=1e-12)
    assert table.loc["X", "betweenness_weighted"] == pytest.approx(1.5, abs=1e-12)
    assert table.loc["Y", "betweenness_weighted"] == pytest.approx(1.5, abs=1e-12)
    assert table.loc["A", "betweenness_weighted"] == pytest.approx(1.0, abs=1e-12)


def test_parallel_ties_add_strength_and_count_one_contact(network):
    """Two ties of A and B, strength 1 and 2, are one pair of strength 3; a self tie is none."""
    table = find_brokers(network("A-B:1 B-A:2 A-A:5")).set_index("party")

    assert table["degree"].tolist() == [1, 1]
    assert table["strength"].tolist() == [3, 3]


def test_a_directed_network_is_read_along_its_arcs(network):
    """A to B to C: nobody comes back, so only A reaches both; degree counts in and out."""
    table = find_brokers(network("A-B B-C", directed=True)).set_index("party")

    assert table.loc["B", ["degree", "betweenness", "betweenness_normalized"]].tolist() == [
        2,
        1,
        0.5,
    ]
    assert table.loc[["A", "B", "C"], "harmonic"].tolist() == [1.5, 1, 0]
    assert table.loc["C", "closeness_wf"] == 0


def test_only_components_with_the_largest_eigenvalue_have_eigenvector_values(network):
    """Two triangles share the largest eigenvalue, 2; a pair has 1 and gets 0."""
    table = find_brokers(network("A-B B-C C-A D-E E-F F-D G-H", parties="I")).set_index("party")

    values = table["eigenvector"].sort_index().tolist()
    assert values == pytest.approx([1, 1, 1, 1, 1, 1, 0, 0, 0])


def test_an_isolate_has_zeros_and_no_burt(network):
    """No ties: betweenness 0, constraint not defined."""
    table = find_brokers(network("A-B", parties="Z")).set_index("party")

    assert table.loc["Z", ["degree", "betweenness", "harmonic", "core_number"]].tolist() == [0] * 4
    assert table.loc["Z", ["constraint", "effective_size", "hierarchy"]].isna().all()
    assert table.loc["Z", "because"] == "not a broker: no tie to anybody is recorded"


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("parties", [[], ["A"], ["A", "B"]])
def test_no_ties_give_a_table_and_no_crash(parties, directed):
    """An empty network and one of isolates both have an answer."""
    graph = graph_from_ties(
        pd.DataFrame({"source": [], "target": []}),
        pd.DataFrame({"party": pd.Series(parties, dtype="str")}),
        directed=directed,
    )
    table = find_brokers(graph)

    assert table["party"].tolist() == parties
    assert table["eigenvector"].isna().all()
    assert not judge_brokers(table, graph).found


def test_a_party_of_unknown_country_is_no_end_and_no_middle(network):
    """B of VN lies between A (VN), C (CN), D (not recorded) and E (recorded as unknown)."""
    countries = {"A": "VN", "B": "VN", "C": "CN", "D": None, "E": "unknown"}
    table = find_brokers(network("A-B B-C B-D B-E", countries=countries), group="country")
    counts = table.set_index("party")

    # Only A-B-C and C-B-A: out of the own country and back into it.
    assert counts.loc["B", list(MEDIATION)].tolist() == [0, 0, 1, 1, 0]
    assert counts.loc["B", "gf_total"] == 2
    assert counts.loc[["D", "E"], "gf_total"].isna().all()


def test_a_group_that_nobody_has_is_refused(network):
    """Counts of nothing would look like counts of zero."""
    graph = network("A-B", countries={"A": None, "B": "unknown"})

    with pytest.raises(GraphError, match="no party has a 'country'"):
        find_brokers(graph, group="country")
    with pytest.raises(GraphError, match="no column 'province'"):
        find_brokers(graph, group="province")
    with pytest.raises(GraphError, match="no measure 'fame'"):
        find_brokers(graph, measures=["fame"])


def test_asking_for_some_measures_gives_these_only(network):
    """The rest is not computed and not shown."""
    table = find_brokers(network("A-B B-C"), measures=["harmonic"])

    assert list(table.columns) == ["party", "harmonic", "records"]
    assert table["party"].tolist() == ["A", "B", "C"]


def test_records_are_all_those_behind_a_party_s_ties():
    """Each record once, in order, whichever end of the tie the party is."""
    from ringmap.graph import Evidence, RingGraph

    bare = network_of("A-B B-C")
    graph = RingGraph(
        bare.parties, bare.ties,
        evidence=Evidence(np.array([0, 2, 4]), np.array([7, 3, 3, 5], dtype=np.int32)),
    )  # fmt: skip
    records = column_of(find_brokers(graph), "records")

    assert records.to_dict() == {"A": (3, 7), "B": (3, 5, 7), "C": (3, 5)}
    assert set(find_brokers(bare)["records"]) == {()}


def random_ties(seed):
    """A sparse network in several parts, with ties of equal length, isolates and doubles."""
    chance = random.Random(seed)
    count = chance.randint(2, 14)
    names = [f"p{number:02d}" for number in range(count)]
    ties = [
        (chance.choice(names), chance.choice(names), chance.choice([1, 1, 2, 3, 6]))
        for _ in range(chance.randint(1, 2 * count))
    ]
    return names, ties


def built(names, ties, *, directed, group=None):
    parties = pd.DataFrame({"party": names})
    if group is not None:
        parties["group"] = [group[name] for name in names]
    table = pd.DataFrame(ties, columns=["source", "target", "weight"])
    return graph_from_ties(table, parties, directed=directed)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_every_measure_equals_its_definition_in_exact_fractions(seed, directed):
    """Our fast path against the plain one: paths, structural holes, mediation, cuts."""
    names, ties = random_ties(seed)
    chance = random.Random(seed)
    group = {name: chance.choice(["VN", "CN", "KH", None]) for name in names}
    group[names[0]] = "VN"
    arcs = plain.arcs_of(names, ties, directed)
    graph = built(names, ties, directed=directed, group=group)
    table = find_brokers(graph, group="group").set_index("party").loc[names]

    for weighted, name in ((False, "betweenness"), (True, "betweenness_weighted")):
        twin = plain.betweenness(arcs, weighted=weighted, directed=directed)
        assert table[name].tolist() == pytest.approx([float(twin[one]) for one in names], abs=1e-9)
    far = {name: plain.distances(arcs, name).values() for name in names}
    assert table["harmonic"].tolist() == pytest.approx(
        [sum(1 / steps for steps in far[name]) for name in names]
    )
    assert table["closeness_wf"].tolist() == pytest.approx(
        [len(far[one]) ** 2 / sum(far[one]) / (len(names) - 1) if far[one] else 0 for one in names]
    )
    for weighted, end in ((False, ""), (True, "_weighted")):
        twin = plain.holes(arcs, weighted=weighted)
        for place, name in enumerate(("constraint", "effective_size", "efficiency", "hierarchy")):
            if name + end in table.columns:
                wanted = [twin[one][place] for one in names]
                assert table[name + end].tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)
    mediated = plain.mediation(arcs, group)
    for kind in MEDIATION:
        wanted = [mediated[one][kind] for one in names]
        assert table[kind].tolist() == pytest.approx(wanted, nan_ok=True)
    lost = plain.cut_off(arcs)
    pairs = pairs_of(graph)
    assert cut_off(pairs).tolist() == [lost[one] for one in names]
    assert table["is_cut_vertex"].tolist() == [lost[one] > 0 for one in names]


@pytest.mark.parametrize("directed", [False, True])
def test_a_larger_network_equals_networkx(directed):
    """Rank, core, closeness and betweenness of 300 parties in several parts."""
    chance = np.random.default_rng(5)
    ends = chance.integers(0, 300, (420, 2))
    ties = pd.DataFrame(ends[ends[:, 0] != ends[:, 1]], columns=["source", "target"])
    graph = graph_from_ties(ties, pd.DataFrame({"party": range(300)}), directed=directed)
    table = find_brokers(graph).set_index("party").sort_index()
    kind = networkx.DiGraph if directed else networkx.Graph
    twin = kind()
    twin.add_nodes_from(range(300))
    twin.add_edges_from(ties.itertuples(index=False))

    def agrees(name, values, tolerance=1e-9):
        wanted = [values[party] for party in range(300)]
        np.testing.assert_allclose(table.loc[range(300), name], wanted, rtol=1e-9, atol=tolerance)

    agrees("betweenness", networkx.betweenness_centrality(twin, normalized=False))
    agrees("betweenness_normalized", networkx.betweenness_centrality(twin))
    agrees("harmonic", networkx.harmonic_centrality(twin.reverse() if directed else twin))
    agrees("closeness_wf", networkx.closeness_centrality(twin.reverse() if directed else twin))
    agrees("pagerank", networkx.pagerank(twin, tol=1e-15, max_iter=1000), 1e-12)
    agrees("core_number", networkx.core_number(networkx.Graph(twin)))


def test_a_long_chain_is_measured_too(network):
    """250 steps are more than are counted at once; the answer stays exact."""
    graph = network(" ".join(f"p{one:03d}-p{one + 1:03d}" for one in range(250)))
    table = find_brokers(graph, measures=["harmonic", "closeness_wf"]).set_index("party")

    assert table.loc["p000", "harmonic"] == pytest.approx(sum(1 / far for far in range(1, 251)))
    assert table.loc["p000", "closeness_wf"] == pytest.approx(250 / sum(range(1, 251)))


ties_strategy = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 4)), min_size=1, max_size=16
)


def numbers(graph):
    return find_brokers(graph).set_index("party").sort_index().drop(columns="records")


@settings(max_examples=20)
@given(ties=ties_strategy, directed=st.booleans(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(ties, directed, chance):
    """Ties listed in any order give the same table, to the last bit."""
    names = [f"n{number}" for number in range(8)]
    named = [(names[a], names[b], weight) for a, b, weight in ties]
    shuffled = list(named)
    chance.shuffle(shuffled)

    pd.testing.assert_frame_equal(
        find_brokers(built(names, named, directed=directed)),
        find_brokers(built(names[::-1], shuffled, directed=directed)),
        check_exact=True,
    )


@settings(max_examples=20)
@given(ties=ties_strategy, directed=st.booleans(), order=st.permutations(range(8)))
def test_new_ids_change_no_value(ties, directed, order):
    """Ids carry no meaning: a party has the same numbers under any name."""
    old = [f"n{number}" for number in range(8)]
    new = [f"m{order[number]}" for number in range(8)]
    before = numbers(built(old, [(old[a], old[b], w) for a, b, w in ties], directed=directed))
    after = numbers(built(new, [(new[a], new[b], w) for a, b, w in ties], directed=directed))

    pd.testing.assert_frame_equal(
        before.drop(columns="because").reset_index(drop=True),
        after.loc[new].drop(columns="because").reset_index(drop=True),
        rtol=1e-9, atol=1e-9,
    )  # fmt: skip
    assert before["because"].tolist() == after.loc[new]["because"].tolist()


@settings(max_examples=20)
@given(ties=ties_strategy, directed=st.booleans())
def test_doubling_every_tie_doubles_strength_and_nothing_else(ties, directed):
    """Shares of strength, and which path is shortest, stay what they were."""
    names = [f"n{number}" for number in range(8)]
    named = [(names[a], names[b], weight) for a, b, weight in ties]
    before = numbers(built(names, named, directed=directed)).drop(columns="because")
    after = numbers(built(names, named * 2, directed=directed)).drop(columns="because")

    pd.testing.assert_frame_equal(
        before.assign(strength=2 * before["strength"]), after, rtol=1e-9, atol=1e-9
    )


@settings(max_examples=20)
@given(ties=ties_strategy, directed=st.booleans())
def test_isolates_change_only_what_counts_all_parties(ties, directed):
    """Normalised betweenness, closeness and PageRank look at everybody; the rest does not."""
    names = [f"n{number}" for number in range(8)]
    named = [(names[a], names[b], weight) for a, b, weight in ties]
    before = numbers(built(names, named, directed=directed))
    after = numbers(built([*names, "y", "z"], named, directed=directed)).drop(index=["y", "z"])
    wide = ["betweenness_normalized", "closeness_wf", "pagerank"]

    pd.testing.assert_frame_equal(
        before.drop(columns=wide), after.drop(columns=wide), rtol=1e-9, atol=1e-9
    )


def test_a_bridge_between_two_groups_is_a_broker(network):
    """X alone joins two circles of four, and has fewer ties than others have."""
    graph = network("A-B B-C C-D D-A A-C E-F F-G G-H H-E E-G A-X X-E")
    table = find_brokers(graph)
    verdict = judge_brokers(table, graph)

    assert verdict.found
    assert "X" in verdict.brokers
    sentence = column_of(table, "because")["X"]
    assert sentence.startswith("broker: stands between")
    assert "tied to 2 others" in sentence
    assert "4 parties would be cut off" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "A-B B-C C-D D-E E-F F-G G-A",
        "A-B A-C A-D A-E B-C B-D B-E C-D C-E D-E",
        "A-B B-C",
    ],
    ids=["circle", "all know each other", "too few"],
)
def test_where_nobody_stands_out_there_is_no_broker(network, text):
    """The tool can say that a case has no broker."""
    graph = network(text)
    verdict = judge_brokers(find_brokers(graph), graph)

    assert not verdict.found
    assert verdict.brokers == ()
    assert verdict.because.startswith("no broker here")


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_each_verdict_agrees_with_that_on_the_network(seed, directed):
    """Brokers by the column are the brokers of `judge_brokers`; every verdict is a known one."""
    names, ties = random_ties(seed + 100)
    graph = built(names, ties, directed=directed)
    table = find_brokers(graph)
    verdict = judge_brokers(table, graph)

    assert set(table["party"][table["verdict"] == BROKER]) == set(verdict.brokers)
    assert set(table["verdict"]) <= set(VERDICTS)
    assert (table["because"].str.startswith("broker:") == (table["verdict"] == BROKER)).all()


def test_who_stands_between_by_the_number_of_ties_is_told_from_a_broker(network):
    """Y has most ties of all and is second by betweenness; X with three ties is first.

    X lies between 5 and 7 others: 35. Y lies between 4 and 8 and on two ways among its
    four (a to d, and half of a to c and of b to d): 34.
    """
    near = "Y-a Y-b Y-c Y-d a-b b-c c-d Y-X X-e X-f e-f e-g f-h g-h g-i h-i i-j j-k"
    table = find_brokers(network(near, parties="Z")).set_index("party")

    assert table.loc[["X", "Y"], "betweenness"].tolist() == [35, 34]
    assert table.loc["X", ["degree", "verdict"]].tolist() == [3, "broker"]
    assert table.loc["Y", ["degree", "verdict"]].tolist() == [5, "many ties, not a broker"]
    assert "busy, perhaps, rather than well placed" in table.loc["Y", "because"]
    assert table.loc["Y", "because"].startswith("not a broker: ")
    assert table.loc["c", "verdict"] == "between others, not a broker"
    assert table.loc["k", "verdict"] == "between nobody"
    assert table.loc["Z", "verdict"] == "no ties"
    assert find_brokers(network("A-B B-C"))["verdict"].iloc[0] == "network too small to judge"


def test_a_broker_with_most_ties_is_not_called_ill_placed(network):
    """The middle of a star is a broker; that its many ties may be the reason is said as doubt."""
    said = find_brokers(network("M-a M-b M-c M-d M-e")).set_index("party").loc["M"]

    assert said["verdict"] == "broker"
    assert "nobody has more: perhaps for its many ties, not for its place" in said["because"]
    assert "rather than well placed" not in said["because"]


def test_a_vietnamese_sentence_has_no_english_numbers_or_words(network):
    """A, B, D, C are a square, F hangs on B and E on D. B is between F and the four others, and on
    one of two ways from A to D and from A to E: 5 of 10 pairs, as many as D."""
    graph = network("A-B B-D D-E A-C C-D B-F")
    parties = graph.parties.assign(side=["victim", "offender", "offender", "both", None, "other"])
    table = find_brokers(type(graph)(parties, graph.ties, graph.directed), group="side")
    said = table.set_index("party").loc["B"]

    assert said["betweenness"] == 5.0
    assert said["because"].startswith("broker: stands between 50% of the pairs")
    assert "nằm giữa 50 % số cặp" in said["because_vi"]
    assert "độ trung gian 5, vị trí thứ 1" in said["because_vi"]
    assert said["because_vi"].endswith("nếu không có bên này, 1 bên sẽ bị tách rời")
    assert "người phạm tội, người khác và nạn nhân" in said["because_vi"]


def test_where_nobody_is_between_two_others_the_verdict_says_that(network):
    """All who know each other: no share of pairs to speak of."""
    graph = network("A-B B-C A-C D-E")

    assert judge_brokers(find_brokers(graph), graph).because == (
        "no broker here: nobody is on a shortest path between two others"
    )


def test_a_victim_counts_in_the_network_and_is_not_judged(network):
    """X joins two circles; spared, it keeps its numbers and is called no broker anywhere."""
    graph = network("A-B B-C C-D D-A A-C E-F F-G G-H H-E E-G A-X X-E")
    open_table, table = find_brokers(graph), find_brokers(graph, spare={"X"})
    words = ["verdict", "because", "because_vi"]
    spared = table.set_index("party").loc["X"]

    pd.testing.assert_frame_equal(table.drop(columns=words), open_table.drop(columns=words))
    assert spared["verdict"] == "not judged"
    assert spared["because"].startswith("a victim, measured but not judged: stands between")
    assert spared["because_vi"].startswith("nạn nhân")
    assert "X" in judge_brokers(open_table, graph).brokers
    assert "X" not in judge_brokers(table, graph).brokers


def test_a_sentence_names_countries_and_no_people(network):
    """Reasons go onto pages before names are cleared."""
    graph = network("An-Binh Binh-Chi", countries={"An": "VN", "Binh": "VN", "Chi": "CN"})
    sentences = " ".join(find_brokers(graph)["because"])

    assert "joins China and Viet Nam" in sentences
    assert not any(name in sentences for name in ("An ", "Binh", "Chi "))


def test_a_verdict_needs_the_right_table(network):
    """A table of another graph, or without betweenness, is refused."""
    graph = network("A-B B-C")

    with pytest.raises(GraphError, match="different parties"):
        judge_brokers(find_brokers(network("A-B")), graph)
    with pytest.raises(GraphError, match="no betweenness"):
        judge_brokers(find_brokers(graph, measures=["degree"]), graph)


def test_absurd_strengths_give_no_warning(network):
    """Beside the strongest of all the weakest is nothing, and every value is a number."""
    table = find_brokers(network("A-B:1e200 B-C:1e-200 A-C:1 C-D:1e-90"))

    assert table["hierarchy"].between(0, 1).all()
    assert table["betweenness_weighted"].notna().all()
    assert table["party"].iloc[0] == "C"
