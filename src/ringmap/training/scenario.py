"""What a scenario says: who takes part, by which routes, what is done, and how it gets known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter

from ringmap.model import (
    Setting,
    find_country,
    find_places,
    list_towns,
    load_words,
    province_point,
)
from ringmap.training.chance import Weighted
from ringmap.training.names import list_peoples
from ringmap.training.settings import list_shipped, read_own, read_shipped, read_texts

Bounds = tuple[float, float]
WholeBounds = tuple[int, int]
#: Ends of ties and steps that are no part of the cast.
#: A step that may take so many days is done to each victim alone, and nothing waits for its end.
LASTS = 30
VICTIM, RELATIVE, HOME = "victim", "relative", "home"


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A place of the gazetteer, or a kind of premises to be invented in or near one of them.

    Made by ``_spot`` alone, once for each place, and so compared as quickly as can be.
    """

    name: str
    kind: str
    province: str
    country: str
    point: tuple[float, float] | None


_spot = cache(Spot)


@dataclass(frozen=True, slots=True)
class Site:
    """What stands for a word such as ``lodging`` on a route.

    ``kind`` is None for the town itself, else a house of that kind in the town. ``each`` says
    how many there are: one for the ``ring``, or another for every ``journey`` or ``victim``.
    """

    towns: Weighted[Spot]
    kind: str | None
    name: str
    each: str


@dataclass(frozen=True, slots=True)
class Price:
    """Amounts of money: ranges by weight, in steps that people really name."""

    ranges: Weighted[WholeBounds]
    currency: str
    step: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the cast, such as the drivers of the ring."""

    key: str
    role: str
    count: WholeBounds
    per: str
    #: None where the homes say who lives there.
    peoples: Weighted[str] | None
    female: float
    ages: WholeBounds
    lives: str
    known: float
    alias: float
    shared: float
    escapes: float
    broker: Mapping[str, str]
    watched: bool
    organisation: str
    vehicle: float
    account: float
    phones: WholeBounds
    occupations: Weighted[str] | None
    household: WholeBounds


@dataclass(frozen=True, slots=True)
class Victims:
    """Who the victims are and how it ends for them."""

    #: None where the homes say who lives there.
    peoples: Weighted[str] | None
    female: float
    ages: Weighted[WholeBounds]
    together: Weighted[int]
    kin: float
    outcomes: Weighted[str]
    turned: float
    occupations: Weighted[str] | None
    relatives: WholeBounds
    household: WholeBounds


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A way that is used in some years; its sites by the words that the journey uses."""

    name: str
    years: WholeBounds
    share: float
    sites: Mapping[str, Site]
    #: Provinces that it passes.
    provinces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a journey: who does what to the victims, where, how, for how much."""

    do: str
    stage: str
    by: str
    chance: float
    repeat: WholeBounds
    origin: str
    to: str
    over: str
    transports: Weighted[str] | None
    legal: float
    after: WholeBounds
    days: WholeBounds
    buyer: str
    payer: str
    price: Price | None
    routes: tuple[str, ...]
    only_after: str


@dataclass(frozen=True, slots=True)
class Bond:
    """Who knows whom beside the journeys."""

    kind: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    share: float
    times: WholeBounds
    price: Price | None
    within: str
    across_rings: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A firm, compound or centre that hides the ring."""

    key: str
    kind: str
    names: tuple[str, ...]
    site: str


@dataclass(frozen=True, slots=True)
class Records:
    """How agencies come to know, and what goes wrong as they write it down."""

    agencies: Weighted[str]
    recognised: float
    doubled_person: float
    wrong_date: float
    wrong_count: float
    doubled: float
    foreign_reply: float
    informant: float
    shelter: float
    late: float
    witnesses: WholeBounds
    bystanders: WholeBounds
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideFile:
    """A case file about something else that touches the ring, such as drugs."""

    share: float
    article: str
    about: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """All that a scenario file says."""

    code: str
    title: Mapping[str, str]
    story: Mapping[str, str]
    rings: int
    years: WholeBounds
    purpose: str
    means: Weighted[str]
    cases: WholeBounds
    victims_per_case: WholeBounds
    homes: Weighted[Spot]
    peoples: Mapping[Spot, Weighted[str]]
    spread: float
    victims: Victims
    cast: Mapping[str, Part]
    routes: tuple[Route, ...]
    journey: tuple[Step, ...]
    bonds: tuple[Bond, ...]
    organisations: Mapping[str, Organisation]
    records: Records
    side_files: tuple[SideFile, ...]

    @property
    def longest(self) -> int:
        """Days that a journey takes at most, what lasts a month or longer apart."""
        return sum(
            step.repeat[1] * (step.after[1] + (step.days[1] if step.days[1] < LASTS else 0))
            for step in self.journey
        )

    def peoples_of(self, home: Spot) -> Weighted[str]:
        """Who lives in a place, as far as the scenario says; else its victims' peoples."""
        return self.peoples.get(home) or self.victims.peoples or next(iter(self.peoples.values()))


