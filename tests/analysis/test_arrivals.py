"""Earliest arrivals, possible and certain, against every choice of days."""

from __future__ import annotations

import datetime
from itertools import product

import numpy as np
import pandas as pd
import pytest

from ringmap.analysis import find_arrivals, find_paths_in_time
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties


def dated(*ties, directed=False):
    rows = [(a, b, first, last[0] if last else first) for a, b, first, *last in ties]
    table = pd.DataFrame(rows, columns=["source", "target", "first", "last"])
    return graph_from_ties(table, directed=directed)


def told(table):
    columns = ("party", "reach", "possible_from", "certain_by")
    return [tuple(row) for row in table[list(columns)].astype(object)
            .where(table[list(columns)].notna(), None).itertuples(index=False)]  # fmt: skip


def test_a_year_is_possible_and_a_later_day_certain():
    """A-B in 2018, B-C on a day of 2019: certain; C-D in 2019 may lie before or after."""
    graph = dated(("A", "B", "2018"), ("B", "C", "2019-05-03"), ("C", "D", "2019"))

    assert told(find_arrivals(graph, "A")) == [
        ("B", "certain", "2018-01-01", "2018-12-31"),
        ("C", "certain", "2019-05-03", "2019-05-03"),
        ("D", "possible", "2019-05-03", None),
    ]
    assert "that a way is open is certain" in find_paths_in_time(graph, "A", "C").because
    assert "possible, not certain" in find_paths_in_time(graph, "A", "D").because


def test_the_same_day_follows_unless_later_days_are_asked_for():
    """Two ties of one day; strictly the second cannot follow."""
    graph = dated(("A", "B", "2019-05-03"), ("B", "C", "2019-05-03"))

    assert [row[:2] for row in told(find_arrivals(graph, "A"))] == [("B", "certain"),
                                                                    ("C", "certain")]  # fmt: skip
    assert [row[0] for row in told(find_arrivals(graph, "A", strict=True))] == ["B"]
    assert find_paths_in_time(graph, "A", "C", strict=True).length is None


def test_nobody_waits_longer_than_is_allowed():
    """Nine days lie between; eight are not enough, and of a month not for sure."""
    days = dated(("A", "B", "2019-05-01"), ("B", "C", "2019-05-10"))
    month = dated(("A", "B", "2019-05-01"), ("B", "C", "2019-05-05/2019-05-20"))

    assert [row[0] for row in told(find_arrivals(days, "A", wait_days=8))] == ["B"]
    assert [row[:2] for row in told(find_arrivals(days, "A", wait_days=9))][1] == ("C", "certain")
    assert [row[:2] for row in told(find_arrivals(month, "A", wait_days=9))][1] == (
        "C", "possible",
    )  # fmt: skip


def test_two_who_stay_in_contact_hold_what_they_know_until_it_is_passed_on():
    """B and C have no last day, so that one of both still knows on 1 June, a day's wait or not."""
    graph = dated(
        ("A", "B", "2019-01-01"), ("B", "C", "2019-01-01", None), ("C", "D", "2019-06-01")
    )

    for wait in (1, 365):
        rows = told(find_arrivals(graph, "A", wait_days=wait))

        assert {row[0]: row[2] for row in rows}["D"] == "2019-06-01"


def test_who_may_not_wait_leaves_on_no_later_day():
    """With later days asked for and no day to wait, nobody gets beyond one tie."""
    graph = dated(("A", "B", "2019"), ("B", "C", "2019"))

    assert [row[0] for row in told(find_arrivals(graph, "A", strict=True, wait_days=0))] == ["B"]
    assert [row[0] for row in told(find_arrivals(graph, "A", wait_days=0))] == ["B", "C"]
    assert [row[0] for row in told(find_arrivals(graph, "A", strict=True, wait_days=1))] == [
        "B",
        "C",
    ]


def test_a_tie_that_ends_before_it_begins_lies_between():
    """A-B from the 3rd to the 1st: on one of these three days, and not open after them. So C,
    tied to B on the 2nd alone, may have been too early, and D in June is not; E met D in May."""
    graph = dated(
        ("A", "B", "2019-05-03", "2019-05-01"), ("B", "C", "2019-05-02"),
        ("B", "D", "2019-06-01"), ("D", "E", "2019-05-20", "2019-05-10"),
    )  # fmt: skip

    assert told(find_arrivals(graph, "A")) == [
        ("B", "certain", "2019-05-01", "2019-05-03"),
        ("D", "certain", "2019-06-01", "2019-06-01"),
        ("C", "possible", "2019-05-02", None),
    ]


