"""Commands as a user types them, in a process of their own or through click's runner."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import SAMPLES, run
from rings import write_folder

CASES = ("bride_line", "fraud_compound", "infant_line")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A sells to B, B to C and D; V is C's victim."""
    return write_folder(
        tmp_path / "small",
        people="person_id,name,role,country\nA,An,recruiter,VN\nB,Bùi,transporter,VN\n"
        "C,Chen,buyer,CN\nD,Deng,buyer,CN\nV,Vi Thị Mận,victim,VN\n",
        ties="source,target,kind,weight\nA,B,called,3\nB,C,called,2\nB,D,called,1\nC,V,bought,1\n",
    )


def test_the_broker_of_a_small_ring_comes_first(small: Path) -> None:
    """B stands between A|C, A|D, A|V, C|D and D|V; C between V and each of the other three."""
    rows = json.loads(run("brokers", small, "--json").stdout)

    assert [row["party"] for row in rows if row["rank"] is not None] == ["B", "C", "A", "D"]
    assert rows[0]["betweenness"] == 5.0
    assert rows[1]["betweenness"] == 3.0
    assert [row["rank"] for row in rows] == [1, 2, 3, 3, None]


def test_a_victim_has_no_rank_unless_asked(small: Path) -> None:
    """The fifth person is measured, under a pseudonym, and ranked only on request."""
    unranked = json.loads(run("brokers", small, "--json").stdout)[-1]
    ranked = json.loads(run("brokers", small, "--json", "--rank-victims").stdout)

    assert unranked["party"].startswith("Victim ")
    assert unranked["rank"] is None
    assert all(row["rank"] is not None for row in ranked)


def test_every_number_names_its_rows(small: Path) -> None:
    """B's three ties stand in rows 1, 2 and 3 of ties.csv, lines 2, 3 and 4."""
    first = json.loads(run("brokers", small, "--json").stdout)[0]

    assert first["records"] == [
        {"file": "ties.csv", "row": row, "line": row + 1} for row in (1, 2, 3)
    ]


def test_csv_is_what_a_pipe_gets(small: Path) -> None:
    """Without a terminal the table is CSV with a heading."""
    rows = list(csv.DictReader(io.StringIO(run("brokers", small).stdout)))

    assert rows[0]["party"] == "B"
    assert rows[0]["is_cut_vertex"] == "yes"


def test_top_keeps_the_first(small: Path) -> None:
    """Two rows for --top 2."""
    assert len(json.loads(run("brokers", small, "--json", "--top", "2").stdout)) == 2


def test_group_counts_whom_they_mediate_between(small: Path) -> None:
    """B (VN) carries from A (VN) to C and D (CN), read both ways: two arcs each."""
    first = json.loads(run("brokers", small, "--json", "--group", "country").stdout)[0]

    assert (first["representative"], first["gatekeeper"]) == (2, 2)


def test_an_unknown_group_is_one_line(small: Path) -> None:
    """Exit 2 and one line that says what may be grouped by."""
    result = run("brokers", small, "--group", "shoe_size")

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "shoe_size" in result.stderr


def test_borders_list_the_corridor(small: Path) -> None:
    """B in VN called C and D in CN; C in CN bought V of VN."""
    found = json.loads(run("borders", small, "--json").stdout)

    ways = {(one["from_country"], one["to_country"]): one["ties"] for one in found["corridors"]}
    assert ways == {("VN", "CN"): 2, ("CN", "VN"): 1}


def test_a_path_shows_each_link_with_its_row(small: Path) -> None:
    """From A to D by way of B: rows 1 and 3 of ties.csv."""
    links = json.loads(run("path", small, "A", "Deng", "--json").stdout)

    assert [(link["source"], link["target"]) for link in links] == [("A", "B"), ("B", "D")]
    assert [link["records"][0]["row"] for link in links] == [1, 3]


def test_a_path_may_be_asked_for_by_pseudonym(small: Path) -> None:
    """The name that ringmap shows is a name that it takes."""
    shown = json.loads(run("brokers", small, "--json").stdout)[-1]["party"]

    links = json.loads(run("path", small, shown, "C", "--json").stdout)

    assert len(links) == 1


