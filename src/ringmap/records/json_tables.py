"""JSON: the tables of a case folder as keys, a list of rows, a graph, or one object a line."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from json.decoder import JSONDecodeError, JSONDecoder

import numpy as np

from ringmap.records.headings import REQUIRED, TABLE_NAMES, TABLES
from ringmap.records.receipt import shorten
from ringmap.records.tabletext import MOST_MISSING, RawTable, fill_table

Parts = list[tuple[RawTable, str | None]]

_HALF_SIGN = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\n\r]*")
#: Between two elements of a list.
_COMMA = re.compile(r",[ \t\n\r]*+(?!\])")
_NODES, _EDGES = ("nodes",), ("edges", "links")
#: What networkx says of a graph as a whole beside its nodes and edges.
_OF_GRAPH = ("directed", "multigraph")
#: No other text begins like a list of objects or of lists.
_LIST_OF_ROWS = re.compile(r"\s*\[\s*[{\[]")
_COMMENT = re.compile(r"\s*(#[^\n]*)?\Z")


def read_json(text: str, whole: RawTable, *, depth: int) -> Parts | None:
    """Each table of a JSON text, named ``file.json#table``; rows are objects.

    The text is an object with tables as keys, a list of rows, an object with ``nodes`` and
    ``edges`` or ``links`` (networkx, Gephi), or lines of objects. A list of rows under a key
    that names no table comes along without a table's name. None if the text is no JSON at
    all; text that begins as JSON and breaks off later is a fatal problem of `whole`.
    """
    whole.format = "json"
    try:
        content = _Walk(text, depth).content()
    except _BrokenError as error:
        return _read_lines_instead(text, whole, error, depth)
    if isinstance(content, _List):
        return _rows_of_list(content, whole)
    tables = {key: value for key, value in content.items() if isinstance(value, _List)}
    edges = next((tables[key] for key in _EDGES if key in tables), None)
    if edges is not None and "nodes" in tables:
        _tell_passed(whole, [key for key in content if key not in tables and key not in _OF_GRAPH])
        _direct(edges, content.get("directed"))
        return _graph(tables["nodes"], edges, whole)
    if any(key.lower() in TABLE_NAMES for key in content):
        _tell_passed(whole, [key for key in content
                             if key not in tables and key.lower() not in TABLE_NAMES])  # fmt: skip
        return [_table(whole, key, value) for key, value in content.items()
                if key.lower() in TABLE_NAMES or isinstance(value, _List)]  # fmt: skip
    if content and all(isinstance(value, dict) for value in content.values()):
        whole.fail(
            "an object of objects: the rows are under the names of columns or the like",
            "write a list of rows; in pandas, orient='records'",
        )
        return [(whole, None)]
    if lines := _read_lines(text, whole, depth):
        return lines
    whole.fail("no key names a table", f"use the keys {', '.join(TABLES)}")
    return [(whole, None)]


def _tell_passed(whole: RawTable, keys: Sequence[str]) -> None:
    """Say which keys hold no list of rows, and so are not read."""
    if keys:
        whole.doubt(
            f"not read, for they hold no list of rows: {shorten(', '.join(map(_whole, keys)))}",
            "write into a table what matters",
        )


def _direct(edges: "_List", directed: object) -> None:
    """Give each edge the direction that the graph says all of them have."""
    if isinstance(directed, bool):
        stated = "directed" if directed else "undirected"
        edges.rows = [
            {"direction": stated} | row if isinstance(row, dict) else row for row in edges.rows
        ]


@dataclass(slots=True)
class _List:
    """The elements of a list, and the line on which each begins."""

    rows: list[object] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class _BrokenError(Exception):
    """No JSON, from a line on."""

    def __init__(self, reason: str, line: int | None, *, at: int) -> None:
        super().__init__(reason)
        self.line, self.at = line, at


class _Walk:
    """Reads the outermost object or list piece by piece, so that each row knows its line."""

    def __init__(self, text: str, depth: int) -> None:
        self._text, self._depth = text, depth
        self._decoder = JSONDecoder(
            parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_once
        )
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def content(self) -> "_List | dict[str, object]":
        """The whole text: a list, or an object whose lists are `_List`."""
        at = self._skip(0)
        opens = self._text[at : at + 1]
        if opens not in ("{", "["):
            raise self._broken("neither an object nor a list", at)
        found, at = self._list(at) if opens == "[" else self._object(at)
        if (at := self._skip(at)) != len(self._text):
            raise self._broken("something follows the end of the object or list", at)
        return found

    def _object(self, at: int) -> tuple[dict[str, object], int]:
        found: dict[str, object] = {}
        at = self._skip(at + 1)
        while self._text[at : at + 1] != "}":
            key, at = self._value(at)
            if not isinstance(key, str):
                raise self._broken("a key that is no text", at)
            if key in found:
                raise self._broken(f"the key '{_whole(key)}' stands twice in one object", at)
            at = self._expect(":", at)
            opens = self._text[at : at + 1]
            found[key], at = self._list(at) if opens == "[" else self._value(at)
            at = self._next("}", at)
        return found, at + 1

    def _list(self, at: int) -> tuple[_List, int]:
        found = _List()
        at = self._skip(at + 1)
        while self._text[at : at + 1] != "]":
            found.lines.append(self.line(at))
            row, at = self._value(at)
            found.rows.append(row)
            comma = _COMMA.match(self._text, at)
            at = comma.end() if comma else self._next("]", at)
        return found, self._skip(at + 1)

    def _value(self, at: int) -> tuple[object, int]:
        try:
            value, end = self._decoder.raw_decode(self._text, at)
        except JSONDecodeError as error:
            raise self._broken(error.msg, error.pos) from error
        except RecursionError as error:
            raise self._broken("nested too deep", at) from error
        except ValueError as error:
            raise self._broken(str(error), at) from error
        if _deeper(value, self._depth):
            raise self._broken(f"nested deeper than {self._depth} levels", at)
        return value, self._skip(end)

    def _next(self, closes: str, at: int) -> int:
        """Behind the comma that follows, or at the sign that closes."""
        if self._text[at : at + 1] == closes:
            return at
        at = self._expect(",", at)
        if self._text[at : at + 1] == closes:
            raise self._broken("a comma before the end", at)
        return at

    def _expect(self, sign: str, at: int) -> int:
        if self._text[at : at + 1] != sign:
            raise self._broken(f"'{sign}' is missing", at)
        return self._skip(at + 1)

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def line(self, at: int) -> int:
        """The line of a place in the text."""
        return bisect_right(self._ends, at - 1) + 1

    def _broken(self, reason: str, at: int) -> _BrokenError:
        return _BrokenError(reason, self.line(at), at=at)


class _Number(str):
    """A number as it is written, which within a cell stays without quotation marks."""


#: What has nothing inside.
_FLAT = frozenset({str, _Number, bool, type(None)})


def _deeper(value: object, depth: int) -> bool:
    if depth > 1 and isinstance(value, dict) and _FLAT.issuperset(map(type, value.values())):
        return False
    level = [value]
    for _ in range(depth):
        level = [
            one
            for found in level
            if isinstance(found, dict | list)
            for one in (found.values() if isinstance(found, dict) else found)
        ]
        if not level:
            return False
    return True


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key '{_whole(twice)}' stands twice in one object")
    return found


def _whole(text: str) -> str:
    """Text that can be written: half of a sign becomes a replacement mark."""
    return _HALF_SIGN.sub("\ufffd", text)


def _read_lines_instead(text: str, whole: RawTable, error: _BrokenError, depth: int,
                        ) -> Parts | None:  # fmt: skip
    """Lines of objects, where the text is no single object; else the error, or no JSON."""
    if lines := _read_lines(text, whole, depth):
        return lines
    begins = text.lstrip()[:1] == "{" or _LIST_OF_ROWS.match(text)
    if error.line == 1 and not begins and error.at < len(text):
        return None
    whole.fail(f"not JSON ({error})", "save the file as JSON in UTF-8", line=error.line)
    return [(whole, None)]


def _read_lines(text: str, whole: RawTable, depth: int) -> Parts | None:
    """Rows of a text with one JSON object a line; None if the first line is none."""
    decoder = JSONDecoder(
        parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_once
    )
    found = _List()
    for number, line in enumerate(text.split("\n"), start=1):
        if _COMMENT.match(line):
            continue
        try:
            row = decoder.decode(line)
            if _deeper(row, depth):
                raise ValueError(f"nested deeper than {depth} levels")
        except (ValueError, RecursionError) as error:
            if not found.rows:
                return None
            reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
            whole.format = "json lines"
            whole.fail(
                f"line {number} is no JSON object ({reason})", "write one JSON object a line",
                line=number,
            )  # fmt: skip
            return [(whole, None)]
        if not isinstance(row, dict) and not found.rows:
            return None
        found.rows.append(row)
        found.lines.append(number)
    if not found.rows:
        return None
    whole.format = "json lines"
    kinds = [row.get("type") for row in found.rows if isinstance(row, dict)]
    if kinds and all(kind in ("node", "edge", "relationship") for kind in kinds):
        return _graph_lines(found, whole)
    if all(isinstance(row, dict) and "schema" in row for row in found.rows):
        return [(_fill(whole, _List([_entity(row) for row in found.rows], found.lines)), None)]
    return [(_fill(whole, found), None)]


def _entity(row: object) -> object:
    """A FollowTheMoney entity as one flat row; several values of a property are joined.

    A first name that holds the sign between values stands once more by itself.
    """
    if not isinstance(row, dict):
        return row
    properties = row.get("properties")
    if not isinstance(properties, dict):
        return row
    flat = {key: value for key, value in row.items() if key != "properties"}
    for key, value in properties.items():
        flat[f"{key} (further)" if key in flat else key] = value
    names = properties.get("name")
    first = names[0] if isinstance(names, list) and names else names
    if isinstance(first, str) and ";" in first:
        flat["name (first)"] = first
    return flat


def _graph_lines(found: _List, whole: RawTable) -> Parts:
    """Nodes and edges, one a line, as ringmap, Memgraph and Neo4j write them."""
    edges, nodes = _List(), _List()
    for row, line in zip(found.rows, found.lines, strict=True):
        is_node = isinstance(row, dict) and row.get("type") == "node"
        part = nodes if is_node else edges
        part.rows.append(_flat(row))
        part.lines.append(line)
    return _graph(nodes, edges, whole)


def _flat(row: object) -> object:
    """A node or edge with its properties beside its own fields."""
    if not isinstance(row, dict):
        return row
    flat = {key: value for key, value in row.items() if key not in ("type", "properties")}
    for end, name in (("start", "source"), ("end", "target")):
        if isinstance(flat.get(end), dict) and name not in flat:
            flat[name] = flat.pop(end).get("id")
    properties = row.get("properties") or {}
    if not isinstance(properties, dict):
        properties = {"properties": properties}
    for key, value in properties.items():
        name = "kind" if key == "type" else str(key)
        flat[f"{name} (further)" if name in flat else name] = value
    if "label" in flat and "kind" not in flat and row.get("type") == "relationship":
        flat["kind"] = flat.pop("label")
    return flat


def _graph(nodes: _List, edges: _List, whole: RawTable) -> Parts:
    made = []
    for part, rows, first in (("edges", edges, ("source", "target")), ("nodes", nodes, ("id",))):
        raw = _part(whole, part)
        made.append((_fill(raw, rows, first), None))
    return list(made)


def _rows_of_list(content: _List, whole: RawTable) -> Parts:
    if content.rows and all(isinstance(row, dict) and "schema" in row and "properties" in row
                            for row in content.rows):  # fmt: skip
        content = _List([_entity(row) for row in content.rows], content.lines)
    if not content.rows:
        whole.fail("the file is empty", "put at least one row in the list")
        return [(whole, None)]
    return [(_fill(whole, content), None)]


def _table(whole: RawTable, key: str, value: object) -> tuple[RawTable, str | None]:
    table = TABLE_NAMES.get(key.lower())
    raw = _part(whole, _whole(key))
    if not isinstance(value, _List):
        raw.fail("not a list of rows", "write the table as a list of objects")
        return raw, table
    return _fill(raw, value, REQUIRED.get(table or "", ())), table


def _part(whole: RawTable, name: str) -> RawTable:
    return RawTable(
        f"{whole.file}#{name}", whole.sha256, whole.secret, whole.format, whole.encoding,
        cutting=whole.cutting,
    )  # fmt: skip


def _fill(raw: RawTable, found: _List, first: Sequence[str] = ()) -> RawTable:
    """Put objects under the headings that any of them has."""
    try:
        return _filled(raw, found, first)
    except RecursionError:
        raw.fail("a cell is nested too deep", "write a text, a number or a flat list in each cell")
        return raw


def _filled(raw: RawTable, found: _List, first: Sequence[str]) -> RawTable:
    rows = found.rows
    keys = dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row)
    headings = [key for key in first if key in keys or not keys] + [
        key for key in keys if key not in first
    ]
    missing = len(rows) * len(keys) - sum(len(row) for row in rows if isinstance(row, dict))
    if missing > MOST_MISSING:
        raw.fail(
            f"{missing:,} cells are missing in rows that have other keys than the rest; "
            f"more than {MOST_MISSING:,} are not filled in",
            "write the same keys in every row, or leave out those that are not needed",
        )  # fmt: skip
        return raw
    objects = [row if isinstance(row, dict) else {} for row in rows]
    columns = [[_text(row.get(key)) for row in objects] for key in headings]
    raw.headings = [_whole(key) for key in headings]
    broken = np.zeros(len(rows), dtype=bool)
    for place, cells in enumerate(columns):
        if _HALF_SIGN.search("".join(cells)):
            broken |= np.array([bool(_HALF_SIGN.search(cell)) for cell in cells], dtype=bool)
            columns[place] = [_whole(cell) for cell in cells]
    whole = [*zip(*columns, strict=True)] if columns else [()] * len(rows)
    fill_table(raw, whole, found.lines)
    if raw.fatal:
        return raw
    if any(map(_HALF_SIGN.search, headings)):
        raw.doubt(
            "half of a sign (a lone surrogate) in a heading, which stands as U+FFFD",
            "write the sign whole, or its two \\u escapes together",
        )
    strange = np.array([not isinstance(row, dict) for row in rows], dtype=bool)
    raw.refuse(strange, None, None, "a row that is not an object", "write each row as {…}")
    raw.refuse(
        broken, None, None, "half of a sign (a lone surrogate)",
        "write the sign whole, or its two \\u escapes together",
    )  # fmt: skip
    return raw


def _text(value: object) -> str:
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(_text, value))
    return str(value) if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    """An object within a cell, its numbers as they are written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_as_json, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_as_json(key)}: {_as_json(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)
