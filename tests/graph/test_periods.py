"""Years, quarters and months by number and name."""

from datetime import date

import pytest

from ringmap.graph import name_period, number_period, period_length


@pytest.mark.parametrize(
    ("length", "number", "name"),
    [("year", 2019, "2019"), ("quarter", 8077, "2019-Q2"), ("month", 24232, "2019-05")],
)
def test_a_period_is_counted_from_the_year_nought(length, number, name):
    """3 May 2019: 2019 years, 4 × 2019 + 1 quarters and 12 × 2019 + 4 months are over."""
    assert number_period(date(2019, 5, 3), length) == number
    assert name_period(number, length) == name


def test_the_first_and_the_last_day_of_a_year_are_of_its_first_and_last_periods():
    """No quarter and no month reaches into another year."""
    days = (date(2018, 12, 31), date(2019, 1, 1))
    named = [
        [name_period(number_period(day, length), length) for day in days]
        for length in ("quarter", "month")
    ]

    assert named == [["2018-Q4", "2019-Q1"], ["2018-12", "2019-01"]]


def test_other_lengths_are_none():
    """A week is no period here."""
    assert period_length("quarter") == "quarter"
    assert period_length("week") is None
