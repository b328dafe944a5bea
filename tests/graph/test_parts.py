"""Parts of a graph, and the legs of journeys."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd
import pytest

from graph.test_building import case_of, ends, people, shared_case, tie
from ringmap.graph import (
    LEG_COLUMNS,
    Evidence,
    build_graph,
    list_legs,
    select_around,
    select_parties,
)
from ringmap.model import COLUMNS, Case, empty_table, typed


def test_selected_parties_keep_ties_between_them_with_their_evidence(tmp_path: Path) -> None:
    """What is left out leaves no trace, and records stay with their ties."""
    rows = [tie("AB"), tie("BC", "paid"), tie("CA"), tie("AB", "paid"), tie("BA", "met")]
    graph = build_graph(case_of(tmp_path, people=people("ABC"), ties=rows))
    part = select_parties(graph, ["B", "A", "nobody"])

    assert part.parties["party"].tolist() == ["A", "B"]
    assert ends(part) == [("A", "B", "met"), ("A", "B", "paid")]
    assert part.ties["source"].cat.categories.tolist() == ["A", "B"]
    assert part.evidence is not None
    assert part.records is not None
    rows_of = [part.records["row"].iloc[list(part.evidence.of(i))].tolist() for i in range(2)]
    assert rows_of == [[1, 5], [4]]


def test_selecting_nobody_gives_an_empty_graph(tmp_path: Path) -> None:
    """No parties, no ties, no legs."""
    part = select_parties(build_graph(shared_case(tmp_path)), [])

    assert (len(part.parties), len(part.ties), len(part.legs)) == (0, 0, 0)
    assert part.evidence is not None
    assert part.evidence.start.tolist() == [0]


def test_around_people_are_their_things_but_not_other_people(tmp_path: Path) -> None:
    """Places, phones and cases of the ring belong to its picture."""
    part = select_around(build_graph(shared_case(tmp_path)), ["A"])

    assert set(part.parties["party"]) == {"A", "C1", "M", "N", "X", "Y"}
    assert len(part.legs) == 1


def test_evidence_of_chosen_ties_comes_in_their_order() -> None:
    """Also for ties without any record."""
    evidence = Evidence(np.array([0, 2, 2, 3]), np.array([7, 8, 9], dtype=np.int32))
    taken = evidence.take(np.array([2, 1, 0, 2]))

    assert [taken.of(tie) for tie in range(4)] == [(9,), (), (7, 8), (9,)]


def places(*rows: tuple[str, str]) -> list[dict[str, str]]:
    """Places with their countries."""
    return [{"place_id": one, "name": f"place {one}", "country": country} for one, country in rows]


@pytest.mark.parametrize(
    ("countries", "crosses"),
    [(("VN", "CN"), True), (("VN", "VN"), False), (("VN", ""), None), (("unknown", "CN"), None)],
)
def test_a_leg_crosses_only_between_known_countries(
    tmp_path: Path, countries: tuple[str, str], crosses: bool | None
) -> None:
    """Unknown is neither a crossing nor none."""
    case = case_of(
        tmp_path,
        people=people("A"),
        places=places(("X", countries[0]), ("Y", countries[1])),
        events=[{"event_id": "e", "from_place": "X", "to_place": "Y", "person_id": "A"}],
    )
    legs = list_legs(case)

    assert legs["crosses"].tolist() == [crosses]
    assert tuple(legs.columns) == LEG_COLUMNS


def test_records_of_one_leg_are_one_leg(tmp_path: Path) -> None:
    """People of all rows, the first known value of each column, every record."""
    row = {"event_id": "e", "from_place": "X", "to_place": "Y", "person_id": "A"}
    case = case_of(
        tmp_path,
        people=people("ABC"),
        places=places(("X", "VN"), ("Y", "CN"), ("Z", "CN")),
        events=[
            row, row | {"person_id": "B;A", "moved_by": "C", "date": "2019"},
            row | {"to_place": "Z", "date": "2020", "crossing": "Y"},
            {"event_id": "f", "to_place": "Y", "person_id": "A"},
        ],
    )  # fmt: skip
    legs = list_legs(case)

    assert len(legs) == 1
    leg = legs.iloc[0]
    assert (leg["people"], leg["moved_by"], leg["date"]) == (("A", "B"), ("C",), "2019")
    assert (leg["from_place"], leg["to_place"]) == ("X", "Y")
    assert case.records["row"].iloc[list(leg["records"])].tolist() == [1, 2, 3]


def test_a_case_file_without_journeys_has_a_table_of_no_legs(tmp_path: Path) -> None:
    """With its columns."""
    legs = list_legs(case_of(tmp_path, people=people("A")))

    assert tuple(legs.columns) == LEG_COLUMNS
    assert legs.empty


def test_twenty_thousand_legs_are_quick() -> None:
    """An event a row; a loop over groups took a minute."""
    count = 20_000
    positions = ("case", "from_place", "to_place", "crossing", "person", "moved_by", "record")
    events = pd.DataFrame(
        {
            column: typed(column, np.full(count, -1) if column in positions else [None] * count)
            for column in COLUMNS["events"]
        }
    ).assign(
        event=[f"E{number}" for number in range(count)],
        from_place=0, to_place=1, record=np.arange(count, dtype=np.int32),
    )  # fmt: skip
    tables = {name: empty_table(name) for name in COLUMNS} | {"events": events}
    tables["parties"] = tables["parties"].reindex(range(2)).assign(party=["X", "Y"])
    began = process_time()
    legs = list_legs(Case(**tables))

    assert process_time() - began < 10
    assert len(legs) == count


def test_a_movement_with_one_end_unrecorded_is_a_leg_and_a_meeting_is_not(tmp_path: Path) -> None:
    """Where the girl was taken is not recorded: no country, no crossing, and still a leg."""
    case = case_of(
        tmp_path,
        people=people("A V"),
        places=[{"place_id": "L", "country": "VN"}, {"place_id": "M", "country": "CN"}],
        events=[
            {"event_id": "E1", "kind": "transported", "from_place": "L", "person_id": "V"},
            {"event_id": "E2", "kind": "met", "to_place": "M", "person_id": "A"},
        ],
    )

    legs = list_legs(case)

    assert legs["event"].tolist() == ["E1"]
    assert (legs["from_country"].iat[0], legs["to_country"].iat[0]) == ("VN", None)
    assert legs["to_place"].iat[0] is None
    assert legs["crosses"].iat[0] is None
