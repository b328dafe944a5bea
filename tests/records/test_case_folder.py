"""The tables of a case folder: ids, evidence, ends of ties, events, roles, places."""

import pytest

from rings import only_problem, problems, read_folder, said_of, ties_of, value_of

FULL = {
    "cases": "case_id,title,reported,status,purpose\nC1,First,2019-05,tried,forced_marriage\n",
    "people": "person_id,name,role,case_id,country\nA,Ann,recruiter,C1,VN\nB,Bo,victim,C1,VN\n",
    "organisations": "organisation_id,name,kind,country\nO1,Agency,marriage_broker_agency,VN\n",
    "places": "place_id,name,kind,country\nL1,Village,home_village,VN\nL2,Town,town,CN\n",
    "identifiers": "identifier_id,kind,value,holder\nI1,phone,0600 123 456,A\n",
    "roles": "person_id,case_id,role,standing\nA,C1,recruiter,convicted\n",
    "ties": "source,target,kind,case_id,weight,source_ref\nA,B,recruited,C1,2,S1\n",
    "events": "event_id,kind,case_id,date,person_id,moved_by\nE1,deceived,C1,2019,B,A\n",
    "legs": "event_id,kind,from_place,to_place,person_id,moved_by,route_id,leg\n"
            "E2,transported,L1,L2,B,A,R1,1\n",
    "sources": "source_ref,document,reliability,credibility\nS1,Judgment,A,1\n",
}  # fmt: skip


def test_a_folder_with_every_table_is_read_whole(tmp_path):
    """Twelve rows, no doubt, every type of party."""
    result = read_folder(tmp_path, **FULL)

    assert problems(result) == []
    assert result.receipt.rows_used == result.receipt.rows_read == 12
    assert set(result.case.parties["type"]) == {
        "person", "organisation", "place", "identifier", "case"
    }  # fmt: skip
    assert len(result.receipt.files) == 10


@pytest.mark.parametrize("absent", sorted(FULL))
def test_any_table_may_be_absent(absent, tmp_path):
    """What is there is read; nothing is refused for want of another table."""
    result = read_folder(tmp_path, **{name: text for name, text in FULL.items() if name != absent})

    assert result.receipt.rows_refused == 0


@pytest.mark.parametrize("alone", sorted(FULL))
def test_any_table_may_be_alone(alone, tmp_path):
    """A folder that holds one table is a case folder."""
    result = read_folder(tmp_path, **{alone: FULL[alone]})

    assert result.receipt.accepted
    assert result.receipt.rows_refused == 0


def test_events_and_legs_are_one_table(tmp_path):
    """Two files, the events of both."""
    result = read_folder(tmp_path, **FULL)

    assert result.case.events["event"].tolist() == ["E1", "E2"]


def test_rows_of_one_id_are_evidence_of_one_person(tmp_path):
    """Two records disagree about a birth year: both stay."""
    result = read_folder(tmp_path, people="person_id,name,born\nA,Ann,1990\nA,Ann,1991\n")

    assert result.receipt.rows_used == 2
    assert len(result.case.parties) == 1
    assert said_of(result.case, "A", "born") == ["1990", "1991"]


@pytest.mark.parametrize("party_id", ["A B", "  A  ", "a,b", "Nguyễn Văn A", "'", "<b>", "\u200bA"])
def test_an_id_may_be_any_text(party_id, tmp_path):
    """Agencies write ids as they please; only spaces around them are dropped."""
    quoted = f'"{party_id}"'
    result = read_folder(
        tmp_path, people=f"person_id\n{quoted}\nZ\n", ties=f"source,target\n{quoted},Z\n"
    )

    assert result.receipt.rows_refused == 0
    assert party_id.strip() in result.case.parties["party"].tolist()


def test_an_empty_id_refuses_the_row(tmp_path):
    """Facts about nobody."""
    problem = only_problem(read_folder(tmp_path, people="person_id,name\n,Ann\nB,Bo\n"))

    assert (problem.severity, problem.row, problem.column) == ("refused", 1, "person_id")


def test_ids_differ_in_case_and_zeros(tmp_path):
    """a is not A, and 07 is not 7."""
    result = read_folder(tmp_path, people="person_id\na\nA\n07\n7\n")

    assert len(result.case.parties) == 4


def test_one_id_in_two_tables_stays_two_parties(tmp_path):
    """Person X and place X are told apart by their type."""
    result = read_folder(tmp_path, people="person_id\nX\n", places="place_id\nX\n")

    assert result.case.parties["party"].tolist() == ["person:X", "place:X"]


