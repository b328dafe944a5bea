"""A whole world: its rings, their journeys, the rest of the cast, and who knows whom."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from ringmap.training.accusing import accuse
from ringmap.training.casting import Pool, Ring, add_witnesses, complete_cast, surround
from ringmap.training.chance import Chance
from ringmap.training.names import family_of
from ringmap.training.scenario import VICTIM, Bond, Part, Scenario, Spot
from ringmap.training.travelling import draw_amount, make_journey
from ringmap.training.world import (
    CasePlan,
    Journey,
    Organisation,
    Person,
    World,
    tie_people,
)

Parts = Mapping[str, list[Person]]
#: The last journey of a case begins so many days before the file is opened.
_LAST_JOURNEY = 90
#: Comes before what follows from it, on one day.
_ONCE = frozenset({"introduced"})
_LASTING = frozenset({"kin_of", "married_to", "friend_of", "works_for"})


def invent_world(
    scenario: Scenario,
    numbers: Sequence[int],
    cases: Sequence[CasePlan],
    chance: Chance,
    pool: Pool,
) -> World:
    """The world of one ring, or of two whose journeys share the same case files.

    Parameters
    ----------
    numbers
        Numbers of the rings; none for a scenario without rings, which still has its people.
    cases
        What each case file is to hold; homes, journeys and victims are filled in.
    """
    world = World(scenario, chance, list(numbers), cases=list(cases))
    rings: list[Ring] = []
    for number in numbers or (0,):
        rings.append(_start_ring(world, number, pool, rings))
    for place, case in enumerate(world.cases):
        for part, ring in enumerate(rings):
            count = _share_of(case.victims, len(rings), part)
            _travel(world, ring, case, place, count)
        add_witnesses(world, case)
        accuse(world, case)
    world.close()
    for ring in rings:
        complete_cast(world, ring)
    _tie_bonds(world, rings)
    for person in list(world.people):
        plays = scenario.cast.get(person.part)
        if plays is not None:
            surround(world, plays, person)
    _staff(world, rings)
    return world


def _share_of(count: int, parts: int, part: int) -> int:
    return count * (part + 1) // parts - count * part // parts


def _start_ring(world: World, number: int, pool: Pool, others: Sequence[Ring]) -> Ring:
    """A ring with a home for each case file: the first one's province, or another."""
    chance, homes = world.chance, world.scenario.homes
    bases = [chance.weigh(homes)]
    if others:
        bases = [_another_home(world, others[0].bases[0], True)]
    for _ in world.cases[1:]:
        bases.append(_another_home(world, bases[0], chance.happens(world.scenario.spread)))
    first = min((case.opened for case in world.cases), default=737_000)
    return Ring(number, first - 200, bases, pool)


def _another_home(world: World, base: Spot, other: bool) -> Spot:
    """A home in the same province as another one, or in a different one, if chance finds it."""
    for _ in range(30):
        spot = world.chance.weigh(world.scenario.homes)
        if (spot.province != base.province) == other:
            return spot
    return base


def _travel(world: World, ring: Ring, case: CasePlan, place: int, victims: int) -> None:
    """The journeys that a case file will be about."""
    chance, scenario = world.chance, world.scenario
    home = ring.bases[place % len(ring.bases)]
    case.home = case.home or home
    latest = case.opened - max(_LAST_JOURNEY, scenario.longest + 15)
    left, day = victims, latest - chance.between(30, 330)
    while left > 0 and scenario.journey:
        together = min(left, chance.weigh(scenario.victims.together))
        spot = chance.weigh(scenario.homes)
        spot = spot if spot.province == home.province else home
        make_journey(world, ring, case, spot, together, day)
        day = min(day + chance.between(4, 75), latest)
        left -= together


def _tie_bonds(world: World, rings: Sequence[Ring]) -> None:
    groups = [_parts_of(world, ring.number) for ring in rings]
    met = any(bond.within == "journey" for bond in world.scenario.bonds)
    meetings = [_meet(journey) for journey in world.journeys] if met else []
    for bond in world.scenario.bonds:
        if bond.across_rings and len(groups) > 1:
            across = _pairs(groups[0], groups[1], bond)
            for one, other in world.chance.sample(across, 1):
                _bind(world, bond, one, other)
                world.ties[-1].sure = True
            continue
        pairs = (
            _pairs_of_journeys(meetings, bond)
            if bond.within == "journey"
            else (pair for group in groups for pair in _pairs(group, group, bond))
        )
        for one, other in pairs:
            if world.chance.happens(bond.share):
                _bind(world, bond, one, other)


