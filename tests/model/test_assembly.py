"""From what records say to one case: ties grouped, values chosen, victims presumed."""

from copy import copy, deepcopy
from dataclasses import replace
from pickle import dumps, loads

import pytest

from ringmap.model import COLUMNS, assemble, empty_draft, load_words
from rings import read_folder, said_of, ties_of, value_of


def case_of(tmp_path, **tables):
    """The case that a folder of these tables is."""
    return read_folder(tmp_path, **tables).case


def ties(tmp_path, *rows, headings="source,target,kind,first,last,weight"):
    """The case that rows of ties make."""
    return case_of(tmp_path, ties="\n".join([headings, *rows]) + "\n")


def test_an_empty_draft_is_an_empty_case():
    """Every table with its columns and no row."""
    case = assemble(empty_draft())

    for name, table in case.tables().items():
        assert tuple(table.columns) == COLUMNS[name]
        assert len(table) == 0


@pytest.mark.parametrize("copied", [copy, deepcopy, lambda case: loads(dumps(case)), replace])
def test_a_case_and_its_copy_each_have_all_tables(copied, tmp_path):
    """Whichever is asked first for a table that is made when somebody asks for it."""
    case = ties(tmp_path, "A,B,met,,,")
    other = copied(case)

    assert other.parties["id"].tolist() == case.parties["id"].tolist() == ["A", "B"]
    assert ties_of(case) == ties_of(other)


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (("2019-05", "2019"), ("2020", "2020-03"), ("2019", "2020")),
        (("2019-05", "2018-12-31"), ("2019-05-03", "2019-05"), ("2018-12-31", "2019-05")),
        (("", "2019"), ("", "2019-01-01"), ("2019", "2019-01-01")),
    ],
)
def test_a_tie_spans_what_its_records_allow(first, last, wanted, tmp_path):
    """A year may begin before its months and end after them."""
    rows = [f"A,B,met,{a},{b}," for a, b in zip(first, last, strict=True)]

    assert tuple(ties(tmp_path, *rows).ties[["first", "last"]].iloc[0]) == wanted


def test_the_larger_strength_counts_and_an_unknown_one_does_not_lower_it(tmp_path):
    """Records of one tie count the same calls, not further ones."""
    case = ties(tmp_path, "A,B,called,,,3", "A,B,called,,,", "A,B,called,,,5")

    assert ties_of(case) == [("A", "B", "called", 5.0)]
    assert len(case.tie_records) == 3


def test_a_directed_tie_keeps_its_direction(tmp_path):
    """A recruited B says nothing of B recruiting A."""
    case = ties(tmp_path, "B,A,recruited,,,", "A,B,recruited,,,")

    assert [tie[:2] for tie in ties_of(case)] == [("A", "B"), ("B", "A")]


def test_an_undirected_tie_is_one_whichever_end_comes_first(tmp_path):
    """And each record remembers which way round it was written."""
    case = ties(tmp_path, "B,A,kin_of,,,2", "A,B,kin_of,,,1")

    assert ties_of(case) == [("A", "B", "kin_of", 2.0)]
    assert sorted(case.tie_records["turned"]) == [False, True]


@pytest.mark.parametrize("kind", sorted(load_words("tie")))
def test_every_kind_of_tie_has_the_direction_of_its_word(kind, tmp_path):
    """As the vocabulary says, never as the rows lie."""
    case = ties(tmp_path, f"B,A,{kind},,,")

    assert case.ties["direction"].tolist() == [load_words("tie")[kind].says["direction"]]


def test_ties_of_different_cases_stay_apart(tmp_path):
    """The same call in two files is evidence in each."""
    case = ties(tmp_path, "A,B,called,C1", "A,B,called,C2", headings="source,target,kind,case_id")

    assert len(case.ties) == 2


def test_contradictions_stay_and_the_best_graded_value_is_shown(tmp_path):
    """Two say Ann, one with a better grade says Anna."""
    case = case_of(tmp_path, people="person_id,name,grade\nA,Ann,C3\nA,Ann,C3\nA,Anna,B2\n")

    assert value_of(case, "A", "name") == "Anna"
    assert said_of(case, "A", "name") == ["Ann", "Ann", "Anna"]


def test_between_equal_grades_the_value_said_more_often_is_shown(tmp_path):
    """And between equals the first by the alphabet, so that row order decides nothing."""
    case = case_of(tmp_path, people="person_id,name\nA,Zoe\nA,Ann\nA,Zoe\nB,Y\nB,X\n")

    assert value_of(case, "A", "name") == "Zoe"
    assert value_of(case, "B", "name") == "X"


def test_an_ungraded_value_stands_behind_a_graded_one(tmp_path):
    """F6 is at least a judgment."""
    case = case_of(tmp_path, people="person_id,name,grade\nA,Ann,\nA,Bo,F6\n")

    assert value_of(case, "A", "name") == "Bo"


