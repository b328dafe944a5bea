"""Recorded dates as ISO 8601 text (with intervals and "about") of the precision of the record.

Forms of Viet Nam and its neighbours are read: numbers in any order, month names in English,
Vietnamese, Spanish, French, Thai, Lao and Khmer, digits of any script, Chinese, the Buddhist
era, ranges, and estimates. The notation of what is read is described in ``ringmap.model``.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is the text of a date here
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model import end_of, first_day, is_about, last_day, plain, precision, start_of

NO_SUCH_DATE = "no such date"
NOT_A_DATE = "not a date that ringmap knows"
BARE_NUMBER = "a bare number, which is no date"
LUNAR = "a date of the lunar calendar"
BACKWARDS = "the range ends before it begins"
EITHER_ORDER = "may be two dates: the column has both day/month and month/day"
AGAINST_COLUMN = "not in the order of day and month of its column"
MONTH_FIRST = "read as month/day/year, since there is no such month"
BUDDHIST = "read as Buddhist era"
NO_SUCH_TIME = "no such time of day"
_SHORT_YEAR = "a year of two digits, read as "

#: What the numbers of a column come in; UNCLEAR where its cells contradict each other.
ORDERS = "day first", "month first", "year first", "unclear"
DAY_FIRST, BY_MONTH, YEAR_FIRST, UNCLEAR = ORDERS

#: No form of a date is longer; longer text is not looked at.
_LONGEST = 120
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
#: A day that is in every calendar, as it is to be written.
_PLAIN = re.compile("(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])")
#: A year as programs write it that keep a column of numbers with gaps.
_DECIMAL_YEAR = re.compile(r"((?:1[89]|2[01])[0-9]{2})\.0+")
#: The same, or a month or a year: what is read as it stands.
_PLAIN_OR_LESS = "^(?:1[89]|2[01])[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?$"
_BUDDHIST_YEARS = range(2400, 2601)
_BUDDHIST_AHEAD = 543
#: Two digits below are years of this century, the others of the last: the same on every day.
_LAST_SHORT_YEAR = 49


class DateReading(NamedTuple):
    """A date (None: not read), and what is doubtful or wrong about it."""

    date: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A date that was read, and what is doubtful about it."""

    date: str
    doubts: tuple[str, ...] = ()


_Outcome = _Found | str  # what was found, or the reason why nothing was


@lru_cache(maxsize=100_000)
def read_date(text: str, *, order: str | None = None) -> DateReading:
    """ISO date or interval as precise as the text, and what is doubtful or wrong about it.

    ``03/05/2019`` is 3 May 2019, ``từ 03/2019 đến 05/2019`` is ``2019-03/2019-05``,
    ``khoảng tháng 5 năm 2019`` is ``2019-05~``. "Before" and "after" leave out what they
    name, "since" and "until" do not: ``trước năm 2019`` is ``../2018``. The beginning, middle
    and end of a year are thirds of it, those of a month ten days, the inner bounds "about".

    Years from 2400 to 2600 are of the Buddhist era. Two digits are a year from 1950 to 2049,
    behind a month in Thai one of the Buddhist era.
    The date is None when the text is no date, or names a day that does not exist. A time of day
    beside it that does not exist is doubtful.

    Parameters
    ----------
    order
        Of day, month and year in numbers: "day first", "month first" or "year first"; a cell
        in another order is then not read. "unclear": only what can be read one way is. None:
        day first, but month first where nothing else is possible.
    """
    if _PLAIN.fullmatch(text):
        return DateReading(text, None)
    if match := _DECIMAL_YEAR.fullmatch(text):
        return DateReading(match[1], None)
    if match := _ISO.fullmatch(text):
        return _told(_dated(match[1], match[2], match[3]), text)
    if len(text) > _LONGEST:
        return DateReading(None, NOT_A_DATE)
    if _NUMBERS.fullmatch(text) and isinstance(found := _point(text, order), _Found):
        return _told(found)
    folded = _folded(text)
    if _LUNAR.search(folded):
        return DateReading(None, LUNAR)
    if not _DIGIT.search(folded):
        return DateReading(None, NOT_A_DATE)
    return _told(_read(_canonical(folded), order), folded)


def are_plain(texts: pa.LargeStringArray) -> npt.NDArray[np.bool_]:
    """True for texts that are dates as they stand, of which `read_date` has nothing to say."""
    return np.asarray(pc.match_substring_regex(texts, _PLAIN_OR_LESS), dtype=bool)


