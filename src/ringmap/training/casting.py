"""The people of an invented world: victims, offenders, their households, whoever stands by."""

from dataclasses import dataclass, field
from functools import cache

from ringmap.model import load_words
from ringmap.training.chance import Chance, Weighted
from ringmap.training.names import (
    Drawn,
    deck_of,
    draw_alias,
    draw_fresh,
    draw_from,
    family_of,
    spell_out,
)
from ringmap.training.premises import invent_premises, near
from ringmap.training.scenario import (
    HOME,
    RELATIVE,
    VICTIM,
    Part,
    Route,
    Site,
    Spot,
    WholeBounds,
)
from ringmap.training.things import equip
from ringmap.training.world import (
    CasePlan,
    Journey,
    Person,
    Place,
    Quiet,
    World,
    tie_people,
    year_of,
)

#: Of close kin beyond those who speak with the police, so many are ever named.
_NAMED = 0.04


class Pool:
    """People who work for several rings of one neighbourhood; made when first asked for."""

    def __init__(self, *key: int | str) -> None:
        self._key = key
        self._people: dict[tuple[str, str, int], Person] = {}

    def lend(self, scenario: str, part: Part, place: Spot, year: int, chance: Chance) -> Person:
        """One of two such people; the same one to whoever asks next."""
        key = (f"{scenario} {part.key}", f"{place.name} {place.province}", chance.below(2))
        if key not in self._people:
            own = Chance(*self._key, *key)
            person = make_person(own, part, place, year, Weighted({"kinh": 1}))
            person.who = f"W{self._key[-1]}-S{len(self._people) + 1:02d}"
            self._people[key] = person
        return self._people[key]


@dataclass(slots=True, eq=False)
class Ring:
    """What is settled once for a ring while its world is being made."""

    number: int
    start: int
    bases: list[Spot]
    pool: Pool
    parts: dict[str, list[Person]] = field(default_factory=dict)
    #: Keys of the parts whose people are made; a victim may have come to play one before.
    cast: set[str] = field(default_factory=set)
    #: Whom somebody turns to first, by number of the person and part of the cast.
    partners: dict[tuple[int, str], Person] = field(default_factory=dict)
    sites: dict[tuple[str, str], Place] = field(default_factory=dict)

    def place(self, world: World, route: Route, word: str) -> Place:
        """The place that a word of a route stands for in this ring."""
        key = (route.name, word)
        if key not in self.sites:
            self.sites[key] = make_place(world, route.sites[word])
        return self.sites[key]


def make_place(world: World, site: Site) -> Place:
    """A town, or premises in or near it."""
    chance = world.chance
    town = chance.weigh(site.towns)
    if site.kind is None:
        return town_place(town)
    name = site.name or invent_premises(site.kind, town, chance)
    point = near(town.point, chance) if site.kind == "unofficial_crossing" else None
    place = Place(len(world.places) + 1, name, site.kind, town.province, town.country, point, town)
    world.places.append(place)
    return place


@cache
def town_place(spot: Spot) -> Place:
    """A town of the gazetteer as a place."""
    return Place(0, spot.name, spot.kind, spot.province, spot.country, spot.point, spot)


def make_victims(
    world: World, ring: Ring, case: CasePlan, home: Spot, count: int, day: int
) -> list[Person]:
    """People who travel together: now and then cousins or friends, each with a household."""
    said, chance = world.scenario.victims, world.chance
    year, found = year_of(day), list[Person]()
    for _ in range(count):
        sex = "female" if chance.happens(said.female) else "male"
        peoples = said.peoples or world.scenario.peoples_of(home)
        people = found[0].people if found else chance.weigh(peoples)
        family = family_of(found[0].drawn) if found and chance.happens(said.kin) else None
        drawn = draw_fresh(people, sex, chance, world.names, family)
        ages = _clip(said.ages, case.ages.pop()) if case.ages else said.ages
        age = chance.between(*chance.weigh(ages))
        birthday = day - age * 1461 // 4 - (chance.between(1, 364) if age else 0)
        person = Person(
            number=0,
            part=VICTIM,
            side="victim",
            role="victim",
            drawn=drawn,
            written=drawn[0],
            people=people,
            sex=sex,
            born=year_of(birthday),
            home=home,
            country=home.country,
            known=1.0,
            alias="",
            occupation=chance.weigh(said.occupations) if said.occupations and age > 6 else "",
            ring=ring.number,
            rings=(ring.number,) if ring.number else (),
            outcome=case.outcomes.pop() if case.outcomes else chance.weigh(said.outcomes),
            birthday=birthday,
            since=day,
        )
        world.add(person)
        if family:
            tie_people(world, found[0], person, "kin_of", 0, 0)
        elif found and chance.happens(0.7):
            tie_people(world, found[0], person, "friend_of", 0, 0)
        found.append(person)
        case.everybody[person.number] = person
        spoken = chance.between(*said.relatives)
        size = max(spoken, chance.between(*said.household))
        world.relatives[person.number] = _make_household(world, person, size, spoken, year)
    return found


