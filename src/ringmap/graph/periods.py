"""Years, quarters and months as numbers, counted from the year 0, and by their names."""

from datetime import date
from typing import Literal

PeriodLength = Literal["year", "quarter", "month"]
PERIODS: tuple[PeriodLength, ...] = ("year", "quarter", "month")
_MONTHS: dict[PeriodLength, int] = {"year": 12, "quarter": 3, "month": 1}


def period_length(name: str) -> PeriodLength | None:
    """The length of that name; None where there is none."""
    return next((length for length in PERIODS if length == name), None)


def number_period(day: date, length: PeriodLength) -> int:
    """The number of the year, quarter or month that a day lies in."""
    return (day.year * 12 + day.month - 1) // _MONTHS[length]


def name_period(number: int, length: PeriodLength) -> str:
    """``2019``, ``2019-Q2`` or ``2019-05``."""
    if length == "year":
        return f"{number:04d}"
    if length == "quarter":
        return f"{number // 4:04d}-Q{number % 4 + 1}"
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
