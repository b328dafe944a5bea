"""Names as words: cut up, folded so that they can be compared, told from the titles before them."""

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from ringmap.model import match_key

#: A word with its marks, or a number.
TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_ASCII_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
_PARTS = re.compile(r"[;,/|()\[\]\"“”«»]|\s[-–—]\s")
_CAPITALS = re.compile(r"[^\W\d_a-zà-ỹ][^\W\d_]*(?: [^\W\d_a-zà-ỹ][^\W\d_]*)*")
#: What may stand between the signs of a name in a script without spaces.
JOINS = re.compile(r"[\s\u200b-\u200d\u2060\u00ad·・.\-]")
# Titles and kin: before a name they are no part of it.
_TITLE_WORDS = (
    "anh bà bác ba bé bố cậu cha chị chồng chú cháu con cô cụ dì em gái mẹ mợ ông trai vợ thị "
    "văn họ mother father parents sister brother wife husband aunt uncle family daughter son of "
    "của tức alias aka victim girl boy child"
)
TITLES = frozenset(_TITLE_WORDS.split())
#: Titles that are no words of a name either: "Thị" and "Văn" are.
_BEFORE_NAMES = TITLES - {"thị", "văn"}
_ALSO_CALLED = frozenset({"tức", "alias", "aka"})
_CODED_SIGNS = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_MOST_CODED = 3  # "%2520" is a space that was put in code twice
_UNKNOWN = frozenset(
    ("unknown", "not known", "khong ro", "chua ro", "khong biet", "chua xac dinh", "n a", "none")
)


def composed(text: str) -> str:
    """Text in which each letter and its marks are one sign."""
    if text.isascii():
        return text
    # Icelandic eth is a common slip for the Vietnamese letter.
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


def decoded(text: str) -> str:
    """Text copied from a page or its address as a reader means it: ``L%C3%B2``, ``L&ograve;``.

    What only looks like such a code stays.
    """
    for _ in range(_MOST_CODED):
        plain = html.unescape(text) if "&" in text else text
        plain = _CODED_SIGNS.sub(_signs, plain)
        if plain == text:
            break
        text = plain
    return text


def _signs(coded: re.Match[str]) -> str:
    try:
        plain = unquote(coded[0], errors="strict")
    except UnicodeDecodeError:
        return coded[0]
    return "".join(sign if sign.isprintable() else " " for sign in plain)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word in one piece, in small letters, without marks."""
    return match_key(word).replace(" ", "").replace("ı", "i")  # "ı" is the small letter of "I"


def key_of(text: str) -> str:
    """A name in one piece, so that spaces and hyphens do not matter."""
    return "".join(map(fold, words_of(text)))


def words_of(text: str) -> list[str]:
    """Words and numbers of a text, without what stands between them."""
    return (_ASCII_TOKEN if text.isascii() else TOKEN).findall(text)


def parts_of(text: str) -> list[str]:
    """Pieces of a text between commas, brackets, bars and the like: each may be a name."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def names_in(part: str) -> list[str]:
    """Words of a name from its first capital on, without titles before it."""
    words = [word for word in words_of(part) if not is_caseless(word)]
    while words and (words[0].casefold() in _BEFORE_NAMES or words[0].islower()):
        words = words[1:]
    return [word for word in words if not word.isdigit()]


def own_names_in(text: str, person: bool) -> list[str]:
    """Names within what a person is called: of "captain Lê Hùng" the last two words."""
    if not person or TITLES.intersection(text.casefold().split()):
        return []
    return [one for one in _CAPITALS.findall(text) if " " in one and one != text]


def is_own_name(name: str, person: bool) -> bool:
    """False for what is called after somebody: "mẹ của Mẩy", "nhà Mẩy".

    A person's own name is words that begin with a capital, the first no title.
    """
    words = words_of(name)
    if person:
        return (
            bool(words)
            and words[0].casefold() not in TITLES
            and all(word[0].isupper() or word.isdigit() or is_caseless(word) for word in words)
        )
    small = [word.casefold() for word in words]
    return not TITLES.intersection(small) and not re.search(r"\b[Nn]hà [^\W\d_a-zà-ỹ]", name)


def is_also_called(word: str) -> bool:
    """Whether a word only says that another name follows: "tức", "alias"."""
    return word.casefold() in _ALSO_CALLED


def is_unknown(text: str) -> bool:
    """Whether a record says in words that it knows no name."""
    return match_key(text) in _UNKNOWN


def is_caseless(word: str) -> bool:
    """Whether a word has a letter of a script that knows no capitals."""
    return not word.isascii() and any(map(_is_caseless_letter, word))


@lru_cache(maxsize=10_000)
def _is_caseless_letter(sign: str) -> bool:
    return sign.isalpha() and sign.lower() == sign.upper()


def caseless_runs(text: str) -> list[str]:
    """Pieces in scripts without capitals, spaces inside them dropped."""
    if text.isascii() or not any(map(_is_of_run, text)):
        return []
    runs, run = [], ""
    for sign in text:
        if _is_of_run(sign):
            run += sign
        elif not (run and JOINS.match(sign)):
            runs.append(run)
            run = ""
    return [one for one in (*runs, run) if len(one) > 1]


def caseless_words(text: str) -> list[str]:
    """The same, but cut where the text has a space."""
    return [run for word in text.split() for run in caseless_runs(word)]


@lru_cache(maxsize=10_000)
def _is_of_run(sign: str) -> bool:
    """Whether a sign is a letter or mark of a script without capitals."""
    if unicodedata.category(sign)[0] not in "LM" or "\u0300" <= sign <= "\u036f":
        return False
    return sign.lower() == sign.upper()
