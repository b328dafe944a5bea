"""Records of a case file that another one reads again: by what they say, or by where they stand."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ringmap.model.case import Case
from ringmap.model.drafts import Mask, Positions


@dataclass(frozen=True, slots=True, eq=False)
class ReadAgain:
    """Which records of a case file count no longer as they were read, beside a second one.

    Attributes
    ----------
    place
        For each record of the second the one of the first that says the same, −1 for none.
    known
        True for each record of the second whose row was read before.
    gone
        True for each record of the first that is read again.
    left
        How many others came of files that are read again; their rows are not used now.
    """

    place: Positions
    known: Mask
    gone: Mask
    left: int


def find_read_again(first: Case, second: Case, files: Collection[str] = ()) -> ReadAgain:
    """Records of `first` that `second` has again: same table and content, whatever the file.

    Of some `files`, which are the same byte for byte, a row that says other things than before
    is known by its line: so it is where a mapping or encoding was corrected.
    """
    old, new = first.records, second.records
    # Of several records that say the same, those of the same file are read again.
    order = np.argsort(~old["file"].isin(new["file"].unique()), kind="stable")
    found = _contents(old.iloc[order]).get_indexer(_contents(new))
    place = np.where(found >= 0, np.asarray(order)[found], -1) if len(old) else found
    gone = np.zeros(len(old), dtype=bool)
    gone[place[place >= 0]] = True
    same_file = old["file"].isin([*files]).to_numpy()
    if not (same_file & ~gone).any():
        return ReadAgain(place, place >= 0, gone, 0)
    were, are = (pd.MultiIndex.from_frame(one[["file", "line"]]) for one in (old, new))
    known = (place >= 0) | are.isin(were[same_file])
    gone |= same_file & were.isin(are)
    # A record of calls is a sum over many lines: where one is summed anew, all are.
    summed = new.loc[new["table"] == "calls", "file"]
    gone |= same_file & (old["table"] == "calls").to_numpy() & old["file"].isin(summed).to_numpy()
    return ReadAgain(place, known, gone, int((same_file & ~gone).sum()))


def _contents(records: pd.DataFrame) -> pd.MultiIndex:
    """What each record says; the second record that says the same is another one."""
    alike = records[["table", "digest"]]
    number = alike.groupby(["table", "digest"]).cumcount()
    return pd.MultiIndex.from_frame(alike.assign(copy=number))
