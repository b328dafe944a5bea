"""Delimiters below a title, and refused rows of a file whose headings a mapping gives."""

from ringmap.records import read
from ringmap.workflow import write_rejected


def test_a_delimiter_is_found_below_a_title(tmp_path):
    """The first line has none; the headings are where the mapping says."""
    (tmp_path / "m.yaml").write_text(
        "files: [{heading_line: 2, tables: [{table: people, columns: {person_id: id, name: tên}}]}]"
    )
    (tmp_path / "p.csv").write_text("Danh sách, năm 2019\nid;tên\nA;Mây\nB;Sính\n")
    result = read(tmp_path / "p.csv", mapping=tmp_path / "m.yaml")

    assert (result.receipt.rows_read, result.receipt.rows_used) == (2, 2)
    assert result.case.parties["name"].tolist() == ["Mây", "Sính"]


def test_refused_rows_bring_their_headings_where_the_file_has_none(tmp_path):
    """The mapping gives the file its headings; on whatever line those of the refused rows are."""
    (tmp_path / "m.yaml").write_text(
        "files:\n  - headings: [vụ, tên]\n"
        "    tables: [{table: sheet, columns: {case_id: vụ, person: tên}}]\n"
    )
    (tmp_path / "s.csv").write_text("V1,Mây\n,Sính\n")
    first = read(tmp_path / "s.csv", mapping=tmp_path / "m.yaml")
    (path,) = write_rejected(first.rejected, tmp_path / "r.csv")
    path.write_text(path.read_text().replace("\n,Sính", "\nV2,Sính"))
    again = read(path, mapping=tmp_path / "m.yaml")

    assert (first.receipt.rows_used, first.receipt.rows_refused) == (1, 1)
    assert (again.receipt.rows_read, again.receipt.rows_used) == (1, 1)
