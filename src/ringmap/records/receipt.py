"""What became of every row: the import receipt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Severity = Literal["refused", "warning", "fatal"]
Numbers = npt.NDArray[np.int64]

#: So many identical problems are told one by one; more are told once, with a count.
FOLDED_ABOVE = 20
#: A problem that stands beside more different values is told once: nobody reads a list as long.
MOST_VALUES = 50_000
#: What such a problem says of them.
VALUES_LEFT_OUT = f"; more than {MOST_VALUES:,} different values: see the rows"
#: A longer value is cut in a receipt: it is there to find the cell, not to repeat it.
LONGEST_VALUE = 80
_NO_ROWS: Numbers = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a row (or, when fatal, with a file), and what to do about it.

    `row` counts data rows from 1 and `line` counts lines of the file from 1; both are None
    where a file as a whole is meant. `count` rows have the same problem; when they are more
    than one, `row` and `line` are those of the first and `rows` names all.
    """

    severity: Severity
    row: int | None
    line: int | None
    column: str | None
    value: str | None
    reason: str
    hint: str
    count: int = 1
    rows: str = ""

    def as_dict(self) -> dict[str, object]:
        """The problem as the receipt's JSON has it."""
        told = {name: getattr(self, name) for name in _KEYS}
        return told | {"count": self.count, "rows": self.rows} if self.count > 1 else told


_KEYS = ("severity", "row", "line", "column", "value", "reason", "hint")


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """A problem as it is found: the same one in any number of rows.

    `rows` and `lines` run parallel and rise; both are empty where a file as a whole is meant,
    which then may have a `line`. `in_part` is True where something of the rows is refused and
    the rest of them used.
    """

    severity: Severity
    column: str | None
    value: str | None
    reason: str
    hint: str
    rows: Numbers = field(default_factory=lambda: _NO_ROWS)
    lines: Numbers = field(default_factory=lambda: _NO_ROWS)
    line: int | None = None
    in_part: bool = False

    @property
    def key(self) -> tuple[str | None, ...]:
        """What two identical problems have in common."""
        return self.severity, self.column, self.value, self.reason, self.hint

    def told(self) -> Iterator[Problem]:
        """One problem for each row; one with a count where there are many."""
        what = (self.column, self.value, self.reason, self.hint)
        if not len(self.rows):
            yield Problem(self.severity, None, self.line, *what)
        elif len(self.rows) > FOLDED_ABOVE:
            first, line = int(self.rows[0]), int(self.lines[0])
            count = len(self.rows)
            yield Problem(self.severity, first, line, *what, count, spans(self.rows))
        else:
            for row, line in zip(self.rows.tolist(), self.lines.tolist(), strict=True):
                yield Problem(self.severity, row, line, *what)


def shorten(value: str) -> str:
    """A value as a receipt shows it."""
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"


def spans(rows: Numbers) -> str:
    """Rising numbers in words: ``3-17, 20``."""
    breaks = np.flatnonzero(np.diff(rows) != 1)
    firsts = rows[np.concatenate([[0], breaks + 1])].tolist()
    lasts = rows[np.concatenate([breaks, [len(rows) - 1]])].tolist()
    pairs = zip(firsts, lasts, strict=True)
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in pairs)


