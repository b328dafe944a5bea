"""A case file kept in one SQLite file: every load whole or not at all."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ringmap.errors import StoreError
from ringmap.model import COLUMNS, Case, SourceFile, join_cases
from ringmap.store.columns import pack_table, unpack_table

#: "RMAP" in ASCII; stands in the header of every store.
APPLICATION_ID = 0x524D4150
SCHEMA_VERSION = 1
_WAIT_S = 15.0
_HEADER = b"SQLite format 3\x00"
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE loads (
  load INTEGER PRIMARY KEY, loaded_at TEXT NOT NULL, source TEXT NOT NULL, receipt TEXT NOT NULL
) STRICT;
CREATE TABLE load_files (
  load INTEGER NOT NULL REFERENCES loads, file TEXT NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE blocks (
  table_name TEXT NOT NULL, block INTEGER NOT NULL, sha256 TEXT NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (table_name, block)
) STRICT;
CREATE TABLE disclosures (
  disclosure INTEGER PRIMARY KEY, asked_at TEXT NOT NULL, asked_by TEXT NOT NULL,
  command TEXT NOT NULL, output TEXT NOT NULL, shown TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Load:
    """One load that a store keeps: when, from where, what was read, and its receipt (JSON)."""

    loaded_at: str
    source: str
    files: tuple[SourceFile, ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time that someone asked for victims by name."""

    asked_at: str
    asked_by: str
    command: str
    output: str
    shown: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What a store holds; `key` is the secret from which pseudonyms are made."""

    case: Case
    key: str
    loads: tuple[Load, ...]
    disclosures: tuple[Disclosure, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What a load changed: records that are new, and records the store already had."""

    changed: bool
    records_new: int
    records_known: int


