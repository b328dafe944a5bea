"""Fuzz every reader with atheris, each in a process of its own: ``run.py SECONDS [TARGET ...]``."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

LONGEST_S = 5
MOST_MB = 512
LONGEST_BYTES = 4_096

with atheris.instrument_imports(include=["ringmap.records"], enable_loader_override=False):
    from fuzz.hostile import FILES
    from fuzz.targets import SEEDS, TARGETS, WORDS


def fuzz(name: str, options: list[str]) -> None:
    """Fuzz one target; does not return. A finding is written to the working directory."""
    # Beyond what the interpreter and its libraries have mapped already.
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = mapped + MOST_MB * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def begin(name: str, seconds: int, corpus: Path) -> int:
    """Fuzz one target for so long in a process; its exit code, 0 if nothing was found."""
    seeds = [data for kind, (_, data) in FILES.items() if kind.startswith(SEEDS.get(name, "\0"))]
    for number, seed in enumerate([*seeds, *WORDS.get(name, ())]):
        (corpus / str(number)).write_bytes(seed[:LONGEST_BYTES])
    options = [f"-max_total_time={seconds}", f"-timeout={LONGEST_S}", f"-max_len={LONGEST_BYTES}",
               f"-artifact_prefix=fuzz-{name}-", "-print_final_stats=1"]  # fmt: skip
    print(f"{name}: {seconds} s", flush=True)
    return subprocess.run(
        [sys.executable, __file__, "--one", name, *options, str(corpus)]
    ).returncode


def main() -> int:
    """Fuzz the targets named, or all; 1 if any found something."""
    if sys.argv[1] == "--one":
        fuzz(sys.argv[2], sys.argv[3:])
    found = []
    for name in sys.argv[2:] or TARGETS:
        with tempfile.TemporaryDirectory() as corpus:
            if begin(name, int(sys.argv[1]), Path(corpus)):
                found.append(name)
    print(f"found something: {', '.join(found)}" if found else "nothing found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
