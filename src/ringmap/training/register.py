"""The register in which the files of one world are written, and one case file being filled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ringmap.training.brokers import name_brokers
from ringmap.training.documents import Form, Office
from ringmap.training.folder import DAYS, THREE, TWO, Rows, cell
from ringmap.training.scenario import Records, Spot
from ringmap.training.world import CasePlan, Person, Place, Tie, World


@dataclass(slots=True, eq=False)
class Document:
    """One document of a case; ``about`` is the person whose statement or calls it holds."""

    ref: str
    form: Form
    country: str
    about: Person | None
    day: int


#: A document, its day, the share that it tells of what others told, and of what nobody else did.
Teller: TypeAlias = tuple[Document, int, float, float]
#: Conclusions and judgments mostly repeat; of what nothing else tells they know so much.
_UNTOLD = 0.04


@dataclass(slots=True, eq=False)
class Tellers:
    """Documents that may tell of a kind of fact, in their order.

    ``about`` has those that hold somebody's statement or calls, by number of the person: they
    tell of nothing in which that person has no part.
    """

    others: list[Teller] = field(default_factory=list)
    about: dict[int, list[Teller]] = field(default_factory=dict)

    def add(self, document: Document, share: float) -> None:
        """One more, that tells so large a share of such facts."""
        untold = share * _UNTOLD if document.form.collated else share
        about, teller = document.about, (document, document.day, share, untold)
        told = self.others if about is None else self.about.setdefault(about.number, [])
        told.append(teller)


@dataclass(slots=True, eq=False)
class CaseFile:
    """One case file while it is being filled.

    ``ids`` are the numbers that people bear in this file, ``aliases`` those of nicknames that
    were entered as somebody else.
    """

    plan: CasePlan
    case_id: str
    number: str
    office: Office
    agency: str
    home: Spot
    #: Who questions the accused and writes the conclusion.
    investigator: str = ""
    #: Numbers of the people whom the case is about as victims.
    victims: frozenset[int] = frozenset()
    documents: list[Document] = field(default_factory=list)
    #: People whose numbers stand in a call list.
    called: set[int] = field(default_factory=set)
    #: What documents may tell of acts and of ties, for each kind of fact.
    tell_acts: dict[str, Tellers] = field(default_factory=lambda: defaultdict(Tellers))
    tell_ties: dict[str, Tellers] = field(default_factory=lambda: defaultdict(Tellers))
    standings: dict[int, str] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    seen: dict[int, Document] = field(default_factory=dict)
    aliases: dict[int, str] = field(default_factory=dict)
    #: Who reported, and the days on which things came to pass; 0 for never.
    reporter: Person | None = None
    reported: int = 0
    arrested: int = 0
    concluded: int = 0
    tried: int = 0

    @property
    def country(self) -> str:
        """The country whose agency opened the file."""
        return self.home.country

    def settle_tellers(self) -> None:
        """No document is to come that tells of acts or ties: settle which tell of what.

        Statements tell of acts as events. A judgment names people and acts, as ties, and
        leaves the way out.
        """
        for document in self.documents:
            form = document.form
            for aspect, share in form.knows.items():
                acts = aspect in _ACTS
                if acts and form.kind != "judgment":
                    self.tell_acts[aspect].add(document, share)
                if form.collated or not acts:
                    self.tell_ties[aspect].add(document, share)


_ACTS = frozenset({"home", "abroad"})


class Register:
    """All case files of one world: their rows, and the numbers given to people and things."""

    def __init__(self, world: World, unit: int, *, missing: float | None) -> None:
        self.world, self.chance, self.missing = world, world.chance, missing
        self.unit = str(unit)
        self.said: Records = world.scenario.records
        self.rows = Rows()
        #: Numbers that the records give each person, by number of the person.
        self.records_of: dict[int, list[str]] = {}
        #: Brokers of each ring, the foremost first.
        self.brokers = {ring: list(name_brokers(world, ring)) for ring in world.rings}
        watched = {part.key for part in world.scenario.cast.values() if part.watched}
        #: People of the parts that somebody watches.
        self.watched = [one for one in world.people if one.part in watched]
        #: Numbers of those who can be found out at all.
        self.seen = self._find_seen()
        #: Ties that last of which documents may tell.
        self.ties = self.shown(world.ties)
        self._given = len(world.people) + 40
        self._numbers = list(range(1, self._given + 1))
        self._places: dict[Place, str] = {}
        self._identifiers: dict[str, str] = {}
        self._events = 0

    def _find_seen(self) -> set[int]:
        """Chance decides, but for those who are watched and the foremost broker of a ring.

        That one is to be found by whoever looks well enough.
        """
        world, random = self.world, self.chance.random
        if self.missing is not None:
            return set(range(len(world.people)))
        seen = {one.number for one in world.people if random() < one.known}
        seen.update(one[0].person.number for one in self.brokers.values() if one)
        return seen.union(one.number for one in self.watched)

    def shown(self, ties: Iterable[Tie]) -> list[Tie]:
        """Ties of which somebody could tell: both ends are seen, and it is not hidden."""
        seen = self.seen
        return [
            tie
            for tie in ties
            if not tie.hidden
            and (tie.sure or (tie.source.number in seen and tie.target.number in seen))
        ]

    def number_of(self, file: CaseFile, person: Person, document: Document) -> str:
        """The number that a person bears in this file; a new one where nobody knew them again."""
        number = person.number
        found = file.ids.get(number) or self._enter(file, person, document)
        if person.alias and document.form.hearsay and number not in file.standings:
            return self._by_alias(file, person, found)
        return found

    def _enter(self, file: CaseFile, person: Person, document: Document) -> str:
        number = person.number
        earlier = self.records_of.get(number)
        if earlier and self.chance.random() < self.said.recognised:
            found = earlier[0]
        else:
            found = self.new_number(person)
        file.ids[number], file.seen[number] = found, document
        return found

    def new_number(self, person: Person) -> str:
        """A number that says nothing about whom it stands for."""
        left = self._numbers
        if not left:
            left.extend(range(self._given + 1, self._given + 101))
            self._given += 100
        at = self.chance.below(len(left))
        left[at], left[-1] = left[-1], left[at]
        found = f"P{self.unit}-{THREE[left.pop()]}"
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

    def place(self, place: Place) -> str:
        """The number of a place, which is written down the first time it is named."""
        return self._places.get(place) or self._write_place(place)

    def _write_place(self, place: Place) -> str:
        if place.number == 0:
            place_id = self.rows.name_town(place.town)
        else:
            place_id = f"L{self.unit}-{TWO[place.number]}"
            lat, lon = map(str, place.point or ("", ""))
            beside = "near" if place.kind == "unofficial_crossing" else "in"
            self.rows.places.append(
                (place_id, place.name, place.kind, place.province, place.country, lat, lon, "", "",
                 f"{beside} {place.town.name}")
            )  # fmt: skip
        self._places[place] = place_id
        return place_id

    def add_identifier(self, kind: str, value: str, holder: str, ref: str, note: str = "") -> None:
        """A telephone, plate or account; now and then with a digit misread."""
        written = value
        if self.chance.random() < 0.03 and value[-1].isdigit():
            written = f"{value[:-1]}{(int(value[-1]) + 1 + self.chance.below(8)) % 10}"
        new = f"I{self.unit}-{TWO[len(self._identifiers) + 1]}"
        found = self._identifiers.setdefault(written, new)
        if written != value:
            self.error("identifiers", found, "value", written, value, "wrong digit")
        self.rows.identifiers.append(f"{found},{kind},{written},{holder},{ref},,{cell(note)}\n")

    def error(self, table: str, key: str, column: str, written: str, true: str, kind: str) -> None:
        """Note for the truth what the records have wrong."""
        self.rows.errors.append((table, key, column, written, true, kind))

    def dated(self, document: Document, day: int, table: str, key: str) -> str:
        """A day as a document gives it: often to the month only, sometimes wrong."""
        chance, text, form = self.chance, DAYS[day], document.form
        if not (form.to_the_day or form.collated) and chance.random() < 0.35:
            return text[:7]
        if chance.random() >= self.said.wrong_date:
            return text
        if int(text[8:]) <= 12 and text[8:] != text[5:7]:
            wrong, kind = f"{text[:5]}{text[8:]}-{text[5:7]}", "day and month swapped"
        else:
            wrong, kind = DAYS[day + chance.pick((-7, -2, -1, 1, 2, 10))], "another day"
        if wrong > DAYS[document.day]:
            return text
        self.error(table, key, "date", wrong, text, kind)
        return wrong


def refs_by_person(file: CaseFile) -> Mapping[int, str]:
    """The document about each person who has one."""
    return {one.about.number: one.ref for one in file.documents if one.about}
