"""Victims whom a column of victims names are hidden, listed as people or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.case_folders import is_read_in, texts_in
from ringmap.disclosure import clear
from ringmap.disclosure.named_victims import note_without_victims
from ringmap.graph import build_graph
from ringmap.model import Case
from rings import read_folder

NAMED = ("Lò Thị Đào", "Mai Thị Ly", "Hoa Ban Trắng", "Tẩn Thị Sua", "Giàng Mỷ")


def named(folder: Path) -> Case:
    """Lò Thị Đào is a person without a role; the others are listed nowhere."""
    return read_folder(
        folder,
        people="person_id,name,role,Tên nạn nhân\nP1,Vàng A Sùng,recruiter,Lò Thị Đào; Mai Thị Ly\n"
        "P2,Lò Thị Đào,,\nP3,Lý A Pao,driver,2\n",
        cases="case_id,title,Victim names\nK1,Mai Thị Ly in Sa Pa,Hoa Ban Trắng\n",
        ties="source,target,kind,case_id,Nạn nhân,Khác\n"
        "P1,P3,met,K1,Tẩn Thị Sua; Giàng Mỷ,ở nhà Tẩn Thị Sua\nP1,P2,met,K1,,\n",
    ).case


def test_whom_a_column_of_victims_names_is_hidden_everywhere(tmp_path: Path) -> None:
    """In that column, in notes, in titles; a number of victims stays, and so does the suspect."""
    cleared = clear(named(tmp_path), key="k").case
    texts = list(texts_in(cleared))

    assert [name for name in NAMED if any(is_read_in(name, text) for text in texts)] == []
    assert "Vàng A Sùng" in texts
    code = cleared.parties.loc[cleared.parties["party"].str.startswith("Victim"), "party"].item()
    told = cleared.statements.set_index("column")["value"]
    assert sorted(told["Tên nạn nhân"]) == ["2", f"{code}; a victim"]
    assert told["Victim names"] == "a victim"
    assert told["title"] == "a victim in Sa Pa"
    assert cleared.tie_records["note"].dropna().tolist() == [
        "Nạn nhân: a victim; a victim; Khác: ở nhà a victim"
    ]


@pytest.mark.parametrize(
    ("cells", "protected"), [("yn", "P1"), ("01", "P2"), ("13", ""), ("02", "")]
)
def test_a_mark_below_such_a_heading_protects_and_a_number_does_not(
    cells: str, protected: str, tmp_path: Path
) -> None:
    """Where there are larger numbers, a 1 is how many victims, too."""
    people = f"person_id,name,victims\nP1,Vàng A Sùng,{cells[0]}\nP2,Lý A Pao,{cells[1]}\n"
    case = read_folder(tmp_path, people=people, ties="source,target\nP1,P2\n").case
    cleared = clear(case, key="k").case

    assert set(cleared.parties["party"]) & {"P1", "P2"} == {"P1", "P2"} - {protected}
    if not protected:
        assert sorted(cleared.statements.query("column == 'victims'")["value"]) == sorted(cells)


@pytest.mark.parametrize(
    ("heading", "cell", "shown"),
    [
        ("SĐT nạn nhân", "0912 345 678", "withheld"), ("Victim village", "Nậm Tà", "withheld"),
        ("Victim province", "Lào Cai", "Lào Cai"), ("Victim age", "14", "14"),
        ("Victim outcome", "rescued", "rescued"), ("Victim surname", "Giàng", "a victim"),
        ("Mã nạn nhân", "NN-7", "a victim"), ("Victim 2", "Mai Thị Ly", "a victim"),
        ("Nạn nhân khai", "bị Sùng đón ở chợ", "withheld"), ("Victim supported", "Có", "Có"),
        ("Victim name", "Sĩ", "a victim"),
    ],
)  # fmt: skip
def test_what_else_is_told_of_victims_whom_nobody_lists(
    heading: str, cell: str, shown: str, tmp_path: Path
) -> None:
    """In a column of a suspect, and in the note of a tie."""
    case = read_folder(
        tmp_path, people=f"person_id,name,{heading}\nP1,Vàng A Lử,{cell}\nP9,Lý Pao,\n",
        ties=f"source,target,{heading},Khác\nP1,P9,{cell},xe\n",
    ).case  # fmt: skip
    cleared = clear(case, key="k").case

    assert cleared.statements.query("column == @heading")["value"].tolist() == [shown]
    assert cleared.tie_records["note"].tolist() == [f"{heading}: {shown}; Khác: xe"]


@pytest.mark.parametrize("name", ["Case", "Country", "Victim", "First"])
def test_somebody_may_be_called_like_a_heading(name: str, tmp_path: Path) -> None:
    """Tables lost the column; reports and maps ended in a KeyError."""
    case = read_folder(
        tmp_path, people=f"person_id,name,role\nP1,Vàng A Lử,recruiter\nP2,{name},victim\n",
        ties="source,target,kind,case_id\nP1,P2,sold,K1\n",
    ).case  # fmt: skip
    graph = build_graph(case)
    cleared = clear(case, key="k", graphs={"whole": graph})

    assert list(cleared.graphs["whole"].ties.columns) == list(graph.ties.columns)
    assert list(cleared.graphs["whole"].parties.columns) == list(graph.parties.columns)


def test_a_note_that_names_victims_after_a_colon_shows_none_of_them(tmp_path: Path) -> None:
    """In a note of a suspect, where another colon takes nothing away."""
    people = (
        "person_id,name,role,note\nP1,Vàng A Sùng,recruiter,Nạn nhân: Hoa Ban; Mai Ly\n"
        "P2,Lý A Pao,driver,He met the victim twice: at a market\n"
    )
    case = read_folder(tmp_path, people=people, ties="source,target\nP1,P2\n").case
    told = clear(case, key="k").case.statements.query("column == 'note'")["value"]

    assert sorted(told) == [
        "He met the victim twice: at a market", "Nạn nhân: a victim; a victim",
    ]  # fmt: skip


def test_a_long_note_of_victims_is_read_in_linear_time() -> None:
    """Three hundred thousand parts of one note: a second, not minutes."""
    note = "Victim: " + "a b; " * 300_000

    assert note_without_victims(note, {}.get).startswith("Victim: a victim; a victim")


def test_a_word_for_any_girl_in_the_place_of_a_name_stays_in_notes(tmp_path: Path) -> None:
    """Written small; a name that is such a word is written large, and hidden."""
    people = (
        "person_id,name,role,note\nP1,girl,victim,\nP2,Lý A Pao,driver,drove the girl to Minor\n"
        "P3,Minor,victim,\n"
    )
    case = read_folder(tmp_path, people=people, ties="source,target\nP1,P2\nP2,P3\n").case
    told = clear(case, key="k").case.statements.query("column == 'note'")["value"].item()

    assert told == "drove the girl to a withheld name"


@pytest.mark.parametrize(
    "cell",
    ["Tẩn Thị Sua; Giàng Thị Mỷ", "1. Tẩn Thị Sua 2. Giàng Thị Mỷ", "Tẩn Thị Sua và Giàng Thị Mỷ",
     "Tẩn Thị Sua, Giàng Thị Mỷ", "Giàng Thị Mỷ (14 tuổi)"],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Nạn nhân", "Khác"])
def test_each_of_several_names_in_a_cell_is_hidden(heading: str, cell: str, tmp_path: Path) -> None:
    """In a column of victims, or as the name of one: whole in other texts, whatever parts them."""
    row = f'P2,"{cell}",victim,' if heading == "Khác" else f'P2,Lý Pao,driver,"{cell}"'
    case = read_folder(
        tmp_path, people=f"person_id,name,role,{heading}\n{row}\n",
        cases="case_id,title\nK1,vụ Giàng Thị Mỷ\n",
    ).case  # fmt: skip
    cleared = clear(case, key="k").case
    (title,) = cleared.statements.query("column == 'title'")["value"]

    assert title in ("vụ a victim", f"vụ {cleared.parties['party'].iloc[-1]}")
