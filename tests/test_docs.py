"""The pages hold together: every link leads somewhere, every page is linked."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    *ROOT.glob("*.md"),
    ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def targets(page: Path) -> list[Path]:
    links = LINK.findall(page.read_text("utf-8"))
    return [(page.parent / link).resolve() for link in links if "://" not in link]


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in targets(page)
        if not target.exists()
    ]
    assert broken == []


def test_every_page_is_linked_from_another() -> None:
    linked = {target for page in PAGES for target in targets(page)}
    starts = {ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "docs" / "index.md"}
    lonely = [
        str(page.relative_to(ROOT))
        for page in PAGES
        if page not in starts | linked and page.parent not in linked
    ]
    assert lonely == []


# Modules that users import from, and the page that shows what is in them.
SHOWN = {
    "gazetteer": "gazetteer",
    "gazetteer.batch": "batch",
    "gazetteer.integrations.duckdb": "integrations",
    "gazetteer.integrations.errors": "integrations",
    "gazetteer.integrations.pandas": "integrations",
    "gazetteer.integrations.polars": "integrations",
}
PLAIN = {"__version__", "Expressions"}  # what needs no block of its own


@pytest.mark.parametrize(("module", "page"), SHOWN.items())
def test_every_public_name_is_in_the_reference(module: str, page: str) -> None:
    text = (ROOT / "docs" / "reference" / "api" / f"{page}.md").read_text("utf-8")
    names = set(import_module(module).__all__) - PLAIN
    assert sorted(each for each in names if f" {module}.{each}\n" not in text) == []
