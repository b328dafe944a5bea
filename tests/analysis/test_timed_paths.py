"""Ways that keep the order of time."""

import pandas as pd
import pytest

from ringmap.analysis import find_arrivals, find_paths, find_paths_in_time
from ringmap.errors import GraphError
from ringmap.graph import build_graph, graph_from_ties
from rings import read_folder


def dated(*ties: tuple[str, str, str | None, str | None], directed: bool = False):
    table = pd.DataFrame(ties, columns=["source", "target", "first", "last"])
    return graph_from_ties(table, directed=directed)


def walked(paths) -> list[tuple[str, str]]:
    return list(zip(paths.links["from_party"], paths.links["to_party"], strict=True))


def test_a_later_tie_may_follow_an_earlier_one_and_not_the_other_way():
    """A–B in 2018, B–C in 2019: from A to C there is a way in time, from C to A there is none."""
    graph = dated(("A", "B", "2018", "2018"), ("B", "C", "2019", "2019"))

    assert walked(find_paths_in_time(graph, "A", "C")) == [("A", "B"), ("B", "C")]
    assert find_paths_in_time(graph, "C", "A").length is None
    assert find_paths(graph, "C", "A").length == 2


def test_the_longer_way_is_taken_when_only_it_is_in_time():
    """A–B–C breaks the order of days; A–D–E–C keeps it."""
    graph = dated(
        ("A", "B", "2019-05-03", "2019-05-03"), ("B", "C", "2019-05-02", "2019-05-02"),
        ("A", "D", "2019-05-03", "2019-05-03"), ("D", "E", "2019-05-03", "2019-05-03"),
        ("E", "C", "2019-06", "2019-06"),
    )  # fmt: skip

    assert walked(find_paths_in_time(graph, "A", "C")) == [("A", "D"), ("D", "E"), ("E", "C")]


def test_a_year_leaves_all_its_days_open():
    """A tie of 2019 may come before or after one of May 2019."""
    graph = dated(("A", "B", "2019-05-03", "2019-05-03"), ("B", "C", "2019", "2019"))

    assert find_paths_in_time(graph, "A", "C").length == 2
    assert find_paths_in_time(graph, "C", "A").length == 2


def test_undated_ties_are_possible_and_said_to_be():
    """Two ties, one without a date."""
    found = find_paths_in_time(dated(("A", "B", None, None), ("B", "C", "2019", "2019")), "A", "C")

    assert found.length == 2
    assert "1 of them without a date" in found.because


@pytest.mark.parametrize(("strict", "day"), [(False, "2020-03-01"), (True, "2020-03-03")])
def test_ties_that_break_the_order_of_time_are_no_links_of_the_way(strict: bool, day: str):
    """A met B on 1 March 2020, which leaves time, and on 2 March, which leaves none to reach D by
    C's last day. Of the ties of B and C that of 2015 is too early, that of 2021 too late."""
    between = [("B", "C", one, one) for one in ("2015", None, "2021")]
    graph = dated(
        ("A", "B", "2020-03-01", "2020-03-01"), *between, ("C", "D", "2020-03-01", day),
        ("A", "B", "2020-03-02", "2020-03-02"),
    )  # fmt: skip
    found = find_paths_in_time(graph, "A", "D", strict=strict)
    first = found.links["first"]

    assert found.links["step"].tolist() == [1, 2, 3]
    assert first.fillna("").tolist() == ["2020-03-01", "", "2020-03-01"]
    assert "a way of 3 steps in the order of time; 1 of them without a date" in found.because


def test_direction_counts_when_the_graph_is_directed():
    """A tie from A to B leads nowhere from B."""
    graph = dated(("A", "B", "2019", "2019"), directed=True)

    assert find_paths_in_time(graph, "A", "B").length == 1
    assert find_paths_in_time(graph, "B", "A").length is None


def test_an_early_arrival_is_not_lost_to_a_short_one():
    """A–B late is one step, A–C–B early two; only the early one catches B–D in time."""
    graph = dated(
        ("A", "B", "2020", "2020"), ("A", "C", "2017", "2017"), ("C", "B", "2018", "2018"),
        ("B", "D", "2019", "2019"),
    )  # fmt: skip

    assert walked(find_paths_in_time(graph, "A", "D")) == [("A", "C"), ("C", "B"), ("B", "D")]


def test_the_same_party_needs_no_way():
    """Length 0 and no link."""
    found = find_paths_in_time(dated(("A", "B", "2019", "2019")), "A", "A")

    assert (found.length, len(found.links)) == (0, 0)


def test_an_unknown_party_is_refused():
    """A GraphError names it."""
    with pytest.raises(GraphError, match="no party 'Z'"):
        find_paths_in_time(dated(("A", "B", "2019", "2019")), "A", "Z")


def test_nobody_meets_in_a_case_file(tmp_path):
    """A and B are named in one case, and each is tied to C: in 2019 and, later, in 2020. The
    way through the case is no way in time unless it is asked for; to the case itself it is."""
    case = read_folder(
        tmp_path,
        people="person_id,role,case_id\nA,recruiter,X\nB,buyer,X\nC,transporter,\n",
        ties="source,target,kind,first,last\nA,C,called,2020,2020\nB,C,called,2019,2019\n",
    ).case
    graph = build_graph(case)

    found = find_paths_in_time(graph, "A", "B")
    assert found.length is None
    assert "case files do not count" in found.because
    assert walked(find_paths_in_time(graph, "B", "A")) == [("B", "C"), ("C", "A")]
    assert find_paths_in_time(graph, "A", "B", through_cases=True).length == 2
    assert find_paths_in_time(graph, "A", "X").length == 1
    assert find_arrivals(graph, "A")["party"].tolist() == ["C"]
    assert set(find_arrivals(graph, "A", through_cases=True)["party"]) == {"B", "C", "X"}


@pytest.mark.parametrize("strict", [False, True])
def test_of_ways_as_early_and_as_short_the_first_by_id_is_shown(strict: bool):
    """Over B to X takes a day longer than over C, but X meets T on 1 June only: B comes first."""
    days = {"A-B": "03", "B-X": "04", "A-C": "01", "C-X": "02"}
    ties = [(*ends.split("-"), f"2019-05-{day}", f"2019-05-{day}") for ends, day in days.items()]
    graph = dated(*ties, ("X", "T", "2019-06-01", "2019-06-01"))

    found = find_paths_in_time(graph, "A", "T", strict=strict)

    assert walked(found) == [("A", "B"), ("B", "X"), ("X", "T")]
