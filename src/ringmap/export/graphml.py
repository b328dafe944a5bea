"""The whole graph as GraphML."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from ringmap.export.contents import Contents, Row, Value

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_NOTE = (
    "Exported by ringmap. Every tie is an edge of its own. An edge with directed = false has no "
    "direction: source and target are then in the order of their ids."
)


def write_graphml(contents: Contents) -> str:
    """GraphML text: nodes called as parties, an edge per tie, every attribute typed.

    GraphML readers take one direction for the whole graph, so the graph is directed as
    soon as one tie is, and the attribute ``directed`` says which ties are. What is not
    recorded has no element. ``label`` repeats a party's name, where Gephi looks for it.
    """
    return "".join(_pieces(contents))


def _pieces(contents: Contents) -> Iterator[str]:
    nodes = {name: kind for name, kind in contents.types["parties"].items() if name != "party"}
    nodes = {"party": "string", "label": "string"} | nodes
    edges = {
        name: kind
        for name, kind in contents.types["ties"].items()
        if name not in ("source", "target")
    }
    about: Row = {"victims": contents.victims, "protected": contents.protected, "about": _NOTE}
    yield _HEAD
    yield f"<!-- victims: {contents.victims} -->\n"
    yield from _keys("graph", {"victims": "string", "protected": "int", "about": "string"})
    yield from _keys("node", nodes)
    yield from _keys("edge", edges)
    directed = any(row["directed"] for row in contents.ties)
    yield f'<graph id="ring" edgedefault="{"directed" if directed else "undirected"}">\n'
    yield _data("graph", about, list(about)) + "\n"
    for row in contents.parties:
        told = row | {"label": row.get("name") or row["party"]}
        yield f"<node id={_quoted(row['party'])}>{_data('node', told, list(nodes))}</node>\n"
    for number, row in enumerate(contents.ties):
        ends = f"source={_quoted(row['source'])} target={_quoted(row['target'])}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", row, list(edges))}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _keys(of: str, columns: Mapping[str, str]) -> Iterator[str]:
    for place, (name, kind) in enumerate(columns.items()):
        yield (f'<key id="{of}{place}" for="{of}" attr.name={_quoted(name)} attr.type="{kind}"/>\n')


def _data(of: str, row: Row, columns: list[str]) -> str:
    return "".join(
        f'<data key="{of}{place}">{_text(row[name])}</data>'
        for place, name in enumerate(columns)
        if row.get(name) is not None
    )


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A bare carriage return is read back as a line feed; the reference is not.
    return escape(value, {"\r": "&#13;"}) if isinstance(value, str) else repr(value)


def _quoted(value: Value) -> str:
    return quoteattr(str(value), {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
