"""Invented cases on disk: the same bytes again, as many as asked for, all or nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tracemalloc
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from ringmap.errors import InventionError, OutputError, ScenarioError
from ringmap.training import generate_cases, list_profiles, load_profile

PROFILE = """
title: Tiny
country: VN
sources: {INVENTED: nothing is published of invented years}
years:
  2014: [12, 19, 31]
  2015: [5, 8, 9]
mixture:
  - {years: 2014, scenarios: {bride-line: 3, kin-line: 1, two-as-one: 1}}
  - {years: 2015, scenarios: {drug-line: 1, fraud-compound: 1, karaoke-home: 1}}
victims:
  - {years: 2014, under_16: 20%, returned: 100%, ways: {handed_over: 2, rescued: 1}}
targets: []
"""
ACCUSED = {"convicted", "charged", "detained", "wanted"}


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Sixty cases of the mixture: more than ten worlds, so more than one block."""
    folder = tmp_path_factory.mktemp("once") / "cases"
    generate_cases(folder, cases=60, seed=7)
    return folder


def test_the_same_seed_gives_the_same_bytes(once, tmp_path):
    """Every file, those of the truth and the manifest too."""
    generate_cases(tmp_path / "again", cases=60, seed=7)

    assert _digests(tmp_path / "again") == _digests(once)


def test_several_workers_give_the_bytes_of_one(once, tmp_path):
    """Three processes, blocks in the same order."""
    generate_cases(tmp_path / "three", cases=60, seed=7, workers=3)

    assert _digests(tmp_path / "three") == _digests(once)


def test_another_seed_gives_other_bytes(once, tmp_path):
    """Not one table with people, ties or events is the same."""
    generate_cases(tmp_path / "other", cases=60, seed=8)
    first, other = _digests(once), _digests(tmp_path / "other")

    assert set(first) == set(other)
    for name in ("cases", "people", "ties", "events", "legs", "truth/people", "truth/ties"):
        assert first[f"{name}.csv"] != other[f"{name}.csv"]


def test_a_longer_folder_begins_as_a_shorter_one(once, tmp_path):
    """The first worlds do not depend on how many follow."""
    generate_cases(tmp_path / "short", cases=20, seed=7)
    short = _rows(tmp_path / "short", "cases")
    whole = {row["case_id"]: row for row in _rows(once, "cases")}

    # The last world may have been cut short.
    assert len(short) >= 20
    for row in short[:-4]:
        assert whole[row["case_id"]] == row


def test_a_number_of_cases_is_met(once):
    """Sixty files about the rings; other forces' files, with an X in their number, come on top."""
    cases = [row["case_id"] for row in _rows(once, "cases") if "-X" not in row["case_id"]]

    assert len(cases) == 60


def test_the_manifest_says_how_to_make_it_again(once):
    """Version, seed and every choice."""
    said = json.loads((once / "truth" / "manifest.json").read_text(encoding="utf-8"))

    assert said["seed"] == 7
    assert said["cases"] == 60
    assert {said[word] for word in ("scenario", "profile", "people", "missing")} == {None}
    assert said["scenarios"] == sorted({row["scenario"] for row in _rows(once, "truth/rings")}
                                       | {"no-ring"})  # fmt: skip


def test_a_number_of_people_is_reached_and_hardly_passed(tmp_path):
    """It stops at the first block of ten worlds with which there are enough."""
    made = generate_cases(tmp_path / "cases", people=2500, seed=1)
    people = [row["who"] for row in _rows(tmp_path / "cases", "truth/people")]
    # W31-07 is of world 31, in the fourth block; W4-S01 is hired by several worlds of block 4.
    blocks = Counter(
        int(world) if other[0] == "S" else (int(world) + 9) // 10
        for world, _, other in (who.removeprefix("W").partition("-") for who in people)
    )
    last = blocks[max(blocks)]

    assert made.people == len(people) == len(set(people))
    assert len(people) >= 2500
    assert len(people) - last < 2500


