"""Text to rows and cells: delimiters, line ends, quotation marks, too many cells and too few."""

import pytest

from rings import only_problem, read_file, read_folder, said_of, value_of


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(delimiter, line_end, tmp_path):
    """Spreadsheets of every country and decade."""
    rows = [["person_id", "name", "note"], ["A", "Ann", "x"], ["B", "Bo", "y"]]
    result = read_file(tmp_path, "people.csv", line_end.join(map(delimiter.join, rows)))

    assert result.receipt.rows_used == 2
    assert value_of(result.case, "B", "name") == "Bo"


def test_a_comma_within_a_number_does_not_win_over_the_semicolon(tmp_path):
    """Spreadsheets that write 1,5 delimit with semicolons."""
    result = read_file(tmp_path, "e.csv", "source;target;weight\nA;B;1,5\nB;C;2,5\n")

    assert result.receipt.rows_used == 2
    assert result.case.ties["weight"].tolist() == [1.5, 2.5]


def test_single_spaces_delimit_bare_lists(tmp_path):
    """The form in which many published networks come."""
    result = read_file(tmp_path, "e.txt", "0 1 4\n1 2 6\n")

    assert result.case.ties["weight"].tolist() == [4.0, 6.0]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_ends(tmp_path):
    """What stands between quotation marks is one cell."""
    note = 'He said ""go"", then\r\nleft; x\ty|z'
    result = read_folder(tmp_path, people=f'person_id,note\nA,"{note}"\nB,plain\n')

    assert said_of(result.case, "A", "note") == [note.replace('""', '"')]
    assert value_of(result.case, "B", "name") == "B"


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00"])
@pytest.mark.parametrize("mark", ["", '"'])
def test_signs_that_some_readers_take_for_line_ends_split_nothing(sign, mark, tmp_path):
    """Only CR and LF end a line; str.splitlines knows eight more."""
    text = f"person_id,name\nA,{mark}a{sign}b{mark}\nB,c\n"
    result = read_file(tmp_path, "people.csv", text)

    assert result.receipt.rows_read == 2
    assert value_of(result.case, "A", "name") == f"a{sign}b"


def test_a_quotation_mark_that_never_closes_gives_the_file_up(tmp_path):
    """Else it swallows every row behind it without a word."""
    problem = only_problem(
        read_folder(tmp_path, people='person_id,name\nA,Ann\nB,"Bo\nC,Cy\nD,Di\n')
    )

    assert (problem.severity, problem.line) == ("fatal", 3)
    assert "quotation mark" in problem.hint


def test_text_behind_a_closing_quotation_mark_gives_the_file_up(tmp_path):
    """Two readings are possible, and a guess would change a name."""
    problem = only_problem(read_folder(tmp_path, people='person_id,name\nA,"Ann"x\n'))

    assert (problem.severity, problem.line) == ("fatal", 2)


def test_a_row_with_cells_too_many_is_refused(tmp_path):
    """Nobody knows which cell is the extra one."""
    problem = only_problem(read_folder(tmp_path, people="person_id,name\nA,Ann\nB,Bo,x\n"))

    assert (problem.severity, problem.row, problem.line) == ("refused", 2, 3)
    assert problem.reason == "3 cells under 2 headings"


def test_a_row_with_cells_too_few_is_used_with_a_warning(tmp_path):
    """The missing cells count as not recorded."""
    result = read_folder(tmp_path, people="person_id,name,born\nA,Ann\n")

    assert only_problem(result).severity == "warning"
    assert value_of(result.case, "A", "name") == "Ann"
    assert said_of(result.case, "A", "born") == []


@pytest.mark.parametrize("text", ["", "\n\n", " , \n", "\ufeff"])
def test_an_empty_file_is_fatal(text, tmp_path):
    """A receipt of nothing must not look like success."""
    problem = only_problem(read_folder(tmp_path, people=text))

    assert (problem.severity, problem.reason) == ("fatal", "the file is empty")


def test_a_file_of_headings_only_is_a_table_without_rows(tmp_path):
    """A template that nobody filled in yet."""
    receipt = read_folder(tmp_path, people="person_id,name\n").receipt

    assert receipt.accepted
    assert receipt.rows_read == 0


def test_rows_of_empty_cells_are_no_rows(tmp_path):
    """Spreadsheets leave hundreds of ',,,' at the end."""
    result = read_folder(tmp_path, people="person_id,name\nA,Ann\n,\n , \n")

    assert result.receipt.rows_read == 1


