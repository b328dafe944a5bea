"""How the people of a case are described in its file: names, years of birth, standing."""

from functools import cache

from ringmap.training.folder import DAYS, Line, cell
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
    for number, person in file.plan.everybody.items():
        if number not in file.ids and (number in file.victims or number in file.standings):
            register.number_of(file, person, _best(file, person))
    people = register.world.people
    for number in sorted(file.ids):
        _write_person(register, file, people[number])


def _best(file: CaseFile, person: Person) -> Document:
    told = [one for one in file.documents if one.day >= person.since]
    return next((one for one in told if one.about is person), (told or file.documents[-1:])[0])


def _write_person(register: Register, file: CaseFile, person: Person) -> None:
    rows, number = register.rows, person.number
    document, record = file.seen[number], file.ids[number]
    standing = file.standings.get(number) or _standing(register, file, person)
    full = standing in ACCUSED or person.part in _ASKED or document.form.care > 0.9
    name = _name(register, document, person, full)
    rows.people.append(_line(register, file, person, record, name, standing, document, full))
    rows.identities.append((record, number, name))
    twin = file.aliases.get(number, record)
    if twin != record:
        line = _line(register, file, person, twin, person.alias, "mentioned", document, False)
        rows.people.append(line)
        rows.identities.append((twin, number, person.alias))
    elif register.chance.random() < 0.1:
        _describe_again(register, file, person, record, standing)


_ASKED = frozenset({"victim", "relative", "witness"})


def _describe_again(
    register: Register, file: CaseFile, person: Person, record: str, standing: str
) -> None:
    """A second document that describes the same person, and not quite the same."""
    other = register.chance.pick(file.documents)
    if other is file.seen[person.number] or other.form.kind == "calls":
        return
    name = _name(register, other, person, other.form.care > 0.65)
    register.rows.people.append(_line(register, file, person, record, name, standing, other, False))


def _name(register: Register, document: Document, person: Person, full: bool) -> str:
    chance, care = register.chance, document.form.care
    if not full and person.alias and chance.happens(0.5):
        return person.alias
    if care >= 1 or chance.random() < care:
        return person.written
    return write_name(person.name, chance, country=document.country, care=care)


def _standing(register: Register, file: CaseFile, person: Person) -> str:
    """How somebody who is not accused stands in this case."""
    chance, side = register.chance, person.side
    if side == "offender":
        return "suspected" if chance.random() < person.known else "mentioned"
    if side != "victim" or not _is_victim(file, person):
        return "mentioned"
    if person.part != "victim" and file.plan.accused is not None:
        return "mentioned"  # such as a mother: not counted where a profile says how many
    if register.world.rings:
        return "identified_victim"
    return "not_a_victim" if chance.happens(0.5) else "possible_victim"


def _is_victim(file: CaseFile, person: Person) -> bool:
    """Whether this file knows somebody as a victim; another file may."""
    if person.part == "victim":
        return person.number in file.victims
    return person.side == "victim" and person.number not in file.standings


def _role(file: CaseFile, person: Person) -> tuple[str, str]:
    """The role of somebody in this file, and what became of them as a victim."""
    if person.side != "victim":
        return person.role, ""
    if _is_victim(file, person):
        return person.role, person.outcome
    if person.part != "victim":
        return person.role, ""
    return (person.roles[0] if person.number in file.standings and person.roles else "other"), ""


def _born(register: Register, person: Person, record: str, full: bool) -> str:
    random = register.chance.random
    if person.birthday:
        return DAYS[person.birthday] if full else ""
    if not full and random() >= 0.4:
        return ""
    if full or random() >= 0.3:
        return str(person.born)
    by_sight = str(person.born + register.chance.pick((-3, -2, -1, 1, 2, 3)))
    register.error("people", record, "born", by_sight, str(person.born), "year of birth by sight")
    return by_sight


def _line(
    register: Register, file: CaseFile, person: Person, record: str, name: str, standing: str,
    document: Document, full: bool,
) -> Line:  # fmt: skip
    random, alias = register.chance.random, person.alias
    group, nation = _GROUPS.get(person.people, ("", person.country))
    by_alias = name == alias != ""
    note = cell(file.office.notes["alias_only"]) if by_alias else ""
    aliases = alias if full and alias and not by_alias and random() < 0.7 else ""
    born = _born(register, person, record, full)
    home = _home_cells(person.home) if full and nation in ("", person.home.country) else ","
    country = person.country
    if not full and random() < 0.5:
        nation = group = country = ""
    elif file.home.country != "VN":
        group = ""
    role, outcome = _role(file, person)
    return ",".join(
        (record, name, aliases, person.sex, born, "", nation, group, home, country, role, standing,
         file.case_id, outcome, document.ref, "", note,
         f"{cell(person.occupation)}\n" if full else "\n")
    )  # fmt: skip


@cache
def _home_cells(home: Spot) -> str:
    """Town and province."""
    district = home.country == "VN" and home.kind == "district"
    return ",".join((cell(f"huyện {home.name}" if district else home.name), cell(home.province)))
