"""A case file kept in one SQLite file: every load whole or not at all."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ringmap.errors import OvertakenError, StoreError
from ringmap.model import COLUMNS, Case, SourceFile, coded_table, find_read_again, join_cases
from ringmap.store.columns import pack_table
from ringmap.store.kept import KeptCase

#: "RMAP" in ASCII; stands in the header of every store.
APPLICATION_ID = 0x524D4150
#: 2: text as short codes or as it is, pressed. What version 1 has in its place reads the same.
SCHEMA_VERSION = 2
#: Bytes of a page of the file: tables come in millions of bytes, which small pages take slower.
_PAGE = 16_384
_WAIT_S = 15.0
_PAUSE_S = 0.05
_HEADER = b"SQLite format 3\x00"
#: All that is not in a block, and the checksums of the blocks.
_SEALED = (
    "SELECT 'fact', name, value FROM facts WHERE name <> 'seal' ORDER BY name",
    "SELECT 'load', load, loaded_at, source, receipt FROM loads ORDER BY load",
    "SELECT 'file', load, file, sha256 FROM load_files ORDER BY rowid",
    "SELECT 'block', table_name, block, sha256 FROM blocks ORDER BY table_name, block",
    "SELECT 'shown', disclosure, asked_at, asked_by, command, output, shown FROM disclosures "
    "ORDER BY disclosure",
)
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
    """What a load changed: records that are new, and records the store already had.

    `records_left` are records of the same files whose rows are not used now: they stay.
    """

    changed: bool
    records_new: int
    records_known: int
    records_left: int = 0


def is_store(path: Path) -> bool:
    """True for a file that begins as a SQLite database does."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except OSError:
        return False


def is_unused(path: Path) -> bool:
    """True for a store into which nothing was ever loaded, as a load that is killed leaves it.

    Raises
    ------
    StoreError
        If the file is a database, but no store of ringmap's, or cannot be read.
    """
    if not is_store(path):
        return False
    with _connection(path, writing=False) as connection:
        if _has_no_page(connection):
            return True
        _check(connection, path)
        return not _is_prepared(connection)


