"""Text cut column by column: what it cuts is what Python's csv module cuts."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.records.grid import BLANKS, cut_grid

_CELLS = st.text(alphabet='ab,;"\n\r \t\u00a0\u2028\x00Đ\u0300', max_size=6)


def cut_by_csv(text, delimiter):
    """Rows of stripped cells that are not all white space, and the line each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines, last = [], [], 0
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append([cell.strip(BLANKS) or None for cell in row])
            lines.append(last + 1)
        last = reader.line_num
    return rows, lines


def cut_by_grid(text, delimiter):
    """The same of a grid; None where it leaves the text to the csv module."""
    grid = cut_grid(text, delimiter)
    if grid is None:
        return None
    columns = [cells.tolist() for cells in grid.columns]
    below = [list(row) for row in zip(*columns, strict=True)]
    return [[cell or None for cell in grid.first], *below], grid.lines.tolist()


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
       st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))  # fmt: skip
def test_written_tables_are_cut_like_csv(rows, delimiter, end):
    """Whatever a CSV writer can put into cells."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    text = out.getvalue()
    found = cut_by_grid(text, delimiter)

    assert found is None or found == cut_by_csv(text, delimiter)


def test_a_text_with_zero_bytes_is_left_to_the_csv_module():
    """Arrow cut the second row of this one in another place."""
    assert cut_grid(',;;\0,;\n,"\n,;",\n', ",") is None


@given(st.text(alphabet='a,"\n\r ', max_size=30))
def test_any_text_is_cut_like_csv_or_left_to_it(text):
    """Ragged rows, stray quotation marks, lone ends of lines: never cut in another way."""
    found = cut_by_grid(text, ",")

    if found is not None:
        assert found == cut_by_csv(text, ",")


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        ("a,b\n1,2\n3,4\n", [["a", "b"], ["1", "2"], ["3", "4"]], [1, 2, 3]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]], [1, 2]),
        ('a,b\n"x\ny",2\n3,4', [["a", "b"], ["x\ny", "2"], ["3", "4"]], [1, 2, 4]),
        ('a,b\n"1,""2""",2\n', [["a", "b"], ['1,"2"', "2"]], [1, 2]),
        ("a,b\n , \n3,\n", [["a", "b"], ["3", None]], [1, 3]),
        ("a,b\nNA,1E5\n007,None\n", [["a", "b"], ["NA", "1E5"], ["007", "None"]], [1, 2, 3]),
    ],
)
def test_even_rows_are_cut_here(text, rows, lines):
    """By hand: cells, lines, quotation marks, and texts that other readers take for numbers."""
    assert cut_by_grid(text, ",") == (rows, lines)


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n", "a,b\n1\n", "a,b\n1,2,3\n", 'a,b\n"1,2\n', 'a,b\n1"2,3\n', 'a,b\n"1"2,3\n',
     'a,b\n "1",3\n', "a,b\r1,2\r"],
)  # fmt: skip
def test_anything_else_is_left(text):
    """No row, ragged rows, quotation marks out of place, lone carriage returns."""
    assert cut_grid(text, ",") is None


def test_cells_go_over_the_bounds_of_pieces(monkeypatch):
    """A quotation that begins in one piece of the text and ends in the next."""
    monkeypatch.setattr("ringmap.records.grid._PIECE", 8)
    text = 'aaa,bbb\n"one\n, two",2\n3,"4"\n'

    assert cut_by_grid(text, ",") == cut_by_csv(text, ",")
