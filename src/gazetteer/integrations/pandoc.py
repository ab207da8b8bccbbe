"""A filter for pandoc: ``pandoc --filter gazetteer-pandoc report.md -o report.docx``.

The document's metadata say how, under ``gazetteer``: ``perspective``, ``event``,
``published``, ``reported``, ``quotations``; and ``lang``, pandoc's own, which language
it is in. What is quoted, struck out, code or mathematics is left alone. Warnings go to
standard error.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from gazetteer.documents.flat import FlatBuilder, edits_of
from gazetteer.documents.relabel import relabel
from gazetteer.errors import GazetteerError
from gazetteer.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.documents.flat import Edit, FlatText
    from gazetteer.render import Rendering

__all__ = ["filter_document", "main"]

_OPTIONS = ("event", "published", "reported", "quotations")
# https://hackage.haskell.org/package/pandoc-types
_INLINES = frozenset(
    [
        "Str",
        "Emph",
        "Underline",
        "Strong",
        "Strikeout",
        "Superscript",
        "Subscript",
        "SmallCaps",
        "Quoted",
        "Cite",
        "Code",
        "Space",
        "SoftBreak",
        "LineBreak",
        "Math",
        "RawInline",
        "Link",
        "Image",
        "Note",
        "Span",
    ]
)
_SILENT = frozenset(("CodeBlock", "RawBlock", "HorizontalRule", "Null"))
_BREAKS = {"Space": " ", "SoftBreak": "\n", "LineBreak": "\n"}
_QUOTES = {"DoubleQuote": ("\u201c", "\u201d"), "SingleQuote": ("\u2018", "\u2019")}
_TITLES = ("title", "subtitle")
_SPLIT = re.compile(r"( |\n)")
_PROTECTED = {
    "Strikeout": ("phrase", "is struck out"),
    "Cite": ("title", "is part of a reference"),
    "Code": ("code", "is code"),
    "Math": ("code", "is mathematics"),
    "RawInline": ("code", "is code"),
}


def filter_document(
    gazetteer: Gazetteer, document: dict[str, Any]
) -> tuple[dict[str, Any], Rendering]:
    """Return a document of pandoc with its names relabelled, and the report.

    Args:
        gazetteer: the data in use.
        document: as ``pandoc -t json`` writes it; it is changed.

    Raises:
        UnknownPerspectiveError, DateError, ValueError: as rendering has them.
    """
    meta = document.get("meta", {})
    wanted = _plain(meta.get("gazetteer", {}))
    wanted = wanted if isinstance(wanted, dict) else {}
    flattened = _Flattened()
    for key in _TITLES:
        flattened.walk(meta.get(key), heading=True)
    flattened.walk(document.get("blocks", []))
    flat = flattened.text(str(_plain(meta.get("lang", "")) or ""))
    rendering = relabel(
        gazetteer,
        flat,
        str(wanted.get("perspective") or "neutral"),
        possible=lambda change: edits_of(flat, change, str) is not None,
        footnotes="report",
        **{key: wanted[key] for key in _OPTIONS if wanted.get(key)},
    )
    edits = [
        edit
        for change in rendering.changes
        for edit in edits_of(flat, change, str) or ()
    ]
    flattened.apply(edits)
    new = _spread(document)
    new["blocks"] += [
        {"t": "Para", "c": _inlines(line)}
        for note in rendering.footnotes
        if (line := f"{note.mark} {note.text}".strip()) not in flat.text
    ]
    return new, rendering


def main() -> None:
    """Filter a document from standard input, as pandoc calls it."""
    document = json.loads(sys.stdin.buffer.read())
    try:
        new, rendering = filter_document(Gazetteer.load(), document)
    except (GazetteerError, ValueError) as error:
        sys.stderr.write(f"gazetteer: {error}\n")
        sys.exit(2)
    for warning in rendering.warnings:
        sys.stderr.write(f"warning: {warning}\n")
    sys.stdout.buffer.write(json.dumps(new, ensure_ascii=False).encode())


class _Flattened:
    """The text of a document in one line of characters, and its leaves.

    A leaf is an element that stands for characters: a word, a space, a line's end. What
    the leaves hold, one after another, is the file to which changes are carried.
    """

    def __init__(self) -> None:
        self._builder = FlatBuilder()
        self._leaves: list[tuple[int, int, dict[str, Any]]] = []
        self._size = 0
        self._role = ("", "")
        self._lang = ""
        self._table = False
        self._later: list[Any] = []

    def text(self, lang: str) -> FlatText:
        """Return the flat text, the notes of the document behind it."""
        while self._later:
            self.walk(self._later.pop(0))
        return self._builder.build(lang=lang)

    def walk(self, value: Any, *, heading: bool = False) -> None:
        """Read blocks, or whatever holds some."""
        if isinstance(value, list):
            if value and all(_kind(each) in _INLINES for each in value):
                self._paragraph(value, heading=heading)
            else:
                for each in value:
                    self.walk(each, heading=heading)
        elif isinstance(value, dict) and value.get("t") not in _SILENT:
            kind, held = value.get("t"), value.get("c")
            role, lang, table = self._role, self._lang, self._table
            self._table = table or kind == "Table"
            if kind == "BlockQuote":
                self._role = ("quotation", "inside a quotation, which is never changed")
            elif kind == "Div":
                self._attributes(held)
            self.walk(held, heading=heading or kind == "Header")
            self._role, self._lang, self._table = role, lang, table

    def _attributes(self, held: Any) -> None:
        """Take over what an element says of its language, and that it is no text."""
        _, classes, pairs = held[0]
        known = dict(pairs)
        self._lang = known.get("lang", self._lang)
        if "notranslate" in classes or known.get("translate") == "no":
            self._role = ("phrase", "is marked as not to be changed")

    def _paragraph(self, inlines: list[Any], *, heading: bool) -> None:
        if len(self._builder):
            self._builder.gap("\n\n")
        self._builder.heading(on=heading)
        self._builder.cell(on=self._table)
        self._inlines(inlines)
        self._builder.heading(on=False)
        self._builder.cell(on=False)

    def _inlines(self, inlines: list[Any]) -> None:
        for node in inlines:
            self._inline(node)

    def _inline(self, node: dict[str, Any]) -> None:
        kind, held = node["t"], node.get("c")
        role, lang = self._role, self._lang
        self._role = _PROTECTED.get(kind, role)
        if kind == "Span":
            self._attributes(held)
        self._builder.protect(*self._role)
        self._builder.language(self._lang)
        if kind in _BREAKS or kind == "Str":
            self._leaf(node, _BREAKS.get(kind) or str(held))
        elif kind in ("Code", "Math", "RawInline"):
            self._builder.gap(str(node["c"][1]))
        elif kind == "Note":
            self._later.append(held)
        elif kind == "Quoted":
            start, end = _QUOTES[node["c"][0]["t"]]
            self._builder.gap(start)
            self._inlines(node["c"][1])
            self._builder.gap(end)
        else:
            self._inlines(next(each for each in _lists(held) if _all_inlines(each)))
        self._role, self._lang = role, lang
        self._builder.protect(*self._role)
        self._builder.language(self._lang)

    def _leaf(self, node: dict[str, Any], text: str) -> None:
        start, self._size = self._size, self._size + len(text)
        self._builder.add(text, start, self._size, whole=False)
        self._leaves.append((start, self._size, node))

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carry edits to the leaves; what is put in goes into the first of them."""
        ordered = sorted(edits)
        at = 0
        for start, end, node in self._leaves:
            while at < len(ordered) and ordered[at].end <= start:
                at += 1
            last = at
            # what is put in without taking anything out belongs to what is before it
            while last < len(ordered) and (
                ordered[last].start < end or ordered[last].end == end
            ):
                last += 1
            mine = ordered[at:last]
            if not mine:
                continue
            old = _BREAKS.get(node["t"]) or node["c"]
            pieces, done = [], start
            for edit in mine:
                pieces.append(old[done - start : max(edit.start, start) - start])
                if edit.start >= start:
                    pieces.append(edit.text)
                done = min(max(edit.end, done), end)
            pieces.append(old[done - start :])
            new = _inlines("".join(pieces))
            node.clear()
            node.update({"t": "_spread", "c": new})


