"""The child process that parses files: what it may not do, and what becomes of its failures."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ringmap.errors import RecordsError
from ringmap.records import apart
from ringmap.records.apart import ApartError, run_apart
from ringmap.records.limits import Limits

RECORDS = Path(apart.__file__).parent
CONFINED = """
import os, sys, tempfile
sys.path.append(sys.argv[1])
from child.confinement import confine
confine(384_000_000, 4)
try:
    {deed}
except (OSError, MemoryError, ImportError, RuntimeError) as error:
    print(type(error).__name__)
else:
    print("done")
"""
ANSWER = "import sys; sys.stdin.buffer.readline(); sys.stdin.buffer.read(); "


@pytest.fixture
def children(monkeypatch):
    """Every process that is started, to see that none is left."""
    started = []
    start = subprocess.Popen

    def starting(*arguments, **options):
        started.append(start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", starting)
    return started


def confined(deed):
    """What becomes of a line of Python in a process that was bound."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", CONFINED.format(deed=deed), RECORDS],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip() or done.returncode


@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("open(os.devnull)", "done"),
        ("open('/tmp/ringmap-must-not-write', 'w')", "PermissionError"),
        ("os.open('/tmp/ringmap-must-not-write', os.O_CREAT | os.O_WRONLY)", "PermissionError"),
        ("tempfile.NamedTemporaryFile()", "FileNotFoundError"),
        ("os.remove('/tmp/ringmap-must-not-write')", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("os.fork()", "PermissionError"),
        ("__import__('subprocess').run(['true'])", "PermissionError"),
        ("__import__('socket').create_connection(('127.0.0.1', 9))", "PermissionError"),
    ],
)
def test_the_child_can_neither_write_nor_start_nor_connect(deed, outcome):
    """Each deed alone, in a process bound as the child is."""
    assert confined(deed) == outcome


def test_the_child_has_no_more_memory_than_it_is_given():
    """Half a gigabyte is beyond the 384 MB that it has."""
    pytest.importorskip("resource", reason="the system does not bound memory")

    assert confined("bytearray(512_000_000)") == "MemoryError"


def test_the_child_sees_no_environment_and_no_site_packages(monkeypatch, children):
    """A secret in the environment stays with the parent."""
    monkeypatch.setenv("RINGMAP_SECRET", "told to nobody")
    monkeypatch.setattr(apart, "_PROGRAM", ANSWER + (
        "import os, json; print(json.dumps(['env', sorted(os.environ), "
        "[path for path in sys.path if 'site-packages' in path]])); print('[\"end\"]')"
    ))  # fmt: skip
    told = []
    run_apart("any", b"", Limits(), told.append)

    assert "RINGMAP_SECRET" not in told[0][1]
    assert set(told[0][1]) <= {"LC_CTYPE", *apart._NEEDED}
    assert told[0][2] == []
    assert [child.poll() for child in children] == [0]


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import time; time.sleep(60)", "reading it took longer than 0.5 seconds"),
        ("\nwhile True: pass", "reading it took longer than 0.5 seconds"),
        ("import os; os._exit(71)", "reading it took more than 384 MB of memory"),
        ("import os; os._exit(3)", "the process that read it broke off (code 3)"),
        ("import os; os.abort()", "the process that read it broke off (code -6)"),
        (ANSWER + "print('[\"row\", 1')", "the process that read it broke off (code 0)"),
        (ANSWER + "print('nonsense')", "the process that read it broke off (code 0)"),
        (ANSWER + "print('{}')", "the process that read it broke off (code 0)"),
        (ANSWER + "print('[]')", "the process that read it broke off (code 0)"),
        (ANSWER, "the process that read it broke off (code 0)"),
    ],
)
def test_whatever_becomes_of_the_child_there_is_one_reason(program, reason, monkeypatch, children):
    """Timeout, memory, crash, broken or missing answers; and no process stays behind."""
    monkeypatch.setattr(apart, "_PROGRAM", program)
    before = time.perf_counter()
    with pytest.raises(ApartError) as caught:
        run_apart("any", b"x" * 200_000, Limits(seconds=0.5), lambda _: None)

    assert caught.value.reason.startswith(reason.partition(" (code 0)")[0])
    assert time.perf_counter() - before < 5
    assert [child.poll() is None for child in children] == [False]


