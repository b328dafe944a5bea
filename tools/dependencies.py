"""Print what is installed: version, licence as its own metadata states it, and size on disk.

Without arguments it lists all, the source of the figures in docs/decisions/0002-dependencies.md;
with names of packages after it, those and what they need: `tools/dependencies.py ringmap`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions

from packaging.requirements import Requirement


def find_installed() -> dict[str, Distribution]:
    """Every distribution by its normal name, in order."""
    return dict(sorted((_normal(found.name), found) for found in distributions()))


def find_needed(names: Iterable[str], installed: dict[str, Distribution]) -> list[str]:
    """The names and all that they require on this machine, extras left out."""
    needed: set[str] = set()
    waiting = [_normal(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in needed or name not in installed:
            continue
        needed.add(name)
        for line in installed[name].requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(_normal(requirement.name))
    return sorted(needed)


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
    """Millions of bytes in the files that the distribution recorded and that are there."""
    paths = (path.locate() for path in found.files or [])
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def main(names: list[str]) -> None:
    installed = find_installed()
    shown = find_needed(names, installed) if names else list(installed)
    print("| package | version | licence | MB |\n| --- | --- | --- | ---: |")
    for name in shown:
        found = installed[name]
        print(f"| {name} | {found.version} | {read_licence(found)} | {measure_mb(found):.1f} |")
    total = sum(measure_mb(installed[name]) for name in shown)
    print(f"| {len(shown)} packages | | | {total:.1f} |")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main(sys.argv[1:])
