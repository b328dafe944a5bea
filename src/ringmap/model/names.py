"""Match keys: what two spellings of one name have in common, kept beside the original."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from ringmap.model.signs import plain

_JOINERS = dict.fromkeys(map(ord, "'’`ʼ-‐‑–_.,"), " ")


@lru_cache(maxsize=100_000)
def match_key(name: str) -> str:
    """Letters without marks, case or punctuation, single spaces: ``Lò Thị Đào`` → ``lo thi dao``.

    Scripts other than Latin stay in their own letters. Two people may share a key: it
    finds candidates and proves nothing.
    """
    if _LATIN.fullmatch(name):
        return " ".join(name.translate(_letters()).split())
    return " ".join(_bare(plain(name)).split())


def match_keys(names: Iterable[str]) -> list[str]:
    """The match key of each of many names.

    Names are made of the same words over and over: a word of Latin letters is read once.
    """
    names = list(names)
    plain_names = [name for name in names if name.isascii() and name.isprintable()]
    plain_keys = dict(zip(plain_names, _ascii_keys(plain_names), strict=True))
    words = _Words()
    return [
        plain_keys[name] if name in plain_keys
        else "".join([words[word] for word in name.split(" ")])[:-1] if _LATIN.fullmatch(name)
        else match_key(name)
        for name in names
    ]  # fmt: skip


def _ascii_keys(names: Sequence[str]) -> list[str]:
    """Match keys of names of printable ASCII signs, all made at once."""
    together = "\n".join(names).lower().translate(_JOINERS)
    while "  " in together:
        together = together.replace("  ", " ")
    together = together.replace(" \n", "\n").replace("\n ", "\n")
    return together.strip(" ").split("\n") if names else []


class _Words(dict[str, str]):
    """The match key of each word and a space behind it; nothing for a word without a key."""

    def __missing__(self, word: str) -> str:
        key = match_key(word)
        self[word] = f"{key} " if key else ""
        return self[word]


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
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return bare.casefold().translate(_JOINERS)
