"""A notebook, really executed, and its page in Chromium, light and dark.

``python tests/e2e/notebook.py [FOLDER]`` writes the notebook, the page and screenshots
into the folder, to be looked at.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import nbformat
from browser import require_chromium
from folders import in_folder
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from pathlib import Path

CELLS = [
    "from gazetteer import Gazetteer\ngaz = Gazetteer.load()",
    "gaz.resolve('Martuni')",
    "town = gaz.resolve('Xankəndi').require(); town",
    "gaz.label(town, 'neutral')",
    "gaz.label(town, 'armenian', lang='hy')",
    "gaz.label(town, 'azerbaijani', lang='az')",
    "gaz.compare(town, lang=('en', 'hy', 'az'))",
    "import pandas\npandas.DataFrame(gaz.compare(town).rows()).head(4)",
    """gaz.render('The road from Shusha to Stepanakert is open. '
           '"There is no bread in Khankendi," a doctor said.', 'neutral')""",
    "gaz.compare(gaz.resolve('Jerusalem').candidates[0].place, lang=('en', 'he', 'ar'))",
]
CARDS = 8


def execute() -> nbformat.NotebookNode:
    """Run the cells in a kernel."""
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(each) for each in CELLS]
    NotebookClient(book, timeout=120, kernel_name="python3").execute()
    outputs = [each for cell in book.cells for each in cell.outputs]
    shown = [each.data for each in outputs if each.output_type == "execute_result"]
    cards = [data for data in shown if "gazetteer-card" in data.get("text/html", "")]
    if len(cards) != CARDS:
        sys.exit(f"{len(cards)} cards, not {CARDS}: {outputs}")
    for data in cards:
        if "<script" in data["text/html"] or len(data["text/plain"]) > 10_000:
            sys.exit(f"a script, or too much text: {data}")
    return book


def look(book: nbformat.NotebookNode, folder: Path) -> None:
    """Open the notebook's page in both themes; every card must be readable."""
    said: list[str] = []
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=require_chromium(), args=["--no-sandbox"]
        )
        for theme in ("light", "dark"):
            exporter = HTMLExporter(theme=theme, embed_widgets=False)
            exporter.require_js_url = exporter.mathjax_url = exporter.jquery_url = ""
            page_file = folder / f"notebook-{theme}.html"
            page_file.write_text(exporter.from_notebook_node(book)[0], "utf-8")
            page = chromium.new_page(viewport={"width": 1100, "height": 900})
            page.on("pageerror", lambda error: said.append(str(error)))
            page.goto(page_file.as_uri())
            cards = page.locator(".gazetteer-card")
            if cards.count() != CARDS:
                sys.exit(f"{theme}: {cards.count()} cards on the page, not {CARDS}")
            ink, paper = page.evaluate(_COLOURS)
            if abs(ink - paper) < 120:  # of 255
                sys.exit(f"{theme}: ink {ink:.0f} on paper {paper:.0f}")
            page.screenshot(path=folder / f"notebook-{theme}.png", full_page=True)
            page.close()
        chromium.close()
    print(f"a notebook: {CARDS} cards, light and dark; {len(said)} errors of the page")


# how bright the writing of a card is, and what it stands on
_COLOURS = """() => {
  const bright = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return .299 * r + .587 * g + .114 * b;
  };
  const cell = document.querySelector('.gazetteer-card p');
  let under = cell;
  const seen = node => getComputedStyle(node).backgroundColor;
  while (under && /, 0\\)|transparent/.test(seen(under))) under = under.parentElement;
  return [bright(getComputedStyle(cell).color), under ? bright(seen(under)) : 255];
}"""


def main(folder: Path) -> None:
    book = execute()
    nbformat.write(book, folder / "notebook.ipynb")
    look(book, folder)


if __name__ == "__main__":
    in_folder(main)
