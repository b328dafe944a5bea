"""UCINET DL and Pajek: read as igraph reads them, and as networkx writes them."""

import tempfile
from pathlib import Path

import igraph
import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringmap.records import networks, read
from rings import only_problem, problems, read_file, said_of, ties_of, value_of

SIZES = st.integers(2, 6)


def told(text, name="net.dl"):
    """Ties of a file's text, by name, as source, target, strength."""
    with tempfile.TemporaryDirectory() as folder:
        result = read_file(Path(folder), name, text)
    return [(a, b, w) for a, b, _, w in ties_of(result.case)]


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("dl n=3 format=fullmatrix\nlabels:\nann,bo,\"Cy D\"\ndata:\n0 1 0\n1 0 2\n0 2 0\n",
         [("Cy D", "bo", 2.0), ("ann", "bo", 1.0)]),
        ("DL N = 3\nFORMAT = EDGELIST1\nLABELS EMBEDDED:\nDATA:\nann bo 2\nbo cy\n",
         [("ann", "bo", 2.0), ("bo", "cy", None)]),
        ("dl n=3 format=edgelist1\nlabels:\na b c\ndata:\n1 2 4\n2 3 5\n",
         [("a", "b", 4.0), ("b", "c", 5.0)]),
        ("dl n=3 format=nodelist1\nlabels:\na b c\ndata:\n1 2 3\n2 3\n",
         [("a", "b", None), ("a", "c", None), ("b", "c", None)]),
        ("dl nr=2 nc=3\nrow labels:\na,b\ncolumn labels:\nx,y,z\ndata:\n1 0 1\n0 1 0\n",
         [("a", "x", 1.0), ("a", "z", 1.0), ("b", "y", 1.0)]),
        ("dl n=3, format=lowerhalf diagonal=absent\nlabels:\na,b,c\ndata:\n1\n0 1\n",
         [("a", "b", 1.0), ("b", "c", 1.0)]),
        ("dl n=3, format=upperhalf diagonal=absent\nlabels:\na,b,c\ndata:\n1 0\n2\n",
         [("a", "b", 1.0), ("b", "c", 2.0)]),
        ("dl n=2 format=fullmatrix labels embedded\ndata:\n a b\na 0 1\nb 0 0\n",
         [("a", "b", 1.0)]),
        ("dl n=2\ndata:\n0 3\n0 0\n", [("1", "2", 3.0)]),
        ("dl n=3 diagonal absent\nlabels:\na,b,c\ndata:\n1 0\n1 2\n0 2\n",
         [("a", "b", 1.0), ("b", "c", 2.0)]),
        ("dl n=2 labels embedded\ndata:\n a b\na 0 4\nb 4 0\n", [("a", "b", 4.0)]),
        ("dl n=3 format=nodelist1b\nlabels:\na b c\ndata:\n2 2 3\n0\n\n1 2\n",
         [("a", "b", None), ("a", "c", None), ("c", "b", None)]),
        ("dl nr=2 nc=2 format=nl2\nrow labels:\na,b\ncol labels:\nx,y\ndata:\n2 1 2\n",
         [("b", "x", None), ("b", "y", None)]),
        ("dl n 3, format=el1\ndata:\n1 2 4\n3 1\n", [("1", "2", 4.0), ("3", "1", None)]),
        ("dl n=3 format=edgearray1\nlabels:\na,b,c\ndata:\n1 2 5\n2 3 0\n",
         [("a", "b", 5.0)]),
        ("dl nr=2 nc=2 format=edgearray2 labels embedded\ndata:\na x 5\nb x 2.5\n",
         [("a", "x", 5.0), ("b", "x", 2.5)]),
    ],
)  # fmt: skip
def test_a_dl_file_gives_its_ties(text, ties):
    """Worked out by hand from UCINET's description of each form."""
    assert sorted(told(text), key=str) == sorted(ties, key=str)


