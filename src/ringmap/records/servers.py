"""A database on a server, asked through SQLAlchemy in one transaction that can only read."""

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ringmap.errors import RecordsError
from ringmap.records.child.refusal import RefusalError
from ringmap.records.database_urls import DatabaseUrl, find_login

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

#: Seconds within which a server has to answer at all.
CONNECT_S = 5.0
_BATCH = 2_000
_INSTALL = "install it with: pip install 'ringmap[sql]'"
_PG8000 = "pg8000"
#: How each driver is told to wait no longer for a connection.
_WAITING = {
    "psycopg": "connect_timeout", "psycopg2": "connect_timeout", "pymysql": "connect_timeout",
    "mysqldb": "connect_timeout", "mariadbconnector": "connect_timeout",
}  # fmt: skip
#: What makes every transaction of a session one that can only read.
_READ_ONLY = {
    "postgresql": (
        "SET default_transaction_read_only = on",
        "SET default_transaction_isolation = 'repeatable read'",
        "SET synchronize_seqscans = off",
        "SET client_min_messages = error",
    ),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
}
#: PostgreSQL itself opens the one query for reading; of several, or of what gives no rows, it
#: says so. The query is handed over as a value and is part of no statement that is sent.
_HAND_OVER = "SELECT set_config('ringmap.query', :query, true)"
_OPEN = """DO $$ DECLARE told refcursor := 'ringmap'; BEGIN
OPEN told NO SCROLL FOR EXECUTE current_setting('ringmap.query'); END $$"""
_FETCH = f"FETCH FORWARD {_BATCH} FROM ringmap"
_BEGINNINGS = ("select", "with", "values", "table", "(")
_WRONG_LOGIN = ("28P01", "28000")
_NO_SUCH_DATABASE = "3D000"