def add(path: Path, case: Case, *, source: str, receipt: str, loaded_at: str,
        same: Mapping[str, str] = MappingProxyType({}), after: int | None = None,
        ) -> Added:  # fmt: skip
    """Keep a case file in a store, which is made when there is none.

    All of it is kept or nothing: the load is one transaction. Rows that the store has already
    do not count twice, but as they are read now; so do those of files that it has already,
    byte for byte, which change nothing where they are read as they were.

    Parameters
    ----------
    same
        Ids that the store made of numbers, and the ids under which the case file lists them.
    after
        How many loads the store had when the case file was read beside it; None where it was
        read beside none.

    Raises
    ------
    OvertakenError
        If the store has had another load since: what was read beside it is to be read again.
    StoreError
        If the file is no store, cannot be written, is damaged, or another process is
        still writing after 15 seconds.
    """
    _refuse_foreign(path)
    with _connection(path, writing=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _prepare(connection)
        _check_seal(connection)
        _check_turn(connection, path, after)
        kept = _kept_files(connection)
        before = _read_case(connection, ()) if kept else None
        whole, added = _join(before, case, same, kept)
        if before is not None and _is_kept(connection, case.files, kept, whole):
            connection.execute("ROLLBACK")
            return replace(added, changed=False)
        _write(connection, whole)
        _write_load(connection, case.files, source, receipt, loaded_at)
        _seal(connection)
        connection.execute("COMMIT")
    return added


def _join(before: Case | None, case: Case, same: Mapping[str, str], kept: Mapping[str, set[str]],
          ) -> tuple[Case, Added]:  # fmt: skip
    """What the store is to hold, and what that changes. Of a name that files of other content
    had as well, nobody knows of which a record came.
    """
    count = coded_table(case, "records").rows
    if before is None:
        return case, Added(True, count, 0)
    unchanged = [file.file for file in case.files if kept.get(file.file) == {file.sha256}]
    again = find_read_again(before, case, unchanged)
    known = int(again.known.sum())
    whole = join_cases(before, case, same=same, again=again)
    return whole, Added(True, count - known, known, again.left)


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
        if _has_no_page(connection):
            raise _nothing_loaded()
        _check(connection, path)
        _check_seal(connection)
        loads = _read_loads(connection)
        case = _read_case(connection, loads)
        found = connection.execute("SELECT value FROM facts WHERE name = 'pseudonym_key'")
        key = str(found.fetchone()[0])
        rows = connection.execute(
            "SELECT asked_at, asked_by, command, output, shown FROM disclosures ORDER BY disclosure"
        )
        disclosures = tuple(Disclosure(*row) for row in rows)
        connection.execute("ROLLBACK")
    return Stored(case, key, loads, disclosures)


def log_disclosure(path: Path, disclosure: Disclosure) -> None:
    """Record in a store that victims were asked for by name.

    Raises
    ------
    StoreError
        If it cannot be recorded; then nothing may be shown.
    """
    if not is_store(path):
        raise StoreError("no such store", file=str(path), hint="make one with: ringmap load")
    with _connection(path, writing=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _check_seal(connection)
        connection.execute(
            "INSERT INTO disclosures (asked_at, asked_by, command, output, shown) "
            "VALUES (?, ?, ?, ?, ?)",
            (disclosure.asked_at, disclosure.asked_by, disclosure.command, disclosure.output,
             disclosure.shown),
        )  # fmt: skip
        _seal(connection)
        connection.execute("COMMIT")


def pseudonym_key(files: tuple[SourceFile, ...]) -> str:
    """A secret that only someone who has the source files can work out again.

    It cannot be worked out from their SHA-256, which receipts and reports print.
    """
    joined = "\n".join(sorted(file.secret for file in files))
    return hashlib.sha256(f"ringmap pseudonyms\n{joined}".encode()).hexdigest()


def _refuse_foreign(path: Path) -> None:
    try:
        foreign = path.exists() and (not path.is_file() or path.stat().st_size > 0)
    except OSError as error:
        raise StoreError(
            f"cannot be opened ({error.strerror})", file=str(path), hint="check the path"
        ) from error
    if foreign and not is_store(path):
        raise StoreError(
            "not a ringmap store", file=str(path), hint="name another file; this one is left alone"
        )


@contextmanager
def _connection(path: Path, *, writing: bool) -> Iterator[sqlite3.Connection]:
    """A connection that is closed, and whose errors are the store's, whatever happens.

    A store that could not be filled stays as an empty one: to remove it could remove what
    another process is putting in.
    """
    try:
        with closing(_open_to_write(path) if writing else _open_to_read(path)) as connection:
            yield connection
    except StoreError as error:
        if error.file is not None:
            raise
        raise StoreError(error.message, file=str(path), hint=error.hint) from error
    except sqlite3.Error as error:
        raise StoreError(_in_words(error), file=str(path), hint=_what_to_do(error)) from error
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read, byte for byte
        raise StoreError(
            "the store is damaged or cannot be read", file=str(path), hint="restore a copy",
        ) from error  # fmt: skip
    except OSError as error:
        raise StoreError(
            f"the store cannot be written or opened ({error.strerror})", file=str(path),
            hint="check the path and the right to write there",
        ) from error  # fmt: skip


def _open_to_write(path: Path) -> sqlite3.Connection:
    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    try:
        if not _has_no_page(connection):
            _check(connection, path)
        else:
            # First of all the file says whose it is, or a load that is killed leaves a stranger.
            path.chmod(0o600)
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _use_log(connection)
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait of itself while others do the same."""
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, but may tidy the log away when it is the last."""
    uri = path.resolve().as_uri()
    connection = _connect_to_read(f"{uri}?mode=rw")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if "locked" in str(error) or (log.exists() and log.stat().st_size):
            raise
        # A folder that cannot be written to has no room for SQLite's shared-memory file; with
        # no log beside it and nobody writing, the file alone is the whole store.
        return _connect_to_read(f"{uri}?immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_to_read(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=_WAIT_S, isolation_level=None)


def _in_words(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text:
        return "another process is writing to the store"
    if "readonly" in text or "unable to open" in text:
        return "the store cannot be written or opened"
    if "full" in text:
        return "the disk is full; nothing was changed"
    if "I/O" in text:
        return "the disk did not take or give what was asked; nothing was changed"
    return f"the store is damaged or cannot be read ({text})"


def _what_to_do(error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return "wait until it is done and try again"
    if "full" in str(error):
        return "make room and load again"
    if "I/O" in str(error):
        return "check that the disk is sound, has room and may be written, and try again"
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


def _has_no_page(connection: sqlite3.Connection) -> bool:
    """True for an empty file, or one that holds less than a page: so begins a store."""
    return not connection.execute("PRAGMA page_count").fetchone()[0]


def _nothing_loaded() -> StoreError:
    return StoreError("nothing was ever loaded into this store", hint="use ringmap load")


def _is_prepared(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0])


def _prepare(connection: sqlite3.Connection) -> None:
    if _is_prepared(connection):
        return
    for statement in _SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    _seal(connection)


def _contents(connection: sqlite3.Connection) -> str:
    """A checksum of all that the store says; tables of the case by their own checksums."""
    digest = hashlib.sha256()
    for query in _SEALED:
        for row in connection.execute(query):
            digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()


def _seal(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO facts (name, value) VALUES ('seal', ?)", (_contents(connection),)
    )


def _check_seal(connection: sqlite3.Connection) -> None:
    if not _is_prepared(connection):
        raise _nothing_loaded()
    found = connection.execute("SELECT value FROM facts WHERE name = 'seal'").fetchone()
    if found is None or found[0] != _contents(connection):
        raise StoreError(
            "the store is damaged: its checksum does not match",
            hint="restore a copy, or load the sources again into a new store",
        )


def _check_turn(connection: sqlite3.Connection, path: Path, after: int | None) -> None:
    """Refuse what was read beside an earlier state of the store."""
    loads = connection.execute("SELECT count(*) FROM loads").fetchone()[0]
    if after is not None and loads != after:
        raise OvertakenError(
            "another load came in while this one was read", file=str(path), hint="load again"
        )


def _kept_files(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The SHA-256 of all files of each name that were loaded."""
    kept: dict[str, set[str]] = {}
    for file, digest in connection.execute("SELECT file, sha256 FROM load_files"):
        kept.setdefault(file, set()).add(digest)
    return kept


def _is_kept(connection: sqlite3.Connection, files: Iterable[SourceFile],
             kept: Mapping[str, set[str]], case: Case) -> bool:  # fmt: skip
    """True for files that were loaded and a case file that the store holds as it is."""
    known = set().union(*kept.values())
    if not all(file.sha256 in known for file in files):
        return False
    query = "SELECT table_name, block, sha256 FROM blocks"
    blocks = {(name, block): digest for name, block, digest in connection.execute(query)}
    packed = _packed(case)
    same = all(blocks.pop((name, number), "") == digest for name, number, digest, _ in packed)
    return same and not blocks


def _packed(case: Case) -> Iterator[tuple[str, int, str, bytes]]:
    """The blocks of a case file, each with its table, number and SHA-256."""
    for name, columns in COLUMNS.items():
        for number, data in enumerate(pack_table(coded_table(case, name), columns)):
            yield name, number, hashlib.sha256(data).hexdigest(), data


def _write(connection: sqlite3.Connection, case: Case) -> None:
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("DELETE FROM blocks")
    connection.executemany(
        "INSERT INTO blocks (table_name, block, sha256, data) VALUES (?, ?, ?, ?)", _packed(case)
    )


def _write_load(connection: sqlite3.Connection, files: tuple[SourceFile, ...], source: str,
                receipt: str, loaded_at: str) -> None:  # fmt: skip
    load = connection.execute(
        "INSERT INTO loads (loaded_at, source, receipt) VALUES (?, ?, ?)",
        (loaded_at, source.encode("utf-8", "replace").decode(), receipt),
    ).lastrowid
    connection.executemany(
        "INSERT INTO load_files (load, file, sha256) VALUES (?, ?, ?)",
        [(load, file.file, file.sha256) for file in files],
    )
    connection.execute(
        "INSERT OR IGNORE INTO facts (name, value) VALUES ('pseudonym_key', ?)",
        (pseudonym_key(files),),
    )


def _read_case(connection: sqlite3.Connection, loads: Iterable[Load]) -> Case:
    """What is kept; every block is checked now, and unpacked when its table is asked for."""
    files = dict.fromkeys(file for load in loads for file in load.files)
    packed = {name: _blocks(connection, name) for name in COLUMNS}
    return KeptCase.of(packed, tuple(files))


def _blocks(connection: sqlite3.Connection, name: str) -> list[bytes]:
    rows = connection.execute(
        "SELECT sha256, rowid FROM blocks WHERE table_name = ? ORDER BY block", (name,)
    )
    blocks = []
    for digest, row in rows:
        # Asked for as a value, SQLite would copy it once more.
        with connection.blobopen("blocks", "data", row, readonly=True) as blob:
            data = blob.read()
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
