"""Who may know where a missing victim is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.legs import graph_of_legs, home, leg
from analysis.networks import network_of
from ringmap.analysis import find_who_may_know
from ringmap.errors import GraphError

SIDES = {"V": "victim", "W": "victim", "B": "both", "R": "offender", "T": "offender",
         "U": "offender", "K": "other", "N": "offender"}  # fmt: skip


@pytest.fixture
def graph():
    """V and W were recruited by R at X, taken by T to Y over G in May; W then went on to Z.

    U moved B through G another time and N is two ties away; K, a relative, telephoned in June.
    """
    return graph_of_legs(
        leg("VW", "X", "2019-04-01", by="R", stage="recruitment"),
        leg("VW", "X>Y", "2019-05-01", by="T", gate="G"),
        leg("W", "Y>Z", "2019-05-09", by="U"),
        leg("B", "P>Q", "2018", by="U", gate="G"),
        ties=[("V", "K", "2019-06-01", "2019-06-01"), ("V", "R", "2019-03", "2019-04-01"),
              ("V", "T", "2019-05-01", "2019-05-01"), ("T", "N", None, None),
              ("V", "W", None, None), ("N", "L", None, None)],
        sides=SIDES | {"L": "offender"}, countries={"X": "VN", "Y": "CN"},
    )  # fmt: skip


def column(table, key, value):
    return dict(zip(table[key], table[value], strict=True))


def test_route_time_and_network_each_rank(graph):
    """T moved V last (route 4), K was in contact last (0 days), T, K and R are one tie away.

    Ranks by route: T 1, R 2, U 3 (moved W away from Y), K and N 4. By time: K 1; T 2
    (31 days); R 3 (61 days); U and N 4. By network: K, R and T 1, N 4, U 5. Sums: T 4,
    K 6, R 6, N 12, U 12.
    """
    people = find_who_may_know(graph, "V").people

    assert column(people, "party", "route") == {"T": 4, "R": 3, "U": 2, "K": 0, "N": 0}
    assert column(people, "party", "days_before")["T"] == 31
    assert column(people, "party", "rank_route") == {"T": 1, "R": 2, "U": 3, "K": 4, "N": 4}
    assert column(people, "party", "rank_time") == {"K": 1, "T": 2, "R": 3, "U": 4, "N": 4}
    assert column(people, "party", "rank_network") == {"K": 1, "R": 1, "T": 1, "N": 4, "U": 5}
    assert column(people, "party", "rank") == {"T": 1, "K": 2, "R": 2, "N": 4, "U": 4}
    assert people["because"].iat[0] == (
        "moved or held the victim on the last recorded step; 1 event together with the victim;"
        " last contact 31 days before the last record; 1 step away in the network of people"
    )
    assert people["records"].iat[0] == (1,)


def test_other_victims_stand_apart_and_are_not_ranked(graph):
    """W travelled with V; B, who is both, was moved by U over the gate and is no witness."""
    found = find_who_may_know(graph, "V")

    assert found.witnesses["party"].tolist() == ["W"]
    assert "rank" not in found.witnesses.columns
    assert found.witnesses["together"].tolist() == [2]
    assert not {"W", "B"} & set(found.people["party"])
    assert "W" in set(find_who_may_know(graph, "V", rank_victims=True).people["party"])


def test_places_lead_on_from_the_last_one(graph):
    """Y is the last; W went on from there to Z; T, who moved V last, took W from X."""
    places = find_who_may_know(graph, "V").places

    assert places["place"].tolist() == ["Y", "Z", "X"]
    assert places["why"].tolist() == [
        "the last place recorded of the victim", "others who were at that place went on to here",
        "whoever moved the victim last moved or held others here",
    ]  # fmt: skip
    assert places["rank"].tolist() == [1, 2, 3]


def test_the_sentence_says_what_is_known_last(graph):
    """A date, whether a place, and a return if that is the last."""
    found = find_who_may_know(graph, "V")
    back = graph_of_legs(leg("V", "X>Y", "2019"), home("V", "Y>X", "2020"), sides=SIDES)

    assert found.because == (
        "last recorded 2019-06-01; the last of 2 steps names a place; 5 to ask about;"
        " 1 other victim may have seen something"
    )
    assert "may have been found" in find_who_may_know(back, "V").because
    assert found.trail["event"].tolist() == ["E000", "E001"]


def test_nothing_is_an_answer_and_a_place_is_no_victim(graph):
    """A victim of whom no leg, stay or tie is recorded."""
    alone = network_of("A-B", parties="V")

    found = find_who_may_know(alone, "V")
    assert found.because.startswith("nothing here")
    assert (len(found.people), len(found.places), len(found.witnesses)) == (0, 0, 0)
    with pytest.raises(GraphError, match="is no person"):
        find_who_may_know(graph, "Y")
    with pytest.raises(GraphError, match="no party 'nobody'"):
        find_who_may_know(graph, "nobody")


def test_rows_in_another_order_and_more_isolates_change_nothing(graph):
    """Legs turned round; the finding stays as it is."""
    turned = replace(graph, legs=graph.legs.iloc[::-1].reset_index(drop=True))
    found, again = find_who_may_know(graph, "V"), find_who_may_know(turned, "V")

    assert again.people.equals(found.people)
    assert again.places.equals(found.places)
    assert again.witnesses.equals(found.witnesses)


def test_strong_ties_are_near():
    """A by strength 4 at 1/4; B at 1; C behind A at 1/4 + 1/2."""
    people = find_who_may_know(network_of("V-A:4 V-B A-C:2"), "V").people

    assert column(people, "party", "distance") == {"A": 0.25, "B": 1.0, "C": 0.75}
    assert column(people, "party", "rank") == {"A": 1, "C": 2, "B": 3}


@pytest.mark.parametrize(
    ("contact", "days", "told"),
    [
        ("2019-05-01", 0, "in contact when the victim was last recorded"),
        ("2019-04-30", 1, "last contact 1 day before the last record;"),
        ("2019-05~", 0, "may have been in contact when the victim was last recorded: dates"),
        ("2018", 121, "last contact 121 days before the last record, by the latest days that"),
    ],
)
def test_days_that_dates_leave_open_are_said_to_be_so(contact: str, days: int, told: str):
    """V was last recorded on 1 May 2019, 121 days after the end of 2018."""
    graph = graph_of_legs(
        leg("V", "X>Y", "2019-05-01"), ties=[("V", "K", contact, contact)], sides=SIDES
    )
    people = find_who_may_know(graph, "V").people.set_index("party")

    assert people.loc["K", "days_before"] == days
    assert f"; {told}" in f"; {people.loc['K', 'because']}"


@pytest.mark.parametrize(
    ("dates", "days", "told"),
    [
        (("2019", "2019-04-30"), 1, "last contact 1 day before the last record;"),
        (("2019-04-30", "2018"), 1, "last contact 1 day before the last record;"),
        (("2019-04", "2018-01"), 1, "1 day before the last record, by the latest days that"),
    ],
)
def test_contact_lasted_no_longer_than_its_last_date(dates, days, told):
    """Until 30 April 2019, the day before the last record; what ends before it begins, at most
    until the day on which it begins."""
    graph = graph_of_legs(
        leg("V", "X>Y", "2019", end_date="2019-05-01"), ties=[("V", "K", *dates)], sides=SIDES
    )
    found = find_who_may_know(graph, "V")

    assert found.because.startswith("last recorded 2019-05-01")
    assert found.people["days_before"].tolist() == [days]
    assert told in found.people["because"].iat[0]


def test_whoever_held_others_elsewhere_is_not_on_the_route():
    """W was at Y like V, and then with U at Z, a place of no other: how W came, no record says."""
    graph = graph_of_legs(
        leg("V", "X>Y", "2019-05-01", by="T"), leg("W", "Y", "2019-05-02"),
        leg("W", "Z", "2019-05-03", by="U"), sides=SIDES,
    )  # fmt: skip
    found = find_who_may_know(graph, "V")

    assert found.people["party"].tolist() == ["T"]
    assert found.places["place"].tolist() == ["Y", "Z", "X"]


def test_without_a_last_place_nobody_went_on_from_it():
    """V has a tie and no step; where W came to, from nobody knows where, is no lead."""
    graph = graph_of_legs(leg("W", ">Z", "2019"), ties=[("V", "K")], sides=SIDES)

    assert find_who_may_know(graph, "V").places.empty
