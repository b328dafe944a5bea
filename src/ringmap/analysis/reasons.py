"""Why a party is or is not a broker, in plain words. Sentences name numbers, never people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.counting import written
from ringmap.analysis.groups import group_codes
from ringmap.analysis.pairs import Integers, Numbers, Pairs
from ringmap.graph import RingGraph
from ringmap.model import country_name, label

Truths = npt.NDArray[np.bool_]

#: The rule of `judge_brokers`.
LEAST_PARTIES = 5
LEAST_SHARE, LEAST_CUT_OFF, TIMES_MEDIAN = 0.15, 2, 3.0
LEAST_SHARE_LARGE, TIMES_MEAN = 0.02, 10.0

BROKER, BUSY, LITTLE = "broker", "many ties, not a broker", "between others, not a broker"
SMALL, APART, ALONE = "network too small to judge", "between nobody", "no ties"
NOT_JUDGED = "not judged"
#: What can be said of a party, the strongest first: it is a broker by the rule of
#: `judge_brokers`; it stands between enough, but no more than the number of its ties
#: suggests; it stands between others, but not enough; there are fewer than five in its
#: network; it is on no shortest path between others; it has no ties; it was not to be judged.
VERDICTS = (BROKER, BUSY, LITTLE, SMALL, APART, ALONE, NOT_JUDGED)


@dataclass(frozen=True, slots=True)
class BrokerFacts:
    """What the sentences are made of; one entry per party, in the order of the graph."""

    ties: Integers
    betweenness: Numbers
    share: Numbers
    verdict: list[str]
    rank: Integers
    level: Integers
    more_ties: Integers
    parties: Integers
    lost: Integers
    joins: list[str]
    joins_vi: list[str]
    word: list[str]


def share_of_pairs(betweenness: Numbers, component: Integers, directed: bool) -> Numbers:
    """Betweenness over the pairs of other parties of the same component, 0 to 1."""
    size = np.bincount(component, minlength=1)[component].astype(np.float64)
    pairs = (size - 1) * (size - 2) / (1 if directed else 2)
    return np.where(pairs > 0, betweenness / np.maximum(pairs, 1), 0.0)


def stands_out(share: Numbers, component: Integers, lost: Integers, contacts: Integers) -> Truths:
    """Who is a broker by the rule of `judge_brokers`."""
    placed = place_in_network(share, component) <= place_in_network(contacts, component)
    stands: Truths = is_between(share, component, lost) & placed
    return stands


def is_between(share: Numbers, component: Integers, lost: Integers) -> Truths:
    """Who stands between enough others to be a broker, whatever the number of ties."""
    if len(share) == 0:
        return np.zeros(0, dtype=bool)
    shares = pd.Series(share).groupby(component)
    middle = shares.transform("median").to_numpy(dtype=np.float64)
    mean = shares.transform("mean").to_numpy(dtype=np.float64)
    size = np.bincount(component)[component]
    apart = (lost >= LEAST_CUT_OFF) | (share >= TIMES_MEDIAN * middle)
    large = (share >= LEAST_SHARE_LARGE) & (share >= TIMES_MEAN * mean)
    between: Truths = (size >= LEAST_PARTIES) & (((share >= LEAST_SHARE) & apart) | large)
    return between


def verdicts(
    share: Numbers, component: Integers, lost: Integers, contacts: Integers, spared: Truths
) -> list[str]:
    """One of `VERDICTS` for each party; `spared` are not judged."""
    size = np.bincount(component, minlength=1)[component]
    told = np.select(
        [spared, contacts == 0, share == 0, size < LEAST_PARTIES,
         stands_out(share, component, lost, contacts), is_between(share, component, lost)],
        [NOT_JUDGED, ALONE, APART, SMALL, BROKER, BUSY],
        LITTLE,
    )  # fmt: skip
    return [str(one) for one in told]


def contacts_of(pairs: Pairs) -> Integers:
    """How many others each party is tied to."""
    ends = np.concatenate([pairs.low, pairs.high])
    return np.bincount(ends, minlength=pairs.count).astype(np.int64)


def place_in_network(values: Numbers | Integers, component: Integers) -> Integers:
    """Rank within the own component from 1, the highest first; equals share the best rank."""
    ranks = pd.Series(values).groupby(component).rank(method="min", ascending=False)
    return np.asarray(ranks, dtype=np.int64)


def broker_facts(
    graph: RingGraph,
    pairs: Pairs,
    component: Integers,
    columns: Mapping[str, npt.NDArray[np.generic]],
    lost: Integers,
    group: str | None,
    spare: Collection[str],
) -> BrokerFacts:
    """Gather for each party what its sentence says."""
    betweenness = columns["betweenness"].astype(np.float64)
    share = share_of_pairs(betweenness, component, graph.directed)
    contacts = contacts_of(pairs)
    spared = graph.parties["party"].isin(set(spare)).to_numpy(dtype=bool)
    level = pd.Series(betweenness).groupby([component, betweenness]).transform("size")
    word = ["party"] * pairs.count
    if "type" in graph.parties.columns:
        word = [one if isinstance(one, str) else "party" for one in graph.parties["type"]]
    return BrokerFacts(
        ties=contacts,
        betweenness=betweenness,
        share=share,
        verdict=verdicts(share, component, lost, contacts, spared),
        rank=place_in_network(betweenness, component),
        level=np.asarray(level, dtype=np.int64),
        more_ties=place_in_network(contacts, component) - 1,
        parties=np.bincount(component, minlength=1)[component].astype(np.int64),
        lost=lost,
        joins=_joins(graph, pairs, group, "en"),
        joins_vi=_joins(graph, pairs, group, "vi"),
        word=word,
    )


def _joins(graph: RingGraph, pairs: Pairs, group: str | None, language: str) -> list[str]:
    """Known groups among a party and its contacts, where there are two or more."""
    column = group or ("country" if "country" in graph.parties.columns else None)
    if column is None:
        return [""] * pairs.count
    codes, names = group_codes(graph.parties[column])
    told = [_called(column, one, language) for one in names]
    party = np.concatenate([pairs.low, pairs.high, np.arange(pairs.count)])
    other = np.concatenate([pairs.high, pairs.low, np.arange(pairs.count)])
    known = codes[other] >= 0
    span = max(len(told), 1)
    keys = np.unique(party[known] * span + codes[other[known]])
    found = (keys % span).tolist()
    cuts = np.searchsorted(keys // span, np.arange(pairs.count + 1)).tolist()
    return [
        _listed([told[one] for one in found[cuts[i] : cuts[i + 1]]], language)
        if cuts[i + 1] - cuts[i] > 1
        else ""
        for i in range(pairs.count)
    ]


def _called(column: str, value: str, language: str) -> str:
    """A group in the words of a language; its code in English, and where there is no word."""
    if column == "country":
        return country_name(value, language)
    if language == "en" or column not in {*_VOCABULARY, "side"}:
        return value
    if column == "side":
        return _SIDES_VI.get(value, value)
    return "; ".join(label(_VOCABULARY[column], code, language) for code in value.split(";"))


def _listed(words: list[str], language: str) -> str:
    and_, more = ("and", "more") if language == "en" else ("và", "nước hoặc nhóm nữa")
    if len(words) > 5:
        return f"{', '.join(words[:4])} {and_} {len(words) - 4} {more}"
    return f"{', '.join(words[:-1])} {and_} {words[-1]}"


def broker_sentences(facts: BrokerFacts) -> list[str]:
    """One sentence per party, in the order of the facts.

    What it calls a place counts everybody of the same network; a rank leaves out who is spared.
    """
    counted = ", victims counted" if NOT_JUDGED in facts.verdict else ""
    columns = (
        facts.ties.tolist(), facts.betweenness.tolist(), facts.share.tolist(),
        facts.verdict, facts.rank.tolist(), facts.level.tolist(),
        facts.more_ties.tolist(), facts.parties.tolist(), facts.lost.tolist(), facts.joins,
        facts.word,
    )  # fmt: skip
    return [_sentence(*row, counted=counted) for row in zip(*columns, strict=True)]


def _sentence(ties: int, betweenness: float, share: float, verdict: str, rank: int, level: int,
              more_ties: int, parties: int, lost: int, joins: str, word: str, *,
              counted: str) -> str:  # fmt: skip
    said = _SAID.get(verdict, "not a broker")
    if ties == 0:
        return f"{said}: no tie to anybody is recorded"
    others = f"tied to {ties} {'other' if ties == 1 else 'others'}"
    if betweenness == 0:
        start = f"{said}: {others}, but on no shortest path between two of them or beyond"
        return start + (f"; with these it touches {joins}" if joins else "")
    parts = [
        f"stands between {percent(share)} of the pairs in its network of {parties}"
        f" (betweenness {written(round(betweenness, 9))}, {_place(rank, level)}{counted})",
        f"{others} ({_beside(verdict, rank, more_ties)})",
    ]
    if joins:
        parts.append(f"joins {joins}")
    if lost:
        parts.append(f"without it {lost} {'party' if lost == 1 else 'parties'} would be cut off")
    if word == "case":
        parts.append("it is a case, and joins people because one file names them")
    elif word in ("place", "identifier", "organisation"):
        parts.append(f"it is {'a' if word == 'place' else 'an'} {word}, not a person")
    return f"{said}: {'; '.join(parts)}"


#: The lists of words for the values of columns.
_VOCABULARY = {"roles": "role", "standing": "standing", "type": "party"}
_SIDES_VI = {"offender": "người phạm tội", "victim": "nạn nhân", "other": "người khác",
             "both": "người vừa là nạn nhân vừa là người phạm tội"}  # fmt: skip
_SAID = {BROKER: "broker", NOT_JUDGED: "a victim, measured but not judged"}


def percent(share: float) -> str:
    """A share from 0 to 1 as a percentage with two digits or so."""
    if 0 < share < 0.001:
        return "under 0.1%"
    return f"{share:.1%}" if 0 < share < 0.1 else f"{share:.0%}"


def _place(rank: int, level: int) -> str:
    return f"place {rank} of all there" + (f", level with {level - 1} more" if level > 1 else "")


def _beside(verdict: str, rank: int, more_ties: int) -> str:
    if more_ties == 0 and verdict == BROKER:
        return "nobody has more: perhaps for its many ties, not for its place"
    if more_ties == 0:
        return "nobody has more: busy, perhaps, rather than well placed"
    start = f"{more_ties} {'party has' if more_ties == 1 else 'parties have'} more"
    if more_ties + 1 < rank:
        return f"{start}: no higher than the number of its ties suggests"
    return f"{start}: its place counts, not the number of its ties"


def verdict_sentence(broker: Truths, share: Numbers, lost: Integers, ties: int) -> str:
    """Whether there is a broker, with the numbers that say so."""
    if ties == 0:
        return "no broker here: no ties are recorded"
    top = float(share.max())
    cuts = int((lost > 0).sum())
    cut = (
        "nobody would be cut off without any one of them" if cuts == 0
        else f"there {'is' if cuts == 1 else 'are'} {cuts} without whom others would be cut off"
    )  # fmt: skip
    facts = f"the highest stands between {percent(top)} of the pairs of its network, and {cut}"
    if top == 0:
        return "no broker here: nobody is on a shortest path between two others"
    if not broker.any():
        return (
            f"no broker here: {facts}, but nobody stands out from the rest of a network of"
            f" {LEAST_PARTIES} or more by more than the number of its ties"
        )
    number = int(broker.sum())
    start = (
        "one party stands out as a broker"
        if number == 1
        else (f"{number} parties stand out as brokers")
    )
    return f"{start}: {facts}; missing records may change who they are"
