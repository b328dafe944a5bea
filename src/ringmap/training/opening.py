"""A case file is opened: by which agency, whom it accuses, and the documents that it gathers."""

from functools import cache, lru_cache

from ringmap.model import country_name, find_province
from ringmap.training.accusing import CAUGHT
from ringmap.training.documents import Office, load_forms, load_office
from ringmap.training.folder import DAYS, MONTHS, TWO, cell
from ringmap.training.register import CaseFile, Document, Register
from ringmap.training.scenario import Spot
from ringmap.training.world import CasePlan, Person, year_of

#: Agencies that question the accused themselves; the others hand over to the province.
_INVESTIGATORS = frozenset({"province_police", "district_police"})
#: Share of the watched whose calls a case file lists.
_WATCHED = 0.6
#: A younger child makes no statement of their own.
_SPEAKS = 6
_BACK = ("rescued", "handed_over", "returned_alone", "supported")


def open_file(register: Register, number: int, plan: CasePlan) -> CaseFile:
    """A case file with its accused and its documents, and nothing said yet."""
    chance = register.chance
    home = plan.home = plan.home or chance.weigh(register.world.scenario.homes)
    office = load_office(home.country)
    kind = chance.weigh(register.said.agencies)
    prefix, seat = office.numbers.get(kind, "HS"), _seat(plan, kind, home)
    file = CaseFile(
        plan,
        f"C{register.unit}-{number}",
        f"{chance.between(2, 180):02d}/{prefix}-{_initials(seat.province)}",
        office,
        agency_name(office, kind, plan.opened, seat),
        home,
    )
    if kind in _INVESTIGATORS:
        file.investigator = file.agency
    else:
        file.investigator = agency_name(office, "province_police", plan.opened, home)
    file.victims = frozenset(one.number for journey in plan.journeys for one in journey.victims)
    file.standings = dict(plan.standings)
    _schedule(register, file)
    _gather(register, file, home)
    file.settle_tellers()
    return file


def open_side_file(register: Register, number: int, opened: int, people: list[Person]) -> CaseFile:
    """A file of another force about some of the people, with a judgment and nothing else."""
    world, chance = register.world, register.chance
    home = (world.cases[0].home if world.cases else None) or chance.weigh(world.scenario.homes)
    office = load_office(home.country)
    file = CaseFile(
        CasePlan(opened, 0, home=home, everybody={one.number: one for one in people}),
        f"C{register.unit}-X{number}",
        f"{chance.between(2, 180):02d}/MT-{_initials(home.province)}",
        office,
        agency_name(office, "drug_police", opened, home),
        home,
    )
    file.investigator = file.agency
    file.reported, file.concluded, file.tried = opened, opened + 120, opened + 280
    add_document(register, file, "judgment", agency_name(office, "court", opened, home),
                 file.tried + 6)  # fmt: skip
    for person in people:
        file.standings[person.number] = "convicted"
    return file


def _seat(plan: CasePlan, kind: str, home: Spot) -> Spot:
    """Where the agency sits: border guards at the crossing, the others at the victims' home."""
    if kind == "border_guard":
        for journey in plan.journeys:
            for act in journey.acts:
                if act.over is not None and act.over.country == home.country:
                    return act.over.town
    return home


def agency_name(office: Office, kind: str, day: int, home: Spot, foreign: str = "") -> str:
    """What an agency was called on a day."""
    return _agency_name(office, kind, year_of(day), home, foreign)


@lru_cache(maxsize=100_000)
def _agency_name(office: Office, kind: str, year: int, home: Spot, foreign: str) -> str:
    return office.agency(
        kind,
        year,
        province=home.province,
        district=home.name,
        unit=_unit(home.province, home.country),
        town="thành phố" if home.kind == "city" else "huyện",
        foreign=country_name(foreign, "en") if foreign else "",
    )


def add_document(
    register: Register,
    file: CaseFile,
    kind: str,
    agency: str,
    day: int,
    *,
    about: Person | None = None,
    country: str | None = None,
) -> Document:
    """One more document of the case, with its row in sources.csv."""
    chance, form = register.chance, load_forms()[kind]
    grade = chance.weigh(form.grades)
    ref = f"S{register.unit}-{TWO[len(register.rows.sources) + 1]}"
    document = Document(ref, form, country or file.country, about, day)
    file.documents.append(document)
    received = (DAYS if chance.random() < 0.8 else MONTHS)[day]
    register.rows.sources.append(
        f"{ref},{cell(file.office.documents[kind])},,{cell(agency)},{received},"
        f"{grade[0]},{grade[1]},{form.handling},\n"
    )
    return document


