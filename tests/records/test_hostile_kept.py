"""Hostile files by kind, and what fuzzing found: a receipt or one line, each with its place."""

import resource
import signal
import subprocess
import sys

import pytest

from fuzz.hostile import FILES, MAPPED, MAPPINGS, PLACES, database
from fuzz.invariants import check_lines, outcome
from ringmap.errors import RecordsError
from ringmap.records import read
from rings import only_problem

LONGEST_S = 20  # CPU seconds in process, and those of a process of its own on a busy machine
MOST_BYTES = 512 * 2**20
#: More than a second each; `make fuzz` reads them as well.
SLOW = ("a million lines of commas", "fifty thousand bad dates", "json unlike rows",
        "database endless view", "two thousand files", "spreadsheet bomb", "unlike kinds",
        "unlike times", "unlike dates", "unlike countries", "unlike entities", "unlike places",
        "unlike roles", "two thousand bad files", "four hundred folders and files",
        "second sheet bomb")  # fmt: skip
APART = ("encoding noise", "lines end in nel", "quotes unclosed", "json deep lists",
         "graph laughs", "spreadsheet cut", "database noise", "a file with a hole",
         "short rows under many headings", "pajek many unlisted")  # fmt: skip


@pytest.fixture(autouse=True)
def _in_time():
    def late(*_):
        raise TimeoutError(f"more than {LONGEST_S} s")

    previous = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, previous)


def written(kind, folder):
    """The hostile file of a kind."""
    name, data = FILES[kind]
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind not in SLOW])
def test_a_hostile_file_gets_a_receipt_or_one_line(kind, tmp_path):
    """Sums hold; every refused row is named with its line."""
    path = written(kind, tmp_path)

    refusal, receipt = outcome(path)

    assert bool(refusal) is (receipt is None)
    if receipt is not None and path.suffix in (".csv", ".txt", ".json") and " utf-" not in kind:
        check_lines(receipt, FILES[kind][1])


@pytest.mark.parametrize("kind", [kind for kind in PLACES if kind not in SLOW])
def test_a_hostile_place_gets_a_receipt_or_one_line(kind, tmp_path):
    """Links, pipes, folders and names."""
    refusal, receipt = outcome(PLACES[kind](tmp_path))

    assert bool(refusal) is (receipt is None)


@pytest.mark.parametrize("kind", MAPPINGS)
def test_a_hostile_mapping_is_refused_in_one_line_or_used(kind, tmp_path):
    """A mapping is told with its file and line; what it maps gets a receipt."""
    (tmp_path / "m.yaml").write_bytes(MAPPINGS[kind])
    (tmp_path / "x.csv").write_bytes(MAPPED)
    refusal, receipt = outcome(tmp_path / "x.csv", mapping=tmp_path / "m.yaml")

    assert bool(refusal) is (receipt is None)
    assert not refusal or "m.yaml" in refusal


def within_bounds():
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


@pytest.mark.parametrize("kind", APART)
def test_a_process_within_512_mb_ends_in_words(kind, tmp_path):
    """Exit code 0 or 1, and no traceback."""
    path = written(kind, tmp_path) if kind in FILES else PLACES[kind](tmp_path)
    command = [sys.executable, "-c", "from ringmap.cli import main; main()", "check", str(path)]
    environment = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ":".join(sys.path)}
    ended = subprocess.run(
        command, capture_output=True, preexec_fn=within_bounds, env=environment,
        timeout=3 * LONGEST_S,
    )  # fmt: skip

    assert ended.returncode in (0, 1)
    assert b"Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(("kind", "sign"), [("nel", "0085"), ("ls", "2028"), ("ff", "000C")])
def test_lines_that_end_otherwise_lose_no_row_silently(kind, sign, tmp_path):
    """The whole file is one line of headings to us: it is refused, not empty."""
    problem = only_problem(read(written(f"lines end in {kind}", tmp_path)))

    assert (problem.severity, problem.line) == ("fatal", 1)
    assert problem.reason == f"the lines end in U+{sign}, which ends no line of a table"


def test_a_cell_of_separators_is_an_unknown_kind(tmp_path):
    """It ended in an IndexError."""
    (tmp_path / "ties.csv").write_text("source,target,kind\nA,B,;;\n")
    result = read(tmp_path / "ties.csv")

    assert only_problem(result).reason == "unknown kind of tie"
    assert (only_problem(result).row, only_problem(result).line) == (1, 2)
    assert len(result.case.ties) == 1


@pytest.mark.parametrize("text", ["[1, 2, 3]", "[null]", "[[]]", "{}", "[{}, {}]"])
def test_json_without_a_key_has_no_headings(text, tmp_path):
    """It ended in an IndexError."""
    (tmp_path / "case.json").write_text(text)
    problem = only_problem(read(tmp_path / "case.json"))

    assert (problem.severity, problem.reason) == ("fatal", "there are no headings")


def test_a_type_that_is_a_list_is_a_cell(tmp_path):
    """It ended in a TypeError."""
    (tmp_path / "net.jsonl").write_text('{"type": ["node"], "id": "A"}\n{"type": {}, "id": "B"}\n')

    assert read(tmp_path / "net.jsonl").receipt.rows_read == 2


@pytest.mark.parametrize("digits", ["9" * 5_000, "²"])
@pytest.mark.parametrize("form", ["dl n={}\ndata:\n0\n", "*Vertices {}\n*Arcs\n1 1\n"])
def test_a_number_that_python_cannot_take_is_refused_by_line(form, digits, tmp_path):
    """It ended in a ValueError: too many digits, or a digit that is no number."""
    (tmp_path / "net.txt").write_text(form.format(digits))
    problem = only_problem(read(tmp_path / "net.txt"))

    assert (problem.severity, problem.line) == ("fatal", 1)


