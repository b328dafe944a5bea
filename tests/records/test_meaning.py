"""Cells to meaning: dates, strengths, words, grades, yes and no, unknown."""

import pytest

from rings import only_problem, problems, read_file, read_folder, said_of, value_of


def born(tmp_path, written):
    """What a birth date is read as, and the result."""
    result = read_folder(tmp_path, people=f'person_id,born\nA,"{written}"\n')
    return said_of(result.case, "A", "born"), result


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019", "2019"),
        ("2019-05", "2019-05"),
        ("2019-5-3", "2019-05-03"),
        ("2019-05-03", "2019-05-03"),
        ("2019-05-03T10:30:00", "2019-05-03"),
        ("2019-05-03 10:30", "2019-05-03"),
        ("03/05/2019", "2019-05-03"),
        ("3.5.2019", "2019-05-03"),
        ("05/2019", "2019-05"),
        ("29/02/2020", "2020-02-29"),
        ("２０１９-05", "2019-05"),
    ],
)
def test_a_date_keeps_the_precision_of_the_record(written, iso, tmp_path):
    """A year is never padded to 1 January; day comes before month."""
    values, result = born(tmp_path, written)

    assert values == [iso]
    assert problems(result) == []


@pytest.mark.parametrize(
    "written",
    ["31/02/2019", "29/02/2019", "2019-13", "00/05/2019", "2019-02-30", "0999"],
)
def test_a_date_that_does_not_exist_is_left_out(written, tmp_path):
    """The row is used, and the words of the record stay beside it."""
    values, result = born(tmp_path, written)

    assert values == []
    assert only_problem(result).reason == "no such date"
    assert said_of(result.case, "A", "born_as_written") == [written]


@pytest.mark.parametrize("written", ["May or June 2019", "some day", "19", "43588", "-2019"])
def test_text_that_is_no_date_is_kept_as_written(written, tmp_path):
    """A guess at a date is worse than none."""
    values, result = born(tmp_path, written)

    assert values == []
    assert said_of(result.case, "A", "born_as_written") == [written]
    assert only_problem(result).severity == "warning"


def test_a_month_that_cannot_be_is_read_the_other_way_and_told(tmp_path):
    """12/25/2019 is 25 December, written by an American."""
    values, result = born(tmp_path, "12/25/2019")

    assert values == ["2019-12-25"]
    assert "month/day/year" in only_problem(result).reason


def weighed(tmp_path, written):
    """A tie whose strength is written thus."""
    return read_folder(tmp_path, ties=f'source,target,weight\nA,B,"{written}"\n')


@pytest.mark.parametrize(
    ("written", "strength"), [("3", 3.0), ("2.5", 2.5), (".5", 0.5), ("1e2", 100.0), ("+4", 4.0)]
)
def test_a_strength_is_a_number(written, strength, tmp_path):
    """As any program writes it."""
    result = weighed(tmp_path, written)

    assert problems(result) == []
    assert result.case.ties["weight"].tolist() == [strength]


def test_an_empty_strength_is_not_recorded_and_not_zero(tmp_path):
    """Nobody counted."""
    result = weighed(tmp_path, "")

    assert problems(result) == []
    assert result.case.ties["weight"].isna().all()


def test_a_strength_of_zero_is_kept_with_a_doubt(tmp_path):
    """Zero says there is no tie, and the row says there is one."""
    result = weighed(tmp_path, "0")

    assert result.case.ties["weight"].tolist() == [0.0]
    assert only_problem(result).severity == "warning"


@pytest.mark.parametrize(
    "written", ["1,500", "nan", "inf", "many", "3 calls", "0x10", "1_000", "๓"]
)
def test_a_strength_that_is_no_number_is_not_recorded(written, tmp_path):
    """The tie stands; its strength is unknown and the record's words are in its note."""
    result = weighed(tmp_path, written)

    assert only_problem(result).severity == "warning"
    assert result.case.ties["weight"].isna().all()
    assert result.case.tie_records["note"].tolist() == [f"weight: {written}"]


@pytest.mark.parametrize("written", ["-1", "1e999", "-0.5"])
def test_a_strength_below_zero_or_without_end_refuses_the_row(written, tmp_path):
    """No measure could use it."""
    result = weighed(tmp_path, written)

    assert only_problem(result).severity == "refused"
    assert len(result.case.ties) == 0


