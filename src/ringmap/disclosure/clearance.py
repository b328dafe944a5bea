"""The only way from a graph and its findings to a page, a report or a file."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.disclosure.hiding import count_protected
from ringmap.disclosure.policy import PROTECT, Policy
from ringmap.disclosure.veil import Veil
from ringmap.disclosure.veiling import VeiledCase, veil_case
from ringmap.errors import DisclosureError
from ringmap.graph import RingGraph
from ringmap.model import Case, precision

_SEAL = object()
#: Columns, fields and findings that hold what ringmap says itself: numbers, countries, codes.
OWN_WORDS = frozenset({
    "because", "because_vi", "verdict", "verdict_vi", "significance", "direction", "caveats",
    "notes", "doubt", "doubt_vi", "ring", "rings", "thread", "window", "change", "move", "origin",
    "fate", "from_window", "from_ring", "to_window", "to_ring",
})  # fmt: skip
_OWN_HEADING = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_OWN_WORD = re.compile(r"[a-z]+")
_DATE_COLUMNS = frozenset({"first", "last", "date", "end_date", "received"})
_HARMLESS = (bool, int, float, complex, np.generic, datetime.date, datetime.timedelta,
             type(None), type(pd.NA), type(pd.NaT))  # fmt: skip


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
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        """Refuse a value that did not pass `clear`, also one made from it by `replace`."""
        if seal is not _SEAL:
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

    Clearing what was cleared changes nothing, whatever the key.

    Parameters
    ----------
    key
        Secret from which pseudonyms are made; the same key gives the same pseudonyms.
    graphs, findings
        Made from `case`. In findings every column of party names, every tuple of them and
        every text is veiled. Numbers in a column ``tie`` count rows of the graph called
        ``whole``. The rows of a finding stay in their order: where it is that of the ids,
        and the ids are names, analyse the case file of a `Cleared` instead.

    Raises
    ------
    DisclosureError
        If a graph has parties that the case file does not know, or a finding holds a value
        of a kind that cannot be veiled.
    """
    graphs, findings = graphs or {}, findings or {}
    if policy.show_victims:
        shown_as_is = (MappingProxyType(dict(graphs)), MappingProxyType(dict(findings)))
        return Cleared(case, *shown_as_is, policy, count_protected(case), _SEAL)
    shown, veil = veil_case(case, key)
    for name, graph in graphs.items():
        _refuse_strangers(name, graph, veil)
    if isinstance(case, VeiledCase):
        veiled, found = dict(graphs), dict(findings)
    else:
        turned = {name: _veil_graph(graph, shown, veil) for name, graph in graphs.items()}
        veiled = {name: graph for name, (graph, _) in turned.items()}
        clearing = _Clearing(shown, veil, turned["whole"][1] if "whole" in turned else None)
        found = {name: clearing.named(name, finding) for name, finding in findings.items()}
    return Cleared(
        shown, MappingProxyType(veiled), MappingProxyType(found), policy, count_protected(case),
        _SEAL,
    )  # fmt: skip


def _refuse_strangers(name: str, graph: RingGraph, veil: Veil) -> None:
    strange = [party for party in graph.parties["party"] if str(party) not in veil.parties]
    if strange:
        raise DisclosureError(
            f"the graph '{name}' has {len(strange)} parties that the case file does not know",
            hint="clear a graph together with the case file it was built from",
        )


