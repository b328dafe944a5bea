"""Small invented rings with hostile names, cleared for export."""

from pathlib import Path

from ringmap.disclosure import Cleared, Policy, clear
from ringmap.export.contents import Contents
from ringmap.export.legible import legible, unique_names
from ringmap.graph import build_graph
from ringmap.model import Case
from ringmap.records import read

HOSTILE = ("<b>", "]]>", "=A1", "Nguyễn", "a\x00b", "a\x01b", "Victim 1", "\"&'", "x\ty", "\ud800")

FOLDER = {
    "people.csv": (
        "person_id,name,role,country,case_id,source_ref\n"
        "P1,Trần <b> Năm,recruiter,VN,C1,S1\n"
        "P2,=A1,border_guide,VN,C1,S1\n"
        "P3,Lê Thị Hoa,victim,VN,C1,S1\n"
        "P4,王 & co ]]>,buyer,CN,C1,S1\n"
    ),
    "cases.csv": "case_id,title,reported\nC1,A case,2019-05\n",
    "sources.csv": (
        "source_ref,document,agency,received,reliability,credibility,handling\n"
        'S1,"Judgment, first",Court,2020-01,A,2,may_share\n'
        "S2,Informant,Police,2019-06,D,4,do_not_share\n"
    ),
    "ties.csv": (
        "source,target,kind,case_id,first,last,weight,source_ref,page,note\n"
        "P1,P2,called,C1,2019-01,2019-05-03,3,S1,4,two calls\n"
        "P1,P2,called,C1,2019-02,,5,S2,,\n"
        "P1,P2,paid,C1,2019,,,S1,,\n"
        "P2,P1,paid,C1,2019,,,S1,,\n"
        "P2,P4,met,,,,,S2,,\n"
        "P2,P3,guided,C1,2019-03,,,S1,,Lê Thị Hoa said so\n"
    ),
}


def write_folder(folder: Path) -> Path:
    """The case folder on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FOLDER.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def cleared_case(case: Case, *, show_victims: bool = False) -> Cleared:
    """Both graphs of a case, cleared."""
    graphs = {"whole": build_graph(case), "people": build_graph(case, projection="people")}
    return clear(case, key="k", graphs=graphs, policy=Policy(show_victims=show_victims))


def cleared_folder(folder: Path, *, show_victims: bool = False) -> Cleared:
    """The small ring, cleared."""
    return cleared_case(read(write_folder(folder)).case, show_victims=show_victims)


def contents_of(ties: list[tuple[str, str]]) -> Contents:
    """Bare ties between parties of any name, as the writers get them."""
    ends = sorted({end for tie in ties for end in tie})
    names = dict(zip(ends, unique_names(ends), strict=True))
    rows = [
        {
            "source": names[source],
            "target": names[target],
            "kind": "tie",
            "case": None,
            "directed": True,
        }
        for source, target in ties
    ]
    types = {
        "parties": {"party": "string", "name": "string"},
        "ties": dict.fromkeys(("source", "target", "kind", "case"), "string")
        | {"directed": "boolean"},
    }
    parties = [{"party": name, "name": legible(end)} for end, name in names.items()]
    return Contents(parties, rows, [[] for _ in rows], types, "pseudonyms", 0)
