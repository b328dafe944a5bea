"""What hides in the text of a cell, and the text that is left for matching.

What is written is kept as it is; these functions tell of it and make a plain copy.

Flagged are signs that can make two texts look alike which are not, or different which are
not. Not flagged is what the scripts of the region need: the zero-width spaces and joiners
of Khmer, Lao, Thai, Burmese, Persian and the scripts of India beside letters of these
scripts; direction marks in Arabic and Hebrew text; letters written as base and marks;
spaces of another kind, which no one can see and `plain` makes alike.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

#: A cell is a name or a few lines; what is longer is flagged.
LONGEST_PLAIN = 1_000
#: The longest name that is worked with.
LONGEST_NAME = 10_000

#: The flag of a cell of several lines, which is usual in a note.
LINE_BREAK = "line break in a cell"

_MOST_NAMED = 3

#: Letters of the Latin script that pass for a Vietnamese one. (Ð is a letter of Icelandic too.)
_LOOKALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "Ƣ": "Ơ", "ƣ": "ơ"}
#: Cyrillic and Greek letters whose shape is that of a Latin letter.
_FOREIGN = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ",
        "ABESIJKMHOPCTYXaesijopcyxhdqw" + "ABEZHIKMNOPTYXovu",
        strict=True,
    )
)
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u3000"), " ")
_FULLWIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}

_LINE_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_OVERRIDES = "\u202d\u202e"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069"
_JOINERS = "\u200b-\u200d\u2060"
_OTHER_INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2061-\u2064\u206a-\u206f\u3164"
_OTHER_INVISIBLE += "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NEEDS_JOINERS = "\u0600-\u06ff\u0750-\u077f\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\ua9e0-\uaa7f"

_BREAK = re.compile(f"[{_LINE_BREAKS}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_OVERRIDE = re.compile(f"[{_OVERRIDES}]")
_DIRECTION = re.compile(f"[{_OVERRIDES}{_DIRECTIONS}]")
_ZERO_WIDTH = re.compile(
    f"(?<![{_NEEDS_JOINERS}{_JOINERS}])[{_JOINERS}]+(?![{_NEEDS_JOINERS}{_JOINERS}])"
    f"|[{_OTHER_INVISIBLE}]"
)
_LOOKALIKE = re.compile(f"[{''.join(_LOOKALIKES)}]")
_FULL = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")
_PILED = re.compile("[\u0300-\u036f]{4,}")

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CYRILLIC, _GREEK = "\u0400-\u052f", "\u0370-\u03ff\u1f00-\u1fff"
_WORD_OF_THREE_SCRIPTS = re.compile(f"[{_LATIN}{_CYRILLIC}{_GREEK}\u0300-\u036f]+")
_OF_OTHER_SCRIPT = re.compile(f"[{_CYRILLIC}{_GREEK}]")
_SCRIPTS = {
    "Latin": re.compile(f"[{_LATIN}]"),
    "Cyrillic": re.compile(f"[{_CYRILLIC}]"),
    "Greek": re.compile(f"[{_GREEK}]"),
}

#: Signs of which nothing need be said, whatever they stand beside: one look for most cells.
_ORDINARY = (
    "\t -~\u00a0-\u00ac\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u0188\u018a-\u01a1\u01a4-\u024f"
    "\u1e00-\u1eff\u0e01-\u0e3a\u0e3f-\u0e5b\u0e86-\u0e8a\u0e8c-\u0ea3\u0ea7-\u0ebd\u0ec0-\u0ec4"
    "\u0ec8-\u0ece\u0ed0-\u0ed9\u0edc-\u0edf\u1000-\u109f\u1780-\u17b3\u17b6-\u17dd\u17e0-\u17e9"
    "\u2010-\u2027\u3000-\u303f\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
)
_NOTHING_TO_SAY = re.compile(f"[{_ORDINARY}]*")


def _is_ordinary(text: str) -> bool:
    """True where nothing need be said of a text; quick for long texts."""
    if text.isascii() and text.isprintable():
        return True
    return _NOTHING_TO_SAY.fullmatch(text) is not None


def are_ordinary(texts: pa.LargeStringArray) -> npt.NDArray[np.bool_]:
    """True for texts of which nothing need be said, but for their length."""
    return ~np.asarray(pc.match_substring_regex(texts, f"[^{_ORDINARY}]"), dtype=bool)


def find_signs(text: str, *, longest: int = LONGEST_PLAIN) -> tuple[str, ...]:
    """What is odd about a text, each oddity once and in words; empty for ordinary text.

    Of each kind at most three signs are named, in the order in which they stand.

    Parameters
    ----------
    longest
        Characters; a longer text is flagged.
    """
    found = [f"longer than {longest:,} characters"] if len(text) > longest else []
    if not _is_ordinary(text):
        found += (flag for flag in (look(text) for look in _LOOKS) if flag)
    return tuple(found)


def outlines(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """What of each text decides what `find_signs` says of it, but for its length.

    Of many names few outlines are left: which plain letters stand in a row says nothing.
    """
    spaced = pc.replace_substring_regex(texts, f"[{_NO_LETTERS}]+", " ")
    return pc.replace_substring_regex(spaced, f"[{_PLAIN_LETTERS}]+", "a")


#: Plain signs that end a word, and Latin letters of which nothing need be said.
_NO_LETTERS = r" -@\[-`{-~"
_PLAIN_LETTERS = "A-Za-z\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00ef\u00f1-\u00f6\u00f8-\u0188"
_PLAIN_LETTERS += "\u018a-\u01a1\u01a4-\u024f\u1e00-\u1eff"


def plain(text: str) -> str:
    """A text as it is matched: alike for texts that look alike; for comparing, not for showing.

    Composed (NFC), without invisible signs and controls; every kind of space and line break
    a plain space; Ð as Đ, fullwidth signs as ASCII, and Cyrillic and Greek letters that stand
    in a word with Latin ones as the Latin letters they look like. Case, marks and punctuation
    stay. Doing it twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    if _is_ordinary(text):
        return unicodedata.normalize("NFC", text).translate(_SPACES)
    shown = unicodedata.normalize("NFC", text).translate(_SHOWN)
    composed = unicodedata.normalize("NFC", shown)
    if not _OF_OTHER_SCRIPT.search(composed):
        return composed
    return unicodedata.normalize("NFC", _WORD_OF_THREE_SCRIPTS.sub(_in_one_script, composed))