def _veil_graph(
    graph: RingGraph, shown: Case, veil: Veil
) -> tuple[RingGraph, npt.NDArray[np.int64]]:
    """The same graph as the veiled case calls its parties, in their order; new row of each tie."""
    clearing = _Clearing(shown, veil, None)
    names = np.array([veil.party(str(party)) for party in graph.parties["party"]], dtype=object)
    order = np.argsort(names.astype("str"), kind="stable")
    described = shown.parties.set_index("party")
    columns = [c for c in graph.parties.columns if c != "party" and c in described.columns]
    parties = described.reindex(names[order])[columns].rename_axis("party").reset_index()
    further = graph.parties.columns.difference([*columns, "party"])
    rest = clearing.table(graph.parties[further]).iloc[order].reset_index(drop=True)
    parties = pd.concat([parties, rest], axis=1)
    place = np.argsort(order)
    source, target = (place[ends].astype(np.int64) for ends in (graph.source, graph.target))
    turn = ~graph.ties["directed"].to_numpy(dtype=bool) & (source > target)
    source, target = np.where(turn, target, source), np.where(turn, source, target)
    rows = np.lexsort((target, source))
    ends = {
        column: pd.Categorical.from_codes(codes[rows], categories=pd.Index(parties["party"]))
        for column, codes in (("source", source), ("target", target))
    }
    others = clearing.table(graph.ties.drop(columns=["source", "target"])).iloc[rows]
    ties = others.reset_index(drop=True).assign(**ends)[list(graph.ties.columns)]
    ties.attrs = others.attrs
    cleared = replace(
        graph,
        parties=parties,
        ties=ties,
        evidence=None if graph.evidence is None else graph.evidence.take(rows),
        legs=clearing.table(graph.legs),
        stays=clearing.table(graph.stays),
        stages=clearing.table(graph.stages),
        records=None if graph.records is None else shown.records,
    )
    return cleared, np.argsort(rows)


def _is_plain(value: Any) -> bool:
    """Whether a value is a number or a tuple of numbers: most cells are, and quick to tell so."""
    if type(value) is tuple:
        return all(type(one) is int for one in value)
    return type(value) in (int, float, bool)


