"""The commands keyplayers and removal: what they print, whom they leave out, whom they hide."""

import csv
import json
from pathlib import Path

import pytest

from cli.running import SAMPLES, run
from rings import write_folder

VICTIM = "Vi-Thi-Man"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A victim, whose id is her name, holds two pairs and a chain of offenders together."""
    return write_folder(
        tmp_path / "small",
        people="person_id,name,role,country\nA,An,recruiter,VN\nB,Bùi,transporter,VN\n"
        f"C,Chen,transporter,CN\nD,Deng,buyer,CN\nE,Ein,buyer,CN\n{VICTIM},Vi Thị Mận,victim,VN\n",
        ties=f"source,target,kind\nA,B,called\nB,{VICTIM},moved\n{VICTIM},C,met\n"
        "C,D,called\nC,E,called\n",
    )


def test_a_victim_is_in_no_set_unless_asked(small: Path) -> None:
    """In the chain A-B-V-C-D the victim cuts best, F = 4/6; of the others B and C, 3/6 each."""
    (small / "ties.csv").write_text(
        f"source,target,kind\nA,B,called\nB,{VICTIM},moved\n{VICTIM},C,met\nC,D,called\n",
        encoding="utf-8",
    )
    (small / "people.csv").write_text(
        (small / "people.csv").read_text(encoding="utf-8").replace("E,Ein,buyer,CN\n", ""),
        encoding="utf-8",
    )

    without = json.loads(run("keyplayers", small, "-k", 1, "--json").stdout)
    asked = json.loads(run("keyplayers", small, "-k", 1, "--rank-victims", "--json").stdout)

    assert [row["party"] for row in without["people"]] == ["B", "C"]
    assert [row["party"][:7] for row in asked["people"]] == ["Victim "]
    assert asked["sets"][0]["value"] == pytest.approx(2 / 3)
    assert without["sets"][0]["proved"] is True


def test_who_is_named_is_in_no_set(small: Path) -> None:
    """Neither by id nor by name."""
    rows = json.loads(run("keyplayers", small, "-k", 1, "--without", "Chen", "--json").stdout)

    assert [row["party"] for row in rows["people"]] == ["B"]


def test_every_member_has_the_rows_behind_it(small: Path) -> None:
    """C's ties stand in rows 3, 4 and 5 of ties.csv."""
    rows = json.loads(run("keyplayers", small, "-k", 1, "--json").stdout)["people"]

    assert [(one["file"], one["row"]) for one in rows[0]["records"]] == [
        ("ties.csv", 3), ("ties.csv", 4), ("ties.csv", 5),
    ]  # fmt: skip


def test_removal_goes_step_by_step_with_recovery(small: Path) -> None:
    """C is between 7 pairs and goes first: 3 of 6 left; nobody but D and E is a contact of C's."""
    result = run("removal", small, "--steps", 1, "--json")
    first, second = json.loads(result.stdout)

    assert (first["step"], first["lcc_fraction"], first["removed"]) == (0, 1.0, None)
    assert (second["removed"], second["name"]) == ("C", "Chen")
    assert second["lcc_fraction"] == 0.5
    assert second["lcc_recovered"] == pytest.approx(5 / 6)
    assert second["replacement_same_role"] == "B"
    assert second["replacement_name"] in ("Deng", "Ein")
    assert "a model, not a forecast" in result.stderr


def test_a_list_and_a_role_say_who_goes(small: Path) -> None:
    """In the order given; of the transporters the one between more first."""
    listed = json.loads(run("removal", small, "--list", "D", "--list", "An", "--json").stdout)
    role = json.loads(run("removal", small, "--role", "transporter", "--json").stdout)

    assert [row["removed"] for row in listed] == [None, "D", "A"]
    assert [row["removed"] for row in role] == [None, "C", "B"]


@pytest.mark.parametrize(
    "words",
    [
        ("removal", "--list", "Vi Thị Mận"),
        ("removal", "--list", "Nobody At All"),
        ("removal", "--role", "pilot"),
        ("keyplayers", "-k", "9"),
    ],
)
def test_what_cannot_be_asked_is_one_line(small: Path, words: tuple[str, ...]) -> None:
    """Exit code 1, one line; a victim on the list is not named again."""
    result = run(words[0], small, *words[1:])

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "Vi-Thi" not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("keyplayers", "-k", "1", "--rank-victims", "--without", "C", "--format", "table"),
        ("keyplayers", "-k", "3", "--criterion", "reach", "--rank-victims", "--format", "csv"),
        ("removal", "--rank-victims", "--format", "csv"),
        ("removal", "--list", "Vi Thị Mận", "--rank-victims", "--format", "table"),
    ],
)
def test_no_victim_is_named_in_any_byte(small: Path, words: tuple[str, ...]) -> None:
    """Neither the name nor the id that is the name, on either stream, though she is shown."""
    result = run(words[0], small, *words[1:])
    said = (result.stdout + result.stderr).casefold()

    assert result.exit_code == 0
    assert "victim " in said
    for name in ("vi-thi", "vi thị", "mận", "vi thi"):
        assert name not in said


def test_a_sample_names_no_victim_and_keeps_its_headings() -> None:
    """A victim there is called as a word of a heading: the victim is hidden, the heading is not."""
    case = SAMPLES / "fraud_compound"
    with (case / "roles.csv").open(encoding="utf-8") as file:
        victims = {row["person_id"] for row in csv.DictReader(file) if row["role"] == "victim"}

    steps = json.loads(run("removal", case, "--steps", 2, "--json").stdout)

    assert {"cut_off", "cut_off_parties"} <= set(steps[0])
    shown = {one for row in steps for one in (*row["cut_off_parties"], *row["new_ties"])}
    assert any(one.startswith("Victim ") for one in shown)
    assert shown.isdisjoint(victims)


def test_a_generated_folder_can_be_asked(tmp_path: Path) -> None:
    """Ranking kept, one ring alone."""
    folder = tmp_path / "made"
    run("generate", "two-as-one", "--seed", 4, "-o", folder)

    steps = json.loads(
        run("removal", folder, "--keep-ranking", "--ring", 1, "--steps", 2, "--json").stdout
    )
    sets = json.loads(run("keyplayers", folder, "-k", 2, "--ring", 1, "--json").stdout)

    assert [row["step"] for row in steps] == [0, 1, 2]
    assert sets["sets"][0]["proved"] is True


def test_few_people_make_smaller_sets(tmp_path: Path) -> None:
    """Of three people one may go, and a pair is left; of two nobody may, and reach is named."""
    three, two = tmp_path / "three.csv", tmp_path / "two.csv"
    three.write_text("source,target\nA,B\nB,C\n", encoding="utf-8")
    two.write_text("source,target\nA,B\n", encoding="utf-8")
    done, refused = run("keyplayers", three, "--json"), run("keyplayers", two)

    assert [row["party"] for row in json.loads(done.stdout)["people"]] == ["B"]
    assert "Sets of 1, not of 3" in done.stderr
    assert refused.exit_code == 1
    assert "no pair is left to pull apart; ask for reach, or add ties" in refused.stderr