def test_an_estimated_date_makes_nothing_certain():
    """A met B in about 2018: word from A may have come to B, and to C in 2019, surely to nobody."""
    graph = dated(("A", "B", "2018~", "2018~"), ("B", "C", "2019"))

    assert [row[:2] for row in told(find_arrivals(graph, "A"))] == [
        ("B", "possible"), ("C", "possible"),
    ]  # fmt: skip


def test_undated_ties_are_possible_at_any_time():
    """No day is told for it, and it is no certain way."""
    (row,) = told(find_arrivals(dated(("A", "B", None)), "A"))

    assert row == ("B", "possible", None, None)


def test_direction_and_strength_nought_are_kept():
    """From B nothing leads to A; a tie of strength 0 leads nowhere."""
    graph = dated(("A", "B", "2019"), directed=True)
    weak = graph_from_ties(pd.DataFrame({"source": ["A"], "target": ["B"], "weight": [0.0],
                                         "first": ["2019"], "last": ["2019"]}))  # fmt: skip

    assert find_arrivals(graph, "B").empty
    assert find_arrivals(weak, "A").empty
    with pytest.raises(GraphError, match="give 0 or more"):
        find_arrivals(graph, "A", wait_days=-1)


def walk(contacts, days, start, strict, wait):
    """Days on which each party can be reached when contact i is on day `days[i]`, by trying all."""
    reached = {start: {None}}
    grown = True
    while grown:
        grown = False
        for (a, b), day in zip(contacts, days, strict=True):
            for one, other in ((a, b), (b, a)):
                fits = any(at is None or ((at < day if strict else at <= day)
                                          and (wait is None or day - at <= wait))
                           for at in reached.get(one, ()))  # fmt: skip
                if fits and other != start and day not in reached.setdefault(other, set()):
                    reached[other].add(day)
                    grown = True
    return {one: min(some) for one, some in reached.items() if one != start and some}


@pytest.mark.parametrize("wait", [None, 1])
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_possible_is_some_choice_of_days_and_certain_holds_in_each(seed, strict, wait):
    """Six parties, six contacts, each on one of up to three days, all 3^6 choices tried."""
    rng = np.random.default_rng(seed)
    first = datetime.date(2019, 5, 1).toordinal()
    contacts, choices = [], []
    for _ in range(6):
        a, b = rng.choice(6, 2, replace=False).tolist()
        low = first + int(rng.integers(0, 6))
        contacts.append((a, b))
        choices.append(range(low, low + int(rng.integers(1, 4))))
    day = datetime.date.fromordinal
    spans = [f"{day(some[0])}/{day(some[-1])}" for some in choices]
    ties = pd.DataFrame(contacts, columns=["source", "target"]).assign(first=spans, last=spans)
    found = find_arrivals(graph_from_ties(ties, pd.DataFrame({"party": range(6)})), 0,
                          strict=strict, wait_days=wait)  # fmt: skip
    worlds = [walk(contacts, days, 0, strict, wait) for days in product(*choices)]
    maybe = {one for world in worlds for one in world}
    rows = found.set_index("party")

    # A contact that may be used twice, on two days, is more than any single choice allows.
    assert maybe <= set(rows.index)
    for party, row in rows.iterrows():
        earliest = min((world[party] for world in worlds if party in world), default=None)
        if earliest is not None:
            assert row["possible_from"] <= str(day(earliest))
        if row["reach"] == "certain":
            assert all(party in world and str(day(world[party])) <= row["certain_by"]
                       for world in worlds)  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("date", ["2019", None])
def test_of_equal_ways_the_one_over_the_first_by_id_is_told(turned: bool, date: str | None):
    """D is reached from A over B and over C on the same day, whichever way the ties are written."""
    ends = [("A", "B"), ("A", "C"), ("D", "B") if turned else ("B", "D"), ("C", "D")]
    table = find_arrivals(dated(*((a, b, date, date) for a, b in ends)), "A").set_index("party")

    assert table.loc["D", "from_party"] == "B"