def _shown(sign: str) -> str:
    """What is left of a sign for matching; nothing of one that cannot be seen."""
    if sign in _LOOKALIKES:
        return _LOOKALIKES[sign]
    kind = unicodedata.category(sign)
    if kind == "Zs" or sign == "\t" or sign in _LINE_BREAKS:
        return " "
    if kind in ("Cc", "Cf") or _UNSEEN.match(sign):
        return ""
    return _FULLWIDTH.get(ord(sign), sign)


_UNSEEN = re.compile(f"[{_OTHER_INVISIBLE}\ufe00-\ufe0f]")


class Signwise(dict[int, str]):
    """What a function makes of each sign, for `str.translate`; kept for the first thousands."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, code: int) -> str:
        made = self._change(chr(code))
        if len(self) < _MOST_KEPT:
            self[code] = made
        return made


_MOST_KEPT = 20_000
_SHOWN = Signwise(_shown)


def _in_one_script(word: re.Match[str]) -> str:
    if not _SCRIPTS["Latin"].search(word[0]):
        return word[0]
    return "".join(_FOREIGN.get(sign, sign) for sign in word[0])


def _name(signs: Iterable[str]) -> str:
    """The first distinct signs by their code points."""
    return ", ".join(f"U+{ord(sign):04X}" for sign in [*dict.fromkeys(signs)][:_MOST_NAMED])


def _find_directions(text: str) -> str | None:
    pattern = _OVERRIDE if _RIGHT_TO_LEFT.search(text) else _DIRECTION
    found = pattern.findall(text)
    return f"bidirectional mark {_name(found)}" if found else None


def _find_zero_widths(text: str) -> str | None:
    found = "".join(_ZERO_WIDTH.findall(text))
    return f"zero-width character {_name(found)}" if found else None


def _find_scripts(text: str) -> str | None:
    """Words whose letters are of two of the scripts that share shapes."""
    if text.isascii():
        return None
    for match in _WORD_OF_THREE_SCRIPTS.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        scripts = [name for name, pattern in _SCRIPTS.items() if pattern.search(word)]
        if len(scripts) > 1:
            odd = scripts[-1] if scripts[0] == "Latin" else scripts[0]
            letters = [*dict.fromkeys(_SCRIPTS[odd].findall(word))][:_MOST_NAMED]
            named = ", ".join(f"{letter} U+{ord(letter):04X}" for letter in letters)
            beside = scripts[0] if scripts[0] != odd else scripts[1]
            return f"letters of two scripts in one word ({odd} {named} beside {beside})"
    return None


def _find_lookalikes(text: str) -> str | None:
    found = dict.fromkeys([*_LOOKALIKE.findall(text), *_STYLED.findall(text)])
    if not found:
        return None
    pairs = [(sign, _meant(sign)) for sign in found][:_MOST_NAMED]
    named = ", ".join(
        f"{sign} U+{ord(sign):04X} for {like} U+{ord(like):04X}" for sign, like in pairs
    )
    return f"letter that looks like another ({named})"


def _meant(sign: str) -> str:
    return _LOOKALIKES.get(sign) or unicodedata.normalize("NFKC", sign)


def _find_fullwidth(text: str) -> str | None:
    found = [*dict.fromkeys(_FULL.findall(text))][:_MOST_NAMED]
    named = ", ".join(f"{sign} U+{ord(sign):04X} for {_FULLWIDTH[ord(sign)]}" for sign in found)
    return f"fullwidth letter ({named})" if found else None


def _find_controls(text: str) -> str | None:
    found = _CONTROL.findall(text)
    return f"control character {_name(found)}" if found else None


def _find_breaks(text: str) -> str | None:
    return LINE_BREAK if _BREAK.search(text) else None


def _find_replaced(text: str) -> str | None:
    return "a sign that stands for no letter (U+FFFD)" if "\ufffd" in text else None


def _find_unassigned(text: str) -> str | None:
    signs = dict.fromkeys(text)
    found = [sign for sign in signs if unicodedata.category(sign) in ("Cn", "Co", "Cs")]
    return f"unassigned or private-use character {_name(found)}" if found else None


def _find_piled_marks(text: str) -> str | None:
    return "more marks on a letter than any language writes" if _PILED.search(text) else None


_LOOKS: tuple[Callable[[str], str | None], ...] = (
    _find_directions,
    _find_zero_widths,
    _find_scripts,
    _find_lookalikes,
    _find_fullwidth,
    _find_controls,
    _find_breaks,
    _find_replaced,
    _find_unassigned,
    _find_piled_marks,
)
