"""Which parts of a package hold text, by their relationships."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.docx.xml import XmlPart
from gazetteer.documents.errors import DocumentError

if TYPE_CHECKING:
    from gazetteer.documents.docx.package import Package

__all__ = ["Parts", "find_parts", "relationships_of"]

# in the order of reading: notes belong to the text, headers to every page
_STORIES: Final = ("footnotes", "endnotes", "header", "footer")
_ROOT: Final = "_rels/.rels"


class Relationship(NamedTuple):
    """What a part refers to: the last word of the type, and the part's name."""

    id: str
    kind: str
    target: str


class Parts(NamedTuple):
    """The parts of a document that matter here; empty where there is none.

    Attributes:
        main: the text.
        others: notes, headers and footers, each once.
        styles, comments: their names.
    """

    main: str
    others: tuple[str, ...]
    styles: str
    comments: str


def relationships_of(part: str) -> str:
    """Return the name of the part that holds a part's relationships.

    Examples:
        >>> relationships_of("word/document.xml")
        'word/_rels/document.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def find_parts(package: Package, file: str) -> Parts:
    """Return the parts of a document.

    Raises:
        DocumentError: if the package is no document of Word.
        DataError: if its relationships cannot be read.
    """
    if _ROOT not in package.names:
        raise DocumentError(file, f"it is a zip file without {_ROOT}, so not DOCX")
    roots = _read(package, _ROOT, "", file)
    main = next((each.target for each in roots if each.kind == "officeDocument"), "")
    if main not in package.names:
        raise DocumentError(file, f"its text ({main or 'document.xml'}) is missing")
    own = relationships_of(main)
    related = _read(package, own, main, file) if own in package.names else []
    found = {kind: [] for kind in (*_STORIES, "styles", "comments")}  # type: dict[str, list[str]]
    for each in related:
        there = each.target in package.names
        if there and each.kind in found and each.target not in found[each.kind]:
            found[each.kind].append(each.target)
    others = tuple(name for kind in _STORIES for name in found[kind])
    return Parts(
        main,
        tuple(dict.fromkeys(others)),
        next(iter(found["styles"]), ""),
        next(iter(found["comments"]), ""),
    )


def _read(package: Package, name: str, part: str, file: str) -> list[Relationship]:
    """Return the relationships in a part; those to other files are left out."""
    found = []
    for event in XmlPart(name, package.read(name), file).events:
        known = event.attributes
        if event.kind != "start" or event.name != "Relationship":
            continue
        if known.get("TargetMode") == "External":
            continue
        target = known.get("Target", "")
        folder = posixpath.dirname(part)
        path = posixpath.normpath(posixpath.join("/", folder, target))
        kind = known.get("Type", "").rpartition("/")[2]
        found.append(Relationship(known.get("Id", ""), kind, path.lstrip("/")))
    return found
