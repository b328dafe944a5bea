"""The tables of a case folder as the keys of one JSON file."""

import json

import networkx
import pandas as pd
import pytest

from ringmap.records import read
from rings import (
    canonical,
    only_problem,
    problems,
    read_file,
    read_folder,
    said_of,
    ties_of,
    value_of,
    write_folder,
)

CSV = {
    "people": "person_id,name,born\nA,Ann,1990\nB,Bo,\n",
    "ties": "source,target,kind,weight\nA,B,called,2\n",
}


def test_json_says_the_same_as_csv(tmp_path):
    """Even the records' digests agree, so loading both counts once."""
    tables = {
        "people": [
            {"person_id": "A", "name": "Ann", "born": 1990},
            {"person_id": "B", "name": "Bo"},
        ],
        "ties": [{"source": "A", "target": "B", "kind": "called", "weight": 2}],
    }  # fmt: skip
    first = read_folder(tmp_path / "csv", **CSV).case
    second = read_file(tmp_path, "case.json", json.dumps(tables)).case

    assert canonical(first) == canonical(second)


@pytest.mark.parametrize("indent", [None, 0, 1, 4, "\t"])
@pytest.mark.parametrize("separators", [(",", ":"), (" , ", " : ")])
def test_space_around_signs_says_nothing(indent, separators, tmp_path):
    """An end of line between the end of a list and the end of the object was taken for damage."""
    tables = {
        "people": [{"person_id": "A", "name": "Ann"}, {"person_id": "B"}],
        "places": [],
        "ties": [{"source": "A", "target": "B", "kind": "called"}],
    }  # fmt: skip
    text = json.dumps(tables, indent=indent, separators=separators)
    result = read_file(tmp_path, "case.json", f"\n {text} \n")

    assert problems(result) == []
    assert result.receipt.rows_used == 3
    assert ties_of(result.case) == [("A", "B", "called", None)]


@pytest.mark.parametrize("orient", ["columns", "index"])
@pytest.mark.parametrize("indent", [0, 2])
def test_columns_of_rows_are_no_row(orient, indent, tmp_path):
    """What pandas writes unless told otherwise was one person called {"0": "Ann", …}."""
    table = pd.DataFrame({"case_id": ["C1", "C2"], "person": ["Ann", "Bo"]})
    problem = only_problem(
        read_file(tmp_path, "s.json", table.to_json(orient=orient, indent=indent))
    )

    assert problem.severity == "fatal"
    assert problem.reason.startswith("an object of objects")
    assert "orient='records'" in problem.hint


def test_a_key_twice_is_told_on_the_first_line_too(tmp_path):
    """A list on one line was taken for a table with commas."""
    problem = only_problem(
        read_file(tmp_path, "s.json", '[{"case_id":"C1","person":"A","person":"B"}]')
    )

    assert (problem.severity, problem.line) == ("fatal", 1)
    assert problem.reason == "not JSON (the key 'person' stands twice in one object)"


def test_a_list_of_rows_is_the_table_that_its_file_is_named_after(tmp_path):
    """In a folder, beside tables as CSV; it was refused with the advice to name it so."""
    folder = write_folder(tmp_path / "case", ties=CSV["ties"])
    (folder / "people.json").write_text('[{"person_id": "A", "name": "Ann"}, {"person_id": "B"}]')
    (folder / "places.json").write_text('[{"name": "no key"}]')
    result = read(folder)

    assert [(file.file, file.rows_used) for file in result.receipt.files] == [
        ("people.json", 2), ("places.json", 0), ("ties.csv", 1),
    ]  # fmt: skip
    assert only_problem(result).reason == "this file is not a table of a case folder"
    assert value_of(result.case, "A", "name") == "Ann"


def test_each_table_of_a_file_has_its_own_receipt(tmp_path):
    """Named after the file and the key."""
    text = '{"people": [{"person_id": "A"}], "legs": []}'
    receipt = read_file(tmp_path, "case.json", text).receipt

    assert [(file.file, file.format, file.rows_read) for file in receipt.files] == [
        ("case.json#people", "json", 1), ("case.json#legs", "json", 0)
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["1E5", "1.0", "-0", "123456789012345678901234567890", "NaN"])
def test_numbers_stay_as_they_are_written(number, tmp_path):
    """An id is text, even when JSON takes it for a number."""
    case = read_file(tmp_path, "c.json", f'{{"people": [{{"person_id": {number}}}]}}').case

    assert case.parties["id"].tolist() == [number]


def test_lists_truths_and_nulls_are_cells(tmp_path):
    """Several people, yes, and not recorded."""
    row = {"person_id": "A", "aliases": ["x", "y"], "armed": True, "note": None}
    case = read_file(tmp_path, "c.json", json.dumps({"people": [row]})).case

    assert said_of(case, "A", "aliases") == ["x;y"]
    assert said_of(case, "A", "armed") == ["yes"]
    assert said_of(case, "A", "note") == []


