"""Found with files made to mislead: spreadsheets, databases, charts and networks."""

import json
import sqlite3

import openpyxl
import pytest

from ringmap.records import read
from rings import problems, read_file, ties_of


def write_book(path, title, rows):
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("title", ["ties", "Sheet1"])
@pytest.mark.parametrize(
    ("rows", "ties"),
    [([("A", "B"), ("B", "C")], 2), ([("A", "B", 2), ("C", "D", 1)], 2), ([(1, 2), (2, 3)], 2)],
)
def test_a_first_row_of_a_sheet_is_a_row_where_one_of_a_text_is(rows, ties, title, tmp_path):
    """A sheet called ties lost it, with a warning or without."""
    write_book(tmp_path / "e.xlsx", title, rows)
    result = read(tmp_path / "e.xlsx")

    assert (result.receipt.rows_used, len(result.case.ties)) == (ties, ties)
    assert problems(result) == []


def test_columns_of_a_database_are_no_row(tmp_path):
    """Columns a and b are the ends of ties; that one is called "b" says nothing of the columns."""
    database = sqlite3.connect(tmp_path / "e.db")
    database.execute("CREATE TABLE ties (a TEXT, b TEXT)")
    database.executemany("INSERT INTO ties VALUES (?, ?)", [("b", "c"), ("x", "y")])
    database.commit()
    database.close()
    result = read(tmp_path / "e.db")

    assert [tie[:2] for tie in ties_of(result.case)] == [("b", "c"), ("x", "y")]
    assert problems(result) == []


def test_ties_of_names_without_headings_are_refused_with_what_to_do(tmp_path):
    """To call the first row source and target would lose it."""
    result = read_file(tmp_path, "ties.csv", "Mây,Sính\nSính,Pao\n")
    (problem,) = problems(result)

    assert problem.severity == "fatal"
    assert "put a line of headings above if this line is a row" in problem.hint


def test_a_link_drawn_backwards_is_turned_and_no_doubt_told(tmp_path):
    """It was turned, and told to be of unknown direction."""
    text = (
        "Entity 1 ID,Link Type,Link Direction,Entity 2 ID\n"
        "E1,Associate,<-,E2\nE1,Associate,->,E3\nE1,Associate,-,E4\n"
    )
    result = read_file(tmp_path, "links.csv", text)
    ties = result.case.ties
    names = result.case.parties["id"].tolist()

    assert problems(result) == []
    assert [(names[t.source], names[t.target], t.direction) for t in ties.itertuples()] == [
        ("E1", "E3", "directed"), ("E1", "E4", "undirected"), ("E2", "E1", "directed"),
    ]  # fmt: skip
    assert result.case.tie_records["note"].tolist()[2] == "Link Direction: <-"


def test_a_label_of_two_types_is_told_apart_by_the_row(tmp_path):
    """Ann and her telephone, which is labelled Ann; all ties of both were lost."""
    text = (
        "Entity 1 Label,Entity 1 Type,Link Type,Link Direction,Entity 2 Label,Entity 2 Type\n"
        "Ann,Person,Subscriber,->,Ann,Phone\nAnn,Telephone,Called,<-,0900000111,Phone\n"
        "Ann,Suspect,Associate,-,Bo,Person\n"
    )
    result = read_file(tmp_path, "links.csv", text)

    assert problems(result) == []
    assert [tie[:3] for tie in ties_of(result.case)] == [
        ("0900000111", "identifier:Ann", "called"),
        ("person:Ann", "identifier:Ann", "owns"),
        ("person:Ann", "Bo", "tie"),
    ]


def test_a_type_that_the_party_does_not_have_is_kept_with_the_tie(tmp_path):
    """Only what the party itself says is left out of the note."""
    text = "source,source_type,target,target_type\nAnn,person,Bo,Phone\n"
    case = read_file(tmp_path, "ties.csv", text).case

    assert case.tie_records["note"].tolist() == ["target_type: Phone"]


@pytest.mark.parametrize(
    ("matrix", "direction"),
    [(",A,B,C\nA,0,3,0\nB,x,0,1\nC,2,0,0\n", "directed"),
     (",A,B,C\nA,0,3,2\nB,x,0,1\nC,2,1,0\n", "undirected")],
)  # fmt: skip
def test_a_corrected_row_of_a_matrix_has_the_direction_of_its_file(matrix, direction, tmp_path):
    """One row alone is always the same on both sides of its diagonal."""
    refused = read_file(tmp_path, "m.csv", matrix)
    (rejected,) = refused.rejected
    again = read_file(tmp_path, "again.csv", rejected.text.replace("B,x,", "B,3,"))

    assert set(refused.case.ties["direction"]) == {direction}
    assert [tie[:2] for tie in ties_of(again.case)] == (
        [("B", "A"), ("B", "C")] if direction == "directed" else [("A", "B"), ("B", "C")]
    )
    assert set(again.case.ties["direction"]) == {direction}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ('"Ann "Blue" Lee"', 'Ann "Blue" Lee'), ('"Ann "Blue""', 'Ann "Blue"'),
        ('""Blue" Ann"', '"Blue" Ann'), ('"Ann \\"Blue\\" Lee"', 'Ann "Blue" Lee'),
        ('"Ann Lee"', "Ann Lee"), ('"C:\\Ann"', "C:\\Ann"),
    ],
)  # fmt: skip
def test_quotation_marks_within_a_label_of_pajek_are_part_of_it(label, name, tmp_path):
    """As networkx writes them, and as igraph does; what stands behind is kept apart."""
    text = f'*Vertices 2\n1 {label} 0.5 0.5 ic "dark red"\n2 Bo\n*Edges\n1 2\n'
    parties = read_file(tmp_path, "ring.net", text).case.parties

    assert parties["name"].tolist() == [name, "Bo"]


