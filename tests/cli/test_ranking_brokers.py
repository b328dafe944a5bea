"""`ringmap brokers` with roles, chance, bridging and verdicts, on samples and on made cases."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result

from cli.running import SAMPLES, run
from ringmap.analysis import BRIDGING, BROKER, MEDIATION, MEDIATION_CHANCE, VERDICTS
from ringmap.records import read

SAMPLE = SAMPLES / "infant_line"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented cases, as a user makes them."""
    folder = tmp_path_factory.mktemp("made") / "cases"
    run("generate", "two-as-one", "--seed", 4, "-o", folder)
    return folder


@pytest.fixture(scope="module")
def everything(made: Path) -> Result:
    return run("brokers", made, "--group", "country", "--more", "--format", "json")


@pytest.fixture(scope="module")
def readable(made: Path) -> Result:
    return run("brokers", made, "--group", "ring", "--more", "--format", "table")


@pytest.fixture(scope="module")
def asked() -> list[dict[str, str]]:
    """A sample as a spreadsheet, with victims ranked."""
    printed = run("brokers", SAMPLE, "--rank-victims", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(printed)))
    assert len(rows[0]) == len(set(rows[0]))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_every_promised_column_is_there(everything: Result) -> None:
    """Counts, what chance gives, bridging, who is surely above, and the verdict."""
    rows = json.loads(everything.stdout)
    wanted = {*MEDIATION, "gf_total", *MEDIATION_CHANCE, *BRIDGING, "verdict", "degree"}
    wanted |= {"surely_below", "surely_above", "surely_level"}

    assert wanted <= set(rows[0])
    assert {row["verdict"] for row in rows} <= set(VERDICTS)


def test_the_brokers_of_the_table_are_as_many_as_the_sentence_says(everything: Result) -> None:
    """Who has the verdict, and what is told beside the table, come from one rule."""
    number = sum(row["verdict"] == BROKER for row in json.loads(everything.stdout))
    said = {0: "no broker here", 1: "one party stands out"}.get(
        number, f"{number} parties stand out"
    )

    assert said in everything.stderr


def test_victims_are_measured_and_not_judged_unless_asked(
    everything: Result, asked: list[dict[str, str]]
) -> None:
    """They have numbers, no rank and no verdict; with --rank-victims they have both."""
    victims = [row for row in json.loads(everything.stdout) if row["side"] in ("victim", "both")]

    assert victims
    assert {row["verdict"] for row in victims} == {"not judged"}
    assert not any(row["because"].startswith("broker") for row in victims)
    assert all(row["rank"] is None and row["degree"] is not None for row in victims)
    assert "victim" in {row["side"] for row in asked}
    assert "not judged" not in {row["verdict"] for row in asked}


def test_no_victim_is_named_in_any_form(made: Path, everything: Result, readable: Result) -> None:
    """Names and ids of all who are victims, also those who recruit, on either stream."""
    parties = read(made).case.parties
    victims = parties[parties["side"].isin(["victim", "both"])]
    names = {*victims["party"], *victims["name"].dropna()}
    printed = everything.stdout + everything.stderr + readable.stdout + readable.stderr

    assert len(names) > 3
    assert [one for one in names if one in printed] == []


def test_the_readable_table_has_a_few_of_the_new_columns(readable: Result) -> None:
    """The verdict always, roles and bridging when they were asked for."""
    heads = readable.stdout.splitlines()[0]

    assert heads.split("  ")[-1].strip() == "verdict"
    assert all(one in heads for one in ("gf total", "liaison", "everett valente", "surely above"))


def test_without_more_no_bridging_is_measured(asked: list[dict[str, str]]) -> None:
    """It costs time; the verdict costs nothing and is always there."""
    assert not {*BRIDGING, "surely_above"} & set(asked[0])
    assert "verdict" in asked[0]
