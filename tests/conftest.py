"""Fixtures that more than one room's tests use: real data, a browser, a page opened from disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
FROM_DISK = ("file:", "data:", "blob:", "about:")

# A slow machine is no failure; and what fails in continuous integration fails there every time.
settings.register_profile("ringmap", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ringmap")

OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published networks that lie beside the repository on the project's own machines."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the published networks are not beside this repository (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window, kept for the whole session."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        _do_without("Chromium is not installed; `make test` installs it")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=list(CHROMIUM_OPTIONS))
        yield launched
        launched.close()


@pytest.fixture
def offline_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a file as a reader would; no script error and no request may have come of it.

    Takes the path and any options of playwright's `new_context`, such as `color_scheme="dark"`.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    requests: list[str] = []

    def open_page(path: Path, **options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        context.on("request", lambda request: _note_fetch(request.url, requests))
        context.on("console", lambda said: said.type == "error" and errors.append(said.text))
        context.on("weberror", lambda raised: errors.append(str(raised.error)))
        page = context.new_page()
        page.on("websocket", lambda socket: requests.append(socket.url))
        page.goto(Path(path).resolve().as_uri())
        return page

    yield open_page

    for context in contexts:
        context.close()
    assert not requests, f"the page asked for {requests}"
    assert not errors, f"the page's script complained: {errors}"


def _note_fetch(url: str, requests: list[str]) -> None:
    if not url.startswith(FROM_DISK):
        requests.append(url)


def _do_without(reason: str) -> None:
    """Skip on a developer's machine; in continuous integration nothing may be left out."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
