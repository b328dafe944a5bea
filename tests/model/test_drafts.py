"""Columns of text as positions among texts: each text once, as the cells name them."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.model import Coded, as_texts, drafts, in_order

WAYS = [False, True] if drafts.kernels.compiled() else [False]
_TEXTS = st.lists(st.sampled_from(["Lê", "", "Sok", "lê", "\x00", "Sok "]), max_size=6)


@pytest.fixture(params=WAYS)
def way(request):
    """With the compiled part, and without it."""
    with patch.object(drafts.kernels, "compiled", lambda: request.param):
        yield request.param


@pytest.mark.usefixtures("way")
def test_a_column_in_order_has_each_text_once_as_the_cells_name_them():
    """A text that stands twice among the texts is one; one in no cell is gone."""
    column = Coded(np.array([3, -1, 1, 0, 3], dtype=np.int32), as_texts(["Sok", "Lê", "x", "Sok"]))

    found = in_order(column)

    assert found.texts.to_pylist() == ["Sok", "Lê"]
    assert found.codes.tolist() == [0, -1, 1, 0, 0]


@pytest.mark.parametrize("way", WAYS)
@given(texts=_TEXTS, data=st.data())
def test_a_column_in_order_says_what_it_said(way, texts, data):
    """Cell by cell; and it does not matter how the texts were numbered before."""
    codes = data.draw(st.lists(st.integers(-1, len(texts) - 1), max_size=12))
    cells = [None if code < 0 else texts[code] for code in codes]
    with patch.object(drafts.kernels, "compiled", lambda: way):
        found = in_order(Coded(np.array(codes, dtype=np.int32), as_texts(texts)))

    told = found.texts.to_pylist()
    assert [None if code < 0 else told[code] for code in found.codes] == cells
    assert told == list(dict.fromkeys(cell for cell in cells if cell is not None))
