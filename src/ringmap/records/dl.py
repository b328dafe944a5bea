"""Networks as UCINET's data language (DL) writes them.

Sources: Borgatti, Everett, Freeman, *UCINET 6 User's Guide* (2002), chapter on DL files; the
help of UCINET 6, "DL language", "Data > Export > DL" and "DL editor".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ringmap.records.coded import Positions
from ringmap.records.json_tables import Parts
from ringmap.records.networks import (
    MOST,
    NUMBER,
    BrokenError,
    Filled,
    Network,
    Numbers,
    Stretch,
    words_in_pieces,
    words_of,
)
from ringmap.records.tabletext import RawTable, collecting_no_garbage

_SECTION = re.compile(
    r"(?<![^\s,])((?:row |col(?:umn)? |matrix |level )?labels?|data)\s*(?:(embedded)\s*)?:", re.I
)
_BEGINS_EMBEDDED = re.compile(r"\s*embedded", re.I)
_EMBEDDED = re.compile(r"(?:(row|col)(?:umn)?\s*)?labels?\s*embedded")
_SETTING = re.compile(
    r"(?<![a-z])([a-z]+)\s*=\s*([^\s,]+)|(diagonal)\s+(absent|present)|\b(n[rcm]?)\s+([0-9]+)"
)
#: Forms under the other names that they have.
_SHORT = {
    "fm": "fullmatrix", "uh": "upperhalf", "lh": "lowerhalf", "nl1": "nodelist1",
    "nl1b": "nodelist1b", "nl2": "nodelist2", "el1": "edgelist1", "el2": "edgelist2",
    "bm": "blockmatrix", "edgelist": "edgelist1", "nodelist": "nodelist1",
    "rankedlist": "rankedlist1", "edgearray": "edgearray1",
}  # fmt: skip
_HALVES = ("upperhalf", "lowerhalf")
#: Forms that hold no ties as somebody recorded them, and what each holds.
_NO_RECORDS = {
    "blockmatrix": "rules by which UCINET fills a matrix",
    "partition": "groups, and no ties",
}
#: Stands alone on the line between the lists of two matrices.
_NEXT_MATRIX = "!"
_ABSENT = ("absent", "no", "missing")


def read_dl(text: str, whole: RawTable) -> Parts:
    """Ties and parties of a UCINET DL file; a damaged one is a fatal problem of `whole`."""
    whole.format = "UCINET DL"
    try:
        with collecting_no_garbage():
            network = _Dl(text).read()
    except BrokenError as error:
        whole.fail(f"not a DL file that can be read: {error}", error.hint, line=error.line)
        return [(whole, None)]
    for doubt, hint in network.doubts:
        whole.doubt(doubt, hint)
    return network.parts(whole)


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands below a heading such as "data:"."""

    body: Stretch
    embedded: bool


