"""What is left of a ring when parties are taken out one by one, and how it would recover."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.brokers import MEASURES
from ringmap.analysis.counting import counted, written
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.network_parts import marked
from ringmap.analysis.pairs import pairs_of
from ringmap.analysis.paths import position_of
from ringmap.analysis.reasons import percent
from ringmap.analysis.recovery import MODELS, Repair, Ring
from ringmap.analysis.removal_order import (
    Ranking,
    Step,
    follow_chance,
    follow_list,
    follow_ranking,
)
from ringmap.analysis.set_costs import MOST_NEARNESS, clusters, nearness_left
from ringmap.errors import GraphError, QuestionError
from ringmap.graph import RingGraph

#: Columns of `simulate_removal`, in order.
REMOVAL_COLUMNS = (
    "step", "removed", "lcc_fraction", "lcc_low", "lcc_high", "lcc_mean", "level", "orders",
    "every_order", "value", "cut_off", "cut_off_parties", "pairs_left", "efficiency_left",
    "replacement", "replacements", "new_ties", "lcc_recovered", "lcc_recovered_low",
    "lcc_recovered_high", *(f"lcc_{model}" for model in MODELS),
    *(f"replacement_{model}" for model in MODELS[1:]), "efficiency_recovered", "because",
    "records",
)  # fmt: skip
#: Columns of ids, which may be None, and of collections.
_OF_OBJECTS = frozenset(
    {"removed", "replacement", "replacements", "new_ties", "cut_off_parties", "records"}
    | {f"replacement_{model}" for model in MODELS}
)
RANDOM = "random"
#: What may say who is taken out first.
REMOVED_BY = (*MEASURES, RANDOM)


def simulate_removal(
    graph: RingGraph,
    *,
    by: str | Sequence[object] = "betweenness",
    recompute: bool = True,
    steps: int | None = None,
    among: tuple[str, str] | None = None,
    without: Iterable[object] = (),
    seed: int = 0,
) -> pd.DataFrame:
    """A row per party taken out: what is left of the network, and how it would close the gap.

    Row 0 is the network as recorded. ``lcc_fraction`` is the largest connected part left over
    the largest before (1 to 0), after the parties of ``removed`` down to that row. Where
    several are level in rank the first by id is shown; ``lcc_low``, ``lcc_high`` and
    ``lcc_mean`` say what other choices among equals leave at that step, ``orders`` how many
    were worked out and ``every_order`` whether that is all: if not, low and high may lie
    farther apart. ``level`` counts who was level at that step, ``value`` is the measure.
    ``cut_off`` counts the parties that the removal parts from the largest piece of what it
    fell out of (``cut_off_parties``). ``pairs_left`` is the share of the pairs that reached
    each other before and do so still; ``efficiency_left`` the same with each pair counting
    1/steps (not worked out above 3,000 parties: not a number). Neither is a number where no
    two reached each other before.

    **Recovery is a model, not a forecast.** Rings replace people, and become more compact.
    Ways of closing each gap are followed from step to step beside the bare removal,
    always with the parties of ``removed``: a replacement takes over one tie into each piece
    cut off, to the contact there with most ties, being the remaining contact who shares most
    contacts (``nearest``), whoever has most ties among all whom the removed party reached
    (``most_connected``), or the one of the same role who is the fewest steps away, then shares
    most contacts (``same_role``, from a column ``roles`` or ``role``); or only one new tie is
    made, between the best tied contacts in the largest piece and in the next (``one_tie``).
    Where no role is recorded that model is not followed. ``replacement`` is the nearest one
    (``replacements``: all who are level), ``new_ties`` whom they must be tied to anew;
    ``lcc_recovered`` is what that leaves, with the lowest and the highest of the models.
    Those in `without` replace nobody; victims belong there.

    Direction is ignored in what is left, and followed by measures of a directed graph. A
    network drawn from files misses ties, so that the largest part falls faster here than it
    would outside. Betweenness first pulls most recorded rings apart fastest; that is a fact
    about records, and no order of arrest.

    Parameters
    ----------
    by
        A measure of `find_brokers` (highest first; constraint lowest first), ``random``
        (``lcc_mean``, ``lcc_low`` and ``lcc_high`` are then over many draws), or the parties
        to take out, in order.
    recompute
        Rank anew after each step; otherwise keep the first ranking. In a large network the
        work is bounded: betweenness is estimated (`estimate_betweenness`) where people times
        ties are more than 300 million, and by any measure of paths the last ranking is kept
        once the work is spent. ``because`` and ``attrs['ranking']`` say so.
    steps
        How many to take out; all that may be when None.
    among
        A column of parties and a value, such as ``("roles", "recruiter")``: only those who
        have it are taken out. Several values in a cell are parted by semicolons.
    without
        Parties that are not taken out and replace nobody.
    seed
        Of the draws, for ``random`` and where there are too many orders.

    Raises
    ------
    GraphError
        If there is no such measure, column, value or party, or `steps` is below 0.

    References
    ----------
    Albert, R., Jeong, H., Barabási, A.-L. (2000). Nature 406, 378-382.
    Duijn, P. A. C., Kashirin, V., Sloot, P. M. A. (2014). The relative ineffectiveness of
    criminal network disruption. Scientific Reports 4, 4238.
    Diviák, T. (2023). Structural resilience and recovery of a criminal network after
    disruption. Journal of Experimental Criminology.
    """
    near = _contacts(graph)
    barred = marked(graph, without)
    found = _steps(graph, near, ~barred, by, recompute, steps, among, seed)
    roles = _roles(graph)
    rings = [
        Ring(near, (~barred).tolist(), roles, model)
        for model in MODELS
        if model != "same_role" or any(roles)
    ]
    table = _Table(graph, near, by if isinstance(by, str) else "list")
    for number, step in enumerate(found, start=1):
        repairs = [ring.remove(step.removed) for ring in rings]
        table.add(number, step, repairs, rings)
    told = table.finish()
    told.attrs["ranking"] = _about_ranking(found, recompute)
    return told


def _about_ranking(steps: Sequence[Step], recompute: bool) -> str:
    """In sentences, what the size of a network changed in its ranking; empty where nothing."""
    kept = [number for number, step in enumerate(steps, start=1) if 0 < step.ranked_at < number]
    told = []
    if any(step.estimated for step in steps):
        told.append(
            "Betweenness is estimated here, from a share of the starting points: of two whose"
            " values are close it cannot say who is first."
        )
    if kept and recompute:
        told.append(
            f"Everybody is ranked anew up to step {steps[kept[0] - 1].ranked_at} only, and from"
            f" step {kept[0]} on that ranking is kept: who matters only once others are gone is"
            " missed."
        )
    return " ".join([*(["The network is large."] if told else []), *told])


def _contacts(graph: RingGraph) -> list[list[int]]:
    pairs = pairs_of(graph)
    near: list[list[int]] = [[] for _ in range(pairs.count)]
    for low, high in zip(pairs.low.tolist(), pairs.high.tolist(), strict=True):
        near[low].append(high)
        near[high].append(low)
    return [sorted(one) for one in near]


def _steps(
    graph: RingGraph,
    near: list[list[int]],
    eligible: npt.NDArray[np.bool_],
    by: str | Sequence[object],
    recompute: bool,
    steps: int | None,
    among: tuple[str, str] | None,
    seed: int,
) -> list[Step]:
    if steps is not None and steps < 0:
        raise QuestionError(f"cannot take {steps} steps", hint="ask for 0 or more")
    if among is not None:
        eligible = eligible & _having(graph, *among)
    if not isinstance(by, str):
        listed = list(dict.fromkeys(position_of(graph, party) for party in by))
        if not all(eligible[one] for one in listed):
            raise GraphError(
                "the list holds a party that may not be taken out",
                hint="take it off the list, or out of those who may not be",
            )
        return follow_list(near, listed[:steps])
    if by not in REMOVED_BY:
        raise QuestionError(f"no measure '{by}'", hint=f"choose among {', '.join(REMOVED_BY)}")
    may = int(eligible.sum())
    number = may if steps is None else min(steps, may)
    if by == RANDOM:
        return follow_chance(near, eligible, number, seed=seed)
    ranking = Ranking(graph, by, eligible, recompute=recompute)
    return follow_ranking(ranking, near, number, seed=seed)


def _having(graph: RingGraph, column: str, value: str) -> npt.NDArray[np.bool_]:
    if column not in graph.parties.columns:
        known = ", ".join(map(str, graph.parties.columns))
        raise QuestionError(f"parties have no column '{column}'", hint=f"choose among {known}")
    told = [_values(one) for one in graph.parties[column]]
    if not any(value in one for one in told):
        most = sorted({one for values in told for one in values})
        raise GraphError(
            f"no party has the {column} '{value}'",
            hint=f"recorded here: {', '.join(most[:20])}" if most else "none is recorded here",
        )
    return np.array([value in one for one in told], dtype=bool)


def _values(cell: object) -> frozenset[str]:
    if isinstance(cell, str):
        return frozenset(one.strip() for one in cell.split(";")) - {"", "unknown"}
    return frozenset() if pd.isna(cell) else frozenset({str(cell)})  # type: ignore[call-overload]


def _roles(graph: RingGraph) -> list[frozenset[str]]:
    for column in ("roles", "role"):
        if column in graph.parties.columns:
            return [_values(one) for one in graph.parties[column]]
    return [frozenset()] * len(graph.parties)


class _Table:
    """Rows of `simulate_removal`, made one after the other."""

    def __init__(self, graph: RingGraph, near: list[list[int]], by: str) -> None:
        self.names = graph.parties["party"].tolist()
        self.records = records_of_parties(graph)
        self.near = near
        self.by = by
        self.gone: list[int] = []
        sizes = self._sizes()
        self.most = max(sizes, default=0)
        self.pairs = sum(size * (size - 1) // 2 for size in sizes)
        few = len(near) <= MOST_NEARNESS
        self.nearness = nearness_left(near, ()) if few else np.nan
        self.rows: list[dict[str, object]] = [self._first()]

    def finish(self) -> pd.DataFrame:
        """All rows as a table."""
        columns = {name: [row[name] for row in self.rows] for name in REMOVAL_COLUMNS}
        return pd.DataFrame(
            {
                name: pd.Series(values, dtype=object if name in _OF_OBJECTS else None)
                for name, values in columns.items()
            }
        )

    def _sizes(self) -> list[int]:
        marks = bytearray(len(self.near))
        for one in self.gone:
            marks[one] = 1
        return [len(members) for members in clusters(self.near, marks)]

    def _share(self, size: float) -> float:
        return size / self.most if self.most else 1.0

    def _efficiency(self, near: Sequence[Iterable[int]]) -> float:
        if not self.nearness or np.isnan(self.nearness):
            return np.nan
        return nearness_left([list(one) for one in near], self.gone) / self.nearness

    def _first(self) -> dict[str, object]:
        whole = dict.fromkeys(
            (name for name in REMOVAL_COLUMNS if name.startswith(("lcc_", "efficiency_"))), 1.0
        )
        because = (
            f"as recorded: the largest connected part has {self.most} of"
            f" {counted(len(self.names), 'party')}"
        )
        return {
            **whole, **dict.fromkeys(f"replacement_{model}" for model in MODELS[1:]),
            "step": 0, "removed": None, "level": 0, "orders": 1, "every_order": True,
            "value": np.nan, "cut_off": 0, "cut_off_parties": (), "pairs_left": 1.0,
            "replacement": None, "replacements": (), "new_ties": (), "because": because,
            "records": (),
        }  # fmt: skip

    def add(self, number: int, step: Step, repairs: list[Repair], rings: list[Ring]) -> None:
        """The row of one removal, its repairs made by each model already."""
        cut_off = self._cut_off(step.removed)
        self.gone.append(step.removed)
        pairs = sum(size * (size - 1) // 2 for size in self._sizes())
        shares = [self._share(size) for size in step.largest]
        recovered = {f"lcc_{ring.model}": self._share(ring.largest()) for ring in rings}
        followed = len(recovered)
        low, high = min(recovered.values()), max(recovered.values())
        for model in MODELS:
            recovered.setdefault(f"lcc_{model}", np.nan)
        named: dict[str, object] = dict.fromkeys(f"replacement_{model}" for model in MODELS)
        named |= {
            f"replacement_{ring.model}": self.names[one.level[0]] if one.level else None
            for ring, one in zip(rings, repairs, strict=True)
        }
        row: dict[str, object] = {
            "step": number,
            "removed": self.names[step.removed],
            "lcc_fraction": shares[0],
            "lcc_low": min(shares),
            "lcc_high": max(shares),
            "lcc_mean": float(np.dot(shares, step.chance)),
            "level": step.level,
            "orders": len(shares),
            "every_order": step.every,
            "value": step.value,
            "cut_off": len(cut_off),
            "cut_off_parties": tuple(self.names[one] for one in cut_off),
            "pairs_left": pairs / self.pairs if self.pairs else np.nan,
            "efficiency_left": self._efficiency(self.near),
            "replacement": named[f"replacement_{MODELS[0]}"],
            "replacements": tuple(self.names[one] for one in repairs[0].level),
            "new_ties": tuple(self.names[one] for one in repairs[0].new_ties),
            **recovered,
            **named,
            "lcc_recovered": recovered[f"lcc_{MODELS[0]}"],
            "lcc_recovered_low": low,
            "lcc_recovered_high": high,
            "efficiency_recovered": self._efficiency(rings[0].near),
            "records": self.records.iloc[step.removed],
        }
        row["because"] = (
            f"{self._why(number, step, row)}; {_recovery_words(repairs[0], row, followed)}"
        )
        self.rows.append(row)

    def _cut_off(self, party: int) -> list[int]:
        """Parties that lose the largest piece of what the party held together."""
        marks = bytearray(len(self.near))
        for one in (*self.gone, party):
            marks[one] = 1
        beside = {other for other in self.near[party] if not marks[other]}
        pieces = [piece for piece in clusters(self.near, marks) if beside & set(piece)]
        pieces.sort(key=lambda piece: (-len(piece), min(piece)))
        return sorted(one for piece in pieces[1:] for one in piece)

    def _why(self, number: int, step: Step, row: dict[str, object]) -> str:
        if self.by == "list":
            chosen = "taken from the list"
        elif self.by == RANDOM:
            chosen = "drawn at random, the first of many draws"
        else:
            beside = f", level with {step.level - 1} more" if step.level > 1 else ""
            value = written(step.value) if np.isfinite(step.value) else "no value"
            kept = f", as ranked before step {step.ranked_at}" if step.ranked_at < number else ""
            by = f"{self.by}, estimated" if step.estimated else self.by
            chosen = f"first by {by} ({value}{beside}{kept})"
        every_way = step.every or self.by == RANDOM
        spread = "" if every_way else " (other orders of equals were not all worked out)"
        if row["lcc_low"] != row["lcc_high"]:
            every = "" if every_way else " looked at, not all"
            ways = "draws" if self.by == RANDOM else "ways to choose among equals"
            spread = (
                f" ({row['lcc_low']:.0%} to {row['lcc_high']:.0%} over {row['orders']}"
                f" {ways}{every})"
            )
        lost = row["cut_off"]
        off = "nobody is cut off"
        if lost:
            off = f"{lost} {'is' if lost == 1 else 'are'} cut off from the larger piece"
        still = f"{percent(float(str(row['pairs_left'])))} of the pairs can still reach each other"
        if not self.pairs:
            still = "no two could reach each other before"
        return (
            f"{chosen}: the largest part has {step.largest[0]}"
            f" {'party' if step.largest[0] == 1 else 'parties'},"
            f" {row['lcc_fraction']:.0%} of what it had{spread}; {off}; {still}"
        )


def _recovery_words(repair: Repair, row: dict[str, object], models: int) -> str:
    if repair.pieces < 2:
        start = "no gap opens that recovery (a model, not a forecast) would have to close"
    elif not repair.level:
        start = "recovery (a model, not a forecast): no contact is left who could replace it"
    else:
        others = len(repair.level) - 1
        level = f", {others} {'other' if others == 1 else 'others'} would do as well"
        start = (
            "recovery (a model, not a forecast): the contact who knows most of the others knows"
            f" {repair.shared} of {repair.contacts - 1} already and needs"
            f" {counted(len(repair.new_ties), 'new tie')}{level if others else ''}"
        )
    return (
        f"{start}; with recovery at each step the largest part has {row['lcc_recovered']:.0%}"
        f" ({row['lcc_recovered_low']:.0%} to {row['lcc_recovered_high']:.0%} over"
        f" {models} models)"
    )
