"""The HTML report in Chromium: no error, by keyboard, for a screen reader, on paper.

``python tests/e2e/report_pages.py [FOLDER]`` writes screenshots into the folder, to be
looked at: wide and narrow, light and dark, the tooltip, and the pages as printed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from browser import require_chromium
from folders import in_folder
from playwright.sync_api import Browser, Page, expect, sync_playwright

from gazetteer import Gazetteer
from gazetteer.desk.report import html_report

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PERSPECTIVES = ("neutral", "armenian", "azerbaijani")
WIDTHS = {"wide": 1280, "middle": 900, "small": 760, "narrow": 360}
SCHEMES = ("light", "dark")
# rules of the Web Content Accessibility Guidelines, levels A and AA, and good practice
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# a text in a script that is written from right to left, names of both sides in it
RIGHT = (
    "جاده خانکندی بسته است. مدرسه شوشا باز است.\n\n"
    "جاده استپاناکرت بسته است. مدرسه شوشی باز است.\n"
)


def reports(folder: Path) -> dict[str, Path]:
    """Write the reports: of the example, and of a text from right to left."""
    gaz = Gazetteer.load()
    example = (ROOT / "examples" / "report.md").read_text("utf-8")
    pages = {
        "report": html_report(
            gaz,
            [[gaz.render(example, each, markup="markdown")] for each in PERSPECTIVES],
            title="report.md",
        ),
        "right": html_report(
            gaz,
            [[gaz.render(RIGHT, each, lang="fa")] for each in PERSPECTIVES],
            title="\u06af\u0632\u0627\u0631\u0634",
        ),
        "nothing": html_report(
            gaz, [[gaz.render("No place is named.", "neutral")]], title="a.txt"
        ),
    }
    written = {}
    for name, page in pages.items():
        written[name] = folder / f"{name}.html"
        written[name].write_text(page, "utf-8")
    return written


def looked_at(
    open_page: Callable[..., Page], name: str, file: Path, folder: Path
) -> None:
    """Open a report in every width and scheme, and let axe look for barriers."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    for size, width in WIDTHS.items():
        for scheme in SCHEMES:
            page = open_page(
                viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            page.goto(file.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                sys.exit(f"{name}: {wide} pixels wide in a window of {width}")
            page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)
            page.evaluate(axe)
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            barriers = [_said(each) for each in found["violations"]]
            if barriers or not found["passes"]:
                sys.exit("\n".join([f"{name}, {size}, {scheme}:", *barriers]))
            page.close()


def _said(violation: dict[str, Any]) -> str:
    where = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    return f"{violation['id']}: {violation['help']}: {', '.join(where[:5])}"


def used_by_keyboard(page: Page, file: Path, folder: Path) -> None:
    """Skip to the text, read a reason, follow it, and come back."""
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    mention = page.locator(":focus")
    expect(mention).to_have_class("mention changed")
    tip = page.locator(f"#{mention.get_attribute('aria-describedby')}")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Changed from")
    box, width = tip.bounding_box(), page.evaluate("innerWidth")
    assert box is not None
    assert box["x"] >= 0, box
    assert box["x"] + box["width"] <= width, box
    page.screenshot(path=folder / "keyboard.png")
    target = mention.get_attribute("href") or ""
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_in_viewport()
    expect(tip).to_be_hidden()
    page.keyboard.press("Tab")
    back = page.locator(":focus")
    expect(back).to_have_attribute("href", f"#{mention_id(page, target)}")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{mention_id(page, target)}")).to_be_in_viewport()


def mention_id(page: Page, target: str) -> str:
    """Return the id of the mention that a reason belongs to."""
    found = page.locator(f'a[href="{target}"]').first.get_attribute("id")
    assert found is not None, target
    return found


def hovered(page: Page, file: Path) -> None:
    """Show every reason of the text by the mouse, whole and inside the window."""
    page.goto(file.as_uri())
    width = page.evaluate("innerWidth")
    mentions = page.locator("a.mention").all()
    assert len(mentions) > 10, len(mentions)
    for mention in mentions:
        mention.hover()
        tip = page.locator(f"#{mention.get_attribute('aria-describedby')}")
        expect(tip).to_be_visible()
        box = tip.bounding_box()
        assert box is not None
        assert box["x"] >= 0, (tip.text_content(), box)
        assert box["x"] + box["width"] <= width, (tip.text_content(), box)


def set_right(page: Page, file: Path) -> None:
    """Set a text from right to left as such, and its names apart from what is not."""
    page.goto(file.as_uri())
    cells = page.locator("td[role=cell]").all()
    assert cells
    for cell in cells:
        assert cell.evaluate("e => getComputedStyle(e).direction") == "rtl"
    for name in page.locator("td.name bdi").all():
        assert name.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"


def printed(page: Page, name: str, file: Path, folder: Path) -> None:
    """Print a report; no tooltip and no link of the page may be on paper."""
    page.goto(file.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    pdf = folder / f"{name}.pdf"
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    shown = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "Note on place names" in shown, shown
    assert "Changed from" not in shown, "a tooltip on paper"
    assert "Skip to the text" not in shown, shown
    subprocess.run(
        ["pdftoppm", "-r", "60", "-png", pdf, folder / f"{name}-print"], check=True
    )


def main(folder: Path) -> None:
    said: list[str] = []
    elsewhere: list[str] = []
    chromium = require_chromium()
    if shutil.which("pdftotext") is None:
        install = ("apt-get", "install", "-qy", "--no-install-recommends")
        subprocess.run([*install, "poppler-utils"], check=True)
    written = reports(folder)

    def opener(browser: Browser) -> Callable[..., Page]:
        def open_page(**options: Any) -> Page:
            page = browser.new_page(**options)
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("request", lambda request: noted(request.url))
            return page

        return open_page

    def noted(url: str) -> None:
        if not url.startswith(("file:", "data:")):
            elsewhere.append(url)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        open_page = opener(browser)
        for name, file in written.items():
            looked_at(open_page, name, file, folder)
            printed(open_page(), name, file, folder)
        for width in WIDTHS.values():
            size = {"width": width, "height": 900}
            used_by_keyboard(open_page(viewport=size), written["report"], folder)
            hovered(open_page(viewport=size), written["report"])
        set_right(open_page(), written["right"])
        browser.close()
    if said or elsewhere:
        sys.exit(f"asked elsewhere: {elsewhere}; said: {said}")
    print(
        f"Chromium: {len(written)} reports in {len(WIDTHS)} widths, light and dark, on "
        "paper: no barrier that axe finds, by keyboard, no error, nothing from elsewhere"
    )


if __name__ == "__main__":
    in_folder(main)
