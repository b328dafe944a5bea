"""Case folders written from rows, and every text that a cleared value holds."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.graph import RingGraph
from ringmap.model import Case, match_key
from ringmap.records import read

Rows = Iterable[Mapping[str, str]]


def case_of(folder: Path, **tables: Rows) -> Case:
    """The case file of tables given as rows, each file named after its table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        listed = list(rows)
        columns = list(dict.fromkeys(column for row in listed for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(listed)
    result = read(folder)
    assert result.receipt.accepted, result.receipt.as_dict()
    return result.case


def texts_in(value: Any) -> Iterator[str]:
    """Every text that a value holds, however deep: cells, headings, categories, attributes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Cleared):
        for name in ("case", "graphs", "findings"):
            yield from texts_in(getattr(value, name))
    elif isinstance(value, RingGraph):
        yield from _texts_in_graph(value)
    elif isinstance(value, pd.DataFrame):
        yield from map(str, (*value.columns, *value.columns.names, *value.index.names))
        for place in range(value.shape[1]):
            yield from _texts_in_column(value.iloc[:, place])
        yield from texts_in(list(value.index))
        yield from texts_in(value.attrs)
    elif isinstance(value, pd.Series):
        yield from texts_in(value.to_frame(value.name or "series"))
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from texts_in(name)
            yield from texts_in(one)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from texts_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))
    elif value is not None:
        yield str(value)


def _texts_in_column(values: pd.Series) -> Iterator[str]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        yield from texts_in(list(values.cat.categories))
    yield from texts_in(values.astype(object).tolist())


def _texts_in_graph(graph: RingGraph) -> Iterator[str]:
    for table in (graph.parties, graph.ties, graph.legs, graph.records):
        yield from texts_in(table)
    yield from texts_in([vertex.attributes() for vertex in graph.igraph.vs])
    yield from texts_in([edge.attributes() for edge in graph.igraph.es])
    view = graph.to_networkx()
    yield from texts_in(list(view.nodes(data=True)))
    yield from texts_in(list(view.edges(data=True)))
    yield json.dumps(graph.parties.astype(str).to_dict("records"), ensure_ascii=False)


def is_read_in(name: str, texts: Iterable[str]) -> str | None:
    """The first text in which a name can be read, whatever its case, marks and form."""
    wanted = match_key(name)
    literal = unicodedata.normalize("NFC", name).casefold()
    for text in texts:
        shown = unicodedata.normalize("NFC", text).casefold()
        if literal in shown or (wanted and f" {wanted} " in f" {match_key(text)} "):
            return text
    return None
