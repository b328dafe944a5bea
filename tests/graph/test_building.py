"""Graphs of case files and of bare ties: nothing lost, nothing invented."""

from __future__ import annotations

import csv
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringmap.errors import GraphError
from ringmap.graph import RingGraph, build_graph, graph_from_ties
from ringmap.model import Case
from ringmap.records import read


def case_of(folder: Path, **tables: Iterable[Mapping[str, str]]) -> Case:
    """The case file of tables given as rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        listed = list(rows)
        columns = list(dict.fromkeys(column for row in listed for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(listed)
    return read(folder).case


def people(ids: str) -> list[dict[str, str]]:
    """Rows of people by one-letter ids."""
    return [{"person_id": one, "name": f"name of {one}"} for one in ids]


def tie(text: str, kind: str = "met", **more: str) -> dict[str, str]:
    """A row of ties from two letters."""
    return {"source": text[0], "target": text[1], "kind": kind, **more}


def ends(graph: RingGraph) -> list[tuple[str, str, str]]:
    """Source, target and kind of each tie."""
    table = graph.ties[["source", "target", "kind"]].astype(str)
    return [tuple(row) for row in table.itertuples(index=False)]


def pairs(graph: RingGraph) -> dict[tuple[str, str], float]:
    """Strength by pair, as measures read it."""
    names, simple = graph.parties["party"].tolist(), graph.simple
    return {
        (names[a], names[b]): float(w)
        for a, b, w in zip(simple.source, simple.target, simple.weight, strict=True)
    }


def test_parallel_and_directed_ties_are_all_there(tmp_path: Path) -> None:
    """Three kinds between two people are three ties, in the table, igraph and networkx."""
    rows = [tie("AB", "called"), tie("BA", "called"), tie("AB", "kin_of"), tie("AB", "paid")]
    case = case_of(tmp_path, people=people("AB"), ties=rows)
    graph = build_graph(case)
    arcs = build_graph(case, directed=True)

    assert Counter(kind for *_, kind in ends(graph)) == {"called": 2, "kin_of": 1, "paid": 1}
    assert graph.igraph.ecount() == arcs.igraph.ecount() == 4
    assert graph.to_networkx().number_of_edges() == 4
    assert sorted(key for *_, key in arcs.to_networkx().edges(keys=True)) == [0, 1, 2, 3]
    assert pairs(graph) == {("A", "B"): 4.0}
    assert pairs(arcs) == {("A", "B"): 3.0, ("B", "A"): 2.0}


def test_an_undirected_edge_of_networkx_keeps_the_direction_of_its_tie(tmp_path: Path) -> None:
    """networkx turns ends about; the attributes do not."""
    case = case_of(tmp_path, people=people("AB"), ties=[tie("BA", "paid")])
    edge = next(iter(build_graph(case).to_networkx().edges(data=True)))[2]

    assert (edge["source"], edge["target"], edge["directed"]) == ("B", "A", True)


def test_self_ties_and_ties_of_no_strength_are_kept_but_not_measured(tmp_path: Path) -> None:
    """They are records; a measure does not read them."""
    rows = [tie("AA"), tie("AB", weight="0"), tie("BC", weight="2")]
    graph = build_graph(case_of(tmp_path, people=people("ABC"), ties=rows))

    assert len(graph.ties) == 3
    assert pairs(graph) == {("B", "C"): 2.0}


def test_a_tie_without_recorded_strength_counts_one() -> None:
    """Not recorded is not zero."""
    ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "weight": [math.nan, 2.0]})

    assert pairs(graph_from_ties(ties)) == {("a", "b"): 3.0}


def test_a_pair_recorded_both_ways_is_one_tie_or_two_arcs(tmp_path: Path) -> None:
    """Montagna's lists: the larger strength, both records behind it; directed, one arc each."""
    text = "source,target,weight\nA,B,2\nB,A,5\nC,A,1\nB,C,3\n"
    (tmp_path / "calls_edges.csv").write_text(text, encoding="utf-8")
    case = read(tmp_path / "calls_edges.csv").case
    graph, arcs = build_graph(case), build_graph(case, directed=True)

    assert pairs(graph) == {("A", "B"): 5.0, ("A", "C"): 1.0, ("B", "C"): 3.0}
    assert graph.evidence is not None
    rows = case.records["row"].to_numpy()
    assert [rows[list(graph.evidence.of(i))].tolist() for i in range(3)] == [[1, 2], [3], [4]]
    assert pairs(arcs) == {("A", "B"): 2.0, ("B", "A"): 5.0, ("C", "A"): 1.0, ("B", "C"): 3.0}


