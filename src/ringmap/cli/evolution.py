"""The command that follows a network through time."""

from pathlib import Path

import click

from ringmap.cli.options import with_form, with_reading, with_ring, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress


@click.command()
@with_source
@click.option(
    "--by", default="year", show_default=True, metavar="WINDOW",
    help="Windows of a year, quarter or month; or dates with commas between, such as "
    "2018-06,2019-06.",
)  # fmt: skip
@click.option(
    "--measure", default="betweenness", show_default=True, metavar="COLUMN",
    help="Which measure of ringmap brokers.",
)  # fmt: skip
@click.option(
    "--so-far", is_flag=True, help="All that was there by the end of a window, not only in it."
)
@click.option(
    "--undated/--dated-only", default=True,
    help="Whether ties without any date count, in every window. Default: they do.",
)  # fmt: skip
@with_ring
@click.option("--rank-victims", is_flag=True, help="Give victims a rank too.")
@with_reading
@with_form
def evolution(source: Path, by: str, measure: str, so_far: bool, undated: bool, ring: str | None,
              rank_victims: bool, as_of: str | None, gazetteer: Path | None, directed: bool,
              show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """Follow the network through time: its size, who comes and goes, who rises and falls.

    A tie counts in every window in which its dates let it have held. Who comes may only have
    been noticed then.
    """
    from ringmap.workflow import Choices, cited, follow_time

    choices = Choices(directed, as_of, ring=ring, rank_victims=rank_victims,
                      show_victims=show_victims, gazetteer=gazetteer)  # fmt: skip
    with Progress() as progress:
        cleared = follow_time(
            source, choices, note_asking("evolution", "-"), tell=progress.tell, by=by,
            measure=measure, undated=undated, cumulative=so_far,
        )  # fmt: skip
    found = cleared.findings["evolution"]
    tables = {name: cited(cleared, getattr(found, name)) for name in ("windows", "moves", "values")}
    brief = {
        "windows": ["window", "parties", "ties", "ties_sure", "ties_undated", "components",
                    "largest", "comes", "goes"],
        "moves": ["window", "party", "name", "move", "places", "rank_before", "rank", "because"],
        "values": ["window", "party", "name", "value", "rank", "of"],
    }  # fmt: skip
    print_tables(tables, brief, choose_form(form, as_json))
    print_notes(cleared)
