"""A broken scenario or profile is refused in one line that says where and what was expected."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest

from ringmap.errors import ScenarioError
from ringmap.model import parse_settings, read_settings
from ringmap.training import generate_cases, load_profile, load_scenario

#: Each line has its number behind it, so that the wanted numbers below can be checked by eye.
SCENARIO = """\
title: A tiny line                                                              # 1
story: One recruiter and one buyer.
years: 2014-2016
purpose: forced_marriage                                                        # 4
means: {deception_job: 60, deception_marriage: 40}
cases: 1-2
victims_per_case: 1-2
homes:                                                                          # 8
  - share: 100
    places: ["Bắc Hà, Lào Cai, VN"]                                             # 10
victims:
  people: {hmong: 70, kinh: 30}                                                 # 12
  female: 90%
  age: {16-17: 40, 18-22: 60}                                                   # 14
  outcome: {missing: 50, rescued: 50}
cast:                                                                           # 16
  recruiter:
    people: {kinh: 100}                                                         # 18
    age: 20-40
  receiver:                                                                     # 20
    role: intermediary
    count: 1-2                                                                  # 22
    people: {kinh: 100}
    age: 30-50                                                                  # 24
    lives: across
routes:                                                                         # 26
  - name: by Lào Cai
    years: 2014-2015                                                            # 28
    places:
      crossing: {gate: "Lào Cai, Lào Cai, VN"}                                  # 30
      across: "Hekou, Yunnan, CN"
  - name: by Mường Khương                                                       # 32
    years: 2015-2016
    places:                                                                     # 34
      across: "Hekou, Yunnan, CN"
      crossing: {kind: unofficial_crossing, near: "Thanh Thủy, Hà Giang, VN"}   # 36
journey:
  - {do: recruited, by: recruiter, at: home}                                    # 38
  - {do: sold, by: recruiter, at: across, buyer: receiver, price: {amount: 100-200, currency: USD}}
bonds:                                                                          # 40
  - {kind: called, from: recruiter, to: receiver, times: 2-9}
records:                                                                        # 42
  agencies: {province_police: 100}
  recognised: 60%                                                               # 44
  titles: ["Vụ {home}"]
