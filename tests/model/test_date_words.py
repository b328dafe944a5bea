"""Vague dates in words, in both languages; the same words as on the page of the ring map."""

import pytest

from ringmap.model import date_in_words


@pytest.mark.parametrize(
    ("date", "english", "vietnamese"),
    [
        ("2019-05~", "about May 2019", "khoảng tháng 5 năm 2019"),
        ("2019?", "about 2019", "khoảng năm 2019"),
        ("2019-05-03~", "about 3 May 2019", "khoảng ngày 3 tháng 5 năm 2019"),
        ("2019-04/2019-06", "between April 2019 and June 2019",
         "từ tháng 4 năm 2019 đến tháng 6 năm 2019"),
        ("2019-01/2019-04~", "between January 2019 and about April 2019",
         "từ tháng 1 năm 2019 đến khoảng tháng 4 năm 2019"),
        ("2019-05/..", "since May 2019", "từ tháng 5 năm 2019"),
        ("../2019~", "until about 2019", "đến khoảng năm 2019"),
    ],
)  # fmt: skip
def test_a_vague_date_is_told_in_words(date, english, vietnamese):
    """No sign of the notation is left."""
    assert date_in_words(date) == english
    assert date_in_words(date, "vi") == vietnamese


@pytest.mark.parametrize(
    "text", ["2019", "2019-05", "2019-05-03", "", "~", "2019-13~", "../..", "A/B", "{date}~"]
)
def test_exact_dates_and_other_texts_stay(text):
    """ISO is short and sorts; what is no date is not made one."""
    assert date_in_words(text) == text