def test_a_tie_to_a_shared_id_is_refused_and_says_how_to_write_it(tmp_path):
    """Whoever X is must not be guessed."""
    result = read_folder(
        tmp_path,
        people="person_id\nX\nY\n", places="place_id\nX\n",
        ties="source,target\nX,Y\nperson:X,Y\nplace:X,Y\n",
    )  # fmt: skip

    assert only_problem(result).severity == "refused"
    assert "person:" in only_problem(result).hint
    assert [tie[:2] for tie in ties_of(result.case)] == [("person:X", "Y"), ("place:X", "Y")]


def test_names_of_parties_never_coincide(tmp_path):
    """An id that looks like a name made for another party is told apart as well."""
    result = read_folder(tmp_path, people="person_id\nX\nperson:X\n", places="place_id\nX\n")

    assert result.case.parties["party"].is_unique


def test_a_dangling_end_refuses_the_tie(tmp_path):
    """With people listed, an id that nobody lists is a slip of the pen."""
    result = read_folder(
        tmp_path, people="person_id\nA\nB\n", ties="source,target\nA,B\nA,Bb\nZ,B\n"
    )

    assert [(p.severity, p.row, p.column, p.value) for p in problems(result)] == [
        ("refused", 2, "target", "Bb"),
        ("refused", 3, "source", "Z"),
    ]
    assert len(result.case.ties) == 1


def test_a_folder_of_ties_alone_needs_no_people(tmp_path):
    """Every end is a person, known by its id."""
    result = read_folder(tmp_path, ties="source,target\nA,B\nB,C\n")

    assert problems(result) == []
    assert set(result.case.parties["type"]) == {"person"}
    assert result.case.parties["label_is_id"].all()


def test_without_people_a_tie_may_still_end_at_a_case(tmp_path):
    """An end that another table lists is that party, not a person of the same id."""
    result = read_folder(
        tmp_path, cases="case_id\nC1\n", ties="source,target,kind\nA,C1,accused_in\n"
    )

    assert dict(zip(result.case.parties["id"], result.case.parties["type"], strict=True)) == {
        "A": "person", "C1": "case"
    }  # fmt: skip
    assert only_problem(result).severity == "warning"


def test_people_that_only_events_name_do_not_count_as_listed(tmp_path):
    """No table of people: the second file's people are as welcome as the first's."""
    result = read_folder(
        tmp_path,
        events="event_id,person_id\nE1,A\n", legs="event_id,person_id,moved_by\nE2,B,D\n",
        roles="person_id,role\nF,victim\n", ties="source,target\nA,G\n",
    )  # fmt: skip

    assert result.receipt.rows_refused == 0
    assert problems(result) == []
    assert result.case.parties["id"].tolist() == ["A", "B", "D", "F", "G"]


def test_two_rows_of_a_tie_are_two_records_of_one_tie(tmp_path):
    """The larger strength counts, and the span of both."""
    text = (
        "source,target,kind,first,last,weight\n"
        "A,B,called,2019-05,2019-05-03,2\nA,B,called,2019,2019-05,7\n"
    )
    case = read_folder(tmp_path, ties=text).case

    assert ties_of(case) == [("A", "B", "called", 7.0)]
    assert case.ties[["first", "last"]].values.tolist() == [["2019", "2019-05"]]
    assert sorted(case.tie_records["weight"]) == [2.0, 7.0]


def test_a_tie_of_a_party_with_itself_is_kept_with_a_doubt(tmp_path):
    """Shown, and left out of measures."""
    result = read_folder(tmp_path, ties="source,target\nA,A\n")

    assert only_problem(result).severity == "warning"
    assert len(result.case.ties) == 1


def test_what_ends_before_it_begins_is_kept_with_a_doubt(tmp_path):
    """May 2019 to a day of April; a year that holds its month is no contradiction."""
    result = read_folder(
        tmp_path,
        ties="source,target,first,last\nA,B,2019-05,2019-04-30\nA,C,2019-05,2019\nA,D,,2018\n",
        events="event_id,kind,person_id,date,end_date\nE,transported,A,2020,2019\n",
    )

    assert [(one.severity, one.row, one.column, one.value) for one in problems(result)] == [
        ("warning", 1, "end_date", "2019"), ("warning", 1, "last", "2019-04-30"),
    ]  # fmt: skip
    assert len(result.case.ties) == 3


