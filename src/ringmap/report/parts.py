"""Pieces that every section of the page is made of: headings, tables, citations, names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ringmap.report.contents import Contents
from ringmap.report.markup import Markup, element, join
from ringmap.report.records import Citations
from ringmap.report.wording import Wording

MOST_CITED = 6


@dataclass(frozen=True, slots=True)
class Desk:
    """What a section writes with: the contents, the words, the citations so far."""

    contents: Contents
    words: Wording
    citations: Citations
    names: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """A phrase in the language of the report."""
        return self.words.say(key, **values)

    def name(self, party: object) -> Markup:
        """Name of a party, with its id behind it where that is another text."""
        if not isinstance(party, str):
            return escape_missing(self.say("not_recorded"))
        name = self.names.get(party, party)
        shown = element("bdi", name)
        return shown if name == party else join(shown, " ", element("span", party, class_="id"))

    def plain_name(self, party: object) -> str:
        """Name of a party as text, with its id where that is another text."""
        name = self.names.get(str(party), str(party))
        return name if name == str(party) else f"{name} ({party})"

    def recorded(self, party: object, column: str) -> Any:
        """What the case file says of a party in a column; None of one that it does not know."""
        parties = self.contents.cleared.case.parties
        match = parties[column][parties["party"] == party]
        return match.iloc[0] if len(match) else None

    def cite(self, records: Iterable[int], *, most: int = MOST_CITED) -> Markup:
        """Numbers of the best graded records as links, and how many more there are."""
        pieces = self.contents.archive.sorted(records)
        if not pieces:
            return escape_missing(self.say("no_records"))
        links = [self._link(piece.record) for piece in pieces[:most]]
        left = len(pieces) - most
        more = f" {self.say('more_records', count=left)}" if left > 0 else None
        return element("span", *links, more, class_="cite")

    def _link(self, record: int) -> Markup:
        number = self.citations.number(record)
        return element("a", f"[{number}]", href=f"#e{number}")


def escape_missing(text: str) -> Markup:
    """Words that stand where nothing is recorded."""
    return element("span", text, class_="none")


def section(anchor: str, heading: str, *children: object) -> Markup:
    """A section of the page under its heading."""
    return element("section", element("h2", heading), *children, id=anchor)


def paragraph(text: object, *, class_: str | None = None) -> Markup:
    """A paragraph."""
    return element("p", text, class_=class_)


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Iterable[int] = (),
    caption: str | None = None,
    class_: str | None = None,
) -> Markup:
    """A table whose head repeats on each printed page; columns `numbers` are set right."""
    right = set(numbers)
    body = [
        element("tr", *(_cell(cell, place in right, place == 0) for place, cell in enumerate(row)))
        for row in rows
    ]
    return framed(head(headings, right), element("tbody", *body), caption=caption, class_=class_)


def head(headings: Sequence[str], right: Iterable[int] = ()) -> Markup:
    """The head of a table."""
    numeric = set(right)
    cells = (
        element("th", heading, scope="col", class_="n" if place in numeric else None)
        for place, heading in enumerate(headings)
    )
    return element("thead", element("tr", *cells))


def framed(*children: object, caption: str | None = None, class_: str | None = None) -> Markup:
    """A table in a frame that scrolls by itself on a narrow screen."""
    told = element("caption", caption) if caption else None
    return element(
        "div", element("table", told, *children, class_=class_), class_="frame", tabindex="0",
        role="region", aria_label=caption,
    )  # fmt: skip


def _cell(cell: object, right: bool, first: bool) -> Markup:
    if first:
        return element("th", cell, scope="row", class_="n" if right else None)
    return element("td", cell, class_="n" if right else None)


def several(texts: Sequence[str], desk: Desk, *, most: int = 4) -> str:
    """Texts joined by commas; how many are left out when there are too many."""
    if len(texts) <= most:
        return ", ".join(texts)
    left = desk.say("and_more", count=len(texts) - most)
    return f"{', '.join(texts[:most])} {left}"
