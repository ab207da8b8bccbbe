"""Change words in HTML pages that others wrote: nothing else of a page may differ.

The pages are those of Debian's documentation of Python and of whatever else has put
pages on this machine. Of each page an empty set of changes must give the same bytes.
Then words are changed, and must be all that differs: each is put between signs that
the page does not have, and without these signs the page must be what it was. At last
each page is rendered as anybody would render it.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import sysconfig
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from gazetteer.documents import DocumentError, open_document, render_document
from gazetteer.render import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.documents import Document
    from gazetteer.labels import Label

PACKAGE = "python3-doc"  # some five hundred pages
FOLDERS = (Path("/usr/share/doc"), Path(sysconfig.get_path("purelib")))
LEAST, MOST, OF_ONE_FOLDER = 50, 100, 12
CHANGES = 200  # of one page
OPEN, CLOSE = "\u00abqx", "xq\u00bb"
WORD = re.compile(r"[^\W\d_]{3,}")


def pages() -> list[Path]:
    """Return pages of many makers: the first of each folder, in a fixed order."""
    found: list[Path] = []
    for folder in FOLDERS:
        below = sorted(each for each in _html(folder) if each.stat().st_size > 1000)
        by_maker: dict[str, list[Path]] = {}
        for page in below:
            maker = page.relative_to(folder).parts[0]
            by_maker.setdefault(maker, []).append(page)
        for mine in by_maker.values():
            step = max(len(mine) // OF_ONE_FOLDER, 1)
            found += mine[::step][:OF_ONE_FOLDER]
    return found[:MOST]


def _html(folder: Path) -> Iterator[Path]:
    # links lead from one documentation into another's, so they are not followed
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if name.endswith((".html", ".htm", ".xhtml")) and not path.is_symlink():
                yield path


def require_pages() -> list[Path]:
    """Find the pages, or install some where that can be done."""
    found = pages()
    if len(found) < LEAST:
        print(f"only {len(found)} pages: installing {PACKAGE}", flush=True)
        subprocess.run(["apt-get", "update", "-q"], check=True)
        install = ("apt-get", "install", "-qy", "--no-install-recommends", PACKAGE)
        subprocess.run(install, check=True)
        found = pages()
    return found if len(found) >= LEAST else sys.exit(f"only {len(found)} pages")


def marked(
    document: Document, label: Label, chance: random.Random, *, split: bool
) -> list[Change]:
    """Return changes that put some words of a page between the signs.

    Args:
        document: the page.
        label: of any place: a change without one would be a footnote.
        chance: chooses the words.
        split: take the words with tags or entities inside, not the others.
    """
    (flat,) = document.texts
    words = [
        word
        for word in WORD.finditer(flat.text)
        if (len(flat.fragments(*word.span())) > 1) == split
    ]
    changes: list[Change] = []
    grown = 0
    for word in sorted(
        chance.sample(words, min(len(words), CHANGES)), key=lambda each: each.start()
    ):
        after = f"{OPEN}{word[0]}{CLOSE}"
        new = (word.start() + grown, word.end() + grown + len(OPEN) + len(CLOSE))
        change = Change(*word.span(), *new, word[0], after, "x", "", "", label)
        if document.possible(flat, change):
            changes.append(change)
            grown += len(OPEN) + len(CLOSE)
    return changes


def differs(raw: bytes, document: Document, changes: Sequence[Change]) -> str:
    """Say what differs beside the changed words; empty if nothing does."""
    if document.written([()] * len(document.texts)) != raw:
        return "other bytes with an empty set of changes"
    signs = [sign.encode(document.encoding) for sign in (OPEN, CLOSE)]
    if any(sign in raw for sign in signs):
        return "the page has the signs that changes are told by"
    written = document.written([changes])
    if [written.count(sign) for sign in signs] != [len(changes)] * 2:
        return f"{len(changes)} changes, and another number of them in the page"
    left = written.replace(signs[0], b"").replace(signs[1], b"")
    return "" if left == raw else "more than the changed words"


class Tags(HTMLParser):
    """The tags and comments of a page as they are written, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str | None] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del tag, attrs
        self.tags.append(self.get_starttag_text())

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append(data)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def moves(raw: bytes, document: Document, changes: Sequence[Change]) -> str:
    """Say what differs where a changed word had tags inside; empty if nothing does.

    It stands in one of the pieces afterwards, so tags and text are looked at apart.
    """
    signless = document.written([changes]).decode(document.encoding)
    signless = signless.replace(OPEN, "").replace(CLOSE, "")
    before, after = Tags(raw.decode(document.encoding)), Tags(signless)
    if before.tags != after.tags:
        return "other tags, where a word with tags inside was changed"
    if "".join(before.text) != "".join(after.text):
        return "another text, where a word with tags inside was changed"
    return ""


def main() -> None:
    gaz = Gazetteer.load()
    label = gaz.label("geonames:146970", "neutral")
    wrong: list[str] = []
    counts: Counter[str] = Counter()
    for path in require_pages():
        raw = path.read_bytes()
        try:
            document = open_document(raw, path.name)
            chance = random.Random(path.name)
            changes = marked(document, label, chance, split=False)
            split = marked(document, label, chance, split=True)
            reason = differs(raw, document, changes) or moves(raw, document, split)
            rendered = render_document(gaz, path, "neutral")
        except DocumentError as error:
            # a clear refusal (a page that is not in the encoding it says) is an answer
            print(f"refused: {error}")
            counts["refused"] += 1
            continue
        counts["pages"] += 1
        counts["words"] += len(changes)
        counts["split"] += len(split)
        counts["bytes"] += len(raw)
        counts["names"] += len(rendered.changes)
        if not rendered.changes and rendered.content != raw:
            reason = "rendered with no change, and other bytes"
        if reason:
            wrong.append(f"{path}: {reason}")
    if wrong or counts["pages"] < LEAST:
        sys.exit("\n".join([*wrong, str(dict(counts))]))
    print(
        f"{counts['pages']} pages of {counts['bytes'] / 1e6:.1f} MB: with no change the "
        f"same bytes, with {counts['words']} changed words nothing else, with "
        f"{counts['split']} changed words that had tags inside the same tags and text; "
        f"{counts['names']} names rendered; {counts['refused']} pages refused"
    )


if __name__ == "__main__":
    main()
