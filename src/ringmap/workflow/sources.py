"""What a user names as SOURCE: a case folder, a file, or a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ringmap.errors import RecordsError
from ringmap.model import Case
from ringmap.records import Receipt, read
from ringmap.store import is_store, open_store, pseudonym_key


@dataclass(frozen=True, slots=True)
class Opened:
    """A case file ready to work with.

    Attributes
    ----------
    key
        Secret of its pseudonyms.
    store
        The store it came from, or None when it was read from records just now.
    receipt
        What became of its rows, when it was read just now.
    """

    case: Case
    key: str
    name: str
    store: Path | None = None
    receipt: Receipt | None = None


def open_source(source: Path) -> Opened:
    """The case file that a path names.

    Raises
    ------
    RecordsError
        If a file of it cannot be used; the message is the receipt's first fatal problem.
    StoreError
        If it is a store that cannot be opened.
    """
    if is_store(source) or source.suffix == ".ringmap":
        stored = open_store(source)
        return Opened(stored.case, stored.key, source.stem, store=source)
    result = read(source)
    refuse_unread(result.receipt)
    key = pseudonym_key(result.case.files)
    return Opened(result.case, key, source.resolve().stem, receipt=result.receipt)


def check_sources(sources: Sequence[Path]) -> Receipt:
    """Read sources and keep nothing: the receipt."""
    return read(sources).receipt


def refuse_unread(receipt: Receipt) -> None:
    """Raise for the first file of a receipt that could not be used."""
    for file, problem in receipt.problems():
        if problem.severity == "fatal":
            where = f"line {problem.line}: " if problem.line else ""
            raise RecordsError(f"{where}{problem.reason}", file=file, hint=problem.hint)
    if not receipt.rows_used:
        reason = next((problem.reason for _, problem in receipt.problems()), "no rows")
        raise RecordsError(f"no row can be used: {reason}", hint="see: ringmap check")
