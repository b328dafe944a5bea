"""The scenarios that come with ringmap: each makes a case folder that everything works on."""

from __future__ import annotations

import csv
import json
import re
from html import escape
from pathlib import Path
from types import SimpleNamespace

import pytest

from ringmap.export import export_files
from ringmap.report import render_report
from ringmap.training import generate_cases, list_scenarios, load_scenario, read_truth
from ringmap.view import render_network
from ringmap.workflow import Asking, Choices, investigate, open_source

SEED = 3
ASKING = Asking("2025-01-01T00:00:00Z", "tester", "ringmap test", "-")
#: Warnings that a freshly invented folder may give, with the reason. There are none: what is
#: written wrong on purpose (years of birth, spellings, dates) reads as well as what is right.
ALLOWED: dict[str, str] = {}


@pytest.fixture(scope="module", params=list_scenarios())
def made(request, tmp_path_factory):
    """A scenario, its folder, and what the reading and the analysis make of it."""
    folder = tmp_path_factory.mktemp("scenario") / "cases"
    generated = generate_cases(folder, scenario=request.param, seed=SEED)
    opened = open_source(folder)
    cleared = investigate(opened, Choices(), ASKING, lambda _: None, title="Invented")
    return SimpleNamespace(
        code=request.param, folder=folder, generated=generated, opened=opened, cleared=cleared
    )


def test_every_row_is_read_and_nothing_is_doubted(made):
    """Rows read are rows used, none is refused, and no warning is given."""
    receipt = made.opened.receipt
    doubts = [one for _, one in receipt.problems() if one.reason not in ALLOWED]

    assert receipt.accepted
    assert receipt.rows_read > 50
    assert receipt.rows_used == receipt.rows_read
    assert doubts == []


def test_the_receipt_counts_the_rows_that_are_there(made):
    """As many as the csv module finds in the tables."""
    counted = sum(len(_rows(one)) for one in made.folder.glob("*.csv"))

    assert made.opened.receipt.rows_read == counted


def test_the_counts_told_are_the_counts_written(made):
    """Cases, rings, people, records and ties, counted in the files."""
    ties = _rows(made.folder / "truth" / "ties.csv")
    told = made.generated

    assert told.cases == len({row["case_id"] for row in _rows(made.folder / "cases.csv")})
    assert told.rings == len(_rows(made.folder / "truth" / "rings.csv"))
    assert told.people == len(_rows(made.folder / "truth" / "people.csv"))
    assert told.recorded == len({row["person_id"] for row in _rows(made.folder / "people.csv")})
    assert told.ties == len(ties)
    assert told.unrecorded == sum(row["records"] == "0" for row in ties)
    assert told.scenarios == (made.code,)


def test_the_truth_reads_back(made):
    """No key is told twice, no column lacks; the manifest says how to make it again."""
    truth = read_truth(made.folder)

    assert len(truth.people) == made.generated.people
    assert truth.manifest["seed"] == SEED
    assert truth.manifest["scenario"] == made.code
    assert truth.manifest["scenarios"] == [made.code]


def test_brokers_and_rings_can_be_looked_for(made):
    """Everybody who is ranked is in the records; the verdict on rings is a sentence."""
    brokers, rings = (made.cleared.findings[name] for name in ("brokers", "rings"))

    assert brokers["rank"].notna().sum() > 3
    assert len(rings) > 3
    assert rings.attrs["significance"]["verdict"]


def test_a_map_of_it_names_no_victim(made):
    """Offenders stand on the page, victims do not, in no spelling of any file."""
    page = render_network(made.cleared, title="Invented", language="en")
    people = _rows(made.folder / "people.csv")
    others = {row["name"] for row in people if row["role"] != "victim"}
    victims = {row["name"] for row in people if row["role"] == "victim"} - others
    shown = [one for one in others if _stands_in(one, page)]

    assert len(victims) > 1
    assert len(shown) > 3
    assert [one for one in victims if _stands_in(one, page)] == []


def test_a_report_and_an_export_of_it_name_no_victim(made):
    """The page and the graph that go to others."""
    texts = [render_report(made.cleared, title="Invented", language="en")]
    texts += export_files(made.cleared, ".graphml").values()
    people = _rows(made.folder / "people.csv")
    others = {row["name"] for row in people if row["role"] != "victim"}
    victims = {row["name"] for row in people if row["role"] == "victim"} - others

    assert len(texts) > 1
    for text in texts:
        assert [one for one in victims if _stands_in(one, text)] == []


def test_a_scenario_says_its_title_and_story_in_english(made):
    """The trainer reads them in truth/README.md; the reader's page tells no secret."""
    said = load_scenario(made.code)
    secret = (made.folder / "truth" / "README.md").read_text(encoding="utf-8")
    public = (made.folder / "README.md").read_text(encoding="utf-8")

    assert said.title["en"] in secret
    assert said.story["en"] in secret
    assert said.title["en"] not in public
    assert "invented" in public


