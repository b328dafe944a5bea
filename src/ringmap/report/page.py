"""The report as one printable page that fetches nothing and runs nothing."""

from ringmap.disclosure import Cleared
from ringmap.report import journeys, sections
from ringmap.report.contents import gather_contents
from ringmap.report.frame import whole_page
from ringmap.report.markup import Markup, element, escape, join, legible
from ringmap.report.parts import Desk, paragraph, section, table
from ringmap.report.records import Citations, Piece
from ringmap.report.wording import wording_in

_CONTENTS = ("summary", "caveats", "brokers", "rings", "borders", "years", "people",
             "contradictions", "weak", "glossary", "evidence", "sources")  # fmt: skip
_PHRASE = {"people": "parties"}


def render_report(cleared: Cleared, *, title: str, language: str = "en") -> str:
    """The report as HTML text, in English (``en``) or Vietnamese (``vi``).

    One file without scripts that loads nothing. Every number in brackets leads to the
    record behind it. Long tables are cut and say so; `report_json` has all.

    Raises
    ------
    OutputError
        If the report does not speak the language.
    DisclosureError
        If `cleared` is anything but a `Cleared`.
    """
    words = wording_in(language)
    contents = gather_contents(cleared)
    desk = Desk(contents, words, Citations(contents.archive), contents.names)
    body = [
        sections.write_summary(desk),
        sections.write_caveats(desk),
        sections.write_brokers(desk),
        sections.write_rings(desk),
        journeys.write_borders(desk),
        journeys.write_years(desk),
        sections.write_people(desk),
        sections.write_contradictions(desk),
        sections.write_weak(desk),
        _glossary(desk),
    ]
    # Evidence comes last, once every section has cited what it rests on.
    main = element("main", *body, _evidence(desk), _sources(desk))
    shown = legible(title)
    return whole_page(shown, language, _heading(desk, shown), _list_of_contents(desk), main)


def _heading(desk: Desk, title: str) -> Markup:
    sizes = [
        element("span", element("b", desk.words.number(count)), " ", desk.say(f"size_{name}"))
        for name, count in desk.contents.sizes().items()
    ]
    if period := desk.contents.period():
        years = " – ".join(dict.fromkeys(period))
        sizes.append(element("span", element("b", years), " ", desk.say("size_period")))
    return element(
        "header",
        paragraph(desk.say("kicker"), class_="kicker"),
        element("h1", title),
        element("p", join(*sizes), class_="sizes"),
        _banner(desk),
        paragraph(desk.say("made_with"), class_="small"),
    )


def _banner(desk: Desk) -> Markup:
    cleared = desk.contents.cleared
    handling = desk.contents.archive.handling_counts()
    told = [f"{desk.words.code('handling', code)}: {desk.words.number(handling[code])}"
            for code in _HANDLING if code in handling]  # fmt: skip
    line = paragraph(desk.say("handling_line", counts="; ".join(told))) if told else None
    if not cleared.protected:
        return element("div", paragraph(desk.say("no_protected")), line, class_="banner")
    state = "unveiled" if cleared.policy.show_victims else "veiled"
    count = desk.words.number(cleared.protected)
    return element(
        "div", paragraph(element("strong", desk.say(state, count=count))),
        paragraph(desk.say(f"{state}_more")), line, class_=f"banner {state}", role="note",
    )  # fmt: skip


_HANDLING = ("do_not_share", "police_only", "named_agencies", "may_share")


def _list_of_contents(desk: Desk) -> Markup:
    items = [
        element("li", element("a", desk.say(_PHRASE.get(name, name)), href=f"#{name}"))
        for name in _CONTENTS
    ]
    return element("nav", element("ol", *items), aria_label=desk.say("contents"))


def _glossary(desk: Desk) -> Markup:
    heading = desk.say("glossary")
    headings = [desk.say("col_meaning"), desk.say("col_misleads")]
    rows = [(_measure(meaning), misleads) for meaning, misleads in desk.words.glossary()]
    return section("glossary", heading, table(headings, rows, caption=heading))


def _measure(meaning: str) -> Markup:
    name, _, told = meaning.partition(":")
    return join(element("b", name), element("span", f":{told}", class_="told"))


def _evidence(desk: Desk) -> Markup:
    heading = desk.say("evidence")
    headings = [desk.say(f"col_{name}") for name in ("number", "document", "agency", "grade",
                                                     "handling", "row")]  # fmt: skip
    rows = [_evidence_row(desk, number, piece) for number, piece in desk.citations.cited()]
    return section(
        "evidence", heading, paragraph(desk.say("evidence_note")),
        table(headings, rows, caption=heading, class_="evidence"),
    )  # fmt: skip


def _evidence_row(desk: Desk, number: int, piece: Piece) -> tuple[object, ...]:
    document = piece.document or desk.say("no_document")
    page = f", {desk.say('page_short', page=piece.page)}" if piece.page else ""
    reference = element("span", piece.source_ref, class_="id") if piece.source_ref else None
    received = desk.words.date(piece.received)
    agency = ", ".join(one for one in (piece.agency, received) if one)
    where = join(piece.file, ", ", desk.say("row_short", row=piece.row))
    return (
        element("span", f"[{number}]", id=f"e{number}"),
        join(document, page, " ", reference),
        agency,
        _grade(desk, piece),
        desk.words.code("handling", piece.handling),
        where,
    )


def _grade(desk: Desk, piece: Piece) -> Markup:
    if not piece.grade:
        return element("span", desk.say("grade_missing"), class_="none")
    told = [desk.words.code("reliability", piece.reliability),
            desk.words.code("credibility", piece.credibility)]  # fmt: skip
    in_words = "; ".join(one for one in told if one)
    return join(element("b", piece.grade), " ", element("span", in_words, class_="id"))


def _sources(desk: Desk) -> Markup:
    heading = desk.say("sources")
    case = desk.contents.cleared.case
    used = case.records["file"].value_counts()
    rows = [
        (one.file, desk.words.number(int(used.get(one.file, 0))),
         element("code", escape(one.sha256[:16])))
        for one in case.files
    ]  # fmt: skip
    headings = [desk.say("col_file"), desk.say("col_rows"), desk.say("col_sha")]
    return section("sources", heading, table(headings, rows, numbers=(1,), caption=heading,
                                             class_="narrow"))  # fmt: skip
