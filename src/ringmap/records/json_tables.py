"""JSON: the tables of a case folder as keys, a list of rows, a graph, or one object a line."""

import json
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from json.decoder import JSONDecodeError, JSONDecoder

import numpy as np

from ringmap.records.coded import Cells
from ringmap.records.gathering import Gathered, GrowingCells, Surplus
from ringmap.records.grid import MOST_HEADINGS
from ringmap.records.headings import REQUIRED, TABLE_NAMES, TABLES
from ringmap.records.receipt import shorten
from ringmap.records.tabletext import MOST_MISSING, RawTable, take_gathered

Parts = list[tuple[RawTable, str | None]]

_HALF_SIGN = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\n\r]*")
#: Cells held as Python has them, before they are put into columns.
_AT_ONCE = 2**18
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
        content = _content(text, depth)
    except _BrokenError as error:
        return _read_lines_instead(text, whole, error, depth)
    if isinstance(content, _List):
        return _rows_of_list(content, whole)
    tables = {key: value for key, value in content.items() if isinstance(value, _List)}
    if (edges := _edges_of(content)) is not None:
        _tell_passed(whole, [key for key in content if key not in tables and key not in _OF_GRAPH])
        return _graph(tables["nodes"], tables[edges], whole)
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


def _content(text: str, depth: int) -> "_List | dict[str, object]":
    """The whole text: a list, or an object whose lists are `_List`.

    What its rows are is told by the first; should another contradict it, all are read again.
    """
    for shape in (_entity_of_list, _as_it_is):
        try:
            content = _Walk(text, depth, shape).content()
        except _OtherShapeError:
            continue
        if isinstance(content, dict) and (edges := _edges_of(content)) is not None:
            stated, found = _stated(content), content[edges]
            if not isinstance(found, _List) or found.direction != stated:
                content = _Walk(text, depth, shape, directions={edges: stated}).content()
        elif isinstance(content, dict) and _are_directed(content):
            content = _Walk(text, depth, shape, directions={}).content()
        return content
    raise AssertionError("a row is always as it is")


def _edges_of(content: Mapping[str, object]) -> str | None:
    """The key of the edges of a graph; None for an object that is no graph."""
    lists = [key for key, value in content.items() if isinstance(value, _List)]
    return next((key for key in _EDGES if key in lists), None) if "nodes" in lists else None


def _are_directed(content: Mapping[str, object]) -> bool:
    """True where rows were taken for edges of a graph."""
    return any(isinstance(value, _List) and value.direction for value in content.values())


def _stated(content: Mapping[str, object]) -> str:
    """The direction that a graph says all its edges have; empty where it says none."""
    directed = content.get("directed")
    if not isinstance(directed, bool):
        return ""
    return "directed" if directed else "undirected"


class _OtherShapeError(Exception):
    """A row is not what those before it were."""


#: What is made of a row; raises `_OtherShapeError` for one that is not of this shape.
Shape = Callable[[object], object]


def _as_it_is(row: object) -> object:
    return row


def _entity_of_list(row: object) -> object:
    """An entity, as which a row of a list has its properties too."""
    if not isinstance(row, dict) or "properties" not in row:
        raise _OtherShapeError
    return _entity_of_line(row)


def _entity_of_line(row: object) -> object:
    if not isinstance(row, dict) or "schema" not in row:
        raise _OtherShapeError
    return _entity(row)


