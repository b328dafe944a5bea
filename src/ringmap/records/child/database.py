"""Tables of a SQLite file, read from memory: the file itself is never opened, let alone changed.

Statements can only select: SQLite's own authorizer allows nothing else, no other file can be
attached, no extension loaded, and nothing in the file's schema is trusted.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

from .answers import Answers
from .bounds import Bounds
from .refusal import RefusalError, beyond, damaged

#: What a statement may do; all else SQLite refuses before it begins.
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_NEVER = ("load_extension", "fts3_tokenizer")
#: Characters of one row, in cells as long as a cell may be; and bytes of a character.
_LONG_CELLS_IN_ROW = 4
_BYTES_PER_CHARACTER = 4
_ROWS_OF_A_LINE, _CHARACTERS_OF_A_LINE = 500, 100_000
_SAFETY = (
    "PRAGMA query_only = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA ignore_check_constraints = ON",  # a rule that a row breaks is no damage
    "PRAGMA temp_store = MEMORY",
)
_DAMAGED = "recover it with the program that wrote it, or with: sqlite3 FILE .recover"


class Tally:
    """Counts what comes out of a database, and gives it up where it goes beyond the limits.

    `characters` is how much has come so far; a reader that is told to stop ends at its next row.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._rows = 0
        self._cells = 0
        self._stopped = False
        self.characters = 0

    def begin(self, headings: Sequence[str]) -> None:
        """A table; the rows that follow are its own."""
        self._rows = 0
        if len(headings) > self._bounds.columns:
            raise beyond(f"more than {self._bounds.columns} columns", "columns")
        self._count(headings)

    def row(self, cells: Sequence[str]) -> None:
        """A row.

        Raises
        ------
        RefusalError
            If rows, cells, or characters in them are more than is allowed.
        """
        self._rows += 1
        self._cells += len(cells)
        if self._rows > self._bounds.rows:
            raise beyond(f"more than {self._bounds.rows} rows", "rows")
        if self._cells > self._bounds.cells:
            raise beyond(f"more than {self._bounds.cells} cells", "cells")
        self._count(cells)

    def stop(self) -> None:
        """Nobody waits for the rows any more."""
        self._stopped = True

    def _count(self, texts: Sequence[str]) -> None:
        longest, length = max(map(len, texts), default=0), sum(map(len, texts))
        self.characters += length
        if longest > self._bounds.cell_characters:
            raise beyond(f"a cell of {longest} characters", "cell_characters")
        if length > self._bounds.cell_characters * _LONG_CELLS_IN_ROW:
            raise beyond(f"a row of {length} characters", "cell_characters")
        if self.characters > self._bounds.unpacked_bytes:
            raise beyond(f"more than {self._bounds.unpacked_bytes} characters", "unpacked_bytes")
        if self._stopped:
            raise RefusalError("stopped", "read it again")


def read_database(data: bytes, bounds: Bounds, answers: Answers) -> None:
    """Say the names of all tables and views, then the rows of those that are wanted.

    The first line of `data` is a JSON object: `queries`, a list of names and statements, or
    None; and `tables`, the names of which tables are wanted where there are no queries. The
    SQLite file follows. A table is ``["table", name, headings]`` or ``["fault", name, reason]``;
    its rows come as ``["rows", several]``, and a cell that is no text as ``["bytes", row,
    column]``, both counted from 0.

    Raises
    ------
    RefusalError
        If the file is damaged, or gives more than is allowed.
    """
    end = data.index(b"\n")
    order = json.loads(data[:end])
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _open(connection, memoryview(data)[end + 1 :], bounds)
        names = _names(connection)
        connection.set_authorizer(_allow)
        answers.say("names", names)
        tally = Tally(bounds)
        queries = order["queries"]
        if queries is None:
            wanted = [name for name in names if name.strip().lower() in order["tables"]]
            queries = [(name, _whole(name)) for name in wanted]
        for name, query in queries:
            _read(connection, name, query, tally, answers)


def _open(connection: sqlite3.Connection, data: memoryview, bounds: Bounds) -> None:
    connection.text_factory = bytes
    try:
        connection.deserialize(data)
        for pragma in _SAFETY:
            connection.execute(pragma)
        found = _check(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RefusalError(damaged(_in_words(error)).reason, _DAMAGED) from error
    if found[0] != b"ok":
        raise RefusalError(damaged(_first_line(_replaced(found[0]))).reason, _DAMAGED)
    longest = bounds.cell_characters * _LONG_CELLS_IN_ROW * _BYTES_PER_CHARACTER
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def _check(connection: sqlite3.Connection) -> tuple[bytes]:
    try:
        found: tuple[bytes] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except MemoryError as error:  # SQLite says so of a few damaged bytes, too
        reason = damaged("it cannot be checked within the memory allowed").reason
        raise RefusalError(reason, _DAMAGED) from error
    return found


def _names(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    )
    return [_replaced(name) for (name,) in found]


def _allow(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if second in _NEVER else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _whole(name: str) -> str:
    quoted = name.replace('"', '""')
    return f'SELECT * FROM "{quoted}"'  # noqa: S608  # quoted as SQLite wants it


def _read(
    connection: sqlite3.Connection, name: str, query: str, tally: Tally, answers: Answers
) -> None:
    try:
        cursor = connection.execute(query)
        if cursor.description is None:
            answers.say("fault", name, "it gives no rows")
            return
        headings = [str(column[0]) for column in cursor.description]
        tally.begin(headings)
        answers.say("table", name, headings)
        _say_rows(cursor, tally, answers)
    except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
        if "too big" in str(error):
            raise beyond("a row of too many bytes", "cell_characters") from error
        answers.say("fault", name, _first_line(_in_words(error)))


def _say_rows(rows: Iterable[tuple[Any, ...]], tally: Tally, answers: Answers) -> None:
    batch: list[list[str]] = []
    said = 0
    for number, row in enumerate(rows):
        cells = [_text(value) for value in row]
        if None in cells:
            for column, cell in enumerate(cells):
                if cell is None:
                    answers.say("bytes", number, column)
        batch.append([cell or "" for cell in cells])
        tally.row(batch[-1])
        if len(batch) == _ROWS_OF_A_LINE or tally.characters - said > _CHARACTERS_OF_A_LINE:
            answers.say("rows", batch)
            batch, said = [], tally.characters
    answers.say("rows", batch)


def _text(value: object) -> str | None:
    """A value as text; None of bytes that are none."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    return repr(value) if isinstance(value, float) else str(value)


def _in_words(error: Exception) -> str:
    """What SQLite says, also where it quotes bytes of the file that are no text."""
    return _replaced(error.object) if isinstance(error, UnicodeDecodeError) else str(error)


def _replaced(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
