"""Everything that a report says, gathered once for all of its forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ringmap.disclosure import Cleared
from ringmap.model import end_of, names_of_parties, precision, start_of
from ringmap.report.doubts import (
    Contradiction,
    WeakTie,
    find_contradictions,
    find_weak_ties,
    require_cleared,
)
from ringmap.report.ranking import rank_table
from ringmap.report.records import Archive

Caveat = tuple[str, str]
_DATES = ("reported", "detected", "prosecuted", "tried")


@dataclass(frozen=True, eq=False)
class Contents:
    """What is said; `brokers` in rank order, `rings` as found, `caveats` in both languages.

    `ring_names` has a row per ring, `shared` a row per person of several rings.
    """

    cleared: Cleared
    archive: Archive
    brokers: pd.DataFrame
    rings: pd.DataFrame
    ring_names: pd.DataFrame
    shared: pd.DataFrame
    crossings: Any
    years: pd.DataFrame
    caveats: Sequence[Caveat]
    contradictions: Sequence[Contradiction]
    weak: Sequence[WeakTie]

    @property
    def names(self) -> dict[str, str]:
        """Name of each party as shown."""
        return {str(one): str(name) for one, name in names_of_parties(self.cleared.case).items()}

    def sizes(self) -> dict[str, int]:
        """How many cases, people, ties between people, records and sources there are."""
        case, people = self.cleared.case, self.cleared.graphs.get("people")
        types = case.parties["type"]
        return {
            "cases": int((types == "case").sum()),
            "people": int((types == "person").sum()),
            "ties": 0 if people is None else len(people.ties),
            "records": len(case.records),
            "sources": len(case.sources),
        }

    def period(self) -> tuple[str, str] | None:
        """First and last date that the records give of ties, events and cases."""
        case = self.cleared.case
        told = case.statements[case.statements["column"].isin(_DATES)]["value"]
        dates = pd.concat(
            [case.ties["first"], case.ties["last"], case.events["date"], told], ignore_index=True
        ).dropna()
        known = [date for date in dates.unique() if precision(date)]
        years = [end[:4] for date in known for end in (start_of(date), end_of(date)) if end]
        return (min(years), max(years)) if years else None


def gather_contents(cleared: Cleared) -> Contents:
    """Gather what a report says of what was cleared.

    Raises
    ------
    DisclosureError
        If `cleared` is anything but a `Cleared`.
    """
    require_cleared(cleared)
    archive = Archive(cleared.case)
    brokers = rank_table(cleared)
    ranked = brokers[brokers["rank"].notna()]
    ranks = {str(party): int(rank) for party, rank in zip(ranked["party"], ranked["rank"],
                                                          strict=True)}  # fmt: skip
    people = cleared.graphs.get("people")
    findings = cleared.findings
    return Contents(
        cleared, archive, brokers,
        _frame(findings.get("rings"), ("party", "ring", "share", "stability")),
        _frame(findings.get("ring_names"), ("ring", "name", "name_vi")),
        _frame(findings.get("shared_members"), ("party", "rings", "because", "records")),
        findings.get("crossings"),
        _years(findings.get("counts")),
        tuple((str(en), str(vi)) for en, vi in findings.get("caveats", ())),
        find_contradictions(cleared.case),
        find_weak_ties(people, archive, ranks) if people is not None else (),
    )  # fmt: skip


def _frame(found: object, columns: Sequence[str]) -> pd.DataFrame:
    return found if isinstance(found, pd.DataFrame) else pd.DataFrame(columns=list(columns))


def _years(found: object) -> pd.DataFrame:
    table = _frame(found, ("year", "cases", "offenders", "victims"))
    return table if "year" in table.columns else table.rename_axis("year").reset_index()


def find_verdict(contents: Contents) -> str | None:
    """The sentence on whether there are brokers at all, in English; None if nobody judged."""
    for found in (
        contents.cleared.findings.get("verdict"),
        contents.brokers.attrs.get("verdict"),
        getattr(contents.cleared.findings.get("brokers"), "attrs", {}).get("verdict"),
    ):
        if found is not None:
            return str(getattr(found, "because", found))
    return None


def find_significance(contents: Contents, language: str = "en") -> str | None:
    """The sentence on how sure the rings are, in a language that it is told in; else None."""
    found = contents.rings.attrs.get("significance")
    if isinstance(found, dict):
        found = found.get("verdict" if language == "en" else f"verdict_{language}")
    elif language != "en":
        return None
    return None if found is None else str(getattr(found, "because", found))
