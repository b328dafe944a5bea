"""Rings are called by place and purpose, and never by a person, a home or a case."""

from __future__ import annotations

import pandas as pd
import pytest

from ringmap.analysis import describe_rings
from ringmap.disclosure import clear, list_hidden
from ringmap.graph import build_graph, graph_from_ties
from rings import read_folder

PEOPLE = "person_id,name,role,home_place\n" + "".join(
    f"P{at},{name},{role},{home}\n"
    for at, name, role, home in (
        (1, "Vàng A Lử", "recruiter", ""), (2, "Tẩn Lềnh", "transporter", ""),
        (3, "Giàng Thị Mẩy", "victim", "L7"), (4, "Lý Sìn", "organiser", ""),
        (5, "Phàn Tả", "guide", ""), (6, "Sùng Thị Chở", "victim", "L5"),
    )
)  # fmt: skip
PLACES = """place_id,name,kind,province,country
L1,Bản Vược,border_gate,Lào Cai,VN
L2,Lối mòn nhà Mẩy,unofficial_crossing,Lào Cai,VN
L3,Hekou,town,Yunnan,CN
L4,Cửa khẩu Lý Sìn,border_gate,Lào Cai,VN
L5,Mường Khương,town,Lào Cai,VN
L6,Nhà chị Hoa,buyers_home,Yunnan,CN
L7,Bản Nậm Tà,home_village,Lào Cai,VN
"""
CASES = """case_id,title,purpose,province,country
C1,Vụ án Giàng Thị Mẩy,forced_marriage,Lào Cai,VN
C2,Vụ thứ hai,forced_marriage;sexual_exploitation,Lào Cai,VN
"""
TIES = """source,target,kind,case_id,first
P1,P2,co_accused,C1,2018
P2,P3,transported,C1,2018-05
P1,P3,recruited,C1,2018
P4,P5,co_accused,C2,2020
P5,P6,guided,C2,2020-02
P4,P6,recruited,C2,2020
P6,L5,lived_at,C2,
"""
LEGS = ("event_id,kind,case_id,date,from_place,to_place,crossing,person_id,moved_by,stage\n"
        "{rows}")  # fmt: skip
RINGS = pd.DataFrame(
    [(f"P{at}", ring, 1.0) for ring, some in (("R1", (1, 2, 3)), ("R2", (4, 5, 6))) for at in some],
    columns=["party", "ring", "share"],
)  # fmt: skip


def case_with(folder, *legs):
    """The small case with legs given as ``from,to,crossing,person,mover,stage``."""
    rows = []
    for at, leg in enumerate(legs):
        start, end, crossing, person, mover, stage = leg.split(",")
        case = "C1" if person in ("P1", "P2", "P3") else "C2"
        rows.append(f"E{at},transported,{case},2018-06,{start},{end},{crossing},{person},{mover},"
                    f"{stage}\n")  # fmt: skip
    return read_folder(folder, people=PEOPLE, places=PLACES, cases=CASES, ties=TIES,
                       legs=LEGS.format(rows="".join(rows))).case  # fmt: skip


def described(case):
    """The rows of both rings, by ring."""
    table = describe_rings(build_graph(case), RINGS, unnamed=list_hidden(case))
    return table.set_index("ring")


def test_a_ring_is_called_by_way_gate_and_purpose(tmp_path):
    """Two journeys by Bản Vược, one by the trail, one way home, which does not count."""
    table = described(case_with(tmp_path, "L5,L3,L1,P3,P2,crossing", "L5,L3,L1,P3,P1,crossing",
                                "L5,L3,L2,P3,P2,crossing", "L3,L5,L4,P3,,return"))  # fmt: skip
    row = table.loc["R1"]

    assert row["name"] == "VN → CN by Bản Vược gate, forced marriage"
    assert row["name_vi"] == "VN → CN qua cửa khẩu Bản Vược, cưỡng ép kết hôn"
    assert row[["members", "accused", "victims"]].tolist() == [3, 2, 1]
    assert row["cases"] == ("C1",)
    assert row["gates"] == ("L1",)
    assert row["countries"] == ("CN", "VN")
    assert row["provinces"] == ("Lào Cai", "Yunnan")
    assert row["purposes"] == ("forced_marriage",)
    assert (row["first"], row["last"]) == ("2018", "2018")
    assert row["because"] == (
        "3 of its 3 legs over a border lead from Viet Nam to China; 2 of the 3 crossings recorded"
        " for these are at that gate; the purpose is that of 1 of its 1 case"
    )
    assert "3 trong 3 chặng" in row["because_vi"]
    assert len(row["records"]) >= 7