def list_scenarios() -> tuple[str, ...]:
    """Codes of the scenarios that come with ringmap, in the order of the alphabet."""
    return list_shipped("scenarios")


def load_scenario(name: str) -> Scenario:
    """A scenario by its code, or from a YAML file of one's own.

    Raises
    ------
    InventionError
        If there is no such scenario.
    ScenarioError
        If the file says something that cannot be: with its line, column and what was expected.
    """
    if name in list_scenarios():
        return _shipped_scenario(name)
    return _scenario(Path(name).stem, read_own("scenario", name, list_scenarios()))


@cache
def _shipped_scenario(code: str) -> Scenario:
    return _scenario(code, read_shipped(f"scenarios/{code}.yaml"))


_NEEDED = ("title", "story", "years", "purpose", "means", "homes", "victims", "cast", "records")
_MORE = (
    "rings", "cases", "victims_per_case", "spread", "routes", "journey", "bonds", "organisations",
    "side_files",
)  # fmt: skip


def _scenario(code: str, root: Setting) -> Scenario:
    said = root.fields(_NEEDED, _MORE)
    organisations = _organisations(said.get("organisations"))
    cast = _cast(said["cast"], organisations)
    routes = tuple(_route(one) for one in said["routes"].elements()) if "routes" in said else ()
    words = _common_words(routes)
    scenario = Scenario(
        code=code,
        title=read_texts(said["title"]),
        story=read_texts(said["story"]),
        rings=said["rings"].whole(0, 2) if "rings" in said else 1,
        years=said["years"].whole_span(1990, 2040),
        purpose=said["purpose"].one_of(load_words("purpose")),
        means=Weighted(said["means"].weights(load_words("means"))),
        cases=said["cases"].whole_span(1, 50) if "cases" in said else (1, 1),
        victims_per_case=said["victims_per_case"].whole_span(0, 200)
        if "victims_per_case" in said
        else (0, 0),
        homes=_homes(said["homes"]),
        peoples=_peoples(said["homes"]),
        spread=said["spread"].share() if "spread" in said else 0.4,
        victims=_victims(said["victims"]),
        cast=cast,
        routes=routes,
        journey=_journey(said.get("journey"), cast, routes),
        bonds=tuple(_bond(one, cast) for one in _each(said.get("bonds"))),
        organisations=organisations,
        records=_records(said["records"], words),
        side_files=tuple(_side_file(one, cast) for one in _each(said.get("side_files"))),
    )
    _check_sites(said, scenario)
    if not scenario.cast and not scenario.victims_per_case[1]:
        raise said["cast"].expected("at least one part, or victims")
    if scenario.longest > MOST_DAYS:
        raise said["journey"].expected(
            f"a journey of at most {MOST_DAYS} days (with all delays it takes {scenario.longest})"
        )
    return scenario


#: A journey may take so many days, exploitation at its end apart.
MOST_DAYS = 365


def _each(setting: Setting | None) -> list[Setting]:
    return setting.elements() if setting else []


def _homes(setting: Setting) -> Weighted[Spot]:
    towns: dict[Spot, float] = {}
    for home in setting.elements():
        said = home.fields(("places",), ("share", "people"))
        spots = [_town(one) for one in said["places"].some()]
        share = said["share"].number() if "share" in said else float(len(spots))
        for spot in spots:
            towns[spot] = towns.get(spot, 0.0) + share / len(spots)
    if not sum(towns.values()) > 0:
        raise setting.expected("at least one home with a share above 0")
    return Weighted(towns)


