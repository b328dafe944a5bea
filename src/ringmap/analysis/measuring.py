"""Any measure by name or as a function, with its doubt."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from ringmap.analysis.brokers import MEASURES, find_brokers
from ringmap.analysis.counting import written
from ringmap.analysis.doubts import Measure, doubt_sentences, draw_ranks, is_estimated, too_large
from ringmap.analysis.estimating import quick_betweenness
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.perturbing import Doubt
from ringmap.analysis.positions import PATH_MEASURES
from ringmap.errors import GraphError
from ringmap.graph import RingGraph

#: Measures of which the lowest value is the freest position; all others count from the top.
LOWEST_FIRST = frozenset({"constraint", "constraint_weighted"})


def measure_doubt(
    graph: RingGraph,
    measure: str | Measure,
    *,
    doubt: Doubt | None = None,
    among: Collection[str] | None = None,
    lowest_first: bool | None = None,
) -> pd.DataFrame:
    """Ranks by any measure, and between which ranks the true one lies if records are missing.

    The true network has more ties and people than the records. Two hundred networks (fewer
    where it is large) are drawn as they might be: half with ties and people added that look
    like those recorded, half with as many taken out; in all of them weak records may be
    wrong. A pair is added or taken with all its ties, so ties recorded twice are no surer for
    it. In a network too large for that betweenness is estimated in 40 draws, which makes the
    interval wider. The interval holds the middle 95 of 100 draws where 90 are asked for, because
    what nobody recorded may be unlike what was; so it held 94 to 100 of 100 true ranks in nine
    networks whose truth is known (docs/measures/doubt.md), and 82 in random networks without
    anyone of a single contact. ``keeps_top``, 0 to 1, is the share of the draws in which the
    party stands among the first (`Doubt.top` of them).

    It does not see what nobody looked for: a whole branch of a ring without a single record
    changes ranks more than any draw. Wide intervals at the end of the ranking are ordinary:
    those with one contact have the same value, and one tie more lifts any of them.

    Parameters
    ----------
    measure
        A column of `find_brokers`, or a function that gives one number per party in the order
        of ``graph.parties`` (NaN: no rank). The graphs it is called with have no evidence.
    among
        Parties to rank, among each other; the others count in the network. All when None.
    lowest_first
        Whether the lowest value has rank 1; None: only for ``constraint`` and
        ``constraint_weighted``.

    Returns
    -------
        A row per party, the first first, equals by id: ``party, value, rank, rank_low,
        rank_high, keeps_top, because, because_vi, records``.

    Raises
    ------
    GraphError
        If there is no such measure, or the network is too large to be tried often.

    References
    ----------
    Borgatti, S. P., Carley, K. M., Krackhardt, D. (2006). On the robustness of centrality
    measures under conditions of imperfect data. Social Networks 28, 124-136.
    Robbins, H. (1956). An empirical Bayes approach to statistics. Berkeley Symposium 3, 157-163.
    """
    chosen = doubt or Doubt()
    lowest = measure in LOWEST_FIRST if lowest_first is None else lowest_first
    values = np.asarray(as_function(measure)(graph), dtype=np.float64)
    drawn = as_function(measure)
    if is_estimated(graph) and measure in PATH_MEASURES and chosen.draws is None:
        if measure != "betweenness":
            raise too_large(graph)
        drawn = quick_betweenness
    draws = draw_ranks(graph, drawn, chosen, among=among, lowest_first=lowest, recorded=values)
    ranks = draws.table()
    english, vietnamese = doubt_sentences(ranks)
    table = pd.DataFrame({"party": graph.parties["party"], "value": values}).join(ranks)
    told = [
        ("value none", "không có giá trị") if np.isnan(value)
        else (f"value {written(value)}", f"giá trị {written(value, 'vi')}")
        for value in values
    ]  # fmt: skip
    table["because"] = [f"{en}{more}" for (en, _), more in zip(told, english, strict=True)]
    table["because_vi"] = [f"{vi}{more}" for (_, vi), more in zip(told, vietnamese, strict=True)]
    table["records"] = records_of_parties(graph)
    return table.sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def as_function(measure: str | Measure) -> Measure:
    """The function that a name stands for.

    Raises
    ------
    GraphError
        If there is no measure of that name.
    """
    if not isinstance(measure, str):
        return measure
    if measure not in MEASURES:
        raise GraphError(f"no measure '{measure}'", hint=f"choose among {', '.join(MEASURES)}")

    def column(graph: RingGraph) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        table = find_brokers(graph, measures=[measure]).set_index("party")
        values = table[measure].reindex(graph.parties["party"])
        return np.asarray(values.to_numpy(dtype=np.float64))

    return column
