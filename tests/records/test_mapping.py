"""A mapping file: headings of one's own become columns of the model, and nothing is lost."""

import unicodedata

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.errors import SettingsError
from ringmap.records import read, suggest_mapping
from ringmap.records.mapping import parse_mapping
from rings import canonical, only_problem, problems, said_of, ties_of, value_of

SHEET = (
    "Hồ sơ;Họ và tên;Bí danh;Vai;Cùng với;Chỗ ở\n"
    "HS1;Lò Thị Đào;;bị hại;Vàng A Sùng, Giàng A Pó;Sa Pa - Lào Cai\n"
    "HS1;Vàng A Sùng;;cầm đầu;;Bắc Hà - Lào Cai\n"
)
MAPPING = """
files:
  - file: "*.csv"
    tables:
      - table: people
        keep: no
        columns:
          person_id: {id_from: ho va ten, kind: person}
          name: {join: [Họ và tên, Bí danh], with: " / "}
          role: {from: Vai, words: {bị hại: victim}}
          home_province: {from: Chỗ ở, part: 2, at: ["-"]}
          nationality: {fixed: VN}
          case_id: Hồ sơ
        further: {commune: {from: Chỗ ở, part: 1, at: "-"}}
      - table: ties
        split: {Cùng với: [","]}
        columns:
          source: {id_from: Họ và tên, kind: person}
          target: {id_from: Cùng với, kind: person}
          kind: {fixed: met}
      - table: people
        split: {Cùng với: [","]}
        columns:
          person_id: {id_from: Cùng với, kind: person}
          name: Cùng với
"""


def mapped(folder, table, mapping, name="ds.csv"):
    """A table read through a mapping."""
    (folder / name).write_text(table, encoding="utf-8")
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    return read(folder / name, mapping=folder / "m.yaml")


def test_a_row_tells_of_people_and_ties(tmp_path):
    """Joined names, translated words, parts of a cell, fixed values, several people in a cell."""
    result = mapped(tmp_path, SHEET, MAPPING)
    case = result.case
    parties = case.parties[case.parties["type"] == "person"]
    names = dict(zip(parties["party"], parties["name"], strict=True))
    by_name = {name: party for party, name in names.items()}
    ties = {frozenset((names[a], names[b])) for a, b, kind, _ in ties_of(case) if kind == "met"}

    assert problems(result) == []
    assert sorted(by_name) == ["Giàng A Pó", "Lò Thị Đào", "Vàng A Sùng"]
    assert said_of(case, by_name["Lò Thị Đào"], "home_province") == ["Lào Cai"]
    assert said_of(case, by_name["Lò Thị Đào"], "commune") == ["Sa Pa"]
    assert value_of(case, by_name["Lò Thị Đào"], "side") == "victim"
    assert ties == {
        frozenset(("Lò Thị Đào", "Vàng A Sùng")), frozenset(("Lò Thị Đào", "Giàng A Pó"))
    }  # fmt: skip


def test_a_mapping_gives_the_same_case_as_the_folder_it_describes(tmp_path):
    """Renamed headings and a mapping back are as good as the names of the model."""
    people = "person_id,name,role\nA,Ann,recruiter\nB,Bo,victim\n"
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "people.csv").write_text(people)
    renamed = people.replace("person_id,name,role", "x,y,z")
    mapping = "files: [{tables: [{table: people, columns: {person_id: x, name: y, role: z}}]}]"
    result = mapped(tmp_path, renamed, mapping, "people.csv")

    assert canonical(result.case) == canonical(read(tmp_path / "plain").case)


def test_a_heading_that_is_not_there_fails_the_file(tmp_path):
    """With the line of the mapping that names it."""
    problem = only_problem(mapped(tmp_path, SHEET, MAPPING.replace("Bí danh]", "Biệt danh]")))

    assert (problem.severity, problem.column, problem.line) == ("fatal", "Biệt danh", 1)
    assert "m.yaml, line 5" in problem.hint


