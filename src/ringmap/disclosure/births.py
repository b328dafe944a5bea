"""Dates of birth and ages in running text, however they are written."""

import re
from collections.abc import Iterator, Mapping

from ringmap.disclosure.bands import age_band, birth_band
from ringmap.disclosure.replacing import Found, replaced
from ringmap.disclosure.secret_numbers import ascii_dates
from ringmap.records import read_date

_DATE = re.compile(
    r"(?<!\d)(?:\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}|"
    r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2}))(?!\d)"
)
_NUMBER = re.compile(r"\d+")
_NUMBERS_OF_DATE = 3
_SHORT_YEAR = 2
_ORDERS = (None, "month first")
_DATE_TOKEN = re.compile(r"\d+|[^\W\d]+(?:[\u0300-\u036f]+[^\W\d]*)*|[^\w\s]")
_BIRTH_BEFORE = re.compile(
    r"(?:\bsinh|\bsn|\bborn|\bbirth|\bdob|\bnacid[oa]|出生|生于|เกิด)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_ERAS = (0, 543)
_AGE_WORDS = re.compile(r"tuổi|year|yr|y/o|岁|歲|aged|sinh|sn|born|b\.", re.IGNORECASE)
_AGE = re.compile(
    r"(?<![\d-])(\d{1,2})(?=[ -]?(?:tuổi|years?[ -]old|yrs? old|y/o|岁|歲))"
    r"|(?<=\baged )(\d{1,2})\b(?!-)",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b((?:sinh(?: năm)?|sn|born(?: in)?|b\.)[ :]{1,2})(\d{4})(?![\d./-])", re.I)
_DAY = len("2001-05-03")
_MOST_BESIDE = 7  # words, numbers and signs of a date beside its year


class Births:
    """Dates of birth that must not be read.

    Parameters
    ----------
    instead
        What to say instead of them, by ISO date; or of months, where no day is known.
    """

    def __init__(self, instead: Mapping[str, str]) -> None:
        self._days = dict(instead)
        self._months = {born[:7]: band for born, band in self._days.items()}
        self._years = {str(int(born[:4]) + ahead) for born in self._days for ahead in _ERAS}

    def may_find(self, numbers: list[str]) -> bool:
        """Whether one may stand in a text with these numbers of 0 to 9; quick to tell.

        Its year is written out, or else one of two digits behind two numbers as short or shorter.
        """
        if not self._days:
            return False
        sizes = list(map(len, numbers))
        in_short = any(
            max(day, month) <= _SHORT_YEAR == year
            for day, month, year in zip(sizes, sizes[1:], sizes[2:], strict=False)
        )
        return in_short or not self._years.isdisjoint(numbers)

    def scrub(self, text: str) -> str:
        """The text with the dates as bands."""
        if not self._days:
            return text
        if len(_NUMBER.findall(text)) >= _NUMBERS_OF_DATE:
            text = _DATE.sub(self._said, text)
        if self._years.isdisjoint(map(ascii_dates, _NUMBER.findall(text))):
            return text
        return replaced(text, self._worded(text))

    def _said(self, match: re.Match[str]) -> str:
        written = ascii_dates(match[0])
        days = (read_date(written, order=order).date or "" for order in _ORDERS)
        return next((self._days[day] for day in days if len(day) == _DAY and day in self._days),
                    match[0])  # fmt: skip

    def _worded(self, text: str) -> Iterator[Found]:
        """Dates of birth with a month in words, or a month of birth, around the year of one."""
        tokens = [(m.start(), m.end(), ascii_dates(m[0])) for m in _DATE_TOKEN.finditer(text)]
        done = 0
        for at, (_, _, word) in enumerate(tokens):
            if word not in self._years:
                continue
            firsts = range(max(at - _MOST_BESIDE, done), at)
            lasts = range(min(at + _MOST_BESIDE, len(tokens) - 1), at, -1)
            for first, last in (*((one, at) for one in firsts), *((at, one) for one in lasts)):
                instead = self._birth_in(text, tokens[first][0], tokens[last][1])
                if instead is not None:
                    yield tokens[first][0], tokens[last][1], instead
                    done = last + 1
                    break

    def _birth_in(self, text: str, start: int, end: int) -> str | None:
        """What to say instead of a stretch of text that is a date of birth, and nothing else."""
        if not (text[start].isalnum() and text[end - 1].isalnum()):
            return None
        date = read_date(text[start:end]).date or ""
        if len(date) == _DAY:
            return self._days.get(date)
        is_birth = date in self._months and _BIRTH_BEFORE.search(text[:start])
        return self._months[date] if is_birth else None


def may_tell_age(text: str) -> bool:
    """Whether an age or a year of birth may stand in a text; quick to tell."""
    return _AGE_WORDS.search(text) is not None


def band_ages(text: str) -> str:
    """The text with ages and years of birth as bands."""
    if not may_tell_age(text):
        return text
    text = _AGE.sub(lambda match: age_band(float(match[1] or match[2])), text)
    return _BORN.sub(lambda match: match[1] + birth_band(match[2]), text)