def test_a_line_of_commas_in_a_network_is_refused(tmp_path):
    """It ended in an IndexError; atheris found it."""
    (tmp_path / "net.txt").write_text("*Vertices 1\n,\n")
    problem = only_problem(read(tmp_path / "net.txt"))

    assert (problem.severity, problem.line) == ("fatal", 2)


def test_a_few_bytes_do_not_make_millions_of_parties(tmp_path):
    """Thirty bytes would have become ten million rows."""
    (tmp_path / "net.txt").write_text("*Vertices 9999999\n*Arcs\n1 2\n")

    assert "9,999,999 of 9,999,999 vertices have no line" in only_problem(
        read(tmp_path / "net.txt")
    ).reason  # fmt: skip


def test_short_rows_are_not_filled_in_without_end(tmp_path):
    """100,000 rows of one cell under 2,000 headings: 199,900,000 cells that nobody wrote."""
    problems = list(read(written("short rows under many headings", tmp_path)).receipt.problems())

    assert problems[0][1].reason.startswith("199,900,000 cells are missing")


def test_a_pipe_that_nobody_writes_to_is_given_up(tmp_path):
    """It was waited for without end."""
    with pytest.raises(RecordsError, match="a pipe that no program writes to"):
        read(PLACES["a pipe that nobody writes to"](tmp_path))


def test_a_pipe_is_read_to_its_end(tmp_path):
    """A writer that is slow to begin is waited for."""
    path = PLACES["a pipe that nobody writes to"](tmp_path)
    slowly = f"sleep 0.3; (printf 'person_id\\nA\\n'; sleep 0.3; printf 'B\\n') > '{path}'"
    with subprocess.Popen(["/bin/sh", "-c", slowly]):
        receipt = read(path).receipt

    assert receipt.rows_used == 2


def test_zeros_where_a_file_was_not_copied_to_its_end(tmp_path):
    """Named by place; they cost a gigabyte as the text of a cell."""
    (tmp_path / "people.csv").write_bytes(b"person_id\nA\n" + bytes(5_000))
    problem = only_problem(read(tmp_path / "people.csv"))

    assert (problem.reason, problem.line) == ("a stretch of zero bytes begins at offset 12", 3)


def test_an_unknown_word_in_thousands_gets_no_suggestion(tmp_path):
    """Two thousand different roles are not looked up one by one; a few are."""
    (tmp_path / "people.csv").write_text(
        "person_id,role\n" + "".join(f"P{n},recruitr {n}\n" for n in range(2_000))
    )
    hints = {one.hint for _, one in read(tmp_path / "people.csv").receipt.problems()}

    assert hints == {"the word is kept as it is written, without a code"}


def test_an_empty_database_of_people_has_no_rows(tmp_path):
    """A table without rows is no fault."""
    (tmp_path / "case.db").write_bytes(database("CREATE TABLE people (person_id, name)"))

    assert read(tmp_path / "case.db").receipt.rows_read == 0


def damaged_database(*changes):
    """A small SQLite file in which some bytes are others."""
    data = database("PRAGMA page_size = 512", "CREATE TABLE people (person_id)")
    for old, new in changes:
        assert old in data
        data = data.replace(old, new)
    return data


def test_a_name_in_a_damaged_database_that_is_no_text_is_quoted_all_the_same(tmp_path):
    """It ended in a UnicodeDecodeError within SQLite's message; atheris found it."""
    data = damaged_database((b"tablepeople", b"tablepeop\xffe"), (b"TABLE people", b"TABLE peop-e"))
    (tmp_path / "case.db").write_bytes(data)
    problem = only_problem(read(tmp_path / "case.db"))

    assert problem.reason == (
        'damaged: malformed database schema (peop\ufffde) - near "-": syntax error'
    )


def test_a_damaged_database_is_not_said_to_be_large(tmp_path):
    """SQLite runs out of memory over a cell that claims exabytes; atheris found it."""
    data = damaged_database((b"7\x01\x06\x17\x19\x19\x01Ktable", b"\xff" * 8 + b"table"))
    (tmp_path / "case.db").write_bytes(data)
    problem = only_problem(read(tmp_path / "case.db"))

    assert problem.reason == "damaged: it cannot be checked within the memory allowed"
    assert problem.hint.startswith("recover it with the program that wrote it")


def test_strengths_cannot_sum_up_to_infinity(tmp_path):
    """Two of 1e308 did; one of 10^15 is still a strength."""
    rows = "A,B,1e308\nA,B,1e308\nA,B,1e15\nA,B,1000000000000001\n"
    (tmp_path / "ties.csv").write_text(f"source,target,weight\n{rows}")
    result = read(tmp_path / "ties.csv")

    assert [(one.severity, one.row, one.value) for _, one in result.receipt.problems()] == [
        ("refused", 1, "1e308"), ("refused", 2, "1e308"), ("refused", 4, "1000000000000001"),
    ]  # fmt: skip
    assert result.case.ties["weight"].tolist() == [1e15]


@pytest.mark.parametrize("kind", ["graph one data many times", "graph many defaults"])
def test_one_name_a_thousand_times_is_refused_at_once(kind, tmp_path):
    """It took the four seconds that a reader has, and was said to take long."""
    problem = only_problem(read(written(kind, tmp_path)))
    name = "d" if kind.startswith("graph one") else "n"

    assert problem.reason == f"a node has more than 20 values of '{name}'"
    assert problem.line == 1


def test_a_row_that_is_to_stand_a_thousand_million_times_is_refused_at_once(tmp_path):
    """Rows were said one by one until the time was over."""
    problem = only_problem(read(written("spreadsheet ods rows repeated", tmp_path)))

    assert problem.reason == "sheet 'people': more than 10000000 rows"
