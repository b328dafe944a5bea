"""What stands behind a number: records, told as document, agency, grade, file and row."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from ringmap.model import Case, pages_of_ties


@dataclass(frozen=True, slots=True)
class Piece:
    """One record as evidence; None where not recorded. `reliability` A–F, `credibility` 1–6."""

    record: int
    file: str
    row: int
    source_ref: str | None
    document: str | None
    page: str | None
    agency: str | None
    received: str | None
    reliability: str | None
    credibility: str | None
    handling: str | None

    @property
    def grade(self) -> str:
        """Such as ``B2``; ``B?`` where half is known, empty where nothing is."""
        if self.reliability is None and self.credibility is None:
            return ""
        return f"{self.reliability or '?'}{self.credibility or '?'}"

    @property
    def firm(self) -> bool:
        """True for a source of A–C and information of 1–3, both recorded."""
        return (self.reliability or "F") in "ABC" and (self.credibility or "6") in "123"

    def as_dict(self) -> dict[str, str | int | None]:
        """The facts by name."""
        return asdict(self) | {"grade": self.grade or None}


class Archive:
    """The records of a case file, looked up by position."""

    def __init__(self, case: Case) -> None:
        self._records = _columns(case.records, ("file", "row", "source", "page", "reliability",
                                                "credibility"))  # fmt: skip
        self._sources = _columns(case.sources, ("source_ref", "document", "page", "agency",
                                                "received", "handling"))  # fmt: skip
        self._pages = pages_of_ties(case)

    def piece(self, record: int) -> Piece:
        """A record as evidence."""
        of = {name: values[record] for name, values in self._records.items()}
        source = int(of["source"])
        told = {name: (values[source] if source >= 0 else None)
                for name, values in self._sources.items()}  # fmt: skip
        page = self._pages.get(record) or of["page"] or told["page"]
        return Piece(
            record, str(of["file"]), int(of["row"]), told["source_ref"], told["document"],
            page, told["agency"], told["received"], of["reliability"],
            of["credibility"], told["handling"],
        )  # fmt: skip

    def sorted(self, records: Iterable[int]) -> list[Piece]:
        """Pieces, best graded first, then in the order of files and rows."""
        pieces = [self.piece(record) for record in sorted(set(map(int, records)))]
        return sorted(
            pieces, key=lambda one: (one.reliability or "G", one.credibility or "7", one.record)
        )

    def handling_counts(self) -> dict[str, int]:
        """How many records have each handling code."""
        source = np.asarray(self._records["source"], dtype=np.int64)
        known = pd.Series(source[source >= 0])
        codes = known.map(pd.Series(self._sources["handling"], dtype=object)).dropna()
        return {str(code): int(count) for code, count in codes.value_counts(sort=False).items()}


def _columns(table: pd.DataFrame, names: tuple[str, ...]) -> dict[str, list]:  # type: ignore[type-arg]
    return {
        name: table[name].astype(object).where(table[name].notna(), None).tolist() for name in names
    }


class Citations:
    """Numbers the records that a report cites, in the order of their first citation."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._numbers: dict[int, int] = {}

    def number(self, record: int) -> int:
        """The number of a record in the list of evidence."""
        return self._numbers.setdefault(record, len(self._numbers) + 1)

    def cited(self) -> list[tuple[int, Piece]]:
        """Numbers and records cited so far."""
        return [(number, self.archive.piece(record)) for record, number in self._numbers.items()]