class _List:
    """The rows of a list as columns by key, and the line on which each begins.

    `direction` is what each of them is said to have where it says nothing itself.
    """

    def __init__(self, direction: str = "") -> None:
        self.direction = direction
        self.lines = array("q")
        self.keys: dict[str, None] = {}
        self.strange, self.broken = array("q"), array("q")
        self.too_deep = False
        self._columns: dict[str, GrowingCells] = {}
        self._rows: list[object] = []
        self._filled = self._waiting = 0

    def add(self, row: object, line: int) -> None:
        """One more row."""
        if self.direction and isinstance(row, dict):
            row = {"direction": self.direction} | row
        self.lines.append(line)
        self._rows.append(row)
        self._waiting += len(row) if isinstance(row, dict) else 1
        if self._waiting > _AT_ONCE:
            self.put_away()

    @property
    def missing(self) -> int:
        """How many cells are missing in rows that have other keys than the rest."""
        return len(self.lines) * len(self.keys) - self._filled

    def columns(self, keys: Sequence[str]) -> list[Cells]:
        """The cells under some keys; none where they are too many to be read."""
        if not self._are_few:
            return []
        for key in keys:
            self._column(key, len(self.lines))
        found = [self._columns.pop(key).finish() for key in keys]
        self._columns.clear()
        return found

    @property
    def _are_few(self) -> bool:
        return self.missing <= MOST_MISSING and len(self.keys) <= MOST_HEADINGS

    def _column(self, key: str, rows: int) -> GrowingCells:
        """The cells under a key, empty ones for as many rows as there are."""
        column = self._columns.setdefault(key, GrowingCells())
        column.skip(rows - column.count)
        return column

    def put_away(self) -> None:
        """Put the last rows into columns as well."""
        rows, before = self._rows, len(self.lines) - len(self._rows)
        self._rows, self._waiting = [], 0
        objects = [row if isinstance(row, dict) else {} for row in rows]
        self.strange.extend(before + at for at, row in enumerate(rows) if not isinstance(row, dict))
        self.keys.update(dict.fromkeys(chain.from_iterable(objects)))
        self._filled += sum(map(len, objects))
        if not self._are_few:
            self._columns.clear()
            return
        try:
            for key in dict.fromkeys(chain.from_iterable(objects)):
                cells = [_text(row.get(key)) for row in objects]
                self._column(key, before).add(self._written(cells, before))
        except RecursionError:
            self.too_deep = True

    def _written(self, cells: list[str], before: int) -> list[str]:
        """Cells that can be written; rows with half of a sign are marked."""
        if not _HALF_SIGN.search("".join(cells)):
            return cells
        self.broken.extend(before + at for at, cell in enumerate(cells) if _HALF_SIGN.search(cell))
        return list(map(_whole, cells))


class _BrokenError(Exception):
    """No JSON, from a line on."""

    def __init__(self, reason: str, line: int | None, *, at: int) -> None:
        super().__init__(reason)
        self.line, self.at = line, at


class _Walk:
    """Reads the outermost object or list piece by piece, so that each row knows its line."""

    def __init__(self, text: str, depth: int, shape: Shape,
                 directions: Mapping[str, str] | None = None) -> None:  # fmt: skip
        self._text, self._depth, self._shape = text, depth, shape
        self._directions = directions
        self._decoder = JSONDecoder(
            parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_once
        )
        #: A place in the text, and how many lines end before it.
        self._counted = 0, 0

    def content(self) -> "_List | dict[str, object]":
        """The whole text: a list, or an object whose lists are `_List`."""
        at = self._skip(0)
        opens = self._text[at : at + 1]
        if opens not in ("{", "["):
            raise self._broken("neither an object nor a list", at)
        found, at = self._list(at, _List(), self._shape) if opens == "[" else self._object(at)
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
            if opens == "[":
                found[key], at = self._list(at, _List(self._direction(key, found)), _as_it_is)
            else:
                found[key], at = self._value(at)
            at = self._next("}", at)
        return found, at + 1

    def _direction(self, key: str, above: Mapping[str, object]) -> str:
        """What the rows under a key are said to have, as far as it is known before they come."""
        if self._directions is not None:
            return self._directions.get(key, "")
        return _stated(above) if key in _EDGES else ""

    def _list(self, at: int, found: _List, shape: Shape) -> tuple[_List, int]:
        at = self._skip(at + 1)
        while self._text[at : at + 1] != "]":
            line = self.line(at)
            row, at = self._value(at)
            found.add(shape(row), line)
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
        before, ends = self._counted if at >= self._counted[0] else (0, 0)
        self._counted = at, ends + self._text.count("\n", before, at)
        return self._counted[1] + 1

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
    for reader in (_GraphLines(), _Lines(_entity_of_line), _Lines(_as_it_is)):
        try:
            count = _take_lines(text, reader.take, depth)
        except _OtherShapeError:
            continue
        except _BrokenLineError as error:
            if error.first:
                return None
            whole.format = "json lines"
            whole.fail(
                f"line {error.line} is no JSON object ({error})", "write one JSON object a line",
                line=error.line,
            )  # fmt: skip
            return [(whole, None)]
        if not count:
            return None
        whole.format = "json lines"
        return reader.parts(whole)
    raise AssertionError("a row is always as it is")


