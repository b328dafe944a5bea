"""Texts that every format can hold, whatever a record put into them."""

import re
from collections.abc import Sequence

# Characters that XML 1.0 forbids even when escaped, among them half of a surrogate pair.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """Text with each control character or broken letter replaced by ``�``."""
    return _FORBIDDEN.sub("\ufffd", text)


def unique_names(names: Sequence[str]) -> list[str]:
    """Legible names, still no two the same: a later one that became so gets a number."""
    taken, found = set(names), []
    for name in names:
        shown, number = legible(name), 2
        while shown != name and shown in taken:
            shown, number = f"{legible(name)} ({number})", number + 1
        taken.add(shown)
        found.append(shown)
    return found
