"""Invented names: right for their people, spelt as each office would, and nobody known."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from hashlib import sha256

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ringmap.model import match_key
from ringmap.training import names
from ringmap.training.chance import Chance
from ringmap.training.names import (
    Name,
    draw_alias,
    draw_name,
    is_left_out,
    list_peoples,
    write_name,
)

PEOPLES = (
    "burmese", "chinese", "dao", "ede", "english", "hmong", "khmer", "khmer_vn", "kinh", "lao",
    "nung", "tay", "thai", "thai_vn",
)  # fmt: skip
OFFICES = ("VN", "CN", "KH", "LA", "TH", "MM", "US")
SEXES = ("female", "male")
VIETNAMESE = ("kinh", "hmong", "tay", "thai_vn", "dao", "nung", "ede", "khmer_vn")
WITH_OWN_SCRIPT = ("burmese", "chinese", "khmer", "lao", "thai")

peoples = st.sampled_from(PEOPLES)
sexes = st.sampled_from(SEXES)
seeds = st.integers(0, 2**32)


def test_there_is_one_file_per_people():
    """The codes are the names of the files, sorted."""
    assert list_peoples() == PEOPLES


def test_an_unknown_people_is_named():
    """The message says what was asked for and what there is."""
    with pytest.raises(KeyError, match=r"klingon.*kinh"):
        draw_name("klingon", "male", Chance(1))


@given(peoples, sexes, seeds)
def test_the_same_key_draws_the_same_person(people, sex, seed):
    """Name, spelling and alias depend on the key alone."""
    assert _told(people, sex, Chance(seed)) == _told(people, sex, Chance(seed))


def test_another_process_draws_the_same_names():
    """Nothing depends on how Python happens to order its sets."""
    asked = (
        "from ringmap.training.chance import Chance\n"
        "from ringmap.training.names import *\n"
        "chance = Chance('again')\n"
        "drawn = [draw_name(p, 'female', chance) for p in list_peoples() for _ in range(3)]\n"
        "print(ascii([write_name(n, chance, country='CN', care=0.3) for n in drawn]))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]
    assert len(told[0]) > 500


@given(peoples, sexes, seeds)
def test_everything_is_composed_and_tidy(people, sex, seed):
    """NFC, single spaces, nothing empty, no sign of the file's own notation."""
    name, spellings, alias = _told(people, sex, Chance(seed))

    for text in (name.written, alias, *spellings):
        assert text == unicodedata.normalize("NFC", text)
        assert text == " ".join(text.split())
        assert text
        assert not set(text) & set("|={}$_")
    assert name.people == people
    assert name.parts[0] == sex


@given(peoples, sexes, sexes, seeds)
def test_kin_share_the_family_name(people, sex, other, seed):
    """A relative has it, in the own script too; the Burmese have none."""
    chance = Chance(seed)
    one = draw_name(people, sex, chance)
    two = draw_name(people, other, chance, family=one.family)

    assert two.family == one.family
    assert (one.family == "") == (people == "burmese")
    assert one.family in two.written
    assert bool(two.native) == bool(one.native)


@pytest.mark.parametrize("people", PEOPLES)
def test_a_family_name_leads_back_to_one_spelling(people):
    """Kin are found by the Latin spelling, so it must stand for one native spelling only."""
    pairs = {(text, native) for text, native, *_ in names._families(people)}

    assert len({text for text, _ in pairs}) == len(pairs)


def test_a_family_name_from_elsewhere_is_kept():
    """Adopted or married in: the given name is of the people, the family name as told."""
    name = draw_name("hmong", "female", Chance(3), family="Nguyễn")

    assert name.family == "Nguyễn"
    assert name.written.startswith("Nguyễn ")


@pytest.mark.parametrize("people", PEOPLES)
@pytest.mark.parametrize("sex", SEXES)
def test_there_are_enough_names(people, sex):
    """At least 2,000 different full names among 12,000 draws."""
    chance = Chance("many", people, sex)

    assert len({draw_name(people, sex, chance).written for _ in range(12_000)}) >= 2_000


@pytest.mark.parametrize("people", PEOPLES)
def test_only_those_with_a_script_of_their_own_have_a_native_name(people):
    """It holds no Latin letter, and the Latin one holds nothing else."""
    chance = Chance("script", people)
    for name in [draw_name(people, sex, chance) for sex in SEXES for _ in range(500)]:
        assert bool(name.native) == (people in WITH_OWN_SCRIPT)
        assert not any(_is_latin(sign) for sign in name.native)
        assert all(_is_latin(sign) for sign in name.written if sign.isalpha())