def test_a_path_in_time_keeps_the_order_of_dates(tmp_path: Path) -> None:
    """A met B in 2020 and B met C in 2019: no way from A to C in time, one back."""
    file = tmp_path / "ties.csv"
    file.write_text(
        "source,target,kind,first,last\nA,B,met,2020,2020\nB,C,met,2019,2019\n", encoding="utf-8"
    )

    assert json.loads(run("path", file, "A", "C", "--in-time", "--json").stdout) == []
    assert len(json.loads(run("path", file, "C", "A", "--in-time", "--json").stdout)) == 2


def test_the_receipt_is_the_contract(small: Path) -> None:
    """Keys and numbers of the import receipt."""
    receipt = json.loads(run("check", small, "--json").stdout)

    assert receipt["rows_read"] == receipt["rows_used"] == 9
    assert receipt["rows_refused"] == 0
    assert receipt["accepted"] is True
    assert list(receipt["files"][0]) == [
        "file", "format", "encoding", "sha256", "rows_read", "rows_used", "rows_refused",
        "accepted", "problems",
    ]  # fmt: skip


def test_loading_twice_changes_nothing_and_says_so(small: Path, tmp_path: Path) -> None:
    """The second load leaves the bytes of the store as they were."""
    store = tmp_path / "case.ringmap"
    run("load", small, "--into", store)
    before = store.read_bytes()

    again = run("load", small, "--into", store)

    assert again.exit_code == 0
    assert "nothing changed" in again.stderr
    assert store.read_bytes() == before


def test_a_store_answers_as_its_source_does(small: Path, tmp_path: Path) -> None:
    """The same ranking from the folder and from the store, byte for byte."""
    store = tmp_path / "case.ringmap"
    run("load", small, "--into", store)

    assert run("brokers", store, "--json").stdout == run("brokers", small, "--json").stdout


BROKEN = {
    "wrong encoding": (
        "ties.csv",
        "source,target\nA,ịĐ!\nịĐ,B\n".encode().replace(b"!", b"\xe9"),
        "ties.csv: line 2: not",
    ),
    "missing column": ("ties.csv", b"source,kind\nA,met\n", "no column 'target'"),
    "empty file": ("ties.csv", b"", "the file is empty"),
}


@pytest.mark.parametrize("defect", BROKEN)
def test_a_broken_file_is_named_in_one_line(defect: str, small: Path, tmp_path: Path) -> None:
    """Exit 1, one line with the file, and the store untouched."""
    store = tmp_path / "case.ringmap"
    run("load", small, "--into", store)
    before = store.read_bytes()
    name, content, told = BROKEN[defect]
    (small / name).write_bytes(content)

    result = run("load", small, "--into", store)

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert told in result.stderr
    assert store.read_bytes() == before


def test_a_folder_without_tables_is_named(tmp_path: Path) -> None:
    """A folder with nothing in it that ringmap reads."""
    (tmp_path / "notes.md").write_text("nothing", encoding="utf-8")

    result = run("check", tmp_path)

    assert result.exit_code == 1
    assert "the folder has no table" in result.stderr


def test_victims_by_name_need_a_store(small: Path, tmp_path: Path) -> None:
    """Refused from a folder; from a store it is shown and recorded."""
    from ringmap.store import open_store

    store, page = tmp_path / "case.ringmap", tmp_path / "page.html"
    refused = run("map", small, "-o", page, "--show-victims")
    run("load", small, "--into", store)
    shown = run("map", store, "-o", page, "--show-victims")

    assert refused.exit_code == 1
    assert shown.exit_code == 0
    assert "Vi Thị Mận" in page.read_text(encoding="utf-8")
    (entry,) = open_store(store).disclosures
    assert entry.command.startswith("ringmap map")
    assert entry.output == str(page)


def test_no_output_names_a_victim(small: Path, tmp_path: Path) -> None:
    """Every command and every form, searched for the victim's name and id."""
    outputs = [
        run(command, small, "--format", form).stdout
        for command in ("brokers", "borders", "rings")
        for form in ("table", "csv", "json")
    ]
    for name in ("m.html", "r.html", "r.csv", "r.json", "e.graphml", "e.csv"):
        command = {"m": "map", "r": "report", "e": "export"}[name[0]]
        assert run(command, small, "-o", tmp_path / name).exit_code == 0
    assert run("map", small, "-o", tmp_path / "q.html", "--style", "pyvis").exit_code == 0
    outputs += [one.read_text(encoding="utf-8") for one in tmp_path.iterdir() if one.is_file()]

    assert len(outputs) >= 16
    for text in outputs:
        assert "Mận" not in text
        assert "M\\u1eadn" not in text


