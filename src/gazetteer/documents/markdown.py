"""Markdown: the file is the text, and HTML may stand in it.

What Markdown itself protects is found with the names; here is what HTML adds that a
line of text does not show: comments, and elements that are not to be translated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gazetteer.documents.plain import PlainDocument
from gazetteer.text import ProtectedSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["MarkdownDocument"]

_COMMENT: Final = re.compile(r"<!--(?:>|->|.*?(?:-->|\Z))", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w\-]{0,40})([^<>]{0,2000})>")
_KEPT: Final = re.compile(
    r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*(["']?)(?:[^"'>]*\s)?notranslate\b""",
    re.IGNORECASE,
)


class MarkdownDocument(PlainDocument):
    """A Markdown text."""

    markup = "markdown"
    comments = "markdown"
    note_markup = "markdown"

    def _protected(self, text: str) -> Sequence[ProtectedSpan]:
        return (*_comments(text), *_untranslated(text)) if "<" in text else ()


def _comments(text: str) -> Iterator[ProtectedSpan]:
    for match in _COMMENT.finditer(text):
        yield ProtectedSpan(*match.span(), "code", "inside a comment")


def _untranslated(text: str) -> Iterator[ProtectedSpan]:
    """Yield elements that say so; one that is not ended goes on to the end."""
    reason = "inside an element that says that it is not to be translated"
    name, start, depth = "", 0, 0
    for match in _TAG.finditer(text):
        closing, tag, attributes = match[1], match[2].lower(), match[3]
        if attributes.endswith("/"):
            continue
        if not name:
            if not closing and _KEPT.search(attributes):
                name, start, depth = tag, match.start(), 1
        elif tag == name:
            depth += -1 if closing else 1
            if depth == 0:
                yield ProtectedSpan(start, match.end(), "code", reason)
                name = ""
    if name:
        yield ProtectedSpan(start, len(text), "code", reason)
