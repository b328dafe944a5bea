"""Everything ringmap can refuse to do, as a tree.

RingmapError
├── RecordsError      a source cannot be read at all
│   └── ReadingError  asks to read as ringmap cannot: no such encoding, no such limit
├── StoreError        a store cannot be opened, read or written
│   └── OvertakenError another load came between reading beside a store and keeping
├── GraphError        a graph cannot answer: missing ties, countries or parties
│   └── QuestionError asks for what ringmap does not know: a measure, a column, a window
├── DisclosureError   something would be shown that the policy protects
├── OutputError       a page, report or export cannot be written
│   └── FormError     asks for a form, sample or page of the manual that there is not
└── SettingsError     a file of settings, such as a mapping, cannot be read; with its line
    └── ScenarioError a scenario, profile or truth of invented cases cannot be read
        └── InventionError asks for cases that cannot be invented: no such scenario or profile

The innermost of them, asked of no records in particular, are `asked_wrongly`.
"""

from typing import ClassVar

__all__ = [
    "DisclosureError",
    "FormError",
    "GraphError",
    "InventionError",
    "OutputError",
    "OvertakenError",
    "QuestionError",
    "ReadingError",
    "RecordsError",
    "RingmapError",
    "ScenarioError",
    "SettingsError",
    "StoreError",
    "one_line",
]

#: Signs that steer a terminal, or turn the direction in which what follows is shown.
_STEERING = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)


def one_line(text: str) -> str:
    """Text as it can be printed within a line: a record or a file's name cannot add one.

    White space becomes single spaces; signs that steer a terminal or turn the direction of
    writing, and bytes that are no text, become replacement marks.
    """
    line = " ".join(text.split()).translate(_STEERING)
    return line.encode("utf-8", "replace").decode("utf-8")


class RingmapError(Exception):
    """Says in one line where, what is wrong, and what to do; skins print it as it is."""

    #: Whether what was asked can be answered of no records: exit code 2, not 1.
    asked_wrongly: ClassVar[bool] = False

    def __init__(self, message: str, *, file: str | None = None, hint: str | None = None) -> None:
        self.message = message
        self.file = file
        self.hint = hint
        super().__init__(_one_line(message, file, hint))


def _one_line(message: str, file: str | None, hint: str | None) -> str:
    where = f"{file}: " if file else ""
    what_to_do = f"; {hint}" if hint else ""
    return one_line(f"{where}{message}{what_to_do}")


class RecordsError(RingmapError):
    """Raised when a source as a whole cannot be read."""


class ReadingError(RecordsError):
    """Raised when no records can be read in the way asked for: no such encoding, no such limit."""

    asked_wrongly = True


class StoreError(RingmapError):
    """Raised when a store cannot be opened, read or written."""


class OvertakenError(StoreError):
    """Raised when a store holds more than it did when records were read beside it."""


class GraphError(RingmapError):
    """Raised when a graph cannot answer what was asked of it."""


class QuestionError(GraphError):
    """Raised when what is asked can be answered of no records: no such measure, column, window."""

    asked_wrongly = True


class DisclosureError(RingmapError):
    """Raised when something would be shown that the policy protects."""


class OutputError(RingmapError):
    """Raised when a page, report or export cannot be written."""


class FormError(OutputError):
    """Raised when there is no such form to write, no such sample, or no such page to read."""

    asked_wrongly = True


class SettingsError(RingmapError):
    """Raised when a file of settings cannot be read; says line, column and what was expected."""

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        self.line = line
        self.column = column
        places = (("line", line), ("column", column))
        where = "".join(f", {word} {number}" for word, number in places if number is not None)
        super().__init__(message, file=f"{file}{where}" if file else None, hint=hint)
        self.file = file


class ScenarioError(SettingsError):
    """Raised when a scenario, a profile or a truth folder of invented cases cannot be read."""


class InventionError(ScenarioError):
    """Raised when there is no such scenario or profile, or numbers asked for contradict."""

    asked_wrongly = True
