"""Telephone numbers, accounts and papers in running text, with any spacing and country code."""

import re
import unicodedata
from collections.abc import Iterator

from ringmap.disclosure.replacing import Found

_DIGITS = re.compile(r"\d+")
_OTHER_SIGNS = re.compile(r"\D+")
_GAP = re.compile(r"[\s.,\-–()/\u200b\u00a0]{0,3}\+?")
_FEWEST_DIGITS = 6
_LONGEST_PREFIX = 6  # digits that a country code and its zeros may add to a number
_MOST_GROUPS = 8


class SecretNumbers:
    """Numbers that must not be read, and what to say instead."""

    def __init__(self) -> None:
        self._instead: dict[str, str] = {}

    def learn(self, text: str, instead: str) -> None:
        """Remember a text if it is a number: six digits or more, and mostly digits."""
        digits = digits_in(text)
        if len(digits) >= _FEWEST_DIGITS and len(digits) * 2 >= len(text):
            self._instead.setdefault(national(digits), instead)

    def may_find(self, numbers: list[str]) -> bool:
        """Whether one may stand in a text with these numbers of 0 to 9; quick to tell."""
        if not self._instead or sum(map(len, numbers)) < _FEWEST_DIGITS:
            return False
        for at in range(len(numbers)):
            digits = ""
            for more in numbers[at : at + _MOST_GROUPS]:
                digits += more
                if len(digits) >= _FEWEST_DIGITS and national(digits) in self._instead:
                    return True
        return False

    def find(self, text: str) -> Iterator[Found]:
        """Where the numbers stand in a text."""
        if not self._instead or sum(map(len, _DIGITS.findall(text))) < _FEWEST_DIGITS:
            return
        groups = [(m.start(), m.end(), ascii_digits(m[0])) for m in _DIGITS.finditer(text)]
        at = 0
        while at < len(groups):
            found = self._number_from(text, groups, at)
            if found is None:
                at += 1
                continue
            last, instead = found
            yield groups[at][0] - (text[groups[at][0] - 1 : groups[at][0]] == "+"), \
                groups[last][1], instead  # fmt: skip
            at = last + 1

    def _number_from(self, text: str, groups: list[tuple[int, int, str]],
                     at: int) -> tuple[int, str] | None:  # fmt: skip
        digits = ""
        for last in range(at, min(at + _MOST_GROUPS, len(groups))):
            if last > at and not _GAP.fullmatch(text, groups[last - 1][1], groups[last][0]):
                return None
            digits += groups[last][2]
            number = national(digits)
            if len(digits) >= _FEWEST_DIGITS and number in self._instead:
                # "2019 0912345678" is a year and a number, not a longer number.
                shorter = "".join(group[2] for group in groups[at + 1 : last + 1])
                whole = len(digits) <= len(number) + _LONGEST_PREFIX
                if whole and national(shorter) != number:
                    return last, self._instead[number]
                return None
        return None


def bare_number(text: str) -> str:
    """A number without spacing, country code and leading zeros; empty when it is short."""
    digits = digits_in(text)
    return national(digits) if len(digits) >= _FEWEST_DIGITS else ""


def digits_in(text: str) -> str:
    """The digits of a text as 0 to 9, and nothing else of it."""
    if text.isascii():
        return _OTHER_SIGNS.sub("", text)
    return ascii_digits("".join(sign for sign in text if sign.isdigit()))


def ascii_dates(text: str) -> str:
    """A date with the digits 0 to 9, whatever digits it is written in."""
    if text.isascii():
        return text
    return re.sub(r"\d", lambda match: ascii_digits(match[0]), text)


def ascii_digits(digits: str) -> str:
    """Digits of any script as 0 to 9."""
    if digits.isascii():
        return digits
    return "".join(str(unicodedata.digit(sign, 0)) for sign in digits)


def national(digits: str) -> str:
    """The last nine digits: the same with a country code and with a leading 0."""
    return digits.lstrip("0")[-9:]