@pytest.mark.parametrize(
    ("written", "roles", "side"),
    [
        ("recruiter", "recruiter", "offender"),
        ("Người tuyển mộ", "recruiter", "offender"),
        ("nguoi tuyen mo", "recruiter", "offender"),
        ("NẠN NHÂN", "victim", "victim"),
        ("victim-turned-recruiter", "recruiter;victim", "both"),
        ("victim; recruiter", "recruiter;victim", "both"),
        ("RecruiterOrIntermediary", "intermediary;recruiter", "offender"),
        ("witness", "witness", "other"),
    ],
)
def test_words_of_several_languages_mean_one_code(written, roles, side, tmp_path):
    """English, Vietnamese with and without marks, HTCDS, any case."""
    result = read_folder(tmp_path, people=f"person_id,role\nA,{written}\n")

    assert problems(result) == []
    assert value_of(result.case, "A", "roles") == roles
    assert value_of(result.case, "A", "side") == side


def test_a_word_without_a_code_is_kept_and_told(tmp_path):
    """The record's own word is evidence; the hint names the nearest code."""
    result = read_folder(tmp_path, people="person_id,role\nA,recruter\n")
    problem = only_problem(result)

    assert (problem.severity, problem.column, problem.value) == ("warning", "role", "recruter")
    assert "recruiter" in problem.hint
    assert result.case.roles["as_written"].tolist() == ["recruter"]


@pytest.mark.parametrize("table", ["people", "roles"])
@pytest.mark.parametrize("column", ["standing", "victim_status"])
def test_a_standing_without_a_code_is_kept_as_written(table, column, tmp_path):
    """The hint says that the word is kept, so it is."""
    result = read_folder(tmp_path, **{table: f"person_id,role,{column}\nA,victim,on the moon\n"})

    assert said_of(result.case, "A", f"{column}_as_written") == ["on the moon"]


@pytest.mark.parametrize("table", ["events", "legs"])
def test_words_of_an_event_without_a_code_are_kept_in_its_note(table, tmp_path):
    """Carried by buffalo: no code, still evidence."""
    text = "event_id,kind,transport,date,note\nE,transported,buffalo,soon,at night\n"
    result = read_folder(tmp_path, **{table: text})
    notes = result.case.events["note"].iloc[0].split("; ")

    assert sorted(notes) == ["at night", "date: soon", "transport: buffalo"]


def test_an_unread_role_that_speaks_of_a_victim_protects(tmp_path):
    """Better a pseudonym too many."""
    result = read_folder(tmp_path, people="person_id,role\nA,victim and cook\nB,cook\n")

    assert value_of(result.case, "A", "side") == "victim"
    assert value_of(result.case, "B", "side") == "other"


@pytest.mark.parametrize("word", ["unknown", "Unknown", "không rõ", "KHONG RO", "chưa xác định"])
def test_unknown_is_neither_empty_nor_a_word_without_a_code(word, tmp_path):
    """That the record says it does not know is itself recorded."""
    text = f"person_id,sex,born,country,role\nA,{word},{word},{word},{word}\nB,,,,\n"
    result = read_folder(tmp_path, people=text)

    assert problems(result) == []
    for column in ("sex", "born", "country"):
        assert said_of(result.case, "A", column) == ["unknown"]
        assert said_of(result.case, "B", column) == []


@pytest.mark.parametrize("word", ["unknown", "không rõ", ""])
def test_an_unknown_role_leaves_the_side_open(word, tmp_path):
    """Not known is not "other"."""
    result = read_folder(tmp_path, people=f"person_id,role,case_id\nA,{word},C\n")

    assert value_of(result.case, "A", "side") is None


def test_zero_is_a_value(tmp_path):
    """An age of 0 is an infant, not a gap."""
    result = read_folder(tmp_path, people="person_id,age\nA,0\nB,\nC,unknown\n")

    assert said_of(result.case, "A", "age") == ["0"]
    assert said_of(result.case, "B", "age") == []
    assert said_of(result.case, "C", "age") == ["unknown"]


@pytest.mark.parametrize(
    ("written", "grade"), [("B2", "B2"), ("b2", "B2"), ("B 2", "B2"), ("B-2", "B2"), ("f/6", "F6")]
)
def test_a_grade_is_a_letter_and_a_number(written, grade, tmp_path):
    """As agencies write it."""
    result = read_folder(tmp_path, people=f"person_id,grade\nA,{written}\n")
    record = result.case.records.iloc[0]

    assert record["reliability"] + record["credibility"] == grade