def test_several_people_in_one_cell_are_several_people(tmp_path):
    """Two moved by two: four pairs."""
    result = read_folder(
        tmp_path,
        people="person_id\nA\nB\nC\nD\n",
        legs="event_id,kind,person_id,moved_by\nE,transported,A; B,C;D\n",
    )

    assert problems(result) == []
    assert len(result.case.events) == 4
    assert len(result.case.ties) == 4


def test_an_id_with_a_semicolon_is_one_person_when_it_is_listed(tmp_path):
    """What people.csv lists is never cut."""
    result = read_folder(
        tmp_path, people='person_id\n"A;B"\n', events='event_id,person_id\nE,"A;B"\n'
    )

    assert problems(result) == []
    assert len(result.case.events) == 1


def test_a_strange_person_of_an_event_costs_only_that_person(tmp_path):
    """The rest of the row is used."""
    result = read_folder(
        tmp_path, people="person_id\nA\n", events="event_id,kind,person_id\nE,sold,A;Z\n"
    )

    assert only_problem(result).severity == "warning"
    assert len(result.case.events) == 1


def test_notes_and_further_columns_of_roles_are_kept(tmp_path):
    """Why a standing changed is often in the margin."""
    result = read_folder(
        tmp_path, roles="person_id,role,note,lawyer\nA,victim,by her own account,Mr L\n"
    )

    assert said_of(result.case, "A", "note") == ["by her own account"]
    assert said_of(result.case, "A", "lawyer") == ["Mr L"]


def test_further_columns_of_ties_and_events_are_in_their_notes(tmp_path):
    """Kept and shown."""
    result = read_folder(
        tmp_path,
        ties="source,target,tower,note\nA,B,T9,late\n", events="event_id,weather\nE,rain\n",
    )  # fmt: skip

    assert result.case.tie_records["note"].tolist() == ["late; tower: T9"]
    assert result.case.events["note"].tolist() == ["weather: rain"]


def test_a_source_described_twice_is_refused_the_second_time(tmp_path):
    """One reference, one document."""
    result = read_folder(tmp_path, sources="source_ref,document\nS,Letter\nS,Other\nT,Third\n")

    assert [(p.severity, p.row) for p in problems(result)] == [("refused", 2)]
    assert result.case.sources["document"].tolist() == ["Letter", "Third"]


def test_a_source_that_no_table_describes_keeps_its_name(tmp_path):
    """The reference is evidence even without a description."""
    case = read_folder(tmp_path, people="person_id,source_ref\nA,S9\n").case

    assert case.sources["source_ref"].tolist() == ["S9"]
    assert not case.sources["described"].any()


def test_a_person_may_be_offender_in_one_case_and_victim_in_another(tmp_path):
    """Role and standing belong to a person in a case."""
    case = read_folder(
        tmp_path, people="person_id,role,case_id\nA,victim,C1\nA,recruiter,C2\n"
    ).case

    assert value_of(case, "A", "side") == "both"
    assert sorted(case.roles["role"]) == ["recruiter", "victim"]


@pytest.mark.parametrize("told", ["identified_victim,", "possible_victim,", ",rescued"])
def test_an_offender_whom_the_record_calls_a_victim_is_both(told, tmp_path):
    """Protection does not end with a role."""
    text = f"person_id,role,standing,victim_status\nA,recruiter,{told}\n"

    assert value_of(read_folder(tmp_path, people=text).case, "A", "side") == "both"


def test_coordinates_never_tell_a_country(tmp_path):
    """Close to a border a map is wrong: this point lies in Hanoi, and no record says so."""
    case = read_folder(
        tmp_path, places="place_id,name,lat,lon\nL,Somewhere quite invented,21.03,105.85\n"
    ).case

    assert value_of(case, "L", "country") is None
    assert value_of(case, "L", "lat") == 21.03


def test_a_province_tells_a_country(tmp_path):
    """By its name, in the gazetteer."""
    case = read_folder(tmp_path, places="place_id,name,province\nL,The house,Lào Cai\n").case

    assert value_of(case, "L", "country") == "VN"
    assert value_of(case, "L", "country_from") == "gazetteer"


