"""A folder that arrives file by file is the same case as when it arrives at once."""

import pytest

from ringmap.records import read
from ringmap.store import open_store
from ringmap.workflow import Reading, load_sources
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


def tied(case):
    """Names of the parties that have a tie."""
    names = case.parties["party"]
    return {*names.iloc[case.ties["source"]], *names.iloc[case.ties["target"]]}


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_files_loaded_one_by_one_are_the_case_that_they_are_together(name, tmp_path):
    """In whatever order they come, into one store."""
    tables = {table: TABLES[table] for table in ORDERS[name]}
    folder = write_folder(tmp_path / "folder", **tables)
    store = tmp_path / "s.ringmap"
    for table in tables:
        load_sources([folder / f"{table}.csv"], store, loaded_at="2026")

    assert canonical(open_store(store).case) == canonical(read(folder).case)


def test_a_row_that_is_read_again_beside_what_it_lacked_is_complete(tmp_path):
    """The event named L and B before they were listed; it was kept without them for good."""
    legs = "event_id,kind,to_place,person_id\nE,transported,L,B\n"
    people, places = "person_id,name\nA,Ann\n", "place_id,name\nK,Kkk\n"
    store = tmp_path / "s.ringmap"
    first = write_folder(tmp_path / "first", legs=legs, people=people, places=places)
    whole = write_folder(
        tmp_path / "whole", legs=legs, people=people + "B,Bo\n", places=places + "L,Lll\n"
    )
    said = [problem.reason for _, problem in read(first).receipt.problems()]
    for folder in (first, whole):
        added = load_sources([folder], store, loaded_at="2026").added
    case = open_store(store).case
    names = case.parties["id"]

    assert said == ["no such place in places.csv", "no such party in people.csv"]
    assert (added.records_new, added.records_known) == (2, 3)
    assert names.iloc[case.events["to_place"]].tolist() == ["L"]
    assert names.iloc[case.events["person"]].tolist() == ["B"]
    assert canonical(case) == canonical(read(whole).case)


def test_a_row_that_is_read_again_by_another_mapping_counts_as_it_is_read_last(tmp_path):
    """3 April or 4 March: day first was wrong, and there is a new row to load, too."""
    columns = "tables: [{table: ties, columns: {source: a, target: b, first: d}}]"
    rows, store = "a,b,d\nA,B,03/04/2019\n", tmp_path / "s.ringmap"
    for order, more in (("day", ""), ("month", "A,C,12/25/2019\n")):
        (tmp_path / "t.csv").write_text(rows + more)
        mapping = tmp_path / "m.yaml"
        mapping.write_text(f"files: [{{dates: {order} first, {columns}}}]")
        load_sources([tmp_path / "t.csv"], store, Reading(mapping), loaded_at="2026")

    assert open_store(store).case.ties["first"].tolist() == ["2019-03-04", "2019-12-25"]


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


@pytest.mark.parametrize("known_before", [False, True])
def test_calls_count_for_the_first_id_of_a_number_whichever_row_is_first(known_before, tmp_path):
    """T1 comes before T9; also where the calls were loaded before the list."""
    rows = ["T9,phone,0900 000 101", "T2,phone,0900000102", "T1,phone,0900.000.101"]
    calls = tmp_path / "calls.csv"
    calls.write_text(TABLES["calls_may"])
    found = []
    for name, listed in (("forth", rows), ("back", rows[::-1])):
        folder = write_folder(
            tmp_path / name, identifiers="\n".join(["identifier_id,kind,value", *listed, ""])
        )
        store = tmp_path / f"{name}.ringmap"
        both = [folder / "identifiers.csv", calls]
        for sources in [[calls], both[:1]] if known_before else [both]:
            loaded = load_sources(sources, store, loaded_at="2026")
        (problem,) = loaded.receipt.files[0].problems
        assert problem.reason == "the number of another identifier (T1)"
        assert listed[problem.row - 1].startswith("T9")
        found.append(canonical(open_store(store).case))

    assert found[0] == found[1]
    assert "T1" in tied(open_store(store).case)
    assert "T9" not in tied(open_store(store).case)


