"""What is read of a network that a program for network analysis wrote: its parties and ties."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from ringmap.records.coded import Cells, Positions
from ringmap.records.gathering import Gathering, GrowingCells
from ringmap.records.json_tables import Parts
from ringmap.records.numbers import is_float
from ringmap.records.tabletext import MOST_MISSING, RawTable, take_gathered

#: What is read of each tie.
_TIES = ("source", "target", "weight", "direction", "kind", "note")
#: Signs looked at in one step: a line may be as long as its file.
_PIECE = 2**20
#: A quotation or any other word, by whether commas part words.
_WORD = {
    True: re.compile(r'"([^"\n]*)"|([^\s,]+)'),
    False: re.compile(r'"([^"\n]*)"|(\S+)'),
}
#: Words held as Python has them, in one step.
_AT_ONCE = 2**16
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


class Network:
    """What was read: parties with their further columns, and ties.

    Attributes
    ----------
    doubts
        What is doubtful about the whole, and what to do.
    """

    def __init__(self, node_headings: Sequence[str] = ("id", "name")) -> None:
        self.doubts: list[tuple[str, str]] = []
        self._node_headings = node_headings
        self._nodes = Gathering(len(node_headings), most_missing=MOST_MISSING)
        self._ties = Gathering(len(_TIES), most_missing=MOST_MISSING)
        self._has_nodes = False

    def add_node(self, line: int, *cells: str) -> None:
        """One more party."""
        self._nodes.take(line, cells)
        self._has_nodes = True

    def add_tie(self, line: int, source: str, target: str, weight: str, direction: str,
                kind: str = "", note: str = "") -> None:  # fmt: skip
        """One more tie."""
        self._ties.take(line, (source, target, weight, direction, kind, note))

    def parts(self, whole: RawTable) -> Parts:
        """The tables of the network: its ties, and its parties if there are any."""
        parts: Parts = [(_table(whole, "edges", _TIES, self._ties), None)]
        if self._has_nodes:
            parts.append((_table(whole, "nodes", self._node_headings, self._nodes), None))
        return parts


def _table(whole: RawTable, part: str, headings: Sequence[str], rows: Gathering) -> RawTable:
    raw = RawTable(f"{whole.file}#{part}", whole.sha256, whole.secret, whole.format, whole.encoding)
    raw.headings = list(headings)
    take_gathered(raw, rows.finish())
    return raw


class Stretch(NamedTuple):
    """A part of a text, and the line on which it begins."""

    text: str
    begin: int
    end: int
    line: int

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line by its number, cut some thousands at a time."""
        text, at, line = self.text, self.begin, self.line
        while True:
            bound = text.find("\n", min(at + _PIECE, self.end), self.end)
            rows = text[at : self.end if bound < 0 else bound].split("\n")
            yield from enumerate(rows, start=line)
            if bound < 0:
                return
            at, line = bound + 1, line + len(rows)


def words_of(row: str, *, commas: bool) -> list[str]:
    """The words of a line; commas part them as spaces do, or stand within them."""
    if '"' in row:
        return [quoted or word for quoted, word in _WORD[commas].findall(row)]
    return row.replace(",", " ").split() if commas else row.split()


def words_in_pieces(row: str, *, commas: bool) -> Iterator[list[str]]:
    """The same of a line that may be as long as its file, some thousands at a time."""
    if len(row) <= _PIECE:
        yield words_of(row, commas=commas)
        return
    found = _WORD[commas].finditer(row)
    while words := [one[1] or one[2] or "" for one in islice(found, _AT_ONCE)]:
        yield words


class Filled(NamedTuple):
    """Numbers of a matrix that are not 0: their places, values, texts and lines."""

    places: Positions
    values: np.ndarray[tuple[int], np.dtype[np.float64]]
    texts: Cells
    lines: Positions


class Numbers:
    """The numbers of a matrix, one behind the other; of those that are 0 only the place counts.

    Attributes
    ----------
    count
        How many there are so far.
    broken
        The first word that is no number: its place, and what is to be told of it.
    """

    def __init__(self) -> None:
        self.count = 0
        self.broken: tuple[int, BrokenError] | None = None
        self._words: list[str] = []
        self._lines, self._sizes = list[int](), list[int]()
        self._found: list[tuple[Positions, Positions, Positions]] = []
        self._texts = GrowingCells()

    def take(self, words: Sequence[str], line: int) -> None:
        """Some more numbers, which stand on a line."""
        self._words += words
        self._lines.append(line)
        self._sizes.append(len(words))
        if len(self._words) > _AT_ONCE:
            self._put_away()

    def _put_away(self) -> None:
        words, self._words = self._words, []
        lines = np.repeat(np.array(self._lines, dtype=np.int64), self._sizes)
        self._lines, self._sizes = [], []
        begin, self.count = self.count, self.count + len(words)
        if self.broken is not None:
            return
        try:
            values = np.fromiter(map(float, words), dtype=float, count=len(words))
        except ValueError:
            at = next(at for at, word in enumerate(words) if not is_float(word))
            reason = f"'{words[at][:40]}' is not a number"
            self.broken = begin + at, BrokenError(reason, int(lines[at]))
            return
        places = np.flatnonzero(values)
        if len(places):
            self._texts.add([words[place] for place in places.tolist()])
            self._found.append((places + begin, values[places], lines[places]))

    def finish(self) -> Filled:
        """Those that are not 0."""
        self._put_away()
        nothing = np.zeros(0, dtype=np.int64)
        found = [(nothing, nothing.astype(float), nothing), *self._found]
        places, values, lines = (np.concatenate(one) for one in zip(*found, strict=True))
        return Filled(places, values, self._texts.finish(), lines)
