"""The command that lists rings: their members, their names, and what became of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ringmap.cli.options import with_form, with_reading, with_ring, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

    from ringmap.disclosure import Cleared

_MEMBERS = ("ring", "party", "name", "roles", "country", "share", "stability")
_NAMES = ("ring", "name", "members", "accused", "victims", "first", "last", "because")
_SHARED = ("party", "name", "rings", "because", "records")
_FOLLOWED = ("window", "ring", "thread", "name", "members", "origin", "fate", "because", "doubt")


@click.command()
@with_source
@with_ring
@click.option(
    "--show", type=click.Choice(["members", "rings", "shared"]), default="members",
    show_default=True,
    help="A row per member, per ring with its name and reasons, or per person of several rings.",
)  # fmt: skip
@click.option(
    "--over-time", "by", type=click.Choice(["year", "quarter", "month"]),
    help="Follow the rings from window to window: born, grown, merged, split, died.",
)  # fmt: skip
@click.option(
    "--with-undated", is_flag=True,
    help="With --over-time: count an undated tie wherever both its ends have a dated one.",
)  # fmt: skip
@with_reading
@with_form
def rings(source: Path, ring: str | None, show: str, by: str | None, with_undated: bool,
          as_of: str | None, gazetteer: Path | None, directed: bool,
          show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """List the rings, their members, and how stable each membership is.

    A ring is called by the way it took and what for, never by a person: "VN → CN by Bản Vược
    gate, forced marriage".
    """
    from ringmap.workflow import Choices

    if by is None and with_undated:
        raise click.UsageError("--with-undated goes with --over-time")
    if by is not None and show != "members":
        raise click.UsageError("--over-time has a table of its own: leave --show out")
    choices = Choices(directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer)
    chosen = choose_form(form, as_json)
    if by is not None:
        _print_followed(source, choices, by, with_undated, chosen)
    else:
        _print_rings(source, choices, show, chosen)


def _print_rings(source: Path, choices: Any, show: str, form: str) -> None:
    from ringmap.workflow import list_rings

    with Progress() as progress:
        cleared = list_rings(source, choices, note_asking("rings", "-"), tell=progress.tell)
    tables, brief = _tables(cleared, show, form)
    print_tables(tables, brief, form)
    click.echo(cleared.findings["rings"].attrs["significance"]["verdict"], err=True)
    print_notes(cleared)


def _tables(
    cleared: "Cleared", show: str, form: str
) -> tuple[dict[str, "pd.DataFrame"], dict[str, tuple[str, ...]]]:
    """The table asked for; to read, members stand below the names of their rings."""
    from ringmap.workflow import cited

    found = cleared.findings
    names = cited(cleared, found["ring_names"])
    if show == "rings":
        return {"rings": names}, {"rings": (*_NAMES, "records")}
    if show == "shared":
        shared = found["shared_members"]
        named = cited(cleared, shared.assign(name=shared["party"]))
        return {"shared": named}, {"shared": _SHARED}
    if form == "table":
        return {"rings": names, "members": found["rings"]}, {"rings": _NAMES, "members": _MEMBERS}
    return {"rings": found["rings"]}, {"rings": _MEMBERS}


def _print_followed(source: Path, choices: Any, by: str, with_undated: bool, form: str) -> None:
    from ringmap.workflow import cited, trace_rings

    asking = note_asking(f"rings --over-time {by}", "-")
    with Progress() as progress:
        cleared = trace_rings(
            source, choices, asking, by=by, with_undated=with_undated, tell=progress.tell
        )
    table = cited(cleared, cleared.findings["followed"].rings)
    print_tables({"rings": table}, {"rings": _FOLLOWED}, form)
    print_notes(cleared)