def test_names_of_some_peoples_are_put_together_rightly():
    """Order of parts, and the word for the sex where there is one."""
    chance = Chance("order")
    hmong = [draw_name("hmong", "male", chance).written.split() for _ in range(300)]
    ede = [draw_name("ede", "female", chance) for _ in range(300)]
    kinh = [draw_name("kinh", "male", chance).family for _ in range(4_000)]

    assert sum(words[1] == "A" for words in hmong) > 90
    assert all(name.written.startswith("H'") for name in ede)
    assert all(name.written.endswith(f" {name.family}") for name in ede)
    assert 0.34 < kinh.count("Nguyễn") / len(kinh) < 0.42


@given(peoples, sexes, seeds, st.sampled_from(OFFICES))
def test_a_careful_office_copies_the_home_papers(people, sex, seed, country):
    """Care 1 gives the home form, in every country."""
    name = draw_name(people, sex, Chance(seed))

    assert write_name(name, Chance(seed), country=country, care=1) == name.written


@pytest.mark.parametrize("people", VIETNAMESE)
def test_less_care_means_more_slips(people):
    """About as many names come out as written at home as the care says."""
    chance = Chance("care", people)
    drawn = [draw_name(people, "female", chance) for _ in range(2_000)]
    shares = [
        sum(write_name(name, chance, country="VN", care=care) == name.written for name in drawn)
        / len(drawn)
        for care in (0.95, 0.5, 0.0)
    ]

    assert 0.92 < shares[0] < 0.99
    assert 0.45 < shares[1] < 0.68
    assert shares[2] < 0.35


@given(st.sampled_from(VIETNAMESE), sexes, seeds, st.sampled_from(("KH", "TH", "LA", "MM", "US")))
def test_offices_abroad_leave_no_vietnamese_marks(people, sex, seed, country):
    """Neither tone nor vowel mark nor đ survives a border; only a careful copy keeps them."""
    chance = Chance(seed)
    name = draw_name(people, sex, chance)

    assert write_name(name, chance, country=country, care=0.7).isascii()


@pytest.mark.parametrize(
    ("character", "pinyin", "reading"),
    [
        ("王", "wang", "Vương"),
        ("李", "li", "Lý"),
        ("陈", "chen", "Trần"),
        ("黄", "huang", "Hoàng"),
        ("德", "de", "Đức"),
        ("荫", "yin", "Âm"),
        ("梅", "mei", "Mai"),
        ("花", "hua", "Hoa"),
        ("强", "qiang", "Cường"),
    ],
)
def test_a_character_keeps_its_two_readings(character, pinyin, reading):
    """Worked by hand from the common readings."""
    word = names._people("chinese").readings[character]

    assert (word.text.lower(), word.reading) == (pinyin, reading)


def test_a_chinese_name_is_read_in_three_ways_by_a_vietnamese_office():
    """王德荫 is Wang Deyin and Vương Đức Âm."""
    name = Name("chinese", "Wang Deyin", "Wang", "王德荫", ("male", "王", "德", "荫"))
    chance = Chance("three")
    written = {write_name(name, chance, country="VN", care=0.9) for _ in range(500)}

    assert {"Wang Deyin", "Vương Đức Âm", "王德荫", "Vuong Duc Am"} <= written


@given(sexes, seeds)
def test_pinyin_characters_and_parts_tell_the_same(sex, seed):
    """Each character's pinyin, joined, is the written name; one pinyin surname, one character."""
    name = draw_name("chinese", sex, Chance(seed))
    readings = names._people("chinese").readings
    family, *rest = (readings[sign].text for sign in name.parts[1:])

    assert "".join(name.parts[1:]) == name.native
    assert name.written == f"{family.capitalize()} {''.join(rest).capitalize()}"
    assert draw_name("chinese", sex, Chance(1), family=name.family).native[0] == name.native[0]


def test_no_character_has_two_readings():
    """A lookup by character must not depend on which table came last."""
    found: dict[str, tuple[str, str]] = {}
    tables = names._people("chinese").tables.values()
    for word in (word for table in tables for word in table.things):
        told = (word.text.lower().strip("'"), word.reading)

        assert found.setdefault(word.native, told) == told, word.native


