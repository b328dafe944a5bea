"""What a third battery of hostile files found: each with its exact words and numbers."""

import pyarrow as pa
import pytest

from ringmap.model import find_signs, match_key, match_keys, outlines
from ringmap.records import read
from ringmap.records.filetext import FileText
from ringmap.records.limits import Limits
from ringmap.records.receipt import MOST_VALUES
from rings import only_problem, problems, read_file, said_of, ties_of, write_folder


def _read(folder, text, limits):
    (folder / "people.csv").write_text(text, encoding="utf-8")
    return read(folder / "people.csv", limits=limits)


def test_a_quotation_never_closed_is_given_up_at_the_longest_cell(tmp_path):
    """Not after the whole file: a cell has at most 16 times the characters allowed."""
    text = 'person_id,name\nA,"Ann\n' + "B,Bo\n" * 20
    problem = only_problem(_read(tmp_path, text, Limits(cell_characters=2)))

    assert problem.reason == (
        "the row that starts on line 2 cannot be cut into cells (a cell of more than 32 characters)"
    )
    assert problem.line == 2
    assert problem.hint.endswith("or allow more with --limit cell_characters=…")


def test_a_cell_of_any_length_may_be_allowed(tmp_path):
    """The csv module is told of no more than it can count."""
    text = "person_id,name\nA\n"
    result = _read(tmp_path, text, Limits(cell_characters=2**60))

    assert result.case.parties["id"].tolist() == ["A"]


def test_a_long_cell_is_refused_whether_the_rows_are_even_or_not(tmp_path):
    """Which reader cuts the file decides nothing: 40 signs are more than 32."""
    limits = Limits(cell_characters=2)
    cell = '"' + "x\n" * 20 + '"'
    for last in ("B,Bo", "B"):
        result = _read(tmp_path, f"person_id,name\nA,{cell}\n{last}\n", limits)

        assert only_problem(result).line == 2


def test_a_wide_table_of_too_many_cells_is_refused_before_it_is_cut(tmp_path):
    """101 columns of 3 lines are 303 cells; of a hundred columns rows alone are counted."""
    limits = Limits(cells=300)
    wide = _read(tmp_path, _table(101), limits)
    usual = _read(tmp_path, _table(100), limits)

    assert only_problem(wide).reason == (
        "some 303 cells in 101 columns; more than 300 are not read"
    )
    assert usual.receipt.rows_used == 2


@pytest.mark.parametrize("above", ["sep=,\n", "\n", "People\n"])
def test_a_wide_table_is_refused_whatever_stands_above_its_headings(above, tmp_path):
    """One line above 303 cells counts as one more."""
    result = _read(tmp_path, above + _table(101), Limits(cells=300))

    assert only_problem(result).reason.startswith("some 30")


def _table(width):
    heads = ",".join(["person_id", *(f"c{one}" for one in range(1, width))])
    return "".join(
        f"{line}\n" for line in (heads, "A" + ",1" * (width - 1), "B" + ",2" * (width - 1))
    )


def test_headings_above_lines_of_blanks_are_a_table_without_rows(tmp_path):
    """Ten thousand lines of delimiters are no rows and no doubt."""
    result = read_file(tmp_path, "people.csv", "person_id,name\n" + ",\n ,,,\n" * 5_000)

    assert result.receipt.rows_read == 0
    assert result.receipt.files[0].problems == []


@pytest.mark.parametrize(
    ("text", "filled"),
    [("", 0), ("\n\n", 0), (" ,;|\t\r\n", 0), ("a", 1), ("a\n", 1), (",,\na,\n\n,b\n ", 2)],
)
def test_filled_lines_are_counted(text, filled, monkeypatch):
    """Over the bounds of pieces as well."""
    monkeypatch.setattr("ringmap.records.filetext._PIECE", 2)
    found = FileText.of(text)

    assert found.filled_lines == filled
    assert found.is_blank is (filled == 0)


def test_a_problem_of_many_values_is_told_once(tmp_path):
    """50,001 names with a mark are one warning that names all rows; 50,000 are told each."""
    for count, told in ((MOST_VALUES, MOST_VALUES), (MOST_VALUES + 1, 1)):
        rows = "".join(f"p{one},An\u200bn {one}\n" for one in range(count))
        problems = (
            read_file(tmp_path, "people.csv", f"person_id,name\n{rows}").receipt.files[0].problems
        )

        assert len(problems) == told
    problem = problems[0]
    assert (problem.count, problem.rows, problem.value) == (count, f"1-{count}", None)
    assert problem.reason == "zero-width character U+200B"
    assert problem.hint == (
        "kept as it is written; names are compared without it; "
        "more than 50,000 different values: see the rows"
    )


