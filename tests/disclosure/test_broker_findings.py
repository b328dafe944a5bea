"""Mediation, bridging and dominance come out of clearing without the name of a victim."""

from pathlib import Path

from disclosure.case_folders import is_read_in, texts_in
from ringmap.analysis import (
    find_bridging,
    find_brokers,
    find_dominance,
    find_mediators,
    find_rank_intervals,
)
from ringmap.disclosure import clear
from ringmap.graph import build_graph
from ringmap.records import read

VICTIMS = ("Giàng Thị Mẩy", "Lò Thị Ón")


def test_no_name_that_is_an_id_is_read_in_any_of_them(tmp_path: Path) -> None:
    """In an edge list the label is the id; it stands in columns, and in no sentence."""
    (tmp_path / "x_edges.csv").write_text(
        "source,target\nAn Nhiên,Giàng Thị Mẩy\nGiàng Thị Mẩy,Lò Thị Ón\nZung,Giàng Thị Mẩy\n"
        "Zung,Bằng\nAn Nhiên,Bằng\n",
        encoding="utf-8",
    )
    (tmp_path / "x_nodes.csv").write_text(
        "id,role,country\nAn Nhiên,recruiter,VN\nGiàng Thị Mẩy,victim,VN\nLò Thị Ón,victim,VN\n"
        "Zung,buyer,CN\nBằng,transporter,VN\n",
        encoding="utf-8",
    )
    case = read(tmp_path / "x_edges.csv").case
    graph = build_graph(case)
    findings = {
        "brokers": find_brokers(graph, group="country", spare=VICTIMS),
        "mediators": find_mediators(graph, group="country"),
        "bridging": find_bridging(graph),
        "dominance": find_dominance(graph),
        "intervals": find_rank_intervals(graph),
    }
    cleared = clear(case, key="k", graphs={"whole": graph}, findings=findings)

    for name, shown in cleared.findings.items():
        texts = [*texts_in(shown), *shown.to_csv().splitlines()]
        assert [is_read_in(one, texts) for one in VICTIMS] == [None, None], name
        assert len(shown) == len(findings[name])
        assert shown["because"].tolist() == findings[name]["because"].tolist()
    assert set(VICTIMS) & {*findings["dominance"]["above"], *findings["dominance"]["below"]}
