"""Take the picture in README from the page that `ringmap map` writes for a sample case.

`make screenshot` runs it. The sample is invented; never point this at a real case.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
CASE = REPOSITORY / "sample_graphs" / "bride_line"
PICTURE = REPOSITORY / "docs" / "images" / "ring-map.png"
WINDOW = {"width": 1440, "height": 900}
#: The quiet broker of the story: chosen, so that the panel shows what a person rests on.
CHOSEN = "Lồ Thị Phà"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def draw_map(page_file: Path) -> None:
    ringmap = Path(sys.executable).with_name("ringmap")
    subprocess.run([ringmap, "map", CASE, "-o", page_file], check=True)


def take_picture(page_file: Path, picture: Path) -> None:
    """The page in light colours with one person chosen, once everything stands still."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        sys.exit("Chromium is not installed; `make system` installs it")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=WINDOW, color_scheme="light", reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.wait_for_function("window.ringmap && window.ringmap.drawn().parties > 0")
        page.locator("input[type=search]").fill(CHOSEN)
        page.keyboard.press("Enter")
        page.wait_for_timeout(1000)
        page.screenshot(path=picture)
        browser.close()


def main() -> None:
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page_file = Path(folder) / "ring-map.html"
        draw_map(page_file)
        take_picture(page_file, PICTURE)
    print(f"wrote {PICTURE.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
