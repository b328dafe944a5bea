"""Numbers as people in different countries write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.records.numbers import NOT_A_NUMBER, TWO_NUMBERS, find_decimal, read_number
from rings import only_problem, problems, read_folder, ties_of


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("3", None, "3"), ("3.5", None, "3.5"), ("3,5", None, "3.5"), (",5", None, "0.5"),
        ("-0,25", ",", "-0.25"), ("1.234", None, "1.234"), ("1.234", ",", "1234"),
        ("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("1.234.567", None, "1234567"),
        ("1,234,567", None, "1234567"), ("1.234,5", None, "1234.5"), ("1,234.5", None, "1234.5"),
        ("1 234,5", None, "1234.5"), ("1\u00a0234", None, "1234"), ("12'345", None, "12345"),
        ("1e5", None, "1e5"), ("007", None, "007"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_was_meant(text, decimal, value):
    """By hand, from how numbers are written in Viet Nam, France, Switzerland and Britain."""
    assert read_number(text, decimal) == (value, None)


@pytest.mark.parametrize(
    ("text", "decimal", "problem"),
    [
        ("1,234", None, TWO_NUMBERS), ("three", None, NOT_A_NUMBER), ("1,23,4", None, NOT_A_NUMBER),
        ("1.234.5", None, NOT_A_NUMBER), ("1,5", ".", NOT_A_NUMBER), ("", None, NOT_A_NUMBER),
        ("1.234.567", ".", NOT_A_NUMBER), ("1,234,56", None, NOT_A_NUMBER),
        ("1.234,5", ".", NOT_A_NUMBER), ("٣", None, NOT_A_NUMBER),
    ],
)  # fmt: skip
def test_what_is_no_number_or_two_is_said(text, decimal, problem):
    """Nothing is guessed."""
    assert read_number(text, decimal) == (None, problem)


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["1,5", "2"], ","), (["0.25", "1,234"], "."), (["1,234", "5,678"], None),
        (["1.234,5"], ","), (["1,234,567"], "."), (["1.234.567"], ","), (["1,5", "1.5"], None),
        ([], None),
    ],
)  # fmt: skip
def test_a_column_tells_which_sign_it_uses(texts, decimal):
    """Each cell alone may be open; together they may not be."""
    assert find_decimal(texts) == decimal


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_both_ways_of_writing_give_the_same_number(number):
    """12,345.60 and 12.345,60."""
    english = f"{number:,.2f}"
    swapped = english.translate(str.maketrans(",.", ".,"))

    assert read_number(english, ".") == read_number(swapped, ",")
    assert float(read_number(english, ".")[0]) == pytest.approx(float(number))


def test_strengths_with_a_comma_are_read(tmp_path):
    """The column has 0,5, so 1,234 is not thousands."""
    ties = "source;target;weight\nA;B;0,5\nB;C;1,234\n"
    result = read_folder(tmp_path, ties=ties)

    assert problems(result) == []
    assert [weight for *_, weight in ties_of(result.case)] == [0.5, 1.234]


def test_a_strength_that_may_be_two_numbers_is_left_out(tmp_path):
    """The tie is used; a thousandfold strength would put somebody on top."""
    result = read_folder(tmp_path, ties='source,target,weight\nA,B,"1,234"\n')
    problem = only_problem(result)

    assert (problem.severity, problem.row, problem.column, problem.value) == (
        "warning", 1, "weight", "1,234"
    )  # fmt: skip
    assert problem.reason == TWO_NUMBERS
    assert ties_of(result.case) == [("A", "B", "tie", None)]


def test_coordinates_with_a_comma_are_degrees(tmp_path):
    """Degrees have no thousands."""
    places = "place_id;name;lat;lon\nL1;Bến Lạ;22,485;103,971\n"
    case = read_folder(tmp_path, places=places).case

    assert case.parties[["lat", "lon"]].to_numpy().tolist() == [[22.485, 103.971]]
