"""What really happened: the people of a ring, its journeys, and every tie between them.

Nothing here is known to anybody yet; ``observing`` decides what the agencies come to know.
Days are proleptic ordinals (``datetime.date.toordinal``), amounts whole units of a currency.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeAlias

from ringmap.training.chance import Chance
from ringmap.training.names import Drawn, Name, draw_fresh, spell_out
from ringmap.training.scenario import VICTIM, Route, Scenario, Spot


@cache
def year_of(day: int) -> int:
    """The calendar year of a day."""
    return date.fromordinal(day).year


#: What a document must know of to tell of a lasting tie: of these, of kin, or of something other.
_ASPECTS = {"called": "calls", "messaged": "calls", "paid": "money", "sold_to": "money"}
_KIN = frozenset({"kin_of", "married_to"})


@dataclass(slots=True, eq=False)
class Person:
    """One human being of the invented world."""

    number: int
    part: str
    side: str
    role: str
    drawn: Drawn
    #: The name as the home authority writes it, and its people.
    written: str
    people: str
    sex: str
    born: int
    home: Spot
    country: str
    known: float
    alias: str
    occupation: str
    #: Ring for which this person was made; 0 for none.
    ring: int = 0
    rings: tuple[int, ...] = ()
    who: str = ""
    #: Further roles, beside ``role``.
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    vehicle: str = ""
    account: str = ""
    outcome: str = ""
    #: Day from which there is anything to know of a victim.
    since: int = 0
    #: Day on which an offender was arrested; 0 for whoever was not.
    caught: int = 0
    #: Day on which a victim was free again, or found; 0 for whoever was not.
    back: int = 0
    #: Day of birth of those whom a register of births would show; 0 for others.
    birthday: int = 0
    journeys: int = 0

    @property
    def name(self) -> Name:
        """All that is needed to write the name otherwise."""
        return spell_out(self.drawn)

    def rename(self, family: str, chance: Chance) -> None:
        """Take the family name of kin, before anybody has written the old one down."""
        self.drawn = draw_fresh(self.people, self.sex, chance, set(), family)
        self.written = self.drawn[0]

    def is_free(self, day: int) -> bool:
        """Neither arrested by then nor, as a victim who came to recruit, still held."""
        return self.back <= day and not 0 < self.caught <= day

    def join(self, ring: int, stage: str) -> None:
        """Take part in a ring, in one of its stages."""
        if stage and stage not in self.stages:
            self.stages += (stage,)
        if ring and ring not in self.rings:
            self.rings += (ring,)


@dataclass(slots=True, eq=False)
class Place:
    """A town of the gazetteer (``number`` 0) or premises of the ring, numbered from 1."""

    number: int
    name: str
    kind: str
    province: str
    country: str
    point: tuple[float, float] | None
    town: Spot


@dataclass(slots=True, eq=False)
class Tie:
    """One tie as it was: who, to whom, what, from when to when, how often, how much."""

    source: Person
    target: Person
    kind: str
    #: The kind of fact that it is to a document.
    aspect: str
    first: int
    last: int
    times: int = 1
    amount: int = 0
    currency: str = ""
    #: Rows of evidence in the records, and whether it stays unknown whatever happens.
    records: int = 0
    hidden: bool = False
    #: Somebody is sure to write it down.
    sure: bool = False


@dataclass(slots=True, eq=False)
class Act:
    """One step of a journey as it was done."""

    do: str
    stage: str
    by: Person
    victims: list[Person]
    day: int
    end: int
    origin: Place | None
    to: Place | None
    over: Place | None
    transport: str
    legal: str
    amount: int
    currency: str
    buyer: Person | None
    number: int
    #: Place among the moves of its journey, from 1; 0 for an act that moves nobody.
    leg: int
    abroad: bool
    #: Of its actor to each of its victims.
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Journey:
    """Some victims who went together, and what was done to them in order."""

    number: int
    ring: int
    route: Route
    home: Spot
    victims: list[Person]
    acts: list[Act] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    #: The name of the place that each word of the route stood for.
    named: dict[str, str] = field(default_factory=dict)


#: Somebody of a household who stays unknown: half of all people, so no more than is told. The
#: kind of the tie to the head, name, sex, year of birth.
Quiet: TypeAlias = tuple[str, str, str, int]


@dataclass(slots=True, eq=False)
class Organisation:
    """A firm, compound or centre of the ring."""

    number: int
    name: str
    kind: str
    place: Place
    staff: list[Person] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class CasePlan:
    """What a case file is to hold: accused and victims, and the day on which it is opened."""

    opened: int
    victims: int
    accused: int | None = None
    #: Bounds of age and outcomes still to be given to its victims; none where chance decides.
    ages: list[tuple[int, int]] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    home: Spot | None = None
    journeys: list[Journey] = field(default_factory=list)
    #: Everybody who had to do with its journeys, by number.
    everybody: dict[int, Person] = field(default_factory=dict)
    #: How those accused stand in the case, by number of the person.
    standings: dict[int, str] = field(default_factory=dict)
    arrested: int = 0


@dataclass(slots=True, eq=False)
class World:
    """Everything about one ring, or of two that are recorded together."""

    scenario: Scenario
    chance: Chance
    rings: list[int]
    people: list[Person] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    #: Ties that last; those of a journey are with their journey.
    ties: list[Tie] = field(default_factory=list)
    journeys: list[Journey] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    relatives: dict[int, list[Person]] = field(default_factory=dict)
    cases: list[CasePlan] = field(default_factory=list)
    #: Heads of households, with those whom nobody will ever hear of.
    quiet: list[tuple[Person, list[Quiet]]] = field(default_factory=list)
    #: First and last day on which anything happened.
    active: tuple[int, int] = (0, 0)
    tied: dict[tuple[int, int, str], Tie] = field(default_factory=dict)
    #: Names that somebody bears already; a small case is easier to read without namesakes.
    names: set[str] = field(default_factory=set)

    def add(self, person: Person) -> Person:
        """One more person, with the next number."""
        person.number = len(self.people)
        self.people.append(person)
        return person

    def close(self) -> None:
        """No journey is to come: settle between which days the world was active."""
        days = [act.day for journey in self.journeys for act in journey.acts]
        opened = [case.opened for case in self.cases] or [737_000]
        self.active = min(days, default=min(opened) - 300), max(opened)

    def all_ties(self) -> Iterator[Tie]:
        """Every tie of this world, those of journeys last."""
        yield from self.ties
        for journey in self.journeys:
            yield from journey.ties


def tie_people(
    world: World,
    source: Person,
    target: Person,
    kind: str,
    first: int,
    last: int,
    times: int = 1,
    amount: int = 0,
    currency: str = "",
) -> None:
    """A lasting tie; one more time that it was lived where there is such a tie already."""
    if source is target:
        return
    key = (source.number, target.number, kind)
    tie = world.tied.get(key)
    if tie is None:
        if times == 1 and kind == "called":
            first = last
        aspect = _ASPECTS.get(kind) or _aspect_of_kin(source, target, kind)
        tie = Tie(source, target, kind, aspect, first, last, times, amount, currency)
        world.tied[key] = tie
        world.ties.append(tie)
        return
    tie.times += times
    tie.amount = max(tie.amount, amount)
    tie.first = min(tie.first, first) if first else tie.first
    tie.last = max(tie.last, last)


def _aspect_of_kin(source: Person, target: Person, kind: str) -> str:
    """Kin of victims are known to documents that say nothing of the kin of others."""
    return "kin" if kind in _KIN and VICTIM in (source.part, target.part) else "other"