def test_every_broker_of_the_truth_is_said_to_be_one_for_a_reason(made):
    """Ranks run from 1 in each ring, with whom is tied and why, in both languages."""
    ranks: dict[str, list[int]] = {}
    for row in _rows(made.folder / "truth" / "brokers.csv"):
        ranks.setdefault(row["ring"], []).append(int(row["rank"]))
        assert row["between"]
        assert row["between"] in row["why"]
        assert row["why_vi"].startswith("nối ")

    for found in ranks.values():
        assert found == list(range(1, len(found) + 1))


def _stands_in(name: str, text: str) -> bool:
    """Whether a name of two words or more stands in a text, plain, escaped or as JSON."""
    spelt = {name, escape(name), json.dumps(name)[1:-1]}
    whole = (rf"(?<!\w){re.escape(one)}(?!\w)" for one in spelt if " " in name and one in text)
    return any(re.search(one, text) for one in whole)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def one_as_two(tmp_path_factory):
    """One ring in two files that nobody has laid side by side."""
    folder = tmp_path_factory.mktemp("one-as-two") / "cases"
    generate_cases(folder, scenario="one-as-two", seed=SEED)
    return folder


def test_one_as_two_is_one_ring_in_two_files(one_as_two):
    """One row of rings.csv, whose cases are both."""
    (ring,) = _rows(one_as_two / "truth" / "rings.csv")
    cases = [row["case_id"] for row in _rows(one_as_two / "cases.csv")]

    assert len(cases) == 2
    assert ring["cases"].split(";") == cases


def test_one_as_two_gives_nobody_the_same_number_twice(one_as_two):
    """No person_id stands in both files, though the same people stand in both."""
    files: dict[str, set[str]] = {}
    for row in _rows(one_as_two / "people.csv"):
        files.setdefault(row["case_id"], set()).add(row["person_id"])
    first, second = files.values()
    twice = [
        row["who"]
        for row in _rows(one_as_two / "truth" / "people.csv")
        if set(row["recorded_as"].split(";")) & first
        and set(row["recorded_as"].split(";")) & second
    ]

    assert first & second == set()
    assert twice != []


def test_two_as_one_is_two_rings_in_one_file(tmp_path):
    """Two rows of rings.csv with the same single case, and members of each."""
    generate_cases(tmp_path / "cases", scenario="two-as-one", seed=SEED)
    rings = _rows(tmp_path / "cases" / "truth" / "rings.csv")
    (case,) = _rows(tmp_path / "cases" / "cases.csv")
    members: dict[str, set[str]] = {}
    for row in _rows(tmp_path / "cases" / "truth" / "memberships.csv"):
        members.setdefault(row["ring"], set()).add(row["who"])

    assert [row["cases"] for row in rings] == [case["case_id"]] * 2
    assert len({row["ring"] for row in rings}) == 2
    assert all(len(members[row["ring"]]) > 2 for row in rings)
    assert members[rings[0]["ring"]] != members[rings[1]["ring"]]


def test_no_ring_has_no_ring_no_member_and_no_broker(tmp_path):
    """Case files there are, and people; nothing behind them."""
    made = generate_cases(tmp_path / "cases", scenario="no-ring", seed=SEED)
    truth = tmp_path / "cases" / "truth"

    assert made.rings == 0
    assert made.cases > 1
    for name in ("rings", "memberships", "brokers"):
        assert _rows(truth / f"{name}.csv") == []
    assert {row["rings"] for row in _rows(truth / "people.csv")} == {""}


def test_drug_line_has_a_file_without_trafficking(tmp_path):
    """A file of another force, with no purpose, no victim, and people of the ring."""
    folder = tmp_path / "cases"
    generate_cases(folder, scenario="drug-line", seed=SEED)
    other = {row["case_id"] for row in _rows(folder / "cases.csv") if not row["purpose"]}
    people = [row for row in _rows(folder / "people.csv") if row["case_id"] in other]
    whose = {row["person_id"]: row["who"] for row in _rows(folder / "truth" / "identities.csv")}
    members = {row["who"] for row in _rows(folder / "truth" / "memberships.csv")}

    assert other
    assert people
    assert not [row for row in people if row["role"] == "victim"]
    assert {whose[row["person_id"]] for row in people} & members


@pytest.mark.parametrize("seed", range(4))
def test_the_one_call_between_two_rings_is_recorded(tmp_path, seed):
    """Without it two-as-one would be two files that happen to lie together."""
    generate_cases(tmp_path / "cases", scenario="two-as-one", seed=seed)
    rings = {row["who"]: row["rings"] for row in _rows(tmp_path / "cases/truth/people.csv")}
    between = [
        row
        for row in _rows(tmp_path / "cases/truth/ties.csv")
        if {rings[row["source"]], rings[row["target"]]} == {"R1", "R1.2"}
    ]

    assert [row["kind"] for row in between] == ["called"]
    assert all(int(row["records"]) > 0 and row["first"] == row["last"] for row in between)
