"""The command that questions a ranking."""

from pathlib import Path

import click

from ringmap.cli.options import with_form, with_reading, with_ring, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress


@click.command()
@with_source
@with_ring
@click.option("--rank-victims", is_flag=True, help="Let victims stand first too.")
@with_reading
@with_form
def doubt(source: Path, ring: str | None, rank_victims: bool, as_of: str | None,
          gazetteer: Path | None, directed: bool, show_victims: bool, form: str | None,
          as_json: bool) -> None:  # fmt: skip
    """Show which records the first place hangs on: what would put somebody else first.

    Tries one error at a time: a pair that is not tied after all, a source that is wrong, a tie
    that nobody recorded. For many small errors together: ringmap brokers SOURCE --doubt.
    """
    from ringmap.workflow import Choices, doubt_tables, question_first

    choices = Choices(directed, as_of, ring=ring, rank_victims=rank_victims,
                      show_victims=show_victims, gazetteer=gazetteer)  # fmt: skip
    with Progress() as progress:
        cleared = question_first(source, choices, note_asking("doubt", "-"), tell=progress.tell)
    brief = ["way", "change", "wrong_source", "source", "source_name", "target", "target_name",
             "first_then", "first_then_name", "verdict_turns", "weak", "because",
             "records"]  # fmt: skip
    print_tables(doubt_tables(cleared), {"ways": brief}, choose_form(form, as_json))
    print_notes(cleared)
