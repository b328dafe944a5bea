"""Several processes at one store, a process killed in the middle, and a full disk."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from fuzz.hostile import sheet_xml, workbook
from ringmap.errors import StoreError
from ringmap.records import read
from ringmap.store import add, open_store
from ringmap.workflow import load_sources
from ringmap.workflow.sources import read_sources
from rings import canonical, read_folder, ring, write_folder

LOAD = """
    import sys
    from pathlib import Path
    from ringmap.records import read
    from ringmap.store import add, casestore

    def stopping(made, word):
        print(word, flush=True)
        if len(sys.argv) > 3:
            sys.stdin.readline()
        return made

    pack, seal = casestore.pack_table, casestore._seal
    casestore.pack_table = lambda *table: (stopping(block, "block") for block in pack(*table))
    casestore._seal = lambda connection: stopping(seal(connection), "sealed")
    result = read(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    add(Path(sys.argv[2]), result.case, source=sys.argv[1], receipt="{}", loaded_at="2026")
    print("done", flush=True)
"""


LOAD_BY_WORKFLOW = LOAD.replace(
    "result = read(sys.argv[1])", "from ringmap.workflow import load_sources"
).replace(
    'add(Path(sys.argv[2]), result.case, source=sys.argv[1], receipt="{}", loaded_at="2026")',
    'load_sources([Path(sys.argv[1])], Path(sys.argv[2]), loaded_at="2026")',
)


def start(script, *arguments):
    """Another process that has got as far as saying so."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def go_on(process):
    """Let it do its work."""
    process.stdin.write("\n")
    process.stdin.flush()


def finish(process):
    """Wait for its end; what it complained of."""
    _, complaint = process.communicate(timeout=60)
    return complaint


def keep(path, case):
    """Add a case."""
    return add(path, case, source="x", receipt="{}", loaded_at="2026-11")


@pytest.fixture
def small(tmp_path):
    """A ring of two."""
    return ring(tmp_path / "small", "A>B")


def large(folder, rows=2000):
    """Ties enough for a load to take a while."""
    text = "".join(f"P{n},Q{n},called,C{n % 50},{n}\n" for n in range(rows))
    read_folder(folder, ties=f"source,target,kind,case_id,note\n{text}")
    return folder


def test_a_store_can_be_read_while_another_process_writes(small, tmp_path):
    """The reader sees the case as it was before."""
    path = tmp_path / "s.ringmap"
    keep(path, small)
    writer = start(
        """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM blocks")
        print("ready", flush=True)
        sys.stdin.readline()
        """,
        path,
    )
    seen = canonical(open_store(path).case)
    go_on(writer)
    finish(writer)

    assert seen == canonical(small)
    assert canonical(open_store(path).case) == canonical(small)


def test_a_writer_that_waits_in_vain_is_told(small, tmp_path, monkeypatch):
    """One line, and what to do."""
    monkeypatch.setattr("ringmap.store.casestore._WAIT_S", 0.1)
    path = tmp_path / "s.ringmap"
    keep(path, small)
    writer = start(
        """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        print("ready", flush=True)
        sys.stdin.readline()
        """,
        path,
    )
    with pytest.raises(StoreError, match="another process is writing"):
        keep(path, ring(tmp_path / "more", "D>E"))
    go_on(writer)
    finish(writer)

    assert canonical(open_store(path).case) == canonical(small)


@pytest.mark.parametrize("made_before", [True, False])
def test_two_loads_at_once_both_arrive(made_before, small, tmp_path):
    """One after the other, also when neither found a store."""
    path = tmp_path / "s.ringmap"
    if made_before:
        keep(path, small)
    folders = [tmp_path / "one", tmp_path / "two"]
    for name, folder in zip("XY", folders, strict=True):
        read_folder(folder, ties=f"source,target\n{name}1,{name}2\n{name}2,{name}3\n")
    loads = [start(LOAD, folder, path) for folder in folders]
    for load in loads:
        go_on(load)
    complaints = [finish(load) for load in loads]
    stored = open_store(path)

    assert complaints == ["", ""]
    assert len(stored.case.ties) == 4 + made_before
    assert {load.source for load in stored.loads} >= set(map(str, folders))


def kill(process):
    """As the kernel does when memory is short."""
    os.kill(process.pid, signal.SIGKILL)
    finish(process)


def load_up_to(folder, path, steps, script=LOAD):
    """A process that stands still within its load, after some blocks of tables or the last."""
    load = start(script, folder, path, "step by step")
    for _ in range(steps):
        go_on(load)
        assert load.stdout.readline() in ("block\n", "sealed\n")
    return load


@pytest.mark.parametrize("steps", [1, 5, 8, 9])
def test_a_load_that_is_killed_half_way_leaves_the_old_case(steps, small, tmp_path):
    """Kill -9 after the first table, amid, after the last, and before the transaction ends."""
    path = tmp_path / "s.ringmap"
    keep(path, small)
    load = load_up_to(large(tmp_path / "large", 500), path, steps)
    kill(load)
    stored = open_store(path)

    assert canonical(stored.case) == canonical(small)
    assert len(stored.loads) == 1


def test_a_load_that_is_killed_as_it_ends_is_whole_or_not_there(small, tmp_path):
    """Two kills around the moment of writing: the old case, or old and new."""
    folder = large(tmp_path / "large")
    whole = len(read(folder).case.ties) + len(small.ties)
    for delay_s in (0.0, 0.004):
        path = tmp_path / f"{delay_s}.ringmap"
        keep(path, small)
        load = load_up_to(folder, path, 9)
        go_on(load)
        with contextlib.suppress(subprocess.TimeoutExpired):
            load.wait(delay_s)
        kill(load)
        stored = open_store(path)

        assert len(stored.case.ties) == (whole if len(stored.loads) == 2 else len(small.ties))


@pytest.mark.parametrize("steps", [1, 5, 10])
def test_a_first_load_that_is_killed_can_be_done_again(steps, small, tmp_path):
    """What is left is no stranger's file. (An empty store is sealed before the first block.)"""
    path = tmp_path / "s.ringmap"
    kill(load_up_to(large(tmp_path / "large", 50), path, steps))
    with pytest.raises(StoreError, match="nothing was ever loaded"):
        open_store(path)
    keep(path, small)

    assert canonical(open_store(path).case) == canonical(small)


def _graph():
    nodes = "".join(f'<node id="n{at}"/>' for at in range(300))
    edges = "".join(f'<edge source="n{at}" target="n{(at * 7 + 1) % 300}"/>' for at in range(300))
    namespace = "http://graphml.graphdrawing.org/xmlns"
    return f'<graphml xmlns="{namespace}"><graph>{nodes}{edges}</graph></graphml>'.encode()


def _workbook():
    rows = [("person_id", "name"), *((f"P{at}", f"Bản {at}") for at in range(300))]
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="str"><v>{person}</v></c>'
        f'<c r="B{at}" t="str"><v>{name}</v></c></row>'
        for at, (person, name) in enumerate(rows, start=1)
    )
    return workbook(sheet=sheet_xml(cells))


