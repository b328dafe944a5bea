"""Rows on their way to disk: read back as they were, quoted where CSV asks for it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from made import Made
from ringmap.training import generate_cases
from ringmap.training.folder import DAYS, MONTHS, THREE, TWO, as_text, cell
from ringmap.training.names import deck_of, list_peoples

awkward = ["", "a,b", 'the "Boss"', "=A1", "Nguyễn", "<b>", " a ", "'"]
#: A scenario has no control characters in its texts; `Setting.text` refuses them.
letters = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(letters) | st.sampled_from(awkward)
#: A scenario whose every text of its own needs quotes.
ODD = """
title: 'A line, "tiny"'
story: 'One recruiter, no "boss".'
years: 2010-2020
purpose: forced_marriage
means: deception_job
cases: 2
victims_per_case: 2-4
homes: [{places: 'Bản "Mới", Lào Cai, VN'}]
victims:
  people: kinh
  age: {16-30: 1}
  outcome: rescued
  occupations: ['weaver, "free"']
cast:
  recruiter: {people: kinh, age: 20-40, count: 3, organisation: firm,
              occupations: ['seller, "honest"'], broker: 'village, and "across"'}
routes:
  - {name: 'by, Lào Cai', years: 2010-2020, places: {across: 'Hekou, Yunnan, CN',
     house: {kind: guest_house, in: 'Hekou, Yunnan, CN', name: 'The "Inn", 2'}}}
journey:
  - {do: recruited, by: recruiter, at: home, after: 0}
  - {do: harboured, by: recruiter, at: house}
organisations: {firm: {kind: employer, names: ['Fair, "Ltd"'], at: house}}
records: {agencies: province_police, titles: 'Case, "{home}"'}
"""


@given(texts, texts)
def test_a_cell_is_read_back_as_it_was(one, other):
    """By the csv module, between any two commas."""
    line = f"{cell(one)},{cell(other)},\n"

    assert list(csv.reader(io.StringIO(line))) == [[one, other, ""]]
    assert as_text([(one, other, "")]) == line


def test_only_what_needs_quotes_is_quoted():
    """RFC 4180: a comma or a quote in the cell, and the quote doubled."""
    assert cell("Nguyễn Thị Mơ") == "Nguyễn Thị Mơ"
    assert cell("a,b") == '"a,b"'
    assert cell('the "Boss"') == '"the ""Boss"""'


@given(st.dates(date(1850, 1, 1), date(2100, 1, 1)))
def test_a_day_is_an_iso_date(day):
    """And the day before it another one."""
    assert DAYS[day.toordinal()] == day.isoformat()
    assert DAYS[day.toordinal() - 1] == (day - timedelta(days=1)).isoformat()
    assert MONTHS[day.toordinal()] == f"{day.year}-{day.month:02d}"


def test_no_day_is_no_text():
    """0 stands for a day that never came."""
    assert (DAYS[0], MONTHS[0]) == ("", "")


def test_noughts_stand_before_short_numbers_only():
    """Numbers too long for their places stay whole."""
    assert (TWO[7], TWO[42], TWO[123]) == ("07", "42", "123")
    assert (THREE[7], THREE[42], THREE[1234]) == ("007", "042", "1234")


def test_every_cell_of_an_odd_scenario_comes_back(tmp_path):
    """Commas and quotes in each text of the scenario; no row is a cell too long or too short."""
    (tmp_path / "odd.yaml").write_text(ODD, encoding="utf-8")
    generate_cases(tmp_path / "cases", scenario=str(tmp_path / "odd.yaml"), cases=12, seed=1)
    made = Made(tmp_path / "cases")
    found = {
        (name, cell)
        for name in ("cases", "people", "organisations", "places", "truth/people", "truth/rings",
                     "truth/brokers")
        for row in made.rows(name)
        for cell in row.values()
    }  # fmt: skip

    for path in (tmp_path / "cases").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(row) for row in csv.reader(file)}) == 1, path.name
    assert found >= {
        ("cases", 'Case, "Bản "Mới""'), ("people", 'Bản "Mới"'), ("people", 'weaver, "free"'),
        ("people", 'seller, "honest"'), ("organisations", 'Fair, "Ltd"'),
        ("places", 'The "Inn", 2'), ("truth/people", 'Bản "Mới" (Lào Cai)'),
        ("truth/rings", 'A line, "tiny"'), ("truth/brokers", 'village, and "across"'),
    }  # fmt: skip


def test_no_name_needs_quotes():
    """Names go into lines as they are; none has a comma, a quote or a line end."""
    cards = [
        card
        for people in list_peoples()
        for sex in ("female", "male")
        for card in (*deck_of(people, sex).families, *deck_of(people, sex).givens)
    ]

    assert len(cards) > 50_000
    assert [
        text for text, native, *_ in cards if cell(text) != text or cell(native) != native
    ] == []
