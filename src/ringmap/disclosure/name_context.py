"""Whether words that fit a name are meant as the name: by capitals, sentence and neighbours."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ringmap.disclosure.name_forms import Form
from ringmap.model import find_country, find_places, find_province

# Words that are mostly no names where they are spelt without marks, by match key.
_COMMON_WORDS = (
    "a am an and as at be but by can cho cong do don for from go had hai han has he her him his "
    "how if in is it lay long man me mot my nam no not of on or our out own per ra she so sang "
    "son ten than that the them then they thi this to toi tu tuy up us van was we who with you "
    "girl boy child unknown victim nan nhan khong ro chua biet ten mr mrs ms miss sir"
)
_COMMON = frozenset(_COMMON_WORDS.split())
# Words that begin the titles of papers and sentences, and are given names as well.
_OPENING = frozenset({"thư", "nhật", "báo", "lời", "tài", "tin", "ảnh", "mai", "hoa", "thu", "công",
                      "quyết", "lệnh", "hiện", "khi", "sau", "theo"})  # fmt: skip
# Words that begin the names of places, where no name is spelt so.
_KINDS_OF_PLACE = frozenset({"nhà", "quán", "phòng", "xưởng", "khách", "cửa", "chợ", "bãi"})
_COUNTRY_BEFORE = re.compile(r"\b[A-Z]{2} → \Z")
_COUNTRY_BEHIND = re.compile(r" → [A-Z]{2}\b")
_CODE = 2
_BEFORE_CODE = len(".VN → ")  # signs before it that tell whether another stands there
_MONTHS = frozenset({"may", "march", "april", "june", "august"})
_FEWEST_GLUED = 8

#: Where a word begins and ends, and the word.
Token = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its words and their keys.

    `small`: it has no capitals. `short`: shorter ways to say a name count in it.
    """

    text: str
    tokens: list[Token]
    keys: list[str]
    small: bool
    short: bool


def is_meant(form: Form, passage: Passage, at: int, last: int) -> bool:
    """Whether words that fit a way to write a name are meant as the name."""
    if not form.recorded and not passage.short:
        return False
    text, tokens, key = passage.text, passage.tokens, passage.keys[at]
    start, end = tokens[at][0], tokens[last][1]
    written = text[start:end]
    glued = last == at and len(key) < _FEWEST_GLUED
    if form.recorded and not form.single and not glued:
        return True
    if written not in form.spellings and not written[0].isupper():
        return passage.small and len(key) > 2 and key not in _COMMON | _MONTHS
    if form.single and key in _COMMON and not _same_marks(written, form.spellings):
        return False
    if _is_country_on_route(text, start, end):
        return False
    if _may_open(passage, at, last, form) and _starts_sentence(text, start):
        return False
    if written.casefold() in _MONTHS and _beside_number(text, start, end):
        return False
    return not _in_place_name(text, tokens, at, last)


def _is_country_on_route(text: str, start: int, end: int) -> bool:
    """Whether a word is the code of a country beside another one, as in ``VN → LA``."""
    written = text[start:end]
    if len(written) != _CODE or not (written.isascii() and written.isupper()):
        return False
    before = text[max(start - _BEFORE_CODE, 0) : start]
    beside = _COUNTRY_BEFORE.search(before) or _COUNTRY_BEHIND.match(text, end)
    return beside is not None and find_country(written) is not None


def _may_open(passage: Passage, at: int, last: int, form: Form) -> bool:
    """Whether words are such as begin a sentence or a title without being a name."""
    if passage.keys[at] in _COMMON and passage.text.isascii():
        return True
    tokens = passage.tokens
    written = passage.text[tokens[at][0] : tokens[last][1]]
    opens = written.casefold() in _OPENING or (
        written.casefold() in _KINDS_OF_PLACE and not _same_marks(written, form.spellings)
    )
    return opens and last + 1 < len(tokens) and tokens[last + 1][2].islower()


def _in_place_name(text: str, tokens: list[Token], at: int, last: int) -> bool:
    """True when the words are part of the longer name of a province, a country or a town."""

    def joins(place: int) -> bool:
        """Whether a token and the next are capitalised words side by side."""
        return (
            text[tokens[place][1] : tokens[place + 1][0]] in (" ", "-")
            and tokens[place][2][0].isupper()
            and tokens[place + 1][2][0].isupper()
        )

    first, end = at, last
    while first > max(0, at - 2) and joins(first - 1):
        first -= 1
    while end < min(len(tokens) - 1, last + 2) and joins(end):
        end += 1
    return any(
        (start, stop) != (at, last) and _is_place(text[tokens[start][0] : tokens[stop][1]])
        for start in range(first, at + 1)
        for stop in range(last, end + 1)
    )


@lru_cache(maxsize=100_000)
def _is_place(text: str) -> bool:
    if text.split()[0].casefold() in ("bản", "ban", "xã", "xa", "quan", "thôn"):
        return False
    return bool(find_province(text) or find_country(text) or find_places(text))


def _same_marks(written: str, spellings: frozenset[str]) -> bool:
    return written.casefold() in {one.casefold() for one in spellings}


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'([")
    return not before or before[-1] in ".!?:;\n"


def _beside_number(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"\d(?:st|nd|rd|th)?[ ,]{1,2}$", text[:start])) or bool(
        re.match(r"[ ,.]{1,2}\d", text[end:])
    )
