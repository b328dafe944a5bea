"""`ringmap links` as a user types it, on a sample and on a case with telling ids."""

import csv
import json
from pathlib import Path

import pytest

from cli.running import SAMPLES, run
from ringmap.analysis import find_likely_ties, find_shared_things
from ringmap.disclosure import clear
from ringmap.graph import build_graph, list_visits
from ringmap.records import read
from ringmap.training import generate_cases
from rings import write_folder


@pytest.fixture
def telling(tmp_path: Path) -> Path:
    """A victim whose id is her name holds a phone with an offender of another case."""
    return write_folder(
        tmp_path / "telling",
        people="person_id,name,role,case_id\nvi-thi-man,Vi Thị Mận,victim,C1\n"
        "B,Bùi,transporter,C2\nD,Dương,recruiter,C1\n",
        identifiers="identifier_id,kind,value,holder\nI1,phone,0912345678,vi-thi-man\n"
        "I1,phone,0912345678,B\n",
        ties="source,target,kind\nD,vi-thi-man,recruited\n",
    )


def test_a_phone_across_cases_is_found_and_cited(telling: Path) -> None:
    """B and the victim hold I1, of cases C2 and C1; both rows are named, she is not."""
    told = json.loads(run("links", telling, "--across-cases", "--json").stdout)
    row = told["shared"][0]

    assert [row["things"], row["weight"], row["cases_differ"]] == [["I1"], 1.0, True]
    assert {one["file"] for one in row["records"]} == {"identifiers.csv"}
    assert [one["row"] for one in row["records"]] == [1, 2]
    assert sorted([row["source"], row["target"]])[1].startswith("Victim ")
    assert [(one["source"], one["target"]) for one in told["cases"]] == [("C1", "C2")]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_no_victim_can_be_read_in_any_form(telling: Path, form: str) -> None:
    """Neither her name, nor her id, in what is printed and noted."""
    result = run(
        "links", telling, "--across-cases", *(["--likely"] * (form == "json")), "--format", form
    )

    assert result.exit_code == 0
    for text in ("Mận", "vi-thi-man", "Man", "man-"):
        assert text not in result.stdout + result.stderr


def test_findings_about_a_raw_case_are_cleared_too(telling: Path) -> None:
    """Whoever analyses first and clears then: no cell, sentence or attribute tells her id."""
    case = read(telling).case
    graph = build_graph(case)
    found = {
        "shared": find_shared_things(graph, visits=list_visits(case)),
        "cases": find_shared_things(graph, by="cases"),
        "likely": find_likely_ties(graph),
    }
    cleared = clear(case, key="k", findings=found).findings
    texts = [table.to_json() + str(table.attrs) for table in cleared.values()]

    assert "vi-thi-man" in found["shared"].to_json()
    assert not [text for text in texts if "vi-thi-man" in text or "Mận" in text]
    assert len(cleared["shared"]) == 1


def test_the_sample_names_no_victim_and_says_how_it_was_tried() -> None:
    """No name of a victim of the bride line stands in any byte; the trial is told."""
    result = run("links", SAMPLES / "bride_line", "--likely", "--top", "20", "--json")
    told = json.loads(result.stdout)
    with (SAMPLES / "bride_line" / "people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    victims = {row["name"] for row in rows if row["role"] == "victim" and row["name"]}

    assert len(victims) > 5
    assert not [name for name in victims if name in result.stdout + result.stderr]
    assert set(told) == {"shared", "likely", "trial"}
    assert len(told["likely"]) == 20
    assert "was hidden once" in result.stderr
    assert all(0 < row["probability"] < 1 for row in told["likely"])


def test_a_small_case_has_nothing_likely_to_say(telling: Path) -> None:
    """One tie is too few to hide some: an empty table, and the reason beside it."""
    result = run("links", telling, "--likely", "--json")

    assert json.loads(result.stdout)["likely"] == []
    assert "nothing to say here: 1 tied pair of people" in result.stderr


def test_invented_cases_can_be_asked(tmp_path: Path) -> None:
    """A generated folder, and the likely ties leave out whoever is tied in the records."""
    generate_cases(tmp_path / "made", scenario="bride-line", cases=3, seed=5, missing=0.1)
    told = json.loads(run("links", tmp_path / "made", "--likely", "--top", "5", "--json").stdout)

    assert len(told["likely"]) == 5
    assert all(row["records"] for row in told["likely"])


def test_top_counts_from_one() -> None:
    """Zero rows is asked wrongly."""
    assert run("links", SAMPLES / "bride_line", "--top", "0").exit_code == 2
