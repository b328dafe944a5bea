"""Words by which a record says that somebody is a victim, in a cell or a heading."""

import re
import unicodedata
from functools import lru_cache

from ringmap.model.names import match_key
from ringmap.model.vocabulary import find_codes, load_words

#: By a part of any of these, in a role or a standing that is not understood, a victim is told.
_WORDS = ("victim", "nạn nhân", "bị hại", "sold person", "受害", "被害", "被拐", "ผู้เสียหาย", "เหยื่อ",
          "ຜູ້ຖືກເຄາະຮ້າຍ", "ຜູ້ເຄາະຮ້າຍ", "ជនរងគ្រោះ", "survivor", "trafficked person", "agraviad",
          "ofendid")  # fmt: skip
_KEYS = tuple(map(match_key, _WORDS))
#: What such a word looks like, with marks or without, composed or not: most texts have none.
LIKELY_VICTIM = (
    r"(?i)v.{1,2}ctim|n.{1,3}n.nh.{1,3}n|b.{1,2}.(h.{1,2}i|mua.b.{1,2}n|b.{1,2}n)|"
    "surviv|traffick|injured|agraviad|ofendid|" + "|".join(_WORDS[4:])
)
_PLAIN = re.compile("|".join((*_KEYS, "injured", "bi mua ban", "bi ban")))
#: Between the words of a cell that holds several: labels, topics, lists.
_BETWEEN = re.compile(r"[;,|/:()\[\]\"；，、：（）]|(?<!\w)'|'(?!\w)")
_DENIED = re.compile(r"(^| )(not|non|never|khong|ko|chua)( |$)|(^| )no( (?![0-9])|$)|不是|非|ไม่")
_A_VICTIM = re.compile(
    r"((female|male|girl|boy|child|adult|minor|young|potential|possible|presumed|suspected|alleged|"
    r"identified|confirmed|rescued|missing|foreign|trafficking) )*"
    r"victim[es]?( of .+|( no)? [0-9]+)?"
    r"|nan nhan( (nu|nam|tre em|nuoc ngoai|bi .+|cua .+|so|[0-9]+))*"
)
#: What a heading of names has beside the word for who is named.
_OF_NAMES = re.compile(
    r"^((ten|ho ten|ho va ten|ten cua|name of( the)?|names of( the)?|nombre de( la| el| los| las)?|"
    r"nombre del|danh sach|cac|is|is a|la|es|co phai la|was) )|"
    r"( s)? (name|names|full name|ho ten|ten)$|( no| so)? ?#?[0-9]{1,3}$"
    r"|(姓名|名字|名单)$|\(e?s\)$"
)
#: What else a heading of names or ids has, of which one alone may not say who somebody is.
_OF_SOME_NAME = re.compile(
    r"^(ma|so hieu|ho|ten dem|biet danh|bi danh|ten khac|ten goi|apellidos? de( la)?) "
    r"|( s)? (first|last|given|family|middle|other|nick|sur|fore)? ?names?$"
    r"|( s)? (id|ids|code|alias|aliases)$|(编号)$"
)
#: Below such words of offenders people are named; below others (*Driver*, *Vận chuyển*, *Policía*)
#: it may be a deed, a thing, or whoever helped, and nobody is accused by a heading alone.
_ACCUSED = re.compile(
    r"(main |co )?(offender|suspect|perpetrator|trafficker|defendant|recruiter|ringleader|"
    r"accomplice|smuggler|kidnapper|abductor|exploiter|abuser|pimp)s?|accused( persons?)?|"
    r"(doi tuong|nghi pham|bi can|bi cao|ke|chu muu|cam dau|tu ba|tong pham|dong pham)( .*)?|"
    r"nguoi (tuyen mo|du do|ru re|loi keo|cam dau|chu muu|to chuc|van chuyen|dan duong|mua|ban|"
    r"boc lot|chua chap|canh giu|moi gioi)|"
    r"(tratante|imputad[oa]|acusad[oa]|inculpad[oa]|sospechos[oa]|reclutadora?|enganchadora?|"
    r"explotadora?|complice)s?|(犯罪)?嫌疑人|被告人?"
)
_YES = frozenset({
    "1", "x", "v", "y", "yes", "t", "true", "có", "co", "đã", "da", "đúng", "dung", "sí", "si", "s",
    "verdadero", "oui", "是", "有", "✓", "✔", "☑", "√",
})  # fmt: skip
_NO = frozenset({
    "0", "n", "no", "f", "false", "không", "khong", "ko", "chưa", "chua", "falso", "non", "否",
    "无", "✗", "✘", "☒", "☐", "-", "–", "—",
})  # fmt: skip
_NUMBER = re.compile(r"[0-9 .,]+")
#: Between the names of several people in a cell.
BETWEEN_NAMES = re.compile(r"[;\n；、]")
#: The same, and what may as well stand within a name, or before each in a list.
_MAY_PART = re.compile(
    rf"{BETWEEN_NAMES.pattern}|\s(?:và|and|y|&)\s|(?:^|\s)(?:\(?[0-9]{{1,2}}[.)]|[-–—•*+·])\s"
)


