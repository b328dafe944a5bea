"""Who is accused when a case file is opened, and who of them is caught."""

from ringmap.training.casting import add_accomplice
from ringmap.training.scenario import VICTIM
from ringmap.training.world import CasePlan, Person, World

#: What becomes of those caught; the share of the first two, the rest stay in detention.
_CONVICTED, _CHARGED = 0.68, 0.86
CAUGHT = ("convicted", "charged", "detained")


def accuse(world: World, case: CasePlan) -> None:
    """Decide it for a case: sooner those at home, and those whom statements can name.

    Whoever is caught leaves the ring: later journeys need somebody else. In a scenario without
    rings nobody is accused, as nothing comes of the reports.
    """
    if not world.rings:
        return
    chance = world.chance
    home = case.home.country if case.home else ""
    ease = [
        (chance.random(), _ease(world, one, home), one)
        for one in case.everybody.values()
        if one.side == "offender" and one.is_free(case.opened)
    ]
    if case.accused is None:
        accused = [one for draw, share, one in ease if draw < share]
        accused = accused or [one for _, _, one in ease[:1]]
    else:
        ease.sort(key=lambda one: (-one[0] * one[1], one[2].number))
        accused = [one for _, _, one in ease[: case.accused]]
        while len(accused) < case.accused:
            accused.append(add_accomplice(world, case))
    outcome = _outcome(chance.random())
    case.arrested = case.opened + chance.between(0, 60)
    for person in accused:
        away = person.country != home or chance.happens(0.12)
        case.standings[person.number] = "wanted" if away else outcome
        if not away:
            person.caught = case.arrested
    victims = {one.number for journey in case.journeys for one in journey.victims}
    for person in case.everybody.values():
        if person.part == VICTIM and person.number not in victims:
            case.standings[person.number] = "suspected"  # a victim once, who now recruits


def _ease(world: World, person: Person, home: str) -> float:
    """How easily the police of a country come to accuse somebody, 0 to 1."""
    part = world.scenario.cast.get(person.part)
    escapes = part.escapes if part else 0.0
    return person.known * (0.75 if person.country == home else 0.3) * (1 - escapes)


def _outcome(draw: float) -> str:
    return "convicted" if draw < _CONVICTED else "charged" if draw < _CHARGED else "detained"
