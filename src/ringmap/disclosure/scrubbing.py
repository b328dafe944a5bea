"""Find names in running text, however they are spelt, and put something else in their place.

What is found, and what is not, in the order of the danger:

- A recorded name of several words: whole, in any case, with or without marks, glued, with
  hyphens or spaces, given name first, also as the address of a page writes it ("L%C3%B2%20Mẩy").
- Shorter ways to say it, where they are written with a capital: first and last word, the
  last two, the given name alone ("mẹ của Mẩy"). A recorded name of one word likewise.
- A name in a script without capitals (Chinese, Khmer, Thai …): anywhere, spaces or not, last
  word first; a person's also by one of its words, if that is long.
- Numbers with any spacing, with and without country code; dates of birth however written, in
  numbers or words ("3 tháng 5 năm 2001", "3 May 2544"); the month of a birth beside a word that
  says that it is one ("sinh tháng 5/2001").

Too much scrubbing tells a secret as well: "Victim AB12 Sơn province" says that her name is
Lạng. So provinces, countries and towns, names of people and places that may be shown, and
words that are mostly no names ("An officer", "On Monday") stay, unless they are spelt with
the very marks of the name. Where a name fits several people the text says neither.

It cannot find a name that no record gives, one misspelt in its letters, or a given name
in small letters inside a sentence: in Vietnamese most are words of every day.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from ringmap.disclosure.births import Births, band_ages, may_tell_age
from ringmap.disclosure.name_finder import NameFinder
from ringmap.disclosure.name_forms import NEUTRAL, NameForms, Secret
from ringmap.disclosure.name_runs import NameRuns
from ringmap.disclosure.name_ways import Ways, ways_to_write
from ringmap.disclosure.name_words import (
    caseless_words,
    composed,
    decoded,
    fold,
    is_own_name,
    key_of,
    own_names_in,
    parts_of,
    words_of,
)
from ringmap.disclosure.replacing import replaced
from ringmap.disclosure.secret_numbers import SecretNumbers

_MOST_PASSES = 5
_OF_CODES = ("%", "&")  # "L%C3%B2", "L&ograve;"
_DIGIT = re.compile(r"\d")


class Scrubber:
    """Replaces secrets in text, and tells ages and years of birth in it as bands.

    Parameters
    ----------
    shown
        Names of parties that may be shown, and whether they are people's. Where a secret is
        but a part of one, or the same as its given name, the name stays whole.
    births
        What to say instead of dates of birth, by ISO date; or of months, where no day is known.
    """

    def __init__(self, secrets: Iterable[Secret], shown: Iterable[tuple[str, bool]] = (),
                 births: Mapping[str, str] | None = None) -> None:  # fmt: skip
        listed = [_composed(one) for one in secrets]
        open_names = [
            (part, person)
            for name, person in shown
            for whole in parts_of(composed(decoded(name)))
            for part in (whole, *own_names_in(whole, person))
        ]
        self._births = Births(births or {})
        self._numbers = SecretNumbers()
        self._forms = NameForms()
        self._runs = NameRuns()
        self._literal: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        shown_words = {word for name, _ in open_names for word in caseless_words(name)}
        ways: dict[str, Ways] = {}
        for secret in listed:
            if secret.text not in ways:
                ways[secret.text] = ways_to_write(secret.text)
                self._numbers.learn(secret.text, secret.instead)
            if not secret.digits_only:
                self._learn(secret, ways[secret.text], shown_words)
        self._runs.close()
        people = [name for name, person in open_names if person]
        # Whoever bears the same name is not shown as the victim.
        self._forms.point_nowhere({key_of(name) for name in people})
        borne = {fold(word) for name in people for word in words_of(name)}
        self._forms.add_shorter(listed, borne)
        self._names = NameFinder(self._forms, open_names, (secret.instead for secret in listed))
        self._scrubbed = lru_cache(maxsize=200_000)(self._settled)

    def scrub(self, text: str) -> str:
        """The text with other words in the place of secrets."""
        return text if self._is_plain(text) else self._scrubbed(text)

    def scrub_name(self, name: str, *, person: bool = False) -> str:
        """The name of a party that may be shown, without the recorded names of others."""
        if self._is_plain(name):
            return name
        return self._settled(name, short=not is_own_name(composed(name), person))

    def _is_plain(self, text: str) -> bool:
        """True where it is quick to tell that no rule finds anything: most ids and dates are so.

        Each rule is asked whether it may find something among the words and numbers; which of
        them are meant, and what stands between them, is not looked at.
        """
        if not text.isascii() or any(one in text for one in (*_OF_CODES, *self._literal)):
            return False
        small = text.lower()
        words = words_of(small)
        if small.strip() in self._whole or self._names.may_find(words):
            return False
        numbers = [word for word in words if word.isdigit()]
        if not numbers:
            return True
        if self._births.may_find(numbers) or self._numbers.may_find(numbers):
            return False
        return not may_tell_age(small)

    def _settled(self, text: str, *, short: bool = True) -> str:
        """The text scrubbed until nothing more is found.

        Where ways to say a name lie across each other ("Mẩy 1 Nguyễn Mẩy 1"), the first
        pass can leave a word of it.
        """
        for _ in range(_MOST_PASSES):
            once = self._scrub(text, short=short)
            if once == text:
                break
            text = once
        return text

    def _learn(self, secret: Secret, ways: Ways, shown: set[str]) -> None:
        if ways.is_whole:
            self._whole.setdefault(secret.text.casefold(), secret.instead)
        for run in ways.runs:
            self._runs.add(run, secret.instead)
        for run in ways.words_of_runs if secret.of_person else ():
            if run not in shown:
                self._runs.add(run, NEUTRAL)
        for part in ways.signs:
            self._literal[part] = secret.instead
        for key, spelling, words in ways.words:
            self._forms.add(key, secret.instead, spelling, words=words, recorded=True)

    def _scrub(self, text: str, *, short: bool = True) -> str:
        clean = composed(decoded(text))
        instead = self._whole.get(clean.strip().casefold())
        if instead is not None:
            form = self._forms.get(key_of(clean))
            return form.instead if form and form.recorded and not form.single else instead
        before = clean
        if _DIGIT.search(clean):
            clean = self._births.scrub(clean)
            clean = replaced(clean, self._numbers.find(clean))
            clean = band_ages(clean) if self._whole else clean
        clean = replaced(clean, self._runs.find(clean))
        clean = replaced(clean, self._names.find(clean, short=short))
        # Earlier, what stands for "b>" would be glued to the name in "<b>Mẩy".
        for secret, instead in self._literal.items():
            clean = clean.replace(secret, instead)
        return text if clean == before else clean


def _composed(secret: Secret) -> Secret:
    text = composed(decoded(secret.text)).strip()
    return secret if text == secret.text else replace(secret, text=text)
