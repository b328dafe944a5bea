"""Commands for trainers: generate, calibrate."""

from pathlib import Path

import click

from ringmap.cli.options import with_form
from ringmap.cli.printing import choose_form, print_tables
from ringmap.cli.progress import Progress


@click.command()
@click.argument("scenario", required=False)
@click.option("--cases", type=click.IntRange(min=1), metavar="N", help="So many case files.")
@click.option(
    "--people", type=click.IntRange(min=1), metavar="N",
    help="Go on until the invented world has so many people.",
)  # fmt: skip
@click.option("--profile", metavar="P", help="Reproduce the figures of a profile, year by year.")
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same bytes.")
@click.option(
    "--missing", type=click.FloatRange(0, 0.95), metavar="SHARE",
    help="Share of ties that nobody records. Default: what the agencies come to know.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N")
@click.option(
    "-o", "--output", "folder", metavar="DIR", type=click.Path(path_type=Path),
    help="A new folder, or one that this command wrote before.",
)  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List the scenarios and profiles.")
def generate(scenario: str | None, cases: int | None, people: int | None, profile: str | None,
             seed: int, missing: float | None, workers: int, folder: Path | None,
             listed: bool) -> None:  # fmt: skip
    """Invent cases with a known truth, for training and for tests.

    SCENARIO is a name (see --list) or a .yaml file of your own; without it a mixture. DIR is
    a complete case folder; its truth/ says who is who, which rings there are, who the
    brokers are and why, who is behind each alias, and which ties nobody recorded.
    """
    from ringmap.workflow import invent_cases, list_inventions

    if listed:
        for name, title in list_inventions():
            click.echo(f"{name:<24} {title}")
        return
    if folder is None:
        raise click.UsageError("Missing option '-o'; name a new folder.")
    with Progress() as progress:
        made = invent_cases(
            folder, scenario=scenario, profile=profile, cases=cases, people=people, seed=seed,
            missing=missing, workers=workers, tell=progress.tell,
        )  # fmt: skip
    click.echo(
        f"{made.folder}: case files: {made.cases:,}, rings: {made.rings:,}, people: {made.people:,}"
        f" (records of people: {made.recorded:,}), ties: {made.ties:,}"
        f" (recorded by nobody: {made.unrecorded:,})",
        err=True,
    )


@click.command()
@click.argument("profile")
@click.option(
    "--folder", metavar="DIR", type=click.Path(path_type=Path),
    help="A folder of invented cases. Default: cases are invented now and not kept.",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N")
@click.option("--markdown", is_flag=True, help="Print a Markdown table, as in the docs.")
@with_form
def calibrate(profile: str, folder: Path | None, seed: int, workers: int, markdown: bool,
              form: str | None, as_json: bool) -> None:  # fmt: skip
    """Hold invented cases against the published figures of a profile: target beside result."""
    from ringmap.workflow import compare_profile, format_comparison

    with Progress() as progress:
        table = compare_profile(profile, folder, seed=seed, workers=workers, tell=progress.tell)
    if markdown:
        click.echo(format_comparison(table), nl=False)
    else:
        print_tables({"calibration": table}, {}, choose_form(form, as_json))
    missed = int((~table["within"].astype(bool)).sum())
    click.echo(f"{len(table) - missed} of {len(table)} figures within their bounds", err=True)
    if missed:
        click.get_current_context().exit(1)
