"""Numbers with their words."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from analysis.legs import graph_of_legs, leg
from analysis.networks import network_of
from ringmap import analysis
from ringmap.analysis.counting import counted, written
from ringmap.errors import RingmapError
from ringmap.graph import RingGraph, graph_from_ties


@pytest.mark.parametrize(
    ("word", "one", "two"),
    [
        ("journey", "1 journey", "2 journeys"),
        ("named person", "1 named person", "2 named people"),
        ("party", "1 party", "2 parties"),
    ],
)
def test_one_is_one_and_everything_else_is_many(word: str, one: str, two: str) -> None:
    """Nought takes the plural."""
    assert [counted(1, word), counted(2, word)] == [one, two]
    assert counted(0, word) == two.replace("2", "0")


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (661.4, "661.4", "661,4"), (0.142857, "0.1429", "0,1429"), (110, "110", "110"),
        (12345.6, "12,346", "12.346"), (-1500, "-1,500", "-1.500"), (0, "0", "0"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_each_language_does(value: float, english: str, vietnamese: str):
    """No powers of ten for large ones; Vietnamese has a comma before the fraction."""
    assert (written(value), written(value, "vi")) == (english, vietnamese)


def tiny() -> dict[str, RingGraph]:
    """Graphs in which nearly everything is there once."""
    dated = pd.DataFrame(
        [("A", "B", "2019", "2019")], columns=["source", "target", "first", "last"]
    )
    return {
        "one person": network_of("", parties="A", countries={"A": "VN"}),
        "two": network_of("A-B", countries={"A": "VN", "B": "CN"}),
        "three": network_of("A-B B-C", countries={"A": "VN", "B": "CN", "C": "CN"}),
        "dated": graph_from_ties(dated),
        "one leg": graph_of_legs(leg("A", "X>Y", "2019", by="B", gate="G"),
                                 countries={"X": "VN", "Y": "CN"}, sides={"A": "victim"}),
    }  # fmt: skip


ASK: dict[str, Any] = {
    "find_bridging": analysis.find_bridging,
    "find_choke_points": analysis.find_choke_points,
    "find_core": lambda graph: analysis.find_core(graph, draws=20),
    "find_corridors": analysis.find_corridors,
    "find_courses": analysis.find_courses,
    "find_crossings": analysis.find_crossings,
    "find_dominance": analysis.find_dominance,
    "find_journeys": analysis.find_journeys,
    "find_key_players": lambda graph: analysis.find_key_players(graph, 1, criterion="reach"),
    "find_likely_ties": analysis.find_likely_ties,
    "find_mediators": lambda graph: analysis.find_mediators(graph, group="country", shuffles=19),
    "find_mixing": lambda graph: analysis.find_mixing(graph, "country"),
    "find_rank_intervals": analysis.find_rank_intervals,
    "find_rings": analysis.find_rings,
    "find_route_changes": analysis.find_route_changes,
    "find_spanner_stages": analysis.find_spanner_stages,
    "find_stage_brokers": analysis.find_stage_brokers,
    "find_topplers": analysis.find_topplers,
    "follow_rings": analysis.follow_rings,
    "measure_homophily": lambda graph: analysis.measure_homophily(graph, "country", draws=20),
    "simulate_removal": lambda graph: analysis.simulate_removal(graph, steps=1),
}
#: "1 ties", but not "1 has" nor "R1 is".
_ONE_OF_MANY = re.compile(
    r"(?<![\w.,])1 (?!has |is |was )(?:\w+ )?(?:ties|legs|pairs|parties|others|cases|journeys"
    r"|people|steps|rings|threads|windows|years|crossings|gates|points|paths|changes)\b|\(s\)"
)


def _sentences(found: Any) -> list[str]:
    if isinstance(found, str):
        return [found]
    if isinstance(found, pd.DataFrame):
        words = [one for one in found.columns if one in ("because", "doubt", "verdict")]
        return [*_sentences(dict(found.attrs)), *found[words].to_numpy().ravel().tolist()]
    if isinstance(found, dict):
        return [text for one in found.values() for text in _sentences(one)]
    names = getattr(found, "__dataclass_fields__", ())
    return [text for name in names for text in _sentences(getattr(found, name))]


@pytest.mark.parametrize("name", sorted(ASK))
def test_no_sentence_speaks_of_one_as_of_many(name: str) -> None:
    """Of networks where nearly everything is there once."""
    for world, graph in tiny().items():
        for text in _sentences(_asked(name, graph)):
            assert not _ONE_OF_MANY.search(str(text)), (world, text)


def _asked(name: str, graph: RingGraph) -> Any:
    try:
        return ASK[name](graph)
    except RingmapError as error:  # it has no answer here, and says why
        return str(error)
