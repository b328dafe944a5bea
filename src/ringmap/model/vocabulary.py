"""The words of case records: codes, their labels in each language, HTCDS codes, synonyms."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ringmap.model.names import match_key


@dataclass(frozen=True, slots=True)
class Word:
    """One code of one list: what to call it, and what else the list says of it."""

    code: str
    labels: Mapping[str, str]
    htcds: tuple[str, ...]
    synonyms: tuple[str, ...]
    says: Mapping[str, object]


@cache
def load_words(list_name: str) -> Mapping[str, Word]:
    """All words of a list by code, in the order of its file (``role``, ``tie``, ``stage`` …)."""
    text = files("ringmap.model").joinpath("vocabulary", f"{list_name}.yaml").read_text("utf-8")
    entries: dict[str, dict[str, object]] = yaml.load(text, Loader=_Loader)  # noqa: S506
    return {str(code): _word(str(code), entry) for code, entry in entries.items()}


def find_codes(list_name: str, text: str) -> tuple[str, ...]:
    """Codes that a recorded word stands for; two for ``victim-turned-recruiter``; () if none.

    Marks may be left out, or one of several be wrong. But a marked syllable is that word
    alone: ``bạn`` (a friend) is not ``bán`` (to sell).
    """
    key, marks = match_key(text), _marks(text)
    exact = _codes_by_marks(list_name).get((key, marks)) if marks else None
    if exact is not None:
        return exact
    is_syllable = len(key) <= _LONGEST_SYLLABLE and " " not in key
    return () if marks and is_syllable else _codes_by_key(list_name).get(key, ())


def _marks(text: str) -> str:
    """What a match key leaves out of a text; the same for ``hòa`` and ``hoà``."""
    if text.isascii():
        return ""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sorted(sign for sign in spread if unicodedata.combining(sign) or sign == "đ"))


def label(list_name: str, code: str, language: str = "en") -> str:
    """What to call a code in a language; the code itself when the list does not have it."""
    word = load_words(list_name).get(code)
    return word.labels.get(language, word.labels["en"]) if word else code


@cache
def _codes_by_key(list_name: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for (key, _), codes in _codes_by_marks(list_name).items():
        known = found.get(key, ())
        found[key] = (*known, *(code for code in codes if code not in known))
    # A code names itself, whatever else lists it as a synonym.
    return found | {match_key(code): (code,) for code in load_words(list_name)}


@cache
def _codes_by_marks(list_name: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for word in load_words(list_name).values():
        for name in (word.code, *word.labels.values(), *word.htcds, *word.synonyms):
            written = match_key(name), _marks(name)
            codes = found.setdefault(written, ())
            if word.code not in codes:
                found[written] = (*codes, word.code)
    return found


def _word(code: str, entry: dict[str, object]) -> Word:
    says = {key: value for key, value in entry.items() if key not in _OWN}
    labels: dict[str, str] = {
        language: str(entry[language]) for language in LANGUAGES if language in entry
    }
    return Word(code, labels, _texts(entry.get("htcds")), _texts(entry.get("synonyms")), says)


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


#: Letters of a word that may be a single Vietnamese syllable.
_LONGEST_SYLLABLE = 6
#: Languages that every word has a label in.
LANGUAGES: tuple[str, ...] = ("en", "vi")
_OWN = {"en", "vi", "htcds", "synonyms"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