class _Dl:
    """A DL file: settings, labels, then a matrix or lists of ties."""

    def __init__(self, text: str) -> None:
        self._sections, end = _cut(text)
        head = text[:end].lower()
        self._settings = {
            one[1] or one[3] or one[5]: one[2] or one[4] or one[6]
            for one in _SETTING.finditer(head)
        }
        self._embedded = {
            name.split()[0] for name, section in self._sections.items() if section.embedded
        } | {match[1] or "label" for match in _EMBEDDED.finditer(head)}
        self._network = Network()
        #: Parties of matrices, and the line on which each is named first.
        self._parties: dict[str, int] = {}

    def read(self) -> Network:
        """The network, or an error with its line."""
        if "data" not in self._sections:
            raise BrokenError("no section 'data:'", 1)
        form = self._settings.get("format", "fullmatrix")
        form = _SHORT.get(form, form)
        if form in ("fullmatrix", *_HALVES):
            self._matrices(_Words(self._sections["data"].body), form)
        elif (read_line := self._reader_of_lines(form)) is not None:
            self._lists(form, read_line)
        else:
            raise _not_read(form)
        self._list_met()
        return self._network

    def _kinds(self) -> list[str]:
        """What the ties of each matrix are called; one matrix without a label says nothing."""
        count = self._count("nm") or 1
        found = [*self._words("matrix label")]
        labels = [word for word, _ in found]
        if found:
            _hold_count(len(found), self._count("nm"), found[-1][1])
        unnamed = [""] if count == 1 else [f"matrix {number}" for number in range(1, count + 1)]
        return labels or unnamed

    def _reader_of_lines(self, form: str) -> "_ReadLine | None":
        """What reads one line of a list in this form; None if the form is no list."""
        return {
            "edgelist1": self._edge, "edgelist2": self._edge, "nodelist1": self._nodes,
            "nodelist2": self._nodes, "nodelist1b": self._counted_nodes,
            "rankedlist1": self._ranked, "rankedlist2": self._ranked,
            "edgearray1": self._edge_of_all, "edgearray2": self._edge_of_all,
        }.get(form)  # fmt: skip

    def _lists(self, form: str, read_line: "_ReadLine") -> None:
        """Lists of ties; where there are several matrices, one below the other."""
        ends, kinds = self._ends(form), self._kinds()
        at_once = form.startswith("edgearray")
        left, number, line = ([] if at_once else kinds[1:]), 0, 1
        current = kinds if at_once else kinds[:1]
        for line, row in self._sections["data"].body.lines():
            words = _words(row)
            if words == [_NEXT_MATRIX]:
                self._end_matrix(form, ends, number, line)
                if not left:
                    raise BrokenError(f"'!' begins another matrix than nm={len(kinds)}", line)
                current, left, number = left[:1], left[1:], 0
            elif words:
                number += 1
                read_line(_Row(words, line, number), ends, current)
        self._end_matrix(form, ends, number, line)
        if left:
            raise BrokenError(f"{len(kinds) - len(left)} matrices where nm={len(kinds)}", line)
        if form.startswith("rankedlist"):
            self._network.doubts.append((
                "the order in which a party names others is kept as a note (rank 1, rank 2 …), "
                "not as strength: it tells who comes first, and not by how much",
                "give the strengths in an edge list, if they were recorded",
            ))  # fmt: skip

    def _end_matrix(self, form: str, ends: "_Ends", number: int, line: int) -> None:
        if form == "nodelist1b" and ends.rows.size is not None and number != ends.rows.size:
            raise BrokenError(f"{number} rows for {ends.rows.size} parties", line)

    def _edge(self, row: "_Row", ends: "_Ends", kinds: Sequence[str]) -> None:
        words = row.words
        if len(words) not in (2, 3):
            raise BrokenError(
                f"{len(words)} words where two ends and a strength belong", row.line
            )  # fmt: skip
        weight = words[2] if len(words) > 2 else ""
        self._tie(words[0], words[1], row.line, ends, weight, kinds[0])

    def _edge_of_all(self, row: "_Row", ends: "_Ends", kinds: Sequence[str]) -> None:
        words, line = row.words, row.line
        if len(words) != 2 + len(kinds):
            raise BrokenError(
                f"{len(words)} words where two ends and a value for each of "
                f"nm={len(kinds)} matrices belong", line,
            )  # fmt: skip
        self._meet(words[:2] if self._embedded else (), line)
        for value, kind in zip(words[2:], kinds, strict=True):
            if _number_of(value, line):
                self._tie(words[0], words[1], line, ends, value, kind)

    def _nodes(self, row: "_Row", ends: "_Ends", kinds: Sequence[str]) -> None:
        first, *others = row.words
        self._meet((first,) if self._embedded else (), row.line)
        for other in others:
            self._tie(first, other, row.line, ends, "", kinds[0])

    def _counted_nodes(self, row: "_Row", ends: "_Ends", kinds: Sequence[str]) -> None:
        count, *others = row.words
        if self._embedded:
            raise BrokenError("a list of the format 'nodelist1b' has numbers, not labels", 1)
        if count != str(len(others)):
            raise BrokenError(f"{len(others)} ties where {count[:40]} belong", row.line)
        for other in others:
            self._tie(str(row.number), other, row.line, ends, "", kinds[0])

    def _ranked(self, row: "_Row", ends: "_Ends", kinds: Sequence[str]) -> None:
        first, *others = row.words
        self._meet((first,) if self._embedded else (), row.line)
        for rank, other in enumerate(others, start=1):
            self._tie(first, other, row.line, ends, "", kinds[0], "directed", f"rank {rank}")

    def _tie(self, source: str, target: str, line: int, ends: "_Ends", weight: str, kind: str,
             direction: str = "", note: str = "") -> None:  # fmt: skip
        if self._embedded:
            self._meet((source, target), line)
        self._network.add_tie(
            line, ends.rows.name(source, line), ends.columns.name(target, line), weight, direction,
            kind, note,
        )  # fmt: skip

    def _count(self, name: str) -> int | None:
        written = self._settings.get(name)
        if written is None:
            return None
        if not NUMBER.fullmatch(written) or not 0 < int(written) <= MOST:
            raise BrokenError(f"'{name}={written[:40]}' is no number from 1 to {MOST:,}", 1)
        return int(written)

    def _labels(self, section: str, count: int | None) -> dict[str, int]:
        """Labels and the line of each, no two the same: each stands for a party of its own.

        If there are any, they are as many as the parties that they name.
        """
        met, found, line, twice = dict[str, int](), 0, 1, None
        for found, (word, line) in enumerate(self._words(section), start=1):
            if twice is None and word in met:
                twice = BrokenError(f"the label '{word[:40]}' stands twice", line)
            if twice is not None and count is None:
                break
            if count is None or found <= count:
                met.setdefault(word, line)
        if found:
            _hold_count(found, count, line)
        if twice is not None:
            raise twice
        return met

    def _words(self, section: str) -> Iterator[tuple[str, int]]:
        """Each word of a section, and its line."""
        if section in self._sections:
            for line, row in self._sections[section].body.lines():
                for words in words_in_pieces(row, commas=True):
                    for word in words:
                        yield word, line

    def _ends(self, form: str) -> "_Ends":
        if form.endswith("2"):
            rows = self._names("row label", self._count("nr"), "r")
            return _Ends(rows, self._names("col label", self._count("nc"), "c"))
        rows_and_columns = self._count("nr"), self._count("nc")
        if rows_and_columns[0] != rows_and_columns[1]:
            raise BrokenError(
                f"the format '{form}' has the same parties in rows and columns, "
                "and the head gives nr and nc", 1,
                f"write n=… for one set of parties, or format={form.rstrip('1b')}2 for two",
            )  # fmt: skip
        names = self._names("label", self._count("n") or rows_and_columns[0])
        return _Ends(names, names)

    def _names(self, section: str, count: int | None, before: str = "") -> "_Names":
        labels = self._labels(section, None if self._embedded else count)
        names = _Names([*labels], bool(self._embedded), before, count)
        for label, line in labels.items():
            self._network.add_node(line, label, label)
        for number in range(1, (count or 0) + 1) if not labels and not self._embedded else ():
            self._network.add_node(1, f"{before}{number}", f"{before}{number}")
        return names

    def _list_met(self) -> None:
        """Enter the parties that ties or the lines of a matrix name."""
        for name, line in self._parties.items():
            self._network.add_node(line, name, name)
        count = self._count("n")
        if self._parties and count is not None and count != len(self._parties):
            self._network.doubts.append((
                f"n={count} in the head, and {len(self._parties)} parties",
                "see whether any is missing, or written in two ways",
            ))  # fmt: skip

    def _matrices(self, words: "_Words", form: str) -> None:
        count = self._count("n")
        rows = self._count("nr") or count
        columns = self._count("nc") or count
        labels = self._labels("label", count)
        if rows != columns and form in _HALVES:
            raise BrokenError(f"the format '{form}' has as many rows as columns", 1)
        row_labels = self._labels("row label", rows) or _fitting(labels, rows)
        column_labels = self._labels("col label", columns) or _fitting(labels, columns)
        for label, line in (*row_labels.items(), *column_labels.items()):
            self._parties.setdefault(label, line)
        embedded = "label" in self._embedded or bool({"row", "col"} & self._embedded)
        names, heads = [*row_labels], [*column_labels]
        for kind in self._kinds():
            if columns is None or rows is None:
                raise BrokenError("the head does not say how many parties there are", 1)
            if embedded:
                heads = self._heads(words, columns)
            shape = _Shape(rows, columns, form, self._settings.get("diagonal") in _ABSENT)
            self._matrix(words, (names, heads), shape, kind, embedded=embedded)
        if words.left:
            line = words.line
            raise BrokenError(f"{words.count_left()} numbers too many", line)

    def _heads(self, words: "_Words", count: int) -> list[str]:
        """The labels above a matrix."""
        met: dict[str, int] = {}
        for some, line in words.take(count):
            _add_labels(met, some, line)
            self._meet(some, line)
        return [*met]

    def _meet(self, labels: Iterable[str], line: int) -> None:
        for label in labels:
            self._parties.setdefault(label, line)

    def _matrix(self, words: "_Words", labels: tuple[list[str], list[str]], shape: "_Shape",
                kind: str, *, embedded: bool) -> None:  # fmt: skip
        """Read one matrix."""
        two_mode = shape.rows != shape.columns or labels[0] != labels[1]
        names = labels[0] or [f"{'r' if two_mode else ''}{n}" for n in range(1, shape.rows + 1)]
        heads = labels[1] or [f"{'c' if two_mode else ''}{n}" for n in range(1, shape.columns + 1)]
        numbers = Numbers()
        row_labels: dict[str, int] = {}
        twice: BrokenError | None = None
        for width in shape.widths.tolist():
            for some, line in words.take(1) if embedded else ():
                try:
                    _add_labels(row_labels, some, line)
                except BrokenError as error:
                    twice = twice or error
            for some, line in words.take(width):
                numbers.take(some, line)
        found = numbers.finish()
        if embedded:
            names = [*row_labels]
            two_mode = names != heads
        broken = numbers.broken
        wrong = words.ended or twice or (None if broken is None else broken[1])
        if wrong is not None:
            raise wrong
        self._add_ties(found, shape, (names, heads), kind, two_mode=two_mode)
        self._meet((*names, *heads), words.first_line)

    def _add_ties(self, found: Filled, shape: "_Shape", labels: tuple[list[str], list[str]],
                  kind: str, *, two_mode: bool) -> None:  # fmt: skip
        """Enter the ties of a matrix; one that is the same on both sides has no direction."""
        (names, heads), (rows, columns) = labels, shape.cells(found.places)
        half = shape.form in _HALVES
        same = not half and not two_mode and _are_same(rows, columns, found.values)
        direction = "undirected" if half or same else "" if two_mode else "directed"
        kept = (rows <= columns) | (not same)
        for row, column, text, line in zip(
            rows[kept].tolist(), columns[kept].tolist(), found.texts[kept],
            found.lines[kept].tolist(), strict=True,
        ):  # fmt: skip
            self._network.add_tie(line, names[row], heads[column], text or "", direction, kind)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which numbers of a matrix are written down; its diagonal may be absent."""

    rows: int
    columns: int
    form: str
    hollow: bool

    @property
    def widths(self) -> Positions:
        """How many numbers each row has."""
        rows = np.arange(self.rows)
        if self.form == "upperhalf":
            return self.columns - rows - self.hollow
        if self.form == "lowerhalf":
            return rows + 1 - self.hollow
        return self.columns - (self.hollow & (rows < self.columns)).astype(np.int64)

    def cells(self, places: Positions) -> tuple[Positions, Positions]:
        """Row and column of numbers, from 0, by their place among all that are written."""
        ends = np.cumsum(self.widths)
        rows = np.searchsorted(ends, places, side="right")
        columns = places - (ends - self.widths)[rows]
        columns += rows if self.form == "upperhalf" else 0
        columns += self.hollow & (columns >= rows)
        return rows, columns


def _are_same(rows: Positions, columns: Positions, values: npt.NDArray[np.float64]) -> bool:
    """True for a matrix that has the same numbers on both sides of its diagonal."""
    upper, lower = rows < columns, rows > columns
    turned = np.lexsort((rows[lower], columns[lower]))
    return (
        np.array_equal(rows[upper], columns[lower][turned])
        and np.array_equal(columns[upper], rows[lower][turned])
        and np.array_equal(values[upper], values[lower][turned])
    )


class _Words:
    """The words of a section one behind the other, whatever lines they stand on.

    Attributes
    ----------
    line
        That of the words read last.
    first_line
        That of the first word, or where the section begins if there is none.
    ended
        What is to be told where words were wanted behind the last.
    """

    def __init__(self, body: Stretch) -> None:
        self._pieces = (
            (words, line)
            for line, row in body.lines()
            for words in words_in_pieces(row, commas=True)
            if words
        )
        self._words, self._at = list[str](), 0
        self.line = 1
        self.ended: BrokenError | None = None
        self.first_line = self.line if self.left else body.line

    @property
    def left(self) -> bool:
        """True where a word is left."""
        if self._at == len(self._words):
            self._words, self.line = next(self._pieces, ([], self.line))
            self._at = 0
        return bool(self._words)

    def take(self, count: int) -> Iterator[tuple[list[str], int]]:
        """So many words, those of one line together with its number, or fewer at the end."""
        while count:
            if not self.left:
                self.ended = BrokenError("the numbers end too early", self.line)
                return
            some = self._words[self._at : self._at + count]
            self._at += len(some)
            count -= len(some)
            yield some, self.line

    def count_left(self) -> int:
        """How many words are left; none is behind it."""
        count = len(self._words) - self._at + sum(len(words) for words, _ in self._pieces)
        self._words, self._at = [], 0
        return count


def _add_labels(met: dict[str, int], labels: Sequence[str], line: int) -> None:
    """Enter labels with their line, of which no two are the same."""
    for label in labels:
        if label in met:
            raise BrokenError(f"the label '{label[:40]}' stands twice", line)
        met[label] = line


def _cut(text: str) -> tuple[dict[str, _Section], int]:
    """The sections of a text, and where the first begins."""
    # Nothing behind the last colon is a heading: a matrix need not be looked through.
    found = _SECTION.finditer(text, 0, text.rfind(":") + 1)
    sections: dict[str, _Section] = {}
    begins = len(text)
    above: tuple[str, re.Match[str], int] | None = None
    line, counted = 1, 0
    for match in found:
        name = re.sub(r"s$|umn", "", match[1].lower()).replace("level", "matrix")
        line += text.count("\n", counted, match.end())
        counted = match.end()
        if name in sections or (above is not None and above[0] == name):
            raise BrokenError(f"a second section '{match[1].lower()}:'", line)
        if above is None:
            begins = match.start()
        else:
            sections[above[0]] = _section(text, above, match.start())
        above = name, match, line
    if above is not None:
        sections[above[0]] = _section(text, above, len(text))
    return sections, begins


def _section(text: str, heading: tuple[str, re.Match[str], int], end: int) -> _Section:
    _, match, line = heading
    begin = match.end()
    if _BEGINS_EMBEDDED.match(text, begin, end):
        return _Section(Stretch(text, end, end, line), embedded=True)
    return _Section(Stretch(text, begin, end, line), embedded=match[2] is not None)


def _words(row: str) -> list[str]:
    return words_of(row, commas=True)


def _number_of(word: str, line: int) -> float:
    try:
        return float(word)
    except ValueError:
        raise BrokenError(f"'{word[:40]}' is not a number", line) from None


def _not_read(form: str) -> BrokenError:
    if form in _NO_RECORDS:
        return BrokenError(
            f"the format '{form}' holds {_NO_RECORDS[form]}", 1,
            "open it in UCINET and export it as fullmatrix (Data > Export > DL), "
            "if somebody recorded the ties that it makes",
        )  # fmt: skip
    return BrokenError(
        f"the format '{form[:40]}' is not known",
        1,
        "open it in UCINET and export it as fullmatrix or edgelist1 (Data > Export > DL)",
    )


def _hold_count(labels: int, count: int | None, line: int) -> None:
    """Labels are as many as the parties that they name, if it is said how many there are."""
    if count is not None and labels != count:
        raise BrokenError(f"{labels} labels for {count} parties", line)


def _fitting(labels: dict[str, int], count: int | None) -> dict[str, int]:
    """The labels, which are as many as rows or columns, if there are any."""
    if labels:
        _hold_count(len(labels), count, next(reversed(labels.values())))
    return labels


@dataclass(slots=True)
class _Names:
    """Names of parties that ties call by number or, where labels are embedded, by name."""

    labels: list[str]
    embedded: bool
    before: str
    count: int | None
    #: Names by number, as it is usually written.
    _known: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        named = self.labels or [f"{self.before}{n}" for n in range(1, (self.count or 0) + 1)]
        self._known = {} if self.embedded else {str(n): one for n, one in enumerate(named, start=1)}

    @property
    def size(self) -> int | None:
        """How many parties there are, if that is said."""
        return len(self.labels) or self.count

    def name(self, word: str, line: int) -> str:
        """The party that a word stands for."""
        if self.embedded or (known := self._known.get(word)) is None:
            return self._rare(word, line)
        return known

    def _rare(self, word: str, line: int) -> str:
        if self.embedded or not NUMBER.fullmatch(word):
            return word
        number, count = int(word), self.size
        if count is None:
            return f"{self.before}{number}"
        if not 1 <= number <= count:
            raise BrokenError(f"no party {number} among {count}", line)
        return self._known[str(number)]


@dataclass(frozen=True, slots=True)
class _Ends:
    """Whom the rows stand for, and whom the columns; the same names where they are one set."""

    rows: _Names
    columns: _Names


class _Row(NamedTuple):
    """The words of a line, and which line of its matrix it is."""

    words: list[str]
    line: int
    number: int


#: Takes a line, the ends, and the kinds of its ties.
_ReadLine = Callable[[_Row, _Ends, Sequence[str]], None]
