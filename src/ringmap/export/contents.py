"""What every export holds: parties, ties and evidence as plain rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.export.legible import legible, unique_names
from ringmap.graph import RingGraph

Value = str | int | float | bool | None
Row = dict[str, Value]

#: Facts of a record and of its source, as they are shown for a piece of evidence.
RECORD_FACTS = ("reliability", "credibility")
SOURCE_FACTS = ("source_ref", "document", "agency", "received", "handling")
_TIE_FACTS = ("first", "last", "weight", "amount", "currency", "note")


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows of an export. Ends of ties are names of parties; `evidence` runs parallel to `ties`.

    Attributes
    ----------
    victims
        ``pseudonyms``, or ``recorded names`` when the policy shows victims.
    types
        ``parties`` and ``ties``: type of each column, one of string, double, int, boolean.
    """

    parties: Sequence[Row]
    ties: Sequence[Row]
    evidence: Sequence[Sequence[Row]]
    types: Mapping[str, Mapping[str, str]]
    victims: str
    protected: int


def gather_contents(cleared: Cleared) -> Contents:
    """Rows of the whole graph, every text legible, every name of a party its own."""
    graph = cleared.graphs["whole"]
    names = unique_names([str(party) for party in graph.parties["party"]])
    parties = _rows(graph.parties.drop(columns="party"))
    named: list[Row] = [{"party": name} for name in names]
    parties = [name | row for name, row in zip(named, parties, strict=True)]
    evidence = _evidence_of_ties(cleared.case.tables(), graph)
    ties = _rows(graph.ties.drop(columns=["source", "target"]))
    for row, source, target, pieces in zip(
        ties, graph.source.tolist(), graph.target.tolist(), evidence, strict=True
    ):
        row["records"] = len(pieces)
        row |= {"source": names[source], "target": names[target]}
        row |= _summary(pieces)
    ends: Row = {"source": None, "target": None}
    types = {
        "parties": {"party": "string"} | _types(graph.parties.drop(columns="party")),
        "ties": dict.fromkeys(ends, "string")
        | _types(graph.ties.drop(columns=list(ends)))
        | {"records": "int", "grade": "string", "sources": "string"},
    }
    victims = "recorded names" if cleared.policy.show_victims else "pseudonyms"
    return Contents(parties, ties, evidence, types, victims, cleared.protected)


def _rows(table: pd.DataFrame) -> list[Row]:
    columns = {str(name): _plain(table[name]) for name in table.columns}
    return [{name: values[row] for name, values in columns.items()} for row in range(len(table))]


def _plain(values: pd.Series) -> list[Value]:
    """Column as Python values, None where not recorded, texts legible."""
    listed = values.astype(object).where(values.notna(), None).tolist()
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return list(listed)
    return [None if one is None else legible(str(one)) for one in listed]


def _types(table: pd.DataFrame) -> dict[str, str]:
    return {str(name): _type_of(table[name]) for name in table.columns}


def _type_of(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    if pd.api.types.is_integer_dtype(values):
        return "int"
    return "double" if pd.api.types.is_float_dtype(values) else "string"


def _evidence_of_ties(tables: Mapping[str, pd.DataFrame], graph: RingGraph) -> list[list[Row]]:
    """For each tie what each record behind it is, and says of it."""
    if graph.evidence is None:
        return [[] for _ in range(len(graph.ties))]
    records = _record_rows(tables["records"], tables["sources"])
    said = _said(tables)
    kinds, cases = _plain(graph.ties["kind"]), _plain(graph.ties["case"])
    names = graph.parties["party"].to_numpy()
    found = []
    for tie, (source, target) in enumerate(
        zip(names[graph.source].tolist(), names[graph.target].tolist(), strict=True)
    ):
        low, high = sorted((source, target))
        key = (low, high, kinds[tie], cases[tie])
        found.append([records[one] | said.get((*key, one), {}) for one in graph.evidence.of(tie)])
    return found


def _record_rows(records: pd.DataFrame, sources: pd.DataFrame) -> list[Row]:
    rows = _rows(records[["source", "page", *RECORD_FACTS, "file", "row"]])
    described = _rows(sources[list(SOURCE_FACTS)])
    blank: Row = dict.fromkeys(SOURCE_FACTS)
    for row in rows:
        source = row.pop("source")
        known = isinstance(source, int) and source >= 0
        row |= described[int(source)] if known else blank  # type: ignore[arg-type]
    return rows


Said = dict[tuple[Value, ...], Row]


def _said(tables: Mapping[str, pd.DataFrame]) -> Said:
    """What each record says of a tie, by the tie's ends, kind and case and the record."""
    ties, pieces = tables["ties"], tables["tie_records"]
    party = tables["parties"]["party"].to_numpy(dtype=object)
    kinds = _plain(ties["kind"])
    source, target, case = (ties[name].tolist() for name in ("source", "target", "case"))
    found: Said = {}
    rows = _rows(pieces[[*_TIE_FACTS, "page"]])
    for row, tie, record in zip(
        rows, pieces["tie"].tolist(), pieces["record"].tolist(), strict=True
    ):
        low, high = sorted((party[source[tie]], party[target[tie]]))
        case_name = legible(party[case[tie]]) if case[tie] >= 0 else None
        told = {name: value for name, value in row.items() if name != "page" or value is not None}
        found[low, high, kinds[tie], case_name, record] = told
    return found


def _summary(pieces: Sequence[Row]) -> Row:
    grades = sorted(grade for one in pieces if (grade := _grade(one)))
    sources = sorted({text for one in pieces if (text := _source(one))})
    return {"grade": grades[0] if grades else None, "sources": "; ".join(sources) or None}


def _grade(piece: Row) -> str | None:
    """Grade such as B2; None unless both halves are known, as no reader takes half a grade."""
    if piece["reliability"] is None or piece["credibility"] is None:
        return None
    return f"{piece['reliability']}{piece['credibility']}"


def _source(piece: Row) -> str:
    told = (piece["source_ref"], piece["document"], piece["agency"])
    return ", ".join(str(one) for one in told if one is not None)
