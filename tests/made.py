"""A generated folder as tests read it: by the csv module, not by the code under test."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path


class Made:
    """A generated folder, each table read by the csv module when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[dict[str, str]]] = {}

    def rows(self, name: str) -> list[dict[str, str]]:
        """A table of the folder."""
        if name not in self.tables:
            with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                self.tables[name] = list(csv.DictReader(file))
        return self.tables[name]

    @cached_property
    def people(self) -> dict[str, dict[str, str]]:
        """People of the truth by ``who``."""
        return {row["who"]: row for row in self.rows("truth/people")}

    @cached_property
    def whose(self) -> dict[str, str]:
        """``who`` by the numbers of the records."""
        return {row["person_id"]: row["who"] for row in self.rows("truth/identities")}

    @cached_property
    def events(self) -> list[dict[str, str]]:
        """Events and legs, but those whose day is wrong on purpose."""
        wrong = {
            (row["key"], row["written"])
            for row in self.rows("truth/errors")
            if row["column"] == "date"
        }
        rows = self.rows("events") + self.rows("legs")
        return [row for row in rows if (row["event_id"], row["date"]) not in wrong]

    def starts(self) -> dict[str, str]:
        """The day on which each victim's journey began, as it was."""
        people, found = self.people, dict[str, str]()
        for row in self.rows("truth/ties"):
            victim = row["target"]
            if row["case_id"] and row["first"] and people[victim]["side"] == "victim":
                found[victim] = min(found.get(victim, row["first"]), row["first"])
        return found
