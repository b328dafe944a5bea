"""People of several rings: who joins rings that are otherwise apart."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ringmap.analysis.evidence import records_by
from ringmap.analysis.pairs import Integers, pairs_of
from ringmap.graph import RingGraph

SHARED_COLUMNS = ("party", "rings", "shares", "contacts", "because", "because_vi", "records")


def find_shared_members(graph: RingGraph, rings: pd.DataFrame) -> pd.DataFrame:
    """Who is in two rings or more, how much of their ties goes to each, and by which records.

    ``rings`` (a tuple, highest share first, equals in the order of rings), ``shares`` (0 to 1,
    in the same order) and ``contacts`` (how many members of that ring the party is tied to);
    ``records`` behind its ties to members of any of them. Most rings first, then the highest second
    share, then by id; victims behind all others and by id alone, for they are not ranked. An
    empty table says that the rings share nobody who can be told from these records.

    On planted rings nearly everybody whom two rings share is found as long as the rings are
    found apart; small rings that share several people come out as one
    (docs/measures/rings-over-time.md). A party of several rings may be a go-between, a person
    whom two police forces wrote down, or two people of one name. Directions are ignored.

    Parameters
    ----------
    rings
        What `find_rings` gave for this graph.
    """
    names = pd.Index(graph.parties["party"])
    count = rings.groupby("party", observed=True, sort=False)["ring"].transform("size")
    several = rings[(count > 1).to_numpy()]
    if several.empty:
        return pd.DataFrame(columns=list(SHARED_COLUMNS))
    order = {ring: at for at, ring in enumerate(rings["ring"].drop_duplicates())}
    told = pd.DataFrame(
        {
            "party": names.get_indexer(pd.Index(several["party"])),
            "ring": several["ring"].map(order).to_numpy(),
            "share": several["share"].to_numpy(),
        }
    ).assign(level=lambda table: table["share"].round(9))
    told = told.sort_values(["party", "level", "ring"], ascending=[True, False, True])
    contacts = _contacts(graph, rings, names, order)
    records = _records(graph, rings, names, told, order)
    labels = list(order)
    rows: list[dict[str, Any]] = []
    for at, (_, group) in enumerate(told.groupby("party", sort=True)):
        party = int(group["party"].iloc[0])
        shares = tuple(group["share"])
        inside = tuple(contacts.get((party, ring), 0) for ring in group["ring"])
        called = tuple(labels[ring] for ring in group["ring"])
        rows.append(
            {
                "party": names[party], "rings": called, "shares": shares, "contacts": inside,
                "because": _sentence(called, shares, inside),
                "because_vi": _sentence_vi(called, shares, inside), "records": records[at],
            }
        )  # fmt: skip
    victims = _victims(graph)
    rows.sort(key=lambda row: _place(row, victims))
    return pd.DataFrame(rows, columns=list(SHARED_COLUMNS))


def _victims(graph: RingGraph) -> frozenset[object]:
    if "side" not in graph.parties.columns:
        return frozenset()
    victim = graph.parties["side"].isin(["victim", "both"]).to_numpy(dtype=bool)
    return frozenset(graph.parties["party"].to_numpy(dtype=object)[victim])


def _place(row: Mapping[str, Any], victims: frozenset[object]) -> tuple[bool, int, float]:
    if row["party"] in victims:
        return True, 0, 0.0
    return False, -len(row["rings"]), -round(row["shares"][1], 9)


def _ends(graph: RingGraph) -> tuple[Integers, Integers]:
    pairs = pairs_of(graph)
    return np.concatenate([pairs.low, pairs.high]), np.concatenate([pairs.high, pairs.low])


def _contacts(
    graph: RingGraph, rings: pd.DataFrame, names: pd.Index, order: dict[str, int]
) -> dict[tuple[int, int], int]:
    """How many members of each ring each party is tied to; who is in several counts in each."""
    party, other = _ends(graph)
    member = pd.DataFrame({"other": names.get_indexer(pd.Index(rings["party"])),
                           "ring": rings["ring"].map(order).to_numpy()})  # fmt: skip
    tied = pd.DataFrame({"party": party, "other": other}).merge(member, on="other")
    counts = tied.groupby(["party", "ring"], as_index=False).size()
    columns = (counts[name].tolist() for name in ("party", "ring", "size"))
    return {(party, ring): number for party, ring, number in zip(*columns, strict=True)}


def _records(graph: RingGraph, rings: pd.DataFrame, names: pd.Index, told: pd.DataFrame,
             order: dict[str, int]) -> pd.Series:  # fmt: skip
    """Records behind the ties of each shared member to members of its rings."""
    people = np.unique(told["party"].to_numpy())
    member = pd.DataFrame({"other": names.get_indexer(pd.Index(rings["party"])),
                           "ring": rings["ring"].map(order).to_numpy()})  # fmt: skip
    ends = pd.DataFrame(
        {
            "party": np.concatenate([graph.source, graph.target]).astype(np.int64),
            "other": np.concatenate([graph.target, graph.source]).astype(np.int64),
            "tie": np.tile(np.arange(len(graph.ties)), 2),
        }
    )
    ends = ends[ends["party"].isin(people)]
    inside = ends.merge(member, on="other").merge(told[["party", "ring"]], on=["party", "ring"])
    group = np.searchsorted(people, inside["party"].to_numpy())
    return records_by(graph, group.astype(np.int64), inside["tie"].to_numpy(), len(people))


def _sentence(rings: tuple[str, ...], shares: tuple[float, ...], contacts: tuple[int, ...]) -> str:
    told = ", ".join(
        f"{ring}: {share:.0%} of the strength of its ties, {number} contacts"
        for ring, share, number in zip(rings, shares, contacts, strict=True)
    )
    return f"in {len(rings)} rings ({told})"


def _sentence_vi(
    rings: tuple[str, ...], shares: tuple[float, ...], contacts: tuple[int, ...]
) -> str:
    told = ", ".join(
        f"{ring}: {share * 100:.0f} % cường độ các mối liên hệ, tiếp xúc {number} thành viên"
        for ring, share, number in zip(rings, shares, contacts, strict=True)
    )
    return f"thuộc {len(rings)} đường dây ({told})"
