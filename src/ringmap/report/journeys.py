"""Sections of the page on borders, routes and years."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ringmap.disclosure import put_victims_last
from ringmap.model import earliest, latest, load_words, start_of
from ringmap.report.chart import draw_years
from ringmap.report.markup import Markup, element, join
from ringmap.report.parts import Desk, escape_missing, paragraph, section, several, table
from ringmap.report.sections import rows_of

MOST_ROWS = 25

Row = Mapping[str, Any]
Writer = Callable[["Desk", Row], Sequence[object]]


def write_borders(desk: Desk) -> Markup:
    """Corridors, crossing points, people on both sides, legs and routes."""
    crossings = desk.contents.crossings
    whole = desk.contents.cleared.graphs.get("whole")
    legs = rows_of(whole.legs) if whole is not None and len(whole.legs) else []
    return section(
        "borders", desk.say("borders"),
        _told(desk, crossings),
        _table_of(desk, crossings, "corridors", _CORRIDOR, _corridor, (1, 2, 3)),
        _table_of(desk, crossings, "gates", _GATE, _gate, (2, 3)),
        _table_of(desk, crossings, "spanners", _SPANNER, _spanner, ()),
        _stages(desk, legs),
        _routes(desk, legs),
        _legs_across(desk, legs),
    )  # fmt: skip


def _told(desk: Desk, crossings: object) -> Markup | None:
    """What was found in a sentence: the finding's own, or one made of its counts."""
    said, counts = getattr(crossings, "because", None), getattr(crossings, "counts", None)
    if isinstance(said, str) and said and desk.words.language == "en":
        return paragraph(element("strong", f"{said[0].upper()}{said[1:]}."))
    if not isinstance(counts, Mapping):
        return None
    numbers = {str(name): desk.words.number(int(count)) for name, count in counts.items()}
    return paragraph(element("strong", desk.say("borders_counts", **numbers)))


def _table_of(desk: Desk, crossings: object, name: str, headings: Sequence[str],
              write: Writer, numbers: Sequence[int]) -> Markup:  # fmt: skip
    found = getattr(crossings, name, None)
    if not isinstance(found, pd.DataFrame):
        return _block(desk.say(name), paragraph(desk.say("not_looked")))
    if name == "spanners":
        found = put_victims_last(found, desk.contents.cleared.case)
    rows = rows_of(found)
    return _listed(desk, name, headings, [write(desk, row) for row in rows[:MOST_ROWS]], numbers,
                   len(rows))  # fmt: skip


def _listed(desk: Desk, name: str, headings: Sequence[str], rows: Sequence[Sequence[object]],
            numbers: Sequence[int], count: int) -> Markup:  # fmt: skip
    title = desk.say(name)
    if not rows:
        return _block(title, paragraph(desk.say("none_found")))
    told = [desk.say(one) for one in headings]
    left = count - len(rows)
    return _block(
        title, table(told, rows, numbers=numbers, caption=title),
        paragraph(desk.say("rows_left", count=left), class_="small") if left > 0 else None,
    )  # fmt: skip


def _block(title: str, *children: object) -> Markup:
    return element("div", element("h3", title), *children, class_="block")


_CORRIDOR = ("corridor", "col_legs", "col_ties", "col_victims", "period", "evidence_short")
_GATE = ("col_gate", "direction", "col_legs", "col_victims", "period", "evidence_short")
_SPANNER = ("col_person", "col_role", "ties_by_country", "evidence_short")


def _corridor(desk: Desk, row: Row) -> Sequence[object]:
    arrow = " → " if row.get("directed", True) else " – "
    ends = [desk.words.country(row[name]) for name in ("from_country", "to_country")]
    return (arrow.join(ends), desk.words.number(row["legs"]), desk.words.number(row["ties"]),
            _people(desk, row["people"]), _period(desk, row),
            desk.cite(row["records"], most=4))  # fmt: skip


def _people(desk: Desk, count: int) -> object:
    """How many are named as moved; none named is not the same as nobody moved."""
    return desk.words.number(count) if count else escape_missing(desk.say("not_recorded"))


