"""The command line: each command parses, calls one workflow function, and prints."""

from ringmap.cli import findings, inventions, pages, records  # noqa: F401  # makes the commands
from ringmap.cli.program import main

__all__ = ["main"]
