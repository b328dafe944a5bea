"""Stages: parts, ties within and between them, brokers of several stages."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from analysis.small_ring import small_ring
from ringmap.analysis import (
    count_crossings_by_case,
    find_brokers,
    find_spanner_stages,
    find_stage_brokers,
    find_stage_ties,
    find_stages,
)
from ringmap.analysis.mediation import MEDIATION
from ringmap.analysis.pairs import pairs_of
from ringmap.analysis.stage_brokers import mediate, shares_of
from ringmap.analysis.stages import members_of
from ringmap.errors import GraphError
from ringmap.graph import STAGE_COLUMNS, RingGraph, build_graph, graph_from_ties

STAGES = ("recruitment", "transport", "crossing", "harbouring")


def staged(ties: str, does: dict[str, str], *, directed: bool = False) -> RingGraph:
    """A graph of ties ``A-B`` and of who holds a role in which stages."""
    ends = [tuple(word.split("-")) for word in ties.split()]
    rows = [
        dict.fromkeys(STAGE_COLUMNS) | {
            "party": party, "stage": stage, "part": "does", "basis": "role", "kind": "other",
            "upon_victim": False, "others": 0, "records": (),
        }
        for party, several in does.items() for stage in several.split()
    ]  # fmt: skip
    graph = graph_from_ties(
        pd.DataFrame(ends, columns=["source", "target"]), pd.DataFrame({"party": sorted(does)}),
        directed=directed,
    )  # fmt: skip
    return replace(graph, stages=pd.DataFrame(rows, columns=list(STAGE_COLUMNS)))


def test_parts_are_told_in_a_sentence():
    """A does recruitment by role, and by acts upon two."""
    table = find_stages(build_graph(small_ring(), projection="people"))
    told = table.set_index(["party", "stage"]).loc["A", "recruitment"]

    assert told["parts"] == ("does",)
    assert told["because"] == (
        "Recruitment: does (role recruiter, 1 record, tie deceived, 1 record, tie recruited,"
        " 1 record)"
    )
    assert table.attrs["verdict"].startswith("8 of 8 parties have a part in a stage, 6 of them")


def test_members_are_those_who_do_something_and_no_victim_or_relative():
    """V and W are victims, R paid a ransom; T was made to recruit, and counts in the network."""
    graph = build_graph(small_ring(), projection="people")
    members = members_of(graph)

    assert graph.parties["party"].iloc[members.parties].tolist() == ["A", "B", "G", "T", "X"]


def test_odds_of_a_tie_within_a_stage():
    """A–B and C–D inside, B–C between: 2 of 2 pairs against 1 of 4: (2.5 · 3.5)/(.5 · 1.5)."""
    graph = staged("A-B B-C C-D", {"A": STAGES[0], "B": STAGES[0], "C": STAGES[1], "D": STAGES[1]})
    first = find_stage_ties(graph).iloc[0]

    assert (first["stage"], first["other_stage"]) == ("any", "the same")
    assert (first["ties"], first["pairs"]) == (2, 2)
    assert (first["share"], first["share_elsewhere"]) == (1.0, 0.25)
    assert first["odds_ratio"] == pytest.approx(2.5 * 3.5 / (0.5 * 1.5))
    assert first["expected"] == pytest.approx(1.0)


def test_two_cells_with_one_tie_between_them_keep_to_themselves():
    """Two cells of four who all know each other: beyond chance, and said so."""
    cells = " ".join(f"{c}{a}-{c}{b}" for c in "AB" for a in range(4) for b in range(a))
    does = {f"{c}{n}": STAGES["AB".index(c)] for c in "AB" for n in range(4)}
    table = find_stage_ties(staged(f"{cells} A0-B0", does))

    assert table["p"].iat[0] < 0.05
    assert table["because"].iat[0].endswith("beyond chance")


@pytest.mark.parametrize("directed", [False, True])
def test_with_one_stage_each_brokers_are_those_by_group(directed: bool):
    """The counts of find_brokers(group=...), on random graphs with closed paths."""
    for seed in range(4):
        chance = np.random.default_rng(seed)
        names = [f"P{n:02}" for n in range(12)]
        does = {name: STAGES[chance.integers(3)] for name in names}
        pairs = {(a, b) for a, b in chance.integers(0, 12, size=(34, 2)).tolist() if a != b}
        graph = staged(" ".join(f"{names[a]}-{names[b]}" for a, b in pairs), does,
                       directed=directed)  # fmt: skip
        if directed:
            graph = replace(graph, ties=graph.ties.assign(directed=True))
        grouped = replace(graph, parties=graph.parties.assign(stage=list(does.values())))
        wanted = find_brokers(grouped, group="stage", measures=MEDIATION).set_index("party")
        found = find_stage_brokers(graph).set_index("party").loc[wanted.index]

        for kind in MEDIATION:
            assert found[kind].to_numpy() == pytest.approx(wanted[kind].to_numpy())


def test_a_person_of_several_stages_counts_in_parts():
    """Each open path once in all, shared out over the stages of its three people, by hand."""
    does = {"A": "recruitment", "B": "recruitment transport", "C": "transport crossing",
            "D": "crossing", "E": "transport"}  # fmt: skip
    graph = staged("A-B B-C C-D B-D D-E", does)
    near = {("A", "B"), ("B", "C"), ("C", "D"), ("B", "D"), ("D", "E")}
    near |= {(b, a) for a, b in near}
    share = {who: {s: 1 / len(x.split()) for s in x.split()} for who, x in does.items()}
    wanted = {who: dict.fromkeys(("within", "total"), 0.0) for who in does}
    for a, v, b in permutations(does, 3):
        if (a, v) in near and (v, b) in near and (a, b) not in near:
            wanted[v]["total"] += 1
            for stage, part in share[v].items():
                wanted[v]["within"] += part * share[a].get(stage, 0) * share[b].get(stage, 0)
    found = find_stage_brokers(graph).set_index("party")

    for who, counts in wanted.items():
        assert found.loc[who, "within"] == pytest.approx(counts["within"])
        assert found.loc[who, "within"] + found.loc[who, "between"] == pytest.approx(
            counts["total"]
        )


def test_who_has_no_stage_is_nobodys_end():
    """A path whose end does nothing is not counted."""
    graph = staged("A-B B-C", {"A": "recruitment", "B": "transport", "C": ""})

    assert find_stage_brokers(graph)["between"].tolist() == [0.0, 0.0]
    assert find_stage_brokers(graph).attrs["verdict"].startswith("no broker between stages here")
    assert mediate(pairs_of(graph), shares_of(members_of(graph), 3))["liaison"].tolist() == [0] * 3


def test_a_victim_who_recruited_has_no_rank_unless_asked():
    """T is listed last without a rank, and with one on request."""
    graph = build_graph(small_ring(), projection="people")
    plain, asked = find_stage_brokers(graph), find_stage_brokers(graph, rank_victims=True)

    assert plain["party"].iat[-1] == "T"
    assert plain["rank"].isna().tolist() == [False] * 4 + [True]
    assert asked["rank"].notna().all()


def test_nobody_with_a_stage_is_an_answer(network):
    """Bare ties tell no stage: empty tables and sentences."""
    graph = network("A-B B-C")

    assert find_stages(graph).empty
    assert find_stages(graph).attrs["verdict"].startswith("no stage here")
    assert find_stage_ties(graph).attrs["verdict"].startswith("nothing to compare here")
    assert find_stage_brokers(graph).empty
    with pytest.raises(GraphError, match="tell nothing"):
        find_stage_ties(graph, draws=3)


def test_crossings_by_case_and_by_stage():
    """C1: four of its ties join VN and CN (G–X, X–V, X–T, R–X); G led one leg over the border."""
    graph = build_graph(small_ring())
    case = count_crossings_by_case(graph).iloc[0]
    spanners = find_spanner_stages(graph)
    guide = spanners[spanners["party"] == "G"].set_index("stage")

    assert (case["case"], case["across"], case["inside"], case["legs_across"]) == ("C1", 4, 8, 1)
    assert case["share"] == pytest.approx(4 / 12)
    assert guide.loc["crossing", ["ties_abroad", "legs_led_abroad"]].tolist() == [0, 1]
    assert guide.loc["finance", "ties_abroad"] == 1
    assert not {"V", "T"} & {*spanners["party"]}
    assert {"V", "T"} < {*find_spanner_stages(graph, include_victims=True)["party"]}
    assert all(records for records in spanners["records"])


def test_without_countries_nobody_spans(network):
    """No country, no spanner, and the sentence says so."""
    graph = network("A-B")

    assert find_spanner_stages(graph).attrs["verdict"].startswith("nobody spans a border here")
    assert count_crossings_by_case(graph)[["ties", "across", "unknown"]].to_numpy().tolist() == [
        [1, 0, 1]
    ]
