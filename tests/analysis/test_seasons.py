"""Gates and corridors over time: what opened and dried up, and when nothing can be said."""

from __future__ import annotations

from math import comb

import pytest

from analysis.legs import graph_of_legs, home, leg
from ringmap.analysis import find_route_changes
from ringmap.errors import GraphError


def through(gate: str, *dates: str | None):
    """A leg of a person of its own for each date."""
    return [leg((f"{gate}{number}",), "X>Z", date, gate=gate)
            for number, date in enumerate(dates)]  # fmt: skip


def states(found):
    return dict(zip(found.changes["from_point"], found.changes["state"], strict=True))


def test_a_gate_that_others_replaced_dried_up_and_the_other_opened():
    """Six legs over G until 2016, eight over H from 2017: (6 of 6 among 6)/(14 over 6), times 4."""
    graph = graph_of_legs(
        *through("G", *[f"201{n}" for n in (3, 4, 5, 6)], "2015-02", "2016-03"),
        *through("H", *[f"201{n}-05" for n in (7, 8, 9)], *["2018-01"] * 5),
    )
    found = find_route_changes(graph)
    rows = found.changes.set_index("from_point")

    assert states(found) == {"G": "dried up", "H": "opened"}
    assert rows.loc["G", "p_dried_up"] == pytest.approx(4 / comb(14, 6))
    assert rows.loc["H", "p_opened"] == pytest.approx(4 / comb(14, 8))
    assert rows.loc["G", "p_opened"] == 1
    assert (rows.loc["G", "first"], rows.loc["G", "last"]) == ("2013", "2016")
    assert found.because == "of 2 gates 1 opened and 1 dried up; 0 with too few legs to say"


def test_a_quiet_year_of_all_gates_is_no_change_of_one():
    """Both gates stop together: nothing says that G closed."""
    found = find_route_changes(
        graph_of_legs(*through("G", *["2015"] * 5), *through("H", *["2015"] * 5))
    )

    assert states(found) == {"G": "no change told", "H": "no change told"}


def test_few_legs_say_nothing():
    """Two legs in 2010 and fifty of another gate since."""
    graph = graph_of_legs(*through("G", "2010", "2010"), *through("H", *["2015"] * 12))
    found = find_route_changes(graph)

    assert states(found)["G"] == "too few legs"
    assert find_route_changes(graph_of_legs()).because.startswith("nothing here")


def test_an_open_date_speaks_against_a_change():
    """One of G's legs may be as late as 2019; then only one of H's is surely later."""
    sure = [*through("G", *["2013"] * 5), *through("H", *["2017-05"] * 7, "2020")]
    doubt = [*sure, *through("K", None), *[
        leg("A", "X>Z", "2013/2019", gate="G")
    ]]  # fmt: skip

    assert states(find_route_changes(graph_of_legs(*sure)))["G"] == "dried up"
    doubted = find_route_changes(graph_of_legs(*doubt))
    assert states(doubted)["G"] == "no change told"
    assert doubted.because.endswith("1 undated leg left out")


@pytest.mark.parametrize("date", ["2016", "2016~"])
def test_an_estimated_date_tells_no_change(date: str):
    """As above, but one leg over G: of 2016 it is surely of that year; of about 2016 it may be,
    and G may have been open to the end."""
    graph = graph_of_legs(
        *through("G", *[f"201{n}" for n in (3, 4, 5, 5, 5)], date),
        *through("H", *[f"201{n}-05" for n in (7, 8, 9)], *["2018-01"] * 5),
    )
    found = find_route_changes(graph)
    counts = found.counts.set_index(["from_point", "period"])
    sure = date == "2016"

    assert (states(found)["G"] == "dried up") == sure
    assert counts.loc[("G", "2016"), ["legs", "possible"]].tolist() == [sure, not sure]


def test_counts_say_what_is_sure_and_what_is_possible():
    """A leg of 2019 is of no quarter for sure, and of each of its four possibly."""
    graph = graph_of_legs(leg("AB", "X>Z", "2019", gate="G"),
                          leg("C", "X>Z", "2019-05", gate="G"),
                          home("C", "Z>X", "2020", gate="G"))  # fmt: skip
    years = find_route_changes(graph).counts
    quarters = find_route_changes(graph, period="quarter").counts
    ways = find_route_changes(graph, of="corridors").counts

    assert years[["period", "legs", "possible", "people"]].to_numpy().tolist() == [
        ["2019", 2, 0, 3]
    ]
    assert quarters["period"].tolist() == [f"2019-Q{n}" for n in (1, 2, 3, 4)]
    assert quarters["legs"].tolist() == [0, 1, 0, 0]
    assert quarters["possible"].tolist() == [1, 1, 1, 1]
    assert ways[["from_point", "to_point"]].to_numpy().tolist() == [["X", "Z"]]
    assert years["records"].tolist() == [(0, 1)]


def test_a_gate_is_passed_also_where_an_end_of_the_leg_is_not_recorded():
    """Whence, whither: not recorded; G was passed twice in 2019. A stay at G passes nothing."""
    graph = graph_of_legs(leg("A", "X>", "2019-02", gate="G"), leg("B", ">Z", "2019-03", gate="G"),
                          leg("C", "G", "2019-04", gate="G"))  # fmt: skip
    found = find_route_changes(graph)

    assert found.counts[["from_point", "legs", "people"]].to_numpy().tolist() == [["G", 2, 2]]
    assert found.changes["legs"].tolist() == [2]
    assert find_route_changes(graph, of="corridors").changes.empty


@pytest.mark.parametrize(
    ("date", "end", "sure", "possible"),
    [("2019-05", "2020-01", ["2019"], []), (None, "2020-01", ["2020"], []),
     ("2020-01", "2019-05", [], ["2019", "2020"]), ("2019-05", "2019~", [], ["2019"])],
)  # fmt: skip
def test_both_dates_of_a_leg_say_when_it_began(date, end, sure, possible):
    """By the first of two, by the only one; the wrong way round it lies between them."""
    counts = find_route_changes(graph_of_legs(leg("A", "X>Z", date, end_date=end, gate="G"))).counts

    assert counts.loc[counts["legs"] == 1, "period"].tolist() == sure
    assert counts.loc[counts["possible"] == 1, "period"].tolist() == possible


def test_what_is_not_known_is_refused():
    """Subjects and periods."""
    with pytest.raises(GraphError, match="choose among gates, corridors"):
        find_route_changes(graph_of_legs(), of="weather")
    with pytest.raises(GraphError, match="choose among year, quarter"):
        find_route_changes(graph_of_legs(), period="week")
