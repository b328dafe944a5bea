"""What a benchmark found: one row for each thing that was measured, beside one peer or none."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """CPU seconds of ringmap for one thing in one network, and those of a peer."""

    size: str
    what: str
    own: float
    beside: str = "–"
    peer: float | None = None
    note: str = ""

    def cells(self) -> str:
        """As a row of a table in Markdown; × is how many times longer the peer takes."""
        other = "–" if self.peer is None else f"{self.peer:.3g}"
        times = "–" if self.peer is None else f"{self.peer / self.own:.3g}"
        row = (self.size, self.what, f"{self.own:.3g}", self.beside, other, times, self.note)
        return f"| {' | '.join(row)} |"


def head() -> str:
    """The first two lines of a table."""
    return "| size | what | ringmap, CPU s | beside | CPU s | × | |\n" + "|" + " --- |" * 7


def print_table(rows: Iterable[Row]) -> None:
    """All rows, one after another."""
    print(head())
    for row in rows:
        print(row.cells())
