"""Columns that keep each text once behave like lists of cells."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ringmap.records.coded import Cells, alike, choose, join, rows_of, together

CELL = st.sampled_from([None, "a", "b", "c", "dd"])
LISTS = st.lists(CELL, min_size=1, max_size=12)
PAIRS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12)


def columns(pairs):
    """Two columns of the same length, as cells."""
    return [Cells.of(list(column)) for column in zip(*pairs, strict=True)]


@given(LISTS, st.data())
def test_cells_are_what_they_were_made_of(cells, data):
    """As a list, one by one, by rows, emptied, and with only the texts in use."""
    made = Cells.of(cells)
    rows = data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=8))
    chosen = made[np.array(rows, dtype=np.int64)]
    gaps = np.array(data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells))))
    told = [cell for cell in dict.fromkeys(cells[row] for row in rows) if cell is not None]

    assert made.tolist() == cells
    assert [made[row] for row in range(len(cells))] == cells
    assert made.filled.tolist() == [cell is not None for cell in cells]
    assert chosen.tolist() == [cells[row] for row in rows]
    assert chosen.used().tolist() == chosen.tolist()
    assert sorted(chosen.used().texts) == sorted(told)
    assert made.blank(gaps).tolist() == [
        None if gap else cell for cell, gap in zip(cells, gaps, strict=True)
    ]
    assert made.arrow().to_pylist() == cells
    assert made.first.tolist() == [
        cell is not None and cell not in cells[:row] for row, cell in enumerate(cells)
    ]


@given(LISTS)
def test_each_text_is_read_once(cells):
    """Several texts may be read as one, or as nothing."""
    asked = []

    def read(text):
        asked.append(text)
        return {"a": "x", "b": "x", "dd": None}.get(text, text)

    mapped = Cells.of(cells).mapped(read)

    assert mapped.tolist() == [None if cell is None else
                               {"a": "x", "b": "x", "dd": None}.get(cell, cell)
                               for cell in cells]  # fmt: skip
    assert sorted(asked) == sorted({cell for cell in cells if cell is not None})
    assert len(set(mapped.texts)) == len(mapped.texts)
    assert Cells.of(cells).where(lambda text: len(text) == 1).tolist() == [
        cell is not None and len(cell) == 1 for cell in cells
    ]


@given(PAIRS, st.data())
def test_columns_side_by_side_and_below_each_other(pairs, data):
    """One column where a mask is true, else the other; the other where one is empty; both."""
    one, other = columns(pairs)
    rows = np.array(data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))))

    assert choose(rows, one, other).tolist() == [
        a if first else b for (a, b), first in zip(pairs, rows, strict=True)
    ]
    assert one.otherwise(other).tolist() == [a if a is not None else b for a, b in pairs]
    assert join([one, other]).tolist() == one.tolist() + other.tolist()


@given(PAIRS)
def test_rows_that_say_the_same_share_a_number(pairs):
    """Numbers count in the order of the rows, and lead back to what the rows say."""
    one, other = columns(pairs)
    number, first = alike(one, other)
    place, told = together(one, other)
    order = list(dict.fromkeys(pairs))

    assert number.tolist() == [order.index(pair) for pair in pairs]
    assert first.tolist() == [pairs.index(pair) for pair in order]
    assert [told[row] for row in place] == pairs


def test_texts_in_some_rows_and_rows_by_code():
    """By hand."""
    assert Cells.same("x", np.array([True, False])).tolist() == ["x", None]
    assert Cells.same("x", 2).tolist() == ["x", "x"]
    assert Cells.nothing(2).tolist() == [None, None]
    assert Cells.repeated(np.array([1, 0, -1]), ["a", "b"]).tolist() == ["b", "a", None]
    assert Cells.of(["a", None, "b", "a"]).numbers(np.array([5, 7])).tolist() == [5, -1, 7, 5]
    assert [rows.tolist() for rows in rows_of(np.array([1, 0, 1, 2]), [0, 1])] == [[1], [0, 2]]


def test_a_column_below_an_empty_one_has_its_texts():
    """Wherever the empty ones stand; two empty ones make an empty one."""
    nothing, told = Cells.nothing(2).used(), Cells.of(["a", None, "a"])

    assert join([nothing, told, nothing]).tolist() == [None, None, "a", None, "a", None, None]
    assert join([nothing, nothing]).tolist() == [None] * 4
    assert join([told, Cells.of(["b", "a"])]).codes.tolist() == [0, -1, 0, 1, 0]
