"""Every benchmark of speed, one after another, and one table of all in the end.

    python benchmarks/whole.py       # less than ten minutes on two processors

Records first, then files to brokers, then single measures; fewer calls than ``records.py`` takes
by itself.
"""

import importlib
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rows import Row, print_table

ROWS, CALLS = 1_000_000, 500_000
PARTS: tuple[tuple[str, dict[str, int]], ...] = (
    ("records", {"rows": ROWS, "calls": CALLS}),
    ("load_to_brokers", {}),
    ("measures", {}),
)


def run(part: str, options: dict[str, int]) -> list[Row]:
    """The rows of one benchmark, which prints them too."""
    found: list[Row] = importlib.import_module(part).run(**options)
    return found


def main() -> None:
    """Each part in a process of its own: what a process has had in memory, its own ones count."""
    begun = time.monotonic()
    rows = []
    for part, options in PARTS:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            rows += pool.submit(run, part, options).result()
    print(f"\nall of it, in {(time.monotonic() - begun) / 60:.1f} minutes\n")
    print_table(rows)


if __name__ == "__main__":
    main()