def test_memory_does_not_grow_with_the_number_of_people(tmp_path):
    """Three times as many people, not half as much memory again.

    Only one block is held at a time; held together, memory would be three times as much. The
    half leaves room for a block larger than any of the smaller folder, and for what grows
    slowly: names of towns, the text of days.
    """
    generate_cases(tmp_path / "warm", people=4200, seed=1)
    peaks = []
    for people in (1400, 4200):
        tracemalloc.start()
        made = generate_cases(tmp_path / "cases", people=people, seed=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert made.people >= people

    assert peaks[1] < 1.5 * peaks[0]


def test_an_earlier_output_is_replaced(tmp_path):
    """Nothing of the first is left."""
    folder = tmp_path / "cases"
    generate_cases(folder, scenario="bride-line", seed=1)
    generate_cases(folder, scenario="no-ring", seed=2)
    generate_cases(tmp_path / "alone", scenario="no-ring", seed=2)

    assert _digests(folder) == _digests(tmp_path / "alone")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["alone", "cases"]


def test_an_empty_folder_is_filled(tmp_path):
    """As one that is not there."""
    (tmp_path / "cases").mkdir()

    assert generate_cases(tmp_path / "cases", scenario="no-ring").cases > 0


def test_a_folder_with_files_of_somebody_is_left_alone(tmp_path):
    """Refused before anything is invented; the files are as they were."""
    folder = tmp_path / "mine"
    (folder / "truth").mkdir(parents=True)
    (folder / "people.csv").write_text("person_id\nP1\n", encoding="utf-8")
    before = _digests(folder)
    with pytest.raises(OutputError, match="mine: holds files that ringmap did not invent"):
        generate_cases(folder, scenario="no-ring")

    assert _digests(folder) == before
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


def test_a_file_is_no_folder(tmp_path):
    """Refused; the file stays."""
    path = tmp_path / "cases"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is no folder"):
        generate_cases(path, scenario="no-ring")

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_folder_inside_a_file_cannot_be_written(tmp_path):
    """The system's reason, in ringmap's own error."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        generate_cases(tmp_path / "file" / "cases", scenario="no-ring")


@pytest.mark.parametrize(
    "fails", ["people.csv", "truth/errors.csv", "truth/manifest.json", "README.md"]
)
def test_a_write_that_fails_leaves_the_old_folder(fails, tmp_path, monkeypatch):
    """All or nothing: the old files, and no half of a new folder beside them."""
    folder = tmp_path / "cases"
    generate_cases(folder, scenario="no-ring", seed=1)
    before = _digests(folder)
    usual = Path.open

    def fail(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if "w" in mode and path.as_posix().endswith(fails):
            raise OSError(28, "No space left on device")
        return usual(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        generate_cases(folder, scenario="bride-line", seed=2)

    assert _digests(folder) == before
    assert [one.name for one in tmp_path.iterdir()] == ["cases"]


def test_a_rename_that_fails_leaves_the_old_folder(tmp_path, monkeypatch):
    """The old folder is back in its place when the new one cannot take it."""
    folder = tmp_path / "cases"
    generate_cases(folder, scenario="no-ring", seed=1)
    before = _digests(folder)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if Path(target) == folder and not path.name.endswith("-old"):
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OutputError, match="busy"):
        generate_cases(folder, scenario="bride-line", seed=2)

    assert folder.is_dir()
    assert _digests(folder) == before
    assert [one.name for one in tmp_path.iterdir()] == ["cases"]


def test_an_interrupted_run_leaves_nothing(tmp_path, monkeypatch):
    """Also when somebody presses Ctrl-C."""

    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stop)
    with pytest.raises(KeyboardInterrupt):
        generate_cases(tmp_path / "cases", scenario="no-ring")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"cases": 3, "people": 100}, "cannot both be met"),
        ({"profile": "P", "cases": 3}, "profile says itself"),
        ({"profile": "P", "people": 3}, "profile says itself"),
        ({"profile": "P", "scenario": "no-ring"}, "leave one of the two out"),
        ({"cases": 0}, "cases must be at least 1"),
        ({"people": -5}, "people must be at least 1"),
        ({"workers": 0}, "workers must be at least 1"),
        ({"missing": 1.0}, "between 0 and 0.95"),
        ({"missing": -0.1}, "between 0 and 0.95"),
        ({"missing": float("nan")}, "between 0 and 0.95"),
        ({"scenario": "bride-lime"}, "no scenario 'bride-lime'"),
        ({"profile": "nowhere"}, "no profile 'nowhere'"),
    ],
    ids=str,
)
def test_choices_that_contradict_are_refused_before_anything_is_written(choices, words, tmp_path):
    """One sentence, and no folder."""
    if choices.get("profile") == "P":
        choices = {**choices, "profile": list_profiles()[0]}
    with pytest.raises(InventionError, match=words):
        generate_cases(tmp_path / "cases", **choices)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", [0, 1, -4])
def test_a_profile_is_reproduced_exactly(seed, tmp_path):
    """Cases by the year they were detected, accused and victims by their case's.

    Files of other forces (drug-line) have no purpose and are no cases of trafficking.
    """
    own = tmp_path / "own.yaml"
    own.write_text(PROFILE, encoding="utf-8")
    generate_cases(tmp_path / "cases", profile=str(own), seed=seed)
    years = {
        row["case_id"]: int(row["detected"][:4])
        for row in _rows(tmp_path / "cases", "cases")
        if row["purpose"]
    }
    people = [row for row in _rows(tmp_path / "cases", "people") if row["case_id"] in years]
    accused = {(row["case_id"], row["person_id"]) for row in people if row["standing"] in ACCUSED}
    victims = {(row["case_id"], row["person_id"]) for row in people if row["role"] == "victim"}

    assert Counter(years.values()) == {2014: 12, 2015: 5}
    assert Counter(years[case] for case, _ in accused) == {2014: 19, 2015: 8}
    assert Counter(years[case] for case, _ in victims) == {2014: 31, 2015: 9}


def test_how_victims_end_is_as_the_profile_says(tmp_path):
    """All return in 2014, a third of them rescued; in 2015 the scenarios decide."""
    own = tmp_path / "own.yaml"
    own.write_text(PROFILE, encoding="utf-8")
    generate_cases(tmp_path / "cases", profile=str(own), seed=1)
    cases = {row["case_id"]: row["detected"][:4] for row in _rows(tmp_path / "cases", "cases")}
    ways = Counter(
        row["victim_status"]
        for row in _rows(tmp_path / "cases", "people")
        if row["role"] == "victim" and cases[row["case_id"]] == "2014"
    )

    assert set(ways) == {"handed_over", "rescued"}


@pytest.mark.parametrize("code", list_profiles())
def test_every_profile_that_comes_along_can_be_read(code):
    """Each year has cases, and no fewer offenders or victims."""
    profile = load_profile(code)

    assert profile.title["en"]
    for cases, accused, victims in profile.years.values():
        assert 0 < cases <= min(accused, victims)


@pytest.fixture(scope="module")
def shares(tmp_path_factory):
    """The share of ties outside households that nobody recorded, by what was asked for."""
    found = {}
    for missing in (0.0, 0.25, 0.5):
        folder = tmp_path_factory.mktemp("missing") / "cases"
        generate_cases(folder, scenario="bride-line", cases=60, seed=2, missing=missing)
        relatives = {
            row["who"] for row in _rows(folder, "truth/people") if row["roles"] == "relative"
        }
        ties = [row for row in _rows(folder, "truth/ties") if row["target"] not in relatives]
        assert len(ties) > 1000
        found[missing] = sum(row["records"] == "0" for row in ties) / len(ties)
    return found


def test_half_of_the_ties_go_missing_if_half_are_to(shares):
    """Between 42% and 58%.

    More than a thousand draws of a half have a standard deviation of at most 1.6%; five of
    them make 8%. The ties of one act to several victims stay or go together, which is why it
    is not less.
    """
    assert 0.42 <= shares[0.5] <= 0.58


def test_a_quarter_of_the_ties_go_missing_if_a_quarter_are_to(shares):
    """Between 17% and 33%, by the same reckoning."""
    assert 0.17 <= shares[0.25] <= 0.33


def test_hardly_a_tie_goes_missing_if_none_is_to(shares):
    """Only those between people who have to do with no case: one in twenty at most."""
    assert shares[0.0] <= 0.05


def _digests(folder: Path) -> dict[str, str]:
    return {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file()
    }


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_profile_cannot_count_the_accused_of_no_ring(tmp_path):
    """Nobody is accused where there is no ring, so the profile's figures could not be met."""
    own = tmp_path / "own.yaml"
    own.write_text(PROFILE.replace("karaoke-home", "no-ring"), encoding="utf-8")

    with pytest.raises(ScenarioError, match=r"own\.yaml: no-ring accuses nobody"):
        generate_cases(tmp_path / "cases", profile=str(own))


@pytest.mark.parametrize("name", ["notes.md", "truth/answers.md", ".git/config"])
def test_what_somebody_added_is_not_deleted(name, tmp_path):
    """A trainer's notes in a generated folder keep it from being replaced."""
    folder = tmp_path / "cases"
    generate_cases(folder, scenario="one-as-two", seed=1)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("mine", encoding="utf-8")
    before = _digests(folder)

    with pytest.raises(OutputError, match="did not invent, such as"):
        generate_cases(folder, scenario="one-as-two", seed=2)
    assert _digests(folder) == before
    assert (folder / name).read_text(encoding="utf-8") == "mine"


def test_a_manifest_of_somebody_else_is_no_leave_to_delete(tmp_path):
    """Only a folder whose manifest is ours, and holds nothing else, is replaced."""
    (tmp_path / "cases" / "truth").mkdir(parents=True)
    (tmp_path / "cases" / "truth" / "manifest.json").write_text('{"model": 1}', encoding="utf-8")

    with pytest.raises(OutputError, match="did not invent"):
        generate_cases(tmp_path / "cases", scenario="one-as-two")


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    """The folder behind it is filled."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    generate_cases(tmp_path / "link", scenario="one-as-two")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "cases.csv").is_file()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link", "real"]


def test_a_pipe_is_no_folder_and_no_scenario(tmp_path):
    """Neither is opened, which would wait for ever."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)

    with pytest.raises(OutputError, match="is no folder"):
        generate_cases(pipe, scenario="one-as-two")
    with pytest.raises(ScenarioError, match="it is no file"):
        generate_cases(tmp_path / "cases", scenario=str(pipe))


def test_numbers_for_people_do_not_run_out(tmp_path):
    """Fifty files in which nobody is recognised need more numbers than there are people."""
    own = resources.files("ringmap.training") / "scenarios" / "bride-line.yaml"
    text = own.read_text("utf-8").replace("cases: 2-4", "cases: 50")
    (tmp_path / "own.yaml").write_text(
        text.replace("recognised: 60%", "recognised: 0%"), encoding="utf-8"
    )
    made = generate_cases(tmp_path / "cases", scenario=str(tmp_path / "own.yaml"))
    numbers = [row["person_id"] for row in _rows(tmp_path / "cases", "truth/identities")]

    assert made.cases == 50
    assert len(numbers) == len(set(numbers))
