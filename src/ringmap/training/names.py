"""Plausible invented names per people and language, and how each office would write them.

The words are in ``names_data``, one file per people; its ``README.md`` says how to change them.
Names of widely known public persons never come out: ``left_out.txt`` holds their hashes.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

import yaml

from ringmap.model import match_key
from ringmap.training.chance import Chance, Weighted


class Name(NamedTuple):
    """What a person is called at home, with all that is needed to write it otherwise."""

    #: Code of the people, such as ``hmong``.
    people: str
    #: As the home authority writes it; in Latin letters for every people.
    written: str
    #: What kin share; empty for the Burmese.
    family: str
    #: In the people's own script; empty where that is Latin.
    native: str
    #: The sex, then each word in the order of writing; Chinese words are characters.
    parts: tuple[str, ...]


#: Text, native script, words, the word at the outer end of the whole name, and the match key of
#: the text; the end is empty unless a name left out begins or ends so too.
_Card: TypeAlias = tuple[str, str, tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Deck:
    """Family names and given names of one people and sex, dealt once; every card as likely."""

    people: str
    sex: str
    families: tuple[_Card, ...]
    by_family: Mapping[str, _Card]
    givens: tuple[_Card, ...]
    family_first: bool
    native_gap: str
    #: Ends of given names to beware of, by the end of a family name; told when that comes first.
    beside: dict[str, frozenset[str]]


#: A name as written, what it was dealt from, and the cards of family and given name.
Drawn: TypeAlias = tuple[str, Deck, _Card, _Card]


@cache
def list_peoples() -> tuple[str, ...]:
    """Codes of all peoples that names can be drawn for, sorted."""
    found = (file.name for file in files("ringmap.training").joinpath("names_data").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def draw_name(people: str, sex: str, chance: Chance, *, family: str | None = None) -> Name:
    """An invented person of a people and a sex (``female`` or ``male``).

    Parameters
    ----------
    family
        The family name of a relative, to be kept; the Burmese have none and disregard it.
    """
    return spell_out(draw_fresh(people, sex, chance, set(), family))


def draw_fresh(
    people: str, sex: str, chance: Chance, taken: set[str], family: str | None = None
) -> Drawn:
    """A name as written, and the cards it was drawn as, see `draw_from`."""
    return draw_from(deck_of(people, sex), chance.random, taken, family)


def draw_from(
    deck: Deck, random: Callable[[], float], taken: set[str], family: str | None = None
) -> Drawn:
    """A name that was not taken so far, if six draws find one; from now on it is.

    Of most people nobody asks for more than the written name; of others `spell_out` tells it.
    """
    families, givens, draws = deck.families, deck.givens, 0
    card = None if family is None else deck.by_family.get(family) or _outsider(deck, family)
    while True:
        own = card or families[int(random() * len(families))]
        given = givens[int(random() * len(givens))]
        kin, name, end = own[0], given[0], own[3]
        if kin and name.startswith(kin):
            continue  # no Lê Lê
        beside = deck.beside.get(end)
        if beside is None:
            beside = deck.beside[end] = _known_beside(deck, end)
        if given[3] in beside and _is_known(deck, own[4], given[4]):
            continue
        written = f"{kin} {name}" if deck.family_first else f"{name} {kin}" if kin else name
        draws += 1
        if written not in taken or draws == _DRAWS:
            taken.add(written)
            return written, deck, own, given


def _known_beside(deck: Deck, end: str) -> frozenset[str]:
    """Ends of given names that some name left out has beside the end of a family name."""
    ends = {given[3] for given in deck.givens} - {""} if end else set()
    return frozenset(other for other in ends if _ends_are_known(end, other))


def _is_known(deck: Deck, family: str, given: str) -> bool:
    """Whether a name is left out, by the match keys of its cards."""
    key = f"{family} {given}" if deck.family_first else f"{given} {family}"
    return _short_hash(key) in _left_out()


def family_of(drawn: Drawn) -> str:
    """What kin share; empty for the Burmese."""
    return drawn[2][0]


def spell_out(drawn: Drawn) -> Name:
    """All that is needed to write a name otherwise."""
    written, deck, (family, own, words, *_), (_, given, more, *_) = drawn
    if deck.family_first:
        native = f"{own}{deck.native_gap}{given}" if own else ""
        return Name(deck.people, written, family, native, words + more)
    native = f"{given}{deck.native_gap}{own}" if own else given if not family else ""
    return Name(deck.people, written, family, native, more + words)


def write_name(name: Name, chance: Chance, *, country: str, care: float) -> str:
    """How an office of a country writes a name.

    Parameters
    ----------
    country
        ISO code, two letters. Home is where ``Name.written`` comes from.
    care
        At 1 the home papers are copied, everywhere. Below 1 it is the share of names without a
        slip; an office abroad then writes in its own manner even without one.
    """
    if care >= 1:
        return name.written
    people = _people(name.people)
    if country == people.home:
        return name.written if chance.random() < care else people.slip(name, chance, care)
    return people.write_abroad(name, chance, country, care)


def draw_alias(name: Name, sex: str, born: int, chance: Chance) -> str:
    """A nickname as files have it: a trade, a rank among siblings, a name taken abroad.

    Parameters
    ----------
    born
        The year of birth: it decides between aunt, elder sister and younger sister.
    """
    people = _people(name.people)
    pattern = alias = chance.weigh(people.nicknames[sex]).text
    if "{" in pattern:
        other = draw_name("chinese", sex, chance) if "{chinese}" in pattern else None
        alias = pattern.format(
            title=next((word for year, word in people.titles[sex] if born < year), ""),
            given=_called(name),
            family=name.family,
            written=name.written,
            chinese=f"{other.written} {other.native}" if other else "",
        ).strip()
    return next(one for one in (alias, _called(name), name.written) if not is_left_out(one))


def is_left_out(written: str) -> bool:
    """True for a name that a widely known public person bears; marks and case do not matter."""
    return _short_hash(_key(written)) in _left_out()


def _key(written: str) -> str:
    """The match key of a name, word by word: there are too many names to remember."""
    return " ".join(map(match_key, written.split()))


class _Word(NamedTuple):
    text: str
    native: str
    #: The Sino-Vietnamese reading of a Chinese character.
    reading: str


_Spellings: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _People:
    """One file of ``names_data``, made ready."""

    home: str
    order: str
    #: What stands between the words of a given name, and between family and given natively.
    gap: str
    native_gap: str
    family: Mapping[str, float]
    given: Mapping[str, Mapping[str, float]]
    tables: Mapping[str, Weighted[_Word]]
    spellings: _Spellings
    respell: tuple[tuple[str, str], ...]
    readings: Mapping[str, _Word]
    characters: Mapping[str, tuple[str, str]]
    abroad: Mapping[str, _Spellings]
    honorifics: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, tuple[tuple[int, str], ...]]
    nicknames: Mapping[str, Weighted[_Word]]
    slip: Callable[[Name, Chance, float], str]
    write_abroad: Callable[[Name, Chance, str, float], str]


@cache
def _people(code: str) -> _People:
    file = _read(code)
    tables = {slot: _table(tiers) for slot, tiers in file["words"].items()}
    words = [word for table in tables.values() for word in table.things]
    slip, write_abroad = _MANNERS[file["manner"]]
    return _People(
        home=file["home"],
        order=file["order"],
        gap=file.get("gap", " "),
        native_gap=file.get("native_gap", " "),
        family=file.get("family", {"family": 1}),
        given=file["given"],
        tables=tables,
        spellings=_spellings_of(file["words"]),
        respell=tuple((old, new) for old, new in map(str.split, _listed(file.get("respell", "")))),
        readings={word.native: word for word in words if word.reading},
        characters=_characters(file),
        abroad={
            country: {word: tuple(said.split("|")) for word, said in told.items()}
            for country, told in file.get("abroad", {}).items()
        },
        honorifics={sex: tuple(_listed(told)) for sex, told in file.get("honorifics", {}).items()},
        titles={sex: tuple(told.items()) for sex, told in file.get("titles", _NO_TITLES).items()},
        nicknames={sex: _table(tiers) for sex, tiers in file["nicknames"].items()},
        slip=slip,
        write_abroad=write_abroad,
    )


# The shape of a file is looked at by the tests, not here.
def _read(code: str) -> Any:
    if code not in list_peoples():
        raise KeyError(f"no names for the people {code!r}; there are {', '.join(list_peoples())}")
    text = files("ringmap.training").joinpath("names_data", f"{code}.yaml").read_text("utf-8")
    return yaml.load(unicodedata.normalize("NFC", text), Loader=_Loader)  # noqa: S506


def _table(tiers: Mapping[float, str]) -> Weighted[_Word]:
    """``{3: 'Wang = 王 = Vương, Li = 李 = Lý'}``: each word of a tier as often as its key says."""
    weights: dict[_Word, float] = {}
    for weight, entries in tiers.items():
        for entry in _listed(entries):
            text, native, reading, *_ = (*map(str.strip, entry.split("=")), "", "")
            weights[_Word(text.split("|")[0], native, reading)] = float(weight)
    return Weighted(weights)


def _spellings_of(tables: Mapping[str, Mapping[float, str]]) -> _Spellings:
    """Other spellings that a file lists after the first: ``Chanthea|Chantea``."""
    found: dict[str, tuple[str, ...]] = {}
    for tiers in tables.values():
        for entry in (one for entries in tiers.values() for one in _listed(entries)):
            first, *others = entry.partition("=")[0].strip().split("|")
            if others:
                found[first] = tuple(others)
    return found


def _characters(file: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """Character and pinyin of each Vietnamese word; the Kinh ones where a people has no own."""
    told = _read(file["like"])["characters"] + "," if "like" in file else ""
    told += file.get("characters", "")
    return {word: (sign, sound) for word, sign, sound in map(str.split, _listed(told))}


def _listed(entries: str) -> list[str]:
    return [entry.strip() for entry in entries.split(",") if entry.strip()]


@cache
def _left_out() -> frozenset[str]:
    """Hashes of names to leave out, of their ends as ``first * last``, of each end as ``* end``."""
    text = files("ringmap.training").joinpath("names_data", "left_out.txt").read_text("utf-8")
    return frozenset(line for line in text.split() if len(line) == _HASH_LENGTH)


def _short_hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:_HASH_LENGTH]


@cache
def deck_of(code: str, sex: str) -> Deck:
    """The cards of a people and a sex."""
    people = _people(code)
    chance = Chance("names", code, sex)
    first = people.order == "family given"
    families = _families(code)
    givens = _deal(people, people.given[sex], chance, gap=people.gap, end=-1 if first else 0)
    if first:
        families = _with_sex(families, sex)
    else:
        givens = _with_sex(givens, sex)
    by_family = {card[0]: card for card in families}
    return Deck(code, sex, families, by_family, givens, first, people.native_gap, {})


def _with_sex(cards: tuple[_Card, ...], sex: str) -> tuple[_Card, ...]:
    """The sex before the words of each card; a card that comes again is the same one."""
    own = {card: (card[0], card[1], (sex, *card[2]), *card[3:]) for card in dict.fromkeys(cards)}
    return tuple(own[card] for card in cards)


@cache
def _families(code: str) -> tuple[_Card, ...]:
    """The same for both sexes, so that a brother finds his sister's family name."""
    people = _people(code)
    end = 0 if people.order == "family given" else -1
    dealt = _deal(people, people.family, Chance("names", code), gap="", end=end)
    # Two surnames that look alike in Latin letters: the first one dealt stands for both.
    native: dict[str, str] = {}
    return tuple(card for card in dealt if native.setdefault(card[0], card[1]) == card[1])


