"""Read sources and keep them in a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ringmap.errors import OvertakenError
from ringmap.records import Receipt, Rejected, Source, Tell, receipt_json
from ringmap.store import Added, add, is_store, is_unused, open_store
from ringmap.workflow.sources import AS_THEY_ARE, Reading, read_sources, refuse_unread


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows, and of the store; and the rows that were refused."""

    receipt: Receipt
    added: Added
    rejected: tuple[Rejected, ...]


def load_sources(
    sources: Sequence[Source], into: Path, reading: Reading = AS_THEY_ARE, *, loaded_at: str,
    tell: Tell | None = None,
) -> Loaded:  # fmt: skip
    """Read sources and keep all of them in a store, or nothing.

    What ids mean hangs on what the store lists. Where another load comes in between, the
    sources are read again, beside what it left. A pipe cannot be: it is to be loaded again.

    Raises
    ------
    RecordsError
        If a file cannot be used; the store stays as it was.
    SettingsError
        If the mapping is none.
    StoreError
        If the store cannot be written; it stays as it was.
    """
    while True:
        try:
            return _load(sources, into, reading, loaded_at, tell)
        except OvertakenError:
            if any(isinstance(one, Path) and one.is_fifo() for one in sources):
                raise


def _load(
    sources: Sequence[Source], into: Path, reading: Reading, loaded_at: str, tell: Tell | None
) -> Loaded:
    """The same, once: refused where the store has had another load meanwhile."""
    stored = open_store(into) if is_store(into) and not is_unused(into) else None
    beside = None if stored is None else stored.case
    result = read_sources(sources, reading, beside=beside, tell=tell)
    refuse_unread(result.receipt)
    if tell is not None:
        tell(f"storing {result.receipt.rows_used:,} rows", 1.0)
    added = add(
        into, result.case, source=", ".join(map(str, sources)),
        receipt=receipt_json(result.receipt), loaded_at=loaded_at, same=result.same,
        after=0 if stored is None else len(stored.loads),
    )  # fmt: skip
    return Loaded(result.receipt, added, result.rejected)
