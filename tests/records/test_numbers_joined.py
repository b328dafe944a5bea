"""A number that several tables name is one thing, whoever holds it; calls are of its holder."""

import pytest

from ringmap.records import read
from ringmap.store import open_store
from ringmap.workflow import Asking, Choices, load_sources, rank_brokers
from rings import problems, read_file

PEOPLE = "person_id,name,role\nP1,Mây,organiser\nP2,Sính,transporter\nP3,Pao,recruiter\n"
IDENTIFIERS = (
    "identifier_id,kind,value,holder\nT1,phone,0900 000 101,P1\nT2,phone,0900.000.102,P2\n"
    "T3,phone,0900000103,P3\n"
)
CALLS = (
    "caller,called,start\n0900000101,0900 000 102,03/05/2019\n0900-000-102,0900000103,04/05/2019\n"
)
ASKING = Asking("2026", "tester", "test", "-")


def folder(path, **tables):
    """A folder with tables."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def identifiers_of(case):
    """Ids of identifiers, in order."""
    return case.parties["id"][case.parties["type"] == "identifier"].tolist()


def rows_add_up(result):
    return all(one.rows_read == one.rows_used + one.rows_refused for one in result.receipt.files)


def test_a_list_of_calls_is_of_the_listed_telephones(tmp_path):
    """Without a mapping; what the table says of them stays, and P2 stands between the others."""
    source = folder(tmp_path / "c", people=PEOPLE, identifiers=IDENTIFIERS, calls=CALLS)
    result = read(source)
    ranked = rank_brokers(source, Choices(), ASKING, tell=lambda _: None).findings["brokers"]

    assert problems(result) == []
    assert rows_add_up(result)
    assert identifiers_of(result.case) == ["T1", "T2", "T3"]
    assert result.case.parties["name"].tolist()[-3:] == [
        "0900 000 101", "0900.000.102", "0900000103"
    ]  # fmt: skip
    assert ranked[["party", "betweenness", "degree"]].to_numpy().tolist() == [
        ["P2", 1.0, 2], ["P1", 0.0, 1], ["P3", 0.0, 1]
    ]  # fmt: skip


def test_calls_that_come_later_are_of_the_telephones_of_the_store(tmp_path):
    """The same case as if all had come at once."""
    store = tmp_path / "s.ringmap"
    load_sources(
        [folder(tmp_path / "a", people=PEOPLE, identifiers=IDENTIFIERS)], store, loaded_at="2026"
    )
    load_sources([folder(tmp_path / "b", calls=CALLS)], store, loaded_at="2026")

    case = open_store(store).case
    assert identifiers_of(case) == ["T1", "T2", "T3"]
    assert case.ties["kind"].tolist().count("called") == 2


@pytest.mark.parametrize(("mapping", "telephones"), [(None, 2), ("telephones: {country: VN}", 1)])
def test_a_country_joins_numbers_with_and_without_its_code(mapping, telephones, tmp_path):
    """Only where somebody says it; both ways to write the number are kept."""
    (tmp_path / "m.yaml").write_text(mapping or "telephones: {country: LA}")
    sheet = "case_id,person,phone\nC1,Mây,+84 900 000 101\nC2,Sính,0900 000 101\n"
    result = read(
        folder(tmp_path / "s", sheet=sheet), mapping=tmp_path / "m.yaml" if mapping else None
    )
    told = result.case.statements

    assert len(identifiers_of(result.case)) == telephones
    assert set(told["value"][told["column"] == "value"]) == {"+84 900 000 101", "0900 000 101"}


def test_a_sheet_a_table_and_calls_name_one_telephone(tmp_path):
    """In a folder of the three, the country said in a mapping; two calls are summed."""
    (tmp_path / "m.yaml").write_text(
        "telephones: {country: VN}\nfiles:\n  - file: so.csv\n    tables:\n      - table: sheet\n"
        "        columns: {case_id: vụ, person: tên, phone: máy}\n"
    )
    source = folder(
        tmp_path / "f", so="vụ,tên,máy\nC1,Lan,+84900000101\n", people=PEOPLE,
        identifiers=IDENTIFIERS,
        calls="caller,called,start\n+84900000101,0900000102,2019\n0084900000101,84900000102,2019\n",
    )  # fmt: skip
    result = read(source, mapping=tmp_path / "m.yaml")
    called = result.case.ties[result.case.ties["kind"] == "called"]

    assert rows_add_up(result)
    assert identifiers_of(result.case) == ["T1", "T2", "T3"]
    assert called["weight"].tolist() == [2.0]
    assert sorted(result.case.ties["kind"]) == ["called", "named_in", *["uses"] * 4]


def test_two_ids_of_one_number_are_told(tmp_path):
    """Both are kept; calls count for the first."""
    table = f"{IDENTIFIERS}T9,phone,0900 000 101,P3\n"
    result = read(folder(tmp_path / "f", people=PEOPLE, identifiers=table, calls=CALLS))
    (problem,) = problems(result)
    called = result.case.ties[result.case.ties["kind"] == "called"]
    ids = result.case.parties["id"].tolist()

    assert (problem.severity, problem.row, problem.column) == ("warning", 4, "value")
    assert problem.reason == "the number of another identifier (T1)"
    assert {ids[place] for place in called["source"]} == {"T1", "T2"}


def test_a_sheet_and_a_list_of_calls_are_both_read(tmp_path):
    """Side by side or in one folder, neither refuses the other."""
    sheet = "case_id,person,phone\nC1,Mây,0900 000 101\nC1,Sính,0900 000 102\n"
    result = read(folder(tmp_path / "f", so=sheet, calls=CALLS))

    assert [(file.file, file.rows_used) for file in result.receipt.files] == [
        ("calls.csv", 2), ("so.csv", 2)
    ]  # fmt: skip
    assert len(identifiers_of(result.case)) == 3


def test_the_same_number_of_an_account_is_no_telephone(tmp_path):
    """Kinds stay apart."""
    table = "identifier_id,kind,value\nB1,bank_account,0900000101\n"
    result = read(folder(tmp_path / "f", identifiers=table, calls=CALLS))

    assert len(identifiers_of(result.case)) == 4
    assert read_file(tmp_path, "x.csv", CALLS).receipt.rows_used == 2
