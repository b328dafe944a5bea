"""The command line: each command parses, calls one workflow function, and prints."""

from ringmap.cli.commands import main

__all__ = ["main"]
