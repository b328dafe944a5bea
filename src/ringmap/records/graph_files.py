"""Graph files in XML, GraphML and GEXF; they are parsed in a process of their own."""

from typing import Any

from ringmap.records.apart import ApartError, run_apart
from ringmap.records.json_tables import Parts
from ringmap.records.limits import Limits
from ringmap.records.receipt import shorten
from ringmap.records.tabletext import RawTable, fill_table


def read_graph_xml(data: bytes, whole: RawTable, limits: Limits) -> Parts:
    """Edge table and node table of a GraphML or GEXF file.

    A damaged one, or XML that is no graph, is a fatal problem of `whole`.
    """
    gathered = _Gathered()
    try:
        run_apart("graph", data, limits, gathered.take)
    except ApartError as error:
        whole.format = gathered.format
        whole.fail(error.reason, error.hint, line=error.row)
        return [(whole, None)]
    whole.format = gathered.format
    for name, text in gathered.about:
        whole.doubt(
            f"what the graph says of itself is not kept: {name}: {text}",
            "write it into a table of sources, if it matters",
        )  # fmt: skip
    return [
        (_table(whole, "edges", gathered.rows["edge"], ("source", "target")), None),
        (_table(whole, "nodes", gathered.rows["node"], ("id",)), None),
    ]


class _Gathered:
    """What the child has told so far: rows with the lines that they begin on."""

    def __init__(self) -> None:
        self.format = "xml"
        self.rows: dict[str, list[tuple[int, dict[str, str]]]] = {"edge": [], "node": []}
        self.about: list[tuple[str, str]] = []

    def take(self, answer: list[Any]) -> None:
        """Keep one line of the answer."""
        kind, *parts = answer
        if kind == "format":
            self.format = parts[0]
        elif kind == "about":
            self.about.append((parts[0], " ".join(shorten(parts[1]).split())))
        else:
            self.rows[kind].append((parts[0], parts[1]))


def _table(whole: RawTable, part: str, rows: list[tuple[int, dict[str, str]]],
           first: tuple[str, ...]) -> RawTable:  # fmt: skip
    raw = RawTable(
        f"{whole.file}#{part}", whole.sha256, whole.secret, whole.format, whole.encoding,
        cutting=whole.cutting,
    )  # fmt: skip
    rows = sorted(rows, key=lambda row: row[0])
    found = dict.fromkeys(key for _, row in rows for key in row)
    raw.headings = [*first, *(key for key in found if key not in first)]
    cells = [[row.get(heading, "") for heading in raw.headings] for _, row in rows]
    fill_table(raw, cells, [line for line, _ in rows])
    return raw
