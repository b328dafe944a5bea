"""Files that could do harm are parsed in a process of their own, with little it may do.

What comes back are lines of JSON, never objects; whatever becomes of the child, the parent
gets an answer or one reason.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ringmap.records.child.main import OUT_OF_MEMORY
from ringmap.records.limits import Limits

# The child's package is found by its folder, so that nothing else of ringmap (or beside it)
# is imported. Modules that a parser has no need of cannot be imported at all.
_PROGRAM = """
import sys
sys.modules.update(dict.fromkeys(("socket", "_socket", "ctypes", "_ctypes", "bz2", "lzma")))
sys.path.append(sys.argv[1])
from child.main import main
main()
"""
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_BYTES_PER_CHARACTER = 4
_FRAME_BYTES = 10_000_000
_CELLS_PER_LINE = 8
_SUSPECT = (
    "the file is damaged or made to do harm: open it in the program that wrote it and save it again"
)
Take = Callable[[list[Any]], None]


class ApartError(Exception):
    """Why a file could not be read: the reason, what to do, and the place if it is known.

    `row` counts rows of a sheet from 1; `column` is a letter as in the sheet.
    """

    def __init__(
        self, reason: str, hint: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        self.reason = reason
        self.hint = hint
        self.row = row
        self.column = column
        super().__init__(reason)


def run_apart(form: str, data: bytes, limits: Limits, take: Take) -> None:
    """Have a child process read a file and hand each part of its answer to `take`.

    Parameters
    ----------
    form
        A name in `ringmap.records.child.main.READERS`.
    data
        The file, whole.
    take
        Called with each line of the answer, a list that begins with a word; see the reader.

    Raises
    ------
    ApartError
        If the file was refused, or reading it crashed, took more time or memory than the
        limits allow, or gave an answer that is not complete. What `take` got before is then
        not to be used.
    """
    if len(data) > limits.file_bytes:
        raise _too_much(
            f"the file has {len(data)} bytes; more than {limits.file_bytes}", "file_bytes"
        )
    seconds = limits.seconds_for(len(data))
    child = _start()
    late = threading.Event()
    timer = threading.Timer(seconds, _give_up, (child, late))
    order = {"form": form, "seconds": seconds, "limits": limits.as_dict()}
    feeder = threading.Thread(target=_feed, args=(child, json.dumps(order).encode(), data))
    timer.daemon = feeder.daemon = True
    try:
        _begin(timer, feeder)
        complete = _hear(child, limits, take)
        code = child.wait()
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        if feeder.ident is not None:
            feeder.join()
        _close(child)
    if not complete:
        raise _ended(code, late.is_set(), seconds, limits)


def _start() -> subprocess.Popen[bytes]:
    cached = ["-B"] if sys.dont_write_bytecode else []
    folder = str(Path(__file__).resolve().parent)
    try:
        return subprocess.Popen(  # noqa: S603  # our own interpreter and program
            [sys.executable, "-I", "-S", *cached, "-c", _PROGRAM, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise ApartError(
            f"no process could be started to read it ({error.strerror})",
            "close other programs and try again",
        ) from error


def _begin(*threads: threading.Thread) -> None:
    try:
        for one in threads:
            one.start()
    except RuntimeError as error:  # what Python says where there is no memory for a thread
        raise ApartError(
            "no process could be started to read it (not enough memory)",
            "close other programs and try again",
        ) from error


def _give_up(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _feed(child: subprocess.Popen[bytes], order: bytes, data: bytes) -> None:
    # A child that ends early leaves nobody to write to; why, its answer or its code tells.
    with suppress(OSError):
        _pipe(child.stdin).write(order + b"\n")
        _pipe(child.stdin).write(data)
    with suppress(OSError):
        _pipe(child.stdin).close()


def _close(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):
            _pipe(pipe).close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("the child has no such pipe")
    return stream


def _hear(child: subprocess.Popen[bytes], limits: Limits, take: Take) -> bool:
    """Take lines to the last; False when the last is missing."""
    longest = (limits.cell_characters * _CELLS_PER_LINE + 1_000) * _BYTES_PER_CHARACTER
    most = limits.unpacked_bytes * _BYTES_PER_CHARACTER + _FRAME_BYTES
    source = _pipe(child.stdout)
    while line := source.readline(longest):
        most -= len(line)
        if most < 0:
            raise _too_much("its text is too long", "unpacked_bytes")
        answer = _answer(line)
        if answer is None:
            return False
        if answer[0] == "end":
            return True
        if answer[0] == "refused":
            _, reason, hint, row, column = answer
            raise ApartError(reason, hint, row=row, column=column)
        take(answer)
    return False


def _answer(line: bytes) -> list[Any] | None:
    """One line as a list; None when the child broke off in its middle."""
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, list) and answer else None


def _ended(code: int, late: bool, seconds: float, limits: Limits) -> ApartError:
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return _too_much(f"reading it took longer than {seconds:.1f} seconds", "seconds")
    if code == OUT_OF_MEMORY:
        size = limits.memory_bytes // 10**6
        return _too_much(f"reading it took more than {size} MB of memory", "memory_bytes")
    return ApartError(f"the process that read it broke off (code {code})", _SUSPECT)


def _too_much(reason: str, name: str) -> ApartError:
    return ApartError(
        reason,
        f"check the file; if it is honest, allow more with --limit {name}=… or save it as CSV",
    )
