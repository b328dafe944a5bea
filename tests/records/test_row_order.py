"""Whatever the order of rows, columns and files, the case is the same."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.records import read
from rings import canonical, write_folder

TABLES = {
    "cases": [["case_id", "title"], ["C1", "One"], ["C2", "Two"]],
    "people": [
        ["person_id", "name", "role", "case_id", "country", "nationality", "grade", "source_ref"],
        ["A", "Ann", "recruiter", "C1", "VN", "", "B2", ""],
        ["A", "Anne", "victim", "C2", "CN", "", "A1", ""],
        ["A", "Ann", "", "", "", "LA", "", "S1"],
        ["B", "Bo", "victim", "C1", "", "VN", "", "S2"],
        ["B", "Bo Bo", "", "", "", "", "", ""],
    ],
    "places": [
        ["place_id", "name", "lat", "lon"],
        ["L", "Qqq", "10", "105"], ["L", "Qqq", "11", "104"], ["L", "Rrr", "", ""],
    ],
    "ties": [
        ["source", "target", "kind", "case_id", "first", "last", "weight", "grade"],
        ["A", "B", "called", "C1", "2019-05", "2019", "2", "C3"],
        ["A", "B", "called", "C1", "2019", "2019-05-03", "7", ""],
        ["B", "A", "kin_of", "", "", "", "", ""],
        ["A", "B", "kin_of", "", "2018", "", "1", ""],
        ["A", "B", "", "", "", "", "", ""],
    ],
    "events": [
        ["event_id", "kind", "date", "person_id", "moved_by"],
        ["E1", "sold", "2019", "B", "A"], ["E1", "sold", "2018", "B", "A"],
    ],
    "legs": [
        ["event_id", "kind", "to_place", "person_id", "moved_by"], ["E2", "met", "L", "A", "B"]
    ],
    "roles": [["person_id", "role", "standing"], ["A", "guard", "charged"], ["B", "", "wanted"]],
    "sources": [["source_ref", "reliability", "credibility"], ["S1", "A", "1"], ["S2", "F", "6"]],
}  # fmt: skip


def write(folder, tables):
    """The tables as CSV files."""
    texts = {name: "\n".join(map(",".join, rows)) + "\n" for name, rows in tables.items()}
    return write_folder(folder, **texts)


@pytest.fixture(scope="module")
def as_written(tmp_path_factory):
    """The case in the order above."""
    return canonical(read(write(tmp_path_factory.mktemp("ordered"), TABLES)).case)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_the_order_of_rows_and_columns_does_not_change_the_case(seed, as_written, tmp_path_factory):
    """Same facts, same case, down to the digests of the records."""
    shuffle = random.Random(seed)
    mixed = {}
    for name, (headings, *rows) in TABLES.items():
        columns = shuffle.sample(range(len(headings)), len(headings))
        mixed[name] = [
            [row[place] for place in columns]
            for row in [headings, *shuffle.sample(rows, len(rows))]
        ]
    case = read(write(tmp_path_factory.mktemp("mixed"), mixed)).case

    assert canonical(case) == as_written


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_does_not_change_the_case(seed, as_written, tmp_path):
    """Named one by one, in any order."""
    files = sorted(write(tmp_path, TABLES).iterdir())
    mixed = random.Random(seed).sample(files, len(files))

    assert canonical(read(mixed).case) == as_written


def test_a_table_in_two_files_is_one_table(as_written, tmp_path):
    """Half of the rows in people.csv, half in people.tsv."""
    write(tmp_path, TABLES | {"people": TABLES["people"][:3]})
    rest = [TABLES["people"][0], *TABLES["people"][3:]]
    (tmp_path / "people.tsv").write_text("\n".join(map("\t".join, rest)))

    assert canonical(read(tmp_path).case) == as_written
