"""Commands that ask what a ring would be without somebody: keyplayers, removal."""

from pathlib import Path

import click

from ringmap.cli.options import with_form, with_reading, with_ring, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress

_without = click.option(
    "--without", multiple=True, metavar="ID",
    help="Somebody who may not be chosen: an informer, who is held already. Several times.",
)  # fmt: skip
_rank_victims = click.option("--rank-victims", is_flag=True, help="Choose among victims too.")


@click.command()
@with_source
@click.option(
    "-k", "k", type=click.IntRange(min=1), metavar="K",
    help="How many people a set has. Default: 3, or as many as may be chosen.",
)  # fmt: skip
@click.option(
    "--criterion", default="fragmentation", show_default=True,
    type=click.Choice(["fragmentation", "distance_fragmentation", "reach"]),
    help="Pull the ring apart, make its ways longer, or be near to everybody.",
)  # fmt: skip
@_without
@_rank_victims
@with_ring
@with_reading
@with_form
def keyplayers(source: Path, k: int | None, criterion: str, without: tuple[str, ...],
               rank_victims: bool, ring: str | None, as_of: str | None, gazetteer: Path | None,
               directed: bool, show_victims: bool, form: str | None,
               as_json: bool) -> None:  # fmt: skip
    """Find the few who hold a ring together, or who are nearest to all of it.

    The best K together are seldom the K best one by one. Says whether a better set is excluded,
    and lists every set that is as good. Victims are in no set unless you ask.
    """
    from ringmap.workflow import Choices, key_player_tables, list_key_players

    choices = Choices(directed, as_of, None, ring, rank_victims, show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = list_key_players(
            source, k, choices, note_asking("keyplayers", "-"), criterion=criterion,
            without=without, tell=progress.tell,
        )  # fmt: skip
    brief = {
        "people": ["party", "name", "roles", "country", "in_sets", "alone", "without", "because",
                   "records"],
        "sets": ["set", "party", "name", "roles", "country", "value", "proved"],
    }  # fmt: skip
    print_tables(key_player_tables(cleared), brief, choose_form(form, as_json))
    print_notes(cleared)


@click.command()
@with_source
@click.option("--by", default="betweenness", show_default=True, metavar="MEASURE",
              help="Who goes first: a column of 'ringmap brokers', or random.")  # fmt: skip
@click.option("--list", "listed", multiple=True, metavar="ID",
              help="Take out this one instead. Several times, in order.")  # fmt: skip
@click.option("--role", metavar="ROLE", help="Take out only those who have this role.")
@click.option("--steps", type=click.IntRange(min=0), default=10, show_default=True, metavar="N",
              help="How many to take out.")  # fmt: skip
@click.option("--keep-ranking", is_flag=True, help="Do not rank anew after each step.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of what is drawn at random.")
@_without
@_rank_victims
@with_ring
@with_reading
@with_form
def removal(source: Path, by: str, listed: tuple[str, ...], role: str | None, steps: int,
            keep_ranking: bool, seed: int, without: tuple[str, ...], rank_victims: bool,
            ring: str | None, as_of: str | None, gazetteer: Path | None, directed: bool,
            show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """Show what is left of a ring without somebody, and how it would close the gap.

    Step by step: the largest part left, who is cut off, and who would most easily replace the
    one who is gone. Recovery is a model, not a forecast. Victims are not taken out unless you
    ask.
    """
    from ringmap.workflow import Choices, Removing, removal_table, show_removal

    choices = Choices(directed, as_of, None, ring, rank_victims, show_victims, gazetteer=gazetteer)
    removing = Removing(by, listed, role, without, steps, not keep_ranking, seed)
    with Progress() as progress:
        cleared = show_removal(
            source, removing, choices, note_asking("removal", "-"), tell=progress.tell
        )
    brief = ["step", "removed", "name", "roles", "lcc_fraction", "lcc_low", "lcc_high", "cut_off",
             "replacement", "replacement_name", "lcc_recovered", "lcc_recovered_low",
             "because"]  # fmt: skip
    table = removal_table(cleared)
    print_tables({"removal": table}, {"removal": brief}, choose_form(form, as_json))
    print_notes(cleared)
