"""Networks through time: by hand, against networkx, and what must not change."""

from __future__ import annotations

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringmap.analysis import find_evolution, measure_over_time
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties

# 2018: a chain A-B-C; 2019: B goes on alone with D, C is gone; 2020: A, B, D in a chain by A.
DATED = [
    ("A", "B", "2018", "2018"), ("B", "C", "2018-03", "2018-04"), ("B", "D", "2019", "2019"),
    ("A", "B", "2020-05", "2020-06"), ("A", "D", "2020", "2020"), ("B", "D", "2021", "2021"),
]  # fmt: skip


def graph_of(rows):
    return graph_from_ties(pd.DataFrame(rows, columns=["source", "target", "first", "last"]))


def test_each_year_by_hand():
    """B stands between A and C in 2018, nobody in 2019, A between B and D in 2020."""
    values = measure_over_time(graph_of(DATED), "betweenness")
    firsts = values[values["rank"] == 1].groupby("window")["party"].agg(list).to_dict()

    assert firsts == {"2018": ["B"], "2019": ["B", "D"], "2020": ["A"], "2021": ["B", "D"]}
    assert values[values["window"] == "2018"]["value"].tolist() == [1.0, 0.0, 0.0]
    assert values["of"].tolist() == [3, 3, 3, 2, 2, 3, 3, 3, 2, 2]
    assert values["because"].iloc[0] == "betweenness 1 with 2 contacts, rank 1 of 3"


def test_windows_count_who_comes_and_goes():
    """2019: D is new, A and C gone. 2020: A is new again. 2021: A is gone."""
    table = find_evolution(graph_of(DATED)).windows.set_index("window")

    assert table["parties"].tolist() == [3, 2, 3, 2]
    assert table["ties"].tolist() == [2, 1, 2, 1]
    assert table["ties_sure"].tolist() == [2, 1, 2, 1]
    assert table["comes"].tolist() == [0, 1, 1, 0]
    assert table["goes"].tolist() == [0, 2, 0, 1]
    assert table["largest"].tolist() == [3, 2, 3, 2]


def test_rising_takes_both_a_better_rank_and_a_better_value():
    """In 2020 A comes and leads; B, level first with value 0 before, is second with 0: no fall."""
    moves = find_evolution(graph_of(DATED)).moves

    told = moves[moves["window"] == "2020"][["party", "move"]].to_numpy().tolist()
    assert told == [["A", "comes"]]


def test_who_stands_between_more_rises():
    """C joins D and E in the second year only: from rank 2 with 0 to rank 1 with 5."""
    rows = [("A", "B", "2018", None), ("B", "C", "2018", None), ("C", "D", "2019", None),
            ("C", "E", "2019", None)]  # fmt: skip
    moves = find_evolution(graph_of(rows)).moves.set_index("party")

    assert moves.loc["C", "move"] == "rises"
    assert moves.loc["C", ["rank_before", "rank", "places"]].tolist() == [2, 1, 1]
    assert "B" not in moves.index  # second now, with more than before


def test_so_far_keeps_all_that_came_before():
    """By 2021 all ties but the repeated one have been there."""
    windows = find_evolution(graph_of(DATED), cumulative=True).windows

    assert windows["ties"].tolist() == [2, 3, 5, 6]
    assert windows["goes"].sum() == 0


def test_quarters_months_and_dates():
    """A tie of March and April 2018 is in two months, two quarters, and on no day of June."""
    graph = graph_of([("B", "C", "2018-03", "2018-04")])

    def ties(by):
        return find_evolution(graph, by=by).windows.set_index("window")["ties"].to_dict()

    assert ties("month") == {"2018-03": 1, "2018-04": 1}
    assert ties("quarter") == {"2018-Q1": 1, "2018-Q2": 1}
    assert ties(["2018-03-31", "2018-06-01", "2018-Q2"]) == {
        "2018-03-31": 1, "2018-06-01": 0, "2018-Q2": 1,
    }  # fmt: skip


def test_undated_ties_are_in_every_window_or_in_none():
    """The sentence says which, and how many."""
    graph = graph_of([("A", "B", "2018", "2018"), ("C", "D", None, None)])
    kept, left = find_evolution(graph), find_evolution(graph, undated=False)

    assert kept.windows[["ties", "ties_undated"]].to_numpy().tolist() == [[2, 1]]
    assert left.windows["ties"].tolist() == [1]
    assert "of 2 ties 1 without a date, counted in every window" in kept.because
    assert "left out" in left.because


def test_one_of_anything_is_told_as_one():
    """One tie of 2018; in 2019 a third party joins the two."""
    graph = graph_of([("A", "B", "2018", "2019"), ("B", "C", "2019", "2019")])
    first, second = find_evolution(graph).windows["because"]

    assert first.startswith("2 parties by 1 tie, 1 of them surely in this window")
    assert "1 separate part, the largest of 2" in first
    assert second.endswith("1 party new, 0 gone")


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 500))
def test_each_window_is_what_networkx_says_of_its_ties(seed):
    """Years alone, so that a tie is in a window if its years meet it."""
    generator = np.random.default_rng(seed)
    rows = []
    for a, b in networkx.gnp_random_graph(10, 0.3, seed=seed).edges:
        first = int(generator.integers(2015, 2020))
        rows.append((f"P{a}", f"P{b}", str(first), str(first + int(generator.integers(0, 3)))))
    values = measure_over_time(graph_of(rows), "betweenness")
    for window, table in values.groupby("window"):
        plain = networkx.Graph([(a, b) for a, b, first, last in rows if first <= window <= last])
        wanted = networkx.betweenness_centrality(plain, normalized=False)
        assert table.set_index("party")["value"].to_dict() == pytest.approx(wanted)
    shuffled = [rows[place] for place in generator.permutation(len(rows))]
    pd.testing.assert_frame_equal(values, measure_over_time(graph_of(shuffled), "betweenness"))


def test_those_not_asked_for_have_no_rank():
    """B counts in the network of 2018 and is not ranked."""
    values = measure_over_time(graph_of(DATED), "degree", among={"A", "C", "D"})
    first = values[values["window"] == "2018"].set_index("party")

    assert first.loc[["A", "C"], "rank"].tolist() == [1, 1]
    assert pd.isna(first.loc["B", "rank"])
    assert first["of"].tolist() == [2, 2, 2]


@pytest.mark.parametrize(
    ("rows", "by", "says"),
    [
        ([("A", "B", None, None)], "year", "no tie has a date"),
        (DATED, "week", "no windows of a 'week'"),
        (DATED, ["soon"], "'soon' is no date"),
        (DATED, [], "no dates"),
        ([("A", "B", "1700", "2020")], "month", "too many"),
    ],
)
def test_what_cannot_be_answered_is_said(rows, by, says):
    """No dates, no such windows, too many of them."""
    with pytest.raises(GraphError, match=says):
        find_evolution(graph_of(rows), by=by)
