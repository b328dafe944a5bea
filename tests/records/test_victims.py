"""Whoever a record calls a victim is protected, whatever column says so."""

import json

import networkx as nx
import pytest

from ringmap.model import is_of_victims, names_a_victim, part_of_heading
from ringmap.records import read
from rings import problems, read_file, said_of, ties_of, value_of

SAID = ["Victim", "victims", "nạn nhân", "NẠN NHÂN", "Víctima", "受害人", "เหยื่อ", "Person;Victim",
        ":Person:Victim", "Person (Victim)", '["Person", "victim"]', "female victim", "Victim no 3",
        "nạn nhân nữ", "victim of trafficking"]  # fmt: skip
NOT_SAID = ["not a victim", "Không phải nạn nhân", "friend of the victim", "victim's mother",
            "recruiter of victims", "cô dâu", "bottom", "sells victims", "Vĩnh Tím"]  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_a_cell_may_call_somebody_a_victim(text):
    """Alone, or as one of the things that a cell lists."""
    assert names_a_victim(text)


@pytest.mark.parametrize("text", NOT_SAID)
def test_a_cell_may_speak_of_a_victim_who_is_somebody_else(text):
    """Who is tied to a victim, or is said to be none."""
    assert not names_a_victim(text)


@pytest.mark.parametrize(
    "heading",
    ["Nạn nhân", "Tên nạn nhân", "Họ và tên nạn nhân", "Victim name", "Name of the victim",
     "Victim(s)", "is_victim", "受害人姓名", "Nombre de la víctima", "Bị hại", "ผู้เสียหาย",
     "Victim1", "Victim #2", "受害人1", "Víctimas", "Survivor name", "Victim/Survivor",
     "Agraviada"],
)  # fmt: skip
def test_headings_below_which_victims_stand(heading):
    """With and without the word for a name."""
    assert is_of_victims(heading)


@pytest.mark.parametrize(
    ("heading", "part"),
    [("Đối tượng", "doi tuong"), ("Offender names", "offender"), ("Số nạn nhân", None),
     ("Age of victim", None), ("Họ tên", None), ("role", None), ("Suspects", "suspects"),
     ("Nombre del acusado", "acusado"), ("犯罪嫌疑人", "犯罪嫌疑人"), ("Bị can 1", "bi can"),
     ("Victim/Suspect", None)],
)  # fmt: skip
def test_other_headings(heading, part):
    """Of offenders, of numbers, of what is told of somebody."""
    assert (part_of_heading(heading), is_of_victims(heading)) == (part, False)


@pytest.mark.parametrize(
    "heading",
    ["Policía", "Bảo vệ", "Liên lạc", "Hỗ trợ", "Chuyển tiền", "Vận chuyển", "Landlord", "Employer",
     "Client", "Driver", "Official", "Head"],
)  # fmt: skip
def test_nobody_is_accused_by_a_heading_of_deeds_or_of_helpers(heading, tmp_path):
    """A policeman, a telephone and a sum stand below such headings, too."""
    case = read_file(tmp_path, "s.csv", f"case_id,Victim,{heading},Suspect\nK,An,Ha Binh,Ly\n").case
    people = case.parties[case.parties["type"] == "person"]

    assert part_of_heading(heading) is None
    assert dict(zip(people["name"], people["side"], strict=True)) == {
        "An": "victim", "Ly": "offender",
    }  # fmt: skip


def graphml(folder):
    """Nodes with an attribute that no table of ringmap has."""
    graph = nx.Graph([("a", "b")])
    graph.nodes["a"]["category"], graph.nodes["b"]["category"] = "nạn nhân", "đối tượng"
    nx.write_graphml(graph, folder / "g.graphml")
    return folder / "g.graphml"


def nodes_beside_edges(folder):
    """An edge list, and the types of its ends."""
    (folder / "edges.csv").write_text("source,target\na,b\n")
    (folder / "nodes.csv").write_text("id,label,type\na,Đào,victim\nb,Sùng,offender\n", "utf-8")
    return folder


def written(name, text):
    """A file of one form."""

    def write(folder):
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return write