def _clip(ages: Weighted[WholeBounds], bounds: WholeBounds) -> Weighted[WholeBounds]:
    """The ages that lie within bounds; the years next to an open end where there are none."""
    low, high = bounds
    found = {
        (max(low, first), min(high, last)): weight
        for (first, last), weight in ages.weights()
        if max(low, first) <= min(high, last)
    }
    usual = (max(low, high - 1), high) if high < 99 else (low, low + 8)
    return Weighted(found or {usual: 1.0})


def _make_household(world: World, head: Person, size: int, spoken: int, year: int) -> list[Person]:
    """Parents, husbands, wives, brothers, sisters; those come back who are to speak."""
    random, names, quiet = world.chance.random, world.names, list[Quiet]()
    family, latest, parents = family_of(head.drawn) or None, year - 16, head.born - 15
    women, men = deck_of(head.people, "female"), deck_of(head.people, "male")
    named, found = spoken + int((size - spoken) * _NAMED + random()), list[Person]()
    married = head.part != VICTIM and random() < 0.6
    for place in range(size):
        if married and place == 0:
            deck, born = men if head.sex == "female" else women, head.born - 5 + int(random() * 11)
            kind, own = "married_to", None
        else:
            # Of 106 kinds of kin 55 are women and 51 men, each of another age.
            draw = int(random() * 106)
            deck, born, kind = women if draw < 55 else men, latest - draw % 55, "kin_of"
            # A wife or mother keeps the family name that she was born with.
            own = None if draw < 55 and born < parents else family
        drawn = draw_from(deck, random, names, own)
        if place >= named:
            quiet.append((kind, drawn[0], deck.sex, born))
        elif place < spoken:
            found.append(_add_relative(world, head, kind, drawn, born, 0.95))
        else:
            _add_relative(world, head, kind, drawn, born, 1.0)
    world.quiet.append((head, quiet))
    return found


def _add_relative(
    world: World, head: Person, kind: str, drawn: Drawn, born: int, known: float
) -> Person:
    sex = drawn[1].sex
    person = world.add(
        Person(
            0, RELATIVE, "other", "relative", drawn, drawn[0], head.people, sex, born, head.home,
            head.country, known, "", "",
        )
    )  # fmt: skip
    tie_people(world, head, person, kind, 0, 0)
    return person


def people_of(world: World, ring: Ring, part: Part, journey: Journey) -> list[Person]:
    """The people who can play a part on this journey; made when it is asked for first."""
    year = year_of(ring.start)
    if part.per in ("journey", VICTIM):
        spot = _lives(world, ring, part, journey.route, journey.home)
        return [_cast_person(world, ring, part, spot, year)]
    key = part.key if part.per == "ring" else f"{part.key} {journey.route.name}"
    people = ring.parts.setdefault(key, [])
    if key not in ring.cast:
        ring.cast.add(key)
        for number in range(max(1, world.chance.between(*part.count))):
            home = ring.bases[number % len(ring.bases)]
            spot = _lives(world, ring, part, journey.route, home)
            person = _cast_person(world, ring, part, spot, year)
            if person not in people:
                people.append(person)
    return people


def replace_person(world: World, ring: Ring, part: Part, journey: Journey) -> Person:
    """Somebody new for a part that nobody is free to play."""
    spot = _lives(world, ring, part, journey.route, journey.home)
    person = world.add(
        make_person(world.chance, part, spot, year_of(ring.start), world.scenario.peoples_of(spot))
    )
    person.ring = ring.number
    key = part.key if part.per == "ring" else f"{part.key} {journey.route.name}"
    ring.parts[key].append(person)
    if person.side == "offender":
        person.join(ring.number, "")
    return person


def complete_cast(world: World, ring: Ring) -> None:
    """Those of the cast whom no journey has called for: bosses, stall mates, go-betweens."""
    route = world.journeys[0].route if world.journeys else None
    route = route or (world.scenario.routes[0] if world.scenario.routes else None)
    year = year_of(ring.start)
    for part in world.scenario.cast.values():
        if part.per != "ring" or part.key in ring.cast:
            continue
        people = ring.parts.setdefault(part.key, [])
        for number in range(world.chance.between(*part.count)):
            spot = _lives(world, ring, part, route, ring.bases[number % len(ring.bases)])
            person = _cast_person(world, ring, part, spot, year)
            if person not in people:
                people.append(person)


def _lives(world: World, ring: Ring, part: Part, route: Route | None, home: Spot) -> Spot:
    if part.lives == HOME or route is None:
        return home
    if route.sites[part.lives].each == "ring":
        return ring.place(world, route, part.lives).town
    return world.chance.weigh(route.sites[part.lives].towns)


