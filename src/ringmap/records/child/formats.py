"""Stored numbers as the text that a case file keeps: dates by their format, all else as it is."""

import re
from datetime import date

#: What a date format shows, of "year", "month", "day", "time" and "elapsed"; none: no date.
Shown = frozenset[str]

_DATE = frozenset({"year", "month", "day"})
_CLOCK = frozenset({"time"})
_BOTH = _DATE | _CLOCK
_MONTH = frozenset({"year", "month"})
_YEAR = frozenset({"year"})
_NOTHING: Shown = frozenset()
# ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asian languages.
_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((14, 15, 16, *range(27, 37), *range(50, 59)), _DATE),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), _CLOCK),
    17: _MONTH,
    22: _BOTH,
    46: frozenset({"elapsed"}),
}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|[_*].|general|e[+-]', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_HALF_DAY = re.compile(r"am/pm|a/p", re.IGNORECASE)
_PART = re.compile(r"(y+|e+|b+|m+|d+|h+|s+)", re.IGNORECASE)
_PLAIN = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_LARGEST_WHOLE = 1e21
_DIGITS_KEPT = 15
_MS_PER_DAY = 86_400_000
_LAST_DAY = 2_958_465
_DAY_ZERO_1900 = date(1899, 12, 30).toordinal()
_DAY_ZERO_1904 = date(1904, 1, 1).toordinal()
_NO_SUCH_DAY = 60


def built_in(number: int) -> Shown:
    """What a number format that every file has by its number shows of a date."""
    return _BUILT_IN.get(number, _NOTHING)


def shown_by(code: str) -> Shown:
    """What a number format shows of a date, such as ``dd/mm/yyyy`` or ``[h]:mm``.

    Only the section for positive numbers counts. ``m`` stands for minutes after ``h`` and
    before ``s``, for months elsewhere; ``b`` is a Buddhist year and ``e`` one of an era.
    """
    code = _NOT_SHOWN.sub("", code).partition(";")[0]
    if _ELAPSED.search(code):
        return frozenset({"elapsed"})
    code, half_days = _HALF_DAY.subn("", _BRACKETS.sub("", code))
    parts = [part[0].lower() for part in _PART.findall(code)]
    shown = {"time"} if half_days else set()
    for place, part in enumerate(parts):
        minutes = part == "m" and (
            (place > 0 and parts[place - 1] == "h") or parts[place + 1 : place + 2] == ["s"]
        )
        shown.add(
            "time" if minutes or part in "hs" else {"m": "month", "d": "day"}.get(part, "year")
        )
    return frozenset(shown)


def zeros_of(code: str) -> int:
    """How many digits a format of nothing but zeros fills up to, such as ``00000``; else 0."""
    return len(code) if len(code) > 1 and not code.strip("0") else 0


def number_text(stored: str) -> str:
    """A stored number without exponent or ``.0`` where it is whole, else at its shortest.

    Raises
    ------
    ValueError
        If it is no finite number.
    """
    if _PLAIN.match(stored):
        return stored
    number = float(stored)
    if number.is_integer() and abs(number) < _LARGEST_WHOLE:
        return _written_out(repr(number)) if number else "0"
    if number - number != 0:
        raise ValueError(stored)
    return repr(number)


def _written_out(text: str) -> str:
    """A whole number as Python shows it, its exponent turned into zeros."""
    digits, _, exponent = text.removesuffix(".0").partition("e+")
    whole, _, part = digits.partition(".")
    return whole + part.ljust(int(exponent or 0), "0")


def is_long(text: str) -> bool:
    """True of a whole number with more digits than spreadsheet programs keep."""
    digits = text.lstrip("-")
    return len(digits) > _DIGITS_KEPT and digits.isdecimal()


def date_text(serial: float, shown: Shown, *, from_1904: bool = False) -> str | None:
    """ISO text of a day counted since 1900 (or 1904), as precise as the cell; None if no date.

    A part that the format hides is left out only where it says nothing: the first of a month
    under ``mmm yyyy``, 1 January under ``yyyy``, midnight under ``dd/mm/yyyy``. Elapsed time is
    hours:minutes:seconds. Under ``yyyy`` a whole number from 1000 to 2999 is no date but the
    year itself, since as a day it would lie before 1909. Day 60 of 1900 is 29 February, which
    never was, as the sheet shows it.
    """
    if not 0 <= serial <= _LAST_DAY:
        return None
    days, ms = divmod(round(serial * _MS_PER_DAY), _MS_PER_DAY)
    if "elapsed" in shown:
        return _clock(days * 24, ms)
    if shown == _YEAR and 1000 <= serial < 3000:
        return None
    if days == 0 and (ms or not shown & _DATE):
        return _clock(0, ms)
    day = _day(days, from_1904)
    if day is None:
        return None
    if ms or "time" in shown:
        return f"{day}T{_clock(0, ms)}"
    return shorten_date(day, shown)


def shorten_date(day: str, shown: Shown) -> str:
    """An ISO day without the parts that a format hides, where they say nothing."""
    if shown == _YEAR and day.endswith("-01-01"):
        return day[:-6]
    return day[:-3] if shown == _MONTH and day.endswith("-01") else day


def _day(days: int, from_1904: bool) -> str | None:
    if from_1904:
        number = _DAY_ZERO_1904 + days
    elif days == _NO_SUCH_DAY:
        return "1900-02-29"
    else:
        number = _DAY_ZERO_1900 + days + (days < _NO_SUCH_DAY)
    known = (days > 0 or from_1904) and number <= date.max.toordinal()
    return date.fromordinal(number).isoformat() if known else None


def _clock(hours: int, ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    more, minutes = divmod(minutes, 60)
    return f"{hours + more:02}:{minutes:02}:{seconds:02}" + (f".{ms:03}" if ms else "")