def test_what_is_written_is_for_its_owner_only(small: Path, tmp_path: Path) -> None:
    """File mode 0600."""
    run("report", small, "-o", tmp_path / "r.json")

    assert (tmp_path / "r.json").stat().st_mode & 0o777 == 0o600


def test_a_dash_is_standard_output(small: Path) -> None:
    """The page itself, and nothing else, on standard output."""
    assert run("map", small, "-o", "-").stdout.startswith("<!doctype html>")


def test_same_input_same_bytes(small: Path, tmp_path: Path) -> None:
    """Two runs write the same map and the same report."""
    texts = []
    for turn in ("1", "2"):
        run("map", small, "-o", tmp_path / f"m{turn}.html")
        run("report", small, "-o", tmp_path / f"r{turn}.html")
        texts.append([(tmp_path / f"{one}{turn}.html").read_bytes() for one in "mr"])

    assert texts[0] == texts[1]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("command", ["check", "brokers", "borders", "rings"])
def test_every_question_can_be_asked_of_every_sample(case: str, command: str) -> None:
    """Exit 0 and a JSON answer."""
    result = run(command, SAMPLES / case, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)


def test_demo_writes_store_map_and_report(tmp_path: Path) -> None:
    """Three files, and the report names the case."""
    result = run("demo", "infant_line", "--out", tmp_path, "--no-open")

    assert result.exit_code == 0
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == ["infant_line-map.html", "infant_line-report.html", "infant_line.ringmap"]


def test_an_unknown_demo_lists_the_cases(tmp_path: Path) -> None:
    """One line with the names of all three."""
    result = run("demo", "nothing", "--out", tmp_path / "d", "--no-open")

    assert result.exit_code == 2
    assert all(case in result.stderr for case in CASES)


def test_asked_wrongly_is_exit_code_two() -> None:
    """A missing argument is click's to tell."""
    assert run("brokers").exit_code == 2


