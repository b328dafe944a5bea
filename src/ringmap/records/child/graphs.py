"""GraphML and GEXF: nodes and edges with their attributes, each with its line.

Sources: the GraphML primer (graphdrawing.org, 2013) and the GEXF 1.3 draft (gexf.net, 2022).
"""

import re
from collections.abc import Callable, Collection

from .answers import Answers
from .bounds import Bounds
from .markup import Attributes, Markup
from .refusal import RefusalError, beyond

_AGAIN = "export the graph again, or save it as an edge list"
#: Values of one name in one node or edge; honest files have one, or a default beside it.
_MOST_ALIKE = 20
#: Rows that are said together, and the characters in them.
_MOST_AT_ONCE, _MOST_CHARACTERS = 500, 100_000
_GRAPHML = (
    "http://graphml.graphdrawing.org/xmlns", "http://graphml.graphdrawing.org/xmlns/graphml", "",
)  # fmt: skip
_GEXF = (
    *(f"http://{host}/{version}" for host in ("gexf.net", "www.gexf.net")
      for version in ("1.1draft", "1.2draft", "1.2", "1.3draft", "1.3")),
    "http://www.gephi.org/gexf", "",
)  # fmt: skip
_DIRECTED = {"true": "directed", "1": "directed", "directed": "directed", "mutual": "undirected"}


def read_graph(data: bytes, bounds: Bounds, answers: Answers) -> None:
    """Say the format, then every node and edge as a row of its attributes by name.

    Raises
    ------
    RefusalError
        If it is neither GraphML nor GEXF, or damaged; `row` is the line of the file.
    """
    reader = _Reader(bounds, answers)
    try:
        reader.read([data], "the file")
        if reader.form is None:
            raise RefusalError("XML, but neither GraphML nor GEXF", _AGAIN)
        reader.finish()
    except RefusalError as error:
        line = reader.parser.CurrentLineNumber
        raise RefusalError(error.reason, _AGAIN, row=line) from error


class _Row:
    """A node or an edge that has begun."""

    def __init__(self, kind: str, line: int, cells: dict[str, str]) -> None:
        self.kind = kind
        self.line = line
        self.cells = cells
        self.given: set[str] = set()
        self.more: dict[str, list[str]] = {}

    def put(self, name: str, text: str) -> None:
        """One attribute; of two that share a name, and of one called like an end, the second
        is marked as further."""
        alike, first = 1, name
        while name in self.cells:
            name += " (further)"
            alike += 1
        if alike > _MOST_ALIKE:
            raise RefusalError(
                f"a {self.kind} has more than {_MOST_ALIKE} values of '{first[:40]}'", _AGAIN
            )
        self.cells[name] = text

    def add(self, name: str, text: str) -> None:
        """One more value of what may stand many times in one node or edge."""
        self.more.setdefault(name, []).append(text)


