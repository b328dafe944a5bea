"""Who stands above whom under every centrality, by hand, by definition, and as it should mean."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks import graph_of
from ringmap.analysis import find_brokers, find_dominance, find_rank_intervals
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties

COUNTS = ["below", "above", "equal"]


def intervals(graph):
    return find_rank_intervals(graph).set_index("party")


def test_counts_and_intervals_are_those_of_the_reference(reference):
    """As netrankr counts; its ranks ascend from 1, ours descend to 1 as people read them."""
    if "brokerage_extra" not in reference:
        pytest.skip("this network has no reference values for neighbourhoods")
    told = reference["brokerage_extra"]
    table = intervals(graph_of(reference))
    wanted = pd.DataFrame(told["neighbourhood_inclusion_intervals"]).T.loc[table.index]
    ascending = pd.DataFrame(told["netrankr_rank_intervals"]).T.loc[table.index]

    assert table[COUNTS].to_numpy().tolist() == wanted[COUNTS].to_numpy().tolist()
    assert (table["below"] + 1).tolist() == ascending["min"].tolist()
    assert (len(table) - table["above"] - table["equal"]).tolist() == ascending["max"].tolist()
    assert (table["rank_low"] == table["above"] + 1).all()
    assert (table["rank_high"] == len(table) - table["below"] - table["equal"]).all()


def test_a_star_is_told_apart_wholly(network):
    """The middle is first by any measure, and its four are level; Z, without a tie, is last."""
    table = intervals(network("M-A M-B M-C M-D", parties="Z"))

    assert table.loc["M", [*COUNTS, "rank_low", "rank_high"]].tolist() == [5, 0, 0, 1, 1]
    assert table.loc["A", [*COUNTS, "rank_low", "rank_high"]].tolist() == [1, 1, 3, 2, 2]
    assert table.loc["Z", [*COUNTS, "rank_low", "rank_high"]].tolist() == [0, 5, 0, 6, 6]
    assert table["because"].tolist() == [
        "of 5 others 5 stand surely below it and 0 surely above: by any centrality of who is"
        " tied to whom its rank is 1",
        *["of 5 others 1 stand surely below it and 1 surely above, level with 3: by any"
          " centrality of who is tied to whom its rank is 2"] * 4,
        "no place here: no tie to anybody is recorded, so all who have ties stand above it",
    ]  # fmt: skip


def test_where_nobody_can_be_told_apart_the_sentence_says_so(network):
    """In a circle of five nobody stands above anybody."""
    graph = network("A-B B-C C-D D-E E-A")

    assert set(find_rank_intervals(graph)["because"]) == {
        "nobody stands surely above or below it: its place depends on the measure chosen"
    }
    assert len(find_dominance(graph)) == 0
    assert find_dominance(graph).attrs["because"].startswith("0 pairs can be told apart")


def test_pairs_are_named_in_columns_and_never_in_sentences(network):
    """An stands above Ba by a shared contact, Chi above both as their only one or more."""
    table = find_dominance(network("Chi-An Chi-Ba An-Dao Dao-Chi"))

    assert table[["above", "below"]].to_numpy().tolist() == [
        ["An", "Ba"], ["Chi", "An"], ["Chi", "Ba"], ["Chi", "Dao"], ["Dao", "Ba"],
    ]  # fmt: skip
    start = "stands above under every centrality of who is tied to whom: it is "
    assert table["because"].tolist()[:3] == [
        f"{start}tied to the one that the other is tied to, and has 2 contacts in all",
        f"{start}tied to the other, and to the one more that it is tied to, and has 3 contacts"
        " in all",
        f"{start}the only one that the other is tied to, and has 3 contacts in all",
    ]
    assert not any(name in " ".join(table["because"]) for name in ("An", "Ba", "Chi", "Dao"))


def test_records_are_those_of_both(tmp_path):
    """Whoever checks a row needs the ties of either."""
    from ringmap.graph import build_graph
    from rings import ring

    graph = build_graph(ring(tmp_path, "A>B B>C"), projection="people")
    table = find_dominance(graph).set_index(["above", "below"])
    alone = intervals(graph)["records"]

    assert table.loc[("B", "A"), "records"] == tuple(sorted({*alone["A"], *alone["B"]}))
    assert len(alone["B"]) == 2


def made_up(seed):
    chance = random.Random(seed)
    names = [f"p{number:02d}" for number in range(chance.randint(2, 14))]
    ties = [
        (chance.choice(names), chance.choice(names), chance.choice([1, 2]))
        for _ in range(chance.randint(1, 3 * len(names)))
    ]
    return names, ties


def built(names, ties, *, directed=False):
    table = pd.DataFrame(ties, columns=["source", "target", "weight"])
    return graph_from_ties(table, pd.DataFrame({"party": names}), directed=directed)


@pytest.mark.parametrize("seed", range(15))
def test_counts_equal_the_definition(seed):
    """N(u) within N[v], over all pairs; with parties that are level and parties without ties."""
    names, ties = made_up(seed)
    near = {name: set() for name in names}
    for a, b, _ in ties:
        if a != b:
            near[a].add(b)
            near[b].add(a)
    under = {(u, v) for u in names for v in names if u != v and near[u] <= near[v] | {v}}
    graph = built(names, ties, directed=seed % 2 == 1)
    table = intervals(graph)

    for name in names:
        above = sum((name, v) in under and (v, name) not in under for v in names)
        below = sum((v, name) in under and (name, v) not in under for v in names)
        level = sum((v, name) in under and (name, v) in under for v in names)
        assert table.loc[name, COUNTS].tolist() == [below, above, level]
    pairs = find_dominance(graph)[["below", "above"]].itertuples(index=False, name=None)
    assert set(pairs) == {(u, v) for u, v in under if (v, u) not in under and near[u]}


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_centrality_puts_anybody_above_who_dominates(seed):
    """That is the whole claim: degree, betweenness, closeness, eigenvector, core."""
    names, ties = made_up(seed)
    graph = built(names, ties)
    measures = ["degree", "betweenness", "harmonic", "closeness_wf", "eigenvector", "core_number"]
    values = find_brokers(graph, measures=measures).set_index("party").fillna(0)
    table = intervals(graph)
    for row in find_dominance(graph).itertuples():
        assert (
            values.loc[row.above, measures] >= values.loc[row.below, measures].astype(float) - 1e-9
        ).all()
    for measure in measures:
        ranks = values[measure].round(9).rank(method="min", ascending=False)
        assert (ranks <= table.loc[ranks.index, "rank_high"]).all()


def test_some_parties_may_be_asked_about(network):
    """Only their pairs; an unknown party and too long a list are refused."""
    graph = network("M-A M-B M-C C-D")

    assert set(find_dominance(graph, parties=["D"])["above"]) == {"C", "M"}
    with pytest.raises(GraphError, match="no party 'X'"):
        find_dominance(graph, parties=["X"])


def test_too_long_a_list_is_refused(network, monkeypatch):
    """Nobody reads it; counts are given instead."""
    monkeypatch.setattr("ringmap.analysis.dominance.MOST_ROWS", 2)

    with pytest.raises(GraphError, match="more than 2 pairs"):
        find_dominance(network("M-A M-B M-C"))


@pytest.mark.parametrize("parties", ["", "A", "A B"])
def test_without_ties_nobody_is_above_anybody(network, parties):
    """All are level, and the table has its columns."""
    graph = network("", parties=parties)

    assert (find_rank_intervals(graph)["rank_high"] == 1).all()
    assert find_dominance(graph).columns.tolist() == ["above", "below", "because", "records"]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_strength_of_ties_change_nothing(seed, chance):
    """Rows shuffled and each tie doubled: the same tables to the last bit."""
    names, ties = made_up(seed)
    shuffled = ties * 2
    chance.shuffle(shuffled)
    one, other = built(names, ties), built(names[::-1], shuffled)

    pd.testing.assert_frame_equal(find_rank_intervals(one), find_rank_intervals(other))
    pd.testing.assert_frame_equal(find_dominance(one), find_dominance(other))
