"""Houses that do not exist: guest houses, bars, offices, trails, named as they are there."""

from ringmap.training.chance import Chance
from ringmap.training.scenario import Spot

#: What kinds of premises are called in Viet Nam; the name follows.
_VIETNAMESE = {
    "guest_house": ("Nhà nghỉ", "Nhà nghỉ", "Nhà trọ"),
    "karaoke_bar": ("Karaoke", "Karaoke", "Quán"),
    "massage_parlour": ("Massage", "Cơ sở xoa bóp"),
    "market": ("Chợ",),
    "pier": ("Bến tàu", "Cảng cá"),
    "office": ("Văn phòng",),
    "clinic": ("Phòng khám",),
    "hospital": ("Bệnh viện",),
    "school": ("Trường nội trú",),
    "orphanage": ("Mái ấm",),
    "factory": ("Xưởng may", "Xưởng giày"),
    "farm": ("Trang trại",),
    "mine": ("Bãi vàng",),
    "prison": ("Trại giam",),
    "casino": ("Casino",),
    "scam_compound": ("Khu",),
    "home_village": ("Bản",),
}
_WORDS_VI = (
    "Hoa Ban", "Bình Minh", "Sao Đêm", "Hương Rừng", "Thanh Bình", "Phương Nam", "Gió Núi",
    "Ánh Trăng", "Hoàng Hôn", "Suối Mơ", "Mây Trắng", "Bến Thương", "Ngọc Lan", "Đồi Thông",
    "Hải Âu", "Cánh Buồm", "Sông Quê", "Hồng Phát", "Tân Lộc", "Minh Khôi", "Thiên Phúc",
    "An Khang", "Sơn Thủy", "Biển Nhớ",
)  # fmt: skip
#: Trails and ferry places bear no sign; statements tell what is to be seen there.
_TRAILS_VI = (
    "Lối mòn qua nương ngô", "Lối mòn sau chợ", "Lối mòn theo suối cạn", "Đường mòn qua đồi keo",
    "Bến đò tự phát", "Chỗ lội qua suối", "Đường tiểu ngạch sau bãi xe", "Lối mòn cạnh mốc cũ",
    "Bến bè tre", "Lối mòn qua rẫy sắn",
)  # fmt: skip
_TRAILS = (
    "trail behind the market", "ferry place under the trees", "path through the cane field",
    "ford by the broken bridge", "trail along the canal", "plank over the ditch",
)  # fmt: skip
#: Houses abroad as those who came back describe them; nobody has seen a number.
_HOUSES = (
    "Nhà hai tầng, cổng sắt xanh", "Nhà mái ngói cạnh ao", "Nhà ba tầng gần chợ",
    "Nhà gạch mộc cuối thôn", "Nhà trong ngõ, tường trắng", "Căn hộ tầng sáu",
    "Nhà cấp bốn cạnh ruộng ngô", "Nhà cạnh xưởng gạch", "Nhà hai tầng, sân phơi lạc",
    "Nhà cạnh đường tàu",
)  # fmt: skip
#: Words of signs as they are read, and in the script of the place. None is a known house.
_SIGNS = {
    "CN": (
        ("Hongyun", "鸿云"), ("Jinhe", "锦河"), ("Fulai", "福来"), ("Yinhai", "银海"),
        ("Lüzhou", "绿洲"), ("Wangjiang", "望江"), ("Xinglong", "兴隆"), ("Yueliang", "月亮"),
        ("Pingan", "平安"), ("Nanfeng", "南枫"), ("Haoyuan", "好缘"), ("Mudan", "牡丹"),
    ),
    "TH": (
        ("Chok Dee", "โชคดี"), ("Rim Nam", "ริมน้ำ"), ("Dao Thong", "ดาวทอง"),
        ("Suan Mai", "สวนไม้"), ("Sai Lom", "สายลม"), ("Phet Thale", "เพชรทะเล"),
    ),
    "LA": (
        ("Dok Champa", "ດອກຈຳປາ"), ("Phet Savanh", ""), ("Dao Heuang", ""),
        ("Sengdeuan", "ແສງເດືອນ"), ("Namfa", ""), ("Hongthong", "ຫົງທອງ"),
    ),
    "KH": (
        ("Romdoul", "រំដួល"), ("Phkay Prek", ""), ("Sovann Mean", "សុវណ្ណមាន"),
        ("Mean Chey", ""), ("Tonle Meas", ""), ("Sok San", "សុខសាន្ត"), ("Chan Reah", ""),
    ),
    "MM": (
        ("Shwe Myint", "ရွှေမြင့်"), ("Aung Thiri", ""), ("Padauk", "ပိတောက်"),
        ("Yadana Oo", ""), ("Ngwe Moe", "ငွေမိုး"),
    ),
}  # fmt: skip
_WORDS = (
    "Golden Lotus", "River View", "Lucky Star", "Green Hill", "Silver Moon", "Red Gate",
    "Blue Sky", "Three Palms", "Old Bridge", "New Century", "Jade", "Phoenix", "Pearl",
    "Sunflower", "White Horse", "Diamond", "Bamboo",
)  # fmt: skip
#: What follows the word of the sign: as it is read, and in Chinese.
_ELSEWHERE = {
    "guest_house": ("Guesthouse", "旅馆"),
    "karaoke_bar": ("KTV", "KTV"),
    "massage_parlour": ("Massage", "足浴"),
    "market": ("Market", "市场"),
    "pier": ("Pier", "码头"),
    "office": ("Office", "办公室"),
    "clinic": ("Clinic", "诊所"),
    "hospital": ("Hospital", "医院"),
    "school": ("School", "学校"),
    "orphanage": ("Children's Home", "福利院"),
    "factory": ("Factory", "厂"),
    "farm": ("Farm", "农场"),
    "mine": ("Mine", "矿"),
    "prison": ("Prison", "监狱"),
    "casino": ("Casino", "娱乐城"),
    "home_village": ("Village", "村"),
}
#: Compounds bear names for many ears: Chinese, English, a letter or a figure.
_COMPOUNDS = (
    "Jinlong 金龙", "Hengyuan 恒源", "Tianhe 天禾", "Wanfu 万福", "Hongtai 鸿泰", "KX", "Long Vận",
    "Kim Phát", "Star River", "Hoàng Kim 9", "Dongsheng 东升", "Yun Ding 云顶山", "Bai Li 百里",
    "GT88", "Lion Hill", "New Bay",
)  # fmt: skip
_BLOCKS = ("Park", "Garden", "City", "Plaza", "")
_BOATS = ("Chok Anan", "Sin Sakhon", "Por Pattana", "Sap Thawi", "Kit Niran", "Rung Nava")
_LICENCES = {"VN": "KG", "KH": "KK", "MM": "MY", "ID": "GT", "MY": "KNF"}