def _deal(
    people: _People, ways: Mapping[str, float], chance: Chance, *, gap: str, end: int
) -> tuple[_Card, ...]:
    """Cards for all ways to build a name, such as ``{'first last': 8, 'single': 2}``."""
    if not ways:
        return (("", "", (), "", ""),)
    slots = [(way.split(), share / sum(ways.values())) for way, share in ways.items()]
    dealt: list[tuple[_Word, ...]] = []
    for way, share in slots:
        tables = [people.tables[slot] for slot in way]
        count = max(1, round(share * _CARDS))
        if len(tables) == 1:
            dealt += ((word,) for word in _spread(tables[0], count))
        else:
            dealt += (_unlike(tables, chance) for _ in range(count))
    cards = {words: _card(people, words, gap, end) for words in dict.fromkeys(dealt)}
    left_out = {words for words, card in cards.items() if _short_hash(card[4]) in _left_out()}
    return tuple(cards[words] for words in dealt if words not in left_out)


def _unlike(tables: list[Weighted[_Word]], chance: Chance) -> tuple[_Word, ...]:
    """A word from each table, none of them twice."""
    words: tuple[_Word, ...] = ()
    for _ in range(_TRIES):
        words = tuple([chance.weigh(table) for table in tables])
        if _are_unlike(words):
            break
    return words


