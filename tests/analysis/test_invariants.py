"""What must hold of every finding when records change in ways that change nothing.

Rows in another order, other ids, a record told twice, and people without any tie.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ringmap import analysis
from ringmap.analysis import Doubt
from ringmap.graph import RingGraph, build_graph, graph_from_ties, list_visits
from ringmap.model import Case
from rings import read_folder

PEOPLE = [f"Q{number:02}" for number in range(18)]
ROLES = ("recruiter", "transporter", "buyer", "victim", "organiser", "harbourer")
Tables = dict[str, list[str]]


def _tables() -> Tables:
    """An invented case folder: a heading and rows for each of its tables."""
    chance = random.Random(7)
    people = [
        f"{one},{ROLES[place % 6]},{'VN' if place % 3 else 'CN'},{'QK1' if place % 2 else 'QK2'}"
        for place, one in enumerate(PEOPLE)
    ]
    pairs = sorted({tuple(sorted(chance.sample(PEOPLE[:9], 2))) for _ in range(26)}
                   | {tuple(sorted(chance.sample(PEOPLE[9:], 2))) for _ in range(26)}
                   | {("Q08", "Q09"), ("Q03", "Q09"), ("Q02", "Q15")})  # fmt: skip
    ties = [
        f"{a},{b},{('called', 'recruited', 'transported')[at % 3]},{2019 + at % 2},2020"
        f",{1 + at % 4}"
        for at, (a, b) in enumerate(pairs)
    ]
    legs = [
        f"L{number}{step},transported,2019-0{1 + number}-0{1 + step},{start},{end},{gate},{who},Q01"
        for number, who in enumerate(("Q03", "Q09", "Q15", "Q03"))
        for step, (start, end, gate) in enumerate((("QP1", "QP2", ""), ("QP2", "QP3", "QG1")))
    ]
    return {
        "people": ["person_id,role,country,case_id", *people],
        "ties": ["source,target,kind,first,last,weight", *ties],
        "cases": ["case_id,agency,reported,purpose", "QK1,Unit 1,2019,forced_marriage",
                  "QK2,Unit 2,2020,forced_labour"],
        "places": ["place_id,name,kind,country", "QP1,Home,home_village,VN", "QP2,Town,town,VN",
                   "QP3,City,city,CN", "QG1,Gate,border_gate,VN"],
        "legs": ["event_id,kind,date,from_place,to_place,crossing,person_id,moved_by", *legs],
        "identifiers": ["identifier_id,kind,value,holder", "QI1,phone,0912345678,Q02",
                        "QI1,phone,0912345678,Q11", "QI2,phone,0912345679,Q05",
                        "QI2,phone,0912345679,Q13"],
    }  # fmt: skip


def _shuffled(tables: Tables) -> Tables:
    chance = random.Random(3)
    return {name: [rows[0], *chance.sample(rows[1:], len(rows) - 1)]
            for name, rows in tables.items()}  # fmt: skip


def _renamed(tables: Tables) -> Tables:
    """Every id another, in the same order."""
    return {name: [rows[0], *(row.replace("Q", "RZ") for row in rows[1:])]
            for name, rows in tables.items()}  # fmt: skip


def _told_twice(tables: Tables) -> Tables:
    return tables | {"ties": [*tables["ties"], *tables["ties"][1:]]}


def _with_isolates(tables: Tables) -> Tables:
    alone = [f"ZALONE{number},witness,," for number in range(4)]
    return tables | {"people": [*tables["people"], *alone]}


CHANGES: dict[str, Callable[[Tables], Tables]] = {
    "as it is": lambda tables: tables,
    "shuffled and renamed": lambda tables: _renamed(_shuffled(tables)),
    "told twice": _told_twice, "with isolates": _with_isolates,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class World:
    """The records after a change, as graphs; `name` says what an id of `_tables` is called."""

    case: Case
    whole: RingGraph
    people: RingGraph
    renamed: bool

    def name(self, party: str) -> str:
        """What a party is called here."""
        return party.replace("Q", "RZ") if self.renamed else party


@functools.cache
def _rings(world: World) -> pd.DataFrame:
    return analysis.find_rings(world.people)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], World]:
    """The world of each change, read once."""
    folder: Path = tmp_path_factory.mktemp("worlds")

    @functools.cache
    def world(change: str) -> World:
        tables = CHANGES[change](_tables())
        texts = {name: "\n".join(rows) + "\n" for name, rows in tables.items()}
        case = read_folder(folder / change.replace(" ", "_"), **texts).case
        people = build_graph(case, projection="people")
        return World(case, build_graph(case), people, change == "shuffled and renamed")

    return world


#: Each function with small numbers of draws.
ASK: dict[str, Callable[[World], Any]] = {
    "count_by_year": lambda w: analysis.count_by_year(w.case),
    "count_crossings_by_case": lambda w: analysis.count_crossings_by_case(w.whole),
    "count_within": lambda w: analysis.count_within(w.people, w.name("Q00"), steps=3),
    "describe_rings": lambda w: analysis.describe_rings(w.whole, _rings(w)),
    "estimate_betweenness": lambda w: analysis.estimate_betweenness(w.people),
    "find_arrivals": lambda w: analysis.find_arrivals(w.whole, w.name("Q01")),
    "find_bridging": lambda w: analysis.find_bridging(w.people),
    "find_brokers": lambda w: analysis.find_brokers(w.people, group="country"),
    "find_choke_points": lambda w: analysis.find_choke_points(w.whole),
    "find_core": lambda w: analysis.find_core(w.people, draws=20),
    "find_corridors": lambda w: analysis.find_corridors(w.whole),
    "find_courses": lambda w: analysis.find_courses(w.whole),
    "find_crossings": lambda w: analysis.find_crossings(w.whole),
    "find_dominance": lambda w: analysis.find_dominance(w.people),
    "find_elements": lambda w: analysis.find_elements(w.case),
    "find_evolution": lambda w: analysis.find_evolution(w.people),
    "find_journeys": lambda w: analysis.find_journeys(w.whole),
    "find_key_players": lambda w: analysis.find_key_players(w.people, 2),
    "find_likely_ties": lambda w: analysis.find_likely_ties(w.whole, contacts=w.people, top=9),
    "find_mediators": lambda w: analysis.find_mediators(w.people, group="country", shuffles=49),
    "find_mixing": lambda w: analysis.find_mixing(w.people, "country"),
    "find_overlap": lambda w: analysis.find_overlap(w.people),
    "find_paths": lambda w: analysis.find_paths(w.whole, w.name("Q00"), w.name("Q17")),
    "find_paths_in_time": lambda w: analysis.find_paths_in_time(
        w.whole, w.name("Q00"), w.name("Q17")
    ),
    "find_rank_intervals": lambda w: analysis.find_rank_intervals(w.people),
    "list_within": lambda w: analysis.list_within(w.people, w.name("Q00"), steps=3),
    "find_reach": lambda w: analysis.find_reach(w.people, w.name("Q00")),
    "find_rings": _rings,
    "find_route_changes": lambda w: analysis.find_route_changes(w.whole),
    "find_route_separators": lambda w: analysis.find_route_separators(w.whole),
    "find_separators": lambda w: analysis.find_separators(w.people),
    "find_shared_members": lambda w: analysis.find_shared_members(w.people, _rings(w)),
    "find_shared_things": lambda w: analysis.find_shared_things(
        w.whole, visits=list_visits(w.case)
    ),
    "find_spanner_stages": lambda w: analysis.find_spanner_stages(w.whole),
    "find_stage_brokers": lambda w: analysis.find_stage_brokers(w.people),
    "find_stage_ties": lambda w: analysis.find_stage_ties(w.people, draws=20),
    "find_stages": lambda w: analysis.find_stages(w.people),
    "find_topplers": lambda w: analysis.find_topplers(w.people, most=6),
    "find_way": lambda w: analysis.find_way(w.people, w.name("Q00"), w.name("Q17")),
    "find_who_may_know": lambda w: analysis.find_who_may_know(
        w.whole, w.name("Q03"), network=w.people
    ),
    "follow_rings": lambda w: analysis.follow_rings(w.people),
    "gather_caveats": lambda w: analysis.gather_caveats(w.people),
    "judge_brokers": lambda w: analysis.judge_brokers(analysis.find_brokers(w.people), w.people),
    "measure_doubt": lambda w: analysis.measure_doubt(w.people, "degree", doubt=Doubt(draws=20)),
    "measure_homophily": lambda w: analysis.measure_homophily(w.people, "country", draws=20),
    "measure_over_time": lambda w: analysis.measure_over_time(w.people, "degree"),
    "score_pairs": lambda w: analysis.score_pairs(w.people),
    "simulate_removal": lambda w: analysis.simulate_removal(w.people, steps=3),
}

#: Behind which records a number stands changes with the rows; these are not compared at all.
BEHIND = frozenset({"records", "tie", "sources"})
#: Sentences count records, so that a record told twice may change them.
WORDS = frozenset({"because", "because_vi", "verdict_vi", "doubt", "doubt_vi"})
#: What counts everybody, tied or not: measures of a share of all, and draws over all.
OF_ALL = {
    "find_bridging": {"everett_valente", "valente_fujimoto", "community_broker",
                      "community_broker_share"},
    "find_brokers": {"betweenness_normalized", "closeness_wf", "pagerank", "cluster"},
    "find_overlap": {"ranked_with"},
    "find_key_players": {"value", "before", "bound", "alone", "without", "looked_at"},
    "find_rank_intervals": {"below", "rank_high"},
    "score_pairs": {"katz"},
}  # fmt: skip
#: What goes by how many records there are: a tie told twice is a likelier one.
BY_RECORDS = {"find_topplers", "gather_caveats"}
#: The draws meet other people where there are more, by design; or the count is of everybody; and
#: whoever has no tie is in no window.
DRAWN = {
    "measure_doubt",
    "follow_rings",
    "find_likely_ties",
    "gather_caveats",
    "find_core",
    "count_by_year",
}


def told(finding: Any, *, without: frozenset[str] = frozenset()) -> Any:
    """A finding as plain values with ids as they were, but for columns that are left out."""
    out = BEHIND | without
    if isinstance(finding, pd.DataFrame):
        kept = finding.drop(columns=[name for name in finding.columns if name in out])
        rows = [[_plain(cell) for cell in row] for row in kept.itertuples(index=False)]
        return [list(map(str, kept.columns)), *rows]
    if is_dataclass(finding) and not isinstance(finding, type):
        return {one.name: told(getattr(finding, one.name), without=without)
                for one in fields(finding) if one.name not in out}  # fmt: skip
    if isinstance(finding, dict):
        return {name: told(one, without=without) for name, one in finding.items()}
    if isinstance(finding, list | tuple):
        return [told(one, without=without) for one in finding]
    return _plain(finding)


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.replace("RZ", "Q")
    if isinstance(cell, set | frozenset):
        return sorted(map(_plain, cell))
    if isinstance(cell, tuple | list):
        return [_plain(one) for one in cell]
    if isinstance(cell, float | np.floating):
        return None if np.isnan(cell) else float(f"{cell:.9g}")
    return None if cell is None or cell is pd.NA else cell


@pytest.fixture(scope="module")
def ask(worlds: Callable[[str], World]) -> Callable[[str, str], Any]:
    """A finding of a world, found once."""
    return functools.cache(lambda name, change: ASK[name](worlds(change)))


def test_every_function_of_the_room_is_asked() -> None:
    """But for those that say how many draws a network is worth."""
    asked = {name for name in analysis.__all__ if name.islower()}

    assert asked - set(ASK) == {"describe_doubt", "draws_for", "most_key_players", "work_of"}


@pytest.mark.parametrize("name", sorted(ASK))
def test_rows_in_another_order_and_other_ids_change_nothing(
    name: str, ask: Callable[[str, str], Any]
) -> None:
    """Every number, sentence and place in the order is the same, for the same seed."""
    before = told(ask(name, "as it is"))

    assert told(ask(name, "shuffled and renamed")) == before


@pytest.mark.parametrize("name", sorted(set(ASK) - BY_RECORDS))
def test_a_tie_that_is_told_twice_is_one_tie(name: str, ask: Callable[[str, str], Any]) -> None:
    """Two records of one tie are two pieces of evidence: no number but that of records changes."""
    before, after = (told(ask(name, one), without=WORDS) for one in ("as it is", "told twice"))

    assert after == before


@pytest.mark.parametrize("name", sorted(set(ASK) - DRAWN))
def test_people_without_ties_change_nobody_else(name: str, ask: Callable[[str, str], Any]) -> None:
    """Rows of the others stay, in the same order; what is a share of all people may change."""
    without = WORDS | frozenset(OF_ALL.get(name, set()))
    before, after = (told(ask(name, one), without=without) for one in ("as it is", "with isolates"))

    assert _others(after) == before


def _others(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _others(one) for name, one in found.items()}
    if isinstance(found, list):
        return [_others(one) for one in found if not _is_alone(one)]
    return found


def _is_alone(row: Any) -> bool:
    return isinstance(row, list) and any("ALONE" in str(cell) for cell in row)


def test_parallel_ties_add_strength_and_nothing_else() -> None:
    """Of bare ties each row counts: twice as strong, and no rank by contacts or paths changes."""
    chance = np.random.default_rng(2)
    ties = pd.DataFrame(chance.integers(0, 12, (30, 2)), columns=["source", "target"]).astype(str)
    ties = ties[ties["source"] != ties["target"]].assign(weight=1.0)
    once = analysis.find_brokers(graph_from_ties(ties))
    twice = analysis.find_brokers(graph_from_ties(pd.concat([ties, ties])))
    numbers = [name for name in analysis.MEASURES if name != "strength"]

    assert twice["strength"].tolist() == (2 * once["strength"]).tolist()
    assert twice["party"].tolist() == once["party"].tolist()
    for name in numbers:
        assert twice[name].astype(float).to_numpy() == pytest.approx(
            once[name].astype(float).to_numpy(), nan_ok=True
        )
