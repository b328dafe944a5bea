"""Each example in docs/formats is read, and the receipt says what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ringmap.cli import main

PAGES = sorted((Path(__file__).resolve().parent.parent / "docs" / "formats").glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: A file is shown in a block of one of these, below a line that ends in its name and a colon.
_FILES = {"csv", "json", "text", "xml", "yaml"}
_CAPTION = re.compile(r"`([^`\n]+)`:\n\n\Z")
#: Pages whose example is a server or a workbook, which no page can show.
_WITHOUT = {"places.md", "spreadsheets.md", "sql.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_ringmap_prints(page, tmp_path, monkeypatch):
    """Every line of a receipt on a page is printed, in that order, up to where the page has '…'."""
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    runs = 0
    for block in _BLOCK.finditer(text):
        caption = _CAPTION.search(text[: block.start()])
        if block[1] in _FILES and caption:
            _write(Path(caption[1]), block[2])
        elif block[1] == "console":
            command, *shown = block[2].rstrip("\n").split("\n")
            runs += 1
            assert _missing(shown, _printed(command)) == []

    assert runs or page.name in _WITHOUT


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _printed(command: str) -> list[str]:
    words = shlex.split(command.removeprefix("$ "))
    assert words[:2] == ["ringmap", "check"]
    result = CliRunner().invoke(main, [*words[1:], "--format", "table"])
    return [line.rstrip() for line in result.output.split("\n")]


def _missing(shown: list[str], printed: list[str]) -> list[str]:
    """Lines of a page that do not come, each behind the one before it."""
    rest = iter(printed)
    return [line for line in shown if not any(_is(line, one) for one in rest)]


def _is(shown: str, printed: str) -> bool:
    start, more, _ = shown.rstrip().partition("…")
    return printed.startswith(start) if more else printed == start