def _peoples(setting: Setting) -> dict[Spot, Weighted[str]]:
    """Who lives in the homes that say so."""
    found = {}
    for home in setting.elements():
        said = dict(home.items())
        if "people" in said:
            peoples = Weighted(said["people"].weights(list_peoples()))
            found.update({_town(one): peoples for one in said["places"].elements()})
    return found


def _town(setting: Setting) -> Spot:
    """A place written as ``Mường Khương, Lào Cai, VN``, or ``Taichung, TW``."""
    parts = [part.strip() for part in setting.text().split(",")]
    if len(parts) not in (2, 3) or not all(parts):
        raise setting.expected("a place such as 'Mường Khương, Lào Cai, VN'")
    name, written_country = parts[0], parts[-1]
    province = parts[1] if len(parts) == 3 else ""
    country = find_country(written_country)
    if country is None:
        raise setting.expected(f"a country that the gazetteer knows (not '{written_country}')")
    found = find_places(name, country=country, province=province or None)
    towns = [one for one in found if one.kind != "border_gate"]
    if towns:
        town = towns[0]
        return _spot(name, town.kind, province, country, (town.lat, town.lon))
    if province and province_point(province, country) is None:
        raise setting.expected(
            f"a town and province that the gazetteer knows (not '{name}' in '{province}')"
        )
    elsewhere = sorted({one.province or "" for one in find_places(name, country=country)})
    near = get_close_matches(name, list_towns(country), n=1, cutoff=0.8)
    if elsewhere and province:
        raise setting.expected(f"a town in {province} ('{name}' lies in {', '.join(elsewhere)})")
    if near or not province:
        perhaps = f", perhaps '{near[0]}'" if near else ""
        raise setting.expected(f"a town that the gazetteer knows (not '{name}'){perhaps}")
    # A town too small for the gazetteer: it is named, and stands on no map.
    return _spot(name, "town", province, country, None)


def _gate(setting: Setting) -> Spot:
    """A border gate written as ``Lào Cai, Lào Cai, VN``."""
    parts = [part.strip() for part in setting.text().split(",")]
    country = find_country(parts[-1]) if len(parts) == 3 else None
    found = (
        find_places(parts[0], country=country, province=parts[1], kind="border_gate")
        if country
        else ()
    )
    if not found:
        raise setting.expected("a border gate such as 'Lào Cai, Lào Cai, VN'")
    gate = found[0]
    return _spot(parts[0], "border_gate", parts[1], gate.country, (gate.lat, gate.lon))


def _site(setting: Setting) -> Site:
    if not setting.is_mapping():
        return Site(Weighted({_town(one): 1 for one in setting.some()}), None, "", "ring")
    said = setting.fields((), ("gate", "kind", "in", "near", "name", "each"))
    each = said["each"].one_of(("ring", "journey", "victim")) if "each" in said else "ring"
    name = said["name"].text() if "name" in said else ""
    if "gate" in said:
        gates = [_gate(one) for one in said["gate"].some()]
        return Site(Weighted(dict.fromkeys(gates, 1)), None, "", each)
    if "kind" not in said:
        raise setting.expected("'gate:', or 'kind:' with 'in:' or 'near:'")
    kind = said["kind"].one_of(load_words("place"))
    if "near" in said:
        near = [_gate(one) for one in said["near"].some()]
        return Site(Weighted(dict.fromkeys(near, 1)), kind, name, each)
    if "in" not in said:
        raise setting.expected("a line 'in:' (towns) or 'near:' (border gates)")
    return Site(Weighted({_town(one): 1 for one in said["in"].some()}), kind, name, each)


def _price(setting: Setting) -> Price:
    said = setting.fields(("amount", "currency"), ("step",))
    amounts = said["amount"]
    ranges = _ranges(amounts) if amounts.is_mapping() else {amounts.whole_span(1): 1.0}
    currency = said["currency"].text()
    if len(currency) != 3 or not currency.isalpha() or not currency.isupper():
        raise said["currency"].expected("three letters such as USD")
    step = said["step"].whole(1) if "step" in said else 1
    if step > min(high for _, high in ranges):
        raise said["step"].expected("a step that is no larger than the amounts")
    return Price(Weighted(ranges), currency, step)


