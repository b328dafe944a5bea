"""What the child may not do: grow, run on, write, start programs, reach the network."""

import sys
from contextlib import suppress
from math import ceil

_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.startfile", "os.remove", "os.rename", "os.mkdir", "os.link", "os.symlink", "ctypes.",
)  # fmt: skip
_HANDLES = 16


def confine(memory_bytes: int, seconds: float) -> None:
    """Bind this process for the rest of its life.

    Memory, processor time, open files and processes are bound where the system knows how
    (POSIX); that no file is written and no network reached is held everywhere.
    """
    _limit_resources(memory_bytes, ceil(seconds) + 1)
    sys.addaudithook(_watch)


def _limit_resources(memory_bytes: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        "RLIMIT_AS": memory_bytes,
        "RLIMIT_CPU": seconds,
        "RLIMIT_NOFILE": _HANDLES,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        # macOS refuses some of them, and not every system has each.
        with suppress(AttributeError, ValueError, OSError, OverflowError):
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (bound, bound))


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Python's own hook: once set it cannot be taken away."""
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
        raise PermissionError(f"{event} is not allowed while a file is read")


def _writes(arguments: tuple[object, ...]) -> bool:
    """True of `open` with a mode, or flags when it has none, that can change a file."""
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return mode not in ("r", "rb")
    return not isinstance(flags, int) or flags & 3 != 0