#: Records of other forms than a case folder, in files with spaces and marks in their names.
FORMS = {
    "mạng lưới 1.graphml": _graph(),
    "danh sách.xlsx": _workbook(),
    "cuộc gọi.csv": b"caller,callee,time\n"
    + b"".join(b"%d,%d,2019-05-03 10:00\n" % (at, at * 3 % 299) for at in range(300)),
}


@pytest.fixture(params=sorted(FORMS))
def records(request, tmp_path):
    """A file of each form."""
    (tmp_path / request.param).write_bytes(FORMS[request.param])
    return tmp_path / request.param


def others(path):
    """Files beside a store that others than their owner may read."""
    return [one.name for one in path.parent.glob(f"*{path.name}*") if one.stat().st_mode & 0o077]


@pytest.mark.parametrize("steps", [1, 6, 10])
def test_a_killed_first_load_of_any_form_is_done_again_by_the_same_command(
    steps, records, tmp_path
):
    """`ringmap load` refused what it had left: nothing was ever loaded, it said."""
    path = tmp_path / "kho lưu.ringmap"
    kill(load_up_to(records, path, steps, LOAD_BY_WORKFLOW))
    assert others(path) == []
    load_sources([records], path, loaded_at="2026")

    assert canonical(open_store(path).case) == canonical(read(records).case)
    assert len(open_store(path).loads) == 1


@pytest.mark.parametrize("steps", [1, 8])
def test_a_killed_load_of_any_form_leaves_the_old_case(steps, records, small, tmp_path):
    """Whole, and without anything of the new one."""
    path = tmp_path / "kho lưu.ringmap"
    keep(path, small)
    kill(load_up_to(records, path, steps, LOAD_BY_WORKFLOW))

    assert canonical(open_store(path).case) == canonical(small)
    assert others(path) == []


