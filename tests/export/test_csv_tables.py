"""CSV tables: for programs, harmless in a spreadsheet, and read again by ringmap."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from export.rings_for_export import HOSTILE, cleared_folder, contents_of
from ringmap.disclosure import escape_formula
from ringmap.export import export_files
from ringmap.export.csv_tables import write_csv_tables
from ringmap.records import read


def _rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _written(files, folder):
    folder.mkdir(exist_ok=True)
    paths = {}
    for part, text in files.items():
        paths[part] = folder / f"ring{part}.csv"
        paths[part].write_text(text, encoding="utf-8", newline="")
    return paths


def test_a_row_per_tie_and_a_row_per_record(tmp_path):
    """The tie of two records has one row here and two rows of evidence."""
    cleared = cleared_folder(tmp_path / "case")
    files = export_files(cleared, ".csv")
    ties, evidence = _rows(files[""]), _rows(files["_evidence"])

    assert sorted(files) == ["", "_evidence", "_parties"]
    assert len(ties) == len(cleared.graphs["whole"].ties)
    assert len(evidence) == sum(int(tie["records"]) for tie in ties)
    place = next(i for i, tie in enumerate(ties, 1) if tie["kind"] == "called")
    first, second = (row for row in evidence if row["tie"] == str(place))
    assert (first["document"], first["page"], first["agency"]) == ("Judgment, first", "4", "Court")
    assert (first["reliability"], first["credibility"], first["handling"]) == (
        "A",
        "2",
        "may_share",
    )
    assert (first["file"], first["row"], first["weight"]) == ("ties.csv", "1", "3.0")
    assert (second["document"], second["received"]) == ("Informant", "2019-06")
    assert (second["file"], second["row"], second["weight"]) == ("ties.csv", "2", "5.0")


def test_parties_are_those_of_the_graph(tmp_path):
    """Ids are the ends of the ties; the type stands beside them."""
    cleared = cleared_folder(tmp_path / "case")
    files = export_files(cleared, ".csv")
    parties = {row["id"]: row for row in _rows(files["_parties"])}

    ends = {tie[end] for tie in _rows(files[""]) for end in ("source", "target")}
    assert ends <= set(parties)
    assert list(parties) == list(cleared.graphs["whole"].parties["party"])
    assert parties["C1"]["type"] == "case"
    assert parties["P4"]["country"] == "CN"


def test_the_tables_can_be_read_again(tmp_path):
    """Loaded as an edge list with its node file, the ties are the same ties."""
    cleared = cleared_folder(tmp_path / "case")
    paths = _written(export_files(cleared, ".csv"), tmp_path / "out")
    result = read([paths[""], paths["_parties"]])

    assert result.receipt.rows_refused == 0
    again, whole = result.case, cleared.graphs["whole"]
    names = again.parties["id"]
    told = {
        (names[row.source], names[row.target], row.kind, row.weight, row.first, row.last)
        for row in again.ties.astype(object).where(again.ties.notna(), None).itertuples()
    }
    expected = {
        (row.source, row.target, row.kind, row.weight, row.first, row.last)
        for row in whole.ties.astype(object).where(whole.ties.notna(), None).itertuples()
    }
    assert told == expected
    assert set(names) == set(whole.parties["party"])


def test_the_ties_alone_are_a_table_of_a_case_folder(tmp_path):
    """Put into a case folder as ties.csv beside its other tables, no row is refused."""
    folder = tmp_path / "case"
    cleared = cleared_folder(folder, show_victims=True)
    (folder / "ties.csv").write_text(export_files(cleared, ".csv")[""], encoding="utf-8")
    result = read(folder)

    assert result.receipt.rows_refused == 0
    assert len(result.case.ties) == len(cleared.case.ties)
    assert list(result.case.ties["weight"].dropna()) == [5.0]


@pytest.mark.parametrize("name", ["=A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_run_as_a_formula(name):
    """A spreadsheet sees text."""
    files = write_csv_tables(contents_of([(name, "B")]))

    for text in files.values():
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(cell.startswith(("=", "@", "+", "\t", "\r", "＝")) for cell in row)
            assert not any(re.match(r"-\D|-\d+\+", cell) for cell in row)


@given(text=some.one_of(some.sampled_from(HOSTILE), some.text()))
def test_only_numbers_may_begin_like_a_formula(text):
    """An escaped text begins with nothing that runs; other texts are left alone."""
    escaped = escape_formula(text)

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert escaped in (plain, f"'{plain}")
    if escaped[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        float(escaped)


@pytest.mark.parametrize("number", ["-1.5", "+84912345678", "3e5", "-0"])
def test_plain_numbers_stay_numbers(number):
    """A negative coordinate is no formula."""
    assert escape_formula(number) == number
