"""Lines of JSON that go back to the parent."""

import json
from typing import BinaryIO


class Answers:
    """Writes arrays, one a line: a word that says what it is, then its parts."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

    def say(self, *parts: object) -> None:
        """One line."""
        # Half of a sign has no bytes; XML cannot hold one, a name in a zip may.
        self._stream.write(self._encode(parts).encode("utf-8", "replace") + b"\n")

    def flush(self) -> None:
        """Send what is still held back."""
        self._stream.flush()
