"""Things that people and cases share, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringmap.analysis import find_shared_things
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, build_graph, graph_from_ties, list_visits
from ringmap.records import read

SORTS = {"I": "identifier", "L": "place", "C": "case", "O": "organisation"}
KINDS = {"I": "phone", "L": "guest_house", "LS": "bus_station"}


def typed(text: str) -> RingGraph:
    """Ties ``A-I1@2019-05`` or ``A-I1@2019/2020``; names that begin with I, L, C, O are things."""
    rows = []
    for word in text.split():
        ends, _, time = word.partition("@")
        source, target = ends.split("-", 1)
        first, _, last = time.partition("/")
        rows.append((source, target, first or None, last or None))
    ties = pd.DataFrame(rows, columns=["source", "target", "first", "last"], dtype="str")
    names = sorted({*ties["source"], *ties["target"]})
    parties = pd.DataFrame({
        "party": names, "type": [SORTS.get(one[0], "person") for one in names],
        "kind": [KINDS.get(one[:2], KINDS.get(one[0])) for one in names],
    })  # fmt: skip
    return graph_from_ties(ties, parties)


def test_a_private_phone_counts_one_and_a_common_one_less() -> None:
    """I1 is of A and B alone: 1. I2 is of A, D and E: 1/2 for each of its three pairs."""
    table = find_shared_things(typed("A-I1 B-I1 A-I2 D-I2 E-I2"))

    assert list(zip(table["source"], table["target"], table["weight"], strict=True)) == [
        ("A", "B", 1.0), ("A", "D", 0.5), ("A", "E", 0.5), ("D", "E", 0.5),
    ]  # fmt: skip
    assert table["users"].tolist() == [(2,), (3,), (3,), (3,)]
    assert table["because"].iloc[0].startswith("share a phone number of nobody else; when is not")


def test_a_tied_pair_stands_last_and_cases_are_told_apart() -> None:
    """A and B are tied; D and E are in one case, A in another, B in none."""
    table = find_shared_things(typed("A-I1 B-I1 A-B D-I2 E-I2 A-I2 D-C1 E-C1 A-C2"))
    told = {(a, b): (tied, None if pd.isna(differ) else differ) for a, b, tied, differ in
            zip(table["source"], table["target"], table["tied"], table["cases_differ"],
                strict=True)}  # fmt: skip

    assert told == {("A", "B"): (True, None), ("A", "D"): (False, True),
                    ("A", "E"): (False, True), ("D", "E"): (False, False)}  # fmt: skip
    assert table["target"].iloc[-1] == "B"
    assert table.set_index("target").loc["D", "source_cases"] == ("C2",)
    assert find_shared_things(
        typed("A-I1 B-I1 D-I2 E-I2 D-C1 E-C1"), across_cases=True
    ).empty  # fmt: skip


def test_a_bus_station_weighs_nothing_beside_a_guest_house() -> None:
    """Of six recorded people two are known at either; the station counts 1/5, not 1."""
    table = find_shared_things(typed("A-LS1 B-LS1 D-L1 E-L1 F-I1 G-I1"))
    weights = dict(zip(table["source"], table["weight"], strict=True))

    assert weights == {"A": pytest.approx(0.2), "D": 1.0, "F": 1.0}
    assert "a bus station, open to everybody" in table["because"].iloc[-1]
    assert "says little" in table["because"].iloc[-1]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("2019-05-01/2019-05-03", "2019-05-08/2019-06", "certain"),  # five days between
        ("2019-05-01/2019-05-03", "2019-05-20/2019-06", "apart"),  # seventeen
        ("2019-05/2019-05", "2019-06/2019-06", "possible"),  # one day or sixty
        ("2019-05-01", "2020-05-01", "possible"),  # the first has no end
        ("2019/2019", "2021/2021", "apart"),
        ("2019-05-01", "", "not known"),
        ("2019-05-01~/2019-05-01~", "2019-05-01/2019-05-01", "possible"),  # about
        ("2020/2018", "2019-06-01/2019-06-01", "possible"),  # the wrong way round: between them
        ("2019-05-20/2019-05-01", "2019-06-20/2019-06-20", "apart"),
    ],
)
def test_times_are_as_sure_as_the_dates(first: str, second: str, wanted: str) -> None:
    """Within seven days: surely, perhaps, surely not, or not known; the other way round too."""
    for one, other in ((first, second), (second, first)):
        table = find_shared_things(typed(f"A-I1@{one} B-I1@{other}"))

        assert table["times"].tolist() == [wanted]


def test_the_window_is_the_users() -> None:
    """Seventeen days fit into a window of twenty."""
    graph = typed("A-L1@2019-05-01/2019-05-03 B-L1@2019-05-20/2019-06")

    assert find_shared_things(graph, within_days=20)["times"].tolist() == ["certain"]


def test_cases_share_people_and_things() -> None:
    """A is in C1 and C2; B's phone is D's too, so C1 and C3 share it: 1 each, but I1 of three."""
    graph = typed("A-C1 A-C2 B-C1 D-C3 B-I1 D-I1")
    table = find_shared_things(graph, by="cases").set_index(["source", "target"])

    assert list(table.index) == [("C1", "C2"), ("C1", "C3")]
    assert table.loc[("C1", "C2"), "people"] == ("A",)
    assert table.loc[("C1", "C3"), "things"] == ("I1",)
    assert table["weight"].tolist() == [1.0, 1.0]
    assert table["because"].iloc[0] == "share 1 person"


@pytest.mark.parametrize("by", ["people", "cases"])
def test_nothing_shared_is_an_answer(by: Any) -> None:
    """No thing, no party at all: an empty table that says so."""
    empty = graph_from_ties(pd.DataFrame({"source": [], "target": []}, dtype="str"))
    for graph in (typed("A-B A-I1"), empty):
        table = find_shared_things(graph, by=by)

        assert table.empty
        assert table.attrs["because"].startswith("nothing to say here")


def test_bad_arguments_are_refused() -> None:
    """With a hint."""
    for wrong in ({"by": "places"}, {"within_days": -1}, {"top": 0}):
        with pytest.raises(GraphError):
            find_shared_things(typed("A-I1"), **wrong)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recruits V at a market, and B recruits W there four days later, in another case."""
    (tmp_path / "people.csv").write_text(
        "person_id,name,role,case_id\nA,An,recruiter,C1\nB,Binh,recruiter,C2\n"
        "V,Vi Man,victim,C1\nW,Wen Hoa,victim,C2\n", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "places.csv").write_text(
        "place_id,name,kind\nL1,House 7,guest_house\n", encoding="utf-8"
    )
    (tmp_path / "events.csv").write_text(
        "event_id,kind,case_id,date,to_place,person_id,moved_by\n"
        "E1,recruited,C1,2019-05-01,L1,V,A\nE2,recruited,C2,2019-05-05,L1,W,B\n",
        encoding="utf-8",
    )
    return tmp_path


