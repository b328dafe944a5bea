"""Networks as programs for network analysis write them: UCINET DL and Pajek.

Sources: Borgatti, Everett, Freeman, *UCINET 6 User's Guide* (2002), chapter on DL files;
Mrvar and Batagelj, *Pajek Reference Manual* (2023), "Input files".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ringmap.records.json_tables import Parts
from ringmap.records.tabletext import RawTable, fill_table

_TOKEN = re.compile(r'"([^"\n]*)"|([^\s,]+)')
#: In Pajek commas stand within intervals of time, and part nothing.
_WORD = re.compile(r'"([^"\n]*)"|(\S+)')
#: The number of a vertex and the beginning of its label.
_LABEL = re.compile(r'\s*(\S+)\s+(")')
#: Words of which those with quotation marks have one at each end.
_PAIRED = re.compile(r'(?:(?:"[^"]*"|[^\s"]+)(?:\s+|\Z))*')
_CLOSING = re.compile(r'(?<!\\)"(?=\s|\Z)')
_MOST_MARKS = 50
_SECTION = re.compile(
    r"(?<![^\s,])((?:row |col(?:umn)? |matrix |level )?labels?|data)\s*(embedded)?\s*:"
)
_EMBEDDED = re.compile(r"(row|col)?(?:umn)?\s*labels?\s*embedded")
_SETTING = re.compile(r"([a-z]+)\s*=\s*([^\s,]+)|(diagonal)\s+(absent|present)")
_HALVES = ("upperhalf", "lowerhalf")
_ABSENT = ("absent", "no", "missing")
#: More parties than this in a matrix are a mistake in the file: each has a line of its own.
_MOST = 20_000
#: A number of a party; Python's own `isdigit` takes signs that are none, such as ².
_NUMBER = re.compile(r"[0-9]{1,18}")


class _BrokenError(Exception):
    """The file is not what it says; on a line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(slots=True)
class _Network:
    """What was read: parties with their further columns, and ties."""

    nodes: list[list[str]] = field(default_factory=list)
    node_lines: list[int] = field(default_factory=list)
    ties: list[list[str]] = field(default_factory=list)
    tie_lines: list[int] = field(default_factory=list)
    node_headings: tuple[str, ...] = ("id", "name")
    doubt: str = ""

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
class _Token:
    text: str
    line: int
    quoted: bool


def read_dl(text: str, whole: RawTable) -> Parts:
    """Ties and parties of a UCINET DL file; a damaged one is a fatal problem of `whole`."""
    whole.format = "UCINET DL"
    try:
        network = _Dl(text).read()
    except _BrokenError as error:
        whole.fail(f"not a DL file that can be read: {error}",
                   "save it again, or export an edge list", line=error.line)  # fmt: skip
        return [(whole, None)]
    if network.doubt:
        whole.doubt(network.doubt, "see whether any is missing, or written in two ways")
    return _parts(network, whole)


def read_pajek(text: str, whole: RawTable) -> Parts:
    """Ties and parties of a Pajek network; a damaged one is a fatal problem of `whole`."""
    whole.format = "Pajek"
    try:
        return _parts(_Pajek(text).read(), whole)
    except _BrokenError as error:
        whole.fail(f"not a Pajek network that can be read: {error}",
                   "save it again, or export an edge list", line=error.line)  # fmt: skip
        return [(whole, None)]


def _parts(network: _Network, whole: RawTable) -> Parts:
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


def _tokens(text: str, first: int, pattern: re.Pattern[str] = _TOKEN) -> Iterator[_Token]:
    for line, row in enumerate(text.split("\n"), start=first):
        for match in pattern.finditer(row):
            quoted = match[1] is not None
            yield _Token(match[1] if quoted else match[2], line, quoted)


def _with_whole_label(row: str, line: int) -> list[_Token] | None:
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
            number = _Token(begun[1], line, quoted=False)
            return [number, _Token(label, line, quoted=True), *_tokens(behind, line, _WORD)]
    return None


