"""The case sheet: one flat file with a row per person per case."""

import pytest

from rings import only_problem, problems, read_file, said_of, ties_of, value_of

ENGLISH = "case_id,person,role,place,date,phone\nC1,Ann,recruiter,Lào Cai,2019-05,0600 1\n"
HEADINGS = {
    "plain": "case_id,person,role,place,date,phone",
    "other words": "Case no,Full name,Role,Location,Event date,Phone number",
    "Vietnamese": "Mã vụ án,Họ và tên,Vai trò,Địa điểm,Ngày,Số điện thoại",
    "Vietnamese without marks": "MA VU AN,HO VA TEN,VAI TRO,DIA DIEM,NGAY,SO DIEN THOAI",
    "HTCDS": "case_id,prs_Name,per_RoleInProcess,hte_City,hte_Date,prs_MobilePhone",
}


def by_name(case, name):
    """The party that bears a name."""
    (party,) = case.parties.loc[case.parties["name"] == name, "party"]
    return party


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS.keys())
def test_headings_of_two_languages_mean_the_same(headings, tmp_path):
    """A clerk's sheet is read as it is."""
    result = read_file(tmp_path, "sheet.csv", f"{headings}\n{ENGLISH.splitlines()[1]}\n")
    case = result.case

    assert problems(result) == []
    assert value_of(case, by_name(case, "Ann"), "roles") == "recruiter"
    assert value_of(case, by_name(case, "Lào Cai"), "country") == "VN"
    assert {tie[2] for tie in ties_of(case)} == {"accused_in", "seen_at", "uses"}


def test_the_order_of_columns_does_not_matter(tmp_path):
    """The sheet says the same from right to left."""
    turned = "\n".join(",".join(reversed(line.split(","))) for line in ENGLISH.splitlines())
    first = read_file(tmp_path, "a.csv", ENGLISH).case
    second = read_file(tmp_path, "b.csv", turned).case

    assert first.parties["party"].tolist() == second.parties["party"].tolist()
    assert ties_of(first) == ties_of(second)


def test_rows_of_one_name_are_one_person_and_it_is_told_across_cases(tmp_path):
    """Within a case no word is needed; between cases it may be a namesake."""
    text = "case_id,person,role\nC1,Ann,victim\nC1,Ann,victim\nC2,Ann,recruiter\n"
    result = read_file(tmp_path, "sheet.csv", text)

    assert [(p.severity, p.row, p.column) for p in problems(result)] == [("warning", 3, "person")]
    assert value_of(result.case, by_name(result.case, "Ann"), "side") == "both"


def test_names_that_differ_in_a_mark_are_two_people(tmp_path):
    """Hưng and Hùng are different names in Vietnamese."""
    text = "case_id,person\nC1,Nguyễn Văn Hưng\nC1,Nguyễn Văn Hùng\nC1,NGUYỄN  văn hưng\n"
    case = read_file(tmp_path, "sheet.csv", text).case

    assert (case.parties["type"] == "person").sum() == 2


def test_people_of_one_name_are_told_apart_by_birth(tmp_path):
    """Where the sheet has it."""
    text = "case_id,person,born\nC1,Ann,1990\nC2,Ann,2001\n"
    result = read_file(tmp_path, "sheet.csv", text)

    assert problems(result) == []
    assert (result.case.parties["type"] == "person").sum() == 2


def test_people_are_told_apart_by_id_where_the_sheet_has_one(tmp_path):
    """And then a shared name says nothing."""
    result = read_file(tmp_path, "s.csv", "case_id,person_id,person\nC1,P1,Ann\nC2,P2,Ann\n")

    assert problems(result) == []
    assert (result.case.parties["type"] == "person").sum() == 2


def test_made_ids_do_not_coincide_among_many_people(tmp_path):
    """Thirty-two bits would merge strangers in a sheet of a hundred thousand."""
    case = read_file(tmp_path, "sheet.csv", "case_id,person\nC1,Ann\n").case

    assert len(by_name(case, "Ann")) >= len("P-") + 16


def test_a_person_who_is_victim_and_recruiter_has_both_roles(tmp_path):
    """Two roles from one cell."""
    case = read_file(
        tmp_path, "s.csv", "case_id,person,role\nC1,Ann,victim-turned-recruiter\n"
    ).case

    assert value_of(case, by_name(case, "Ann"), "side") == "both"
    assert sorted(case.roles["role"]) == ["recruiter", "victim"]


@pytest.mark.parametrize(("row", "column"), [(",Ann,victim", "case_id"), ("C1,,victim", "person")])
def test_a_row_without_case_or_person_is_refused(row, column, tmp_path):
    """It says nothing of anyone in anything."""
    problem = only_problem(read_file(tmp_path, "s.csv", f"case_id,person,role\n{row}\n"))

    assert (problem.severity, problem.column) == ("refused", column)


