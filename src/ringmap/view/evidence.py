"""Records and sources of the page's data block: those that it points to, and no others."""

import math
from typing import Any

import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.model import pages_of_ties

_RECORD_COLUMNS = ("page", "reliability", "credibility")
_SOURCE_COLUMNS = (
    "document", "page", "agency", "received", "reliability", "credibility", "handling",
)  # fmt: skip


def plain(value: Any) -> Any:
    """A table's value as JSON knows it; None where nothing is recorded."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class RecordBook:
    """Numbers records in the order in which a page first points to them."""

    def __init__(self, cleared: Cleared) -> None:
        self._records = cleared.case.records
        self._sources = cleared.case.sources
        self._pages = pages_of_ties(cleared.case)
        self._index: dict[int, int] = {}
        self._grades = [
            _grade(*both)
            for both in zip(
                self._records["reliability"].tolist(),
                self._records["credibility"].tolist(),
                strict=True,
            )
        ]

    def use(self, record: int) -> int:
        """Index on the page of a record of the case."""
        return self._index.setdefault(int(record), len(self._index))

    def best_grade(self, records: list[int]) -> str | None:
        """The best grade of some records of the case: ``A1`` before ``A2`` before ``B1``."""
        known = [grade for record in records if (grade := self._grades[record])]
        return min(known, key=_from_best, default=None)

    def records(self) -> dict[str, list[Any]]:
        """``records`` of the data block."""
        used = self._records.iloc[list(self._index)]
        sources = {source: at for at, source in enumerate(self._used_sources())}
        table = {name: [plain(value) for value in used[name].tolist()] for name in _RECORD_COLUMNS}
        page = [
            own or self._pages.get(record)
            for record, own in zip(self._index, table["page"], strict=True)
        ]
        return {
            "file": used["file"].tolist(),
            "row": [int(row) for row in used["row"]],
            "line": [int(line) for line in used["line"]],
            "source": [sources.get(int(source)) for source in used["source"]],
            **table,
            "page": page,
        }

    def sources(self) -> dict[str, list[Any]]:
        """``sources`` of the data block."""
        used = self._sources.iloc[self._used_sources()]
        told = {name: [plain(value) for value in used[name]] for name in _SOURCE_COLUMNS}
        return {"ref": used["source_ref"].tolist(), **told}

    def _used_sources(self) -> list[int]:
        used = self._records["source"].iloc[list(self._index)]
        return sorted({int(source) for source in used if source >= 0})


def _grade(reliability: Any, credibility: Any) -> str | None:
    told = (plain(reliability) or "") + (plain(credibility) or "")
    return told or None


def _from_best(grade: str) -> tuple[str, str]:
    """Half a grade comes after every whole one that begins like it."""
    reliability = grade[0] if grade[0].isalpha() else "G"
    return reliability, grade[-1] if grade[-1].isdigit() else "7"