class _Dl:
    """A DL file: settings, labels, then a matrix or lists of ties."""

    def __init__(self, text: str) -> None:
        lowered = text.lower()
        self._parts = self._cut(text, lowered)
        head = self._parts["head"][0]
        self._settings = {
            one[1] or one[3]: one[2] or one[4] for one in _SETTING.finditer(head.lower())
        }
        self._embedded = {
            name.split()[0] for name, (_, _, embedded) in self._parts.items() if embedded
        } | {match[1] or "label" for match in _EMBEDDED.finditer(head.lower())}
        self._network = _Network()
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
                raise _BrokenError(f"a second section '{match[1]}:'", line)
            embedded = match[2] is not None
            body = text[match.end() : end]
            if body.strip().lower().startswith("embedded"):
                body, embedded = "", True
            parts[name] = (body, line, embedded)
        return parts

    def read(self) -> _Network:
        """The network, or an error with its line."""
        if "data" not in self._parts:
            raise _BrokenError("no section 'data:'", 1)
        form = self._settings.get("format", "fullmatrix").strip()
        body, first, _ = self._parts["data"]
        tokens = list(_tokens(body, first))
        if form in ("edgelist1", "edgelist2"):
            self._edge_list(tokens, two_mode=form == "edgelist2")
        elif form in ("nodelist1", "nodelist2"):
            self._node_list(body, first, two_mode=form == "nodelist2")
        elif form in ("fullmatrix", "fm", *_HALVES):
            self._matrices(tokens, form)
        else:
            raise _BrokenError(f"the format '{form[:40]}' is not known", 1)
        self._list_met()
        return self._network

    def _count(self, name: str) -> int | None:
        written = self._settings.get(name)
        if written is None:
            return None
        if not _NUMBER.fullmatch(written) or not 0 < int(written) <= _MOST:
            raise _BrokenError(f"'{name}={written[:40]}' is no number from 1 to {_MOST:,}", 1)
        return int(written)

    def _labels(self, section: str, count: int | None) -> list[_Token]:
        return _each_once(_as_many(self._words(section), count))

    def _words(self, section: str) -> list[_Token]:
        body, first, _ = self._parts.get(section, ("", 1, False))
        return list(_tokens(body, first))

    def _edge_list(self, tokens: Sequence[_Token], *, two_mode: bool) -> None:
        rows, columns = self._ends(two_mode)
        by_line: dict[int, list[_Token]] = {}
        for token in tokens:
            by_line.setdefault(token.line, []).append(token)
        for line, found in by_line.items():
            if len(found) not in (2, 3):
                raise _BrokenError(f"{len(found)} words where two ends and a strength belong", line)
            self._meet(found[:2] if self._embedded else ())
            source, target = rows.name(found[0]), columns.name(found[1])
            weight = found[2].text if len(found) > 2 else ""
            self._network.add_tie(line, source, target, weight, "")

    def _node_list(self, body: str, first: int, *, two_mode: bool) -> None:
        rows, columns = self._ends(two_mode)
        for line, row in enumerate(body.split("\n"), start=first):
            found = list(_tokens(row, line))
            self._meet(found if self._embedded else ())
            for other in found[1:]:
                self._network.add_tie(line, rows.name(found[0]), columns.name(other), "", "")

    def _ends(self, two_mode: bool) -> tuple["_Names", "_Names"]:
        if not two_mode:
            names = self._names("label", self._count("n"))
            return names, names
        return (
            self._names("row label", self._count("nr"), "r"),
            self._names("col label", self._count("nc"), "c"),
        )

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
            self._network.doubt = f"n={count} in the head, and {len(self._parties)} parties"

    def _matrices(self, tokens: list[_Token], form: str) -> None:
        count = self._count("n")
        rows = self._count("nr") or count
        columns = self._count("nc") or count
        labels = self._labels("label", count)
        if rows != columns and form in _HALVES:
            raise _BrokenError(f"the format '{form}' has as many rows as columns", 1)
        row_labels = self._labels("row label", rows) or _as_many(labels, rows)
        column_labels = self._labels("col label", columns) or _as_many(labels, columns)
        self._meet((*row_labels, *column_labels))
        embedded = "label" in self._embedded or bool({"row", "col"} & self._embedded)
        kinds = [one.text for one in _as_many(self._words("matrix label"), self._count("nm"))]
        at = 0
        for number in range(self._count("nm") or 1):
            kind = kinds[number] if kinds else ""
            if embedded:
                if columns is None or rows is None:
                    raise _BrokenError("the head does not say how many parties there are", 1)
                column_labels = _each_once(tokens[at : at + columns])
                self._meet(column_labels)
                at += columns
            names = [one.text for one in row_labels]
            heads = [one.text for one in column_labels]
            at = self._matrix(tokens, at, (names, heads), (rows, columns), form, kind, embedded)
        if at != len(tokens):
            raise _BrokenError(f"{len(tokens) - at} numbers too many", tokens[at].line)

    def _meet(self, labels: Iterable[_Token]) -> None:
        for token in labels:
            self._parties.setdefault(token.text, token.line)

    def _matrix(self, tokens: Sequence[_Token], at: int, labels: tuple[list[str], list[str]],
                size: tuple[int | None, int | None], form: str, kind: str, embedded: bool,
                ) -> int:  # fmt: skip
        """Read one matrix and give the place behind it."""
        rows, columns = size
        if rows is None or columns is None:
            raise _BrokenError("the head does not say how many parties there are", 1)
        two_mode = rows != columns or labels[0] != labels[1]
        names = labels[0] or [f"{'r' if two_mode else ''}{n}" for n in range(1, rows + 1)]
        heads = labels[1] or [f"{'c' if two_mode else ''}{n}" for n in range(1, columns + 1)]
        absent = self._settings.get("diagonal", "present") in _ABSENT
        cells: dict[tuple[int, int], _Token] = {}
        row_tokens: list[_Token] = []
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
            _number(token) == _number(cells[column, row])
            for (row, column), token in cells.items() if row < column
        )  # fmt: skip
        for (row, column), token in cells.items():
            weight = _number(token)
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

    def _token(self, tokens: Sequence[_Token], at: int) -> _Token:
        if at >= len(tokens):
            last = tokens[-1].line if tokens else 1
            raise _BrokenError("the numbers end too early", last)
        return tokens[at]


