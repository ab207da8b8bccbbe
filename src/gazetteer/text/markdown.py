"""What Markdown adds: code blocks, front matter, block quotes, link targets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.text.mention import ProtectedSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["emphasised", "markdown_spans"]

_FENCE = re.compile(r"[^\S\n]{0,3}(`{3,}|~{3,})")
_FRONT = re.compile(r"\A\ufeff?(---|\+\+\+)[^\S\n]*\r?\n")
_QUOTE = re.compile(r"[^\S\n]{0,3}>")
_LIST = re.compile(r"[^\S\n]*(?:[-*+]|\d{1,9}[.)])[^\S\n]")
_HEADING = re.compile(r"[^\S\n]{0,3}#{1,6}(?:\s|$)")
_RULE = re.compile(r"[^\S\n]{0,3}(?:[-*_][^\S\n]*){3,}$")
_DEFINITION = re.compile(r"[^\S\n]{0,3}\[([^\]\n^][^\]\n]{0,199})\]:[^\n]*")
_TARGET = re.compile(r"\](\(|\[)")
_SHORTCUT = re.compile(r"!?\[([^\[\]\n]{1,200})\](?![(\[])")
_EMPHASIS = re.compile(
    r"(?<![*\w\\])(\*|_)(?![*\s])([^*_\n]{1,120})(?<![\s\\])\1(?![*\w])"
)
_BRACKET = re.compile(r"(?<!\\)[()\[\]]|\n[^\S\n]*\r?\n")
_MAX_TARGET = 2000
_CODE = "part of code"
_QUOTED = "inside a block quote, which is never changed"


def markdown_spans(text: str) -> list[ProtectedSpan]:
    """Return what a Markdown text protects beyond what plain text does.

    Examples:
        >>> text = "[the sea](https://example.org/sea)"
        >>> [text[span.start : span.end] for span in markdown_spans(text)]
        ['](https://example.org/sea)']
    """
    spans = list(_blocks(text))
    spans += _targets(text)
    spans += _shortcuts(text)
    return spans


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _blocks(text: str) -> Iterator[ProtectedSpan]:
    body = _front_matter_end(text)
    if body:
        yield ProtectedSpan(0, body, "code", "part of the front matter")
    reader = _Blocks()
    for start, line in _lines(text):
        if start >= body:
            span = reader.read(start, line)
            if span is not None:
                yield span
    if reader.fence:
        yield ProtectedSpan(reader.fence_start, len(text), "code", _CODE)


def _front_matter_end(text: str) -> int:
    """Return where the front matter ends; 0 without any."""
    opening = _FRONT.match(text)
    if opening is None:
        return 0
    closing = re.compile(
        rf"^(?:{re.escape(opening[1])}|\.\.\.)[^\S\n]*\r?$", re.MULTILINE
    ).search(text, opening.end())
    return closing.end() if closing else 0


class _Blocks:
    """Reads lines one by one and tells which are code or quoted.

    Attributes:
        fence: what closes the fenced code block that is open; empty if none is.
        fence_start: where it began.
    """

    def __init__(self) -> None:
        self.fence = ""
        self.fence_start = 0
        self._quoted = False
        self._listed = False
        self._after_blank = True

    def read(self, start: int, line: str) -> ProtectedSpan | None:
        """Take the next line; return what it protects, or the code that it closes."""
        end = start + len(line)
        fence = _FENCE.match(line)
        if self.fence:
            if fence is None or not fence[1].startswith(self.fence):
                return None
            self.fence = ""
            return ProtectedSpan(self.fence_start, end, "code", _CODE)
        if fence:
            self.fence, self.fence_start = fence[1], start
            self._quoted = self._after_blank = False
            return None
        empty = not line.strip()
        if _QUOTE.match(line):
            self._quoted = True
        elif empty or any(each.match(line) for each in (_LIST, _HEADING, _RULE)):
            self._quoted = False
        indented = line.startswith(("    ", "\t"))
        if self._after_blank and indented and not (empty or self._listed):
            # The next indented line is code as well, so the blank line still counts.
            return ProtectedSpan(start, end, "code", _CODE)
        if _LIST.match(line):
            self._listed = True
        elif not empty and not line.startswith((" ", "\t")):
            self._listed = False
        self._after_blank = empty
        # A quoted paragraph goes on in lines without the mark.
        return ProtectedSpan(start, end, "quotation", _QUOTED) if self._quoted else None


def _targets(text: str) -> Iterator[ProtectedSpan]:
    for match in _DEFINITION.finditer(text):
        at = match.start()
        if at == 0 or text[at - 1] == "\n":
            yield ProtectedSpan(*match.span(), "code", "part of a link's target")
    closing = _brackets(text)
    for match in _TARGET.finditer(text):
        end = closing.get(match.end() - 1)
        if end is not None and end - match.end() < _MAX_TARGET:
            yield ProtectedSpan(match.start(), end, "code", "part of a link's target")


def _brackets(text: str) -> dict[int, int]:
    """Return where each bracket that has a partner in its paragraph is closed."""
    partners: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text):
        mark = match.group()
        if mark in "([":
            opened.append((match.start(), ")" if mark == "(" else "]"))
        elif mark in ")]":
            if opened and opened[-1][1] == mark:
                partners[opened.pop()[0]] = match.end()
        else:
            opened.clear()
    return partners


def _shortcuts(text: str) -> Iterator[ProtectedSpan]:
    # The text of a shortcut link is also its key: changing it would break the link.
    definitions = {
        match.start(1) - 1: _label(match[1])
        for match in _DEFINITION.finditer(text)
        if match.start() == 0 or text[match.start() - 1] == "\n"
    }
    defined = set(definitions.values())
    for match in _SHORTCUT.finditer(text):
        if match.start() in definitions:
            continue
        if _label(match[1]) in defined or match[1].startswith("^"):
            yield ProtectedSpan(*match.span(), "code", "the key of a link")
    for match in re.finditer(r"\[([^\[\]\n]{1,200})\]\[\]", text):
        yield ProtectedSpan(*match.span(), "code", "the key of a link")


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def emphasised(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of words set off by single asterisks or underscores."""
    for match in _EMPHASIS.finditer(text):
        yield match.span(2)
