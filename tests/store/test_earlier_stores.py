"""Stores of earlier versions of ringmap, and tables that stay packed until they are asked for."""

import copy
import pickle
import sqlite3
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from ringmap.errors import StoreError
from ringmap.model import COLUMNS, of_frame
from ringmap.model.drafts import as_frame
from ringmap.store import add, casestore, open_store
from ringmap.store.columns import pack_table, unpack_table
from ringmap.store.kept import KeptCase
from rings import canonical, ring


def pack_as_before(coded, columns):
    """A table as store version 1 has it: every text as a code of 32 bits, nothing pressed."""
    table = as_frame(coded, columns)
    names = [name for name in columns if name != "dates_as_written"]
    columns = [
        pa.array(table[name].to_numpy())
        if table[name].dtype.kind in "ifbu"
        else pa.array(table[name], type=pa.large_string(), from_pandas=True).dictionary_encode()
        for name in names
    ]
    arrow = pa.table(columns, names=names)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, arrow.schema) as writer:
        writer.write_table(arrow)
    yield sink.getvalue().to_pybytes()


def keep(path, case):
    """Add a case."""
    add(path, case, source="x", receipt="{}", loaded_at="2026-11")
    return path


def version(path):
    """Which version of a store a file says it is."""
    with sqlite3.connect(path) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return found


@pytest.fixture
def case(tmp_path):
    """A ring of four in two cases."""
    return ring(tmp_path / "ring", "A>B B>C C>D", victims="C")


@pytest.fixture
def earlier(case, tmp_path, monkeypatch):
    """The case as an earlier ringmap kept it."""
    with monkeypatch.context() as patch:
        patch.setattr(casestore, "pack_table", pack_as_before)
        patch.setattr(casestore, "SCHEMA_VERSION", 1)
        return keep(tmp_path / "earlier.ringmap", case)


def test_an_earlier_store_opens_as_it_was(earlier, case):
    """And opening does not change it."""
    tables = open_store(earlier).case.tables()

    assert version(earlier) == 1
    for name, table in case.tables().items():
        pd.testing.assert_frame_equal(tables[name], table)


def test_an_earlier_store_into_which_more_is_loaded_is_of_this_version(earlier, case, tmp_path):
    """An earlier ringmap refuses it then with a sentence; it could not read it."""
    more = ring(tmp_path / "more", "D>E")
    both = keep(keep(tmp_path / "new.ringmap", case), more)

    assert version(keep(earlier, more)) == version(both) == casestore.SCHEMA_VERSION
    assert canonical(open_store(earlier).case) == canonical(open_store(both).case)


def text(*cells):
    """A table of one column of text."""
    return pd.DataFrame({"page": pd.Series(list(cells), dtype="str")})


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (text(None, None, None), "null"),
        (text("a", "b", "a", None, "b", "a"), "codes of int8"),
        (text("a", "b", "c", None), "large_string"),
        (text(*(f"{at // 4}" for at in range(512))), "codes of int8"),
        (text(*(f"{at // 4}" for at in range(516))), "codes of int16"),
    ],
)
def test_a_column_of_text_takes_the_room_it_needs(table, kind, monkeypatch):
    """Gaps nothing, few texts a byte a cell, texts that do not come again themselves.

    128 texts are told apart by a byte (0 to 127), 129 are not.
    """
    monkeypatch.setitem(COLUMNS, "pages", ("page",))
    (block,) = pack_table(of_frame(table), ["page"])
    found = pa.ipc.open_stream(block).schema.field("page").type

    assert kind == (f"codes of {found.index_type}" if pa.types.is_dictionary(found) else str(found))
    pd.testing.assert_frame_equal(unpack_table("pages", [block]), table)


def test_opening_unpacks_no_table_that_nobody_asks_for(case, tmp_path):
    """The first to ask has it unpacked, the next gets the same."""
    kept = open_store(keep(tmp_path / "s.ringmap", case)).case

    assert not set(COLUMNS) & set(vars(kept))
    assert kept.ties is kept.ties
    assert set(COLUMNS) & set(vars(kept)) == {"ties"}


def test_a_case_out_of_a_store_is_one_like_any_other(case, tmp_path):
    """Changed in part, copied, sent to another process; and nothing can be set in it."""
    kept = open_store(keep(tmp_path / "s.ringmap", case)).case
    changed = replace(kept, ties=kept.ties.iloc[:1])

    assert len(changed.ties) == 1
    assert changed.files == kept.files == case.files
    for other in (copy.copy(kept), copy.deepcopy(kept), pickle.loads(pickle.dumps(kept))):
        assert canonical(other) == canonical(case)
    with pytest.raises(AttributeError, match="no_table"):
        _ = kept.no_table
    with pytest.raises(AttributeError):
        kept.ties = case.ties


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_damaged_table_is_refused_though_nobody_asks_for_it(name, case, tmp_path):
    """One bit of one block: the store does not open, whatever is wanted of it."""
    path = keep(tmp_path / "s.ringmap", case)
    connection = sqlite3.connect(path)
    query = "SELECT data FROM blocks WHERE table_name = ?"
    data = np.frombuffer(connection.execute(query, (name,)).fetchone()[0], np.uint8).copy()
    data[len(data) // 2] ^= 1
    connection.execute("UPDATE blocks SET data = ? WHERE table_name = ?", (data.tobytes(), name))
    connection.commit()
    connection.close()

    with pytest.raises(StoreError, match=f"the table '{name}' is damaged"):
        open_store(path)


def test_a_table_that_was_sealed_without_a_column_is_told_in_one_line(case, tmp_path, monkeypatch):
    """Its checksum is right, and still it is no table."""
    with monkeypatch.context() as patch:
        patch.setattr(
            casestore, "pack_table",
            lambda table, columns: pack_table(table, [one for one in columns if one != "kind"]),
        )  # fmt: skip
        path = keep(tmp_path / "s.ringmap", case)

    with pytest.raises(StoreError, match="the table 'ties' cannot be unpacked"):
        _ = open_store(path).case.ties


def _pointing_outside():
    """Texts of which the second begins far behind the last byte."""
    places = np.array([0, 1, 1 << 40, 2], dtype=np.int64)
    return pa.LargeStringArray.from_buffers(
        3, pa.py_buffer(places.tobytes()), pa.py_buffer(b"abcd")
    )


def _code_of_no_text():
    """Three codes for two texts."""
    codes, texts = pa.array([0, 7, 1], pa.int8()), pa.array(["a", "b"], pa.large_string())
    return pa.DictionaryArray.from_arrays(codes, texts, safe=False)


@pytest.mark.parametrize("made", [_pointing_outside, _code_of_no_text])
def test_a_block_made_to_mislead_is_refused(made):
    """Somebody who makes a store can seal it as well: no text is read from outside its block."""
    columns = {name: pa.nulls(3) for name in COLUMNS["statements"]} | {"value": made()}
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, pa.table(columns).schema) as writer:
        writer.write_table(pa.table(columns))
    case = KeptCase.of({"statements": [sink.getvalue().to_pybytes()]}, ())

    with pytest.raises(StoreError, match="the table 'statements' cannot be unpacked"):
        _ = case.statements