@cache
def _are_unlike(words: tuple[_Word, ...]) -> bool:
    """Whether no syllable comes twice: no ``Minh Minh``."""
    pieces = [piece for word in words for piece in (word.native or word.text).split()]
    return len(set(pieces)) == len(pieces)


def _spread(table: Weighted[_Word], count: int) -> list[_Word]:
    """The words at even steps along their weights: the rare ones too, and nothing by luck."""
    found, at = [], 0
    for step in range(count):
        while table.bounds[at] <= (step + 0.5) / count * table.total:
            at += 1
        found.append(table.things[at])
    return found


def _card(people: _People, words: Sequence[_Word], gap: str, end: int) -> _Card:
    text = _put_together([word.text for word in words], gap)
    native = "".join(word.native for word in words)
    if people.readings:
        parts = tuple(word.native for word in words)
    elif gap:
        parts = tuple(piece for word in words for piece in word.text.split())
    else:
        parts = (text,)
    return (text, native, parts, _if_known(text.split()[end]), _key(text))


def _put_together(words: list[str], gap: str = " ") -> str:
    text = gap.join(word for word in words if word).replace("' ", "'")
    return text[:1].upper() + text[1:]


@cache
def _if_known(end: str) -> str:
    return end if _short_hash(f"* {match_key(end)}") in _left_out() else ""


