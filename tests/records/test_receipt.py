"""The import receipt: keys, counts and severities as the contract promises them."""

import hashlib
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.records import Limits, Receipt, read, receipt_json
from ringmap.records.receipt import spans
from rings import only_problem, problems, read_file, read_folder

FILE_KEYS = ["file", "format", "encoding", "sha256", "rows_read", "rows_used", "rows_refused",
             "accepted", "problems"]  # fmt: skip
PROBLEM_KEYS = ["severity", "row", "line", "column", "value", "reason", "hint"]


@pytest.fixture
def result(tmp_path):
    """Three people: one used, one with a birth date that does not exist, one without an id."""
    people = "person_id,name,born\nA,Ann,2000\nB,Bo,31/02/2019\n,Cy,\n"
    return read_folder(tmp_path, people=people)


def test_the_receipt_has_the_keys_of_the_contract(result):
    """Programs that read the receipt find what they were promised, and in that order."""
    told = json.loads(receipt_json(result.receipt))

    assert list(told) == ["files", "rows_read", "rows_used", "rows_refused", "accepted"]
    assert list(told["files"][0]) == FILE_KEYS
    assert [list(problem) for problem in told["files"][0]["problems"]] == [PROBLEM_KEYS] * 2


def test_the_receipt_keeps_letters_as_they_are(tmp_path):
    """An officer reads "Đào", not an escape."""
    result = read_folder(tmp_path, people="person_id,role\nA,đào hoa\n")

    assert "đào hoa" in receipt_json(result.receipt)


def test_a_file_is_known_by_its_sha256(result, tmp_path):
    """The checksum is that of the bytes on disk."""
    wanted = hashlib.sha256((tmp_path / "people.csv").read_bytes()).hexdigest()

    assert [file.sha256 for file in result.receipt.files] == [wanted]


def test_refused_and_doubtful_rows_are_told_apart(result):
    """A date that does not exist costs the date; a missing id costs the row."""
    refused, doubtful = (
        [p for p in problems(result) if p.severity == severity]
        for severity in ("refused", "warning")
    )

    assert [(p.row, p.line, p.column, p.value) for p in refused] == [(3, 4, "person_id", None)]
    assert [(p.row, p.line, p.column, p.value) for p in doubtful] == [(2, 3, "born", "31/02/2019")]
    assert [p.reason for p in doubtful] == ["no such date"]


def test_rows_are_counted_by_what_became_of_them(result):
    """Three rows: two used, one refused."""
    counts = result.receipt.as_dict()

    assert (counts["rows_read"], counts["rows_used"], counts["rows_refused"]) == (3, 2, 1)


def test_every_problem_says_what_to_do(result):
    """A reason without a way out helps nobody."""
    assert all(problem.hint for problem in problems(result))


def test_a_row_with_two_faults_is_refused_once(tmp_path):
    """A row cannot be left out twice."""
    result = read_folder(tmp_path, ties="source,target,weight\n,,-1\n")

    assert result.receipt.rows_refused == 1
    assert [p.severity for p in problems(result)].count("refused") == 1


def test_a_fatal_file_uses_none_of_its_rows(tmp_path):
    """What cannot be understood as a whole is not used in part."""
    result = read_folder(tmp_path, people="name,age\nAnn,4\nBo,5\n", ties="source,target\nA,B\n")
    people = result.receipt.files[0]

    assert not people.accepted
    assert (people.rows_read, people.rows_used, people.rows_refused) == (2, 0, 2)
    assert not result.receipt.accepted


def test_a_row_is_counted_from_one_and_a_line_from_the_top(tmp_path):
    """Blank lines and line breaks in cells move the line but not the row."""
    text = '\nperson_id,note,born\n\nA,"two\nlines",x\n\n\nB,,y\n'
    result = read_folder(tmp_path, people=text)

    assert [(p.row, p.line, p.value) for p in problems(result)] == [(1, 4, "x"), (2, 8, "y")]


