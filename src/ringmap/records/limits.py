"""How much of a file is read before it is given up."""

import math
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from ringmap.errors import ReadingError

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ?([kmg]?b?)", re.IGNORECASE)
_UNITS = {"": 1, "b": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}
_LONGEST_S = 86_400
_SIZE_OF_SECONDS = 500_000
_MOST = 2**53


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that an honest case file stays within and a hostile one does not.

    Attributes
    ----------
    file_bytes
        Size of a file on disk.
    unpacked_bytes
        Size of everything in a zip, unpacked; and of the text that comes out of any file.
    ratio
        Unpacked size over packed size of a zip, applied from 10 MB unpacked.
    members
        Files in a zip.
    rows
        Rows of one table that are not empty.
    columns
        Columns of one table.
    cells
        Cells of all tables of a file, empty ones between others included. A text table of a
        hundred columns or fewer is held by its rows alone.
    cell_characters
        Characters of one cell.
    depth
        Levels of XML or JSON within each other.
    seconds
        Time to read a file of up to half a megabyte apart; larger files have more in
        proportion, see `seconds_for`.
    memory_bytes
        Memory of the process that reads a file apart. Held on Linux; elsewhere the limits
        above bound it.
    """

    file_bytes: int = 1_000_000_000
    unpacked_bytes: int = 1_000_000_000
    ratio: int = 200
    members: int = 2_000
    rows: int = 10_000_000
    columns: int = 2_000
    cells: int = 10_000_000
    cell_characters: int = 1_000_000
    depth: int = 50
    seconds: float = 4.0
    memory_bytes: int = 384_000_000

    @classmethod
    def parse(cls, settings: Iterable[str]) -> Self:
        """The usual limits with some of them set, each as ``NAME=VALUE``.

        A value is a number above zero; sizes may be written ``2GB``, ``500MB`` or ``64kB``
        (powers of ten).

        Raises
        ------
        ReadingError
            If a setting is not of this form or names no limit.
        """
        limits = cls()
        kinds = {field.name: float if field.name == "seconds" else int for field in fields(cls)}
        for setting in settings:
            name, equals, text = (part.strip() for part in setting.partition("="))
            if not equals or name not in kinds:
                raise ReadingError(
                    f"no limit '{setting}'",
                    hint=f"write NAME=VALUE, NAME one of {', '.join(kinds)}",
                )
            change: dict[str, Any] = {name: kinds[name](_amount(setting, name, text))}
            limits = replace(limits, **change)
        return limits

    def seconds_for(self, size: int) -> float:
        """Wall-clock seconds to read a file of so many bytes.

        The usual 4 seconds, and 8 more for each MB beyond the first half: 300,000 cells are some
        2 MB packed, which are read in 2 to 3 seconds (measured) and allowed 17.
        """
        return min(self.seconds * max(1.0, size / _SIZE_OF_SECONDS), _LONGEST_S)

    def as_dict(self) -> dict[str, float]:
        """The limits by name."""
        return asdict(self)


def _amount(setting: str, name: str, text: str) -> float:
    match = _AMOUNT.fullmatch(text)
    unit = match[2].lower() if match else ""
    amount = float(match[1]) * _UNITS[unit] if match else math.nan
    if name != "seconds":
        amount = math.floor(amount) if math.isfinite(amount) else math.nan
    if not 0 < amount <= _MOST or (unit and not name.endswith("_bytes")):
        raise ReadingError(
            f"the limit '{setting}' has no value that can be used",
            hint="write a number above zero; a size may end in kB, MB or GB",
        )
    return amount