def is_store(path: Path) -> bool:
    """True for a file that begins as a SQLite database does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def add(path: Path, case: Case, *, source: str, receipt: str, loaded_at: str) -> Added:
    """Keep a case file in a store, which is made when there is none.

    All of it is kept or nothing: the load is one transaction. Files that the store has
    already, byte for byte, change nothing. Rows that it has already do not count twice.

    Raises
    ------
    StoreError
        If the file is no store, cannot be written, is damaged, or another process is
        still writing after 15 seconds.
    """
    _refuse_foreign(path)
    with _connection(path, writing=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _prepare(connection)
        digests = {row[0] for row in connection.execute("SELECT sha256 FROM load_files")}
        known = len(case.records)
        if digests and all(file.sha256 in digests for file in case.files):
            connection.execute("ROLLBACK")
            return Added(False, 0, known)
        before = _read_case(connection) if digests else None
        whole = case if before is None else join_cases(before, case)
        _write(connection, whole)
        _write_load(connection, case.files, source, receipt, loaded_at)
        connection.execute("COMMIT")
    new = len(whole.records) - (0 if before is None else len(before.records))
    return Added(True, new, known - new)


def open_store(path: Path) -> Stored:
    """What a store holds; another process may be writing meanwhile.

    Raises
    ------
    StoreError
        If the file is no store of ringmap's, was made by a later version, or is damaged.
    """
    if not path.is_file():
        raise StoreError("no such store", file=str(path), hint="make one with: ringmap load")
    _refuse_foreign(path)
    with _connection(path, writing=False) as connection:
        connection.execute("BEGIN")
        _check(connection, path)
        case = _read_case(connection)
        loads = _read_loads(connection)
        found = connection.execute(
            "SELECT value FROM facts WHERE name = 'pseudonym_key'"
        ).fetchone()
        rows = connection.execute(
            "SELECT asked_at, asked_by, command, output, shown FROM disclosures ORDER BY disclosure"
        )
        disclosures = tuple(Disclosure(*row) for row in rows)
        connection.execute("ROLLBACK")
    files = tuple(file for load in loads for file in load.files)
    return Stored(_with_files(case, files), str(found[0]), loads, disclosures)


def log_disclosure(path: Path, disclosure: Disclosure) -> None:
    """Record in a store that victims were asked for by name.

    Raises
    ------
    StoreError
        If it cannot be recorded; then nothing may be shown.
    """
    with _connection(path, writing=True) as connection:
        _check(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO disclosures (asked_at, asked_by, command, output, shown) "
            "VALUES (?, ?, ?, ?, ?)",
            (disclosure.asked_at, disclosure.asked_by, disclosure.command, disclosure.output,
             disclosure.shown),
        )  # fmt: skip
        connection.execute("COMMIT")


def pseudonym_key(files: tuple[SourceFile, ...]) -> str:
    """A secret that only someone who has the source files can work out again."""
    joined = "\n".join(sorted(file.sha256 for file in files))
    return hashlib.sha256(f"ringmap pseudonyms\n{joined}".encode()).hexdigest()


def _refuse_foreign(path: Path) -> None:
    if path.is_dir() or (path.exists() and path.stat().st_size and not is_store(path)):
        raise StoreError(
            "not a ringmap store", file=str(path), hint="name another file; this one is left alone"
        )


@contextmanager
def _connection(path: Path, *, writing: bool) -> Iterator[sqlite3.Connection]:
    existed = path.exists() and path.stat().st_size > 0
    try:
        with closing(_connect(path, writing)) as connection:
            connection.isolation_level = None
            yield connection
    except sqlite3.Error as error:
        if writing and not existed:
            path.unlink(missing_ok=True)
        raise StoreError(_in_words(error), file=str(path), hint=_what_to_do(error)) from error


def _connect(path: Path, writing: bool) -> sqlite3.Connection:
    if writing:
        connection = sqlite3.connect(path, timeout=_WAIT_S)
        if connection.execute("PRAGMA page_count").fetchone()[0]:
            _check(connection, path)
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection
    uri = path.resolve().as_uri()
    try:
        connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=_WAIT_S)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        # A folder that cannot be written to has no room for SQLite's shared-memory file.
        connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, timeout=_WAIT_S)
    return connection


def _in_words(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text:
        return "another process is writing to the store"
    if "readonly" in text or "unable to open" in text:
        return "the store cannot be written or opened"
    if "full" in text:
        return "the disk is full; nothing was changed"
    return f"the store is damaged or cannot be read ({text})"


def _what_to_do(error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return "wait until it is done and try again"
    if "full" in str(error):
        return "make room and load again"
    return "check the path, the right to write there, or restore a copy"


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise StoreError(
            "a database, but not a ringmap store", file=str(path),
            hint="name another file; this one is left alone",
        )  # fmt: skip
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"made by a later ringmap (store version {version}, known {SCHEMA_VERSION})",
            file=str(path), hint="install the newer ringmap",
        )  # fmt: skip


def _prepare(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0]:
        return
    for statement in _SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _write(connection: sqlite3.Connection, case: Case) -> None:
    connection.execute("DELETE FROM blocks")
    for name, table in case.tables().items():
        for number, data in enumerate(pack_table(table)):
            digest = hashlib.sha256(data).hexdigest()
            connection.execute(
                "INSERT INTO blocks (table_name, block, sha256, data) VALUES (?, ?, ?, ?)",
                (name, number, digest, data),
            )


def _write_load(connection: sqlite3.Connection, files: tuple[SourceFile, ...], source: str,
                receipt: str, loaded_at: str) -> None:  # fmt: skip
    load = connection.execute(
        "INSERT INTO loads (loaded_at, source, receipt) VALUES (?, ?, ?)",
        (loaded_at, source, receipt),
    ).lastrowid
    connection.executemany(
        "INSERT INTO load_files (load, file, sha256) VALUES (?, ?, ?)",
        [(load, file.file, file.sha256) for file in files],
    )
    connection.execute(
        "INSERT OR IGNORE INTO facts (name, value) VALUES ('pseudonym_key', ?)",
        (pseudonym_key(files),),
    )


def _read_case(connection: sqlite3.Connection) -> Case:
    tables = {name: unpack_table(name, _blocks(connection, name)) for name in COLUMNS}
    return Case(files=(), **tables)


def _blocks(connection: sqlite3.Connection, name: str) -> list[bytes]:
    rows = connection.execute(
        "SELECT sha256, data FROM blocks WHERE table_name = ? ORDER BY block", (name,)
    )
    blocks = []
    for digest, data in rows:
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError(
                f"the table '{name}' is damaged: its checksum does not match",
                hint="restore a copy, or load the sources again into a new store",
            )
        blocks.append(data)
    if not blocks:
        raise StoreError(f"the table '{name}' is missing", hint="restore a copy of the store")
    return blocks


def _read_loads(connection: sqlite3.Connection) -> tuple[Load, ...]:
    files: dict[int, list[SourceFile]] = {}
    for load, file, digest in connection.execute(
        "SELECT load, file, sha256 FROM load_files ORDER BY rowid"
    ):
        files.setdefault(load, []).append(SourceFile(file, digest))
    rows = connection.execute("SELECT load, loaded_at, source, receipt FROM loads ORDER BY load")
    return tuple(
        Load(loaded_at, source, tuple(files.get(load, ())), receipt)
        for load, loaded_at, source, receipt in rows
    )


def _with_files(case: Case, files: tuple[SourceFile, ...]) -> Case:
    return replace(case, files=tuple(dict.fromkeys(files)))