def names_in_cell(cell: str) -> list[str]:
    """All that may be a name in a cell, whatever parts them; yes, no and how many are none."""
    pieces = (piece.strip() for piece in _MAY_PART.split(cell))
    return [piece for piece in pieces if piece and not is_mark(piece)]


def speaks_of_victims(text: str) -> bool:
    """True where a part of a text is a word for a victim, whatever else it says."""
    key = match_key(text)
    return any(word in key for word in _KEYS)


def is_mark(text: str) -> bool:
    """True for a cell that says yes, no or how many, and is nobody's name."""
    found = _is_one(text, _YES) or _is_one(text, _NO) or _NUMBER.fullmatch(text.strip())
    return bool(found)


def says_yes(text: str) -> bool:
    """True for a cell that says yes, or is ticked."""
    return _is_one(text, _YES)


def _is_one(text: str, words: frozenset[str]) -> bool:
    """True for one of the words, marks and all: ``Sĩ`` is a name, and no ``sí``."""
    return unicodedata.normalize("NFC", text).strip(" .").casefold() in words


def part_of_heading(heading: str) -> str | None:
    """The word within a heading that says as what people stand below it; None if none does.

    ``Tên nạn nhân`` → ``nan nhan``; ``Offender`` → ``offender``.
    """
    found = [_part(match_key(one)) for one in heading.split("/")]
    sides = {_sides(part or "") for part in found}
    return found[0] if all(found) and len(sides) == 1 else None


def _part(key: str) -> str | None:
    for _ in range(2):
        if _names_people(key):
            return key
        key = _OF_NAMES.sub("", key, count=1).strip()
    return key if _names_people(key) else None


def _names_people(word: str) -> bool:
    sides = _sides(word)
    return "victim" in sides or ("offender" in sides and _ACCUSED.fullmatch(word) is not None)


@lru_cache(maxsize=10_000)
def _sides(word: str) -> frozenset[str]:
    """On which sides the role of a word stands, of those of offenders and victims."""
    roles = load_words("role")
    sides = {str(roles[code].says["side"]) for code in find_codes("role", word)}
    return frozenset(sides & {"offender", "victim"})


def is_of_victims(heading: str) -> bool:
    """True for a heading below which victims are named or marked."""
    part = part_of_heading(heading)
    return part is not None and "victim" in _sides(part) and speaks_of_victims(part)


def names_victims(heading: str) -> bool:
    """True for a heading below which names or ids of victims stand, or parts of names."""
    return is_of_victims(heading) or is_of_victims(_OF_SOME_NAME.sub("", match_key(heading)))


def names_a_victim(text: str) -> bool:
    """True where one of the things that a cell lists is a victim, and nothing else."""
    return any(_is_victim(match_key(piece)) for piece in _BETWEEN.split(text))


def tells_of_a_victim(text: str) -> bool:
    """True for ``Victim: see K2``: after the colon stands something about a victim, whoever it is.

    Not for ``Victim: yes``, nor for ``Type: Victim``.
    """
    before, mark, after = text.partition(": ")
    return bool(mark and after.strip()) and not (
        says_yes(after) or names_a_victim(after) or not _is_victim(match_key(before))
    )


def begins_with_victim(note: str) -> bool:
    """True for a note whose first words say only that somebody is a victim."""
    pieces = (match_key(piece) for piece in _BETWEEN.split(note))
    return _is_victim(next(filter(None, pieces), ""))


def _is_victim(key: str) -> bool:
    if _DENIED.search(key) or _PLAIN.search(key) is None:
        return False
    return "victim" in find_codes("role", key) or _A_VICTIM.fullmatch(key) is not None
