"""Who really holds a ring of an invented world together, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ringmap.training.world import Journey, Person, World

#: Whoever does a part that makes a broker is one if so many of the journeys pass through them,
#: or, for those who stay away from journeys, if they deal with so many people.
_LEAST_JOURNEYS = 1 / 3
_LEAST_CONTACTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Broker:
    """A broker of the truth: between whom, and the reason in two languages."""

    person: Person
    between: str
    because: str
    because_vi: str


def name_brokers(world: World, ring: int) -> Iterator[Broker]:
    """Those whose part makes them brokers and who really were, the foremost first."""
    members = [one for one in world.people if ring in one.rings]
    journeys = [one for one in world.journeys if one.ring == ring]
    passed = _count_journeys(journeys)
    found = []
    for person in members:
        part = world.scenario.cast.get(person.part)
        if part is None or not part.broker:
            continue
        through, contacts = passed.get(person.number, 0), _contacts(world, person)
        if through >= len(journeys) * _LEAST_JOURNEYS or (
            not through and len(contacts) >= _LEAST_CONTACTS
        ):
            found.append((-through, -len(contacts), person.number, part.broker, contacts))
    found.sort(key=lambda one: one[:3])
    for less, _, number, between, contacts in found:
        reasons = _reasons(between, -less, len(journeys), contacts)
        yield Broker(world.people[number], between["en"], *reasons)


def _count_journeys(journeys: Iterable[Journey]) -> dict[int, int]:
    """In how many journeys each person did something, bought somebody or paid for it."""
    found: dict[int, int] = {}
    for journey in journeys:
        people = {act.by.number for act in journey.acts}
        people |= {act.buyer.number for act in journey.acts if act.buyer}
        for number in people:
            found[number] = found.get(number, 0) + 1
    return found


def _reasons(
    between: Mapping[str, str], through: int, journeys: int, contacts: list[Person]
) -> tuple[str, str]:
    """Why this is a broker, in English and Vietnamese."""
    countries = Counter(one.country for one in contacts)
    where = " and ".join(f"{count} in {code}" for code, count in sorted(countries.items()))
    places = " và ".join(f"{count} ở {code}" for code, count in sorted(countries.items()))
    passed = (
        f"{through} of {journeys} journeys pass through this person"
        if through
        else "no journey passes through this person"
    )
    walked = (
        f"{through} trên {journeys} chuyến đi qua người này"
        if through
        else "không chuyến đi nào qua người này"
    )
    return (
        f"ties {between['en']}: {passed}; deals with {len(contacts)} others of the ring"
        f" ({where or 'nobody recorded where'})",
        f"nối {between.get('vi', between['en'])}: {walked}; có quan hệ với {len(contacts)} người"
        f" khác trong đường dây ({places})",
    )


def _contacts(world: World, person: Person) -> list[Person]:
    others: dict[int, Person] = {}
    for tie in world.ties:
        if tie.source is person and tie.target.side == "offender":
            others[tie.target.number] = tie.target
        elif tie.target is person and tie.source.side == "offender":
            others[tie.source.number] = tie.source
    return sorted(others.values(), key=lambda one: (one.country, one.number))