@pytest.mark.parametrize("unlisted", [False, True])
def test_another_number_of_an_id_loaded_before_counts_for_the_first_id(unlisted, tmp_path):
    """T9 was loaded with …101; of …102 nobody knew whose it is, whichever row is first."""
    before = write_folder(
        tmp_path / "before", identifiers="identifier_id,kind,value\nT9,phone,0900000101\n"
    )
    (tmp_path / "calls.csv").write_text(TABLES["calls_may"])
    calls, rows = [tmp_path / "calls.csv"], ["T9,phone,+84900000102", "T1,phone,+84 900 000 102"]
    found = []
    for name, listed in (("forth", rows), ("back", rows[::-1])):
        now = write_folder(
            tmp_path / name, identifiers="\n".join(["identifier_id,kind,value", *listed, ""])
        )
        store, list_now = tmp_path / f"{name}.ringmap", [now / "identifiers.csv"]
        first = [before / "identifiers.csv"]
        for sources in [first, calls, list_now] if unlisted else [first, list_now, calls]:
            load_sources(sources, store, loaded_at="2026")
        found.append(canonical(open_store(store).case))

    assert found[0] == found[1]
    assert {"T1", "T9"} <= tied(open_store(store).case)


def test_calls_go_on_counting_for_the_id_that_was_loaded_before(tmp_path):
    """A list that comes later gives the number another id, which is before it by the alphabet."""
    store = tmp_path / "s.ringmap"
    (tmp_path / "calls.csv").write_text(TABLES["calls_may"])
    for name in ("T9", "T1"):
        one = write_folder(
            tmp_path / name, identifiers=f"identifier_id,kind,value\n{name},phone,0900000101\n"
        )
        loaded = load_sources([one / "identifiers.csv"], store, loaded_at="2026")
        if name == "T9":
            load_sources([tmp_path / "calls.csv"], store, loaded_at="2026")
    (problem,) = loaded.receipt.files[0].problems

    assert problem.reason == "the number of another identifier (T9)"
    assert {"T1", "T9"} & tied(open_store(store).case) == {"T9"}

    (tmp_path / "june.csv").write_text(TABLES["calls_may"].replace("2019-05", "2019-06"))
    load_sources([tmp_path / "june.csv"], store, loaded_at="2026")

    assert {"T1", "T9"} & tied(open_store(store).case) == {"T9"}


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


def test_who_is_named_by_a_second_tie_is_not_listed_by_that(tmp_path):
    """X stays open to the table that lists it, whatever it is, as when all come at once."""
    first = write_folder(tmp_path / "first", ties="source,target\nA,X\n")
    second = write_folder(tmp_path / "second", ties="source,target\nB,X\n")
    bars = write_folder(tmp_path / "bars", organisations="organisation_id,name\nX,Bar Mimosa\n")
    store = tmp_path / "s.ringmap"
    for folder in (first, second, bars):
        load_sources([folder], store, loaded_at="2026")
    parties = open_store(store).case.parties

    assert parties[["party", "type", "label_is_id"]].to_numpy().tolist() == [
        ["A", "person", True],
        ["B", "person", True],
        ["X", "organisation", False],
    ]


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


def test_a_load_that_gives_an_id_to_another_type_says_so(tmp_path):
    """Ties that were loaded are not taken from whom they were of; what is read at once refuses."""
    store = tmp_path / "s.ringmap"
    folder = write_folder(
        tmp_path / "folder", people="person_id,name\nA,An\nX,Xa\n", ties="source,target\nA,X\n",
        organisations="organisation_id,name\nO,Bar\nX,Bar Mimosa\n",
    )  # fmt: skip
    load_sources([folder / "people.csv", folder / "ties.csv"], store, loaded_at="2026")
    loaded, again = (
        load_sources([folder / "organisations.csv"], store, loaded_at="2026") for _ in range(2)
    )
    (told,) = loaded.receipt.files[0].problems
    case = open_store(store).case

    assert (told.row, told.column, told.value, told.severity) == (
        2,
        "organisation_id",
        "X",
        "warning",
    )
    assert told.reason == "a party of another type that was loaded before has this id (person)"
    assert told.hint == (
        "kept as two, and ties loaded before stay as they are; in ties write the type before the "
        "id from now on, as in organisation:…"
    )
    assert again.receipt.files[0].problems == []
    assert case.parties["party"].iloc[case.ties["target"]].tolist() == ["person:X"]


def test_an_organisation_that_ties_named_before_is_not_told_of(tmp_path):
    """A mention is of no type: that it was an organisation is no other meaning."""
    store = tmp_path / "s.ringmap"
    folder = write_folder(
        tmp_path / "folder", ties="source,target\nA,X\n",
        organisations="organisation_id,name\nX,Bar\n", people="person_id,name\nX,Xa\n",
    )  # fmt: skip
    told = [
        load_sources([folder / f"{name}.csv"], store, loaded_at="2026").receipt.files[0].problems
        for name in ("ties", "organisations", "people")
    ]

    assert told[:2] == [[], []]
    assert [problem.reason for problem in told[2]] == [
        "a party of another type that was loaded before has this id (organisation)"
    ]


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
