"""Refused rows come back as a table; once corrected and loaded, the case is whole."""

import csv
import io

import pytest

from ringmap.records import read
from ringmap.store import open_store
from ringmap.workflow import Reading, load_sources, write_rejected
from rings import canonical, read_file, read_folder, said_of, ties_of

PEOPLE = "person_id,name,role\nA,Ann,recruiter\n,Bo,victim\nC,Cy,victim\n"
ORGANISATIONS = "organisation_id,name\nO1,Sao Mai\n"
TIES = "source,target,kind,weight\nA,O1,works_for,1\nA,X,called,2\nC,A,called,-3\n"


@pytest.fixture
def rejects(tmp_path):
    """A folder with one bad person and two bad ties, read; and what was refused of it."""
    result = read_folder(tmp_path / "first", people=PEOPLE, organisations=ORGANISATIONS, ties=TIES)
    write_rejected(result.rejected, tmp_path / "rejects")
    return tmp_path / "rejects"


def rows_of(path):
    """Rows of a CSV file by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_refused_rows_stand_under_their_headings_with_the_reason(rejects):
    """Every cell as it was, then where it was and why it was not used."""
    (person,) = rows_of(rejects / "people.csv")

    assert person == {
        "person_id": "", "name": "Bo", "role": "victim", "ringmap_row": "2", "ringmap_line": "3",
        "ringmap_reason": "person_id: empty 'person_id'; give each row its person_id",
        "ringmap_surplus": "",
    }  # fmt: skip
    assert [tie["ringmap_row"] for tie in rows_of(rejects / "ties.csv")] == ["2", "3"]
    assert sorted(path.name for path in rejects.iterdir()) == ["people.csv", "ties.csv"]


@pytest.mark.parametrize("own", ["ringmap_reason", "RINGMAP_ROW", "Ringmap_Line,ringmap_surplus"])
def test_columns_of_ours_are_passed_over_as_a_clerk_left_them(own, tmp_path):
    """Some deleted, or written large; the guard before a formula goes all the same."""
    text = f"{own},person_id,name\n{'x,' * own.count(',')}1,A,'=1\n"
    case = read_file(tmp_path, "people.csv", text).case

    assert case.parties["name"].tolist() == ["=1"]
    assert said_of(case, "A", "ringmap_row") == said_of(case, "A", "ringmap_reason") == []


def test_only_their_owner_may_read_them(rejects):
    """They are case records like any other."""
    assert rejects.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in rejects.iterdir())


def test_the_corrected_rows_complete_the_case(rejects, tmp_path):
    """The same parties, ties and statements as if the records had been right from the start."""
    store = tmp_path / "case.ringmap"
    load_sources([tmp_path / "first"], store, loaded_at="2026")
    for name, wrong, right in (
        ("people.csv", ",Bo", "B,Bo"), ("ties.csv", "A,X", "A,B"), ("ties.csv", "'-3", "3")
    ):  # fmt: skip
        text = (rejects / name).read_text()
        assert wrong in text
        (rejects / name).write_text(text.replace(wrong, right, 1))
    load_sources([rejects], store, loaded_at="2026")
    whole = read_folder(
        tmp_path / "whole", people=PEOPLE.replace(",Bo", "B,Bo", 1), organisations=ORGANISATIONS,
        ties=TIES.replace("A,X", "A,B").replace("-3", "3"),
    ).case  # fmt: skip

    assert canonical(open_store(store).case) == canonical(whole)


def test_a_tie_alone_finds_its_ends_in_the_store(tmp_path):
    """O1 is the organisation that the store has, and no person of that number."""
    store = tmp_path / "case.ringmap"
    read_folder(tmp_path / "first", people="person_id\nA\n", organisations=ORGANISATIONS)
    load_sources([tmp_path / "first"], store, loaded_at="2026")
    (tmp_path / "ties.csv").write_text("source,target,kind\nA,O1,works_for\n")
    load_sources([tmp_path / "ties.csv"], store, loaded_at="2026")
    parties = open_store(store).case.parties
    types = dict(zip(parties["party"], parties["type"], strict=True))

    assert types == {"A": "person", "O1": "organisation"}


def test_cells_without_a_heading_are_not_lost(tmp_path):
    """A row with too many cells keeps them at its end."""
    result = read_file(tmp_path, "people.csv", "person_id,name\nA,Lo,Thi,Dao\n")
    write_rejected(result.rejected, tmp_path / "r.csv")
    (row,) = rows_of(tmp_path / "r.csv")

    assert (row["name"], row["ringmap_surplus"]) == ("Lo", "Thi | Dao")


def test_cells_left_over_stay_with_their_row_where_there_are_no_headings(tmp_path):
    """The first row is one, too; so the refused row is the third, and it keeps its third cell."""
    result = read_file(tmp_path, "x.csv", "1,2\n2,3\n3,4,note\n4,5\n")
    write_rejected(result.rejected, tmp_path / "r.csv")
    (row,) = rows_of(tmp_path / "r.csv")

    assert (row["ringmap_row"], row["source"], row["ringmap_surplus"]) == ("3", "3", "note")


@pytest.mark.parametrize("cell", ["=1+1", "+84 912", "-x", "@a", "'=x", "''+y"])
def test_no_cell_becomes_a_formula_and_each_is_read_back_as_it_was(cell, tmp_path):
    """An apostrophe keeps a spreadsheet from working it out; reading takes it off again."""
    result = read_file(tmp_path, "people.csv", f"person_id,name\n,{cell}\n")
    (path,) = write_rejected(result.rejected, tmp_path / "r.csv")
    (row,) = rows_of(path)
    path.write_text(path.read_text().replace("\n,", "\nA,", 1))
    case = read(path).case

    assert row["name"] == f"'{cell}"
    assert case.parties["name"].tolist() == [cell]


def test_nothing_is_written_where_nothing_was_refused(tmp_path):
    """No empty file to wonder about."""
    result = read_file(tmp_path, "people.csv", "person_id\nA\n")

    assert write_rejected(result.rejected, tmp_path / "r") == ()
    assert not (tmp_path / "r").exists()


LINKS = (
    "Entity 1 ID,Entity 1 Label,Entity 1 Type,Link Type,Date,Entity 2 ID,Entity 2 Label,"
    "Entity 2 Type\n"
    "P1,Mây,Person,called,2019,P2,Sính,Person\n"
    "P1,Mây,Person,called,2020,,,\n"
    "P3,Pao,Person,called,2021,P1,Mây,Person\n"
)
FIELDS = (
    "PersonId,prs_FirstName,prs_MobilePhone,hte_Type,hte_Date\n"
    "H1,Dợ,0900 000 111,Recruitment,2019\nH2,Sua,---,Transit,2020\n"
)


@pytest.mark.parametrize(
    ("name", "text", "reason", "wrong", "written", "right"),
    [
        (
            "links.csv",
            LINKS,
            "Entity 2 ID + Entity 2 Label: empty 'target'",
            "2020,,,",
            "2020,,,",
            "2020,P4,Hoa,Person",
        ),
        (
            "htcds.csv",
            FIELDS,
            "prs_MobilePhone: empty 'identifier_id'",
            "---",
            "'---",
            "0900 000 112",
        ),
    ],
)
def test_a_row_that_is_used_in_part_can_be_corrected(
    name, text, reason, wrong, written, right, tmp_path
):
    """It counts as used, and what was refused of it completes the case once it is corrected."""
    (tmp_path / name).write_text(text)
    store = tmp_path / "case.ringmap"
    first = load_sources([tmp_path / name], store, loaded_at="2026")
    (path,) = write_rejected(first.rejected, tmp_path / "rejects")
    (rejected,) = rows_of(path)

    receipt = first.receipt
    assert (receipt.rows_read, receipt.rows_used, receipt.rows_refused) == (
        text.count("\n") - 1, text.count("\n") - 1, 0
    )  # fmt: skip
    assert path.name == name
    assert rejected["ringmap_row"] == "2"
    assert rejected["ringmap_reason"].startswith(f"{reason}; what else the row tells is used; ")

    again = load_sources([path], store, loaded_at="2026")
    assert (again.receipt.rows_used, again.added.records_new) == (1, 0)

    assert written in path.read_text()
    path.write_text(path.read_text().replace(written, right, 1))
    completed = load_sources([path], store, loaded_at="2026")
    whole = read_file(tmp_path, name, text.replace(wrong, right, 1))
    assert completed.rejected == ()
    assert canonical(open_store(store).case) == canonical(whole.case)


def test_an_id_made_of_a_row_stays_that_of_the_row_once_refused(tmp_path):
    """Row 2 becomes N2 when it is corrected: N1 is somebody else in the store already."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "files:\n  - file: '*'\n    tables:\n      - table: people\n"
        "        columns: {person_id: {row: N}, name: who}\n"
    )
    (tmp_path / "x.csv").write_text("who,age\nAnn,1\nBo,2,too,many\n")
    store = tmp_path / "case.ringmap"
    how = Reading(mapping=mapping)
    first = load_sources([tmp_path / "x.csv"], store, how, loaded_at="2026")
    (path,) = write_rejected(first.rejected, tmp_path / "r.csv")
    load_sources([path], store, how, loaded_at="2026")
    parties = open_store(store).case.parties

    assert dict(zip(parties["party"], parties["name"], strict=True)) == {"N1": "Ann", "N2": "Bo"}


