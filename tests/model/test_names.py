"""Match keys: what two spellings of one name have in common."""

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.model import match_key, plain
from ringmap.model.names import match_keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lò Thị Đào", "lo thi dao"),
        ("LO  THI DAO", "lo thi dao"),
        ("Lo\u0300 Thi\u0323 \u0110a\u0300o", "lo thi dao"),
        ("Nguyễn", "nguyen"),
        ("đỗ", "do"),
        ("O'Brien-Smith", "o brien smith"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("王芳", "王芳"),
        ("sources_ref", "sources ref"),
        ("\u200bAnn\u200d", "ann"),
        ("", ""),
        ("=A1", "=a1"),
    ],
)
def test_a_key_has_no_marks_case_or_punctuation(name, key):
    """Đ is a letter of its own and decomposes nowhere, so it is folded by name."""
    assert match_key(name) == key


@given(st.text())
def test_a_key_of_a_key_is_the_key(name):
    """Folding twice changes nothing, so keys may be stored and compared."""
    assert match_key(match_key(name)) == match_key(name)


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_the_form_of_code_points_does_not_matter(name, form):
    """Mac and Windows write the same letters differently."""

    assert match_key(unicodedata.normalize(form, name)) == match_key(name)


def test_plain_keeps_what_is_seen():
    """Composed and without invisible marks; case and punctuation stay."""
    assert plain("Lo\u0300\u200b O'B") == "Lò O'B"


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x1EFF), max_size=12))
def test_signs_looked_up_one_by_one_give_the_key_of_the_whole(name):
    """Latin letters are looked up in a table; the rule itself must give the same."""
    spread = unicodedata.normalize("NFKD", plain(name).replace("Đ", "D").replace("đ", "d"))
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign)).casefold()
    words = "".join(" " if sign in "'’`ʼ-‐‑–_.," else sign for sign in bare).split()

    assert match_key(name) == " ".join(words)


@given(st.lists(st.text(alphabet="aB9 -.'đÀ\u0301\t\nก文Ð", max_size=6), max_size=6))
def test_keys_of_many_names_are_those_of_each(names):
    """Names that are made together, of ASCII or word by word, come out as alone."""
    found = match_keys(pa.array(names, type=pa.large_string()))

    assert found.to_pylist() == [match_key(name) for name in names]
