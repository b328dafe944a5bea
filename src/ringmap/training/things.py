"""Telephones, plates, accounts and papers that can belong to nobody."""

from ringmap.model import fold
from ringmap.training.chance import Chance
from ringmap.training.folder import THREE, TWO
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
        person.vehicle = invent_plate(person.country, person.home.province, chance)
    if part.account and chance.happens(part.account):
        online = person.role in _ONLINE
        person.account = (
            invent_handle(person.name, chance) if online else invent_account(person.country, chance)
        )


def invent_phone(country: str, chance: Chance) -> str:
    """A telephone number in a range that no operator gives out."""
    if country == "CN":
        return f"{_DIAL[country]} {chance.below(10_000):04d} {chance.below(10_000):04d}"
    middle, end = THREE[chance.below(1000)], THREE[chance.below(1000)]
    return f"{_DIAL.get(country, '+000')} {middle} {end}"


def invent_plate(country: str, province: str, chance: Chance) -> str:
    """A number plate with a series letter that is not used."""
    code = _PLATES.get(province, chance.between(11, 99))
    return f"{code}X-{country[0]}{THREE[chance.below(1000)]}.{TWO[chance.below(100)]}"


#: First figures of plates by province of Viet Nam, as they are commonly known.
_PLATES = {
    "Cao Bằng": 11, "Lạng Sơn": 12, "Quảng Ninh": 14, "Hải Phòng": 15, "Nam Định": 18,
    "Phú Thọ": 19, "Thái Nguyên": 20, "Yên Bái": 21, "Tuyên Quang": 22, "Hà Giang": 23,
    "Lào Cai": 24, "Lai Châu": 25, "Sơn La": 26, "Điện Biên": 27, "Hà Nội": 29,
    "Hải Dương": 34, "Thanh Hóa": 36, "Nghệ An": 37, "Hà Tĩnh": 38, "Đắk Lắk": 47,
    "Thành phố Hồ Chí Minh": 59, "Long An": 62, "Vĩnh Long": 64, "Cần Thơ": 65, "Đồng Tháp": 66,
    "An Giang": 67, "Kiên Giang": 68, "Cà Mau": 69, "Tây Ninh": 70, "Quảng Bình": 73,
    "Quảng Trị": 74, "Gia Lai": 81, "Kon Tum": 82, "Sóc Trăng": 83, "Trà Vinh": 84,
    "Quảng Nam": 92, "Bình Phước": 93, "Bạc Liêu": 94, "Hậu Giang": 95, "Bắc Giang": 98,
}  # fmt: skip


def invent_passport(chance: Chance) -> str:
    """A passport number of a series that no country issues."""
    return f"XX000{chance.below(10_000):04d}"


def invent_handle(name: Name, chance: Chance) -> str:
    """A profile on a network, with an ending that makes it nobody's."""
    given = fold(name.written).split()[-1]
    return f"{chance.pick(_NETWORKS)}: {given}.invented.{THREE[chance.below(1000)]}"


def invent_account(country: str, chance: Chance) -> str:
    """A bank account that begins with eight noughts, as no bank's does."""
    return f"{country} 0000 0000 {chance.below(10_000):04d} {chance.below(10_000):04d}"
