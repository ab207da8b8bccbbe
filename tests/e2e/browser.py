"""Chromium on the pages: nothing from elsewhere, no error, usable by keyboard.

``python tests/e2e/browser.py [FOLDER]`` writes screenshots into the folder, to be
looked at.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from folders import in_folder
from playwright.sync_api import Page, expect, sync_playwright
from served import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLACE = "/places/geonames:146970"
PAGES = {
    "search": "/",
    "ambiguous": "/?q=Martuni",
    "matched": "/?q=Stepanakrt",
    "place": PLACE,
    "place-ru": f"{PLACE}?lang=ru",
    "preview": "/reconcile/preview?id=geonames:146970",
    "about": "/about",
}


def require_chromium() -> str:
    """Find Chromium, or install it where that can be done."""
    if shutil.which("chromium") is None:
        print("no Chromium: installing chromium", flush=True)
        subprocess.run(["apt-get", "update", "-q"], check=True)
        install = ("apt-get", "install", "-qy", "--no-install-recommends", "chromium")
        subprocess.run(install, check=True)
    return shutil.which("chromium") or sys.exit("no Chromium")


def look(open_page: Callable[[], Page], address: str, folder: Path) -> None:
    """Open every page in a wide and a narrow window."""
    for name, path in PAGES.items():
        for width in (1100, 360):
            page = open_page()
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address + path)
            expect(page.locator("h1")).to_have_count(1)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                sys.exit(f"{path}: {wide} pixels wide in a window of {width}")
            page.screenshot(path=folder / f"{name}-{width}.png")
            page.close()


def search_by_keyboard(page: Page, address: str) -> None:
    """Find a place without a mouse."""
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("To the content")
    page.locator("#q").focus()
    page.keyboard.type("Xankəndi")
    page.keyboard.press("Enter")
    expect(page.locator(".outcome")).to_have_text("matched")
    page.locator(".results a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2", has_text="Names").first).to_be_visible()
    page.locator("#lang").fill("hy")
    page.keyboard.press("Enter")
    expect(page.locator("#lang")).to_have_value("hy")


def main(folder: Path) -> None:
    elsewhere: list[str] = []
    said: list[str] = []
    chromium = require_chromium()
    with gazetteer(folder / "serve.log") as address, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )

        def note(url: str) -> None:
            if not url.startswith(address):
                elsewhere.append(url)

        def open_page() -> Page:
            page = browser.new_page()
            page.on("request", lambda request: note(request.url))
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            return page

        look(open_page, address, folder)
        search_by_keyboard(open_page(), address)
        browser.close()
    if elsewhere or said:
        sys.exit(f"asked elsewhere: {elsewhere}; said: {said}")
    print(f"Chromium: {len(PAGES)} pages, wide and narrow, nothing from elsewhere")


if __name__ == "__main__":
    in_folder(main)