def test_findings_of_many_values_are_put_together(tmp_path):
    """Each date is read by itself; 50,001 of them make one line in the receipt."""
    rows = "".join(f"p{one},{one}zz\n" for one in range(MOST_VALUES + 1))
    problem = only_problem(read_file(tmp_path, "people.csv", f"person_id,born\n{rows}"))

    assert (problem.reason, problem.count, problem.value) == (
        "not a date that ringmap knows",
        50_001,
        None,
    )


ODD = ["An\u200bn Bo 17", "Lò  Thị\u2003Đào",
       "Аnn", "\u0301x y", "Σας Ab", "กา\u200bมา", "x\u00a0y",
       "ﬁt Ｎam", "Ⅷ ½", "a\tb", "Ð \u202eab", "\u200b", "Đ\u0300\u0301\u0302\u0303 z"]  # fmt: skip


def test_a_key_is_that_of_its_words():
    """Read word by word, names have the key that each has by itself."""
    assert match_keys(pa.array(ODD, pa.large_string())).to_pylist() == [*map(match_key, ODD)]


def test_an_outline_says_what_its_text_says():
    """And many texts have one: which letters and digits stand in a row says nothing."""
    drawn = outlines(pa.array(ODD, pa.large_string())).to_pylist()
    alike = outlines(pa.array(["Ng\u200buyễn 12", "An\u200bn 3456"], pa.large_string())).to_pylist()

    assert [*map(find_signs, drawn)] == [*map(find_signs, ODD)]
    assert alike == ["a\u200ba ", "a\u200ba "]


@pytest.mark.parametrize(
    ("text", "ties"),
    [("A,B\nB,C\nC,D\n", 3), ("A,B,1\nC,D,2\n", 2), ("a,b\n1,2\n", 1), ("a,b,weight\na,b,2\n", 1)],
)
@pytest.mark.parametrize("name", ["e.csv", "ties.csv"])
def test_a_first_row_of_letters_is_a_row_where_it_stands_below(text, ties, name, tmp_path):
    """ "A,B" above was taken for headings, and the tie between A and B was lost without a word."""
    result = read_file(tmp_path, name, text)

    assert (result.receipt.rows_used, len(result.case.ties)) == (ties, ties)


@pytest.mark.parametrize(("text", "ties"), [("A,B\nD,C\n", 1), ("A,B\n", 0)])
@pytest.mark.parametrize("name", ["e.csv", "ties.csv"])
def test_letters_that_are_taken_for_headings_are_told_of(text, ties, name, tmp_path):
    """Nobody can say whether "A,B" above "D,C" is a tie; the reader of the receipt can."""
    result = read_file(tmp_path, name, text)
    problem = only_problem(result)

    assert (result.receipt.rows_used, problem.severity) == (ties, "warning")
    assert problem.reason == "the first line (A, B) is taken for headings"
    assert problem.hint == "if it is a tie, put a line of headings above it: source,target"


@pytest.mark.parametrize("end", ["json", "jsonl"])
def test_keys_of_one_letter_are_no_row(end, tmp_path):
    """Though "b" is an end of a tie as well, nobody says that "a" and "b" are tied."""
    rows = ['{"a": "b", "b": "c"}', '{"a": "x", "b": "y"}']
    text = f"[{','.join(rows)}]" if end == "json" else "\n".join(rows)
    result = read_file(tmp_path, f"e.{end}", text)

    assert result.case.parties["id"].tolist() == ["b", "c", "x", "y"]
    assert len(result.case.ties) == 2


@pytest.mark.parametrize(
    ("text", "headings"), [("b,c\nx,y\n", "headings: [a, b], "), ("a,b\nb,c\nx,y\n", "")]
)
def test_headings_of_one_letter_that_a_mapping_names_are_no_row(text, headings, tmp_path):
    """Whoever says that "a" and "b" are columns is believed."""
    (tmp_path / "ties.csv").write_text(text)
    (tmp_path / "m.yaml").write_text(
        f"files: [{{{headings}tables: [{{table: ties, columns: {{source: a, target: b}}}}]}}]"
    )
    result = read(tmp_path / "ties.csv", mapping=tmp_path / "m.yaml")

    assert result.case.parties["id"].tolist() == ["b", "c", "x", "y"]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_that_names_the_delimiter_is_no_heading(first, tmp_path):
    """Excel writes it. Lines are still those of the file."""
    result = read_file(tmp_path, "people.csv", f"{first}\nperson_id;born\nA;nix\n")

    assert only_problem(result).line == 3


