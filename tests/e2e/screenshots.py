"""The pictures of docs/images, taken by Chromium of the program as it is now.

A picture is taken again where the text that it shows is no longer that of
docs/images/shown.json, so that another machine's fonts change nothing; with ``--all``
each is. ``python tests/e2e/screenshots.py [--all]``; ``make e2e`` runs it, too.
"""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from browser import require_chromium
from playwright.sync_api import Page, sync_playwright
from served import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "images"
SHOWN = FOLDER / "shown.json"
LARGEST = 150_000  # bytes; a page of documentation should load at once
REPORT = (
    "render", "report.md", "-p", "neutral",
    "--beside", "armenian", "--beside", "azerbaijani", "-o", os.devnull, "--report",
)  # fmt: skip
COMMANDS = (
    ("resolve", "Xankəndi", "Степанакерт", "Stepanakrt", "Martuni", "Mechelen"),
    ("compare", "Shusha", "--lang", "en", "--lang", "ru"),
)
TERMINAL = """<!doctype html><meta charset="utf-8"><title>A terminal</title>
<style>body {{ margin: 0; background: #1e1e24; color: #e8e8e8 }}
pre {{ font: 14px/1.45 "DejaVu Sans Mono", monospace; margin: 14px 18px }}
b {{ color: #9ece6a }}</style><body><pre>{}</pre></body>"""


class Shot(NamedTuple):
    """A picture: its name, the page and how much of it."""

    name: str
    address: str
    width: int
    height: int


def run(*arguments: str) -> str:
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "96"}
    done = subprocess.run(
        [sys.executable, "-m", "gazetteer", *arguments],
        cwd=ROOT / "examples",
        env=environment,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        check=False,
    )
    return done.stdout


def terminal() -> str:
    lines: list[str] = []
    for each in COMMANDS:
        lines.append(f"<b>$</b> gazetteer {html.escape(' '.join(each))}")
        lines += [
            f"<span>{html.escape(line)}</span>" for line in run(*each).split("\n")
        ]
    return TERMINAL.format("\n".join(lines))


def shots(address: str, folder: Path) -> Iterator[Shot]:
    (folder / "terminal.html").write_text(terminal(), "utf-8")
    run(*REPORT, str(folder / "report.html"))
    yield Shot("search", f"{address}/?q=Martuni", 860, 620)
    yield Shot("place", f"{address}/places/geonames:146970", 860, 860)
    yield Shot("report", (folder / "report.html").as_uri(), 1180, 760)
    yield Shot("terminal", (folder / "terminal.html").as_uri(), 900, 520)


def take(page: Page, shot: Shot, known: str) -> str:
    """Take a picture if what it shows is not what is known; return what it shows."""
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    page.goto(shot.address)
    text: str = page.evaluate(VISIBLE)
    path = FOLDER / f"{shot.name}.png"
    if text != known or not path.exists():
        page.screenshot(path=path)
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}: taken anew, {size:,} bytes")
        if size > LARGEST:
            sys.exit(f"{path}: {size:,} bytes are too many for a page")
    return text


# The text of the elements that begin within the window.
VISIBLE = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = [];
  while (walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect();
    const words = walk.currentNode.data.trim().replace(/\\s+/g, " ");
    const shown = walk.currentNode.parentElement.checkVisibility();
    if (words && shown && box.height && box.top < window.innerHeight) seen.push(words);
  }
  return seen.join("\\n");
}"""


def main(*options: str) -> None:
    chromium = require_chromium()
    FOLDER.mkdir(exist_ok=True)
    known = json.loads(SHOWN.read_text("utf-8")) if SHOWN.exists() else {}
    if "--all" in options:
        known = {}
    with tempfile.TemporaryDirectory(prefix="gazetteer-shots-") as name:
        folder = Path(name)
        with gazetteer(folder / "log") as address, sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=chromium, args=["--no-sandbox"]
            )
            page = browser.new_page(color_scheme="light")
            shown = {
                shot.name: take(page, shot, known.get(shot.name, ""))
                for shot in shots(address, folder)
            }
            browser.close()
    text = json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True)
    SHOWN.write_text(f"{text}\n", "utf-8")
    print(f"screenshots: {len(shown)} pictures show what the program prints now")


if __name__ == "__main__":
    main(*sys.argv[1:])
