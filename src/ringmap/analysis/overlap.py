"""Who is victim and offender, and what it changes whether they are ranked."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.brokers import find_brokers
from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_parties
from ringmap.graph import STAGE_COLUMNS, RingGraph
from ringmap.model import earliest, first_day, is_about, last_day, load_words

OVERLAP_COLUMNS = (
    "party", "side", "recorded", "as_victim", "as_offender", "first_as_victim",
    "first_as_offender", "order", "rank_with", "ranked_with", "because", "records",
)  # fmt: skip
RANK_COLUMNS = (
    "party", "side", "betweenness", "rank_without", "rank_with", "because", "records",
)  # fmt: skip
#: Places of the ranking that are compared.
TOP = 20


@dataclass(frozen=True, slots=True)
class Overlap:
    """Who is on both sides, and the ranking with and without them.

    Attributes
    ----------
    people
        A row per person on both sides (see `find_overlap`).
    ranks
        The first places by betweenness with and without them, and theirs.
    because
        How many there are and what ranking them would change, in a sentence.
    """

    people: pd.DataFrame
    ranks: pd.DataFrame
    because: str


def find_overlap(graph: RingGraph, *, top: int = TOP) -> Overlap:
    """People who are victims and offenders, why, which came first, and what ranking them does.

    ``recorded`` is ``both sides`` where the file has them on both (``side`` is ``both``); or
    ``acts only``: a victim who is recorded as acting upon other victims, or an offender to
    whom something was done that makes a victim. The latter are leads, not findings: a guide
    rides along with those who are moved. ``as_victim`` and ``as_offender`` are codes of the
    roles, ties and events behind it, ``first_as_…`` their earliest dates; ``order`` is
    ``victim first``, ``offender first``, or ``not known`` where dates overlap or are estimates,
    or where a tie or event without a date, or with dates the wrong way round, may have been
    first. A role without a date says nothing of when, and is passed over. By id.

    None of them has a rank among offenders unless asked: a victim who was made to recruit is
    protected, and the law of many countries does not punish it. ``rank_with`` is the place by
    betweenness that each would have, of ``ranked_with`` people. `ranks` compares: the first
    `top` places with and without them, people of equal betweenness level; ``rank_without`` is
    ``<NA>`` for those on both sides. Whether they are ranked or not, their ties count. Nobody
    without a tie is said to be pushed down: they have the last place, with whomever.

    A file without victims' side of the story has nobody on both sides.
    """
    told = graph.stages if "stage" in graph.stages.columns else pd.DataFrame(columns=STAGE_COLUMNS)
    victim_rows, offender_rows = told[_undergone(told)], told[_done(told)]
    both, victim, offender = (_of_side(graph, one) for one in ("both", "victim", "offender"))
    acts = victim & _named(graph, offender_rows[offender_rows["basis"] != "role"])
    acts |= offender & _named(graph, victim_rows)
    chosen = both | acts
    ranks = _ranks(graph, chosen, victim & ~chosen)
    rows = [
        _person(party, side, known, victim_rows[victim_rows["party"] == party],
                offender_rows[offender_rows["party"] == party])
        for party, side, known in zip(
            graph.parties["party"][chosen], _sides(graph)[chosen], both[chosen], strict=True
        )
    ]  # fmt: skip
    columns = [one for one in OVERLAP_COLUMNS if one not in ("rank_with", "ranked_with")]
    people = pd.DataFrame(rows, columns=columns)
    people["rank_with"] = ranks["rank_with"][chosen].to_numpy()
    people["ranked_with"] = int(ranks["rank_with"].notna().sum())
    people["records"] = _records(graph, people, chosen)
    people["because"] = [
        f"{told}; would have place {place} of {count} by betweenness, and has none unless asked"
        for told, place, count in zip(
            people["because"], people["rank_with"], people["ranked_with"], strict=True
        )
    ]
    return Overlap(people[list(OVERLAP_COLUMNS)], _compared(graph, ranks, chosen, top),
                   _verdict(ranks, chosen, _tied(graph), int(both.sum())))  # fmt: skip


def _done(told: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """An offender's role, or an act upon a victim."""
    upon = told["upon_victim"].to_numpy(dtype=bool) | (told["basis"] == "role").to_numpy()
    return np.asarray((told["part"] == "does").to_numpy() & upon, dtype=bool)


