"""A small invented case: a victim who recruits, doubled records, places without points."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd

from ringmap.disclosure import PROTECT, Cleared, clear
from ringmap.graph import build_graph
from ringmap.model import Case

PEOPLE = """person_id,name,sex,born,nationality,country,role,standing,case_id,source_ref,grade
P1,Lò Thị Mai,female,1984,VN,VN,recruiter,convicted,C1,S1,A1
P1,Lò Thị Mai,female,1985,VN,VN,recruiter,suspected,C2,S2,C3
P2,Sùng A Páo,male,1990,VN,VN,border_guide,charged,C1,S1,A2
P3,Wang Da,male,,CN,CN,buyer,suspected,C1,S2,D4
P4,Vàng Thị Sua,female,2001,VN,CN,victim,identified_victim,C1,S1,A1
P5,Giàng Thị Dua,female,1999,VN,VN,victim,identified_victim,C1,S1,A1
P5,Giàng Thị Dua,female,1999,VN,VN,recruiter,acquitted,C2,S2,B2
P5,Giàng Thị Dua,female,1999,VN,VN,recruiter,charged,C2,S2,B3
P6,Thào A Chu,male,1970,VN,VN,witness,,C1,S1,B2
P7,Tẩn Văn Không,male,,VN,VN,,,,S2,
"""
TIES = """source,target,kind,case_id,first,last,weight,source_ref,grade,page,amount,currency,note
P1,P2,called,C1,2016-03,2016-09,14,S1,B3,12,,,first list
P1,P2,called,C1,2016-03,2016-10,17,S2,A2,6,,,second list
P1,P2,met,C1,2016-05,,,S1,B2,,,,
P3,P1,paid,C1,2016-06,,,S2,C3,,38000,CNY,
P2,P4,guided,C1,2016-06-01,,,S1,A1,,,,
P1,P4,recruited,C1,2016-05,,,S1,A1,,,,
P1,P5,recruited,C1,2016-05,,,S1,A1,,,,
P1,I1,uses,C1,,,,S1,A2,,,,
"""
PLACES = """place_id,name,kind,province,country,lat,lon,source_ref
L1,Cửa khẩu Mường Khương,border_gate,Lào Cai,VN,22.81,104.12,S1
L2,Bến xe Lào Cai,bus_station,Lào Cai,VN,22.47,103.98,S1
L3,Nhà cổng xanh,guest_house,,CN,,,S2
L4,Hekou,town,Yunnan,CN,22.53,103.96,S2
L5,Lào Cai,city,Lào Cai,VN,,,S2
"""
LEGS = """event_id,kind,case_id,date,from_place,to_place,crossing,person_id,moved_by,transport,\
legal_exit,stage,route_id,source_ref,grade,note
E1,transported,C1,2016-05-30,L5,L2,,P4,P2,motorbike,,transport,R1,S1,A2,
E2,crossed_border,C1,2016-06-01,L2,L4,L1,P4,P2,on_foot,no,crossing,R1,S1,A1,by night
E2,crossed_border,C1,2016-06-03,L2,L4,L1,P4,P2,on_foot,no,crossing,R1,S2,C3,two days later
E3,sold,C1,2016-06-04,L4,L3,,P4,,,,exploitation,R1,S2,D4,
"""
IDENTIFIERS = "identifier_id,kind,value,holder,source_ref\nI1,phone,0600 000 001,P1,S1\n"
SOURCES = """source_ref,document,agency,received,reliability,credibility,handling
S1,Bản án,TAND tỉnh Lào Cai,2017-02,A,1,may_share
S2,Tin cơ sở,Công an huyện,2016-08,D,4,police_only
"""
FILES = {
    "people": PEOPLE, "ties": TIES, "places": PLACES, "legs": LEGS, "identifiers": IDENTIFIERS,
    "sources": SOURCES,
}  # fmt: skip


def circle_of(names: Sequence[str]) -> dict[str, str]:
    """Tables of people with these names, each of whom has met the next."""
    ids = [f"N{at:04}" for at in range(len(names))]
    blank = dict.fromkeys(("places", "legs", "identifiers", "sources"), "")
    return blank | {
        "people": _csv([("person_id", "name"), *zip(ids, names, strict=True)]),
        "ties": _csv(
            [
                ("source", "target", "kind", "note"),
                *(
                    (one, other, "met", name)
                    for one, other, name in zip(ids, ids[1:] + ids[:1], names, strict=True)
                ),
            ]
        ),
    }


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def cleared_of(case: Case, *, policy=PROTECT, **findings: object) -> Cleared:
    """The case with its two graphs, cleared."""
    graphs = {"whole": build_graph(case), "people": build_graph(case, projection="people")}
    return clear(case, key="a key", graphs=graphs, findings=findings, policy=policy)


def brokers_of(case: Case, **columns: object) -> pd.DataFrame:
    """A ranking as `find_brokers` shapes it, by number of contacts."""
    graph = build_graph(case, projection="people")
    simple = graph.simple
    ties = [
        int(((simple.source == one) | (simple.target == one)).sum())
        for one in range(len(graph.parties))
    ]
    table = pd.DataFrame({"party": graph.parties["party"].astype(str), "betweenness": ties})
    return table.assign(because="ties counted by hand", **columns)
