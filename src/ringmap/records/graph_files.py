"""Graph files in XML, GraphML and GEXF; they are parsed in a process of their own."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from ringmap.records.apart import ApartError, run_apart
from ringmap.records.gathering import Gathered, GrowingCells, Surplus
from ringmap.records.grid import MOST_HEADINGS
from ringmap.records.json_tables import Parts
from ringmap.records.limits import Limits
from ringmap.records.receipt import shorten
from ringmap.records.tabletext import RawTable, take_gathered

#: Cells held as Python has them, before they are put into columns.
_AT_ONCE = 2**17


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
    """What the child has told so far."""

    def __init__(self) -> None:
        self.format = "xml"
        self.rows = {"edge": _Rows(), "node": _Rows()}
        self.about: list[tuple[str, str]] = []

    def take(self, answer: list[Any]) -> None:
        """Keep one line of the answer."""
        kind, *parts = answer
        if kind == "format":
            self.format = parts[0]
        elif kind == "about":
            self.about.append((parts[0], " ".join(shorten(parts[1]).split())))
        else:
            for of, line, cells in parts[0]:
                self.rows[of].add(line, cells)


class _Rows:
    """Nodes or edges as columns by name, and the line on which each begins.

    They come in the order in which they end: one that has others within comes behind them.
    """

    def __init__(self) -> None:
        self.lines = array("q")
        #: For each name where it stands first: line, how many rows came before, place in the row.
        self._first: dict[str, tuple[int, int, int]] = {}
        self._columns: dict[str, GrowingCells] = {}
        self._rows: list[dict[str, str]] = []
        self._waiting = 0

    def add(self, line: int, row: dict[str, str]) -> None:
        """One more row."""
        self.lines.append(line)
        self._rows.append(row)
        self._waiting += len(row)
        if self._waiting > _AT_ONCE:
            self._put_away()

    def gathered(self, first: Sequence[str]) -> tuple[list[str], Gathered]:
        """Names and columns in the order of the lines, some names before all others."""
        self._put_away()
        names = [*first, *(name for name in sorted(self._first, key=self._first.__getitem__)
                           if name not in first)]  # fmt: skip
        lines = np.array(self.lines, dtype=np.int64)
        order = np.argsort(lines, kind="stable")
        columns = []
        if len(names) <= MOST_HEADINGS:
            columns = [self._column(name, len(lines)).finish()[order] for name in names]
        widths = np.full(len(lines), len(names))
        return names, Gathered(columns, lines[order], widths, 0, Surplus())

    def _put_away(self) -> None:
        """Put the last rows into columns as well."""
        rows, before = self._rows, len(self.lines) - len(self._rows)
        self._rows, self._waiting = [], 0
        self._keep_first(rows, before)
        if len(self._first) > MOST_HEADINGS:
            self._columns.clear()
            return
        for name in dict.fromkeys(chain.from_iterable(rows)):
            self._column(name, before).add([row.get(name, "") for row in rows])

    def _keep_first(self, rows: Iterable[dict[str, str]], before: int) -> None:
        for at, row in enumerate(rows, before):
            line = self.lines[at]
            for place, name in enumerate(row):
                known = self._first.get(name)
                if known is None or line < known[0]:
                    self._first[name] = line, at, place

    def _column(self, name: str, rows: int) -> GrowingCells:
        """The cells under a name, empty ones for as many rows as there are."""
        column = self._columns.setdefault(name, GrowingCells())
        column.skip(rows - column.count)
        return column


def _table(whole: RawTable, part: str, rows: _Rows, first: Sequence[str]) -> RawTable:
    raw = RawTable(
        f"{whole.file}#{part}", whole.sha256, whole.secret, whole.format, whole.encoding,
        cutting=whole.cutting,
    )  # fmt: skip
    raw.headings, gathered = rows.gathered(first)
    take_gathered(raw, gathered)
    return raw
