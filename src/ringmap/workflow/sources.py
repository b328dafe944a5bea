"""What a user names as SOURCE: a case folder, a file, a database, or a store."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ringmap.disclosure import call_by_codes
from ringmap.errors import ReadingError, RecordsError, SettingsError
from ringmap.model import Case
from ringmap.records import (
    DatabaseUrl,
    Limits,
    ReadResult,
    Receipt,
    Source,
    Tell,
    is_database,
    read,
    suggest_mapping,
)
from ringmap.store import is_store, open_store, pseudonym_key
from ringmap.workflow.choices import USUAL, Choices


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


def open_source(source: Source, choices: Choices = USUAL) -> Opened:
    """The case file that a path or the address of a database names.

    Victims go by their codes already here, or the order of findings would tell their ids; for
    those who chose to see them by name they do not. Places are looked up in ringmap's list of
    names, or in the one chosen.

    Raises
    ------
    RecordsError
        If a file of it cannot be used; the message is the receipt's first fatal problem.
    SettingsError
        If the list of places is none, or is named for a store, whose places are looked up.
    StoreError
        If it is a store that cannot be opened.
    """
    opened = _open(source, choices.gazetteer)
    if choices.show_victims:
        return opened
    return replace(opened, case=call_by_codes(opened.case, opened.key))


def _open(source: Source, gazetteer: Path | None) -> Opened:
    if isinstance(source, DatabaseUrl):
        return _open_read(source, source.database, gazetteer)
    if source.suffix == ".ringmap" or (is_store(source) and not is_database(source)):
        if gazetteer is not None:
            raise SettingsError(
                "the places of a store were looked up when it was loaded", file=str(source),
                hint="load the records again with --gazetteer",
            )  # fmt: skip
        stored = open_store(source)
        return Opened(stored.case, stored.key, source.stem, store=source)
    return _open_read(source, source.resolve().stem, gazetteer)


def _open_read(source: Source, name: str, gazetteer: Path | None) -> Opened:
    result = read(source, gazetteer=gazetteer)
    refuse_unread(result.receipt)
    key = pseudonym_key(result.case.files)
    return Opened(result.case, key, name, receipt=result.receipt)


@dataclass(frozen=True, slots=True)
class Reading:
    """How records are to be read.

    Attributes
    ----------
    mapping
        Which columns are which, as a file; None where headings speak for themselves.
    encoding
        Encoding of all text files; None to find it.
    limits
        Limits to change, each as ``NAME=VALUE``.
    gazetteer
        A list of places to look names up in instead of ringmap's, as a file.
    """

    mapping: Path | None = None
    encoding: str | None = None
    limits: tuple[str, ...] = ()
    gazetteer: Path | None = None


#: Headings and encodings speak for themselves.
AS_THEY_ARE = Reading()


def read_sources(
    sources: Sequence[Source], reading: Reading = AS_THEY_ARE, *, beside: Case | None = None,
    tell: Tell | None = None,
) -> ReadResult:  # fmt: skip
    """Case file and receipt of sources read together, perhaps to be added to a case file."""
    limits = Limits.parse(reading.limits)
    return read(
        sources, mapping=reading.mapping, encoding=reading.encoding, limits=limits,
        beside=beside, gazetteer=reading.gazetteer, tell=tell,
    )  # fmt: skip


def propose_mapping(sources: Sequence[Source], reading: Reading) -> str:
    """A mapping proposed from the headings and cells of a source; nothing is applied."""
    if len(sources) > 1:
        raise ReadingError("a mapping is proposed for one source at a time", hint="name one")
    return suggest_mapping(sources[0], encoding=reading.encoding)


def refuse_unread(receipt: Receipt) -> None:
    """Raise for the first file of a receipt that could not be used."""
    for file, problem in receipt.problems():
        if problem.severity == "fatal":
            where = f"line {problem.line}: " if problem.line else ""
            raise RecordsError(f"{where}{problem.reason}", file=file, hint=problem.hint)
    if not receipt.rows_used:
        reason = next((problem.reason for _, problem in receipt.problems()), "no rows")
        raise RecordsError(f"no row can be used: {reason}", hint="see: ringmap check")