def test_a_position_is_that_of_one_record(tmp_path):
    """Never the latitude of one and the longitude of another: a point that nobody recorded."""
    case = case_of(tmp_path, places="place_id,name,lat,lon\nL,Qqq,10,105\nL,Qqq,11,104\n")

    assert (value_of(case, "L", "lat"), value_of(case, "L", "lon")) == (10.0, 105.0)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_recorded_country_goes_before_one_that_was_worked_out(order, tmp_path):
    """And keeps its own basis."""
    rows = ["A,CN,", "A,,LA"]
    text = "\n".join(["person_id,country,nationality", *(rows[place] for place in order)])
    case = case_of(tmp_path, people=f"{text}\n")

    assert (value_of(case, "A", "country"), value_of(case, "A", "country_from")) == (
        "CN", "record"
    )  # fmt: skip


@pytest.mark.parametrize(
    "kind", sorted(k for k, w in load_words("tie").items() if w.says["target_is_victim"])
)
def test_whoever_is_moved_sold_or_held_is_presumed_a_victim(kind, tmp_path):
    """Protected until a record gives another part."""
    case = ties(tmp_path, f"A,B,{kind},,,")

    assert value_of(case, "B", "side") == "victim"
    assert value_of(case, "A", "side") is None


@pytest.mark.parametrize(
    "kind", sorted(k for k, w in load_words("event").items() if w.says["person_is_victim"])
)
def test_whomever_an_event_makes_a_victim_is_presumed_one(kind, tmp_path):
    """Also without anyone who did it."""
    case = case_of(tmp_path, events=f"event_id,kind,person_id\nE,{kind},B\n")

    assert value_of(case, "B", "side") == "victim"


def test_an_offender_who_was_moved_is_not_presumed_a_victim(tmp_path):
    """Guides are driven home, too."""
    case = case_of(
        tmp_path,
        people="person_id,role\nA,guard\nB,border_guide\n",
        ties="source,target,kind\nA,B,transported\n",
    )

    assert value_of(case, "B", "side") == "offender"


@pytest.mark.parametrize("kind", ["sold", "resold", "exploited", "forced_debt"])
def test_whoever_was_sold_or_exploited_is_a_victim_accused_or_not(kind, tmp_path):
    """Nobody is sold by way of business."""
    case = case_of(
        tmp_path,
        people="person_id,role\nA,guard\nB,recruiter\n",
        ties=f"source,target,kind\nA,B,{kind}\n",
    )

    assert value_of(case, "B", "side") == "both"


def test_whoever_was_found_to_be_no_victim_is_not_presumed_one(tmp_path):
    """A record says otherwise."""
    case = case_of(
        tmp_path,
        people="person_id,standing\nA,\nB,not_a_victim\n",
        ties="source,target,kind\nA,B,transported\n",
    )

    assert value_of(case, "B", "side") is None


def test_an_event_implies_a_tie_from_mover_to_moved(tmp_path):
    """With the event's dates and amount, and marked as implied."""
    case = case_of(
        tmp_path,
        events="event_id,kind,date,end_date,person_id,moved_by,amount\nE,sold,2019,2020,B,A,900\n",
    )

    assert ties_of(case) == [("A", "B", "sold", None)]
    assert case.ties[["first", "last"]].values.tolist() == [["2019", "2020"]]
    assert case.tie_records["amount"].tolist() == ["900"]


@pytest.mark.parametrize(
    ("role", "kind"),
    [("recruiter", "accused_in"), ("victim", "victim_in"), ("witness", "witness_in"),
     ("relative", "named_in")],
)  # fmt: skip
def test_a_role_in_a_case_ties_the_person_to_it(role, kind, tmp_path):
    """By the side of the role."""
    case = case_of(tmp_path, people=f"person_id,role,case_id\nA,{role},C\n")

    assert ties_of(case) == [("A", "C", kind, None)]


def test_an_unknown_country_is_not_a_country(tmp_path):
    """Recorded as unknown: said, but no value."""
    case = case_of(tmp_path, people="person_id,country\nA,unknown\n")

    assert said_of(case, "A", "country") == ["unknown"]
    assert value_of(case, "A", "country") is None


def test_a_role_without_a_case_leaves_the_others_their_ties(tmp_path):
    """Of two roles the first is in no case: the tie of the second is that of its own person."""
    rows = "person_id,case_id,role\nA,,recruiter\nB,C1,victim\n"
    case = read_folder(tmp_path, roles=rows).case
    ties = case.ties[["source", "target", "kind"]]
    named = case.parties["id"].tolist()

    assert [(named[s], named[t], k) for s, t, k in ties.to_numpy().tolist()] == [
        ("B", "C1", "victim_in")
    ]
