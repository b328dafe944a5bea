"""Commands that print a finding: brokers, borders, path."""

from pathlib import Path

import click

from ringmap.cli.options import with_doubt, with_form, with_reading, with_ring, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress


@click.command()
@with_source
@click.option(
    "--group", metavar="COLUMN",
    help="Count whom they mediate between by country, province, roles, side, standing or ring.",
)  # fmt: skip
@with_ring
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@click.option("--rank-victims", is_flag=True, help="Give victims a rank too.")
@click.option(
    "--more", is_flag=True,
    help="Measure bridging too, and how many stand above and below whatever the measure; slower.",
)  # fmt: skip
@with_doubt
@with_reading
@with_form
def brokers(source: Path, group: str | None, ring: str | None, top: int | None, rank_victims: bool,
            more: bool, doubt: float | None, as_of: str | None, gazetteer: Path | None,
            directed: bool, show_victims: bool, form: str | None,
            as_json: bool) -> None:  # fmt: skip
    """Rank people by how much they stand between others, with the reasons.

    A high rank may only mean that someone was well watched. Victims are measured but not
    ranked unless you ask.
    """
    from ringmap.workflow import Choices, cited, rank_brokers

    choices = Choices(
        directed, as_of, group, ring, rank_victims, show_victims, gazetteer, more=more
    )
    with Progress() as progress:
        cleared = rank_brokers(
            source, choices, note_asking("brokers", "-"), tell=progress.tell, rate=doubt
        )
    table = cited(cleared, cleared.findings["brokers"])
    if top is not None:
        table = table[table["rank"].notna()].head(top)
    brief = ["rank", "rank_low", "rank_high", "keeps_top", "party", "name", "roles", "country",
             "degree", "betweenness", "is_cut_vertex",
             *(("gf_total", "gatekeeper", "representative", "liaison") if group else ()),
             *(("everett_valente", "community_broker", "surely_above") if more else ()),
             "verdict", "because", "grades"]  # fmt: skip
    print_tables({"brokers": table}, {"brokers": brief}, choose_form(form, as_json))
    print_notes(cleared)


@click.command()
@with_source
@click.option(
    "--by", metavar="COLUMN",
    help="Ask who is tied to whom by country (the default), province, roles, side, standing, "
    "agency or ring.",
)  # fmt: skip
@click.option("--rank-victims", is_flag=True, help="Name victims as spanning borders too.")
@with_reading
@with_form
def borders(source: Path, by: str | None, rank_victims: bool, as_of: str | None,
            gazetteer: Path | None, directed: bool, show_victims: bool, form: str | None,
            as_json: bool) -> None:  # fmt: skip
    """List what crosses borders: corridors, gates, ties, legs, and people on both sides.

    Whether ties look inward or outward is said beside what chance would give.
    """
    from ringmap.workflow import Choices, border_tables, list_crossings

    choices = Choices(directed, as_of, by, None, rank_victims, show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = list_crossings(source, choices, note_asking("borders", "-"), tell=progress.tell)
    tables = border_tables(cleared, rank_victims=rank_victims)
    brief = {
        "gates": [
            "gate",
            "gate_name",
            "direction",
            "crossings",
            "unsure",
            "people",
            "first",
            "last",
            "records",
        ],
        "spanners": ["party", "name", "country", "ties", "ties_abroad", "because", "records"],
        "ties": [
            "source",
            "source_name",
            "source_country",
            "target",
            "target_name",
            "target_country",
            "kind",
            "case",
            "directed",
            "first",
            "last",
            "records",
        ],
        "legs": [
            "route",
            "sequence",
            "kind",
            "date",
            "from_name",
            "from_country",
            "to_name",
            "to_country",
            "gate_name",
            "records",
        ],
        "mixing": ["group", "other_group", "ties", "expected", "z"],
        "homophily": ["measure", "by_strength", "baseline", "looks", "because"],
        "by_case": ["case", "ties", "across", "inside", "unknown", "share", "because"],
        "spanner_stages": ["party", "name", "stage", "ties_abroad", "legs_led_abroad", "because"],
    }
    print_tables(tables, brief, choose_form(form, as_json))
    click.echo(cleared.findings["crossings"].because, err=True)
    print_notes(cleared)


@click.command()
@with_source
@click.argument("a")
@click.argument("b")
@click.option(
    "--in-time", is_flag=True,
    help="Only ways whose ties can follow each other in time; undated ties may come at any time.",
)  # fmt: skip
@click.option(
    "--through-cases", is_flag=True,
    help="With --in-time: also ways through a case file, where nobody meets.",
)  # fmt: skip
@with_reading
@with_form
def path(source: Path, a: str, b: str, in_time: bool, through_cases: bool, as_of: str | None,
         gazetteer: Path | None, directed: bool, show_victims: bool, form: str | None,
         as_json: bool) -> None:  # fmt: skip
    """Show how A is tied to B, link by link, with the evidence of each.

    A and B are ids, names, or pseudonyms as ringmap shows them.
    """
    from ringmap.workflow import Choices, cited, trace_path

    if through_cases and not in_time:
        raise click.UsageError("--through-cases goes with --in-time; other ways pass through cases")
    choices = Choices(directed, as_of, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        progress.tell("looking for a way")
        cleared = trace_path(source, a, b, choices, note_asking("path", "-"), in_time=in_time,
                             through_cases=through_cases)  # fmt: skip
    found = cleared.findings["path"]
    table = cited(cleared, found.links)
    brief = ["path", "step", "source", "source_name", "target", "target_name", "kind", "weight",
             "first", "last", "records"]  # fmt: skip
    print_tables({"path": table}, {"path": brief}, choose_form(form, as_json))
    click.echo(found.because, err=True)
