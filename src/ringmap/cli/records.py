"""Commands that read records: check, load, formats."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ringmap.cli.options import with_form, with_records, with_sources
from ringmap.cli.printing import choose_form, now
from ringmap.cli.progress import Progress
from ringmap.errors import RecordsError


@click.command()
@with_sources
@with_records
@click.option(
    "--suggest-mapping", is_flag=True,
    help="Print a mapping proposed from headings and cells, and read nothing with it.",
)  # fmt: skip
@with_form
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
    chosen = choose_form(form, as_json)
    _print_receipt(result.receipt, chosen)
    _keep_receipt(result.receipt, receipt, sources, language)
    _write_rejected(result.rejected, reject_file)
    if not result.receipt.accepted:
        if chosen != "table":  # a table to read tells it already
            _say_fatal(result.receipt)
        click.get_current_context().exit(1)


@click.command()
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
        receipt, target.suffix.lower(), title=title, read_at=now(), language=language
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
        click.echo(f"{path}: rows to be corrected and loaded again", err=True)


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


@click.command()
@with_sources
@click.option(
    "--into", required=True, metavar="FILE.ringmap", type=click.Path(path_type=Path),
    help="The store; made when there is none.",
)  # fmt: skip
@with_records
@with_form
def load(sources: Sequence[Path], into: Path, form: str | None, as_json: bool,
         reject_file: Path | None, receipt: Path | None, language: str,
         **how: Any) -> None:  # fmt: skip
    """Read a source and keep it in a store: all of it or nothing.

    Prints the import receipt. Loading the same source again changes nothing, unless it is read
    otherwise, as with a corrected mapping.
    """
    from ringmap.workflow import Reading, load_sources

    reading = Reading(**how)
    _check_targets(receipt, reject_file, [*sources, into, reading.mapping, reading.gazetteer])
    with Progress() as progress:
        loaded = load_sources(sources, into, reading, loaded_at=now(), tell=progress.tell)
    _print_receipt(loaded.receipt, choose_form(form, as_json))
    _keep_receipt(loaded.receipt, receipt, sources, language)
    _write_rejected(loaded.rejected, reject_file)
    added = loaded.added
    if not added.changed:
        click.echo(f"{into}: already holds these files; nothing changed", err=True)
        return
    known, left = added.records_known, added.records_left
    told = f", {known} were there already and count as they are read now" if known else ""
    told += f"; {left} of rows that are not used now stay as they were" if left else ""
    click.echo(f"{into}: {added.records_new} records added{told}", err=True)