def test_rows_that_no_table_takes_are_refused(tmp_path):
    """Rows read = rows used + rows refused, whatever the mapping leaves out."""
    table = "kind,a\nperson,A\nship,B\n"
    mapping = """
files:
  - tables:
      - table: people
        where: {kind: [person]}
        columns: {person_id: a}
"""
    result = mapped(tmp_path, table, mapping)
    problem = only_problem(result)

    assert (problem.severity, problem.row, problem.line) == ("refused", 2, 3)
    assert problem.reason == "m.yaml takes nothing from this row"
    assert (result.receipt.rows_read, result.receipt.rows_used) == (2, 1)


def test_a_row_refused_by_one_table_and_used_by_another_is_a_doubt(tmp_path):
    """The person is used, the tie is not; the receipt names the heading of the file."""
    table = "Mã,Gặp\nA,B\nC,\n"
    mapping = """
files:
  - tables:
      - table: people
        columns: {person_id: Mã}
      - table: ties
        columns: {source: Mã, target: Gặp}
"""
    result = mapped(tmp_path, table, mapping)
    found = [(p.severity, p.row, p.column, p.reason.split(" in ")[0]) for p in problems(result)]

    assert found == [
        ("warning", 1, "Gặp", "no such party"), ("warning", 2, "Gặp", "empty 'target'")
    ]  # fmt: skip
    assert result.receipt.rows_refused == 0


def test_columns_that_no_line_names_are_kept(tmp_path):
    """Unless the mapping drops them by name."""
    table = "a,colour,shoe\nA,red,42\n"
    text = "files: [{drop: [shoe], tables: [{table: people, columns: {person_id: a}}]}]"
    case = mapped(tmp_path, table, text).case

    assert said_of(case, "A", "colour") == ["red"]
    assert said_of(case, "A", "shoe") == []


def test_how_a_file_is_cut_can_be_said(tmp_path):
    """Lines above the headings, a delimiter, an encoding, month first, a decimal comma."""
    text = "Công an tỉnh\n\nMã|Sinh\nA|05/03/1999\n"
    (tmp_path / "x.csv").write_bytes(text.encode("utf-16-le"))
    (tmp_path / "m.yaml").write_text(
        'files: [{file: x.csv, delimiter: "|", heading_line: 3, encoding: utf-16-le, '
        "dates: month first, tables: [{table: people, columns: {person_id: Mã, born: Sinh}}]}]"
    )
    result = read(tmp_path / "x.csv", mapping=tmp_path / "m.yaml")

    assert [(p.row, p.line) for p in problems(result)] == []
    assert said_of(result.case, "A", "born") == ["1999-05-03"]


def test_a_file_without_headings_gets_them(tmp_path):
    """Every line is a row then."""
    text = "files: [{headings: [a, b], tables: [{table: ties, columns: {source: a, target: b}}]}]"
    result = mapped(tmp_path, "A,B\nB,C\n", text)

    assert [tie[:2] for tie in ties_of(result.case)] == [("A", "B"), ("B", "C")]
    assert result.case.records["line"].tolist() == [1, 2]


def test_an_empty_cell_is_told_without_a_value(tmp_path):
    """Of several rows it was told as 'nan'."""
    split = "split: {a: [';'], b: [';']}"
    text = f"files: [{{tables: [{{table: people, columns: {{person_id: a, name: b}}, {split}}}]}}]"
    result = mapped(tmp_path, "a,b\nA,x;y\n,z\n", text)

    assert [(one.severity, one.row, one.value) for one in problems(result)] == [
        ("warning", 1, None), ("refused", 2, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("files: []", "line 1, column 8: expected at least one in 'files'"),
        ("files:\n  - tables:\n      - table: peple\n        columns: {person_id: a}",
         "line 3, column 16: expected 'people' (not 'peple')"),
        ("files:\n  - tables:\n      - table: people\n        columns: {perso_id: a}",
         "line 4, column 29: expected 'person_id' (not 'perso_id')"),
        ("files: [{tables: [{table: ties, columns: {source: {from: a, fixed: b}}}]}]",
         "expected one of from, fixed, join, first_of, id_from, row"),
        ("files: [{encoding: utf-9, tables: []}]", "expected"),
        ("files: [{tables: [{table: ties, columns: {source: {from: a, part: 0}}}]}]",
         "expected a number from 1"),
        ("a: &x 1", "no '&' and '*' references"),
        ("files: [{delimiter: ';;', tables: [{table: people, columns: {}}]}]",
         "column 21: expected one sign, such as ';'"),
        ("files: [{delimiter: '\"', tables: [{table: people, columns: {}}]}]",
         "expected one sign, such as ';'"),
        ("files: [{tables: [{table: people, columns: {name: {from: a, part: 1, at: ['']}}}]}]",
         "expected a sign that stands between the pieces"),
        ("files: [{tables: [{table: people, columns: {}, split: {a: ['']}}]}]",
         "expected a sign that stands between the pieces"),
    ],
)  # fmt: skip
def test_a_broken_mapping_is_told_with_its_line(text, told):
    """File, line, column and what was expected."""
    with pytest.raises(SettingsError) as error:
        parse_mapping(text, "m.yaml")

    assert str(error.value).startswith("m.yaml, line")
    assert told in str(error.value)


