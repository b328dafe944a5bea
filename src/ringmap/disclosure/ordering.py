"""The order in which people are listed, so far as it tells something of victims."""

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
