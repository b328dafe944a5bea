"""Choke points: places, gates and carriers that journeys cannot well do without."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.moves import Steps, count_steps, moves_of, steps_of
from ringmap.analysis.positions import level, shared_ranks
from ringmap.analysis.route_network import Routes, routes_of, rows_of_journeys, unbroken_parts
from ringmap.graph import RingGraph

POINT_COLUMNS = (
    "rank", "point", "kind", "journeys", "through", "share", "people", "legs", "without_other_way",
    "betweenness", "is_cut", "first", "last", "because", "records",
)  # fmt: skip
LINK_COLUMNS = (
    "rank", "from_point", "to_point", "journeys", "share", "people", "without_other_way",
    "edge_betweenness", "is_bridge", "first", "last", "because", "records",
)  # fmt: skip
#: Fewer journeys say nothing about choke points.
LEAST_JOURNEYS = 5
#: A point is called a choke point when so many journeys have no other recorded way.
LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class ChokePoints:
    """What journeys pass through, and what they have no recorded way around.

    Attributes
    ----------
    points
        A row per place (or province, or country), per gate, and per carrier.
    links
        A row per link of the network of routes: from a place to a gate or to the next
        place.
    found
        Whether any point is called a choke point by the rule of `find_choke_points`.
    because
        Whether there is one, and why, in a sentence that names nobody.
    """

    points: pd.DataFrame
    links: pd.DataFrame
    found: bool
    because: str


def find_choke_points(
    graph: RingGraph, *, by: str = "place", journeys: Journeys | None = None,
    rank_victims: bool = False,
) -> ChokePoints:  # fmt: skip
    """Places, gates and carriers by how many journeys pass, and how many could not go around.

    The network of routes has a link for each step of a journey, to the gate and on from it
    where one is recorded; returns are left out. ``journeys`` use the point at all,
    ``through`` pass it on the way (a place where a journey begins or ends is not passed),
    ``share`` (0 to 1) is `through` over all journeys that moved. ``without_other_way`` counts
    journeys whose end cannot be reached from their beginning in this network without the
    point (or link): the choke points that Price finds better targets than busy places.
    ``betweenness`` (places, gates) and ``edge_betweenness`` (links) count pairs of points
    whose shortest directed way leads here, 0 up, where a link that many journeys use is
    short (1/journeys), after Giommoni 2021; equal ways share. ``is_cut`` and ``is_bridge``: the
    network falls apart without it, direction aside.

    A carrier is who moved people (person or organisation): ``journeys`` and ``through`` are
    those it carried, ``without_other_way`` those with a leg that no other carrier is
    recorded for; it is no point of the network and has no betweenness. Victims are no
    carriers unless `rank_victims`; their legs count.

    Places and gates come first, then carriers, each with ranks of their own: most
    ``without_other_way`` first, then ``through``, betweenness, kind and name; equals share a
    rank. A journey with a gap counts in its unbroken parts. A point is called a choke point
    when at least a quarter of 5 or more journeys have no other recorded way. "No other way"
    means none in these files: traffickers know ways that nobody recorded, and a route that is
    closed moves. A few journeys of one case make any place a choke point.

    Parameters
    ----------
    by
        ``place``, ``province`` or ``country``; gates and carriers stay what they are.
    journeys
        What `find_journeys` gave for this graph.
    rank_victims
        Whether victims who moved others have a row as carriers.

    Raises
    ------
    GraphError
        If there is no such level.

    References
    ----------
    Giommoni, L., Berlusconi, G., Aziani, A. (2021). Interdicting international drug
    trafficking. European Journal on Criminal Policy and Research.
    Lengauer, T., Tarjan, R. E. (1979). A fast algorithm for finding dominators in a
    flowgraph. ACM Transactions on Programming Languages and Systems 1, 121-141.
    Price, thesis, Creighton University: choke points against hot spots.
    """
    moves = moves_of(graph, journeys or find_journeys(graph), by)
    known = moves["from_point"].notna() & moves["to_point"].notna() & ~moves["returning"]
    moves = moves[known].reset_index(drop=True)
    total = moves["journey"].nunique()
    routes = routes_of(moves)
    blocked = _without_other_way(routes, moves)
    stops = _ranked(_point_table(routes, moves, blocked, total, by))
    carriers = _ranked(_carrier_table(graph, moves, total, rank_victims=rank_victims))
    points = pd.concat([stops, carriers] if len(carriers) else [stops], ignore_index=True)
    links = _link_table(routes, moves, blocked, total)
    choking = int(_choking(points, total).sum())
    return ChokePoints(points, links, choking > 0, _because(total, choking, len(points)))


def _ranked(points: pd.DataFrame) -> pd.DataFrame:
    order = ["without_other_way", "through", "betweenness", "kind", "point"]
    ordered = points.sort_values(order, ascending=[False] * 3 + [True] * 2, ignore_index=True)
    ordered["rank"] = _ranks(ordered, order[:3])
    return ordered[list(POINT_COLUMNS)].astype({"is_cut": "boolean", "betweenness": "float64"})


def _ranks(table: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Shared ranks of rows that are sorted by some columns."""
    values = table[columns].fillna(-1.0).round(9)
    groups = values.ne(values.shift()).any(axis=1).cumsum()
    return shared_ranks(-groups.astype("int64"))


