"""Published networks from end to end: each question is answered, or declined in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import run

SMALL = (
    *(f"caviar/caviar_phase{phase:02}_edges.csv" for phase in (1, 7, 11)),
    *(f"cockbain_uk_cse_victims/{name}_edges.csv"
      for name in ("central", "chalice", "retriever", "span")),
    "montagna/phonecalls_edges.csv", "montagna/r2ergm/montagna_kinship.csv",
    *(f"synthetic_sex_trafficking_kosmas/HT5_{number}_40.graphml" for number in (2, 5)),
)  # fmt: skip
#: What is said where a network has neither countries nor legs nor dates.
DECLINED = {
    "borders": "no crossing here", "routes": "nothing here: no leg",
    "evolution": "no tie has a date",
}  # fmt: skip


@pytest.mark.parametrize("file", SMALL)
def test_a_network_of_bare_ties_is_answered(file: str, shared_data: Path, tmp_path: Path) -> None:
    """Brokers, rings and the report are there; what needs more than ties says so in words."""
    source = shared_data / file
    assert run("check", source).exit_code == 0
    for command, *options in (("brokers", "--doubt", "0"), ("rings",)):
        done = run(command, source, *options)
        assert done.exit_code == 0
        assert done.stdout.count("\n") > 1 or "no ring" in done.stderr
    assert run("report", source, "-o", tmp_path / "r.html").exit_code == 0
    assert (tmp_path / "r.html").stat().st_size > 1000
    for command, words in DECLINED.items():
        done = run(command, source)
        assert done.exit_code == (1 if command == "evolution" else 0)
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "file", ["htcds/htcds_2.0_fields.csv", "montagna/r2ergm/montagna_attributes.csv"]
)
@pytest.mark.parametrize("command", ["brokers", "borders"])
def test_a_table_without_ties_is_declined_in_a_line(
    file: str, command: str, shared_data: Path
) -> None:
    """A list of fields or of people is no network: exit code 1, and why."""
    done = run(command, shared_data / file)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("ringmap: ")
    assert done.stderr.count("\n") == 1
