"""The order of rows, so far as it tells something of victims: of a ranking, and of a case file."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.disclosure.hiding import Mask
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


@dataclass(frozen=True, eq=False)
class NewOrder:
    """Another order of the parties of a case file, and of its ties by their ends.

    In the old order a pseudonym between "Mai" and "Minh" would say how the name begins.

    Attributes
    ----------
    parties
        Positions of parties in the order in which they are to stand.
    was
        The ties as they stood.
    """

    parties: npt.NDArray[np.int64]
    was: pd.DataFrame

    def moved(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """A table of the case file, by its name, in the new order."""
        if name == "parties":
            return table.iloc[self.parties].reset_index(drop=True)
        columns = _PARTY_COLUMNS.get(name, ())
        table = table.assign(**{one: self._place[table[one].to_numpy()] for one in columns})
        if name == "ties":
            return _turned(table, self._ties[1]).iloc[self._ties[0]].reset_index(drop=True)
        return self._moved_records(table) if name == "tie_records" else table

    @cached_property
    def _place(self) -> npt.NDArray[np.int32]:
        place = _places(self.parties)
        return np.append(place, np.int32(-1))  # "not recorded" stays so

    @cached_property
    def _ties(self) -> tuple[npt.NDArray[np.int64], Mask]:
        """Positions of ties in their new order, and which of them are turned round."""
        columns = ("source", "target", "case")
        ties = self.was.assign(**{one: self._place[self.was[one].to_numpy()] for one in columns})
        turned = (ties["direction"] == "undirected").to_numpy() & (
            ties["source"] > ties["target"]
        ).to_numpy()
        ties = _turned(ties, turned)
        order = ties.sort_values(["source", "target", "kind", "case"], kind="stable").index
        return order.to_numpy(), turned

    def _moved_records(self, records: pd.DataFrame) -> pd.DataFrame:
        order, turned = self._ties
        of_tie = records["tie"].to_numpy()
        was_turned = records["turned"].to_numpy() ^ turned[of_tie]
        records = records.assign(tie=_places(order)[of_tie], turned=was_turned)
        return records.sort_values(["tie", "record"], kind="stable", ignore_index=True)


def _places(order: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Where each stands in an order."""
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return place


def _turned(ties: pd.DataFrame, turned: Mask) -> pd.DataFrame:
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    return ties.assign(
        source=np.where(turned, target, source), target=np.where(turned, source, target)
    )
