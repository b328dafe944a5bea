"""Invented cases for a user: written to a folder, and held against the figures of a profile."""

import tempfile
from pathlib import Path

import pandas as pd

from ringmap.training import (
    Generated,
    format_calibration,
    generate_cases,
    list_profiles,
    list_scenarios,
    list_targets,
    load_profile,
    load_scenario,
    measure_figures,
)
from ringmap.workflow.choices import Tell


def list_inventions() -> list[tuple[str, str]]:
    """Names and titles of the scenarios, then of the profiles."""
    scenarios = [(name, load_scenario(name).title["en"]) for name in list_scenarios()]
    profiles = [(f"--profile {name}", load_profile(name).title["en"]) for name in list_profiles()]
    return scenarios + profiles


def invent_cases(
    folder: Path,
    *,
    scenario: str | None,
    profile: str | None,
    cases: int | None,
    people: int | None,
    seed: int,
    missing: float | None,
    workers: int,
    tell: Tell,
) -> Generated:
    """A folder of invented cases, and what was written."""
    tell("inventing cases")
    return generate_cases(
        folder, scenario=scenario, profile=profile, cases=cases, people=people, seed=seed,
        missing=missing, workers=workers,
    )  # fmt: skip


def compare_profile(
    profile: str, folder: Path | None, *, seed: int, workers: int, tell: Tell
) -> pd.DataFrame:
    """Each target of a profile beside what the cases of a folder give.

    Without a folder the cases are invented for the purpose and thrown away.
    """
    targets = list_targets(load_profile(profile).setting)
    if folder is not None:
        tell("measuring the folder")
        return measure_figures(folder, targets)
    with tempfile.TemporaryDirectory(prefix="ringmap-") as temporary:
        made = Path(temporary) / "cases"
        tell("inventing cases")
        generate_cases(made, profile=profile, seed=seed, workers=workers)
        tell("measuring them")
        return measure_figures(made, targets)


def format_comparison(table: pd.DataFrame) -> str:
    """The comparison as a Markdown table."""
    return format_calibration(table)