def test_directed_kinds_both_ways_sum_when_read_without_direction(tmp_path: Path) -> None:
    """Who called whom is two facts; without direction their strengths add up."""
    rows = [tie("AB", "called", weight="2"), tie("BA", "called", weight="5")]
    graph = build_graph(case_of(tmp_path, people=people("AB"), ties=rows))

    assert pairs(graph) == {("A", "B"): 7.0}


def test_a_tie_without_direction_is_an_arc_each_way(tmp_path: Path) -> None:
    """Kin are kin of each other also where a graph is read with direction."""
    case = case_of(tmp_path, people=people("AB"), ties=[tie("BA", "kin_of", weight="2")])

    assert pairs(build_graph(case, directed=True)) == {("A", "B"): 2.0, ("B", "A"): 2.0}


def shared_case(folder: Path) -> Case:
    """Four people, E alone; a place of three, a place of two, a phone of two, cases."""
    return case_of(
        folder,
        people=[*people("ABCDE"), {"person_id": "A", "case_id": "C1", "role": "buyer"},
                {"person_id": "B", "case_id": "C1", "role": "buyer"},
                {"person_id": "C", "case_id": "C1", "role": "victim"}],
        cases=[{"case_id": "C1"}],
        places=[{"place_id": "X", "name": "x"}, {"place_id": "Y", "name": "y"}],
        identifiers=[{"identifier_id": "N", "kind": "phone", "value": "1", "holder": "A;D"},
                     {"identifier_id": "M", "kind": "vehicle", "value": "2", "holder": "A;B"}],
        ties=[tie("AX", "seen_at"), tie("BX", "seen_at"), tie("CX", "seen_at"),
              tie("AY", "seen_at"), tie("AD", "met", weight="3")],
        events=[{"event_id": "e", "kind": "transported", "from_place": "Y", "to_place": "X",
                 "person_id": "B", "moved_by": "A", "date": "2019-05"}],
    )  # fmt: skip


def test_shared_things_tie_people_by_newmans_weights(tmp_path: Path) -> None:
    """A thing of k people gives each pair 1/(k − 1); by hand from the records above."""
    case = shared_case(tmp_path)

    assert pairs(build_graph(case, projection="people_through_cases")) == {
        ("A", "B"): 0.5, ("A", "C"): 0.5, ("B", "C"): 0.5,
    }  # fmt: skip
    assert pairs(build_graph(case, projection="people_through_phones")) == {("A", "D"): 1.0}
    # X holds A, B, C (1/2 each pair); Y holds A and, by the event, B (1).
    assert pairs(build_graph(case, projection="people_through_places")) == {
        ("A", "B"): 1.5, ("A", "C"): 0.5, ("B", "C"): 0.5,
    }  # fmt: skip


def test_a_projection_keeps_people_alone_and_the_records_of_both_sides(tmp_path: Path) -> None:
    """Nobody disappears for want of company; a tie knows the rows that made it."""
    case = shared_case(tmp_path)
    graph = build_graph(case, projection="people_through_phones")

    assert graph.parties["party"].tolist() == list("ABCDE")
    assert graph.evidence is not None
    records = case.records.iloc[list(graph.evidence.of(0))]
    assert set(zip(records["file"], records["row"], strict=True)) == {("identifiers.csv", 1)}


def phones(**holders: str) -> list[dict[str, str]]:
    """Rows of identifiers: telephones by id, and who uses them."""
    return [
        {"identifier_id": name, "kind": "phone", "value": f"09000000{name}", "holder": held}
        for name, held in holders.items()
    ]