def find_order(texts: Iterable[str]) -> str | None:
    """How a column writes day, month and year: what `read_date` takes as `order`.

    The order in which every cell is a date: a first number above 12 speaks for "day first", a
    second one for "month first", both for "unclear". Years of four digits in front speak for
    "year first" where no cell has four behind. A day that does not exist tells nothing. None
    where no cell tells.
    """
    shown, year_first = set(_ORDERS), False
    for text in texts:
        shown &= _orders_of(text) or shown
        year_first = year_first or _has_year_first(text)
    if not shown:
        return UNCLEAR
    if len(shown) == 1:
        return shown.pop()
    return YEAR_FIRST if year_first and YEAR_FIRST in shown else None


def shows_month_first(text: str) -> bool:
    """True when a text can only be month/day/year."""
    return _orders_of(text) == {BY_MONTH}


def hint_for(problem: str) -> str:
    """What to do about a problem of `read_date`."""
    known = _HINTS.get(problem)
    if known is not None:
        return known
    if _SHORT_YEAR in problem:
        return "write the year with four digits to leave no doubt"
    return "write 2019-05-03 to leave no doubt"


_KEPT = "the rest of the row is used; "
_HINTS = {
    NO_SUCH_DATE: f"{_KEPT}correct the date, or give only what is sure, such as 2019-02 or 2019",
    NOT_A_DATE: f"{_KEPT}write 2019-05-03, 03/05/2019, 2019-05, 2019 or 2019-03/2019-05",
    BARE_NUMBER: f"{_KEPT}a spreadsheet counts days in such numbers: format its cells as dates",
    LUNAR: f"{_KEPT}write the date of the solar calendar, as in 2019-05-03",
    BACKWARDS: f"{_KEPT}write the earlier date first, as in 2019-03/2019-05",
    EITHER_ORDER: f"{_KEPT}write 2019-05-03, or say 'dates: day first' in a mapping file",
    AGAINST_COLUMN: f"{_KEPT}write 2019-05-03, or correct 'dates' in the mapping file",
    BUDDHIST: "543 years were taken off; write the year of the common era to leave no doubt",
    NO_SUCH_TIME: "the day is used, of which the time is not kept; see whether it is the right day",
}


def _told(found: _Outcome, text: str = "") -> DateReading:
    if isinstance(found, str):
        return DateReading(None, found)
    doubts = (*found.doubts, NO_SUCH_TIME) if _has_no_time(text) else found.doubts
    return DateReading(found.date, "; ".join(doubts) or None)


def _has_no_time(text: str) -> bool:
    """True for a text that is read as a date, with a time of day that no day has."""
    return any(
        minutes > "59" or seconds > _LEAP_SECOND or f"{hours:0>2}{minutes}{seconds}" > _MIDNIGHT
        for hours, minutes, seconds in _TIME.findall(text)
    )


# ---- The order of a column

_ORDERS = frozenset({DAY_FIRST, BY_MONTH, YEAR_FIRST})
_TRIPLE = re.compile(
    r"(?<![0-9])([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])"
)  # fmt: skip
_FOUR_FIRST = re.compile(r"(?<![0-9])[0-9]{4}([/.\-])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])")


@lru_cache(maxsize=100_000)
def _orders_of(text: str) -> frozenset[str]:
    """The orders in which all numbers of a text are dates; empty when it has none of them."""
    if len(text) > _LONGEST:
        return frozenset()
    folded = text if text.isascii() else _folded(text)
    found = [_possible(match[1], match[3], match[4]) for match in _TRIPLE.finditer(folded)]
    return frozenset.intersection(*(frozenset(one) for one in found)) if found else frozenset()


def _has_year_first(text: str) -> bool:
    return len(text) <= _LONGEST and _FOUR_FIRST.search(text) is not None


def _possible(one: str, other: str, last: str) -> dict[str, _Found]:
    """The dates that three numbers may be, by order."""
    orders = {DAY_FIRST: _dated(last, other, one), BY_MONTH: _dated(last, one, other)}
    if len(last) == 2 == len(one):
        orders[YEAR_FIRST] = _dated(one, other, last)
    return {order: found for order, found in orders.items() if isinstance(found, _Found)}


# ---- Writing that differs and means the same

_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:Z|[+-][0-9]{2}:[0-9]{2}|"
    r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r" ?(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
_NUMBERS = re.compile(r"[0-9/.\-]+")
_DIGIT = re.compile(r"[0-9]")
_SIGNS = str.maketrans(
    {**dict.fromkeys("‐‑‒", "-"), **dict.fromkeys("—―−", "–"), **dict.fromkeys("～〜∼≈", "~"),
     **dict.fromkeys("’ʼ`", "'"), "đ": "d", "。": ".", "．": "."}
)  # fmt: skip


