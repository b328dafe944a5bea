"""Files that are no store, stores that may not be written, and damage: told, and left alone."""

import os
import random
import sqlite3

import pytest

from ringmap.errors import RecordsError, StoreError
from ringmap.store import Disclosure, add, log_disclosure, open_store
from ringmap.workflow import load_sources
from rings import canonical, open_to_others, read_folder, ring

OURS = f"application_id = {0x524D4150}"
SHOWN = Disclosure("2026-11-21T10:00", "officer", "map --show-victims", "ring.html", "3 victims")


@pytest.fixture
def case(tmp_path):
    """A ring of three."""
    return ring(tmp_path / "case", "A>B B>D", victims="D")


@pytest.fixture
def store(tmp_path, case):
    """It, kept."""
    path = tmp_path / "s.ringmap"
    keep(path, case)
    return path


def keep(path, case):
    """Add a case."""
    return add(path, case, source="x", receipt="{}", loaded_at="2026-11")


def other_database(path, *pragmas):
    """A SQLite file of somebody else."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    connection.commit()
    connection.close()


def one_line(path, action):
    """The refusal, which names the file and is one line."""
    with pytest.raises(StoreError) as raised:
        action()
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.hint
    return str(raised.value)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_text("person_id\nA\n"), "not a ringmap store"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000), "damaged"),
        (lambda path: other_database(path), "not a ringmap store"),
        (lambda path: other_database(path, "application_id = 7"), "not a ringmap store"),
        (
            lambda path: other_database(path, OURS, "user_version = 99"),
            "made by a later ringmap",
        ),
        (lambda path: path.mkdir(), "not a ringmap store"),
        (lambda path: os.mkfifo(path), "not a ringmap store"),
    ],
    ids=["text", "noise", "database", "other program", "later version", "folder", "pipe"],
)  # fmt: skip
def test_a_file_that_is_no_store_is_refused_and_left_alone(make, reason, case, tmp_path):
    """Byte for byte, for loading, opening and recording alike."""
    path = tmp_path / "file"
    make(path)
    before = path.read_bytes() if path.is_file() else None

    assert reason in one_line(path, lambda: keep(path, case))
    one_line(path, lambda: open_store(path))
    one_line(path, lambda: log_disclosure(path, SHOWN))
    assert (path.read_bytes() if path.is_file() else None) == before
    assert {one.name for one in tmp_path.iterdir()} == {"case", "file"}


@pytest.mark.parametrize("name", ["missing/s.ringmap", "x" * 5000])
def test_a_store_where_none_can_be_is_refused(name, case, tmp_path):
    """A folder that is not there, a name too long."""
    one_line(tmp_path / name, lambda: keep(tmp_path / name, case))


def test_a_broken_source_leaves_the_store_as_it_was(store, tmp_path):
    """Byte for byte: the source is read whole before the store is opened."""
    before = store.read_bytes()
    read_folder(tmp_path / "new", people="person_id\nZ\n", ties="source,weight\nA,1\n")
    with pytest.raises(RecordsError):
        load_sources([tmp_path / "new"], store, loaded_at="2026")

    assert store.read_bytes() == before


def test_a_broken_source_makes_no_store(tmp_path):
    """Nothing of it is kept, not even an empty file."""
    read_folder(tmp_path / "new", ties="source,weight\nA,1\n")
    with pytest.raises(RecordsError):
        load_sources([tmp_path / "new"], tmp_path / "s.ringmap", loaded_at="2026")

    assert not (tmp_path / "s.ringmap").exists()


def test_a_load_that_fails_half_way_leaves_the_old_case(store, case, tmp_path, monkeypatch):
    """One transaction: the old tables are gone from it before the new ones are in."""
    before = canonical(open_store(store).case)

    def fail(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("ringmap.store.casestore._write_load", fail)
    more = ring(tmp_path / "more", "E>F")
    one_line(store, lambda: keep(store, more))

    assert canonical(open_store(store).case) == before


def test_an_interrupted_first_load_can_be_done_again(case, tmp_path, monkeypatch):
    """What is left says that nothing was loaded, and takes the load the second time."""
    path = tmp_path / "s.ringmap"

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ringmap.store.casestore._write_load", interrupt)
        with pytest.raises(KeyboardInterrupt):
            keep(path, case)

    assert "nothing was ever loaded" in one_line(path, lambda: open_store(path))
    assert keep(path, case).changed
    assert canonical(open_store(path).case) == canonical(case)


@pytest.fixture
def as_nobody():
    """A place where rights hold even if the tests are run by root."""
    if not hasattr(os, "seteuid"):
        pytest.skip("rights are told by user ids here")
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


@pytest.fixture
def readable(store, case, tmp_path):
    """A store whose file and folder anyone may read and only its owner change."""
    folder = tmp_path / "shared"
    folder.mkdir()
    path = folder / "s.ringmap"
    path.write_bytes(store.read_bytes())
    path.chmod(0o444)
    folder.chmod(0o555)
    open_to_others(tmp_path)
    return path


def test_a_store_that_may_only_be_read_is_read_and_not_written(readable, case, tmp_path, as_nobody):
    """On a read-only share, from a CD, from another's folder."""
    before = readable.read_bytes()

    assert canonical(open_store(readable).case) == canonical(case)
    assert "cannot be written" in one_line(readable, lambda: log_disclosure(readable, SHOWN))
    assert readable.read_bytes() == before
    assert [one.name for one in readable.parent.iterdir()] == ["s.ringmap"]


