"""GraphML: what other tools read back is what was cleared."""

from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from export.rings_for_export import HOSTILE, cleared_folder, contents_of
from ringmap.export import export_files
from ringmap.export.gexf import write_gexf
from ringmap.export.graphml import write_graphml
from ringmap.export.legible import legible, unique_names

NAMES = some.one_of(
    some.sampled_from(HOSTILE), some.text(some.characters(codec=None), min_size=1, max_size=8)
)


def _written(text: str, folder: Path) -> Path:
    path = folder / "ring.graphml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_networkx_reads_every_party_and_tie(tmp_path):
    """Parallel and opposite ties stay apart; attributes keep their types."""
    cleared = cleared_folder(tmp_path / "case")
    graph = networkx.read_graphml(_written(export_files(cleared, ".graphml")[""], tmp_path))

    whole = cleared.graphs["whole"]
    assert graph.is_multigraph()
    assert graph.is_directed()
    assert set(graph.nodes) == set(whole.parties["party"])
    assert graph.number_of_edges() == len(whole.ties)
    # called and paid from P1, paid back from P2: two there, one back.
    assert graph.number_of_edges("P1", "P2") == 2
    assert graph.number_of_edges("P2", "P1") == 1
    called = next(e for e in graph["P1"]["P2"].values() if e["kind"] == "called")
    assert called["weight"] == 5.0
    assert called["records"] == 2
    assert called["grade"] == "A2"
    assert called["first"] == "2019-01"
    assert called["directed"] is True
    assert "Judgment, first" in called["sources"]
    assert "Informant" in called["sources"]
    assert next(iter(graph["P2"]["P4"].values()))["directed"] is False
    assert graph.nodes["P1"]["name"] == "Trần <b> Năm"
    assert graph.nodes["P4"]["name"] == "王 & co ]]>"
    assert graph.nodes["P2"]["label"] == "=A1"


def test_a_strength_that_is_not_recorded_is_left_out(tmp_path):
    """Unknown is not zero and not NaN."""
    text = export_files(cleared_folder(tmp_path / "case"), ".graphml")[""]
    graph = networkx.read_graphml(_written(text, tmp_path))

    paid = next(e for e in graph["P1"]["P2"].values() if e["kind"] == "paid")
    assert "weight" not in paid
    assert "nan" not in text


def test_igraph_reads_every_party_and_tie(tmp_path):
    """igraph's own reader sees the same numbers."""
    cleared = cleared_folder(tmp_path / "case")
    path = _written(export_files(cleared, ".graphml")[""], tmp_path)
    graph = igraph.Graph.Read_GraphML(str(path))

    assert graph.vcount() == len(cleared.graphs["whole"].parties)
    assert graph.ecount() == len(cleared.graphs["whole"].ties)
    assert graph.is_directed()
    assert sorted(graph.es["kind"]) == sorted(cleared.graphs["whole"].ties["kind"])
    assert sorted(graph.vs["id"]) == sorted(cleared.graphs["whole"].parties["party"])
    assert graph["victims"] == "pseudonyms"


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json", ".csv"])
def test_no_victim_is_named_in_any_export(tmp_path, suffix):
    """Neither as a party nor in the note of a record."""
    files = export_files(cleared_folder(tmp_path / "case"), suffix)

    for text in files.values():
        assert "Hoa" not in text
        assert "pseudonyms" in text


def test_victims_shown_by_name_are_announced(tmp_path):
    """The header says recorded names when the policy shows them."""
    text = export_files(cleared_folder(tmp_path / "case", show_victims=True), ".graphml")[""]

    assert "<!-- victims: recorded names -->" in text
    assert "Lê Thị Hoa" in text


@given(ties=some.lists(some.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_any_name_makes_well_formed_xml(ties):
    """Whatever a record calls a party, the file parses, encodes, and merges nobody."""
    contents = contents_of(ties)

    for text in (write_graphml(contents), write_gexf(contents)):
        root = ElementTree.fromstring(text.encode("utf-8"))
        ids = [one.get("id") for one in root.iter() if one.tag.rpartition("}")[2] == "node"]
        edges = [one for one in root.iter() if one.tag.rpartition("}")[2] == "edge"]
        assert len(set(ids)) == len(ids) == len({end for tie in ties for end in tie})
        assert len(edges) == len(ties)
        assert {one.get("source") for one in edges} <= set(ids)
        assert set(ids) == {row["party"] for row in contents.parties}


@given(names=some.lists(NAMES, unique=True))
def test_names_stay_apart_when_made_legible(names):
    """Two names that differ in control characters only remain two."""
    shown = unique_names(names)

    assert len(set(shown)) == len(names)
    assert [legible(one) for one in shown] == shown
    assert all(one == name for one, name in zip(shown, names, strict=True) if legible(name) == name)