@pytest.mark.parametrize(
    "written", ["NA", "None", "null", "nan", "1E5", "007", "1.0", "TRUE", "+84 912", "1/2", "#N/A"]
)
def test_cells_stay_as_they_are_written(written, tmp_path):
    """Ids with leading zeros, people called Null, phone numbers that look like sums."""
    result = read_folder(tmp_path, people=f"person_id,name\n{written},{written}\n")

    assert result.case.parties["id"].tolist() == [written]
    assert result.case.parties["name"].tolist() == [written]


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+1", "-1", "=HYPERLINK(0)"])
def test_formulas_are_text(formula, tmp_path):
    """Nothing in a record is ever worked out."""
    result = read_folder(tmp_path, people=f'person_id,name\nA,"{formula}"\n')

    assert value_of(result.case, "A", "name") == formula


def test_a_huge_cell_is_one_cell(tmp_path):
    """Whole statements of witnesses are pasted into notes."""
    note = "lời khai " * 100_000
    result = read_folder(tmp_path, people=f"person_id,note\nA,{note}\n")

    assert said_of(result.case, "A", "note") == [note.strip()]


def test_names_and_ids_of_ten_thousand_signs_are_kept(tmp_path):
    """No silent cut."""
    long = "Nguyễn" * 2000
    result = read_folder(tmp_path, people=f"person_id,name,role\n{long},{long},{long}\n")

    assert value_of(result.case, long, "name") == long


def test_many_columns_are_kept(tmp_path):
    """A questionnaire of five hundred questions."""
    headings = [f"q{number}" for number in range(500)]
    cells = [f"a{number}" for number in range(500)]
    text = ",".join(["person_id", *headings]) + "\n" + ",".join(["A", *cells]) + "\n"
    result = read_folder(tmp_path, people=text)

    assert said_of(result.case, "A", "q499") == ["a499"]
    assert len(result.case.statements) == 500


def test_columns_of_one_heading_are_all_kept(tmp_path):
    """The second is numbered; neither is lost."""
    result = read_folder(tmp_path, people="person_id,x,x,,\nA,1,2,3,4\n")

    assert said_of(result.case, "A", "x") == ["1"]
    assert said_of(result.case, "A", "x (2)") == ["2"]
    assert said_of(result.case, "A", "column 4") == ["3"]
    assert said_of(result.case, "A", "column 5") == ["4"]


def test_a_second_column_of_one_meaning_never_mixes_with_the_first(tmp_path):
    """Unchecked text must not pass for a checked country."""
    result = read_folder(tmp_path, people="person_id,country,country\nA,VN,Wonderland\n")

    assert said_of(result.case, "A", "country") == ["VN"]
    assert said_of(result.case, "A", "country (further)") == ["Wonderland"]
    assert only_problem(result).severity == "warning"


@pytest.mark.parametrize("heading", ["lat", "lon", "country_from", "kind", "born_as_written"])
def test_a_further_column_cannot_pass_for_what_is_worked_out(heading, tmp_path):
    """A column "lat" in a table of people is a further column, and may hold any text."""
    result = read_folder(tmp_path, people=f"person_id,{heading}\nA,north\n")

    assert said_of(result.case, "A", heading) == []
    assert said_of(result.case, "A", f"{heading} (further)") == ["north"]


def test_a_missing_key_names_the_column_and_what_stands_there(tmp_path):
    """The user sees what ringmap looked for, among what."""
    problem = only_problem(read_folder(tmp_path, people="\nname,age\nAnn,4\n"))

    assert (problem.severity, problem.column, problem.line) == ("fatal", "person_id", 2)
    assert problem.reason == "no column 'person_id' among the headings name, age"


def test_of_many_headings_a_message_names_the_first(tmp_path):
    """One message is one line that a person can read."""
    headings = ",".join(f"heading{number}" for number in range(1500))
    problem = only_problem(read_file(tmp_path, "people.csv", f"{headings}\n"))

    assert "1485 more" in problem.reason
    assert len(problem.reason) < 400


def test_a_table_of_thousands_of_columns_was_cut_wrongly(tmp_path):
    """It is refused at once, and its one row is counted as read and refused."""
    headings = ",".join(f"c{number}" for number in range(2001))
    result = read_file(tmp_path, "people.csv", headings + "\n" + "x," * 2000 + "x\n")

    assert "2001 headings" in only_problem(result).reason
    assert (result.receipt.rows_read, result.receipt.rows_refused) == (1, 1)


def test_a_long_value_is_cut_in_the_receipt(tmp_path):
    """A receipt shows where a cell is; it does not repeat 10,000 characters."""
    result = read_file(tmp_path, "people.csv", f"person_id,age\nA,{'9x' * 5000}\n")
    (_, problem) = next(iter(result.receipt.problems()))

    assert problem.value == f"{('9x' * 40)[:79]}…"
