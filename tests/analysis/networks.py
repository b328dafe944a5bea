"""Small invented networks, written as ``A-B B-C:3``, and the published reference values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ringmap.graph import RingGraph, graph_from_ties


def network_of(
    text: str, *, countries: Mapping[str, str | None] | None = None, directed: bool = False,
    parties: str = "",
) -> RingGraph:  # fmt: skip
    """Ties ``A-B`` or ``A-B:3`` (strength 3), countries by party, more parties by name."""
    rows = []
    for word in text.split():
        ends, _, weight = word.partition(":")
        source, target = ends.split("-")
        rows.append((source, target, float(weight or 1)))
    ties = pd.DataFrame(rows, columns=["source", "target", "weight"])
    names = sorted({*ties["source"], *ties["target"], *parties.split(), *(countries or {})})
    table = pd.DataFrame({"party": pd.Series(names, dtype="str")})
    if countries is not None:
        table["country"] = [countries.get(name) for name in names]
    return graph_from_ties(ties, table, directed=directed)


def graph_of(reference: Mapping[str, Any]) -> RingGraph:
    """The network of a reference file."""
    told = reference["graph"]
    ties = pd.DataFrame(told["edges"], columns=["source", "target", "weight"])
    parties = pd.DataFrame(told["nodes"]).rename(columns={"id": "party"})
    return graph_from_ties(ties, parties, directed=told["directed"])