@pytest.mark.parametrize(
    ("name", "country", "wanted"),
    [
        (Name("kinh", "Nguyễn Thị Hoa", "Nguyễn", "", ("female", "Nguyễn", "Thị", "Hoa")),
         "CN", {"Ruan Shihua", "阮氏花"}),
        (Name("kinh", "Trần Văn Minh", "Trần", "", ("male", "Trần", "Văn", "Minh")),
         "KH", {"Tran Van Minh", "Van Minh Tran", "Minh Tran Van", "Tran Vanminh"}),
        (Name("kinh", "Lý Thị Hải", "Lý", "", ("female", "Lý", "Thị", "Hải")),
         "VN", {"Ly Thi Hai", "Lý Hải", "Lí Thị Hải", "Lý Thị Hãi"}),
        (Name("hmong", "Giàng A Páo", "Giàng", "", ("male", "Giàng", "A", "Páo")),
         "VN", {"Zàng A Páo", "Giàng A Pao", "Giang A Pao"}),
        (Name("hmong", "Sùng Seo Lử", "Sùng", "", ("male", "Sùng", "Seo", "Lử")),
         "VN", {"Xùng Seo Lử", "Sùng Xeo Lử"}),
        (Name("hmong", "Thào Thị Pà", "Thào", "", ("female", "Thào", "Thị", "Pà")),
         "LA", {"Thoj Thi Paj", "Thao Thi Pa"}),
        (Name("khmer", "Sok Chanthea", "Sok", "សុខ ចាន់ធា", ("female", "Sok", "Chanthea")),
         "KH", {"Sok Chantea", "Sok Chan Thea", "Sokh Chanthea", "សុខ ចាន់ធា"}),
        (Name("thai", "Somchai Thongdi", "Thongdi", "สมชาย ทองดี", ("male", "Somchai", "Thongdi")),
         "LA", {"Somchay Thongdi", "Somchai Tongdi", "Thongdi Somchai"}),
        (Name("burmese", "Kyaw Zin Oo", "", "ကျော်ဇင်ဦး", ("male", "Kyaw", "Zin", "Oo")),
         "MM", {"Gyaw Zin Oo", "Ko Kyaw Zin Oo", "U Kyaw Zin Oo", "ကျော်ဇင်ဦး"}),
    ],
    ids=lambda value: value.written if isinstance(value, Name) else None,
)  # fmt: skip
def test_an_office_writes_a_name_its_own_way(name, country, wanted):
    """Spellings known from files, worked by hand, come up within 3,000 tries."""
    chance = Chance("ways", name.written)
    written = {write_name(name, chance, country=country, care=0.3) for _ in range(3_000)}

    assert wanted - written == set()


@given(peoples, sexes, seeds, st.sampled_from(OFFICES), st.floats(0, 1))
def test_whatever_comes_out_is_nobody_known(people, sex, seed, country, care):
    """Neither the name drawn nor any spelling of it is on the list."""
    chance = Chance(seed)
    name = draw_name(people, sex, chance)

    assert not is_left_out(name.written)
    assert not is_left_out(write_name(name, chance, country=country, care=care))


@pytest.fixture
def forget():
    """Tables dealt under another list are dealt again, before and after."""
    caches = (names.deck_of, names._families, names._if_known, names._ends_are_known)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


@pytest.mark.usefixtures("forget")
def test_a_name_on_the_list_is_drawn_again(monkeypatch):
    """With the first hundred made-up names on it, none of them comes out any more."""
    chance = Chance("left out")
    unwanted = {draw_name("tay", "male", chance).written for _ in range(100)}
    made_up = _hashes(unwanted)
    monkeypatch.setattr(names, "_left_out", lambda: made_up)
    for one in (names.deck_of, names._families, names._if_known, names._ends_are_known):
        one.cache_clear()
    chance = Chance("left out")
    drawn = {draw_name("tay", "male", chance).written for _ in range(2_000)}

    assert all(is_left_out(written) for written in unwanted)
    assert not any(is_left_out(written) for written in drawn)


@pytest.mark.usefixtures("forget")
def test_a_slip_does_not_make_somebody_known(monkeypatch):
    """Dropping the middle name would give the one on the list, so it is not dropped."""
    name = Name("kinh", "Lê Thị Mơ", "Lê", "", ("female", "Lê", "Thị", "Mơ"))
    made_up = _hashes({"Lê Mơ"})
    monkeypatch.setattr(names, "_left_out", lambda: made_up)
    written = {write_name(name, Chance(seed), country="VN", care=0) for seed in range(500)}

    assert "Lê Mơ" not in written
    assert len(written) > 3


