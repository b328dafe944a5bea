"""`ringmap generate` and `ringmap calibrate` as a user types them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from click.testing import Result

from cli.running import run
from ringmap.training import list_profiles, list_scenarios

PROFILE = """
title: Tiny
country: VN
sources: {INVENTED: nothing is published of invented years}
years:
  2014: [6, 9, 14]
mixture:
  - {years: 2014, scenarios: {bride-line: 1}}
targets: [TARGET]
"""
#: Thirty victims where there are fourteen.
MISSED = "{figure: victims, year: 2014, exactly: 30, source: INVENTED}"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small folder, and what was said when it was made."""
    folder = tmp_path_factory.mktemp("cli") / "cases"
    return folder, run("generate", "two-as-one", "--seed", 4, "-o", folder)


@pytest.fixture
def profile(tmp_path):
    """A profile of one year whose own figures are met."""
    path = tmp_path / "own.yaml"
    path.write_text(PROFILE.replace("TARGET", ""), encoding="utf-8")
    return path


def test_generate_says_what_it_wrote(made):
    """Exit 0, nothing on standard output, the counts on the last line of standard error."""
    folder, result = made
    people = len(_rows(folder / "truth" / "people.csv"))
    ties = [row["records"] for row in _rows(folder / "truth" / "ties.csv")]

    assert result.exit_code == 0
    assert result.stdout == ""
    said = result.stderr.splitlines()[-1]
    assert said.startswith(f"{folder}: case files: 1, rings: 2, people: {people:,} (records of")
    assert said.endswith(f"ties: {len(ties):,} (recorded by nobody: {ties.count('0'):,})")


@pytest.mark.parametrize("command", ["check", "brokers", "rings"])
def test_what_was_generated_can_be_asked_about(command, made):
    """Exit 0 and a JSON answer."""
    result = run(command, made[0], "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)


def test_what_was_generated_can_be_drawn(made, tmp_path):
    """Exit 0 and a page."""
    result = run("map", made[0], "-o", tmp_path / "map.html")

    assert result.exit_code == 0
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_choices_give_the_same_bytes(made, tmp_path):
    """Also with several workers."""
    run("generate", "two-as-one", "--seed", 4, "--workers", 2, "-o", tmp_path / "again")

    assert _digests(tmp_path / "again") == _digests(made[0])


def test_the_seed_is_nought_unless_told(tmp_path):
    """--seed 0 changes nothing."""
    run("generate", "no-ring", "--cases", 2, "-o", tmp_path / "untold")
    run("generate", "no-ring", "--cases", 2, "--seed", 0, "-o", tmp_path / "told")

    assert _digests(tmp_path / "untold") == _digests(tmp_path / "told")


def test_cases_people_and_missing_are_passed_on(tmp_path):
    """They stand in the manifest, and so many cases on disk."""
    run("generate", "kin-line", "--cases", 5, "--missing", "0.5", "-o", tmp_path / "a")
    run("generate", "kin-line", "--people", 150, "-o", tmp_path / "b")
    first, second = (
        json.loads((tmp_path / name / "truth" / "manifest.json").read_text(encoding="utf-8"))
        for name in "ab"
    )

    assert (first["cases"], first["missing"]) == (5, 0.5)
    assert len(_rows(tmp_path / "a" / "cases.csv")) == 5
    assert second["people"] == 150
    assert len(_rows(tmp_path / "b" / "truth" / "people.csv")) >= 150


def test_list_names_every_scenario_and_profile():
    """A line each with its title; nothing is written and no folder asked for."""
    result = run("generate", "--list")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    for name in (*list_scenarios(), *(f"--profile {code}" for code in list_profiles())):
        assert [line for line in lines if line.startswith(f"{name} ")], name
    assert len(lines) == len(list_scenarios()) + len(list_profiles())


def test_help_says_what_the_options_do():
    """Every option, and what lies in the folder."""
    said = " ".join(run("generate", "--help").stdout.split())

    for option in ("--cases", "--people", "--profile", "--seed", "--missing", "--workers",
                   "--output", "--list"):  # fmt: skip
        assert option in said
    assert "truth/ says who is who" in said


def test_help_of_calibrate_says_what_is_compared():
    """Target beside result, of a folder or of cases made for it."""
    said = " ".join(run("calibrate", "--help").stdout.split())

    assert "target beside result" in said
    for option in ("--folder", "--seed", "--workers", "--markdown", "--format", "--json"):
        assert option in said


def test_both_stand_in_the_list_of_commands():
    """With the first words of their help."""
    said = run("--help").stdout

    assert "generate" in said
    assert "calibrate" in said


@pytest.mark.parametrize(
    "words",
    [
        "generate no-ring",
        "generate no-ring --cases 0 -o D",
        "generate no-ring --people none -o D",
        "generate no-ring --missing 1 -o D",
        "generate no-ring --missing -0.1 -o D",
        "generate no-ring --workers 0 -o D",
        "generate no-ring --seed x -o D",
        "generate no-ring kin-line -o D",
        "generate no-ring --nothing -o D",
        "calibrate",
        "calibrate P --format xml",
    ],
)
def test_asked_wrongly_is_exit_code_two(words, tmp_path):
    """Click's own message, and nothing is written."""
    result = run(*(tmp_path / "D" if word == "D" else word for word in words.split()))

    assert result.exit_code == 2
    assert "Usage: " in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("generate bride-lime -o D", "no scenario 'bride-lime'; one of bride-line"),
        ("generate --profile nowhere -o D", "no profile 'nowhere'; one of vietnam"),
        ("generate no-ring --cases 2 --people 9 -o D", "cannot both be met"),
        ("generate no-ring --profile PROFILE -o D", "leave one of the two out"),
        ("generate --profile PROFILE --cases 2 -o D", "a profile says itself"),
        ("generate --profile PROFILE --people 2 -o D", "a profile says itself"),
        ("calibrate nowhere", "no profile 'nowhere'"),
    ],
)
def test_what_there_is_not_is_exit_code_two_and_one_line(words, told, tmp_path):
    """The reason on standard error; no folder, whole or partial."""
    known = {"D": tmp_path / "D", "PROFILE": list_profiles()[0]}
    result = run(*(known.get(word, word) for word in words.split()))

    assert result.exit_code == 2
    _is_one_line(result, told)
    assert list(tmp_path.iterdir()) == []


