"""The built site in Chromium, from the file system: searched, wide, narrow and dark.

``python tests/e2e/built_site.py [FOLDER]`` writes screenshots into the folder, to be looked
at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from browser import require_chromium
from folders import in_folder
from playwright.sync_api import Page, expect, sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PAGES = (
    "docs/index",
    "docs/tutorial",
    "docs/how-to/by-user/newsroom",
    "docs/reference/policies/neutral",
    "docs/reference/api/gazetteer",
    "docs/explanation/matching",
    "docs/explanation/benchmarks",
    "data/README",
)
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


def build(site: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning"]
    folders = ["-b", "html", "-c", "docs", ".", str(site)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0"}
    subprocess.run([*command, *folders], cwd=ROOT, env=environment, check=True)


def look(browser: Browser, site: Path, folder: Path, asked: list[str]) -> None:
    for width, scheme in LOOKS:
        view = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}
        )
        view.on("request", lambda request: asked.append(request.url))
        for name in PAGES:
            page = view.new_page()
            page.goto((site / f"{name}.html").as_uri())
            expect(page.locator("article h1")).to_have_count(1)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                sys.exit(f"{name}: {wide} pixels wide in a window of {width}")
            shot = f"{name.replace('/', '-')}-{width}-{scheme}.png"
            page.screenshot(path=folder / shot)
            page.close()
        view.close()


def search(page: Page, site: Path) -> None:
    """Find a page by a word of its text, with no server to ask."""
    page.goto((site / "docs" / "index.html").as_uri())
    page.locator("input[name=q]").first.fill("lineage")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="Glossary").first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("article h1")).to_contain_text("Glossary")


def main(folder: Path) -> None:
    site = folder / "site"
    asked: list[str] = []
    build(site)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=require_chromium(), args=["--no-sandbox"]
        )
        look(browser, site, folder, asked)
        search(browser.new_page(), site)
        browser.close()
    if elsewhere := [url for url in asked if not url.startswith(("file:", "data:"))]:
        sys.exit(f"asked elsewhere: {elsewhere}")
    print(
        f"the site: {len(PAGES)} pages, wide and narrow, light and dark, and a search, "
        "from the file system and with nothing from elsewhere"
    )


if __name__ == "__main__":
    in_folder(main)
