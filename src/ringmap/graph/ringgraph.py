"""Parties and ties as columns, with igraph and networkx on demand."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap import kernels
from ringmap.graph.neighbours import Neighbours, arcs_from, neighbours_of

if TYPE_CHECKING:
    import networkx

Positions = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Record positions behind each tie: those of tie i are ``records[start[i]:start[i + 1]]``."""

    start: npt.NDArray[np.int64]
    records: Positions

    def of(self, tie: int) -> tuple[int, ...]:
        """Positions in the table of records of all evidence for a tie."""
        return tuple(self.records[self.start[tie] : self.start[tie + 1]].tolist())

    def take(self, ties: npt.NDArray[np.int64]) -> "Evidence":
        """The evidence of some ties, in their order."""
        counts = np.diff(self.start)[ties]
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        which = np.arange(start[-1]) + np.repeat(self.start[ties] - start[:-1], counts)
        return Evidence(start, self.records[which].astype(np.int32))


@dataclass(frozen=True, slots=True)
class SimpleTies:
    """Each pair once, as measures read it: no self tie, none of strength 0, strengths summed.

    Directed: one row per arc. Undirected: one row per pair, `source` before `target`.
    """

    source: Positions
    target: Positions
    weight: Numbers


@dataclass(frozen=True, eq=False)
class RingGraph:
    """Parties and the ties between them.

    Attributes
    ----------
    parties
        A row per party, sorted by id; ``party`` first, then whatever is known.
    ties
        A row per tie: ``source`` and ``target`` (party ids, held as integer codes into
        `parties`), ``kind``, ``case``, ``directed``, ``weight`` (strength; NaN where no
        record gives one), ``first``, ``last``. Parallel ties are rows of their own.
    directed
        How measures read the ties. Undirected, a tie and its opposite are one pair;
        directed, a tie without direction is an arc each way.
    evidence
        Records behind each tie, or None for a graph made from bare ties.
    records
        The table of records that evidence points into.
    legs
        Movements from place to place, a row per event (see `list_legs`).
    stays
        Events that put a person at a single place, a row per event (see `list_stays`).
    stages
        Parts that parties have in the stages of a journey (see `list_stages`); no columns
        for a graph made from bare ties.
    """

    parties: pd.DataFrame
    ties: pd.DataFrame
    directed: bool = False
    evidence: Evidence | None = None
    records: pd.DataFrame | None = None
    legs: pd.DataFrame = field(default_factory=pd.DataFrame)
    stays: pd.DataFrame = field(default_factory=pd.DataFrame)
    stages: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def source(self) -> Positions:
        """Position in `parties` of the source of each tie."""
        return np.asarray(self.ties["source"].cat.codes, dtype=np.int32)

    @property
    def target(self) -> Positions:
        """Position in `parties` of the target of each tie."""
        return np.asarray(self.ties["target"].cat.codes, dtype=np.int32)

    @cached_property
    def places(self) -> dict[object, int]:
        """Position of each party by its id."""
        return {party: place for place, party in enumerate(self.ids.tolist())}

    @cached_property
    def ids(self) -> npt.NDArray[np.object_]:
        """Ids of parties by their positions."""
        return np.asarray(self.parties["party"].to_numpy(dtype=object))

    @cached_property
    def simple(self) -> SimpleTies:
        """Each pair once, as measures read it."""
        weight = self.ties["weight"].to_numpy(dtype=np.float64)
        one_way = self.ties["directed"].to_numpy(dtype=bool) if self.directed else None
        return _simple(self.source, self.target, weight, one_way, len(self.parties))

    @cached_property
    def outward(self) -> Neighbours:
        """Whom each party is tied to, along the direction of ties where the graph has one."""
        simple, count = self.simple, len(self.parties)
        if self.directed:
            return arcs_from(simple.source, simple.target, count)
        return neighbours_of(simple.source, simple.target, count)

    @cached_property
    def inward(self) -> Neighbours:
        """Who is tied to each party; the same as `outward` where ties have no direction."""
        if not self.directed:
            return self.outward
        return arcs_from(self.simple.target, self.simple.source, len(self.parties))

    @cached_property
    def ground(self) -> kernels.Ground:
        """Room to walk along ties from either end, where the kernels are compiled."""
        return kernels.Ground(
            (self.outward.start, self.outward.to), (self.inward.start, self.inward.to)
        )

    @cached_property
    def ties_of(self) -> Neighbours:
        """Rows of `ties` that each party is an end of, ascending; a tie to itself twice."""
        ends = np.concatenate([self.source, self.target])
        ties = np.tile(np.arange(len(self.ties), dtype=np.int32), 2)
        return arcs_from(ends, ties, len(self.parties))

    @cached_property
    def igraph(self) -> Any:
        """The graph as an `igraph.Graph`, parallel ties and all; vertex i is row i of `parties`."""
        import igraph

        ends = np.column_stack([self.source, self.target])
        graph = igraph.Graph(n=len(self.parties), edges=ends, directed=self.directed)
        graph.vs["name"] = [str(party) for party in self.parties["party"]]
        for column in self.parties.columns.drop("party"):
            graph.vs[column] = _plain(self.parties[column])
        for column in self.ties.columns.drop(["source", "target"]):
            graph.es[column] = _plain(self.ties[column])
        return graph

    def to_networkx(self) -> "networkx.MultiGraph[Any]":
        """The graph as a `networkx` multigraph (a `MultiDiGraph` when directed).

        Every tie is an edge with its attributes, keyed by its row; in an undirected graph
        ``source`` and ``target`` of an edge keep the direction of a directed tie.
        """
        import networkx

        graph: networkx.MultiGraph[Any]
        graph = networkx.MultiDiGraph() if self.directed else networkx.MultiGraph()
        facts = {name: _plain(self.parties[name]) for name in self.parties.columns.drop("party")}
        for place, party in enumerate(self.parties["party"]):
            graph.add_node(party, **{name: values[place] for name, values in facts.items()})
        told = {name: _plain(self.ties[name]) for name in self.ties.columns}
        for row in range(len(self.ties)):
            attributes = {name: values[row] for name, values in told.items()}
            graph.add_edge(attributes["source"], attributes["target"], key=row, **attributes)
        return graph


