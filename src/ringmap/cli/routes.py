"""The command that prints routes: journeys, corridors, choke points, separators, witnesses."""

from pathlib import Path

import click

from ringmap.cli.options import with_form, with_reading, with_source
from ringmap.cli.printing import choose_form, note_asking, print_notes, print_tables
from ringmap.cli.progress import Progress

_BRIEF = {
    "routes": ["rank", "course_names", "journeys", "people", "gate_names", "first", "last"],
    "journeys": ["journey", "person", "place_names", "gate_names", "legs", "gaps", "doubtful",
                 "returned", "first", "last"],
    "legs": ["journey", "step", "person", "kind", "date", "from_name", "to_name", "gate_name",
             "join", "order"],
    "corridors": ["rank", "from_name", "to_name", "journeys", "people", "legs", "returns",
                  "gate_names", "first", "last"],
    "choke_points": ["rank", "point", "name", "kind", "journeys", "through", "without_other_way",
                     "betweenness", "is_cut", "because"],
    "links": ["rank", "from_name", "to_name", "journeys", "without_other_way",
              "edge_betweenness", "is_bridge"],
    "gates_over_time": ["from_point", "from_name", "period", "legs", "possible", "people"],
    "corridors_over_time": ["from_name", "to_name", "period", "legs", "possible", "people"],
    "changes": ["of", "from_name", "to_name", "state", "legs", "first", "last", "because"],
    "separators": ["set", "member", "name", "kind", "from_name", "to_name", "sets", "because"],
    "who_may_know": ["rank", "party", "name", "roles", "route", "days_before", "steps", "because",
                     "records"],
    "witnesses": ["party", "together", "last_together", "because", "records"],
    "where_to_ask": ["rank", "place", "name", "people", "last", "because", "records"],
}  # fmt: skip


@click.command()
@with_source
@click.option(
    "--by", type=click.Choice(["place", "province", "country"]), default="place",
    show_default=True, help="Level of routes, corridors and choke points.",
)  # fmt: skip
@click.option(
    "--period", type=click.Choice(["year", "quarter"]), default="year", show_default=True,
    help="How finely to follow gates and corridors over time.",
)  # fmt: skip
@click.option(
    "--victim", metavar="WHO",
    help="Also list who may know where this victim is: an id, a name, or a pseudonym.",
)  # fmt: skip
@click.option(
    "--separate", type=click.Choice(["parties", "ties", "strength", "gates", "places", "links"]),
    help="Also list the smallest sets of these that stand between victims and exploiters "
    "(parties, ties, strength) or between both ends of journeys (gates, places, links).",
)  # fmt: skip
@click.option(
    "--rank-victims", is_flag=True, help="Rank victims who moved others with the carriers."
)
@with_reading
@with_form
def routes(source: Path, by: str, period: str, victim: str | None, separate: str | None,
           rank_victims: bool, as_of: str | None, gazetteer: Path | None, directed: bool,
           show_victims: bool, form: str | None, as_json: bool) -> None:  # fmt: skip
    """Join legs into journeys, and list routes, corridors, choke points and their changes.

    With --victim also who, and which places, may lead to someone who is missing. Other
    victims stand apart, as witnesses under pseudonyms. "No other way" means none on record.
    """
    from ringmap.workflow import Choices, RouteQuestions, cited, list_routes

    choices = Choices(directed, as_of, rank_victims=rank_victims, show_victims=show_victims,
                      gazetteer=gazetteer)  # fmt: skip
    questions = RouteQuestions(by, period, victim, separate)
    with Progress() as progress:
        cleared = list_routes(source, questions, choices, note_asking("routes", "-"),
                              tell=progress.tell)  # fmt: skip
    tables = {name: cited(cleared, table) for name, table in cleared.findings["tables"].items()}
    print_tables(tables, _BRIEF, choose_form(form, as_json))
    print_notes(cleared)