def test_calls_between_telephones_are_contact_of_their_users(tmp_path: Path) -> None:
    """2 calls and a message from A's to B's phones; D's share of 4 calls is 2; U is nobody's."""
    case = case_of(
        tmp_path, people=people("ABCD"),
        identifiers=phones(K="A", L="B", M="C;D", U="", N="B"),
        ties=[tie("KL", "called", weight="2", first="2019-05-03", last="2019-05-09"),
              tie("KN", "messaged", weight="1", first="2019-05-01", last="2019-05-01"),
              tie("LM", "called", weight="4"), tie("KU", "called", weight="9"),
              tie("LN", "called", weight="5"), tie("AB", "met", weight="3")],
    )  # fmt: skip
    graph = build_graph(case, projection="people_through_calls", directed=True)
    row = graph.ties.iloc[0]

    assert pairs(graph) == {("A", "B"): 3.0, ("B", "C"): 2.0, ("B", "D"): 2.0}
    assert set(graph.ties["kind"]) == {"phone_contact"}
    assert (row["first"], row["last"]) == ("2019-05-01", "2019-05-09")
    assert graph.parties["party"].tolist() == list("ABCD")
    assert graph.evidence is not None
    records = case.records.iloc[list(graph.evidence.of(0))]
    assert sorted(zip(records["file"], records["row"], strict=True)) == [
        ("identifiers.csv", 1), ("identifiers.csv", 2), ("identifiers.csv", 5),
        ("ties.csv", 1), ("ties.csv", 2),
    ]  # fmt: skip


def test_a_telephone_speaks_for_its_user_before_its_owner(tmp_path: Path) -> None:
    """K is A's by contract and used by C; L has an owner alone; D calls L in person."""
    case = case_of(
        tmp_path, people=people("ABCD"), identifiers=phones(K="C", L=""),
        ties=[tie("AK", "owns"), tie("BL", "owns"), tie("KL", "called", weight="2"),
              tie("DL", "called", weight="1")],
    )  # fmt: skip
    graph = build_graph(case, projection="people_through_calls")

    assert pairs(graph) == {("B", "C"): 2.0, ("B", "D"): 1.0}


def test_without_calls_between_known_telephones_nobody_is_in_contact(tmp_path: Path) -> None:
    """A person who met a phone's holder, and calls of two people, are no calls of phones."""
    case = case_of(tmp_path, people=people("AB"), identifiers=phones(K="A"),
                   ties=[tie("AB", "called"), tie("AK", "uses")])  # fmt: skip

    assert not len(build_graph(case, projection="people_through_calls").ties)


def test_several_projections_together_have_the_ties_of_all(tmp_path: Path) -> None:
    """Direct ties beside shared phones: parallel ties, each of its kind."""
    graph = build_graph(shared_case(tmp_path), projection=["people", "people_through_phones"])

    assert {("A", "D", "met"), ("A", "D", "shared_phone")} <= set(ends(graph))
    # 3 for having met, 1 for the phone.
    assert pairs(graph)["A", "D"] == 4.0


@pytest.mark.parametrize(
    ("as_of", "kept"),
    [
        ("2018", []), ("2019", ["BC", "CD", "AB"]), ("2019-04", ["BC"]),
        ("2019-05", ["BC", "CD", "AB"]),
        ("2019-05-02", ["BC", "CD"]), ("2019-05-03", ["BC", "CD", "AB"]),
    ],
)  # fmt: skip
def test_as_of_leaves_out_what_began_later_for_sure(
    tmp_path: Path, as_of: str, kept: list[str]
) -> None:
    """A year or a month may have begun on its first day; undated ties stay."""
    rows = [tie("AB", first="2019-05-03"), tie("BC", first="2019"), tie("CD", first="2019-05"),
            tie("DE")]  # fmt: skip
    graph = build_graph(case_of(tmp_path, people=people("ABCDE"), ties=rows), as_of=as_of)

    assert {a + b for a, b, _ in ends(graph)} == {*kept, "DE"}


def test_kinds_choose_ties_before_projecting(tmp_path: Path) -> None:
    """Places seen at, without the journeys' kinds."""
    case = shared_case(tmp_path)

    assert {kind for *_, kind in ends(build_graph(case, kinds=["met", "uses"]))} == {"met", "uses"}
    assert not len(build_graph(case, projection="people_through_cases", kinds=["met"]).ties)


def test_no_such_projection_is_refused(tmp_path: Path) -> None:
    """The message lists those there are."""
    with pytest.raises(GraphError, match="through_walls"):
        build_graph(shared_case(tmp_path), projection="through_walls")


