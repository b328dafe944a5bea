"""Act, means and purpose; and people who are victims and offenders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.networks import network_of
from analysis.small_ring import small_ring
from ringmap.analysis import find_elements, find_overlap
from ringmap.graph import build_graph
from rings import read_folder


def status(table, party: str) -> dict[str, str]:
    mine = table[table["party"] == party]
    return dict(zip(mine["element"], mine["status"], strict=True))


def row(table, party: str, element: str):
    return table[(table["party"] == party) & (table["element"] == element)].iloc[0]


def test_each_accused_has_act_means_and_purpose():
    """A deceived and recruited; the purpose is the case's; X exploited, so the purpose is X's."""
    table = find_elements(small_ring())

    assert table["party"].unique().tolist() == ["A", "B", "G", "T", "X"]
    assert table["element"].tolist()[:3] == ["act", "means", "purpose"]
    assert status(table, "A") == {"act": "recorded", "means": "recorded", "purpose": "of the case"}
    assert status(table, "X") == {"act": "recorded", "means": "of the case", "purpose": "recorded"}
    assert row(table, "G", "act")["what"] == ("transfer", "transportation")
    assert row(table, "A", "act")["standing"] == "charged"
    assert all(row(table, who, "act")["records"] for who in "ABGTX")


def test_a_child_needs_no_means():
    """V, born 2005, was 13 when B moved her: no means recorded, and none needed."""
    told = row(find_elements(small_ring(means="")), "B", "means")

    assert told["status"] == "not needed"
    assert told["because"] == "no means recorded; the victim was a child, so none is needed"
    assert (told["victims"], told["children"], told["adults"]) == (1, 1, 0)
    assert told["records"]


def test_an_adult_needs_one_and_an_unknown_age_is_said():
    """Born 2001-01-13, V turned eighteen that day: adult. Born 2001, nobody can tell."""
    adult = row(find_elements(small_ring(means="", V="2001-01-09")), "B", "means")
    unsure = row(find_elements(small_ring(means="", V="2001")), "B", "means")

    assert (adult["status"], adult["adults"]) == ("missing", 1)
    assert (unsure["status"], unsure["age_not_known"]) == ("missing", 1)
    assert unsure["because"] == (
        "no means recorded; whether the victim was a child, for whom no means is needed, is not"
        " known"
    )


@pytest.mark.parametrize(
    ("born", "acts", "ages"),
    [
        # A called V as a child and moved her as an adult: the call is no act.
        ("2001-01-01", "A,V,called,2010,C\nA,V,transported,2020,C\n", (0, 1)),
        # B's act was upon the child, A's upon the adult.
        ("2001-01-01", "B,V,recruited,2016,C\nA,V,transported,2020,C\n", (0, 1)),
        # Of two acts one has no date, and may have been years before.
        ("2001-01-01", "A,V,recruited,,C\nA,V,transported,2020,C\n", (0, 0)),
        ("2001-01-01", "A,V,recruited,,C\nA,V,transported,2015,C\n", (1, 0)),
        # The same of two records of one act.
        ("2001-01-01", "A,V,transported,,C\nA,V,transported,2020,C\n", (0, 0)),
        ("2001-01-01", "A,V,transported,about 2021,C\nA,V,transported,2020,C\n", (0, 0)),
        # Seventeen on the last day of 2018, eighteen on the next.
        ("2001-01-01", "A,V,transported,2018-12-31,C\n", (1, 0)),
        ("2001-01-01", "A,V,transported,2019-01-01,C\n", (0, 1)),
        ("2001", "A,V,transported,2019,C\n", (0, 0)),
        # Estimates: the year may be another.
        ("about 2005", "A,V,transported,2020,C\n", (0, 0)),
        ("2005", "A,V,transported,about 2020,C\n", (0, 0)),
        ("about 1980", "A,V,transported,2020,C\n", (0, 0)),
    ],
)
def test_a_victims_age_is_that_at_the_accuseds_first_act(tmp_path, born: str, acts: str, ages):
    """Children and adults for sure; the rest is not known."""
    case = read_folder(
        tmp_path,
        people=f"person_id,role,case_id,born\nA,transporter,C,\nB,recruiter,C,\nV,victim,C,{born}\n",
        ties=f"source,target,kind,first,case_id\n{acts}",
    ).case
    told = row(find_elements(case), "A", "means")

    assert (told["children"], told["adults"]) == ages
    assert told["victims"] == 1


BORN = {"V": "2010-05-01", "W": "2011", "X": "1980", "Y": "about 2005"}


@pytest.mark.parametrize(
    ("victims", "said"),
    [
        ("", "; no victim of this case is recorded"),
        ("V", ""),
        ("X", ""),
        ("Y", "; whether the victim was a child, for whom no means is needed, is not known"),
        ("VX", "; 1 of 2 victims was a child, for whom no means is needed"),
        ("VWX", "; 2 of 3 victims were children, for whom no means is needed"),
        ("VY", "; 1 of 2 victims was a child, for whom no means is needed; whether 1 more was is"
         " not known"),
        ("XY", "; whether 1 of 2 victims was a child, for whom no means is needed, is not known"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("own", [True, False])
def test_ages_are_told_with_whose_acts_they_are_at(tmp_path, victims: str, said: str, own: bool):
    """All were recruited in 2020, by A or, where A is not recorded to have done anything, by B:
    then the sentence says so, unless no age hangs on it."""
    case = read_folder(
        tmp_path,
        people="person_id,role,case_id,born\nA,recruiter,C,\nB,recruiter,C,\n"
        + "".join(f"{one},victim,C,{BORN[one]}\n" for one in victims),
        ties="source,target,kind,first,case_id\nA,B,called,2019,C\n"
        + "".join(f"{'A' if own else 'B'},{one},recruited,2020,C\n" for one in victims),
    ).case
    told = row(find_elements(case), "A", "means")
    others = "; no act of this person upon a victim is recorded: ages are those at acts of others"
    child = "; the victim was a child, so none is needed" if victims == "V" else ""
    by_others = others if not own and set(victims) & set("VWX") else ""

    assert told["because"] == f"no means recorded{child}{said}{by_others}"
    assert (told["children"], told["adults"]) == (
        len(set(victims) & set("VW")), len(set(victims) & set("X"))
    )  # fmt: skip
    files = case.records["file"].iloc[list(told["records"])].tolist()
    assert ("ties.csv" in files) == bool(set(victims) & set("VWX"))


def test_acts_after_the_date_that_is_asked_for_reach_nobody(tmp_path):
    """In 2020 A recruited V alone; W, whom A recruited in 2021, is none of A's until then."""
    case = read_folder(
        tmp_path,
        people="person_id,role,case_id,born\nA,recruiter,C,\nV,victim,C,2010\nW,victim,C,1980\n",
        ties="source,target,kind,first,case_id\nA,V,recruited,2020,C\nA,W,recruited,2021,C\n",
    ).case
    before, after = (row(find_elements(case, as_of=day), "A", "means") for day in ("2020", None))

    assert (before["status"], before["children"], before["adults"]) == ("not needed", 1, 0)
    assert (after["status"], after["children"], after["adults"]) == ("missing", 1, 1)