def test_an_answer_longer_than_allowed_is_cut_short(monkeypatch, children):
    """A child that does not stop to talk is stopped."""
    monkeypatch.setattr(
        apart, "_PROGRAM", ANSWER + '\nwhile True: print(f\'["row", 1, ["{"x" * 10000}"]]\')'
    )
    with pytest.raises(ApartError, match="its text is too long"):
        run_apart("any", b"", Limits(unpacked_bytes=10_000), lambda _: None)

    assert [child.poll() is None for child in children] == [False]


def test_the_child_ends_when_the_parent_fails(monkeypatch, children):
    """Ctrl-C while an answer is taken."""
    monkeypatch.setattr(
        apart, "_PROGRAM", ANSWER + "\nprint('[\"row\"]', flush=True); import time; time.sleep(60)"
    )

    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_apart("any", b"", Limits(), interrupted)

    assert [child.poll() is None for child in children] == [False]


def test_no_interpreter_is_one_reason_too(monkeypatch):
    """A program that was packed without Python."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(ApartError, match="no process could be started"):
        run_apart("any", b"", Limits(), lambda _: None)


def test_a_file_too_large_starts_no_child(children):
    """Its size is known beforehand."""
    with pytest.raises(ApartError, match="the file has 11 bytes; more than 10"):
        run_apart("any", b"x" * 11, Limits(file_bytes=10), lambda _: None)

    assert children == []


def test_the_childs_code_imports_the_standard_library_alone():
    """Else it would start slowly, or not at all."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c",
         "import sys, json; sys.path.append(sys.argv[1]); "
         "import child.main; print(json.dumps(sorted(sys.modules)))", RECORDS],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}

    assert loaded - set(sys.stdlib_module_names) == {"child", "__main__"}


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("rows=5000000", "rows", 5_000_000),
        ("seconds=20", "seconds", 20.0),
        ("seconds=2.5", "seconds", 2.5),
        ("file_bytes=2GB", "file_bytes", 2_000_000_000),
        ("memory_bytes = 500 mb", "memory_bytes", 500_000_000),
        ("unpacked_bytes=1.5k", "unpacked_bytes", 1_500),
    ],
)
def test_a_limit_is_set_by_name(setting, name, value):
    """The others stay as they are."""
    limits = Limits.parse([setting])

    assert limits.as_dict() == Limits().as_dict() | {name: value}


@pytest.mark.parametrize(
    "setting",
    ["rows", "lines=3", "=3", "rows=", "rows=0", "rows=-1", "rows=many", "rows=2GB", "rows=0.5",
     "seconds=nan", "seconds=1e5", "seconds=5s", "rows=99999999999999999999", "rows=٣x"],
)  # fmt: skip
def test_a_limit_that_cannot_be_set_is_refused(setting):
    """In one line that names the setting."""
    with pytest.raises(RecordsError) as caught:
        Limits.parse([setting])

    assert f"'{setting}'" in str(caught.value)


def test_a_limit_unknown_lists_those_there_are():
    """The hint is the list."""
    with pytest.raises(RecordsError) as caught:
        Limits.parse(["lines=3"])

    assert str(caught.value) == (
        "no limit 'lines=3'; write NAME=VALUE, NAME one of file_bytes, unpacked_bytes, ratio, "
        "members, rows, columns, cells, cell_characters, depth, seconds, memory_bytes"
    )


def test_time_grows_with_the_file():
    """Four seconds up to half a megabyte, eight for each megabyte beyond; a day at most."""
    seconds = [Limits().seconds_for(size) for size in (0, 500_000, 2_000_000, 10**13)]

    assert seconds == [4.0, 4.0, 16.0, 86_400]


def test_no_memory_for_a_thread_is_said_plainly(monkeypatch):
    """Python calls it a RuntimeError; it ended in a traceback."""

    def full(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", full)

    with pytest.raises(ApartError, match="not enough memory"):
        run_apart("spreadsheet", b"PK", Limits(), print)
