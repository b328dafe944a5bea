"""Write docs/calibration.md: for each profile, every target beside what invented cases give."""

from pathlib import Path

from ringmap.training import list_profiles, load_profile
from ringmap.workflow import compare_profile, format_comparison

PAGE = Path(__file__).resolve().parent.parent / "docs" / "calibration.md"
HEAD = """# Calibration

Written by `make calibration`; the same for one profile: `ringmap calibrate NAME --markdown`.
Cases of each profile are invented with seed 0, read by ringmap's own reader, and counted. Where a
target comes from stands below each table and in the
[profiles](../src/ringmap/training/profiles); targets marked ASSUMED are ours.

Counts of cases, offenders and victims are met exactly because the generator deals them out; ages
and ways of return are dealt too. Destinations, crossings and the structure of rings come out of
the scenarios and are held to bounds. Bounds of structure are what published networks of
trafficking span; there are few of them.
"""


def describe(code: str) -> str:
    """The section of one profile."""
    profile = load_profile(code)
    table = compare_profile(code, None, seed=0, workers=1, tell=lambda _: None)
    sources = "\n".join(
        f"- {name}: {said.text()}"
        for name, said in dict(profile.setting.items())["sources"].items()
    )
    met = int(table["within"].astype(bool).sum())
    return (
        f"\n## {profile.title['en']}\n\n`{code}`: {met} of {len(table)} figures within their"
        f" bounds.\n\n{format_comparison(table)}\n{sources}\n"
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(HEAD + "".join(map(describe, list_profiles())), encoding="utf-8")


if __name__ == "__main__":
    main()
