"""Networks as Pajek writes them.

Source: Mrvar and Batagelj, *Pajek Reference Manual* (2023), "Input files".
"""

import re
from array import array
from collections.abc import Sequence

import numpy as np

from ringmap.records.json_tables import Parts
from ringmap.records.networks import (
    MOST,
    NUMBER,
    BrokenError,
    Network,
    Numbers,
    Stretch,
    words_in_pieces,
    words_of,
)
from ringmap.records.tabletext import RawTable, collecting_no_garbage

#: The number of a vertex and the beginning of its label.
_LABEL = re.compile(r'\s*(\S+)\s+(")')
#: Words of which those with quotation marks have one at each end.
_PAIRED = re.compile(r'(?:(?:"[^"]*"|[^\s"]+)(?:\s+|\Z))*')
_CLOSING = re.compile(r'(?<!\\)"(?=\s|\Z)')
_MOST_MARKS = 50
_MOST_VERTICES = 10**7


def read_pajek(text: str, whole: RawTable) -> Parts:
    """Ties and parties of a Pajek network; a damaged one is a fatal problem of `whole`."""
    whole.format = "Pajek"
    try:
        with collecting_no_garbage():
            return _Pajek(text).read().parts(whole)
    except BrokenError as error:
        whole.fail(f"not a Pajek network that can be read: {error}", error.hint, line=error.line)
        return [(whole, None)]


def _words(row: str) -> list[str]:
    """The words of a line; in Pajek commas stand within intervals of time, and part nothing."""
    return words_of(row, commas=False)


def _with_whole_label(row: str) -> list[str] | None:
    """The words of a vertex whose label holds quotation marks; None for any other vertex.

    The label ends where the marks behind it come in pairs around words. igraph writes a
    backslash before each mark within.
    """
    begun = _LABEL.match(row)
    if begun is None or row.count('"') > _MOST_MARKS or _PAIRED.fullmatch(row[begun.start(2) :]):
        return None
    for closing in _CLOSING.finditer(row, begun.end()):
        behind = row[closing.end() :]
        if not behind.strip() or _PAIRED.fullmatch(behind.strip()):
            label = row[begun.end() : closing.start()]
            if '\\"' in label:
                label = re.sub(r"\\([\\\"])", r"\1", label)
            return [begun[1], label, *_words(behind)]
    return None


class _Pajek:
    """A Pajek network: vertices, then arcs, edges, lists of them, or a matrix."""

    def __init__(self, text: str) -> None:
        self._whole = Stretch(text, 0, len(text), 1)
        self._network = Network(("id", "name", "further"))
        self._count = 0
        self._first_mode = 0
        #: A 1 for each vertex that has a line, at its number.
        self._listed = bytearray()
        self._numbers = Numbers()
        self._row_lines, self._widths = array("q"), array("q")

    def read(self) -> Network:
        """The network, or an error with its line."""
        section, kind = "", ""
        for line, row in self._whole.lines():
            begun = row.lstrip()
            if not begun or begun[0] == "%":
                continue
            if begun[0] == "*":
                section, kind = self._begin(row.strip(), line)
            elif section == "vertices":
                self._vertex(('"' in row and _with_whole_label(row)) or _words(row), line)
            elif section == "matrix":
                self._row(row, line)
            elif section in ("arcs", "edges"):
                self._tie(_words(row), line, section, kind)
            elif section in ("arcslist", "edgeslist"):
                first, *others = _words(row)
                for other in others:
                    self._tie([first, other], line, section.removesuffix("list"), kind)
            else:
                raise BrokenError("a line that belongs to no section", line)
        self._matrix()
        self._list_others(line)
        return self._network

    def _list_others(self, lines: int) -> None:
        """Enter vertices that have no line of their own; a file has so many lines."""
        unlisted = self._count - self._listed.count(1)
        if unlisted > max(MOST, lines):
            raise BrokenError(f"{unlisted:,} of {self._count:,} vertices have no line", 1)
        for number in range(1, self._count + 1) if unlisted else ():
            if not self._listed[number]:
                self._network.add_node(1, str(number), str(number), "")

    def _begin(self, row: str, line: int) -> tuple[str, str]:
        words = _words(row)
        section = words[0].lstrip("*").lower()
        if section == "vertices":
            if len(words) < 2 or not NUMBER.fullmatch(words[1]) or int(words[1]) > _MOST_VERTICES:
                raise BrokenError("'*Vertices' without a number of vertices", line)
            if self._count:
                raise BrokenError("a second network in one file", line)
            self._count = int(words[1])
            self._listed = bytearray(self._count + 1)
            self._first_mode = 0
            if len(words) > 2 and NUMBER.fullmatch(words[2]):
                self._first_mode = int(words[2])
        elif section not in ("network", "arcs", "edges", "arcslist", "edgeslist", "matrix"):
            raise BrokenError(f"the section '*{section[:40]}' is not known", line)
        relation = words[-1] if len(words) > 1 and section not in ("vertices", "network") else ""
        return section, relation

    def _vertex(self, words: Sequence[str], line: int) -> None:
        number = self._number(words[0], line)
        if self._listed[int(number)]:
            raise BrokenError(f"vertex {number} stands twice", line)
        self._listed[int(number)] = 1
        label = words[1] if len(words) > 1 else number
        self._network.add_node(line, number, label, " ".join(words[2:]))

    def _tie(self, words: Sequence[str], line: int, section: str, kind: str) -> None:
        relation = ""
        if len(words) > 2 and words[0].endswith(":"):
            relation, words = words[0].rstrip(":"), words[1:]
        if len(words) < 2:
            raise BrokenError("a tie with one end", line)
        source, target = self._number(words[0], line), self._number(words[1], line)
        weight = words[2] if len(words) > 2 else ""
        note = " ".join([relation, *words[3:]]).strip()
        direction = "directed" if section == "arcs" else "undirected"
        self._network.add_tie(line, source, target, weight, direction, kind.lstrip(":"), note)

    def _number(self, word: str, line: int) -> str:
        """The number of a vertex, always written the same."""
        if not NUMBER.fullmatch(word) or not 1 <= int(word) <= self._count:
            raise BrokenError(f"no vertex '{word[:40]}' among {self._count}", line)
        return str(int(word))

    def _row(self, row: str, line: int) -> None:
        """Keep a row of a matrix: how many vertices there are may be said below it."""
        width = 0
        for words in words_in_pieces(row, commas=False):
            self._numbers.take(words, line)
            width += len(words)
        self._row_lines.append(line)
        self._widths.append(width)

    def _matrix(self) -> None:
        if not self._widths:
            return
        first, found = self._first_mode, self._numbers.finish()
        width, widths = self._count - first, np.array(self._widths, dtype=np.int64)
        begins = np.cumsum(widths) - widths
        wrong = np.flatnonzero(widths != width)
        broken = self._numbers.broken
        if broken is not None and (not len(wrong) or broken[0] < begins[wrong[0]]):
            raise broken[1]
        if len(wrong):
            reason = f"{widths[wrong[0]]} numbers where {width} belong"
            raise BrokenError(reason, self._row_lines[int(wrong[0])])
        if len(widths) != (first or self._count):
            reason = f"{len(widths)} rows where {first or self._count} belong"
            raise BrokenError(reason, self._row_lines[-1])
        direction = "undirected" if first else "directed"
        rows, columns = np.divmod(found.places, width)
        for row, column, text, line in zip(
            (rows + 1).tolist(), (columns + 1 + first).tolist(), found.texts, found.lines.tolist(),
            strict=True,
        ):  # fmt: skip
            self._network.add_tie(line, str(row), str(column), text or "", direction)
