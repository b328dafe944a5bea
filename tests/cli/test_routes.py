"""`ringmap routes` as a user types it, and that it tells no victim's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from cli.running import run
from made import Made
from rings import write_folder

TABLES = ["routes", "journeys", "legs", "corridors", "choke_points", "links", "gates_over_time",
          "corridors_over_time", "changes"]  # fmt: skip
NAMES = ("Vi Thị Mận", "Lò Cá Hiếm")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two victims whose names are their ids, with a home, and an id that holds a name."""
    files = {
        "people": "person_id,name,role,home_place,country\nR,Rạng,recruiter,,VN\n"
        f"T,Tấn,transporter,,VN\nE,Ếch,buyer,,CN\n{NAMES[0]},{NAMES[0]},victim,H,VN\n"
        f"{NAMES[1]},{NAMES[1]},victim,,VN\nM-{NAMES[0]},Mẹ,relative,,VN\n",
        "places": "place_id,name,kind,province,country\nH,Bản Ẩn Kín,home_village,Lào Cai,VN\n"
        f"X,Lào Cai,city,Lào Cai,VN\nG-{NAMES[0]},Cửa khẩu,border_gate,Lào Cai,VN\n"
        "Z,Kunming,city,Yunnan,CN\n",
        "ties": "source,target,kind,first\n"
        f"R,{NAMES[0]},recruited,2019-04\nT,E,called,2019-05\nM-{NAMES[0]},{NAMES[0]},called,\n"
        f"R,T,called,2019\nE,{NAMES[1]},exploited,2019\nT,{NAMES[1]},guided,2019\n",
        "legs": "event_id,kind,date,from_place,to_place,crossing,person_id,moved_by\n"
        f"{NAMES[0]} đi,transported,2019-05-01,H,X,,{NAMES[0]};{NAMES[1]},R\n"
        f"L2,crossed_border,2019-05-02,X,Z,G-{NAMES[0]},{NAMES[0]},T\n"
        f"L3,crossed_border,2019-05-02,X,Z,,{NAMES[1]},{NAMES[0]}\n",
    }
    return write_folder(tmp_path_factory.mktemp("case"), **files)


@pytest.fixture(scope="module")
def outputs(folder: Path) -> dict[str, Result]:
    """What four ways of asking print."""
    asked = {
        "plain": ["--json"],
        "victim": ["--json", "--victim", NAMES[0], "--separate", "parties"],
        "csv": ["--format", "csv", "--by", "province", "--victim", NAMES[1],
                "--separate", "links", "--period", "quarter"],
        "table": ["--format", "table", "--by", "country", "--separate", "gates",
                  "--rank-victims"],
    }  # fmt: skip
    return {name: run("routes", folder, *words) for name, words in asked.items()}


def test_every_table_is_there_with_its_reasons_and_rows(outputs: dict[str, Result]) -> None:
    """Two journeys of two legs; each row of each finding says why and names its rows."""
    found = json.loads(outputs["plain"].stdout)

    assert list(found) == TABLES
    assert len(found["journeys"]) == 2
    for name, rows in found.items():
        assert rows, name
        assert all(row["because"] and row["records"] for row in rows)
        assert all(record["file"] == "legs.csv" for row in rows for record in row["records"])


def test_separators_are_listed_when_asked_for(outputs: dict[str, Result]) -> None:
    """T stands between the first victim and E; the second is tied to E directly, set aside."""
    rows = json.loads(outputs["victim"].stdout)["separators"]

    assert [row["member"] for row in rows] == ["T"]
    assert rows[0]["because"] == "alone in this set; in 1 of 1 set listed"
    assert "1 direct tie between them set aside" in outputs["victim"].stderr


def test_who_may_know_is_asked_by_name_or_pseudonym(
    folder: Path, outputs: dict[str, Result]
) -> None:
    """T moved her last; the other victim stands apart under a pseudonym.

    Cleared parties stand in another order than the ids, so a pseudonym has to be looked up.
    """
    found = json.loads(outputs["victim"].stdout)
    shown = next(row["person"] for row in found["legs"] if row["moved_by"] == ["T"])
    again = run("routes", folder, "--json", "--victim", shown, "--separate", "parties")

    assert found["who_may_know"][0]["party"] == "T"
    assert [row["party"][:7] for row in found["witnesses"]] == ["Victim "]
    assert again.stdout == outputs["victim"].stdout


def test_no_output_names_a_victim(outputs: dict[str, Result]) -> None:
    """Every form and option, searched for names, ids, a home and what holds a name."""
    for result in outputs.values():
        assert result.exit_code == 0
        for secret in (*NAMES, "Mận", "Hiếm", "Ẩn Kín"):
            assert secret not in result.stdout + result.stderr
            assert json.dumps(secret)[1:-1] not in result.stdout