"""

#: What is wrong: text, its replacement, the line that must be named, words that must be said.
BROKEN = {
    "an unknown key": ("purpose: forced", "purpos: forced", 4, ["'purpose' (not 'purpos')"]),
    "an unknown key further in": ("female: 90%", "femal: 90%", 13, ["'female' (not 'femal')"]),
    "a missing key": ("  outcome: {missing: 50, rescued: 50}\n", "", 12, ["a line 'outcome:'"]),
    "a missing section": ("years: 2014-2016\n", "", 1, ["a line 'years:'"]),
    "a text for a mapping": ("title: A tiny line", "title: [a, b]", 1, ["a text", "a list"]),
    "a mapping for a text": ("name: by Lào Cai", "name: {a: b}", 27, ["a text"]),
    "a list for a number": ("{hmong: 70, kinh: 30}", "{hmong: [70]}", 12, ["a text"]),
    "a word for a number": ("share: 100", "share: much", 9, ["a number", "'much'"]),
    "half a person": ("count: 1-2", "count: 1.5", 22, ["whole numbers"]),
    "a share of 130%": ("recognised: 60%", "recognised: 130%", 44, ["0% to 100%", "'130%'"]),
    "a share below nothing": ("female: 90%", "female: -5%", 13, ["0% to 100%"]),
    "a share that is no number": ("female: 90%", "female: nan", 13, ["0% to 100%"]),
    "a share in words": ("female: 90%", "female: most", 13, ["30%", "'most'"]),
    "a range that falls": ("age: 30-50", "age: 50-30", 24, ["rises", "'50-30'"]),
    "an age range that falls": ("16-17: 40", "17-16: 40", 14, ["rises", "17-16"]),
    "years that fall": ("years: 2014-2016", "years: 2016-2014", 3, ["rises", "1990", "2040"]),
    "years long ago": ("years: 2014-2016", "years: 1814-1816", 3, ["1990 to 2040"]),
    "a duplicate key": ("cases: 1-2", "years: 2014", 6, ["'years' only once"]),
    "tab indentation": ("  female: 90%", "\tfemale: 90%", 13, ["YAML", "\\t", "indentation"]),
    "an unclosed quote": ('titles: ["Vụ {home}"]', 'titles: "Vụ {home}', 46, ["YAML", "quotes"]),
    "a quote closed later": ("name: by Lào Cai", 'name: "by Lào Cai', 30, ["YAML", "quotes"]),
    "an unclosed bracket": ("female: 90%", "female: {a: 90%", 14, ["YAML"]),
    "wrong indentation": ("    age: 20-40", "   age: 20-40", 19, ["YAML", "indentation"]),
    "two documents": ("cases: 1-2", "---\ncases: 1-2", 6, ["another document"]),
    "an anchor used again": ("female: 90%", "female: &a 90%\n  kin: *a", 13, ["'*'"]),
    "a merge key": ("cases: 1-2", "cases: &a 1-2\n<<: *a", 6, ["'*'"]),
    "an order to Python": (
        "title: A tiny line", "title: !!python/object/apply:os.getcwd []", 1, ["a text"]),
    "an unknown role": ("role: intermediary", "role: intermediar", 21, ["'intermediary'"]),
    "a part that is no role": ("    role: intermediary\n", "", 21, ["a line 'role:'"]),
    "an unknown place": (
        "Bắc Hà, Lào Cai, VN", "Atlantis, Nowhere, VN", 10, ["gazetteer", "'Atlantis'"]),
    "an unknown country": ("Bắc Hà, Lào Cai, VN", "Bắc Hà, Lào Cai, XX", 10, ["country", "'XX'"]),
    "a place without a country": ("Bắc Hà, Lào Cai, VN", "Bắc Hà", 10, ["a place such as"]),
    "an unknown gate": (
        "Lào Cai, Lào Cai, VN\"}", "Bắc Hà, Lào Cai, VN\"}", 30, ["border gate", "Bắc Hà"]),
    "an unknown gate nearby": ("Thanh Thủy, Hà Giang, VN", "Hekou, Hubei, CN", 36, ["border gate"]),
    "an unknown people": ("kinh: 30", "kinhh: 30", 12, ["'kinh' (not 'kinhh')"]),
    "an unknown kind of place": ("kind: unofficial_crossing", "kind: hole", 36, ["'hole'"]),
    "an unknown purpose": ("forced_marriage", "forced_marriag", 4, ["'forced_marriage'"]),
    "an unknown way of deceiving": ("deception_job: 60", "charm: 60", 5, ["'charm'"]),
    "an unknown outcome": ("rescued: 50", "saved: 50", 15, ["'saved'"]),
    "an unknown act": ("do: sold", "do: solde", 39, ["'sold' (not 'solde')"]),
    "an actor out of the cast": ("by: recruiter, at: across", "by: dealer, at: across", 39,
                                 ["'dealer'"]),
    "a buyer out of the cast": ("buyer: receiver", "buyer: recever", 39, ["'receiver'"]),
    "a currency in words": ("currency: USD", "currency: dollars", 39, ["three letters"]),
    "an unknown tie": ("kind: called", "kind: caled", 41, ["'called' (not 'caled')"]),
    "a bond of nobody": ("to: receiver, times", "to: nobody, times", 41, ["'nobody'"]),
    "an unknown agency": ("province_police", "provincial_police", 43, ["'province_police'"]),
    "a place that one route has not": (
        'across: "Hekou, Yunnan, CN"\n  - name', 'inland: "Hekou, Yunnan, CN"\n  - name', 39,
        ["every route", "'across'"]),
    "a home that no route has": ("lives: across", "lives: afar", 21, ["every route", "'afar'"]),
    "a year without a route": ("years: 2014-2015", "years: 2015-2015", 3, ["2014"]),
    "a journey without routes": (
        SCENARIO[SCENARIO.index("routes:"):SCENARIO.index("journey:")], "", 27, ["'routes:'"]),
    "no weight above nothing": ("{deception_job: 60, deception_marriage: 40}",
                                "{deception_job: 0}", 5, ["above 0"]),
    "a figure that is none": ("{16-17: 40", "{²: 40", 14, ["a range such as"]),
    "a price of a million digits": ("100-200, c", "{1-" + "9" * 400 + ": 1}, c", 39, ["a range"]),
    "a step over the price": ("currency: USD", "currency: USD, step: 500", 39, ["no larger"]),
    "a part that is taken": ("  receiver:", "  victim:", 21, ["another name"]),
    "a word that is taken": ("      crossing: {gate", "      home: {gate", 30, ["another word"]),
    "a word that is none": ("      crossing: {gate", "      a.b: {gate", 30, ["another word"]),
    "a misspelt town": ("Hekou, Yunnan, CN", "Hekouu, Yunnan, CN", 31, ["perhaps 'Hekou'"]),
    "a town elsewhere": ("Bắc Hà, Lào Cai, VN", "Bắc Hà, Nghệ An, VN", 10, ["lies in Lào Cai"]),
    "a journey of years": ("at: home}", "at: home, after: 400-500}", 38, ["365 days"]),
    "a control character": ("title: A tiny line", 'title: "A\\e[31m"', 1, ["control characters"]),
    "ages of giants": ("18-22: 60", "1300-1500: 60", 14, ["ages up to"]),
    "no text in English": ("title: A tiny line", "title: {vi: Nhỏ}", 1, ["'en:'"]),
}  # fmt: skip

#: Nothing to draw from: every one of these must be refused before anything is drawn.
NOTHING = {
    "no ages": ("{16-17: 40, 18-22: 60}", "{}", 14),
    "ages without weight": ("{16-17: 40, 18-22: 60}", "{16-17: 0}", 14),
    "no homes": ('\n  - share: 100\n    places: ["Bắc Hà, Lào Cai, VN"]', " []", 8),
    "homes without weight": ("share: 100", "share: 0", 9),
    "no towns in a home": ('["Bắc Hà, Lào Cai, VN"]', "[]", 10),
    "no means": ("{deception_job: 60, deception_marriage: 40}", "[]", 5),
    "no peoples": ("{hmong: 70, kinh: 30}", "[]", 12),
    "no agencies": ("{province_police: 100}", "[]", 43),
    "no titles": ('["Vụ {home}"]', "[]", 45),
    "no amounts": ("amount: 100-200", "amount: {}", 39),
    "amounts without weight": ("amount: 100-200", "amount: {100-200: 0}", 39),
    "no gates": ('gate: "Lào Cai, Lào Cai, VN"', "gate: []", 30),
    "no towns at a site": ('across: "Hekou, Yunnan, CN"', "across: []", 31),
}

#: Titles that Python's format cannot fill.
TITLES = ["Vụ {home", "Vụ {0}", "Vụ {}", "Vụ {home.x}", "Vụ {count:d}", "Vụ }"]

PROFILE = """\
title: Tiny                                                        # 1
country: VN
sources: {INVENTED: nothing is published of invented years}        # 3
years:
  2014: [12, 19, 31]                                               # 5
  2015: [5, 8, 9]