def _range(key: str, value: Setting) -> WholeBounds:
    low, _, high = key.partition("-")
    if not (_is_number(low) and _is_number(high or low)):
        raise value.expected(f"a range such as 13-17 before ':' (not '{key}')")
    bounds = int(low), int(high or low)
    if bounds[0] > bounds[1]:
        raise value.expected(f"a range that rises before ':' (not '{key}')")
    return bounds


def _is_number(text: str) -> bool:
    written = text.strip()
    return written.isascii() and written.isdecimal() and len(written) <= 12


def _ranges(setting: Setting) -> dict[WholeBounds, float]:
    """Weights of ranges such as ``{13-15: 1, 16-17: 2}``."""
    found = {_range(key, one): one.number() for key, one in setting.items()}
    if not sum(found.values()) > 0:
        raise setting.expected("at least one range with a weight above 0")
    return found


def _cast(setting: Setting, organisations: Mapping[str, Organisation]) -> dict[str, Part]:
    for key, one in setting.items():
        if key in _TAKEN:
            raise one.expected(f"another name for this part ('{key}' is taken)")
    return {key: _part(key, one, organisations) for key, one in setting.items()}


#: Parts that are there without being named.
_TAKEN = frozenset({VICTIM, RELATIVE, "accomplice", "bystander", "witness"})


#: Grown-up close kin of somebody at home: parents, brothers and sisters, husband or wife, children.
_KIN = (5, 11)
_PART = (
    "role", "count", "per", "female", "lives", "known", "alias", "shared", "escapes", "broker",
    "watched", "organisation", "vehicle", "account", "phones", "occupations", "household",
)  # fmt: skip


def _part(key: str, setting: Setting, organisations: Mapping[str, Organisation]) -> Part:
    said = setting.fields(("people", "age"), _PART)
    roles = tuple(load_words("role"))
    if "role" not in said and key not in roles:
        raise setting.expected("a line 'role:', as the part's own name is no role")
    watched = "watched" in said and said["watched"].truth()
    return Part(
        key=key,
        role=said["role"].one_of(roles) if "role" in said else key,
        count=said["count"].whole_span(0, 500) if "count" in said else (1, 1),
        per=said["per"].one_of(("ring", "route", "journey", "victim")) if "per" in said else "ring",
        peoples=_drawn_from(said["people"]),
        female=said["female"].share() if "female" in said else 0.3,
        ages=said["age"].whole_span(14, 90),
        lives=said["lives"].text() if "lives" in said else HOME,
        known=said["known"].share() if "known" in said else 0.7,
        alias=said["alias"].share() if "alias" in said else 0.15,
        shared=said["shared"].share() if "shared" in said else 0.0,
        escapes=said["escapes"].share() if "escapes" in said else 0.0,
        broker=read_texts(said["broker"]) if "broker" in said else {},
        watched=watched,
        organisation=said["organisation"].one_of(organisations) if "organisation" in said else "",
        vehicle=said["vehicle"].share() if "vehicle" in said else 0.0,
        account=said["account"].share() if "account" in said else 0.0,
        phones=said["phones"].whole_span(0, 5) if "phones" in said else (1, 1),
        occupations=Weighted(said["occupations"].weights()) if "occupations" in said else None,
        household=said["household"].whole_span(0, 20) if "household" in said else _KIN,
    )


def _drawn_from(setting: Setting) -> Weighted[str] | None:
    """Peoples with weights; None for ``home``, which leaves it to the place."""
    weights = setting.weights((*list_peoples(), HOME))
    return None if HOME in weights else Weighted(weights)


_OLDEST = 100
_VICTIMS = ("female", "together", "kin", "turned", "occupations", "relatives", "household")


