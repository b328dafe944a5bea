"""The ways to write a name, learnt from how records spell it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ringmap.disclosure.name_words import TITLES, fold, names_in, parts_of, words_of
from ringmap.model import find_country, find_province

_DIGIT = re.compile(r"\d")
#: Stands where a name fits several people, or a place as well: it must not point to one.
NEUTRAL = "a withheld name"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that must not be read, what to say instead, and whether it is a person's name."""

    text: str
    instead: str
    of_person: bool = False
    digits_only: bool = False


class Form(NamedTuple):
    """One way to write a name."""

    instead: str
    recorded: bool
    single: bool
    spellings: frozenset[str]

    def holds(self, spelling: str, *, words: int, recorded: bool) -> bool:
        """Whether another name spelt so changes nothing, as this form points to nobody already."""
        if self.instead != NEUTRAL or spelling not in self.spellings:
            return False
        return (self.recorded or not recorded) and (words == 1 or not self.single)


class NameForms:
    """Ways to write names, each by its key: in one piece, in small letters, without marks."""

    def __init__(self) -> None:
        self._forms: dict[str, Form] = {}

    def get(self, key: str) -> Form | None:
        """The way that has this key, if any."""
        return self._forms.get(key)

    def keys(self) -> Iterable[str]:
        """Keys of all ways."""
        return self._forms.keys()

    def point_nowhere(self, keys: Iterable[str]) -> None:
        """Let names that others bear as well stand for nobody."""
        for key in keys:
            if key in self._forms:
                self._forms[key] = self._forms[key]._replace(instead=NEUTRAL)

    def add(self, key: str, instead: str, spelling: str, *, words: int, recorded: bool) -> None:
        """Remember a way to write a name of so many words; recorded, or a shorter way."""
        # A code in the place of a single word would tell that word to whoever can guess the rest
        # of the sentence ("parties would … others off"); a withheld name tells less.
        known = self._forms.get(key)
        if known is not None and known.holds(spelling, words=words, recorded=recorded):
            return
        if known is None:
            if words == 1 or (recorded and _is_area(spelling)):
                instead = NEUTRAL
            self._forms[key] = Form(instead, recorded, words == 1, frozenset((spelling,)))
            return
        if words == 1 or known.instead != instead or (recorded and _is_area(spelling)):
            instead = NEUTRAL
        self._forms[key] = Form(
            instead, recorded or known.recorded, known.single and words == 1,
            known.spellings | {spelling},
        )  # fmt: skip

    def add_shorter(self, secrets: Iterable[Secret], borne: set[str]) -> None:
        """Shorter ways to say the names of people; `borne` by people who may be shown."""
        of_people = [one for one in secrets if one.of_person]
        names = {text: _longer_names(text) for text in {one.text for one in of_people}}
        first: dict[str, set[str]] = {}
        for one in of_people:
            for _, keys in names[one.text]:
                for key in keys[:-1]:
                    first.setdefault(key, set()).add(one.instead)
        for one in of_people:
            for words, keys in names[one.text]:
                if len(words) > 2:
                    self._add_short([words[0], words[-1]], keys[0] + keys[-1], one.instead)
                    self._add_short(words[-2:], keys[-2] + keys[-1], one.instead)
                if keys[0] not in borne and len(first[keys[0]]) == 1:
                    self._add_short(words[:1], keys[0], one.instead)
                self._add_short(words[-1:], keys[-1], one.instead)

    def _add_short(self, words: list[str], key: str, instead: str) -> None:
        known = self._forms.get(key)
        if len(key) < 2 or key.isdigit() or (known is not None and known.recorded):
            if known is not None and known.instead != instead and known.single:
                self.add(key, instead, words[0], words=1, recorded=True)
            return
        if len(words) == 1 and words[0].casefold() in TITLES:
            return
        self.add(key, instead, " ".join(words), words=len(words), recorded=False)

    def holds_recorded(self, name: str, person: bool) -> bool:
        """Whether a name that may be shown is, or holds, a recorded name that may not.

        Of people a given name may be the same: "Nguyễn Thị Lan" stays beside a victim "Lan".
        """
        keys = [fold(word) for word in words_of(name)]
        for start in range(len(keys)):
            for end in range(start + 1, len(keys) + 1):
                form = self._forms.get("".join(keys[start:end]))
                whole = end - start == len(keys)
                if form and form.recorded and (whole or not (person and form.single)):
                    return True
        return False


def _longer_names(text: str) -> list[tuple[list[str], list[str]]]:
    """Words, and their keys, of each name of several words that a text holds."""
    names = (names_in(part) for part in parts_of(text))
    return [(words, list(map(fold, words))) for words in names if len(words) > 1]


@lru_cache(maxsize=1_000)
def _is_area(spelling: str) -> bool:
    """Whether a name is that of a province or country as well."""
    if _DIGIT.search(spelling):  # most ids; no province or country has a number in its name
        return False
    return bool(find_province(spelling) or find_country(spelling))


def prefixes_of(keys: Iterable[str]) -> frozenset[str]:
    """All beginnings of some keys, the keys themselves among them."""
    return frozenset(key[:length] for key in keys for length in range(1, len(key) + 1))