def test_numbers_within_an_object_stay_as_they_are_written(tmp_path):
    """They were kept as texts in quotation marks."""
    row = '[{"person_id": "A", "note": {"n": 1.50, "t": "1", "l": [1, null, true]}}]'
    result = read_file(tmp_path, "people.json", row)

    assert said_of(result.case, "A", "note") == ['{"n": 1.50, "t": "1", "l": [1, null, true]}']


def test_properties_that_are_no_object_are_kept(tmp_path):
    """They were dropped without a word."""
    rows = '{"id":"a","schema":"Person","properties":["left"]}\n{"id":"b","schema":"Person"}\n'
    (tmp_path / "f.ftm.json").write_text(rows, encoding="utf-8")
    case = read(tmp_path / "f.ftm.json").case

    assert "left" in case.statements["value"].tolist()


def test_a_heading_with_half_a_sign_is_told(tmp_path):
    """It stood as U+FFFD without a word."""
    result = read_file(tmp_path, "people.json", '[{"person_id": "A", "x\\udfff": "y"}]')

    assert [problem.reason for problem in problems(result)] == [
        "half of a sign (a lone surrogate) in a heading, which stands as U+FFFD",
        "a sign that stands for no letter (U+FFFD)",
    ]


def test_a_key_twice_among_many_is_found_at_once(tmp_path):
    """Counting each key among all took minutes for 200,000."""
    keys = ", ".join(f'"k{one}": 1' for one in [*range(40_000), 39_999])
    problem = only_problem(read_file(tmp_path, "people.json", f'{{"people": [{{{keys}}}]}}'))

    assert "the key 'k39999' stands twice in one object" in problem.reason


@pytest.mark.parametrize(
    "text",
    ["source,target,kind\n------,------,----\nA,B,paid\n",
     "source|target|kind\n=====|=====|===\nA|B|paid\n",
     "| source | target | kind |\n|:---|---:|---|\n| A | B | paid |\n",
     "source,target,kind\n------,------,----\nA,B\n"],
)  # fmt: skip
def test_a_line_drawn_below_the_headings_is_nobody(text, tmp_path):
    """As programs for databases and Markdown draw it; it was a tie from ------ to ------."""
    result = read_file(tmp_path, "list.csv", text)
    told = problems(result)[0]

    assert (told.severity, told.row, told.line) == ("refused", 1, 2)
    assert told.reason == "a line drawn below the headings"
    assert [tie[:2] for tie in ties_of(result.case)] == [("A", "B")]


def test_a_row_with_a_name_below_the_headings_is_a_row(tmp_path):
    """Dashes in its other cells say nothing."""
    result = read_file(tmp_path, "people.csv", "person_id,sex,born\nA,--,--\n--,--,1990\n")

    assert result.receipt.rows_used == 2


def test_a_heading_in_other_words_that_stands_twice_is_told(tmp_path):
    """The second one was a further column without a word; the first counts."""
    result = read_file(tmp_path, "people.csv", "person_id,Bí danh,name,Bí danh\nP1,Ba,Ann,Bo\n")
    problem = only_problem(result)

    assert (problem.column, problem.reason) == (
        "Bí danh", "another column has the same meaning; this one is kept as a further column"
    )  # fmt: skip
    assert said_of(result.case, "P1", "aliases") == ["Ba"]
    assert said_of(result.case, "P1", "Bí danh") == ["Bo"]


def test_a_sign_that_hides_in_a_heading_is_told(tmp_path):
    """With a control in it the heading names no column, and the places had no country."""
    result = read_file(tmp_path, "places.csv", "place_id,name,coun\x1ftry\nL1,Aaa,VN\n")
    problem = only_problem(result)

    assert (problem.severity, problem.line, problem.column) == ("warning", 1, "coun\x1ftry")
    assert problem.reason == "control character U+001F"


def test_a_type_that_an_end_of_a_tie_does_not_have_is_told(tmp_path):
    """P1 is a person; that the tie calls it a place was kept without a word."""
    folder = write_folder(
        tmp_path / "case", people="person_id,name\nP1,Ann\nP2,Bo\n",
        ties="source,target,source_type,target_type\nP1,P2,place,Person\n",
    )  # fmt: skip
    result = read(folder)
    problem = only_problem(result)

    assert (problem.row, problem.line, problem.column, problem.value) == (
        1, 2, "source_type", "place"
    )  # fmt: skip
    assert problem.reason == "another type than that of the party (person)"
    assert result.case.tie_records["note"].tolist() == ["source_type: place"]
