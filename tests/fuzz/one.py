"""Fuzz one target in this process, which it ends: ``one.py TARGET LIBFUZZER_OPTION …``."""

import resource
import sys
from pathlib import Path

import atheris

MOST_MB = 512

with atheris.instrument_imports(include=["ringmap.records"], enable_loader_override=False):
    from fuzz.targets import TARGETS


def main() -> None:
    """Feed the target until the time is over or it raises."""
    # Beyond what the interpreter and its libraries have mapped already.
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = mapped + MOST_MB * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