def test_the_receipt_is_written_as_python_writes_json(tmp_path):
    """Indented by a space a level, whatever stands in a cell or a heading."""
    odd = 'x"problems": []\\'
    people = f'person_id,born\nA,"{odd.replace(chr(34), chr(34) * 2)}"\nB,2000\nC,đào hoa\n'
    receipt = read_folder(tmp_path, people=people, cases="case_id\nC1\n").receipt

    assert odd in [problem.value for problem in receipt.files[1].problems]
    assert receipt_json(receipt) == json.dumps(receipt.as_dict(), ensure_ascii=False, indent=1)
    assert receipt_json(Receipt(())) == json.dumps(
        Receipt(()).as_dict(), ensure_ascii=False, indent=1
    )


def test_problems_come_in_the_order_of_rows(tmp_path):
    """A clerk mends a file from top to bottom."""
    text = "person_id,born,role\nA,2000,zzz\nB,zzz,victim\nC,2000,zzz\n"

    assert [p.row for p in problems(read_folder(tmp_path, people=text))] == [1, 2, 3]


def test_a_source_that_is_not_described_is_told_once(tmp_path):
    """A thousand rows of one forgotten source are one thing to mend."""
    rows = "".join(f"P{number},S1\n" for number in range(1000))
    problem = only_problem(read_folder(tmp_path, people=f"person_id,source_ref\n{rows}"))

    assert (problem.severity, problem.row, problem.value) == ("warning", 1, "S1")


CELL = st.one_of(
    st.sampled_from(["", " ", "A", "B", "P1", "unknown", "31/02/2019", "2019-05", "-1", "nan",
                     "inf", "1,5", '"', '""', "\n", "\r", "\u2028", "\x85", "\x00", "=A1", "<b>",
                     "NA", "Nguyễn", "victim", "victim-turned-recruiter", "person:A", "A;B", "B2",
                     "VN", "1e999", "180", "🌶", ";", "\t", "|", "x" * 300]),
    st.text(max_size=8).filter(lambda text: text.encode("utf-8", "ignore").decode() == text),
)  # fmt: skip
HEADING = st.sampled_from(
    ["person_id", "source", "target", "weight", "kind", "case_id", "person", "name", "born", "role",
     "event_id", "date", "place_id", "lat", "lon", "country", "grade", "source_ref", "holder",
     "identifier_id", "", "note", "Họ và tên", "1", "A", "B", "moved_by", "from_place", "further"]
)  # fmt: skip
TABLE = st.tuples(
    st.lists(HEADING, min_size=1, max_size=6),
    st.lists(st.lists(CELL, max_size=7), max_size=6),
    st.sampled_from(["people", "ties", "events", "roles", "places", "sources", "identifiers",
                     "cases", "organisations", "legs"]),
    st.sampled_from([",", ";", "\t"]),
)  # fmt: skip


def quote(cell: str) -> str:
    """A cell between quotation marks, as any spreadsheet writes it."""
    return '"' + cell.replace('"', '""') + '"'


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=st.lists(TABLE, min_size=1, max_size=3), quoted=st.booleans())
def test_every_row_read_is_used_or_refused(tables, quoted, tmp_path_factory):
    """No row is lost without a word, whatever stands in the cells."""
    folder = tmp_path_factory.mktemp("hostile")
    for headings, rows, name, delimiter in tables:
        write = quote if quoted else str
        lines = [delimiter.join(map(write, row)) for row in [headings, *rows]]
        (folder / f"{name}.csv").write_bytes("\n".join(lines).encode())
    receipt = read(folder).receipt
    told = receipt.as_dict()

    for file in [*told["files"], told]:
        assert file["rows_read"] == file["rows_used"] + file["rows_refused"]
        assert file["rows_refused"] >= 0
    assert told["rows_read"] == sum(file["rows_read"] for file in told["files"])


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8))
def test_every_quoted_row_is_read(rows, tmp_path_factory):
    """Line breaks, separators and zero bytes inside cells never split, join or drop a row."""
    folder = tmp_path_factory.mktemp("quoted")
    lines = [",".join(map(quote, [f"P{number}", *row[1:]])) for number, row in enumerate(rows)]
    data = "\r\n".join(["person_id,name,note", *lines])
    receipt = read_file(folder, "people.csv", data).receipt

    assert receipt.rows_read == len(rows)


