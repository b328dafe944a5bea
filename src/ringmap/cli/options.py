"""Arguments and options that several commands take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _as_source(named: str) -> Any:
    """A path, or the address of a database, whose slashes no path would keep."""
    if "://" not in named:
        return Path(named)
    from ringmap.records import as_source

    return as_source(named)


def with_source(command: Command) -> Command:
    return click.argument("source", type=_as_source)(command)


def with_sources(command: Command) -> Command:
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=_as_source)(
        command
    )


def with_form(command: Command) -> Command:
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


def with_records(command: Command) -> Command:
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
            help="Write rows that are refused, whole or in part, here with the reasons: a .csv "
            "file for one table, a folder for several. Correct them and load them again.",
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


def with_reading(command: Command) -> Command:
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


def with_output(command: Command) -> Command:
    return click.option(
        "-o",
        "--output",
        "output",
        required=True,
        metavar="FILE",
        help="Where to write; - is stdout.",
    )(command)


def with_title(command: Command) -> Command:
    command = click.option("--title", help="Heading of the page. Default: the source's name.")(
        command
    )
    return click.option(
        "--language", type=click.Choice(["en", "vi"]), default="en", show_default=True,
        help="Language that the page opens in.",
    )(command)  # fmt: skip


with_basemap = click.option(
    "--basemap", metavar="B.json", type=click.Path(path_type=Path),
    help="Draw this map under the routes instead of ringmap's: GeoJSON, or the form that "
    "'ringmap formats places' shows.",
)  # fmt: skip


with_ring = click.option("--ring", metavar="R", help="Look at one ring alone, by its number.")


def _read_share(context: click.Context, option: click.Parameter, told: str | None) -> float | None:
    """A share written as 0.1 or 10%."""
    if told is None:
        return None
    text = told.strip()
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise click.BadParameter(
            f"'{text}' is no share; write 0.1 or 10%, and SOURCE before --doubt"
        ) from None
    if not 0 <= share < 1:
        raise click.BadParameter(f"{text} is no share from 0 to 1")
    return share


with_doubt = click.option(
    "--doubt", callback=_read_share, is_flag=False, flag_value="0.1", metavar="[RATE]",
    help="Show between which ranks each person would lie if so many ties, and a fifth as many "
    "people, are not in the records. Default: 10% where it takes about a second; 0 for none.",
)  # fmt: skip