def _choking(points: pd.DataFrame, total: int) -> pd.Series:
    enough = total >= LEAST_JOURNEYS
    return (points["without_other_way"] >= LEAST_SHARE * max(total, 1)) & enough


def _without_other_way(routes: Routes, moves: pd.DataFrame) -> Counter[int]:
    """Journeys that have no way around each point, then (numbers after them) each link."""
    wanted = {name: unbroken_parts(routes, rows) for name, rows in rows_of_journeys(moves).items()}
    needed = _needed(routes, {pair for pairs in wanted.values() for pair in pairs})
    blocked: Counter[int] = Counter()
    for pairs in wanted.values():
        blocked.update({one for pair in pairs for one in needed[pair]})
    return blocked


def _needed(routes: Routes, pairs: set[tuple[int, int]]) -> dict[tuple[int, int], frozenset[int]]:
    """What every way from one point to another leads through: points, and links after them.

    That is what dominates the second (Lengauer and Tarjan 1979); links stand as points
    between their ends, so that one tree for each beginning tells both.
    """
    import igraph

    count = len(routes.points)
    arcs = [
        arc
        for link, (start, end) in enumerate(routes.ends)
        for arc in ((start, count + link), (count + link, end))
    ]
    network = igraph.Graph(n=count + len(routes.links), edges=arcs, directed=True)
    found: dict[tuple[int, int], frozenset[int]] = {}
    for start in sorted({start for start, _ in pairs}):
        tree = network.dominator(start)
        for pair in (one for one in pairs if one[0] == start):
            found[pair] = frozenset(_above(tree, pair[1], start))
    return found


def _above(tree: list[float], point: int, root: int) -> list[int]:
    """What stands between a point and the root of a tree of dominators."""
    found: list[int] = []
    at = tree[point] if point != root else root
    while at != root:
        found.append(int(at))
        at = tree[int(at)]
    return found


def _weighted(routes: Routes, moves: pd.DataFrame) -> tuple[Any, list[float]]:
    """The network as an igraph graph, and the length of each link, 1/journeys."""
    import igraph

    users: dict[int, set[str]] = {}
    for journey, steps in zip(moves["journey"].astype(str), routes.steps, strict=True):
        for link in steps:
            users.setdefault(link, set()).add(journey)
    network = igraph.Graph(n=len(routes.points), edges=routes.ends, directed=True)
    return network, [1.0 / len(users[link]) for link in range(len(routes.links))]


def _point_table(routes: Routes, moves: pd.DataFrame, blocked: Counter[int],
                 total: int, by: str) -> pd.DataFrame:  # fmt: skip
    steps = steps_of(moves)
    used: dict[int, list[int]] = {}
    through: dict[int, set[str]] = {}
    for journey, rows in rows_of_journeys(moves).items():
        visited = [point for row in rows for link in routes.steps[row]
                   for point in routes.ends[link]]  # fmt: skip
        inner = set(visited) - set(visited[:1]) - set(visited[-1:])
        for point in inner:
            through.setdefault(point, set()).add(journey)
        for row in rows:
            for point in {one for link in routes.steps[row] for one in routes.ends[link]}:
                used.setdefault(point, []).append(row)
    network, lengths = _weighted(routes, moves)
    between = level(np.asarray(network.betweenness(weights=lengths), dtype=np.float64))
    cuts = set(network.as_undirected().articulation_points())
    told = [
        {
            "point": name,
            "kind": kind if kind == "gate" else by,
            **_counts(steps, used[point], len(through.get(point, ())), total),
            "without_other_way": blocked[point],
            "betweenness": float(between[point]),
            "is_cut": point in cuts,
        }
        for point, (kind, name) in enumerate(routes.points)
    ]
    return _with_reasons(pd.DataFrame(told, columns=_columns(POINT_COLUMNS)), total)


def _columns(columns: Iterable[str]) -> list[str]:
    return [one for one in columns if one not in ("rank", "because")]


def _counts(steps: Steps, rows: list[int], through: int, total: int) -> dict[str, Any]:
    return count_steps(steps, rows) | {"through": through, "share": through / max(total, 1)}


