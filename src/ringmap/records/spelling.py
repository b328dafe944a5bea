"""How likely a text is in a language, from what is known of how the language is spelt.

Likelihoods are natural logarithms and rough: letters by their rank of use, Vietnamese by
the build of its syllables, Thai by the order of its signs, Chinese by how common a
character is. They are for comparing two readings of the same bytes and for nothing else.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

import yaml

from ringmap.records.legacy_codecs import TONES

#: A byte beyond ASCII that is as likely as the other 127; one that costs more than any letter.
AS_CHANCE, _ANY_LETTER = -4.85, -7.0
#: What one sign costs: a sign of ASCII; a letter or symbol where the language has none.
ASCII = -3.0
STRANGE = -9.0
_BROKEN_CASE = -6.0
_SIDE_BY_SIDE = -1.5
_LATIN_IN_OTHER_SCRIPT = -7.0
_QUOTE = -5.0
_COMMON_SYLLABLE, _SYLLABLE = -5.5, -9.5
_NO_SYLLABLE = -5.0
_THAI_DISORDER = -8.0
_COMMON_HANZI, _FIRST_LEVEL, _SECOND_LEVEL, _RARE_HANZI = -4.8, -6.8, -10.0, -13.0
_HANZI_BESIDE_LATIN = -3.0

_LETTERS = re.compile(r"[^\W\d_]+")
_FOUR_ALIKE = re.compile(r"(.)\1{3}")
_THAI = re.compile("[\u0e01-\u0e5b]+")
_QUOTES = frozenset("‘’“”„‚«»‹›–—…•°€£§·¡¿№©®™ªº½¼\u00a0")
_JOINERS = frozenset("’ʼ–—…·")
_WITHOUT_ASCII = re.compile("[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Weight:
    """How likely pieces of text are, and how many of their words are spelt as they should be.

    `words` counts words with letters beyond ASCII, for Chinese the characters.
    """

    likelihood: float
    right: int
    words: int


@dataclass(frozen=True, slots=True)
class Language:
    """A way of spelling: its name, and how it weighs one piece of text.

    `right_is` says in words what makes a word right. `byte_cost` is what a byte may cost on
    average before a text is rather not in this language. Of the words beyond the first
    `excused`, at least the share `least_right` must be right.
    """

    name: str
    right_is: str
    weigh_one: Callable[[str], Weight]
    byte_cost: float
    least_right: float = 0.5
    excused: int = 0


def weigh(language: Language, pieces: Iterable[str], lost: Sequence[bytes] = ()) -> Weight:
    """The weight of pieces of text together, in a language; lost pieces are wrong words."""
    weights = [language.weigh_one(piece) for piece in pieces]
    return Weight(
        sum(weight.likelihood for weight in weights) + STRANGE * sum(map(len, lost)),
        sum(weight.right for weight in weights),
        sum(weight.words for weight in weights) + len(lost),
    )


def latin(name: str) -> Language:
    """A language written in Latin letters."""
    costs = _costs(_spellings()["latin"][name], first=-4.2, step=0.35)
    return Language(
        name, f"are spelt in the letters of {name}", _by_letters(costs, ASCII), _ANY_LETTER
    )


def alphabet(name: str, called: str) -> Language:
    """A language with an alphabet of its own."""
    costs = _costs(_spellings()["alphabets"][name], first=-2.2, step=0.1)
    weigh_one = _by_letters(costs, _LATIN_IN_OTHER_SCRIPT)
    return Language(name, f"are spelt in {called} letters", weigh_one, AS_CHANCE)


def vietnamese() -> Language:
    """Vietnamese, a syllable at a time."""
    return Language("Vietnamese", "are Vietnamese syllables", _weigh_vietnamese, _ANY_LETTER)


def thai() -> Language:
    """Thai, by the order of its vowels and tones."""
    return Language("Thai", "keep the order of Thai signs", _weigh_thai, AS_CHANCE)


def chinese() -> Language:
    """Chinese in the characters of GB 2312 and beyond, with other scripts among them."""
    return Language(
        "Chinese", "are among the most used", _weigh_chinese, AS_CHANCE,
        least_right=0.2, excused=4,
    )  # fmt: skip


@cache
def _spellings() -> dict[str, Any]:
    text = resources.files("ringmap.records").joinpath("spelling.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _costs(letters: str, *, first: float, step: float) -> dict[str, float]:
    costs = dict[str, float]()
    for rank, letter in enumerate(letters):
        costs.setdefault(letter, first - step * rank)
    return costs


def _by_letters(costs: dict[str, float], ascii_cost: float) -> Callable[[str], Weight]:
    def weigh_one(piece: str) -> Weight:
        gaps = _weigh_gaps(piece, _LETTERS)
        likelihood, right, words = gaps.likelihood, 0, gaps.words
        for word in _LETTERS.findall(piece):
            if word.isascii():
                likelihood += ASCII * len(word)
                continue
            likelihood += _word_cost(word, costs, ascii_cost)
            words += 1
            right += _is_spelt(word, costs, ascii_cost)
        return Weight(likelihood, right, words)

    return weigh_one


def _word_cost(word: str, costs: dict[str, float], ascii_cost: float) -> float:
    small = word.lower()
    cost = sum(ascii_cost if sign.isascii() else costs.get(sign, STRANGE) for sign in small)
    if not _has_plain_case(word):
        cost += _BROKEN_CASE * max(1, _case_breaks(word))
    if ascii_cost == ASCII:
        cost += _SIDE_BY_SIDE * sum(not (a.isascii() or b.isascii()) for a, b in pairwise(small))
    return cost


def _is_spelt(word: str, costs: dict[str, float], ascii_cost: float) -> bool:
    known = all(sign in costs or (sign.isascii() and ascii_cost == ASCII) for sign in word.lower())
    return known and _has_plain_case(word) and not _FOUR_ALIKE.search(word)


def _has_plain_case(word: str) -> bool:
    return word[1:] == word[1:].lower() or word == word.upper()


def _case_breaks(word: str) -> int:
    return sum(a.islower() and b.isupper() for a, b in pairwise(word))


def _weigh_gaps(piece: str, words: re.Pattern[str]) -> Weight:
    """What stands between words; a symbol inside a word is strange and makes it a wrong word."""
    first, *rest = words.split(piece)
    costs = [*map(_sign_cost, first)]
    for place, gap in enumerate(rest, start=1):
        inside = place < len(rest) and gap not in _JOINERS and _WITHOUT_ASCII.fullmatch(gap)
        costs += [STRANGE] * len(gap) if inside else map(_sign_cost, gap)
    return Weight(sum(costs), 0, costs.count(STRANGE))


def _sign_cost(sign: str) -> float:
    if " " <= sign <= "~":
        return ASCII
    return _QUOTE if sign in _QUOTES else STRANGE


def _weigh_vietnamese(piece: str) -> Weight:
    gaps = _weigh_gaps(piece, _LETTERS)
    likelihood, right, words = gaps.likelihood, 0, gaps.words
    for word in _LETTERS.findall(piece):
        if word.isascii():
            likelihood += ASCII * len(word)
            continue
        words += 1
        valid = _has_vietnamese_case(word) and is_vietnamese(word.lower())
        right += valid
        if not valid:
            likelihood += _NO_SYLLABLE * (len(word) + 1)
        else:
            likelihood += _COMMON_SYLLABLE if word.lower() in _common_syllables() else _SYLLABLE
    return Weight(likelihood, right, words)


def _has_vietnamese_case(word: str) -> bool:
    """Plain case, or ASCII letters all capitals: a heading in a capital font of TCVN3."""
    ascii_letters = [sign for sign in word if sign.isascii()]
    return _has_plain_case(word) or (bool(ascii_letters) and all(map(str.isupper, ascii_letters)))


@lru_cache(maxsize=20_000)
def is_vietnamese(word: str) -> bool:
    """True when a word of small letters is built as a Vietnamese syllable is.

    That is an onset and a rhyme that go together, one tone at most, the tone on the vowel
    that bears it (both ways of writing ``hòa``), and only an acute or a dot below before a
    final c, ch, p or t. Says nothing of whether the syllable is a word.
    """
    spread = unicodedata.normalize("NFD", word)
    tones = [place for place, sign in enumerate(spread) if sign in TONES]
    if len(tones) > 1:
        return False
    tone = spread[tones[0]] if tones else ""
    plain = unicodedata.normalize("NFC", spread.replace(tone, "")) if tone else word
    place = len(unicodedata.normalize("NFC", spread[: tones[0]])) - 1 if tones else None
    bearers = _syllables().get(plain)
    if bearers is None or (place is not None and place not in bearers):
        return False
    stopped = plain.endswith(("c", "ch", "p", "t"))
    return tone in "\u0301\u0323" if stopped and tone else True


@cache
def _common_syllables() -> frozenset[str]:
    return frozenset(_spellings()["vietnamese"]["common"].split())


@cache
def _syllables() -> dict[str, frozenset[int]]:
    """Every syllable without its tone, and the places of the letters that may bear one."""
    spelt = _spellings()["vietnamese"]
    rhymes = {"qu": spelt["after_qu"].split(), "gi": spelt["after_gi"].split()}
    found = dict[str, frozenset[int]]()
    for onset in ("", *spelt["onsets"].split()):
        for rhyme in rhymes.get(onset, spelt["rhymes"].split()):
            if _go_together(onset, rhyme):
                whole = onset[:-1] + rhyme if onset == "gi" and rhyme[0] == "i" else onset + rhyme
                shift = len(whole) - len(rhyme)
                bearers = frozenset(shift + place for place in _tone_places(rhyme))
                found[whole] = found.get(whole, frozenset()) | bearers
    for word in spelt["common"].split():
        spread = unicodedata.normalize("NFD", word)
        plain = unicodedata.normalize("NFC", "".join(s for s in spread if s not in TONES))
        found.setdefault(plain, frozenset(range(len(plain))))
    return found


def _go_together(onset: str, rhyme: str) -> bool:
    front = rhyme[0] in "eêiy"
    if onset == "qu":
        return True
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    if rhyme == "y":
        return onset in ("", "h", "l", "m", "s", "t", "v")
    return not rhyme.startswith("yê") or onset == ""


def _tone_places(rhyme: str) -> tuple[int, ...]:
    """Where in a rhyme the tone is written, as places from 0."""
    marked = [place for place, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    vowels = len(rhyme.rstrip("cghmnpt"))
    if vowels == 1:
        return (0,)
    if vowels == 3 or len(rhyme) > vowels:
        return (1,)
    return (0, 1) if rhyme in ("oa", "oe", "uy") else (0,)


_THAI_DISORDERS = re.compile(
    "[เแโใไ](?![ก-ฮ])"
    "|(?<![ก-ฮ])[\u0e31\u0e34-\u0e3a\u0e47]"
    "|(?<![ก-ฮ\u0e31\u0e34-\u0e39])[\u0e48-\u0e4e]"
    "|(?<![ก-ฮ\u0e48-\u0e4b])\u0e33"
    "|(?<![ก-ฮ\u0e48-\u0e4bา\u0e31ๅฤ])[ะาๅ]"
)


_LATIN_BY_THAI = re.compile("[A-Za-z](?=[\u0e01-\u0e5b])|(?<=[\u0e01-\u0e5b])[A-Za-z]")


def _weigh_thai(piece: str) -> Weight:
    costs, gaps = _thai_costs(), _weigh_gaps(piece, _THAI)
    touching = len(_LATIN_BY_THAI.findall(piece))
    likelihood = gaps.likelihood + _LATIN_IN_OTHER_SCRIPT * touching
    right, words = 0, gaps.words + touching
    for word in _THAI.findall(piece):
        disorders = len(_THAI_DISORDERS.findall(word))
        likelihood += sum(costs.get(sign, STRANGE) for sign in word) + _THAI_DISORDER * disorders
        words += 1
        right += not disorders
    return Weight(likelihood, right, words)


@cache
def _thai_costs() -> dict[str, float]:
    return _costs(_spellings()["thai"]["signs"], first=-2.3, step=0.08)


def _weigh_chinese(piece: str) -> Weight:
    mixed = len(_HANZI_BY_LATIN.findall(piece))
    likelihood = sum(map(_sign_in_chinese, piece)) + _HANZI_BESIDE_LATIN * mixed
    signs = [sign for sign in piece if not sign.isascii()]
    right = sum(sign in _common_hanzi() or _is_letter_or_mark(sign) for sign in signs)
    return Weight(likelihood, max(0, right - mixed), len(signs) + mixed)


_HANZI_BY_LATIN = re.compile("(?<=[A-Za-z])[\u3400-\u9fff]|[\u3400-\u9fff](?=[A-Za-z])")


@lru_cache(maxsize=20_000)
def _sign_in_chinese(sign: str) -> float:
    """What a sign costs in a text of GB 18030, whose rarer signs are written in four bytes."""
    if sign.isascii():
        return ASCII if " " <= sign <= "~" else STRANGE
    if is_hanzi(sign):
        return _hanzi_cost(sign)
    if "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uff5e" or sign in _QUOTES:
        return _QUOTE
    if _is_letter_or_mark(sign):
        return -7.5 if len(sign.encode("gb18030")) == 2 else STRANGE
    return _RARE_HANZI if unicodedata.category(sign) not in ("Cn", "Co", "Cc") else 2 * STRANGE


def _is_letter_or_mark(sign: str) -> bool:
    """True for a letter of another script, and for the punctuation of Chinese."""
    kind = unicodedata.category(sign)
    return not is_hanzi(sign) and (kind[0] in "LM" or kind == "Po")


def is_hanzi(sign: str) -> bool:
    """True for a Chinese character of any block of Unicode."""
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or sign >= "\U00020000"


def is_in_gb_2312(sign: str) -> bool:
    """True for a sign of the 1980 standard, which holds nearly all that is written."""
    return bool(_gb_2312(sign))


def _gb_2312(sign: str) -> bytes:
    try:
        return sign.encode("gb2312")
    except UnicodeEncodeError:
        return b""


def _hanzi_cost(sign: str) -> float:
    code = _gb_2312(sign)
    if sign in _common_hanzi():
        return _COMMON_HANZI
    if not code:
        return _RARE_HANZI
    return _FIRST_LEVEL if code[0] < 0xD8 else _SECOND_LEVEL


@cache
def _common_hanzi() -> frozenset[str]:
    return frozenset(_spellings()["chinese"]["common"].replace(" ", ""))