def _folded(text: str) -> str:
    """Small letters without marks, ASCII digits, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFD", plain(text).casefold().translate(_SIGNS))
    bare = (_digit(sign) for sign in spread if not unicodedata.combining(sign))
    return " ".join("".join(bare).split())


def _digit(sign: str) -> str:
    number = None if sign.isascii() else unicodedata.decimal(sign, None)
    return sign if number is None else str(number)


def _any_of(words: Iterable[str]) -> str:
    """Words as they look folded, the longest first; words of Latin letters stand alone."""
    folded = sorted({_folded(word) for word in words}, key=lambda one: (-len(one), one))
    latin = "|".join(re.escape(one) for one in folded if one[0].isascii())
    other = [re.escape(one) for one in folded if not one[0].isascii()]
    return "|".join([f"(?<![a-z])(?:{latin})(?![a-z])"] * bool(latin) + other)


_LUNAR = re.compile(
    rf"{_any_of(('âm lịch', 'lunar', 'nông lịch', 'tháng giêng', 'tháng chạp', 'จันทรคติ'))}"
    r"|农历|農曆|阴历|陰曆|\( ?al ?\)|[0-9] ?al$"
)

_MONTH_NAMES = (
    "january jan enero ene janvier janv มกราคม ม.ค. มค. ມັງກອນ មករា",
    "february feb febrero fevrier fevr กุมภาพันธ์ ก.พ. กพ. ກຸມພາ កុម្ភៈ",
    "march mar marzo mars มีนาคม มี.ค. มีค. ມີນາ មីនា",
    "april apr abril abr avril avr เมษายน เม.ย. เมย. ເມສາ មេសា",
    "may mayo mai พฤษภาคม พ.ค. พค. ພຶດສະພາ ឧសភា",
    "june jun junio juin มิถุนายน มิ.ย. มิย. ມິຖຸນາ មិថុនា",
    "july jul julio juillet juil กรกฎาคม ก.ค. กค. ກໍລະກົດ កក្កដា",
    "august aug agosto ago aout สิงหาคม ส.ค. สค. ສິງຫາ សីហា",
    "september sept sep septiembre setiembre set septembre กันยายน ก.ย. กย. ກັນຍາ កញ្ញា",
    "october oct octubre octobre ตุลาคม ต.ค. ตค. ຕຸລາ តុលា",
    "november nov noviembre novembre พฤศจิกายน พ.ย. พย. ພະຈິກ វិច្ឆិកា",
    "december dec diciembre dic decembre ธันวาคม ธ.ค. ธค. ທັນວາ ធ្នូ",
)
_MONTHS = {
    _folded(name): month
    for month, names in enumerate(_MONTH_NAMES, start=1)
    for name in names.split()
}
_NUMBER_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_WEEKDAYS = (
    r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)(?= ?,| ngay )"
    r"|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?(?![a-z])"
)
_CLOCK = (
    r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"| ?h(?:[0-9]{2})?| ?gio(?: ?[0-9]{1,2}(?: ?phut|(?= ngay|$)))?)"
    r"(?: ?[ap]\.?m\.?(?![a-z])| (?:sang|trua|chieu|toi)(?= |$))?"
    r"(?: ?(?:z|utc|gmt)(?![a-z]))?(?: ?[+-](?:0[0-9]|1[0-4]):?[0-9]{2}(?![0-9\-]))?"
)

#: Hours, minutes and seconds of all that `_CLOCK` and ISO 8601 let stand beside a date.
_TIME = re.compile(
    r"(?:(?<![0-9])|(?<=[0-9]{8}t))([0-9]{1,2})"
    r"(?::| ?h(?![a-z])| ?gio(?: (?![0-9]{1,2}[/.\-]))?|(?<=[0-9]{8}t[0-9]{2}))"
    r"([0-9]{2})?(?::?([0-9]{2}))?"
)
_LEAP_SECOND, _MIDNIGHT = "60", "240000"


def _numbered(match: re.Match[str]) -> str:
    """A month by its number, as ``N05``."""
    word = match[1]
    number = int(word) if word.isdigit() else _NUMBER_WORDS[word]
    return f" N{number:02} "


def _named(match: re.Match[str]) -> str:
    """A month by its name, as ``M05``; another word as it is."""
    month = _MONTHS.get(match[0])
    return match[0] if month is None else f" M{month:02} "


def _quartered(match: re.Match[str]) -> str:
    """A quarter, as ``Q2``."""
    number = next(one for one in match.groups() if one)
    return f" Q{_ROMAN.get(number) or number} "


_MONTH_WORDS = ("เดือน", "ខែ", "ເດືອນ")
_YEAR_WORDS = ("năm", "year", "ปี", "ឆ្នាំ", "ປີ", "año", "année")
_DAY_WORDS = ("วันที่", "ថ្ងៃទី", "ວັນທີ", "ថ្ងៃ", "ວັນ")

_OTHER_MONTHS = tuple(name for name in _MONTHS if not name.isascii())
_THAI = "|".join(sign for sign in map(chr, range(0xE01, 0xE4F)) if not unicodedata.combining(sign))

#: What is replaced by what, in this order. Signs of our own are capital letters, which folded
#: text has not: Y year, B year of the Buddhist era, M and N month, Q quarter, H half, P third.
#: In front stand the words (parted by strokes) of which a text must hold one for the pattern to
#: fit: to look for words takes a tenth of the time. Nothing that is put in makes such a word.
_REPLACED: tuple[
    tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...
] = tuple(
    (tuple(map(_folded, words.split("|"))), re.compile(pattern), instead)
    for words, pattern, instead in (
        ("duong lich|dl", r"\(? ?(?:duong lich|(?<![a-z])dl(?![a-z])) ?\)?", " "),
        (":|h|gio", rf"^(?:(?:vao )?(?:luc |at |khoang ))?{_CLOCK}[ ,]+", ""),
        (":|h|gio", rf"(?<=[0-9日])[ ,t]+(?:at |luc )?{_CLOCK}(?=[ ,]|$)", " "),
        ("", rf"^(?:{_WEEKDAYS})[., ]+", ""),
        ("พ|be|b.|b e|pl",
         r"(?:พ\. ?ศ\. ?|พศ\. ?|(?<![a-z])b\.? ?e\.? ?|(?<![a-z])pl\.? ?)([0-9]{4})", r" B\1 "),
        ("พ|be|b.", r"([0-9]{4}) ?\(?(?:พ\. ?ศ\.|b\. ?e\.|(?<![a-z])be(?![a-z]))\)?", r"B\1 "),
        # Behind a word in Thai two digits are a year of the Buddhist era.
        (_THAI, r"(?<=[\u0e01-\u0e4e][ .])[ .]*([0-9]{2})$", r" B\1"),
        ("ค|ad|a.d", r"(?:ค\. ?ศ\. ?|(?<![a-z])a\.?d\.? ?)([0-9]{4})", r" Y\1 "),
        ("a.|c.|ad|ce",
         r"([0-9]{4}) ?(?:a\. ?d\.|c\. ?e\.|(?<![a-z])(?:ad|ce)(?![a-z]))", r"Y\1 "),
        ("dau nam|first half|上半年",
         r"(?:6|sau) thang dau nam|nua dau nam|first half|上半年", " H1 "),
        ("cuoi nam|second half|下半年",
         r"(?:6|sau) thang cuoi nam|nua cuoi nam|second half|下半年", " H2 "),
        ("h1|h2", r"(?<![a-z])h([12])(?=[ /\-]*[0-9]{4})|(?<=[0-9]{4})[ \-]?h([12])$",
         lambda match: f" H{match[1] or match[2]} "),
        ("q|trimestre|季度|ไตรมาส",
         r"(?<![a-z])(?:quy|quarter|trimestre|q)(?:[ .]*)([1-4]|iv|i{1,3})(?![0-9a-z])"
         r"|([1-4])(?:st|nd|rd|th) quarter|第?([1-4一二三四])季度|ไตรมาส(?:ที)? ?([1-4])",
         _quartered),
        ("nhung nam|thap nien|thap ky|0s|0's",
         r"(?:nhung nam|thap nien|thap ky) ([0-9]{3})0s?(?![0-9])"
         r"|(?<![0-9])([0-9]{3})0'?s(?![a-z])",
         lambda match: f" D{match[1] or match[2]} "),
        ("thang|thg",
         r"(?<![a-z])(?:thang|thg\.?) ?([0-9]{1,2}|muoi mot|muoi hai|muoi|mot|hai|ba|tu|bon|nam|sau"
         r"|bay|tam|chin)(?![0-9a-z])", _numbered),
        ("t", r"(?<![a-z0-9])t\.? ?([0-9]{1,2})(?![0-9])", _numbered),
        ("月", r"([0-9]{1,2}) ?月份?", _numbered),
        ("|".join(_MONTH_WORDS), rf"(?:{_any_of(_MONTH_WORDS)}) ?([0-9]{{1,2}})(?![0-9])",
         _numbered),
        ("|".join(_MONTH_WORDS), _any_of(_MONTH_WORDS), " "),
        ("年", r"([0-9]{4}) ?年", r" Y\1 "),
        ("日|号|號", r"([0-9]{1,2}) ?[日号號]", r" \1 "),
        ("|".join(_OTHER_MONTHS), _any_of(_OTHER_MONTHS), _named),
        ("", r"(?<![a-z])[a-z]{3,10}(?![a-z])", _named),
        (".", r"(?<=M[0-9]{2} )\.", ""),
        ("|".join(_YEAR_WORDS), rf"(?:{_any_of(_YEAR_WORDS)}) ?([0-9]{{4}})", r" Y\1 "),
        ("|".join(("ngay", "mung", "mong", *_DAY_WORDS)),
         rf"(?:(?<![a-z])(?:ngay|mung|mong)|{_any_of(_DAY_WORDS)}) ?(?=[0-9])", " "),
        ("st|nd|rd|th|er|ro", r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th|er|ro)(?![a-z])", r"\1"),
        ("", _any_of(("of", "de", "del", "the", "el", "le", "in", "on", "en", "vào", "trong",
                      "hết")), " "),
        ("dau|early|beginning|start|principios|debut|初|上旬|ตน",
         r"(?<![a-z])(?:dau|early|beginning|start|principios|debut)(?![a-z])-?|年?初|上旬|ตน",
         " P1 "),
        ("giua|mi|mediados|中旬|กลาง",
         r"(?<![a-z])(?:giua|mid|middle|mediados|mi)(?![a-z])(?!.* (?:va|and) )-?|中旬|กลาง",
         " P2 "),
        ("cuoi|late|end|fin|底|下旬|ปลาย",
         r"(?<![a-z])(?:cuoi|late|end|finales|fines|fin)(?![a-z])-?|年?底|下旬|ปลาย", " P3 "),
        ("'", r"(?<![0-9])'(?=[0-9]{2}(?![0-9]))", ""),
    )
)  # fmt: skip


#: What of it may fit a text of ASCII signs alone.
_REPLACED_IN_ASCII = tuple(
    (tuple(filter(str.isascii, words)), pattern, instead)
    for words, pattern, instead in _REPLACED
    if any(map(str.isascii, words))
)


def _canonical(folded: str) -> str:
    """Folded text with one sign for each way to write a month, a year, a part of a year."""
    for words, pattern, instead in _REPLACED_IN_ASCII if folded.isascii() else _REPLACED:
        for word in words:
            if word in folded:
                folded = pattern.sub(instead, folded)
                break
    spaced = " ".join(folded.split()).strip(" ,;")
    return spaced[:-1] if spaced.endswith(".") and not spaced.endswith("..") else spaced


# ---- Whole cells: one date, a range, or an open side

_ABOUT_BEFORE = re.compile(
    rf"(?:{_any_of(('khoảng', 'tầm', 'chừng', 'ước', 'about', 'around', 'circa', 'approx'))}"
    rf"|{_any_of(('approximately', 'vers', 'environ', 'alrededor', 'aprox', 'hacia', 'sobre'))}"
    r"|(?:ca|c)(?:\.|(?= ))|~|±|大约|约|ประมาณ|ราว)\.? ?"
)
_ABOUT_BEHIND = re.compile(
    r" ?(?:~|\?|%|左右|\(?(?<![a-z])(?:approx\.?|circa|about|khoang)\)?|(?<![a-z])or so)$"
)
_NOW = re.compile(
    _any_of(("nay", "hiện nay", "present", "now", "today", "至今", "ปัจจุบัน", "actualidad"))
)
#: Behind the word that opens a range: a space, or a sign that cannot belong to the word.
_WHAT = r"(?: |(?![a-z]))(.+?)"
_BETWEEN = re.compile(r"(?:between|entre|giua) (.+) (?:and|va|et|y) (.+)")
_FROM = re.compile(rf"(?:(?:ke )?tu|from|desde|du|从|{_any_of(('ตั้งแต่',))}){_WHAT}")
_TO = re.compile(
    r" (?:(?:cho )?(?:den|toi)|to|until|till|through|thru|hasta|al|au|a) "
    rf"| ?(?:{_any_of(('至', '到', 'ถึง', 'ដល់', 'ຫາ'))}) ?"
)
_BEFORE = re.compile(rf"(?:truoc|before|prior to|antes|avant|{_any_of(('ก่อน',))}){_WHAT}")
_AFTER = re.compile(rf"(?:sau|after|despues|apres|{_any_of(('หลัง',))}){_WHAT}")
_SINCE = re.compile(
    rf"(?:(?:ke )?tu|since|from|desde|depuis|{_any_of(('ตั้งแต่',))}){_WHAT}(?: onwards?| tro di)?"
)
_UNTIL = re.compile(rf"(?:den|until|till|up to|hasta){_WHAT}")
_OPEN = ".."
_WORD = re.compile(r"[a-z]+")
#: Words that may be left in canonical text which is a date; a letter behind which "?" stands
#: may be left out. T and Z stand around the clock in ISO 8601.
_WORDS_LEFT = frozenset(
    word
    for pattern in (_ABOUT_BEFORE, _ABOUT_BEHIND, _NOW, _BETWEEN, _FROM, _TO, _BEFORE, _AFTER,
                    _SINCE, _UNTIL)
    for source in (pattern.pattern, re.sub(r"[a-z]\?", "", pattern.pattern))
    for word in _WORD.findall(source)
) | {"t", "z"}  # fmt: skip


def _read(text: str, order: str | None) -> _Outcome:
    if not _WORDS_LEFT.issuperset(_WORD.findall(text)):
        return NOT_A_DATE
    found = _end(text, order)
    if isinstance(found, _Found):
        return found
    reasons = [found]
    for read in (_range, _about_range, _open_side):
        found = read(text, order)
        if isinstance(found, _Found):
            return found
        reasons.append(found)
    return found if (found := reasons[0]) == BARE_NUMBER else _most_telling(reasons)


def _most_telling(reasons: Iterable[str]) -> str:
    """That a form fits and is impossible tells more than that others do not fit."""
    return next((one for one in reasons if one not in (NOT_A_DATE, BARE_NUMBER)), NOT_A_DATE)


def _end(text: str, order: str | None) -> _Outcome:
    """A single date, "about" before or behind it."""
    bare, behind = _ABOUT_BEHIND.subn("", text)
    before = _ABOUT_BEFORE.match(bare)
    found = _part(bare[before.end() :] if before else bare, order)
    return _about(found) if isinstance(found, _Found) and (behind or before) else found


def _about(found: _Found) -> _Found:
    ends = [one if one == _OPEN else f"{one.rstrip('~')}~" for one in found.date.split("/")]
    return _Found("/".join(ends), found.doubts)


def _range(text: str, order: str | None) -> _Outcome:
    """Two dates with something between them that makes them a range."""
    reasons = []
    for left, right, by_word in _splits(text):
        found = _both(left, right, order, by_word=by_word)
        if isinstance(found, _Found):
            return found
        reasons.append(found)
    return _most_telling(reasons)


def _about_range(text: str, order: str | None) -> _Outcome:
    before = _ABOUT_BEFORE.match(text)
    found = _range(text[before.end() :], order) if before else NOT_A_DATE
    return _about(found) if isinstance(found, _Found) else found


def _splits(text: str) -> Iterator[tuple[str, str, bool]]:
    """Where a text may be cut into the ends of a range, and whether a word says so."""
    if match := _BETWEEN.fullmatch(text):
        yield match[1], match[2], True
    opened = _FROM.fullmatch(text)
    rest = opened[1] if opened else text
    for match in _TO.finditer(rest):
        yield rest[: match.start()], rest[match.end() :], True
    for sign in ("–", " - ", ".."):
        if rest.count(sign) == 1:
            left, _, right = rest.partition(sign)
            yield left, right, False
    for sign in "/-~":
        if rest.count(sign) % 2:
            places = [place for place, one in enumerate(rest) if one == sign]
            middle = places[len(places) // 2]
            # Between two bare numbers a stroke is not "to".
            yield rest[:middle], rest[middle + 1 :], False


def _both(left: str, right: str, order: str | None, *, by_word: bool) -> _Outcome:
    left, right = left.strip(" ,"), right.strip(" ,")
    if _NOW.fullmatch(right):
        right = _OPEN
    begin, finish = (_Found(one) if one == _OPEN else _end(one, order) for one in (left, right))
    if _MONTH_SIGN.fullmatch(left) and (month := _NUMBER_AND_YEAR.fullmatch(right)):
        finish = _end(f"N{month[1]:0>2} {month[2]}", order)  # tháng 3 - 5 năm 2019
    if isinstance(begin, str) and isinstance(finish, _Found):
        begin = _borrowed(left, finish.date, order, begin, by_word=by_word)
    elif isinstance(finish, str) and isinstance(begin, _Found) and _MONTH_SIGN.match(right):
        finish = _end(f"Y{start_of(begin.date)[:4]} {right}", order)
    if isinstance(begin, str) or isinstance(finish, str):
        return _most_telling(one for one in (begin, finish) if isinstance(one, str))
    return _joined(begin, finish)


_MONTH_SIGN = re.compile(r"[MN][0-9]{2}")
_NUMBER_AND_YEAR = re.compile(r"([0-9]{1,2}) ([YB]?[0-9]{4})")
_BARE = re.compile(r"[0-9]{1,2}")
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}([/.\-])[0-9]{1,2}")
_WITHOUT_YEAR = re.compile(r"(?:[0-9]{1,2} ?)?[MN][0-9]{2}|M[0-9]{2} [0-9]{1,2}")


def _borrowed(left: str, right: str, order: str | None, reason: str, *,
              by_word: bool) -> _Outcome:  # fmt: skip
    """The beginning of a range that leaves out what its end says: ``3–5 May 2019``."""
    end = start_of(right)
    if _BARE.fullmatch(left):
        if len(end) == 10:
            return _dated(end[:4], end[5:7], left)
        # "3-5/2019" may be 3 May.
        return _dated(end[:4], left, None) if len(end) == 7 and by_word else reason
    numbers = _DAY_AND_MONTH.fullmatch(left)
    # "3-5/2019" is no range either: a day needs a day at the other end.
    if len(end) < (10 if numbers else 7) or not (numbers or _WITHOUT_YEAR.fullmatch(left)):
        return reason
    return _end(f"{left}{numbers[1]}{end[:4]}" if numbers else f"{left} Y{end[:4]}", order)


def _joined(begin: _Found, finish: _Found) -> _Outcome:
    """The interval from the beginning of one date to the end of another."""
    doubts = tuple(dict.fromkeys((*begin.doubts, *finish.doubts)))
    start, end = begin.date.split("/")[0], finish.date.split("/")[-1]
    if start == end:
        return _Found(start, doubts) if start != _OPEN else NOT_A_DATE
    first, last = first_day(start), last_day(end)
    if first is not None and last is not None and last < first:
        return BACKWARDS
    return _Found(f"{start}/{end}", doubts)


def _open_side(text: str, order: str | None) -> _Outcome:
    """Before, after, since or until a date."""
    if match := _BEFORE.fullmatch(text):
        return _beside(_end(match[1], order), -1)
    if match := _AFTER.fullmatch(text):
        return _beside(_end(match[1], order), 1)
    if match := _SINCE.fullmatch(text):
        found = _end(match[1], order)
        return found if isinstance(found, str) else _joined(found, _Found(_OPEN))
    if match := _UNTIL.fullmatch(text):
        found = _end(match[1], order)
        return found if isinstance(found, str) else _joined(_Found(_OPEN), found)
    return NOT_A_DATE


def _beside(found: _Outcome, step: int) -> _Outcome:
    """All time up to the year, month or day before a date, or from the one behind it."""
    if isinstance(found, str):
        return found
    end = end_of(found.date) if step > 0 else start_of(found.date)
    moved = _moved(end, step) + "~" * is_about(found.date)
    return _Found(f"{moved}/.." if step > 0 else f"../{moved}", found.doubts)


def _moved(end: str, step: int) -> str:
    if len(end) == 4:
        return str(int(end) + step)
    if len(end) == 10:
        return (Day.fromisoformat(end) + timedelta(days=step)).isoformat()
    months = int(end[:4]) * 12 + int(end[5:]) - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


# ---- Single dates: parts of years and months, and the forms of a day, month or year

_PART_BEFORE = re.compile(r"P([1-3])[ ,]*(.+)")
_PART_BEHIND = re.compile(r"(.+?) ?P([1-3])")
_GAP = r"[ ,./\-]*"
#: Signs that a single date is made of; text with any other is none.
_POINT_SIGNS = re.compile(r"[0-9YBMNQHDtz ,./\-]+")
_YEAR = r"([YB]?[0-9]{4})"
_SOME_YEAR = r"([YB]?[0-9]{4}|B?[0-9]{2})"


def _part(text: str, order: str | None) -> _Outcome:
    """A date, or the beginning, middle or end of a year or month."""
    if match := _PART_BEFORE.fullmatch(text):
        return _third(_point(match[2], order), int(match[1]))
    if match := _PART_BEHIND.fullmatch(text):
        return _third(_point(match[1], order), int(match[2]))
    return _point(text, order)


def _third(whole: _Outcome, third: int) -> _Outcome:
    if isinstance(whole, str):
        return whole
    date = whole.date
    if precision(date) == "year":
        start, end = f"{date}-{4 * third - 3:02}", f"{date}-{4 * third:02}"
    elif precision(date) == "month":
        days = monthrange(int(date[:4]), int(date[5:]))[1]
        start, end = f"{date}-{10 * third - 9:02}", f"{date}-{10 * third if third < 3 else days}"
    else:
        return NOT_A_DATE
    start, end = f"{start}{'~' * (third > 1)}", f"{end}{'~' * (third < 3)}"
    return _Found(f"{start}/{end}", whole.doubts)


def _point(text: str, order: str | None) -> _Outcome:
    """A date in one of the forms that are known; the first that fits is the one."""
    text = text.replace("–", "-")
    if not _POINT_SIGNS.fullmatch(text):
        return NOT_A_DATE
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(text):
            return read(match, order)
    return NOT_A_DATE


def _numbers(match: re.Match[str], order: str | None) -> _Outcome:
    """Three numbers of which the first may be day, month or (of two digits) year."""
    possible = _possible(match[1], match[3], match[4])
    if not possible:
        return NO_SUCH_DATE
    if order == UNCLEAR:
        return next(iter(possible.values())) if len(set(possible.values())) == 1 else EITHER_ORDER
    if order is not None:
        return possible.get(order, AGAINST_COLUMN)
    taken, found = next(iter(possible.items()))
    doubts = (*found.doubts, MONTH_FIRST) if taken == BY_MONTH else found.doubts
    return _Found(found.date, doubts)


def _bare(match: re.Match[str], order: str | None) -> _Outcome:
    return BARE_NUMBER


def _quarter(match: re.Match[str], order: str | None) -> _Outcome:
    return _months(match, "Q", 3)


def _half(match: re.Match[str], order: str | None) -> _Outcome:
    return _months(match, "H", 6)


def _months(match: re.Match[str], sign: str, length: int) -> _Outcome:
    number, year = sorted(filter(None, match.groups()), key=len)
    whole = _dated(year, None, None)
    if isinstance(whole, str):
        return whole
    first = (int(number) - 1) * length + 1
    return _Found(f"{whole.date}-{first:02}/{whole.date}-{first + length - 1:02}", whole.doubts)


def _decade(match: re.Match[str], order: str | None) -> _Outcome:
    first, last = _dated(f"{match[1]}0", None, None), _dated(f"{match[1]}9", None, None)
    return first if isinstance(first, str) or isinstance(last, str) else _joined(first, last)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str | None], _Outcome]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (_YEAR, lambda match, _: _dated(match[1], None, None)),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})(?:t[0-9]{4,6}z?)?",
         lambda match, _: _dated(match[1], match[2], match[3])),
        (rf"{_YEAR} ?([/.\-]) ?([0-9]{{1,2}})(?: ?\2 ?([0-9]{{1,2}}))?",
         lambda match, _: _dated(match[1], match[3], match[4])),
        (rf"{_YEAR} ([0-9]{{1,2}}) ([0-9]{{1,2}})",
         lambda match, _: _dated(match[1], match[2], match[3])),
        (rf"([0-9]{{1,2}}) ?([/.\-, ]) ?([0-9]{{1,2}}) ?\2 ?{_SOME_YEAR}", _numbers),
        (r"([0-9]{1,2}) ?([/.\-]) ?([0-9]{1,2})[ ,/.\-]*([YB][0-9]{4})", _numbers),
        (rf"([0-9]{{1,2}}) ?[/.\-] ?{_YEAR}",
         lambda match, _: _dated(match[2], match[1], None)),
        (rf"([0-9]{{1,2}}){_GAP}[MN]([0-9]{{2}}){_GAP}{_SOME_YEAR}",
         lambda match, _: _dated(match[3], match[2], match[1])),
        (rf"M([0-9]{{2}}){_GAP}([0-9]{{1,2}})[ ,./\-]+{_YEAR}",
         lambda match, _: _dated(match[3], match[1], match[2])),
        (rf"[MN]([0-9]{{2}}){_GAP}{_YEAR}", lambda match, _: _dated(match[2], match[1], None)),
        (rf"{_YEAR}{_GAP}[MN]([0-9]{{2}})(?:{_GAP}([0-9]{{1,2}}))?",
         lambda match, _: _dated(match[1], match[2], match[3])),
        (rf"Q([1-4]){_GAP}{_YEAR}|{_YEAR}{_GAP}Q([1-4])", _quarter),
        (rf"H([12]){_GAP}{_YEAR}|{_YEAR}{_GAP}H([12])", _half),
        (r"D([0-9]{3})", _decade),
        (r"[0-9]+(?:[.,][0-9]+)?", _bare),
    )
)  # fmt: skip


def _dated(year: str, month: str | None, day: str | None) -> _Outcome:
    known = _year(year)
    if isinstance(known, str):
        return known
    number, doubts = known
    if month is None:
        return _Found(f"{number}", doubts)
    if not 1 <= int(month) <= 12:
        return NO_SUCH_DATE
    if day is None:
        return _Found(f"{number}-{int(month):02}", doubts)
    if not 1 <= int(day) <= monthrange(number, int(month))[1]:
        return NO_SUCH_DATE
    return _Found(f"{number}-{int(month):02}-{int(day):02}", doubts)


def _year(text: str) -> tuple[int, tuple[str, ...]] | str:
    """A year of the common era and what is doubtful about it, or why there is none."""
    digits = text.lstrip("YB")
    number = int(digits)
    doubts: tuple[str, ...] = ()
    if len(digits) == 2:
        if text.startswith("B"):
            number += 2500 - _BUDDHIST_AHEAD
        else:
            number += 2000 if number <= _LAST_SHORT_YEAR else 1900
        doubts = (f"{_SHORT_YEAR}{number}",)
    elif text.startswith("B"):
        number -= _BUDDHIST_AHEAD
    elif number in _BUDDHIST_YEARS:
        number, doubts = number - _BUDDHIST_AHEAD, (BUDDHIST,)
    # Years beyond are slips of the pen.
    return (number, doubts) if _FIRST_YEAR <= number <= _LAST_YEAR else NO_SUCH_DATE