def _schedule(register: Register, file: CaseFile) -> None:
    """Who reports and when; when there are arrests, a conclusion, a trial."""
    chance, opened = register.chance, file.plan.opened
    file.reporter, taken = _reporter(register, file)
    file.reported = opened - chance.between(0, 25)
    if file.reporter is not None:
        late = chance.between(200, 900) if chance.happens(register.said.late) else 0
        file.reported = min(max(taken + 3, taken + chance.between(3, 45) + late), opened)
    if any(standing in CAUGHT for standing in file.standings.values()):
        file.arrested = file.plan.arrested
        file.concluded = file.arrested + chance.between(60, 180)
        if "convicted" in file.standings.values():
            file.tried = file.concluded + chance.between(60, 300)


def _reporter(register: Register, file: CaseFile) -> tuple[Person | None, int]:
    """A victim who came back by then, or kin of one; and the day from which they could tell."""
    journeys = [one for one in file.plan.journeys if one.victims]
    if not journeys:
        return None, 0
    away = [
        (one, victim)
        for one in journeys
        for victim in one.victims
        if not 0 < victim.back < file.plan.opened
    ]
    everyone = [(one, victim) for one in journeys for victim in one.victims]
    journey, victim = register.chance.pick(away or everyone)
    if register.chance.happens(0.3):
        journey, victim = register.chance.pick(everyone)
    free = 0 < victim.back < file.plan.opened - 3 and _speaks(victim, file.plan.opened)
    if free and register.chance.happens(0.5):
        return victim, victim.back
    gone = max((act.day for act in journey.acts if act.end - act.day < 30), default=0)
    relatives = register.world.relatives.get(victim.number, [])
    return (register.chance.pick(relatives) if relatives else None), gone or file.plan.opened - 30


def _speaks(victim: Person, day: int) -> bool:
    return year_of(day) - victim.born > _SPEAKS


def _gather(register: Register, file: CaseFile, home: Spot) -> None:
    """What a case file holds, by what happened to it."""
    chance, day, office = register.chance, file.plan.opened, file.office
    victims = [one for journey in file.plan.journeys for one in journey.victims]
    back = [one for one in victims if one.back and one.outcome in _BACK and _speaks(one, day)]
    add_document(register, file, "report", file.agency, file.reported)
    for victim in back[: 3 if len(back) < 9 else 6]:
        later = max(day + chance.between(2, 120), victim.back + chance.between(3, 60))
        add_document(register, file, "victim", file.investigator, later, about=victim)
    caught = [number for number, standing in file.standings.items() if standing in CAUGHT]
    for number in caught[:3]:
        _question(register, file, register.world.people[number])
    _watch(register, file)
    _ask_abroad(register, file, home)
    if chance.happens(register.said.informant):
        agency = agency_name(office, "district_police", day, home)
        add_document(register, file, "informant", agency, day + chance.between(-40, 60))
    if back and chance.happens(register.said.shelter):
        victim, agency = chance.pick(back), agency_name(office, "shelter", day, home)
        later = max(day, victim.back) + chance.between(0, 90)
        add_document(register, file, "shelter", agency, later, about=victim)
    if file.concluded:
        add_document(register, file, "conclusion", file.investigator, file.concluded)
    if file.tried:
        agency = agency_name(office, "court", day, home)
        add_document(register, file, "judgment", agency, file.tried + chance.between(1, 25))


def _question(register: Register, file: CaseFile, person: Person) -> None:
    """A statement of somebody arrested, and the list of their calls."""
    chance, day = register.chance, file.arrested
    if chance.happens(0.6):
        later = day + chance.between(1, 50)
        add_document(register, file, "accused", file.investigator, later, about=person)
    if person.phones and chance.happens(0.6):
        later = day + chance.between(10, 55)
        add_document(register, file, "calls", file.investigator, later, about=person)


def _watch(register: Register, file: CaseFile) -> None:
    """The calls of somebody who was watched, and may have had nothing to do with it."""
    chance = register.chance
    for person in register.watched:
        if person.phones and person.country == file.country and chance.happens(_WATCHED):
            later = file.plan.opened + chance.between(10, 60)
            add_document(register, file, "calls", file.investigator, later, about=person)


def _ask_abroad(register: Register, file: CaseFile, home: Spot) -> None:
    far = {
        act.to.country
        for journey in file.plan.journeys
        for act in journey.acts
        if act.to is not None and act.to.country != file.country
    }
    if far and register.chance.happens(register.said.foreign_reply):
        day, country = file.plan.opened + register.chance.between(60, 700), min(far)
        agency = agency_name(file.office, "foreign_police", day, home, country)
        add_document(register, file, "foreign", agency, day, country=country)


@cache
def _unit(province: str, country: str) -> str:
    """What Vietnamese agencies call the first-level unit that they serve."""
    kinds = {one.kind for one in find_province(province, country=country)}
    return "thành phố" if "municipality" in kinds else "tỉnh"


@cache
def _initials(province: str) -> str:
    return "".join(word[0] for word in province.split() if word[0].isalpha()).upper()