HEADINGS = {
    "English": ("Case no,Full name,Role,Location,Event date", "recruiter"),
    "Vietnamese": ("Mã vụ án,Họ và tên,Vai trò,Địa điểm,Ngày", "cầm đầu"),
    "Vietnamese without marks": ("ma vu an,ho va ten,vai tro,dia diem,ngay", "cam dau"),
    "Spanish": ("Expediente,Nombre,Papel,Lugar,Fecha", "reclutador"),
    "Chinese": ("案号,姓名,角色,地点,日期", "recruiter"),
    "longer": ("Số vụ án của đơn vị,Họ và tên đối tượng,Vai trò trong vụ,Địa điểm bắt,Ngày bắt",
               "cầm đầu"),
}  # fmt: skip


@pytest.mark.parametrize("language", HEADINGS)
def test_a_mapping_is_proposed_from_headings(language, tmp_path):
    """The proposal is a mapping file: read back, it uses the row with every column."""
    headings, role = HEADINGS[language]
    (tmp_path / "x.csv").write_text(f"{headings}\nC1,Lò Thị Đào,{role},Lào Cai,2019-05\n")
    text = suggest_mapping(tmp_path / "x.csv")
    columns = yaml.safe_load(text)["files"][0]["tables"][0]["columns"]

    assert dict(columns) == dict(
        zip(("case_id", "person", "role", "place", "date"), headings.split(","), strict=True)
    )
    (tmp_path / "m.yaml").write_text(text)
    assert read(tmp_path / "x.csv", mapping=tmp_path / "m.yaml").receipt.rows_used == 1


def test_a_proposal_says_how_sure_it_is(tmp_path):
    """Sure where the heading is known; a number and a reason where it is a guess."""
    (tmp_path / "x.csv").write_text("Mã vụ án,Họ và tên,Vai trò trong vụ\nC1,Ann,cầm đầu\n")
    lines = suggest_mapping(tmp_path / "x.csv").splitlines()

    assert "          case_id: Mã vụ án  # sure: the heading" in lines
    assert "          role: Vai trò trong vụ  # 0.81: like 'vai tro': 100% are known words" in lines


def test_nothing_of_a_proposal_is_applied_in_silence(tmp_path):
    """A sheet that needs a mapping is still refused without one."""
    (tmp_path / "x.csv").write_text("Số vụ án của đơn vị,Họ và tên đối tượng bị bắt\nC1,Ann\n")
    suggest_mapping(tmp_path / "x.csv")

    assert only_problem(read(tmp_path / "x.csv")).severity == "fatal"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
def test_rows_read_are_rows_used_and_rows_refused(tmp_path, rows):
    """Whatever is in the cells and however they are split."""
    quoted = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )
    mapping = """
files:
  - tables:
      - table: people
        split: {b: [";", " "]}
        columns: {person_id: {id_from: b}, name: b}
      - table: ties
        filled: [a]
        columns: {source: a, target: {from: b, part: 1}}
"""
    receipt = mapped(tmp_path, f"a,b\n{quoted}", mapping, "p.csv").receipt

    assert receipt.rows_read == receipt.rows_used + receipt.rows_refused


