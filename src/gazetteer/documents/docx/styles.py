"""What the styles of a document say of its text: headings, quotations, code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from gazetteer.documents.docx.xml import XmlPart

__all__ = ["Styles"]

# What Word and LibreOffice store whatever language they speak; in small letters
_QUOTING: Final = frozenset(
    (
        "quote", "quote char", "intense quote", "intense quote char", "quotations",
        "quotation", "block text", "block quotation", "html cite", "citation",
    )
)  # fmt: skip
_CODE: Final = frozenset(
    (
        "html code", "html keyboard", "html preformatted", "html sample",
        "html typewriter", "html variable", "macro text", "preformatted text",
        "source code", "source text", "teletype", "user entry", "variable",
    )
)  # fmt: skip
_HEADINGS: Final = ("heading", "toc ", "index heading")
_TITLES: Final = frozenset(("title", "subtitle", "header", "footer"))
_DEEPEST: Final = 32


class _Style(NamedTuple):
    name: str
    based_on: str
    outlined: bool


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, part: XmlPart | None) -> None:
        """Read them; a document without a part of styles has none."""
        self._styles: dict[str, _Style] = {}
        known: dict[str, str] = {}
        for event in part.events if part else ():
            if event.kind == "start" and event.word == "style":
                known = {"id": event.attributes.get("styleId", "")}
            elif event.kind == "start" and event.word in ("name", "basedOn"):
                known.setdefault(event.word, event.attributes.get("val", ""))
            elif event.kind == "start" and event.word == "outlineLvl":
                known["outlineLvl"] = event.attributes.get("val", "9")
            elif event.kind == "end" and event.word == "style":
                self._styles[known["id"]] = _Style(
                    known.get("name", known["id"]).lower(),
                    known.get("basedOn", ""),
                    known.get("outlineLvl", "9") != "9",
                )

    def role(self, style: str) -> str:
        """Return what text in a style is: ``heading``, ``quotation``, ``code`` or "".

        A style is also what the one is that it is based on.
        """
        for _ in range(_DEEPEST):
            known = self._styles.get(style)
            name = known.name if known else style.lower()
            if name in _QUOTING:
                return "quotation"
            if name in _CODE:
                return "code"
            outlined = known is not None and known.outlined
            if outlined or name.startswith(_HEADINGS) or name in _TITLES:
                return "heading"
            if known is None or not known.based_on:
                return ""
            style = known.based_on
        return ""
