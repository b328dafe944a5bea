"""What is said of a ring that was followed through time, in English and Vietnamese."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ringmap.analysis.counting import counted

Fate = Literal["start", "born", "continued", "grew", "shrank", "merged", "split", "died", "end"]
#: A ring of so few members is another one when one more record is found.
FEW_MEMBERS = 4


@dataclass(frozen=True, slots=True)
class Kin:
    """A ring before or after: `common` of its `members` are in both."""

    window: str
    ring: str
    common: int
    members: int


@dataclass(frozen=True, slots=True)
class RingFacts:
    """What the sentences on one ring of one window are made of.

    `missed` holds the windows that it was missing for, `left` how many members are tied in the
    next window although it died (None: not asked), `silent` that no tie at all is dated
    there, `weak` the overlaps too small to be firm, `undivided` the windows whose rings
    are connected parts.
    """

    window: str
    ring: str
    members: int
    origin: Fate
    fate: Fate
    before: tuple[Kin, ...]
    after: tuple[Kin, ...]
    without_victims: bool
    missed: tuple[int, ...]
    left: int | None
    silent: bool
    weak: tuple[float, ...]
    undivided: tuple[str, ...]
    unsure: int
    ties: int


def tell_ring(facts: RingFacts, language: str) -> str:
    """Where a ring came from and what became of it, with the members that say so."""
    words = _WORDS[language]
    parts = [
        words["is"].format(ring=facts.ring, window=facts.window, members=facts.members),
        words[f"origin_{facts.origin}"].format(kin=_kin(facts.before, language)),
        words[f"fate_{facts.fate}"].format(kin=_kin(facts.after, language)),
    ]
    if facts.without_victims:
        parts.append(words["without_victims"])
    return "; ".join(parts)


def _kin(rings: tuple[Kin, ...], language: str) -> str:
    words = _WORDS[language]
    return ", ".join(
        words["kin"].format(ring=one.ring, window=one.window, common=one.common, all=one.members)
        for one in rings
    )


def tell_doubt(facts: RingFacts, language: str) -> str:
    """What speaks against believing it; empty when nothing does."""
    words = _WORDS[language]
    parts = []
    if facts.members < FEW_MEMBERS:
        parts.append(words["few"].format(members=facts.members))
    if facts.weak:
        parts.append(words["weak"].format(overlap=_percent(min(facts.weak), language)))
    if facts.missed:
        gap = max(facts.missed)
        windows = counted(gap, "window") if language == "en" else gap
        parts.append(words["missed"].format(windows=windows))
    if facts.left:
        parts.append(words["left"].format(left=facts.left))
    if facts.silent:
        parts.append(words["silent"])
    if facts.undivided:
        parts.append(words["undivided"].format(windows=", ".join(facts.undivided)))
    if facts.unsure:
        ties = counted(facts.ties, "tie") if language == "en" else facts.ties
        parts.append(words["unsure"].format(unsure=facts.unsure, ties=ties))
    return "; ".join(parts)


def _percent(share: float, language: str) -> str:
    return f"{share:.0%}" if language == "en" else f"{share * 100:.0f} %"


def tell_whole(counts: Mapping[str, int], windows: int, rings: int, threads: int, by: str,
               with_undated: bool, language: str) -> str:  # fmt: skip
    """What was followed, and how much could not be."""
    words = _WORDS[language]

    def told(number: int, word: str) -> str:
        return counted(number, word) if language == "en" else f"{number} {words[word]}"

    kept = "kept" if with_undated else "left_out"
    ties = told(counts["ties"], "tie")
    undated = words[kept if counts["undated"] else "all_dated"].format(
        undated=counts["undated"], ties=ties
    )
    if not counts["dated"]:
        return words["no_dates"].format(ties=ties)
    windows_told = told(windows, by)
    if not rings:
        return f"{words['no_rings'].format(windows=windows_told)}; {undated}"
    whole = words["whole"].format(
        rings=told(rings, "ring"), windows=windows_told, threads=told(threads, "thread")
    )
    return f"{whole}; {undated}; {words['bias']}"


_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "is": "{ring} of {window}: {members} members",
        "kin": "{ring} of {window} ({common} of its {all} members)",
        "origin_start": "there when the dated records begin",
        "origin_born": "new: no earlier ring has two of its members and a third of the smaller",
        "origin_continued": "the same size as {kin}",
        "origin_grew": "grown from {kin}",
        "origin_shrank": "shrunk from {kin}",
        "origin_merged": "merged from {kin}",
        "origin_split": "split off {kin}",
        "fate_continued": "goes on as {kin}",
        "fate_grew": "grows into {kin}",
        "fate_shrank": "shrinks to {kin}",
        "fate_merged": "merges with others into {kin}",
        "fate_split": "splits into {kin}",
        "fate_died": "no later ring goes on from it",
        "fate_end": "there when the dated records end",
        "without_victims": "victims are not counted among the members in brackets",
        "few": "{members} members only: one record more or less may undo it",
        "weak": "a match by {overlap} of the smaller ring only",
        "missed": "missing for {windows} in between",
        "left": "members who still have ties in the next window: {left}",
        "silent": "no tie at all is dated in the next window",
        "undivided": "no ring structure beyond chance in {windows}: connected parts, undivided",
        "unsure": "{unsure} of the window's {ties} may lie in another window",
        "whole": "{rings} in {windows}, in {threads}",
        "no_rings": "nothing here: no three parties are connected in {windows}",
        "no_dates": "nothing here: none of {ties} has a date",
        "left_out": "{undated} of {ties} have no date and are left out",
        "all_dated": "{ties}, none without a date",
        "kept": "{undated} of {ties} have no date and count where both ends have a dated one",
        "bias": "a ring may die because nobody looked, and be born because somebody did",
    },
    "vi": {
        "is": "{ring} kỳ {window}: {members} thành viên",
        "kin": "{ring} kỳ {window} ({common} trong {all} thành viên)",
        "origin_start": "đã có khi hồ sơ ghi ngày bắt đầu",
        "origin_born": "mới: không đường dây nào trước đó có chung hai thành viên và một phần ba "
        "đường dây nhỏ hơn",
        "origin_continued": "cùng quy mô với {kin}",
        "origin_grew": "lớn lên từ {kin}",
        "origin_shrank": "thu hẹp từ {kin}",
        "origin_merged": "nhập lại từ {kin}",
        "origin_split": "tách ra từ {kin}",
        "fate_continued": "tiếp tục là {kin}",
        "fate_grew": "lớn lên thành {kin}",
        "fate_shrank": "thu hẹp còn {kin}",
        "fate_merged": "cùng đường dây khác nhập thành {kin}",
        "fate_split": "tách thành {kin}",
        "fate_died": "không đường dây nào sau đó nối tiếp",
        "fate_end": "vẫn có khi hồ sơ ghi ngày kết thúc",
        "without_victims": "số thành viên trong ngoặc không tính nạn nhân",
        "few": "chỉ {members} thành viên: thêm hoặc bớt một hồ sơ là có thể khác đi",
        "weak": "chỉ khớp {overlap} của đường dây nhỏ hơn",
        "missed": "vắng {windows} kỳ ở giữa",
        "left": "{left} thành viên vẫn có mối liên hệ trong kỳ sau",
        "silent": "không mối liên hệ nào ghi ngày trong kỳ sau",
        "undivided": "không có cấu trúc đường dây vượt mức ngẫu nhiên trong {windows}: các phần "
        "liên thông, không chia nhỏ",
        "unsure": "{unsure} trong {ties} mối liên hệ của kỳ có thể thuộc kỳ khác",
        "whole": "{rings} trong {windows}, thành {threads}",
        "ring": "đường dây", "thread": "mạch", "tie": "mối liên hệ",
        "year": "năm", "quarter": "quý", "month": "tháng",
        "no_rings": "không có gì ở đây: không có ba bên nào liên hệ với nhau trong {windows}",
        "no_dates": "không có gì ở đây: không mối nào trong {ties} có ghi ngày",
        "left_out": "{undated} trong {ties} không ghi ngày và bị bỏ ra",
        "all_dated": "cả {ties} đều ghi ngày",
        "kept": "{undated} trong {ties} không ghi ngày, được tính khi cả hai đầu "
        "có mối liên hệ ghi ngày",
        "bias": "một đường dây có thể “chết” vì không ai theo dõi, và “sinh” vì có người theo dõi",
    },
}  # fmt: skip