def test_further_columns_of_a_sheet_are_kept(tmp_path):
    """Whatever the clerk thought worth a column."""
    case = read_file(tmp_path, "s.csv", "case_id,person,lawyer\nC1,Ann,Mr L\n").case

    assert said_of(case, by_name(case, "Ann"), "lawyer") == ["Mr L"]


def test_an_unread_date_of_a_sheet_is_kept_as_written(tmp_path):
    """Mid-May is no date, and still evidence."""
    result = read_file(tmp_path, "s.csv", "case_id,person,date\nC1,Ann,mid May\n")

    assert only_problem(result).column == "date"
    assert said_of(result.case, by_name(result.case, "Ann"), "date_as_written") == ["mid May"]


def test_one_phone_in_two_cases_is_one_phone(tmp_path):
    """What links two provinces' files."""
    text = "case_id,person,phone\nC1,Ann,0600-1\nC2,Bo,0600 1\n"
    case = read_file(tmp_path, "s.csv", text).case

    assert (case.parties["type"] == "identifier").sum() == 1


def test_somebody_born_about_a_year_is_taken_for_who_was_born_in_it(tmp_path):
    """1990 here and about 1990 there: one person, and a warning says so."""
    sheet = "case_id,person,born\nC1,Sính,1990\nC2,Sính,khoảng 1990\nC3,Sính,1991\n"
    result = read_file(tmp_path, "s.csv", sheet)

    assert (result.case.parties["type"] == "person").sum() == 2
    assert only_problem(result).row == 2
    told = result.case.statements
    assert set(told["value"][told["column"] == "born"]) == {"1990", "1990~", "1991"}


@pytest.mark.parametrize(
    ("column", "value"), [("province", "Lào Cai"), ("country", "Campuchia"), ("place_kind", "bar")]
)
def test_where_no_place_is_named_the_rest_is_kept_and_told(column, value, tmp_path):
    """A list with provinces alone lost them without a word."""
    result = read_file(tmp_path, "s.csv", f"case_id,person,{column}\nC1,Ann,{value}\n")
    problem = only_problem(result)

    assert said_of(result.case, by_name(result.case, "Ann"), f"{column} (further)") == [value]
    assert (problem.severity, problem.row, problem.line, problem.column) == (
        "warning",
        1,
        2,
        column,
    )
    assert problem.reason == "no place is named beside it"


def test_a_word_for_a_place_that_is_not_known_is_kept_with_the_place(tmp_path):
    """As the receipt says that it is."""
    text = "case_id,person,place,place_kind,country\nC1,Ann,Suối Mơ,quán lạ,Xứ Xa\n"
    case = read_file(tmp_path, "s.csv", text).case
    place = by_name(case, "Suối Mơ")

    assert said_of(case, place, "place_kind_as_written") == ["quán lạ"]
    assert said_of(case, place, "country_as_written") == ["Xứ Xa"]


ROUNDED = "a number rounded by a spreadsheet program; its last digits are lost"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("phone", "không", "a number without a digit"),
        ("bank_account", "-", "a number without a digit"),
        ("phone", "1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21",
         "more than 20 numbers in a cell"),
        ("phone", "8.49123E+10", ROUNDED),
        ("bank_account", "9,0012e+11", ROUNDED),
    ],
)  # fmt: skip
def test_what_is_no_number_ties_nobody(column, cell, reason, tmp_path):
    """Everybody without a telephone would have shared the one called 'không'."""
    text = f'case_id,person,{column}\nC1,Ann,"{cell}"\nC2,Bo,"{cell}"\n'
    result = read_file(tmp_path, "s.csv", text)
    told = [(one.severity, one.row, one.column, one.value, one.reason) for one in problems(result)]

    assert told == [("warning", row, column, cell, reason) for row in (1, 2)]
    assert "uses" not in {tie[2] for tie in ties_of(result.case)}
    assert said_of(result.case, by_name(result.case, "Bo"), f"{column} (further)") == [cell]


def test_several_numbers_of_a_cell_are_several_telephones(tmp_path):
    """0900000101 is shared; a name in brackets is no second number."""
    text = (
        'case_id,person,phone\nC1,Ann,"0900 000 101; 0900 000 102"\n'
        'C2,Bo,"0900000101, 0900000103"\nC3,Cy,"0900000104 (Mây, chị)"\n'
    )
    case = read_file(tmp_path, "s.csv", text).case
    names = dict(zip(case.parties["party"], case.parties["name"], strict=True))
    uses = {(names[a], names[b]) for a, b, kind, _ in ties_of(case) if kind == "uses"}

    assert uses == {
        ("Ann", "0900 000 101"), ("Ann", "0900 000 102"), ("Bo", "0900 000 101"),
        ("Bo", "0900000103"), ("Cy", "0900000104 (Mây, chị)"),
    }  # fmt: skip
