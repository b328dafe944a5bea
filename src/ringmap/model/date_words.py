"""Vague dates in words, for whoever reads them; files for other programs keep the notation."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ringmap.model.dates import is_about, precision

_OPEN = ".."


def date_in_words(date: str, language: str = "en") -> str:
    """A date that is about, or from one to another, in words: ``2019-05~`` → about May 2019.

    An exact date comes back as it is, as does text that is no date.
    """
    if not is_about(date) and precision(date) != "interval":
        return date
    words = _words()[language]
    first, between, last = date.partition("/")
    ends = {"first": _end(first, words), "last": _end(last, words)}
    if not between:
        return ends["first"]
    key = "until" if first == _OPEN else "since" if last == _OPEN else "between"
    told: str = words[key].format_map(ends)
    return told


def _end(end: str, words: Mapping[str, Any]) -> str:
    if end in ("", _OPEN):
        return ""
    year, month, day = (*end.rstrip("~?%").split("-"), "", "")[:3]
    form = "day" if day else "month" if month else "year"
    named = words["months"][int(month) - 1] if month else ""
    date: str = words[form].format(year=year, month=named, day=int(day or 0))
    return words["about"].format(date=date) if is_about(end) else date


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    text = files("ringmap.model").joinpath("date_words.yaml").read_text("utf-8")
    words: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return words