def fold(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with identical ones put together, in the order of their first rows."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    for one in _hold_values(list(findings)):
        key = one.key if len(one.rows) else (*one.key, str(one.line))
        groups.setdefault(key, []).append(one)
    folded = [group[0] if len(group) == 1 else _together(group) for group in groups.values()]
    return sorted(folded, key=lambda one: int(one.rows[0]) if len(one.rows) else 0)


def _hold_values(findings: list[Finding]) -> list[Finding]:
    """The same without the values of a problem that has too many."""
    if len(findings) <= MOST_VALUES:
        return findings
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        if one.value is not None and len(one.rows):
            groups.setdefault((one.severity, str(one.column), one.reason), []).append(one)
    many = [group for group in groups.values() if len(group) > MOST_VALUES]
    told = {id(one) for group in many for one in group}
    merged = [
        replace(_together(group), value=None, hint=group[0].hint + VALUES_LEFT_OUT)
        for group in many
    ]
    return [one for one in findings if id(one) not in told] + merged


def _distinct(rows: Numbers) -> Numbers:
    """Numbers in order, each once; of rows in order this takes a twentieth of `np.unique`."""
    ordered = np.sort(rows, kind="stable")
    distinct: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct


def _together(group: Sequence[Finding]) -> Finding:
    rows, where = np.unique(np.concatenate([one.rows for one in group]), return_index=True)
    lines = np.concatenate([one.lines for one in group])[where]
    first = group[0]
    return Finding(first.severity, first.column, first.value, first.reason, first.hint, rows,
                   lines, first.line, first.in_part)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class FileReceipt:
    """How many rows of a file were used and which were not, and why."""

    file: str
    format: str
    encoding: str | None
    sha256: str
    rows_read: int
    findings: tuple[Finding, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of rows."""
        told = [problem for one in self.findings for problem in one.told()]
        return sorted(told, key=lambda problem: problem.row or 0)

    @property
    def accepted(self) -> bool:
        """False when nothing of the file is used."""
        return not any(one.severity == "fatal" for one in self.findings)

    @property
    def refused(self) -> Numbers:
        """Numbers of the rows that are not used: all when the file is not accepted."""
        if not self.accepted:
            return np.arange(1, self.rows_read + 1)
        return _rows_of(one for one in self.findings if one.severity == "refused")

    @property
    def to_correct(self) -> Numbers:
        """Numbers of the rows of which all or something is refused; none of a file not accepted."""
        found = self.findings if self.accepted else ()
        return _rows_of(one for one in found if one.severity == "refused" or one.in_part)

    @property
    def rows_refused(self) -> int:
        """How many rows are not used."""
        return len(self.refused)

    @property
    def rows_used(self) -> int:
        """Rows that are used, some perhaps with a doubt."""
        return self.rows_read - self.rows_refused

    def as_dict(self, *, problems: bool = True) -> dict[str, object]:
        """The file's part of the receipt's JSON, on request with an empty list of problems."""
        return {
            "file": self.file,
            "format": self.format,
            "encoding": self.encoding,
            "sha256": self.sha256,
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_refused": self.rows_refused,
            "accepted": self.accepted,
            "problems": [one.as_dict() for one in self.problems] if problems else [],
        }


def _rows_of(findings: Iterable[Finding]) -> Numbers:
    rows = [one.rows for one in findings]
    return _distinct(np.concatenate(rows)) if rows else _NO_ROWS


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of every row of every file; rows read = rows used + rows refused."""

    files: tuple[FileReceipt, ...] = field(default=())

    @property
    def accepted(self) -> bool:
        """True when every file could be used."""
        return bool(self.files) and all(file.accepted for file in self.files)

    @property
    def rows_read(self) -> int:
        """Data rows in all files."""
        return sum(file.rows_read for file in self.files)

    @property
    def rows_used(self) -> int:
        """Rows used in all files."""
        return sum(file.rows_used for file in self.files)

    @property
    def rows_refused(self) -> int:
        """Rows not used in all files."""
        return sum(file.rows_refused for file in self.files)

    def problems(self) -> Iterable[tuple[str, Problem]]:
        """Every problem with the name of its file, in the order of files and rows."""
        return ((file.file, problem) for file in self.files for problem in file.problems)

    def as_dict(self, *, problems: bool = True) -> dict[str, object]:
        """The receipt as the JSON of ``ringmap check --json``, on request without problems."""
        return {
            "files": [file.as_dict(problems=problems) for file in self.files],
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_refused": self.rows_refused,
            "accepted": self.accepted,
        }