@dataclass(frozen=True, slots=True)
class _Clearing:
    """Veils whatever a finding is made of; `ties` is the new row of each tie, if it is known."""

    shown: Case
    veil: Veil
    ties: npt.NDArray[np.int64] | None

    def value(self, value: Any) -> Any:
        """A value of any kind without the names of victims."""
        if isinstance(value, str):
            return self.veil.value(value)
        if isinstance(value, _HARMLESS):
            return value
        if type(value) is tuple:
            return tuple(map(self.value, value))
        for kind, veiled in self._kinds():
            if isinstance(value, kind):
                return veiled(value)
        if is_dataclass(value) and not isinstance(value, type):
            told = {one.name: self.named(one.name, getattr(value, one.name))
                    for one in fields(value)}  # fmt: skip
            return replace(value, **told)
        raise DisclosureError(
            f"a finding holds a {type(value).__name__}, which cannot be veiled",
            hint="give tables, dataclasses, texts, numbers, or collections of them",
        )

    def _kinds(self) -> tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...]:
        return (
            (RingGraph, lambda graph: self._graph(graph)),
            (pd.DataFrame, self.table),
            (pd.Series, self._series),
            (pd.Index, self._index),
            (np.ndarray, self._array),
            ((tuple, list, set, frozenset), self._collection),
            (Mapping, lambda told: {self.value(k): self.value(v) for k, v in told.items()}),
        )

    def named(self, name: Any, value: Any) -> Any:
        """A value under a name; what ringmap says in its own words is veiled as such."""
        return self.own(value) if name in OWN_WORDS else self.value(value)

    def own(self, value: Any) -> Any:
        """Sentences of ringmap's own, which name nobody, alone or in collections.

        Their words are known to everyone: one replaced would tell the name that fits there.
        """
        if isinstance(value, str):
            return value
        if isinstance(value, tuple | list):
            return type(value)(self.own(one) for one in value)
        if isinstance(value, dict):
            return {
                self._label(name): one if isinstance(one, str) else self.named(name, one)
                for name, one in value.items()
            }
        return self.value(value)

    def table(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table with its cells, headings, index and attributes veiled."""
        veiled = table.copy(deep=False)
        for place, name in enumerate(table.columns):
            values = self.column(
                table.iloc[:, place], dates=name in _DATE_COLUMNS, own=name in OWN_WORDS
            )
            if values is not table.iloc[:, place]:
                veiled.isetitem(place, values.array)
        if self.ties is not None and "tie" in table.columns and table["tie"].dtype.kind == "i":
            veiled["tie"] = self.ties[table["tie"].to_numpy()]
        veiled.index = self._index(table.index)
        label = self._heading if isinstance(table.index, pd.RangeIndex) else self._label
        veiled.columns = table.columns.map(label)
        veiled.columns.names = [self._label(name) for name in table.columns.names]
        veiled.attrs = {
            self._label(name): self.named(name, one) for name, one in table.attrs.items()
        }
        return veiled

    def column(self, values: pd.Series, *, dates: bool = False, own: bool = False) -> pd.Series:
        """A column of the same type; the same column when nothing in it could be a name."""
        if isinstance(values.dtype, pd.CategoricalDtype):
            return self._categories(values)
        veiled = self.own if own else self.value
        if isinstance(values.dtype, pd.StringDtype):
            codes, distinct = pd.factorize(values, use_na_sentinel=True)
            told = [one if dates and precision(one) else veiled(one)
                    for one in distinct]  # fmt: skip
            shown = np.array([*told, None], dtype=object)
            return pd.Series(shown[codes], index=values.index, dtype="str", name=values.name)
        if values.dtype != object:
            return values
        shown = np.empty(len(values), dtype=object)
        shown[:] = [one if _is_plain(one) else veiled(one) for one in values.tolist()]
        return pd.Series(shown, index=values.index, dtype=object, name=values.name)

    def _categories(self, values: pd.Series) -> pd.Series:
        """Categories renamed, those that no row uses as well; plain texts where two become one."""
        old = values.cat.categories
        renamed = [self.value(one) for one in old]
        if len(set(renamed)) == len(renamed):
            return values.cat.rename_categories(renamed)
        shown = np.array([*renamed, None], dtype=object)[values.cat.codes]
        return pd.Series(shown, index=values.index, name=values.name)

    def _series(self, values: pd.Series) -> pd.Series:
        shown = self.column(values).rename(self._label(values.name))
        shown.index = self._index(values.index)
        shown.attrs = {self._label(name): self.value(one) for name, one in values.attrs.items()}
        return shown

    def _graph(self, graph: RingGraph) -> RingGraph:
        _refuse_strangers("among the findings", graph, self.veil)
        return _veil_graph(graph, self.shown, self.veil)[0]

    def _index(self, index: pd.Index) -> pd.Index:
        if isinstance(index, pd.RangeIndex) or index.dtype.kind in "iufbM":
            return index
        if isinstance(index, pd.MultiIndex):
            told = [tuple(self.value(part) for part in one) for one in index]
            names = [self._label(name) for name in index.names]
            return pd.MultiIndex.from_tuples(told, names=names)
        kind = "str" if isinstance(index.dtype, pd.StringDtype) else "object"
        shown: pd.Index = pd.Index([self.value(one) for one in index], dtype=kind)
        return shown.rename(self._label(index.name))

    def _array(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if values.dtype.kind not in "OUST":
            return values
        shown = np.empty(values.size, dtype=object)
        shown[:] = [self.value(one) for one in values.ravel().tolist()]
        return shown.reshape(values.shape)

    def _collection(self, values: Any) -> Any:
        told = [self.value(one) for one in values]
        return type(values)(*told) if hasattr(values, "_fields") else type(values)(told)

    def _heading(self, label: Any) -> Any:
        """A heading of a list, which ringmap names itself: ``case``, though somebody be called so.

        Those of a matrix may be the user's own words.
        """
        is_own = isinstance(label, str) and _OWN_WORD.fullmatch(label)
        return label if is_own else self._label(label)

    def _label(self, label: Any) -> Any:
        """A heading: scrubbed as text, never taken for an id.

        Headings such as ``is_cut_vertex`` are ringmap's own: records give findings no headings,
        and somebody may be called Cut.
        """
        if isinstance(label, tuple):
            return tuple(map(self._label, label))
        if isinstance(label, str) and _OWN_HEADING.fullmatch(label):
            return label
        return self.veil.text(label) if isinstance(label, str) else label
