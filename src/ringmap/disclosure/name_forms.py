"""The ways to write a name, learnt from how records spell it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Form:
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
                self._forms[key] = replace(self._forms[key], instead=NEUTRAL)

    def add(self, key: str, instead: str, spelling: str, *, words: int, recorded: bool) -> None:
        """Remember a way to write a name of so many words; recorded, or a shorter way."""
        # A code in the place of a single word would tell that word to whoever can guess the rest
        # of the sentence ("parties would … others off"); a withheld name tells less.
        known = self._forms.get(key)
        if known is not None and known.holds(spelling, words=words, recorded=recorded):
            return
        if words == 1 or (recorded and _is_area(spelling)):
            instead = NEUTRAL
        if known is not None and known.instead != instead:
            instead = NEUTRAL
        spellings = frozenset({spelling, *(known.spellings if known else ())})
        single = words == 1 if known is None else known.single and words == 1
        recorded = recorded or (known is not None and known.recorded)
        self._forms[key] = Form(instead, recorded, single, spellings)

    def add_shorter(self, secrets: Iterable[Secret], borne: set[str]) -> None:
        """Shorter ways to say the names of people; `borne` by people who may be shown."""
        names = [(one, words) for one in secrets if one.of_person
                 for part in parts_of(one.text) if len(words := names_in(part)) > 1]  # fmt: skip
        first: dict[str, set[str]] = {}
        for one, words in names:
            for word in words[:-1]:
                first.setdefault(fold(word), set()).add(one.instead)
        for one, words in names:
            given, family = words[-1], words[0]
            short = [[family, given], words[-2:]] if len(words) > 2 else []
            if fold(family) not in borne and len(first[fold(family)]) == 1:
                short.append([family])
            for form in (*short, [given]):
                self._add_short(form, one.instead)

    def _add_short(self, words: list[str], instead: str) -> None:
        key = "".join(map(fold, words))
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


@lru_cache(maxsize=1_000)
def _is_area(spelling: str) -> bool:
    """Whether a name is that of a province or country as well."""
    if _DIGIT.search(spelling):  # most ids; no province or country has a number in its name
        return False
    return bool(find_province(spelling) or find_country(spelling))


def prefixes_of(keys: Iterable[str]) -> frozenset[str]:
    """All beginnings of some keys, the keys themselves among them."""
    return frozenset(key[:length] for key in keys for length in range(1, len(key) + 1))