def _victims(setting: Setting) -> Victims:
    said = setting.fields(("people", "age", "outcome"), _VICTIMS)
    ages = _ranges(said["age"])
    if max(high for _, high in ages) > _OLDEST:
        raise said["age"].expected(f"ages up to {_OLDEST}")
    together = said["together"].weights() if "together" in said else {"1": 1.0}
    for key in together:
        if not _is_number(key) or not 1 <= int(key) <= 60:
            raise said["together"].expected(f"numbers from 1 to 60 before ':' (not '{key}')")
    return Victims(
        peoples=_drawn_from(said["people"]),
        female=said["female"].share() if "female" in said else 0.9,
        ages=Weighted(ages),
        together=Weighted({int(key): weight for key, weight in together.items()}),
        kin=said["kin"].share() if "kin" in said else 0.3,
        outcomes=Weighted(said["outcome"].weights(load_words("victim_status"))),
        turned=said["turned"].share() if "turned" in said else 0.0,
        occupations=Weighted(said["occupations"].weights()) if "occupations" in said else None,
        relatives=said["relatives"].whole_span(0, 5) if "relatives" in said else (1, 2),
        household=said["household"].whole_span(0, 20) if "household" in said else _KIN,
    )


def _route(setting: Setting) -> Route:
    said = setting.fields(("name", "years", "places"), ("share",))
    for word, one in said["places"].items():
        if not word.isidentifier() or word in (HOME, "count"):
            raise one.expected(f"another word for this place (not '{word}'): letters, no 'home'")
    sites = {word: _site(one) for word, one in said["places"].items()}
    towns = (town for site in sites.values() for town in site.towns.things)
    return Route(
        name=said["name"].text(),
        years=said["years"].whole_span(1990, 2040),
        share=said["share"].number() if "share" in said else 1.0,
        sites=sites,
        provinces=frozenset(town.province for town in towns),
    )


_STEP = (
    "chance", "repeat", "from", "to", "at", "over", "transport", "legal", "after", "days",
    "buyer", "payer", "price", "stage", "routes", "only_after",
)  # fmt: skip


def _journey(
    setting: Setting | None, cast: Mapping[str, Part], routes: tuple[Route, ...]
) -> tuple[Step, ...]:
    if setting is None:
        return ()
    if not routes:
        raise setting.expected("a section 'routes:' beside 'journey:'")
    names = tuple(route.name for route in routes)
    return tuple(_step(one, cast, names) for one in setting.elements())


def _step(setting: Setting, cast: Mapping[str, Part], routes: tuple[str, ...]) -> Step:
    said = setting.fields(("do", "by"), _STEP)
    do = said["do"].one_of(load_words("event"))
    stage = load_words("event")[do].says.get("stage", "")
    payers = (*cast, RELATIVE)
    return Step(
        do=do,
        stage=said["stage"].one_of(load_words("stage")) if "stage" in said else str(stage or ""),
        by=said["by"].one_of(cast),
        chance=said["chance"].share() if "chance" in said else 1.0,
        repeat=said["repeat"].whole_span(0, 10) if "repeat" in said else (1, 1),
        origin=said["from"].text() if "from" in said else "",
        to=(said["to"] if "to" in said else said["at"]).text()
        if "to" in said or "at" in said
        else "",
        over=said["over"].text() if "over" in said else "",
        transports=Weighted(said["transport"].weights(load_words("transport")))
        if "transport" in said
        else None,
        legal=said["legal"].share() if "legal" in said else 0.0,
        after=said["after"].whole_span(0, 3000) if "after" in said else (0, 1),
        days=said["days"].whole_span(0, 3000) if "days" in said else (0, 0),
        buyer=said["buyer"].one_of(cast) if "buyer" in said else "",
        payer=said["payer"].one_of(payers) if "payer" in said else "",
        price=_price(said["price"]) if "price" in said else None,
        routes=tuple(one.one_of(routes) for one in said["routes"].elements())
        if "routes" in said
        else (),
        only_after=said["only_after"].one_of(load_words("event")) if "only_after" in said else "",
    )


def _bond(setting: Setting, cast: Mapping[str, Part]) -> Bond:
    said = setting.fields(
        ("kind", "from", "to"), ("share", "times", "price", "within", "across_rings")
    )
    words = (*cast, VICTIM, RELATIVE)
    return Bond(
        kind=said["kind"].one_of(load_words("tie")),
        sources=tuple(one.one_of(words) for one in said["from"].elements()),
        targets=tuple(one.one_of(words) for one in said["to"].elements()),
        share=said["share"].share() if "share" in said else 1.0,
        times=said["times"].whole_span(1, 5000) if "times" in said else (1, 1),
        price=_price(said["price"]) if "price" in said else None,
        within=said["within"].one_of(("ring", "journey")) if "within" in said else "ring",
        across_rings="across_rings" in said and said["across_rings"].truth(),
    )