@pytest.mark.parametrize("heading", ["matrix labels", "level labels"])
def test_several_matrices_are_several_kinds_of_tie(heading, tmp_path):
    """Each matrix label is a kind; level labels were taken for the names of the parties."""
    text = f"dl n=2 nm=2\nlabels:\na,b\n{heading}:\ncalled,paid\ndata:\n0 1\n0 0\n0 0\n3 0\n"
    case = read_file(tmp_path, "net.dl", text).case

    assert ties_of(case) == [("a", "b", "called", 1.0), ("b", "a", "paid", 3.0)]


def test_lists_of_several_matrices_are_parted_by_a_mark(tmp_path):
    """A line with nothing but ! begins the next matrix; it was taken for a broken tie."""
    text = (
        "dl n=3 nm=2 format=edgelist1\nlabels:\na,b,c\nmatrix labels:\ncalled,paid\ndata:\n"
        "1 2 4\n!\n1 2 9\n3 1\n"
    )
    result = read_file(tmp_path, "net.dl", text)

    assert problems(result) == []
    assert ties_of(result.case) == [
        ("a", "b", "called", 4.0), ("a", "b", "paid", 9.0), ("c", "a", "paid", None),
    ]  # fmt: skip


def test_an_edge_array_has_a_value_of_each_matrix(tmp_path):
    """Three values stand behind two ends; a nought is no tie."""
    text = (
        "dl n=3 nm=3 format=edgearray1\nlabels embedded\nmatrix labels:\ncalled,paid,seen\n"
        "data:\na b 5 0 1\nb c 0 0 0\nc a 0 2.5 0\n"
    )
    case = read_file(tmp_path, "net.dl", text).case

    assert sorted(case.parties["party"]) == ["a", "b", "c"]
    assert [(a, b, w) for a, b, _, w in ties_of(case)] == [
        ("a", "b", 5.0), ("a", "b", 1.0), ("c", "a", 2.5),
    ]  # fmt: skip


def test_matrices_without_labels_are_told_apart_by_number(tmp_path):
    """Which matrix a tie comes from stays with its record."""
    text = "dl n=3 nm=2 format=edgelist1\ndata:\n1 2\n!\n2 3\n"
    case = read_file(tmp_path, "net.dl", text).case

    assert list(case.tie_records["as_written"]) == ["matrix 1", "matrix 2"]


def test_a_rank_is_no_strength(tmp_path):
    """It is an order within what one party said: kept with the tie, and never counted."""
    text = "dl n=4 format=rankedlist1\nlabels:\na,b,c,d\ndata:\n1 3 2 4\n4 1\n"
    result = read_file(tmp_path, "net.dl", text)
    case = result.case

    ties = case.ties.loc[case.tie_records["tie"]].reset_index(drop=True)
    names = case.parties["party"]
    assert [
        (names[a], names[b], direction, note)
        for a, b, direction, note in zip(
            ties["source"], ties["target"], ties["direction"], case.tie_records["note"], strict=True
        )
    ] == [
        ("a", "b", "directed", "rank 2"), ("a", "c", "directed", "rank 1"),
        ("a", "d", "directed", "rank 3"), ("d", "a", "directed", "rank 1"),
    ]  # fmt: skip
    assert case.tie_records["weight"].isna().all()
    told = [one.reason for one in problems(result) if one.row is None]
    assert told == [
        "the order in which a party names others is kept as a note (rank 1, rank 2 …), "
        "not as strength: it tells who comes first, and not by how much"
    ]


