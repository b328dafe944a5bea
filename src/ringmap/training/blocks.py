"""One neighbourhood of worlds: invented, observed, and turned into the text of each table."""

import gc
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ringmap.training.casting import Pool
from ringmap.training.chance import Chance
from ringmap.training.folder import TABLES, Row, as_text, day_text
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


@dataclass(slots=True)
class Block:
    """The text of each table, and what was counted on the way."""

    tables: dict[str, bytes] = field(default_factory=dict)
    towns: dict[str, Row] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)
    people: int = 0
    recorded: int = 0
    cases: int = 0
    rings: int = 0
    ties: int = 0
    unrecorded: int = 0


def make_block(job: Job) -> Block:
    """Every world of a neighbourhood, as text.

    Worlds are full of circles, which the collector would walk again and again: it rests.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _make_block(job)
    finally:
        if collecting:
            gc.enable()


def _make_block(job: Job) -> Block:
    pool = Pool(job.seed, "pool", job.number)
    block = Block()
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    shared: dict[str, tuple[Person, list[str]]] = {}
    for unit in job.units:
        _add_world(job, unit, pool, block, rows, shared)
    for person, records in shared.values():
        rows["truth/people"].append(_person_row(person, records))
    block.people += len(shared)
    block.tables = {name: as_text(found).encode("utf-8") for name, found in rows.items()}
    return block


def _add_world(
    job: Job,
    unit: Unit,
    pool: Pool,
    block: Block,
    rows: dict[str, list[Row]],
    shared: dict[str, tuple[Person, list[str]]],
) -> None:
    chance = Chance(job.seed, "world", unit.number)
    scenario = unit.scenario
    rings = [unit.number * 10 + one for one in range(scenario.rings)]
    plans = [
        CasePlan(one.opened, one.victims, one.accused, list(one.ages), list(one.outcomes))
        for one in unit.cases
    ]
    world = invent_world(scenario, rings, plans, chance, pool)
    register = observe(world, unit.number, missing=job.missing)
    found = register.rows
    for person in world.people:
        if not person.who:
            person.who = f"W{unit.number}-{person.number + 1:02d}"
    found.organisations.extend(list(_organisation_rows(register)))
    rows["places"].extend(found.places.values())
    rows["organisations"].extend(found.organisations)
    for name in ("cases", "people", "roles", "identifiers", "ties", "events", "legs", "sources"):
        rows[name].extend(getattr(found, name))
    block.towns.update(found.towns)
    _add_truth(world, register, unit, block, rows, shared)


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
        case_id = f"C{unit}-1"
        register.rows.ties.extend(
            (record, number, "works_for", case_id, "", "", "", ref, "", "", "", "", "")
            for record in staff
        )


def _add_truth(
    world: World,
    register: Register,
    unit: Unit,
    block: Block,
    rows: dict[str, list[Row]],
    shared: dict[str, tuple[Person, list[str]]],
) -> None:
    found = register.rows
    for person in world.people:
        records = register.records_of.get(person.number, [])
        block.recorded += len(records)
        if "-S" in person.who:
            shared.setdefault(person.who, (person, []))[1].extend(records)
        else:
            block.people += 1
            rows["truth/people"].append(_person_row(person, records))
    names: dict[str, Row] = {}
    for record, number, name in found.identities:
        names.setdefault(record, (record, world.people[number].who, name))
    rows["truth/identities"].extend(names.values())
    rows["truth/errors"].extend(found.errors)
    _add_ties(world, register, unit, block, rows)
    _add_quiet(world, unit, block, rows)
    for ring in world.rings:
        _add_ring(world, register, ring, rows)
    block.rings += len(world.rings)
    block.cases += len(found.cases)
    block.scenarios[world.scenario.code] = world.scenario
    block.story.extend(tell_ring(world, register, ring_name(ring), ring) for ring in world.rings)


def _person_row(person: Person, records: Iterable[str]) -> Row:
    return (
        person.who, person.name.written, person.sex, str(person.born), person.name.people,
        person.country, _home(person.home), person.side,
        ";".join((person.role, *person.roles)), ";".join(person.stages),
        ";".join(map(ring_name, sorted(person.rings))), ";".join(records),
    )  # fmt: skip


@cache
def _home(home: Spot) -> str:
    return f"{home.name} ({home.province})" if home.province else home.name


def ring_name(number: int) -> str:
    """R7 for the ring of world 7, R7.2 for a second ring of it."""
    unit, place = divmod(number, 10)
    return f"R{unit}.{place + 1}" if place else f"R{unit}"


def _add_ties(
    world: World, register: Register, unit: Unit, block: Block, rows: dict[str, list[Row]]
) -> None:
    case_of = {
        journey.number: f"C{unit.number}-{number}"
        for number, plan in enumerate(world.cases, 1)
        for journey in plan.journeys
    }
    for number, tie in enumerate(world.all_ties(), 1):
        block.ties += 1
        block.unrecorded += tie.records == 0
        rows["truth/ties"].append((
            f"T{unit.number}-{number}", tie.source.who, tie.target.who, tie.kind,
            day_text(tie.first) if tie.first else "", day_text(tie.last) if tie.last else "",
            str(tie.times), case_of.get(tie.journey, ""), str(tie.records),
        ))  # fmt: skip


def _add_quiet(world: World, unit: Unit, block: Block, rows: dict[str, list[Row]]) -> None:
    """Those of the households whom nobody ever names."""
    people, ties = rows["truth/people"], rows["truth/ties"]
    first, tie = len(world.people) + 1, len(world.ties) + sum(len(j.ties) for j in world.journeys)
    for place, one in enumerate(world.quiet):
        head, who = one.head, f"W{unit.number}-{first + place}"
        people.append((who, one.name, one.sex, str(one.born), head.name.people, head.country,
                       _home(head.home), "other", "relative", "", "", ""))  # fmt: skip
        ties.append((f"T{unit.number}-{tie + place + 1}", head.who, who, one.kind, "", "", "1",
                     "", "0"))  # fmt: skip
    block.people += len(world.quiet)
    block.ties += len(world.quiet)
    block.unrecorded += len(world.quiet)


def _add_ring(world: World, register: Register, ring: int, rows: dict[str, list[Row]]) -> None:
    members = [one for one in world.people if ring in one.rings]
    offenders = sum(one.side == "offender" for one in members)
    victims = sum(one.side == "victim" for one in members)
    cases = ";".join(
        f"C{register.unit}-{number}"
        for number, plan in enumerate(world.cases, 1)
        if any(journey.ring == ring for journey in plan.journeys)
    )
    scenario = world.scenario
    rows["truth/rings"].append(
        (ring_name(ring), scenario.code, scenario.title["en"], str(offenders), str(victims), cases,
         scenario.story["en"])
    )  # fmt: skip
    rows["truth/memberships"].extend((ring_name(ring), one.who, one.role) for one in members)
    rows["truth/brokers"].extend(
        (one.person.who, ring_name(ring), str(rank), one.between, one.because, one.because_vi)
        for rank, one in enumerate(register.brokers.get(ring, ()), 1)
    )
