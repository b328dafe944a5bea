"""One neighbourhood of worlds: invented, observed, and turned into the text of each table."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from ringmap.training.casting import Pool
from ringmap.training.chance import Chance
from ringmap.training.folder import DAYS, TABLES, TWO, Line, Row, as_text, cell
from ringmap.training.inventing import invent_world
from ringmap.training.observing import observe
from ringmap.training.plans import Unit
from ringmap.training.register import Register
from ringmap.training.scenario import Scenario, Spot
from ringmap.training.telling import tell_ring
from ringmap.training.world import CasePlan, Person, World


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to make a block."""

    number: int
    seed: int
    units: tuple[Unit, ...]
    missing: float | None
    #: The story of so many of its rings is asked for.
    told: int


@dataclass(slots=True)
class Block:
    """The text of each table, and what was counted on the way."""

    tables: dict[str, list[bytes]] = field(default_factory=lambda: {name: [] for name in TABLES})
    towns: dict[str, Row] = field(default_factory=dict)
    scenarios: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)
    people: int = 0
    recorded: int = 0
    cases: int = 0
    rings: int = 0
    ties: int = 0
    unrecorded: int = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: nothing of a world or a scenario holds on to itself."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@uncollected()
def make_block(job: Job, scenarios: Mapping[str, Scenario]) -> Block:
    """Every world of a neighbourhood, as text; the scenarios by the names that its units give."""
    pool = Pool(job.seed, "pool", job.number)
    block = Block()
    shared: dict[str, tuple[Person, list[str]]] = {}
    for unit in job.units:
        _add_world(job, unit, scenarios[unit.scenario], pool, block, shared)
    _add_lines(block, "truth/people", [_person_line(*found) for found in shared.values()])
    block.people += len(shared)
    return block


def _add_rows(block: Block, table: str, rows: Sequence[Row]) -> None:
    if rows:
        block.tables[table].append(as_text(rows).encode("utf-8"))


def _add_lines(block: Block, table: str, lines: Sequence[Line]) -> None:
    if lines:
        block.tables[table].append("".join(lines).encode("utf-8"))


def _add_world(
    job: Job,
    unit: Unit,
    scenario: Scenario,
    pool: Pool,
    block: Block,
    shared: dict[str, tuple[Person, list[str]]],
) -> None:
    chance = Chance(job.seed, "world", unit.number)
    rings = [unit.number * 10 + one for one in range(scenario.rings)]
    plans = [
        CasePlan(one.opened, one.victims, one.accused, list(one.ages), list(one.outcomes))
        for one in unit.cases
    ]
    world = invent_world(scenario, rings, plans, chance, pool)
    register = observe(world, unit.number, missing=job.missing)
    found = register.rows
    found.organisations.extend(list(_organisation_rows(register)))
    for name in ("cases", "places", "organisations"):
        _add_rows(block, name, getattr(found, name))
    for name in ("people", "identifiers", "ties", "events", "legs", "sources"):
        _add_lines(block, name, getattr(found, name))
    block.towns.update(found.towns)
    _add_truth(world, register, unit, block, shared, job.told)


def _organisation_rows(register: Register) -> Iterable[Row]:
    """Firms of the ring as the files have them, and who works for them as far as recorded."""
    world, unit = register.world, register.unit
    for one in world.organisations:
        staff = [record for person in one.staff
                 for record in register.records_of.get(person.number, [])[:1]]  # fmt: skip
        if not staff:
            continue
        number = f"O{unit}-{one.number}"
        ref = f"S{unit}-01"
        place = register.place(one.place)
        yield (
            number,
            one.name,
            one.kind,
            one.place.country,
            one.place.province,
            place,
            ref,
            "",
            "",
        )
        register.rows.ties.extend(
            f"{record},{number},works_for,C{unit}-1,,,,{ref},,,,,\n" for record in staff
        )


def _add_truth(
    world: World,
    register: Register,
    unit: Unit,
    block: Block,
    shared: dict[str, tuple[Person, list[str]]],
    told: int,
) -> None:
    found = register.rows
    _add_people(world, register, block, shared)
    _add_ties(world, register, block)
    names: dict[str, Line] = {}
    for record, number, name in found.identities:
        if record not in names:
            names[record] = f"{record},{world.people[number].who},{name}\n"
    _add_lines(block, "truth/identities", list(names.values()))
    _add_rows(block, "truth/errors", found.errors)
    for ring in world.rings:
        _add_ring(world, register, ring, block)
    block.rings += len(world.rings)
    block.cases += len(found.cases)
    block.scenarios.add(unit.scenario)
    for ring in world.rings[: told - len(block.story)]:
        block.story.append(tell_ring(world, register, ring_name(ring), ring))


