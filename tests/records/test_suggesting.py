"""A mapping proposed for a sheet as clerks keep it, and the walk from there into a store."""

import csv
import difflib
import io

import openpyxl
import pytest
import yaml

from ringmap.records import read, suggest_mapping
from ringmap.store import open_store
from ringmap.workflow import Reading, load_sources, write_rejected

HEADINGS = ["Số hồ sơ vụ việc", "Họ tên đương sự", "Vai trò trong vụ", "Năm sinh đương sự",
            "SĐT sử dụng", "Ngày bắt giữ", "Người ghi"]  # fmt: skip
ROWS = [
    ["07/HS-2019", "Lò Thị Mây", "chủ mưu", "1985", "0900 000 101", "03/05/2019", "Hoa"],
    ["07/HS-2019", "Vàng A Sính", "lái xe", "1990", "0900 000 102", "31/04/2019", "Hoa"],
    ["", "Tẩn Thị Sua", "nạn nhân", "2001", "", "20/06/2019", "Tuấn"],
]
COLUMNS = {
    "case_id": HEADINGS[0], "person": HEADINGS[1], "role": HEADINGS[2], "date": HEADINGS[5],
    "born": HEADINGS[3], "phone": HEADINGS[4], "note": HEADINGS[6],
}  # fmt: skip
#: What stands above the headings, and the line that these are on then.
ABOVE = {
    "nothing": ([], None),
    "a title": ([["DANH SÁCH ĐỐI TƯỢNG VÀ NẠN NHÂN"]], 2),
    "a merged title": ([["DANH SÁCH ĐỐI TƯỢNG", "", "", "", "", "", ""]], 2),
    "a title and an empty line": ([["Danh sách"], []], 3),
    "two titles": ([["CÔNG AN HUYỆN"], ["Danh sách, năm 2019", "Mật"]], 3),
    "an empty line and a title": ([[], ["Danh sách người bị bắt"], ["Số: 12/BC"]], 4),
}


def make_xlsx(sheets):
    """The bytes of a workbook, as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(path, rows):
    """A CSV file, or a workbook with the sheet Danh sách, by the name of the path."""
    if path.suffix == ".xlsx":
        path.write_bytes(make_xlsx({"Danh sách": rows}))
        return path
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("above", ABOVE)
def test_headings_are_found_below_titles(above, suffix, tmp_path):
    """The line is named where it is not the first, and the table is the sheet."""
    lines, heading_line = ABOVE[above]
    source = write(tmp_path / f"ds.{suffix}", [*lines, HEADINGS, *ROWS])
    (plan,) = yaml.safe_load(suggest_mapping(source))["files"]

    assert plan.get("heading_line") == heading_line
    assert plan["tables"] == [{"table": "sheet", "columns": COLUMNS}]


def test_a_first_row_of_few_cells_is_no_title(tmp_path):
    """Headings stay headings where the rows below have more in them than they."""
    rows = [["Mã vụ án", "Họ tên"], ["V1", "Mây", "x", "y", "z"], ["V2", "Sính", "u", "v", "w"]]
    (plan,) = yaml.safe_load(suggest_mapping(write(tmp_path / "a.csv", rows)))["files"]

    assert "heading_line" not in plan
    assert plan["tables"][0]["columns"] == {"case_id": "Mã vụ án", "person": "Họ tên"}


def test_a_sheet_without_a_case_number_is_still_a_sheet(tmp_path):
    """It is said what is missing; no table of roles is made of it."""
    rows = [row[1:] for row in (HEADINGS, *ROWS)]
    text = suggest_mapping(write(tmp_path / "a.csv", rows))

    assert "      - table: sheet\n" in text
    assert "          # case_id: needed, and no column was found for it\n" in text


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        ("person_id,case_id,role,first,last", "roles"), ("source,target,kind,weight", "ties"),
        ("person_id,name,born,sex,nationality", "people"), ("place_id,name,lat,lon", "places"),
        ("identifier_id,kind,value,holder", "identifiers"),
        ("event_id,from_place,to_place,moved_by", "events"),
    ],
)  # fmt: skip
def test_a_table_of_a_case_folder_is_proposed_as_what_it_is(headings, table, tmp_path):
    """Every heading of it is sure."""
    cells = ",".join("x" for _ in headings.split(","))
    (tmp_path / "a.csv").write_text(f"{headings}\n{cells}\n")
    text = suggest_mapping(tmp_path / "a.csv")
    (plan,) = yaml.safe_load(text)["files"]

    assert plan["tables"][0]["table"] == table
    assert text.count("# sure: the heading") == len(headings.split(","))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("target", ["refused.csv", "refused"])
def test_refused_rows_are_corrected_and_loaded_with_the_proposed_mapping(
    above, suffix, target, tmp_path
):
    """From the proposal to a store with all three people; every step accounts for every row."""
    source = write(tmp_path / f"ds.{suffix}", [*ABOVE[above][0], HEADINGS, *ROWS])
    mapping, store = tmp_path / "m.yaml", tmp_path / "s.ringmap"
    mapping.write_text(suggest_mapping(source), encoding="utf-8")
    result = read(source, mapping=mapping)
    (refused,) = write_rejected(result.rejected, tmp_path / target)
    text = refused.read_text(encoding="utf-8-sig")
    refused.write_text(text.replace("\n,Tẩn", "\n11/HS-2019,Tẩn"), encoding="utf-8-sig")
    again = read(refused, mapping=mapping)
    for one in (source, tmp_path / target):
        load_sources([one], store, Reading(mapping=mapping), loaded_at="2026")

    assert counts(result) == (3, 2, 1)
    assert counts(again) == (1, 1, 0)
    people = open_store(store).case.parties
    assert sorted(people["name"][people["type"] == "person"]) == [
        "Lò Thị Mây", "Tẩn Thị Sua", "Vàng A Sính"
    ]  # fmt: skip


def counts(result):
    """Rows read, used and refused."""
    receipt = result.receipt
    return receipt.rows_read, receipt.rows_used, receipt.rows_refused


def test_refused_rows_of_each_sheet_of_a_workbook_find_their_mapping(tmp_path):
    """A folder of them is read with the mapping that names the sheets, one by one."""
    book = tmp_path / "book.xlsx"
    sheet = {"A": [["số vụ", "tên"], ["V1", "Mây"], ["", "Sính"]],
             "B": [["vụ nào", "ai"], ["V2", "Pao"], ["V3", ""]]}  # fmt: skip
    book.write_bytes(make_xlsx(sheet))
    mapping = tmp_path / "m.yaml"
    plans = [
        {"file": f"book.xlsx#{name}", "tables": [
            {"table": "sheet", "columns": {"case_id": case, "person": person}}]}
        for name, case, person in (("A", "số vụ", "tên"), ("B", "vụ nào", "ai"))
    ]  # fmt: skip
    mapping.write_text(yaml.safe_dump({"files": plans}), encoding="utf-8")
    files = write_rejected(read(book, mapping=mapping).rejected, tmp_path / "refused")
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        text = text.replace("\n,Sính", "\nV1,Sính").replace("\nV3,,", "\nV3,Chớ,")
        path.write_text(text, encoding="utf-8-sig")
    again = read(tmp_path / "refused", mapping=mapping)

    assert [path.name for path in files] == ["book.xlsx#A.csv", "book.xlsx#B.csv"]
    assert counts(again) == (2, 2, 0)


def test_a_mapping_of_several_tables_names_each(tmp_path):
    """Sheets of a workbook under their own names, which refused rows keep."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(make_xlsx({"Tháng 1": [HEADINGS, *ROWS], "Tháng 2": [HEADINGS, *ROWS]}))
    plans = yaml.safe_load(suggest_mapping(book))["files"]

    assert [plan["file"] for plan in plans] == ["book.xlsx#Tháng 1", "book.xlsx#Tháng 2"]


