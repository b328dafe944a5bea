"""The ranking of brokers with everything that is known of each person beside it."""

import numpy as np
import pandas as pd

from ringmap.disclosure import Cleared

ABOUT = ("name", "roles", "country", "side", "standing")
_LAST = ("verdict", "because", "because_vi", "records")


def rank_table(cleared: Cleared) -> pd.DataFrame:
    """``rank``, ``party``, who it is, the measures, ``verdict``, ``because`` and
    ``records``, in rank order.

    People whom the policy protects as victims have no rank unless the finding gives them
    one; people with the same betweenness share a rank. Without a finding the table is empty.
    """
    table = cleared.findings.get("brokers")
    if not isinstance(table, pd.DataFrame):
        return pd.DataFrame(columns=["rank", "party", *ABOUT, "verdict", "because", "records"])
    table = table.copy()
    about = cleared.graphs["people"].parties if "people" in cleared.graphs else cleared.case.parties
    about = about.set_index("party")
    for column in ABOUT:
        if column not in table.columns:
            known = about[column] if column in about.columns else pd.Series(dtype="str")
            table[column] = table["party"].astype(object).map(known).to_numpy()
    if "rank" not in table.columns:
        table["rank"] = _ranks(table)
    for column in ("verdict", "because"):
        if column not in table.columns:
            table[column] = None
    if "records" not in table.columns:
        table["records"] = pd.Series([()] * len(table), index=table.index, dtype=object)
    by = ["rank", *(["betweenness"] if "betweenness" in table.columns else []), "party"]
    ordered = table.sort_values(
        by, ascending=[name != "betweenness" for name in by], na_position="last", kind="stable"
    )
    last = [column for column in _LAST if column in table.columns]
    first = ["rank", "party", *ABOUT]
    measures = [column for column in table.columns if column not in (*first, *last)]
    return ordered[[*first, *measures, *last]].reset_index(drop=True)


def _ranks(table: pd.DataFrame) -> pd.Series:
    ranked = ~table["side"].isin(["victim", "both"]).to_numpy()
    if "betweenness" not in table.columns:
        return pd.Series([pd.NA] * len(table), dtype="Int64", index=table.index)
    values = pd.Series(np.round(table["betweenness"].astype(float), 9), index=table.index)
    return values.where(ranked).rank(method="min", ascending=False).astype("Int64")
