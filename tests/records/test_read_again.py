"""The very same file loaded again, read otherwise: by a corrected mapping, encoding or list."""

import pytest
from click.testing import CliRunner

from ringmap.cli import main
from ringmap.records import read
from ringmap.store import Disclosure, log_disclosure, open_store
from ringmap.workflow import Reading, load_sources
from rings import canonical, said_of, ties_of, write_folder

TIES = "a,b,d\nA,B,03/04/2019\nA,C,05/04/2019\n"


def run(*arguments):
    """What the command line says of the store in its last line."""
    told = CliRunner().invoke(main, [str(one) for one in arguments])
    assert told.exit_code == 0
    return told.stderr.splitlines()[-1].partition(": ")[2]


def mapping(folder, text):
    """A mapping of every file, as a file."""
    path = folder / "m.yaml"
    path.write_text(f"files: [{{file: '*', {text}}}]")
    return path


def dates(order):
    """Words for a file of ties with a day or a month first."""
    columns = "{source: a, target: b, first: d}"
    return f"dates: {order} first, tables: [{{table: ties, columns: {columns}}}]"


def load(source, store, **how):
    """What a load changed."""
    return load_sources([source], store, Reading(**how), loaded_at="2026").added


def counts(added):
    """A load in figures."""
    return added.changed, added.records_new, added.records_known, added.records_left


@pytest.fixture
def store(tmp_path):
    """Where a store is to be."""
    return tmp_path / "s.ringmap"


def test_a_corrected_mapping_counts_and_is_told(tmp_path, store):
    """3 April or 4 March; the second time there is nothing new."""
    (tmp_path / "t.csv").write_text(TIES)
    asked = (store, "--mapping", mapping(tmp_path, dates("day")))
    load(tmp_path / "t.csv", store, mapping=asked[2])
    log_disclosure(store, Disclosure("2026", "who", "brokers", "page.html", "all"))
    key = open_store(store).key
    mapping(tmp_path, dates("month"))
    told = [run("load", tmp_path / "t.csv", "--into", *asked) for _ in range(2)]
    stored = open_store(store)

    assert told == [
        "0 records added, 2 were there already and count as they are read now",
        "already holds these files; nothing changed",
    ]
    assert stored.case.ties["first"].tolist() == ["2019-03-04", "2019-05-04"]
    assert (stored.key, len(stored.disclosures), len(stored.loads)) == (key, 1, 2)
    assert canonical(stored.case) == canonical(read(tmp_path / "t.csv", mapping=asked[2]).case)


def test_rows_that_were_refused_count_once_the_parties_are_listed(tmp_path, store):
    """Loaded again as it is, the file of ties has one more to give."""
    folder = write_folder(
        tmp_path / "f", ties="source,target\nA,B\nA,C\n", people="person_id,name\nA,Ann\nB,Bo\n"
    )
    more = write_folder(tmp_path / "more", people="person_id,name\nC,Cy\n")
    load(folder, store)
    load(more / "people.csv", store)

    assert counts(load(folder / "ties.csv", store)) == (True, 1, 1, 0)
    assert ties_of(open_store(store).case) == [("A", "B", "tie", None), ("A", "C", "tie", None)]


def test_another_encoding_of_the_same_file_leaves_nothing_of_the_first(tmp_path, store):
    """Neither names nor the ids that were made of them."""
    (tmp_path / "t.csv").write_bytes("source,target\nMuñoz,Peña\n".encode("cp1252"))
    source = tmp_path / "t.csv"
    load(source, store, encoding="cp1250")

    assert counts(load(source, store, encoding="cp1252")) == (True, 0, 1, 0)
    assert canonical(open_store(store).case) == canonical(read(source, encoding="cp1252").case)
    assert counts(load(source, store, encoding="cp1252")) == (False, 0, 1, 0)


def test_a_row_that_becomes_another_table_is_there_once(tmp_path, store):
    """A list of bars was taken for people; the row of the person is not used now and stays."""
    path = tmp_path / "t.csv"
    path.write_text("id,what,name\n1,bar,Mimosa\n2,person,Ann\n")
    first = "tables: [{table: people, columns: {person_id: id, name: name}}]"
    load(path, store, mapping=mapping(tmp_path, first))
    then = (
        "tables: [{table: organisations, where: {what: [bar]}, "
        "columns: {organisation_id: id, name: name}}]"
    )

    assert counts(load(path, store, mapping=mapping(tmp_path, then))) == (True, 0, 1, 1)
    assert open_store(store).case.parties["party"].tolist() == ["1", "2"]
    assert open_store(store).case.parties["type"].tolist() == ["organisation", "person"]
    load(path, store, mapping=mapping(tmp_path, first))
    told = run("load", path, "--into", store, "--mapping", mapping(tmp_path, then))
    assert told == (
        "0 records added, 1 were there already and count as they are read now; "
        "1 of rows that are not used now stay as they were"
    )


def test_a_list_of_calls_that_is_summed_anew_leaves_no_sum_of_before(tmp_path, store):
    """As one country's, the two ways to write a number are one telephone."""
    path = tmp_path / "calls.csv"
    path.write_text(
        "caller,called,start\n0900000101,0900000102,2019-05-01 10:00\n"
        "+84900000101,0900000102,2019-05-02 10:00\n"
    )
    load(path, store)
    by = tmp_path / "m.yaml"
    by.write_text("telephones: {country: VN}\n")
    load(path, store, mapping=by)
    ties = open_store(store).case.ties

    assert ties[["kind", "weight"]].to_numpy().tolist() == [["called", 2.0]]


def test_of_two_files_that_say_the_same_each_keeps_its_record(tmp_path, store):
    """Loaded again alone, the second does not take the place of the first."""
    folder = tmp_path / "f"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("a,b,d\nA,B,03/04/2019\n")
    load(folder, store, mapping=mapping(tmp_path, dates("day")))
    (folder / "b.csv").write_text("a,b,d\nA,B,03/04/2019\nA,C,\n")
    load(folder / "b.csv", store, mapping=mapping(tmp_path, dates("month")))
    case = open_store(store).case

    assert case.records[["file", "row"]].to_numpy().tolist() == [
        ["a.csv", 1],
        ["b.csv", 1],
        ["b.csv", 2],
    ]
    assert case.tie_records["first"].dropna().tolist() == ["2019-04-03", "2019-03-04"]


def test_parties_that_a_corrected_row_does_not_name_are_gone(tmp_path, store):
    """The columns were the wrong way: `d` was taken for whom A is tied to."""
    (tmp_path / "t.csv").write_text("a,b,d\nA,B,X\n")
    for column in ("d", "b"):
        words = f"tables: [{{table: ties, columns: {{source: a, target: {column}}}}}]"
        load(tmp_path / "t.csv", store, mapping=mapping(tmp_path, words))
    case = open_store(store).case

    assert case.parties["party"].tolist() == ["A", "B"]
    assert said_of(case, "A", "name") == []
