"""What became of every row: the import receipt."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["refused", "warning", "fatal"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a row (or, when fatal, with a file), and what to do about it.

    `row` counts data rows from 1 and `line` counts lines of the file from 1; both are None
    where a file as a whole is meant.
    """

    severity: Severity
    row: int | None
    line: int | None
    column: str | None
    value: str | None
    reason: str
    hint: str

    def as_dict(self) -> dict[str, object]:
        """The problem as the receipt's JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


#: A longer value is cut in a receipt: it is there to find the cell, not to repeat it.
LONGEST_VALUE = 80


def shorten(value: str) -> str:
    """A value as a receipt shows it."""
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """How many rows of a file were used and which were not, and why."""

    file: str
    format: str
    encoding: str | None
    sha256: str
    rows_read: int
    problems: tuple[Problem, ...] = ()

    @property
    def accepted(self) -> bool:
        """False when nothing of the file is used."""
        return not any(problem.severity == "fatal" for problem in self.problems)

    @property
    def rows_refused(self) -> int:
        """Rows that are not used: all of them when the file is not accepted."""
        if not self.accepted:
            return self.rows_read
        return len({problem.row for problem in self.problems if problem.severity == "refused"})

    @property
    def rows_used(self) -> int:
        """Rows that are used, some perhaps with a doubt."""
        return self.rows_read - self.rows_refused

    def as_dict(self) -> dict[str, object]:
        """The file's part of the receipt's JSON."""
        return {
            "file": self.file,
            "format": self.format,
            "encoding": self.encoding,
            "sha256": self.sha256,
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_refused": self.rows_refused,
            "accepted": self.accepted,
            "problems": [problem.as_dict() for problem in self.problems],
        }


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

    def as_dict(self) -> dict[str, object]:
        """The receipt as the JSON of ``ringmap check --json``."""
        return {
            "files": [file.as_dict() for file in self.files],
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_refused": self.rows_refused,
            "accepted": self.accepted,
        }
