"""Edge lists, with headings and without, with node files, and square matrices."""

import pandas as pd
import pytest

from ringmap.records import read
from rings import only_problem, problems, read_file, ties_of, value_of


@pytest.mark.parametrize(
    "text",
    ["source,target,weight\n0,1,4\n1,2,6\n", "from;to;count\n0;1;4\n1;2;6\n", "0\t1\t4\n1\t2\t6\n",
     "0 1 4\n1 2 6\n", "weight,target,source\n4,1,0\n6,2,1\n"],
)  # fmt: skip
def test_edge_lists_of_many_forms_are_one_network(text, tmp_path):
    """With headings or without, in any order of columns."""
    result = read_file(tmp_path, "list.txt", text)

    assert problems(result) == []
    assert ties_of(result.case) == [("0", "1", "tie", 4.0), ("1", "2", "tie", 6.0)]


def test_a_list_without_headings_counts_its_first_line_as_a_row(tmp_path):
    """Row 1 is line 1."""
    result = read_file(tmp_path, "list.csv", "1,2,3\n2,2,1\n")

    assert result.receipt.rows_read == 2
    assert [(p.row, p.line) for p in problems(result)] == [(2, 2)]


def test_a_list_without_headings_keeps_what_was_wrong_with_its_rows(tmp_path):
    """A row with a cell too many is not cut down to fit."""
    result = read_file(tmp_path, "list.csv", "\n1,2,3\n\n1,3,3,4\n2,3,1\n")

    assert [(p.severity, p.row, p.line) for p in problems(result)] == [("refused", 2, 4)]
    assert len(result.case.ties) == 2


def test_names_without_headings_are_not_guessed_at(tmp_path):
    """The first tie would vanish as headings."""
    result = read_file(tmp_path, "list.csv", "Ann,Bo\nBo,Cy\n")

    assert not result.receipt.accepted
    assert "Ann, Bo" in only_problem(result).reason


def test_a_pair_in_both_directions_is_told_with_both_strengths(tmp_path):
    """Two reports of one tie: the reader learns what became of the two weights."""
    problem = only_problem(read_file(tmp_path, "l.csv", "source,target,weight\nA,B,5\nB,A,6\n"))

    assert (problem.severity, problem.row, problem.line) == ("warning", 2, 3)
    assert problem.reason == "the pair of row 1 the other way round with strength 6, there 5"
    assert "larger" in problem.hint


def test_a_pair_that_stands_twice_is_told(tmp_path):
    """Two records of one tie."""
    result = read_file(tmp_path, "l.csv", "source,target,weight\nA,B,5\nA,B,5\n")

    assert only_problem(result).reason == "the pair of row 1 again"
    assert ties_of(result.case) == [("A", "B", "tie", 5.0)]
    assert len(result.case.tie_records) == 2


def test_a_pair_of_another_kind_or_case_is_another_tie(tmp_path):
    """Nothing to tell."""
    text = "source,target,kind,case_id\nA,B,called,C1\nA,B,paid,C1\nA,B,called,C2\nB,A,called,C1\n"
    result = read_file(tmp_path, "l.csv", text)

    assert problems(result) == []
    assert len(result.case.ties) == 4


def test_an_undirected_pair_is_one_tie_either_way(tmp_path):
    """Kin are kin both ways round."""
    result = read_file(tmp_path, "l.csv", "source,target,kind\nA,B,kin_of\nB,A,kin_of\n")

    assert ties_of(result.case) == [("A", "B", "kin_of", None)]
    assert len(result.case.tie_records) == 2


def test_many_repeated_pairs_are_each_told(tmp_path):
    """Ten pairs, a hundred rows each."""
    rows = "".join(f"P{number % 10},Q{number % 10}\n" for number in range(1000))
    result = read_file(tmp_path, "l.csv", f"source,target\n{rows}")

    assert sum(problem.count for problem in problems(result)) == 990


def test_a_node_file_beside_the_edge_list_is_read(tmp_path):
    """X_edges.csv and X_nodes.csv belong together; people without ties stay."""
    (tmp_path / "x_nodes.csv").write_text("id,label,role\nA,Ann,recruiter\nB,Bo,\nZ,Zoe,\n")
    result = read_file(tmp_path, "x_edges.csv", "source,target\nA,B\n")

    assert [file.file for file in result.receipt.files] == ["x_edges.csv", "x_nodes.csv"]
    assert value_of(result.case, "A", "name") == "Ann"
    assert value_of(result.case, "A", "roles") == "recruiter"
    assert len(result.case.parties) == 3


def test_an_end_that_the_node_file_lacks_is_kept_and_told(tmp_path):
    """Field data are rarely complete."""
    (tmp_path / "x_nodes.csv").write_text("id\nA\n")
    result = read_file(tmp_path, "x_edges.csv", "source,target\nA,B\n")

    assert only_problem(result).value == "B"
    assert len(result.case.ties) == 1


