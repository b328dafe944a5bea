"""Graph files: GraphML, and JSON with one node or edge a line, as a node and an edge table."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ringmap.records.tabletext import RawTable, fill_table, fingerprints

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_DEEPEST = 100


@dataclass(slots=True)
class _Rows:
    """Rows of one table as they are met, with the line each begins on."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def fill(self, table: RawTable, first: tuple[str, ...]) -> RawTable:
        """Put them into a table whose headings begin with the given ones."""
        found = dict.fromkeys(key for row in self.rows for key in row)
        table.headings = [*first, *(key for key in found if key not in first)]
        cells = [[row.get(heading, "") for heading in table.headings] for row in self.rows]
        fill_table(table, cells, self.lines)
        return table


def read_graph_file(path: Path, name: str) -> list[RawTable] | None:
    """Edge table and node table of a graph file; None when the file is no such file.

    A file that is one but is damaged gives a single table with a fatal problem.
    """
    data = path.read_bytes()
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith((b"<?xml", b"<graphml", b"<!DOCTYPE", b"<!--")):
        return _graphml(data, name)
    return _json_lines(data, name) if _looks_like_lines(data) else None


def _tables(data: bytes, name: str, form: str) -> tuple[RawTable, RawTable, RawTable]:
    digests = fingerprints(data)
    made = [
        RawTable(f"{name}{part}", *digests, format=form, encoding="utf-8")
        for part in ("", "#edges", "#nodes")
    ]
    return made[0], made[1], made[2]


def _graphml(data: bytes, name: str) -> list[RawTable]:
    whole, edges, nodes = _tables(data, name, "graphml")
    reader = _GraphML()
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, _RefusedError) as error:
        line = reader.parser.CurrentLineNumber
        whole.fail(f"not GraphML that can be read ({error})", "export the graph again", line=line)
        return [whole]
    if not reader.seen:
        whole.fail("XML, but not GraphML", "save the graph as GraphML or as an edge list", line=1)
        return [whole]
    return [
        reader.edges.fill(edges, ("source", "target")),
        reader.nodes.fill(nodes, ("id",)),
    ]


class _RefusedError(Exception):
    """Something that a case file has no need of and an attacker has."""


class _GraphML:
    """Gathers nodes and edges; entities, and anything outside the file, are refused."""

    def __init__(self) -> None:
        self.nodes, self.edges, self.seen = _Rows(), _Rows(), False
        self._names: dict[str, str] = {}
        self._row: dict[str, str] | None = None
        self._key: str | None = None
        self._depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _refuse(self, *_: object) -> int:
        raise _RefusedError("it declares entities")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _RefusedError("elements lie too deep")
        element = tag.removeprefix(f"{_NAMESPACE} ")
        if element == "graphml":
            self.seen = True
        elif element == "key":
            if "id" not in attributes:
                raise _RefusedError("a key without id")
            self._names[attributes["id"]] = attributes.get("attr.name") or attributes["id"]
        elif element in ("node", "edge"):
            self._begin(element, attributes)
        elif element == "data" and self._row is not None:
            self._key = self._names.get(attributes.get("key", ""), attributes.get("key", "data"))
            while self._key in self._row:  # two keys of one name, or one called "source"
                self._key += " (further)"

    def _begin(self, element: str, attributes: Mapping[str, str]) -> None:
        rows, named = (
            (self.nodes, ("id",)) if element == "node" else (self.edges, ("source", "target"))
        )
        if any(name not in attributes for name in named):
            raise _RefusedError(f"a {element} without {' or '.join(named)}")
        self._row = {name: attributes[name] for name in named}
        rows.rows.append(self._row)
        rows.lines.append(self.parser.CurrentLineNumber)

    def _text(self, text: str) -> None:
        if self._row is not None and self._key is not None:
            self._row[self._key] = self._row.get(self._key, "") + text

    def _end(self, tag: str) -> None:
        self._depth -= 1
        element = tag.removeprefix(f"{_NAMESPACE} ")
        if element == "data":
            self._key = None
        elif element in ("node", "edge"):
            self._row = None


def _looks_like_lines(data: bytes) -> bool:
    first = next(_plain_lines(data), None)
    try:
        record = json.loads(first[1], parse_int=str) if first else None
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.get("type") in ("node", "edge")


def _plain_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, but for empty ones and comments."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip() and not line.lstrip().startswith(b"#"):
            yield number, line


def _json_lines(data: bytes, name: str) -> list[RawTable]:
    whole, edges, nodes = _tables(data, name, "json lines")
    of_type = {"node": _Rows(), "edge": _Rows()}
    for number, line in _plain_lines(data):
        row = _record(line)
        if row is None:
            whole.fail(
                f"line {number} is neither a node nor an edge", "write one JSON object a line",
                line=number,
            )  # fmt: skip
            return [whole]
        rows = of_type[row.pop("type")]
        rows.rows.append(row)
        rows.lines.append(number)
    return [
        of_type["edge"].fill(edges, ("source", "target")),
        of_type["node"].fill(nodes, ("id",)),
    ]


def _record(line: bytes) -> dict[str, str] | None:
    """One line as cells: its own fields, then its properties."""
    try:
        found = json.loads(line.decode("utf-8"), parse_int=str, parse_float=str, parse_constant=str)
        json.dumps(found, ensure_ascii=False).encode()  # half of a sign can be written nowhere
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("type") not in ("node", "edge"):
        return None
    needed = ("id",) if found["type"] == "node" else ("source", "target")
    if any(name not in found for name in needed):
        return None
    row = {"type": str(found["type"])} | {name: _cell(found[name]) for name in needed}
    properties = found.get("properties")
    if isinstance(properties, dict):
        for key, value in properties.items():
            name = "kind" if key == "type" else str(key)
            row[f"{name} (further)" if name in row else name] = _cell(value)
    return row


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