def _as_many(labels: list[_Token], count: int | None) -> list[_Token]:
    """The labels; if there are any, they are as many as the parties that they name."""
    if labels and count is not None and len(labels) != count:
        raise _BrokenError(f"{len(labels)} labels for {count} parties", labels[-1].line)
    return labels


def _each_once(labels: list[_Token]) -> list[_Token]:
    """The labels, of which no two are the same: each stands for a party of its own."""
    met = set[str]()
    for one in labels:
        if one.text in met:
            raise _BrokenError(f"the label '{one.text[:40]}' stands twice", one.line)
        met.add(one.text)
    return labels


def _number(token: _Token) -> float:
    try:
        return float(token.text)
    except ValueError:
        raise _BrokenError(f"'{token.text[:40]}' is not a number", token.line) from None


@dataclass(slots=True)
class _Names:
    """Names of parties that ties call by number or, where labels are embedded, by name."""

    labels: list[str]
    embedded: bool
    before: str
    count: int | None

    def name(self, token: _Token) -> str:
        """The party that a word stands for."""
        text = token.text
        if self.embedded or not _NUMBER.fullmatch(text):
            return text
        number, count = int(text), len(self.labels) or self.count
        if count is not None and not 1 <= number <= count:
            raise _BrokenError(f"no party {number} among {count}", token.line)
        return self.labels[number - 1] if self.labels else f"{self.before}{number}"


