"""Broken and hostile files: a receipt or one plain error, never a traceback, and quickly."""

import json
import random
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.errors import RecordsError
from ringmap.records import read, receipt_json

NAMES = ("people.csv", "ties.csv", "sheet.csv", "matrix.csv", "list.txt", "case.json",
         "net.graphml", "net.jsonl", "legs.csv", "places.tsv")  # fmt: skip
SEEDS = {
    "people.csv": "person_id,name,born,role,grade,lat\nA,Ann,1990,victim,B2,1\nB,Bo,,guard,,\n",
    "ties.csv": 'source,target,kind,weight,note\nA,B,called,2,"a\nb"\nB,A,paid,3,\n',
    "legs.csv": "event_id,kind,date,from_place,person_id,moved_by\nE,sold,2019,L,A;B,C\n",
    "places.tsv": "place_id\tname\tlat\tlon\tcountry\nL\tLào Cai\t22.5\t104\tVN\n",
    "sheet.csv": "case_id,person,role,place,date\nC1,Ann,victim,Lào Cai,2019-05\n",
    "matrix.csv": ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,0\n",
    "list.txt": "0 1 4\n1 2 6\n",
    "case.json": '{"people": [{"person_id": "A", "age": 3}], "ties": [{"source": "A"}], "x": []}',
    "net.graphml": '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="d0" for="node" attr.name="role"/><graph edgedefault="directed"><node id="a">'
    '<data key="d0">victim</data></node><node id="b"/><edge source="a" target="b"/></graph>'
    "</graphml>",
    "net.jsonl": '{"type": "node", "id": "a", "properties": {"source": "x"}}\n'
    '{"type": "edge", "source": "a", "target": "a"}\n',
}
BITS = (b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"'", b";",
        b"{", b"[", b"]", b":", b"<", b">", b"&", b"=1+1", b"-1", b"1e999", b"NaN", b"\\ud800",
        b"person_id", b"source", b"9" * 400, "\u2028".encode(), "Đ".encode(), b"31/02/2019",
        b"\t", b"id")  # fmt: skip
LONGEST_S = 20


def mutate(data: bytes, seed: int) -> bytes:
    """A few bytes cut, doubled, changed or put in."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(data))
        stop = min(len(data), start + chance.randint(0, 12))
        middle = chance.choice(
            (b"", data[start:stop] * 2, chance.choice(BITS), chance.randbytes(3))
        )
        data = data[:start] + middle + data[stop:]
    return data


def survives(path: Path) -> None:
    """Reading gives a receipt that adds up, or one line."""

    def too_slow(*_: object) -> None:
        raise TimeoutError(f"reading {path.read_bytes()!r} takes too long")

    previous = signal.signal(signal.SIGPROF, too_slow)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    refusal, told = "", {"rows_read": 0, "rows_used": 0, "rows_refused": 0, "files": []}
    try:
        told = json.loads(receipt_json(read(path).receipt))
    except RecordsError as error:
        refusal = str(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)

    assert "\n" not in refusal
    assert told["rows_read"] == told["rows_used"] + told["rows_refused"]
    assert all(p["reason"] and p["hint"] for file in told["files"] for p in file["problems"])
    for file in told["files"]:
        assert all(p["row"] is None or p["row"] <= file["rows_read"] for p in file["problems"])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=200), name=st.sampled_from(NAMES))
def test_any_bytes_get_a_receipt(data, name, tmp_path_factory):
    """Under any name that could be a table."""
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(data)

    survives(path)


@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_get_a_receipt(name, tmp_path):
    """Five damaged copies of a good file each, always the same ones."""
    for seed in range(5):
        path = tmp_path / name
        path.write_bytes(mutate(SEEDS[name].encode(), seed))

        survives(path)


def test_a_folder_of_damaged_files_gets_a_receipt(tmp_path):
    """Together they must not upset each other either."""
    tables = [name for name in NAMES if name not in ("sheet.csv", "matrix.csv", "list.txt")]
    for seed in range(5):
        for name in tables:
            (tmp_path / name).write_bytes(mutate(SEEDS[name].encode(), seed + 100))

        survives(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "person_id,role\n" + "".join(f"P{n},role no {n}\n" for n in range(1500)),
        "person_id,born\n" + "".join(f"P{n},day {n}\n" for n in range(10_000)),
        "person_id,note\n" + "A," + "x" * 5_000_000 + "\n",
        "person_id" + ",c" * 3_000 + "\nA" + ",1" * 3_000 + "\n",
        "person_id\n" + '"' * 100_001 + "\n",
        "\n" * 200_000 + "person_id\nA\n",
    ],
    ids=["words", "dates", "cell", "columns", "quotes", "blank lines"],
)
def test_large_nonsense_is_read_quickly(text, tmp_path):
    """Nothing grows with the square of the file."""
    path = tmp_path / "people.csv"
    path.write_text(text)

    survives(path)


def test_many_strange_columns_of_ties_are_read_quickly(tmp_path):
    """Twenty thousand ties with a further column, every pair twice."""
    rows = "".join(f"P{n % 10_000},Q{n % 10_000},{n}\n" for n in range(20_000))
    path = tmp_path / "calls.csv"
    path.write_text(f"source,target,tower\n{rows}")

    survives(path)
