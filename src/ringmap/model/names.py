"""Match keys: what two spellings of one name have in common, kept beside the original."""

import unicodedata
from functools import lru_cache

from ringmap.model.signs import plain

_JOINERS = dict.fromkeys(map(ord, "'’`ʼ-‐‑–_.,"), " ")


@lru_cache(maxsize=100_000)
def match_key(name: str) -> str:
    """Letters without marks, case or punctuation, single spaces: ``Lò Thị Đào`` → ``lo thi dao``.

    Scripts other than Latin stay in their own letters. Two people may share a key: it
    finds candidates and proves nothing.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.lower().translate(_JOINERS).split())
    spread = unicodedata.normalize("NFKD", plain(name).replace("Đ", "D").replace("đ", "d"))
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(bare.casefold().translate(_JOINERS).split())
