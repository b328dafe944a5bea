"""Bytes to text: what is read, and what is refused with the place of the first wrong byte."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ringmap.records import read
from ringmap.records.encodings import Decoded, UndecodableError, decode, plain_utf_8
from ringmap.records.legacy_codecs import encode_legacy
from rings import only_problem, problems, read_file, value_of

PEOPLE = "person_id,name\nA,Lò Thị Đào\n"


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le")],
)
def test_unicode_text_is_read_with_or_without_its_mark(codec, told, tmp_path):
    """Excel and Notepad write marks; the mark is no part of the first heading."""
    result = read_file(tmp_path, "people.csv", PEOPLE.encode(codec))

    assert problems(result) == []
    assert result.receipt.files[0].encoding == told
    assert value_of(result.case, "A", "name") == "Lò Thị Đào"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_big_endian_and_little_endian_marks_both_count(codec, tmp_path):
    """A mark says which byte comes first."""
    result = read_file(tmp_path, "people.csv", ("\ufeff" + PEOPLE).encode(codec))

    assert value_of(result.case, "A", "name") == "Lò Thị Đào"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_with_a_word(codec, tmp_path):
    """The pattern of zero bytes says which it is; the receipt says that it was not marked."""
    result = read_file(tmp_path, "people.csv", PEOPLE.encode(codec))

    assert value_of(result.case, "A", "name") == "Lò Thị Đào"
    assert (only_problem(result).severity, result.receipt.files[0].encoding) == ("warning", codec)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_first_wrong_byte_is_placed(mark, tmp_path):
    """Offset counts all bytes of the file from 0; line and position count from 1."""
    rest = "C,Lò Thị Đào\nD,Vàng A Sùng\n".encode()
    data = mark + b"person_id,name\nA,Ann\nB,Nguy\xean\n" + rest
    problem = only_problem(read_file(tmp_path, "people.csv", data))
    offset = len(mark) + len(b"person_id,name\nA,Ann\nB,Nguy")

    assert problem.severity == "fatal"
    assert f"byte 0xEA at offset {offset}, line 3, position 7" in problem.reason
    assert (problem.line, problem.value) == (3, "0xEA")
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize("codec", ["cp1258", "tcvn3", "vni", "viscii"])
def test_legacy_text_is_read_by_evidence_and_the_receipt_says_so(codec, tmp_path):
    """Old police files; the reader learns that it was found, and how to say otherwise."""
    lines = "person_id,name,note\nA,Lò Thị Đào,bị lừa bán sang bên kia biên giới\n"
    result = read_file(tmp_path, "people.csv", encode_legacy(lines, codec))
    problem = only_problem(result)

    assert value_of(result.case, "A", "name") == "Lò Thị Đào"
    assert result.receipt.files[0].encoding == codec
    assert (problem.severity, problem.row) == ("warning", None)
    assert "--encoding" in problem.hint


def test_an_encoding_that_is_asked_for_is_taken_without_a_word(tmp_path):
    """Whoever names it knows."""
    (tmp_path / "people.csv").write_bytes("person_id,name\nA,né\n".encode("cp1252"))
    result = read(tmp_path, encoding="cp1252")

    assert (value_of(result.case, "A", "name"), problems(result)) == ("né", [])


def test_utf_8_that_is_read_otherwise_since_asked_for_is_told(tmp_path):
    """One file of the folder is new: its é, C3 A9, reads as two letters of CP1252."""
    (tmp_path / "people.csv").write_bytes("person_id,name\nA,né\n".encode("cp1252"))
    (tmp_path / "places.csv").write_bytes("place_id,name\nL,né\n".encode())
    result = read(tmp_path, encoding="cp1252")
    problem = only_problem(result)

    assert value_of(result.case, "L", "name") == "nÃ©"
    assert (result.receipt.files[1].file, problem.severity) == ("places.csv", "warning")
    assert problem.reason == ("read as CP1252, as asked for, though its bytes are UTF-8 throughout")


def test_text_that_ends_within_a_sign_is_refused(tmp_path):
    """A file cut off in transfer."""
    problem = only_problem(read_file(tmp_path, "people.csv", PEOPLE.encode() + b"B,\xe1\xbb"))

    assert problem.severity == "fatal"
    assert problem.line == 3


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\x00", "database"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1", "old Office file"),
    ],
)
def test_a_file_that_is_no_text_is_called_what_it_is(data, what, tmp_path):
    """An officer who renamed a spreadsheet learns that renaming is not saving as."""
    problem = only_problem(read_file(tmp_path, "people.csv", data))

    assert problem.severity == "fatal"
    assert what in problem.reason


def test_a_name_keeps_its_code_points(tmp_path):
    """Decomposed letters stay as written; comparing them is the work of match keys."""
    decomposed = "Lo\u0300 Thi\u0323 \u0110a\u0300o"
    result = read_file(tmp_path, "people.csv", f"person_id,name\nA,{decomposed}\n")

    assert value_of(result.case, "A", "name") == decomposed


@given(st.one_of(st.binary(max_size=12), st.text(max_size=6).map(str.encode)))
@example(b"\xed\xa0\x80")
@example(b"\xc0\xafa")
@example(b"\xf4\x90\x80\x80")
@example(b"\xef\xbb\xbfa\xff")
def test_plain_utf_8_is_what_would_be_read_as_such(data):
    """Half a surrogate, a letter in too many bytes and one beyond the last are none; marks go."""
    try:
        read_so = decode(data)
    except UndecodableError:
        read_so = None
    found = plain_utf_8(data)

    if found is not None:
        assert read_so == Decoded(found.decode(), "utf-8", sure=True)
    else:
        assert read_so is None or (read_so.encoding, read_so.sure) != ("utf-8", True)
