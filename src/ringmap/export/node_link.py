"""The whole graph as node-link JSON, with the evidence of each tie inside it."""

import json

from ringmap.export.contents import Contents, Row


def write_node_link(contents: Contents) -> str:
    """JSON text that ``networkx.node_link_graph(data, edges="edges")`` reads.

    Each edge carries ``evidence``: a list with document, page, agency, date received,
    grade, handling, file and row of every record behind the tie. What is not recorded of a
    party or tie has no member: networkx takes a null strength for a wrong one.
    """
    ends = zip(contents.ties, contents.evidence, strict=True)
    edges = [
        _known(row) | {"key": number, "evidence": list(pieces)}
        for number, (row, pieces) in enumerate(ends)
    ]
    data = {
        "directed": any(row["directed"] for row in contents.ties),
        "multigraph": True,
        "graph": {"victims": contents.victims, "protected": contents.protected},
        "nodes": [{"id": row["party"]} | _known(row) for row in contents.parties],
        "edges": edges,
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _known(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}