def test_what_no_line_names_is_kept_for_every_row(tmp_path):
    """Rows that go to different tables, a heading that stands twice, and none at all."""
    table = "type,id,colour,colour,\nperson,A,red,r2,x\nfirm,B,blue,b2,y\n"
    mapping = """
files:
  - tables:
      - table: people
        where: {type: [person]}
        columns: {person_id: id}
      - table: organisations
        where: {type: [firm]}
        columns: {organisation_id: id}
"""
    case = mapped(tmp_path, table, mapping).case
    kept = {
        party: [said_of(case, party, column)
                for column in ("colour", "colour (column 4)", "column 5")]
        for party in ("A", "B")
    }  # fmt: skip

    assert kept == {"A": [["red"], ["r2"], ["x"]], "B": [["blue"], ["b2"], ["y"]]}


@pytest.mark.parametrize(
    ("columns", "kept"),
    [
        ("{person_id: {row: P}, home_place: {id_from: A, kind: place}}", {"A": "x", "B": "y"}),
        ("{person_id: {row: P}, name: {first_of: [A, B]}}", {"B": "y"}),
        ("{person_id: {row: P}, name: {from: A, otherwise: B}}", {"B": "y"}),
        ("{person_id: {row: P}, name: A, role: {from: B, words: {y: recruiter}}}", {"B": "y"}),
        ("{person_id: {row: P}, name: {join: [A, B], words: {x y: Ann}}}", {"A": "x", "B": "y"}),
        ("{person_id: {row: P}, name: {join: [A, B]}}", {}),
        ("{person_id: {id_from: A}, name: A, note: B}", {}),
    ],
)
def test_what_a_column_does_not_say_of_a_cell_is_kept_beside(columns, kept, tmp_path):
    """A text that became an id or another word, or stood second, was lost without a word."""
    mapping = f"files: [{{tables: [{{table: people, columns: {columns}}}]}}]"
    case = mapped(tmp_path, "A,B\nx,y\n", mapping).case
    told = case.statements[case.statements["column"].isin(["A", "B"])]

    assert dict(zip(told["column"], told["value"], strict=True)) == kept


NAMED = "Tên,Bí danh,Cùng\nGiàng Thị Quyên,Quy,Pao\n"
ONLY_IDS = """
files:
- tables:
  - {table: ties, columns: {source: {id_from: Tên}, target: {id_from: Cùng}}}
  - {table: people, columns: {person_id: {id_from: Tên}, role: {fixed: victim}}}
  - {table: people, columns: {person_id: {id_from: Cùng}, name: Cùng}}
"""


def test_a_name_that_becomes_an_id_alone_is_kept_nowhere_and_told(tmp_path):
    """It may be a victim's; in the note of a tie nothing would protect it."""
    result = mapped(tmp_path, NAMED, ONLY_IDS)
    told = [(one.severity, one.row, one.reason, one.hint) for one in problems(result)]

    assert told == [
        (
            "warning", None, "of the texts under 'Tên' an id is made, and no name",
            "write 'name: Tên' into the mapping if they may be shown, or 'drop: [Tên]' if not",
        )
    ]  # fmt: skip
    assert not any("Quyên" in table.to_csv() for table in result.case.tables().values())


def test_what_is_left_of_a_cell_goes_with_the_table_that_takes_from_it(tmp_path):
    """The second name stays with its person, and does not go into the note of a tie."""
    mapping = ONLY_IDS.replace(
        "role: {fixed: victim}", "name: {first_of: [Tên, Bí danh]}, role: {fixed: victim}"
    )
    result = mapped(tmp_path, NAMED, mapping)
    case = result.case

    assert problems(result) == []
    assert case.tie_records["note"].isna().all()
    assert case.statements["value"][case.statements["column"] == "aliases"].tolist() == ["Quy"]


