"""The address of a database, as ringmap shows it: without its password."""

import getpass
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from ringmap.errors import RecordsError

_URL = re.compile(r"([A-Za-z][A-Za-z0-9_+.-]*)://(.*)", re.DOTALL)
_PLACE = re.compile(
    r"(?P<host>\[[^\]]*\]|[^:/?\[\]]*)(:(?P<port>\d{1,5}))?(/(?P<database>[^?]*))?(\?(?P<more>.*))?"
)
_FORM = "write it as postgresql://USER@HOST/DATABASE; see: ringmap formats sql"
_POSTGRESQL = ("postgres", "postgresql")
_PORT = 5432
_SECRET = re.compile("pass|pwd|secret|token|key", re.IGNORECASE)
_OTHERS_MAY_READ = 0o077
_FIELD = re.compile(r"((?:\\.|[^:\\])*)(?::|$)")


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """Where a database is. Shown anywhere, as text too, it has no password and no options.

    Attributes
    ----------
    kind
        Kind of database, such as ``postgresql``.
    driver
        The Python package that speaks to it; empty for the usual one.
    options
        What stands behind the question mark; for the driver.
    """

    kind: str
    driver: str
    user: str
    password: str = field(repr=False)
    host: str
    port: int | None
    database: str
    options: tuple[tuple[str, str], ...] = field(repr=False)

    def __str__(self) -> str:
        driver = f"+{self.driver}" if self.driver else ""
        user = f"{self.user}@" if self.user else ""
        return f"{self.kind}{driver}://{user}{self.place}/{self.database}"

    @property
    def place(self) -> str:
        """Host and port."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def is_postgresql(self) -> bool:
        """Whether PostgreSQL answers there."""
        return self.kind == "postgresql"

    def without_password(self, text: str) -> str:
        """The text with the password, and what options hold of that kind, taken out."""
        hidden = [value for name, value in self.options if _SECRET.search(name)]
        for secret in sorted(filter(None, (self.password, *hidden)), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def is_url(source: str) -> bool:
    """True of a text that begins as the address of a database does."""
    return _URL.fullmatch(source) is not None


def read_url(source: str) -> DatabaseUrl | Path:
    """The address of a database, or the file that an address of SQLite names.

    The last ``@`` ends user and password, so that a password may hold any sign; signs may be
    written as in any address (``%40``). Errors never repeat what was written.

    Raises
    ------
    RecordsError
        If it is no address.
    """
    match = _URL.fullmatch(source)
    if match is None:
        raise RecordsError("this is no address of a database", hint=_FORM)
    kind, _, driver = match[1].lower().partition("+")
    if kind == "sqlite":
        return _file(match[2])
    login, _, rest = match[2].rpartition("@")
    user, _, password = login.partition(":")
    place = _PLACE.fullmatch(rest)
    if place is None:
        raise RecordsError("the address of a database cannot be read", hint=_FORM)
    found = DatabaseUrl(
        "postgresql" if kind in _POSTGRESQL else kind,
        driver,
        unquote(user),
        unquote(password),
        place["host"].strip("[]"),
        int(place["port"]) if place["port"] else None,
        unquote(place["database"] or ""),
        tuple(parse_qsl(place["more"] or "")),
    )
    if not found.database:
        raise RecordsError("no database is named", file=str(found), hint=_FORM)
    return found


def _file(rest: str) -> Path:
    """The file of ``sqlite:///relative/path`` or ``sqlite:////absolute/path``."""
    path = rest.removeprefix("/")
    if not rest.startswith("/") or not path or path.startswith(":") or "?" in path:
        raise RecordsError(
            "the address names no SQLite file", hint="name the file itself, such as cases.sqlite"
        )
    return Path(path)


def find_login(database: DatabaseUrl) -> tuple[str, str]:
    """User and password: from the address, else for PostgreSQL from where its programs look.

    These are the variables PGUSER and PGPASSWORD, then the file .pgpass (or PGPASSFILE); and
    the user of this machine.
    """
    if not database.is_postgresql:
        return database.user, database.password
    user = database.user or os.environ.get("PGUSER") or getpass.getuser()
    password = database.password or os.environ.get("PGPASSWORD")
    return user, password or _kept_password(database, user)


def _kept_password(database: DatabaseUrl, user: str) -> str:
    path = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS_MAY_READ:
            return ""  # as PostgreSQL's own programs do
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    wanted = (database.host or "localhost", str(database.port or _PORT), database.database, user)
    for line in lines:
        fields = [re.sub(r"\\(.)", r"\1", one) for one in _FIELD.findall(line)]
        if len(fields) > len(wanted) and all(
            found in ("*", one) for found, one in zip(fields, wanted, strict=False)
        ):
            return fields[len(wanted)]
    return ""
