"""Legs joined into journeys: in order of time, with what is not known."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.legs import graph_of_legs, home, leg
from graph.test_building import case_of
from ringmap.analysis import find_journeys
from ringmap.errors import GraphError
from ringmap.graph import build_graph
from ringmap.model import first_day, last_day
from ringmap.records import read


def ways(found) -> list[tuple[str, str | None, str | None]]:
    legs = found.legs
    return list(zip(legs["journey"], legs["from_place"], legs["to_place"], strict=True))


def test_legs_are_joined_in_the_order_of_their_days():
    """Recorded backwards, read forwards; the second is surely later."""
    found = find_journeys(graph_of_legs(leg("A", "Y>Z", "2019-05-04"), leg("A", "X>Y", "2019-05")))
    found_sure = find_journeys(
        graph_of_legs(leg("A", "Y>Z", "2019-06-04"), leg("A", "X>Y", "2019-05"))
    )

    assert ways(found) == ways(found_sure) == [("J1", "X", "Y"), ("J1", "Y", "Z")]
    assert found.legs["order"].tolist() == ["first", "possible"]
    assert found_sure.legs["order"].tolist() == ["first", "certain"]
    assert found.legs["join"].tolist() == ["start", "continues"]


def test_a_year_does_not_go_before_a_day_that_leads_to_it():
    """By its middle (1 July) the year would come last but one; the places say otherwise."""
    graph = graph_of_legs(
        leg("A", "Z>W", "2019"), leg("A", "X>Y", "2019-11-01"), leg("A", "Y>Z", "2019-11-02")
    )

    assert [way[1:] for way in ways(find_journeys(graph))] == [("X", "Y"), ("Y", "Z"), ("Z", "W")]


def test_the_records_own_numbers_decide_where_dates_do_not():
    """Legs 1 and 2 of one day, the second listed first; but dates that differ win."""
    numbered = find_journeys(graph_of_legs(
        leg("A", "P>Q", "2019-05", route="R", leg="2"),
        leg("A", "X>Y", "2019-05", route="R", leg="1"),
    ))  # fmt: skip
    against = find_journeys(graph_of_legs(
        leg("A", "P>Q", "2019-05-01", route="R", leg="2"),
        leg("A", "X>Y", "2019-05-02", route="R", leg="1"),
    ))  # fmt: skip

    assert [way[1] for way in ways(numbered)] == ["X", "P"]
    assert numbered.legs["order"].tolist() == ["first", "numbered"]
    assert [way[1] for way in ways(against)] == ["P", "X"]


def test_numbers_that_run_in_a_circle_with_dates_give_way_to_dates():
    """R numbers a before b, S numbers c before d; by date b is before c and d before a."""
    graph = graph_of_legs(
        leg("A", "a>1", "2019-04", route="R", leg="1"),
        leg("A", "b>2", "2019-03/2019-04", route="R", leg="2"),
        leg("A", "c>3", "2019-05", route="S", leg="1"),
        leg("A", "d>4", "2019-03/2019-05", route="S", leg="2"),
    )
    found = find_journeys(graph)

    assert sorted(found.legs["from_place"]) == ["a", "b", "c", "d"]
    assert found.legs["from_place"].tolist().index("a") < found.legs["from_place"].tolist().index(
        "c"
    )


@pytest.mark.parametrize(
    ("first", "end", "order"),
    [("2018", None, "certain"), ("2018~", None, "possible"), ("2020", "2017", "possible")],
)
def test_an_estimate_or_dates_the_wrong_way_round_make_no_order_certain(first, end, order):
    """In about 2018, or between 2017 and 2020, may be after May 2019; 2018 is not."""
    legs = graph_of_legs(leg("A", "X>Y", first, end_date=end), leg("A", "Y>Z", "2019-05"))
    table = find_journeys(legs).legs

    assert table["from_place"].tolist() == ["X", "Y"]
    assert table["order"].tolist() == ["first", order]


def test_a_place_that_nothing_leads_to_is_a_gap():
    """From Y no record leads to P, and nobody says how the person came there."""
    found = find_journeys(graph_of_legs(leg("A", "X>Y", "2019-01"), leg("A", "P>Q", "2019-02")))

    assert found.legs["join"].tolist() == ["start", "gap"]
    assert found.journeys["gaps"].tolist() == [1]
    assert found.journeys["because"].iat[0] == (
        "2 recorded legs through 4 places; 1 gap in the way; no return is recorded after it"
    )


def test_events_of_one_place_are_joined_and_their_movement_inferred():
    """As HTCDS tells it: recruited at X, moved to Y, exploited at Z; no leg has two ends."""
    graph = graph_of_legs(leg("A", "X", "2019-01"), leg("A", ">Y", "2019-02"),
                          leg("A", "Z", "2019-03"))  # fmt: skip
    found = find_journeys(graph)

    assert ways(found) == [("J1", "X", "X"), ("J1", "X", "Y"), ("J1", "Y", "Z")]
    assert found.legs["join"].tolist() == ["start", "inferred", "appears"]
    row = found.journeys.iloc[0]
    assert (row["legs"], row["inferred"], row["stays"]) == (0, 2, 1)
    assert row["places"] == ("X", "Y", "Z")


def test_a_form_of_htcds_gives_journeys(tmp_path: Path):
    """Three events of a person, a row each, each with its town and no other."""
    file = tmp_path / "htcds.csv"
    file.write_text(
        "cas_CaseNumber,prs_Id,prs_FirstName,hte_Id,hte_Type,hte_Date,hte_City,hte_Country\n"
        "K1,P1,Mai,H1,Recruitment,2019-01-05,Aville,VN\n"
        "K1,P1,Mai,H2,Transit,2019-01-09,Bville,VN\n"
        "K1,P1,Mai,H3,Exploitation,2019-02-01,Cville,CN\n",
        encoding="utf-8",
    )
    graph = build_graph(read(file).case)
    found = find_journeys(graph)
    names = graph.parties.set_index("party")["name"]

    assert [names[one] for one in found.journeys["places"].iat[0]] == ["Aville", "Bville", "Cville"]
    assert found.journeys["inferred"].tolist() == [2]
    assert all(len(records) for records in found.legs["records"])


def test_a_stay_of_a_report_or_an_arrest_is_no_part_of_a_journey(tmp_path: Path):
    """The place of an arrest is where an offender was, that of a report where a family is."""
    case = case_of(
        tmp_path,
        people=[{"person_id": "A", "role": "victim"}],
        places=[{"place_id": one, "country": "VN"} for one in "XY"],
        events=[
            {"event_id": "1", "kind": "harboured", "to_place": "X", "person_id": "A"},
            {"event_id": "2", "kind": "reported", "to_place": "Y", "person_id": "A"},
            {"event_id": "3", "kind": "harboured", "to_place": "Y"},
        ],
    )

    assert build_graph(case).stays["event"].tolist() == ["1"]
    assert find_journeys(build_graph(case)).legs["event"].tolist() == ["1"]


def test_what_follows_a_return_is_another_journey():
    """Taken twice; the way back belongs to the first."""
    graph = graph_of_legs(
        leg("A", "X>Y", "2019-01"), home("A", "Y>X", "2019-02"), leg("A", "X>Z", "2019-03")
    )
    found = find_journeys(graph)

    assert found.legs["journey"].tolist() == ["J1", "J1", "J2"]
    assert found.journeys["returned"].tolist() == [True, False]


def test_a_long_silence_begins_another_journey_and_a_long_stay_does_not():
    """Two years without a record; then the same two years in a house on record."""
    silent = graph_of_legs(leg("A", "X>Y", "2015-01"), leg("A", "Y>Z", "2017-01"))
    kept = graph_of_legs(leg("A", "X>Y", "2015-01"), leg("A", "Y", "2015-02", end_date="2016-12"),
                         leg("A", "Y>Z", "2017-01"))  # fmt: skip

    assert len(find_journeys(silent).journeys) == 2
    assert len(find_journeys(silent, apart_days=1000).journeys) == 1
    assert len(find_journeys(kept).journeys) == 1


def test_a_sale_and_the_ride_after_it_are_one_trip():
    """Two events from X to Y in one month, unless dates put them apart."""
    once = find_journeys(graph_of_legs(
        leg("A", "X>Y", "2019-05", kind="sold", stage="exploitation"), leg("A", "X>Y", "2019-05")
    ))  # fmt: skip
    twice = find_journeys(graph_of_legs(leg("A", "X>Y", "2019-05"), leg("A", "X>Y", "2019-06")))

    assert once.legs["join"].tolist() == ["start", "same"]
    assert once.journeys["legs"].tolist() == [1]
    assert once.journeys["places"].tolist() == [("X", "Y")]
    assert twice.journeys["legs"].tolist() == [2]


def test_legs_that_name_nobody_are_joined_by_their_route():
    """Two legs of route R are one journey of nobody named; a third alone is its own."""
    graph = graph_of_legs(leg("", "X>Y", "2019-01", route="R"), leg("", "P>Q", "2019-01"),
                          leg("", "Y>Z", "2019-02", route="R"))  # fmt: skip
    found = find_journeys(graph)

    assert found.journeys["places"].tolist() == [("P", "Q"), ("X", "Y", "Z")]
    assert found.journeys["person"].tolist() == [None, None]
    assert "2 of them of people nobody named" in found.because


def test_without_legs_there_is_nothing_and_it_is_said():
    """Tables with their columns, and the sentence."""
    found = find_journeys(graph_of_legs())

    assert (len(found.legs), len(found.journeys)) == (0, 0)
    assert found.because.startswith("nothing here")
    with pytest.raises(GraphError, match="apart"):
        find_journeys(graph_of_legs(), apart_days=0)


DATES = st.sampled_from([None, "2018", "2019", "2019-03", "2019-03-07", "2019-03-07", "2019-04-01",
                         "2019-02/2019-05", "2021-01"])  # fmt: skip
PLACES = st.sampled_from("XYZ")
LEGS = st.lists(
    st.builds(
        lambda who, a, b, date, number, back: (home if back else leg)(
            who, f"{a}>{b}", date, route="R", leg=number
        ),
        st.sampled_from(["A", "B", "AB", ""]), PLACES, PLACES, DATES,
        st.sampled_from([None, "1", "2", "3"]), st.booleans(),
    ),
    max_size=7,
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(LEGS, st.integers(0, 9))
def test_no_order_contradicts_a_date_and_no_row_is_lost(legs, seed):
    """Each person keeps every event once, surely earlier ones first, whatever the rows' order."""
    graph = graph_of_legs(*legs)
    found = find_journeys(graph)
    if not legs:
        return
    order = list(range(len(legs)))
    random.Random(seed).shuffle(order)
    again = find_journeys(replace(graph, legs=graph.legs.iloc[order].reset_index(drop=True),
                                  stays=graph.stays))  # fmt: skip

    assert again.legs.equals(found.legs)
    assert again.journeys.equals(found.journeys)
    for person in "AB":
        own = found.legs[found.legs["person"] == person]
        assert sorted(own["event"]) == [f"E{n:03d}" for n, one in enumerate(legs)
                                        if person in one["people"]]  # fmt: skip
        dates = [one for one in own["date"] if one is not None]
        for place, later in enumerate(dates):
            for earlier in dates[:place]:
                assert not last_day(later) < first_day(earlier)
