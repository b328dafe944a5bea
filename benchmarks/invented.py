"""Invented networks of many rings, written as a case folder; the same seed, the same bytes."""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt

RING_SIZES = (8, 12, 16, 24, 40)
COUNTRIES = ("VN", "CN", "KH", "LA", "MM", "TH")
TIES_PER_PERSON = 1.45


def invent(ties: int, *, seed: int = 7) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], int]:
    """Ends of about `ties` ties, and the number of people: rings, some joined by one broker."""
    random = np.random.default_rng(seed)
    people = int(ties / TIES_PER_PERSON)
    sizes = random.choice(RING_SIZES, size=people // 8)
    sizes = sizes[np.cumsum(sizes) <= people]
    first = np.cumsum(sizes) - sizes
    source, target = [], []
    for start, size in zip(first.tolist(), sizes.tolist(), strict=True):
        newcomers = np.arange(1, size)
        source.append(start + newcomers)
        target.append(start + (random.random(size - 1) ** 2 * newcomers).astype(np.int64))
        extra = int(size * (TIES_PER_PERSON - 1))
        source.append(start + random.integers(0, size, extra))
        target.append(start + random.integers(0, size, extra))
    # Every third ring shares a broker with the ring before it, ten rings at most in a row.
    joined = np.flatnonzero((np.arange(len(first)) % 3 == 1) & (np.arange(len(first)) % 30 != 1))
    source.append(first[joined])
    target.append(first[joined - 1])
    ends = np.concatenate(source), np.concatenate(target)
    proper = ends[0] != ends[1]
    return ends[0][proper], ends[1][proper], int(sizes.sum())


def write_folder(folder: Path, ties: int, *, seed: int = 7) -> int:
    """A case folder of people.csv and ties.csv; gives the number of ties."""
    source, target, people = invent(ties, seed=seed)
    random = np.random.default_rng(seed + 1)
    folder.mkdir(parents=True, exist_ok=True)
    country = random.choice(COUNTRIES, size=people)
    rows = (f"P{person:07d},{country[person]}\n" for person in range(people))
    (folder / "people.csv").write_text("person_id,country\n" + "".join(rows), encoding="utf-8")
    weight = random.integers(1, 30, size=len(source))
    lines = (
        f"P{a:07d},P{b:07d},called,{w}\n"
        for a, b, w in zip(source.tolist(), target.tolist(), weight.tolist(), strict=True)
    )
    (folder / "ties.csv").write_text("source,target,kind,weight\n" + "".join(lines), "utf-8")
    return len(source)


def main() -> None:
    """Write one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ties", type=int, default=8_000)
    asked = parser.parse_args()
    print(write_folder(asked.folder, asked.ties), "ties")


if __name__ == "__main__":
    main()
