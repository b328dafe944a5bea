"""Sections of the page on people: summary, brokers, rings, roles, doubts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ringmap.analysis import BROKER, MEDIATION
from ringmap.report.contents import find_significance, find_verdict
from ringmap.report.doubts import Contradiction, WeakTie
from ringmap.report.markup import Markup, element, join
from ringmap.report.parts import (
    Desk,
    escape_missing,
    framed,
    head,
    paragraph,
    section,
    several,
    table,
)
from ringmap.report.reasons import tell_reason

MOST_BROKERS = 15
MOST_RINGS = 12
MOST_MEMBERS = 25
MOST_PEOPLE = 120
MOST_WEAK = 40
MOST_CONTRADICTIONS = 60
#: A membership that holds in this share of runs is called firm.
FIRM = 0.75
_ACROSS = tuple(name for name in MEDIATION if name != "coordinator")


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as Python values, None where not recorded."""
    columns = {str(name): table[name].astype(object).where(table[name].notna(), None).tolist()
               for name in table.columns}  # fmt: skip
    return [{name: cells[row] for name, cells in columns.items()} for row in range(len(table))]


def top_brokers(desk: Desk) -> list[dict[str, Any]]:
    """Ranked people who stand between anybody, in rank order."""
    ranked = desk.contents.brokers[desk.contents.brokers["rank"].notna()]
    if "betweenness" in ranked.columns:
        ranked = ranked[ranked["betweenness"] > 0]
    return rows_of(ranked)


def write_summary(desk: Desk) -> Markup:
    """What the report comes to, in a few lines."""
    return section("summary", desk.say("summary"), element("ul", *(
        element("li", line) for line in _summary(desk)
    ), class_="summary"))  # fmt: skip


def _summary(desk: Desk) -> Iterator[object]:
    yield element("strong", _verdict(desk))
    named = _named_brokers(desk)
    if named and desk.words.language == "en":  # in Vietnamese the verdict has the names
        yield desk.say("brokers_named", names=named)
    top = top_brokers(desk)[:3]
    if top:
        yield desk.say("rank_first", names=", ".join(desk.plain_name(row["party"]) for row in top))
    rings = desk.contents.rings
    inside = rings[rings["ring"].notna()]
    if len(inside):
        firm = int((pd.to_numeric(inside["stability"]) >= FIRM).sum())
        count = desk.words.number(int(inside["ring"].nunique()))
        yield desk.say("rings_found", rings=count, firm=firm, all=len(inside))
    elif "rings" in desk.contents.cleared.findings:
        yield desk.say("rings_none")
    yield from _summary_of_borders(desk)
    weak = desk.contents.weak
    single = sum(one.reason == "single" or len(one.records) == 1 for one in weak)
    ties = desk.contents.sizes()["ties"]
    if ties:
        yield desk.say("weak_share", weak=len(weak), all=ties, single=single)
    if desk.contents.contradictions:
        yield desk.say("contradiction_count", count=len(desk.contents.contradictions))


def _summary_of_borders(desk: Desk) -> Iterator[str]:
    crossings = desk.contents.crossings
    corridors, gates = (getattr(crossings, name, None) for name in ("corridors", "gates"))
    if isinstance(corridors, pd.DataFrame) and len(corridors):
        first = rows_of(corridors.head(1))[0]
        ends = [desk.words.country(first[name]) for name in ("from_country", "to_country")]
        yield desk.say("corridor_first", name=" → ".join(ends))
    if isinstance(gates, pd.DataFrame) and len(gates):
        yield desk.say("gate_first", name=desk.plain_name(gates["gate"].iloc[0]))


def _verdict(desk: Desk) -> str:
    said = find_verdict(desk.contents)
    if said is None:
        return desk.say("verdict_none")
    if desk.words.language == "en":
        return f"{said[0].upper()}{said[1:]}."
    # The verdict is an English sentence; its brokers are those who have the verdict in their row.
    names = _named_brokers(desk)
    count = len(_called_brokers(desk))
    return desk.say("verdict_found", count=count, names=names) if count else (
        desk.say("verdict_nobody"))  # fmt: skip