def _add_people(
    world: World,
    register: Register,
    block: Block,
    shared: dict[str, tuple[Person, list[str]]],
) -> None:
    lines: list[Line] = []
    nobody: list[str] = []
    for number, person in enumerate(world.people, 1):
        records = register.records_of.get(person.number, nobody)
        block.recorded += len(records)
        if person.who:
            shared.setdefault(person.who, (person, []))[1].extend(records)
        else:
            person.who = f"W{register.unit}-{TWO[number]}"
            lines.append(_person_line(person, records))
    block.people += len(lines)
    _add_lines(block, "truth/people", lines)


def _person_line(person: Person, records: Sequence[str]) -> Line:
    roles = ";".join((person.role, *person.roles)) if person.roles else person.role
    rings = ";".join(map(ring_name, sorted(person.rings))) if person.rings else ""
    return (
        f"{person.who},{person.written},{person.sex},{person.born},{person.people},"
        f"{person.country},{_home(person.home)},{person.side},{roles},{';'.join(person.stages)},"
        f"{rings},{';'.join(records)}\n"
    )


@cache
def _home(home: Spot) -> str:
    return cell(f"{home.name} ({home.province})" if home.province else home.name)


@cache
def ring_name(number: int) -> str:
    """R7 for the ring of world 7, R7.2 for a second ring of it."""
    unit, place = divmod(number, 10)
    return f"R{unit}.{place + 1}" if place else f"R{unit}"


def _add_ties(world: World, register: Register, block: Block) -> None:
    begins, told = f"T{register.unit}-", [(world.ties, "")]
    for number, plan in enumerate(world.cases, 1):
        told += [(journey.ties, f"C{register.unit}-{number}") for journey in plan.journeys]
    lines: list[Line] = []
    for ties, case_id in told:
        for number, tie in enumerate(ties, len(lines) + 1):
            lines.append(
                f"{begins}{number},{tie.source.who},{tie.target.who},{tie.kind},"
                f"{DAYS[tie.first]},{DAYS[tie.last]},{tie.times},{case_id},"
                f"{tie.records}\n"
            )
            if not tie.records:
                block.unrecorded += 1
    block.ties += len(lines)
    _add_lines(block, "truth/ties", lines)
    _add_quiet(world, register.unit, max(len(world.people), len(lines)), block)


def _add_quiet(world: World, unit: str, after: int, block: Block) -> None:
    """Those of the households whom nobody ever names; after that number theirs are free."""
    people: list[Line] = []
    ties: list[Line] = []
    for head, quiet in world.quiet:
        home = f"{head.people},{head.country},{_home(head.home)},other,relative,,,\n"
        for number, (kind, name, sex, born) in enumerate(quiet, after + len(people) + 1):
            who = f"W{unit}-{number}"
            people.append(f"{who},{name},{sex},{born},{home}")
            ties.append(f"T{unit}-{number},{head.who},{who},{kind},,,1,,0\n")
    block.people += len(people)
    block.ties += len(ties)
    block.unrecorded += len(ties)
    _add_lines(block, "truth/people", people)
    _add_lines(block, "truth/ties", ties)


def _add_ring(world: World, register: Register, ring: int, block: Block) -> None:
    members = [one for one in world.people if ring in one.rings]
    offenders = sum(one.side == "offender" for one in members)
    victims = sum(one.side == "victim" for one in members)
    cases = ";".join(
        f"C{register.unit}-{number}"
        for number, plan in enumerate(world.cases, 1)
        if any(journey.ring == ring for journey in plan.journeys)
    )
    scenario, name = world.scenario, ring_name(ring)
    _add_rows(block, "truth/rings", [
        (name, scenario.code, scenario.title["en"], str(offenders), str(victims), cases,
         scenario.story["en"])
    ])  # fmt: skip
    _add_lines(block, "truth/memberships", [f"{name},{one.who},{one.role}\n" for one in members])
    _add_rows(block, "truth/brokers", [
        (one.person.who, name, str(rank), one.between, one.because, one.because_vi)
        for rank, one in enumerate(register.brokers.get(ring, ()), 1)
    ])  # fmt: skip
