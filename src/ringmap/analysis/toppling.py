"""What would change the verdict: records, sources and ties on which the first place hangs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis import positions, reasons
from ringmap.analysis.caveats import weak_ties
from ringmap.analysis.counting import counted, written
from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.pairs import Integers, Numbers, component_of, pairs_of
from ringmap.analysis.perturbing import Records, records_of
from ringmap.graph import RingGraph, bare_graph

#: Changes of each kind that are tried, the likeliest first.
MOST_TRIED = 300
#: Ties that are taken out together where no single one matters.
MOST_TOGETHER = 5
_COLUMNS = ("way", "change", "source", "target", "topples", "first_then", "verdict_turns", "weak",
            "because", "records")  # fmt: skip
#: Steps, as in `doubts`, that all trials together may take.
_MOST_WORK = 2e9


@dataclass(frozen=True, eq=False)
class Toppling:
    """What would change who stands first, or whether there is a broker.

    Attributes
    ----------
    ways
        A row per tie of each way, the likeliest first: ``way`` (its number), ``change``,
        ``source``, ``target`` (the pair of parties, or None for a whole source), ``topples``
        (whether nobody who stands first now still would), ``first_then`` (who would stand
        first then; None where nobody would, or the verdict alone would turn),
        ``verdict_turns`` (whether `judge_brokers` would then say the opposite of what it says
        now), ``weak`` (whether the change needs nothing but weak records to be wrong),
        ``because``, ``records`` (those that would have to be wrong).
    first
        Who stands first now: those level are all in it.
    tried
        How many changes were tried.
    because
        In a sentence, without names.
    """

    ways: pd.DataFrame
    first: tuple[str, ...]
    tried: int
    because: str


@dataclass(frozen=True, slots=True)
class _Change:
    """Rows of ties that are not there after all, pairs that are tied after all."""

    kind: str
    gone: Integers
    added: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, eq=False)
class _Standing:
    """Values of a network, and who is a broker in it."""

    values: Numbers
    broker: npt.NDArray[np.bool_]

    @property
    def found(self) -> bool:
        """Whether there is a broker at all."""
        return bool(self.broker.any())

    def first(self, ranked: npt.NDArray[np.bool_]) -> frozenset[int]:
        """Those with the highest value above 0, of those who are ranked."""
        values = np.where(ranked, self.values, -1.0)
        top = values.max(initial=0.0)
        return frozenset(np.flatnonzero(values == top).tolist()) if top > 0 else frozenset()


def find_topplers(
    graph: RingGraph, *, among: Collection[str] | None = None, most: int = MOST_TRIED
) -> Toppling:
    """Smallest changes of the records that would put somebody else first by betweenness.

    Tried one at a time, in the order in which they are likely: a pair whose records are weak
    is not tied, then a pair with one record, then any; a whole source is wrong (all ties that
    rest on it alone); two contacts of the one who stands first are tied after all, which
    nobody recorded (those with most contacts in common first). Where no single pair matters,
    pairs are taken out together, each time that which costs the lead most, up to five: this
    finds a small set, not for sure the smallest. A change counts when nobody who stands first
    now still does, or when it turns the verdict of `judge_brokers`.

    Pairs are tried in the component of those who stand first. It tries `most` changes of each
    kind, fewer in a large network, and says how many it tried. That nothing
    topples the first place means that no single one of these does, not that it is safe: see
    `measure_doubt` for many small errors together.

    Parameters
    ----------
    among
        Parties to rank, among each other; the others count in the network. All when None.
    """
    ranked = np.ones(len(graph.parties), dtype=bool)
    if among is not None:
        ranked = graph.parties["party"].isin(set(among)).to_numpy()
    now = _standing(graph)
    first = now.first(ranked)
    names = graph.parties["party"].to_numpy(dtype=object)
    told = tuple(names[sorted(first)].tolist())
    if not first:
        because = "nobody stands between two others, so there is no first place to lose"
        return Toppling(_table([]), told, 0, because)
    records = records_of(graph)
    most = _affordable(records, most)
    trials = _Trials(graph, records, ranked, now, first)
    changes = [*_wrong_pairs(trials, most), *_wrong_sources(trials, most), *_missing(trials, most)]
    rows: list[dict[str, object]] = []
    for change in changes:
        rows += trials.told(change, len({row["way"] for row in rows}) + 1)
    tried = len(changes)
    if not any(row["change"] == _TIE and row["topples"] for row in rows):
        together, more = _together(trials, most)
        tried += more
        if together is not None:
            rows += trials.told(together, len({row["way"] for row in rows}) + 1)
    return Toppling(_table(rows), told, tried, _sentence(rows, tried, len(first)))


_TIE, _TIES = "pair not tied", "pairs not tied, together"
WRONG_SOURCE, _MISSING = "source wrong", "pair tied, unrecorded"


@dataclass(frozen=True, eq=False)
class _Trials:
    """A network, who stands first in it, and what a change makes of it."""

    graph: RingGraph
    records: Records
    ranked: npt.NDArray[np.bool_]
    now: _Standing
    first: frozenset[int]

    def standing(self, change: _Change) -> _Standing:
        """Values and verdict after a change."""
        keep = np.ones(len(self.graph.ties), dtype=bool)
        inside = np.ones(len(self.graph.parties), dtype=bool)
        if change.kind != WRONG_SOURCE:
            # All else stays as it is, so only their own component is measured again.
            component = self.records.component
            inside = np.isin(component, component[sorted(self.first)])
            keep = inside[self.graph.source]
        keep[change.gone] = False
        rows = np.flatnonzero(keep)
        added = np.array(change.added, dtype=np.int64).reshape(-1, 2)
        records, more = self.records, len(added)
        one_way = np.append(records.one_way[rows], np.zeros(more, dtype=bool))
        then = _standing(
            bare_graph(
                records.pairs.count,
                np.append(records.source[rows], added[:, 0]).astype(np.int32),
                np.append(records.target[rows], added[:, 1]).astype(np.int32),
                np.append(records.weight[rows], np.ones(more)),
                one_way if self.graph.directed else None,
            )
        )
        return _Standing(
            np.where(inside, then.values, self.now.values),
            np.where(inside, then.broker, self.now.broker),
        )

    def lead(self, standing: _Standing) -> float:
        """How far the first stand before the best of the others; below 0 when behind."""
        values = np.where(self.ranked, standing.values, -1.0)
        mine = max(values[place] for place in self.first)
        others = np.delete(values, sorted(self.first))
        return float(mine - others.max(initial=0.0))

    def told(self, change: _Change, number: int) -> list[dict[str, object]]:
        """Rows of a change that topples something; none of one that does not."""
        then = self.standing(change)
        leads = then.first(self.ranked)
        toppled = not (leads & self.first)
        turns = then.found != self.now.found
        if not toppled and not turns:
            return []
        names = self.graph.parties["party"].to_numpy(dtype=object)
        next_first = sorted(leads)[0] if toppled and leads else None
        row = {
            "way": number,
            "change": change.kind,
            "topples": toppled,
            "first_then": None if next_first is None else names[next_first],
            "verdict_turns": turns,
            "weak": bool(len(change.gone)) and bool(weak_ties(self.graph)[change.gone].all()),
            "because": self._because(change, then, toppled, turns),
            "records": records_of_ties(self.graph, change.gone.tolist()),
        }
        ends = self._ends(change)
        return [row | {"source": names[a], "target": names[b]} for a, b in ends] or [
            row | {"source": None, "target": None}
        ]

    def _ends(self, change: _Change) -> list[tuple[int, int]]:
        if change.kind == WRONG_SOURCE:
            return []
        if change.added:
            return list(change.added)
        pairs = self.records.pair_of_tie[change.gone]
        places = np.unique(pairs[pairs >= 0])
        low, high = self.records.pairs.low[places], self.records.pairs.high[places]
        return list(zip(low.tolist(), high.tolist(), strict=True))

    def _because(self, change: _Change, then: _Standing, toppled: bool, turns: bool) -> str:
        evidence = records_of_ties(self.graph, change.gone.tolist())
        records = f"{len(evidence)} {'record' if len(evidence) == 1 else 'records'}"
        grades = self._grades(evidence)
        behind = f" ({records}{grades})" if evidence else ""
        if change.kind == _TIE:
            start = f"if this pair were not tied after all{behind}"
        elif change.kind == _TIES:
            number = len(self._ends(change))
            start = f"if none of these {number} pairs were tied{behind}"
        elif change.kind == WRONG_SOURCE:
            these = f"{'this' if len(evidence) == 1 else 'these'} {records}"
            ties = f"{len(change.gone)} {'tie' if len(change.gone) == 1 else 'ties'}"
            start = f"if the source of {these} were wrong ({ties}{grades})"
        else:
            start = "if these two were tied, which nobody recorded"
        parts = []
        if toppled:
            values = np.where(self.ranked, then.values, -1.0)
            mine = max(values[place] for place in self.first)
            parts.append(
                f"another would stand first: betweenness {written(values.max())} against"
                f" {written(mine)}"
                if values.max() > 0
                else "nobody would stand between two others"
            )
        if turns:
            parts.append("a broker would be found" if then.found else "no broker would be found")
        return f"{start}, {' and '.join(parts)}"

    def _grades(self, evidence: tuple[int, ...]) -> str:
        table = self.graph.records
        if table is None or not evidence:
            return ""
        told = table.iloc[list(evidence)]
        grades = (told["reliability"].fillna("") + told["credibility"].fillna("")).tolist()
        listed = sorted({grade or "ungraded" for grade in grades})
        return f", {', '.join(listed)}" if len(listed) <= 3 else ""


def _standing(graph: RingGraph) -> _Standing:
    pairs = pairs_of(graph)
    component = component_of(pairs)
    wanted = frozenset({"betweenness"})
    values = positions.path_measures(graph, component, wanted)["betweenness"]
    share = reasons.share_of_pairs(values, component, graph.directed)
    lost = positions.cut_off(pairs)
    broker = reasons.stands_out(share, component, lost, reasons.contacts_of(pairs))
    return _Standing(values, broker)


def _affordable(records: Records, most: int) -> int:
    tied = int((records.degree > 0).sum())
    return int(np.clip(_MOST_WORK / max(4.0 * tied * len(records.pairs.low), 1.0), 5, most))


def _wrong_pairs(trials: _Trials, most: int) -> Iterator[_Change]:
    """Each pair of the first one's component, those of weak and few records first."""
    rows = _rows_of_pairs(trials)
    for pair in _likely_pairs(trials)[:most].tolist():
        yield _Change(_TIE, rows[pair])


