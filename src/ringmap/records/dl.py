"""Networks as UCINET's data language (DL) writes them.

Sources: Borgatti, Everett, Freeman, *UCINET 6 User's Guide* (2002), chapter on DL files; the
help of UCINET 6, "DL language", "Data > Export > DL" and "DL editor".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

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

_TOKEN = re.compile(r'"([^"\n]*)"|([^\s,]+)')
_SECTION = re.compile(
    r"(?<![^\s,])((?:row |col(?:umn)? |matrix |level )?labels?|data)\s*(embedded)?\s*:"
)
_EMBEDDED = re.compile(r"(row|col)?(?:umn)?\s*labels?\s*embedded")
_SETTING = re.compile(
    r"([a-z]+)\s*=\s*([^\s,]+)|(diagonal)\s+(absent|present)|\b(n[rcm]?)\s+([0-9]+)"
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
        network = _Dl(text).read()
    except BrokenError as error:
        whole.fail(f"not a DL file that can be read: {error}", error.hint, line=error.line)
        return [(whole, None)]
    for doubt, hint in network.doubts:
        whole.doubt(doubt, hint)
    return parts_of(network, whole)


class _Dl:
    """A DL file: settings, labels, then a matrix or lists of ties."""

    def __init__(self, text: str) -> None:
        lowered = text.lower()
        self._parts = self._cut(text, lowered)
        head = self._parts["head"][0]
        self._settings = {
            one[1] or one[3] or one[5]: one[2] or one[4] or one[6]
            for one in _SETTING.finditer(head.lower())
        }
        self._embedded = {
            name.split()[0] for name, (_, _, embedded) in self._parts.items() if embedded
        } | {match[1] or "label" for match in _EMBEDDED.finditer(head.lower())}
        self._network = Network()
        #: Parties of matrices, and the line on which each is named first.
        self._parties: dict[str, int] = {}

    def _cut(self, text: str, lowered: str) -> dict[str, tuple[str, int, bool]]:
        """The text of each section, the line it begins on, and whether labels are embedded."""
        found = list(_SECTION.finditer(lowered))
        ends = [*(one.start() for one in found), len(text)]
        parts = {"head": (text[: ends[0]], 1, False)}
        for match, end in zip(found, ends[1:], strict=True):
            name = re.sub(r"s$|umn", "", match[1]).replace("level", "matrix")
            line = text.count("\n", 0, match.end()) + 1
            if name in parts:
                raise BrokenError(f"a second section '{match[1]}:'", line)
            embedded = match[2] is not None
            body = text[match.end() : end]
            if body.strip().lower().startswith("embedded"):
                body, embedded = "", True
            parts[name] = (body, line, embedded)
        return parts

    def read(self) -> Network:
        """The network, or an error with its line."""
        if "data" not in self._parts:
            raise BrokenError("no section 'data:'", 1)
        form = self._settings.get("format", "fullmatrix")
        form = _SHORT.get(form, form)
        if form in ("fullmatrix", *_HALVES):
            body, first, _ = self._parts["data"]
            self._matrices(list(_words(body, first)), form)
        elif (read_line := self._reader_of_lines(form)) is not None:
            self._lists(form, read_line)
        else:
            raise _not_read(form)
        self._list_met()
        return self._network

    def _kinds(self) -> list[str]:
        """What the ties of each matrix are called; one matrix without a label says nothing."""
        count = self._count("nm") or 1
        labels = [one.text for one in _as_many(self._words("matrix label"), self._count("nm"))]
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
        body, first, _ = self._parts["data"]
        left, number, line = ([] if at_once else kinds[1:]), 0, first
        current = kinds if at_once else kinds[:1]
        for line, row in enumerate(body.split("\n"), start=first):
            found = list(_words(row, line))
            if [one.text for one in found] == [_NEXT_MATRIX]:
                self._end_matrix(form, ends, number, line)
                if not left:
                    raise BrokenError(f"'!' begins another matrix than nm={len(kinds)}", line)
                current, left, number = left[:1], left[1:], 0
            elif found:
                number += 1
                read_line(found, number, ends, current)
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

    def _edge(self, found: list[Token], _: int, ends: "_Ends", kinds: Sequence[str]) -> None:
        if len(found) not in (2, 3):
            line = found[0].line
            raise BrokenError(f"{len(found)} words where two ends and a strength belong", line)
        self._tie(found, ends, found[2].text if len(found) > 2 else "", kinds[0])

    def _edge_of_all(self, found: list[Token], _: int, ends: "_Ends", kinds: Sequence[str]) -> None:
        if len(found) != 2 + len(kinds):
            raise BrokenError(
                f"{len(found)} words where two ends and a value for each of "
                f"nm={len(kinds)} matrices belong", found[0].line,
            )  # fmt: skip
        self._meet(found[:2] if self._embedded else ())
        for value, kind in zip(found[2:], kinds, strict=True):
            if number_of(value):
                self._tie(found, ends, value.text, kind)

    def _nodes(self, found: list[Token], _: int, ends: "_Ends", kinds: Sequence[str]) -> None:
        self._meet(found[:1] if self._embedded else ())
        for other in found[1:]:
            self._tie((found[0], other), ends, "", kinds[0])

    def _counted_nodes(self, found: list[Token], number: int, ends: "_Ends",
                       kinds: Sequence[str]) -> None:  # fmt: skip
        count, *others = found
        if self._embedded:
            raise BrokenError("a list of the format 'nodelist1b' has numbers, not labels", 1)
        if count.text != str(len(others)):
            raise BrokenError(f"{len(others)} ties where {count.text[:40]} belong", count.line)
        for other in others:
            self._tie((Token(str(number), count.line, quoted=False), other), ends, "", kinds[0])

    def _ranked(self, found: list[Token], _: int, ends: "_Ends", kinds: Sequence[str]) -> None:
        self._meet(found[:1] if self._embedded else ())
        for rank, other in enumerate(found[1:], start=1):
            self._tie((found[0], other), ends, "", kinds[0], "directed", f"rank {rank}")

    def _tie(self, found: Sequence[Token], ends: "_Ends", weight: str, kind: str,
             direction: str = "", note: str = "") -> None:  # fmt: skip
        source, target = found[:2]
        self._meet((source, target) if self._embedded else ())
        self._network.add_tie(
            source.line, ends.rows.name(source), ends.columns.name(target), weight, direction,
            kind, note,
        )  # fmt: skip

    def _count(self, name: str) -> int | None:
        written = self._settings.get(name)
        if written is None:
            return None
        if not NUMBER.fullmatch(written) or not 0 < int(written) <= MOST:
            raise BrokenError(f"'{name}={written[:40]}' is no number from 1 to {MOST:,}", 1)
        return int(written)

    def _labels(self, section: str, count: int | None) -> list[Token]:
        return _each_once(_as_many(self._words(section), count))

    def _words(self, section: str) -> list[Token]:
        body, first, _ = self._parts.get(section, ("", 1, False))
        return list(_words(body, first))

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
        names = _Names([one.text for one in labels], bool(self._embedded), before, count)
        for token in labels:
            self._network.add_node(token.line, token.text, token.text)
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

    def _matrices(self, tokens: list[Token], form: str) -> None:
        count = self._count("n")
        rows = self._count("nr") or count
        columns = self._count("nc") or count
        labels = self._labels("label", count)
        if rows != columns and form in _HALVES:
            raise BrokenError(f"the format '{form}' has as many rows as columns", 1)
        row_labels = self._labels("row label", rows) or _as_many(labels, rows)
        column_labels = self._labels("col label", columns) or _as_many(labels, columns)
        self._meet((*row_labels, *column_labels))
        embedded = "label" in self._embedded or bool({"row", "col"} & self._embedded)
        at = 0
        for kind in self._kinds():
            if embedded:
                if columns is None or rows is None:
                    raise BrokenError("the head does not say how many parties there are", 1)
                column_labels = _each_once(tokens[at : at + columns])
                self._meet(column_labels)
                at += columns
            names = [one.text for one in row_labels]
            heads = [one.text for one in column_labels]
            at = self._matrix(tokens, at, (names, heads), (rows, columns), form, kind, embedded)
        if at != len(tokens):
            raise BrokenError(f"{len(tokens) - at} numbers too many", tokens[at].line)

    def _meet(self, labels: Iterable[Token]) -> None:
        for token in labels:
            self._parties.setdefault(token.text, token.line)

    def _matrix(self, tokens: Sequence[Token], at: int, labels: tuple[list[str], list[str]],
                size: tuple[int | None, int | None], form: str, kind: str, embedded: bool,
                ) -> int:  # fmt: skip
        """Read one matrix and give the place behind it."""
        rows, columns = size
        if rows is None or columns is None:
            raise BrokenError("the head does not say how many parties there are", 1)
        two_mode = rows != columns or labels[0] != labels[1]
        names = labels[0] or [f"{'r' if two_mode else ''}{n}" for n in range(1, rows + 1)]
        heads = labels[1] or [f"{'c' if two_mode else ''}{n}" for n in range(1, columns + 1)]
        absent = self._settings.get("diagonal", "present") in _ABSENT
        cells: dict[tuple[int, int], Token] = {}
        row_tokens: list[Token] = []
        for row in range(rows):
            if embedded:
                row_tokens.append(self._token(tokens, at))
                at += 1
            for column in self._span(row, columns, form):
                if absent and row == column:
                    continue
                cells[row, column] = self._token(tokens, at)
                at += 1
        if embedded:
            names = [one.text for one in _each_once(row_tokens)]
            two_mode = names != heads
        half = form in _HALVES
        same = not half and not two_mode and all(
            number_of(token) == number_of(cells[column, row])
            for (row, column), token in cells.items() if row < column
        )  # fmt: skip
        for (row, column), token in cells.items():
            weight = number_of(token)
            if weight and not (same and row > column):
                direction = "undirected" if half or same else "" if two_mode else "directed"
                self._network.add_tie(token.line, names[row], heads[column], token.text,
                                      direction, kind)  # fmt: skip
        line = tokens[0].line if tokens else self._parts["data"][1]
        for name in (*names, *heads):
            self._parties.setdefault(name, line)
        return at

    def _span(self, row: int, columns: int, form: str) -> range:
        if form == "upperhalf":
            return range(row, columns)
        return range(row + 1) if form == "lowerhalf" else range(columns)

    def _token(self, tokens: Sequence[Token], at: int) -> Token:
        if at >= len(tokens):
            last = tokens[-1].line if tokens else 1
            raise BrokenError("the numbers end too early", last)
        return tokens[at]


def _words(text: str, first: int) -> Iterator[Token]:
    return tokens_of(text, first, _TOKEN)


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


def _as_many(labels: list[Token], count: int | None) -> list[Token]:
    """The labels; if there are any, they are as many as the parties that they name."""
    if labels and count is not None and len(labels) != count:
        raise BrokenError(f"{len(labels)} labels for {count} parties", labels[-1].line)
    return labels


def _each_once(labels: list[Token]) -> list[Token]:
    """The labels, of which no two are the same: each stands for a party of its own."""
    met = set[str]()
    for one in labels:
        if one.text in met:
            raise BrokenError(f"the label '{one.text[:40]}' stands twice", one.line)
        met.add(one.text)
    return labels


@dataclass(slots=True)
class _Names:
    """Names of parties that ties call by number or, where labels are embedded, by name."""

    labels: list[str]
    embedded: bool
    before: str
    count: int | None

    @property
    def size(self) -> int | None:
        """How many parties there are, if that is said."""
        return len(self.labels) or self.count

    def name(self, token: Token) -> str:
        """The party that a word stands for."""
        text = token.text
        if self.embedded or not NUMBER.fullmatch(text):
            return text
        number, count = int(text), self.size
        if count is not None and not 1 <= number <= count:
            raise BrokenError(f"no party {number} among {count}", token.line)
        return self.labels[number - 1] if self.labels else f"{self.before}{number}"


@dataclass(frozen=True, slots=True)
class _Ends:
    """Whom the rows stand for, and whom the columns; the same names where they are one set."""

    rows: _Names
    columns: _Names


#: Takes the words of a line, its number in the matrix, the ends, and the kinds of its ties.
_ReadLine = Callable[[list[Token], int, _Ends, Sequence[str]], None]
