"""The command that looks for links no record states."""

from pathlib import Path

import click

from ringmap.cli.options import with_form, with_reading, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress


@click.command()
@with_source
@click.option(
    "--across-cases", is_flag=True,
    help="Only people of different cases; and list pairs of cases, with what joins them.",
)  # fmt: skip
@click.option(
    "--likely", is_flag=True,
    help="Also list pairs whose tie the records may lack, and how well that was tried.",
)  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N of each.")
@with_reading
@with_form
def links(source: Path, across_cases: bool, likely: bool, top: int | None, as_of: str | None,
          gazetteer: Path | None, directed: bool, show_victims: bool, form: str | None,
          as_json: bool) -> None:  # fmt: skip
    """Find links that no record states: a phone, account, vehicle or place in common.

    A row is a question to ask, not a tie. What everybody uses, such as a bus station, weighs
    next to nothing.
    """
    from ringmap.workflow import Choices, cited, find_links

    choices = Choices(directed, as_of, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = find_links(
            source, choices, note_asking("links", "-"), across_cases=across_cases, likely=likely,
            top=top, tell=progress.tell,
        )  # fmt: skip
    tables = {name: cited(cleared, table) for name, table in cleared.findings.items()
              if name != "notes"}  # fmt: skip
    ends = ["source", "source_name", "target", "target_name"]
    brief = {
        "shared": [*ends, "weight", "tied", "cases_differ", "times", "thing_names", "because"],
        "cases": ["source", "target", "weight", "times", "thing_names", "because"],
        "likely": [*ends, "probability", "probability_low", "probability_high", "contacts",
                   "thing_names", "because"],
    }  # fmt: skip
    print_tables(tables, brief, choose_form(form, as_json))
    print_notes(cleared)