@pytest.mark.parametrize(
    ("lat", "lon", "reason"),
    [
        ("22.5", "", "latitude or longitude is missing"),
        ("", "104", "latitude or longitude is missing"),
        ("104", "22.5", "latitude and longitude look swapped"),
        ("104", "122.5", "no such latitude"),
        ("unknown", "104", "latitude or longitude is missing"),
    ],
)
def test_a_position_is_whole_or_not_at_all(lat, lon, reason, tmp_path):
    """Half a point is no point, and swapped columns are noticed."""
    result = read_folder(tmp_path, places=f"place_id,name,lat,lon\nL,Qqq,{lat},{lon}\n")

    assert [p.reason for p in problems(result)] == [reason]
    assert value_of(result.case, "L", "lat") is None
    assert value_of(result.case, "L", "lon") is None


@pytest.mark.parametrize("written", ["2,2,5", "22°30'", "north", "200", "nan"])
def test_a_coordinate_is_in_decimal_degrees(written, tmp_path):
    """Anything else is told and left out."""
    result = read_folder(tmp_path, places=f'place_id,name,lat,lon\nL,Qqq,"{written}",104\n')

    assert problems(result)[0].reason == "not a coordinate in degrees"
    assert value_of(result.case, "L", "lat") is None


def test_an_unnamed_case_of_a_person_is_told_when_cases_are_listed(tmp_path):
    """Used, and the case kept without details."""
    result = read_folder(tmp_path, cases="case_id\nC1\n", people="person_id,case_id\nA,C2\n")

    assert only_problem(result).column == "case_id"
    assert sorted(result.case.parties["id"]) == ["A", "C1", "C2"]


def test_cases_that_only_other_tables_name_are_no_strangers(tmp_path):
    """Without cases.csv no case is missing from it."""
    result = read_folder(
        tmp_path, people="person_id,case_id\nA,C1\nB,C2\n", ties="source,target,case_id\nA,B,C3\n"
    )

    assert problems(result) == []


def test_what_of_a_source_cannot_be_read_is_kept_with_it(tmp_path):
    """The receipt says of the word that it is kept."""
    result = read_folder(
        tmp_path,
        sources="source_ref,received,reliability,handling\nS1,31/02/2019,X,Tủ 4\n",
    )
    (further,) = result.case.sources["further"]

    assert further == "received: 31/02/2019; reliability: X; handling: Tủ 4"
    assert [one.column for one in problems(result)] == ["received", "reliability", "handling"]


def test_a_place_that_no_table_lists_is_kept_in_the_note_of_its_leg(tmp_path):
    """The name of the gate was in the receipt alone."""
    result = read_folder(
        tmp_path,
        places="place_id,name\nL1,Lào Cai\n",
        legs="event_id,kind,from_place,crossing\nE1,moved,L1,Suối Mơ gate\n",
    )

    assert result.case.events["note"].tolist() == ["crossing: Suối Mơ gate"]


def test_coordinates_that_are_not_used_are_kept_as_written(tmp_path):
    """Half a position is none, and is shown all the same."""
    case = read_folder(tmp_path, places="place_id,name,lat\nL1,Suối Mơ,22.4\n").case

    assert said_of(case, "L1", "lat_as_written") == ["22.4"]


def test_files_that_are_known_by_their_headings_are_read_beside_the_tables(tmp_path):
    """A case sheet, an edge list with kinds, a list of calls; what says no kind is none."""
    result = read_folder(
        tmp_path,
        people="person_id,name\nA,Ann\nB,Bo\n",
        contacts="Source,Target,Kind\nA,B,called\nA,Z,called\n",
        register="case_id,person_id,person,role\nC1,A,Ann,recruiter\n",
        list_of_may="caller,called,start\n0600123456,0600123457,2019-05-03\n",
        pairs="source,target,weight\nA,B,2\n",
        notes="what\nbuy paper\n",
    )
    used = {file.file: file.rows_used for file in result.receipt.files}
    reasons = {file: problem.reason for file, problem in result.receipt.problems()}
    ties = [(source, target, kind) for source, target, kind, _ in ties_of(result.case)]

    assert used == {"people.csv": 2, "contacts.csv": 1, "register.csv": 1, "list_of_may.csv": 1,
                    "pairs.csv": 0, "notes.csv": 0}  # fmt: skip
    assert reasons["contacts.csv"].startswith("no such party in people.csv")
    assert reasons["pairs.csv"] == reasons["notes.csv"]
    assert reasons["notes.csv"] == "this file is not a table of a case folder"
    assert ("A", "B", "called") in ties
    assert ("A", "C1", "accused_in") in ties
