"""What is read of a network that a program for network analysis wrote: its parties and ties."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ringmap.records.json_tables import Parts
from ringmap.records.tabletext import RawTable, fill_table

#: More parties than this in a matrix are a mistake in the file: each has a line of its own.
MOST = 20_000
#: A number of a party; Python's own `isdigit` takes signs that are none, such as ².
NUMBER = re.compile(r"[0-9]{1,18}")


class BrokenError(Exception):
    """The file is not what it says; on a line."""

    def __init__(self, reason: str, line: int,
                 hint: str = "save it again, or export an edge list") -> None:  # fmt: skip
        super().__init__(reason)
        self.line, self.hint = line, hint


@dataclass(slots=True)
class Network:
    """What was read: parties with their further columns, and ties."""

    nodes: list[list[str]] = field(default_factory=list)
    node_lines: list[int] = field(default_factory=list)
    ties: list[list[str]] = field(default_factory=list)
    tie_lines: list[int] = field(default_factory=list)
    node_headings: tuple[str, ...] = ("id", "name")
    #: What is doubtful about the whole, and what to do.
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def add_node(self, line: int, *cells: str) -> None:
        """One more party."""
        self.nodes.append(list(cells))
        self.node_lines.append(line)

    def add_tie(self, line: int, source: str, target: str, weight: str, direction: str,
                kind: str = "", note: str = "") -> None:  # fmt: skip
        """One more tie."""
        self.ties.append([source, target, weight, direction, kind, note])
        self.tie_lines.append(line)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the file, and where it stands."""

    text: str
    line: int
    quoted: bool


def parts_of(network: Network, whole: RawTable) -> Parts:
    """The tables of a network: its ties, and its parties if there are any."""
    ties = ("source", "target", "weight", "direction", "kind", "note")
    parts: Parts = [(_table(whole, "edges", ties, network.ties, network.tie_lines), None)]
    if network.nodes:
        nodes = _table(whole, "nodes", network.node_headings, network.nodes, network.node_lines)
        parts.append((nodes, None))
    return parts


def _table(whole: RawTable, part: str, headings: Sequence[str], rows: Sequence[Sequence[str]],
           lines: Sequence[int]) -> RawTable:  # fmt: skip
    raw = RawTable(f"{whole.file}#{part}", whole.sha256, whole.secret, whole.format, whole.encoding)
    raw.headings = list(headings)
    fill_table(raw, rows, lines)
    return raw


def tokens_of(text: str, first: int, pattern: re.Pattern[str]) -> Iterator[Token]:
    """The words of a text that begins on line `first`; group 1 of the pattern is a quotation."""
    for line, row in enumerate(text.split("\n"), start=first):
        for match in pattern.finditer(row):
            quoted = match[1] is not None
            yield Token(match[1] if quoted else match[2], line, quoted)


def number_of(token: Token) -> float:
    """The number that a word is."""
    try:
        return float(token.text)
    except ValueError:
        raise BrokenError(f"'{token.text[:40]}' is not a number", token.line) from None
