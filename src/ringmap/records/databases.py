"""Tables of a database: a SQLite file, read apart, or a server, asked through SQLAlchemy.

Nothing is ever changed: a file is read from memory, and a server is asked in one transaction
that can only read. See docs/formats/sql.md.
"""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from datetime import date
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ringmap.errors import RecordsError
from ringmap.records.apart import ApartError, run_apart
from ringmap.records.child.bounds import Bounds
from ringmap.records.child.database import Tally
from ringmap.records.child.refusal import RefusalError
from ringmap.records.database_urls import DatabaseUrl
from ringmap.records.headings import TABLES
from ringmap.records.json_tables import Parts
from ringmap.records.limits import Limits
from ringmap.records.servers import CONNECT_S, Server
from ringmap.records.tabletext import RawTable, fill_table, fingerprints

#: Tables by the name of a table or view, in lower case.
_NAMES = {table: table for table in TABLES} | {"legs": "events", "organizations": "organisations"}
_SQLITE = b"SQLite format 3\x00"
#: Where a SQLite file says which program it belongs to, and what ringmap's stores say there.
_OWNER, _STORE = slice(68, 72), b"RMAP"
#: Where it says that it is kept with a write-ahead log, which is not there when it is read.
_KEPT, _WITH_LOG, _WITHOUT_LOG = slice(18, 20), b"\x02\x02", b"\x01\x01"
_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_ONE_SELECT = (
    "a query is one SELECT that changes nothing; correct it in the mapping; "
    "see: ringmap formats sql"
)
_MOST_NAMES = 10
_PAUSE_S = 0.05

_Told = TypeVar("_Told")


@dataclass(slots=True)
class Found:
    """One table as it comes: rows of text, cells (row, column) that are none, or why not."""

    name: str
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    bytes: list[tuple[int, int]] = field(default_factory=list)
    fault: str | None = None


def is_database(path: Path) -> bool:
    """True of a SQLite file that is no store of ringmap's."""
    try:
        with path.open("rb") as file:
            head = file.read(_OWNER.stop)
    except OSError:
        return False
    return head.startswith(_SQLITE) and head[_OWNER] != _STORE


def read_database_file(
    path: Path, data: bytes, name: str, queries: Mapping[str, str] | None, limits: Limits
) -> Parts:
    """Each table of a SQLite file, named ``file.sqlite#people``, and which table that is.

    Without `queries` these are the tables and views that are named after a table of a case
    folder, whole; with queries by name, exactly what they give. `row` counts rows as they come
    from 1, and `line` is the same. A file that cannot be read as a whole gives a single table
    with a fatal problem.

    Parameters
    ----------
    data
        The bytes of the file at `path`; beside it is looked for changes not yet in it.
    """
    whole = RawTable(name, *fingerprints(data), format="sqlite")
    problem = _not_to_be_read(path, data)
    if problem is not None:
        whole.fail(*problem)
        return [(whole, None)]
    asked = None if queries is None else list(queries.items())
    order = json.dumps({"queries": asked, "tables": list(_NAMES)}).encode() + b"\n"
    view = memoryview(data)
    kept = _WITHOUT_LOG if data[_KEPT] == _WITH_LOG else data[_KEPT]
    parts = (order, view[: _KEPT.start], kept, view[_KEPT.stop :])
    gathered = _Gathered()
    try:
        run_apart("database", b"".join(parts), limits, gathered.take)
    except ApartError as error:
        whole.fail(error.reason, error.hint)
        return [(whole, None)]
    return _as_parts(whole, gathered.names, gathered.tables, queries)


def _not_to_be_read(path: Path, data: bytes) -> tuple[str, str] | None:
    """Why a file is no source as it is, and what to do; None if it may be read."""
    if data[_OWNER] == _STORE:
        return (
            "this is a store of ringmap's, not records",
            "name it to another command, such as: ringmap brokers",
        )
    log = path.with_name(f"{path.name}-wal")
    journal = path.with_name(f"{path.name}-journal")
    try:
        with_log = log.is_file() and log.stat().st_size > 0
        half_written = journal.is_file() and _begins_with(journal, _JOURNAL)
    except OSError as error:
        return f"what lies beside it cannot be read ({error.strerror})", "check your rights"
    if with_log or half_written:
        beside = log.name if with_log else journal.name
        return (
            f"changes that are not yet in the file lie beside it in {beside}",
            "close the program that has it open, or copy it with: sqlite3 FILE '.backup COPY'",
        )
    return None