mixture:                                                           # 7
  - {years: 2014-2015, scenarios: {bride-line: 3, kin-line: 1}}
victims:                                                           # 9
  - {years: 2014-2015, under_16: 20%, returned: 40%, ways: {handed_over: 2, rescued: 1}}
targets: []                                                        # 11
"""
BROKEN_PROFILES = {
    "too few victims": ("[12, 19, 31]", "[12, 19, 11]", 5, ["victim for each case"]),
    "too few offenders": ("[12, 19, 31]", "[12, 11, 31]", 5, ["offender", "each case"]),
    "no case": ("[5, 8, 9]", "[0, 8, 9]", 6, ["a number from 1"]),
    "two numbers of three": ("[5, 8, 9]", "[5, 8]", 6, ["[328, 607, 966]"]),
    "a year in no mixture": ("years: 2014-2015, s", "years: 2014-2014, s", 6, ["the year 2015"]),
    "a year in words": ("  2015:", "  then:", 6, ["1990 to 2040", "'then'"]),
    "an unknown scenario": ("bride-line: 3", "bride-lime: 3", 8, ["'bride-line'"]),
    "a share of 130%": ("under_16: 20%", "under_16: 130%", 10, ["0% to 100%"]),
    "an unknown key": ("country: VN", "countri: VN", 2, ["'country' (not 'countri')"]),
    "fewer under 18 than under 16": (
        "under_16: 20%",
        "under_16: 20%, under_18: 2%",
        10,
        ["not below 'under_16'"],
    ),
    "a year twice": ("  2015:", "  02014:", 6, ["1990 to 2040"]),
    "a file of thousands": ("[12, 19, 31]", "[12, 19, 9000]", 5, ["for each case"]),
    "an unknown way back": ("handed_over: 2", "handed_back: 2", 10, ["handed_over"]),
}


def test_the_scenario_that_is_broken_below_is_whole(tmp_path):
    """Or every test here would pass for another reason."""
    made = generate_cases(tmp_path / "out", scenario=_file(tmp_path, SCENARIO), seed=1)

    assert made.rings == 1


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_is_told_with_its_line(what, tmp_path):
    """File, line and column, and what was expected instead."""
    old, new, line, words = BROKEN[what]
    with pytest.raises(ScenarioError) as raised:
        load_scenario(_file(tmp_path, _replace(SCENARIO, old, new)))

    said = str(raised.value)
    assert raised.value.line == line, said
    assert raised.value.column is not None
    assert said.startswith(f"own.yaml, line {line}, column {raised.value.column}: expected ")
    assert "\n" not in said
    assert [word for word in words if word not in said] == [], said


@pytest.mark.parametrize("what", NOTHING)
def test_what_leaves_nothing_to_draw_from_is_refused_with_its_line(what, tmp_path):
    """An empty list, or weights of nothing, is told when the file is read."""
    old, new, line = NOTHING[what]
    with pytest.raises(ScenarioError) as raised:
        load_scenario(_file(tmp_path, _replace(SCENARIO, old, new)))

    assert raised.value.line == line, raised.value


@pytest.mark.parametrize("title", TITLES)
def test_a_title_with_blanks_that_cannot_be_filled_is_refused(title, tmp_path):
    """A blank is a word between braces; anything else is told with its line."""
    with pytest.raises(ScenarioError) as raised:
        load_scenario(_file(tmp_path, _replace(SCENARIO, "Vụ {home}", title)))

    assert raised.value.line == 45


@pytest.mark.parametrize("what", BROKEN_PROFILES)
def test_what_is_wrong_in_a_profile_is_told_with_its_line(what, tmp_path):
    """File, line and column, and what was expected instead."""
    old, new, line, words = BROKEN_PROFILES[what]
    with pytest.raises(ScenarioError) as raised:
        load_profile(_file(tmp_path, _replace(PROFILE, old, new)))

    said = str(raised.value)
    assert raised.value.line == line, said
    assert said.startswith(f"own.yaml, line {line}, column {raised.value.column}: expected ")
    assert [word for word in words if word not in said] == [], said


def test_the_profile_that_is_broken_above_is_whole(tmp_path):
    """Its figures as they stand in the file."""
    profile = load_profile(_file(tmp_path, PROFILE))

    assert profile.years == {2014: (12, 19, 31), 2015: (5, 8, 9)}
    assert profile.scenarios() == ("bride-line", "kin-line")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["line 1", "found nothing"]),
        (b"# only a remark\n", ["line 1", "found nothing"]),
        (b"\x89PNG\r\n\x1a\n\x00\xff", ["not UTF-8"]),
        (b"title: \xff\xfe", ["not UTF-8"]),
        ("title: Đường".encode("utf-16"), ["not UTF-8"]),
        (b"title: a\x00b\n", ["expected YAML"]),
        (b"just words\n", ["line 1", "column 1", "key: value"]),
        (b"- a\n- b\n", ["line 1", "column 1", "key: value"]),
        (b"a: " + b"[" * 400, ["line 1", "nested"]),
        (b"a: " + b"[" * 400 + b"]" * 400, ["line 1", "nested"]),
        ("\n".join(" " * depth + "a:" for depth in range(60)).encode(), ["line 21", "nested"]),
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ["'*'"]),
        (b"title: " + b"x" * 200_001, ["200,000 characters"]),
        (b"? [a, b]\n: 1\n", ["line 2", "a word before ':'"]),
    ],
    ids=["empty", "remark", "binary", "latin", "utf-16", "nul", "words", "list", "nesting bomb",
         "nested lists", "nested keys", "alias bomb", "long", "key of a list"],
)  # fmt: skip
def test_what_is_no_settings_file_is_told_in_one_line(content, words, tmp_path):
    """The name of the file, and why it cannot be one."""
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as raised:
        load_scenario(str(path))

    said = str(raised.value)
    assert said.startswith("own.yaml")
    assert "\n" not in said
    assert [word for word in words if word not in said] == [], said


def test_an_absent_file_is_told_as_such(tmp_path):
    """The name and the system's reason."""
    with pytest.raises(ScenarioError, match=r"absent\.yaml: cannot be read: No such file"):
        load_scenario(str(tmp_path / "absent.yaml"))


