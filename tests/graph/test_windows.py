"""Windows of time: a tie is in each in which its dates let it have held."""

from __future__ import annotations

import pandas as pd
import pytest

from ringmap.graph import build_graph, graph_from_ties, holds_surely, select_window
from ringmap.records import read
from rings import write_folder

DATED = [
    ("A", "B", "2018-05-03", "2018-05-03"), ("B", "C", "2018", "2019-02"), ("C", "D", "2019", None),
    ("D", "E", None, "2018-12"), ("E", "F", None, None), ("F", "G", "2019-06/..", None),
]  # fmt: skip


@pytest.fixture
def graph():
    return graph_from_ties(pd.DataFrame(DATED, columns=["source", "target", "first", "last"]))


def ends(graph) -> set[str]:
    return {f"{a}{b}" for a, b in graph.ties[["source", "target"]].itertuples(index=False)}


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        ("2018", "2018", "AB BC DE EF"),
        ("2018-06", "2018-06", "BC DE EF"),
        ("2019-01", "2019-03", "BC CD EF"),
        ("2019-03", "2019-03", "CD EF"),
        ("2019-07", "2019-12", "CD EF FG"),
        (None, "2018", "AB BC DE EF"),
        ("2019-03", None, "CD EF FG"),
        (None, None, "AB BC CD DE EF FG"),
    ],
)
def test_a_tie_is_where_its_dates_allow_it(graph, since, until, kept):
    """A year holds its months; no end goes on, no beginning was always there."""
    found = select_window(graph, since=since, until=until)

    assert ends(found) == set(kept.split())
    assert len(found.parties) == len(graph.parties)


def test_undated_ties_stay_unless_told_to_go(graph):
    """E and F have no date at all; D and E have an end."""
    assert ends(select_window(graph, since="2018", until="2018", undated=False)) == {
        "AB", "BC", "DE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("window", "kept"),
    [("2018-05", False), ("2018-06", True), ("2019", True), ("2020-12", True), ("2021", False)],
)
def test_a_tie_whose_dates_are_the_wrong_way_round_lies_between_them(window, kept):
    """From 2020 to June 2018, as two records of a pair may say: not lost, and not sure."""
    tie = pd.DataFrame([("A", "B", "2020", "2018-06")],
                       columns=["source", "target", "first", "last"])  # fmt: skip
    graph = graph_from_ties(tie)
    first, last = graph.ties["first"], graph.ties["last"]

    assert len(select_window(graph, since=window, until=window).ties) == kept
    assert not holds_surely(first, last, window, window).any()


def test_what_is_sure_has_both_dates_and_precision(graph):
    """In 2018: AB on a day of it, BC from some day of it on; others lack a date or came later."""
    first, last = graph.ties["first"], graph.ties["last"]

    assert holds_surely(first, last, "2018", "2018").tolist() == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert holds_surely(first, last, "2018-06", "2018-06").sum() == 0


@pytest.mark.parametrize(
    ("date", "window", "sure"),
    [
        ("2019-03/2019-05", "2019-04", False), ("2019-03/2019-05", "2019", True),
        ("2019-03/..", "2019-04", False), ("../2019", "2019-04", False),
        ("2019~", "2019", False), ("2019-04~/2019-05", "2019", False),
    ],
)  # fmt: skip
def test_some_day_of_an_interval_is_not_sure_of_each_of_its_months(date, window, sure):
    """One meeting between March and May 2019 need not be of April; about 2019 may be of 2020."""
    told = pd.Series([date])

    assert holds_surely(told, told, window, window).all() == sure


def test_shared_places_are_shared_within_the_window(tmp_path):
    """A and B were at the pier in 2018, C in 2020: A and B are tied in 2018, nobody in 2020."""
    folder = write_folder(
        tmp_path / "pier",
        people="person_id,role\nA,recruiter\nB,recruiter\nC,recruiter\n",
        places="place_id,name\nL1,Pier\n",
        ties="source,target,kind,first,last\nA,L1,seen_at,2018-01-02,2018-01-02\n"
        "B,L1,seen_at,2018,2018\nC,L1,seen_at,2020,2020\n",
    )
    case = read(folder).case

    def through(**window):
        return ends(build_graph(case, projection="people_through_places", **window))

    assert through() == {"AB", "AC", "BC"}
    assert through(since="2018", as_of="2018") == {"AB"}
    assert through(since="2019") == set()


def test_the_evidence_goes_with_the_ties(tmp_path):
    """The second row of ties.csv stands behind the one tie of 2020."""
    folder = write_folder(
        tmp_path / "two",
        people="person_id,role\nA,recruiter\nB,recruiter\nC,recruiter\n",
        ties="source,target,kind,first,last\nA,B,called,2018,2018\nB,C,called,2020,2020\n",
    )
    graph = build_graph(read(folder).case, projection="people")
    found = select_window(graph, since="2020")

    assert found.evidence is not None
    assert [found.records["row"].iloc[place] for place in found.evidence.of(0)] == [2]
