"""Formats: which exist, what each refuses."""

import json
from xml.etree import ElementTree

import networkx
import pytest

from export.rings_for_export import cleared_folder
from ringmap.disclosure import clear
from ringmap.errors import DisclosureError, OutputError
from ringmap.export import export_files

GEXF = "{http://gexf.net/1.3}"


def test_other_endings_are_refused_in_one_line(tmp_path):
    """The message names the endings that exist."""
    with pytest.raises(OutputError, match=r"\.xlsx.*\.graphml, \.gexf, \.json, \.csv") as refusal:
        export_files(cleared_folder(tmp_path), ".xlsx")

    assert "\n" not in str(refusal.value)


def test_nothing_uncleared_is_exported(tmp_path):
    """A graph or a case is refused, whatever the type checker missed."""
    cleared = cleared_folder(tmp_path)

    for uncleared in (cleared.graphs["whole"], cleared.case, None):
        with pytest.raises(DisclosureError, match="cleared"):
            export_files(uncleared, ".graphml")


def test_without_a_whole_graph_there_is_nothing_to_export(tmp_path):
    """It says what is missing."""
    case = cleared_folder(tmp_path).case

    with pytest.raises(OutputError, match="whole graph"):
        export_files(clear(case, key="k"), ".csv")


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json", ".csv"])
def test_the_same_records_give_the_same_bytes(tmp_path, suffix):
    """Nothing depends on the run."""
    once = export_files(cleared_folder(tmp_path / "a"), suffix)
    again = export_files(cleared_folder(tmp_path / "b"), suffix.upper())

    assert once == again


def test_networkx_reads_the_json_with_its_evidence(tmp_path):
    """Every tie carries its records; null strengths are left out."""
    cleared = cleared_folder(tmp_path)
    data = json.loads(export_files(cleared, ".json")[""])
    graph = networkx.node_link_graph(data, edges="edges")

    assert graph.number_of_nodes() == len(cleared.graphs["whole"].parties)
    assert graph.number_of_edges() == len(cleared.graphs["whole"].ties)
    called = next(e for e in graph["P1"]["P2"].values() if e["kind"] == "called")
    assert [one["row"] for one in called["evidence"]] == [1, 2]
    assert networkx.dijkstra_path(graph, "P1", "P4") == ["P1", "P2", "P4"]


def test_gexf_keeps_the_direction_of_each_tie(tmp_path):
    """A meeting has no direction, a call has."""
    cleared = cleared_folder(tmp_path)
    root = ElementTree.fromstring(export_files(cleared, ".gexf")[""].encode())
    kinds = {edge.get("kind"): edge.get("type") for edge in root.iter(f"{GEXF}edge")}

    assert (kinds["met"], kinds["called"]) == ("undirected", "directed")
    assert len(list(root.iter(f"{GEXF}edge"))) == len(cleared.graphs["whole"].ties)
    assert len(list(root.iter(f"{GEXF}node"))) == len(cleared.graphs["whole"].parties)