@cache
def _ends_are_known(one: str, other: str) -> bool:
    """True where a name left out begins with one word and ends with the other."""
    first, last = match_key(one), match_key(other)
    return (
        _short_hash(f"{first} * {last}") in _left_out()
        or _short_hash(f"{last} * {first}") in _left_out()
    )


def _outsider(deck: Deck, family: str) -> _Card:
    """A family name that the people's file does not have, as by marriage or adoption."""
    words = (deck.sex, family) if deck.family_first else (family,)
    end = _if_known(family.split()[0 if deck.family_first else -1])
    return (family, "", words, end, _key(family))


def _called(name: Name) -> str:
    """The one word that friends use."""
    people = _people(name.people)
    if people.readings:
        return _pinyin(name)[-1]
    if people.order == "given family":
        return name.parts[2] if name.parts[1] in _MARKERS else name.parts[1]
    return name.parts[-1]


def _checked(text: str, name: Name, *, plain: bool = False) -> str:
    """A slip must not turn an invented name into that of somebody known."""
    first, _, rest = text.partition(" ")
    last = _if_known(rest.rpartition(" ")[2])
    if not (last and _ends_are_known(first, last) and is_left_out(text)):
        return text
    return _plain(name.written) if plain else name.written


#: Letters whose bar no normal form takes off; ƀ is a letter of Ê Đê.
_CROSSED = str.maketrans("ĐđɃƀ", "DdBb")


@cache
def _plain(word: str) -> str:
    """Without marks, case kept: ``Đặng`` → ``Dang``."""
    spread = unicodedata.normalize("NFD", word.translate(_CROSSED))
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).replace("'", "")


@cache
def _other_spellings(code: str, word: str) -> tuple[str, ...]:
    """Ways to misspell a word, the listed ones first; itself without marks if there is none."""
    people = _people(code)
    found = [*people.spellings.get(word, ())] * 2
    found += (_respelled(word, old, new) for old, new in people.respell)
    if people.home == "VN":
        found += _vietnamese_slips(word)
    return tuple(one for one in found if one != word) or (_plain(word),)


def _misspell(words: list[str], people: str, chance: Chance, care: float) -> None:
    """Change one word, or one and its neighbour where there is little care."""
    at = chance.below(len(words))
    words[at] = chance.pick(_other_spellings(people, words[at]))
    if chance.random() > care:
        words[at - 1] = chance.pick(_other_spellings(people, words[at - 1]))


