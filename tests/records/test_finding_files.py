"""Paths to files: folders, strange files, rights, and what to call each file."""

import os
from pathlib import Path

import pytest

from ringmap.errors import RecordsError
from ringmap.records import read
from rings import only_problem, open_to_others, problems, read_folder, write_folder


def message(source):
    """The one line that a source that cannot be read at all gets."""
    with pytest.raises(RecordsError) as raised:
        read(source)
    return str(raised.value)


@pytest.mark.parametrize("name", ["missing.csv", "x" * 5000, "a\x00b", "a/" * 3000])
def test_a_path_to_nothing_is_told(name, tmp_path):
    """Also where the system cannot even look."""
    assert "check" in message(tmp_path / name)


def test_no_path_at_all_is_told():
    """An empty list of sources."""
    assert message([]).startswith("nothing to read")


def test_a_folder_without_any_table_says_what_belongs_there(tmp_path):
    """Names of the tables, to be copied."""
    (tmp_path / "readme.md").write_text("# no table")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")

    assert "the folder has no table" in message(tmp_path)
    assert "people.csv" in message(tmp_path)


def test_a_folder_called_like_a_file_is_a_folder(tmp_path):
    """x.csv/ beside other files, and as the source itself."""
    write_folder(tmp_path / "x.csv", people="person_id\nA\n")
    write_folder(tmp_path, ties="source,target\nA,B\n")

    assert read(tmp_path / "x.csv").receipt.rows_used == 1
    assert [file.file for file in read(tmp_path).receipt.files] == ["ties.csv"]


def test_links_that_lead_nowhere_are_passed_over(tmp_path):
    """A circle of links, and a link to nothing."""
    write_folder(tmp_path, people="person_id\nA\n")
    (tmp_path / "ties.csv").symlink_to(tmp_path / "events.csv")
    (tmp_path / "events.csv").symlink_to(tmp_path / "ties.csv")
    (tmp_path / "cases.csv").symlink_to(tmp_path / "nothing.csv")

    assert [file.file for file in read(tmp_path).receipt.files] == ["people.csv"]
    assert "check the path" in message(tmp_path / "ties.csv")


def test_a_linked_table_is_read(tmp_path):
    """Case folders on network drives are full of links."""
    write_folder(tmp_path / "a", people="person_id\nA\n")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "people.csv").symlink_to(tmp_path / "a" / "people.csv")

    assert read(tmp_path / "b").receipt.rows_used == 1


def test_a_pipe_in_a_folder_is_passed_over(tmp_path):
    """To read it would wait for ever."""
    write_folder(tmp_path, people="person_id\nA\n")
    os.mkfifo(tmp_path / "ties.csv")

    assert read(tmp_path).receipt.rows_used == 1


def test_a_device_is_no_source():
    """It never ends."""
    assert "neither a file nor a folder" in message(Path("/dev/null"))


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights are told by user ids here")
def test_a_file_that_may_not_be_opened_is_named(tmp_path):
    """Rights are the first thing that goes wrong on a shared drive."""
    write_folder(tmp_path, people="person_id\nA\n")
    (tmp_path / "people.csv").chmod(0)
    user = os.geteuid()
    if user == 0:
        open_to_others(tmp_path)
        os.seteuid(65534)
    try:
        told = message(tmp_path / "people.csv")
    finally:
        os.seteuid(user)

    assert "people.csv" in told
    assert "Permission denied" in told


def test_a_file_beside_the_tables_is_told_of_and_not_read(tmp_path):
    """Rows left out are counted as refused, with a way to read them."""
    write_folder(tmp_path, people="person_id\nA\n", holidays="day\n2019\n2020\n")
    receipt = read(tmp_path).receipt

    assert [(file.file, file.rows_refused) for file in receipt.files] == [
        ("holidays.csv", 2), ("people.csv", 0)
    ]  # fmt: skip
    assert "not a table of a case folder" in next(p for _, p in receipt.problems()).reason


def test_other_files_of_a_folder_are_passed_over(tmp_path):
    """Readme, pictures, hidden files."""
    write_folder(tmp_path, people="person_id\nA\n")
    (tmp_path / "README.md").write_text("# x")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden").write_text("x")

    assert [file.file for file in read(tmp_path).receipt.files] == ["people.csv"]


@pytest.mark.parametrize("name", ["PEOPLE.CSV", "People.csv", "people.tsv", "people.txt"])
def test_a_table_is_known_whatever_the_case_or_ending_of_its_name(name, tmp_path):
    """Windows shouts."""
    (tmp_path / name).write_text("person_id\tname\nA\tAnn\n")

    assert read(tmp_path).receipt.rows_used == 1


def test_a_single_table_is_known_by_its_key(tmp_path):
    """Whatever the file is called."""
    (tmp_path / "export-7.csv").write_text("person_id,name\nA,Ann\n")

    assert read(tmp_path / "export-7.csv").case.parties["name"].tolist() == ["Ann"]


def test_a_file_with_headings_of_no_table_is_fatal(tmp_path):
    """And the message shows the headings it found."""
    problem = only_problem(read_folder(tmp_path, weather="day,rain\n2019,1\n"))

    assert (problem.severity, problem.line) == ("fatal", 1)
    assert "day, rain" in problem.reason


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    """Evidence must lead to one file."""
    for name in ("north", "south"):
        write_folder(tmp_path / name, people=f"person_id\n{name}\n")
    result = read([tmp_path / "north", tmp_path / "south"])

    assert [file.file for file in result.receipt.files] == ["north/people.csv", "south/people.csv"]
    assert problems(result) == []
    assert len(result.case.parties) == 2


def test_a_file_name_that_is_no_text_can_still_be_told(tmp_path):
    """Old archives hold names in old codes."""
    folder = tmp_path / os.fsdecode(b"\xea\xff")
    folder.mkdir()
    (folder / os.fsdecode(b"ties\xff.csv")).write_text("source,target\nA,B\n")
    receipt = read(folder).receipt

    assert receipt.rows_used == 1
    assert receipt.files[0].file.encode()


def test_two_edge_lists_together_cannot_belong_together(tmp_path):
    """Which of them is the network?"""
    write_folder(tmp_path, north_list="source,target\nA,B\n", south_list="source,target\nA,C\n")

    assert "north_list.csv, south_list.csv" in message(tmp_path)
