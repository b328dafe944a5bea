"""Fuzz the readers with atheris, each target in a process of its own, one after another.

One line a target; what is found is told with its traceback and kept in ``fuzz-found``.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzz.hostile import FILES
from fuzz.targets import SEEDS, TARGETS, WORDS

LONGEST_S = 5
LONGEST_BYTES = 4_096
FOUND = Path("fuzz-found")
_RUNS = re.compile(r"^(?:stat::number_of_executed_units: |#)(\d+)", re.MULTILINE)
_WHAT = re.compile(r"^ === Uncaught|^==\d+== ?(?:ERROR|libFuzzer)|^ALARM|^Traceback", re.MULTILINE)


def begin(name: str, seconds: int, corpus: Path) -> tuple[int, str]:
    """Fuzz one target for so long; its exit code, 0 if nothing was found, and what it printed."""
    seeds = [data for kind, (_, data) in FILES.items() if kind.startswith(SEEDS.get(name, "\0"))]
    for number, seed in enumerate([*seeds, *WORDS.get(name, ())]):
        (corpus / str(number)).write_bytes(seed[:LONGEST_BYTES])
    command = [
        sys.executable, str(Path(__file__).with_name("one.py")), name,
        f"-max_total_time={seconds}", f"-timeout={LONGEST_S}", f"-max_len={LONGEST_BYTES}",
        f"-artifact_prefix={FOUND}/{name}-", "-print_final_stats=1", str(corpus),
    ]  # fmt: skip
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return ended.returncode, ended.stdout.decode("utf-8", "replace")


def report(name: str, seconds: int) -> bool:
    """Fuzz one target and say how it went; True if something was found."""
    print(f"{name:12} {seconds} s …", end=" ", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as corpus:
        code, printed = begin(name, seconds, Path(corpus))
    runs = int((_RUNS.findall(printed) or ["0"])[-1])
    took_s = time.monotonic() - started
    print(f"{runs:,} runs in {took_s:.0f} s, {'FOUND SOMETHING' if code else 'nothing found'}")
    if code:
        found = _WHAT.search(printed)
        print(printed[found.start() if found else -2_000 :], flush=True)
    return bool(code)


def main() -> int:
    """Fuzz the targets named, or all; 1 if any found something."""
    asked = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    asked.add_argument("seconds", type=int, help="how long to fuzz each target")
    asked.add_argument("targets", nargs="*", metavar="target", help=", ".join(TARGETS))
    given = asked.parse_args()
    if unknown := [name for name in given.targets if name not in TARGETS]:
        asked.error(f"no target '{unknown[0]}'; the targets are {', '.join(TARGETS)}")
    FOUND.mkdir(exist_ok=True)
    found = [name for name in given.targets or TARGETS if report(name, given.seconds)]
    print(f"found something in {', '.join(found)}; kept in {FOUND}/" if found else "nothing found")
    if not any(FOUND.iterdir()):
        FOUND.rmdir()
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
