"""A command run as a user runs it, within the process of the tests."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from ringmap.cli import main

#: The invented cases that come with ringmap.
SAMPLES = Path(__file__).resolve().parents[2] / "sample_graphs"


def run(*words: object) -> Result:
    """How a command ends and what it prints; what it refuses in more than one line is an error."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
