"""A small invented ring with doubts in it, analysed and cleared for a report."""

from pathlib import Path

from ringmap.analysis import count_by_year, find_brokers, find_crossings, find_rings, judge_brokers
from ringmap.disclosure import Cleared, Policy, clear
from ringmap.graph import build_graph
from ringmap.records import read

FOLDER = {
    # P2 stands between P1, P3 on one side and P4, P5, P6 on the other; P7 is alone.
    "people.csv": (
        "person_id,name,role,standing,born,country,case_id,source_ref\n"
        "P1,<script>alert(1)</script>,recruiter,convicted,1980,VN,C1,S1\n"
        "P1,<script>alert(1)</script>,recruiter,convicted,1981,VN,C1,S2\n"
        "P2,=Người dẫn,border_guide,suspected,,VN,C1,S1\n"
        "P3,Lê Thị Hoa,victim,identified_victim,2003,VN,C1,S1\n"
        "P4,王 & Co,buyer,suspected,,CN,C2,S1\n"
        "P5,Xe Ôm,transporter,charged,,CN,C2,S1\n"
        "P6,Bà Chủ,harbourer,wanted,,CN,C2,S1\n"
        "P7,Một Mình,witness,mentioned,,,C2,S1\n"
    ),
    "cases.csv": "case_id,title,reported\nC1,A,2019-05\nC2,B,2021\n",
    "places.csv": (
        "place_id,name,kind,country\nL1,Bản A,home_village,VN\nL2,Cửa khẩu B,border_gate,VN\n"
        "L3,Thị trấn C,town,CN\n"
    ),
    "sources.csv": (
        "source_ref,document,agency,received,reliability,credibility,handling\n"
        "S1,Judgment,Court,2020-01,A,2,may_share\n"
        "S2,Informant,Police,2019-06,D,4,do_not_share\n"
        "S3,Call list,Operator,2019-07,,,police_only\n"
    ),
    "ties.csv": (
        "source,target,kind,case_id,first,weight,source_ref,page\n"
        "P1,P2,called,C1,2019-01,3,S1,4\nP1,P2,called,C1,2019-01,5,S2,\n"
        "P2,P4,called,C1,2019-02,,S2,\nP2,P5,paid,C2,2019-02,,S3,\n"
        "P4,P5,met,C2,,,S1,\nP4,P5,met,C2,,,S2,\nP5,P6,called,C2,,,S1,\n"
        "P1,P3,recruited,C1,2019-01,,S1,\n"
    ),
    "legs.csv": (
        "event_id,kind,case_id,date,from_place,to_place,crossing,person_id,moved_by,stage,"
        "route_id,leg,source_ref\n"
        "E1,crossed_border,C1,2019-03-01,L1,L3,L2,P3,P2,crossing,R1,1,S1\n"
        "E1,crossed_border,C1,2019-03-04,L1,L3,L2,P3,P2,crossing,R1,1,S2\n"
    ),
}


def cleared_ring(folder: Path, *, show_victims: bool = False, **changed: str) -> Cleared:
    """The ring as `ringmap report` gets it; `changed` has other texts for some tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (FOLDER | {f"{name}.csv": text for name, text in changed.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    case = read(folder).case
    whole, people = build_graph(case), build_graph(case, projection="people")
    brokers = find_brokers(people, group="country")
    brokers.attrs["verdict"] = judge_brokers(brokers, people).because
    findings = {
        "brokers": brokers,
        "rings": find_rings(people),
        "crossings": find_crossings(whole),
        "counts": count_by_year(case),
        "caveats": [("One person has no country.", "Một người không ghi nước.")],
    }
    return clear(case, key="k", graphs={"whole": whole, "people": people}, findings=findings,
                 policy=Policy(show_victims=show_victims))  # fmt: skip


def empty_clearance() -> Cleared:
    """A case file without a single row."""
    from ringmap.model import assemble, empty_draft

    case = assemble(empty_draft())
    graphs = {"whole": build_graph(case), "people": build_graph(case, projection="people")}
    return clear(case, key="k", graphs=graphs)
