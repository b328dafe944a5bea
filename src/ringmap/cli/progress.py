"""What is being done, on standard error, once it has taken more than a second."""

import sys
import threading
import time
from types import TracebackType
from typing import Self

_PATIENCE_S = 1.0
#: Into a file or a pipe nothing is told of what takes no longer.
_PATIENCE_ELSEWHERE_S = 5.0
_LONG_S = 90
#: Before this share of the work is done, nobody can say how long the rest will take.
_TELLING = 0.05


class Progress:
    """Shows the current step, the seconds gone and those left, from the second second on.

    On a terminal one line is rewritten; elsewhere each step is one line, from five seconds on.
    """

    def __init__(self) -> None:
        """Start with no step."""
        self._step = ""
        self._shown = ""
        self._share = 0.0
        self._began = self._told = time.monotonic()
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

    def tell(self, step: str, share: float = 0.0) -> None:
        """Name the step that begins now, and the share of the work that is done, 0 to 1."""
        self._step, self._share = step, share
        self._told = time.monotonic()

    def _tick(self) -> None:
        while not self._over.wait(_PATIENCE_S):
            gone_s = time.monotonic() - self._began
            line = f"{self._step} … {gone_s:.0f} s{self._left(gone_s)}"
            if sys.stderr.isatty():
                sys.stderr.write(f"\r\x1b[K{line}")
            elif self._step != self._shown and gone_s > _PATIENCE_ELSEWHERE_S:
                sys.stderr.write(f"{line}\n")
            else:
                continue
            sys.stderr.flush()
            self._shown = self._step

    def _left(self, gone_s: float) -> str:
        """How long it will take yet, by the share that was done when the step began."""
        if not _TELLING <= self._share < 1:
            return ""
        whole_s = (self._told - self._began) / self._share
        left_s = max(whole_s - gone_s, 1)
        return (
            f", about {left_s:.0f} s left" if left_s < 90 else f", about {left_s / 60:.0f} min left"
        )