def test_a_ranked_list_of_two_sets_parts_them(tmp_path):
    """Row 1 and column 1 are two parties."""
    text = "dl nr=2 nc=2 format=rankedlist2\ndata:\n1 2 1\n"
    case = read_file(tmp_path, "net.dl", text).case

    assert [(a, b) for a, b, _, _ in ties_of(case)] == [("r1", "c1"), ("r1", "c2")]
    assert sorted(case.parties["party"]) == ["c1", "c2", "r1", "r2"]


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("blockmatrix", "'blockmatrix' holds rules by which UCINET fills a matrix"),
        ("bm", "'blockmatrix' holds rules by which UCINET fills a matrix"),
        ("partition", "'partition' holds groups, and no ties"),
    ],
)
def test_what_holds_no_recorded_ties_is_refused_with_advice(form, holds, tmp_path):
    """A rule that fills a matrix is a hypothesis, and no record of anybody."""
    text = f"dl n=4 format={form}\ndata:\nrows 1 to 2\ncols 3 to 4\nvalue = 1\n"
    problem = only_problem(read_file(tmp_path, "n.dl", text))

    assert (problem.severity, problem.line) == ("fatal", 1)
    assert problem.reason == f"not a DL file that can be read: the format {holds}"
    assert problem.hint == (
        "open it in UCINET and export it as fullmatrix (Data > Export > DL), "
        "if somebody recorded the ties that it makes"
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("dl n=3 format=nodelist1b\ndata:\n2 2 3\n0\n", 5, "2 rows for 3 parties"),
        ("dl n=2 format=nodelist1b\ndata:\n2 2\n0\n", 3, "1 ties where 2 belong"),
        ("dl n=2 format=nodelist1b labels embedded\ndata:\n1 b\n0\n", 1,
         "a list of the format 'nodelist1b' has numbers, not labels"),
        ("dl n=2 nm=2 format=edgelist1\ndata:\n1 2\n", 4, "1 matrices where nm=2"),
        ("dl n=2 format=edgelist1\ndata:\n1 2\n!\n2 1\n", 4,
         "'!' begins another matrix than nm=1"),
        ("dl n=2 nm=2 format=edgearray1\ndata:\n1 2 5\n", 3,
         "3 words where two ends and a value for each of nm=2 matrices belong"),
        ("dl nr=2 nc=3 format=edgelist1\ndata:\n1 2\n", 1,
         "the format 'edgelist1' has the same parties in rows and columns, "
         "and the head gives nr and nc"),
        ("dl n=3\ndata:\n0 1 0\n1 0 2\n0 2\n", 5, "the numbers end too early"),
        ("dl n=2\ndata:\n0 1 1\n1 0\n", 4, "1 numbers too many"),
        ("dl n=2\ndata:\n0 x\n1 0\n", 3, "'x' is not a number"),
        ("dl n=2\nlabels:\na,b,c\ndata:\n0 1\n1 0\n", 3, "3 labels for 2 parties"),
        ("dl n=2 format=edgelist1\nlabels:\na,b\ndata:\n1 3\n", 5, "no party 3 among 2"),
        ("dl n=2 format=other\ndata:\n", 1, "the format 'other' is not known"),
        ("dl n=9999999\ndata:\n1\n", 1, "'n=9999999' is no number from 1 to 20,000"),
        ("dl n=2\nlabels:\na,b\n", 1, "no section 'data:'"),
        ("dl nr=2 nc=2\nlabels:\na\ndata:\n0 1\n1 0\n", 3, "1 labels for 2 parties"),
        ("dl n=2 nr=3\nlabels:\na,b\ndata:\n1 1\n1 1\n1 1\n", 3, "2 labels for 3 parties"),
        ("dl nr=2 nc=1 format=lowerhalf\ndata:\n1\n1 1\n", 1,
         "the format 'lowerhalf' has as many rows as columns"),
        ("dl n=2 format=edgelist1\ndata:\n1 3\n", 3, "no party 3 among 2"),
        ("dl n=2\nlabels:\na,a\ndata:\n0 1\n1 0\n", 3, "the label 'a' stands twice"),
        ("dl n=2 labels embedded\ndata:\na b\na 0 1\na 1 0\n", 5, "the label 'a' stands twice"),
        ("dl n=2\nlabels:\na,b\nlabels:\nc,d\ndata:\n0 1\n1 0\n", 4,
         "a second section 'labels:'"),
    ],
)  # fmt: skip
def test_a_damaged_dl_file_is_fatal_with_its_line(text, line, reason, tmp_path):
    """Nothing of half a matrix is used."""
    problem = only_problem(read_file(tmp_path, "n.dl", text))

    assert (problem.severity, problem.line) == ("fatal", line)
    assert problem.reason.endswith(reason)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("dl n=4 format=edgelist1\ndata:\n1 2\n", ["1", "2", "3", "4"]),
        ("dl nr=2 nc=2 format=nodelist2\ndata:\n1 2\n", ["c1", "c2", "r1", "r2"]),
        ("dl n=3 format=nodelist1 labels embedded\ndata:\nann bo\ncy\n", ["ann", "bo", "cy"]),
    ],
)
def test_a_party_without_ties_is_listed(text, parties, tmp_path):
    """In a list of ties or nodes too; it was lost without a word."""
    result = read_file(tmp_path, "n.dl", text)

    assert problems(result) == []
    assert sorted(result.case.parties["party"]) == parties