def _begins_with(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


class _Gathered:
    """What the child has told so far; equal texts are kept once."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.tables: list[Found] = []
        self._texts: dict[str, str] = {}

    def take(self, answer: list[Any]) -> None:
        """Keep one line of the answer."""
        kind, *parts = answer
        if kind == "rows":
            share = self._texts.setdefault
            self.tables[-1].rows += [[share(cell, cell) for cell in row] for row in parts[0]]
        elif kind == "bytes":
            self.tables[-1].bytes.append((parts[0], parts[1]))
        elif kind == "table":
            self.tables.append(Found(parts[0], parts[1]))
        elif kind == "fault":
            self.tables = [one for one in self.tables if one.name != parts[0]]
            self.tables.append(Found(parts[0], fault=parts[1]))
        else:
            self.names = parts[0]


def read_database(
    database: DatabaseUrl, name: str, queries: Mapping[str, str] | None, limits: Limits
) -> Parts:
    """Each table of a database on a server; as `read_database_file`.

    All tables are read in one transaction, so that they belong together. It ends at the latest
    5 seconds after the time that the limits allow for the text that has come so far.

    Raises
    ------
    RecordsError
        If SQLAlchemy or a driver is not installed, no connection comes about, the account is
        one that may change anything, the connection breaks, or a limit is reached.
    """
    whole = RawTable(name, *fingerprints(b""), format=database.kind)
    tally = Tally(Bounds(limits.as_dict()))
    server = Server(database, limits.seconds)

    def work() -> tuple[list[str], list[Found]]:
        with server.connected():
            names = server.names()
            texts: dict[str, str] = {}
            wanted = queries or {
                one: server.whole(one) for one in names if one.strip().lower() in _NAMES
            }
            return names, [_ask(server, one, sql, tally, texts) for one, sql in wanted.items()]

    try:
        names, tables = _in_time(work, tally, limits)
    except RefusalError as error:
        raise RecordsError(error.reason, file=str(database), hint=error.hint) from error
    except TimeoutError as error:
        raise RecordsError(
            f"reading it took longer than {error.args[0]:.1f} seconds", file=str(database),
            hint="ask for less of it with queries, or allow more with --limit seconds=…",
        ) from error  # fmt: skip
    parts = _as_parts(whole, names, tables, queries)
    if server.may_write and not parts[0][0].fatal:
        parts[0][0].doubt(
            f"ringmap knows no way to open a database of this kind ({database.kind}) only to read",
            "connect as a user who may only read",
        )
    return parts


def _ask(server: Server, name: str, query: str, tally: Tally, texts: dict[str, str]) -> Found:
    found = Found(name)

    def begin(headings: list[str]) -> None:
        tally.begin(headings)
        found.headings = headings

    def take(row: Sequence[object]) -> None:
        cells = [to_text(value) for value in row]
        for column, cell in enumerate(cells):
            if cell is None:
                found.bytes.append((len(found.rows), column))
        told = [cell or "" for cell in cells]
        tally.row(told)
        found.rows.append([texts.setdefault(cell, cell) for cell in told])

    found.fault = server.ask(query, begin, take)
    return found


def to_text(value: object) -> str | None:
    """A value of a database as the text of a cell, without loss; None of bytes that are none.

    Dates and times are ISO, decimal numbers have all their digits, other numbers the fewest
    that mean the same; truths are yes and no, lists joined with semicolons, objects JSON.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, bytes | bytearray | memoryview):
        try:
            return bytes(value).decode()
        except UnicodeDecodeError:
            return None
    if isinstance(value, list | tuple):
        texts = [to_text(one) for one in value]
        return None if None in texts else ";".join(text or "" for text in texts)
    return _plain_text(value)


def _plain_text(value: object) -> str:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | clock):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _in_time(work: Callable[[], _Told], tally: Tally, limits: Limits) -> _Told:
    """What `work` returns or raises; TimeoutError with the seconds when it takes too long.

    It has more time the more has come. Work that is given up ends by itself when its server
    answers or breaks off; nobody waits for it.
    """
    outcome: Future[_Told] = Future()
    threading.Thread(target=_settle, args=(outcome, work), daemon=True).start()
    began = time.monotonic()
    while not wait([outcome], _PAUSE_S).done:
        allowed = CONNECT_S + limits.seconds_for(tally.characters)
        if time.monotonic() - began > allowed:
            tally.stop()
            raise TimeoutError(allowed)
    return outcome.result()


def _settle(outcome: Future[_Told], work: Callable[[], _Told]) -> None:
    try:
        outcome.set_result(work())
    except BaseException as error:  # it is raised again where somebody waits for it
        outcome.set_exception(error)


def _as_parts(
    whole: RawTable, names: Sequence[str], tables: Sequence[Found],
    queries: Mapping[str, str] | None,
) -> Parts:  # fmt: skip
    if not tables:
        listed = _listed(names)
        whole.fail(
            f"no table of it is named after a table of a case folder; it has {listed}",
            f"name a table or view {', '.join(TABLES)}, or give a mapping with queries; "
            "see: ringmap formats sql",
        )
        return [(whole, None)]
    parts: Parts = [
        (_table(one, whole, queries), _NAMES.get(one.name.strip().lower())) for one in tables
    ]
    left = [name for name in names if name.strip().lower() not in _NAMES]
    if queries is None and left:
        parts[0][0].doubt(
            f"not read, for they are not named after a table of a case folder: {_listed(left)}",
            "bring in with queries what matters in them; see: ringmap formats sql",
        )
    return parts


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES]) or "none"
    return f"{shown} and {more} more" if more > 0 else shown


def _table(found: Found, whole: RawTable, queries: Mapping[str, str] | None) -> RawTable:
    raw = RawTable(
        f"{whole.file}#{found.name}", *fingerprints(_digestible(found)), format=whole.format
    )
    if found.fault is not None:
        hint = "correct it in the database" if queries is None else _ONE_SELECT
        raw.fail(f"it cannot be read ({found.fault})", hint)
        return raw
    raw.headings = list(found.headings)
    fill_table(raw, found.rows, range(1, len(found.rows) + 1))
    for column in sorted({column for _, column in found.bytes}):
        rows = np.array([row for row, one in found.bytes if one == column], dtype=np.int64)
        raw.refuse(
            rows, raw.headings[column], None, "bytes that are no text in UTF-8",
            "keep text in this column, or leave it out with a query; see: ringmap formats sql",
        )  # fmt: skip
    return raw


def _digestible(found: Found) -> bytes:
    """Bytes that are the same for the same rows, in whichever order they come."""
    digests = [hashlib.sha256(_as_bytes(row)).digest() for row in found.rows]
    return b"".join([_as_bytes(found.headings), *sorted(digests)])


def _as_bytes(texts: Sequence[str]) -> bytes:
    """No two lists of texts have the same: their lengths come first."""
    lengths = ",".join([str(len(text)) for text in texts])
    return f"{lengths}:{''.join(texts)}".encode("utf-8", "surrogatepass")
