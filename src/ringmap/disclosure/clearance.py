"""The only way from a graph and its findings to a page, a report or a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ringmap.disclosure.policy import PROTECT, Policy
from ringmap.disclosure.veiling import Veil, veil_case
from ringmap.errors import DisclosureError
from ringmap.graph import RingGraph
from ringmap.model import Case

_SEAL = object()


@dataclass(frozen=True, eq=False)
class Cleared:
    """What may be shown under a policy. Only `clear` makes one.

    Attributes
    ----------
    case
        The case file, its victims under pseudonyms unless the policy shows them.
    graphs
        Graphs by name, with parties called as in `case`.
    findings
        Tables (or dataclasses of tables, or sentences) by name, likewise.
    policy
        The rule that was applied.
    protected
        How many people the policy protects.
    """

    case: Case
    graphs: Mapping[str, RingGraph]
    findings: Mapping[str, Any]
    policy: Policy
    protected: int
    seal: object = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse a value that did not pass `clear`."""
        if self.seal is not _SEAL:
            raise DisclosureError(
                "nothing may be shown that was not cleared", hint="use ringmap.disclosure.clear"
            )


def clear(
    case: Case,
    *,
    key: str,
    graphs: Mapping[str, RingGraph] | None = None,
    findings: Mapping[str, Any] | None = None,
    policy: Policy = PROTECT,
) -> Cleared:
    """Case file, graphs and findings as the policy lets them be shown.

    Clearing what was cleared changes nothing more.

    Parameters
    ----------
    key
        Secret from which pseudonyms are made; the same key gives the same pseudonyms.
    graphs, findings
        Made from `case`. In findings every column of party names, every tuple of them and
        every text is veiled.
    """
    graphs, findings = graphs or {}, findings or {}
    protected = int(case.parties["side"].isin(["victim", "both"]).sum())
    if policy.show_victims:
        return Cleared(case, graphs, findings, policy, protected, _SEAL)
    shown, veil = veil_case(case, key)
    return Cleared(
        shown,
        {name: _veil_graph(graph, shown, veil) for name, graph in graphs.items()},
        {name: _veil_finding(finding, veil) for name, finding in findings.items()},
        policy,
        protected,
        _SEAL,
    )


def _veil_graph(graph: RingGraph, shown: Case, veil: Veil) -> RingGraph:
    """The same graph with its parties called and described as in the veiled case."""
    names = [veil.party(str(party)) for party in graph.parties["party"]]
    described = shown.parties.set_index("party")
    columns = [c for c in graph.parties.columns if c != "party" and c in described.columns]
    parties = described.reindex(names)[columns].rename_axis("party").reset_index()
    further = graph.parties.columns.difference([*columns, "party"])
    parties = pd.concat([parties, graph.parties[further]], axis=1)
    ends = {
        column: pd.Categorical.from_codes(
            graph.ties[column].cat.codes, categories=pd.Index(parties["party"])
        )
        for column in ("source", "target")
    }
    return replace(
        graph,
        parties=parties,
        ties=_veil_table(graph.ties.assign(**ends), veil),
        legs=_veil_table(graph.legs, veil),
        records=shown.records,
    )


def _veil_finding(finding: Any, veil: Veil) -> Any:
    if isinstance(finding, pd.DataFrame):
        return _veil_table(finding, veil)
    if is_dataclass(finding) and not isinstance(finding, type):
        changes = {
            one.name: _veil_finding(getattr(finding, one.name), veil) for one in fields(finding)
        }
        return replace(finding, **changes)
    return _veil_value(finding, veil)


def _veil_table(table: pd.DataFrame, veil: Veil) -> pd.DataFrame:
    changes = {}
    for column in table.columns:
        values = table[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            renamed = [_veil_value(one, veil) for one in values.cat.categories]
            if renamed != list(values.cat.categories):
                changes[column] = pd.Series(
                    np.array([*renamed, None], dtype=object)[values.cat.codes], index=values.index
                )
        elif values.dtype == object or isinstance(values.dtype, pd.StringDtype):
            changes[column] = _veil_column(values, veil)
    veiled = table.assign(**changes)
    veiled.attrs = {str(name): _veil_value(value, veil) for name, value in table.attrs.items()}
    return veiled


def _veil_column(values: pd.Series, veil: Veil) -> pd.Series:
    if isinstance(values.dtype, pd.StringDtype):
        codes, distinct = pd.factorize(values, use_na_sentinel=True)
        shown = np.array([*(_veil_value(one, veil) for one in distinct), None], dtype=object)
        return pd.Series(shown[codes], index=values.index, dtype="str")
    shown = np.empty(len(values), dtype=object)
    shown[:] = [_veil_value(one, veil) for one in values]
    return pd.Series(shown, index=values.index, dtype=object)


def _veil_value(value: Any, veil: Veil) -> Any:
    if isinstance(value, str):
        return veil.parties[value] if value in veil.parties else veil.text(value)
    if isinstance(value, tuple | list | set | frozenset):
        return type(value)(_veil_value(one, veil) for one in value)
    if isinstance(value, dict):
        return {_veil_value(name, veil): _veil_value(one, veil) for name, one in value.items()}
    if isinstance(value, pd.DataFrame):
        return _veil_table(value, veil)
    return value