FORMS = {
    "graphml": graphml,
    "nodes beside edges": nodes_beside_edges,
    "labels of nodes": written("n.csv", "id,labels,name\na,Person;Victim,Đào\nb,Suspect,S\n"),
    "i2": written(
        "i.csv", "Entity 1 Type,Entity 1 ID,Link Type,Entity 2 Type,Entity 2 ID\n"
        "Victim,a,Met,Person,b\n",
    ),
    "topics": written("f.json", "".join(
        json.dumps({"id": one, "schema": "Person", "properties": {"topics": [topic]}}) + "\n"
        for one, topic in (("a", "victim"), ("b", "crime.traffick"))
    )),
    "a mark": written("s.csv", "case_id,person_id,person,is_victim\nK,a,Đào,x\nK,b,Sùng,no\n"),
    "a kind": written("s.csv", "case_id,person_id,person,type\nK,a,Đào,Victim\nK,b,S,Suspect\n"),
    "a note": written("people.csv", 'person_id,role,note\na,,"nạn nhân, 14"\nb,driver,victim\n'),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_whoever_any_column_calls_a_victim_is_protected(form, tmp_path):
    """And nobody else is."""
    case = read(FORMS[form](tmp_path)).case

    assert value_of(case, "a", "side") == "victim"
    assert value_of(case, "b", "side") not in ("victim", "both")


def test_a_remark_about_a_victim_makes_none_of_an_offender(tmp_path):
    """Where a role says who somebody is; without one, the remark is taken to be about him."""
    text = (
        "case_id,person,role,Further remarks\nK,Sùng,recruiter,Victim: see K2\n"
        "K,Páo,driver,Type: Victim\nK,Đào,,Victim: see K2\nK,Ly,driver,Victim: yes\n"
    )
    people = read_file(tmp_path, "s.csv", text).case.parties.query("type == 'person'")

    assert dict(zip(people["name"], people["side"], strict=True)) == {
        "Sùng": "offender", "Páo": "both", "Đào": "victim", "Ly": "both",
    }  # fmt: skip


BY_COLUMN = """Mã vụ án,Ngày,Nạn nhân,Tuổi,Đối tượng,Năm sinh,Ghi chú
V1,03/05/2019,Lò Thị Đào,14,Vàng A Sùng,1980,gặp ở chợ
V2,04/06/2019,Mai Ly; Hoa Ban,15; 16,Vàng A Sùng,1980,
V3,,không rõ,,,,
"""


def test_a_sheet_may_name_victims_and_suspects_in_columns_of_their_own(tmp_path):
    """Two victims in one cell; what stands right of a column is told of those in it."""
    result = read_file(tmp_path, "s.csv", BY_COLUMN)
    case = result.case
    people = case.parties[case.parties["type"] == "person"].set_index("name")
    roles = case.roles.assign(name=case.parties["name"].to_numpy()[case.roles["person"]])

    assert people["side"].to_dict() == {
        "Lò Thị Đào": "victim", "Mai Ly": "victim", "Hoa Ban": "victim", "Vàng A Sùng": "offender",
    }  # fmt: skip
    assert [said_of(case, people["party"][name], "age") for name in ("Mai Ly", "Hoa Ban")] == [
        ["15"], ["16"],
    ]  # fmt: skip
    assert said_of(case, people["party"]["Vàng A Sùng"], "born") == ["1980", "1980"]
    assert set(roles["first"].dropna()) == {"2019-05-03", "2019-06-04"}
    assert (result.receipt.rows_used, result.receipt.rows_refused) == (2, 1)
    assert [(one.severity, one.row, one.reason) for one in problems(result)] == [
        ("warning", None, "people are named under 'Nạn nhân', 'Đối tượng'; what stands right of "
         "each is told of them, and what the row tells of its case of all"),
        ("warning", 2, "the same name as in another case, taken for the same person"),
        ("warning", 3, "this names nobody"),
        ("refused", 3, "nobody is named in this row"),
    ]  # fmt: skip


def test_names_may_stand_in_a_list_with_dashes_or_numbers(tmp_path):
    """The dash and the number are no part of a name."""
    text = 'case_id,Victim,Suspect\nK,1. Lò Thị Đào 2. Hoa Ban,"- Vàng A Sùng\n- Páo"\n'
    people = read_file(tmp_path, "s.csv", text).case.parties.query("type == 'person'")

    assert set(people["name"]) == {"Lò Thị Đào", "Hoa Ban", "Vàng A Sùng", "Páo"}


@pytest.mark.parametrize("cell", ["2 nạn nhân", "3 girls", "N/A", "TBC", "không có"])
def test_nobody_is_made_of_a_number_of_people_or_of_none(cell, tmp_path):
    """It is told, and who else is named in the row is read."""
    result = read_file(tmp_path, "s.csv", f"case_id,Victim,Suspect\nK,{cell},Ly\nK,An,Ly\n")

    assert set(result.case.parties.query("type == 'person'")["name"]) == {"An", "Ly"}
    assert "this names nobody" in {one.reason for one in problems(result)}


@pytest.mark.parametrize(
    ("cell", "is_told"),
    [("An Vang, Mai Ly", True), ("An và Ly", True),
     ("An Vang/Mai Ly", True), ("Smith, Jane", False),
     ("An Vang; Mai Ly", False)],
)  # fmt: skip
def test_one_person_of_what_may_be_several_is_told(cell, is_told, tmp_path):
    """A comma parts names, and the parts of one name."""
    result = read_file(tmp_path, "s.csv", f'case_id,Victim,Suspect\nK,"{cell}",Ly\n')
    told = {one.reason for one in problems(result)}

    assert ("one person is made of what may be several" in told) == is_told


def test_each_column_of_people_has_its_own_columns(tmp_path):
    """Two births, each right of whose it is; an age that names whose; and nobody to tell it of."""
    text = (
        "case_id,Nạn nhân,Năm sinh,Đối tượng,Năm sinh,Tuổi nạn nhân\n"
        "V1,Lò Thị Đào,2005,Vàng A Sùng,1980,14\nV2,,2006,Lý A Pao,1981,\n"
    )
    result = read_file(tmp_path, "s.csv", text)
    ids = result.case.parties.set_index("name")["party"]
    told = {
        (name, column): said_of(result.case, ids[name], column)
        for name in ("Lò Thị Đào", "Vàng A Sùng", "Lý A Pao")
        for column in ("born", "age")
    }

    assert {key: values for key, values in told.items() if values} == {
        ("Lò Thị Đào", "born"): ["2005"], ("Lò Thị Đào", "age"): ["14"],
        ("Vàng A Sùng", "born"): ["1980"], ("Lý A Pao", "born"): ["1981"],
    }  # fmt: skip
    (lost,) = (one for one in problems(result) if one.value == "2006")
    assert (lost.row, lost.column) == (2, "Năm sinh")
    assert lost.reason == "nobody is named under 'Nạn nhân', of whom this is told"


def test_one_text_for_several_people_is_kept_with_each_as_written(tmp_path):
    """Whose of two the one telephone is, the row does not say."""
    text = "case_id,Victim,phone\nK,An; Ba,0900000101\nK,Cy,0900000102\n"
    case = read_file(tmp_path, "s.csv", text).case
    ids = case.parties.set_index("name")["party"]

    assert [(source, target) for source, target, kind, _ in ties_of(case) if kind == "uses"] == [
        (ids["Cy"], ids["0900000102"])
    ]
    assert [said_of(case, ids[name], "phone (of all in the cell)") for name in ("An", "Ba")] == [
        ["0900000101"], ["0900000101"],
    ]  # fmt: skip


@pytest.mark.parametrize("cells", [("2", "0"), ("yes", "no"), ("x", "")])
def test_how_many_victims_there_are_names_nobody(cells, tmp_path):
    """A sheet with a row per person, as before."""
    text = f"case_id,person,victims\nK,An,{cells[0]}\nK,Ba,{cells[1]}\n"
    case = read_file(tmp_path, "s.csv", text).case
    named = case.parties[case.parties["type"] == "person"]["name"]

    assert sorted(named) == ["An", "Ba"]


def test_corrected_rows_of_such_a_sheet_complete_the_case(tmp_path):
    """The row that named nobody names somebody now: the same people as if all were read at once."""
    corrected = BY_COLUMN.replace("V3,,không rõ", "V3,,Tẩn Sua")
    headings, *_, last = corrected.splitlines()
    whole = read_file(tmp_path, "s.csv", corrected).case
    rest = read_file(tmp_path, "t.csv", f"{headings}\n{last}\n")

    assert rest.receipt.rows_used == 1
    assert set(rest.case.parties["party"]) <= set(whole.parties["party"])
