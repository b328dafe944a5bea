"""How the people of a case are described in its file: names, years of birth, standing."""

from functools import cache

from ringmap.training.folder import Row, day_text
from ringmap.training.names import write_name
from ringmap.training.register import CaseFile, Document, Register
from ringmap.training.scenario import Spot
from ringmap.training.world import Person

ACCUSED = ("convicted", "charged", "detained", "wanted")
#: What a people is called in Vietnamese files, and the nationality it goes with.
_GROUPS = {
    "kinh": ("Kinh", "VN"), "hmong": ("Mông", "VN"), "dao": ("Dao", "VN"), "tay": ("Tày", "VN"),
    "thai_vn": ("Thái", "VN"), "nung": ("Nùng", "VN"), "ede": ("Ê Đê", "VN"),
    "khmer_vn": ("Khmer", "VN"), "khmer": ("Khmer", "KH"), "lao": ("Lao", "LA"),
    "chinese": ("", "CN"), "thai": ("", "TH"), "burmese": ("", "MM"), "english": ("", ""),
}  # fmt: skip


def write_people(register: Register, file: CaseFile) -> None:
    """A row for each person that the file names, and for each nickname taken for somebody else.

    Victims and accused are in their file even where no document tells of any tie of theirs.
    """
    for number, person in file.everybody.items():
        if number not in file.ids and (number in file.victims or number in file.standings):
            register.number_of(file, person, _best(file, person))
    people = register.world.people
    for number in sorted(file.ids):
        _write_person(register, file, people[number])


def _best(file: CaseFile, person: Person) -> Document:
    told = [one for one in file.documents if one.day >= person.since]
    return next((one for one in told if one.about is person), (told or file.documents[-1:])[0])


def _write_person(register: Register, file: CaseFile, person: Person) -> None:
    rows, chance = register.rows, register.chance
    document, record = file.seen[person.number], file.ids[person.number]
    standing = _standing(register, file, person)
    full = standing in ACCUSED or person.part in _ASKED or document.form.care > 0.9
    name = _name(register, document, person, full=full)
    rows.people.append(_row(register, file, person, record, name, standing, document, full=full))
    rows.identities.append((record, person.number, name))
    twin = file.aliases.get(person.number, record)
    if twin != record:
        row = _row(register, file, person, twin, person.alias, "mentioned", document, full=False)
        rows.people.append(row)
        rows.identities.append((twin, person.number, person.alias))
    elif len(file.documents) > 1 and chance.happens(0.1):
        _describe_again(register, file, person, record, standing)


_ASKED = frozenset({"victim", "relative", "witness"})


def _describe_again(
    register: Register, file: CaseFile, person: Person, record: str, standing: str
) -> None:
    """A second document that describes the same person, and not quite the same."""
    other = register.chance.pick(file.documents)
    if other is file.seen[person.number] or other.form.kind == "calls":
        return
    name = _name(register, other, person, full=other.form.care > 0.65)
    register.rows.people.append(
        _row(register, file, person, record, name, standing, other, full=False)
    )


def _name(register: Register, document: Document, person: Person, *, full: bool) -> str:
    chance, care = register.chance, document.form.care
    if not full and person.alias and chance.happens(0.5):
        return person.alias
    if care >= 1 or chance.random() < care:
        return person.name.written
    return write_name(person.name, chance, country=document.country, care=care)


def _standing(register: Register, file: CaseFile, person: Person) -> str:
    if person.number in file.standings:
        return file.standings[person.number]
    if _is_victim(file, person):
        if person.part != "victim" and file.plan.accused is not None:
            return "mentioned"  # such as a mother: not counted where a profile says how many
        if register.world.rings:
            return "identified_victim"
        return "not_a_victim" if register.chance.happens(0.5) else "possible_victim"
    if person.side != "offender":
        return "mentioned"
    return "suspected" if register.chance.happens(person.known) else "mentioned"


def _is_victim(file: CaseFile, person: Person) -> bool:
    """Whether this file knows somebody as a victim; another file may."""
    if person.part == "victim":
        return person.number in file.victims
    return person.side == "victim" and person.number not in file.standings


def _role(file: CaseFile, person: Person) -> str:
    if person.part != "victim" or _is_victim(file, person):
        return person.role
    return person.roles[0] if person.number in file.standings and person.roles else "other"


def _born(register: Register, person: Person, record: str, *, full: bool) -> str:
    chance = register.chance
    if person.birthday:
        return day_text(person.birthday) if full else ""
    if full:
        return str(person.born)
    if not chance.happens(0.4):
        return ""
    if not chance.happens(0.3):
        return str(person.born)
    by_sight = str(person.born + chance.pick((-3, -2, -1, 1, 2, 3)))
    register.error("people", record, "born", by_sight, str(person.born), "year of birth by sight")
    return by_sight


def _row(
    register: Register, file: CaseFile, person: Person, record: str, name: str, standing: str,
    document: Document, *, full: bool,
) -> Row:  # fmt: skip
    chance = register.chance
    group, nation = _GROUPS.get(person.name.people, ("", person.country))
    tells = full or chance.random() < 0.5
    victim = _is_victim(file, person)
    at_home = full and (person.home.country == nation or not nation)
    by_alias = name == person.alias and name != ""
    return (
        record, name,
        person.alias if full and person.alias and not by_alias and chance.happens(0.7) else "",
        person.sex, _born(register, person, record, full=full), "",
        nation if tells else "", group if tells and file.country == "VN" else "",
        _home_text(person.home) if at_home else "", person.home.province if at_home else "",
        person.country if tells else "", _role(file, person), standing,
        file.case_id, person.outcome if victim else "", document.ref, "",
        file.office.notes["alias_only"] if by_alias else "", person.occupation if full else "",
    )  # fmt: skip


@cache
def _home_text(spot: Spot) -> str:
    if spot.country == "VN" and spot.kind == "district":
        return f"huyện {spot.name}"
    return spot.name
