"""What is being done, on standard error, once it has taken more than a second."""

import sys
import threading
import time
from types import TracebackType
from typing import Self

_PATIENCE_S = 1.0


class Progress:
    """Shows the current step and the seconds gone, from the second second on.

    On a terminal one line is rewritten; elsewhere each step that lasts is one line.
    """

    def __init__(self) -> None:
        """Start with no step."""
        self._step = ""
        self._shown = ""
        self._began = time.monotonic()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        """Begin to count."""
        self._ticker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        """Stop, and leave the terminal's line empty."""
        self._over.set()
        self._ticker.join()
        if self._shown and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def tell(self, step: str) -> None:
        """Name the step that begins now."""
        self._step = step

    def _tick(self) -> None:
        while not self._over.wait(_PATIENCE_S):
            gone_s = time.monotonic() - self._began
            if sys.stderr.isatty():
                sys.stderr.write(f"\r\x1b[K{self._step} … {gone_s:.0f} s")
            elif self._step != self._shown:
                sys.stderr.write(f"{self._step} … {gone_s:.0f} s\n")
            sys.stderr.flush()
            self._shown = self._step
