"""The names of rings and the reasons for them, in English and Vietnamese."""

from dataclasses import dataclass

from ringmap.analysis.counting import counted
from ringmap.model import country_name, end_of, label, match_key, start_of

GATE = "border_gate"
UNOFFICIAL = "unofficial_crossing"
#: A name says so many purposes, countries or provinces; of more it says that there are more.
MOST_NAMED = 2


@dataclass(frozen=True, order=True, slots=True)
class Crossing:
    """Where a leg crosses: `kind` (empty: not to be told), the name of a gate, the province."""

    kind: str
    name: str
    province: str
    party: str


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the name of a ring is made of.

    `way` is the pair of countries that most legs join, on `on_way` of `across` of its `legs`;
    `by_crossing` of the `crossings` known there are at `crossing`. `of_cases` says in how
    many of `cases` each of the `purposes` is.
    """

    way: tuple[str, str] | None
    on_way: int
    across: int
    legs: int
    crossing: Crossing | None
    by_crossing: int
    crossings: int
    town: str | None
    countries: tuple[str, ...]
    provinces: tuple[str, ...]
    gates: tuple[str, ...]
    purposes: tuple[str, ...]
    of_cases: tuple[int, ...]
    cases: tuple[str, ...]
    first: str | None
    last: str | None


def tell_name(facts: NameFacts, language: str) -> str:
    """A name of place and purpose; it says so where neither is recorded."""
    words = _WORDS[language]
    parts = [part for part in (_place(facts, language), _purpose(facts, language)) if part]
    return ", ".join(parts) or words["nothing"]


def _place(facts: NameFacts, language: str) -> str:
    words = _WORDS[language]
    if facts.way is None:
        where = _some(facts.countries, language)
        return ", ".join(part for part in (where, _some(facts.provinces, language)) if part)
    way = " → ".join(facts.way)
    if facts.crossing and facts.crossing.kind == GATE:
        return words["by"].format(way=way, place=_gate(facts.crossing.name, language))
    if facts.crossing and facts.crossing.kind == UNOFFICIAL:
        place = words["trail"]
        if facts.crossing.province:
            place = words["in"].format(place=place, province=facts.crossing.province)
        return words["by"].format(way=way, place=place)
    return words["to"].format(way=way, place=facts.town) if facts.town else way


def _gate(name: str, language: str) -> str:
    """The name with the word for a gate, unless it says so itself."""
    if any(word in match_key(name) for word in ("gate", "cua khau", "border", "checkpoint")):
        return name
    return _WORDS[language]["gate"].format(name=name)


def _purpose(facts: NameFacts, language: str) -> str:
    """The purposes of most cases; those of as many cases are all meant."""
    top = [one for one, number in zip(facts.purposes, facts.of_cases, strict=True)
           if number == facts.of_cases[0]]  # fmt: skip
    told = [label("purpose", one, language) for one in top]
    return _some(tuple(f"{one[:1].lower()}{one[1:]}" for one in told), language)


def _some(words: tuple[str, ...], language: str) -> str:
    if len(words) > MOST_NAMED:
        more = _WORDS[language]["more"].format(number=len(words) - MOST_NAMED)
        return f"{', '.join(words[:MOST_NAMED])} {more}"
    return _WORDS[language]["and"].join(words)


def tell_years(facts: NameFacts, language: str) -> str:
    """Its years in brackets; empty where no date is recorded."""
    first, last = start_of(facts.first or "")[:4], end_of(facts.last or "")[:4]
    years = "–".join(dict.fromkeys(one for one in (first, last) if one))
    return f" ({years})" if years else ""


def tell_reason(facts: NameFacts, language: str) -> str:
    """Why it is called so, in numbers; no place and nobody is named."""
    words = _WORDS[language]

    def told(number: int, word: str) -> str:
        return counted(number, word) if language == "en" else f"{number} {words[word]}"

    parts = []
    if facts.way is not None:
        start, end = (country_name(one, language) for one in facts.way)
        parts.append(words["why_way"].format(on_way=facts.on_way, across=told(facts.across, "leg"),
                                             start=start, end=end))  # fmt: skip
        if facts.crossing is not None:
            key = {GATE: "why_gate", UNOFFICIAL: "why_trail"}.get(facts.crossing.kind, "why_other")
            parts.append(
                words[key].format(by=facts.by_crossing, all=told(facts.crossings, "crossing"))
            )
        else:
            parts.append(words["why_no_crossing"])
    elif facts.legs:
        parts.append(words["why_inside"].format(legs=told(facts.legs, "leg")))
    else:
        parts.append(words["why_no_legs"])
    if facts.purposes:
        parts.append(
            words["why_purpose"].format(of=facts.of_cases[0], all=told(len(facts.cases), "case"))
        )
    elif facts.cases:
        parts.append(words["why_no_purpose"].format(all=told(len(facts.cases), "case")))
    else:
        parts.append(words["why_no_case"])
    return "; ".join(parts)


_WORDS = {
    "en": {
        "and": " and ", "more": "and {number} more", "nothing": "place and purpose not recorded",
        "gate": "{name} gate", "trail": "an unofficial crossing", "in": "{place} in {province}",
        "by": "{way} by {place}", "to": "{way} to {place}",
        "why_way": "{on_way} of its {across} over a border lead from {start} to {end}",
        "why_gate": "{by} of the {all} recorded for these are at that gate",
        "why_trail": "{by} of the {all} recorded for these are unofficial ones there",
        "why_other": "{by} of the {all} recorded for these are at a place not named",
        "why_no_crossing": "where these crossed is not recorded",
        "why_inside": "none of its {legs} is known to cross a border",
        "why_no_legs": "no journey of its members is recorded",
        "why_purpose": "the purpose is that of {of} of its {all}",
        "why_no_purpose": "no purpose is recorded in its {all}",
        "why_no_case": "no case is recorded in which two of its members are",
    },
    "vi": {
        "and": " và ", "more": "và {number} nơi hoặc mục đích khác",
        "nothing": "chưa ghi địa bàn và mục đích",
        "gate": "cửa khẩu {name}", "trail": "đường mòn, lối mở", "in": "{place} ở {province}",
        "by": "{way} qua {place}", "to": "{way} đến {place}",
        "why_way": "{on_way} trong {across} qua biên giới đi từ {start} sang {end}",
        "why_gate": "{by} trong {all} được ghi trên hướng này là ở cửa khẩu ấy",
        "why_trail": "{by} trong {all} được ghi trên hướng này qua lối mở ở đó",
        "why_other": "{by} trong {all} được ghi trên hướng này ở nơi không nêu tên",
        "why_no_crossing": "không ghi các chặng này vượt biên ở đâu",
        "why_inside": "không chặng nào trong {legs} được biết là qua biên giới",
        "why_no_legs": "không ghi chuyến đi nào của các thành viên",
        "why_purpose": "{of} trong {all} có mục đích được nêu",
        "why_no_purpose": "không vụ nào trong {all} ghi mục đích",
        "leg": "chặng", "crossing": "lần vượt biên", "case": "vụ án",
        "why_no_case": "không ghi vụ án nào có hai thành viên trở lên",
    },
}  # fmt: skip