@pytest.mark.parametrize(
    ("leg", "name"),
    [
        ("L5,L3,L2,P3,P2,crossing",
         "VN → CN by an unofficial crossing in Lào Cai, forced marriage"),
        ("L5,L3,,P3,P2,crossing", "VN → CN to Hekou, forced marriage"),
        ("L5,L6,,P3,P2,crossing", "VN → CN, forced marriage"),
        ("L5,L3,L4,P3,P2,crossing", "VN → CN to Hekou, forced marriage"),
        ("L3,L5,,P3,P2,crossing", "CN → VN, forced marriage"),
    ],
)  # fmt: skip
def test_what_may_not_be_named_is_left_out(tmp_path, leg, name):
    """A trail, a buyer's home, a gate called after a person, the town where a victim lived."""
    assert described(case_with(tmp_path, leg))["name"]["R1"] == name


def test_rings_without_journeys_are_called_by_country_or_province(tmp_path):
    """R2 has no leg; both of its purposes are those of as many cases."""
    told = described(case_with(tmp_path, "L5,L3,L1,P3,P2,crossing"))

    assert told["name"]["R2"] == "Lào Cai, forced marriage and sexual exploitation"
    assert "no journey of its members is recorded" in told["because"]["R2"]


def test_two_rings_of_one_name_are_told_apart(tmp_path):
    """By their years first; by their numbers where those are the same too."""
    case = case_with(tmp_path, "L5,L3,L1,P3,P2,crossing")
    graph = build_graph(case)
    twice = pd.concat([RINGS[RINGS["ring"] == "R1"].assign(ring=ring) for ring in ("R1", "R2")])
    same = describe_rings(graph, twice.reset_index(drop=True))["name"].tolist()
    bare = graph_from_ties(
        pd.DataFrame([("a", "b", "2018"), ("c", "d", "2019/2020")],
                     columns=["source", "target", "first"])
    )  # fmt: skip
    rings = pd.DataFrame([("a", "R1", 1), ("b", "R1", 1), ("c", "R2", 1), ("d", "R2", 1)],
                         columns=["party", "ring", "share"])  # fmt: skip

    assert same == [f"VN → CN by Bản Vược gate, forced marriage (2018) ({one})"
                    for one in ("R1", "R2")]  # fmt: skip
    assert describe_rings(bare, rings)["name"].tolist() == [
        "place and purpose not recorded (2018)", "place and purpose not recorded (2019–2020)",
    ]  # fmt: skip


def test_no_victim_home_person_or_case_is_in_any_name(tmp_path):
    """Of every name, also before it is cleared; cleared, no name of a victim is in any cell."""
    case = case_with(tmp_path, "L7,L3,L4,P3,P2,crossing", "L5,L6,L2,P6,P5,crossing")
    graph = build_graph(case)
    table = describe_rings(graph, RINGS, unnamed=list_hidden(case))
    told = " ".join(table[["name", "name_vi", "because", "because_vi"]].to_numpy().ravel())
    cleared = clear(case, key="key", graphs={"whole": graph}, findings={"ring_names": table})
    shown = cleared.findings["ring_names"].to_json(force_ascii=False)

    for name in ("Mẩy", "Nậm Tà", "Lý Sìn", "Hoa", "Chở", "Mường Khương", "Vụ án"):
        assert name not in told
    assert "Mẩy" not in shown
    assert "P3" not in shown
    assert cleared.findings["ring_names"]["name"].tolist() == table["name"].tolist()


def test_a_ring_called_as_a_party_keeps_its_label(tmp_path):
    """A victim with the id R1 or 2018 does not rename rings or years."""
    case = read_folder(tmp_path, people="person_id,role\nR1,victim\n2018,victim\n",
                       ties="source,target,kind\nR1,2018,met\n").case  # fmt: skip
    table = pd.DataFrame({"window": ["2018"], "ring": ["R1"], "party": ["R1"], "fate": ["2018"]})
    shown = clear(case, key="key", findings={"table": table}).findings["table"]

    assert shown["window"].tolist() == ["2018"]
    assert shown["ring"].tolist() == ["R1"]
    assert shown["party"].tolist() != ["R1"]


def test_no_rings_give_an_empty_table(network):
    """With all of its columns."""
    graph = network("A-B")
    table = describe_rings(graph, pd.DataFrame(columns=["party", "ring", "share"]))

    assert table.empty
    assert "name_vi" in table.columns
