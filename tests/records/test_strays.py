"""What stands in a sheet and is no record: sums, headings again, a second table, a cover."""

import io

import openpyxl
import pytest

from ringmap.records import read
from ringmap.workflow import write_rejected
from rings import problems, read_file

SUM = "a sum of other rows, and no record"
LIKE_SUM = "this looks like a sum of other rows; it is read like any other"
CASES = "case_id,person,role\n"


def told(result):
    """Severity, row and reason of each problem, in the order of rows."""
    return [(one.severity, one.row, one.reason) for one in problems(result)]


def book(path, **sheets):
    """A workbook of sheets given as rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


SUMS = (
    "Total,3,", "TOTAL,,", "Tổng cộng,12,", "Tổng số: 3,,", "Subtotal,1,2", '合计,"1,5",',
    "Cộng,50%,",
)  # fmt: skip


@pytest.mark.parametrize("row", SUMS)
def test_a_sum_of_rows_is_no_person(row, tmp_path):
    """Total and 3 were a case and a person in it, without a word."""
    result = read_file(tmp_path, "x.csv", f"{CASES}V1,Mây,victim\n{row}\nV2,Sính,recruiter\n")

    assert told(result) == [("refused", 2, SUM)]
    people = result.case.parties[result.case.parties["type"] == "person"]
    assert sorted(people["name"]) == ["Mây", "Sính"]


@pytest.mark.parametrize(
    "row", ["Tống,Mây,victim", "Total Access Ltd,Mây,victim", "V3,Total,victim"]
)
def test_a_name_that_is_like_such_a_word_is_a_name(row, tmp_path):
    """Tống is a family name, and a word further behind says nothing of the row."""
    result = read_file(tmp_path, "x.csv", f"{CASES}V1,Pao,victim\n{row}\n")

    assert told(result) == []
    assert result.receipt.rows_used == 2


def test_a_sum_with_words_beside_it_is_told(tmp_path):
    """Total may be what somebody calls a company."""
    result = read_file(tmp_path, "x.csv", f"{CASES}V1,Mây,victim\nTổng,3 người,\n")

    assert told(result) == [("warning", 2, LIKE_SUM)]
    assert result.receipt.rows_used == 2


def test_the_sums_of_a_matrix_are_told(tmp_path):
    """Total was the party with the strongest ties of all."""
    result = read_file(tmp_path, "x.csv", ",A,B,Total\nA,0,2,2\nB,2,0,2\nTotal,2,2,4\n")

    assert ("warning", 3, LIKE_SUM) in told(result)


def test_headings_that_stand_there_again_are_no_record(tmp_path):
    """As where two files were put one below the other."""
    result = read_file(tmp_path, "x.csv", f"{CASES}V1,Mây,victim\nCase_ID,person , role\nV2,Pao,\n")

    assert told(result) == [("refused", 2, "the headings stand here again")]
    assert result.receipt.rows_used == 2


@pytest.mark.parametrize("text", ["1,2\n2,3\n1,2\n", "a,b\nb,c\na,b\n"])
def test_a_tie_that_stands_twice_is_no_heading(text, tmp_path):
    """In a list without headings the first row is a tie as well."""
    result = read_file(tmp_path, "x.csv", text)

    assert (result.receipt.rows_read, result.receipt.rows_used) == (3, 3)


def test_the_numbers_of_columns_are_no_record(tmp_path):
    """Official forms have them below the headings; (2) was a person."""
    result = read_file(tmp_path, "x.csv", f"{CASES}(1),(2),(3)\nV1,Mây,victim\n")

    assert told(result) == [("refused", 1, "the numbers of the columns, and no record")]


def test_a_second_table_is_not_read_under_the_headings_of_the_first(tmp_path):
    """The ends of a tie were a person and his name."""
    text = "person_id,name,role\nP1,Ann,\nP2,Bo,\n\nsource,target,kind\nP1,P2,called\n"
    result = read_file(tmp_path, "x.csv", text)
    reason = "row 3 has the headings of another table (source, target, kind)"

    assert told(result) == [("refused", 3, reason), ("refused", 4, reason)]
    assert result.case.parties["name"].tolist() == ["Ann", "Bo"]


def test_parties_that_are_called_like_columns_are_parties(tmp_path):
    """Without a line between them they are rows like any other."""
    result = read_file(tmp_path, "x.csv", "source,target\nA,B\ncase,person\nC,D\n")

    assert (result.receipt.rows_read, result.receipt.rows_used) == (3, 3)


def test_tables_side_by_side_are_told(tmp_path):
    """What stands right of the empty column is read along with what stands left of it."""
    text = "person_id,name,,source,target\nP1,Ann,,P1,P2\n"

    assert told(read_file(tmp_path, "x.csv", text))[0] == (
        "warning", None,
        "column 3 is empty, and others stand behind it; they are read as one table",
    )  # fmt: skip


def test_a_table_that_begins_further_right_has_no_gap(tmp_path):
    """Empty columns before the first one part nothing."""
    rows = [[None, None, "case_id", "person"], [None, None, "V1", "Mây"]]
    result = read(book(tmp_path / "x.xlsx", Sheet1=rows))

    assert told(result) == []


def test_a_cover_beside_a_sheet_of_records_is_left_out(tmp_path):
    """It made the whole workbook fail; its rows are named, and the records used."""
    rows = [["case_id", "person"], ["V1", "Mây"]]
    path = book(tmp_path / "x.xlsx", Cover=[["Report"], ["secret"]], Title=[["2019"]], Data=rows)
    result = read(path)
    reason = "no table that ringmap knows has the headings {}; this sheet is left out"

    assert [(one.file, one.rows_read, one.rows_used) for one in result.receipt.files] == [
        ("x.xlsx#Cover", 1, 0), ("x.xlsx#Title", 0, 0), ("x.xlsx#Data", 1, 1)
    ]  # fmt: skip
    assert told(result) == [
        ("refused", 1, reason.format("Report")), ("warning", None, reason.format("2019"))
    ]  # fmt: skip


def test_a_workbook_without_a_sheet_of_records_is_refused(tmp_path):
    """Nothing of it is known."""
    path = book(tmp_path / "x.xlsx", Cover=[["Report"], ["secret"]], More=[["2019"], ["x"]])

    assert not read(path).receipt.accepted


def test_headings_below_a_title_are_found_for_the_message(tmp_path):
    """It says where they seem to stand, and what to do."""
    text = "Danh sách,,\nQuý 2/2019,,\ncase_id,person,role\nV1,Mây,victim\n"
    (problem,) = problems(read_file(tmp_path, "x.csv", text))

    assert problem.severity == "fatal"
    assert problem.hint == (
        "the headings seem to stand on line 3: say heading_line: 3 in a mapping, "
        "as ringmap check --suggest-mapping does"
    )


def test_merged_headings_are_told(tmp_path):
    """Only the first of the columns below has the heading."""
    made = openpyxl.Workbook()
    made.active.append(["case_id", "person", None])
    made.active.append(["V1", "Mây", "victim"])
    made.active.merge_cells("B1:C1")
    data = io.BytesIO()
    made.save(data)
    found = told(read_file(tmp_path, "x.xlsx", data.getvalue()))

    assert (
        "warning", None, "the headings B1:C1 are merged; the text counts for the first cell only"
    ) in found  # fmt: skip


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("person,case_id,age\nMây,1,20\nCộng,2,30\n", 2),
        ("source,target,weight\n1,2,3\nTotal,3,4\n", 2),
        ("source,target\n合计,2\nรวมศรี,4\n", 1),
        ("source,target,weight\nPao,Mây,1\nTotal,0900000001,3\n", 2),
    ],
)
def test_a_row_that_is_like_the_others_is_no_certain_sum(text, row, tmp_path):
    """A man called Cộng in case 2, and the company Total with a phone, were refused."""
    result = read_file(tmp_path, "x.csv", text)

    assert [one for one in told(result) if one[2] == LIKE_SUM] == [("warning", row, LIKE_SUM)]
    assert (result.receipt.rows_used, result.receipt.rows_refused) == (2, 0)


@pytest.mark.parametrize(
    "text", ["source,target\n(1),(2)\n(3),(1)\n", "source,target\n(3),(7)\nPao,Mây\n"]
)
def test_parties_with_numbers_in_brackets_are_no_numbers_of_columns(text, tmp_path):
    """(1) was refused with its tie, though another row names it too."""
    result = read_file(tmp_path, "x.csv", text)

    assert told(result) == []
    assert result.receipt.rows_used == 2


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("person_id,name\nP1,Mây\n\nid,person\nP2,Pao\n", 2),
        (f"{CASES}V1,Mây,victim\nTotal,3,\n,Pao,victim\n", 2),
        (f"{CASES}(1),(2),(3)\nV1,Mây,victim\n{CASES}", 2),
    ],
)
def test_refused_rows_that_nobody_corrected_are_refused_again(text, refused, tmp_path):
    """The headings of a second table were a person when they came from the reject file."""
    first = read_file(tmp_path, "x.csv", text)
    (path,) = write_rejected(first.rejected, tmp_path / "x-rejected.csv")
    again = read(path).receipt

    assert first.receipt.rows_refused == refused
    assert (again.rows_read, again.rows_used, again.rows_refused) == (refused, 0, refused)


@pytest.mark.parametrize(
    "text",
    [
        "source,target,weight\nPao,Mây,3\nTotal,7,5\n",
        "Pao,Mây,3\nTotal,7,5\n",
        "source,target,weight\nPao,Mây,3\n\nfrom,to,\nfrom,to,\n",
        "source,target,weight\nPao,Mây,3\nSua,,5\n",
        "source,target,weight\nPao,Mây,3\nSua,Dợ,-5\n",
    ],
)
def test_what_stands_in_refused_rows_of_a_list_is_no_party(text, tmp_path):
    """Total and 7 were people without a tie, though the row was refused."""
    result = read_file(tmp_path, "x.csv", text)

    assert result.receipt.rows_used == 1
    assert sorted(result.case.parties["party"]) == ["Mây", "Pao"]


def test_a_refused_row_beside_a_node_file_is_no_party_either(tmp_path):
    """A stranger to the node file was entered for each end of a list, of refused rows too."""
    (tmp_path / "nodes.csv").write_text("id,name\nP1,Pao\nP2,Mây\n")
    (tmp_path / "edges.csv").write_text(
        "source,target,weight\nP1,P2,3\nTotal,,5\nSua,,5\nPao2,P2,1\n"
    )
    case = read([tmp_path / "nodes.csv", tmp_path / "edges.csv"]).case

    assert sorted(case.parties["party"]) == ["P1", "P2", "Pao2"]
