"""Removal and recovery: what is left, over all orders of equals, and how gaps close."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks import network_of
from ringmap.analysis import MEASURES, REMOVAL_COLUMNS, simulate_removal
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, graph_from_ties

MEETINGS = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "montagna" / "meetings_edges.csv"
)
Network = Callable[..., RingGraph]
PROMISED = ["step", "removed", "lcc_fraction", "lcc_low", "lcc_high"]


def drawn(seed: int) -> tuple[networkx.Graph[str], RingGraph]:
    """A random network with isolates, in both forms."""
    numbers = networkx.gnp_random_graph(8, (0.2, 0.3, 0.45)[seed % 3], seed=seed)
    graph = networkx.relabel_nodes(numbers, {one: f"p{one}" for one in numbers})
    ties = pd.DataFrame(list(graph.edges), columns=["source", "target"], dtype="str")
    return graph, graph_from_ties(ties, pd.DataFrame({"party": sorted(graph)}))


def largest(graph: networkx.Graph[str]) -> int:
    return max(map(len, networkx.connected_components(graph)), default=0)


def every_order(
    graph: networkx.Graph[str], steps: int, rank: Callable[[networkx.Graph[str]], dict[str, float]]
) -> list[tuple[float, float, float]]:
    """Low, high and mean of the largest part after each step, each order of equals by itself."""
    whole, told = largest(graph), []
    ways = [(Fraction(1), graph)]
    for _ in range(steps):
        further = []
        for chance, left in ways:
            values = rank(left)
            level = [one for one in left if values[one] > max(values.values()) - 1e-9]
            for one in level:
                rest = left.subgraph(set(left) - {one})
                further.append((chance / len(level), rest))
        ways = further
        sizes = [Fraction(largest(left), whole) for _, left in ways]
        mean = sum(size * chance for size, (chance, _) in zip(sizes, ways, strict=True))
        told.append((float(min(sizes)), float(max(sizes)), float(mean)))
    return told


def test_a_chain_falls_apart_in_its_middle(network: Network) -> None:
    """A-B-C-D-E: C is between 4 pairs; without it 2 of 5 are the largest part, 2 of 10 pairs left.

    Then all four are level at 0, and whoever goes leaves a pair: 2 of 5 again, 1 pair of 10.
    """
    table = simulate_removal(network("A-B B-C C-D D-E"), steps=2)

    assert table["removed"].tolist() == [None, "C", "A"]
    assert table["lcc_fraction"].tolist() == [1.0, 0.4, 0.4]
    assert table["level"].tolist() == [0, 1, 4]
    assert table["pairs_left"].tolist() == pytest.approx([1.0, 0.2, 0.1])
    assert table["cut_off"].tolist() == [0, 2, 0]
    assert table["cut_off_parties"].tolist() == [(), ("D", "E"), ()]


def test_the_promised_columns_come_first(network: Network) -> None:
    """As other tools read them."""
    table = simulate_removal(network("A-B B-C"))

    assert list(table.columns) == list(REMOVAL_COLUMNS)
    assert list(table.columns[:5]) == PROMISED
    assert table["lcc_fraction"].tolist() == pytest.approx([1, 1 / 3, 1 / 3, 0])


def test_efficiency_left_counts_ways_by_their_length(network: Network) -> None:
    """A-B-C: 1 + 1 + 1/2; without A one pair in one step is left, 1 of 2.5."""
    table = simulate_removal(network("A-B B-C"), by=["A"])

    assert table["efficiency_left"].iloc[1] == pytest.approx(0.4)


def degree(graph: networkx.Graph[str]) -> dict[str, float]:
    return {one: float(ties) for one, ties in graph.degree()}


def betweenness(graph: networkx.Graph[str]) -> dict[str, float]:
    return dict(networkx.betweenness_centrality(graph, normalized=False))


@pytest.mark.parametrize(("by", "rank"), [("degree", degree), ("betweenness", betweenness)])
def test_the_spread_is_that_of_every_order_of_equals(by: str, rank: Any) -> None:
    """Each way to break ties, followed one by one with networkx; a fair draw among equals."""
    spread = 0.0
    for seed in range(7):
        graph, ours = drawn(seed)

        table = simulate_removal(ours, by=by, steps=3).iloc[1:]

        wanted = every_order(graph, 3, rank)
        found = list(zip(table["lcc_low"], table["lcc_high"], table["lcc_mean"], strict=True))
        if table["every_order"].all():
            assert np.array(found) == pytest.approx(np.array(wanted))
            spread += sum(high - low for low, high, _ in wanted)
    assert spread > 0


def test_the_shown_order_leaves_what_the_row_says() -> None:
    """Taking out the parties of each row down from the first leaves that largest part."""
    for seed in range(6):
        graph, ours = drawn(seed)
        table = simulate_removal(ours, by="degree")
        for row in table.itertuples():
            gone = set(table["removed"].iloc[1 : row.step + 1])
            left = graph.subgraph(set(graph) - gone)

            assert row.lcc_fraction == pytest.approx(largest(left) / largest(graph))
            assert row.lcc_low <= row.lcc_fraction <= row.lcc_high


def test_a_published_network_spreads_as_measured() -> None:
    """Meetings by degree: .283 of the largest part between orders of equals; .554 to .837."""
    if not MEETINGS.is_file():
        pytest.skip("the published networks are not beside this repository (../shared/data)")
    graph = graph_from_ties(pd.read_csv(MEETINGS, dtype=str)[["source", "target"]])

    by_degree = simulate_removal(graph, by="degree", steps=5).iloc[5]
    by_betweenness = simulate_removal(graph, steps=5).iloc[5]

    assert by_degree["lcc_high"] - by_degree["lcc_low"] == pytest.approx(0.283, abs=5e-4)
    assert by_betweenness["lcc_fraction"] < by_degree["lcc_low"]


def test_a_ranking_may_be_kept(network: Network) -> None:
    """First ranking: C (4) before B and D (3 each); ranked anew nobody stands between any more."""
    chain = network("A-B B-C C-D D-E")

    kept = simulate_removal(chain, recompute=False, steps=3)

    assert kept["removed"].tolist() == [None, "C", "B", "D"]
    assert simulate_removal(chain, steps=3)["removed"].tolist() == [None, "C", "A", "B"]


@pytest.mark.parametrize(
    ("by", "directed"), [(one, place % 2 == 0) for place, one in enumerate(MEASURES)]
)
def test_every_measure_can_rank(by: str, directed: bool, network: Network) -> None:
    """Also down to parties without ties, and in the empty network."""
    graph = network("A-B:2 B-C C-D D-B:3 D-E", parties="Z", directed=directed)

    table = simulate_removal(graph, by=by)

    assert sorted(table["removed"].iloc[1:]) == list("ABCDEZ")
    assert table["lcc_fraction"].iloc[-1] == 0.0


def test_the_most_constrained_go_last(network: Network) -> None:
    """Burt: A joins three who do not know each other and is least constrained, 1/3."""
    table = simulate_removal(network("A-B A-C A-D"), by="constraint", steps=1)

    assert table["removed"].iloc[1] == "A"
    assert table["value"].iloc[1] == pytest.approx(1 / 3)


def test_chance_is_averaged_over_draws(network: Network) -> None:
    """A star of 5: its centre leaves 1 of 5, each other 4 of 5; on average (1 + 4·4)/25 = .68."""
    star = network("A-B A-C A-D A-E")

    table = simulate_removal(star, by="random", steps=1, seed=3)
    row = table.iloc[1]

    assert (row["lcc_low"], row["lcc_high"]) == (0.2, 0.8)
    assert row["lcc_mean"] == pytest.approx(0.68, abs=0.1)
    pd.testing.assert_frame_equal(table, simulate_removal(star, by="random", steps=1, seed=3))


def with_roles(text: str, roles: dict[str, str]) -> RingGraph:
    graph = network_of(text)
    parties = graph.parties.assign(roles=[roles.get(one) for one in graph.parties["party"]])
    return RingGraph(parties, graph.ties, graph.directed)


def test_only_those_of_a_role_are_taken_out() -> None:
    """Of two drivers the one between more goes first; the organiser stays."""
    graph = with_roles("A-B B-C C-D D-E", {"B": "driver", "C": "organiser", "E": "guard;driver"})

    table = simulate_removal(graph, among=("roles", "driver"))

    assert table["removed"].tolist() == [None, "B", "E"]


def test_the_gap_is_closed_by_whoever_shares_most_contacts(network: Network) -> None:
    """H holds A, B and C-D. A and B know each other: both share one contact; A then needs C."""
    row = simulate_removal(network("H-A H-B H-C A-B C-D"), by=["H"]).iloc[1]

    assert (row["lcc_fraction"], row["lcc_recovered"]) == (0.4, 0.8)
    assert row["replacement"] == "A"
    assert row["replacements"] == ("A", "B")
    assert row["new_ties"] == ("C",)
    assert np.isnan(row["lcc_same_role"])
    assert "a model, not a forecast" in row["because"]
    assert "knows 1 of 2 already and needs 1 new tie, 1 other would do as well" in row["because"]


def test_models_differ_in_what_they_can_close() -> None:
    """H holds three pairs; one new tie joins two of them, 4 of 7. No other driver is left."""
    graph = with_roles("H-A H-C H-E A-B C-D E-F", {"H": "driver", "A": "guard"})

    row = simulate_removal(graph, by=["H"]).iloc[1]

    assert row["lcc_one_tie"] == pytest.approx(4 / 7)
    assert row["lcc_nearest"] == row["lcc_most_connected"] == pytest.approx(6 / 7)
    assert row["lcc_same_role"] == row["lcc_recovered_low"] == pytest.approx(2 / 7)
    assert row["replacement_same_role"] is None


def test_the_same_role_replaces_from_two_steps_away() -> None:
    """D is the other driver, behind C: D takes over and is tied to A anew."""
    graph = with_roles("H-A H-B H-C A-B C-D", {"H": "driver", "D": "driver"})

    row = simulate_removal(graph, by=["H"]).iloc[1]

    assert row["replacement_same_role"] == "D"
    assert row["lcc_same_role"] == 0.8


def test_a_replacement_taken_out_is_replaced_again(network: Network) -> None:
    """A took H's place; without A, B of the pair left takes over and C's pair stays joined: 3."""
    table = simulate_removal(network("H-A H-B H-C A-B C-D"), by=["H", "A"])

    assert table["lcc_recovered"].tolist() == pytest.approx([1.0, 0.8, 0.6])
    assert table["lcc_fraction"].tolist() == pytest.approx([1.0, 0.4, 0.4])


def test_who_is_kept_out_neither_goes_nor_replaces(network: Network) -> None:
    """A may not step in: B does; and A is never taken out."""
    table = simulate_removal(network("H-A H-B H-C A-B C-D"), without=["A"])

    assert table["replacement"].iloc[1] == "B"
    assert "A" not in set(table["removed"])


pairs = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=7, deadline=None)
@given(st.lists(pairs, min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_order_and_doubled_ties_change_nothing(drawn_ties: Any, random: Any) -> None:
    """Rows shuffled and doubled: the same table. Ids renamed: the same low, high and mean."""
    rows = [(f"n{one}", f"n{other}") for one, other in drawn_ties]
    shuffled = rows + rows
    random.shuffle(shuffled)
    names = dict(zip([f"n{one}" for one in range(7)],
                     random.sample([f"z{one}" for one in range(7)], 7), strict=True))  # fmt: skip
    renamed = [(names[one], names[other]) for one, other in rows]

    plain, other, turned = (
        simulate_removal(
            graph_from_ties(pd.DataFrame(ties, columns=["source", "target"])), by="degree", steps=2
        )
        for ties in (rows, shuffled, renamed)
    )

    pd.testing.assert_frame_equal(plain, other)
    for column in ("lcc_low", "lcc_high", "lcc_mean"):
        assert turned[column].tolist() == pytest.approx(plain[column].tolist())


@pytest.mark.parametrize(
    "options",
    [
        {"by": "size"},
        {"by": ["nobody"]},
        {"by": ["A"], "without": ["A"]},
        {"steps": -1},
        {"among": ("roles", "driver")},
        {"among": ("party", "Q")},
        {"without": ["nobody"]},
    ],
)
def test_what_cannot_be_asked_is_refused(options: dict[str, Any], network: Network) -> None:
    """One line that says what may be."""
    with pytest.raises(GraphError, match=";"):
        simulate_removal(network("A-B B-C"), **options)


def test_one_who_is_left_is_told_as_one(network: Network) -> None:
    """Of two, one is left."""
    table = simulate_removal(network("A-B"), steps=1)

    assert "the largest part has 1 party, 50% of what it had" in table["because"].iat[1]


def test_what_no_two_could_do_before_is_not_said_to_be_left() -> None:
    """Two strangers: no pair reached each other, so no share of pairs is left; of A-B none is."""
    strangers = simulate_removal(network_of("", parties="A B"), by=["A"]).iloc[1]
    tied = simulate_removal(network_of("A-B"), by=["A"]).iloc[1]

    measures = ["pairs_left", "efficiency_left", "efficiency_recovered"]
    assert strangers[measures].isna().all()
    assert "; no two could reach each other before; " in strangers["because"]
    assert tied[measures].tolist() == [0, 0, 0]
    assert "; 0% of the pairs can still reach each other; " in tied["because"]


def test_nobody_is_taken_out_of_nobody() -> None:
    """The empty network has its first row and no other."""
    table = simulate_removal(network_of(""))

    assert table["lcc_fraction"].tolist() == [1.0]


def test_a_ranking_that_costs_too_much_is_kept_and_said_to_be(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path from a to g, of 7 parties and 6 ties, costs 42 a ranking. In the middle is d, with 9
    pairs; c and e have 8 each. Without d, b and f are between 1 pair each, c and e none: so with
    work for one ranking c goes second, with work for two b does."""
    path = network("a-b b-c c-d d-e e-f f-g")
    monkeypatch.setattr("ringmap.analysis.removal_order.MOST_RANKING", 50)
    kept = simulate_removal(path, steps=3)
    monkeypatch.setattr("ringmap.analysis.removal_order.MOST_RANKING", 90)
    anew = simulate_removal(path, steps=2)

    assert kept["removed"].tolist() == [None, "d", "c", "e"]
    assert "as ranked before step 1" in kept["because"][2]
    assert "anew up to step 1 only, and from step 2 on" in kept.attrs["ranking"]
    assert anew["removed"].tolist() == [None, "d", "b"]
    assert anew.attrs["ranking"] == ""


def test_betweenness_of_a_large_network_is_estimated_and_said_to_be(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of so few parties the estimate is exact, so that the order is that of the exact one."""
    monkeypatch.setattr("ringmap.analysis.removal_order.MOST_EXACT", 40)
    found = simulate_removal(network("a-b b-c c-d d-e e-f f-g"), steps=2)

    assert found["removed"].tolist() == [None, "d", "b"]
    assert found["because"][1].startswith("first by betweenness, estimated (9)")
    assert "estimated here" in found.attrs["ranking"]
