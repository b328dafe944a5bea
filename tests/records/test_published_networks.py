"""Real published networks, where they lie beside the repository: their counts, their traps."""

import pytest

from ringmap.records import read
from rings import problems

#: People and ties as published (../shared/data/README.md).
PUBLISHED = {
    "caviar/caviar_full_directed_edges.csv": (110, 295),
    "caviar/caviar_full_undirected_edges.csv": (110, 205),
    "montagna/meetings_edges.csv": (101, 256),
    "montagna/phonecalls_edges.csv": (100, 124),
    "mexico_trafficking_network/mexico_edges.csv": (34, 225),
    "cockbain_uk_cse_victims/central_edges.csv": (4, 6),
    "cockbain_uk_cse_victims/chalice_edges.csv": (6, 6),
    "cockbain_uk_cse_victims/retriever_edges.csv": (25, 34),
    "cockbain_uk_cse_victims/span_edges.csv": (5, 5),
}


@pytest.mark.parametrize("file", PUBLISHED)
def test_a_published_network_has_its_published_size(file, shared_data):
    """Every row is used, and every person and tie is there."""
    result = read(shared_data / file)
    parties, ties = PUBLISHED[file]

    assert result.receipt.rows_refused == 0
    assert len(result.case.parties) == parties
    assert len(result.case.ties) == ties


@pytest.mark.parametrize("phase", range(1, 12))
def test_each_phase_of_caviar_is_read_whole(phase, shared_data):
    """As many people as its node file lists, as many ties as its edge file."""
    edges = shared_data / "caviar" / f"caviar_phase{phase:02}_edges.csv"
    nodes = edges.with_name(edges.name.replace("edges", "nodes"))
    result = read(edges)

    assert result.receipt.rows_refused == 0
    assert len(result.case.parties) == len(set(nodes.read_text().split()[1:]))
    assert len(result.case.ties) == len(edges.read_text().split()) - 1


@pytest.mark.parametrize(
    ("file", "rows", "pairs"),
    [("raw_meetings_edgelist.tsv", 289, 33), ("raw_phonecalls_edgelist.tsv", 150, 26)],
)
def test_pairs_in_both_directions_are_told(file, rows, pairs, shared_data):
    """The raw lists of Montagna report 33 and 26 pairs twice: the receipt says what was done."""
    result = read(shared_data / "montagna" / file)
    told = [p for p in problems(result) if "the other way round" in p.reason]

    assert result.receipt.rows_used == rows
    assert len(told) == pairs
    assert all(p.severity == "warning" and "larger strength" in p.hint for p in told)
    assert any("with strength" in p.reason for p in told)


def test_the_roles_of_the_mexican_network_are_read(shared_data):
    """Its label file has a mark and trailing spaces; role names differ in case."""
    case = read(shared_data / "mexico_trafficking_network" / "mexico_edges.csv").case
    people = case.parties[case.parties["type"] == "person"]

    assert people["roles"].notna().sum() > 20
    assert people["name"].str.strip().tolist() == people["name"].tolist()


@pytest.mark.parametrize("file", ["kinship", "meetings", "phone", "sightings"])
def test_the_other_lists_of_montagna_are_read(file, shared_data):
    """With a mark, with old line ends, with ends called i and j."""
    receipt = read(shared_data / "montagna" / "r2ergm" / f"montagna_{file}.csv").receipt

    assert receipt.accepted
    assert receipt.rows_used == receipt.rows_read > 20
