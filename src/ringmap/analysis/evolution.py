"""A network through time: any measure per window, and who comes, goes, rises and falls."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ringmap.analysis.counting import counted, written
from ringmap.analysis.doubts import Measure, ranks_from_best
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.measuring import LOWEST_FIRST, as_function
from ringmap.analysis.pairs import Integers, component_of, pairs_of
from ringmap.analysis.positions import level
from ringmap.graph import PeriodLength, RingGraph, Window, holds_surely, list_windows, select_window


@dataclass(frozen=True, eq=False)
class Evolution:
    """How a network changed.

    Attributes
    ----------
    windows
        A row per window: ``window``, ``since``, ``until``, ``parties`` (with a tie), ``ties``,
        ``ties_sure`` (whose dates put them in it for certain), ``ties_undated``,
        ``components`` (of two or more), ``largest`` (parties of the largest), ``comes``,
        ``goes`` (parties tied that were not in the window before, and the reverse),
        ``because``.
    values
        A row per window and party with a tie in it: see `measure_over_time`.
    moves
        A row per party and window in which something changed from the window before:
        ``window``, ``party``, ``move`` (comes, goes; rises, falls where rank and value both
        did, so that nobody falls by others coming in), ``places`` (ranks gained,
        below 0 lost), ``rank_before``, ``rank``, ``value_before``, ``value``, ``because``,
        ``records``. In each window the largest change of rank first, then by id.
    because
        In a sentence, without names.
    """

    windows: pd.DataFrame
    values: pd.DataFrame
    moves: pd.DataFrame
    because: str


Cut = Callable[[Window], RingGraph]


def measure_over_time(
    graph: RingGraph,
    measure: str | Measure,
    *,
    by: PeriodLength | Iterable[str] = "year",
    undated: bool = True,
    cumulative: bool = False,
    among: Collection[str] | None = None,
) -> pd.DataFrame:
    """A measure of each party in each window of time: see `find_evolution`, of which it is a part.

    ``window, party, value, rank, of, because, records``: windows in order, in each the first
    first, then by id. ``rank`` counts from 1 among the ``of`` parties with a tie in the
    window (those in `among`; the others have none), equals share the best. A party without a
    tie in a window has no row in it.
    """
    return find_evolution(
        graph, measure, by=by, undated=undated, cumulative=cumulative, among=among
    ).values


def find_evolution(
    graph: RingGraph,
    measure: str | Measure = "betweenness",
    *,
    by: PeriodLength | Iterable[str] = "year",
    undated: bool = True,
    cumulative: bool = False,
    among: Collection[str] | None = None,
    cut: Cut | None = None,
) -> Evolution:
    """What a network was in each window of time, and who came, went, rose and fell.

    A tie is in every window in which it may have held: a tie of ``2019`` is in each month of
    2019, one without an end goes on, one without a beginning was always there (``ties_sure``
    counts those for which the dates leave no doubt). Ties through shared cases, places and
    phones carry no dates; give `cut` for those.

    It shows when records begin and end as much as when people met: who comes in the year of
    an arrest may have been there for long, and the last windows are thin because files are
    not yet written. Ranks of windows of different size are not the same thing: see ``of``.

    Parameters
    ----------
    measure
        A column of `find_brokers`, or a function that gives one number per party.
    by
        Windows of a year, a quarter or a month, from the first date of a tie to the last;
        or dates (days, months, years): then each is a window of its own.
    undated
        Whether ties without any date stay, in every window.
    cumulative
        Windows go back to the beginning: the network as it was known by then.
    among
        Parties to rank, among each other. All when None.
    cut
        Gives the graph of a window, where ties have to be chosen before they are projected.

    Raises
    ------
    GraphError
        If no tie has a date, a date cannot be read, or there would be more than 400 windows.
    """
    windows = list_windows(graph, by, cumulative=cumulative)
    take = cut or (lambda one: select_window(graph, since=one.since, until=one.until,
                                             undated=undated))  # fmt: skip
    lowest = isinstance(measure, str) and measure in LOWEST_FIRST
    ranking = _Ranking(as_function(measure), measure if isinstance(measure, str) else "value",
                       lowest, None if among is None else frozenset(among))  # fmt: skip
    parts = [take(window) for window in windows]
    tables = [ranking.table(window, part) for window, part in zip(windows, parts, strict=True)]
    moved = list(_moves(windows, tables, lowest))
    moves = pd.concat(moved, ignore_index=True) if moved else _no_moves()
    shown = pd.DataFrame(list(_counted(windows, parts, tables)))
    values = pd.concat(tables, ignore_index=True)
    return Evolution(shown, values, moves, _sentence(shown, graph, undated))


@dataclass(frozen=True, slots=True)
class _Ranking:
    """A measure, what it is called, and whom it ranks."""

    measure: Measure
    name: str
    lowest_first: bool
    among: frozenset[str] | None

    def table(self, window: Window, graph: RingGraph) -> pd.DataFrame:
        """Parties with a tie in a window, by rank."""
        contacts = _contacts(graph)
        tied = np.flatnonzero(contacts)
        values = level(np.asarray(self.measure(graph), dtype=np.float64))[tied]
        parties = graph.parties["party"].iloc[tied].reset_index(drop=True)
        ranked = ~np.isnan(values)
        if self.among is not None:
            ranked &= np.array([one in self.among for one in parties.tolist()], dtype=bool)
        ranks = ranks_from_best(values, ranked, self.lowest_first)
        number = int(ranked.sum())
        sentences = [
            f"{self.name} {written(value)} with {ties} {'contact' if ties == 1 else 'contacts'}"
            + ("" if np.isnan(rank) else f", rank {rank:.0f} of {number}")
            for value, rank, ties in zip(values, ranks, contacts[tied].tolist(), strict=True)
        ]
        table = pd.DataFrame(
            {
                "window": pd.Series([window.name] * len(tied), dtype="str"),
                "party": parties,
                "value": values,
                "rank": pd.Series(ranks).astype("Int64"),
                "of": np.full(len(tied), number, dtype=np.int64),
                "because": pd.Series(sentences, dtype="str"),
                "records": records_of_parties(graph).iloc[tied].reset_index(drop=True),
            }
        )
        return table.sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def _contacts(graph: RingGraph) -> Integers:
    pairs = pairs_of(graph)
    ends = np.concatenate([pairs.low, pairs.high])
    return np.bincount(ends, minlength=pairs.count).astype(np.int64)


def _counted(
    windows: Sequence[Window], parts: Sequence[RingGraph], tables: Sequence[pd.DataFrame]
) -> Iterator[dict[str, object]]:
    """A row per window."""
    before: set[str] = set()
    for place, (window, part, table) in enumerate(zip(windows, parts, tables, strict=True)):
        there = set(table["party"].astype(str))
        sizes = np.bincount(component_of(pairs_of(part))) if len(part.parties) else np.zeros(1, int)
        first, last = part.ties["first"], part.ties["last"]
        undated = int((first.isna() & last.isna()).sum())
        since = window.since or window.until
        sure = holds_surely(first, last, "0001" if window.since is None else since, window.until)
        comes, goes = (len(there - before), len(before - there)) if place else (0, 0)
        row: dict[str, object] = {
            "window": window.name,
            "since": window.since,
            "until": window.until,
            "parties": len(there),
            "ties": len(part.ties),
            "ties_sure": int(sure.sum()),
            "ties_undated": undated,
            "components": int((sizes > 1).sum()),
            "largest": int(sizes.max(initial=0)) if len(there) else 0,
            "comes": comes,
            "goes": goes,
        }
        row["because"] = (
            f"{_parties(len(there))} by {counted(len(part.ties), 'tie')}, {row['ties_sure']} of"
            f" them surely in this window and {undated} without any date;"
            f" {counted(int((sizes > 1).sum()), 'separate part')}, the largest of {row['largest']}"
            + (f"; {_parties(comes)} new, {goes} gone" if place else "")
        )
        yield row
        before = there


def _parties(number: int) -> str:
    return f"{number} party" if number == 1 else f"{number} parties"


_MOVES = ("window", "party", "move", "places", "rank_before", "rank", "value_before", "value",
          "because", "records")  # fmt: skip


_KINDS = {
    **dict.fromkeys(("window", "move", "because"), "str"),
    **dict.fromkeys(("places", "rank_before", "rank"), "Int64"),
    **dict.fromkeys(("value_before", "value"), "float64"),
}


def _no_moves() -> pd.DataFrame:
    table = pd.DataFrame({name: pd.Series(dtype=object) for name in _MOVES})
    return table.astype(_KINDS)


def _moves(
    windows: Sequence[Window], tables: Sequence[pd.DataFrame], lowest_first: bool
) -> Iterator[pd.DataFrame]:
    """What changed from each window to the next."""
    for window, (old, new) in zip(windows[1:], pairwise(tables), strict=True):
        both = old.drop(columns=["window"]).merge(
            new.drop(columns=["window"]), on="party", how="outer", suffixes=("_before", ""),
            indicator=True, sort=True,
        )  # fmt: skip
        both["places"] = both["rank_before"] - both["rank"]
        side = both["_merge"].astype(str)
        places = both["places"].fillna(0).to_numpy(dtype=np.int64)
        gained = (both["value"] - both["value_before"]).fillna(0).to_numpy(dtype=np.float64)
        gained = -gained if lowest_first else gained
        both["move"] = np.select(
            [
                side == "right_only", side == "left_only",
                (places > 0) & (gained > 0), (places < 0) & (gained < 0),
            ],
            ["comes", "goes", "rises", "falls"],
            "",
        )  # fmt: skip
        both = both[both["move"] != ""]
        if len(both):
            yield _move_table(both, window.name)


def _move_table(both: pd.DataFrame, window: str) -> pd.DataFrame:
    records = [
        tuple(sorted({*_tuple(before), *_tuple(now)}))
        for before, now in zip(both["records_before"], both["records"], strict=True)
    ]
    table = both.assign(
        window=window, records=pd.Series(records, index=both.index, dtype=object),
        because=[_told(row) for row in both.to_dict("records")],
    )  # fmt: skip
    size = table["places"].abs().fillna(0).to_numpy(dtype=np.int64)
    ordered = table.iloc[np.argsort(-size, kind="stable")]
    return ordered[list(_MOVES)].astype(_KINDS)


def _tuple(value: object) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else ()


def _told(row: dict[Hashable, object]) -> str:
    """A change in a sentence."""
    if row["move"] == "comes":
        return "had no tie in the window before; now " + str(row["because"])
    if row["move"] == "goes":
        return "has no tie in this window; before, " + str(row["because_before"])
    return f"now {row['because']}; before, {row['because_before']}"


def _sentence(windows: pd.DataFrame, graph: RingGraph, undated: bool) -> str:
    first, last = graph.ties["first"], graph.ties["last"]
    without = int((first.isna() & last.isna()).sum())
    open_end = int((first.notna() & last.isna()).sum())
    kept = "counted in every window" if undated else "left out"
    fullest = max(windows.to_dict("records"), key=lambda row: row["parties"])
    return (
        f"{counted(len(windows), 'window')}; of {counted(len(graph.ties), 'tie')} {without} without"
        f" a date, {kept}, and {open_end} without an end, which go on; most parties are tied in"
        f" {fullest['window']}:"
        f" {fullest['parties']}. Dates show when records begin and end, not only when people met"
    )
