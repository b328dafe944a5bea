"""What each agency came to know of a world, and wrote down with its own errors.

A case is opened long after the fact, from a report; it fills with statements, call lists,
replies from abroad. Victims know those who held them, the arrested give away some of those
beside them, telephones betray those who called the arrested. Nobody sees the rest.
"""

from ringmap.training.closing import (
    Words,
    write_case,
    write_identifiers,
    write_side_case,
    write_turns,
)
from ringmap.training.describing import write_people
from ringmap.training.opening import open_file, open_side_file
from ringmap.training.recording import (
    hide_ties,
    name_foremost,
    write_acts,
    write_side_ties,
    write_ties,
)
from ringmap.training.register import Register
from ringmap.training.world import World


def observe(world: World, unit: int, *, missing: float | None = None) -> Register:
    """The case files about a world, with errors, and what is needed to tell them from the truth.

    Parameters
    ----------
    missing
        Share (0 to 1) of ties that nobody records, whatever the documents would tell; without
        it the documents decide.
    """
    if missing is not None:
        hide_ties(world, missing)
    register = Register(world, unit, missing=missing)
    for number, plan in enumerate(world.cases, 1):
        file = open_file(register, number, plan)
        write_acts(register, file)
        write_ties(register, file)
        if number == len(world.cases):
            name_foremost(register, file)
        write_turns(register, file)
        write_people(register, file)
        write_identifiers(register, file)
        write_case(register, file)
    if world.rings:
        _write_side_files(register)
    return register


def _write_side_files(register: Register) -> None:
    """Files of other forces, about other things, that name people of the ring."""
    world, chance = register.world, register.chance
    for number, side in enumerate(world.scenario.side_files, 1):
        people = [one for one in world.people if one.part in side.about]
        if people and chance.happens(side.share):
            opened = min(case.opened for case in world.cases) - chance.between(-200, 900)
            chosen = chance.sample(people, chance.between(1, min(3, len(people))))
            file = open_side_file(register, number, opened, chosen)
            write_people(register, file)
            write_side_ties(register, file)
            title = chance.pick(side.titles).format_map(Words(home=file.home.name))
            write_side_case(register, file, side.article, title)
