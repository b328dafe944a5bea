"""Rows put into columns some at a time: the bound between two of them changes nothing."""

import json

import pytest

from ringmap.records import gathering, json_tables
from ringmap.records.gathering import GrowingCells, gather
from rings import canonical, read_file


def gathered(rows, width, *, most_missing=100):
    """What is made of rows, one on each line."""
    return gather(enumerate(rows, start=1), width, most_missing=most_missing)


def test_a_text_has_one_number_whenever_it_comes():
    """Spaces around it are none of it, and a blank cell is empty."""
    growing = GrowingCells()
    growing.add(["a ", " ", "b"])
    growing.skip(2)
    growing.add(["\u3000b", "c", "a"])
    cells = growing.finish()

    assert cells.tolist() == ["a", None, "b", None, None, "b", "c", "a"]
    assert (cells.codes.tolist(), cells.texts.tolist()) == (
        [0, -1, 1, -1, -1, 1, 2, 0],
        ["a", "b", "c"],
    )


@pytest.mark.parametrize("at_once", [0, 3, 1_000])
def test_rows_of_any_width_are_put_under_the_headings(at_once, monkeypatch):
    """The second lacks a cell; of the third two are left over, one of them with a comma."""
    monkeypatch.setattr(gathering, "_AT_ONCE", at_once)
    found = gathered([["1", "2"], ["3"], ["5", "6", "a,b", ""], ["7", "8"]], 2)

    assert [cells.tolist() for cells in found.columns] == [
        ["1", "3", "5", "7"],
        ["2", None, "6", "8"],
    ]
    assert (found.lines.tolist(), found.widths.tolist()) == ([1, 2, 3, 4], [2, 1, 4, 2])
    assert (found.missing, [found.surplus.of(place) for place in range(4)]) == (
        1,
        [[], [], ["a,b", ""], []],
    )


@pytest.mark.parametrize("at_once", [0, 1_000])
def test_missing_cells_are_counted_on_when_nothing_is_kept(at_once, monkeypatch):
    """Three rows of one cell lack two each, where five may be missing."""
    monkeypatch.setattr(gathering, "_AT_ONCE", at_once)
    found = gathered([["1"], ["2"], ["3"]], 3, most_missing=5)

    assert (found.missing, found.columns, found.widths.tolist()) == (6, [], [1, 1, 1])


ENTITY = {"id": "A", "schema": "Person", "properties": {"name": ["Ann"], "birthDate": ["1990"]}}
TIES = [
    {"source": "A", "target": "B", "kind": "called"},
    {"target": "C", "source": "B", "weight": 2, "note": "half \ud800"},
    5,
    {"source": "C", "target": "A"},
]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(TIES),
        "\n".join(map(json.dumps, TIES)),
        json.dumps([ENTITY, ENTITY | {"id": "B"}]),
        json.dumps({"directed": True, "nodes": [{"id": "A"}], "links": TIES}),
    ],
)
def test_json_is_the_same_however_many_rows_are_held(content, tmp_path, monkeypatch):
    """Keys that come later, another order of keys, a row that is none, half of a sign."""
    whole = read_file(tmp_path, "x.json", content)
    monkeypatch.setattr(json_tables, "_AT_ONCE", 0)
    one_by_one = read_file(tmp_path, "x.json", content)

    assert canonical(one_by_one.case) == canonical(whole.case)
    assert one_by_one.receipt.as_dict() == whole.receipt.as_dict()


@pytest.mark.parametrize(("directed", "expected"), [(True, "directed"), (False, "undirected")])
def test_a_graph_may_say_at_its_end_whether_it_has_a_direction(directed, expected, tmp_path):
    """As if it said so first; what an edge says itself goes before it."""
    edges = [
        {"source": "a", "target": "b"},
        {"source": "b", "target": "c", "direction": "directed"},
    ]
    graph = {"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "edges": edges}
    last = read_file(tmp_path, "x.json", json.dumps(graph | {"directed": directed})).case

    assert last.ties["direction"].tolist() == [expected, "directed"]


@pytest.mark.parametrize("text", ["[%s, %s]", "%s\n%s"])
def test_a_last_row_that_is_no_entity_makes_all_of_them_plain_rows(text, tmp_path):
    """The name within "properties" is then no name."""
    rows = [json.dumps(one) for one in (ENTITY, ENTITY | {"id": "B"})]
    entities = read_file(tmp_path, "x.json", text % tuple(rows)).case
    mixed = read_file(tmp_path, "x.json", text % (rows[0], json.dumps({"id": "B"}))).case

    assert "name" in entities.statements["column"].tolist()
    assert "name" not in mixed.statements["column"].tolist()
