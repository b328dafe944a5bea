"""Betweenness from a sample of shortest ways, with its error, where all would take too long."""

import numpy as np
import pandas as pd

from ringmap import kernels
from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.folding import Folded, fold
from ringmap.analysis.pairs import (
    BIN_PARTIES,
    Bin,
    Integers,
    Numbers,
    Pairs,
    bins_of,
    component_of,
    pairs_of,
)  # fmt: skip
from ringmap.analysis.positions import network_of, paths_through
from ringmap.errors import GraphError
from ringmap.graph import RingGraph, neighbours_of

#: A share of the parties of each component from whom paths are followed.
SHARE = 1 / 60
#: Components up to this many parties are followed from everybody, packed together as they are.
WHOLE_UP_TO = 2 * BIN_PARTIES
#: The sample is drawn in so many parts; how far these differ gives the error.
PARTS = 10
#: Contacts looked at by a quick estimate.
_LOOKED_AT = 50_000_000
#: A spread below this part of the value is rounding.
_ROUNDING = 1e-12


def estimate_betweenness(graph: RingGraph, *, share: float = SHARE, seed: int = 0) -> pd.DataFrame:
    """Betweenness of each party as a sample of starting points tells it, and how sure that is.

    In each component of more than `WHOLE_UP_TO` parties, pairs of parties are drawn by lot and one
    of the shortest ways between the two, each as likely, for as long as a share of what an exact
    count looks at allows. Smaller components, and what hangs from a party by a single tie, are
    counted exactly. Each value is unbiased, and three errors hold nearly every exact one. It
    serves to find the first twenty among tens of thousands; for two parties whose intervals meet
    it cannot say who is ahead.

    Where ringmap was installed without its compiled part, all ways from a random share of the
    parties are followed instead (Brandes, Pich 2007). Then three errors hold some 85 in a hundred
    of the first 200 values, low values are often estimated as 0, and their error is too small.

    Strength is left out, direction is followed if the graph is directed. The same graph and
    seed give the same values (in one of the two ways).

    Parameters
    ----------
    share
        Part of the cost of an exact count, above 0; at 1 the values are exact, the error 0.

    Returns
    -------
        ``party``, ``betweenness`` (estimated pairs), ``error`` (standard error, in pairs; 0
        where it is exact), ``rank`` (by the estimate, equals level), ``rank_low`` and
        ``rank_high`` (first and last rank that values within three errors of each other leave
        open), ``because``, ``records``; highest first, then by id.
        ``attrs['estimate']`` says in a sentence how many ways were drawn or followed.

    Raises
    ------
    GraphError
        If `share` is not above 0 and up to 1.

    References
    ----------
    Riondato, M., Kornaropoulos, E. M. (2016). Fast approximation of betweenness centrality
    through sampling. Data Mining and Knowledge Discovery 30, 438-475.
    Borassi, M., Natale, E. (2019). KADABRA is an adaptive algorithm for betweenness via random
    approximation. ACM Journal of Experimental Algorithmics 24.
    Brandes, U., Pich, C. (2007). Centrality estimation in large networks. International
    Journal of Bifurcation and Chaos 17, 2303-2318.
    """
    if not 0 < share <= 1:
        raise GraphError(f"a share of {share} cannot be followed", hint="choose 0 < share <= 1")
    component = component_of(pairs_of(graph))
    how = _drawn if kernels.compiled() and share < 1 else _sampled
    value, error, told = how(graph, component, share, seed)
    table = pd.DataFrame({"party": graph.parties["party"], "betweenness": value, "error": error})
    table["rank"] = table["betweenness"].rank(method="min", ascending=False).astype("int64")
    table["rank_low"], table["rank_high"] = _open_ranks(value, error)
    table["because"] = _sentences(value, error)
    table["records"] = records_of_parties(graph)
    table = table.sort_values("betweenness", ascending=False, kind="stable", ignore_index=True)
    table.attrs["estimate"] = told if error.any() else "exact: paths were followed from everybody"
    return table


def quick_betweenness(graph: RingGraph) -> Numbers:
    """Betweenness of each party, in the order of the graph, as about a second can tell it.

    Needs the compiled kernels. Exact where an exact count takes no longer.
    """
    dear = 2.0 * len(graph.outward.to) * len(graph.parties)
    share = min(_LOOKED_AT / max(dear, 1.0), 1.0)
    return _drawn(graph, component_of(pairs_of(graph)), share, 0)[0]


