"""Texts numbered as they come, compiled and in plain Python; and a number for each text."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap import kernels
from ringmap.model import as_texts, of_arrow
from ringmap.records import numbering
from ringmap.records.drafting import hashes
from ringmap.records.numbering import Numbered

WAYS = [False, True] if kernels.compiled() else [False]
_TEXTS = st.lists(st.text(alphabet="abĐ", max_size=9), max_size=12)


def numbered(way):
    """Nothing numbered yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering.kernels, "compiled", lambda: way)
        return Numbered()


@pytest.mark.parametrize("way", WAYS)
@given(st.lists(st.tuples(st.sampled_from(["person", "place"]), _TEXTS), max_size=6))
def test_each_text_of_a_sort_has_one_number(way, told):
    """As a dictionary would number them, from 0 in the order in which they come."""
    found, wanted = numbered(way), {}
    for sort, texts in told:
        known = [wanted.get((sort, text), -1) for text in texts]
        assert found.find(sort, as_texts(texts)).tolist() == known
        for text in texts:
            wanted.setdefault((sort, text), len(wanted))
        numbers = [wanted[sort, text] for text in texts]
        assert found.enter(sort, as_texts(texts)).tolist() == numbers

    assert len(found) == len(wanted)
    assert found.texts.to_pylist() == [text for _, text in wanted]
    assert [found.sorts[one] for one in found.sort_numbers] == [sort for sort, _ in wanted]


@pytest.mark.parametrize("way", WAYS)
def test_many_texts_and_parts_of_them(way):
    """More than there is room for at first; a part of an array of texts is looked up as it is."""
    found = numbered(way)
    texts = as_texts(f"P{number}" for number in range(5_000))
    found.enter("person", texts[:10])
    found.enter("person", texts)

    assert found.find("person", texts[4_000:4_003]).tolist() == [4_000, 4_001, 4_002]
    assert found.find("place", texts[:2]).tolist() == [-1, -1]
    assert found.find("person", as_texts(["P", "P50000", ""])).tolist() == [-1, -1, -1]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_a_text_has_the_number_that_pandas_gives_it(texts):
    """Stores keep these numbers; 0 to 40 letters, of one byte and of several."""
    wanted = pd.util.hash_array(np.array([*texts, ""], dtype=object), categorize=False)

    assert hashes(as_texts([*texts, ""])).tolist() == wanted.tolist()


@pytest.mark.parametrize("seed", [1, 2, 2**64 - 1])
@pytest.mark.skipif(not kernels.compiled(), reason="ringmap was installed without a compiler")
def test_texts_made_to_collide_have_places_of_their_own(seed):
    """Two ways to write sixteen bytes, the second undoing the first in half of all states.

    That is of a hash that multiplies by a known number: it gave 1,024 texts of ten such pieces
    some 32 places, whatever the seed, and a file of them took minutes.
    """
    pieces = ("abcdefgAijklAnoA", "abcdefgaijkl@noa")
    texts = ["".join(one) for one in product(pieces, repeat=10)]
    names = kernels.Names(seed)

    assert names.enter(0, of_arrow(as_texts(texts))).tolist() == [*range(1024)]
    assert len(np.unique(names._slots[names._slots > 0] >> np.uint64(32))) == 1024