def _respelled(word: str, old: str, new: str) -> str:
    small, ending = word.lower(), old.removesuffix("$")
    if old == ending:
        changed = small.replace(old, new, 1)
    elif small.endswith(ending):
        changed = small[: -len(ending)] + new
    else:
        return word
    return changed[:1].upper() + changed[1:] if changed != small else word


def _vietnamese_slips(word: str) -> list[str]:
    """Tone, first letter and last letter as people who speak otherwise hear them."""
    if word in _NEVER_MISHEARD:
        return []
    small = word.lower()
    found = [_tone_swapped(small), _onset_swapped(small), _ending_swapped(small)]
    found += [_i_and_y(small), _plain(small)]
    return [unicodedata.normalize("NFC", one[:1].upper() + one[1:]) for one in found]


def _tone_swapped(word: str) -> str:
    return unicodedata.normalize("NFD", word).translate(_HOOK_AND_TILDE)


def _onset_swapped(word: str) -> str:
    onset = next((one for one in _ONSETS if word.startswith(one)), "")
    rest = word[len(onset) :]
    if onset == "d" and _plain(rest[:1]) == "i":
        return "g" + rest
    return _ONSETS.get(onset, onset) + rest


def _ending_swapped(word: str) -> str:
    """``Lan`` → ``Lang``, ``Việt`` → ``Việc``; after other vowels nobody mixes them up."""
    ending = next((one for one in _ENDINGS if word.endswith(one)), "")
    stem = word[: len(word) - len(ending)]
    vowel = unicodedata.normalize("NFD", stem[-1:])
    if not ending or _plain(vowel) not in _ENDINGS[ending][1]:
        return word
    return stem + _ENDINGS[ending][0]


def _i_and_y(word: str) -> str:
    """``Lý`` → ``Lí``, ``Vi`` → ``Vy``: only where the vowel stands alone."""
    spread = unicodedata.normalize("NFD", word)
    bare = _plain(word)
    if len(bare) < 2 or bare[-1] not in "iy" or (bare[-2] in "aeou" and bare[-3:-1] != "qu"):
        return word
    other = "y" if bare[-1] == "i" else "i"
    at = spread.rindex(bare[-1])
    return spread[:at] + other + spread[at + 1 :]


def _slip_vietnamese(name: Name, chance: Chance, care: float) -> str:
    """Marks or a middle name dropped, or a word or two misheard."""
    words = list(name.parts[1:])
    way = chance.random()
    if way < 0.3:
        return _put_together([_plain(word) for word in words])
    if way < 0.5 and len(words) > 2 and words[0] not in _MARKERS:
        del words[1 + chance.below(len(words) - 2)]
        return _checked(_put_together(words), name)
    _misspell(words, name.people, chance, care)
    return _put_together(words)


def _write_vietnamese_abroad(name: Name, chance: Chance, country: str, care: float) -> str:
    """Without marks; in pinyin or characters by a Chinese office; as the kin there spell it."""
    people = _people(name.people)
    if country == "CN" and chance.random() < 0.75 and name.parts[1] in people.characters:
        return _checked(_write_in_chinese(name, people.characters, chance), name, plain=True)
    words = list(name.parts[1:])
    known = people.abroad.get(country) or people.abroad.get("other")
    if known and chance.random() < 0.7:
        words = [chance.pick(known[word]) if word in known else _plain(word) for word in words]
    else:
        words = [_plain(word) for word in words]
    if chance.random() >= care:
        words = _rearranged(words, people.order, chance)
    return _checked(_put_together(words), name, plain=True)


def _rearranged(words: list[str], order: str, chance: Chance) -> list[str]:
    """Family name at the other end, in capitals, or the given names run together."""
    way = chance.random()
    if way < 0.25:
        return [word.upper() for word in words]
    if order == "given family":
        return [words[-1], *words[:-1]]
    if way < 0.55:
        return [*words[1:], words[0]]
    if way < 0.75:
        return [words[-1], *words[:-1]]
    return [words[0], "".join(words[1:]).capitalize()]


