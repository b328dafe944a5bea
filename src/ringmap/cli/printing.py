"""Printing and writing, for every command."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from ringmap.disclosure import Cleared
    from ringmap.records import Source
    from ringmap.workflow import Asking


def suffix_of(output: str, otherwise: str) -> str:
    return otherwise if output == "-" else Path(output).suffix.lower()


def write_files(files: Mapping[str, str], show_victims: bool, source: "Source") -> None:
    from ringmap.workflow import write_text

    for name, text in files.items():
        if name == "-":
            sys.stdout.buffer.write(text.encode("utf-8"))
            continue
        # Only a file can be written over; the address of a database is none.
        read_from = source if isinstance(source, Path) else None
        click.echo(str(write_text(Path(name), text, source=read_from)), err=True)
    if show_victims:
        click.echo("victims are shown by name; the store has recorded that you asked", err=True)


def choose_form(form: str | None, as_json: bool) -> Any:
    if as_json:
        return "json"
    return form or ("table" if sys.stdout.isatty() else "csv")


def print_tables(tables: Mapping[str, "pd.DataFrame"], brief: Mapping[str, Sequence[str]],
                  form: Any) -> None:  # fmt: skip
    from ringmap.workflow import format_tables

    sys.stdout.buffer.write(format_tables(tables, form, brief=brief).encode("utf-8"))
    sys.stdout.buffer.flush()


def print_notes(cleared: "Cleared") -> None:
    for note in cleared.findings.get("notes", []):
        click.echo(note, err=True)


def note_asking(command: str, output: str) -> "Asking":
    import getpass

    from ringmap.workflow import Asking

    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "unknown"
    return Asking(now(), user, f"ringmap {command}", output)


def now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
