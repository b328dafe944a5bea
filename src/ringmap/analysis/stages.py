"""Who has a part in which stage, and whether those of one stage keep to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.chance import (
    LEVEL,
    Arcs,
    arcs_among,
    chance_of_labels,
    deal_labels,
    p_in_words,
    share_as_far,
    standing,
    sums_of_arcs,
    sums_of_labels,
)
from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_ties
from ringmap.analysis.pairs import Integers, Numbers
from ringmap.errors import QuestionError
from ringmap.graph import STAGE_COLUMNS, RingGraph
from ringmap.model import earliest, label, latest, load_words

PART_COLUMNS = (
    "party", "stage", "parts", "kinds", "cases", "first", "last", "because", "records",
)  # fmt: skip
BETWEEN_COLUMNS = (
    "stage", "other_stage", "ties", "pairs", "share", "share_elsewhere", "odds_ratio", "expected",
    "z", "p", "because", "records",
)  # fmt: skip
#: In `find_stage_ties`, the row of all stages together.
ANY, SAME = "any", "the same"


@dataclass(frozen=True, slots=True)
class Members:
    """Who does what: `parties` are positions in the graph, `does` has a column per stage."""

    parties: Integers
    does: npt.NDArray[np.bool_]
    stages: tuple[str, ...]


def find_stages(graph: RingGraph) -> pd.DataFrame:
    """A row per party and stage in which it has a part, with what says so.

    ``parts`` are ``does``, ``undergoes``, ``named`` (see `list_stages`); a person may have
    several, and several stages. ``kinds`` are the codes of the roles, ties and events behind
    them, ``cases`` how many cases they lie in, ``first`` and ``last`` the earliest and latest
    dates. By party, then in the order of a journey. A graph of bare ties, or of records
    without roles, events and kinds of tie, has no rows; ``attrs['verdict']`` counts parties
    with and without a stage.

    Who is recorded in one stage only may have been asked about one stage only. ``named`` is
    no part at all: a buyer or payee at the other end of somebody's act.
    """
    told = _told(graph)
    columns = [told[name].tolist() for name in _OF_PART]
    gathered: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for party, stage, *rest in zip(*columns, strict=True):
        gathered.setdefault((party, stage), []).append(tuple(rest))
    rows = [_part(party, stage, some) for (party, stage), some in gathered.items()]
    table = pd.DataFrame(rows, columns=list(PART_COLUMNS))
    order = {code: place for place, code in enumerate(load_words("stage"))}
    table = table.sort_values(
        ["party", "stage"], key=lambda one: one.map(order) if one.name == "stage" else one,
        kind="stable", ignore_index=True,
    )  # fmt: skip
    table.attrs["verdict"] = _coverage(graph, told)
    return table


def members_of(graph: RingGraph) -> Members:
    """Parties that do something in a stage, as tests of stages count them.

    Counted are offenders' roles, and acts upon victims; not who is a victim only or has no
    side but witness or relative, for these pay ransoms and are no part of a ring. An act
    towards another offender is not counted either: a payment would make both the tie and the
    stage, and so explain itself.
    """
    told = _told(graph)
    sides = graph.parties["side"] if "side" in graph.parties.columns else None
    place = pd.Index(graph.parties["party"]).get_indexer(pd.Index(told["party"]))
    counted = (told["part"] == "does").to_numpy() & (place >= 0)
    counted &= (told["basis"] == "role").to_numpy() | told["upon_victim"].to_numpy(dtype=bool)
    if sides is not None:
        counted &= ~sides.isin(["victim", "other"]).to_numpy()[place]
    stages = tuple(code for code in load_words("stage") if (told["stage"][counted] == code).any())
    parties, row = np.unique(place[counted], return_inverse=True)
    does = np.zeros((len(parties), len(stages)), dtype=bool)
    column = {code: number for number, code in enumerate(stages)}
    does[row, [column[code] for code in told["stage"][counted]]] = True
    return Members(parties.astype(np.int64), does, stages)


def find_stage_ties(graph: RingGraph, *, seed: int = 0, draws: int = 999) -> pd.DataFrame:
    """Whether those who share a stage are tied more often than others: odds, beside chance.

    Each two parties that do something in a stage (see `members_of`) are a pair, tied or not
    (directed: each order is one). The first row, ``any`` and ``the same``, is of pairs that
    share at least one stage, against pairs that share none; then each stage with itself
    and with each other one: one of the two does this, the other that; a person of several
    stages counts in all of them. ``share`` of such pairs that are tied, ``share_elsewhere``
    of the other pairs; ``odds_ratio`` (0 up, 1 no difference) with a half added to each count
    where one is 0 (Haldane). ``expected`` ties and ``z`` are exact over all ways to deal the
    sets of stages out anew among these parties, the network staying as it is; ``p`` is
    two-sided from `draws` such deals, at least 1/(draws + 1). It answers one question well,
    that of the first row: among 28 rows one or two lie below .05 by chance.

    People are tied by records of one case, and a case is often of one stage: those who were
    arrested at one gate look like a cell. No rows when fewer than two such parties are
    tied; ``attrs['verdict']`` says so.

    Raises
    ------
    GraphError
        If fewer than 20 draws are asked for.

    References
    ----------
    Campana, P. (2018). Out of Africa: The organization of migrant smuggling across the
    Mediterranean. European Journal of Criminology 15, 481-502.
    """
    if draws < 20:
        raise QuestionError(f"{draws} draws tell nothing", hint="draw 20 times at least")
    members = members_of(graph)
    chosen = np.zeros(len(graph.parties), dtype=bool)
    chosen[members.parties] = True
    arcs = arcs_among(graph, chosen)
    if not arcs.ties:
        return _no_ties(members)
    sets, of_party = np.unique(members.does, axis=0, return_inverse=True)
    of_party = of_party.ravel().astype(np.int64)
    relations = _relations(sets, members.stages)
    size = np.bincount(of_party, minlength=len(sets)).astype(np.float64)
    drawn = _dealt(arcs, of_party, relations, seed, draws)
    cells = of_party[arcs.tail] * len(sets) + of_party[arcs.head]
    sums = sums_of_arcs(arcs, np.ones(len(arcs.tail)))
    rows = []
    for number, ((one, other), relation) in enumerate(relations.items()):
        labels = sums_of_labels(size, relation)
        mean, deviation = chance_of_labels(sums, labels, arcs.count)
        related = relation.ravel()[cells] > 0
        rows.append(
            _between(one, other, arcs, float(related.sum()), float(labels.every), float(mean),
                     float(deviation), drawn[:, number])
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(BETWEEN_COLUMNS))
    table["records"] = _records_between(graph, members, list(relations))
    table.attrs["verdict"] = (
        f"{table['because'].iat[0]}; {counted(len(members.parties), 'party')} counted"
    )
    return table


def _told(graph: RingGraph) -> pd.DataFrame:
    if "stage" not in graph.stages.columns:
        return pd.DataFrame(columns=list(STAGE_COLUMNS)).astype({"upon_victim": bool})
    return graph.stages[graph.stages["party"].isin(graph.parties["party"]).to_numpy()]


_OF_PART = ("party", "stage", "part", "basis", "kind", "case", "first", "last", "records")


def _part(party: str, stage: str, told: list[tuple[Any, ...]]) -> dict[str, object]:
    parts, bases, kinds, cases, firsts, lasts, records = zip(*told, strict=True)
    does = [one for one in ("does", "undergoes", "named") if one in parts]
    behind: dict[tuple[str, str, str], set[int]] = {}
    for part, basis, kind, some in zip(parts, bases, kinds, records, strict=True):
        behind.setdefault((part, basis, kind), set()).update(some)
    return {
        "party": party, "stage": stage, "parts": tuple(does), "kinds": tuple(dict.fromkeys(kinds)),
        "cases": len({one for one in cases if isinstance(one, str)}),
        "first": earliest(firsts), "last": latest(lasts),
        "because": f"{label('stage', stage)}: " + "; ".join(
            f"{part} ({', '.join(_sayings(part, behind))})" for part in does
        ),
        "records": tuple(sorted(set().union(*behind.values()))),
    }  # fmt: skip


def _sayings(part: str, behind: Mapping[tuple[str, str, str], set[int]]) -> Iterable[str]:
    """Each kind once: ``role recruiter, 2 records``."""
    for (of_part, basis, kind), records in sorted(behind.items()):
        if of_part == part:
            known = kind if kind in load_words(basis) else "of another kind"
            yield f"{basis} {known}, {len(records)} {'record' if len(records) == 1 else 'records'}"


def _coverage(graph: RingGraph, told: pd.DataFrame) -> str:
    have = told["party"].nunique()
    if not have:
        return "no stage here: no role, event or tie of these records tells one"
    does = told.loc[(told["part"] == "does").to_numpy(), "party"].nunique()
    has = "has" if have == 1 else "have"
    return (
        f"{have} of {counted(len(graph.parties), 'party')} {has} a part in a stage, {does} of them"
        " by doing something; of the rest nothing is recorded, which is not nothing done"
    )


def _no_ties(members: Members) -> pd.DataFrame:
    table = pd.DataFrame(columns=list(BETWEEN_COLUMNS))
    table.attrs["verdict"] = (
        f"nothing to compare here: of {counted(len(members.parties), 'party')} in some part of a"
        " stage no two are tied"
    )
    return table


def _relations(
    sets: npt.NDArray[np.bool_], stages: tuple[str, ...]
) -> dict[tuple[str, str], Numbers]:
    """Which sets of stages are related, for each row of the table."""
    has = sets.astype(np.float64)
    found = {(ANY, SAME): (has @ has.T > 0).astype(np.float64)}
    for one, name in enumerate(stages):
        for other in range(one, len(stages)):
            ways = np.outer(has[:, one], has[:, other])
            found[name, stages[other]] = ((ways + ways.T) > 0).astype(np.float64)
    return found


def _dealt(arcs: Arcs, of_party: Integers, relations: dict[tuple[str, str], Numbers], seed: int,
           draws: int) -> Numbers:  # fmt: skip
    """Related tied pairs in each deal, a column per relation."""
    count = int(of_party.max()) + 1
    weights = np.stack([one.ravel() for one in relations.values()], axis=1)
    drawn = np.empty((draws, len(relations)))
    for row, dealt in enumerate(deal_labels(of_party, draws, seed)):
        cells = np.bincount(dealt[arcs.tail] * count + dealt[arcs.head], minlength=count * count)
        drawn[row] = cells @ weights
    return drawn


def _between(one: str, other: str, arcs: Arcs, related: float, pairs: float, mean: float,
             deviation: float, drawn: Numbers) -> dict[str, object]:  # fmt: skip
    every = float(arcs.count * (arcs.count - 1))
    rest, rest_pairs = len(arcs.tail) - related, every - pairs
    p = share_as_far(related, drawn, mean)
    unit = arcs.per_tie
    counts = np.array([related, pairs - related, rest, rest_pairs - rest]) / unit
    if (counts == 0).any():
        counts = counts + 0.5
    ratio = float(counts[0] * counts[3] / (counts[1] * counts[2]))
    row: dict[str, object] = {
        "stage": one, "other_stage": other, "ties": int(related) // unit,
        "pairs": int(pairs) // unit, "share": related / pairs if pairs else float("nan"),
        "share_elsewhere": rest / rest_pairs if rest_pairs else float("nan"),
        "odds_ratio": ratio if pairs and rest_pairs else float("nan"),
        "expected": mean / unit, "z": standing(related, mean, deviation), "p": p,
    }  # fmt: skip
    return row | {"because": _of_pairs(row, p)}


def _of_pairs(row: dict[str, object], p: float) -> str:
    who = (
        "who share a stage" if row["stage"] == ANY
        else f"of whom one does {row['stage']} and the other {row['other_stage']}"
        if row["stage"] != row["other_stage"] else f"who both do {row['stage']}"
    )  # fmt: skip
    if np.isnan(float(str(row["odds_ratio"]))):
        return f"all pairs, or none, are pairs {who}: nothing to compare"
    chance = "beyond chance" if p < LEVEL else "no more or less than chance may give"
    pairs = "pair" if row["pairs"] == 1 else "pairs"
    return (
        f"{row['ties']} of {row['pairs']} {pairs} {who} are tied ({row['share']:.1%}), of other"
        f" pairs {row['share_elsewhere']:.1%}: odds ratio {row['odds_ratio']:.1f}, {p_in_words(p)},"
        f" {chance}"
    )


def _records_between(
    graph: RingGraph, members: Members, rows: list[tuple[str, str]]
) -> list[tuple[int, ...]]:
    """Records of the ties of each row."""
    does = np.zeros((len(graph.parties), len(members.stages)), dtype=bool)
    does[members.parties] = members.does
    source, target = does[graph.source], does[graph.target]
    weight = graph.ties["weight"].to_numpy(dtype=np.float64)
    usable = (graph.source != graph.target) & ~(weight == 0)
    column = {code: number for number, code in enumerate(members.stages)}
    found: list[tuple[int, ...]] = []
    for one, other in rows:
        if one == ANY:
            related = (source & target).any(axis=1)
        else:
            a, b = column[one], column[other]
            related = (source[:, a] & target[:, b]) | (source[:, b] & target[:, a])
        ties = np.flatnonzero(related & usable).astype(np.int64)
        found.append(records_of_ties(graph, ties.tolist()))
    return found
