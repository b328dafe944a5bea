"""Telephones, plates, accounts and papers that can belong to nobody."""

from ringmap.model import fold
from ringmap.training.chance import Chance
from ringmap.training.names import Name
from ringmap.training.scenario import Part
from ringmap.training.world import Person

_NETWORKS = ("zalo", "zalo", "facebook", "telegram", "tiktok")
_ONLINE = frozenset({"recruiter", "online_deceiver", "marriage_broker", "impersonator"})
#: Beginnings of numbers that no operator of the country gives out.
_DIAL = {
    "VN": "0600", "CN": "+86 120", "KH": "+855 200", "LA": "+856 200", "TH": "+66 0000",
    "MM": "+95 000", "KR": "+82 000", "TW": "+886 000", "MY": "+60 000",
}  # fmt: skip


def equip(chance: Chance, part: Part, person: Person) -> None:
    """Give somebody of the cast what the part is known by; once only."""
    if person.phones or person.vehicle or person.account:
        return
    count = chance.between(*part.phones)
    person.phones = tuple(invent_phone(person.country, chance) for _ in range(count))
    if part.vehicle and chance.happens(part.vehicle):
        person.vehicle = invent_plate(person.country, chance)
    if part.account and chance.happens(part.account):
        online = person.role in _ONLINE
        person.account = (
            invent_handle(person.name, chance) if online else invent_account(person.country, chance)
        )


def invent_phone(country: str, chance: Chance) -> str:
    """A telephone number in a range that no operator gives out."""
    return f"{_DIAL.get(country, '+000')} {chance.below(1000):03d} {chance.below(1000):03d}"


def invent_plate(country: str, chance: Chance) -> str:
    """A number plate with a series letter that is not used."""
    return f"{chance.between(11, 99)}X-{country[0]}{chance.below(1000):03d}.{chance.below(100):02d}"


def invent_passport(chance: Chance) -> str:
    """A passport number of a series that no country issues."""
    return f"XX000{chance.below(10_000):04d}"


def invent_handle(name: Name, chance: Chance) -> str:
    """A profile on a network, with an ending that makes it nobody's."""
    given = fold(name.written).split()[-1]
    return f"{chance.pick(_NETWORKS)}: {given}.invented.{chance.below(1000):03d}"


def invent_account(country: str, chance: Chance) -> str:
    """A bank account that begins with eight noughts, as no bank's does."""
    return f"{country} 0000 0000 {chance.below(10_000):04d} {chance.below(10_000):04d}"