@pytest.mark.parametrize(("number", "named"), [(2, 3), (5, 3)])
def test_a_number_of_parties_that_does_not_fit_is_told(number, named, tmp_path):
    """Where labels are embedded, the head alone says how many there are."""
    text = f"dl n={number} format=edgelist1 labels embedded\ndata:\nann bo\nbo cy\n"
    problem = only_problem(read_file(tmp_path, "n.dl", text))

    assert (problem.severity, problem.reason) == (
        "warning", f"n={number} in the head, and {named} parties"
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_matrix_is_read_as_igraph_reads_it(data):
    """Directed and undirected, with labels, of ones and noughts, which is all that igraph reads."""
    size = data.draw(SIZES)
    rows = data.draw(
        st.lists(st.lists(st.integers(0, 1), min_size=size, max_size=size), min_size=size,
                 max_size=size)
    )  # fmt: skip
    names = [f"p{number}" for number in range(size)]
    matrix = "\n".join(" ".join(map(str, row)) for row in rows)
    text = f"DL n={size}\nformat = fullmatrix\nlabels:\n{','.join(names)}\ndata:\n{matrix}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.dl"
        path.write_text(text)
        theirs = igraph.Graph.Read_DL(str(path), directed=True)
        ours = read(path).case
    wanted = {
        (theirs.vs[edge.source]["name"], theirs.vs[edge.target]["name"]) for edge in theirs.es
    }
    parties = ours.parties["party"].tolist()
    found = set()
    for tie in ours.ties.itertuples():
        ends = parties[tie.source], parties[tie.target]
        found |= {ends} if tie.direction == "directed" else {ends, ends[::-1]}

    assert found == wanted


def test_a_pajek_file_gives_people_and_ties(tmp_path):
    """Labels are names, numbers ids; arcs lead one way, edges both; a relation is a kind."""
    text = (
        '*Network "ring"\n*Vertices 3\n1 "Lò Thị Đào" 0.1 0.2 ellipse\n2 "Bo"\n'
        '*Arcs :1 "called"\n1 2 3\n*Edges\n2 3\n'
    )
    case = read_file(tmp_path, "net.net", text).case

    assert value_of(case, "1", "name") == "Lò Thị Đào"
    assert ties_of(case) == [("1", "2", "called", 3.0), ("2", "3", "tie", None)]
    assert case.ties["direction"].tolist() == ["directed", "undirected"]
    assert case.records.sort_values(["table", "line"])["line"].tolist() == [1, 3, 4, 6, 8]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), SIZES, st.booleans())
def test_a_network_that_networkx_writes_is_read_back(seed, size, directed):
    """Names, ends and strengths; Pajek numbers the parties in order."""
    graph = networkx.gnp_random_graph(size, 0.5, seed=seed, directed=directed)
    networkx.set_edge_attributes(graph, {edge: 1.0 + edge[0] for edge in graph.edges}, "weight")
    text = "\n".join(networkx.generate_pajek(graph))
    wanted = {
        (a + 1, b + 1, 1.0 + a) if directed else (min(a, b) + 1, max(a, b) + 1, 1.0 + a)
        for a, b in graph.edges
    }

    assert {(int(a), int(b), w) for a, b, w in told(text, "net.net")} == wanted


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("*Vertices\n", 1, "'*Vertices' without a number of vertices"),
        ('*Vertices 2\n3 "x"\n', 2, "no vertex '3' among 2"),
        ('*Vertices 2\n1 "x"\n1 "y"\n', 3, "vertex 1 stands twice"),
        ("*Vertices 2\n*Arcs\n1 3\n", 3, "no vertex '3' among 2"),
        ("*Vertices 2\n*Arcs\n1\n", 3, "a tie with one end"),
        ("*Vertices 2\n*Matrix\n0 1\n", 3, "1 rows where 2 belong"),
        ("*Vertices 2\n*Matrix\n0 1 1\n0 1\n", 3, "3 numbers where 2 belong"),
        ("*Vertices 2\n*Vertices 3\n", 2, "a second network in one file"),
        ("*Vertices 2\n*Partition\n", 2, "the section '*partition' is not known"),
    ],
)
def test_a_damaged_pajek_file_is_fatal_with_its_line(text, line, reason, tmp_path):
    """One message."""
    problem = only_problem(read_file(tmp_path, "n.net", text))

    assert (problem.severity, problem.line) == ("fatal", line)
    assert problem.reason.endswith(reason)