def _parts_of(world: World, ring: int) -> Parts:
    found: dict[str, list[Person]] = {}
    for person in world.people:
        if not ring or person.ring == ring or ring in person.rings:
            found.setdefault(person.part, []).append(person)
    return found


def _meet(journey: Journey) -> tuple[Parts, set[tuple[int, int]]]:
    """Who was on a journey, and the numbers of those who acted with those they acted on."""
    people = {act.by.number: act.by for act in journey.acts}
    people |= {one.number: one for one in journey.victims}
    met = {(act.by.number, one.number) for act in journey.acts for one in act.victims}
    group: dict[str, list[Person]] = {}
    for person in people.values():
        group.setdefault(person.part, []).append(person)
    return group, met


def _pairs_of_journeys(
    meetings: Sequence[tuple[Parts, set[tuple[int, int]]]], bond: Bond
) -> Iterator[tuple[Person, Person]]:
    """Pairs of the bond who were on one journey; a victim only with those who acted on her."""
    for group, met in meetings:
        for one, other in _pairs(group, group, bond):
            ends = (one.number, other.number)
            if VICTIM not in (one.part, other.part) or ends in met or ends[::-1] in met:
                yield one, other


def _pairs(first: Parts, second: Parts, bond: Bond) -> list[tuple[Person, Person]]:
    """Everybody of the bond's sources with everybody of its targets, no pair twice."""
    sources = [person for word in bond.sources for person in first.get(word, ())]
    targets = [person for word in bond.targets for person in second.get(word, ())]
    same = bond.sources == bond.targets and first is second
    return [
        (one, other)
        for one, other in product(sources, targets)
        if one is not other and not (same and one.number > other.number)
    ]


def _bind(world: World, bond: Bond, one: Person, other: Person) -> None:
    chance, random = world.chance, world.chance.random
    if bond.kind == "married_to" and one.sex == other.sex:
        return
    if bond.kind == "kin_of" and one.people == other.people and not other.who:
        family = family_of(one.drawn)
        if family and family != family_of(other.drawn):
            other.rename(family, chance)
    first = last = 0
    if bond.kind not in _LASTING:
        start, end = world.active
        end = min(end, one.caught or end, other.caught or end)
        start = min(start, end - 1)
        first = start + int(random() * max(1, end - 59 - start))
        last = min(end, first + 20 + int(random() * 481))
    if bond.kind in _ONCE:
        first = last = min(first, world.active[0]) - chance.between(3, 40)
    if bond.kind == "shared_cell":
        first, last = first - 1200, first - 960
    (least, most), amount, currency = bond.times, 0, ""
    if bond.price is not None:
        amount, currency = draw_amount(chance, bond.price), bond.price.currency
    times = least if least == most else chance.between(least, most)
    tie_people(world, one, other, bond.kind, first, last, times, amount, currency)


def _staff(world: World, rings: Sequence[Ring]) -> None:
    """Firms, compounds and centres on each route that was used, and who of the cast works there."""
    for ring, said in product(rings, world.scenario.organisations.values()):
        used = {one.route.name: one.route for one in world.journeys if one.ring == ring.number}
        staffed: set[int] = set()
        for route in used.values():
            staff = [
                person
                for part in world.scenario.cast.values()
                if part.organisation == said.key
                for person in _players(ring, part, route.name)
                if person.number not in staffed
            ]
            if staff:
                staffed.update(person.number for person in staff)
                place = ring.place(world, route, said.site)
                number, name = len(world.organisations) + 1, world.chance.pick(said.names)
                world.organisations.append(Organisation(number, name, said.kind, place, staff))


def _players(ring: Ring, part: Part, route: str) -> list[Person]:
    return ring.parts.get(part.key if part.per == "ring" else f"{part.key} {route}", [])
