"""What is true of invented cases hangs together: rings, brokers, ages and the order of days."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import networkx as nx
import pytest

from made import Made
from ringmap.training import generate_cases, list_scenarios

SEEDS = (1, 2)
RETURNS = ("returned", "rescued", "handed_over")
#: Events that are no step of a journey.
TURNS = {*RETURNS, "located", "arrested", "reported"}
#: A scenario of one journey; AGE is the age of its victims.
OWN = """
title: A tiny line
story: One recruiter.
years: 2010-2020
purpose: forced_marriage
means: deception_job
cases: 1
victims_per_case: 1-3
homes: [{places: "Bắc Hà, Lào Cai, VN"}]
victims: {people: kinh, age: {AGE-AGE: 1}, outcome: missing}
cast:
  recruiter: {people: kinh, age: 20-40}
routes:
  - {name: by Lào Cai, years: 2010-2020, places: {across: "Hekou, Yunnan, CN"}}
journey: [{do: recruited, by: recruiter, at: home, after: 0}]
records: {agencies: province_police, titles: "Vụ {home}"}
"""


@pytest.fixture(scope="module", params=list_scenarios())
def made(request, tmp_path_factory):
    """Two folders of a scenario, of two seeds."""
    found = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp("world") / "cases"
        generate_cases(folder, scenario=request.param, seed=seed)
        found.append(Made(folder))
    return found


def test_rings_members_and_people_agree(made):
    """A membership for each ring of each person, and counts of offenders and victims."""
    for one in made:
        people, rings = one.people, one.rows("truth/rings")
        members = {(row["ring"], row["who"]) for row in one.rows("truth/memberships")}
        told = {(ring, who) for who, row in people.items() for ring in _parted(row["rings"])}

        assert members == told
        assert {ring for ring, _ in members} == {row["ring"] for row in rings}
        for row in rings:
            sides = [people[who]["side"] for ring, who in members if ring == row["ring"]]
            assert sides.count("offender") == int(row["offenders"])
            assert sides.count("victim") == int(row["victims"])


def test_a_ring_names_the_cases_that_there_are(made):
    """Every ring left at least one file behind."""
    for one in made:
        cases = {row["case_id"] for row in one.rows("cases")}

        for row in one.rows("truth/rings"):
            assert _parted(row["cases"])
            assert set(_parted(row["cases"])) <= cases


def test_a_broker_is_an_offender_of_the_ring_with_ties_to_others_of_it(made):
    """As many contacts as the reason says, counted in the true ties."""
    for one in made:
        people, ties = one.people, nx.Graph()
        members = {(row["ring"], row["who"]) for row in one.rows("truth/memberships")}
        ties.add_edges_from((row["source"], row["target"]) for row in one.rows("truth/ties")
                            if not row["case_id"])  # fmt: skip
        for row in one.rows("truth/brokers"):
            contacts = [who for who in ties[row["who"]] if people[who]["side"] == "offender"]

            assert (row["ring"], row["who"]) in members
            assert people[row["who"]]["side"] == "offender"
            assert f"deals with {len(contacts)} others" in row["why"]


def test_ties_join_people_whom_the_truth_knows(made):
    """No tie to nobody or to oneself, none that ends before it began."""
    for one in made:
        people = one.people

        for row in one.rows("truth/ties"):
            assert row["source"] in people
            assert row["target"] in people
            assert row["source"] != row["target"]
            assert not row["last"] or row["first"] <= row["last"]
            assert int(row["weight"]) >= 1


def test_a_ring_hangs_together(made):
    """Most of a ring's people can reach each other over its true ties."""
    for one in made:
        ties = nx.Graph((row["source"], row["target"]) for row in one.rows("truth/ties"))
        members = defaultdict(set)
        for row in one.rows("truth/memberships"):
            members[row["ring"]].add(row["who"])
        for whole in members.values():
            largest = max(nx.connected_components(ties.subgraph(whole)), key=len)

            assert len(largest) > 0.6 * len(whole)


def test_victims_have_an_age_of_the_scenario(tmp_path):
    """Who is 16 on a day was born in the 16th or 17th calendar year before it.

    Forty journeys of victims who are all 16, and forty of newborn children.
    """
    for age in (16, 0):
        own = tmp_path / "own.yaml"
        own.write_text(OWN.replace("AGE", str(age)), encoding="utf-8")
        generate_cases(tmp_path / "cases", scenario=str(own), cases=40, seed=1)
        made = Made(tmp_path / "cases")
        people, starts = made.people, made.starts()
        found = {int(day[:4]) - int(people[who]["born"]) for who, day in starts.items()}

        exact = {
            _age(row["born"], starts[made.whose[row["person_id"]]])
            for row in made.rows("people")
            if row["role"] == "victim" and len(row["born"]) == 10
        }

        assert len(starts) >= 40
        assert found == ({16, 17} if age else {0})
        assert exact <= {age}


def test_offenders_are_grown_up(made):
    """Born at least fourteen and at most ninety years before the first file was opened."""
    for one in made:
        opened = [int(row["detected"][:4]) for row in one.rows("cases")]

        for row in one.people.values():
            if row["side"] == "offender":
                assert min(opened) - 91 <= int(row["born"]) <= max(opened) - 14


def test_a_case_goes_its_way_in_order(made):
    """Reported, detected, prosecuted, tried."""
    for one in made:
        for row in one.rows("cases"):
            days = [row[word] for word in ("reported", "detected", "prosecuted", "tried")]
            told = [day for day in days if day]

            assert len(told) >= 2
            assert told == sorted(told)
            assert not row["tried"] or row["prosecuted"]