def _organisations(setting: Setting | None) -> dict[str, Organisation]:
    found = {}
    for key, one in setting.items() if setting else []:
        said = one.fields(("kind", "names", "at"))
        names = tuple(name.text() for name in said["names"].some())
        kind = said["kind"].one_of(load_words("organisation"))
        found[key] = Organisation(key, kind, names, said["at"].text())
    return found


_SHARES = {
    "recognised": 0.6,
    "doubled_person": 0.04,
    "wrong_date": 0.06,
    "wrong_count": 0.1,
    "doubled": 0.02,
    "foreign_reply": 0.3,
    "informant": 0.15,
    "shelter": 0.2,
    "late": 0.2,
}
AGENCIES = ("province_police", "border_guard", "district_police", "labour_inspectors", "shelter")


def _title(setting: Setting, words: Iterable[str]) -> str:
    """A title whose blanks, such as ``{home}``, stand for words that every case has."""
    title, known = setting.text(), ("home", "count", *words)
    try:
        blanks = list(Formatter().parse(title))
    except ValueError:
        raise setting.expected("blanks in whole braces such as {home}") from None
    for _, blank, form, turned in blanks:
        if blank is not None and (blank not in known or form or turned):
            shown = ", ".join(f"{{{word}}}" for word in known)
            raise setting.expected(f"blanks among {shown} (not '{{{blank}}}')")
    return title


def _records(setting: Setting, words: Iterable[str]) -> Records:
    said = setting.fields(("agencies", "titles"), (*_SHARES, "witnesses", "bystanders"))
    shares = {
        name: said[name].share() if name in said else usual for name, usual in _SHARES.items()
    }
    return Records(
        agencies=Weighted(said["agencies"].weights(AGENCIES)),
        witnesses=said["witnesses"].whole_span(0, 50) if "witnesses" in said else (0, 1),
        bystanders=said["bystanders"].whole_span(0, 200) if "bystanders" in said else (0, 1),
        titles=tuple(_title(one, words) for one in said["titles"].some()),
        **shares,
    )


def _common_words(routes: tuple[Route, ...]) -> tuple[str, ...]:
    """Words for places that every route has."""
    common = set.intersection(*(set(route.sites) for route in routes)) if routes else set()
    return tuple(word for word in routes[0].sites if word in common) if routes else ()


def _side_file(setting: Setting, cast: Mapping[str, Part]) -> SideFile:
    said = setting.fields(("article", "about", "titles"), ("share",))
    return SideFile(
        share=said["share"].share() if "share" in said else 1.0,
        article=said["article"].text(),
        about=tuple(one.one_of(cast) for one in said["about"].elements()),
        titles=tuple(_title(one, ()) for one in said["titles"].some()),
    )


def _check_sites(said: Mapping[str, Setting], scenario: Scenario) -> None:
    """Every word for a place is said on every route; every year of the scenario has a route."""
    words = {HOME, *_common_words(scenario.routes)}
    for number, step in enumerate(scenario.journey):
        where = said["journey"].elements()[number]
        own = [one for one in scenario.routes if not step.routes or one.name in step.routes]
        for field, word in (("from", step.origin), ("to", step.to), ("over", step.over)):
            if word and word not in (HOME, *_common_words(tuple(own))):
                parts = dict(where.items())
                raise parts.get(field, parts.get("at", where)).expected(
                    f"a place that every route of the step has, or 'home' (not '{word}')"
                )
    for key, part in scenario.cast.items():
        if part.lives not in words:
            where = dict(said["cast"].items())[key]
            raise where.expected(f"'lives:' to be a place that every route has, or 'home'"
                                 f" (not '{part.lives}')")  # fmt: skip
    for key, one in scenario.organisations.items():
        if one.site not in words:
            where = dict(said["organisations"].items())[key]
            raise where.expected(f"'at:' to be a place that every route has (not '{one.site}')")
    for year in range(scenario.years[0], scenario.years[1] + 1) if scenario.journey else ():
        if not any(route.years[0] <= year <= route.years[1] for route in scenario.routes):
            raise said["years"].expected(f"years that have a route (none for {year})")
