"""Doubt and time on the command line: what is printed, and that no victim is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import SAMPLES, run
from ringmap.records import read
from rings import write_folder


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A case whose victims' ids hold their names; one of them is in the middle of the network."""
    return write_folder(
        tmp_path / "named",
        people="person_id,name,role,country\nA,An,recruiter,VN\nB,Bùi,transporter,VN\nC,Chen,buyer,CN\n"
        "D,Deng,buyer,CN\nVi-Thi-Man,Vi Thị Mận,victim,VN\nSung-Mo,Sùng Mo,victim,VN\n",
        ties="source,target,kind,first,last\nA,B,called,2018,2018\nB,Vi-Thi-Man,deceived,2018,2019\n"
        "C,Vi-Thi-Man,bought,2019,2019\nC,D,called,2019-03,2020\nD,Sung-Mo,bought,2020,2020\n",
    )


@pytest.mark.parametrize(
    "words", [("brokers", "--doubt", "0.2"), ("doubt",), ("evolution", "--by", "2018,2019"),
              ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["table", "csv"])
def test_no_victim_is_named(named: Path, words: tuple[str, ...], form: str) -> None:
    """Neither a name nor an id that holds one, on either stream."""
    command, *options = words
    done = run(command, named, *options, "--format", form)

    assert done.exit_code == 0
    for secret in ("Mận", "Man", "Vi-Thi", "Sùng", "Sung", "Mo\n", "Sung-Mo"):
        assert secret not in done.stdout + done.stderr
    assert "Victim " in done.stdout


def test_small_networks_show_their_doubt_unasked(named: Path) -> None:
    """Every ranked person has an interval that holds the rank; victims have none."""
    done = run("brokers", named, "--json")
    rows = json.loads(done.stdout)

    for row in rows:
        if row["rank"] is None:
            assert row["rank_low"] is row["rank_high"] is row["keeps_top"] is None
        else:
            assert row["rank_low"] <= row["rank"] <= row["rank_high"]
    assert sum(row["rank"] is None for row in rows) == 2
    assert "about 10% of the ties and 2% of the people" in done.stderr


def test_doubt_of_none_is_none(named: Path) -> None:
    """--doubt 0 leaves the columns out; a bare --doubt takes one tie in ten."""
    without, bare = run("brokers", named, "--doubt", "0"), run("brokers", named, "--doubt")

    assert "rank_low" not in without.stdout
    assert "rank_low" in bare.stdout
    assert "10% of the ties" in bare.stderr


@pytest.mark.parametrize(("rate", "says"), [("150%", "no share"), ("much", "write 0.1 or 10%")])
def test_a_rate_that_is_none_is_asked_wrongly(named: Path, rate: str, says: str) -> None:
    """Exit code 2, and how to write it."""
    done = run("brokers", named, "--doubt", rate)

    assert done.exit_code == 2
    assert says in done.stderr


def test_the_first_place_and_what_it_hangs_on(named: Path) -> None:
    """A-B-Vi-C-D-Sung: C stands between 2·3 pairs, D and B between 4 each; Vi is not ranked."""
    found = json.loads(run("doubt", named, "--json").stdout)

    assert [one["party"] for one in found["first"]] == ["C"]
    assert {one["change"] for one in found["ways"]} <= {
        "pair not tied", "pairs not tied, together", "source wrong", "pair tied, unrecorded",
    }  # fmt: skip
    assert all(one["records"] for one in found["ways"] if one["change"] == "pair not tied")


def test_the_sample_through_the_years() -> None:
    """Years in order, and each person's place in each; victims have no rank."""
    found = json.loads(run("evolution", SAMPLES / "infant_line", "--json").stdout)
    parties = read(SAMPLES / "infant_line").case.parties
    victims = parties[parties["side"].isin(["victim", "both"])]

    years = [one["window"] for one in found["windows"]]
    assert years == sorted(years)
    assert len(years) > 3
    assert {one["move"] for one in found["moves"]} <= {"comes", "goes", "rises", "falls"}
    assert all(one["rank"] is None for one in found["values"] if "Victim" in one["party"])
    assert not {one["party"] for one in found["values"]} & set(victims["party"])


def test_as_of_ends_the_last_window(named: Path) -> None:
    """By the end of 2018 nobody has sold anybody."""
    found = json.loads(run("evolution", named, "--as-of", "2018", "--json").stdout)

    assert [one["ties"] for one in found["windows"]] == [2]


def test_the_source_that_would_have_to_be_wrong_is_named(tmp_path: Path) -> None:
    """M has four contacts by S1 alone, N three by S2 and S3, C in common: M stands first, N comes
    next. Were S1 wrong, N would stand first: S1 is named, with its document."""
    folder = tmp_path / "case"
    folder.mkdir()
    ties = ["M,A,S1", "M,B,S1", "M,F,S1", "M,C,S1", "N,C,S2", "N,D,S2", "N,E,S3"]
    (folder / "ties.csv").write_text(
        "source,target,source_ref\n" + "".join(f"{one}\n" for one in ties), encoding="utf-8"
    )
    (folder / "sources.csv").write_text(
        "source_ref,document\nS1,Report 7\nS2,Report 8\nS3,\n", encoding="utf-8"
    )
    rows = json.loads(run("doubt", folder, "--json").stdout)["ways"]
    told = {row["wrong_source"]: row["first_then"] for row in rows if row["wrong_source"]}

    assert told["S1 (Report 7)"] == "N"
    assert all(row["wrong_source"] is None for row in rows if row["change"] != "source wrong")
