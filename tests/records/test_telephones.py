"""Telephone numbers: two ways to write one are the same, and none is joined by a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.errors import SettingsError
from ringmap.records import read
from ringmap.records.mapping import parse_mapping
from ringmap.records.telephones import (
    comparable_number,
    comparable_numbers,
    list_phone_countries,
    number_id,
)
from rings import read_file


@pytest.mark.parametrize(
    "written",
    ["+84912000111", "+84 912 000 111", "0084 912.000.111", "+84 (0) 912-000-111",
     "0912000111", "0912 000 111", "0912.000-111", "84912000111", "(0912) 000 111"],
)  # fmt: skip
def test_ways_to_write_a_number_of_the_country_are_one(written):
    """With Viet Nam said to be the country, whose code is 84 and whose prefix is 0."""
    assert comparable_number(written, "VN") == "+84912000111"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("0912 000 111", "0912000111"), ("84912000111", "84912000111"),
        ("+84 912 000 111", "+84912000111"), ("0084912000111", "+84912000111"),
        ("113", "113"), ("Zalo Mây", "zalomây"),
    ],
)  # fmt: skip
def test_without_a_country_nothing_is_guessed(written, left):
    """0912… may be of any country; + and 00 say which."""
    assert comparable_number(written) == left


@pytest.mark.parametrize(
    ("country", "written", "same"),
    [
        # ITU-T E.164 and the numbering plans of each country; invented subscriber numbers.
        ("LA", "020 5555 0101", "+8562055550101"), ("KH", "012 345 678", "+85512345678"),
        ("TH", "081-234-5678", "+66812345678"), ("CN", "138 0000 1111", "+8613800001111"),
        ("CN", "0871 6555 0101", "+8687165550101"), ("HK", "5123 4567", "+85251234567"),
        ("MX", "55 5555 0101", "+525555550101"), ("US", "(212) 555-0100", "+12125550100"),
        ("US", "1 212 555 0100", "+12125550100"), ("VN", "+856 20 5555 0101", "+8562055550101"),
        ("VN", "113", "113"), ("VN", "0113", "0113"), ("VN", "84113", "84113"),
        ("VN", "VT-0912000111", "vt0912000111"),
    ],
)  # fmt: skip
def test_each_country_has_its_own_way(country, written, same):
    """Numbers from abroad, service numbers and what is no number stay what they are."""
    assert comparable_number(written, country) == same


@given(
    st.text(alphabet="0123456789+ .-()abĐ", max_size=20),
    st.sampled_from([None, *list_phone_countries()]),
)
def test_comparing_twice_changes_nothing(text, country):
    """And the separators that are allowed in numbers make no difference."""
    once = comparable_number(text, country)

    assert comparable_number(once, country) == once
    assert not set(once) & set(" .-()")


def test_an_id_is_one_for_a_number_and_other_for_other_kinds():
    """A SIM card has the number of its telephone; a vehicle of that number is none."""
    assert number_id("phone", "0912 000 111", "VN") == number_id("sim", "+84912000111")
    assert number_id("phone", "0912 000 111") != number_id("phone", "+84912000111")
    assert number_id("vehicle", "0912000111") != number_id("phone", "0912000111")


def test_a_mapping_may_say_nothing_but_the_country():
    """One of those whose numbers are known."""
    assert parse_mapping("telephones: {country: VN}", "m.yaml").phone_country == "VN"
    assert parse_mapping("files: [{tables: [{table: people, columns: {person_id: a}}]}]",
                         "m.yaml").phone_country is None  # fmt: skip
    with pytest.raises(SettingsError, match="line 1, column 23"):
        parse_mapping("telephones: {country: Vietnam}", "m.yaml")


def test_numbers_from_abroad_are_one_in_a_list_of_calls(tmp_path):
    """By + and 00; the first way to write it is shown, and the calls are summed."""
    case = read_file(
        tmp_path, "cdr.csv",
        "caller,called,duration\n+84 912 000 111,0900000102,10\n0084912000111,0900 000 102,5\n",
    ).case  # fmt: skip

    assert case.parties["name"].tolist().count("+84912000111") == 1
    assert [(tie.weight, tie.kind) for tie in case.ties.itertuples()] == [(2.0, "called")]


def test_ids_made_by_a_mapping_do_not_depend_on_spaces_or_signs(tmp_path):
    """0084… and +84… are one telephone."""
    (tmp_path / "p.csv").write_text("who,tel\nA,+84 912 000 111\nB,0084-912-000-111\n")
    (tmp_path / "m.yaml").write_text(
        "files:\n  - tables:\n      - table: identifiers\n"
        "        columns: {identifier_id: {id_from: tel, kind: phone}, value: tel, holder: who}\n"
    )
    case = read(tmp_path / "p.csv", mapping=tmp_path / "m.yaml").case

    assert (case.parties["type"] == "identifier").sum() == 1


@pytest.mark.parametrize("country", [None, "VN", "LA"])
@given(texts=st.lists(st.text(alphabet="+0129 .-/()aB\t０", max_size=12), max_size=6))
def test_numbers_read_together_are_those_read_alone(country, texts):
    """Those of plain signs are changed all at once, the others one by one."""
    assert comparable_numbers(texts, country) == [comparable_number(one, country) for one in texts]
