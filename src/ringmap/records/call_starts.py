"""When calls began: day and time in one column or two, or seconds since 1970."""

import datetime
import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.records.dates import find_order, read_date
from ringmap.records.headings import read_headings

Days = npt.NDArray[np.float64]

#: A time that a day has; any other is left beside the day, to be told.
_TIME = (
    r"(?:[01]?[0-9]|2[0-3])[:.h][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]+)?)?"
    r" ?(?:[AaPp]\.?[Mm]\.?|SA|CH)?(?: ?(?:Z|UTC|GMT))?(?: ?[+-][01][0-9]:?[0-5][0-9])?"
)
_BEHIND_DAY = rf"[ T,]+{_TIME}$"
#: A day of ten signs and a time behind it, as most programs write them.
_TEN_SIGNS = (
    r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}[/.-][0-9]{2}[/.-][0-9]{4})"
    rf"{_BEHIND_DAY}"
)
#: 20190513142210, as many exchanges write it.
_FOURTEEN_DIGITS = (
    r"^((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
    r"(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$"
)
#: The day on which a spreadsheet program begins to count, as any of them writes it.
_DAY_NOUGHT = (
    r"1899[/.-]12[/.-]3[01]|1900[/.-]0?1[/.-]0?[01]|1904[/.-]0?1[/.-]0?1"
    r"|3[01][/.-]12[/.-]1899|12[/.-]3[01][/.-]1899|0?[01][/.-]0?1[/.-]1900"
    r"|0?1[/.-]0?0[/.-]1900|0?1[/.-]0?1[/.-]1904"
)
#: A time alone: 08:15, 0815, 81530, a share of the day; or beside the day on which a
#: spreadsheet program begins to count.
_ALONE = (
    rf"^(?:(?:{_DAY_NOUGHT})(?:[ T]|$))?(?:{_TIME}"
    r"|(?:[01]?[0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?|0?[.,][0-9]+)?$"
)
_SECONDS, _THOUSANDTHS = (
    re.compile(r"([0-9]{10})(?:[.,][0-9]+)?"),
    re.compile(r"([0-9]{10})[0-9]{3}"),
)
#: From September 2001 to May 2033; a later number may be a year, month, day and hour.
_FIRST_SECOND, _BEHIND_SECONDS = 10**9, 2 * 10**9
#: Year of two digits, month, day, hour and minute.
_TEN_DIGITS = re.compile(
    r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
)
_DAY_S = 86_400
#: Columns of days and times of day, in the order in which they are looked at.
STARTS = ("start", "clock", "moment")


def place_columns(headings: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """Where the columns of a list of calls stand, and the headings of what is not kept.

    A day and a time of day under headings of their own are `start` and `clock`; a start of the
    call beside them is `moment`.
    """
    named = list(headings)
    meaning = read_headings(named, "calls")
    places = dict(meaning.columns)
    day, start, time = (places.pop(name, None) for name in ("day", "start", "time"))
    chosen = [time if start is None else start]
    if day is not None:
        chosen = [day, *(one for one in (time, start) if one is not None)]
    places |= {name: place for name, place in zip(STARTS, chosen, strict=False)
               if place is not None}  # fmt: skip
    left = [named[one] for one in (start, time) if one is not None and one not in chosen]
    return places, [*left, *meaning.further]


def day_part(cells: pa.Array) -> pa.Array:
    """Starts of calls without the time of day."""
    if pc.all(pc.match_substring_regex(cells, _TEN_SIGNS)).as_py():
        return pc.utf8_slice_codeunits(cells, 0, 10)
    cells = pc.replace_substring_regex(cells, _FOURTEEN_DIGITS, r"\1")
    return pc.replace_substring_regex(cells, _BEHIND_DAY, "")


def more_than_time(cells: pa.Array) -> pa.Array:
    """Cells that are no time of day alone; missing where they are."""
    return pc.if_else(pc.match_substring_regex(cells, _ALONE), None, cells)


class Calendar:
    """Days of one column, in the order of day and month that its first cells show.

    Attributes
    ----------
    order
        That order, as soon as it is known.
    """

    def __init__(self, order: str | None) -> None:
        self.order = order
        self._unit: re.Pattern[str] | None = None
        self._begun = False

    @property
    def counts_seconds(self) -> bool:
        """True where the column has seconds since 1970, or thousandths of them."""
        return self._unit is not None

    def days(self, texts: Sequence[str]) -> tuple[Days, list[str | None]]:
        """The number of each day, and what is wrong with a text."""
        if not self._begun:
            self.order = self.order or find_order(texts)
            self._unit = _unit_of(texts)
            self._begun = any(texts)
        found = [self._day(text) for text in texts]
        values = np.array([np.nan if day is None else day for day, _ in found], dtype=np.float64)
        return values, [problem for _, problem in found]

    def _day(self, text: str) -> tuple[int | None, str | None]:
        match = self._unit.fullmatch(text) if self._unit else None
        if match and _FIRST_SECOND <= int(match[1]) < _BEHIND_SECONDS:
            since = datetime.date(1970, 1, 1).toordinal()
            return since + int(match[1]) // _DAY_S, None
        date, problem = read_date(text, order=self.order)
        day = _ordinal(date)
        return day, problem or (None if day is not None else "not a day")


def _unit_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """What every text with a digit is a number of since 1970; None where that is not evident."""
    told = [text for text in texts if re.search("[0-9]", text)]
    for unit in (_SECONDS, _THOUSANDTHS):
        found = [match and int(match[1]) for match in map(unit.fullmatch, told)]
        if found and all(one and _FIRST_SECOND <= one < _BEHIND_SECONDS for one in found):
            return None if all(map(_TEN_DIGITS.fullmatch, told)) else unit
    return None


def _ordinal(date: str | None) -> int | None:
    try:
        return None if date is None else datetime.date.fromisoformat(date).toordinal()
    except ValueError:
        return None