def test_evidence_points_to_the_rows_of_the_files(tmp_path: Path) -> None:
    """Two records of one tie are two pieces of evidence for one tie."""
    rows = [tie("AB", note="1"), tie("CA", "paid"), tie("BA", note="2"), tie("AB", case_id="K")]
    case = case_of(tmp_path, people=people("ABC"), ties=rows)
    graph = build_graph(case)

    assert graph.evidence is not None
    found = {
        (*ends(graph)[i], str(graph.ties["case"].iloc[i])): case.records.iloc[
            list(graph.evidence.of(i))
        ]["row"].tolist()
        for i in range(len(graph.ties))
    }
    assert found == {
        ("A", "B", "met", "nan"): [1, 3], ("C", "A", "paid", "nan"): [2],
        ("A", "B", "met", "K"): [4],
    }  # fmt: skip


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """Shuffled files give the same parties and ties, bit for bit."""
    drawn = random.Random(3)
    rows = [
        tie(drawn.choice("ABCDEF") + drawn.choice("ABCDEF"), drawn.choice(["met", "paid", "tie"]),
            weight=str(drawn.random()))
        for _ in range(60)
    ]  # fmt: skip
    plain = build_graph(case_of(tmp_path / "a", people=people("ABCDEF"), ties=rows))
    drawn.shuffle(rows)
    shuffled = build_graph(case_of(tmp_path / "b", people=people("FEDCBA"), ties=rows))

    pd.testing.assert_frame_equal(plain.parties, shuffled.parties)
    pd.testing.assert_frame_equal(plain.ties, shuffled.ties)


def test_a_case_file_without_ties_is_a_graph_of_isolates(tmp_path: Path) -> None:
    """No ties is no fault."""
    graph = build_graph(case_of(tmp_path, people=people("AB")))

    assert len(graph.simple.source) == 0
    assert graph.igraph.vcount() == graph.to_networkx().number_of_nodes() == 2


# Bare ties.


def test_bare_ties_need_no_more_than_two_ends() -> None:
    """Strangers are added, listed isolates stay, further columns are kept."""
    ties = pd.DataFrame({"source": ["b", "b"], "target": ["a", "a"], "calls": [3, 4]})
    graph = graph_from_ties(ties, pd.DataFrame({"id": ["z", "a"], "country": ["VN", "CN"]}))

    assert graph.parties["party"].tolist() == ["a", "b", "z"]
    assert graph.ties["calls"].tolist() == [3, 4]
    assert pairs(graph) == {("a", "b"): 2.0}
    assert graph.evidence is None


@pytest.mark.parametrize("directed", [False, True])
def test_numbers_may_be_ids(directed: bool) -> None:
    """Ids are compared as they are; rows are sorted by their text."""
    ties = pd.DataFrame({"source": [10, 2], "target": [2, 1]})
    graph = graph_from_ties(ties, directed=directed)

    assert graph.parties["party"].tolist() == [1, 10, 2]
    assert {frozenset(pair) for pair in graph.to_networkx().edges()} == {
        frozenset({10, 2}),
        frozenset({2, 1}),
    }
    assert graph.igraph.vs["name"] == ["1", "10", "2"]


def test_numbers_as_ids_stay_whole_numbers_where_parties_are_listed() -> None:
    """1 is never 1.0, whether ties name strangers or not."""
    ties = pd.DataFrame({"source": [1, 2], "target": [2, 30]})
    for listed in ([1, 2, 30, 4], [1, 2]):
        graph = graph_from_ties(ties, pd.DataFrame({"party": listed}))
        assert [str(one) for one in graph.parties["party"]][:2] == ["1", "2"]


def test_parallel_ties_stand_in_one_order_however_the_rows_come() -> None:
    """Six ties of A and B, two of them the same but for the strength, in 20 orders of rows."""
    ties = pd.DataFrame(
        {
            "source": ["A", "A", "B", "A", "A", "A"], "target": ["B", "B", "A", "B", "B", "B"],
            "kind": ["called", "met", "called", "met", "met", "paid"],
            "first": ["2020", "2019", "2018", "2018-05", "2018-05", None],
            "weight": [1.0, 2.0, 1.0, 0.3, 0.1, 1.0], "page": [4, 5, 6, 7, 7, 8],
        }
    )  # fmt: skip
    shuffled = [graph_from_ties(ties.sample(frac=1, random_state=one)).ties for one in range(20)]

    assert shuffled[0]["page"].tolist() == [4, 7, 7, 5, 8, 6]
    assert shuffled[0]["weight"].tolist() == [1.0, 0.1, 0.3, 2.0, 1.0, 1.0]
    for one in shuffled[1:]:
        pd.testing.assert_frame_equal(one, shuffled[0])