def _likely_pairs(trials: _Trials) -> Integers:
    """Pairs in reach: with weak records, with few, touching the first, then by id."""
    records = trials.records
    low, high = records.pairs.low, records.pairs.high
    parts = records.component[sorted(trials.first)]
    inside = np.flatnonzero(np.isin(records.component[low], parts))
    first = np.isin(low, sorted(trials.first)) | np.isin(high, sorted(trials.first))
    counts = np.ones(len(low), dtype=np.int64)
    if trials.graph.evidence is not None:
        told = records.pair_of_tie >= 0
        behind = np.diff(trials.graph.evidence.start)
        counts = np.bincount(records.pair_of_tie[told], weights=behind[told], minlength=len(low))
    order = np.lexsort((inside, ~first[inside], counts[inside], ~records.weak[inside]))
    return np.asarray(inside[order], dtype=np.int64)


def _rows_of_pairs(trials: _Trials) -> list[Integers]:
    places = trials.records.pair_of_tie
    order = np.argsort(places, kind="stable")
    cuts = np.searchsorted(places[order], np.arange(len(trials.records.pairs.low) + 1))
    return [order[cuts[i] : cuts[i + 1]] for i in range(len(cuts) - 1)]


def _wrong_sources(trials: _Trials, most: int) -> Iterator[_Change]:
    """All ties that rest on one source alone, the sources of fewest ties first."""
    by_source: dict[object, list[int]] = {}
    for row, sources in enumerate(trials.records.sources):
        if len(sources) == 1:
            by_source.setdefault(next(iter(sources)), []).append(row)
    ordered = sorted(by_source.items(), key=lambda one: (len(one[1]), str(one[0])))
    if len(ordered) < 2:
        return
    for _, rows in ordered[:most]:
        yield _Change(WRONG_SOURCE, np.array(rows, dtype=np.int64))