@pytest.mark.parametrize(("last", "adults"), [("2015", 0), ("2020", 1), ("", 1)])
def test_an_act_that_ends_before_it_begins_makes_nobody_an_adult(tmp_path, last, adults):
    """From 2020 to 2015 lies between them: V was 14 in 2015, 18 from 2019 on."""
    case = read_folder(
        tmp_path,
        people="person_id,role,case_id,born\nA,transporter,C,\nV,victim,C,2001-01-01\n",
        ties=f"source,target,kind,first,last,case_id\nA,V,transported,2020,{last},C\n",
    ).case

    assert row(find_elements(case), "A", "means")["adults"] == adults


def test_exploitation_of_somebody_unnamed_is_not_anothers(tmp_path):
    """X exploited somebody whom the record does not name: nobody else did."""
    case = read_folder(
        tmp_path,
        people="person_id,role,case_id\nX,exploiter,C\n",
        places="place_id,name\nP,House\n",
        events="event_id,kind,date,to_place,moved_by,case_id\nE,exploited,2019,P,X,C\n",
    ).case
    told = row(find_elements(case), "X", "purpose")

    assert told["status"] == "of the case"
    assert told["because"].startswith("exploitation by this person, of nobody whom a record names")


def test_what_no_record_gives_is_missing():
    """Without a purpose on the case only exploitation by another is left; the verdict counts."""
    table = find_elements(small_ring(means="", purpose="", V="1980"))

    assert row(table, "B", "purpose")["because"].startswith("exploitation by another")
    assert "means for 4" in table.attrs["verdict"]


def test_words_that_no_list_has_are_not_guessed():
    """A means in the record's own words is not read; the row leads to it and does not repeat it."""
    case = small_ring(means="a very long story", V="1980")
    told = row(find_elements(case), "B", "means")

    assert told["status"] == "unread"
    assert "words that the vocabulary does not have" in told["because"]
    assert "story" not in told["because"]
    assert "cases.csv" in case.records["file"].iloc[list(told["records"])].tolist()


