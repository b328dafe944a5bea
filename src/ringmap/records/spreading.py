"""Rows of a file that tell of several things: tables made of them, and one account of each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from ringmap.records.coded import Cells, Mask
from ringmap.records.receipt import Finding
from ringmap.records.tabletext import RawTable


@dataclass(slots=True)
class Spread:
    """A file and the tables made of its rows.

    ``origin`` has, for each table, the position in the file of the row that each of its rows
    comes from; a row of the file may stand in several tables, and several times in one.
    ``untaken`` is what to say of a row that stands in none: the reason, and what to do.
    """

    raw: RawTable
    untaken: tuple[str, str]
    tables: list[tuple[str, RawTable]] = field(default_factory=list)
    origin: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(self, table: str, columns: Mapping[str, Cells], origin: npt.NDArray[np.int64],
            called: Mapping[str, str], own: frozenset[str] = frozenset(),
            shown: Mapping[str, Cells] = MappingProxyType({})) -> None:  # fmt: skip
        """One more table: its columns, and under which heading of the file each is found.

        Those of `own` have names that a mapping gives them, and mean nothing else. `shown` has
        the cells of the whole file, by which a column shows how its dates and numbers are written.
        """
        raw = self.raw
        made = RawTable(
            raw.file, raw.sha256, raw.secret, raw.format, raw.encoding, list(columns),
            list(columns.values()), raw.heading_line, raw.row[origin], raw.line[origin],
            [], raw.refused[origin], raw.cutting,
        )  # fmt: skip
        made.called, made.own, made.shown = dict(called), own, shown
        made.read_as = raw.read_as
        self.tables.append((table, made))
        self.origin.append(origin)

    def settle(self) -> None:
        """Tell of each row of the file what became of it in all the tables.

        A row is used if any table uses it; whatever another table refuses of it is then a
        doubt, and to be corrected. A row that no table takes is refused.
        """
        raw = self.raw
        if raw.fatal:
            return
        used = np.zeros(len(raw.row), dtype=bool)
        taken = raw.refused.copy()
        for (_, made), origin in zip(self.tables, self.origin, strict=True):
            taken[origin] = True
            if not made.fatal:
                used[origin[~made.refused]] = True
        raw.refuse(~taken, None, None, *self.untaken)
        for _, made in self.tables:
            raw.findings += [part for one in made.findings for part in _weighed(one, used)]
        raw.refused |= ~used


def _weighed(finding: Finding, used: Mask) -> Iterator[Finding]:
    """A finding as it is; what is refused of a row that is used otherwise becomes a doubt."""
    rows, where = np.unique(finding.rows, return_index=True)  # a row may stand there many times
    finding = replace(finding, rows=rows, lines=finding.lines[where])
    if finding.severity != "refused":
        yield finding
        return
    still = used[finding.rows - 1]
    if not still.all():
        yield replace(finding, rows=finding.rows[~still], lines=finding.lines[~still])
    if still.any():
        yield replace(
            finding, severity="warning", hint=f"what else the row tells is used; {finding.hint}",
            rows=finding.rows[still], lines=finding.lines[still], in_part=True,
        )  # fmt: skip
