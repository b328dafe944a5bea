"""What agencies there are, what their documents are called, and how far each comes to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ringmap.model import Setting
from ringmap.training.chance import Weighted
from ringmap.training.settings import read_shipped

Named = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of document: its grades, who may see it, how well it writes, what it tells of."""

    kind: str
    grades: Weighted[str]
    handling: str
    care: float
    knows: Mapping[str, float]
    #: Written by somebody who heard a nickname; it gathers what others told; it gives days, and
    #: not months.
    hearsay: bool
    collated: bool
    to_the_day: bool


@dataclass(frozen=True, slots=True, eq=False)
class Office:
    """The agencies, laws and words of one country."""

    language: str
    articles: tuple[tuple[int, int, str, str], ...]
    agencies: Mapping[str, Named]
    numbers: Mapping[str, str]
    documents: Mapping[str, str]
    notes: Mapping[str, str]

    def agency(self, kind: str, year: int, **words: str) -> str:
        """What an agency was called in a year."""
        named = self.agencies.get(kind, self.agencies["province_police"])
        for first, last, name in named:
            if first <= year <= last:
                return name.format(**words)
        return named[-1][2].format(**words)

    def article(self, year: int, *, child: bool, adult: bool) -> str:
        """The articles under which a case is opened in a year."""
        for first, last, for_adults, for_children in self.articles:
            if first <= year <= last:
                both = (for_adults if adult else "", for_children if child else "")
                return "; ".join(one for one in both if one)
        return ""


@cache
def load_forms() -> Mapping[str, Form]:
    """The forms of documents by kind."""
    return {kind: _form(kind, one) for kind, one in _root().fields((), _SECTIONS)["forms"].items()}


@cache
def load_office(country: str) -> Office:
    """The agencies of a country; those that serve any country where it has none of its own."""
    sections = dict(_root().items())
    said = sections.get(country, sections["OTHER"]).fields(
        ("language", "articles", "agencies", "numbers", "documents", "notes")
    )
    articles = []
    for one in said["articles"].elements():
        parts = one.fields(("years", "adult", "child"))
        years = parts["years"].whole_span()
        articles.append((*years, parts["adult"].text(), parts["child"].text()))
    return Office(
        language=said["language"].text(),
        articles=tuple(articles),
        agencies={kind: _named(one) for kind, one in said["agencies"].items()},
        numbers={kind: one.text() for kind, one in said["numbers"].items()},
        documents={kind: one.text() for kind, one in said["documents"].items()},
        notes={kind: one.text() for kind, one in said["notes"].items()},
    )


_SECTIONS = ("VN", "OTHER", "forms")


@cache
def _root() -> Setting:
    return read_shipped("documents.yaml")


def _form(kind: str, setting: Setting) -> Form:
    said = setting.fields(("grade", "handling", "care", "knows"))
    return Form(
        kind,
        Weighted(said["grade"].weights()),
        said["handling"].text(),
        said["care"].share(),
        {aspect: one.share() for aspect, one in said["knows"].items()},
        hearsay=kind in ("accused", "informant", "victim"),
        collated=kind in ("conclusion", "judgment"),
        to_the_day=kind in ("calls", "judgment"),
    )


def _named(setting: Setting) -> Named:
    found = []
    for one in setting.elements():
        said = one.fields(("years", "name"))
        found.append((*said["years"].whole_span(), said["name"].text()))
    return tuple(found)
