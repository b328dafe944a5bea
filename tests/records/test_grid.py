"""Text cut column by column: what it cuts is what Python's csv module cuts."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringmap.kernels import compiled, cut_cells
from ringmap.records import grid as cutting
from ringmap.records.filetext import FileText
from ringmap.records.grid import BLANKS, MOST_HEADINGS, cut_grid

_CELLS = st.text(alphabet='ab,;"\n\r \t\u00a0\u2028\u2000\u3000\x00àĐ\u0300', max_size=6)


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


#: Both ways to cut, where ringmap was installed with a compiler.
WAYS = [False, True] if compiled() else [False]


def cut_by_grid(text, delimiter, *, way=WAYS[-1]):
    """The same of a grid; None where it leaves the text to the csv module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "compiled", lambda: way)
        grid = cut_grid(FileText.of(text), delimiter, most_missing=10**6)
    if grid is None:
        return None
    columns = [cells.tolist() for cells in grid.columns]
    below = [
        [*row[:width], *(cell.strip(BLANKS) or None for cell in grid.surplus.of(place))]
        for place, (row, width) in enumerate(
            zip(zip(*columns, strict=True), grid.widths.tolist(), strict=True)
        )
    ]
    return [[cell or None for cell in grid.first], *below], grid.lines.tolist()


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
       st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))  # fmt: skip
def test_written_tables_are_cut_like_csv(rows, delimiter, end):
    """Whatever a CSV writer can put into cells."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    text = out.getvalue()
    for way in WAYS:
        found = cut_by_grid(text, delimiter, way=way)

        assert found is None or found == cut_by_csv(text, delimiter)


def test_a_text_with_zero_bytes_is_left_to_the_csv_module():
    """Arrow cut the second row of this one in another place."""
    assert cut_by_grid(',;;\0,;\n,"\n,;",\n', ",", way=False) is None


@given(st.text(alphabet='a,"\n\r ', max_size=30))
def test_any_text_is_cut_like_csv_or_left_to_it(text):
    """Ragged rows, stray quotation marks, lone ends of lines: never cut in another way."""
    for way in WAYS:
        found = cut_by_grid(text, ",", way=way)

        if found is not None:
            assert found == cut_by_csv(text, ",")


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=2, max_size=9))
@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_both_ways_number_texts_alike(rows):
    """The same codes for the same texts: what is made of them has the same order."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["a", "b"], *rows])
    found = []
    for way in WAYS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cutting, "compiled", lambda way=way: way)
            grid = cut_grid(FileText.of(out.getvalue()), ",", most_missing=0)
        cut = grid and [(cells.codes.tolist(), cells.texts.tolist()) for cells in grid.columns]
        found.append(cut)

    assert None in found or found[0] == found[1]


def test_many_texts_are_told_apart():
    """More than a small table of places takes; long ones that differ in one letter among them."""
    texts = [f"{'x' * (number % 40)}{number}" for number in range(20_000)]
    text = "a,b\n" + "".join(f"{one},{texts[at // 2]}\n" for at, one in enumerate(texts))
    for way in WAYS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cutting, "compiled", lambda way=way: way)
            grid = cut_grid(FileText.of(text), ",", most_missing=0)

        assert grid.columns[0].tolist() == texts
        assert grid.columns[1].tolist() == [texts[at // 2] for at in range(20_000)]


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
    for way in WAYS:
        assert cut_by_grid(text, ",", way=way) == (rows, lines)


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        ("a,b\n\n1,2\r\n\r\n\n3,4\n\n", [["a", "b"], ["1", "2"], ["3", "4"]], [1, 3, 6]),
        ("\n\r\na,b\n1,2\n", [["a", "b"], ["1", "2"]], [3, 4]),
        ("\na\n\n1\n\n\n\n2", [["a"], ["1"], ["2"]], [2, 4, 8]),
        ('\na,b\n1,"\n\n2"\n\n3,4\n', [["a", "b"], ["1", "2"], ["3", "4"]], [2, 3, 7]),
    ],
)
@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_empty_lines_are_no_rows(text, rows, lines):
    """Above the headings, among the rows and in a quotation; lines counted by hand."""
    assert cut_by_grid(text, ",") == (rows, lines) == cut_by_csv(text, ",")


@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_headings_above_nothing_but_blanks_are_a_table_without_rows():
    """A line of delimiters and blanks is empty whatever its width, and the csv module is not
    asked; the headings stand on line 2."""
    text = ",,,\na,b\n,,\n \t, \n,\n\u00a0\u3000,\r\n,,,,"

    assert cut_by_grid(text, ",", way=True) == ([["a", "b"]], [2])


@pytest.mark.skipif(not compiled(), reason="installed without a compiler")
def test_blank_lines_of_any_width_lie_between_rows():
    """The third and fourth row stand on lines 4 and 6, as the csv module counts them."""
    text = "a,b\n1,2\n,,,,\n3,4\n \n5,6\n,,,\n"

    assert cut_by_grid(text, ",", way=True) == (
        [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]],
        [1, 2, 4, 6],
    )


