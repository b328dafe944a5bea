"""Finds names in running text that is written with capitals and spaces."""

from collections.abc import Iterable, Iterator

from ringmap.disclosure.name_context import Passage, is_meant
from ringmap.disclosure.name_forms import NEUTRAL, NameForms, prefixes_of
from ringmap.disclosure.name_words import TOKEN, fold, is_own_name, key_of, words_of
from ringmap.disclosure.replacing import Found

_LONGEST_CODE = 12  # letters and digits of a code take turns
# Phrases of every report that hold a given name: "Công an" (police) and An.
_PHRASES = ("Công an", "An ninh", "Việt Nam")


class NameFinder:
    """Finds where a text says a name.

    Parameters
    ----------
    forms
        The ways to write the names.
    open_names
        Names that may be shown, and whether they are people's: they stay whole.
    codes
        What stands in the place of names.
    """

    def __init__(self, forms: NameForms, open_names: Iterable[tuple[str, bool]],
                 codes: Iterable[str]) -> None:  # fmt: skip
        self._forms = forms
        self._shown = {
            key_of(name)
            for name, person in open_names
            if is_own_name(name, person) and not forms.holds_recorded(name, person)
        }
        self._shown |= set(map(key_of, _PHRASES))
        words = [words_of(one) for one in {NEUTRAL, *codes}]
        self._codes = {tuple(map(fold, one)) for one in words}
        self._code_words = {code[0] for code in self._codes if code}
        self._starts = prefixes_of((*forms.keys(), *self._shown))

    def find(self, text: str, *, short: bool) -> Iterator[Found]:
        """Where a text says a name; with `short` also in a way that no record writes it."""
        keys = list(map(fold, words_of(text)))
        starts = [place for place, key in enumerate(keys) if key in self._starts]
        if not any(self._may_begin(keys, at, short=short) for at in starts):
            return
        tokens = [(m.start(), m.end(), m[0]) for m in TOKEN.finditer(text)]
        passage = Passage(text, tokens, keys, text == text.lower(), short)
        coded = self._coded(keys)
        done = 0
        for at in starts:
            if at < done or at in coded:
                continue
            end = next((place for place in sorted(coded) if place > at), len(keys))
            length, instead = self._match(passage, at, end)
            if instead is not None:
                yield tokens[at][0], tokens[at + length - 1][1], instead
            done = at + max(length, 1)

    def may_find(self, keys: list[str]) -> bool:
        """Whether anything in a text with these keys of words may be a name; quick to tell."""
        starts = self._starts
        return any(
            key in starts and self._may_begin(keys, at, short=True) for at, key in enumerate(keys)
        )

    def _may_begin(self, keys: list[str], at: int, *, short: bool) -> bool:
        """Whether words from a place on fit a name, whatever they are meant as; quick to tell."""
        key = keys[at]
        while key in self._starts:
            form = self._forms.get(key)
            if form is not None and (short or form.recorded):
                return True
            at += 1
            if at == len(keys):
                break
            key += keys[at]
        return False

    def _coded(self, keys: list[str]) -> set[int]:
        """Places of words that stand for a name already."""
        coded: set[int] = set()
        for at, key in enumerate(keys):
            if key in self._code_words and at not in coded:
                longest = min(_LONGEST_CODE, len(keys) - at)
                lengths = [
                    n for n in range(longest, 0, -1) if tuple(keys[at : at + n]) in self._codes
                ]
                coded.update(range(at, at + lengths[0]) if lengths else ())
        return coded

    def _match(self, passage: Passage, at: int, end: int) -> tuple[int, str | None]:
        """The longest name or open name from a word on: how many words, and what to say instead."""
        key, length, instead = "", 0, None
        for last in range(at, end):
            key += passage.keys[last]
            if key not in self._starts:
                break
            form = self._forms.get(key)
            if form is not None and not is_meant(form, passage, at, last):
                form = None
            if key in self._shown and (form is None or (not form.recorded and last > at)):
                length, instead = last - at + 1, None
            elif form is not None:
                length, instead = last - at + 1, form.instead
        return length, instead
