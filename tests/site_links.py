"""Every link of the built site leads somewhere, and nothing is asked of another host.

``python tests/site_links.py build/site`` is the last step of ``make docs``. Links to
other hosts are counted and, with ``--list``, printed; they are not followed, since a
build must not depend on the network.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

# Attributes that make a browser fetch something while it shows the page.
FETCHED = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"),
    ("img", "srcset"), ("link", "href"), ("object", "data"), ("script", "src"),
    ("source", "src"), ("source", "srcset"), ("video", "poster"), ("video", "src"),
}  # fmt: skip
FOLLOWED = {("a", "href"), ("area", "href"), ("form", "action")}
# Links of <link> that say something and fetch nothing.
SAID = {"canonical", "index", "search", "next", "prev", "author", "license"}
IN_CSS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


class Fault(NamedTuple):
    page: str
    line: int
    link: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.link}: {self.why}"


class Page(HTMLParser):
    """The anchors of a page and what it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "top"}
        self.followed: list[tuple[int, str]] = []
        self.fetched: list[tuple[int, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        said = tag == "link" and values.get("rel") in SAID
        for name, value in values.items():
            if (tag, name) in FOLLOWED or (said and name == "href"):
                self.followed.append((line, value))
            elif (tag, name) in FETCHED:
                self.fetched.append((line, value))


class Site:
    """A folder of pages that were built."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.pages = {
            path: Page(path.read_text("utf-8"))
            for path in sorted(self.folder.rglob("*.html"))
        }

    def external(self) -> list[str]:
        links = {link for page in self.pages.values() for _, link in page.followed}
        return sorted(link for link in links if urlsplit(link).scheme[:4] == "http")

    def faults(self) -> list[Fault]:
        found = [
            Fault(self._name(path), line, link, why)
            for path, page in self.pages.items()
            for line, link in [*page.followed, *page.fetched]
            if (why := self._dead(path, link))
        ]
        found += [
            Fault(self._name(path), line, link, "is fetched from another host")
            for path, page in self.pages.items()
            for line, link in page.fetched
            if urlsplit(link).netloc
        ]
        return found + [fault for path in self._styles() for fault in self._style(path)]

    def _styles(self) -> list[Path]:
        return sorted(self.folder.rglob("*.css"))

    def _style(self, path: Path) -> list[Fault]:
        text = path.read_text("utf-8")
        return [
            Fault(self._name(path), text[: match.start()].count("\n") + 1, link, why)
            for match in IN_CSS.finditer(text)
            if not (link := match[1]).startswith("data:")
            if (why := self._dead(path, link) or _elsewhere(link))
        ]

    def _dead(self, page: Path, link: str) -> str:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return ""
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if target.is_dir():
            return "is a folder, which a file system does not show as a page"
        if not target.exists():
            return "does not exist"
        anchors = self.pages[target].anchors if target in self.pages else None
        if anchors is not None and unquote(parts.fragment) not in anchors:
            return "has no such heading"
        return ""

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _elsewhere(link: str) -> str:
    return "is fetched from another host" if urlsplit(link).netloc else ""


def main(folder: str, *options: str) -> None:
    site = Site(Path(folder))
    external = site.external()
    if "--list" in options:
        print(*external, sep="\n")
    if faults := site.faults():
        sys.exit("\n".join(map(str, faults)))
    links = sum(len(page.followed) + len(page.fetched) for page in site.pages.values())
    print(
        f"{folder}: {len(site.pages)} pages, {links} links and none dead; nothing is "
        f"fetched from elsewhere; {len(external)} links to other hosts, not followed"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
