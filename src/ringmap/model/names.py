"""Match keys: what two spellings of one name have in common, kept beside the original."""

import re
import unicodedata
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ringmap.model.signs import Signwise, plain

_JOINERS = dict.fromkeys(map(ord, "'’`ʼ-‐‑–_.,"), " ")


@lru_cache(maxsize=100_000)
def match_key(name: str) -> str:
    """Letters without marks, case or punctuation, single spaces: ``Lò Thị Đào`` → ``lo thi dao``.

    Scripts other than Latin stay in their own letters. Two people may share a key: it
    finds candidates and proves nothing.
    """
    return _key(name)


def _key(name: str) -> str:
    if _LATIN.fullmatch(name):
        return " ".join(name.translate(_letters()).split())
    return " ".join(_bare(plain(name)).split())


def match_keys(names: pa.LargeStringArray) -> pa.LargeStringArray:
    """The match key of each of many names."""
    odd = np.asarray(pc.match_substring_regex(names, "[^ -~]"), dtype=bool)
    apart = [names.filter(pa.array(one)) for one in (~odd, odd)]
    keys = pa.concat_arrays([_keys_of_ascii(apart[0]), _keys_by_word(apart[1])])
    place = np.argsort(np.argsort(odd, kind="stable"))
    return keys.take(pa.array(place)) if odd.any() else keys


def _keys_of_ascii(names: pa.LargeStringArray) -> pa.LargeStringArray:
    """Keys of names of printable ASCII signs, each of which becomes one sign of the key."""
    _, ends, signs = names.buffers()
    if signs is None:
        return names
    changed = signs.to_pybytes().lower().translate(_ASCII_JOINED)
    keys = pa.LargeStringArray.from_buffers(len(names), ends, pa.py_buffer(changed), None, 0,
                                            names.offset)  # fmt: skip
    if b"  " in changed:
        keys = pc.replace_substring_regex(keys, " +", " ")
    return pc.utf8_trim(keys, characters=" ")


_ASCII_JOINED = bytes(ord(" ") if code in _JOINERS else code for code in range(256))


def _keys_by_word(names: pa.LargeStringArray) -> pa.LargeStringArray:
    """Names are made of the same words over and over: each word is read once.

    No letter acts on another across a space, so the key of a name is that of its words.
    """
    words = pc.split_pattern(names, " ")
    coded = words.values.dictionary_encode()
    keys = pa.array([_key_of_word(word) for word in coded.dictionary.to_pylist()], names.type)
    lists = type(words).from_arrays(words.offsets, keys.take(coded.indices))
    return pc.utf8_rtrim(pc.binary_join(lists, pa.scalar("", names.type)), characters=" ")


def _key_of_word(word: str) -> str:
    """The match key of a word and a space behind it; nothing where it has no letters."""
    if word.isascii() and word.isalnum():
        return f"{word.lower()} "
    key = _key(word)
    return f"{key} " if key else ""


#: Text of Latin letters alone, in which each sign can be looked up by itself; letters that
#: `plain` takes for others are left out.
_LATIN = re.compile(
    "[ -~\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u0188\u018a-\u01a1\u01a4-\u024f"
    "\u0300-\u0333\u1e00-\u1eff]*"
)


@cache
def _letters() -> dict[int, str]:
    """What becomes of each sign of such text."""
    spans = ((0x20, 0x7F), (0xC0, 0x250), (0x300, 0x334), (0x1E00, 0x1F00))
    return {code: _bare(chr(code)) for span in spans for code in range(*span)}


def _bare(text: str) -> str:
    """Letters without marks and case; spaces for punctuation."""
    spread = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d"))
    return spread.translate(_WITHOUT_MARKS).casefold().translate(_JOINERS)


_WITHOUT_MARKS = Signwise(lambda sign: "" if unicodedata.combining(sign) else sign)
