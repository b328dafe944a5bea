"""Commands of ringmap. Rooms are imported inside them, so that ``--help`` stays quick."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ringmap import __version__
from ringmap.cli.progress import Progress
from ringmap.errors import RecordsError, RingmapError

if TYPE_CHECKING:
    import pandas as pd

    from ringmap.disclosure import Cleared
    from ringmap.records import Source
    from ringmap.workflow import Asking

Command = TypeVar("Command", bound=Callable[..., Any])


class _OneLine(click.Group):
    """Turns what ringmap refuses into one line and exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except RingmapError as error:
            click.echo(f"ringmap: {error}", err=True)
            context.exit(1)
        except MemoryError:
            click.echo("ringmap: not enough memory for this source; load less of it", err=True)
            context.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(1)


@click.group(cls=_OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ringmap")
def main() -> None:
    """Explore human-trafficking rings: who connects whom, over which borders, by which records.

    SOURCE is a case folder, a single file, the address of a database, or a .ringmap store.
    Everything stays on this machine. Victims are shown under pseudonyms. Exit code 0: done,
    1: could not, 2: asked wrongly.
    """


def _as_source(named: str) -> Any:
    """A path, or the address of a database, whose slashes no path would keep."""
    if "://" not in named:
        return Path(named)
    from ringmap.records import as_source

    return as_source(named)


def _source(command: Command) -> Command:
    return click.argument("source", type=_as_source)(command)


def _sources(command: Command) -> Command:
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=_as_source)(
        command
    )


def _form(command: Command) -> Command:
    """Options for how a table is printed."""
    command = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")(
        command
    )
    return click.option(
        "--format", "form", type=click.Choice(["table", "csv", "json"]),
        help="How to print. Default: a table on a terminal, csv into a pipe.",
    )(command)  # fmt: skip


_gazetteer = click.option(
    "--gazetteer", metavar="G.csv", type=click.Path(path_type=Path),
    help="Look names of places up in this list instead of ringmap's; see: ringmap formats places.",
)  # fmt: skip