class _Reader(Markup):
    """Listens for both formats; the element at the root says which it is."""

    def __init__(self, bounds: Bounds, answers: Answers) -> None:
        super().__init__(bounds.depth)
        self.form: str | None = None
        self._bounds = bounds
        self._say = answers.say
        self._open: list[_Row] = []
        self._names: dict[tuple[str, str], str] = {}
        self._defaults: dict[tuple[str, str], str] = {}
        self._declared = ("node", "")
        self._class = "node"
        self._key = ""
        self._direction = ""
        self._rows = 0
        self._told: list[tuple[str, int, dict[str, str]]] = []
        self._characters = 0
        for namespace in _GRAPHML:
            self.opening[_tag(namespace, "graphml")] = self._is_graphml(namespace)
        for namespace in _GEXF:
            self.opening[_tag(namespace, "gexf")] = self._is_gexf(namespace)

    def finish(self) -> None:
        """Say the last rows."""
        self._say("rows", self._told)
        self._told, self._characters = [], 0

    def _is_graphml(self, namespace: str) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            self._begin_form("graphml")
            self.opening |= {
                _tag(namespace, "key"): self._begin_key,
                _tag(namespace, "default"): self._begin_text,
                _tag(namespace, "graph"): self._begin_graph("edgedefault"),
                _tag(namespace, "node"): self._begin_node,
                _tag(namespace, "edge"): self._begin_edge("directed"),
                _tag(namespace, "hyperedge"): self._refuse_hyperedge,
                _tag(namespace, "data"): self._begin_data,
                _tag(namespace, "desc"): self._begin_text,
                _tag(namespace, "port"): self._add_port,
            }
            self.closing |= {
                _tag(namespace, "default"): self._end_default,
                _tag(namespace, "node"): self._end_row,
                _tag(namespace, "edge"): self._end_row,
                _tag(namespace, "data"): self._end_data,
                _tag(namespace, "desc"): self._end_remark("desc"),
            }

        return begin

    def _is_gexf(self, namespace: str) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            self._begin_form("gexf")
            self.opening |= {
                _tag(namespace, "graph"): self._begin_graph("defaultedgetype"),
                _tag(namespace, "attributes"): self._begin_attributes,
                _tag(namespace, "attribute"): self._begin_attribute,
                _tag(namespace, "default"): self._begin_text,
                _tag(namespace, "node"): self._begin_node,
                _tag(namespace, "edge"): self._begin_edge("type"),
                _tag(namespace, "attvalue"): self._add_value,
                _tag(namespace, "spell"): self._add_spell,
                **{_tag(namespace, name): self._begin_text for name in _OF_META},
            }
            self.closing |= {
                _tag(namespace, "default"): self._end_default,
                _tag(namespace, "node"): self._end_row,
                _tag(namespace, "edge"): self._end_row,
                **{_tag(namespace, name): self._end_remark(name) for name in _OF_META},
            }

        return begin

    def _begin_form(self, form: str) -> None:
        if self.form is not None:
            raise RefusalError(f"a second graph within the first at {self.place()}", _AGAIN)
        self.form = form
        self._say("format", form)

    def _begin_graph(self, name: str) -> Callable[[Attributes], None]:
        def begin(attributes: Attributes) -> None:
            self._direction = attributes.get(name, "")

        return begin

    def _begin_key(self, attributes: Attributes) -> None:
        key, of = self._needed(attributes, "a key", "id"), attributes.get("for", "all")
        self._declare(of, key, attributes.get("attr.name") or key)

    def _begin_attributes(self, attributes: Attributes) -> None:
        self._class = attributes.get("class", "node")

    def _begin_attribute(self, attributes: Attributes) -> None:
        key = self._needed(attributes, "an attribute", "id")
        self._declare(self._class, key, attributes.get("title") or key)

    def _declare(self, of: str, key: str, name: str) -> None:
        self._declared = of, key
        self._names[self._declared] = name

    def _begin_text(self, _: Attributes) -> None:
        self.listen()

    def _end_default(self) -> None:
        self._defaults[self._declared] = self.heard().strip()

    def _begin_node(self, attributes: Attributes) -> None:
        cells = {"id": self._needed(attributes, "a node", "id")}
        for name, column in (("label", "label"), ("pid", "parent")):
            if attributes.get(name):
                cells[column] = attributes[name]
        if self._open and self._open[-1].kind == "node":
            cells.setdefault("parent", self._open[-1].cells["id"])
        self._begin_row("node", cells)
        self._put_others(attributes, ("id", "label", "pid", *_OF_SPANS))
        if span := _span(attributes):
            self._open[-1].add("spell", span)

    def _begin_edge(self, name: str) -> Callable[[Attributes], None]:
        known = frozenset((name, "source", "target", *_OF_SPANS, *(given for given, _ in _OF_EDGE)))
        counted = known | {"id"}

        def begin(attributes: Attributes) -> None:
            cells = {end: self._needed(attributes, "an edge", end) for end in ("source", "target")}
            stated = attributes.get(name, self._direction).lower()
            cells["direction"] = _DIRECTED.get(stated, "undirected" if stated else "")
            for given, column in _OF_EDGE:
                if attributes.get(given):
                    cells[column] = attributes[given]
            self._begin_row("edge", cells)
            is_counted = _COUNTED.fullmatch(attributes.get("id", ""))
            self._put_others(attributes, counted if is_counted else known)
            if (span := _span(attributes)) and "first" not in cells and "last" not in cells:
                self._open[-1].add("spell", span)

        return begin

    def _begin_row(self, kind: str, cells: dict[str, str]) -> None:
        self._rows += 1
        if self._rows > self._bounds.rows:
            raise beyond(f"more than {self._bounds.rows} nodes and edges", "rows")
        self._open.append(_Row(kind, self.parser.CurrentLineNumber, cells))

    def _put_others(self, attributes: Attributes, known: Collection[str]) -> None:
        """Attributes without a meaning of their own, as they are."""
        for name, text in attributes.items():
            if name not in known and text and not name.startswith(_OF_PARSERS):
                self._open[-1].put(name.rpartition(" ")[2], self._bounded(text))

    def _add_port(self, attributes: Attributes) -> None:
        if self._open:
            self._open[-1].add("port", attributes.get("name", ""))

    def _add_spell(self, attributes: Attributes) -> None:
        if self._open:
            self._open[-1].add("spell", _span(attributes))

    def _end_remark(self, name: str) -> Callable[[], None]:
        """What is said of a node or edge is kept with it; of the graph itself it is told."""

        def end() -> None:
            text = self.heard().strip()
            if text and self._open:
                self._open[-1].put("note", self._bounded(text))
            elif text:
                self._say("about", name, text[:_MOST_TOLD])

        return end

    def _begin_data(self, attributes: Attributes) -> None:
        self._key = attributes.get("key", "data")
        self.listen()

    def _end_data(self) -> None:
        text = self.heard().strip()
        if self._open:
            self._put(self._key, text)
        elif text:
            self._say("about", self._name("graph", self._key), text[:_MOST_TOLD])

    def _add_value(self, attributes: Attributes) -> None:
        if self._open:
            key = attributes.get("for") or attributes.get("id") or "value"
            self._put(key, attributes.get("value", ""))
            if span := _span(attributes):
                self._open[-1].add(f"{self._name(self._open[-1].kind, key)} (when)", span)

    def _put(self, key: str, text: str) -> None:
        row = self._open[-1]
        row.given.add(key)
        row.put(self._name(row.kind, key), self._bounded(text))

    def _bounded(self, text: str) -> str:
        if len(text) > self._bounds.cell_characters:
            raise beyond(f"a cell of {len(text)} characters", "cell_characters")
        return text

    def _name(self, kind: str, key: str) -> str:
        return self._names.get((kind, key)) or self._names.get(("all", key)) or key

    def _end_row(self) -> None:
        row = self._open.pop()
        for (of, key), text in self._defaults.items():
            if of in (row.kind, "all") and key not in row.given and text:
                row.put(self._name(row.kind, key), text)
        for name, texts in row.more.items():
            row.put(name, self._bounded("; ".join(texts)))
        # To say each by itself would take as long as to read it.
        self._told.append((row.kind, row.line, row.cells))
        self._characters += sum(map(len, row.cells)) + sum(map(len, row.cells.values()))
        if len(self._told) >= _MOST_AT_ONCE or self._characters > _MOST_CHARACTERS:
            self.finish()

    def _needed(self, attributes: Attributes, what: str, name: str) -> str:
        found = attributes.get(name)
        if not found:
            raise RefusalError(f"{what} without {name} at {self.place()}", _AGAIN)
        return found

    def _refuse_hyperedge(self, _: Attributes) -> None:
        raise RefusalError(
            f"an edge with more than two ends at {self.place()}",
            "draw it as a party of its own with a tie to each end",
        )


#: Attributes of an edge that are columns of a tie.
_OF_EDGE = (("weight", "weight"), ("kind", "kind"), ("label", "label"), ("start", "first"),
            ("end", "last"))  # fmt: skip
#: What a GEXF file says of itself.
_OF_META = ("creator", "description", "keywords")
#: A running number, which tells nothing of a tie.
_COUNTED = re.compile(r"[A-Za-z_-]?[0-9]+")
#: Attributes that help a reader of GraphML to set memory aside.
_OF_PARSERS = "parse."
#: Characters shown of what a graph says of itself.
_MOST_TOLD = 200


#: Attributes that say when something was so.
_OF_SPANS = frozenset({"start", "end", "startopen", "endopen", "timestamp"})


def _span(attributes: Attributes) -> str:
    """From when until when a value holds: ``2019/2020``, or the one moment."""
    if _OF_SPANS.isdisjoint(attributes):
        return ""
    moment = attributes.get("timestamp")
    start = attributes.get("start") or attributes.get("startopen") or ""
    end = attributes.get("end") or attributes.get("endopen") or ""
    return moment or (f"{start}/{end}" if start or end else "")


def _tag(namespace: str, name: str) -> str:
    return f"{namespace} {name}" if namespace else name
