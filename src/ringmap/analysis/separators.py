"""Separators: the fewest parties, gates or ties that stand between two groups."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis.corridors import together
from ringmap.analysis.counting import counted
from ringmap.analysis.cuts import Cuts, Network, Truths, find_cuts
from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.journeys import Journeys, find_journeys
from ringmap.analysis.moves import moves_of
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.analysis.paths import position_of
from ringmap.analysis.route_network import Routes, routes_of, rows_of_journeys
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph
from ringmap.model import load_words

SEPARATOR_COLUMNS = (
    "set", "member", "kind", "from_point", "to_point", "weight", "sets", "because", "records",
)  # fmt: skip
PARTED_BY = ("parties", "ties", "strength")
ROUTES_PARTED_BY = ("gates", "places", "links")


@dataclass(frozen=True, slots=True)
class Separators:
    """The smallest sets that part two groups.

    Attributes
    ----------
    members
        A row per set and member: ``set`` counts from 1, ``member`` is a party (or a gate or
        a place), or empty for a tie or a link, whose ends are ``from_point`` and
        ``to_point``; ``sets`` in how many of the sets it stands. Members of most sets are
        the surest choice.
    size
        Members of each set (the sum of strengths when parted by strength); 0 when nothing
        joins the groups, None when nothing can part them.
    number
        How many smallest sets are listed.
    complete
        Whether they are all there are.
    because
        The same in a sentence that names nobody.
    """

    members: pd.DataFrame
    size: float | None
    number: int
    complete: bool
    because: str


def find_separators(
    graph: RingGraph,
    *,
    victims: Iterable[object] | None = None,
    exploiters: Iterable[object] | None = None,
    by: str = "parties",
    most: int = 100,
    rank_victims: bool = False,
) -> Separators:
    """The fewest parties, or ties, without whom no chain of ties joins victims to exploiters.

    Both groups are taken as one point each; every chain from one to the other has to pass
    a member of each set. Ties that join a victim and an exploiter directly are set aside and
    counted: no third party stands between. All smallest sets are equally good and all are
    listed, up to `most`; ``complete`` says if there are more. When the graph is directed
    chains follow the direction of ties. Ties of strength 0 count for nothing.

    A member is someone to look at, whose part can be checked in the records; it is no proof,
    and one missing tie undoes it. In the whole typed graph cases and places join people:
    use the projection ``people``. Many sets mean that nobody in particular stands between.
    One flow, whatever the number of sets: seconds at 83,000 ties.

    Parameters
    ----------
    victims
        Party ids; everyone whose side is ``victim`` when None.
    exploiters
        Party ids; offenders with a role of the stage of exploitation (buyer, exploiter)
        when None. Who is both is in neither group unless named.
    by
        ``parties``: people other than those named. ``ties``: the fewest pairs of parties.
        ``strength``: the pairs whose strengths add up to least.
    most
        Sets to list.
    rank_victims
        Whether other victims, or people who are victims as well, may be members.

    Raises
    ------
    GraphError
        If a party is not in the graph or in both groups, `by` is not known, or `most` is
        less than 1.

    References
    ----------
    Menger, K. (1927). Zur allgemeinen Kurventheorie. Fundamenta Mathematicae 10, 96-115.
    Picard, J.-C., Queyranne, M. (1980). On the structure of all minimum cuts in a network.
    Mathematical Programming Study 13, 8-16.
    """
    _check(by, PARTED_BY, most)
    sources = _chosen(graph, victims, _side(graph, "victim"))
    sinks = _chosen(graph, exploiters, _exploiters(graph))
    both = set(sources.tolist()) & set(sinks.tolist())
    if both:
        raise GraphError(
            f"{len(both)} named both as a victim and as an exploiter",
            hint="name each party in one group",
        )
    if not len(sources) or not len(sinks):
        who = "victim" if not len(sources) else "buyer or exploiter"
        return _nothing(f"nothing here: no {who} is known")
    closed = _closed(graph, rank_victims=rank_victims)
    split = _split(graph, sources, sinks, by, closed)
    count = len(graph.parties)
    cuts = find_cuts(split.network, 2 * count, 2 * count + 1, most=most)
    rows = _party_rows(graph, cuts) if by == "parties" else _tie_rows(graph, split, cuts)
    note = f"; {counted(split.direct, 'direct tie')} between them set aside" * bool(split.direct)
    closed[sources], closed[sinks] = False, False
    if by == "parties" and closed.any():
        note += f"; {counted(int(closed.sum()), 'person')} recorded as a victim may be no member"
    return _separators(rows, cuts, f"{_GROUPS}{note}", by)


def find_route_separators(
    graph: RingGraph, *, by: str = "gates", journeys: Journeys | None = None, most: int = 100
) -> Separators:
    """The fewest gates, places or links that every recorded way of the journeys leads through.

    Ways lead from where journeys begin to where they end, along any recorded steps, returns
    left out; one that leaves at a place where another journey begins is a way too. When a
    way passes no gate (nobody wrote the crossing down) gates alone cannot part them, and
    ``size`` is None. Parting by gates looks at journeys that name a gate; the others, which
    may never have come to a border, are left out and counted.

    Parameters
    ----------
    by
        ``gates``: crossing points alone. ``places``: gates and places on the way; one where
        a journey begins or ends is a member only where others pass it. ``links``: steps
        from a place to a gate or to the next place.
    journeys
        What `find_journeys` gave for this graph.
    most
        Sets to list.

    Raises
    ------
    GraphError
        If `by` is not known or `most` is less than 1.

    References
    ----------
    Picard, J.-C., Queyranne, M. (1980). On the structure of all minimum cuts in a network.
    Mathematical Programming Study 13, 8-16.
    """
    _check(by, ROUTES_PARTED_BY, most)
    moves = moves_of(graph, journeys or find_journeys(graph), "place")
    moves = moves[~moves["returning"]].reset_index(drop=True)
    total = moves["journey"].nunique()
    if by == "gates":
        gated = set(moves["journey"][moves["crossing"].notna()])
        moves = moves[moves["journey"].isin(gated)].reset_index(drop=True)
    routes = routes_of(moves)
    if not routes.links:
        what = "passes a gate" if by == "gates" else "leads from one known place to another"
        return _nothing(f"nothing here: no journey {what}")
    count = len(routes.points)
    cuts = find_cuts(_of_routes(routes, moves, by), 2 * count, 2 * count + 1, most=most)
    left = total - moves["journey"].nunique()
    note = f"; {counted(left, 'journey')} that name no gate left out" * bool(left)
    return _separators(_route_rows(routes, moves, by, cuts), cuts, f"{_WAYS}{note}", by)


def _check(by: str, known: tuple[str, ...], most: int) -> None:
    if by not in known:
        raise QuestionError(f"cannot part by '{by}'", hint=f"choose among {', '.join(known)}")
    if most < 1:
        raise QuestionError(f"cannot list {most} sets", hint="ask for one or more")


def _chosen(graph: RingGraph, named: Iterable[object] | None, otherwise: Integers) -> Integers:
    if named is None:
        return otherwise
    return np.array(sorted({position_of(graph, one) for one in named}), dtype=np.int64)


def _side(graph: RingGraph, side: str) -> Integers:
    if "side" not in graph.parties.columns:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero((graph.parties["side"] == side).to_numpy(dtype=bool))


def _exploiters(graph: RingGraph) -> Integers:
    if "roles" not in graph.parties.columns:
        return np.zeros(0, dtype=np.int64)
    words = load_words("role").values()
    roles = {
        one.code
        for one in words
        if (one.says.get("side"), one.says.get("stage")) == ("offender", "exploitation")
    }
    told = graph.parties["roles"].fillna("")
    plays = np.array([bool(roles & set(str(one).split(";"))) for one in told], dtype=bool)
    offenders = _side(graph, "offender")
    return np.asarray(offenders[plays[offenders]], dtype=np.int64)


def _closed(graph: RingGraph, *, rank_victims: bool) -> Truths:
    """Who may be no member."""
    if rank_victims or "side" not in graph.parties.columns:
        return np.zeros(len(graph.parties), dtype=bool)
    return np.array(graph.parties["side"].isin(["victim", "both"]), dtype=bool)


@dataclass(frozen=True, slots=True)
class _Split:
    """Each party as a way in and a way out: arcs between these, then arcs of ties, then others."""

    network: Network
    low: Integers
    high: Integers
    weight: Numbers
    direct: int


def _split(graph: RingGraph, sources: Integers, sinks: Integers, by: str,
           closed: Truths) -> _Split:  # fmt: skip
    count = len(graph.parties)
    low, high = graph.simple.source.astype(np.int64), graph.simple.target.astype(np.int64)
    weight = graph.simple.weight
    if not graph.directed:
        low, high = np.concatenate([low, high]), np.concatenate([high, low])
        weight = np.concatenate([weight, weight])
    begins, ends = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    begins[sources], ends[sinks] = True, True
    direct = begins[low] & ends[high]
    keep = ~direct & ~ends[low] & ~begins[high]
    low, high, weight = low[keep], high[keep], weight[keep]
    inner = np.full(count, np.inf)
    if by == "parties":
        inner[~begins & ~ends & ~closed] = 1.0
    between = {"parties": np.full(len(low), np.inf), "ties": np.ones(len(low)), "strength": weight}
    network = _joined(inner, low, high, between[by], sources, sinks)
    return _Split(network, low, high, weight, int(direct.sum()))


def _joined(inner: Numbers, tail: Integers, head: Integers, between: Numbers, begins: Integers,
            stops: Integers) -> Network:  # fmt: skip
    """Points split in two, from a source (twice the count) to a sink (the number after it).

    The source leads to the way out of each beginning, the way in of each end to the sink.
    """
    count = len(inner)
    free = np.full(len(begins) + len(stops), np.inf)
    return Network(
        2 * count + 2,
        np.concatenate([np.arange(count), tail + count, np.full(len(begins), 2 * count), stops]),
        np.concatenate(
            [np.arange(count) + count, head, begins + count, np.full(len(stops), 2 * count + 1)]
        ),
        np.concatenate([inner, between, free]),
    )


def _of_routes(routes: Routes, moves: pd.DataFrame, by: str) -> Network:
    ends = np.array(routes.ends, dtype=np.int64).reshape(-1, 2)
    inner = np.full(len(routes.points), np.inf)
    for place, (kind, _) in enumerate(routes.points):
        if by == "places" or (by == "gates" and kind == "gate"):
            inner[place] = 1.0
    between = np.full(len(ends), 1.0 if by == "links" else np.inf)
    first, last = set(), set()
    for rows in rows_of_journeys(moves).values():
        links = [link for row in rows for link in routes.steps[row]]
        first.add(routes.ends[links[0]][0])
        last.add(routes.ends[links[-1]][1])
    begins, stops = (np.array(sorted(some), dtype=np.int64) for some in (first, last))
    return _joined(inner, ends[:, 0], ends[:, 1], between, begins, stops)


Row = dict[str, Any]


def _party_rows(graph: RingGraph, cuts: Cuts) -> list[Row]:
    names = graph.parties["party"].tolist()
    members = sorted({one for some in cuts.sets for one in some})
    about = {
        one: {
            "member": names[one], "kind": "party",
            "records": records_of_ties(
                graph, np.flatnonzero((graph.source == one) | (graph.target == one)).tolist()
            ),
        }
        for one in members
    }  # fmt: skip
    return _listed(cuts.sets, about)


def _tie_rows(graph: RingGraph, split: _Split, cuts: Cuts) -> list[Row]:
    names = graph.parties["party"].tolist()
    count = len(names)
    about: dict[Any, Row] = {}
    sets = []
    for some in cuts.sets:
        pairs = []
        for arc in some:
            tie = arc - count
            low, high = int(split.low[tie]), int(split.high[tie])
            pair = (low, high) if graph.directed or low < high else (high, low)
            pairs.append(pair)
            ends = {"from_point": names[pair[0]], "to_point": names[pair[1]]}
            about[pair] = {"kind": "tie", **ends, "weight": float(split.weight[tie])}
        sets.append(tuple(sorted(pairs)))
    for pair, told in about.items():
        ahead = (graph.source == pair[0]) & (graph.target == pair[1])
        back = (graph.source == pair[1]) & (graph.target == pair[0])
        if graph.directed:
            back &= ~graph.ties["directed"].to_numpy(dtype=bool)
        told["records"] = records_of_ties(graph, np.flatnonzero(ahead | back).tolist())
    return _listed(sorted(set(sets)), about)


def _route_rows(routes: Routes, moves: pd.DataFrame, by: str, cuts: Cuts) -> list[Row]:
    count = len(routes.points)
    users: dict[int, list[tuple[int, ...]]] = {}
    for records, steps in zip(moves["records"], routes.steps, strict=True):
        links = {count + link for link in steps}
        for one in links if by == "links" else {end for link in steps for end in routes.ends[link]}:
            users.setdefault(one, []).append(records)
    about: dict[Any, Row] = {}
    for arc in sorted({one for some in cuts.sets for one in some}):
        if by == "links":
            (_, start), (_, end) = routes.links[arc - count]
            about[arc] = {"kind": "link", "from_point": start, "to_point": end}
        else:
            kind, name = routes.points[arc]
            about[arc] = {"kind": kind, "member": name}
        about[arc]["records"] = together(users[arc])
    return _listed(cuts.sets, about)


def _listed(sets: Iterable[tuple[Any, ...]], about: dict[Any, Row]) -> list[Row]:
    sets = list(sets)
    often = Counter(one for some in sets for one in some)
    return [
        {"set": number, **about[one], "sets": often[one],
         "because": f"{_beside(len(some))} in this set; in {often[one]} of"
         f" {counted(len(sets), 'set')} listed"}
        for number, some in enumerate(sets, start=1)
        for one in some
    ]  # fmt: skip


_GROUPS = "victims and exploiters"
_WAYS = "where journeys begin and where they end"


def _separators(rows: list[Row], cuts: Cuts, between: str, by: str) -> Separators:
    members = pd.DataFrame(rows, columns=list(SEPARATOR_COLUMNS)).astype({"weight": "float64"})
    for column in ("member", "from_point", "to_point"):
        members[column] = members[column].astype(object).where(members[column].notna(), None)
    number = int(members["set"].nunique())
    return Separators(members, cuts.value, number, cuts.complete,
                      _because(cuts, number, between, by))  # fmt: skip


def _because(cuts: Cuts, number: int, between: str, by: str) -> str:
    parts, _, aside = between.partition(";")
    aside = f";{aside}" if aside else ""
    one, many = _WORDS[by]
    if cuts.value is None:
        return f"no set of {many} parts {parts}: a way between them passes none{aside}"
    if cuts.value == 0:
        return f"nothing joins {parts}: no set is needed{aside}"
    size = f"{cuts.value:g} {one if cuts.value == 1 else many}"
    if by == "strength":
        size = f"ties whose strengths add up to {cuts.value:g}"
    if number == 1 and cuts.complete:
        return f"one smallest set parts {parts}: {size}{aside}"
    more = "" if cuts.complete else "; there are more than were listed"
    return f"{number} smallest sets part {parts}, each of {size}, all equally good{more}{aside}"


_WORDS = {
    "parties": ("party", "parties"),
    "ties": ("tie", "ties"),
    "strength": ("tie", "ties"),
    "gates": ("gate", "gates"),
    "places": ("place or gate", "places or gates"),
    "links": ("link", "links"),
}


def _nothing(because: str) -> Separators:
    empty = pd.DataFrame(columns=list(SEPARATOR_COLUMNS))
    return Separators(empty, None, 0, True, because)


def _beside(members: int) -> str:
    return "alone" if members == 1 else f"one of {members}"
