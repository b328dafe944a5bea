"""Find names in running text, however they are spelt, and put something else in their place."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ringmap.model import match_key

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?\d[\d .\-()]{4,}\d")
_FEWEST_DIGITS = 6


class Scrubber:
    """Replaces secrets in text: names without regard to case, marks or order of the parts.

    A name of several words is found as a whole, with its given name first, and as its last
    two words when it has three or more. A name of one word is found where it is written
    with a capital. A name without spaces in a script of its own is found anywhere. Numbers
    are found with any spacing, and with or without their country code.

    It cannot find a name that no record gives: a nickname that is not among the aliases
    stays in a note.
    """

    def __init__(self, secrets: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a secret and what stands in its place."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._single: dict[str, str] = {}
        self._anywhere: dict[str, str] = {}
        self._digits: dict[str, str] = {}
        for secret, instead in secrets:
            self._learn(secret, instead)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self.scrub = lru_cache(maxsize=200_000)(self._scrub)

    def _learn(self, secret: str, instead: str) -> None:
        digits = _digits(secret)
        if len(digits) >= _FEWEST_DIGITS and len(digits) * 2 >= len(secret):
            self._digits.setdefault(_national(digits), instead)
            return
        words = tuple(_folded_words(secret))
        if not words:
            return
        if len(words) == 1:
            self._learn_single(secret.strip(), words[0], instead)
            return
        for phrase in {words, (words[-1], *words[:-1]), *([words[-2:]] if len(words) > 2 else [])}:
            self._phrases.setdefault(phrase[0], []).append((phrase, instead))

    def _learn_single(self, secret: str, word: str, instead: str) -> None:
        if not word.isascii() and len(word) > 1:
            self._anywhere.setdefault(unicodedata.normalize("NFC", secret), instead)
        elif len(word) > 1 and not word.isdigit():
            self._single.setdefault(word, instead)

    def _scrub(self, text: str) -> str:
        for secret, instead in self._anywhere.items():
            if secret in (composed := unicodedata.normalize("NFC", text)):
                text = composed.replace(secret, instead)
        if self._digits:
            text = _NUMBER.sub(self._number, text)
        return self._names(text) if self._phrases or self._single else text

    def _number(self, match: re.Match[str]) -> str:
        return self._digits.get(_national(_digits(match[0])), match[0])

    def _names(self, text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        found = [(m.start(), m.end(), match_key(m[0])) for m in _WORD.finditer(composed)]
        keys = [key for _, _, key in found]
        pieces: list[str] = []
        at, word = 0, 0
        while word < len(found):
            length, instead = self._match(keys, word, composed[found[word][0]])
            if length:
                pieces += [composed[at : found[word][0]], instead]
                at = found[word + length - 1][1]
            word += max(length, 1)
        return "".join([*pieces, composed[at:]]) if pieces else text

    def _match(self, keys: list[str], word: int, initial: str) -> tuple[int, str]:
        for phrase, instead in self._phrases.get(keys[word], ()):
            if tuple(keys[word : word + len(phrase)]) == phrase:
                return len(phrase), instead
        if initial.isupper() and keys[word] in self._single:
            return 1, self._single[keys[word]]
        return 0, ""


def _folded_words(text: str) -> list[str]:
    return [match_key(m[0]) for m in _WORD.finditer(unicodedata.normalize("NFC", text))]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _national(digits: str) -> str:
    """The last nine digits: the same with a country code and with a leading 0."""
    return digits[-9:]
