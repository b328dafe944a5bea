"""How one party is tied to another: the shortest paths, each link with its records."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from ringmap.analysis.evidence import records_by
from ringmap.analysis.pairs import Integers
from ringmap.errors import GraphError
from ringmap.graph import RingGraph

LINK_COLUMNS = (
    "path", "step", "from_party", "to_party", "source", "target", "directed", "kind", "case",
    "weight", "first", "last", "records", "tie",
)  # fmt: skip
#: Names looked through for what a misspelt party may have meant.
_NAMES_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths between two parties.

    Attributes
    ----------
    links
        A row per tie of each step of each path: ``path`` and ``step`` count from 1,
        ``from_party`` and ``to_party`` say which way the path goes, ``source`` and
        ``target`` which way the tie was recorded; parallel ties are rows of their own.
    length
        Steps of each path; None when there is no path, 0 from a party to itself.
    number
        How many shortest paths there are, shown or not.
    shown
        How many of them `links` has.
    because
        The same in a sentence.
    """

    links: pd.DataFrame
    length: int | None
    number: int
    shown: int
    because: str


def find_paths(graph: RingGraph, a: object, b: object, *, most: int = 10) -> Paths:
    """The shortest paths from one party to another, every tie of each step with its records.

    A step counts 1 whatever its strength; ties of strength 0 lead nowhere. When the graph is
    directed a path follows the direction of ties. Paths come in the order of the ids along
    them. A short path is a lead and no proof of acquaintance: a bus station or a large case
    joins strangers, and a missing record makes a path longer than it was.

    Parameters
    ----------
    most
        Paths to show; ``number`` and ``because`` say when there are more.

    Raises
    ------
    GraphError
        If a party is not in the graph (the hint names ids that look alike), or `most` is
        less than 1.
    """
    if most < 1:
        raise GraphError(f"cannot show {most} paths", hint="ask for one or more")
    start, end = position_of(graph, a), position_of(graph, b)
    if start == end:
        return Paths(link_table(graph, []), 0, 1, 0, "both are the same party: no path is needed")
    forward = _matrix(graph)
    layers = _layers(forward.T.tocsr(), end, start)
    if layers is None:
        return Paths(link_table(graph, []), None, 0, 0, _apart(graph))
    steps = _steps_to_end(layers, len(graph.parties))
    number = _number(forward, layers, start, end)
    routes = list(islice(_routes(forward, steps, start, end), most))
    length = len(layers) - 1
    return Paths(link_table(graph, routes), length, number, len(routes),
                 _sentence(length, number, len(routes)))  # fmt: skip


def position_of(graph: RingGraph, party: object) -> int:
    """Position of a party in ``graph.parties``; `GraphError` names ids that look alike."""
    try:
        return graph.places[party]
    except (KeyError, TypeError):  # nobody's id, or nothing that could be one
        pass
    names = graph.parties["party"]
    found = np.flatnonzero((names.astype(str) == str(party)).to_numpy())
    if len(found) == 0:
        near = _near(graph, str(party))
        hint = f"did you mean {' or '.join(near)}?" if near else "give the id of a party"
        raise GraphError(f"no party '{party}'", hint=hint)
    return int(found[0])


def _near(graph: RingGraph, wanted: str) -> list[str]:
    """Ids that look like what was asked for, or whose name does. Names are not given away."""
    ids = [str(one) for one in graph.parties["party"].iloc[:_NAMES_LOOKED_AT]]
    folded = {one.casefold(): one for one in reversed(ids)}
    near = [folded[one] for one in difflib.get_close_matches(wanted.casefold(), folded, n=3)]
    if "name" in graph.parties.columns:
        names: dict[str, str] = {}
        for one, name in zip(ids, graph.parties["name"].iloc[:_NAMES_LOOKED_AT], strict=True):
            if isinstance(name, str):
                names.setdefault(name.casefold(), one)
        near += [names[one] for one in difflib.get_close_matches(wanted.casefold(), names, n=3)]
    return list(dict.fromkeys(near))[:3]


def _matrix(graph: RingGraph) -> csr_array:
    source, target = graph.simple.source, graph.simple.target
    if not graph.directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    count = len(graph.parties)
    matrix = coo_array((np.ones(len(source), dtype=np.int8), (source, target)),
                       shape=(count, count)).tocsr()  # fmt: skip
    matrix.sort_indices()
    return matrix


def _contacts(matrix: csr_array, parties: Integers) -> Integers:
    start, stop = matrix.indptr[parties], matrix.indptr[parties + 1]
    sizes = (stop - start).astype(np.int64)
    offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.asarray(matrix.indices[np.repeat(start, sizes) + offset], dtype=np.int64)