def test_a_row_added_to_refused_ones_has_its_own_number(tmp_path):
    """Whoever adds a row has no number to write."""
    text = "person_id,name,ringmap_row\n,Bo,7\n,Cy,\n,Di,x\n"
    (rejected,) = read_file(tmp_path, "people.csv", text).rejected
    rows = csv.DictReader(io.StringIO(rejected.text))

    assert [row["ringmap_row"] for row in rows] == ["7", "2", "3"]


def test_a_corrected_row_of_a_matrix_with_a_word_in_its_corner_is_one_of_a_matrix(tmp_path):
    """It was read as a list of two parties, called 1 and 2."""
    (tmp_path / "m.csv").write_text("id,A,B,C\nA,0,1,1\nB,1,0,2\nC,1,x,0\n")
    store = tmp_path / "case.ringmap"
    first = load_sources([tmp_path / "m.csv"], store, loaded_at="2026")
    (path,) = write_rejected(first.rejected, tmp_path / "r.csv")
    path.write_text(path.read_text().replace("x", "2", 1))
    load_sources([path], store, loaded_at="2026")

    assert [(a, b, w) for a, b, _, w in ties_of(open_store(store).case)] == [
        ("A", "B", 1.0), ("A", "C", 1.0), ("B", "C", 2.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "wrong", "right", "told"),
    [
        ("ties.csv", "source,target,first\nA,B,05/13/2019\n,D,03/04/2019\n", "\n,D", "\nA,D",
         {"first": "month first"}),
        ("ties.csv", "source,target,first\nA,B,05/13/2019\nB,C,13/05/2019\n,D,03/04/2019\n",
         "\n,D", "\nA,D", {"first": "unclear"}),
        ("ties.csv", "source;target;weight\nA;B;1,5\n;D;1.234\n", "\n;D", "\nA;D",
         {"weight": ","}),
        ("ties.csv", "source;target;weight\nA;B;1.234,5\nA;D;1e999\n", "1e999", "1.234",
         {"weight": ","}),
        ("ties.csv", "source,target,weight,first\nA,B,0.5,13/05/2019\n,D,2,04/03/2019\n", "\n,D",
         "\nA,D", {}),
        ("m.csv", "id;A;B;C\nA;0;1,5;1\nB;1;0;2\nC;1.234;x;0\n", "x", "2", {"A": ","}),
        ("cdr.csv", "Caller,Called,Start\n0912345678,0987654321,05/13/2019 14:22\n"
         "0933333333,,03/04/2019 14:22\n", ",,03", ",0977777777,03", {"Start": "month first"}),
    ],
)  # fmt: skip
def test_corrected_rows_are_read_as_the_other_rows_of_their_file_show(
    name, text, wrong, right, told, tmp_path
):
    """4 March became 3 April, and 1.234 was one and a bit: nothing was said of either."""
    (tmp_path / name).write_text(text)
    store = tmp_path / "case.ringmap"
    first = load_sources([tmp_path / name], store, loaded_at="2026")
    (path,) = write_rejected(first.rejected, tmp_path / "r.csv")
    (row,) = rows_of(path)
    path.write_text(path.read_text().replace(wrong.replace(";", ","), right.replace(";", ","), 1))
    load_sources([path], store, loaded_at="2026")
    whole = read_file(tmp_path, name, text.replace(wrong, right, 1)).case

    found = {key: word for key, word in row.items() if key.startswith("ringmap_read_as:")}
    assert found == {f"ringmap_read_as:{heading}": word for heading, word in told.items()}
    assert canonical(open_store(store).case) == canonical(whole)


def test_what_a_mapping_makes_is_read_as_the_other_rows_show_too(tmp_path):
    """By the heading of the file, which stands in the file of refused rows."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "files:\n  - file: '*'\n    tables:\n      - table: people\n"
        "        columns: {person_id: who, born: day}\n"
    )
    (tmp_path / "x.csv").write_text("who,day\nAnn,05/13/1990\n,03/04/1991\n")
    store = tmp_path / "case.ringmap"
    how = Reading(mapping=mapping)
    first = load_sources([tmp_path / "x.csv"], store, how, loaded_at="2026")
    (path,) = write_rejected(first.rejected, tmp_path / "r.csv")
    path.write_text(path.read_text().replace("\n,", "\nBo,", 1))
    load_sources([path], store, how, loaded_at="2026")

    assert said_of(open_store(store).case, "Bo", "born") == ["1991-03-04"]