def test_help_is_quick_to_import() -> None:
    """Neither pandas nor a graph library is loaded for --help."""
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom ringmap.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print([one for one in ('pandas', 'numpy', 'networkx', 'igraph', 'pyvis', 'pyarrow')"
        " if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_analysis_loads_nothing_that_it_does_not_use() -> None:
    """To load scipy's statistics takes as long as all else together."""
    code = (
        "import sys\nimport ringmap.analysis\n"
        "print([one for one in ('scipy.stats', 'networkx', 'pyvis', 'duckdb', 'sklearn')"
        " if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_what_is_wrong_with_a_file_is_told_once(form: str, tmp_path: Path) -> None:
    """In the table where one is printed to be read, else as a line beside the data."""
    (tmp_path / "x.csv").write_text("alpha,beta\n1,q\n", encoding="utf-8")
    result = run("check", tmp_path / "x.csv", "--format", form)
    told = result.stdout if form == "table" else result.stderr
    reason = "no table that ringmap knows has the headings alpha, beta"

    assert result.exit_code == 1
    assert told.count(reason) == 1
    assert (reason in result.stderr) == (form != "table")


def test_a_receipt_as_csv_has_a_row_for_each_problem(tmp_path: Path) -> None:
    """With the counts of its file; a file without one has a row; runs of rows are no dates."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "people.csv").write_text("person_id,name\nA,An\nB,Bo\n,Cy\n", encoding="utf-8")
    (folder / "cases.csv").write_text("case_id\nC1\n", encoding="utf-8")
    ties = "".join("A,B,-1\n" for _ in range(3, 25)) + "A,,1\nA,B,=1\n"
    (folder / "ties.csv").write_text(f"source,target,weight\n{ties}", encoding="utf-8")
    kept = tmp_path / "receipt.csv"
    printed = run("check", folder, "--receipt", kept).stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    counts = ("rows_read", "rows_used", "rows_refused", "accepted")
    where = ("severity", "row", "line", "column", "value", "count", "rows")

    assert kept.read_bytes() == b"\xef\xbb\xbf" + printed.encode()
    assert list(rows[0]) == ["file", *counts, *where[:5], "reason", "hint", *where[5:]]
    assert [(row["file"], *(row[name] for name in (*counts, *where))) for row in rows] == [
        ("cases.csv", "1", "1", "0", "yes", "", "", "", "", "", "", ""),
        ("people.csv", "3", "2", "1", "yes", "refused", "3", "4", "person_id", "", "1", ""),
        ("ties.csv", "24", "1", "23", "yes", "refused", "1", "2", "weight", "-1", "22", "1 to 22"),
        ("ties.csv", "24", "1", "23", "yes", "refused", "23", "24", "target", "", "1", ""),
        ("ties.csv", "24", "1", "23", "yes", "warning", "24", "25", "weight", "'=1", "1", ""),
    ]


def test_a_cell_or_a_name_adds_no_line_to_what_is_printed(tmp_path: Path) -> None:
    """Nor does it steer the terminal: a line of ringmap's is one of ringmap's."""
    odd = "x\nringmap: all is well \x1b[31m\u202e"
    people = tmp_path / f"{odd}.csv"
    people.write_text(f'person_id,role\nA,"{odd}"\n', encoding="utf-8")
    unknown = tmp_path / f"y{odd}.csv"
    unknown.write_text("x,y\n1,2\n", encoding="utf-8")
    first = run("check", people, "--format", "table")
    second = run("check", unknown, "--format", "table")

    assert first.stdout.splitlines() == [
        "file                               read  used  refused  accepted",
        "---------------------------------  ----  ----  -------  --------",
        "x ringmap: all is well \ufffd[31m\ufffd.csv  1     1     0        yes",
        "1 rows read, 1 used, 0 refused",
        "warning: x ringmap: all is well \ufffd[31m\ufffd.csv row 1 'role': unknown role "
        "(x ringmap: all is well \ufffd[31m\ufffd); the word is kept as it is written, without a "
        "code",
    ]
    told = [line for line in second.stdout.splitlines() if "no table that ringmap knows" in line]
    assert [line[:37] for line in told] == ["fatal: yx ringmap: all is well \ufffd[31m\ufffd"]
    assert second.stderr == ""
    assert "\x1b" not in first.output + second.output
    assert "\u202e" not in first.output + second.output


@pytest.mark.parametrize("option", ["--receipt", "--reject-file"])
@pytest.mark.parametrize("command", ["check", "load"])
def test_records_are_not_written_over(command: str, option: str, tmp_path: Path) -> None:
    """Not the source, a file of its folder, the mapping, the list of places, or the store."""
    folder = tmp_path / "hồ sơ 1"
    folder.mkdir()
    (folder / "people.csv").write_text("person_id,name\nA,Ann\n,Bo\n", encoding="utf-8")
    (folder / "ties.csv").write_text("source,target\nA,A\n", encoding="utf-8")
    places = tmp_path / "places.csv"
    places.write_text("country,name,lat,lon\nVN,Lào Cai,22.5,104\n", encoding="utf-8")
    store = tmp_path / "kho.ringmap"
    run("load", folder / "people.csv", "--into", store)
    (tmp_path / "link.csv").symlink_to(folder / "ties.csv")
    into = ("--into", store) if command == "load" else ()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    for source, target in (
        (folder / "people.csv", folder / "people.csv"), (folder, folder / "ties.csv"),
        (folder, tmp_path / "link.csv"), (folder, places), (folder, store),
        (folder / ".." / folder.name, folder / "people.csv"),
    ):  # fmt: skip
        result = run(command, source, *into, "--gazetteer", places, option, target)
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1] == (
            f"ringmap: {target}: holds records and is not written over; name another file"
        )
    assert {path: path.read_bytes() for path in before} == before


def test_nothing_is_loaded_where_the_receipt_cannot_be_written(tmp_path: Path) -> None:
    """A form that there is not, a folder that is not there, one file for both."""
    (tmp_path / "people.csv").write_text("person_id\nA\n", encoding="utf-8")
    store, rows = tmp_path / "kho.ringmap", tmp_path / "rows.csv"
    told = [
        run("load", tmp_path / "people.csv", "--into", store, *words).stderr
        for words in (
            ("--receipt", tmp_path / "r.pdf"),
            ("--receipt", tmp_path / "no" / "r.html"),
            ("--receipt", rows, "--reject-file", rows),
            ("--reject-file", store),
        )
    ]

    assert told == [
        "ringmap: no receipt of the form '.pdf'; name a .html, .csv or .json\n",
        f"ringmap: {tmp_path / 'no'}: no such folder; make it first\n",
        f"ringmap: {rows}: is to be written twice; name two files\n",
        f"ringmap: {store}: holds records and is not written over; name another file\n",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
