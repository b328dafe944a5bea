"""The words of the report in English and Vietnamese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ringmap.errors import OutputError
from ringmap.model import country_name, date_in_words, label, load_words

LANGUAGES = ("en", "vi")


@dataclass(frozen=True, slots=True)
class Wording:
    """What to call things in one language."""

    language: str

    def say(self, key: str, **values: object) -> str:
        """A phrase of the report with its blanks filled."""
        text = _phrases()[key][self.language]
        return text.format_map({name: str(value) for name, value in values.items()})

    def code(self, list_name: str, code: object) -> str:
        """What to call a code; empty when it is not recorded."""
        return label(list_name, code, self.language) if isinstance(code, str) else ""

    def codes(self, list_name: str, joined: object) -> str:
        """What to call codes that are joined by semicolons."""
        if not isinstance(joined, str):
            return ""
        return "; ".join(self.code(list_name, code) for code in joined.split(";"))

    def any_code(self, code: object, *list_names: str) -> str:
        """What to call a code that stands in one of several lists."""
        for name in list_names:
            if isinstance(code, str) and code in load_words(name):
                return label(name, code, self.language)
        return code if isinstance(code, str) else ""

    def country(self, code: object) -> str:
        """Name of a country; empty when it is not recorded."""
        if code == "unknown":
            return self.say("not_known")
        return country_name(code, self.language) if isinstance(code, str) else ""

    def date(self, date: object) -> str:
        """A date, a vague one in words; empty when it is not recorded."""
        return date_in_words(date, self.language) if isinstance(date, str) else ""

    def number(self, value: object, *, digits: int = 2) -> str:
        """A number as it is written in the language; a dash when there is none."""
        if not isinstance(value, int | float) or value != value:
            return "–"
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
        if self.language == "vi":
            return text.translate(str.maketrans(",.", ".,"))
        return text

    def percent(self, value: object) -> str:
        """A share of 1 as a percentage."""
        if not isinstance(value, int | float) or value != value:
            return "–"
        digits = 0 if abs(value) >= 0.0995 or value == 0 else 1
        return f"{self.number(float(value) * 100, digits=digits)} %"

    def glossary(self) -> list[tuple[str, str]]:
        """What each measure says, and when it misleads."""
        return [(told[self.language][0], told[self.language][1]) for told in _glossary().values()]


def wording_in(language: str) -> Wording:
    """The words of a language.

    Raises
    ------
    OutputError
        If the report does not speak it.
    """
    if language not in LANGUAGES:
        raise OutputError(
            f"no report in the language '{language}'", hint=f"choose {' or '.join(LANGUAGES)}"
        )
    return Wording(language)


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    # BaseLoader: `yes` and `no` are phrases here, not truths.
    text = files("ringmap.report").joinpath("words.yaml").read_text("utf-8")
    phrases: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    return phrases


@cache
def _glossary() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = files("ringmap.report").joinpath("glossary.yaml").read_text("utf-8")
    told: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(text)
    return told