def _kind(value: Any) -> str:
    return str(value.get("t")) if isinstance(value, dict) else ""


def _lists(held: Any) -> list[Any]:
    """Return the lists among what an element holds, or the list that it holds."""
    if _all_inlines(held):
        return [held]
    return [each for each in held if isinstance(each, list)] + [[]]


def _all_inlines(value: Any) -> bool:
    return isinstance(value, list) and all(_kind(each) in _INLINES for each in value)


def _inlines(text: str) -> list[dict[str, Any]]:
    """Return text as words, spaces and line ends."""
    made: list[dict[str, Any]] = []
    for part in _SPLIT.split(text):
        if part == " ":
            made.append({"t": "Space"})
        elif part == "\n":
            made.append({"t": "SoftBreak"})
        elif part:
            made.append({"t": "Str", "c": part})
    return made


def _spread(value: Any) -> Any:
    """Return a value with the lists that leaves became put where the leaves stood."""
    if isinstance(value, dict):
        return {key: _spread(each) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for each in value:
        if _kind(each) == "_spread":
            made += each["c"]
        else:
            made.append(_spread(each))
    return made


def _plain(meta: Any) -> Any:
    """Return a value of the metadata as a text or a table of texts."""
    kind, held = _kind(meta), meta.get("c") if isinstance(meta, dict) else None
    if kind == "MetaMap" and isinstance(held, dict):
        return {key: _plain(each) for key, each in held.items()}
    if kind in ("MetaInlines", "MetaBlocks"):
        flattened = _Flattened()
        flattened.walk(held)
        return flattened.text("").text
    return "" if held is None else str(held)
