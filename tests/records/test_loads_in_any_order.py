"""A folder that arrives file by file is the same case as when it arrives at once."""

import pytest

from ringmap.records import read
from ringmap.store import open_store
from ringmap.workflow import load_sources
from rings import canonical, read_file, said_of, write_folder

TABLES = {
    "cases": "case_id,title\nC1,One\nC2,Two\n",
    "people": "person_id,name,role,case_id\nA,Ann,recruiter,C1\nB,Bo,victim,C1\nC,Cy,,\n",
    "organisations": "organisation_id,name\nO1,Bar Mimosa\n",
    "places": "place_id,name,lat,lon\nL,Qqq,10,105\n",
    "identifiers": "identifier_id,kind,value,holder\n"
    "T1,phone,0900 000 101,A\nT2,phone,+84 900 000 102,B\n",
    "ties": "source,target,kind,case_id\nA,B,recruited,C1\nA,O1,works_for,\nT1,T2,called,C2\n"
    "C,place:L,tie,\n",
    "legs": "event_id,kind,to_place,person_id,moved_by,source_ref\nE,transported,L,B,O1,S1\n",
    "sources": "source_ref,reliability,credibility\nS1,A,1\n",
    "calls_may": "caller,called,start\n0900000101,+84900000102,2019-05-03 10:00\n"
    "0900000101,0900000103,2019-05-04 10:00\n",
    "calls_june": "caller,called,start,cell\n0900000103,0084900000102,2019-06-03 10:00,M1\n",
}
ORDERS = {
    "calls before identifiers": ["calls_june", "calls_may", "identifiers", "people"],
    "identifiers before calls": ["people", "identifiers", "calls_may", "calls_june"],
    "ties before people": ["cases", "ties", "identifiers", "people", "organisations", "places"],
    "what happened before all": ["legs", "sources", "places", "organisations", "people"],
    "backwards": list(reversed(TABLES)),
}


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_files_loaded_one_by_one_are_the_case_that_they_are_together(name, tmp_path):
    """In whatever order they come, into one store."""
    tables = {table: TABLES[table] for table in ORDERS[name]}
    folder = write_folder(tmp_path / "folder", **tables)
    store = tmp_path / "s.ringmap"
    for table in tables:
        load_sources([folder / f"{table}.csv"], store, loaded_at="2026")

    assert canonical(open_store(store).case) == canonical(read(folder).case)


def test_a_telephone_that_is_listed_after_it_called_is_one_party(tmp_path):
    """Under the id that the list gives it, with the name that it gives it, and its calls."""
    store = tmp_path / "s.ringmap"
    folder = write_folder(tmp_path / "folder", **TABLES)
    for table in ("calls_may", "people", "identifiers"):
        loaded = load_sources([folder / f"{table}.csv"], store, loaded_at="2026")
    case = open_store(store).case
    names = case.parties["party"].tolist()
    called = [(names[tie.source], names[tie.target]) for tie in case.ties.itertuples()
              if tie.kind == "called"]  # fmt: skip

    assert loaded.receipt.files[0].problems == []
    assert sum(name.startswith("P-") for name in names) == 1  # …103, which nobody lists
    assert ("T1", "T2") in called
    assert said_of(case, "T1", "name") == ["0900 000 101"]


def test_two_identifiers_of_one_number_stay_two_though_it_called_before(tmp_path):
    """The calls count for the first, as when both are read together, and it is told."""
    store = tmp_path / "s.ringmap"
    folder = write_folder(
        tmp_path / "folder", calls_may=TABLES["calls_may"],
        identifiers="identifier_id,kind,value\nT1,phone,0900000101\nT9,phone,0900.000.101\n",
    )  # fmt: skip
    for table in ("calls_may", "identifiers"):
        loaded = load_sources([folder / f"{table}.csv"], store, loaded_at="2026")
    (problem,) = loaded.receipt.files[0].problems

    assert (problem.row, problem.reason) == (2, "the number of another identifier (T1)")
    assert canonical(open_store(store).case) == canonical(read(folder).case)


def test_an_id_that_several_types_share_is_not_given_to_one_of_them(tmp_path):
    """Whoever wrote X meant an organisation or a place; a guess would be a tie that is none."""
    store = tmp_path / "s.ringmap"
    folder = write_folder(
        tmp_path / "folder", ties="source,target\nA,X\n",
        organisations="organisation_id,name\nX,Bar\n", places="place_id,name\nX,Qqq\n",
    )  # fmt: skip
    load_sources([folder / "ties.csv"], store, loaded_at="2026")
    both = [folder / "organisations.csv", folder / "places.csv"]
    load_sources(both, store, loaded_at="2026")
    parties = open_store(store).case.parties

    assert sorted(parties["party"]) == ["A", "organisation:X", "person:X", "place:X"]


@pytest.mark.parametrize(
    "order",
    [
        ["people", "organisations"],
        ["organisations", "people"],
        ["ties", "people", "organisations"],
        ["people", "ties", "organisations"],
    ],
)
def test_a_person_who_is_listed_by_an_id_alone_stays_a_person(order, tmp_path):
    """As a redacted victim: an organisation of the same id takes neither them nor their ties."""
    store = tmp_path / "s.ringmap"
    folder = write_folder(
        tmp_path / "folder", people="person_id,name\nA,An\nV1,\n",
        organisations="organisation_id,name\nV1,Bar\n", ties="source,target\nA,V1\n",
    )  # fmt: skip
    for table in order:
        load_sources([folder / f"{table}.csv"], store, loaded_at="2026")
    case = open_store(store).case
    names = case.parties["party"].tolist()

    assert names == ["A", "organisation:V1", "person:V1"]
    assert not case.parties["label_is_id"].any()
    assert {names[one] for one in case.ties["target"]} <= {"person:V1"}


def test_shuffled_calls_are_the_same_case(tmp_path):
    """Also with one number written in two ways; only the rows that are named differ."""
    head, *rows = [
        "caller,called,start,duration,cell",
        "0900000103,+84900000102,2019-05-03 10:00,10,M1",
        "0900000103,0084900000102,2019-05-02 10:00,20,M2",
        "+84900000102,0900000101,2019-05-04 10:00,30,M1",
        "0084900000102,0900000104,2019-05-04 10:00,40,M2",
    ]
    (tmp_path / "turned").mkdir()
    forth = read_file(tmp_path, "calls.csv", "\n".join([head, *rows]))
    back = read_file(tmp_path / "turned", "calls.csv", "\n".join([head, *reversed(rows)]))

    assert canonical(forth.case) == canonical(back.case)