def _gate(desk: Desk, row: Row) -> Sequence[object]:
    kind = desk.recorded(row["gate"], "kind")
    told = join(desk.name(row["gate"]), element("div", desk.words.code("place", kind), class_="id"))
    legs = desk.words.number(row["crossings"])
    if row["unsure"]:
        legs = f"{legs} ({desk.say('unsure', count=row['unsure'])})"
    return (told, _directions(desk, row), legs, _people(desk, row["people"]), _period(desk, row),
            desk.cite(row["records"], most=4))  # fmt: skip


def _directions(desk: Desk, row: Row) -> str:
    """``CN → VN: 3; VN → CN: 1`` with the names of the countries."""
    told = []
    for part in filter(None, str(row["direction"] or "").split("; ")):
        ends, _, number = part.rpartition(": ")
        named = " → ".join(desk.words.country(one) or one for one in ends.split(" → "))
        told.append(f"{named}: {number}")
    return "; ".join(told) or desk.say("not_recorded")


def _spanner(desk: Desk, row: Row) -> Sequence[object]:
    roles = desk.recorded(row["party"], "roles")
    ties = ", ".join(
        f"{desk.words.country(code)} {number}"
        for code, number in zip(row["countries"], row["ties"], strict=True)
    )
    home = desk.words.country(row["country"]) or desk.say("not_recorded")
    where = element("div", desk.say("based_in", country=home), class_="id")
    return (desk.name(row["party"]), desk.words.codes("role", roles), join(ties, where),
            desk.cite(row["records"], most=4))  # fmt: skip


def _period(desk: Desk, row: Row) -> object:
    dates = [str(one) for one in (row.get("first"), row.get("last")) if one]
    shown = [element("span", desk.words.date(date), class_="when") for date in dict.fromkeys(dates)]
    if not shown:
        return escape_missing(desk.say("not_recorded"))
    return join(shown[0], *((" – ", shown[1]) if len(shown) > 1 else ()))


def _stages(desk: Desk, legs: Sequence[Row]) -> Markup:
    """How many legs each stage has, and what crosses."""
    rows = []
    for stage in (*load_words("stage"), None):
        of_stage = [leg for leg in legs if leg["stage"] == stage]
        if not of_stage:
            continue
        across = sum(leg["crosses"] is True for leg in of_stage)
        moved = {one for leg in of_stage for one in leg["people"]}
        movers = sorted({one for leg in of_stage for one in leg["moved_by"]})
        records = {one for leg in of_stage for one in leg["records"]}
        rows.append(
            (desk.words.code("stage", stage) or desk.say("stage_unknown"),
             desk.words.number(len(of_stage)), desk.words.number(across),
             _people(desk, len(moved)),
             several([desk.plain_name(one) for one in movers], desk) or desk.say("not_recorded"),
             desk.cite(records, most=3))
        )  # fmt: skip
    headings = ("col_stage", "col_legs", "col_crossing_legs", "col_victims", "col_movers",
                "evidence_short")  # fmt: skip
    return _listed(desk, "legs", headings, rows, (1, 2, 3), len(rows))


def _routes(desk: Desk, legs: Sequence[Row]) -> Markup:
    """Each route as the places it passes, in the order of its legs."""
    by_route: dict[tuple[str, str], list[Row]] = {}
    for leg in legs:
        if leg["route"]:
            by_route.setdefault((str(leg["route"]), str(leg["case"] or "")), []).append(leg)
    rows = []
    for (route, case), of_route in sorted(by_route.items()):
        ordered = sorted(of_route, key=_leg_order)
        moved = {one for leg in ordered for one in leg["people"]}
        dates = [leg["date"] for leg in ordered]
        period = {"first": earliest(dates), "last": latest(dates)}
        rows.append(
            (route, desk.names.get(case, case), _course(desk, ordered), _people(desk, len(moved)),
             _period(desk, period), desk.cite({r for leg in ordered for r in leg["records"]},
                                              most=3))
        )  # fmt: skip
    headings = ("routes", "col_case", "col_stops", "col_victims", "period", "evidence_short")
    return _listed(desk, "routes", headings, rows[:MOST_ROWS], (3,), len(rows))


