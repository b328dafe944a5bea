"""One neighbourhood of worlds: invented, observed, and turned into the text of each table."""

import gc
from collections.abc import Iterable, Mapping
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


def make_block(job: Job, scenarios: Mapping[str, Scenario]) -> Block:
    """Every world of a neighbourhood, as text; the scenarios by the names that its units give.

    A world takes its circles apart when it is told, so the collector has nothing to look for.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _make_block(job, scenarios)
    finally:
        if collecting:
            gc.enable()


def _make_block(job: Job, scenarios: Mapping[str, Scenario]) -> Block:
    pool = Pool(job.seed, "pool", job.number)
    block = Block()
    shared: dict[str, tuple[Person, list[str]]] = {}
    for unit in job.units:
        _add_world(job, unit, scenarios[unit.scenario], pool, block, shared)
    _add_rows(block, "truth/people", [_person_row(*found) for found in shared.values()])
    block.people += len(shared)
    return block


def _add_rows(block: Block, table: str, rows: list[Row]) -> None:
    if rows:
        block.tables[table].append(as_text(rows).encode("utf-8"))


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
    for person in world.people:
        if not person.who:
            person.who = f"W{unit.number}-{person.number + 1:02d}"
    found.organisations.extend(list(_organisation_rows(register)))
    _add_rows(block, "places", list(found.places.values()))
    _add_rows(block, "organisations", found.organisations)
    for name in ("cases", "people", "roles", "identifiers", "ties", "events", "legs", "sources"):
        _add_rows(block, name, getattr(found, name))
    block.towns.update(found.towns)
    _add_truth(world, register, unit, block, shared, job.told)
    world.take_apart()


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
    shared: dict[str, tuple[Person, list[str]]],
    told: int,
) -> None:
    found = register.rows
    rows: dict[str, list[Row]] = {name: [] for name in _TRUTH}
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
    block.scenarios.add(unit.scenario)
    for ring in world.rings[: told - len(block.story)]:
        block.story.append(tell_ring(world, register, ring_name(ring), ring))
    for name, table in rows.items():
        _add_rows(block, name, table)


_TRUTH = tuple(name for name in TABLES if name.startswith("truth/"))


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


@cache
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
    case_of[-1] = ""
    ties = list(world.all_ties())
    block.ties += len(ties)
    block.unrecorded += sum(not tie.records for tie in ties)
    prefix = f"T{unit.number}-"
    rows["truth/ties"].extend([
        (
            f"{prefix}{number}", tie.source.who, tie.target.who, tie.kind,
            day_text(tie.first) if tie.first else "", day_text(tie.last) if tie.last else "",
            str(tie.times), case_of[tie.journey], str(tie.records),
        )
        for number, tie in enumerate(ties, 1)
    ])  # fmt: skip


def _add_quiet(world: World, unit: Unit, block: Block, rows: dict[str, list[Row]]) -> None:
    """Those of the households whom nobody ever names."""
    people, ties = rows["truth/people"], rows["truth/ties"]
    place, tie = len(world.people), len(ties)
    for head, kind, name, sex, born in world.quiet:
        place += 1
        tie += 1
        who = f"W{unit.number}-{place}"
        people.append((who, name, sex, str(born), head.name.people, head.country,
                       _home(head.home), "other", "relative", "", "", ""))  # fmt: skip
        ties.append((f"T{unit.number}-{tie}", head.who, who, kind, "", "", "1", "", "0"))
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