def _called_brokers(desk: Desk) -> list[str]:
    """Ranked people whose row has the verdict; the first by rank need not be among them."""
    table = desk.contents.brokers
    if "verdict" not in table.columns:
        return []
    return list(table["party"][table["verdict"].eq(BROKER) & table["rank"].notna()])


def _named_brokers(desk: Desk) -> str:
    return several([desk.plain_name(party) for party in _called_brokers(desk)], desk, most=5)


def write_caveats(desk: Desk) -> Markup | None:
    """What limits every number of the report."""
    told = [pair[desk.words.language == "vi"] for pair in desk.contents.caveats]
    told.append(desk.say("ranking_note"))
    items = [element("li", text) for text in dict.fromkeys(told)]
    return element("section", element("h2", desk.say("caveats")), element("ul", *items),
                   id="caveats", class_="warn")  # fmt: skip


def write_brokers(desk: Desk) -> Markup:
    """The ranking, two lines a person: the measures, then the reason and its records."""
    rows = top_brokers(desk)
    heading = desk.say("brokers")
    if not rows:
        return section("brokers", heading, paragraph(_verdict(desk)),
                       paragraph(desk.say("no_brokers")))  # fmt: skip
    columns = _broker_columns(rows)
    headings = [desk.say(f"col_{name}") for name in ("rank", "person", "role", "country", *columns)]
    right = [0, *range(4, len(headings))]
    level = pd.Series([row["rank"] for row in rows]).value_counts()
    bodies = [
        _broker_body(desk, row, columns, right, int(level[row["rank"]]) > 1)
        for row in rows[:MOST_BROKERS]
    ]
    unranked = int(desk.contents.brokers["rank"].isna().sum())
    return section(
        "brokers", heading,
        paragraph(element("strong", _verdict(desk))),
        element("p", desk.say("ranking_note"), class_="beside"),
        framed(head(headings, right), *bodies, caption=heading, class_="brokers"),
        _left_out(desk, "more_brokers", len(rows), MOST_BROKERS),
        paragraph(desk.say("unranked", count=unranked), class_="small") if unranked else None,
    )  # fmt: skip


def _left_out(desk: Desk, key: str, all_rows: int, shown: int) -> Markup | None:
    if all_rows <= shown:
        return None
    return paragraph(desk.say(key, shown=shown, all=all_rows), class_="small")


_BROKER_COLUMNS = {
    "betweenness": "betweenness", "share": "betweenness_normalized", "degree": "degree",
    "constraint": "constraint", "effective": "effective_size", "across": "gf_total",
    "cuts": "is_cut_vertex",
}  # fmt: skip


def _broker_columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name, column in _BROKER_COLUMNS.items() if column in rows[0]]


def _broker_body(desk: Desk, row: Mapping[str, Any], columns: Sequence[str],
                 right: Sequence[int], level: bool) -> Markup:  # fmt: skip
    rank: object = row["rank"]
    if level:
        rank = join(rank, " ", element("span", desk.say("level_with"), class_="id"))
    country = desk.words.country(row["country"]) or desk.say("not_recorded")
    cells: list[object] = [rank, desk.name(row["party"]), _role_line(desk, row), country]
    cells += [_measure(desk, row, name) for name in columns]
    numbers = [
        element("th" if place == 1 else "td", cell, class_="n" if place in right else None,
                scope="row" if place == 1 else None)
        for place, cell in enumerate(cells)
    ]  # fmt: skip
    reason = element(
        "td", element("b", f"{desk.say('because')}: "), tell_reason(desk, row), ". ",
        element("b", f"{desk.say('evidence_short')}: "), desk.cite(row["records"]),
        colspan=len(cells) - 1,
    )  # fmt: skip
    return element(
        "tbody", element("tr", *numbers), element("tr", element("td", ""), reason, class_="why")
    )