def _write_in_chinese(name: Name, characters: Mapping[str, tuple[str, str]], chance: Chance) -> str:
    """Pinyin, or characters if all are known; a word without a character stays as it sounds."""
    pairs = [characters.get(word, ("", _plain(word))) for word in name.parts[1:]]
    if chance.random() < 0.2 and all(character for character, _ in pairs):
        return "".join(character for character, _ in pairs)
    family, *given = (sound for _, sound in pairs)
    return f"{family} {''.join(given).capitalize()}"


def _slip_chinese(name: Name, chance: Chance, care: float) -> str:
    way = chance.random()
    if way < 0.4:
        return name.native or name.written
    words = _pinyin(name)
    if way < 0.7:
        return " ".join(words)
    at = chance.below(len(words))
    words[at] = chance.pick(_other_spellings(name.people, words[at]))
    return _checked(f"{words[0]} {''.join(words[1:]).capitalize()}", name)


def _write_chinese_abroad(name: Name, chance: Chance, country: str, care: float) -> str:
    slips = chance.random() >= care
    way = chance.random()
    if country == "VN" and way < 0.6:
        readings = _people(name.people).readings
        words = [readings[one].reading if one in readings else one for one in name.parts[1:]]
        return " ".join(map(_plain, words) if slips else words)
    if country == "VN" and way < 0.75:
        return name.native or name.written
    if not slips:
        return name.written
    words = _pinyin(name)
    if way < 0.9:
        return _checked(" ".join(words), name)
    return _checked(f"{''.join(words[1:]).capitalize()} {words[0]}", name)


def _pinyin(name: Name) -> list[str]:
    readings = _people(name.people).readings
    return [
        readings[one].text.strip("'").capitalize() if one in readings else one
        for one in name.parts[1:]
    ]


def _slip_romanised(name: Name, chance: Chance, care: float) -> str:
    """Own script, a title before it, or another way to put it into Latin letters."""
    way = chance.random()
    if way < 0.2 and name.native:
        return name.native
    honorifics = _people(name.people).honorifics.get(name.parts[0])
    if way < 0.4 and honorifics:
        return f"{chance.pick(honorifics)} {name.written}"
    return _respell_romanised(name, chance, care)


def _write_romanised_abroad(name: Name, chance: Chance, country: str, care: float) -> str:
    if chance.random() < care:
        return name.written
    if chance.random() < 0.7:
        return _respell_romanised(name, chance, care)
    order = _people(name.people).order
    return _checked(_put_together(_rearranged(list(name.parts[1:]), order, chance)), name)


def _respell_romanised(name: Name, chance: Chance, care: float) -> str:
    words = list(name.parts[1:])
    _misspell(words, name.people, chance, care)
    return _checked(_put_together(words), name)


_HASH_LENGTH = 16
_CARDS = 3000
_TRIES = 20
#: So often a name is drawn again that somebody bears already.
_DRAWS = 6
_NO_TITLES: Mapping[str, Mapping[int, str]] = {"female": {}, "male": {}}
_MANNERS = {
    "vietnamese": (_slip_vietnamese, _write_vietnamese_abroad),
    "chinese": (_slip_chinese, _write_chinese_abroad),
    "romanised": (_slip_romanised, _write_romanised_abroad),
}
_HOOK_AND_TILDE = {0x0309: 0x0303, 0x0303: 0x0309}
# Longer ones first; those that nobody confuses stand for themselves.
_ONSETS = {
    "ngh": "ngh", "ng": "ng", "nh": "nh", "tr": "ch", "ch": "tr", "gi": "d", "s": "x", "x": "s",
    "d": "gi", "l": "n", "n": "l", "r": "d",
}  # fmt: skip
# What it turns into, and after which vowels.
_ENDINGS = {
    "nh": ("nh", ""), "ch": ("ch", ""), "ng": ("n", "a"), "n": ("ng", "a"), "c": ("t", "ae"),
    "t": ("c", "ae"),
}  # fmt: skip
# Too common to be written wrongly.
_NEVER_MISHEARD = ("Thị", "Văn")
# Words of the Ê Đê that stand before a given name and tell the sex.
_MARKERS = ("H'", "Y")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
