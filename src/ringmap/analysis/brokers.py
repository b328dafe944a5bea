"""Brokers: who stands between the others, and whether anybody does."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis import positions, reasons
from ringmap.analysis.doubts import doubt_sentences, draw_ranks, is_estimated
from ringmap.analysis.estimating import quick_betweenness
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.groups import codes_of_column
from ringmap.analysis.holes import constraint_of, holes_of
from ringmap.analysis.mediation import MediationSums
from ringmap.analysis.mediation_chance import ROLES, shuffles_for
from ringmap.analysis.mediators import MEDIATION_CHANCE, chance_columns, with_total
from ringmap.analysis.pairs import Numbers, Pairs, component_of, pairs_of, triangles_of
from ringmap.analysis.perturbing import Doubt
from ringmap.analysis.reasons_vi import broker_sentences_vi
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

#: Columns of numbers, in order; with groups, `MEDIATION`, ``gf_total`` and `MEDIATION_CHANCE`
#: follow.
MEASURES = (
    "degree", "strength", "betweenness", "betweenness_weighted", "betweenness_normalized",
    "harmonic", "closeness_wf", "pagerank", "eigenvector", "core_number", "constraint",
    "constraint_weighted", "effective_size", "effective_size_weighted", "efficiency", "hierarchy",
    "is_cut_vertex",
)  # fmt: skip
_HOLES = frozenset({
    "constraint", "constraint_weighted", "effective_size", "effective_size_weighted",
    "efficiency", "hierarchy",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class BrokerVerdict:
    """Whether a network has brokers at all, who they are, and why in a sentence.

    Attributes
    ----------
    found
        True when at least one party stands out by the rule of `judge_brokers`.
    brokers
        Those parties, the one between most pairs first.
    because
        The reason in plain words; it names numbers, never people.
    share
        Largest share of pairs of one network that a party stands between, 0 to 1.
    gap
        That share less the next party's in the whole table; 0 when two are level.
    cut_vertices
        How many parties would cut others off if taken out.
    """

    found: bool
    brokers: tuple[str, ...]
    because: str
    share: float
    gap: float
    cut_vertices: int


def find_brokers(
    graph: RingGraph,
    *,
    group: str | None = None,
    measures: Collection[str] | None = None,
    spare: Collection[str] = (),
    seed: int = 0,
    doubt: Doubt | bool | None = None,
) -> pd.DataFrame:
    """A row per party: every measure of brokerage, why it is a broker or not, its records.

    Highest ``betweenness`` first, then by id. Every tied pair counts once; strengths of
    parallel ties are added; a tie without a recorded strength has 1; ties of a party to
    itself and of strength 0 do not count. A weight is the strength of a tie: paths take
    1/weight as the length of a tie. Paths of the same length are all counted, also where
    1/weight is no exact number. Values that differ by rounding alone are made equal.

    ``degree`` (0 to n−1; directed: arcs in and out), ``strength`` (0 up), ``betweenness``
    and ``betweenness_weighted`` (0 to (n−1)(n−2)/2 undirected, twice that directed; pairs
    of others, each divided over its shortest paths), ``betweenness_normalized`` (0 to 1;
    0 when n < 3), ``harmonic`` (0 to n−1; sum of 1/distance to others, outwards),
    ``closeness_wf`` (0 to 1; outwards, after Wasserman and Faust: parties out of reach
    lower it), ``pagerank`` (sums to 1, damping .85, strengths ignored), ``eigenvector``
    (0 to 1; direction and strengths ignored; only components whose leading eigenvalue is
    the largest of all have values, others are 0 for that reason and no other; NaN where there
    is no tie at all), ``core_number`` (0 up), Burt's ``constraint`` (low is free; can exceed 1),
    ``effective_size`` (0 to contacts), ``efficiency`` (0 to 1) and ``hierarchy`` (0 to 1),
    ``is_cut_vertex``. Burt's measures are NaN for a party without ties, and all three last
    kinds ignore direction or take both. With `group`: Gould and Fernandez' counts of open
    paths a, party, b; a pair of an undirected graph counts both ways, as in R's sna. A
    party of unknown group has NaN and is nobody's end. Beside each count, ``_expected`` and
    ``_z`` (if ties fell anywhere) and ``_p`` (if groups were dealt anew): see
    `find_mediators`, which has more.

    ``verdict`` says in a few words whether the party is a broker by the rule of
    `judge_brokers`: one of `VERDICTS`. It never rests on betweenness alone: who has the
    ties to match is busy, and no broker.

    Missing records mislead all of these: 2 % of parties missing can change who is first
    (Ficara 2021), and who was watched more has more ties. Betweenness alone often says no
    more than degree (Lugo 2016); read both. In a whole typed graph, cases and places
    connect because records do; build a projection to rank people.

    Parameters
    ----------
    group
        A column of ``graph.parties``, such as ``country``. Not recorded is no group.
    measures
        Which columns of numbers to compute; all when None. ``because`` always needs, and
        ``because`` alone decides the order by, ``degree``, ``betweenness`` and
        ``is_cut_vertex``; when one of them is left out there is no ``because``. Without
        ``betweenness`` rows are in the order of ids.
    spare
        Ids of parties that count in the network and are measured, but not judged and, with
        `doubt`, not ranked: victims.
    seed
        Of the shuffles behind ``_p``.
    doubt
        What may be wrong with the records; True for the rates of `Doubt`. Adds, from
        betweenness, ``rank`` (from 1, equals share the best), ``rank_low`` and
        ``rank_high`` (between which the true rank lies 90 times in 100 if the rates are
        right) and ``keeps_top`` (0 to 1), and says them in ``because``; see `measure_doubt`.

    Returns
    -------
        ``party``, the measures, those of `doubt`, ``verdict``, ``because`` (one sentence;
        ``because_vi`` the same in Vietnamese), ``records`` (positions in ``graph.records``
        behind the party's ties; empty without evidence). With `group`,
        ``attrs['chance']`` has ``group``, ``shuffles`` (0 when no p was wanted), ``seed``.

    Raises
    ------
    GraphError
        If there is no such column or measure, or no party has a group: counts would be
        zero for want of data. With `doubt`, if the network is too large to be tried often.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness.
    Sociometry 40, 35-41.
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge, 200-201.
    Rochat, Y. (2009). Closeness centrality extended to unconnected graphs. ASNA.
    Brin, S., Page, L. (1998). Computer Networks 30, 107-117.
    Bonacich, P. (1972). Journal of Mathematical Sociology 2, 113-120.
    Seidman, S. B. (1983). Social Networks 5, 269-287.
    Burt, R. S. (1992). Structural Holes. Harvard, chapter 2.
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation. Sociological
    Methodology 19, 89-126.
    """
    wanted = _wanted(graph, group, measures)
    pairs = pairs_of(graph)
    columns = _simple_columns(graph, pairs, wanted)
    needed = _needed(wanted) & positions.PATH_MEASURES
    numbers = positions.path_measures(graph, pairs.component, needed) if needed else {}
    columns.update(numbers)
    if "betweenness_normalized" in wanted:
        columns["betweenness_normalized"] = numbers["betweenness"] / _most_pairs(graph)
    columns |= _triangle_columns(pairs, wanted)
    if group is not None and wanted & {*ROLES, *MEDIATION_CHANCE}:
        columns |= _mediation_columns(graph, pairs, group, wanted, seed)
    lost = positions.cut_off(pairs) if "is_cut_vertex" in wanted else None
    if lost is not None:
        columns["is_cut_vertex"] = lost > 0
    order = [*MEASURES, *(() if group is None else (*ROLES, *MEDIATION_CHANCE))]
    told = {name: columns[name] for name in order if name in wanted}
    table = pd.DataFrame(
        {"party": graph.parties["party"], **told, "records": records_of_parties(graph)}
    )
    if lost is not None and {"degree", "betweenness"} <= wanted:
        facts = reasons.broker_facts(graph, pairs, pairs.component, columns, lost, group, spare)
        table.insert(len(table.columns) - 1, "verdict", facts.verdict)
        table.insert(len(table.columns) - 1, "because", reasons.broker_sentences(facts))
        table.insert(len(table.columns) - 1, "because_vi", broker_sentences_vi(facts))
    if doubt:
        table = _with_doubt(table, graph, Doubt() if doubt is True else doubt, spare)
    if "betweenness" in wanted:
        table = table.sort_values("betweenness", ascending=False, kind="stable")
    table = table.reset_index(drop=True)
    if group is not None:
        shuffles = _shuffles(pairs, wanted)
        table.attrs["chance"] = {"group": group, "shuffles": shuffles, "seed": seed}
    return table


def betweenness_of(graph: RingGraph) -> Numbers:
    """Betweenness of each party, in the order of the graph, as `find_brokers` has it."""
    component = component_of(pairs_of(graph))
    return positions.path_measures(graph, component, frozenset({"betweenness"}))["betweenness"]


def _with_doubt(table: pd.DataFrame, graph: RingGraph, doubt: Doubt,
                spare: Collection[str]) -> pd.DataFrame:  # fmt: skip
    """The table, in the order of the graph, with ranks, their intervals and what they mean."""
    among = set(graph.parties["party"]) - set(spare) if spare else None
    measure, recorded = betweenness_of, None
    if is_estimated(graph) and "betweenness" in table.columns:
        measure, recorded = quick_betweenness, table["betweenness"].to_numpy(dtype=np.float64)
    draws = draw_ranks(graph, measure, doubt, among=among, light=True, recorded=recorded)
    ranks = draws.table()
    before = [name for name in table.columns if name not in ("because", "because_vi", "records")]
    whole = pd.concat([table[before], ranks, table[table.columns.difference(before)]], axis=1)
    if "because" in table.columns:
        english, vietnamese = doubt_sentences(ranks)
        whole["because"] = table["because"] + pd.Series(english)
        whole["because_vi"] = table["because_vi"] + pd.Series(vietnamese)
    return whole


def judge_brokers(table: pd.DataFrame, graph: RingGraph) -> BrokerVerdict:
    """Whether a network has a broker, by a rule that would rather say no.

    A party of a component of 5 or more counts as a broker when it stands between at least
    15 % of the pairs of the others, no more of its component stand between as many or more
    pairs than have as many or more contacts (whoever is tied to all stands between many,
    and may only have been watched), and either at least 2 others would be cut off without it
    or it stands between 3 times as many pairs as the middle party (the median) of its
    component. In a large component, where nobody can stand between that many, 2 % will do
    if that is 10 times the mean. So nobody in a circle or among parties who all know each
    other is a broker, and neither is a party that the table has as not judged.

    The rule is a rule of thumb: it finds candidates for an investigator to look at, and
    proves nothing. Cases without any broker exist (Cockbain 2018).

    Parameters
    ----------
    table
        What `find_brokers` gave for this graph, with all measures.

    Raises
    ------
    GraphError
        If the table lacks betweenness or cut vertices, or is of another graph.

    References
    ----------
    Cockbain, E. (2018). Offender and victim networks in human trafficking. Routledge.
    """
    if not {"party", "betweenness", "is_cut_vertex"} <= set(table.columns):
        raise GraphError(
            "the table has no betweenness or no cut vertices",
            hint="give the table of find_brokers with all its measures",
        )
    if sorted(table["party"].astype(str)) != sorted(graph.parties["party"].astype(str)):
        raise GraphError("the table and the graph have different parties", hint="use one graph")
    ordered = table.set_index("party").loc[graph.parties["party"]]
    pairs = pairs_of(graph)
    component = component_of(pairs)
    betweenness = ordered["betweenness"].to_numpy(dtype=np.float64)
    share = reasons.share_of_pairs(betweenness, component, graph.directed)
    lost = positions.cut_off(pairs)
    broker = reasons.stands_out(share, component, lost, reasons.contacts_of(pairs))
    if "verdict" in ordered.columns:
        broker &= (ordered["verdict"] != reasons.NOT_JUDGED).to_numpy()
    names = graph.parties["party"].to_numpy(dtype=object)[broker]
    names = names[np.argsort(-betweenness[broker], kind="stable")]
    top = np.sort(share)[::-1][:2] if len(share) else np.zeros(1)
    gap = float(top[0] - top[1]) if len(top) > 1 else float(top[0])
    because = reasons.verdict_sentence(broker, share, lost, len(pairs.low))
    return BrokerVerdict(
        bool(broker.any()),
        tuple(names.tolist()),
        because,
        float(top[0]),
        gap,
        int((lost > 0).sum()),
    )


def _wanted(
    graph: RingGraph, group: str | None, measures: Collection[str] | None
) -> frozenset[str]:
    known = frozenset(MEASURES)
    if group is not None:
        known |= {*ROLES, *MEDIATION_CHANCE}
        codes_of_column(graph, group)
    if measures is None:
        return known
    strange = sorted(set(measures) - known)
    if strange:
        raise QuestionError(
            f"no measure '{strange[0]}'", hint=f"choose among {', '.join(MEASURES)}"
        )
    return frozenset(measures)


def _needed(wanted: frozenset[str]) -> frozenset[str]:
    return wanted | ({"betweenness"} if "betweenness_normalized" in wanted else frozenset())


def _most_pairs(graph: RingGraph) -> float:
    count = len(graph.parties)
    return max((count - 1) * (count - 2) / (1 if graph.directed else 2), 1.0)


def _simple_columns(
    graph: RingGraph, pairs: Pairs, wanted: frozenset[str]
) -> dict[str, npt.NDArray[np.generic]]:
    count = pairs.count
    simple = graph.simple

    def over_ties(weight: Numbers | None) -> npt.NDArray[np.generic]:
        ends = np.concatenate([simple.source, simple.target])
        return np.bincount(ends, weights=weight, minlength=count)

    make: dict[str, Callable[[], npt.NDArray[np.generic]]] = {
        "degree": lambda: over_ties(None).astype(np.int64),
        "strength": lambda: over_ties(np.concatenate([simple.weight, simple.weight])),
        "pagerank": lambda: positions.page_rank(graph),
        "eigenvector": lambda: positions.eigenvector(pairs, pairs.component),
        "core_number": lambda: positions.core_number(pairs),
    }
    return {name: make[name]() for name in make if name in wanted}


def _triangle_columns(pairs: Pairs, wanted: frozenset[str]) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    for weighted in (False, True):
        names = {name.removesuffix("_weighted"): name for name in sorted(wanted & _HOLES)
                 if name.endswith("_weighted") == weighted}  # fmt: skip
        if set(names) == {"constraint"}:
            found[names["constraint"]] = constraint_of(pairs, weighted=weighted)
        elif names:
            holes = holes_of(pairs, [weighted])[weighted]
            found |= {name: getattr(holes, measure) for measure, name in names.items()}
    return {name: positions.level(values) for name, values in found.items()}


def _mediation_columns(
    graph: RingGraph, pairs: Pairs, group: str, wanted: frozenset[str], seed: int
) -> dict[str, Numbers]:
    codes, _ = codes_of_column(graph, group)
    sums = MediationSums(pairs, codes)
    if len(pairs.low):
        for triangles in triangles_of(pairs):
            sums.add(triangles)
    counts = with_total(sums.finish())
    shuffles = _shuffles(pairs, wanted)
    return counts | chance_columns(pairs, codes, counts, shuffles=shuffles, seed=seed)


def _shuffles(pairs: Pairs, wanted: frozenset[str]) -> int:
    return shuffles_for(pairs) if any(f"{role}_p" in wanted for role in ROLES) else 0
