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
_DEFINITION = re.compile(r"[^\S\n]{0,3}\[([^\]\n]{1,200})\]:[^\n]*")
_TARGET = re.compile(r"\](\(|\[)")
_SHORTCUT = re.compile(r"!?\[([^\[\]\n]{1,200})\](?![(\[:])")
_EMPHASIS = re.compile(
    r"(?<![*\w\\])(\*|_)(?![*\s])([^*_\n]{1,120})(?<![\s\\])\1(?![*\w])"
)
_MAX_TARGET = 2000
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
    body = 0
    front = _FRONT.match(text)
    if front:
        close = re.compile(
            rf"^(?:{re.escape(front[1])}|\.\.\.)[^\S\n]*\r?$", re.MULTILINE
        ).search(text, front.end())
        if close:
            body = close.end()
            yield ProtectedSpan(0, body, "code", "part of the front matter")
    fence = ""
    fence_start = 0
    in_quote = in_list = False
    blank = True
    for start, line in _lines(text):
        end = start + len(line)
        if start < body:
            continue
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence):
                yield ProtectedSpan(fence_start, end, "code", "part of code")
                fence = ""
            continue
        if opening:
            fence, fence_start = opening[1], start
            in_quote = blank = False
            continue
        empty = not line.strip()
        if _QUOTE.match(line):
            in_quote = True
        elif empty or _LIST.match(line) or _HEADING.match(line) or _RULE.match(line):
            in_quote = False
        # A quoted paragraph goes on in lines without the mark.
        if in_quote:
            yield ProtectedSpan(start, end, "quotation", _QUOTED)
        elif blank and not in_list and not empty and line.startswith(("    ", "\t")):
            yield ProtectedSpan(start, end, "code", "part of code")
            continue  # the next indented line is code as well
        if _LIST.match(line):
            in_list = True
        elif not empty and not line.startswith((" ", "\t")):
            in_list = False
        blank = empty
    if fence:
        yield ProtectedSpan(fence_start, len(text), "code", "part of code")


def _targets(text: str) -> Iterator[ProtectedSpan]:
    for match in _DEFINITION.finditer(text):
        at = match.start()
        if at == 0 or text[at - 1] == "\n":
            yield ProtectedSpan(*match.span(), "code", "part of a link's target")
    for match in _TARGET.finditer(text):
        start, opener = match.start(), match.group(1)
        closer = ")" if opener == "(" else "]"
        end = _balanced(text, match.end(), opener, closer)
        if end is not None:
            yield ProtectedSpan(start, end, "code", "part of a link's target")


def _balanced(text: str, start: int, opener: str, closer: str) -> int | None:
    depth = 1
    for at in range(start, min(len(text), start + _MAX_TARGET)):
        char = text[at]
        if char == opener:
            depth += 1
        elif char == closer:
            depth -= 1
            if not depth:
                return at + 1
        elif char == "\n" and text[at + 1 : at + 2] in ("\n", ""):
            return None
    return None


def _shortcuts(text: str) -> Iterator[ProtectedSpan]:
    # The text of a shortcut link is also its key: changing it would break the link.
    defined = {
        _label(match[1])
        for match in _DEFINITION.finditer(text)
        if match.start() == 0 or text[match.start() - 1] == "\n"
    }
    for match in _SHORTCUT.finditer(text):
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
