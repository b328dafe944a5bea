"""Graph files: GraphML, and JSON with a node or an edge a line."""

import pytest

from ringmap.records import Limits, graph_files
from ringmap.records.graph_files import read_graph_xml
from ringmap.records.tabletext import RawTable
from rings import only_problem, problems, read_file, said_of, ties_of, value_of

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'


def read_graphml(tmp_path, inside):
    """What a GraphML file with this inside says."""
    return read_file(tmp_path, "net.graphml", GRAPHML.format(inside))


def test_graphml_gives_people_and_ties(tmp_path):
    """Attributes by their names, with what they are of."""
    inside = (
        '<key id="d0" for="node" attr.name="role"/><key id="d1" for="edge" attr.name="weight"/>'
        '<graph><node id="a"><data key="d0">recruiter</data></node><node id="b"/>'
        '<edge source="a" target="b"><data key="d1">3</data></edge></graph>'
    )
    result = read_graphml(tmp_path, inside)

    assert problems(result) == []
    assert ties_of(result.case) == [("a", "b", "tie", 3.0)]
    assert value_of(result.case, "a", "roles") == "recruiter"


def test_two_attributes_of_one_name_are_never_run_together(tmp_path):
    """The sum of 1 and 2 would be 12."""
    inside = (
        '<key id="k" attr.name="note"/><key id="l" attr.name="note"/><graph><node id="a">'
        '<data key="k">1</data><data key="l">2</data></node></graph>'
    )
    case = read_graphml(tmp_path, inside).case

    assert said_of(case, "a", "note") == ["1"]


@pytest.mark.parametrize("name", ["source", "target", "id"])
def test_an_attribute_cannot_change_an_end(name, tmp_path):
    """An attribute called "source" is a remark about the source, not the source."""
    inside = (
        f'<key id="k" attr.name="{name}"/><graph><node id="a"><data key="k">x</data></node>'
        '<node id="b"/><edge source="a" target="b"><data key="k">x</data></edge></graph>'
    )
    case = read_graphml(tmp_path, inside).case

    assert case.parties["id"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    "inside",
    ['<key for="node"/><graph><node id="a"/></graph>', "<graph><node/></graph>", "<graph>",
     '<graph><edge source="a"/></graph>', "<a>" * 200 + "</a>" * 200, "<graph>&x;</graph>"],
)  # fmt: skip
def test_damaged_graphml_is_fatal(inside, tmp_path):
    """One message with its line."""
    problem = only_problem(read_graphml(tmp_path, inside))

    assert (problem.severity, problem.line) == ("fatal", 1)


def test_entities_are_refused(tmp_path):
    """A few lines of them grow to gigabytes, or fetch a file."""
    text = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GRAPHML.format("&a;")
    problem = only_problem(read_file(tmp_path, "net.graphml", text))

    assert "entities" in problem.reason


def test_json_lines_give_people_and_ties_with_their_lines(tmp_path):
    """A property called "source" does not make an edge of a node."""
    text = (
        '# a comment\n{"type": "node", "id": "a", "properties": {"source": "list 1"}}\n'
        '{"type": "node", "id": 7}\n'
        '{"type": "edge", "source": "a", "target": 7, "properties": {"type": "called"}}\n'
    )
    case = read_file(tmp_path, "net.jsonl", text).case

    assert ties_of(case) == [("a", "7", "called", None)]
    assert case.records.sort_values(["table", "line"])["line"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    "line", ['{"type": "node"}', '{"type": "node", "id": "\\ud800"}', "3", '{"type": "edge"}']
)
def test_a_line_that_is_neither_node_nor_edge_is_refused(line, tmp_path):
    """The others are read."""
    result = read_file(tmp_path, "n.jsonl", f'{{"type":"node","id":"a"}}\n{line}\n')

    assert [(p.severity, p.line) for p in problems(result)] == [("refused", 2)]


def test_a_line_that_is_no_json_is_fatal(tmp_path):
    """What follows a line that breaks off cannot be told apart."""
    problem = only_problem(read_file(tmp_path, "n.jsonl", '{"type":"node","id":"a"}\n{\n'))

    assert (problem.severity, problem.line) == ("fatal", 2)


GEXF = '<gexf xmlns="http://gexf.net/1.3" version="1.3">{}</gexf>'


