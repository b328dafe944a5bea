"""The whole graph as GEXF 1.3, which Gephi reads with a direction of its own for each tie."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

from ringmap.export.contents import Contents, Row, Value

_TYPES = {"int": "integer"}


def write_gexf(contents: Contents) -> str:
    """GEXF text: parties as nodes, an edge per tie, every attribute typed.

    networkx reads no GEXF whose ties are partly directed; give it GraphML or JSON.
    """
    return "".join(_pieces(contents))


def _pieces(contents: Contents) -> Iterator[str]:
    ends = ("source", "target")
    edges = {name: kind for name, kind in contents.types["ties"].items() if name not in ends}
    nodes = contents.types["parties"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield f"<meta><creator>ringmap</creator><description>victims: {contents.victims}"
    yield "</description></meta>\n"
    yield '<graph mode="static" defaultedgetype="directed">\n'
    yield from _columns("node", nodes)
    yield from _columns("edge", edges)
    yield "<nodes>\n"
    for row in contents.parties:
        label = row.get("name") or row["party"]
        yield f"<node id={_quoted(row['party'])} label={_quoted(label)}>"
        yield f"{_values(row, list(nodes))}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, row in enumerate(contents.ties):
        yield f'<edge id="{number}" {_ends(row)}>{_values(row, list(edges))}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _ends(row: Row) -> str:
    kind = "directed" if row["directed"] else "undirected"
    weight = row.get("weight")
    strength = "" if weight is None else f' weight="{weight!r}"'
    ends = f"source={_quoted(row['source'])} target={_quoted(row['target'])}"
    # `kind` tells Gephi that two ties between the same parties are not one.
    return f'{ends} type="{kind}" kind={_quoted(row["kind"])}{strength}'


def _columns(of: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">'
    for place, (name, kind) in enumerate(columns.items()):
        yield f'<attribute id="{place}" title={_quoted(name)} type="{_TYPES.get(kind, kind)}"/>'
    yield "</attributes>\n"


def _values(row: Row, columns: list[str]) -> str:
    told = [
        f'<attvalue for="{place}" value={_quoted(row[name])}/>'
        for place, name in enumerate(columns)
        if row.get(name) is not None
    ]
    return f"<attvalues>{''.join(told)}</attvalues>" if told else ""


def _quoted(value: Value) -> str:
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return quoteattr(text, {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
