"""Odd signs in a cell's text are told in words; the copy for matching is free of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.model import LONGEST_NAME, find_signs, plain

ORDINARY = [
    "",
    "Nguyễn Văn Nam",
    "Lo\u0300 Thi\u0323 \u0110a\u0300o",
    "Nguyễn\u00a0Thị\tHạnh",
    "สมชาย\u200bใจดี",
    "สຸข\u200bສົມພອນ",
    "សុខ\u200bចាន់",
    "ស្រី\u200c",
    "မောင်\u200b\u2060မောင်",
    "می\u200cخواهم",
    "क्\u200dष",
    "שלום\u200f",
    "王小梅（A座）",
    "Анна Павловна",
    "Ελένη",
    "kho số 5 – “nhà trọ”, 2.000.000 ₫ ½ €",
    "NA",
    "None",
    "1E5",
    "007",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_not_flagged(text):
    """The region's scripts need joiners and zero-width spaces; marks may stand apart."""
    assert find_signs(text) == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Lan\u202enaL", "bidirectional mark U+202E"),
        ("Lan\u200e", "bidirectional mark U+200E"),
        ("a\u2067b\u2069", "bidirectional mark U+2067, U+2069"),
        ("שלום\u202e", "bidirectional mark U+202E"),
        ("Ng\u200buyen", "zero-width character U+200B"),
        ("Nguyễn\u200d", "zero-width character U+200D"),
        ("Ng\ufeffa\u00ad", "zero-width character U+FEFF, U+00AD"),
        ("Lan\U000e0041", "zero-width character U+E0041"),
        (
            "Nguy\u0435n V\u0430n",
            "letters of two scripts in one word (Cyrillic \u0435 U+0435 beside Latin)",
        ),
        (
            "\u039dguyen",
            "letters of two scripts in one word (Greek \u039d U+039D beside Latin)",
        ),
        ("Ðào", "letter that looks like another (Ð U+00D0 for Đ U+0110)"),
        ("ðào", "letter that looks like another (ð U+00F0 for đ U+0111)"),
        ("Ɖào", "letter that looks like another (Ɖ U+0189 for Đ U+0110)"),
        ("ɖào", "letter that looks like another (ɖ U+0256 for đ U+0111)"),
        ("Sƣn", "letter that looks like another (ƣ U+01A3 for ơ U+01A1)"),
        ("\U0001d40bn", "letter that looks like another (\U0001d40b U+1D40B for L U+004C)"),
        ("Ｌan", "fullwidth letter (Ｌ U+FF2C for L)"),
        ("Lan\x00", "control character U+0000"),
        ("\x07\x1b\x7f\x9f", "control character U+0007, U+001B, U+007F"),
        ("Lan\nHoa", "line break in a cell"),
        ("Lan\u2028Hoa", "line break in a cell"),
        ("Lan\x85Hoa", "line break in a cell"),
        ("Nguy\ufffdn", "a sign that stands for no letter (U+FFFD)"),
        ("\ue000Lan", "unassigned or private-use character U+E000"),
        ("Lan\u0530", "unassigned or private-use character U+0530"),
        ("Lan\ud800", "unassigned or private-use character U+D800"),
        ("La\u0301\u0301\u0301\u0301n", "more marks on a letter than any language writes"),
    ],
)
def test_an_odd_sign_is_named(text, flag):
    """One flag each, with the code point: what cannot be seen must be told."""
    assert find_signs(text) == (flag,)


def test_several_oddities_are_told_in_one_order():
    """Direction first, then what is hidden, then letters, then signs that are no letters."""
    assert find_signs("Ð\u202ea\u200bb\x00\n") == (
        "bidirectional mark U+202E",
        "zero-width character U+200B",
        "letter that looks like another (Ð U+00D0 for Đ U+0110)",
        "control character U+0000",
        "line break in a cell",
    )


@pytest.mark.parametrize(
    ("length", "flags"), [(1000, ()), (1001, ("longer than 1,000 characters",))]
)
def test_a_long_text_is_flagged_by_its_length(length, flags):
    """A name of a thousand letters is a pasted page."""
    assert find_signs("a" * length) == flags


def test_the_longest_length_may_be_chosen():
    """Notes may be longer than names."""
    assert find_signs("ễ" * LONGEST_NAME, longest=LONGEST_NAME) == ()
    assert find_signs("ễ" * (LONGEST_NAME + 1), longest=LONGEST_NAME) == (
        "longer than 10,000 characters",
    )


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        ("Lo\u0300 Thi\u0323 Ðào", "Lò Thị Đào"),
        ("ðƉɖ", "đĐđ"),
        ("Sƣn Ƣn", "Sơn Ơn"),
        ("Ｌａｎ\u3000７", "Lan 7"),
        ("Ng\u200buy\u200dễ\u00adn\ufeff", "Nguyễn"),
        ("\u202eLan\u202c", "Lan"),
        ("Lan\u00a0Hoa\u2009Mai\u2028Cúc\x85Trúc\nĐào", "Lan Hoa Mai Cúc Trúc Đào"),
        ("Nguy\u0435n", "Nguyen"),
        ("\u039dguyen", "Nguyen"),
        ("Анна Nguyen", "Анна Nguyen"),
        ("Lan\x00", "Lan"),
        ("សុខ\u200bចាន់", "សុខចាន់"),
        ("a\u200b\u0301", "á"),
        ("O'Neil-Ánh, ĐÀO", "O'Neil-Ánh, ĐÀO"),
        ("00123", "00123"),
        ("1E5", "1E5"),
    ],
)
def test_the_copy_for_matching_is_plain(written, matched):
    """Two texts that look alike have one copy; case, marks and punctuation stay."""
    assert plain(written) == matched


@given(st.text() | st.text(alphabet="aeÐð\u0435\u039d\u0301\u0323\u200b\u202e\u2126Ａ\u00a0\u0345"))
def test_the_copy_of_a_copy_is_the_same(text):
    """And it has no direction mark, no zero-width sign and no lookalike of Đ."""
    once = plain(text)

    assert plain(once) == once
    assert not set(once) & set("ÐðƉɖ\u200b\u200c\u200d\u202e\ufeff\u00a0\x00\n")


@pytest.mark.parametrize(
    "text", ["a\u200b" * 500_000, "\u0301" * 1_000_000, "a\u0435" * 500_000, "\u200b" * 1_000_000]
)
def test_hostile_text_is_looked_at_in_linear_time(text):
    """A million odd signs take a moment, not a minute."""
    start = time.process_time()
    flags = find_signs(text)
    plain(text[:100_000])

    assert flags
    assert time.process_time() - start < 10
