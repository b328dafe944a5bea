"""Ties that records may lack: what is found, what is not said, and when there is nothing."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.networks import network_of
from analysis.test_predictors import random_graph
from ringmap.analysis import PREDICTORS, find_likely_ties, score_pairs
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, build_graph, graph_from_ties
from ringmap.records import read

SAMPLE = Path(__file__).parents[2] / "sample_graphs" / "bride_line"


def crews(seed: int = 0, *, crews: int = 10, size: int = 7) -> tuple[RingGraph, set[frozenset]]:
    """Crews in which two in three pairs are tied, and a few ties between crews; the gaps."""
    chance = np.random.default_rng(seed)
    rows, gaps = [], set()
    for crew in range(crews):
        members = [f"c{crew}m{one}" for one in range(size)]
        for pair in combinations(members, 2):
            if chance.random() < 0.66:
                rows.append(pair)
            else:
                gaps.add(frozenset(pair))
        rows.append((members[0], f"c{(crew + 1) % crews}m1"))
    return graph_from_ties(pd.DataFrame(rows, columns=["source", "target"])), gaps


@pytest.fixture(scope="module")
def found() -> tuple[pd.DataFrame, set[frozenset]]:
    graph, gaps = crews()
    return find_likely_ties(graph, top=40), gaps


def test_gaps_within_crews_come_first(found: tuple[pd.DataFrame, set[frozenset]]) -> None:
    """Of the first forty pairs nearly all are gaps between two of one crew."""
    table, gaps = found
    pairs = [frozenset(pair) for pair in zip(table["source"], table["target"], strict=True)]

    assert sum(pair in gaps for pair in pairs) >= 38
    assert table.attrs["found"]


def test_chances_fall_and_lie_in_their_interval(
    found: tuple[pd.DataFrame, set[frozenset]],
) -> None:
    """Likeliest first; each between its low and high; each a share that the bins have."""
    table, _ = found
    shares = {row["probability"] for row in table.attrs["calibration"]}

    assert (table["probability"].diff().dropna() <= 0).all()
    assert (table["probability_low"] <= table["probability"]).all()
    assert (table["probability"] <= table["probability_high"]).all()
    assert set(table["probability"]) <= shares


def test_every_tie_is_hidden_once(found: tuple[pd.DataFrame, set[frozenset]]) -> None:
    """The bins hold the hidden ties that still had something in common: most, here."""
    table, _ = found
    ties = len(crews()[0].simple.source)
    hits = sum(row["were_tied"] for row in table.attrs["calibration"])

    assert 0.6 * ties <= hits <= ties
    without = {"shared_things", "shared_cases", "met_in_time", "sides_that_tie", "roles_that_tie"}
    tried = {row["predictor"] for row in table.attrs["trial"]}
    # Nobody has a phone, a case, a date or a role here: what reads those is told of, not judged.
    assert tried == {"combined", *PREDICTORS} - without
    assert set(table.attrs["because"].split("read: ")[1].split(", ")) == without


def test_the_share_that_was_hidden_is_the_one_that_is_told() -> None:
    """Each tie is hidden once, so two trials hide a half each, though .4 was asked for."""
    table = find_likely_ties(crews()[0], hide=0.4, top=3)

    assert table.attrs["hidden_share"] == 0.5
    assert "50% at a time" in table.attrs["because"]
    assert "when 50% of the recorded" in table["because"].iloc[0]


def test_nobody_is_said_to_be_tied(found: tuple[pd.DataFrame, set[frozenset]]) -> None:
    """Sentences speak of what records may lack, of such pairs, and of the trial."""
    table, _ = found
    for sentence in table["because"]:
        assert "is tied" not in sentence
        assert "are tied to" not in sentence
        assert "no tie between them is recorded" in sentence
        assert "of 100 such pairs in this network about" in sentence
        assert "were hidden" in sentence


def test_contacts_in_common_are_named_and_counted(
    found: tuple[pd.DataFrame, set[frozenset]],
) -> None:
    """As many as the predictor says, each tied to both ends in the graph."""
    table, _ = found
    graph = crews()[0]
    tied = {frozenset(pair) for pair in zip(graph.ties["source"], graph.ties["target"],
                                            strict=True)}  # fmt: skip
    for row in table.itertuples():
        assert len(row.contacts) == row.common_neighbours
        assert all({frozenset((end, one)) for end in (row.source, row.target)} <= tied
                   for one in row.contacts)  # fmt: skip


def test_scores_are_those_of_score_pairs(found: tuple[pd.DataFrame, set[frozenset]]) -> None:
    """What the whole network says, with nothing hidden."""
    table, _ = found
    told = score_pairs(crews()[0], table[["source", "target"]])

    for name in ("adamic_adar", "katz", "paths_of_three"):
        assert table[name].to_numpy() == pytest.approx(told[name].to_numpy(), rel=1e-6)


def test_same_graph_and_seed_give_the_same_rows() -> None:
    """Whatever the order of the ties."""
    graph, _ = crews(2)
    rows = pd.DataFrame({"source": graph.ties["source"].astype(str),
                         "target": graph.ties["target"].astype(str)})  # fmt: skip
    turned = graph_from_ties(rows.sample(frac=1, random_state=1))

    pd.testing.assert_frame_equal(find_likely_ties(graph), find_likely_ties(turned))


def test_nothing_to_say_on_tiny_even_and_random_networks() -> None:
    """Nobody; a kite; all tied to all; a ring of 40; and ties by the dice."""
    empty = graph_from_ties(pd.DataFrame({"source": [], "target": []}, dtype="str"))
    names = [f"p{one:02d}" for one in range(40)]
    ring = " ".join(f"{a}-{b}" for a, b in zip(names, [*names[1:], names[0]], strict=True))
    full = " ".join(f"{a}-{b}" for a, b in combinations(names[:10], 2))
    for graph in (empty, network_of("A-B B-C C-A"), network_of(full),
                  network_of(ring, directed=True),
                  random_graph(5, directed=True, parties=120)):  # fmt: skip
        table = find_likely_ties(graph)

        assert table.empty
        assert not table.attrs["found"]
        assert table.attrs["because"].startswith("nothing to say here")


def test_records_of_supporting_ties_are_named() -> None:
    """Each record of a row is behind a tie of one of its ends."""
    case = read(SAMPLE).case
    whole = build_graph(case)
    people = build_graph(case, projection=["people", "people_through_calls"])
    table = find_likely_ties(whole, contacts=people, top=5)
    for row in table.itertuples():
        ties = (whole.ties["source"].isin([row.source, row.target])
                | whole.ties["target"].isin([row.source, row.target])).to_numpy()  # fmt: skip
        own = {one for tie in np.flatnonzero(ties) for one in whole.evidence.of(int(tie))}

        assert set(row.records) <= own
        assert len(row.records) >= 2 * (len(row.contacts) > 0)


def test_bad_arguments_are_refused() -> None:
    """A share out of range, no rows, and contacts of another case."""
    graph = network_of("A-B B-C")
    for wrong in ({"hide": 0.9}, {"hide": 0.0}, {"top": 0}, {"contacts": network_of("A-Z")}):
        with pytest.raises(GraphError):
            find_likely_ties(graph, **wrong)  # type: ignore[arg-type]