def test_a_vertex_is_the_same_with_zeros_before_its_number(tmp_path):
    """01 and 1 were two parties."""
    result = read_file(tmp_path, "n.net", '*Vertices 2\n01 "x"\n2 "y"\n*Arcs\n1 002\n')

    assert problems(result) == []
    assert ties_of(result.case) == [("1", "2", "tie", None)]
    assert len(result.case.parties) == 2


def test_a_comma_in_pajek_parts_nothing(tmp_path):
    """1,5 was a strength of 1, and [1-3,5] lost its comma."""
    text = '*Vertices 2\n1 "x" [5-10,12-14]\n2 "y"\n*Edges\n1 2 1,5 [1-3,5]\n'
    case = read_file(tmp_path, "n.net", text).case

    assert ties_of(case) == [("1", "2", "tie", 1.5)]
    assert case.tie_records["note"].tolist() == ["[1-3,5]"]
    assert said_of(case, "1", "further") == ["[5-10,12-14]"]


def test_a_matrix_of_one_party_without_its_diagonal_holds_no_number(tmp_path):
    """It ended in an IndexError; atheris found it."""
    result = read_file(tmp_path, "n.dl", "dl n=1 diagonal=absent\ndata:\n")

    assert problems(result) == []
    assert (result.case.parties["party"].tolist(), len(result.case.ties)) == (["1"], 0)


def test_labels_beside_a_matrix_name_each_party_once(tmp_path):
    """They were counted as rows twice."""
    text = "dl n=2\nlabels embedded\ndata:\na b\na 0 1\nb 1 0\n"

    assert read_file(tmp_path, "n.dl", text).receipt.files[1].rows_read == 2


def test_the_form_is_found_from_the_content(tmp_path):
    """Whatever the file is called."""
    result = read_file(tmp_path, "people.csv", "*Vertices 1\n1 A\n")

    assert (result.receipt.files[0].format, problems(result)) == ("Pajek", [])


@pytest.fixture
def in_small_pieces(monkeypatch):
    """Texts and numbers are taken a few at a time."""
    monkeypatch.setattr(networks, "_PIECE", 3)
    monkeypatch.setattr(networks, "_AT_ONCE", 2)


@pytest.mark.usefixtures("in_small_pieces")
@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("0 1 0 0\n2 0 0 3\n0 0 0 0\n0 0 4 0\n", [4, 5, 5, 7]),
        ("0 1 0 0 2 0 0 3\n0 0 0 0 0 0 4 0\n", [4, 4, 4, 5]),
        ("0\n1\n0\n0\n2\n0\n0\n3\n0\n0\n0\n0\n0\n0\n4\n0\n", [5, 8, 11, 18]),
    ],
)
def test_a_matrix_is_the_same_wherever_its_lines_and_pieces_end(body, lines, tmp_path):
    """A row may fill several lines, and a line several rows."""
    case = read_file(tmp_path, "n.dl", f"dl n=4\nlabels: a b c d\ndata:\n{body}").case

    assert ties_of(case) == [
        ("a", "b", "tie", 1.0), ("b", "a", "tie", 2.0), ("b", "d", "tie", 3.0),
        ("d", "c", "tie", 4.0),
    ]  # fmt: skip
    assert sorted(case.records["line"].iloc[case.tie_records["record"]]) == lines


