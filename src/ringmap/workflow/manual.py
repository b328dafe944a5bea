"""Pages on the forms of records, which come with ringmap so that they can be read offline."""

from pathlib import Path

from ringmap.errors import FormError, OutputError


def list_pages() -> list[tuple[str, str]]:
    """Names of the pages in order, each with its title."""
    return [(page.stem, _title(page)) for page in sorted(_pages().glob("*.md"))]


def read_page(name: str) -> str:
    """The text of a page, in Markdown.

    Raises
    ------
    OutputError
        If there is no such page.
    """
    known = [page for page, _ in list_pages()]
    if name not in known:
        raise FormError(f"no page '{name}'", hint=f"choose {', '.join(known)}")
    return (_pages() / f"{name}.md").read_text(encoding="utf-8")


def _title(page: Path) -> str:
    with page.open(encoding="utf-8") as file:
        return file.readline().lstrip("# ").strip()


def _pages() -> Path:
    package = Path(__file__).parents[1]
    for folder in (package / "docs" / "formats", package.parents[1] / "docs" / "formats"):
        if folder.is_dir():
            return folder
    raise OutputError("the pages are not installed", hint="install ringmap again")
