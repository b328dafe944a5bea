"""The register in which the files of one world are written, and one case file being filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ringmap.training.brokers import name_brokers
from ringmap.training.chance import Chance
from ringmap.training.documents import Form, Office
from ringmap.training.folder import Rows, day_text
from ringmap.training.scenario import Records, Spot
from ringmap.training.world import CasePlan, Person, Place, World


@dataclass(slots=True, eq=False)
class Document:
    """One document of a case; ``about`` is the person whose statement or calls it holds."""

    ref: str
    form: Form
    country: str
    about: Person | None
    day: int


#: A document, the person that it is about, its day and kind, and the share that it tells.
Teller: TypeAlias = tuple[Document, Person | None, int, str, float]


@dataclass(slots=True, eq=False)
class CaseFile:
    """One case file while it is being filled.

    ``told_by`` has, for each kind of fact, what documents may tell of it. ``ids`` are the
    numbers that people bear in this file, ``aliases`` those of nicknames that were entered as
    somebody else.
    """

    plan: CasePlan
    case_id: str
    number: str
    office: Office
    agency: str
    home: Spot
    #: Who questions the accused and writes the conclusion.
    investigator: str = ""
    #: Everybody who had to do with the journeys of the case, by number.
    everybody: dict[int, Person] = field(init=False)
    #: Numbers of the people whom the case is about as victims.
    victims: frozenset[int] = frozenset()
    documents: list[Document] = field(default_factory=list)
    #: People whose numbers stand in a call list.
    called: set[int] = field(default_factory=set)
    told_by: dict[str, list[Teller]] = field(default_factory=dict)
    standings: dict[int, str] = field(default_factory=dict)
    visible: dict[int, bool] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    seen: dict[int, Document] = field(default_factory=dict)
    aliases: dict[int, str] = field(default_factory=dict)
    #: Who reported, and the days on which things came to pass; 0 for never.
    reporter: Person | None = None
    reported: int = 0
    arrested: int = 0
    concluded: int = 0
    tried: int = 0

    def __post_init__(self) -> None:
        self.everybody = self.plan.everybody()

    @property
    def country(self) -> str:
        """The country whose agency opened the file."""
        return self.home.country

    def tellers(self, aspect: str) -> list[Teller]:
        """What documents may tell of this kind of fact, in their order."""
        found = self.told_by.get(aspect)
        if found is None:
            found = self.told_by[aspect] = [
                (one, one.about, one.day, one.form.kind, one.form.knows[aspect])
                for one in self.documents
                if one.form.knows.get(aspect)
            ]
        return found


class Register:
    """All case files of one world: their rows, and the numbers given to people and things."""

    def __init__(self, world: World, unit: int, *, missing: float | None) -> None:
        self.world, self.chance, self.unit, self.missing = world, world.chance, unit, missing
        self.said: Records = world.scenario.records
        self.rows = Rows()
        #: Numbers that the records give each person, by number of the person.
        self.records_of: dict[int, list[str]] = {}
        #: Brokers of each ring, the foremost first.
        self.brokers = {ring: list(name_brokers(world, ring)) for ring in world.rings}
        self._foremost = {one[0].person.number for one in self.brokers.values() if one}
        self._numbers = _shuffled(world.chance, len(world.people) + 40)
        self._given = len(self._numbers)
        self._identifiers: dict[str, str] = {}
        self._events = 0

    def sees(self, file: CaseFile, person: Person) -> bool:
        """Whether anybody in this case comes to know who this is."""
        found = file.visible.get(person.number)
        if found is None:
            # The foremost broker of a ring is to be found by whoever looks well enough.
            sure = self.missing is not None or person.number in self._foremost
            found = sure or self.chance.random() < person.known
            file.visible[person.number] = found
        return found

    def number_of(self, file: CaseFile, person: Person, document: Document) -> str:
        """The number that a person bears in this file; a new one where nobody knew them again."""
        number = person.number
        found = file.ids.get(number)
        if found is None:
            earlier = self.records_of.get(number)
            if earlier and self.chance.happens(self.said.recognised):
                found = earlier[0]
            else:
                found = self.new_number(person)
            file.ids[number] = found
            file.seen[number] = document
        if person.alias and document.form.kind in _HEARSAY and number not in file.standings:
            return self._by_alias(file, person, found)
        return found

    def new_number(self, person: Person) -> str:
        """A number that says nothing about whom it stands for."""
        if not self._numbers:
            self._numbers = [self._given + one for one in _shuffled(self.chance, 100)]
            self._given += 100
        found = f"P{self.unit}-{self._numbers.pop():03d}"
        self.records_of.setdefault(person.number, []).append(found)
        return found

    def _by_alias(self, file: CaseFile, person: Person, found: str) -> str:
        if person.number not in file.aliases:
            other = self.chance.happens(self.said.doubled_person)
            file.aliases[person.number] = self.new_number(person) if other else found
        return file.aliases[person.number]

    def next_event(self) -> str:
        """A number for an event that is no step of a journey."""
        self._events += 1
        return f"E{self.unit}-0.{self._events}"

    def place(self, place: Place | None) -> str:
        """The number of a place, which is written down the first time it is named."""
        if place is None:
            return ""
        if place.number == 0:
            return self.rows.name_town(place.town)
        place_id = f"L{self.unit}-{place.number:02d}"
        if place_id not in self.rows.places:
            lat, lon = map(str, place.point or ("", ""))
            crossing = place.kind == "unofficial_crossing"
            self.rows.places[place_id] = (
                place_id, place.name, place.kind, place.province, place.country, lat, lon, "", "",
                f"near {place.town.name}" if crossing else f"in {place.town.name}",
            )  # fmt: skip
        return place_id

    def add_identifier(self, kind: str, value: str, holder: str, ref: str, note: str = "") -> None:
        """A telephone, plate or account; now and then with a digit misread."""
        written = value
        if self.chance.happens(0.03) and value[-1].isdigit():
            written = f"{value[:-1]}{(int(value[-1]) + 1 + self.chance.below(8)) % 10}"
        new = f"I{self.unit}-{len(self._identifiers) + 1:02d}"
        found = self._identifiers.setdefault(written, new)
        if written != value:
            self.error("identifiers", found, "value", written, value, "wrong digit")
        self.rows.identifiers.append((found, kind, written, holder, ref, "", note))

    def error(self, table: str, key: str, column: str, written: str, true: str, kind: str) -> None:
        """Note for the truth what the records have wrong."""
        self.rows.errors.append((table, key, column, written, true, kind))

    def dated(self, document: Document, day: int, table: str, key: str) -> str:
        """A day as a document gives it: often to the month only, sometimes wrong."""
        chance, text = self.chance, day_text(day)
        if document.form.kind not in _EXACT and chance.happens(0.35):
            return text[:7]
        if not chance.happens(self.said.wrong_date):
            return text
        if int(text[8:]) <= 12 and text[8:] != text[5:7]:
            wrong, kind = f"{text[:5]}{text[8:]}-{text[5:7]}", "day and month swapped"
        else:
            wrong, kind = day_text(day + chance.pick((-7, -2, -1, 1, 2, 10))), "another day"
        if wrong > day_text(document.day):
            return text
        self.error(table, key, "date", wrong, text, kind)
        return wrong


_HEARSAY = frozenset({"accused", "informant", "victim"})
_EXACT = frozenset({"judgment", "calls", "conclusion"})


def _shuffled(chance: Chance, count: int) -> list[int]:
    numbers = list(range(1, count + 1))
    chance.shuffle(numbers)
    return numbers


def refs_by_person(file: CaseFile) -> Mapping[int, str]:
    """The document about each person who has one."""
    return {one.about.number: one.ref for one in file.documents if one.about}