@pytest.mark.usefixtures("in_small_pieces")
def test_labels_within_a_matrix_are_none_of_its_numbers(tmp_path):
    """Without its diagonal a row has one number fewer than there are labels above it."""
    text = "dl n=3 diagonal=absent labels embedded\ndata:\na b c\na 5 0\nb 5 7\nc 0 7\n"
    case = read_file(tmp_path, "n.dl", text).case

    assert ties_of(case) == [("a", "b", "tie", 5.0), ("b", "c", "tie", 7.0)]
    assert set(case.ties["direction"]) == {"undirected"}


@pytest.mark.usefixtures("in_small_pieces")
def test_a_pajek_matrix_goes_from_the_first_set_to_the_second(tmp_path):
    """Three columns stand for vertices 3 to 5."""
    case = read_file(tmp_path, "n.net", "*Vertices 5 2\n*Matrix\n0 0 6\n1 0 0\n").case

    assert ties_of(case) == [("1", "5", "tie", 6.0), ("2", "3", "tie", 1.0)]


@pytest.mark.usefixtures("in_small_pieces")
@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("dl n=3\ndata:\n0 1 0\n0 0 x\n0 y 0\n", 4, "'x' is not a number"),
        ("dl n=3\ndata:\n0 1 x\n0 0 0\n0 y\n", 5, "the numbers end too early"),
        ("*Vertices 2\n*Matrix\n0 1\nx 0\n", 4, "'x' is not a number"),
        ("*Vertices 2\n*Matrix\n0 1 1\nx 0\n", 3, "3 numbers where 2 belong"),
        ("*Vertices 2\n*Matrix\nx 1\n0 0 0\n", 3, "'x' is not a number"),
    ],
)
def test_the_first_fault_of_a_matrix_is_told(text, line, reason, tmp_path):
    """Numbers that are missing come before words that are none."""
    problem = only_problem(read_file(tmp_path, "n.txt", text))

    assert (problem.severity, problem.line) == ("fatal", line)
    assert problem.reason.endswith(reason)


def test_a_letter_that_is_longer_when_small_moves_nothing(tmp_path):
    """Each İ moved the sections by one sign: with two of them the first number was lost."""
    result = read_file(tmp_path, "n.dl", "dl n=2\nlabels:\nİİ,b\ndata:\n0 13\n13 0\n")

    assert problems(result) == []
    assert [sorted((a, b)) for a, b, _, _ in ties_of(result.case)] == [["b", "İİ"]]
    assert [w for _, _, _, w in ties_of(result.case)] == [13.0]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("dl n=2 " + "a" * 300_000, 1, "no section 'data:'"),
        ("dl n=2" + " " * 300_000 + "x", 1, "no section 'data:'"),
        ("dl n=2 labels" + " " * 300_000 + "x:", 1, "no section 'data:'"),
        ("dl n=1000000000 format=edgelist1\ndata:\n1 2\n", 1,
         "'n=1000000000' is no number from 1 to 20,000"),
        ("dl n=2\nlabels:\n" + "a b " * 300_000 + "\ndata:\n0 1\n1 0\n", 3,
         "600000 labels for 2 parties"),
        ("dl n=2\ndata:\n" + "data:\n" * 100_000, 3, "a second section 'data:'"),
        ("*Vertices 999999999\n*Arcs\n1 2\n", 1, "'*Vertices' without a number of vertices"),
        ("*Vertices 9999999\n*Arcs\n1 2\n", 1, "9,999,999 of 9,999,999 vertices have no line"),
    ],
    ids=["letters", "spaces", "spaces before a colon", "n", "labels", "sections", "vertices",
         "unlisted"],
)  # fmt: skip
def test_a_hostile_head_is_refused(text, line, reason, tmp_path):
    """Letters and spaces took time that grows with the square of their number."""
    problem = only_problem(read_file(tmp_path, "n.txt", text))

    assert (problem.severity, problem.line) == ("fatal", line)
    assert problem.reason.endswith(reason)