def test_events_at_one_place_within_a_week_are_found_with_their_records(folder: Path) -> None:
    """A and B were at the house four days apart: rows 1 and 2 of events.csv say so."""
    case = read(folder).case
    graph = build_graph(case)
    table = find_shared_things(graph, visits=list_visits(case)).set_index(["source", "target"])
    row = table.loc[("A", "B")]
    rows = case.records.iloc[list(row["records"])]

    assert row["times"] == "certain"
    assert row["users"] == (4,)
    assert list(zip(rows["file"], rows["row"], strict=True)) == [
        ("events.csv", 1), ("events.csv", 2),
    ]  # fmt: skip
    assert find_shared_things(graph).empty  # a leg has two places


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABDE"), st.sampled_from(["I1", "I2", "L1", "C1"])),
             min_size=1, max_size=12),
    st.randoms(),
)  # fmt: skip
def test_rows_shuffled_doubled_and_renamed_say_the_same(
    ends: list[tuple[str, str]], chance: Any
) -> None:
    """Same table from ties in another order and twice; renaming keeps the weights."""
    words = [f"{a}-{b}" for a, b in ends]
    again = [*words, *words]
    chance.shuffle(again)
    once, twice = (find_shared_things(typed(" ".join(one))) for one in (words, again))
    renamed = find_shared_things(typed(" ".join(f"x{word}" for word in words)))

    pd.testing.assert_frame_equal(once, twice)
    assert renamed["weight"].tolist() == once["weight"].tolist()
