"""Every benchmark of speed, one after another, and one table of all in the end.

    python benchmarks/whole.py       # less than ten minutes on two processors

Records first, then files to brokers, then single measures; a case folder of fewer rows than
``records.py`` takes by itself, and fewer calls.
"""

import time

import load_to_brokers
import measures
from rows import print_table

import records

ROWS, CALLS = 250_000, 500_000


def main() -> None:
    """Print what each prints, then the table."""
    begun = time.monotonic()
    rows = records.run(ROWS, CALLS)
    rows += load_to_brokers.run()
    rows += measures.run()
    print(f"\nall of it, in {(time.monotonic() - begun) / 60:.1f} minutes\n")
    print_table(rows)


if __name__ == "__main__":
    main()
