"""The command that lists rings: names, people of several rings, what became of them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from cli.running import SAMPLES, run
from ringmap.model import match_key
from ringmap.records import read

SAMPLE = SAMPLES / "infant_line"


def rings(*arguments):
    """Exit code, standard output and standard error of a command."""
    result = run("rings", *arguments)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def table():
    """What a terminal shows of the sample."""
    code, shown, _ = rings(SAMPLE, "--format", "table")
    assert code == 0
    return shown


@pytest.fixture(scope="module")
def followed():
    """The rows of the sample's rings by year."""
    code, shown, said = rings(SAMPLE, "--over-time", "year", "--json")
    assert code == 0
    return json.loads(shown), said


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """A folder made by `ringmap generate`."""
    folder = tmp_path_factory.mktemp("made") / "case"
    made = run("generate", "two-as-one", "--seed", 3, "-o", folder)
    assert made.exit_code == 0, made.output
    return folder


def test_a_table_to_read_shows_names_above_members(table):
    """The name stands in full on a line of its own."""
    assert "VN → CN by Móng Cái gate, sale of a child and illegal adoption" in table
    assert table.index("Rings (4)") < table.index("Members (")


def test_rows_of_members_carry_the_name_of_their_ring():
    """JSON stays one list of memberships, as promised."""
    code, shown, said = rings(SAMPLE, "--ring", "R1", "--json")
    rows = json.loads(shown)

    assert code == 0
    assert {row["ring_name"] for row in rows if row["ring"] == "R1"} == {
        "VN → CN by Móng Cái gate, sale of a child and illegal adoption"
    }
    assert "cửa khẩu Móng Cái" in rows[0]["ring_name_vi"]
    assert "rings are here" in said


def test_rings_over_time_are_followed_with_doubt_and_records(followed):
    """Every row has its window, what became of it, a sentence and the records behind it."""
    rows, said = followed

    assert [row["window"] for row in rows] == sorted(row["window"] for row in rows)
    assert {row["fate"] for row in rows} <= {"continued", "grew", "shrank", "merged", "split",
                                             "died", "end"}  # fmt: skip
    assert all(row["because"] and row["because_vi"] and row["records"] for row in rows)
    assert "ties have no date and are left out" in said


def test_no_victim_can_be_read_in_any_form(table, followed):
    """No name or id of a victim, in names, sentences, members or notes."""
    case = read(SAMPLE).case
    victims = case.parties[case.parties["side"].isin(["victim", "both"])]
    text = f" {match_key(table)} {match_key(json.dumps(followed[0], ensure_ascii=False))} "

    for name in victims["name"]:
        if " " in name:
            assert f" {match_key(name)} " not in text
    for party in victims["party"]:
        assert f" {match_key(party)} " not in text


def test_rings_of_invented_cases_are_named_with_evidence(invented):
    """A folder with a known truth works as any other."""
    code, shown, _ = rings(invented, "--show", "rings", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown)))

    assert code == 0
    assert rows
    assert all(row["name_vi"] and row["because"] and ".csv row " in row["records"] for row in rows)


@pytest.mark.parametrize(
    "wrong",
    [("--with-undated",), ("--over-time", "week"), ("--over-time", "year", "--show", "rings")],
)
def test_options_that_do_not_go_together_are_asked_wrongly(wrong):
    """Exit code 2, before anything is read."""
    assert rings(SAMPLE, *wrong)[0] == 2