def _undergone(told: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """A victim's role, or what is done to victims only."""
    ties = [code for code, word in load_words("tie").items() if word.says.get("target_is_victim")]
    events = [
        code for code, word in load_words("event").items() if word.says.get("person_is_victim")
    ]
    victims = told["kind"].isin([*ties, *events, "victim"]).to_numpy()
    return np.asarray((told["part"] == "undergoes").to_numpy() & victims, dtype=bool)


def _sides(graph: RingGraph) -> pd.Series:
    if "side" not in graph.parties.columns:
        return pd.Series([None] * len(graph.parties), dtype="str")
    return graph.parties["side"]


def _of_side(graph: RingGraph, side: str) -> npt.NDArray[np.bool_]:
    return np.asarray((_sides(graph) == side).fillna(False), dtype=bool)


def _named(graph: RingGraph, rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return np.asarray(graph.parties["party"].isin(rows["party"]), dtype=bool)


def _person(party: object, side: object, both: bool, suffered: pd.DataFrame,
            did: pd.DataFrame) -> dict[str, object]:  # fmt: skip
    as_victim, as_offender = (tuple(dict.fromkeys(one["kind"])) for one in (suffered, did))
    begun = earliest(suffered["first"]), earliest(did["first"])
    order = _order(suffered, did)
    records = {int(one) for rows in (suffered, did) for some in rows["records"] for one in some}
    told = (
        f"as victim: {_listed(as_victim)}; as offender: {_listed(as_offender)};"
        f" {'which came first is not known' if order == 'not known' else order}"
    )
    if not both:
        told += "; by acts only, no record says both"
    return {
        "party": party, "side": side, "recorded": "both sides" if both else "acts only",
        "as_victim": as_victim, "as_offender": as_offender, "first_as_victim": begun[0],
        "first_as_offender": begun[1], "order": order, "because": told,
        "records": tuple(sorted(records)),
    }  # fmt: skip


def _listed(kinds: Iterable[str]) -> str:
    known = {code for name in ("role", "tie", "event") for code in load_words(name)}
    told = [kind if kind in known else "another kind" for kind in kinds]
    return ", ".join(dict.fromkeys(told)) or "by standing alone"


def _order(suffered: pd.DataFrame, did: pd.DataFrame) -> str:
    """Which began first, where the dates leave no doubt."""
    victim, offender = _beginning(suffered), _beginning(did)
    if victim[1] < offender[0]:
        return "victim first"
    if offender[1] < victim[0]:
        return "offender first"
    return "not known"


def _beginning(told: pd.DataFrame) -> tuple[datetime.date, datetime.date]:
    """The earliest and the latest day on which the first of some parts may have been."""
    dates = [one for one in told["first"] if isinstance(one, str)]
    early, late = ([day(one) for one in dates] for day in (first_day, last_day))
    undated = (told["undated"] > 0) & (told["basis"] != "role")
    is_open = undated.any() or any(map(is_about, dates)) or None in early or not dates
    begin = datetime.date.min if is_open else min(day for day in early if day)
    sure = [day for one, day in zip(dates, late, strict=True) if day and not is_about(one)]
    return begin, min(sure, default=datetime.date.max)


def _ranks(
    graph: RingGraph, chosen: npt.NDArray[np.bool_], unranked: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Places by betweenness with and without those on both sides, in the order of parties."""
    table = find_brokers(graph, measures=["betweenness"]).set_index("party")["betweenness"]
    values = table.loc[graph.parties["party"]].round(9).reset_index(drop=True)
    person = np.ones(len(values), dtype=bool)
    if "type" in graph.parties.columns:
        person = (graph.parties["type"] == "person").to_numpy(dtype=bool)
    kept = {"rank_with": person & ~unranked, "rank_without": person & ~unranked & ~chosen}
    places = {
        name: values.where(mask).rank(method="min", ascending=False).astype("Int64")
        for name, mask in kept.items()
    }
    return pd.DataFrame({"betweenness": values, **places})


def _compared(graph: RingGraph, ranks: pd.DataFrame, chosen: npt.NDArray[np.bool_],
              top: int) -> pd.DataFrame:  # fmt: skip
    first = (ranks["rank_without"] <= top).fillna(False) | (ranks["rank_with"] <= top).fillna(False)
    shown = np.asarray(first, dtype=bool) | chosen if chosen.any() else np.zeros_like(chosen)
    table = ranks[shown].assign(
        party=graph.parties["party"][shown], side=_sides(graph)[shown],
        records=records_of_parties(graph)[shown],
    )  # fmt: skip
    table["because"] = [
        "on both sides: no place without being asked for" if pd.isna(without)
        else "the same place with and without those on both sides" if without == place
        else f"place {without} without those on both sides, {place} with them"
        for without, place in zip(table["rank_without"], table["rank_with"], strict=True)
    ]  # fmt: skip
    table = table.sort_values(["rank_with", "party"], ignore_index=True)
    return table[list(RANK_COLUMNS)]


def _records(
    graph: RingGraph, people: pd.DataFrame, chosen: npt.NDArray[np.bool_]
) -> list[tuple[int, ...]]:
    """Records of the parts, or of all ties where no part has any."""
    ties = records_of_parties(graph)[chosen].tolist()
    return [own or tie for own, tie in zip(people["records"], ties, strict=True)]


def _tied(graph: RingGraph) -> npt.NDArray[np.bool_]:
    """Who is tied to somebody; the others stand between nobody, whoever is ranked."""
    tied = np.zeros(len(graph.parties), dtype=bool)
    tied[graph.simple.source] = tied[graph.simple.target] = True
    return tied


def _verdict(ranks: pd.DataFrame, chosen: npt.NDArray[np.bool_], tied: npt.NDArray[np.bool_],
             both: int) -> str:  # fmt: skip
    people = int(chosen.sum())
    if not people:
        return "nobody here is recorded both as victim and as offender"
    first = int((ranks["rank_with"][chosen] == 1).sum())
    shift = ranks["rank_with"] - ranks["rank_without"]
    moved = int(((shift > 0).fillna(False) & tied).sum())
    return (
        f"{counted(people, 'person')} on both sides, {both} by the file and {people - both} by"
        f" acts only; ranked with the others they would push {counted(moved, 'person')} down"
        + ("; the first place would be one of theirs" if first else "")
    )