_NO_TIES = pd.DataFrame({"source": pd.Categorical([]), "target": pd.Categorical([])})


def bare_graph(parties: int, source: Positions, target: Positions, weight: Numbers,
               one_way: npt.NDArray[np.bool_] | None) -> RingGraph:  # fmt: skip
    """A graph for measuring alone, quickly made: parties are numbers, and its table of ties empty.

    Parameters
    ----------
    one_way
        Which ties are arcs; None for a graph without direction.
    """
    graph = RingGraph(pd.DataFrame({"party": np.arange(parties)}), _NO_TIES, one_way is not None)
    graph.__dict__["simple"] = _simple(source, target, weight, one_way, parties)
    return graph


def _simple(source: Positions, target: Positions, weight: Numbers,
            one_way: npt.NDArray[np.bool_] | None, parties: int) -> SimpleTies:  # fmt: skip
    weight = np.where(np.isnan(weight), 1.0, weight)
    counts = (source != target) & (weight > 0)
    source, target, weight = source[counts], target[counts], weight[counts]
    if one_way is not None:
        back = ~one_way[counts]
        source, target, weight = (
            np.concatenate([source, target[back]]),
            np.concatenate([target, source[back]]),
            np.concatenate([weight, weight[back]]),
        )
    else:
        source, target = np.minimum(source, target), np.maximum(source, target)
    return _merge(source, target, weight, parties)


def _merge(source: Positions, target: Positions, weight: Numbers, count: int) -> SimpleTies:
    keys = source.astype(np.int64) * count + target
    unique, place = np.unique(keys, return_inverse=True)
    total = np.bincount(place, weights=weight, minlength=len(unique))
    return SimpleTies(
        (unique // max(count, 1)).astype(np.int32),
        (unique % max(count, 1)).astype(np.int32),
        total.astype(np.float64),
    )


def _plain(values: pd.Series) -> list[Any]:
    """Column as Python values, None where not recorded."""
    listed: list[Any] = values.astype(object).where(values.notna(), None).tolist()
    return listed
