"""Names in scripts without capitals, such as Chinese, Khmer and Thai: anywhere, spaces or not."""

import unicodedata
from collections.abc import Iterator

from ringmap.disclosure.name_forms import NEUTRAL, prefixes_of
from ringmap.disclosure.name_words import JOINS
from ringmap.disclosure.replacing import Found


class NameRuns:
    """Runs of signs that are names, and what to say instead."""

    def __init__(self) -> None:
        self._instead: dict[str, str] = {}
        self._starts: frozenset[str] = frozenset()
        self._firsts: frozenset[str] = frozenset()

    def add(self, run: str, instead: str) -> None:
        """Remember a name; where it fits several people the text says neither."""
        forms = [run]
        if len(run) == 3 and "CJK" in unicodedata.name(run[0], ""):
            forms.append(run[1:])  # 王小美 is also called 小美
        for form in forms:
            known = self._instead.get(form, instead)
            self._instead[form] = instead if known == instead else NEUTRAL

    def close(self) -> None:
        """Make ready to look for what was added."""
        self._starts = prefixes_of(self._instead)
        self._firsts = frozenset(run[0] for run in self._instead)

    def find(self, text: str) -> Iterator[Found]:
        """Where the names stand in a text."""
        if not self._instead or text.isascii() or self._firsts.isdisjoint(text):
            return
        at = 0
        while at < len(text):
            found = self._run_from(text, at) if text[at] in self._starts else None
            if found is None:
                at += 1
            else:
                yield at, found[0], found[1]
                at = found[0]

    def _run_from(self, text: str, at: int) -> tuple[int, str] | None:
        run, found = "", None
        for place in range(at, len(text)):
            if JOINS.match(text[place]):
                continue
            run += text[place]
            if run not in self._starts:
                break
            if run in self._instead:
                found = (place + 1, self._instead[run])
        return found
