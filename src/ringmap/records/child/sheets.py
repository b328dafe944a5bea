"""The sheets of a file on their way to the parent, counted as they go."""

from .answers import Answers
from .bounds import Bounds
from .refusal import beyond

#: Characters of one row, in cells as long as a cell may be.
_LONG_CELLS_IN_ROW = 4
_MOST_BESIDE, _LONGEST_BESIDE = 20, 24


def letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Sheets:
    """Says sheets, rows and flags, and gives the file up where it goes beyond its limits."""

    def __init__(self, answers: Answers, bounds: Bounds) -> None:
        self._say = answers.say
        self._bounds = bounds
        self._rows = 0
        self._cells = 0
        self._characters = 0
        self._beside: set[str] = set()

    def note(self, kind: str, detail: str = "") -> None:
        """Something about the file as a whole."""
        self._say("note", kind, detail)

    def begin(self, name: str, *, hidden: bool) -> None:
        """A sheet; rows and flags that follow are its own."""
        self._rows = 0
        self._say("sheet", name, hidden)

    def expect(self, rows: int, cells: list[str]) -> None:
        """Make sure that there is room for so many rows of these cells, before any is said.

        Raises
        ------
        RefusalError
            If rows or cells would be more than is allowed.
        """
        if any(map(str.strip, cells)):
            self._check(self._rows + rows, self._cells + rows * len(cells))

    def _check(self, rows: int, cells: int) -> None:
        if rows > self._bounds.rows:
            raise beyond(f"more than {self._bounds.rows} rows", "rows")
        if cells > self._bounds.cells:
            raise beyond(f"more than {self._bounds.cells} cells", "cells")

    def row(self, number: int, cells: list[str]) -> None:
        """Cells of a row from column A to the last that is not empty.

        A row of nothing but white space counts as empty, and is passed over.

        Raises
        ------
        RefusalError
            If rows, cells, or characters in them are more than is allowed.
        """
        if not any(map(str.strip, cells)):
            return
        bounds = self._bounds
        length = sum(map(len, cells))
        self._rows += 1
        self._cells += len(cells)
        self._characters += length
        self._check(self._rows, self._cells)
        if length > _LONG_CELLS_IN_ROW * bounds.cell_characters:
            raise beyond(f"a row of {length} characters", "cell_characters")
        if self._characters > bounds.unpacked_bytes:
            raise beyond(f"more than {bounds.unpacked_bytes} characters", "unpacked_bytes")
        self._say("row", number, cells)

    def beside(self, kind: str) -> str:
        """What to flag a cell with beside whose number only its format writes something.

        That is a currency or another text; some are told by name.
        """
        kind = kind[:_LONGEST_BESIDE]
        if len(self._beside) < _MOST_BESIDE:
            self._beside.add(kind)
        return kind if kind in self._beside else f"{kind.partition(' ')[0]} …"

    def flag(self, row: int, column: int | None, kind: str) -> None:
        """Something about a cell (column counted from 0) or about a whole row."""
        self._say("flag", row, column, kind)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns from `first` to `last`, counted from 0, cannot be seen."""
        self._say("hidden columns", first, last)

    def merged(self, first: int, last: int, column: int, reference: str) -> None:
        """Cells of the rows `first` to `last`, from `column` on, look like one."""
        self._say("merged", first, last, column, reference)

    def comments(self, count: int) -> None:
        """So many comments stand beside the cells."""
        if count:
            self._say("comments", count)