def _missing(trials: _Trials, most: int) -> Iterator[_Change]:
    """Pairs of contacts of the first, not tied themselves, with most contacts in common first."""
    near = trials.records.near
    found: dict[tuple[int, int], float] = {}
    for place in sorted(trials.first):
        contacts = np.sort(near.indices[near.indptr[place] : near.indptr[place + 1]])
        common = (near[contacts] @ near[contacts].T).toarray() if len(contacts) <= 1000 else None
        for i, one in enumerate(contacts.tolist() if common is not None else []):
            for j, other in enumerate(contacts[i + 1 :].tolist(), start=i + 1):
                if not near[one, other]:
                    found[one, other] = float(common[i, j]) if common is not None else 0.0
    ordered = sorted(found, key=lambda pair: (-found[pair], pair))
    nothing = np.zeros(0, dtype=np.int64)
    for pair in ordered[:most]:
        yield _Change(_MISSING, nothing, (pair,))


def _together(trials: _Trials, most: int) -> tuple[_Change | None, int]:
    """Pairs taken out one after another, each the one that costs the lead most."""
    rows = _rows_of_pairs(trials)
    touching = [pair for pair in _likely_pairs(trials).tolist() if _touches(trials, pair)]
    gone = np.zeros(0, dtype=np.int64)
    tried = 0
    for _ in range(MOST_TOGETHER):
        options = [np.append(gone, rows[pair]) for pair in touching[: max(most // 5, 5)]]
        options = [one for one in options if len(np.unique(one)) == len(one)]
        if not options:
            return None, tried
        leads = [trials.lead(trials.standing(_Change(_TIES, one))) for one in options]
        tried += len(options)
        gone = options[int(np.argmin(leads))]
        if min(leads) < 0:
            return _Change(_TIES, gone), tried
    return None, tried


def _touches(trials: _Trials, pair: int) -> bool:
    pairs = trials.records.pairs
    return bool({int(pairs.low[pair]), int(pairs.high[pair])} & trials.first)


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return table.astype({"way": "int64", "topples": bool, "verdict_turns": bool, "weak": bool})


def _sentence(rows: list[dict[str, object]], tried: int, level: int) -> str:
    ways = {row["way"]: row for row in rows}
    toppled = [row for row in ways.values() if row["topples"]]
    turned = [row for row in ways.values() if row["verdict_turns"]]
    start = f"{level} stand first, level with each other; " if level > 1 else ""
    if not ways:
        return (
            f"{start}none of {counted(tried, 'change')} tried, each of one pair or one"
            " source, would change"
            " who stands first or whether there is a broker; many errors together still may"
        )
    weak = sum(bool(row["weak"]) for row in toppled)
    rest = f", {weak} of them by weak records alone" if weak else ""
    return (
        f"{start}{len(toppled)} of {counted(tried, 'change')} tried would take the first"
        " place from whoever"
        f" has it{rest};"
        f" {len(turned)} would turn the verdict on whether there is a broker"
    )