def _layers(matrix: csr_array, start: int, goal: int) -> list[Integers] | None:
    """Parties by number of steps from `start`, as far as `goal`; None if out of reach."""
    seen = np.zeros(matrix.shape[0], dtype=bool)
    seen[start] = True
    layers = [np.array([start], dtype=np.int64)]
    while not seen[goal]:
        reached = _contacts(matrix, layers[-1])
        fresh = np.unique(reached[~seen[reached]])
        if len(fresh) == 0:
            return None
        seen[fresh] = True
        layers.append(fresh)
    return layers


def _steps_to_end(layers: list[Integers], count: int) -> Integers:
    steps = np.full(count, -1, dtype=np.int64)
    for number, parties in enumerate(layers):
        steps[parties] = number
    return steps


def _number(matrix: csr_array, layers: list[Integers], start: int, end: int) -> int:
    """How many shortest paths there are, exactly, whatever their number."""
    ways = {end: 1}
    wanted = _wanted_by_layer(matrix, layers, start)
    for number in range(1, len(layers)):
        ways = {
            party: sum(ways.get(one, 0) for one in _contacts(matrix, np.array([party])).tolist())
            for party in wanted[number]
        }
    return ways[start]


def _wanted_by_layer(matrix: csr_array, layers: list[Integers], start: int) -> dict[int, list[int]]:
    """Parties on some shortest path, by how far they are from the end."""
    wanted = {len(layers) - 1: np.array([start], dtype=np.int64)}
    for number in range(len(layers) - 2, -1, -1):
        reached = np.unique(_contacts(matrix, wanted[number + 1]))
        wanted[number] = np.intersect1d(reached, layers[number])
    return {number: parties.tolist() for number, parties in wanted.items()}


def _routes(matrix: csr_array, steps: Integers, start: int, end: int) -> Iterator[list[int]]:
    """Shortest paths in the order of the ids along them."""
    waiting = [[start]]
    while waiting:
        route = waiting.pop()
        if route[-1] == end:
            yield route
            continue
        nearer = _contacts(matrix, np.array([route[-1]]))
        nearer = nearer[steps[nearer] == steps[route[-1]] - 1]
        waiting.extend([*route, one] for one in reversed(nearer.tolist()))


def link_table(graph: RingGraph, routes: list[list[int]]) -> pd.DataFrame:
    """A row per tie of each step of some routes, with the columns of `LINK_COLUMNS`."""
    walked = pd.DataFrame(
        [
            (number, step, one, other)
            for number, route in enumerate(routes, start=1)
            for step, (one, other) in enumerate(pairwise(route), start=1)
        ],
        columns=["path", "step", "from_at", "to_at"],
    ).astype(np.int64)
    ties = _usable_ties(graph, walked)
    links = walked.merge(ties, on=["from_at", "to_at"], how="inner")
    links = links.sort_values(["path", "step", "tie"], ignore_index=True)
    names = graph.parties["party"].to_numpy(dtype=object)
    told = graph.ties.iloc[links["tie"].to_numpy()].reset_index(drop=True)
    tie = links["tie"].to_numpy()
    table = links[["path", "step", "tie"]].assign(
        from_party=names[links["from_at"]],
        to_party=names[links["to_at"]],
        source=names[graph.source[tie]],
        target=names[graph.target[tie]],
        records=records_by(graph, np.arange(len(tie)), tie, len(tie)),
        **{name: told[name] for name in ("directed", "kind", "case", "weight", "first", "last")},
    )
    return table[list(LINK_COLUMNS)]


def _usable_ties(graph: RingGraph, walked: pd.DataFrame) -> pd.DataFrame:
    """Ties of the walked pairs, as often as they can be walked, with where from and to."""
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    weight = graph.ties["weight"].to_numpy(dtype=np.float64)
    usable = np.isnan(weight) | (weight > 0)
    back = usable & ~(graph.directed & graph.ties["directed"].to_numpy(dtype=bool))
    span = max(len(graph.parties), 1)
    wanted = (walked["from_at"] * span + walked["to_at"]).to_numpy()
    parts = [
        (np.flatnonzero(may & np.isin(one * span + other, wanted)), one, other)
        for may, one, other in ((usable, source, target), (back, target, source))
    ]
    return pd.concat(
        [
            pd.DataFrame({"tie": tie, "from_at": one[tie], "to_at": other[tie]})
            for tie, one, other in parts
        ],
        ignore_index=True,
    ).drop_duplicates(ignore_index=True)


def _apart(graph: RingGraph) -> str:
    way = " in the direction of the ties" if graph.directed else ""
    return f"not connected: no path of recorded ties leads from one to the other{way}"


def _sentence(length: int, number: int, shown: int) -> str:
    steps = "1 step" if length == 1 else f"{length} steps"
    if number == 1:
        return f"one shortest path of {steps}"
    more = "" if shown == number else f", of which the first {shown} are shown"
    return f"{number} shortest paths of {steps}{more}"