def _role_line(desk: Desk, row: Mapping[str, Any]) -> object:
    roles = desk.words.codes("role", row["roles"])
    standing = desk.words.codes("standing", row["standing"])
    if not roles and not standing:
        return escape_missing(desk.say("not_recorded"))
    if not standing:
        return roles
    return join(roles, " · " if roles else None, element("span", standing, class_="id"))


def _measure(desk: Desk, row: Mapping[str, Any], name: str) -> str:
    value = row[_BROKER_COLUMNS[name]]
    if name == "cuts":
        return desk.say("yes" if value else "no")
    if name == "share":
        return desk.words.percent(value)
    if name == "across":
        told = [row[one] for one in _ACROSS if row.get(one) is not None]
        return desk.words.number(int(sum(told)) if len(told) == len(_ACROSS) else None)
    if name == "degree":
        return desk.words.number(int(value))
    return desk.words.number(value, digits=1 if name == "betweenness" else 2)


def write_rings(desk: Desk) -> Markup:
    """Each ring with its members and how stable each membership is."""
    heading, rings = desk.say("rings"), desk.contents.rings
    if "rings" not in desk.contents.cleared.findings:
        return section("rings", heading, paragraph(desk.say("not_looked")))
    inside = rings[rings["ring"].notna()]
    sure = _significance(desk)
    told = paragraph(element("strong", sure)) if sure else None
    sizes = inside["ring"].value_counts()
    order = sorted(sizes.index, key=lambda ring: (-int(sizes[ring]), str(ring)))
    blocks = [_ring(desk, ring, inside[inside["ring"] == ring]) for ring in order[:MOST_RINGS]]
    left = len(order) - MOST_RINGS
    outside = int(rings["ring"].isna().sum())
    return section(
        "rings", heading, told, paragraph(desk.say("ring_note"), class_="beside"), *blocks,
        None if blocks else paragraph(desk.say("none_found")),
        paragraph(desk.say("more_rings", count=left), class_="small") if left > 0 else None,
        _shared(desk),
        paragraph(desk.say("no_ring", count=outside), class_="small") if outside else None,
    )  # fmt: skip


def _significance(desk: Desk) -> str | None:
    """How sure the rings are: the finding's sentence, or one made of its numbers."""
    said = find_significance(desk.contents, desk.words.language)
    if said:
        return f"{said[0].upper()}{said[1:]}."
    numbers = desk.contents.rings.attrs.get("significance")
    if not isinstance(numbers, dict) or not {"statistic", "null_mean", "z"} <= numbers.keys():
        return None
    inside, chance = (desk.words.percent(numbers[name]) for name in ("statistic", "null_mean"))
    return desk.say("rings_sure", inside=inside, chance=chance, z=desk.words.number(numbers["z"]))


def _ring(desk: Desk, ring: object, members: pd.DataFrame) -> Markup:
    about = desk.contents.cleared.case.parties.set_index("party")
    rows = rows_of(members.sort_values(["share", "stability", "party"],
                                       ascending=[False, False, True]))  # fmt: skip
    countries = sorted({str(one) for one in about["country"].reindex(members["party"]).dropna()})
    names = ", ".join(desk.words.country(one) for one in countries) or desk.say("not_recorded")
    stability = desk.words.percent(float(pd.to_numeric(members["stability"]).mean()))
    line = desk.say(
        "ring_line", count=members["party"].nunique(), stability=stability, countries=names
    )
    listed = []
    for row in rows[:MOST_MEMBERS]:
        person = about.loc[row["party"]]
        facts = {name: person[name] if isinstance(person[name], str) else None
                 for name in ("roles", "standing", "country")}  # fmt: skip
        listed.append(
            (desk.name(row["party"]), _role_line(desk, facts),
             desk.words.country(facts["country"]) or desk.say("not_recorded"),
             desk.words.percent(row["share"]), desk.words.percent(row["stability"]))
        )  # fmt: skip
    headings = [desk.say(f"col_{name}") for name in ("member", "role", "country", "member_share",
                                                     "stability")]  # fmt: skip
    left = len(rows) - MOST_MEMBERS
    called = _called(desk, ring)
    title = desk.say("ring", name=f"{ring}: {called['name']}" if called else ring)
    return element(
        "div", element("h3", title), paragraph(line), _why_called(desk, called),
        table(headings, listed, numbers=(3, 4), caption=title),
        paragraph(desk.say("more_members", count=left), class_="small") if left > 0 else None,
        class_="block",
    )  # fmt: skip


