"""The ways in which a recorded text writes a name: by its parts, whole or last word first."""

from typing import NamedTuple

from ringmap.disclosure.name_words import (
    caseless_runs,
    caseless_words,
    fold,
    is_also_called,
    is_caseless,
    is_unknown,
    parts_of,
    words_of,
)

#: Signs of a word in a script without capitals, marks among them.
_LONG_WORD = 5


class Ways(NamedTuple):
    """Ways to write a name that a text holds; it depends on nothing else than that text.

    Attributes
    ----------
    runs
        Names in scripts without capitals, also with the last word first.
    words_of_runs
        Words of such names that are long enough to be no word of every day.
    signs
        Parts that have hardly a letter, which are looked for sign by sign.
    words
        Each other way: its key, how it is spelt, and of how many words.
    is_whole
        Whether the text itself is one: neither a number nor words for an unknown name.
    """

    runs: list[str]
    words_of_runs: list[str]
    signs: list[str]
    words: list[tuple[str, str, int]]
    is_whole: bool


def ways_to_write(text: str) -> Ways:
    """Every way to write a name that a recorded text holds."""
    if is_unknown(text):
        return Ways([], [], [], [], False)
    ways = Ways([], [], [], [], not text.isdigit())
    for part in dict.fromkeys((text, *parts_of(text))):
        _add_part(part, ways)
    return ways


def _add_part(part: str, ways: Ways) -> None:
    words = words_of(part)
    apart = caseless_words(part)
    if len(apart) > 1:
        ways.runs.append("".join((apart[-1], *apart[:-1])))
        ways.words_of_runs.extend(one for one in apart if len(one) >= _LONG_WORD)
    for run in caseless_runs(part):
        ways.runs.append(run)
        cased = " ".join(word for word in words if not is_caseless(word))
        if cased:
            _add_part(cased, ways)
    if len(words) > 1 and is_also_called(words[0]):
        _add_part(" ".join(words[1:]), ways)
        return
    keys = list(map(fold, words))
    key = "".join(keys)
    if len(key) < 2:
        if len(part) > 1:
            ways.signs.append(part)
        return
    if key.isdigit() or is_unknown(part):
        return
    if len(words) == 1:
        ways.words.append((key, words[0], 1))
        return
    ways.words.append((key, part, len(words)))
    ways.words.append(("".join((keys[-1], *keys[:-1])), part, len(words)))
