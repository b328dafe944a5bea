"""Print what is installed: version, licence as its own metadata states it, and size on disk.

`.venv/bin/python tools/dependencies.py` writes the table of docs/decisions/0002-dependencies.md.
"""

from __future__ import annotations

from importlib.metadata import Distribution, distributions


def read_licence(found: Distribution) -> str:
    """The SPDX expression, else the classifiers, else the first line of the old free text."""
    about = found.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    return " / ".join(classified) or (about.get("License") or "not stated").strip().split("\n")[0]


def measure_mb(found: Distribution) -> float:
    """Bytes of the files that the distribution recorded, in millions; files gone count nothing."""
    paths = (path.locate() for path in found.files or [])
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def main() -> None:
    rows = sorted((found.name.lower(), found) for found in distributions())
    print("| package | version | licence | MB |\n| --- | --- | --- | ---: |")
    for name, found in rows:
        print(f"| {name} | {found.version} | {read_licence(found)} | {measure_mb(found):.1f} |")


if __name__ == "__main__":
    main()
