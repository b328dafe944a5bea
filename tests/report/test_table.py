"""The CSV and JSON forms of the report."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from report.rings_for_report import cleared_ring, empty_clearance
from ringmap.analysis import MEASURES
from ringmap.errors import DisclosureError
from ringmap.records import read
from ringmap.report import report_csv, report_json
from ringmap.report.table import _safe


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    """The small ring under the default policy."""
    return cleared_ring(tmp_path_factory.mktemp("case"))


def _rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_has_every_person_and_every_measure(cleared):
    """Numbers are those of the finding to the last digit."""
    rows = _rows(report_csv(cleared))
    finding = cleared.findings["brokers"].set_index("party")

    assert {row["party"] for row in rows} == set(finding.index)
    assert set(MEASURES) <= set(rows[0])
    for row in rows:
        assert float(row["betweenness"]) == finding["betweenness"][row["party"]]
        assert int(row["degree"]) == finding["degree"][row["party"]]
        assert row["because"] == finding["because"][row["party"]]


def test_the_first_row_is_the_first_broker_with_its_records(cleared):
    """Best graded evidence first, by file and row."""
    first = _rows(report_csv(cleared))[0]

    assert (first["rank"], first["party"], first["country"]) == ("1", "P2", "VN")
    assert first["evidence"].startswith("legs.csv:1 (S1 A2); ties.csv:1 (S1 A2)")
    assert "ties.csv:2 (S2 D4)" in first["evidence"]


def test_protected_victims_are_not_ranked_nor_named(cleared):
    """A pseudonym without a rank, after all who have one."""
    text = report_csv(cleared)
    rows = _rows(text)

    assert "Hoa" not in text
    assert [row["rank"] for row in rows if row["party"].startswith("Victim ")] == [""]
    assert [bool(row["rank"]) for row in rows] == sorted((bool(row["rank"]) for row in rows),
                                                         reverse=True)  # fmt: skip


def test_excel_is_told_that_it_is_utf_8(cleared, tmp_path):
    """The mark comes first; ringmap itself reads the file without stumbling over it."""
    text = report_csv(cleared)
    path = tmp_path / "people.csv"
    path.write_text(text.replace("party", "person_id", 1), encoding="utf-8")

    assert text.startswith("\ufeffrank,party,")
    result = read(path)
    assert result.receipt.files[0].encoding == "utf-8"
    assert "Xe Ôm" in set(result.case.parties["name"])


def test_no_cell_is_run_as_a_formula(cleared):
    """A name that begins with = has an apostrophe before it."""
    rows = _rows(report_csv(cleared))

    assert next(row["name"] for row in rows if row["party"] == "P2") == "'=Người dẫn"


@given(text=some.one_of(some.sampled_from(["=A1", "\t=1", "\r\n", "@x", "-1+2"]), some.text()))
def test_any_cell_survives_the_csv_module(text):
    """One cell in, one cell out, and nothing that runs."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([_safe(text), "end"])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))

    assert len(rows) == 1
    assert len(rows[0]) == 2
    if rows[0][0][:1] in ("=", "+", "-", "@", "\t", "\r"):
        float(rows[0][0])


def test_json_holds_every_finding_with_its_evidence(cleared):
    """Each record that a table names is told once, with file and row."""
    data = json.loads(report_json(cleared, title="T"))

    assert data["victims"] == "pseudonyms"
    assert len(data["brokers"]) == 7
    assert data["crossings"]["counts"] == dict(cleared.findings["crossings"].counts)
    assert data["years"][0] == {"year": "2019", "cases": 1, "offenders": 2, "victims": 1}
    named = set()

    def walk(value):
        if isinstance(value, dict):
            named.update(value.get("records") or [])
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk({name: value for name, value in data.items() if name not in ("evidence", "sizes")})
    assert named == set(data["evidence"])
    first = data["evidence"][data["brokers"][0]["records"][0]]
    assert {"file", "row", "document", "agency", "received", "grade", "handling"} <= set(first)
    assert {one["reason"] for one in data["weak_ties"]} == {"low", "ungraded", "single"}
    assert [one["column"] for one in data["contradictions"]] == ["born", "date", "weight"]


def test_json_names_no_victim_and_is_the_same_every_time(cleared):
    """Bytes do not change from run to run."""
    text = report_json(cleared, title="T")

    assert text == report_json(cleared, title="T")
    assert "Hoa" not in text
    assert "NaN" not in text


def test_an_empty_case_file_gives_empty_tables():
    """Headings without rows, lists without members."""
    data = json.loads(report_json(empty_clearance(), title="T"))

    assert data["brokers"] == []
    assert _rows(report_csv(empty_clearance())) == []


@pytest.mark.parametrize("write", [report_csv, lambda one: report_json(one, title="T")])
def test_nothing_uncleared_is_reported(cleared, write):
    """A case is no cleared value."""
    with pytest.raises(DisclosureError, match="cleared"):
        write(cleared.case)