class _Pajek:
    """A Pajek network: vertices, then arcs, edges, lists of them, or a matrix."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._network = _Network(node_headings=("id", "name", "further"))
        self._names: dict[str, str] = {}
        self._relations: dict[str, str] = {}
        self._count = 0
        self._first_mode = 0

    def read(self) -> _Network:
        """The network, or an error with its line."""
        section, kind, matrix = "", "", list[list[_Token]]()
        for line, row in enumerate(self._lines, start=1):
            if not row.strip() or row.lstrip().startswith("%"):
                continue
            if row.lstrip().startswith("*"):
                section, kind = self._begin(row.strip(), line)
                continue
            tokens = list(_tokens(row, line, _WORD))
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
                raise _BrokenError("a line that belongs to no section", line)
        self._matrix(matrix)
        unlisted = self._count - len(self._names)
        if unlisted > max(_MOST, len(self._lines)):
            raise _BrokenError(f"{unlisted:,} of {self._count:,} vertices have no line", 1)
        for number in range(1, self._count + 1):
            if str(number) not in self._names:
                self._network.add_node(1, str(number), str(number), "")
        return self._network

    def _begin(self, row: str, line: int) -> tuple[str, str]:
        words = [one.text for one in _tokens(row, line, _WORD)]
        section = words[0].lstrip("*").lower()
        if section == "vertices":
            if len(words) < 2 or not _NUMBER.fullmatch(words[1]) or int(words[1]) > 10**7:
                raise _BrokenError("'*Vertices' without a number of vertices", line)
            if self._count:
                raise _BrokenError("a second network in one file", line)
            self._count = int(words[1])
            self._first_mode = 0
            if len(words) > 2 and _NUMBER.fullmatch(words[2]):
                self._first_mode = int(words[2])
        elif section not in ("network", "arcs", "edges", "arcslist", "edgeslist", "matrix"):
            raise _BrokenError(f"the section '*{section[:40]}' is not known", line)
        relation = words[-1] if len(words) > 1 and section not in ("vertices", "network") else ""
        return section, relation

    def _vertex(self, tokens: Sequence[_Token], line: int) -> None:
        number = self._number(tokens[0])
        if number in self._names:
            raise _BrokenError(f"vertex {number} stands twice", line)
        label = tokens[1].text if len(tokens) > 1 else number
        self._names[number] = label
        self._network.add_node(line, number, label, " ".join(one.text for one in tokens[2:]))

    def _tie(self, tokens: Sequence[_Token], line: int, section: str, kind: str) -> None:
        relation = ""
        if tokens[0].text.endswith(":") and len(tokens) > 2:
            relation, tokens = tokens[0].text.rstrip(":"), tokens[1:]
        if len(tokens) < 2:
            raise _BrokenError("a tie with one end", line)
        source, target = (self._number(end) for end in tokens[:2])
        weight = tokens[2].text if len(tokens) > 2 else ""
        note = " ".join([relation, *(one.text for one in tokens[3:])]).strip()
        direction = "directed" if section == "arcs" else "undirected"
        self._network.add_tie(line, source, target, weight, direction, kind.lstrip(":"), note)

    def _number(self, token: _Token) -> str:
        """The number of a vertex, always written the same."""
        if not _NUMBER.fullmatch(token.text) or not 1 <= int(token.text) <= self._count:
            raise _BrokenError(f"no vertex '{token.text[:40]}' among {self._count}", token.line)
        return str(int(token.text))

    def _matrix(self, rows: Sequence[Sequence[_Token]]) -> None:
        if not rows:
            return
        first = self._first_mode
        for number, row in enumerate(rows, start=1):
            width = self._count - first
            if len(row) != width:
                raise _BrokenError(f"{len(row)} numbers where {width} belong", row[0].line)
            for column, token in enumerate(row, start=1 + first):
                if _number(token):
                    direction = "undirected" if first else "directed"
                    self._network.add_tie(token.line, str(number), str(column), token.text,
                                          direction)  # fmt: skip
        if len(rows) != (first or self._count):
            raise _BrokenError(f"{len(rows)} rows where {first or self._count} belong",
                               rows[-1][0].line)  # fmt: skip