def _reading_records(command: Command) -> Command:
    """Options for how records are read."""
    for option in (
        click.option(
            "--language", type=click.Choice(["en", "vi"]), default="en", show_default=True,
            help="Of the receipt's page.",
        ),
        click.option(
            "--receipt", metavar="FILE", type=click.Path(path_type=Path),
            help="Write the receipt here too: .html is a page to print and put into the file, "
            "without what stands in the cells; .json and .csv have everything.",
        ),
        click.option(
            "--reject-file", metavar="PATH", type=click.Path(path_type=Path),
            help="Write refused rows here with the reasons: a .csv file for one table, a folder "
            "for several. Correct them and load them again.",
        ),
        click.option(
            "--limit", "limits", multiple=True, metavar="NAME=VALUE",
            help="How much of a file is read before it is given up, such as rows=5000000 or "
            "seconds=60. May be given several times.",
        ),
        _gazetteer,
        click.option(
            "--encoding", metavar="E",
            help="Encoding of the text files, such as tcvn3, vni or cp1258. Default: found out.",
        ),
        click.option(
            "--mapping", metavar="M.yaml", type=click.Path(path_type=Path),
            help="Which columns of the files are which; see --suggest-mapping.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def _read_day(context: click.Context, option: click.Parameter, day: str | None) -> str | None:
    from ringmap.model import is_about, precision
    from ringmap.records import read_date

    if day is None:
        return None
    date, problem = read_date(day)
    if date is None:
        raise click.BadParameter(f"{problem}: {day}; write 2019-05-03, 2019-05 or 2019")
    if precision(date) == "interval" or is_about(date):
        raise click.BadParameter(f"not a single date: {day}; write 2019-05-03, 2019-05 or 2019")
    return date


def _reading(command: Command) -> Command:
    """Options for how ties are read and what is shown."""
    for option in (
        click.option(
            "--show-victims", is_flag=True,
            help="Show victims by name. Only from a store, which records that you asked.",
        ),
        click.option(
            "--directed/--undirected", default=False,
            help="Follow the direction of ties in measures. Default: undirected.",
        ),
        _gazetteer,
        click.option(
            "--as-of", metavar="DATE", callback=_read_day,
            help="Leave out ties that began after this ISO date; undated ties stay.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def _output(command: Command) -> Command:
    return click.option(
        "-o",
        "--output",
        "output",
        required=True,
        metavar="FILE",
        help="Where to write; - is stdout.",
    )(command)


def _titled(command: Command) -> Command:
    command = click.option("--title", help="Heading of the page. Default: the source's name.")(
        command
    )
    return click.option(
        "--language", type=click.Choice(["en", "vi"]), default="en", show_default=True,
        help="Language that the page opens in.",
    )(command)  # fmt: skip


_basemap = click.option(
    "--basemap", metavar="B.json", type=click.Path(path_type=Path),
    help="Draw this map under the routes instead of ringmap's: GeoJSON, or the form that "
    "'ringmap formats places' shows.",
)  # fmt: skip
_ring = click.option("--ring", metavar="R", help="Look at one ring alone, by its number.")


@main.command()
@click.argument("case", default="bride_line")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("ringmap-demo"), show_default=True,
    help="Folder for the store, the ring map and the report.",
)  # fmt: skip
@click.option("--no-open", is_flag=True, help="Do not open the map in a browser.")
@click.option("--language", type=click.Choice(["en", "vi"]), default="en", show_default=True)
@_basemap
def demo(case: str, out: Path, no_open: bool, language: str, basemap: Path | None) -> None:
    """Load an invented case, write its ring map and report, and open the map.

    Cases: bride_line, fraud_compound, infant_line. All people in them are invented.
    """
    from ringmap.workflow import demonstrate

    asking = _asking("demo", str(out))
    with Progress() as progress:
        made = demonstrate(
            case, out, asking, loaded_at=asking.asked_at, language=language, basemap=basemap,
            tell=progress.tell,
        )  # fmt: skip
    click.echo(f"store     {made.store}\nring map  {made.ring_map}\nreport    {made.report}")
    if not no_open:
        _open_page(made.ring_map)


def _open_page(page: Path) -> None:
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        click.echo("no browser could be started here; open the ring map yourself", err=True)


@main.command()
@_sources
@_reading_records
@click.option(
    "--suggest-mapping", is_flag=True,
    help="Print a mapping proposed from headings and cells, and read nothing with it.",
)  # fmt: skip
@_form
def check(sources: Sequence[Path], suggest_mapping: bool, form: str | None, as_json: bool,
          reject_file: Path | None, receipt: Path | None, language: str,
          **how: Any) -> None:  # fmt: skip
    """Read a source, keep nothing, and print the import receipt.

    Every row is used or refused, and every doubt named with file, row, line and column. The
    form is found from what is in a file, whatever its name:

    \b
    case folder   cases, people, roles, organisations, places, identifiers,
                  ties, events or legs, sources: as CSV or TSV files, sheets
                  of one XLSX or ODS, or keys of one JSON file
    case sheet    a row per person per case; any of those forms
    edge list     with or without headings, with a node file or without;
                  a square matrix
    call records  caller, called, start, duration, cell
    database      a SQLite file, or an address such as postgresql://…
    JSON          a list of rows, one object a line, nodes and links
    graph files   GraphML, GEXF, UCINET DL, Pajek
    standards     HTCDS, FollowTheMoney, i2 entity-link-entity rows,
                  nodes and relationships (POLE, Neo4j)

    Text may be UTF-8, UTF-16, UTF-32, TCVN3, VNI, VISCII, CP1258, TIS-620, GB18030 or
    another Windows encoding. Headings of your own are read with --mapping. How each form
    looks, with an example: ringmap formats.
    """
    from ringmap.workflow import Reading, propose_mapping, read_sources

    reading = Reading(**how)
    if suggest_mapping:
        click.echo(propose_mapping(sources, reading), nl=False)
        return
    _check_targets(receipt, reject_file, [*sources, reading.mapping, reading.gazetteer])
    with Progress() as progress:
        result = read_sources(sources, reading, tell=progress.tell)
    chosen = _chosen(form, as_json)
    _print_receipt(result.receipt, chosen)
    _keep_receipt(result.receipt, receipt, sources, language)
    _write_rejected(result.rejected, reject_file)
    if not result.receipt.accepted:
        if chosen != "table":  # a table to read tells it already
            _say_fatal(result.receipt)
        click.get_current_context().exit(1)


@main.command()
@click.argument("name", required=False)
def formats(name: str | None) -> None:
    """Show how a form of records looks, with examples: 'ringmap formats dates'.

    Without NAME the pages are listed. They come with ringmap; nothing is fetched.
    """
    from ringmap.workflow import list_pages, read_page

    if name is not None:
        click.echo(read_page(name), nl=False)
        return
    for page, title in list_pages():
        click.echo(f"{page:<24} {title}")


def _keep_receipt(receipt: Any, target: Path | None, sources: Sequence[Any], language: str) -> None:
    if target is None:
        return
    from ringmap.workflow import receipt_text, write_text

    title = ", ".join(Path(str(source)).name for source in sources)
    text = receipt_text(
        receipt, target.suffix.lower(), title=title, read_at=_now(), language=language
    )
    click.echo(str(write_text(target, text)), err=True)


def _check_targets(receipt: Path | None, reject_file: Path | None, read_from: Sequence[Any],
                   ) -> None:  # fmt: skip
    from ringmap.workflow import check_outputs, check_receipt_form, check_target

    targets = [target for target in (receipt, reject_file) if target is not None]
    check_outputs(targets, [one for one in read_from if isinstance(one, Path)])
    if receipt is not None:
        check_receipt_form(receipt.suffix)
    if reject_file is not None:
        check_target(reject_file)


def _write_rejected(rejected: Sequence[Any], target: Path | None) -> None:
    from ringmap.workflow import write_rejected

    for path in write_rejected(rejected, target) if target is not None else ():
        click.echo(f"{path}: refused rows, to be corrected and loaded again", err=True)


def _print_receipt(receipt: Any, form: str) -> None:
    if form == "json":
        from ringmap.records import receipt_json

        click.echo(receipt_json(receipt))
        return
    from ringmap.workflow import format_receipt

    click.echo(format_receipt(receipt, "csv" if form == "csv" else "table"), nl=False)


def _say_fatal(receipt: Any) -> None:
    for file, problem in receipt.problems():
        if problem.severity == "fatal":
            line = f"line {problem.line}: " if problem.line else ""
            told = RecordsError(f"{line}{problem.reason}", file=file, hint=problem.hint)
            click.echo(f"ringmap: {told}", err=True)


@main.command()
@_sources
@click.option(
    "--into", required=True, metavar="FILE.ringmap", type=click.Path(path_type=Path),
    help="The store; made when there is none.",
)  # fmt: skip
@_reading_records
@_form
def load(sources: Sequence[Path], into: Path, form: str | None, as_json: bool,
         reject_file: Path | None, receipt: Path | None, language: str,
         **how: Any) -> None:  # fmt: skip
    """Read a source and keep it in a store: all of it or nothing.

    Prints the import receipt. Loading the same source again changes nothing.
    """
    from ringmap.workflow import Reading, load_sources

    reading = Reading(**how)
    _check_targets(receipt, reject_file, [*sources, into, reading.mapping, reading.gazetteer])
    with Progress() as progress:
        loaded = load_sources(sources, into, reading, loaded_at=_now(), tell=progress.tell)
    _print_receipt(loaded.receipt, _chosen(form, as_json))
    _keep_receipt(loaded.receipt, receipt, sources, language)
    _write_rejected(loaded.rejected, reject_file)
    added = loaded.added
    if not added.changed:
        click.echo(f"{into}: already holds these files; nothing changed", err=True)
        return
    known = f", {added.records_known} were there already" if added.records_known else ""
    click.echo(f"{into}: {added.records_new} records added{known}", err=True)


@main.command()
@_source
@click.option(
    "--group", metavar="COLUMN",
    help="Count whom they mediate between by country, province, roles, side, standing or ring.",
)  # fmt: skip
@_ring
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@click.option("--rank-victims", is_flag=True, help="Give victims a rank too.")
@_reading
@_form
def brokers(source: Path, group: str | None, ring: str | None, top: int | None, rank_victims: bool,
            as_of: str | None, gazetteer: Path | None, directed: bool, show_victims: bool,
            form: str | None, as_json: bool) -> None:  # fmt: skip
    """Rank people by how much they stand between others, with the reasons.

    A high rank may only mean that someone was well watched. Victims are measured but not
    ranked unless you ask.
    """
    from ringmap.workflow import Choices, cited, rank_brokers

    choices = Choices(directed, as_of, group, ring, rank_victims, show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = rank_brokers(source, choices, _asking("brokers", "-"), tell=progress.tell)
    table = cited(cleared, cleared.findings["brokers"])
    if top is not None:
        table = table[table["rank"].notna()].head(top)
    brief = ["rank", "party", "name", "roles", "country", "degree", "betweenness", "is_cut_vertex",
             "because", "grades"]  # fmt: skip
    _print_tables({"brokers": table}, {"brokers": brief}, _chosen(form, as_json))
    _print_notes(cleared)


@main.command()
@_source
@_reading
@_form
def borders(source: Path, as_of: str | None, gazetteer: Path | None, directed: bool,
            show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """List what crosses borders: corridors, gates, ties, legs, and people on both sides."""
    from ringmap.workflow import Choices, list_crossings

    choices = Choices(directed, as_of, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = list_crossings(source, choices, _asking("borders", "-"), tell=progress.tell)
    tables, notes = _crossing_tables(cleared)
    _print_tables(tables, {}, _chosen(form, as_json))
    for note in notes:
        click.echo(note, err=True)


def _crossing_tables(cleared: "Cleared") -> tuple[dict[str, "pd.DataFrame"], list[str]]:
    from ringmap.workflow import cited

    crossings = cleared.findings["crossings"]
    names = ("corridors", "gates", "spanners", "ties", "legs")
    tables = {name: cited(cleared, getattr(crossings, name)) for name in names}
    return tables, [crossings.because]


@main.command()
@_source
@_ring
@_reading
@_form
def rings(source: Path, ring: str | None, as_of: str | None, gazetteer: Path | None, directed: bool,
          show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """List the rings, their members, and how stable each membership is."""
    from ringmap.workflow import Choices, list_rings

    choices = Choices(directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        cleared = list_rings(source, choices, _asking("rings", "-"), tell=progress.tell)
    table = cleared.findings["rings"]
    brief = ["ring", "party", "name", "roles", "country", "share", "stability"]
    _print_tables({"rings": table}, {"rings": brief}, _chosen(form, as_json))
    click.echo(table.attrs["significance"]["verdict"], err=True)
    _print_notes(cleared)


@main.command()
@_source
@click.argument("a")
@click.argument("b")
@click.option(
    "--in-time", is_flag=True,
    help="Only ways whose ties can follow each other in time; undated ties may come at any time.",
)  # fmt: skip
@_reading
@_form
def path(source: Path, a: str, b: str, in_time: bool, as_of: str | None, gazetteer: Path | None,
         directed: bool, show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """Show how A is tied to B, link by link, with the evidence of each.

    A and B are ids, names, or pseudonyms as ringmap shows them.
    """
    from ringmap.workflow import Choices, cited, trace_path

    choices = Choices(directed, as_of, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        progress.tell("looking for a way")
        cleared = trace_path(source, a, b, choices, _asking("path", "-"), in_time=in_time)
    found = cleared.findings["path"]
    table = cited(cleared, found.links)
    brief = ["path", "step", "source", "target", "kind", "weight", "first", "last", "records"]
    _print_tables({"path": table}, {"path": brief}, _chosen(form, as_json))
    click.echo(found.because, err=True)


@main.command(name="map")
@_source
@_output
@_ring
@click.option(
    "--style", type=click.Choice(["explorer", "pyvis"]), default="explorer", show_default=True,
    help="The explorer, or a quick map through pyvis for up to 2,000 parties.",
)  # fmt: skip
@click.option(
    "--share", type=click.Choice(["protected"]), default="protected", show_default=True,
    help="Policy of what is shown: victims under pseudonyms, homes as provinces, ages as bands.",
)  # fmt: skip
@_basemap
@_titled
@_reading
def draw(source: Path, output: str, ring: str | None, style: str, share: str,
         basemap: Path | None, title: str | None, language: str, as_of: str | None,
         gazetteer: Path | None, directed: bool, show_victims: bool) -> None:  # fmt: skip
    """Write the ring map: one page that opens in any browser, with no network."""
    if _suffix(output, ".html") not in (".html", ".htm"):
        raise click.BadParameter(f"a map is an .html file, not {output}", param_hint="-o")
    from ringmap.workflow import Choices, draw_map

    choices = Choices(
        directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer, basemap=basemap
    )
    with Progress() as progress:
        page = draw_map(
            source, choices, _asking(f"map --share {share}", output), style=style, title=title,
            language=language, tell=progress.tell,
        )  # fmt: skip
    _write({output: page}, show_victims, source)


@main.command()
@_source
@_output
@_ring
@_titled
@_reading
def report(source: Path, output: str, ring: str | None, title: str | None, language: str,
           as_of: str | None, gazetteer: Path | None,
           directed: bool, show_victims: bool) -> None:  # fmt: skip
    """Write the analyst's report as .html, .csv or .json, by the name of the file."""
    from ringmap.workflow import Choices, write_report

    choices = Choices(directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        text = write_report(
            source, choices, _asking("report", output), suffix=_suffix(output, ".html"),
            title=title, language=language, tell=progress.tell,
        )  # fmt: skip
    _write({output: text}, show_victims, source)


@main.command()
@_source
@_output
@_ring
@_reading
def export(source: Path, output: str, ring: str | None, as_of: str | None, gazetteer: Path | None,
           directed: bool, show_victims: bool) -> None:  # fmt: skip
    """Write the graph for other tools: .graphml, .gexf, .json, or .csv with two more beside it."""
    from ringmap.workflow import Choices, export_graph

    choices = Choices(directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer)
    suffix = _suffix(output, ".graphml")
    with Progress() as progress:
        files = export_graph(
            source, choices, _asking("export", output), suffix=suffix, tell=progress.tell
        )
    if output == "-":
        _write({"-": files[""]}, show_victims, source)
        return
    path = Path(output)
    named = {str(path.with_name(f"{path.stem}{name}{path.suffix}")): t for name, t in files.items()}
    _write(named, show_victims, source)


@main.command()
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


@main.command()
@click.argument("profile")
@click.option(
    "--folder", metavar="DIR", type=click.Path(path_type=Path),
    help="A folder of invented cases. Default: cases are invented now and not kept.",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N")
@click.option("--markdown", is_flag=True, help="Print a Markdown table, as in the docs.")
@_form
def calibrate(profile: str, folder: Path | None, seed: int, workers: int, markdown: bool,
              form: str | None, as_json: bool) -> None:  # fmt: skip
    """Hold invented cases against the published figures of a profile: target beside result."""
    from ringmap.workflow import compare_profile, format_comparison

    with Progress() as progress:
        table = compare_profile(profile, folder, seed=seed, workers=workers, tell=progress.tell)
    if markdown:
        click.echo(format_comparison(table), nl=False)
    else:
        _print_tables({"calibration": table}, {}, _chosen(form, as_json))
    missed = int((~table["within"].astype(bool)).sum())
    click.echo(f"{len(table) - missed} of {len(table)} figures within their bounds", err=True)
    if missed:
        click.get_current_context().exit(1)


def _suffix(output: str, otherwise: str) -> str:
    return otherwise if output == "-" else Path(output).suffix.lower()


def _write(files: Mapping[str, str], show_victims: bool, source: "Source") -> None:
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


def _chosen(form: str | None, as_json: bool) -> Any:
    if as_json:
        return "json"
    return form or ("table" if sys.stdout.isatty() else "csv")


def _print_tables(tables: Mapping[str, "pd.DataFrame"], brief: Mapping[str, Sequence[str]],
                  form: Any) -> None:  # fmt: skip
    from ringmap.workflow import format_tables

    sys.stdout.buffer.write(format_tables(tables, form, brief=brief).encode("utf-8"))
    sys.stdout.buffer.flush()


def _print_notes(cleared: "Cleared") -> None:
    for note in cleared.findings.get("notes", []):
        click.echo(note, err=True)


def _asking(command: str, output: str) -> "Asking":
    import getpass

    from ringmap.workflow import Asking

    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "unknown"
    return Asking(_now(), user, f"ringmap {command}", output)


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