def test_nobody_is_arrested_before_the_case_is_opened(made):
    """And nobody reports a case after it was opened."""
    for one in made:
        opened = {row["case_id"]: row["detected"] for row in one.rows("cases")}
        for row in one.events:
            if row["kind"] == "arrested":
                assert row["date"] >= opened[row["case_id"]]
            if row["kind"] == "reported":
                assert row["date"] <= opened[row["case_id"]]


def test_the_steps_of_a_journey_follow_each_other(made):
    """A later leg of a route does not begin in an earlier month."""
    for one in made:
        routes = defaultdict(set)
        for row in one.events:
            if row["leg"]:
                routes[row["route_id"]].add((int(row["leg"]), row["date"][:7]))
        for legs in routes.values():
            ordered = sorted(legs)

            for (leg, month), (later, then) in pairwise(ordered):
                assert leg == later or month <= then


def test_an_act_does_not_end_before_it_begins(made):
    """To the month, as far as both are told."""
    for one in made:
        for row in one.rows("events") + one.rows("legs"):
            assert not row["end_date"] or row["date"][:7] <= row["end_date"][:7]


def test_nothing_begins_to_be_done_to_a_victim_who_is_back(made):
    """The return comes after every step of the journey."""
    for one in made:
        back = _returns(one)
        late = [
            row
            for row in one.events
            if row["kind"] not in TURNS
            for victim in _victims(one, row)
            if row["date"][:7] > back.get(victim, "9999")[:7]
        ]

        assert late == []


def test_nothing_goes_on_being_done_to_a_victim_who_is_back(made):
    """Exploitation ends with the return, in the truth and in the records."""
    for one in made:
        back, people = _returns(one), one.people
        recorded = [
            row
            for row in one.events
            if row["kind"] not in TURNS and row["end_date"]
            for victim in _victims(one, row)
            if row["end_date"][:7] > back.get(victim, "9999")[:7]
        ]
        true = [
            row
            for row in one.rows("truth/ties")
            if row["case_id"]
            and people[row["target"]]["side"] == "victim"
            and row["last"] > back.get(row["target"], "9999")
        ]

        assert recorded == []
        assert true == []


def test_nobody_is_reported_missing_before_being_taken(made):
    """Who reports is a victim whose journey has begun, or kin of one."""
    for one in made:
        starts, whose, kin = one.starts(), one.whose, defaultdict(set)
        for row in one.rows("truth/ties"):
            if row["kind"] == "kin_of":
                kin[row["target"]].add(row["source"])
        for row in one.events:
            if row["kind"] == "reported":
                who = whose[row["person_id"]]
                about = [starts[one] for one in kin[who] | {who} if one in starts]

                assert not about or min(about) <= row["date"]


def test_a_victim_reports_after_coming_back(made):
    """Nobody goes to the police while held."""
    for one in made:
        back, whose = _returns(one), one.whose
        early = [
            row
            for row in one.events
            if row["kind"] == "reported"
            and row["date"] < back.get(whose[row["person_id"]], "0")
        ]  # fmt: skip

        assert early == []


def test_a_document_tells_of_nothing_that_came_after_it(made):
    """Neither the beginning nor the end of what it tells of; days to the month."""
    for one in made:
        received = {row["source_ref"]: row["received"][:7] for row in one.rows("sources")}
        early = [
            row
            for row in one.events
            if max(row["date"], row["end_date"])[:7] > received[row["source_ref"]]
        ]

        assert early == []


def test_the_foremost_broker_of_a_ring_can_be_found(made):
    """Whoever truth names first stands in the records under some number."""
    for one in made:
        recorded = {row["who"] for row in one.rows("truth/people") if row["recorded_as"]}
        foremost = [row["who"] for row in one.rows("truth/brokers") if row["rank"] == "1"]

        assert [who for who in foremost if who not in recorded] == []


def test_nobody_begins_to_call_after_being_arrested(made):
    """Neither in the truth nor in the records; days of records to the month."""
    for one in made:
        caught = {
            one.whose[row["person_id"]]: row["date"]
            for row in one.events
            if row["kind"] == "arrested"
        }
        true = [
            row
            for row in one.rows("truth/ties")
            if row["kind"] in ("called", "paid")
            and row["first"] > min(caught.get(row[end], "9999") for end in ("source", "target"))
        ]

        assert true == []


def test_nobody_is_described_before_there_is_anything_to_know(made):
    """A victim stands in no document from before her journey."""
    for one in made:
        received = {row["source_ref"]: row["received"][:7] for row in one.rows("sources")}
        starts = one.starts()
        early = [
            row
            for row in one.rows("people")
            if row["role"] == "victim"
            and starts.get(one.whose[row["person_id"]], "0")[:7] > received[row["source_ref"]]
        ]

        assert early == []


def _age(born: str, day: str) -> int:
    """Birthdays that somebody has had."""
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def _returns(made: Made) -> dict[str, str]:
    """The day on which each victim came back, as recorded."""
    whose = made.whose
    return {whose[row["person_id"]]: row["date"] for row in made.events if row["kind"] in RETURNS}


def _victims(made: Made, row: dict[str, str]) -> list[str]:
    whose = made.whose
    return [whose[one] for one in _parted(row["person_id"])]


def _parted(cell: str) -> list[str]:
    return [one for one in cell.split(";") if one]
