"""The order of rows, so far as it tells something of victims: of a ranking, and of a case file."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.model import Case


def put_victims_last(table: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Rows of victims behind the others, by what they are called.

    A place in a list may be taken for a rank, and its order may be that of ids.
    """
    victims = case.parties["party"][case.parties["side"].isin(["victim", "both"])]
    behind = table["party"].isin(victims)
    ordered = [table[~behind], table[behind].sort_values("party")]
    return pd.concat(ordered, ignore_index=True)


_PARTY_COLUMNS = {
    "statements": ("party",),
    "roles": ("person", "case"),
    "ties": ("source", "target", "case"),
    "events": ("case", "from_place", "to_place", "crossing", "person", "moved_by"),
}


def order_of_parties(parties: pd.DataFrame, *, by: str = "id") -> npt.NDArray[np.int64]:
    """Positions of parties in the order in which they are to stand."""
    order: npt.NDArray[np.int64] = parties.sort_values([by, "type"], kind="stable").index.to_numpy()
    return order


def sort_parties(
    tables: Mapping[str, pd.DataFrame], order: npt.NDArray[np.int64]
) -> dict[str, pd.DataFrame]:
    """Tables with parties in another order, and ties in the order of their ends.

    In the old order a pseudonym between "Mai" and "Minh" would say how the name begins.
    """
    place = np.empty(len(order) + 1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    place[-1] = -1  # "not recorded" stays so
    moved = dict(tables) | {"parties": tables["parties"].iloc[order].reset_index(drop=True)}
    for name, columns in _PARTY_COLUMNS.items():
        changes = {column: place[tables[name][column].to_numpy()] for column in columns}
        moved[name] = tables[name].assign(**changes)
    return moved | _sorted_ties(moved["ties"], tables["tie_records"])


def _sorted_ties(ties: pd.DataFrame, records: pd.DataFrame) -> dict[str, pd.DataFrame]:
    turned = (ties["direction"] == "undirected").to_numpy() & (
        ties["source"] > ties["target"]
    ).to_numpy()
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    ties = ties.assign(
        source=np.where(turned, target, source), target=np.where(turned, source, target)
    )
    order = ties.sort_values(["source", "target", "kind", "case"], kind="stable").index.to_numpy()
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    of_tie = records["tie"].to_numpy()
    was_turned = records["turned"].to_numpy() ^ turned[of_tie]
    records = records.assign(tie=place[of_tie], turned=was_turned)
    records = records.sort_values(["tie", "record"], kind="stable", ignore_index=True)
    return {"ties": ties.iloc[order].reset_index(drop=True), "tie_records": records}
