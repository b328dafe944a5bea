"""The text of a file."""

import io
from functools import cached_property
from typing import Self

import numpy as np

#: Bytes that have the first `HEAD` letters for sure.
_HEAD_BYTES = 80_000
HEAD = 20_000
#: Bytes counted in one step: what is made of them stays near the processor.
_PIECE = 2**18
_LINE_FEED = ord("\n")
#: Signs that leave a line empty.
_PARTING = b" \t\r,;|"
_ENDS = (b"\n", b"\r")


class FileText:
    """The text of a file: as UTF-8, and as Python has it once that is asked for.

    Attributes
    ----------
    data
        The text in valid UTF-8, without a mark.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    @classmethod
    def of(cls, text: str) -> Self:
        """A text that Python has already."""
        found = cls(text.encode())
        found.__dict__["whole"] = text
        return found

    @cached_property
    def whole(self) -> str:
        """All of it."""
        return self.data.decode()

    def open(self) -> io.TextIOWrapper:
        """The text to be read line by line, without the empty lines at its end."""
        empty = self.data.endswith((b"\n\n", b"\n\r\n", b"\r\r"))
        data = self.data.rstrip(b"\r\n") if empty else self.data  # which makes a copy
        return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")

    @cached_property
    def line_feeds(self) -> int:
        """How many there are."""
        signs = np.frombuffer(self.data, dtype=np.uint8)
        pieces = range(0, len(signs), _PIECE)
        return sum(int(np.count_nonzero(signs[at : at + _PIECE] == _LINE_FEED)) for at in pieces)

    @property
    def line_ends(self) -> int:
        """How many there are, of whatever kind."""
        lone = self.data.count(b"\r") - self.data.count(b"\r\n") if b"\r" in self.data else 0
        return self.line_feeds + lone

    @cached_property
    def filled_lines(self) -> int:
        """How many lines hold a sign that is neither blank nor parts cells."""
        found, before = 0, _LINE_FEED
        for at in range(0, len(self.data), _PIECE):
            left = self.data[at : at + _PIECE].translate(None, _PARTING)
            if left:
                feeds = np.frombuffer(left, dtype=np.uint8) == _LINE_FEED
                found += int(np.count_nonzero(feeds[1:] & ~feeds[:-1]))
                found += bool(feeds[0]) and before != _LINE_FEED
                before = left[-1]
        return found + (before != _LINE_FEED)

    @property
    def is_blank(self) -> bool:
        """True where no line is filled."""
        blank = _PARTING + b"\n"
        return not self.data[:_PIECE].strip(blank) and not self.data.strip(blank)

    def find_line_above(self, most: int) -> tuple[int, int] | None:
        """The first line of more bytes than that: its number and its bytes; None if none is."""
        step, data = max(most // 2, 1), self.data
        for at in range(0, len(data) - step, step):
            if all(data.find(sign, at, at + step) < 0 for sign in _ENDS):
                begun = max(data.rfind(sign, 0, at) for sign in _ENDS) + 1
                found = [place for sign in _ENDS if (place := data.find(sign, at)) >= 0]
                size = min(found, default=len(data)) - begun
                if size > most:
                    return data.count(b"\n", 0, begun) + 1, size
        return None

    @cached_property
    def head(self) -> str:
        """The first `HEAD` letters, or fewer if there are no more."""
        return self.data[:_HEAD_BYTES].decode("utf-8", "ignore")[:HEAD]
