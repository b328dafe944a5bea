"""Two case files as one: nothing counted twice, nothing lost, whichever comes first."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.model import join_cases
from rings import canonical, read_folder, ties_of, value_of

NORTH = {
    "people": "person_id,name,role,source_ref\nA,Ann,recruiter,S1\nB,Bo,,S2\n",
    "ties": "source,target,kind,weight,source_ref\nA,B,called,2,S1\nB,A,kin_of,,\n",
    "events": "event_id,kind,date,person_id,moved_by\nE1,sold,2019,B,A\n",
    "sources": "source_ref,document,reliability,credibility\nS1,Judgment,A,1\n",
}
SOUTH = {
    "people": "person_id,name,role,source_ref\nA,Anna,,S2\nB,Bo,,S2\nD,Di,victim,\n",
    "ties": "source,target,kind,weight\nA,B,called,5\nA,D,recruited,\n",
    "sources": "source_ref,document,reliability,credibility\nS2,Hearsay,E,5\n",
}


@pytest.fixture
def north(tmp_path):
    """One agency's file."""
    return read_folder(tmp_path / "north", **NORTH).case


@pytest.fixture
def south(tmp_path):
    """Another's, which shares two people and a record."""
    return read_folder(tmp_path / "south", **SOUTH).case


def test_joining_a_case_with_itself_changes_nothing(north):
    """Each row is the same record."""
    assert canonical(join_cases(north, north)) == canonical(north)


def test_joining_twice_changes_nothing_more(north, south):
    """The second time everything is known."""
    once = join_cases(north, south)

    assert canonical(join_cases(once, south)) == canonical(once)
    assert canonical(join_cases(once, north)) == canonical(once)


def test_it_does_not_matter_which_case_comes_first(north, south):
    """Up to the order of records."""
    assert canonical(join_cases(north, south)) == canonical(join_cases(south, north))


def test_three_cases_may_be_joined_in_any_grouping(north, south, tmp_path):
    """As provinces send their files in, one by one."""
    third = read_folder(
        tmp_path / "third", ties="source,target,kind,weight\nA,B,called,9\nD,F,met,\n"
    ).case
    left = join_cases(join_cases(north, south), third)
    right = join_cases(north, join_cases(south, third))

    assert canonical(left) == canonical(right)


def test_no_record_is_lost(north, south):
    """Bo's row with source S2 stands in both and counts once: 5 and 5 rows are 9 records."""
    both = join_cases(north, south)

    assert (len(north.records), len(south.records)) == (5, 5)
    assert len(both.records) == 9


def test_strengths_of_both_cases_are_compared(north, south):
    """2 calls in one file, 5 in the other."""
    both = join_cases(north, south)

    assert ("A", "B", "called", 5.0) in ties_of(both)
    assert value_of(both, "A", "name") == "Ann"


def test_an_id_that_two_types_come_to_share_is_told_apart(north, tmp_path):
    """Person A of one file and place A of another."""
    place = read_folder(tmp_path / "place", places="place_id,name\nA,Alley\n").case
    both = join_cases(north, place)

    assert {"person:A", "place:A", "B"} == set(both.parties["party"])
    assert ("person:A", "B", "called", 2.0) in ties_of(both)


def test_a_row_that_stands_twice_in_one_file_stays_twice(tmp_path):
    """Two records that say the same; joined from either side there are still two."""
    row = "A,B,called,2\n"
    headings = "source,target,kind,weight\n"
    once = read_folder(tmp_path / "once", ties=headings + row).case
    twice = read_folder(tmp_path / "twice", ties=headings + row + row).case

    assert len(join_cases(once, twice).records) == 2
    assert len(join_cases(twice, once).records) == 2


def test_a_word_that_marks_implied_ties_cannot_be_written_in_a_file(tmp_path):
    """Else a record of that kind would vanish when cases are joined."""
    text = 'source,target,kind\nA,B,"implied "\nA,B,\x00implied\nB,D,implied\n'
    case = read_folder(tmp_path, ties=text).case
    other = read_folder(tmp_path / "other", people="person_id\nZ\n").case

    assert len(join_cases(case, other).tie_records) == len(case.tie_records) == 3


def test_an_empty_case_adds_nothing(north, tmp_path):
    """A file of headings."""
    empty = read_folder(tmp_path / "empty", people="person_id\n").case

    assert canonical(join_cases(north, empty)) == canonical(north)
    assert canonical(join_cases(empty, north)) == canonical(north)


def test_a_source_described_in_another_case_is_described(tmp_path):
    """The bare reference joins the description of its name."""
    bare = read_folder(tmp_path / "bare", people="person_id,source_ref\nA,S1\n").case
    full = read_folder(tmp_path / "full", sources="source_ref,document\nS1,Judgment\n").case

    for joined in (join_cases(bare, full), join_cases(full, bare)):
        assert joined.sources["document"].tolist() == ["Judgment"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABD"), st.sampled_from("ABD"), st.sampled_from(["called", "kin_of", ""]),
        st.sampled_from(["", "1", "2"]), st.sampled_from(["", "2019", "2019-05"]),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=ROWS, second=ROWS)
def test_joined_ties_hold_every_record_of_both(first, second, tmp_path_factory):
    """As many records as the larger count of each row, from either side."""
    folder = tmp_path_factory.mktemp("joined")
    headings = "source,target,kind,weight,first\n"
    one, two = (
        read_folder(folder / name, ties=headings + "".join(",".join(r) + "\n" for r in rows)).case
        for name, rows in (("one", first), ("two", second))
    )
    wanted = sum(max(first.count(row), second.count(row)) for row in {*first, *second})
    there, back = join_cases(one, two), join_cases(two, one)

    assert len(there.records) == wanted
    assert len(there.tie_records) == wanted
    assert canonical(there) == canonical(back)