def test_headings_of_a_mapping_stand_in_for_those_of_a_sheet(tmp_path):
    """Headings on two lines, some merged, are passed over; they were taken from the first row."""
    book = openpyxl.Workbook()
    for row in (["Người", None], ["Họ tên", "Sinh"], ["Lý A Pao", 1988], ["Lò Thị Mây", 1985]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "s.xlsx")
    (tmp_path / "m.yaml").write_text(
        "files: [{heading_line: 3, headings: [Tên, Năm], tables: [{table: people, "
        "columns: {person_id: {row: P}, name: Tên, born: Năm}}]}]"
    )
    result = read(tmp_path / "s.xlsx", mapping=tmp_path / "m.yaml")

    assert result.receipt.rows_used == result.receipt.rows_read == 2
    assert result.case.parties["name"].tolist() == ["Lý A Pao", "Lò Thị Mây"]
    assert list(result.receipt.problems()) == []


def test_a_further_column_is_none_that_ringmap_knows_whatever_it_is_called(tmp_path):
    """ "ngày" is the first day of a tie elsewhere, and "peso" its strength."""
    (tmp_path / "t.csv").write_text("X;Y;Z;W\nA;B;03/05/2019;5\n")
    case = read(tmp_path / "t.csv", mapping=parse_mapping(
        "files: [{tables: [{table: ties, columns: {source: X, target: Y}, "
        "further: {ngày: Z, peso: W}}]}]", "m.yaml",
    )).case  # fmt: skip

    assert case.tie_records["note"].tolist() == ["ngày: 03/05/2019; peso: 5"]
    assert case.ties["weight"].isna().all()


@pytest.mark.parametrize("name", ["source", "Case id"])
def test_a_further_column_may_not_have_the_name_of_a_column(name):
    """It took the place of the other: a date became a party."""
    with pytest.raises(
        SettingsError, match=f"name of your own, where '{name}' is a column of ties"
    ):
        parse_mapping(
            "files: [{tables: [{table: ties, columns: {source: X, target: Y}, "
            f"further: {{{name}: Z}}}}]}}]", "m.yaml",
        )  # fmt: skip


@pytest.mark.parametrize("way", ["join", "first_of", "id_from", "from"])
def test_a_column_comes_from_at_least_one_cell(way):
    """An empty list gave an empty column without a word."""
    with pytest.raises(SettingsError, match="expected at least one"):
        parse_mapping(
            f"files: [{{tables: [{{table: people, columns: {{person_id: {{{way}: []}}}}}}]}}]", "m"
        )


def test_a_mapping_that_is_not_used_and_a_column_that_cannot_be_dropped_are_told(tmp_path):
    """A name that was not to be kept was kept, for a slip of the pen."""
    (tmp_path / "t.csv").write_text("source,target,secret\nA,B,Ann\n")
    table = "tables: [{table: ties, columns: {source: source, target: target}}]"
    unused = read(tmp_path / "t.csv", mapping=parse_mapping(
        f"files: [{{file: u.csv, {table}}}]", "m.yaml"))  # fmt: skip
    kept = read(tmp_path / "t.csv", mapping=parse_mapping(
        f"files: [{{drop: [secrets], {table}}}]", "m.yaml"))  # fmt: skip

    assert only_problem(unused).reason == (
        "m.yaml is not used: it speaks of u.csv, and of no file that is read"
    )
    assert only_problem(kept).reason == (
        "no column 'secrets' to drop among the headings source, target, secret"
    )


@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_a_mapping_fits_a_file_whose_name_has_other_signs_for_its_marks(written, tmp_path):
    """A name from a Mac has each mark behind its letter, and looks the same."""
    other = {"NFC": "NFD", "NFD": "NFC"}[written]
    pattern = unicodedata.normalize(written, "Vụ án.csv")
    (tmp_path / "m.yaml").write_text(
        f"files:\n  - file: {pattern}\n    tables:\n      - table: people\n"
        "        columns: {person_id: mã, name: tên}\n"
    )
    path = tmp_path / unicodedata.normalize(other, "Vụ án.csv")
    path.write_text("mã,tên\nP1,Mây\n")
    result = read(path, mapping=tmp_path / "m.yaml")

    assert problems(result) == []
    assert result.case.parties["name"].tolist() == ["Mây"]