def _called(desk: Desk, ring: object) -> dict[str, Any] | None:
    """The row of a ring's name, with name and reason in the language of the report."""
    rows = rows_of(desk.contents.ring_names[desk.contents.ring_names["ring"] == ring])
    if not rows:
        return None
    told = rows[0]
    if desk.words.language == "vi":
        told |= {"name": told["name_vi"], "because": told.get("because_vi")}
    return told


def _why_called(desk: Desk, called: Mapping[str, Any] | None) -> Markup | None:
    """Why a ring is called so, and the records behind it."""
    if not called or not called.get("because"):
        return None
    return paragraph(join(
        element("b", f"{desk.say('why_called')}: "), called["because"], ". ",
        element("b", f"{desk.say('evidence_short')}: "), desk.cite(called["records"]),
    ), class_="small")  # fmt: skip


def _shared(desk: Desk) -> Markup | None:
    """People of several rings, two sentences a person."""
    rows = rows_of(desk.contents.shared)
    if not rows:
        return None
    reason = "because_vi" if desk.words.language == "vi" else "because"
    listed = [(desk.name(row["party"]), row[reason], desk.cite(row["records"]))
              for row in rows[:MOST_MEMBERS]]  # fmt: skip
    title = desk.say("shared")
    headings = [desk.say("col_person"), desk.say("because"), desk.say("evidence_short")]
    left = len(rows) - MOST_MEMBERS
    return element(
        "div", element("h3", title), table(headings, listed, caption=title),
        paragraph(desk.say("more_members", count=left), class_="small") if left > 0 else None,
        class_="block",
    )  # fmt: skip


def write_people(desk: Desk) -> Markup:
    """Every person with the role and standing that each case gives."""
    case = desk.contents.cleared.case
    parties = case.parties["party"].astype(str).tolist()
    people = [place for place, kind in enumerate(case.parties["type"]) if kind == "person"]
    ranks = {str(row["party"]): place for place, row in enumerate(rows_of(desk.contents.brokers))}
    people.sort(key=lambda place: (ranks.get(parties[place], len(ranks)), parties[place]))
    roles = case.roles[case.roles["person"].isin(people[:MOST_PEOPLE])]
    of_person = {int(str(one)): group for one, group in roles.groupby("person", sort=True)}
    rows = [
        (desk.name(parties[place]),
         desk.words.country(_text(case.parties["country"].iat[place])) or desk.say("not_recorded"),
         _roles_in_cases(desk, of_person.get(place), parties))
        for place in people[:MOST_PEOPLE]
    ]  # fmt: skip
    left = len(people) - MOST_PEOPLE
    heading = desk.say("parties")
    headings = [desk.say("col_person"), desk.say("col_country"), desk.say("col_in_cases")]
    return section(
        "people", heading, paragraph(desk.say("suspected_note")),
        table(headings, rows, caption=heading) if rows else paragraph(desk.say("none_found")),
        paragraph(desk.say("more_people", count=left), class_="small") if left > 0 else None,
    )  # fmt: skip


def _roles_in_cases(desk: Desk, roles: pd.DataFrame | None, parties: Sequence[str]) -> Markup:
    if roles is None:
        return escape_missing(desk.say("not_recorded"))
    lines = []
    for case, group in roles.groupby("case", sort=True):
        place = int(str(case))
        name = parties[place] if place >= 0 else None
        told = dict.fromkeys(
            _role_and_standing(desk, role, standing)
            for role, standing in zip(group["role"], group["standing"], strict=True)
        )
        text = "; ".join(one for one in told if one) or desk.say("not_recorded")
        start = join(element("b", desk.names.get(name, name)), ": ") if name else None
        lines.append(element("div", start, text, " ", desk.cite(group["record"], most=1)))
    return join(*lines)


