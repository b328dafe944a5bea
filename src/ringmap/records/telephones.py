"""Telephone numbers in a form in which two ways to write one number are the same text.

What a record has is kept; the form is for matching only. A number that begins with ``+`` or
``00`` says its country. One that begins with ``0`` is joined with those only where the user
says of which country such numbers are: 0912… is a number in Viet Nam and another in Laos.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from ringmap.model import plain
from ringmap.records.identities import id_of_keys, key_of

#: The national prefix in brackets, as in +84 (0) 912, which nobody dials from abroad.
_BRACKETED = re.compile(r"\(0\)")
_SEPARATORS = re.compile(r"[\s.\-()/]+")
#: What a spreadsheet program makes of a long number, whose last digits are then gone.
_ROUNDED = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]{1,2}")
#: Digits of a number within its country; fewer are a service (113) or part of a number.
_FEWEST_DIGITS = 7
#: Kinds whose numbers are telephone numbers.
_PHONES = ("phone", "sim")


class _Plan(NamedTuple):
    """How a country writes its numbers: its code, what stands in front, what is dialled whole."""

    code: str
    prefix: str | None
    whole: re.Pattern[str] | None


def comparable_number(text: str, country: str | None = None) -> str:
    """A number without separators, from its country code on where that is known.

    ``+84 912.000-111``, ``0084912000111`` and, in VN, ``0912 000 111`` and ``84912000111``
    are all ``+84912000111``. Anything else keeps its digits and letters, in small.

    Parameters
    ----------
    country
        ISO code of the country that numbers without a country code are of; one of
        `list_phone_countries`. None: such numbers stay as they are.
    """
    if country is None and text.isascii() and text.isdigit() and not text.startswith("00"):
        return text  # of a list of calls nearly all
    return _comparable(text, country)


@lru_cache(maxsize=100_000)
def _comparable(text: str, country: str | None) -> str:
    known = plain(text).casefold().strip()
    abroad = known.startswith(("+", "00"))
    number = _SEPARATORS.sub("", _BRACKETED.sub("", known) if abroad else known)
    return _abroad_or_here(number, country)


def _abroad_or_here(number: str, country: str | None) -> str:
    """A number without separators, from its country code on where that is known."""
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if number.startswith("+") or country is None or not number.isdigit():
        return number
    return _from_country(number, _plans()[country])


def _from_country(number: str, plan: _Plan) -> str:
    """Digits without a sign in front, from the country code on; as they are if it is no number."""
    if plan.whole is not None and plan.whole.fullmatch(number):
        return f"+{plan.code}{number}"
    for front, instead in ((plan.prefix, plan.code), (plan.code, plan.code)):
        if front is not None and number.startswith(front):
            within = number.removeprefix(front)
            return f"+{instead}{within}" if len(within) >= _FEWEST_DIGITS else number
    return number


def is_rounded(text: str) -> bool:
    """True for a number such as ``8.49123E+10``, of which the last digits are lost.

    Two numbers may look the same so, and neither can be told any more.
    """
    return _ROUNDED.fullmatch(text.strip()) is not None


def number_id(kind: str, number: str, country: str | None = None) -> str:
    """The id made of a number of a kind: one for all ways to write a telephone number."""
    return id_of_keys(*number_key(kind, number, country))


def number_key(kind: str, number: str, country: str | None = None) -> tuple[str, str]:
    """Kind and number in a form that all ways to write a number have in common."""
    if kind not in _PHONES:
        return kind, key_of(kind, number)
    return "phone", comparable_number(number, country)


def number_keys(
    numbers: Sequence[tuple[str, str]], country: str | None = None
) -> list[tuple[str, str]]:
    """The same of many kinds and numbers."""
    phones = [*dict.fromkeys(number for kind, number in numbers if kind in _PHONES)]
    compared = dict(zip(phones, comparable_numbers(phones, country), strict=True))
    return [
        ("phone", compared[number]) if kind in _PHONES else (kind, key_of(kind, number))
        for kind, number in numbers
    ]


def comparable_numbers(texts: Sequence[str], country: str | None = None) -> list[str]:
    """`comparable_number` of many texts: those of plain signs are changed all at once."""
    simple = [text for text in texts if _SIMPLE.fullmatch(text)]
    bare = "\n".join(simple).lower().encode().translate(None, b" .-/").decode().split("\n")
    made = dict(zip(simple, (_abroad_or_here(one, country) for one in bare), strict=False))
    return [made.get(text) or comparable_number(text, country) for text in texts]


#: Signs of which separators can be taken out without a look at what stands beside them.
_SIMPLE = re.compile(r"[0-9A-Za-z+ .\-/]*[0-9A-Za-z+]")


def list_phone_countries() -> tuple[str, ...]:
    """ISO codes of the countries whose way to write numbers is known."""
    return tuple(_plans())


@cache
def _plans() -> Mapping[str, _Plan]:
    text = files("ringmap.records").joinpath("telephones.yaml").read_text("utf-8")
    entries: dict[str, dict[str, str]] = yaml.load(text, Loader=_Loader)  # noqa: S506
    return {country: _plan(**entry) for country, entry in entries.items()}


def _plan(code: str, prefix: str | None = None, whole: str | None = None) -> _Plan:
    return _Plan(code, prefix, re.compile(whole) if whole else None)


#: Safe like PyYAML's own safe loader, and many times as fast where its C part is there.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