def test_no_store_can_be_made_in_a_folder_that_may_not_be_written(readable, case, as_nobody):
    """One line, and no traceback."""
    path = readable.with_name("new.ringmap")

    assert "cannot be written" in one_line(path, lambda: keep(path, case))


def test_flipped_bits_are_noticed_or_harmless(store, case, tmp_path):
    """Eighty single bits: never another case, key, load or disclosure."""
    log_disclosure(store, SHOWN)
    whole, before = open_store(store), store.read_bytes()
    wanted = [table.to_csv() for table in whole.case.tables().values()]
    chance, noticed = random.Random(7), 0
    for number in range(80):
        data = bytearray(before)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"flipped{number}"
        path.write_bytes(data)
        try:
            found = open_store(path)
        except StoreError:
            noticed += 1
            continue

        assert [table.to_csv() for table in found.case.tables().values()] == wanted
        assert found.key == whole.key
        assert (found.loads, found.disclosures) == (whole.loads, whole.disclosures)
    assert noticed > 10


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE blocks SET data = substr(data, 1, length(data) - 1) WHERE table_name = 'ties'",
        "DELETE FROM blocks WHERE table_name = 'records'",
        "UPDATE blocks SET table_name = 'sources2' WHERE table_name = 'sources'",
        "DELETE FROM disclosures",
        "UPDATE disclosures SET asked_by = 'nobody'",
        "UPDATE facts SET value = 'x' WHERE name = 'pseudonym_key'",
        "DELETE FROM facts",
        "DELETE FROM load_files",
        "UPDATE loads SET receipt = '[]'",
    ],
)
def test_what_is_changed_behind_the_stores_back_is_noticed(change, store, case):
    """And the store takes no more loads, which would seal the damage in."""
    log_disclosure(store, SHOWN)
    connection = sqlite3.connect(store)
    connection.execute(change)
    connection.commit()
    connection.close()

    assert "damaged" in one_line(store, lambda: open_store(store))


def test_damage_that_sqlite_cannot_put_into_words_is_told_in_ours(store, case):
    """A bit flipped in the definition of a table, which SQLite then quotes: STRI\\xc3T."""
    whole = store.read_bytes()
    assert b") STRICT" in whole
    store.write_bytes(whole.replace(b") STRICT", b") STRI\xc3T", 1))

    assert "damaged" in one_line(store, lambda: open_store(store))
    assert "damaged" in one_line(store, lambda: keep(store, case))


def test_a_damaged_store_takes_no_load(store, tmp_path):
    """It would be sealed in."""
    connection = sqlite3.connect(store)
    connection.execute("DELETE FROM load_files")
    connection.commit()
    connection.close()
    before = store.read_bytes()
    more = ring(tmp_path / "more", "E>F")

    assert "damaged" in one_line(store, lambda: keep(store, more))
    assert store.read_bytes() == before


def test_disclosures_are_kept_in_the_order_they_were_asked(store):
    """Who asked for names, when, with what, into which file."""
    later = Disclosure("2026-11-22", "analyst", "report --show-victims", "r.html", "1 victim")
    log_disclosure(store, SHOWN)
    log_disclosure(store, later)

    assert open_store(store).disclosures == (SHOWN, later)


def test_disclosures_stay_when_more_is_loaded(store, tmp_path):
    """The log outlives the case it is about."""
    log_disclosure(store, SHOWN)
    keep(store, ring(tmp_path / "more", "E>F"))

    assert open_store(store).disclosures == (SHOWN,)


def test_recording_a_disclosure_makes_no_store(tmp_path):
    """A wrong path must not look like a log."""
    one_line(tmp_path / "none", lambda: log_disclosure(tmp_path / "none", SHOWN))

    assert list(tmp_path.iterdir()) == []