def invent_premises(kind: str, town: Spot, chance: Chance) -> str:
    """A name for premises of a kind in a town; no such house is meant."""
    home = town.country == "VN"
    if kind == "fishing_boat":
        return _boat(town.country, chance)
    if kind == "bus_station":
        return f"Bến xe {town.name}" if home else f"{town.name} bus station"
    if kind == "buyers_home":
        return f"{chance.pick(_HOUSES)}, {town.name}"
    if kind == "unofficial_crossing":
        return chance.pick(_TRAILS_VI if home else _TRAILS)
    if kind == "scam_compound" and not home:
        return f"{chance.pick(_COMPOUNDS)} {chance.pick(_BLOCKS)}".rstrip()
    if home:
        word = chance.pick(_VIETNAMESE.get(kind, ("Nhà",)))
        return f"{word} {chance.pick(_WORDS_VI)} {_number(chance)}".rstrip()
    return _abroad(kind, town.country, chance)


def _abroad(kind: str, country: str, chance: Chance) -> str:
    """A sign as it is read there; Chinese ones also as they are written."""
    what, sign = _ELSEWHERE.get(kind, ("House", "房"))
    words = _SIGNS.get(country)
    if words is None or chance.happens(0.15):
        return f"{chance.pick(_WORDS)} {what}"
    read, written = chance.pick(words)
    if country == "CN":
        return f"{read} {what} {written}{sign}"
    return f"{read} {what} {written}".rstrip() if chance.happens(0.4) else f"{read} {what}"


def _boat(country: str, chance: Chance) -> str:
    """Thai boats go by a name and a number, others by a licence of nobody's."""
    if country == "TH":
        return f"{chance.pick(_BOATS)} {chance.between(2, 19)}"
    return f"{_LICENCES.get(country, 'XX')}-00{chance.below(1000):03d}-TS"


def is_water(name: str) -> bool:
    """Whether an unofficial crossing is a ferry place or a ford, by its name."""
    lower = name.lower()
    return any(word in lower for word in ("bến", "lội", "ferry", "raft", "landing"))


def near(point: tuple[float, float] | None, chance: Chance) -> tuple[float, float] | None:
    """A point some kilometres from another, rounded to about one kilometre."""
    if point is None:
        return None
    return (
        round(point[0] + (chance.random() - 0.5) * 0.08, 2),
        round(point[1] + (chance.random() - 0.5) * 0.08, 2),
    )


def _number(chance: Chance) -> str:
    return str(chance.between(2, 99)) if chance.happens(0.2) else ""