@pytest.mark.parametrize("load", [load_scenario, load_profile])
def test_an_unknown_name_lists_the_known_ones(load):
    """What there is, and that a file of one's own is taken too."""
    with pytest.raises(ScenarioError) as raised:
        load("bride-lime")

    assert "bride-lime" in str(raised.value)
    assert "or a .yaml file" in str(raised.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [("30%", 0.3), ("0.3", 0.3), ("0%", 0.0), ("100%", 1.0), ("1", 1.0), ('"30%"', 0.3)],
)
def test_a_share_is_written_as_percent_or_as_part_of_one(written, read):
    """30% is 0.3."""
    assert _value(written).share() == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("2-4", (2, 4)), ("3", (3, 3)), ("2–4", (2, 4)), ("2 .. 4", (2, 4)), ("0-0", (0, 0))],
)
def test_a_range_is_written_with_its_bounds(written, read):
    """Both bounds count; one number is a range of one."""
    assert _value(written).whole_span() == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{hmong: 60, tay: 40}", {"hmong": 60, "tay": 40}),
        ("{hmong: 60%, tay: 40%}", {"hmong": 0.6, "tay": 0.4}),
        ("[hmong, tay]", {"hmong": 1, "tay": 1}),
        ("hmong", {"hmong": 1}),
    ],
)
def test_weights_are_a_mapping_a_list_or_a_word(written, read):
    """A word without a weight weighs one."""
    assert _value(written).weights(["hmong", "tay"]) == read


def test_a_file_may_begin_with_a_mark_of_its_encoding(tmp_path):
    """As some editors write it."""
    path = tmp_path / "own.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SCENARIO.encode())

    assert load_scenario(str(path)).title == {"en": "A tiny line"}


def test_the_strict_reader_takes_every_file_that_comes_along():
    """Scenarios, profiles and documents are composed the quick way because it has no objection."""
    room = files("ringmap.training")
    found = [
        room / "documents.yaml",
        *(room / "scenarios").iterdir(),
        *(room / "profiles").iterdir(),
    ]
    for one in found:
        with as_file(one) as path:
            read_settings(path)

    assert sum(one.name.endswith(".yaml") for one in found) == 16


def _value(text: str):
    return parse_settings(f"key: {text}\n", "own.yaml", ScenarioError).fields(["key"])["key"]


def _replace(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def _file(folder, text: str) -> str:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)
