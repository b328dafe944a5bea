"""Who was at which place, by events."""

from pathlib import Path

from ringmap.graph import VISIT_COLUMNS, list_visits
from ringmap.records import read


def test_mover_and_moved_were_at_every_place_of_an_event(tmp_path: Path) -> None:
    """A takes V from L1 over L2 to L3: three visits each; B is at one place in another event."""
    (tmp_path / "people.csv").write_text("person_id,name\nA,An\nB,Binh\nV,Vi\n", encoding="utf-8")
    (tmp_path / "places.csv").write_text(
        "place_id,name\nL1,House 1\nL2,Trail 2\nL3,House 3\n", encoding="utf-8"
    )
    (tmp_path / "events.csv").write_text(
        "event_id,kind,case_id,date,from_place,to_place,crossing,person_id,moved_by\n"
        "E1,transported,C1,2019-05-01,L1,L3,L2,V,A\nE2,recruited,C1,2019-06,,L1,,B,\n",
        encoding="utf-8",
    )
    visits = list_visits(read(tmp_path).case)

    assert tuple(visits.columns) == VISIT_COLUMNS
    assert list(zip(visits["party"], visits["place"], visits["date"], strict=True)) == [
        ("A", "L1", "2019-05-01"), ("A", "L2", "2019-05-01"), ("A", "L3", "2019-05-01"),
        ("B", "L1", "2019-06"),
        ("V", "L1", "2019-05-01"), ("V", "L2", "2019-05-01"), ("V", "L3", "2019-05-01"),
    ]  # fmt: skip
    assert set(visits["case"]) == {"C1"}


def test_no_events_are_no_visits(tmp_path: Path) -> None:
    """An empty table with its columns."""
    (tmp_path / "people.csv").write_text("person_id,name\nA,An\n", encoding="utf-8")
    visits = list_visits(read(tmp_path).case)

    assert visits.empty
    assert tuple(visits.columns) == VISIT_COLUMNS