def test_a_scenario_of_ones_own_that_is_not_there_could_not_be_read(tmp_path):
    """A file that may come: exit code 1; no folder, whole or partial."""
    result = run("generate", tmp_path / "absent.yaml", "-o", tmp_path / "D")

    assert result.exit_code == 1
    _is_one_line(result, "absent.yaml: cannot be read: No such file")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"titel: A tiny line\n", "line 1, column 1: expected 'title' (not 'titel')"),
        (b"title: a\n\tstory: b\n", "line 2, column 1: expected YAML: "),
        (b"title: 'a\n", "line 2, column 1: expected YAML: "),
        (b"title: a\n", "line 1, column 1: expected a line '"),
        (b"a: &a [x]\nb: [*a, *a]\n", "expected no '&' and '*' references"),
        (b"a: " + b"[" * 400, "line 1, column 23: expected nested at most 20 deep"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "cannot be read: it is not UTF-8 text"),
        (b"", "line 1: expected lines 'key: value', found nothing"),
    ],
    ids=["unknown key", "tab", "quote", "missing", "alias", "nesting", "binary", "empty"],
)
@pytest.mark.parametrize("option", [(), ("--profile",)], ids=["scenario", "profile"])
def test_a_broken_file_is_one_line_and_leaves_nothing(option, content, told, tmp_path):
    """Exit 1, no traceback, no partial folder."""
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    result = run("generate", *option, path, "-o", tmp_path / "cases")

    assert result.exit_code == 1
    _is_one_line(result, told)
    assert [one.name for one in tmp_path.iterdir()] == ["own.yaml"]


def test_a_folder_of_somebody_is_not_overwritten(tmp_path):
    """Exit 1, one line that names it, its files as they were."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    result = run("generate", "no-ring", "-o", tmp_path)

    assert result.exit_code == 1
    _is_one_line(
        result,
        f"{tmp_path}: holds files that ringmap did not invent, such as notes.txt; name a new",
    )
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_output_folder(tmp_path):
    """Exit 1, one line, the file as it was."""
    path = tmp_path / "cases"
    path.write_text("mine", encoding="utf-8")
    result = run("generate", "no-ring", "-o", path)

    assert result.exit_code == 1
    _is_one_line(result, "is no folder; name a new folder")
    assert path.read_text(encoding="utf-8") == "mine"


def test_calibrate_puts_each_target_beside_its_result(profile):
    """Cases, offenders and victims of the year as the profile has them, all within bounds."""
    result = run("calibrate", profile, "--seed", 3)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))

    assert result.exit_code == 0
    assert {row["figure"]: float(row["result"]) for row in rows} == {
        "cases": 6, "offenders": 9, "victims": 14,
    }  # fmt: skip
    assert {row["within"] for row in rows} == {"yes"}
    assert result.stderr.splitlines()[-1] == "3 of 3 figures within their bounds"


def test_a_figure_out_of_bounds_is_exit_code_one(tmp_path):
    """The table is still printed, and the last line counts."""
    path = tmp_path / "own.yaml"
    path.write_text(PROFILE.replace("TARGET", MISSED), encoding="utf-8")
    result = run("calibrate", path, "--json")
    rows = json.loads(result.stdout)

    assert result.exit_code == 1
    assert [row["within"] for row in rows].count(False) == 1
    assert result.stderr.splitlines()[-1] == "2 of 3 figures within their bounds"


def test_calibrate_takes_a_folder_that_was_generated(profile, tmp_path):
    """The same table as from cases made for it with the same seed."""
    run("generate", "--profile", profile, "--seed", 3, "-o", tmp_path / "cases")
    of_folder = run("calibrate", profile, "--folder", tmp_path / "cases", "--markdown")
    made_now = run("calibrate", profile, "--seed", 3, "--markdown")

    assert of_folder.exit_code == 0
    assert of_folder.stdout == made_now.stdout
    assert of_folder.stdout.startswith("|")


def test_calibrate_of_a_folder_that_is_not_there_is_one_line(profile, tmp_path):
    """Exit 1, and it names the folder."""
    result = run("calibrate", profile, "--folder", tmp_path / "absent")

    assert result.exit_code == 1
    _is_one_line(result, "absent")


def _is_one_line(result: Result, told: str) -> None:
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("ringmap: ")
    assert told in result.stderr


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _digests(folder: Path) -> dict[str, str]:
    return {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file()
    }