def test_no_age_is_ever_told():
    """Neither a year of birth nor an age stands in any cell."""
    counts = ["records", "victims", "children", "adults", "age_not_known"]
    table = find_elements(small_ring()).drop(columns=counts)

    assert (
        not table.astype(str).apply(lambda one: one.str.contains("2005|1980|1990|13")).any().any()
    )


def test_who_is_asked_for_alone_is_listed_alone():
    """Three rows for one person; nobody for nobody."""
    case = small_ring()

    assert len(find_elements(case, people=["G"])) == 3
    assert find_elements(case, people=[]).attrs["verdict"].startswith("nobody here")
    assert status(find_elements(case, as_of="2018"), "B")["act"] == "role only"


def test_victim_and_offender_with_and_without():
    """T was exploited in 2015 and recruited in 2019: victim first, no rank, one with the others."""
    found = find_overlap(build_graph(small_ring(), projection="people"))
    told = found.people.set_index("party").loc["T"]
    ranks = found.ranks.set_index("party")

    assert found.people["party"].tolist() == ["T"]
    assert (told["recorded"], told["order"]) == ("both sides", "victim first")
    assert "recruiter" in told["as_offender"]
    assert "exploited" in told["as_victim"]
    assert ranks.loc["T", "rank_without"] is not None
    assert ranks["rank_without"].isna()["T"]
    assert ranks["rank_with"].notna().all()
    assert not {"V", "W"} & {*ranks.index}
    assert found.because.startswith("1 person on both sides, 1 by the file")


@pytest.mark.parametrize(
    ("suffered", "did", "order"),
    [
        ("2015", "2019", "victim first"),
        ("2019-05-02", "2019-05-01", "offender first"),
        ("2015", "", "not known"),
        ("", "2015", "not known"),
        ("2015", "about 2019", "not known"),
        ("2015", "about 2021", "not known"),
        ("about 2015", "2019", "not known"),
        ("2015", "2021 to 2013", "not known"),
        ("2015", "2021 to 2023", "victim first"),
    ],
)
def test_which_came_first_is_not_known_where_one_act_lacks_a_date(
    tmp_path, suffered: str, did: str, order: str
):
    """T was exploited, and recruited V in 2020 and W on a day that may be any, or none: then
    that may have been before everything. Their roles have no dates, and say nothing of when."""
    first, _, last = did.partition(" to ")
    case = read_folder(
        tmp_path,
        people="person_id,role,case_id\nT,recruiter;victim,C\nV,victim,C\nW,victim,C\nX,buyer,C\n",
        ties=f"source,target,kind,first,last,case_id\nX,T,exploited,{suffered},,C\n"
        f"T,V,recruited,2020,,C\nT,W,recruited,{first},{last},C\n",
    ).case
    people = find_overlap(build_graph(case, projection="people")).people.set_index("party")

    assert people.loc["T", "order"] == order


def test_who_has_no_tie_is_not_pushed_down():
    """T stands between A and B, Z knows nobody. Betweenness 1, 0, 0, 0: with T places 1, 2, 2, 2,
    without T all share the first. A and B are pushed down by T; Z was never anywhere."""
    graph = network_of("A-T T-B", parties="Z")
    parties = graph.parties.assign(side=["offender", "offender", "both", "offender"])
    found = find_overlap(replace(graph, parties=parties))
    ranks = found.ranks.set_index("party")

    assert graph.parties["party"].tolist() == ["A", "B", "T", "Z"]
    assert ranks["rank_with"].to_dict() == {"A": 2, "B": 2, "T": 1, "Z": 2}
    assert ranks["rank_without"].drop("T").to_dict() == {"A": 1, "B": 1, "Z": 1}
    assert "they would push 2 people down; the first place would be one of theirs" in found.because


def test_nobody_on_both_sides_is_an_answer(network):
    """Bare ties know no sides."""
    found = find_overlap(network("A-B"))

    assert found.people.empty
    assert found.ranks.empty
    assert found.because == "nobody here is recorded both as victim and as offender"


@pytest.mark.parametrize("shift", [0, 1])
def test_betweenness_places_leave_room_for_those_on_both_sides(shift: int):
    """Whoever stands behind T with them moves up by one without them."""
    ranks = find_overlap(build_graph(small_ring(), projection="people")).ranks
    place = ranks.set_index("party")["rank_with"]["T"]
    behind = ranks[(ranks["rank_with"] > place) & (ranks["party"] != "T")]
    before = ranks[(ranks["rank_with"] <= place) & (ranks["party"] != "T")]
    moved = behind if shift else before

    assert (moved["rank_with"] - moved["rank_without"] == shift).all()
