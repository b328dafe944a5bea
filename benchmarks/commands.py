"""What a user waits for: each command on an invented case, from the prompt to the last byte.

A case folder is invented and loaded; then each command runs in a process of its own. Printed are
CPU seconds, user and system together, and peak memory.

    python benchmarks/commands.py                   # some 49,000 rows, 7,600 recorded people
    python benchmarks/commands.py --people 700000   # some 950,000 rows
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

#: Arguments of each command behind the store; "*" is the file to write.
_COMMANDS = {
    "rings": (), "brokers": (), "borders": (), "routes": (), "stages": (), "links": (),
    "evolution": (), "report": ("-o", "*.html"), "map": ("-o", "*.html"),
}  # fmt: skip


def run(folder: Path, name: str, *arguments: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one command.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    program = [str(Path(sys.executable).with_name("ringmap")), name, *arguments]
    with (folder / "out").open("wb") as out, (folder / "told").open("wb") as told:
        started = subprocess.Popen(program, stdout=out, stderr=told)
        _, code, used = os.wait4(started.pid, 0)
    if code:
        raise RuntimeError(f"{name}: {(folder / 'told').read_text(errors='replace')[-500:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Invent, load, and run every command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=36_000, help="in the truth, not in records")
    people = asked.parse_args().people
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        case, store = str(folder / "case"), str(folder / "case.ringmap")
        run(folder, "generate", "--people", str(people), "--seed", "4", "-o", case)
        rows = sum(file.read_bytes().count(b"\n") - 1 for file in Path(case).glob("*.csv"))
        print(f"| {rows:,} rows | CPU s | peak MB |\n| --- | ---: | ---: |")
        print("| load | {:.1f} | {:.0f} |".format(*run(folder, "load", case, "--into", store)))
        for name, further in _COMMANDS.items():
            written = [one.replace("*", str(folder / name)) for one in further]
            took, peak = run(folder, name, store, *written)
            print(f"| {name} | {took:.1f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
