"""The commands that print stages, and borders beside chance: tables, doubt, no victim's name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cli.running import SAMPLES, run
from rings import write_folder

TABLES = ["stages", "between_stages", "stage_brokers", "core", "overlap", "overlap_ranks",
          "elements"]  # fmt: skip


@pytest.fixture
def named_ids(tmp_path: Path) -> Path:
    """Ids are names here: whatever shows an id of a victim shows the name."""
    return write_folder(
        tmp_path / "named",
        people="person_id,name,role,country,born,case_id\n"
        "Trần Lái,Trần Lái,transporter,VN,,Vụ Vi Thị Mận\n"
        "Lê Dụ,Lê Dụ,recruiter,VN,,Vụ Vi Thị Mận\nChen Mua,Chen Mua,buyer,CN,,Vụ Vi Thị Mận\n"
        "Vi Thị Mận,Vi Thị Mận,victim,VN,2005-02-01,Vụ Vi Thị Mận\n"
        "Lò Thị Hồng,Lò Thị Hồng,victim;recruiter,VN,1991-03-04,Vụ Vi Thị Mận\n",
        ties="source,target,kind,case_id,first\n"
        "Lê Dụ,Vi Thị Mận,recruited,Vụ Vi Thị Mận,2019-01-03\n"
        "Lò Thị Hồng,Vi Thị Mận,deceived,Vụ Vi Thị Mận,2019-01-03\n"
        "Trần Lái,Vi Thị Mận,transported,Vụ Vi Thị Mận,2019-01-05\n"
        "Trần Lái,Chen Mua,sold_to,Vụ Vi Thị Mận,2019-01-06\n"
        "Lê Dụ,Trần Lái,called,Vụ Vi Thị Mận,2019-01-02\n"
        "Lê Dụ,Lò Thị Hồng,instructs,Vụ Vi Thị Mận,2019-01-02\n"
        "Chen Mua,Lò Thị Hồng,exploited,Vụ Vi Thị Mận,2015\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ["stages", "--rank-victims", "--json"],
        ["stages", "--format", "table"],
        ["borders", "--by", "roles", "--rank-victims", "--format", "csv"],
    ],
)
def test_no_output_tells_a_victim(named_ids: Path, words: list[str]) -> None:
    """Neither a name, nor an id that is one, nor a birth or an age, in any byte."""
    result = run(words[0], named_ids, *words[1:])
    shown = result.stdout + result.stderr

    assert result.exit_code == 0
    for secret in ("Mận", "Hồng", "Vi Thị", "Lò Thị", "2005", "1991", "Man,", "Hong"):
        assert secret not in shown


def test_every_table_is_there_with_its_evidence() -> None:
    """JSON by name; each row of a table says because, and names its rows."""
    result = run("stages", SAMPLES / "infant_line", "--json")
    tables = json.loads(result.stdout)

    assert list(tables) == TABLES
    for name in TABLES:
        assert all(row["because"] for row in tables[name])
    assert all(row["records"] for row in tables["stages"])
    assert {row["status"] for row in tables["elements"]} <= {
        "recorded", "of the case", "role only", "not needed", "missing"
    }  # fmt: skip
    assert "no legal opinion" in result.stderr
    assert "core" in result.stderr


def test_those_on_both_sides_are_not_ranked_unless_asked(named_ids: Path) -> None:
    """The one who was sold and recruited is in the table, under a pseudonym, without a rank."""
    tables = json.loads(run("stages", named_ids, "--json").stdout)
    mine = [row for row in tables["stage_brokers"] if row["party"].startswith("Victim ")]

    assert [row["rank"] for row in mine] == [None]
    assert len(tables["overlap"]) == 1


def test_borders_stand_beside_chance() -> None:
    """Mixing, homophily, cases and spanners' stages follow the tables of before."""
    result = run("borders", SAMPLES / "bride_line", "--json")
    tables = json.loads(result.stdout)

    assert list(tables) == ["corridors", "gates", "spanners", "ties", "legs", "mixing",
                            "homophily", "by_case", "spanner_stages"]  # fmt: skip
    counted = [row for row in tables["homophily"] if not row["by_strength"]]
    assert [row["looks"] for row in counted] == ["inward"] * 4
    assert all(row["records"] for row in tables["mixing"] if row["ties"])
    assert "the ties look inward, against chance" in result.stderr


def test_borders_by_agency_and_by_nonsense(named_ids: Path) -> None:
    """A column of cases is asked of people; an unknown one is one line."""
    (named_ids / "cases.csv").write_text("case_id,agency\nVụ Vi Thị Mận,Unit 1\n", encoding="utf-8")
    result = run("borders", named_ids, "--by", "agency", "--json")
    groups = {row["group"] for row in json.loads(result.stdout)["mixing"]}
    wrong = run("borders", named_ids, "--by", "shoe_size")

    assert groups == {"Unit 1"}
    assert "all are of one group" in result.stderr
    assert wrong.exit_code == 2
    assert "shoe_size" in wrong.stderr
    assert wrong.stderr.count("\n") == 1


def test_a_ring_alone(tmp_path: Path) -> None:
    """A folder of invented cases, one ring of it: some of its people, and their elements."""
    run("generate", "--cases", "2", "--seed", "3", "-o", tmp_path / "made")
    with (tmp_path / "made" / "people.csv").open(encoding="utf-8", newline="") as file:
        people = len(list(csv.DictReader(file)))
    alone = json.loads(run("stages", tmp_path / "made", "--ring", "1", "--json").stdout)

    assert alone["elements"]
    assert 0 < len({row["party"] for row in alone["stages"]}) < people


def test_an_agency_named_after_a_victim_does_not_tell_its_place(tmp_path: Path) -> None:
    """Agencies A, M and Z, of which one bears a victim's name, have a tie to each other each:
    rows stand by what the agencies are called now, and so do the ends of each row."""
    names = {"Aa Thị Bé": ["B Unit", "C Unit"], "Zz Thị Bé": ["B Unit", "C Unit"]}
    found = []
    for name, others in names.items():
        folder = tmp_path / name[:2]
        folder.mkdir()
        agencies = [f"{name} home", *others]
        cases = "".join(f"K{one},{agency}\n" for one, agency in enumerate(agencies))
        people = "".join(f"P{one},,recruiter,K{one}\n" for one in range(3))
        (folder / "cases.csv").write_text("case_id,agency\n" + cases, encoding="utf-8")
        (folder / "people.csv").write_text(
            f"person_id,name,role,case_id\n{people}V,{name},victim,\n", encoding="utf-8"
        )
        (folder / "ties.csv").write_text(
            "source,target,kind\nP0,P1,called\nP0,P2,called\nP1,P2,called\n", encoding="utf-8"
        )
        rows = json.loads(run("borders", folder, "--by", "agency", "--json").stdout)["mixing"]
        assert name not in str(rows)
        found.append([(row["group"].startswith("Victim"), row["other_group"].startswith("Victim"))
                      for row in rows])  # fmt: skip

    assert any(any(row) for row in found[0])
    assert found[0] == found[1]
