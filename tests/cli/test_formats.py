"""``ringmap formats``: the pages on forms of records, for who has no network."""

import re
from pathlib import Path

from cli.running import run

ROOT = Path(__file__).parents[2]
PAGES = {page.stem: page for page in (ROOT / "docs" / "formats").glob("*.md")}


def test_every_page_is_listed_with_its_title():
    """In the order of their names."""
    listed = [line.split(maxsplit=1) for line in run("formats").output.splitlines()]

    assert [name for name, _ in listed] == sorted(PAGES)
    assert ["dates", "Dates"] in listed
    assert ["sql", "Databases"] in listed


def test_a_page_is_printed_as_it_is_written():
    """With its tables and examples."""
    assert run("formats", "dates").output == PAGES["dates"].read_text(encoding="utf-8")


def test_an_unknown_page_is_one_line_with_those_there_are():
    """Exit code 2; a path is no name of a page."""
    for name in ("poetry", "../index", ""):
        done = run("formats", name)

        assert done.exit_code == 2
        assert done.output.startswith(f"ringmap: no page '{name}'; choose call-records, ")
        assert done.output.count("\n") == 1


def test_messages_name_pages_that_there_are():
    """Whoever follows one finds something."""
    sources = (ROOT / "src" / "ringmap").rglob("*.py")
    texts = [one.read_text(encoding="utf-8") for one in sources]
    named = {name for text in texts for name in re.findall(r"ringmap formats ([a-z-]+)", text)}

    assert {"places", "sql"} <= named <= set(PAGES)