class _BrokenLineError(Exception):
    """A line is no JSON, or the `first` no object."""

    def __init__(self, reason: str, line: int, *, first: bool) -> None:
        super().__init__(reason)
        self.line, self.first = line, first


def _take_lines(text: str, take: Callable[[object, int], None], depth: int) -> int:
    """Hand on what each line holds, with its number; gives how many lines hold something."""
    decoder = JSONDecoder(
        parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_once
    )
    rows = 0
    for number, line in enumerate(_lines(text), start=1):
        if _COMMENT.match(line):
            continue
        try:
            row = decoder.decode(line)
            if _deeper(row, depth):
                raise ValueError(f"nested deeper than {depth} levels")
        except (ValueError, RecursionError) as error:
            reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
            raise _BrokenLineError(reason, number, first=not rows) from error
        if not isinstance(row, dict) and not rows:
            raise _BrokenLineError("no object", number, first=True)
        take(row, number)
        rows += 1
    return rows


def _lines(text: str) -> Iterator[str]:
    begun = 0
    while (end := text.find("\n", begun)) >= 0:
        yield text[begun:end]
        begun = end + 1
    yield text[begun:]


class _Lines:
    """Rows of one shape, one a line."""

    def __init__(self, shape: Shape) -> None:
        self._shape, self._found = shape, _List()

    def take(self, row: object, line: int) -> None:
        self._found.add(self._shape(row), line)

    def parts(self, whole: RawTable) -> Parts:
        return [(_fill(whole, self._found), None)]


class _GraphLines:
    """Nodes and edges, one a line, as ringmap, Memgraph and Neo4j write them."""

    def __init__(self) -> None:
        self._nodes, self._edges = _List(), _List()

    def take(self, row: object, line: int) -> None:
        kind = row.get("type") if isinstance(row, dict) else "edge"
        if kind not in ("node", "edge", "relationship"):
            raise _OtherShapeError
        (self._nodes if kind == "node" else self._edges).add(_flat(row), line)

    def parts(self, whole: RawTable) -> Parts:
        return _graph(self._nodes, self._edges, whole)


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
    if not content.lines:
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
    """Put rows under the headings that any of them has."""
    found.put_away()
    keys, count = found.keys, len(found.lines)
    headings = [key for key in first if key in keys or not keys] + [
        key for key in keys if key not in first
    ]
    if found.missing > MOST_MISSING:
        raw.fail(
            f"{found.missing:,} cells are missing in rows that have other keys than the rest; "
            f"more than {MOST_MISSING:,} are not filled in",
            "write the same keys in every row, or leave out those that are not needed",
        )  # fmt: skip
        return raw
    if found.too_deep:
        raw.fail("a cell is nested too deep", "write a text, a number or a flat list in each cell")
        return raw
    raw.headings = [_whole(key) for key in headings]
    lines, widths = np.array(found.lines, dtype=np.int64), np.full(count, len(headings))
    take_gathered(raw, Gathered(found.columns(headings), lines, widths, 0, Surplus()))
    if raw.fatal:
        return raw
    if any(map(_HALF_SIGN.search, headings)):
        raw.doubt(
            "half of a sign (a lone surrogate) in a heading, which stands as U+FFFD",
            "write the sign whole, or its two \\u escapes together",
        )
    raw.refuse(
        np.array(found.strange, dtype=np.int64), None, None, "a row that is not an object",
        "write each row as {…}",
    )  # fmt: skip
    raw.refuse(
        np.unique(np.array(found.broken, dtype=np.int64)), None, None,
        "half of a sign (a lone surrogate)",
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