def _drawn(
    graph: RingGraph, component: Integers, share: float, seed: int
) -> tuple[Numbers, Numbers, str]:
    """Value and standard error of each party, shortest ways of large components drawn by lot.

    What hangs from a party is counted exactly, as are small components. Of a component of N
    parties the ways of so many pairs are drawn as make the share of the contacts that an exact
    count looks at. Whoever stands on k of n drawn ways has k/n of the N² ordered pairs, with
    the error of a share.
    """
    size = np.bincount(component)
    large = np.flatnonzero(size > WHOLE_UP_TO)
    value = paths_through(graph, component, None, ~np.isin(component, large))
    error = np.zeros(len(value))
    weight = np.ones(len(value), dtype=np.int64)
    outward, inward, fixed = graph.outward, graph.inward, np.zeros(len(value), dtype=bool)
    if not graph.directed:
        folded = fold(pairs_of(graph))
        fixed = folded.hangs_from >= 0
        weight = np.where(fixed, 0, folded.weight)
        outward = inward = neighbours_of(folded.low, folded.high, len(value))
    number = 0
    for one in large.tolist():
        mine = component == one
        arcs = int(np.diff(outward.start)[mine].sum())
        most = round(share * 2 * arcs * int((mine & ~fixed).sum()))
        times, draws = kernels.draw_ways(
            (outward.start, outward.to), (inward.start, inward.to),
            weight=np.where(mine, weight, 0), most=most, seed=seed,
        )  # fmt: skip
        pairs = float(size[one]) ** 2 / (1 if graph.directed else 2)
        value += pairs * times / draws
        likely = (times + 1) / (draws + 2)
        error[mine] = pairs * np.sqrt(likely * (1 - likely) / draws)[mine]
        number += draws
    error[fixed] = 0.0
    return value, error, (
        f"an estimate: {number:,} shortest ways were drawn by lot in parts of more than"
        f" {WHOLE_UP_TO:,} parties"
    )  # fmt: skip


def _sampled(
    graph: RingGraph, component: Integers, share: float, seed: int
) -> tuple[Numbers, Numbers, str]:
    """The same by following all ways from a sample of parties, where nothing is compiled."""
    count = len(graph.parties)
    value, error = np.zeros(count), np.zeros(count)
    random = np.random.default_rng(seed)
    followed = 0
    for part in bins_of(graph, component):
        told, spread, number = _of_part(part, graph.directed, share, random)
        value[part.parties], error[part.parties] = told, spread
        followed += number
    return value, error, f"an estimate: paths were followed from {followed} of {count} parties"


def _of_part(
    part: Bin, directed: bool, share: float, random: np.random.Generator
) -> tuple[Numbers, Numbers, int]:
    """Value and standard error of each party of some components, and how many were followed."""
    count = len(part.parties)
    network = network_of(np.column_stack([part.source, part.target]), count, directed=directed)
    sample = max(PARTS, round(share * count))
    if count <= WHOLE_UP_TO or sample >= count:
        return np.asarray(network.betweenness(directed=directed)), np.zeros(count), count
    chosen = random.permutation(count)[:sample]
    parts = np.array_split(chosen, PARTS)
    folded = None if directed else _folded(part)
    told = np.array(
        [
            _scaled(
                np.asarray(network.betweenness(directed=directed, sources=some.tolist())),
                some, count, folded,
            )
            for some in parts
        ]
    )  # fmt: skip
    sizes = np.array([len(some) for some in parts])[:, None] / sample
    value = (told * sizes).sum(axis=0)
    # Without replacement: from everybody there is no error left.
    spread = told.std(axis=0, ddof=1) / np.sqrt(PARTS) * np.sqrt(1 - sample / count)
    return value, np.where(spread > _ROUNDING * value, spread, 0.0), sample


def _folded(part: Bin) -> Folded:
    low, high = np.minimum(part.source, part.target), np.maximum(part.source, part.target)
    return fold(Pairs(len(part.parties), low, high, part.weight, part.weight))


def _scaled(found: Numbers, some: Integers, count: int, folded: Folded | None) -> Numbers:
    """What some starting points tell, scaled to all.

    Without direction, what hangs from a party reaches all others through it alone: pairs with
    an end there are counted exactly, and only pairs of others are scaled. Of N parties, w of
    them the party and what hangs from it in trees of c each, the exact part is half of
    Σ c (N − 1 − c) + (N − w)(w − 1).
    """
    if folded is None:
        return found * (count / len(some))
    below, near = np.zeros(count), np.zeros(count)
    below[some] = 1.0
    for ends in folded.rounds:
        above = folded.hangs_from[ends]
        np.add.at(below, above, below[ends])
        np.add.at(near, above, below[ends] * (count - 1 - folded.weight[ends]))
    weight = folded.weight.astype(np.float64)
    hanging, others = weight - 1, count - weight
    exact = hanging * (count - 1) - folded.squares + others * hanging
    outside = len(some) - below
    passing = np.maximum(2 * found - near - outside * hanging, 0.0)
    scale = np.divide(others, outside, out=np.zeros(count), where=outside > 0)
    left = folded.hangs_from < 0
    return np.asarray((exact + np.where(left, passing * scale, 0.0)) / 2, dtype=np.float64)


def _open_ranks(value: Numbers, error: Numbers) -> tuple[Integers, Integers]:
    """First and last rank of each when values may lie three errors higher or lower."""
    low, high = value - 3 * error, value + 3 * error
    above = len(value) - np.searchsorted(np.sort(low), high, side="right")
    not_below = len(value) - np.searchsorted(np.sort(high), low, side="left")
    return np.asarray(above + 1, dtype=np.int64), np.asarray(not_below, dtype=np.int64)


def _sentences(value: Numbers, error: Numbers) -> list[str]:
    return [
        f"stands between {counted(round(told), 'pair')}"
        if spread == 0
        else f"stands between about {told:.0f} pairs, give or take {3 * spread:.0f}: an estimate"
        for told, spread in zip(value.tolist(), error.tolist(), strict=True)
    ]
