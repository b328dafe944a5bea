"""Ids for parties whose record gives none: the same text gives the same id, and tells nothing."""

import hashlib
import re

from ringmap.model import match_key, plain

_SEPARATORS = re.compile(r"[\s.\-()/]+")
#: Numbers that are the same however they are spaced out.
_NUMBERS = ("phone", "sim", "bank_account", "vehicle", "passport", "identity_card")


def made_id(kind: str, *parts: str) -> str:
    """An id for a party of a kind, made from what tells it apart.

    The name of a person keeps its marks, for Hưng and Hùng are two people; a number loses
    spaces, dots and dashes, and 00 before a telephone number counts as +; anything else is
    compared by its match key.
    """
    keys = [_same_name(one) if kind == "person" and not at else key_of(kind, one)
            for at, one in enumerate(parts)]  # fmt: skip
    return id_of_keys(kind, *keys)


def id_of_keys(kind: str, *keys: str) -> str:
    """The same of parts that have the form in which they are compared."""
    # 64 bits: among a million people the chance that two share an id is one in 37 million.
    text = "\x1f".join((kind, *keys))
    return f"{kind[0].upper()}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _same_name(name: str) -> str:
    return " ".join(plain(name).casefold().split())


def key_of(kind: str, text: str) -> str:
    """A text of a kind in the form in which it is compared."""
    if kind not in _NUMBERS:
        return match_key(text)
    number = _SEPARATORS.sub("", plain(text)).casefold()
    return f"+{number[2:]}" if kind in ("phone", "sim") and number.startswith("00") else number
