"""Keep a case file in one SQLite file, with what was loaded into it and what was shown of it."""

from ringmap.store.casestore import (
    Added,
    Disclosure,
    Load,
    Stored,
    add,
    is_store,
    is_unused,
    log_disclosure,
    open_store,
    pseudonym_key,
)

__all__ = [
    "Added",
    "Disclosure",
    "Load",
    "Stored",
    "add",
    "is_store",
    "is_unused",
    "log_disclosure",
    "open_store",
    "pseudonym_key",
]