def test_room_is_made_for_rows_and_not_for_empty_lines():
    """There is no memory for two cells on each of so many lines; the text has one row."""
    cut = cut_cells(b"a,b\n1,2\n", ",", 2, line_ends=10**13, most_missing=9, seed=1)

    assert [codes.tolist() for codes, _ in cut.columns] == [[0], [0]]
    assert cut.lines.tolist() == [1, 2]


@pytest.mark.parametrize("piece", [1, 3, 2**16])
@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_empty_lines_at_the_end_are_passed_over_in_pieces(piece, monkeypatch):
    """Whatever piece the last row ends in; a text of nothing else has no row."""
    monkeypatch.setattr("ringmap.kernels.texts._PIECE", piece)

    assert cut_by_grid("a,b\n1,2\n\r\n\n\n", ",") == ([["a", "b"], ["1", "2"]], [1, 2])
    assert cut_by_grid("\n\r\n\n", ",") is None


def test_a_table_too_wide_to_be_one_is_not_cut():
    """One heading above the bound; columns by the hundred thousand would take all memory."""
    for way in WAYS:
        row = ",".join("a" * MOST_HEADINGS)

        assert cut_by_grid(f"{row}\n{row}\n", ",", way=way) is not None
        assert cut_by_grid(f"{row},a\n{row},a\n", ",", way=way) is None


@pytest.mark.parametrize("text", ["", 'a,b\n"1,2\n', 'a,b\n"1"2,3\n'])
def test_anything_else_is_left(text):
    """No row, a quotation that never ends, one that does not fill its cell."""
    for way in WAYS:
        assert cut_by_grid(text, ",", way=way) is None


@pytest.mark.parametrize(
    "text",
    ["a,b\n1\n", "a,b\n1,2,3\n", 'a,b\n1"2,3\n', 'a,b\n "1",3\n', "a,b\r1,2\r", "a,b\n\0,2\n"],
)
def test_without_a_compiler_odd_rows_are_left(text):
    """Ragged rows, quotation marks within a cell, lone carriage returns, zeros."""
    assert cut_by_grid(text, ",", way=False) is None


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        ("a,b\n1\n3,4\n", [["a", "b"], ["1"], ["3", "4"]], [1, 2, 3]),
        ("a,b\n1,2,3,\n3,4", [["a", "b"], ["1", "2", "3", None], ["3", "4"]], [1, 2, 3]),
        ('a,b\n1,2,"x\ny,",3\n3,4', [["a", "b"], ["1", "2", "x\ny,", "3"], ["3", "4"]], [1, 2, 4]),
        ('a,b\n1"2,""\n "3",4', [["a", "b"], ['1"2', None], ['"3"', "4"]], [1, 2, 3]),
        ("\ra,b\r\r1,2\r\n3,4\r", [["a", "b"], ["1", "2"], ["3", "4"]], [2, 4, 5]),
        ('a,b\r"x\ry",2\r3,4', [["a", "b"], ["x\ry", "2"], ["3", "4"]], [1, 2, 4]),
        ("a,b\n1\0,2\n\0,\n", [["a", "b"], ["1\0", "2"], ["\0", None]], [1, 2, 3]),
        ('a,b\n"","",,\n"","",,5\n', [["a", "b"], [None, None, None, "5"]], [1, 3]),
        ('"x\ny",b\n1,2\n', [["x\ny", "b"], ["1", "2"]], [1, 3]),
        ('x"y,"1\n2"\n3,4\n', [['x"y', "1\n2"], ["3", "4"]], [1, 3]),
    ],
)
@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_odd_rows_are_cut_beside_the_others(text, rows, lines):
    """By hand: cells too few and too many, marks within cells, old ends of lines, zeros, and a
    row of which only a cell without a heading is filled."""
    assert cut_by_grid(text, ",") == (rows, lines) == cut_by_csv(text, ",")


@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_a_text_is_one_whether_its_marks_are_doubled_or_not():
    """A mark within a cell, and the same text in a quotation; a third text keeps its number."""
    grid = cut_grid(FileText.of('a\nx"y\n"x""y"\nz\nx"y\n'), ",", most_missing=0)

    assert grid.columns[0].codes.tolist() == [0, 0, 1, 0]
    assert grid.columns[0].texts.tolist() == ['x"y', "z"]


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=6),
       st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n", "\r"]))  # fmt: skip
@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_ragged_tables_are_cut_like_csv(rows, delimiter, end):
    """Rows of one to four cells under two headings."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([["a", "b"], *rows])
    text = out.getvalue()

    assert cut_by_grid(text, delimiter) == cut_by_csv(text, delimiter)


@pytest.mark.skipif(not compiled(), reason="ringmap was installed without a compiler")
def test_more_missing_cells_than_allowed_are_not_filled_in():
    """Two rows lack two cells each; a blank line lacks none."""
    text = "a,b,c\n1\n\n2\n"

    assert cut_grid(FileText.of(text), ",", most_missing=4) is not None
    assert cut_grid(FileText.of(text), ",", most_missing=3) is None


def test_cells_go_over_the_bounds_of_pieces(monkeypatch):
    """A quotation that begins in one piece of the text and ends in the next."""
    monkeypatch.setattr("ringmap.records.grid._PIECE", 8)
    text = 'aaa,bbb\n"one\n, two",2\n3,"4"\n'

    for way in WAYS:
        assert cut_by_grid(text, ",", way=way) == cut_by_csv(text, ",")
