"""Crossings of a small line over a border, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ringmap.analysis import find_crossings
from ringmap.graph import LEG_COLUMNS, Evidence, RingGraph, graph_from_ties

PARTIES = pd.DataFrame(
    [
        ("C1", "case", "CN"),
        ("P1", "person", "VN"),
        ("P2", "person", "VN"),
        ("P3", "person", "CN"),
        ("P4", "person", None),
        ("P5", "person", "unknown"),
        ("P6", "person", "CN"),
    ],
    columns=["party", "type", "country"],
)
TIES = pd.DataFrame(
    [
        ("P1", "C1", "accused_in", True, None, None),
        ("P1", "P2", "kin_of", False, None, None),
        ("P1", "P3", "sold_to", True, "2019-05", "2019-06"),
        ("P1", "P4", "called", True, None, None),
        ("P1", "P5", "called", True, None, None),
        ("P2", "P3", "met", False, "2018", None),
        ("P3", "P6", "kin_of", False, None, None),
        ("P6", "P1", "paid", True, "2019", None),
    ],
    columns=["source", "target", "kind", "directed", "first", "last"],
)


def leg(event, start, end, *, gate=None, date=None, people=(), records=()):
    row = dict.fromkeys(LEG_COLUMNS)
    crosses = None if start is None or end is None else start != end
    return row | {
        "event": event, "from_country": start, "to_country": end, "crosses": crosses,
        "crossing": gate, "date": date, "people": people, "moved_by": (), "records": records,
    }  # fmt: skip


LEGS = [
    leg("E1", "VN", "CN", gate="G1", date="2019-03", people=("V1", "V2"), records=(20,)),
    leg("E2", "VN", "CN", gate="G1", date="2020", people=("V1",), records=(21,)),
    leg("E3", "CN", "VN", gate="G1", date="2019-12-01", people=("V2",), records=(22,)),
    leg("E4", "VN", None, gate="G2", people=("V3",), records=(23,)),
    leg("E5", "VN", "VN"),
]


@pytest.fixture
def crossings():
    bare = graph_from_ties(TIES, PARTIES)
    graph = RingGraph(
        bare.parties,
        bare.ties.assign(directed=[True, False, True, True, True, False, False, True]),
        evidence=Evidence(np.arange(9), np.arange(8, dtype=np.int32)),
        legs=pd.DataFrame(LEGS, columns=list(LEG_COLUMNS)),
    )
    return find_crossings(graph)


def test_a_tie_crosses_when_both_countries_are_known_and_differ(crossings):
    """Unknown countries, and the country of a case file, make no crossing."""
    ends = list(zip(crossings.ties["source"], crossings.ties["target"], strict=True))

    assert ends == [("P1", "P3"), ("P2", "P3"), ("P6", "P1")]
    assert crossings.ties["source_country"].tolist() == ["VN", "VN", "CN"]
    assert crossings.ties["records"].tolist() == [(2,), (5,), (7,)]


def test_counts_say_what_cannot_be_told(crossings):
    """Every tie and every leg is in exactly one of the counts."""
    assert crossings.counts == {
        "ties": 8, "ties_across": 3, "ties_inside": 2, "ties_unknown": 2, "ties_to_cases": 1,
        "legs": 5, "legs_across": 3, "legs_inside": 1, "legs_unknown": 1,
    }  # fmt: skip
    assert "2 ties and 1 leg cannot be told" in crossings.because


def test_corridors_count_legs_and_ties_apart(crossings):
    """VN to CN: two legs and one sale; CN to VN: a return and a payment; no direction: one."""
    told = crossings.corridors.drop(columns="records").to_dict("split")["data"]

    assert told == [
        ["VN", "CN", True, 2, 1, 2, "2019-03", "2020"],
        ["CN", "VN", True, 1, 1, 1, "2019", "2019"],
        ["CN", "VN", False, 0, 1, 0, "2018", "2018"],
    ]
    assert crossings.corridors["records"].tolist() == [(2, 20, 21), (7, 22), (5,)]


def test_gates_tell_direction_and_what_is_unsure(crossings):
    """A gate on a leg of unknown end is listed, and not counted as crossed."""
    gates = crossings.gates.drop(columns="records")
    told = gates.astype(object).where(gates.notna(), None).to_dict("split")["data"]

    assert told == [
        ["G1", "VN → CN: 2; CN → VN: 1", 3, 0, 2, "2019-03", "2020"],
        ["G2", "", 0, 1, 1, None, None],
    ]


def test_spanners_are_people_with_ties_in_two_countries(crossings):
    """P1 and P3 have three contacts each, P2 and P6 one on either side."""
    told = crossings.spanners.set_index("party")

    assert list(told.index) == ["P1", "P3", "P2", "P6"]
    assert told.loc["P1", ["countries", "ties"]].tolist() == [("CN", "VN"), (2, 1)]
    assert told["ties_abroad"].tolist() == [2, 2, 1, 1]
    assert told.loc["P1", "records"] == (1, 2, 7)
    assert told.loc["P1", "because"] == (
        "tied to parties in China (2), Viet Nam (1); based in Viet Nam"
    )


def test_without_countries_nothing_crosses(network):
    """No country, no crossing, and the sentence says why."""
    found = find_crossings(network("A-B"))

    assert len(found.ties) == len(found.corridors) == len(found.spanners) == 0
    assert found.counts["ties_unknown"] == 1
    assert found.because.startswith("no crossing here")
