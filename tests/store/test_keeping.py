"""What a store gives back, and what loading again changes."""

import sqlite3
import stat

import pandas as pd
import pytest

from ringmap.errors import StoreError
from ringmap.model import SourceFile, join_cases
from ringmap.records import receipt_json
from ringmap.store import add, is_store, open_store, pseudonym_key
from rings import canonical, read_folder, ring

PEOPLE = 'person_id,name,role,note\nA,Nguyễn "Bé",recruiter,"two\nlines"\nB,=A1,victim,\x00\n'
FOLDER = {
    "people": PEOPLE,
    "cases": "case_id,title\nC1,\n",
    "places": "place_id,name,lat,lon\nL,Qqq,10.5,104\n",
    "ties": "source,target,kind,case_id,weight,first\nA,B,recruited,C1,2.5,2019\nA,B,paid,,,\n",
    "legs": "event_id,kind,to_place,person_id,moved_by\nE,transported,L,B,A\n",
    "sources": "source_ref,document,reliability\nS1,Judgment,A\n",
}


@pytest.fixture
def result(tmp_path):
    """A case with awkward cells in every table."""
    return read_folder(tmp_path / "case", **FOLDER)


@pytest.fixture
def store(tmp_path, result):
    """It, kept."""
    path = tmp_path / "case.ringmap"
    keep(path, result)
    return path


def keep(path, result, source="case"):
    """Add what was read."""
    return add(
        path, result.case, source=source, receipt=receipt_json(result.receipt), loaded_at="2026-11"
    )


def test_a_store_gives_back_every_table_as_it_was(store, result):
    """Values, types, gaps, order, and the files they came from."""
    stored = open_store(store)

    assert stored.case.files == result.case.files
    for name, table in result.case.tables().items():
        pd.testing.assert_frame_equal(stored.case.tables()[name], table)


def test_a_store_keeps_the_receipt_and_the_source(store, result):
    """Who asks later what was refused finds it."""
    (load,) = open_store(store).loads

    assert (load.source, load.loaded_at) == ("case", "2026-11")
    assert load.receipt == receipt_json(result.receipt)
    assert load.files == result.case.files


def test_a_case_that_was_looked_at_before_it_is_kept_is_kept_as_well(result, tmp_path):
    """Its tables are there as text by then: `party` is a name in one, a position in others."""
    looked_at = result.case.tables()
    keep(tmp_path / "s", result)

    for name, table in open_store(tmp_path / "s").case.tables().items():
        pd.testing.assert_frame_equal(table, looked_at[name])


def test_the_file_says_what_it_is(store):
    """For `file`, for backups, and for a later ringmap."""
    connection = sqlite3.connect(store)
    told = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "journal_mode", "integrity_check")
    ]
    connection.close()

    assert told == [int.from_bytes(b"RMAP"), 2, "wal", "ok"]


def test_only_its_owner_may_read_a_store(store):
    """It holds victims' names."""
    assert stat.S_IMODE(store.stat().st_mode) == 0o600


def test_a_store_that_is_shared_on_purpose_stays_shared(store, result, tmp_path):
    """A later load does not take rights away."""
    store.chmod(0o660)
    keep(store, read_folder(tmp_path / "more", people="person_id\nZ\n"))

    assert stat.S_IMODE(store.stat().st_mode) == 0o660


def test_loading_the_same_source_twice_changes_nothing(store, result):
    """Not a byte, and it says so."""
    before = store.read_bytes()
    added = keep(store, result)

    assert (added.changed, added.records_new, added.records_known) == (False, 0, 7)
    assert store.read_bytes() == before
    assert len(open_store(store).loads) == 1


def test_a_second_source_joins_the_first(store, result, tmp_path):
    """As joining the two cases does, and with both loads told."""
    more = read_folder(tmp_path / "more", ties="source,target,kind\nA,B,met\n", people=PEOPLE)
    added = keep(store, more, source="more")
    stored = open_store(store)

    assert (added.changed, added.records_new, added.records_known) == (True, 1, 2)
    assert canonical(stored.case) == canonical(join_cases(result.case, more.case))
    assert [load.source for load in stored.loads] == ["case", "more"]


def test_rows_that_the_store_has_do_not_count_twice(store, tmp_path):
    """The same people in another file, and one new."""
    headings, rest = PEOPLE.split("\n", maxsplit=1)
    added = keep(store, read_folder(tmp_path / "more", people=f"{headings}\nD,Di,,\n{rest}"))

    assert (added.records_new, added.records_known) == (1, 2)


def test_loading_the_same_case_in_another_order_gives_the_same_case(result, tmp_path):
    """Store of north then south, store of south then north."""
    other = read_folder(tmp_path / "other", ties="source,target,kind\nB,A,met\nA,Z,met\n")
    for name, order in (("one", (result, other)), ("two", (other, result))):
        for part in order:
            keep(tmp_path / name, part)

    assert canonical(open_store(tmp_path / "one").case) == canonical(
        open_store(tmp_path / "two").case
    )


def test_the_key_of_pseudonyms_stays_when_more_is_loaded(store, result, tmp_path):
    """A victim's pseudonym does not change from one report to the next."""
    before = open_store(store).key
    keep(store, read_folder(tmp_path / "more", people="person_id\nZ\n"))

    assert open_store(store).key == before == pseudonym_key(result.case.files)


def test_a_key_hangs_on_the_contents_of_the_files_alone():
    """Not on their names or their order."""
    one, two = SourceFile("a.csv", "1", "s1"), SourceFile("b.csv", "2", "s2")

    assert pseudonym_key((one, two)) == pseudonym_key((two, SourceFile("z.csv", "1", "s1")))
    assert pseudonym_key((one,)) != pseudonym_key((two,))
    assert pseudonym_key((one,)) != pseudonym_key((SourceFile("a.csv", "1", "s2"),))


def test_a_case_without_rows_is_kept_as_one(tmp_path):
    """Every table empty, with its types."""
    result = read_folder(tmp_path / "case", people="person_id\n")
    keep(tmp_path / "s", result)

    for name, table in open_store(tmp_path / "s").case.tables().items():
        pd.testing.assert_frame_equal(table, result.case.tables()[name])


def test_tables_longer_than_a_block_are_whole(tmp_path, monkeypatch):
    """Three rows a block, ten ties: four blocks, the same case."""
    monkeypatch.setattr("ringmap.store.columns.ROWS_PER_BLOCK", 3)
    case = ring(tmp_path / "case", " ".join(f"A>B{number}" for number in range(10)))
    add(tmp_path / "s", case, source="x", receipt="{}", loaded_at="2026")

    pd.testing.assert_frame_equal(open_store(tmp_path / "s").case.ties, case.ties)


@pytest.mark.parametrize(
    ("content", "stored"),
    [(b"", False), (b"SQLite", False), (b"SQLite format 3\x00rest", True), (b"person_id", False)],
)
def test_a_store_is_known_by_its_first_bytes(content, stored, tmp_path):
    """A source may be a store or a file of records."""
    path = tmp_path / "file"
    path.write_bytes(content)

    assert is_store(path) is stored


def test_what_is_no_file_is_no_store(tmp_path):
    """A folder, nothing, a name too long."""
    assert not is_store(tmp_path)
    assert not is_store(tmp_path / "missing")
    assert not is_store(tmp_path / ("x" * 5000))


def test_opening_a_store_that_is_not_there_makes_none(tmp_path):
    """A slip of the pen leaves no empty file behind."""
    with pytest.raises(StoreError, match="no such store"):
        open_store(tmp_path / "missing.ringmap")

    assert list(tmp_path.iterdir()) == []
