"""Stretches of a text that something else is put in the place of."""

from collections.abc import Iterable

#: Where a stretch begins and ends, and what is to stand there.
Found = tuple[int, int, str]


def replaced(text: str, found: Iterable[Found]) -> str:
    """The text with what was found replaced; stretches in order, none across another."""
    pieces, at = [], 0
    for start, end, instead in found:
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text