@pytest.mark.parametrize(
    "text",
    ["", "{", "[", "nonsense", "[" * 100_000, '{"people": 1}', '{"people": {}}', "[]", "3", "null",
     '{"peple": []}', '{"people": [], "people": []}',
     '{"people": [{"person_id": 1, "person_id": 2}]}'],
)  # fmt: skip
def test_what_is_no_case_file_is_fatal_in_one_message(text, tmp_path):
    """Broken, too deep, of another shape, or a key twice, of which one would be lost."""
    problem = only_problem(read_file(tmp_path, "c.json", text))

    assert problem.severity == "fatal"


def test_bytes_that_are_no_text_are_placed(tmp_path):
    """As in a CSV file: one broken byte among text that is plainly UTF-8."""
    people = [{"person_id": name} for name in ("Lò Thị Đào", "Vàng A Sùng")]
    text = json.dumps({"people": people}, ensure_ascii=False).encode()
    problem = only_problem(read_file(tmp_path, "c.json", text.replace(b"V", b"\xff")))

    assert problem.severity == "fatal"
    assert f"byte 0xFF at offset {text.index(b'V')}, line 1" in problem.reason


def test_rows_know_their_lines(tmp_path):
    """In JSON too a reader can go to the place."""
    text = '{"people": [\n {"person_id": "A"},\n\n {"person_id": ""}\n]}'
    problem = only_problem(read_file(tmp_path, "c.json", text))

    assert (problem.row, problem.line, problem.column) == (2, 4, "person_id")


def test_a_list_of_rows_is_a_table_by_its_keys(tmp_path):
    """As from a web service: here ties."""
    text = '[{"source": "A", "target": "B", "kind": "called"}]'

    assert ties_of(read_file(tmp_path, "c.json", text).case) == [("A", "B", "called", None)]


@pytest.mark.parametrize("edges", ["edges", "links"])
def test_nodes_and_links_are_a_graph(edges, tmp_path):
    """As networkx and Gephi write it; an independent library makes the file."""
    graph = networkx.Graph()
    graph.add_node("A", role="recruiter")
    graph.add_edge("A", "B", weight=2)
    text = json.dumps(networkx.node_link_data(graph, edges=edges))
    case = read_file(tmp_path, "g.json", text).case

    assert ties_of(case) == [("A", "B", "tie", 2.0)]
    assert value_of(case, "A", "roles") == "recruiter"


def test_half_a_sign_refuses_its_row(tmp_path):
    """A lone surrogate can be written to no file."""
    text = '{"people": [{"person_id": "A", "name": "\\ud800"}, {"person_id": "B"}]}'
    result = read_file(tmp_path, "c.json", text)

    assert [(p.severity, p.row) for p in problems(result)] == [("refused", 1)]
    assert result.case.parties["id"].tolist() == ["B"]


def test_a_row_that_is_no_object_is_refused(tmp_path):
    """The others are read."""
    result = read_file(tmp_path, "c.json", '{"people": [{"person_id": "A"}, 5, null]}')

    assert [(p.severity, p.row) for p in problems(result)] == [("refused", 2), ("refused", 3)]


def test_a_list_under_a_key_that_names_no_table_is_told(tmp_path):
    """A misspelt key must not lose a table without a word."""
    text = '{"people": [{"person_id": "A"}], "tiez": [{"source": "A", "target": "A"}]}'
    result = read_file(tmp_path, "c.json", text)

    assert only_problem(result).severity == "refused"
    assert result.receipt.files[1].file == "c.json#tiez"


def test_json_in_utf_16_with_its_mark_is_read(tmp_path):
    """As text files are."""
    result = read_file(tmp_path, "c.json", '{"people": [{"person_id": "Đ"}]}'.encode("utf-16"))

    assert result.case.parties["id"].tolist() == ["Đ"]


def test_keys_that_hold_no_rows_are_named(tmp_path):
    """They were passed over without a word."""
    text = '{"exported_by": "Hoa", "people": [{"person_id": "A"}], "meta": {"x": 1}}'
    problem = only_problem(read_file(tmp_path, "case.json", text))

    assert (problem.severity, problem.row) == ("warning", None)
    assert problem.reason == "not read, for they hold no list of rows: exported_by, meta"


@pytest.mark.parametrize(("directed", "expected"), [(True, "directed"), (False, "undirected")])
def test_a_graph_says_whether_its_ties_have_a_direction(directed, expected, tmp_path):
    """As networkx writes it, once for all edges; an edge of its own says so for itself."""
    edges = [
        {"source": "a", "target": "b"},
        {"source": "b", "target": "c", "direction": "directed"},
    ]
    nodes = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    text = json.dumps({"directed": directed, "nodes": nodes, "links": edges})
    case = read_file(tmp_path, "net.json", text).case

    assert case.ties["direction"].tolist() == [expected, "directed"]


def test_a_relationship_with_a_kind_keeps_its_label(tmp_path):
    """The label was lost where a property of the relationship is called type."""
    text = (
        '{"type": "relationship", "id": "7", "label": "KNOWS", "start": {"id": "a"}, '
        '"end": {"id": "b"}, "properties": {"type": "paid"}}\n'
    )
    (note,) = read_file(tmp_path, "net.jsonl", text).case.tie_records["note"]

    assert "label: KNOWS" in note