def test_marks_and_case_do_not_hide_a_name(monkeypatch):
    """The list knows a name by its match key."""
    monkeypatch.setattr(names, "_left_out", lambda: _hashes({"Lê Thị Mơ"}))

    assert is_left_out("Lê Thị Mơ")
    assert is_left_out("LE  THI-MO")
    assert not is_left_out("Lê Mơ")


@given(peoples, sexes, seeds, st.integers(1930, 2015))
def test_an_alias_is_short_and_filled_in(people, sex, seed, born):
    """No pattern is left unfilled, whatever the age."""
    chance = Chance(seed)
    alias = draw_alias(draw_name(people, sex, chance), sex, born, chance)

    assert 0 < len(alias) <= 40
    assert "{" not in alias
    assert not is_left_out(alias)


def test_age_decides_the_title():
    """An aunt, an elder sister, a younger one."""
    name = Name("kinh", "Lê Thị Mơ", "Lê", "", ("female", "Lê", "Thị", "Mơ"))
    aliases = {
        born: {draw_alias(name, "female", born, Chance(seed)) for seed in range(200)}
        for born in (1950, 1990, 2005)
    }

    assert "Bà Mơ" in aliases[1950]
    assert "Chị Mơ" in aliases[1990]
    assert "Em Mơ" in aliases[2005]
    assert "Chị Mơ" not in aliases[2005]


def test_some_women_go_by_a_chinese_name():
    """In pinyin and characters, as in the papers of a marriage abroad."""
    name = Name("hmong", "Giàng Thị Mỷ", "Giàng", "", ("female", "Giàng", "Thị", "Mỷ"))
    aliases = [draw_alias(name, "female", 1990, Chance(seed)) for seed in range(100)]

    assert any("\u4e00" <= alias[-1] <= "\u9fff" and alias[0].isascii() for alias in aliases)


@pytest.mark.parametrize("people", PEOPLES)
def test_no_key_of_a_file_stands_twice(people):
    """YAML would keep the second line and lose the words of the first."""
    file = names.files("ringmap.training").joinpath("names_data", f"{people}.yaml")
    node = yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader)

    assert _repeated(node) == []


@pytest.mark.parametrize("people", PEOPLES)
def test_every_way_to_build_a_name_has_its_tables(people):
    """Both sexes can be drawn, have nicknames, and every slot is a table with words in it."""
    told = names._people(people)
    ways = [told.family, *(told.given[sex] for sex in SEXES)]
    slots = {slot for way in ways for words in way for slot in words.split()}

    assert slots <= set(told.tables)
    assert all(told.tables[slot].things for slot in slots)
    assert set(told.given) == set(told.nicknames) == set(SEXES)


def test_the_list_of_names_left_out_is_hashes_only():
    """Nobody's name stands in the repository."""
    file = names.files("ringmap.training").joinpath("names_data", "left_out.txt")
    lines = file.read_text("utf-8").split("\n")[:-1]

    assert len(lines) > 1_000
    assert lines == sorted(set(lines))
    assert {len(line) for line in lines} == {16}
    assert set("".join(lines)) <= set("0123456789abcdef")


@settings(max_examples=20)
@given(st.text(max_size=12))
def test_any_text_may_be_asked_about(text):
    """Empty and odd ones are nobody."""
    assert is_left_out(text) in (True, False)


def _told(people: str, sex: str, chance: Chance) -> tuple[Name, list[str], str]:
    name = draw_name(people, sex, chance)
    spellings = [write_name(name, chance, country=country, care=0.3) for country in OFFICES]
    return name, spellings, draw_alias(name, sex, 1985, chance)


def _is_latin(sign: str) -> bool:
    return sign.isalpha() and unicodedata.name(sign).startswith(("LATIN", "MODIFIER LETTER"))


def _hashes(written: set[str]) -> frozenset[str]:
    keys = {match_key(one) for one in written}
    ends = {(key.split()[0], key.split()[-1]) for key in keys}
    texts = keys | {f"{first} * {last}" for first, last in ends}
    texts |= {f"* {end}" for both in ends for end in both}
    return frozenset(sha256(text.encode()).hexdigest()[:16] for text in texts)


def _repeated(node: yaml.Node) -> list[str]:
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    below = [found for _, value in node.value for found in _repeated(value)]
    return [key for key in dict.fromkeys(keys) if keys.count(key) > 1] + below
