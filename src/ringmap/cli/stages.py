"""The command that prints stages: who does what, who joins stages, what records lack."""

from pathlib import Path

import click

from ringmap.cli.options import with_form, with_reading, with_ring, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress


@click.command()
@with_source
@with_ring
@click.option(
    "--rank-victims", is_flag=True,
    help="Rank victims between stages, and list them in the core, too.",
)  # fmt: skip
@with_reading
@with_form
def stages(source: Path, ring: str | None, rank_victims: bool, as_of: str | None,
           gazetteer: Path | None, directed: bool, show_victims: bool, form: str | None,
           as_json: bool) -> None:  # fmt: skip
    """Show who does what: stages, brokers between them, the core, and what each record lacks.

    Stages are recruitment, transport, crossing, harbouring, exploitation, money and return.
    People who are victims and offenders have a table of their own, and no rank unless you
    ask. Act, means and purpose are looked up for each accused: where to look next, and no
    legal opinion.
    """
    from ringmap.workflow import Choices, show_stages, stage_tables

    choices = Choices(directed, as_of, None, ring, rank_victims, show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = show_stages(source, choices, note_asking("stages", "-"), tell=progress.tell)
    brief = {
        "stages": ["party", "name", "stage", "parts", "cases", "first", "last", "because"],
        "between_stages": ["stage", "other_stage", "ties", "pairs", "odds_ratio", "p", "because"],
        "stage_brokers": ["rank", "party", "name", "stages", "within", "between", "because"],
        "core": ["party", "name", "place", "ties", "ties_to_core", "because"],
        "overlap": ["party", "name", "recorded", "order", "rank_with", "because"],
        "overlap_ranks": ["party", "name", "side", "rank_without", "rank_with", "because"],
        "elements": ["party", "name", "case", "standing", "element", "status", "what", "because"],
    }
    print_tables(stage_tables(cleared), brief, choose_form(form, as_json))
    print_notes(cleared)
