"""Commands that write pages and files: demo, map, report, export."""

from pathlib import Path

import click

from ringmap.cli.options import (
    with_basemap,
    with_output,
    with_reading,
    with_ring,
    with_source,
    with_title,
)
from ringmap.cli.printing import note_asking, suffix_of, write_files
from ringmap.cli.progress import Progress


@click.command()
@click.argument("case", default="bride_line")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("ringmap-demo"), show_default=True,
    help="Folder for the store, the ring map and the report.",
)  # fmt: skip
@click.option("--no-open", is_flag=True, help="Do not open the map in a browser.")
@click.option("--language", type=click.Choice(["en", "vi"]), default="en", show_default=True)
@with_basemap
def demo(case: str, out: Path, no_open: bool, language: str, basemap: Path | None) -> None:
    """Load an invented case, write its ring map and report, and open the map.

    Cases: bride_line, fraud_compound, infant_line. All people in them are invented.
    """
    from ringmap.workflow import demonstrate

    asking = note_asking("demo", str(out))
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


@click.command(name="map")
@with_source
@with_output
@with_ring
@click.option(
    "--style", type=click.Choice(["explorer", "pyvis"]), default="explorer", show_default=True,
    help="The explorer, or a quick map through pyvis for up to 2,000 parties.",
)  # fmt: skip
@click.option(
    "--share", type=click.Choice(["protected"]), default="protected", show_default=True,
    help="Policy of what is shown: victims under pseudonyms, homes as provinces, ages as bands.",
)  # fmt: skip
@with_basemap
@with_title
@with_reading
def draw(source: Path, output: str, ring: str | None, style: str, share: str,
         basemap: Path | None, title: str | None, language: str, as_of: str | None,
         gazetteer: Path | None, directed: bool, show_victims: bool) -> None:  # fmt: skip
    """Write the ring map: one page that opens in any browser, with no network."""
    if suffix_of(output, ".html") not in (".html", ".htm"):
        raise click.BadParameter(f"a map is an .html file, not {output}", param_hint="-o")
    from ringmap.workflow import Choices, draw_map

    choices = Choices(
        directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer, basemap=basemap
    )
    with Progress() as progress:
        page = draw_map(
            source, choices, note_asking(f"map --share {share}", output), style=style, title=title,
            language=language, tell=progress.tell,
        )  # fmt: skip
    write_files({output: page}, show_victims, source)


@click.command()
@with_source
@with_output
@with_ring
@with_title
@with_reading
def report(source: Path, output: str, ring: str | None, title: str | None, language: str,
           as_of: str | None, gazetteer: Path | None,
           directed: bool, show_victims: bool) -> None:  # fmt: skip
    """Write the analyst's report as .html, .csv or .json, by the name of the file."""
    from ringmap.workflow import Choices, write_report

    choices = Choices(directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer)
    with Progress() as progress:
        text = write_report(
            source, choices, note_asking("report", output), suffix=suffix_of(output, ".html"),
            title=title, language=language, tell=progress.tell,
        )  # fmt: skip
    write_files({output: text}, show_victims, source)


@click.command()
@with_source
@with_output
@with_ring
@with_reading
def export(source: Path, output: str, ring: str | None, as_of: str | None, gazetteer: Path | None,
           directed: bool, show_victims: bool) -> None:  # fmt: skip
    """Write the graph for other tools: .graphml, .gexf, .json, or .csv with two more beside it."""
    from ringmap.workflow import Choices, export_graph

    choices = Choices(directed, as_of, ring=ring, show_victims=show_victims, gazetteer=gazetteer)
    suffix = suffix_of(output, ".graphml")
    with Progress() as progress:
        files = export_graph(
            source, choices, note_asking("export", output), suffix=suffix, tell=progress.tell
        )
    if output == "-":
        write_files({"-": files[""]}, show_victims, source)
        return
    path = Path(output)
    named = {str(path.with_name(f"{path.stem}{name}{path.suffix}")): t for name, t in files.items()}
    write_files(named, show_victims, source)
