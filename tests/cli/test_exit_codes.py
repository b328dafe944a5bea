"""Exit code 2 for what is asked wrongly, 1 for what the records cannot answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import run
from rings import write_folder

WRONG = {
    "brokers": ["--group", "nonsense"],
    "removal": ["--by", "nonsense"],
    "borders": ["--by", "nonsense"],
    "keyplayers": ["--criterion", "nonsense"],
    "rings": ["--over-time", "week"],
    "routes": ["--by", "nonsense"],
    "stages": ["--as-of", "nonsense"],
    "links": ["--top", "0"],
    "doubt": ["--as-of", "nonsense"],
    "evolution": ["--measure", "nonsense"],
    "report": ["-o", "r.nonsense"],
    "export": ["-o", "r.nonsense"],
    "check": ["--encoding", "nonsense"],
    "load": ["--into", "never.ringmap", "--limit", "nonsense=5"],
}


@pytest.fixture
def undated(tmp_path: Path) -> Path:
    """Three people, two ties without a date."""
    return write_folder(
        tmp_path / "case",
        people="person_id,role\nA,recruiter\nB,transporter\nC,buyer\n",
        ties="source,target,kind\nA,B,called\nB,C,called\n",
    )


@pytest.mark.parametrize("command", sorted(WRONG))
def test_what_is_not_known_by_any_records_is_asked_wrongly(undated: Path, command: str) -> None:
    """A name that ringmap does not know: exit code 2, nothing printed, the reason in words."""
    done = run(command, undated, *WRONG[command])

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "nonsense" in done.stderr or "week" in done.stderr or "'--top'" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--limit", "rows=nonsense"],
        ["--limit", "rows=0"],
        ["--limit", "rows"],
        ["--encoding", ""],
        ["--suggest-mapping", "--encoding", "nonsense"],
    ],
)
def test_a_way_to_read_that_there_is_not_is_asked_wrongly(undated: Path, words: list[str]) -> None:
    """Before any file is looked at: exit code 2, one line, whatever the files are."""
    (undated / "broken.xlsx").write_bytes(b"no spreadsheet")
    done = run("check", undated, *words)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("ringmap: ")
    assert done.stderr.count("\n") == 1


def test_a_mapping_is_proposed_for_one_source(undated: Path) -> None:
    """Two of them are asked wrongly, whatever they hold."""
    assert run("check", undated, undated, "--suggest-mapping").exit_code == 2


@pytest.mark.parametrize("windows", ["week", "2019,nonsense", ""])
def test_windows_that_are_none_are_asked_wrongly(tmp_path: Path, windows: str) -> None:
    """Neither a length nor dates."""
    ties = "source,target,kind,first\nA,B,called,2019\nB,C,called,2020\n"
    folder = write_folder(tmp_path / "case", ties=ties)

    assert run("evolution", folder, "--by", windows).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["brokers", "--ring", "R99"],
        ["brokers", "--group", "country"],
        ["keyplayers", "-k", "9"],
        ["keyplayers", "--without", "nobody"],
        ["removal", "--role", "nonsense"],
        ["path", "A", "nobody"],
        ["evolution"],
        ["evolution", "--by", "2019,2020"],
        ["rings", "--over-time", "year"],
    ],
)
def test_what_these_records_cannot_answer_could_not_be_done(
    undated: Path, words: list[str]
) -> None:
    """Another source could: exit code 1, nothing printed, one line that says why."""
    command, *options = words
    done = run(command, undated, *options)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("ringmap: ")
    assert done.stderr.count("\n") == 1


def test_records_without_dates_are_refused_alike(undated: Path) -> None:
    """Rings over time and the evolution of the network say the same."""
    followed = run("rings", undated, "--over-time", "year")

    assert "no tie has a date" in followed.stderr
    assert run("evolution", undated).stderr == followed.stderr


def test_a_list_of_ids_is_no_live_formula(tmp_path: Path) -> None:
    """An id that a spreadsheet would run is shown in a list as in a cell of its own."""
    folder = write_folder(
        tmp_path / "case",
        people="person_id,role\nA,recruiter\nB,buyer\n",
        identifiers="identifier_id,kind,value,holder\n=1+1,phone,0912345678,A\n"
        "=1+1,phone,0912345678,B\n",
    )
    printed = run("links", folder, "--format", "csv").stdout

    assert ",'=1+1," in printed
    assert ",=1+1" not in printed