def test_loads_of_three_forms_at_once_all_arrive(tmp_path):
    """Into a store that none of them found."""
    path = tmp_path / "kho lưu.ringmap"
    for name, data in FORMS.items():
        (tmp_path / name).write_bytes(data)
    loads = [start(LOAD_BY_WORKFLOW, tmp_path / name, path) for name in FORMS]
    for load in loads:
        go_on(load)

    assert [finish(load) for load in loads] == ["", "", ""]
    assert {load.source for load in open_store(path).loads} == {str(tmp_path / n) for n in FORMS}


def test_a_disk_that_takes_no_more_is_told_and_leaves_the_old_case(records, small, tmp_path):
    """The system allows files of 20,000 bytes at the most, as a quota does."""
    path = tmp_path / "kho lưu.ringmap"
    keep(path, small)
    limited = LOAD_BY_WORKFLOW.replace(
        "import sys\n",
        "import resource, signal, sys\n"
        "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n",
        1,
    )
    load = start(limited, records, path)
    go_on(load)

    assert "the disk did not take or give what was asked; nothing was changed" in finish(load)
    assert canonical(open_store(path).case) == canonical(small)
    assert others(path) == []


def test_a_store_that_was_only_begun_says_so(tmp_path):
    """An empty file, as a load leaves it that is killed at once."""
    path = tmp_path / "s.ringmap"
    path.touch()
    with pytest.raises(StoreError, match="nothing was ever loaded into this store"):
        open_store(path)


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of 600 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode
    except OSError:
        done = 1
    if done:
        pytest.skip("a small disk can be made only by root, with mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_leaves_the_old_case(small, tiny_disk, tmp_path):
    """And once there is room, the load goes on."""
    path = tiny_disk / "s.ringmap"
    keep(path, small)
    result = read(large(tmp_path / "large"))
    filler = tiny_disk / "filler"
    filler.write_bytes(b"x" * 400_000)
    with pytest.raises(StoreError, match="disk is full; nothing was changed; make room"):
        keep(path, result.case)

    assert canonical(open_store(path).case) == canonical(small)
    assert len(open_store(path).loads) == 1


def test_a_disk_too_full_for_a_first_load_leaves_no_half_store(small, tiny_disk, tmp_path):
    """Nothing that looks like a case."""
    path = tiny_disk / "s.ringmap"
    result = read(large(tmp_path / "large", rows=20_000))
    with pytest.raises(StoreError, match="disk is full"):
        keep(path, result.case)

    with pytest.raises(StoreError, match="nothing was ever loaded"):
        open_store(path)
    assert keep(path, small).changed


TELEPHONES = {
    "people": "person_id,name\nA,Ann\n",
    "identifiers": "identifier_id,kind,value,holder\nT1,phone,0900000101,A\n",
    "calls": "caller,called,start\n0900000101,0900000102,2019-05-03 10:00\n",
}


@pytest.fixture
def overtaken(monkeypatch):
    """Loads of which each is overtaken by another one, after it was read and before it is kept."""

    def load(files, path, other):
        waiting = [other]

        def read_and_wait(*sources, **how):
            result = read_sources(*sources, **how)
            if waiting:
                load_sources([waiting.pop()], path, loaded_at="2026")
            return result

        monkeypatch.setattr("ringmap.workflow.loading.read_sources", read_and_wait)
        return load_sources(files, path, loaded_at="2026")

    return load


@pytest.mark.parametrize("began", [True, False])
@pytest.mark.parametrize("later", ["calls", "identifiers"])
def test_a_load_that_is_overtaken_knows_what_came_in_between(began, later, overtaken, tmp_path):
    """A telephone whose list and whose calls come at once has one id, not two."""
    folder = write_folder(tmp_path / "all", **TELEPHONES)
    path = tmp_path / "s.ringmap"
    load_sources([folder / "people.csv"], path, loaded_at="2026") if began else None
    files = {name: folder / f"{name}.csv" for name in TELEPHONES}
    overtaken(
        [files["people"], files[later]], path,
        files["identifiers" if later == "calls" else "calls"],
    )  # fmt: skip

    assert canonical(open_store(path).case) == canonical(read(folder).case)
    assert len(open_store(path).loads) == 2 + began


def test_a_pipe_that_is_overtaken_is_to_be_loaded_again(overtaken, tmp_path):
    """What came out of it is gone; the store has the other load, whole."""
    folder = write_folder(tmp_path / "all", **TELEPHONES)
    path, pipe = tmp_path / "s.ringmap", tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(["cp", folder / "calls.csv", pipe]),
        pytest.raises(StoreError, match="another load came in while this one was read"),
    ):
        overtaken([pipe], path, folder / "people.csv")

    assert canonical(open_store(path).case) == canonical(read(folder / "people.csv").case)