def test_a_name_of_followthemoney_with_a_semicolon_is_whole(tmp_path):
    """The first of its names was cut there."""
    rows = [
        {"id": "a", "schema": "Person", "properties": {"name": ["Lee; Ann", "Bo"]}},
        {"id": "b", "schema": "Company", "properties": {"name": ["Hoa; Ban Co"]}},
        {"id": "c", "schema": "Person", "properties": {"name": ["Cy", "Dee; Dee"]}},
    ]
    parties = read_file(tmp_path, "e.json", json.dumps(rows)).case.parties

    assert parties["name"].tolist() == ["Lee; Ann", "Hoa; Ban Co", "Cy"]


@pytest.mark.parametrize("sign", ["^", "~", ":"])
def test_rare_signs_between_cells_are_found(sign, tmp_path):
    """A comma may stand in a name."""
    text = "case_id^person^role\nC1^Lee, Ann^driver\nC1^Bo^organiser\n".replace("^", sign)
    result = read_file(tmp_path, "e.txt", text)

    assert problems(result) == []
    assert {"Lee, Ann", "Bo"} <= set(result.case.parties["name"])


@pytest.mark.parametrize(
    ("text", "headings"),
    [("start:time\n08:15\n08:15:30\n", "start:time"), ("08:15\n09:15\n", "08:15"),
     ("read me: now\nA,B\nC,D\n", "read me: now")],
)  # fmt: skip
def test_a_rare_sign_that_does_not_cut_all_lines_alike_is_none(text, headings, tmp_path):
    """Then the file has one column, and the message says which."""
    (problem, *_) = problems(read_file(tmp_path, "e.txt", text))

    assert problem.severity == "fatal"
    assert f"has the headings {headings}" in problem.reason


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"<html><body><table><tr><td>source</td></tr></table>", "a web page (HTML)"),
     (b"\xef\xbb\xbf\n<!DOCTYPE HTML>\n", "a web page (HTML)"),
     (b"7z\xbc\xaf\x27\x1c", "an archive"),
     (b"Rar!\x1a\x07", "an archive"), (b"PAR1\x15", "a Parquet file"), (b"{\\rtf1 a,b}", "(RTF)"),
     (b"\x00\x01\x00\x00Standard Jet DB\x00", "an Access database")],
)  # fmt: skip
def test_what_is_no_table_is_called_by_its_name(data, what, tmp_path):
    """Many programs save a web page as .xls; its first line was taken for headings."""
    (problem,) = problems(read_file(tmp_path, "list.xls", data))

    assert problem.severity == "fatal"
    assert problem.reason.startswith("this is ")
    assert what in problem.reason


@pytest.mark.parametrize(
    ("text", "form"),
    [("# A\nB 3\nC 2\n# B\nC 1\n", "LGL"), ("# A\nB\n", "LGL"),
     ('Creator "x"\nVersion 1\ngraph\n[\n  node\n  [\n    id 0\n  ]\n]\n', "GML"),
     ("graph [\n  directed 1\n]\n", "GML"), ("/* made */\ndigraph G {\n  A -> B;\n}\n", "DOT"),
     ("LEDA.GRAPH\nstring\nint\n", "LEDA")],
)  # fmt: skip
def test_graphs_in_forms_that_are_not_read_are_refused_by_name(text, form, tmp_path):
    """Of LGL with strengths each line was a tie: "#" with A, and B with 3."""
    (problem,) = problems(read_file(tmp_path, "g.txt", text))

    assert problem.severity == "fatal"
    assert problem.reason == f"this is a graph as {form}, which ringmap does not read"


@pytest.mark.parametrize(
    "text", ["# list\nsource,target\nA,B\n", "# list\nsource~target\nA~B\n", "graph,target\nA,B\n"]
)
def test_a_table_is_not_taken_for_a_graph(text, tmp_path):
    """A comment above it, or a word of a graph among its headings."""
    result = read_file(tmp_path, "g.csv", text)

    assert "which ringmap does not read" not in " ".join(one.reason for one in problems(result))
