"""Recorded dates as ISO text of the precision that the record has."""

import re
from calendar import monthrange
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
NO_SUCH_DATE = "no such date"
NOT_A_DATE = "not a date that ringmap knows"
MONTH_FIRST = "read as month/day/year, since there is no such month"


@lru_cache(maxsize=100_000)
def read_date(text: str) -> tuple[str | None, str | None]:
    """ISO date as precise as the text, and what is doubtful or wrong about it.

    ``03/05/2019`` is 3 May 2019. The date is None when the text is no date, or names a day
    that does not exist.
    """
    if match := _ISO.fullmatch(text):
        return _checked(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match[1], match[2], match[3]
        if int(month) > 12 >= int(day):
            date, problem = _checked(year, day, month)
            return date, problem or MONTH_FIRST
        return _checked(year, month, day)
    if match := _MONTH_YEAR.fullmatch(text):
        return _checked(match[2], match[1], None)
    return None, NOT_A_DATE


def _checked(year: str, month: str | None, day: str | None) -> tuple[str | None, str | None]:
    # Years beyond are slips of the pen, or of another calendar: 2562 is 2019 in Thailand.
    if not 1800 <= int(year) <= 2199:
        return None, NO_SUCH_DATE
    if month is None:
        return f"{int(year)}", None
    if not 1 <= int(month) <= 12:
        return None, NO_SUCH_DATE
    if day is None:
        return f"{int(year)}-{int(month):02}", None
    if not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None, NO_SUCH_DATE
    return f"{int(year)}-{int(month):02}-{int(day):02}", None