def test_mixed_types_of_ids_stay_apart() -> None:
    """The number 1 and the text "1" are two parties."""
    graph = graph_from_ties(pd.DataFrame({"source": [1, "1"], "target": ["b", "b"]}, dtype=object))

    assert len(graph.parties) == 3


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        (pd.DataFrame({"source": ["a"]}), "no column 'target'"),
        (pd.DataFrame({"target": ["a"]}), "no column 'source'"),
        (pd.DataFrame({"source": ["a", None], "target": ["b", "c"]}), "row 2 .* empty 'source'"),
        (pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [-1]}), "row 1 .* weight"),
        (pd.DataFrame({"source": ["a"], "target": ["b"], "weight": ["x"]}), "row 1 .* weight"),
        (pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [math.inf]}), "row 1 .* weight"),
    ],
)
def test_bare_ties_that_mean_nothing_are_refused(ties: pd.DataFrame, said: str) -> None:
    """The row is named."""
    with pytest.raises(GraphError, match=said):
        graph_from_ties(ties)


def test_a_party_listed_twice_is_refused() -> None:
    """Which of two rows is meant nobody can tell."""
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    with pytest.raises(GraphError, match="'a' is listed twice"):
        graph_from_ties(ties, pd.DataFrame({"party": ["a", "a"]}))


def test_no_ties_at_all_are_a_graph() -> None:
    """Empty tables give an empty graph; parties alone give isolates."""
    none = pd.DataFrame({"source": [], "target": []}, dtype="str")
    alone = graph_from_ties(none, pd.DataFrame({"party": ["a"]}))

    assert graph_from_ties(none).igraph.vcount() == 0
    assert len(graph_from_ties(none).simple.weight) == 0
    assert (alone.igraph.vcount(), alone.to_networkx().number_of_edges()) == (1, 0)


ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"), st.sampled_from("abcdef"),
        st.sampled_from([0.0, 0.25, 1.0, 3.0, math.nan]),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(rows=ROWS, directed=st.booleans())
def test_the_simple_graph_is_what_networkx_makes_of_the_same_rows(
    rows: list[tuple[str, str, float]], directed: bool
) -> None:
    """Twin: strengths of parallel ties summed, no loops, nothing of strength 0."""
    ties = pd.DataFrame(rows, columns=["source", "target", "weight"]).astype(
        {"source": "str", "target": "str", "weight": "float64"}
    )
    graph = graph_from_ties(ties, directed=directed)
    plain = networkx.DiGraph() if directed else networkx.Graph()
    for a, b, weight in rows:
        strength = 1.0 if math.isnan(weight) else weight
        if a != b and strength > 0:
            before = plain.edges[a, b]["weight"] if plain.has_edge(a, b) else 0.0
            plain.add_edge(a, b, weight=before + strength)

    found = pairs(graph)
    wanted = {((a, b) if directed else (min(a, b), max(a, b))): w
              for a, b, w in plain.edges(data="weight")}  # fmt: skip
    assert found == pytest.approx(wanted)
    assert graph.igraph.ecount() == graph.to_networkx().number_of_edges() == len(rows)
    assert sorted(graph.parties["party"]) == sorted({end for a, b, _ in rows for end in (a, b)})


def test_joining_many_turned_pairs_is_quick() -> None:
    """A list of 200,000 pairs of no known direction is a matter of seconds."""
    from time import process_time

    from ringmap.graph.building import _join_turned

    drawn = np.random.default_rng(1)
    count = 200_000
    blank = pd.Series([None] * count, dtype="str")
    ties = pd.DataFrame(
        {
            "source": drawn.permutation(count).astype(np.int32),
            "target": drawn.permutation(count).astype(np.int32),
            "kind": pd.Series(["tie"] * count, dtype="str"),
            "case": np.full(count, -1, dtype=np.int32),
            "direction": pd.Series(["unknown"] * count, dtype="str"),
            "weight": drawn.random(count), "first": blank, "last": blank,
        }
    )  # fmt: skip
    began = process_time()
    joined, start, records = _join_turned(
        ties, np.arange(count + 1), np.arange(count, dtype=np.int32)
    )

    assert process_time() - began < 20
    assert len(start) == len(joined) + 1
    assert sorted(records.tolist()) == list(range(count))