def test_remarks_and_ports_stay_with_their_nodes_and_edges(tmp_path):
    """They were lost without a word; what the graph says of itself is told."""
    inside = (
        '<desc>drawn by hand</desc><key id="t" for="graph" attr.name="title"/><graph>'
        '<data key="t">Case 7</data><node id="a"><desc>first</desc><port name="N"/></node>'
        '<node id="b"/><edge id="memo-9" source="a" target="b" sourceport="N">'
        "<desc>see memo</desc></edge></graph>"
    )
    result = read_graphml(tmp_path, inside)

    assert said_of(result.case, "a", "note") == ["first"]
    assert said_of(result.case, "a", "port") == ["N"]
    assert result.case.tie_records["note"].tolist() == ["see memo; id: memo-9; sourceport: N"]
    assert [(one.severity, one.row, one.reason) for one in problems(result)] == [
        ("warning", None, "what the graph says of itself is not kept: desc: drawn by hand"),
        ("warning", None, "what the graph says of itself is not kept: title: Case 7"),
    ]


def test_a_node_within_another_names_it(tmp_path):
    """As one that says so does."""
    inside = '<graph><node id="a"><graph><node id="b"/></graph></node></graph>'
    case = read_graphml(tmp_path, inside).case

    assert said_of(case, "b", "parent") == ["a"]


def test_when_a_value_held_is_kept_beside_it(tmp_path):
    """Of dynamic graphs the times were lost without a word."""
    inside = (
        '<graph><attributes class="node"><attribute id="0" title="work"/></attributes>'
        '<nodes><node id="a" start="2019-01" end="2019-02"><attvalues>'
        '<attvalue for="0" value="guard" start="2019" end="2020"/>'
        '<attvalue for="0" value="driver" start="2020"/></attvalues></node>'
        '<node id="b"><spells><spell start="2019"/><spell timestamp="2021"/></spells></node>'
        '</nodes><edges><edge id="0" source="a" target="b" start="2019-05-01"/></edges></graph>'
    )
    result = read_file(tmp_path, "net.gexf", GEXF.format(inside))
    case = result.case

    assert problems(result) == []
    assert said_of(case, "a", "spell") == ["2019-01/2019-02"]
    assert said_of(case, "a", "work (when)") == ["2019/2020; 2020/"]
    assert said_of(case, "a", "work (further)") == ["driver"]
    assert said_of(case, "b", "spell") == ["2019/; 2021"]
    assert case.ties["first"].tolist() == ["2019-05-01"]
    assert case.tie_records["note"].isna().all()


def test_nodes_with_a_start_an_end_and_a_type_are_nodes(tmp_path):
    """They were taken for the relationships of a database, and the ties refused."""
    keys = "".join(f'<key id="{name}" for="node"/>' for name in ("start", "end", "type"))
    data = "".join(f'<data key="{name}">x</data>' for name in ("start", "end", "type"))
    nodes = f'<node id="a">{data}</node><node id="b"/>'
    result = read_graphml(tmp_path, f'{keys}<graph>{nodes}<edge source="a" target="b"/></graph>')

    assert problems(result) == []
    assert ties_of(result.case) == [("a", "b", "tie", None)]


@pytest.mark.parametrize("at_once", [0, 3, 1000])
def test_nodes_stand_in_the_order_of_their_lines(at_once, monkeypatch):
    """A node ends behind those within it, and yet comes first, as do the names of its cells."""
    monkeypatch.setattr(graph_files, "_AT_ONCE", at_once)
    inside = (
        '<graph>\n<node id="a">\n<graph><node id="b"><data key="z">1</data></node></graph>\n'
        '<data key="y">2</data></node>\n<node id="c"><data key="x">3</data></node>\n</graph>'
    )
    whole = RawTable("net.graphml", "", "")
    (edges, _), (nodes, _) = read_graph_xml(GRAPHML.format(inside).encode(), whole, Limits())

    assert nodes.headings == ["id", "y", "parent", "z", "x"]
    assert [column.tolist() for column in nodes.columns] == [
        ["a", "b", "c"], ["2", None, None], [None, "a", None], [None, "1", None], [None, None, "3"],
    ]  # fmt: skip
    assert nodes.line.tolist() == [2, 3, 5]
    assert edges.headings == ["source", "target"]


def test_rows_that_are_told_together_are_all_there(tmp_path):
    """1,203 nodes and as many edges: more than are told at once, and some left at the end."""
    nodes = "".join(f'<node id="n{at}"/>' for at in range(1_203))
    edges = "".join(f'<edge source="n{at}" target="n{(at + 1) % 1203}"/>' for at in range(1_203))
    case = read_graphml(tmp_path, f"<graph>{nodes}{edges}</graph>").case

    assert len(case.parties) == len(case.ties) == 1_203