def _leg_order(leg: Row) -> tuple[int, float, str, str]:
    number = str(leg["leg"] or "")
    known = number.replace(".", "", 1).isdigit()
    return (0 if known else 1, float(number) if known else 0.0, start_of(leg["date"] or ""),
            str(leg["event"]))  # fmt: skip


def _course(desk: Desk, legs: Sequence[Row]) -> Markup:
    """Places in order; a border is marked by the crossing point, a gap by an ellipsis."""
    pieces: list[object] = []
    at = None
    for leg in legs:
        if leg["from_place"] != at:
            pieces += [" … " if at is not None else None, _place(desk, leg["from_place"])]
        gate = desk.names.get(str(leg["crossing"])) if leg["crossing"] else None
        if leg["crosses"] is True or gate:
            told = gate or desk.say("gate_unknown")
            pieces += [" ", element("span", f"⟨{told}⟩", class_="gate")]
        pieces += [" → ", _place(desk, leg["to_place"])]
        at = leg["to_place"]
    return join(*pieces)


def _place(desk: Desk, party: object) -> Markup:
    return element("bdi", desk.names.get(str(party), str(party)))


def _legs_across(desk: Desk, legs: Sequence[Row]) -> Markup:
    across = [leg for leg in legs if leg["crosses"] is True]
    across.sort(key=lambda leg: (start_of(leg["date"] or "9999"), str(leg["event"])))
    rows = [
        (element("span", desk.words.date(leg["date"]), class_="when") if leg["date"]
         else escape_missing(desk.say("not_recorded")),
         join(_place(desk, leg["from_place"]), " → ", _place(desk, leg["to_place"]),
              element("div", _by(desk, leg), class_="id")),
         _place(desk, leg["crossing"]) if leg["crossing"] else escape_missing(
             desk.say("not_recorded")),
         several([desk.plain_name(one) for one in leg["people"]], desk)
         or escape_missing(desk.say("not_recorded")),
         several([desk.plain_name(one) for one in leg["moved_by"]], desk)
         or escape_missing(desk.say("not_recorded")),
         desk.cite(leg["records"], most=3))
        for leg in across[:MOST_ROWS]
    ]  # fmt: skip
    headings = ("col_date", "course", "col_gate", "col_victims", "col_movers", "evidence_short")
    return _listed(desk, "leg_list", headings, rows, (), len(across))


def _by(desk: Desk, leg: Row) -> str:
    told = [desk.words.code("event", leg["kind"]), desk.words.code("transport", leg["transport"])]
    if leg["legal_exit"]:
        told.append(desk.words.code("legal_exit", leg["legal_exit"]))
    return "; ".join(one for one in told if one)


def write_years(desk: Desk) -> Markup:
    """Counts by year, drawn and as a table."""
    heading, years = desk.say("years"), rows_of(desk.contents.years)
    if not years:
        return section("years", heading, paragraph(desk.say("none_found")))
    names = [_year(desk, row["year"]) for row in years]
    columns = ("cases", "offenders", "victims")
    series = [(desk.say(name), [int(row[name]) for row in years]) for name in columns]
    rows = [(year, *(desk.words.number(values[place]) for _, values in series))
            for place, year in enumerate(names)]  # fmt: skip
    title = desk.say("chart_title")
    headings = [desk.say("col_year"), *(name for name, _ in series)]
    return section(
        "years", heading,
        draw_years(names, series, title) if len(names) <= 40 else None,
        table(headings, rows, numbers=(1, 2, 3), caption=heading, class_="narrow"),
        paragraph(desk.say("total_note"), class_="small"),
    )  # fmt: skip


def _year(desk: Desk, year: object) -> str:
    text = str(year)
    return text if text[:1].isdigit() else desk.say("year_unknown")
