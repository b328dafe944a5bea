"""Counts by year of three invented cases."""

from __future__ import annotations

from ringmap.analysis import count_by_year, gather_caveats
from ringmap.graph import build_graph
from ringmap.records import read

CASES = """case_id,reported,detected,tried,grade
K1,2019-05,2018-11-02,2020,B2
K2,2020,,,B2
K3,,,,B2
"""
ROLES = """person_id,case_id,role,grade
P1,K1,recruiter,B2
P1,K2,recruiter,B2
P1,K3,transporter,B2
P2,K1,victim,B2
P2,K2,recruiter,B2
P3,K2,victim,E5
P4,K2,witness,B2
"""
PEOPLE = "person_id,name,country\n" + "".join(f"P{one},Người {one},VN\n" for one in range(1, 6))
TIES = """source,target,kind,first,grade
P1,P2,deceived,2018,B2
P2,P3,deceived,,E5
"""


def folder(path):
    for name, text in (("cases", CASES), ("roles", ROLES), ("people", PEOPLE), ("ties", TIES)):
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return read(path).case


def test_a_case_counts_in_the_year_of_its_earliest_date(tmp_path):
    """K1 was detected in 2018; K3 has no date; P2 was a victim first and an offender later."""
    table = count_by_year(folder(tmp_path))

    assert table.to_dict("split")["data"] == [
        ["2018", 1, 1, 1],
        ["2020", 1, 2, 1],
        ["not recorded", 1, 1, 0],
    ]


def test_caveats_carry_the_numbers_of_the_records(tmp_path):
    """One of two ties is weak and undated; both languages say so, without a name."""
    told = gather_caveats(build_graph(folder(tmp_path), projection="people"))
    english = " ".join(one for one, _ in told)
    vietnamese = " ".join(other for _, other in told)

    assert told[0][0].startswith("Records are incomplete and biased")
    assert "1 of 2 ties rest on weak records only" in english
    assert "1 of 2 ties have no date" in english
    assert "2 of 2 ties rest on one record only" in english
    assert "1 trên 2 mối quan hệ chỉ dựa trên hồ sơ yếu" in vietnamese
    assert "Người 1" not in english + vietnamese


def test_bare_ties_have_the_first_caveat_only(network):
    """What was not recorded is not made up."""
    assert len(gather_caveats(network("A-B"))) == 2