def _carrier_table(graph: RingGraph, moves: pd.DataFrame, total: int, *,
                   rank_victims: bool) -> pd.DataFrame:  # fmt: skip
    left_out = set() if rank_victims else _victims(graph)
    steps = steps_of(moves)
    rows_of: dict[str, list[int]] = {}
    alone: dict[str, set[str]] = {}
    for row, (movers, journey) in enumerate(zip(moves["moved_by"], moves["journey"], strict=True)):
        for mover in movers:
            rows_of.setdefault(str(mover), []).append(row)
        if len(movers) == 1:
            alone.setdefault(str(movers[0]), set()).add(journey)
    rows = []
    for carrier in sorted(set(rows_of) - left_out):
        carried = len({steps["journey"][row] for row in rows_of[carrier]})
        rows.append(
            {
                "point": carrier,
                "kind": "carrier",
                **_counts(steps, rows_of[carrier], carried, total),
                "without_other_way": len(alone.get(carrier, ())),
                "betweenness": np.nan,
                "is_cut": pd.NA,
            }
        )
    return _with_reasons(pd.DataFrame(rows, columns=_columns(POINT_COLUMNS)), total)


def _victims(graph: RingGraph) -> set[str]:
    if "side" not in graph.parties.columns:
        return set()
    victims = graph.parties["side"].isin(["victim", "both"])
    return set(graph.parties["party"][victims].astype(str))


def _with_reasons(table: pd.DataFrame, total: int) -> pd.DataFrame:
    choking = _choking(table, total).tolist()
    columns = (table["kind"], table["through"], table["without_other_way"], choking)
    told = [_reason(*row, total) for row in zip(*columns, strict=True)]
    return table.assign(because=pd.Series(told, index=table.index, dtype="str"))


def _reason(kind: str, through: int, blocked: int, choking: bool, total: int) -> str:
    if kind == "carrier":
        said = (f"carried {through} of {counted(total, 'journey')}; on {blocked} of them no"
                " other carrier is recorded for a leg")  # fmt: skip
    else:
        passes, has = ("passes", "has") if total == 1 else ("pass", "have")
        said = (f"{through} of {counted(total, 'journey')} {passes} through; {blocked} {has} no"
                " other recorded way")  # fmt: skip
    if total < LEAST_JOURNEYS:
        return f"{said}; too few journeys to call anything a choke point"
    return f"{said}; a choke point by the rule" if choking else said


def _link_table(routes: Routes, moves: pd.DataFrame, blocked: Counter[int],
                total: int) -> pd.DataFrame:  # fmt: skip
    users: dict[int, list[int]] = {}
    for row, taken in enumerate(routes.steps):
        for link in taken:
            users.setdefault(link, []).append(row)
    steps = steps_of(moves)
    network, lengths = _weighted(routes, moves)
    between = level(np.asarray(network.edge_betweenness(weights=lengths), dtype=np.float64))
    bridges = set(network.as_undirected(mode="each").bridges())
    rows: list[dict[str, Any]] = []
    for link, (start, end) in enumerate(routes.links):
        carried = len({steps["journey"][row] for row in users[link]})
        found = _counts(steps, users[link], carried, total)
        no_other = blocked[len(routes.points) + link]
        rows.append(
            found
            | {
                "from_point": start[1],
                "to_point": end[1],
                "without_other_way": no_other,
                "edge_betweenness": float(between[link]),
                "is_bridge": link in bridges,
                "because": f"{found['journeys']} of {counted(total, 'journey')}"
                f" {'takes' if total == 1 else 'take'} this link;"
                f" {no_other} {'has' if total == 1 else 'have'} no other recorded way",
            }
        )
    table = pd.DataFrame(rows, columns=[one for one in LINK_COLUMNS if one != "rank"])
    order = ["without_other_way", "journeys", "edge_betweenness", "from_point", "to_point"]
    table = table.sort_values(order, ascending=[False] * 3 + [True] * 2, ignore_index=True)
    table["rank"] = _ranks(table, order[:3])
    return table[list(LINK_COLUMNS)]


def _because(total: int, choking: int, points: int) -> str:
    if total == 0:
        return "nothing here: no journey leads from one known place to another"
    if total < LEAST_JOURNEYS:
        are = "is" if total == 1 else "are"
        return (f"no choke point can be told: {counted(total, 'journey')} {are} too few, any place"
                " on the way would be one")  # fmt: skip
    rule = f"at least {LEAST_SHARE:.0%} of {counted(total, 'journey')} have no other recorded way"
    if choking == 0:
        return (
            f"no choke point here: of {counted(points, 'point')} there is none without which {rule}"
        )
    if choking == 1:
        return f"1 of {counted(points, 'point')} is a choke point: without it {rule}"
    return f"{choking} of {points} points are choke points: without each of them {rule}"