def test_a_victim_who_moved_others_is_no_carrier_unless_asked(
    folder: Path, outputs: dict[str, Result]
) -> None:
    """The first victim is recorded as moving the second."""
    asked = json.loads(run("routes", folder, "--json", "--rank-victims").stdout)
    usual, ranked = (
        {row["point"] for row in found["choke_points"] if row["kind"] == "carrier"}
        for found in (json.loads(outputs["plain"].stdout), asked)
    )

    assert usual == {"R", "T"}
    assert len(ranked) == 3


def test_what_began_later_is_left_out(folder: Path) -> None:
    """As of 1 May only the first leg had begun."""
    found = json.loads(run("routes", folder, "--json", "--as-of", "2019-05-01").stdout)

    assert {row["date"] for row in found["legs"]} == {"2019-05-01"}


def test_names_are_shown_from_a_store_that_records_it(folder: Path, tmp_path: Path) -> None:
    """The victim stands there by name."""
    from ringmap.store import open_store

    store = tmp_path / "case.ringmap"
    run("load", folder, "--into", store)
    shown = run("routes", store, "--json", "--show-victims", "--victim", NAMES[0])

    assert NAMES[0] in shown.stdout
    (entry,) = open_store(store).disclosures
    assert entry.command == "ringmap routes"


def test_a_case_without_legs_says_so(tmp_path: Path) -> None:
    """Empty tables and a sentence, no error."""
    (tmp_path / "ties.csv").write_text("source,target,kind\nA,B,called\n", encoding="utf-8")
    result = run("routes", tmp_path, "--format", "table")

    assert result.exit_code == 0
    assert "nothing here: no leg and no stay is recorded" in result.stderr


def test_what_was_generated_gives_its_journeys(tmp_path: Path) -> None:
    """Every person of the legs that were written has a journey, and no victim is named."""
    run("generate", "two-as-one", "--cases", "2", "-o", tmp_path / "made")
    result = run("routes", tmp_path / "made", "--json")
    made = Made(tmp_path / "made")
    people = {one for row in made.rows("legs") for one in row["person_id"].split(";") if one}

    found = json.loads(result.stdout)
    assert len({row["person"] for row in found["journeys"]}) >= len(people)
    victims = [row["name"] for row in made.rows("people") if row["role"] == "victim"]
    assert [name for name in victims if name and name in result.stdout] == []


def test_findings_of_the_uncleared_case_can_be_cleared_too(folder: Path) -> None:
    """Whoever measures first and clears afterwards tells no name either."""
    from ringmap import analysis
    from ringmap.disclosure import clear
    from ringmap.graph import build_graph
    from ringmap.records import read

    case = read(folder).case
    graph = build_graph(case)
    findings = {
        "journeys": analysis.find_journeys(graph),
        "corridors": analysis.find_corridors(graph),
        "courses": analysis.find_courses(graph),
        "points": analysis.find_choke_points(graph, rank_victims=True),
        "changes": analysis.find_route_changes(graph),
        "separators": analysis.find_separators(graph, rank_victims=True),
        "gates": analysis.find_route_separators(graph),
        "known": analysis.find_who_may_know(graph, NAMES[0]),
        "arrivals": analysis.find_arrivals(graph, NAMES[0]),
    }
    cleared = clear(case, key="k", graphs={"whole": graph}, findings=findings)
    text = repr([(one, getattr(one, "to_dict", str)()) for one in _tables(cleared.findings)])

    assert "Victim " in text
    for secret in (*NAMES, "Mận", "Hiếm", "Ẩn Kín"):
        assert secret not in text
    assert secret not in cleared.graphs["whole"].stays.to_string()


def _tables(findings):
    for one in findings.values():
        parts = [getattr(one, name) for name in getattr(one, "__slots__", ())]
        yield from parts or [one]


def test_a_vague_date_is_told_in_words_in_the_table_alone(tmp_path: Path) -> None:
    """CSV is for other programs, which read the notation."""
    legs = "event_id,kind,date,from_place,to_place,person_id,moved_by,route_id,leg\n"
    (tmp_path / "legs.csv").write_text(f"{legs}E,transported,about May 2019,A,B,P,Q,R,1\n")
    (tmp_path / "places.csv").write_text("place_id,name,country\nA,Aa,VN\nB,Bb,CN\n")
    table, rows = (run("routes", tmp_path, "--format", form).stdout for form in ("table", "csv"))

    assert "about May 2019" in table
    assert "2019-05~" not in table
    assert "2019-05~" in rows
