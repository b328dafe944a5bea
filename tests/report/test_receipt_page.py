"""The receipt as a page to print: counts, checksums, every problem, and no cell of a record."""

import re

import pytest

from ringmap.records import read
from ringmap.report import render_receipt
from rings import read_folder

NAME = "Lò Thị Đào"


@pytest.fixture
def receipt(tmp_path):
    """Three people: a name with a hidden mark, an id missing, a date that cannot be."""
    people = (
        f"person_id,name,born\nA,{NAME}\u202e,1999\n,{NAME},\n"
        "C,<script>alert(1)</script>,31/02/2019\n"
    )
    return read_folder(tmp_path, people=people).receipt


@pytest.fixture
def page(receipt):
    """The page in English."""
    return render_receipt(receipt, title="case <7>", read_at="2026-11-22 09:00")


def test_the_page_has_counts_and_checksums(page, receipt):
    """What was read can be checked against the file, byte for byte."""
    assert "3 rows read: 2 used, 1 refused." in page
    assert receipt.files[0].sha256 in page.replace("<wbr>", "")
    assert "2026-11-22 09:00" in page


def test_every_problem_leads_to_its_cell(page):
    """Row, line, column, what is wrong and what to do."""
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page)
    told = [re.sub(r"<[^>]+>", "|", row) for row in rows]

    assert any(re.match(r"refused\|+2\|+3\|+person_id\|+empty &#x27;person_id", r) for r in told)
    assert any(re.match(r"used with a doubt\|+3\|+4\|+born\|+no such date", row) for row in told)


def test_what_stands_in_cells_is_left_out(page):
    """A victim may be named there; the page goes into files that many read."""
    assert NAME not in page
    assert "31/02/2019" not in page
    assert "script" not in re.sub(r"<head>.*?</head>", "", page, flags=re.DOTALL)


def test_the_page_fetches_and_runs_nothing(page):
    """One file, no script, and a policy that forbids the rest."""
    assert "default-src &#x27;none&#x27;" in page
    assert re.findall(r"(?:src|href)=", page) == []
    assert "<h1>case &lt;7&gt;</h1>" in page


def test_the_page_speaks_vietnamese(receipt):
    """Labels do; reasons are in English, and the page says so."""
    page = render_receipt(receipt, title="vụ 7", read_at="2026", language="vi")

    assert "Đã đọc 3 dòng: dùng 2, từ chối 1." in page
    assert '<html lang="vi">' in page


def test_marks_that_turn_the_direction_are_named(tmp_path):
    """A file called U+202E gnp.exe.csv would stand there as vsc.exe.png, and a heading likewise."""
    (tmp_path / "\u202egnp.exe.csv").write_text("source,target,\u202etxen\nA,,x\n")
    result = read(tmp_path / "\u202egnp.exe.csv")
    told = render_receipt(result.receipt, title="\u202egnp.exe.csv", read_at="now")

    assert "[U+202E]gnp.exe.csv" in told
    assert "\u202e" not in told
