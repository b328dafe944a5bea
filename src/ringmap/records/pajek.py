"""Networks as Pajek writes them.

Source: Mrvar and Batagelj, *Pajek Reference Manual* (2023), "Input files".
"""

import re
from collections.abc import Sequence

from ringmap.records.json_tables import Parts
from ringmap.records.networks import (
    MOST,
    NUMBER,
    BrokenError,
    Network,
    Token,
    number_of,
    parts_of,
    tokens_of,
)
from ringmap.records.tabletext import RawTable

#: In Pajek commas stand within intervals of time, and part nothing.
_WORD = re.compile(r'"([^"\n]*)"|(\S+)')
#: The number of a vertex and the beginning of its label.
_LABEL = re.compile(r'\s*(\S+)\s+(")')
#: Words of which those with quotation marks have one at each end.
_PAIRED = re.compile(r'(?:(?:"[^"]*"|[^\s"]+)(?:\s+|\Z))*')
_CLOSING = re.compile(r'(?<!\\)"(?=\s|\Z)')
_MOST_MARKS = 50


def read_pajek(text: str, whole: RawTable) -> Parts:
    """Ties and parties of a Pajek network; a damaged one is a fatal problem of `whole`."""
    whole.format = "Pajek"
    try:
        return parts_of(_Pajek(text).read(), whole)
    except BrokenError as error:
        whole.fail(f"not a Pajek network that can be read: {error}", error.hint, line=error.line)
        return [(whole, None)]


def _with_whole_label(row: str, line: int) -> list[Token] | None:
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
            number = Token(begun[1], line, quoted=False)
            return [number, Token(label, line, quoted=True), *tokens_of(behind, line, _WORD)]
    return None


class _Pajek:
    """A Pajek network: vertices, then arcs, edges, lists of them, or a matrix."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._network = Network(node_headings=("id", "name", "further"))
        self._names: dict[str, str] = {}
        self._relations: dict[str, str] = {}
        self._count = 0
        self._first_mode = 0

    def read(self) -> Network:
        """The network, or an error with its line."""
        section, kind, matrix = "", "", list[list[Token]]()
        for line, row in enumerate(self._lines, start=1):
            if not row.strip() or row.lstrip().startswith("%"):
                continue
            if row.lstrip().startswith("*"):
                section, kind = self._begin(row.strip(), line)
                continue
            tokens = list(tokens_of(row, line, _WORD))
            if section == "vertices":
                self._vertex(_with_whole_label(row, line) or tokens, line)
            elif section == "matrix":
                matrix.append(tokens)
            elif section in ("arcs", "edges"):
                self._tie(tokens, line, section, kind)
            elif section in ("arcslist", "edgeslist"):
                for other in tokens[1:]:
                    self._tie([tokens[0], other], line, section.removesuffix("list"), kind)
            else:
                raise BrokenError("a line that belongs to no section", line)
        self._matrix(matrix)
        unlisted = self._count - len(self._names)
        if unlisted > max(MOST, len(self._lines)):
            raise BrokenError(f"{unlisted:,} of {self._count:,} vertices have no line", 1)
        for number in range(1, self._count + 1):
            if str(number) not in self._names:
                self._network.add_node(1, str(number), str(number), "")
        return self._network

    def _begin(self, row: str, line: int) -> tuple[str, str]:
        words = [one.text for one in tokens_of(row, line, _WORD)]
        section = words[0].lstrip("*").lower()
        if section == "vertices":
            if len(words) < 2 or not NUMBER.fullmatch(words[1]) or int(words[1]) > 10**7:
                raise BrokenError("'*Vertices' without a number of vertices", line)
            if self._count:
                raise BrokenError("a second network in one file", line)
            self._count = int(words[1])
            self._first_mode = 0
            if len(words) > 2 and NUMBER.fullmatch(words[2]):
                self._first_mode = int(words[2])
        elif section not in ("network", "arcs", "edges", "arcslist", "edgeslist", "matrix"):
            raise BrokenError(f"the section '*{section[:40]}' is not known", line)
        relation = words[-1] if len(words) > 1 and section not in ("vertices", "network") else ""
        return section, relation

    def _vertex(self, tokens: Sequence[Token], line: int) -> None:
        number = self._number(tokens[0])
        if number in self._names:
            raise BrokenError(f"vertex {number} stands twice", line)
        label = tokens[1].text if len(tokens) > 1 else number
        self._names[number] = label
        self._network.add_node(line, number, label, " ".join(one.text for one in tokens[2:]))

    def _tie(self, tokens: Sequence[Token], line: int, section: str, kind: str) -> None:
        relation = ""
        if tokens[0].text.endswith(":") and len(tokens) > 2:
            relation, tokens = tokens[0].text.rstrip(":"), tokens[1:]
        if len(tokens) < 2:
            raise BrokenError("a tie with one end", line)
        source, target = (self._number(end) for end in tokens[:2])
        weight = tokens[2].text if len(tokens) > 2 else ""
        note = " ".join([relation, *(one.text for one in tokens[3:])]).strip()
        direction = "directed" if section == "arcs" else "undirected"
        self._network.add_tie(line, source, target, weight, direction, kind.lstrip(":"), note)

    def _number(self, token: Token) -> str:
        """The number of a vertex, always written the same."""
        if not NUMBER.fullmatch(token.text) or not 1 <= int(token.text) <= self._count:
            raise BrokenError(f"no vertex '{token.text[:40]}' among {self._count}", token.line)
        return str(int(token.text))

    def _matrix(self, rows: Sequence[Sequence[Token]]) -> None:
        if not rows:
            return
        first = self._first_mode
        for number, row in enumerate(rows, start=1):
            width = self._count - first
            if len(row) != width:
                raise BrokenError(f"{len(row)} numbers where {width} belong", row[0].line)
            for column, token in enumerate(row, start=1 + first):
                if number_of(token):
                    direction = "undirected" if first else "directed"
                    self._network.add_tie(token.line, str(number), str(column), token.text,
                                          direction)  # fmt: skip
        if len(rows) != (first or self._count):
            raise BrokenError(f"{len(rows)} rows where {first or self._count} belong",
                               rows[-1][0].line)  # fmt: skip
