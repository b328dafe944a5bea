"""Parts in stages, from roles, ties and events, with what says so."""

from __future__ import annotations

import pytest

from analysis.small_ring import small_ring
from ringmap.disclosure import clear
from ringmap.graph import STAGE_COLUMNS, build_graph, graph_from_ties, list_stages, select_parties


@pytest.fixture
def case():
    return small_ring()


def parts(table, party: str) -> set[tuple[str, str, str, str]]:
    mine = table[table["party"] == party]
    return {*mine[["stage", "part", "basis", "kind"]].itertuples(index=False, name=None)}


def test_who_does_and_who_undergoes(case):
    """A recruits by role and by act; V undergoes; X is named at a sale and exploits."""
    table = list_stages(case)

    assert list(table.columns) == list(STAGE_COLUMNS)
    assert parts(table, "A") == {
        ("recruitment", "does", "role", "recruiter"), ("recruitment", "does", "tie", "recruited"),
        ("recruitment", "does", "tie", "deceived"),
    }  # fmt: skip
    assert ("finance", "named", "tie", "sold_to") in parts(table, "X")
    assert ("exploitation", "does", "tie", "exploited") in parts(table, "X")
    assert {part for _, part, _, _ in parts(table, "V")} == {"undergoes"}
    assert parts(table, "R") == {("finance", "does", "tie", "paid")}


def test_an_event_and_its_tie_are_told_once(case):
    """The crossing is a row of `guided`, with the records of the tie and of the event."""
    table = list_stages(case)
    mine = table[(table["party"] == "G") & (table["stage"] == "crossing")]

    assert mine["basis"].tolist() == ["role", "tie"]
    assert len(mine["records"].iloc[1]) == 2
    assert mine["upon_victim"].tolist() == [False, True]


def test_every_part_names_its_records(case):
    """A row without a record is nobody's word."""
    for records in list_stages(case)["records"]:
        assert records
        assert max(records) < len(case.records)


def test_later_acts_are_left_out_as_of_a_day(case):
    """Before 2016 only the exploitation of T and undated roles are known."""
    table = list_stages(case, as_of="2016")

    assert {*table["basis"]} == {"role", "tie"}
    assert table.loc[table["basis"] == "tie", "kind"].unique().tolist() == ["exploited"]


def test_a_graph_carries_its_stages_and_parts_of_it_theirs(case):
    """The same for every projection; a part of the graph keeps the rows of its parties."""
    graph = build_graph(case, projection="people")

    assert graph.stages.equals(list_stages(case))
    assert {*select_parties(graph, ["A", "V"]).stages["party"]} == {"A", "V"}
    assert graph_from_ties(graph.ties[["source", "target"]]).stages.empty


def test_stages_of_a_cleared_graph_name_no_victim(case):
    """Victims are called in it as in the parties."""
    graph = build_graph(case)
    shown = clear(case, key="k", graphs={"whole": graph}).graphs["whole"]

    assert {*shown.stages["party"]} <= {*shown.parties["party"]}
    assert not {"V", "W", "T"} & {*shown.stages["party"]}