def test_an_edge_list_and_a_node_file_may_be_named(tmp_path):
    """Two files, in either order."""
    (tmp_path / "n.csv").write_text("id,name\nA,Ann\nB,Bo\n")
    (tmp_path / "e.csv").write_text("source,target\nA,B\n")
    first = read([tmp_path / "e.csv", tmp_path / "n.csv"]).case
    second = read([tmp_path / "n.csv", tmp_path / "e.csv"]).case

    assert value_of(first, "A", "name") == value_of(second, "A", "name") == "Ann"


def test_ties_csv_by_itself_takes_no_node_file_along(tmp_path):
    """A table of a case folder is not a bare edge list."""
    (tmp_path / "nodes.csv").write_text("id\nA\n")
    result = read_file(tmp_path, "ties.csv", "source,target\nA,B\n")

    assert problems(result) == []
    assert [file.file for file in result.receipt.files] == ["ties.csv"]


def test_a_symmetric_matrix_has_ties_without_direction(tmp_path):
    """One tie for the two cells of a pair."""
    case = read_file(tmp_path, "m.csv", ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,0\n").case

    assert ties_of(case) == [("A", "B", "tie", 1.0), ("B", "C", "tie", 2.0)]
    assert set(case.ties["direction"]) == {"undirected"}


def test_an_asymmetric_matrix_is_read_from_row_to_column(tmp_path):
    """A to B 1, B to A 3."""
    case = read_file(tmp_path, "m.csv", ",A,B\nA,0,1\nB,3,0\n").case

    assert ties_of(case) == [("A", "B", "tie", 1.0), ("B", "A", "tie", 3.0)]
    assert set(case.ties["direction"]) == {"directed"}


def test_the_labels_of_a_matrix_may_come_in_any_order(tmp_path):
    """Rows C, A; columns A, C, B."""
    case = read_file(tmp_path, "m.csv", ",A,C,B\nC,1,0,0\nB,0,0,0\nA,0,1,0\n").case

    assert ties_of(case) == [("A", "C", "tie", 1.0)]
    assert case.parties["id"].tolist() == ["A", "B", "C"]


@pytest.mark.parametrize("cell", ["x", "-1", "inf", "unknown", "nan", "1e16"])
def test_a_bad_cell_of_a_matrix_refuses_its_row_only(cell, tmp_path):
    """What the other rows say of the same pairs is used, still without direction."""
    text = f',A,B,C\nA,0,1,"{cell}"\nB,1,0,2\nC,1,2,0\n'
    result = read_file(tmp_path, "m.csv", text)
    problem = only_problem(result)

    assert (problem.severity, problem.row, problem.column) == ("refused", 1, "C")
    assert ties_of(result.case) == [
        ("A", "B", "tie", 1.0), ("A", "C", "tie", 1.0), ("B", "C", "tie", 2.0)
    ]  # fmt: skip
    assert set(result.case.ties["direction"]) == {"undirected"}


def test_a_matrix_may_have_commas_before_fractions(tmp_path):
    """13,25 shows the comma, so 1.234 is one thousand two hundred and thirty-four."""
    result = read_file(tmp_path, "m.csv", ";A;B;C\nA;0;13,25;1.234\nB;13,25;0;2\nC;1.234;2;0\n")

    assert problems(result) == []
    assert ties_of(result.case) == [
        ("A", "B", "tie", 13.25), ("A", "C", "tie", 1234.0), ("B", "C", "tie", 2.0)
    ]  # fmt: skip


def test_a_comma_of_two_meanings_refuses_its_row_of_a_matrix(tmp_path):
    """1,234 may be a thousand and more, or little above one."""
    problem = only_problem(read_file(tmp_path, "m.csv", ";A;B\nA;0;1,234\nB;3;0\n"))

    assert (problem.severity, problem.row, problem.column, problem.value, problem.reason) == (
        "refused", 1, "B", "1,234", "not a strength"
    )  # fmt: skip


def test_a_corrected_row_of_a_matrix_is_read_as_one(tmp_path):
    """Alone it was a tie from 0 to 2, as A and B are names of columns of an edge list."""
    rejected = "A,0,2,3\n"
    result = read_file(tmp_path, "rejected.csv", f",A,B,C\n{rejected}")

    assert ties_of(result.case) == [("A", "B", "tie", 2.0), ("A", "C", "tie", 3.0)]
    assert only_problem(result).reason.startswith("rows of the matrix are missing")


def test_three_ties_in_numbers_are_no_matrix(tmp_path):
    """The sources 2 and 3 were the labels of rows, the first tie those of columns."""
    result = read_file(tmp_path, "list.csv", "1,2,3\n2,3,5\n3,4,1\n")

    assert problems(result) == []
    assert ties_of(result.case) == [
        ("1", "2", "tie", 3.0), ("2", "3", "tie", 5.0), ("3", "4", "tie", 1.0),
    ]  # fmt: skip


def test_a_matrix_with_a_label_twice_is_refused(tmp_path):
    """Two columns "9" cannot be told apart, as in a published network."""
    problem = only_problem(read_file(tmp_path, "m.csv", ",9,9,1\n9,0,1,1\n9,1,0,1\n1,1,1,0\n"))

    assert problem.severity == "fatal"
    assert "two columns have the label 9" in problem.reason


def test_a_matrix_row_that_stands_twice_is_refused(tmp_path):
    """The second of two rows A."""
    result = read_file(tmp_path, "m.csv", ",A,B\nA,0,1\nB,1,0\nA,0,5\n")

    assert [(p.severity, p.row) for p in problems(result)] == [("refused", 3)]
    assert ties_of(result.case) == [("A", "B", "tie", 1.0)]


@pytest.mark.parametrize(
    ("text", "parties", "told"),
    [
        ("case_id,person,a,b\nC1,Ann,x,y\n", ["Ann", "C1"], "'a' and 'b'"),
        ("a,b,case_id,person,role\nx,y,C1,Ann,victim\n", ["Ann", "C1"], "'a' and 'b'"),
        ("Mã vụ án,Họ và tên,from,to\nC1,Ann,x,y\n", ["Ann", "C1"], "'from' and 'to'"),
        ("person_id,name,i,j\nP1,Ann,x,y\n", ["Ann"], "'i' and 'j'"),
        ("identifier_id,kind,value,b,a\nI1,phone,0912,1,2\n", ["0912"], "'b' and 'a'"),
        ("case_id,title,a,b\nC1,One,x,y\n", ["C1"], "'a' and 'b'"),
    ],
)
def test_headings_that_may_be_ends_make_no_edge_list_of_another_table(
    text, parties, told, tmp_path
):
    """A sheet with columns a and b was taken for ties, and its people were gone."""
    result = read_file(tmp_path, "list.csv", text)

    assert sorted(result.case.parties["name"]) == parties
    assert only_problem(result).reason == f"the columns {told} are not read as ends of ties"


def test_events_lead_from_a_place_to_a_place(tmp_path):
    """From and to are places there, and nobody's name."""
    result = read_file(
        tmp_path, "list.csv", "event_id,kind,date,from,to\nE1,transported,2019,L1,L2\n"
    )

    assert problems(result) == []
    assert set(result.case.parties["type"]) == {"place"}
    assert len(result.case.events) == 1


def test_an_edge_list_that_could_be_a_case_sheet_is_told_of(tmp_path):
    """Source and target are ends of ties whatever stands beside them."""
    text = "case_id,person,source,target\nC1,Ann,x,y\n"
    result = read_file(tmp_path, "list.csv", text)

    assert [tie[:2] for tie in ties_of(result.case)] == [("x", "y")]
    assert only_problem(result).reason.startswith("read as an edge list, though it names a case")


@pytest.mark.parametrize("headings", ["case_id,from,to,kind", "kind,a,b,case_id", "case,a,b"])
def test_ties_may_begin_with_their_case(headings, tmp_path):
    """A case beside two ends is that of the tie."""
    cells = {"case_id": "C1", "case": "C1", "kind": "paid", "from": "x", "a": "x", "to": "y"}
    row = ",".join(cells.get(one, "y") for one in headings.split(","))
    result = read_file(tmp_path, "list.csv", f"{headings}\n{row}\n")

    assert problems(result) == []
    assert [tie[:2] for tie in ties_of(result.case)] == [("x", "y")]


def test_a_sheet_with_a_kind_and_letters_is_a_sheet_in_a_folder(tmp_path):
    """Beside tables of a case folder too."""
    (tmp_path / "people.csv").write_text("person_id,name\nP1,Ann\n")
    (tmp_path / "book.csv").write_text("a,b,case_id,person,kind\n1,2,C1,Bo,x\n")
    result = read(tmp_path)

    assert sorted(result.case.parties["name"]) == ["Ann", "Bo", "C1"]
    assert result.receipt.rows_refused == 0


def test_further_columns_stand_behind_the_note_of_a_tie(tmp_path):
    """Each with its heading, in the order of the file; an empty one says nothing."""
    text = "source,target,note,colour,code\nA,B,seen,red,7\nB,C,,,8\nC,D,seen,,\nD,A,,,\n"
    notes = read_file(tmp_path, "x.csv", text).case.tie_records["note"]

    assert [None if pd.isna(one) else one for one in notes] == [
        "seen; colour: red; code: 7", "code: 8", "seen", None,
    ]  # fmt: skip