def test_identical_problems_are_folded_with_a_count(tmp_path):
    """Thirty rows with the same impossible date are one problem; every row of it is named."""
    rows = "".join(f"P{row},31/02/2019\n" if row != 7 else "P7,2019\n" for row in range(1, 32))
    result = read_folder(tmp_path, people=f"person_id,born\n{rows}")

    assert only_problem(result).as_dict() == {
        "severity": "warning", "row": 1, "line": 2, "column": "born", "value": "31/02/2019",
        "reason": "no such date",
        "hint": "the rest of the row is used; correct the date, or give only what is sure, "
        "such as 2019-02 or 2019",
        "count": 30, "rows": "1-6, 8-31",
    }  # fmt: skip


def test_up_to_twenty_identical_problems_are_told_one_by_one(tmp_path):
    """Twenty rows can be read as they are."""
    rows = "".join(f"P{row},31/02/2019\n" for row in range(1, 21))
    result = read_folder(tmp_path, people=f"person_id,born\n{rows}")

    assert [problem.row for problem in problems(result)] == list(range(1, 21))


@pytest.mark.parametrize(
    ("lines", "found", "rows_read"),
    [
        (["A"] * 100, ["at least 3 rows; more than 2 are not read"], 0),
        # Some of so few lines might stand above the headings: counted when they are cut.
        (["A"] * 51, ["51 rows; more than 2 are not read"], 51),
        (["A", *[" , "] * 100, "B"], [], 2),
        (['"A', *["on"] * 100, 'and on"', "B"], [], 2),
    ],
)  # fmt: skip
def test_a_table_of_certainly_too_many_rows_is_given_up_before_it_is_cut(
    lines, found, rows_read, tmp_path
):
    """Lines within quotation marks end no row, and rows without a cell are none."""
    (tmp_path / "people.csv").write_text("\n".join(["person_id,name", *lines]))
    file = read(tmp_path / "people.csv", limits=Limits.parse(["rows=2"])).receipt.files[0]

    assert [one.reason for one in file.problems if one.severity == "fatal"] == found
    assert file.rows_read == rows_read


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("letters", "line"), [(1_599, None), (1_600, None), (1_601, 3)])
def test_a_line_that_is_too_long_for_a_table_is_not_read(letters, line, end, tmp_path):
    """Sixteen longest cells fit into a line: of 100 letters each, 1,600."""
    lines = ["person_id", "A", "B" * letters, "C"]
    (tmp_path / "people.csv").write_text(end.join(lines), newline="")
    file = read(tmp_path / "people.csv", limits=Limits.parse(["cell_characters=100"])).receipt
    fatal = [one for one in file.files[0].problems if one.severity == "fatal"]

    if line is None:
        assert (fatal, file.rows_used) == ([], 3)
    else:
        assert [one.reason for one in fatal] == [
            "a line of 1,601 bytes; more than 1,600 are not read"
        ]
        assert fatal[0].line == (1 if end == "\r" else line)
        assert (file.rows_read, file.rows_used) == (0, 0)


@given(st.lists(st.integers(1, 60), min_size=1, unique=True))
def test_spans_name_every_row_and_no_other(numbers):
    """What the spans say, spelled out, is what was put in."""
    rows = np.array(sorted(numbers))
    told = [part.split("-") for part in spans(rows).split(", ")]

    assert [n for part in told for n in range(int(part[0]), int(part[-1]) + 1)] == rows.tolist()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.csv", "person_id\nA\nB\nC\n"),
        ("people.json", '[{"person_id": "A"}, {"person_id": "B"}, {"person_id": "C"}]'),
    ],
)
def test_a_text_of_more_rows_than_are_allowed_is_not_used(name, text, tmp_path):
    """The limit held for spreadsheets, graphs and databases alone."""
    (tmp_path / name).write_text(text)
    receipt = read(tmp_path / name, limits=Limits.parse(["rows=2"])).receipt
    (problem,) = receipt.files[0].problems

    assert (problem.severity, problem.reason) == ("fatal", "3 rows; more than 2 are not read")
    assert problem.hint == "split the file, or allow more with --limit rows=…"
    assert (receipt.rows_read, receipt.rows_used, receipt.rows_refused) == (3, 0, 3)
    assert read(tmp_path / name, limits=Limits.parse(["rows=3"])).receipt.rows_used == 3