def _cast_person(world: World, ring: Ring, part: Part, spot: Spot, year: int) -> Person:
    chance, people = world.chance, world.people
    if part.shared and chance.happens(part.shared):
        person = ring.pool.lend(world.scenario.code, part, spot, year, chance)
        known = person.number < len(people) and people[person.number] is person
        if not known:
            person.journeys, person.caught = 0, 0
            world.add(person)
    else:
        peoples = world.scenario.peoples_of(spot)
        person = world.add(make_person(chance, part, spot, year, peoples))
    person.ring = ring.number
    if person.side == "offender":
        person.join(ring.number, "")
    return person


def make_person(
    chance: Chance, part: Part, spot: Spot, year: int, peoples: Weighted[str]
) -> Person:
    """Somebody who plays a part; ``peoples`` are those of the place, if the part has none."""
    sex = "female" if chance.happens(part.female) else "male"
    drawn = draw_fresh(chance.weigh(part.peoples or peoples), sex, chance, set())
    alias = chance.happens(part.alias)
    born = year - chance.between(*part.ages)
    return Person(
        number=0,
        part=part.key,
        side=_side_of(part.role),
        role=part.role,
        drawn=drawn,
        written=drawn[0],
        people=drawn[1].people,
        sex=sex,
        born=born,
        home=spot,
        country=spot.country,
        known=part.known,
        alias=draw_alias(spell_out(drawn), sex, born, chance) if alias else "",
        occupation=chance.weigh(part.occupations) if part.occupations else "",
    )


@cache
def _side_of(role: str) -> str:
    return str(load_words("role")[role].says["side"])


def add_accomplice(world: World, case: CasePlan) -> Person:
    """One more offender of the ring, who helped the one at home that did most of a case."""
    chance = world.chance
    acts = [act for journey in case.journeys for act in journey.acts if not act.abroad]
    boss = chance.pick(acts).by if acts else None
    home = case.home or chance.weigh(world.scenario.homes)
    sex = "male" if chance.happens(0.65) else "female"
    people = boss.people if boss else chance.weigh(world.scenario.peoples_of(home))
    drawn = draw_fresh(people, sex, chance, set())
    person = Person(
        number=0,
        part="accomplice",
        side="offender",
        role="accomplice",
        drawn=drawn,
        written=drawn[0],
        people=people,
        sex=sex,
        born=year_of(case.opened) - chance.between(18, 50),
        home=home,
        country=home.country,
        known=0.9,
        alias="",
        occupation="",
        rings=boss.rings[:1] if boss else tuple(world.rings[:1]),
        stages=("recruitment",),
    )
    world.add(person)
    case.everybody[person.number] = person
    if boss is not None:
        tie_people(world, boss, person, "met", case.opened - 200, case.opened - 30)
    return person


def add_witnesses(world: World, case: CasePlan) -> None:
    """Neighbours, drivers, keepers of stalls who saw somebody of the ring at home."""
    acts = [act for journey in case.journeys for act in journey.acts if not act.abroad]
    for _ in range(world.chance.between(*world.scenario.records.witnesses) if acts else 0):
        act = world.chance.pick(acts)
        person = _make_bystander(world, act.by, "witness", "witness")
        case.everybody[person.number] = person
        tie_people(world, person, act.by, "met", act.day, act.day)


def surround(world: World, part: Part, person: Person) -> None:
    """The things of somebody of the cast, the household, and whoever rings for no reason."""
    chance, said = world.chance, world.scenario.records
    equip(chance, part, person)
    if person.who:
        return  # hired by several rings: nobody has seen them at home
    size = chance.between(*part.household)
    _make_household(world, person, size, 0, year_of(world.active[0]))
    calls = chance.between(*said.bystanders) if person.phones else 0
    for _ in range(calls):
        other = _make_bystander(world, person, "bystander", "other")
        first, last = world.active
        last = max(first, min(last, person.caught or last))
        ends = (person, other) if chance.happens(0.5) else (other, person)
        tie_people(world, *ends, "called", first, last, chance.between(2, 45))


def _make_bystander(world: World, beside: Person, part: str, role: str) -> Person:
    chance = world.chance
    sex = "female" if chance.happens(0.5) else "male"
    drawn = draw_fresh(beside.people, sex, chance, world.names)
    person = Person(
        number=0,
        part=part,
        side="other",
        role=role,
        drawn=drawn,
        written=drawn[0],
        people=beside.people,
        sex=sex,
        born=year_of(world.active[0] or world.cases[0].opened) - chance.between(16, 68),
        home=beside.home,
        country=beside.country,
        known=0.7,
        alias="",
        occupation="",
    )
    return world.add(person)