def _role_and_standing(desk: Desk, role: object, standing: object) -> str:
    told = [desk.words.code("role", role), desk.words.code("standing", standing)]
    return ", ".join(one for one in told if one)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def write_contradictions(desk: Desk) -> Markup:
    """Where records differ, every version with its records."""
    heading, found = desk.say("contradictions"), desk.contents.contradictions
    if not found:
        return section("contradictions", heading, paragraph(desk.say("no_contradictions")))
    rows = [
        (_about(desk, one), _column(desk, one.column),
         join(*(element("div", _value(desk, one, value), " ", desk.cite(records, most=3))
                for value, records in one.values)))
        for one in found[:MOST_CONTRADICTIONS]
    ]  # fmt: skip
    headings = [desk.say(f"col_{name}") for name in ("about", "what", "versions")]
    left = len(found) - MOST_CONTRADICTIONS
    return section(
        "contradictions", heading, paragraph(desk.say("contradiction_note")),
        table(headings, rows, caption=heading),
        paragraph(desk.say("rows_left", count=left), class_="small") if left > 0 else None,
    )  # fmt: skip


def _about(desk: Desk, one: Contradiction) -> object:
    if one.of == "party":
        return desk.name(one.about[0])
    if one.of == "event":
        kind = desk.words.code("event", one.about[1] or None) or desk.say("not_recorded")
        return desk.say("event_of", event=one.about[0], kind=kind)
    source, target, kind = one.about
    return desk.say(
        "tie_of", source=desk.plain_name(source), target=desk.plain_name(target),
        kind=desk.words.code("tie", kind),
    )  # fmt: skip


def _column(desk: Desk, column: str) -> str:
    return desk.words.code("column", column.removesuffix("_as_written"))


_CODED = {"transport": "transport", "stage": "stage", "legal_exit": "legal_exit", "sex": "sex",
          "status": "case_status"}  # fmt: skip
_DATES = ("date", "end_date", "first", "last", "born", "reported", "detected", "prosecuted",
          "tried", "received")  # fmt: skip


def _value(desk: Desk, one: Contradiction, value: str) -> object:
    if one.column in ("from_place", "to_place", "crossing"):
        return desk.name(value)
    if one.column in ("country", "nationality"):
        return desk.words.country(value) or value
    if one.column == "kind":
        return desk.words.any_code(value, "place", "identifier", "organisation")
    if one.column in _CODED:
        return desk.words.code(_CODED[one.column], value)
    return desk.words.date(value) if one.column in _DATES else value


def write_weak(desk: Desk) -> Markup:
    """Ties between people that little stands behind."""
    heading, found = desk.say("weak"), desk.contents.weak
    if not found:
        key = "no_weak" if desk.contents.sizes()["ties"] else "none_found"
        return section("weak", heading, paragraph(desk.say(key)))
    rows = [(_tie(desk, one), one.case or "", _why_weak(desk, one), desk.cite(one.records, most=4))
            for one in found[:MOST_WEAK]]  # fmt: skip
    headings = [desk.say(f"col_{name}") for name in ("tie", "case", "why_weak")]
    return section(
        "weak", heading, paragraph(desk.say("weak_note")),
        table([*headings, desk.say("evidence_short")], rows, caption=heading),
        _left_out(desk, "weak_more", len(found), MOST_WEAK),
    )  # fmt: skip


def _tie(desk: Desk, one: WeakTie) -> Markup:
    arrow = " → " if one.directed else " – "
    kind = desk.words.code("tie", one.kind)
    return join(desk.name(one.source), arrow, desk.name(one.target),
                element("div", kind, class_="id"))  # fmt: skip


def _why_weak(desk: Desk, one: WeakTie) -> str:
    return desk.say(f"weak_{one.reason}", grades=", ".join(one.grades))