def test_refused_rows_keep_the_form_that_a_mapping_says(tmp_path):
    """Semicolons between cells, and UTF-8 though the file itself is in TCVN3."""
    source = tmp_path / "cu.txt"
    source.write_bytes("vô;tªn\nV1;M©y\n;Sua\n".encode("latin-1"))
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        'files:\n  - file: "cu.txt"\n    encoding: tcvn3\n    delimiter: ";"\n'
        "    tables: [{table: sheet, columns: {case_id: vụ, person: tên}}]\n",
        encoding="utf-8",
    )
    (path,) = write_rejected(read(source, mapping=mapping).rejected, tmp_path / "refused")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("\n;Sua", "\nV2;Sửa"), encoding="utf-8-sig")
    again = read(path, mapping=mapping)

    assert path.name == "cu.txt.csv"
    assert text.startswith("vụ;tên;ringmap_row;")
    assert counts(again) == (1, 1, 0)
    assert "Sửa" in again.case.parties["name"].tolist()


def proposed(tmp_path, text, name="own.csv"):
    """The mapping proposed for a file."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return suggest_mapping(tmp_path / name)


def test_signs_that_cannot_be_seen_are_left_out_of_a_proposed_heading(tmp_path):
    """A mapping may not hold them, so that the proposal could not be read."""
    text = "Case\u200b,\u202ePerson,a\tb\nC1,Ann,x\n"
    mapping = tmp_path / "m.yaml"
    mapping.write_text(proposed(tmp_path, text))
    result = read(tmp_path / "own.csv", mapping=mapping)

    assert "case_id: Case  # sure" in mapping.read_text()
    assert result.receipt.rows_used == 1


def test_in_a_chinese_heading_the_last_word_counts(tmp_path):
    """Name of the suspect, place of the crime."""
    text = proposed(tmp_path, "案件编号,嫌疑人姓名,案发地点\nC1,王小梅,河口\n")

    assert "person: 嫌疑人姓名" in text
    assert "place: 案发地点" in text


def test_a_strength_is_not_proposed_for_words(tmp_path):
    """peso, which is weight, has four letters of person."""
    text = proposed(tmp_path, "source,target,person\nA,B,Ann\n")

    assert "weight" not in text


def test_of_three_hundred_headings_few_are_compared_letter_by_letter(tmp_path, monkeypatch):
    """Each with all of some thousand names took seven seconds."""
    compared = []
    matcher = difflib.SequenceMatcher
    monkeypatch.setattr(
        "difflib.SequenceMatcher", lambda *texts: compared.append(texts) or matcher(*texts)
    )
    headings = ",".join(f"Cột số {number}" for number in range(300))
    proposed(tmp_path, f"{headings}\n" + ",".join(["03/05/2019"] * 300) + "\n")

    assert len(compared) < 300 * 20
