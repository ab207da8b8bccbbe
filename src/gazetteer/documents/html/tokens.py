"""HTML in tokens that lie side by side: each character of the page is in one of them.

Only a reading that gives offsets can leave the rest of a page as it is. Parsers that
build a tree write quotes, entities and end tags anew; the one of the standard library
tells lines and columns, but reads comments and scripts differently from release to
release. What is needed here is little: https://html.spec.whatwg.org/#tokenization up to
the names of tags and the values of attributes.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["REFERENCE", "Token", "tokens"]

# Their content is no markup; of the second sort it has entities.
_RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "xmp"})
_WITH_ENTITIES = frozenset({"textarea", "title"})
_FOREIGN = frozenset({"math", "svg"})

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s/>][^\s/>=]*)
        (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)
            |(?P<open>["'])|(?=>)))?""",
    re.VERBOSE,
)
_TAG_END = re.compile(r"[\s/]*>")
_COMMENT_END = re.compile(r"--!?>")
REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)")


class Token(NamedTuple):
    """A part of a page.

    Attributes:
        kind: ``text``, ``raw`` (text without entities), ``start``, ``end``, ``other``
            (comments, the doctype, what is not finished).
        start, end: code points, half-open.
        name: of a tag, in small letters.
        attributes: of a start tag, names in small letters.
        closed: whether a start tag ends with a slash.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] = {}
    closed: bool = False


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a page from left to right.

    Examples:
        >>> [(each.kind, each.name) for each in tokens("<p title='>'>one<br/></p>")]
        [('start', 'p'), ('text', ''), ('start', 'br'), ('end', 'p')]
    """
    reader = _Reader(source)
    at = 0
    while at < len(source):
        opening = source.find("<", at)
        if opening < 0:
            opening = len(source)
        token = reader.markup(opening) if opening < len(source) else None
        # a lone "<" is text, and so is what stands up to the next one
        start = at
        while token is None and opening < len(source):
            opening = source.find("<", opening + 1)
            if opening < 0:
                opening = len(source)
            else:
                token = reader.markup(opening)
        if opening > start:
            yield Token("text", start, opening)
        if token is None:
            return
        yield token
        at = token.end
        if token.kind == "start":
            content = reader.content(token)
            if content is not None:
                if content.end > content.start:
                    yield content
                at = content.end


class _Reader:
    """Reads what begins with ``<``."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._foreign = 0  # depth in SVG and MathML, which alone have CDATA sections

    def markup(self, at: int) -> Token | None:
        """Return the token that begins at a ``<``, or None if it is text."""
        source = self._source
        after = source[at + 1 : at + 2]
        if after == "!":
            return self._declaration(at)
        if after == "?":
            return self._up_to(">", at)
        if after == "/":
            name = _NAME.match(source, at + 2)
            if name is None:
                # "</" before anything else but a letter begins a comment
                return self._up_to(">", at) if source[at + 2 : at + 3] else None
            return self._tag("end", at, name)
        name = _NAME.match(source, at + 1)
        return self._tag("start", at, name) if name else None

    def content(self, tag: Token) -> Token | None:
        """Return what follows a start tag as one text, if that is how it is read."""
        kind = "raw" if tag.name in _RAW else ""
        if tag.name in _WITH_ENTITIES:
            kind = "text"
        if tag.name == "plaintext":
            return Token("raw", tag.end, len(self._source))
        if not kind or self._foreign:
            return None
        closing = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
        found = closing.search(self._source, tag.end)
        end = found.start() if found else len(self._source)
        return Token(kind, tag.end, end)

    def _declaration(self, at: int) -> Token:
        source = self._source
        if source.startswith("<!--", at):
            if source.startswith((">", "->"), at + 4):
                return self._up_to(">", at)
            found = _COMMENT_END.search(source, at + 4)
            return Token("other", at, found.end() if found else len(source))
        if self._foreign and source.startswith("<![CDATA[", at):
            return self._up_to("]]>", at)
        return self._up_to(">", at)

    def _up_to(self, mark: str, at: int) -> Token:
        found = self._source.find(mark, at)
        end = len(self._source) if found < 0 else found + len(mark)
        return Token("other", at, end)

    def _tag(self, kind: str, at: int, name: re.Match[str]) -> Token:
        source, here = self._source, name.end()
        attributes: dict[str, str] = {}
        while (end := _TAG_END.match(source, here)) is None:
            found = _ATTRIBUTE.match(source, here)
            if found is None or found["open"]:
                return Token("other", at, len(source))  # never finished, never shown
            value = found["double"] or found["single"] or found["bare"] or ""
            if "&" in value:
                value = html.unescape(value)
            # the first of a name counts
            attributes.setdefault(found["name"].lower(), value)
            here = found.end()
        lower = name[0].lower()
        closed = source.endswith("/>", 0, end.end())
        if lower in _FOREIGN and not (closed and kind == "start"):
            self._foreign = max(self._foreign + (1 if kind == "start" else -1), 0)
        return Token(kind, at, end.end(), lower, attributes, closed)
