"""Recorded numbers: with a point or a comma before the fraction, digits in groups or not."""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+)")
_GROUPED = re.compile(
    r"(?P<whole>[+-]?[0-9]{1,3}(?:(?P<gap>[.,\u00a0\u202f '’])[0-9]{3})(?:(?P=gap)[0-9]{3})*)"
    r"(?:(?P<point>[.,])(?P<part>[0-9]+))?"
)
NOT_A_NUMBER = "not a number"
#: Signs before fractions.
DECIMALS = (".", ",")
TWO_NUMBERS = "may be two numbers: the comma may stand before a fraction or between thousands"


def find_decimal(texts: Iterable[str]) -> str | None:
    """The sign before fractions in a column, ``.`` or ``,``; None where its cells leave it open.

    ``1,5`` and ``1.234,5`` speak for a comma, ``0.25`` and ``1,234,567`` for a point; ``1,234``
    for neither. A column that speaks for both is left open.
    """
    found = {sign for text in texts if (sign := _decimal_of(text))}
    return found.pop() if len(found) == 1 else None


def _decimal_of(text: str) -> str | None:
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped["gap"] in ".,":
        if grouped["point"]:
            return str(grouped["point"]) if grouped["point"] != grouped["gap"] else None
        many = grouped["whole"].count(grouped["gap"]) > 1
        return ("," if grouped["gap"] == "." else ".") if many else None
    if _COMMA.fullmatch(text):
        return ","
    return "." if "." in text and _PLAIN.fullmatch(text) else None


def read_number(text: str, decimal: str | None = None) -> tuple[str | None, str | None]:
    """Digits with a point before the fraction, and what is wrong with the text.

    `decimal` is the sign before the fraction, or None where nobody knows: a point then stands
    before a fraction, and a comma does where what follows cannot be thousands.
    """
    if _PLAIN.fullmatch(text) and not (decimal == "," and _GROUPED.fullmatch(text)):
        return text, None
    if grouped := _GROUPED.fullmatch(text):
        return _read_grouped(text, grouped, decimal)
    comma = _COMMA.fullmatch(text)
    if comma and decimal != ".":
        return f"{comma[1] or '0'}.{comma[2]}", None
    return None, NOT_A_NUMBER


def _read_grouped(text: str, found: re.Match[str], decimal: str | None,
                  ) -> tuple[str | None, str | None]:  # fmt: skip
    gap, point = found["gap"], found["point"]
    digits = found["whole"].replace(gap, "")
    if point:
        wrong = point == gap or decimal not in (None, point)
        return (None, NOT_A_NUMBER) if wrong else (f"{digits}.{found['part']}", None)
    once = found["whole"].count(gap) == 1
    if gap == decimal:
        return (text.replace(gap, "."), None) if once else (None, NOT_A_NUMBER)
    if gap == "," and once and decimal is None:
        return None, TWO_NUMBERS
    return digits, None


def is_float(text: str) -> bool:
    """True for what Python reads as a number, as programs of networks write one."""
    try:
        float(text)
    except ValueError:
        return False
    return True