class Server:
    """One connection to a database, for as long as `connected` lasts.

    Parameters
    ----------
    seconds
        How long the server may work on one statement.
    """

    def __init__(self, database: DatabaseUrl, seconds: float) -> None:
        self._database = database
        self._seconds = seconds
        self._password = ""
        self._connection: Connection | None = None

    @property
    def may_write(self) -> bool:
        """True where ringmap knows no way to keep a session from writing."""
        return self._database.kind not in _READ_ONLY

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Connect, and go away without leaving a trace.

        Raises
        ------
        RecordsError
            If no connection comes about or it breaks, or the account may change anything.
        """
        from sqlalchemy.exc import SQLAlchemyError

        engine = self._engine()
        try:
            with engine.connect() as self._connection:
                self._begin(self._connection)
                try:
                    yield
                finally:
                    with suppress(SQLAlchemyError):
                        self._connection.rollback()
        except (SQLAlchemyError, TimeoutError, ConnectionError) as error:
            # pg8000 hands a silence on as it is while it asks whether the server speaks TLS.
            raise self._refusal(error) from error
        except (RecordsError, RefusalError, MemoryError):
            raise
        except Exception as error:  # whatever upsets the driver, the user is told in words
            raise self._stopped(
                f"its answer cannot be understood ({type(error).__name__})",
                "check host and port: does a database of this kind answer there?",
            ) from error
        finally:
            engine.dispose()

    def names(self) -> list[str]:
        """Names of the tables and views that are found without naming a schema, in order."""
        from sqlalchemy import inspect

        inspector = inspect(self._open())
        names = {*inspector.get_table_names(), *inspector.get_view_names()}
        with suppress(NotImplementedError):
            names |= set(inspector.get_materialized_view_names())
        return sorted(names)

    def whole(self, name: str) -> str:
        """The query for all of a table."""
        quoted = self._open().dialect.identifier_preparer.quote_identifier(name)
        return f"SELECT * FROM {quoted}"  # noqa: S608  # quoted as its database wants it

    def ask(
        self,
        query: str,
        begin: Callable[[list[str]], None],
        take: Callable[[Sequence[object]], None],
    ) -> str | None:
        """Hand over the headings of a query, then each row; what is wrong with it, or None."""
        from sqlalchemy.exc import SQLAlchemyError

        if not query.lower().lstrip(" \t\r\n").startswith((*_BEGINNINGS, "--", "/*")):
            return f"it begins with none of {', '.join(_BEGINNINGS)}"
        connection = self._open()
        try:
            if self._database.is_postgresql:
                _ask_postgresql(connection, query, begin, take)
            elif ";" in query.rstrip("; \t\r\n"):
                return "a semicolon within it, which could end the query and begin another"
            else:
                _ask_any(connection, query, begin, take)
        except SQLAlchemyError as error:
            return self._words(error)[1]
        return None

    def _open(self) -> "Connection":
        if self._connection is None:
            raise RecordsError("not connected", file=str(self._database))
        return self._connection

    def _engine(self) -> "Engine":
        try:
            from sqlalchemy import URL, create_engine
            from sqlalchemy.exc import ArgumentError, NoSuchModuleError
            from sqlalchemy.pool import NullPool
        except ImportError as error:
            raise self._stopped("a database is read through SQLAlchemy, which is missing",
                                _INSTALL) from error  # fmt: skip
        database = self._database
        driver = database.driver or (_PG8000 if database.is_postgresql else "")
        kind = f"{database.kind}+{driver}" if driver else database.kind
        user, self._password = find_login(database)
        options, arguments = self._arguments(driver)
        password = None if "password" in arguments else self._password or None
        try:
            url = URL.create(
                kind, user or None, password, database.host or None, database.port,
                database.database, options,
            )  # fmt: skip
            return create_engine(url, poolclass=NullPool, connect_args=arguments)
        except NoSuchModuleError as error:
            raise self._stopped(
                f"no kind of database '{kind}' is known here", "check the beginning of the address"
            ) from error
        except ImportError as error:
            hint = _INSTALL if driver == _PG8000 else "install it beside ringmap"
            raise self._stopped(f"the driver '{error.name}' is missing", hint) from error
        except ArgumentError as error:
            raise self._stopped("the address cannot be used", "check each part of it") from error

    def _arguments(self, driver: str) -> tuple[dict[str, str], dict[str, Any]]:
        """Options left for the address, and what the driver is told beside."""
        options = dict(self._database.options)
        arguments: dict[str, Any] = {}
        if driver == _PG8000:
            arguments["timeout"] = CONNECT_S + self._seconds
            arguments["password"] = self._password
            mode, root = options.pop("sslmode", "prefer"), options.pop("sslrootcert", None)
            if mode not in ("disable", "prefer", "require", "verify-full"):
                raise self._stopped(
                    "the option sslmode has no value that is known",
                    "write disable, prefer, require or verify-full",
                )
            arguments["ssl_context"] = self._verified(root) if mode == "verify-full" else {
                "disable": False, "prefer": None, "require": True
            }[mode]  # fmt: skip
        elif driver in _WAITING:
            arguments[_WAITING[driver]] = int(CONNECT_S)
        return options, arguments

    def _verified(self, root: str | None) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=root)
        except OSError as error:
            raise self._stopped(
                f"the file of sslrootcert cannot be used ({error.strerror or error})",
                "name a file of certificates (PEM)",
            ) from error

    def _begin(self, connection: "Connection") -> None:
        for statement in _READ_ONLY.get(self._database.kind, ()):
            connection.exec_driver_sql(statement)
        if self._database.is_postgresql:
            limit_ms = max(1, round(self._seconds * 1000))
            connection.exec_driver_sql(f"SET statement_timeout = {limit_ms}")
            told = connection.exec_driver_sql("SELECT current_setting('is_superuser')")
            if told.scalar() == "on":
                raise self._stopped(
                    "this account is a superuser's, who may change anything even while reading",
                    "connect as a user who may only read; see: ringmap formats sql",
                )
        connection.commit()

    def _refusal(self, error: Exception) -> RecordsError:
        code, words = self._words(error)
        if code in _WRONG_LOGIN:
            hint = "check user and password; PGPASSWORD or the file .pgpass may hold it"
        elif code == _NO_SUCH_DATABASE:
            hint = "check the name of the database"
        else:
            hint = "check host and port, and that the server is running and lets you in"
        return self._stopped(f"cannot be read ({words})", hint)

    def _words(self, error: Exception) -> tuple[str, str]:
        """SQLSTATE, or nothing, and the first line of the database's own words."""
        cause = getattr(error, "orig", None) or error
        told = cause.args[0] if cause.args else ""
        code = str(getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None) or "")
        if isinstance(told, dict):  # as pg8000 tells it, field by field
            code, words = str(told.get("C", "")), str(told.get("M", ""))
        else:
            below = cause.__cause__
            words = str(below) if isinstance(below, OSError) else str(cause)
        lines = words.strip().splitlines() or [type(cause).__name__]
        words = self._database.without_password(lines[0])
        return code, words.replace(self._password, "***") if self._password else words

    def _stopped(self, reason: str, hint: str) -> RecordsError:
        return RecordsError(reason, file=str(self._database), hint=hint)


def _ask_postgresql(
    connection: "Connection",
    query: str,
    begin: Callable[[list[str]], None],
    take: Callable[[Sequence[object]], None],
) -> None:
    from sqlalchemy import text

    with connection.begin_nested() as point:
        connection.execute(text(_HAND_OVER), {"query": query})
        connection.exec_driver_sql(_OPEN)
        batch = connection.exec_driver_sql(_FETCH)
        begin(list(batch.keys()))
        while rows := batch.fetchall():
            for row in rows:
                take(row)
            batch = connection.exec_driver_sql(_FETCH)
        point.rollback()


def _ask_any(
    connection: "Connection",
    query: str,
    begin: Callable[[list[str]], None],
    take: Callable[[Sequence[object]], None],
) -> None:
    streaming = connection.execution_options(stream_results=True, yield_per=_BATCH)
    told = streaming.exec_driver_sql(query.rstrip("; \t\r\n"))
    begin(list(told.keys()))
    for row in told:
        take(row)
