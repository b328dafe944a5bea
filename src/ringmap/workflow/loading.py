"""Read sources and keep them in a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ringmap.records import Receipt, read, receipt_json
from ringmap.store import Added, add
from ringmap.workflow.sources import refuse_unread


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows, and of the store."""

    receipt: Receipt
    added: Added


def load_sources(sources: Sequence[Path], into: Path, *, loaded_at: str) -> Loaded:
    """Read sources and keep all of them in a store, or nothing.

    Raises
    ------
    RecordsError
        If a file cannot be used; the store stays as it was.
    StoreError
        If the store cannot be written; it stays as it was.
    """
    result = read(sources)
    refuse_unread(result.receipt)
    name = ", ".join(str(source) for source in sources)
    added = add(
        into, result.case, source=name, receipt=receipt_json(result.receipt), loaded_at=loaded_at
    )
    return Loaded(result.receipt, added)
