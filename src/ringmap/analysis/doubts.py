"""How far a ranking can be trusted: the ranks that a party has in networks as they might be."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap import kernels
from ringmap.analysis.pairs import Numbers, pairs_of
from ringmap.analysis.perturbing import Doubt, draw_networks, records_of
from ringmap.analysis.positions import level
from ringmap.errors import GraphError
from ringmap.graph import RingGraph

#: A value per party, in the order of ``graph.parties``; NaN for one without a value.
Measure = Callable[[RingGraph], npt.ArrayLike]

MOST_DRAWS, FEWEST_DRAWS = 200, 40
#: Parties times pairs, summed over components and draws: about 20 nanoseconds each.
_EASY_WORK = 2e9
_MOST_WORK = 3e10
#: With the compiled kernels betweenness is estimated in larger networks: parties and pairs.
_MOST_ESTIMATED = 2_000_000


@dataclass(frozen=True, eq=False)
class RankDraws:
    """Ranks in each draw.

    Attributes
    ----------
    rank
        Rank of each party in the records, from 1; NaN for one that is not ranked.
    drawn
        A row per draw, a column per party, likewise; NaN also where a draw has no such party.
    doubt
        What was tried.
    """

    rank: Numbers
    drawn: Numbers
    doubt: Doubt

    def table(self) -> pd.DataFrame:
        """``rank``, ``rank_low``, ``rank_high`` and ``keeps_top``, as `measure_doubt` has them."""
        told = ~np.isnan(self.rank)
        low, high = np.full((2, len(self.rank)), np.nan)
        keeps = np.full(len(self.rank), np.nan)
        if told.any():
            drawn = np.where(np.isnan(self.drawn), self.rank, self.drawn)[:, told]
            # Half the tail that is asked for: what nobody recorded may be unlike what was, and
            # with the whole of it a fifth of the true ranks of a real network lay outside.
            tail = (1 - self.doubt.level) / 4
            ends = np.quantile(drawn, [tail, 1 - tail], axis=0)
            low[told] = np.minimum(np.floor(ends[0]), self.rank[told])
            high[told] = np.maximum(np.ceil(ends[1]), self.rank[told])
            counted = ~np.isnan(self.drawn[:, told])
            stays = (self.drawn[:, told] <= self.doubt.top).sum(axis=0)
            keeps[told] = stays / np.maximum(counted.sum(axis=0), 1)
        whole = {"rank": self.rank, "rank_low": low, "rank_high": high}
        columns = {name: pd.Series(values).astype("Int64") for name, values in whole.items()}
        return pd.DataFrame({**columns, "keeps_top": keeps})


def draw_ranks(
    graph: RingGraph,
    measure: Measure,
    doubt: Doubt,
    *,
    among: Collection[str] | None = None,
    lowest_first: bool = False,
    light: bool = False,
    recorded: npt.NDArray[np.float64] | None = None,
) -> RankDraws:
    """Rank every party in the records, and again in each network as it might be.

    Parameters
    ----------
    among
        Parties that are ranked, among each other; the others count in the network.
    lowest_first
        Rank 1 has the lowest value, as with Burt's constraint.
    light
        The measure asks for ties, directions and strengths alone; draws are quicker for it.
    recorded
        Values in the records, where `measure` only estimates them; asked of it when None.

    Raises
    ------
    GraphError
        If the network is too large for its number of draws, or a measure gives another
        number of values than there are parties.
    """
    records = records_of(graph, light=light)
    count = len(graph.parties)
    draws = draws_for(graph) if doubt.draws is None else doubt.draws
    ranked = np.ones(count, dtype=bool)
    if among is not None:
        ranked = graph.parties["party"].isin(set(among)).to_numpy()
    drawn = np.full((draws, count), np.nan)
    for number, draw in enumerate(draw_networks(records, doubt, draws)):
        ranks = ranks_from_best(_values(draw.graph, measure)[:count], ranked, lowest_first)
        # Whoever is taken out has no rank, but keeps a place, so that ranks stay comparable.
        drawn[number] = np.where(draw.present, ranks, np.nan)
    values = _values(graph, measure) if recorded is None else recorded
    return RankDraws(ranks_from_best(values, ranked, lowest_first), drawn, doubt)


def draws_for(graph: RingGraph) -> int:
    """How many draws a network of this size is worth: 200, down to 40 in a large one.

    Raises
    ------
    GraphError
        If 40 would take more than about ten minutes.
    """
    work = work_of(graph)
    if is_estimated(graph):
        return FEWEST_DRAWS
    if work * FEWEST_DRAWS > _MOST_WORK:
        raise too_large(graph)
    return int(np.clip(_EASY_WORK / max(work, 1.0), FEWEST_DRAWS, MOST_DRAWS))


def too_large(graph: RingGraph) -> GraphError:
    """What to say where so many draws would take too long."""
    return GraphError(
        f"{len(graph.parties)} parties and {len(graph.ties)} ties are too many to try what"
        " missing records would change",
        hint="look at one ring alone, or say how many draws to make",
    )


def is_estimated(graph: RingGraph) -> bool:
    """True where betweenness of a draw is estimated: the network is large, but not too large."""
    size = len(graph.parties) + len(graph.simple.source)
    large = work_of(graph) * FEWEST_DRAWS > _MOST_WORK
    return large and size <= _MOST_ESTIMATED and kernels.compiled()


def work_of(graph: RingGraph) -> float:
    """Steps that one draw takes: tied parties times pairs, as if all were one part.

    Ties that nobody recorded join parts, so draws are not cheaper for a network in many.
    """
    pairs = pairs_of(graph)
    tied = np.unique(np.concatenate([pairs.low, pairs.high]))
    return float(len(tied)) * len(pairs.low)


def _values(graph: RingGraph, measure: Measure) -> Numbers:
    values = np.asarray(measure(graph), dtype=np.float64)
    if values.shape != (len(graph.parties),):
        raise GraphError(
            f"the measure gave {values.size} values for {len(graph.parties)} parties",
            hint="give one number per party, in the order of graph.parties",
        )
    return level(values)


def ranks_from_best(values: Numbers, ranked: npt.NDArray[np.bool_], lowest_first: bool) -> Numbers:
    """Ranks from 1, equals sharing the best; NaN without a value."""
    told = ranked & ~np.isnan(values)
    ranks = np.full(len(values), np.nan)
    ordered = values[told] if lowest_first else -values[told]
    ranks[told] = 1 + np.searchsorted(np.sort(ordered), ordered)
    return ranks


def doubt_sentences(table: pd.DataFrame) -> tuple[list[str], list[str]]:
    """What to add to the reason of each row, in English and Vietnamese; '' for one without rank."""
    english, vietnamese = [], []
    columns = (table[name] for name in ("rank_low", "rank_high", "keeps_top"))
    for low, high, keeps in zip(*columns, strict=True):
        if pd.isna(low):
            english.append("")
            vietnamese.append("")
            continue
        places = f"rank {low}" if low == high else f"rank {low} to {high}"
        hang = f"hạng {low}" if low == high else f"hạng từ {low} đến {high}"
        english.append(
            f"; if records are missing or wrong: {places}, at the top in {keeps:.0%} of trials"
        )
        vietnamese.append(
            f"; nếu hồ sơ thiếu hoặc sai: {hang}, đứng đầu trong {keeps * 100:.0f} % số lần thử"
        )
    return english, vietnamese


def describe_doubt(graph: RingGraph, doubt: Doubt, draws: int) -> tuple[str, str]:
    """What was tried, in a sentence of each language."""
    weak = int(records_of(graph).weak.sum())
    extra = (
        f"; of {weak} pairs that rest on weak records alone {doubt.weak_ties:.0%} are wrong"
        if weak and doubt.weak_ties
        else ""
    )
    them = (
        f"; trong {weak} cặp chỉ dựa trên hồ sơ yếu, {doubt.weak_ties * 100:.0f} % là sai"
        if weak and doubt.weak_ties
        else ""
    )
    estimated = is_estimated(graph)
    how = "; betweenness was estimated in each, which makes intervals wider" if estimated else ""
    cach = "; độ trung gian trong mỗi mạng được ước lượng, nên các khoảng rộng hơn"
    cach = cach if estimated else ""
    top = "first" if doubt.top == 1 else f"among the first {doubt.top}"
    dau = "đứng thứ nhất" if doubt.top == 1 else f"nằm trong {doubt.top} người đầu"
    return (
        f"Ranks are given with doubt: {draws} networks were tried as they might be if about"
        f" {doubt.missing_ties:.0%} of the ties and {doubt.missing_people:.0%} of the people are"
        f" not in the records{extra}{how}. A {doubt.level:.0%} interval runs from rank low to rank"
        f" high; keeps top is the share of these networks in which the person stands {top}. The"
        " rates are assumed, not known: a source that saw only one side of the ring is not covered"
        " by them.",
        f"Thứ hạng được nêu kèm độ ngờ: đã thử {draws} mạng lưới có thể có nếu khoảng"
        f" {doubt.missing_ties * 100:.0f} % mối liên hệ và {doubt.missing_people * 100:.0f} % số"
        f" người không có trong hồ sơ{them}{cach}. Khoảng {doubt.level * 100:.0f} % đi từ hạng"
        " thấp nhất đến hạng cao nhất;"
        f" tỷ lệ giữ vị trí đầu (keeps_top) là tỷ lệ số mạng lưới trong đó người này"
        f" {dau}. Các tỷ lệ này là giả định, không phải đã biết: chúng không tính đến việc nguồn"
        " tin chỉ nhìn thấy một phía của đường dây.",
    )