@pytest.mark.parametrize("written", ["G2", "B7", "B", "2", "good", "B22"])
def test_a_grade_beyond_the_scale_is_not_taken(written, tmp_path):
    """The row is used ungraded."""
    result = read_folder(tmp_path, people=f"person_id,grade\nA,{written}\n")

    assert only_problem(result).reason == "not a grade"
    assert result.case.records["reliability"].isna().all()


def test_a_record_without_a_grade_has_that_of_its_source(tmp_path):
    """And a grade of its own goes before it."""
    result = read_folder(
        tmp_path,
        sources="source_ref,reliability,credibility\nS,A,1\n",
        people="person_id,source_ref,grade\nA,S,\nB,S,D4\n",
    )
    people = result.case.records[result.case.records["table"] == "people"]

    assert (people["reliability"] + people["credibility"]).tolist() == ["A1", "D4"]


@pytest.mark.parametrize(
    ("written", "kept"), [("yes", "yes"), ("Có", "yes"), ("1", "yes"), ("KHÔNG", "no"), ("0", "no")]
)
def test_yes_and_no_in_two_languages(written, kept, tmp_path):
    """Whether a border was crossed legally."""
    result = read_folder(tmp_path, legs=f"event_id,kind,legal_exit\nE,crossed_border,{written}\n")

    assert result.case.events["legal_exit"].tolist() == [kept]


@pytest.mark.parametrize(
    ("written", "code"),
    [("VN", "VN"), ("vn", "VN"), ("Viet Nam", "VN"), ("Việt Nam", "VN"), ("Trung Quốc", "CN")],
)
def test_countries_are_names_or_codes(written, code, tmp_path):
    """In English, Vietnamese, with or without marks."""
    result = read_folder(tmp_path, people=f"person_id,country\nA,{written}\n")

    assert value_of(result.case, "A", "country") == code
    assert value_of(result.case, "A", "country_from") == "record"


def test_a_country_that_nobody_knows_is_told(tmp_path):
    """And kept in the record's words."""
    result = read_folder(tmp_path, people="person_id,country\nA,Wonderland\n")

    assert only_problem(result).reason == "unknown country"
    assert said_of(result.case, "A", "country_as_written") == ["Wonderland"]
    assert value_of(result.case, "A", "country") is None


def test_dates_keep_the_words_of_the_record(tmp_path):
    """What was read is beside what was written, so that anyone can judge the reading."""
    case = read_folder(
        tmp_path,
        people="person_id,role\nA,recruiter\nA2,\n",
        roles="person_id,role,first,last\nA,recruiter,khoảng tháng 5 năm 2019,2019-08\n",
        ties="source,target,first\nA,A2,03/05/2019\n",
        events="event_id,kind,date\nE,met,từ 03/2019 đến 05/2019\n",
    ).case
    written = [case.tables()[name]["dates_as_written"].dropna().tolist() for name in
               ("roles", "tie_records", "events")]  # fmt: skip

    assert case.tie_records["first"].dropna().tolist() == ["2019-05-03"]
    assert case.events["date"].tolist() == ["2019-03/2019-05"]
    assert written == [
        ["first: khoảng tháng 5 năm 2019"], ["first: 03/05/2019"], ["date: từ 03/2019 đến 05/2019"]
    ]  # fmt: skip


def test_a_mark_in_one_name_is_told_beside_a_name_in_another_script(tmp_path):
    """Direction marks are usual in Arabic, and hide something in a Latin name."""
    people = "person_id,name\nA,\u0639\u0644\u064a\nB,Lan\u200e\n"
    problem = only_problem(read_folder(tmp_path, people=people))

    assert (problem.row, problem.column) == (2, "name")
    assert problem.reason == "bidirectional mark U+200E"


def test_a_word_of_two_meanings_is_left_open(tmp_path):
    """ban without marks: bán, sold, or bạn, a friend."""
    result = read_file(tmp_path, "t.csv", "source,target,kind\nA,B,ban\nA,C,bạn\nA,D,bán\n")
    problem = only_problem(result)

    assert (problem.row, problem.reason) == (1, "a word of several meanings (kind of tie)")
    assert problem.hint == "the word is kept as it is written; write sold or friend_of"
    assert sorted(result.case.ties["kind"]) == ["friend_of", "sold", "tie"]
