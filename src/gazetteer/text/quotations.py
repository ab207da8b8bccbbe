"""Where others speak: quotation marks of every style, dialogue, block quotes.

A quotation is never changed, so doubt is decided for it: an unclosed quotation lasts to
the end of its paragraph, a closing mark without an opening one reaches back to the
paragraph's start.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from gazetteer.text.mention import ProtectedSpan

if TYPE_CHECKING:
    from gazetteer.text.words import Words

__all__ = ["quotations"]

_REASON = "inside a quotation, which is never changed"
_MARK = re.compile(
    "''|(?<!`)``(?!`)|[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d]"
)
_SINGLE = re.compile("['\u2018\u2019\u201a\u201b]")
# where a paragraph may end: a blank line, or a line end after the end of a sentence
_PARAGRAPH = re.compile(
    "\n[^\\S\n]*\r?\n|(?<=[.!?\u2026:\"'\u201d\u2019\u00bb)])[^\\S\n]*\r?\n"
)
_BLANK = re.compile(r"\n[^\S\n]*\r?\n")
_STRAIGHT = ('"', "''")
_OPENERS = "\u201c\u201e\u201f\u00ab\u2039\u300c"
_CLOSERS = "\u201d\u00bb\u203a\u300d"
_CLOSED_BY = {"\u201c": "\u201e", "\u00ab": "\u00bb", "\u2039": "\u203a"}
_STRONG_AFTER = '.,!?;:)]\u2014\u2013\u2026"\u201d\u00bb-'
_STRONG_BEFORE = '.,!?;:\u2026\u2014\u2013-)"\u201d'
_BEFORE_OPENING = ' \t\r\n\u00a0([{\u2014\u2013-/"\u201c\u00ab\u2018>|*_=:~'
# A line that begins with a dash (not a hyphen: that is a list), or with ">".
_DIALOGUE = re.compile("^[^\\S\n]*[\u2014\u2015][^\n]*", re.MULTILINE)
_BLOCK = re.compile(r"^[^\S\n]{0,3}>[^\n]*", re.MULTILINE)
# A mark left open is closed by a mark that only closes, if that comes within so many
# characters; else it ends with its paragraph.
_REACH = 10_000
_TEX_REACH = 1_000


def quotations(text: str, words: Words) -> list[ProtectedSpan]:
    """Return the quotations of a text, in no order; they may overlap.

    Examples:
        >>> from gazetteer.text.words import load_words
        >>> text = "The dog's owner said: 'Sit', and it sat."
        >>> [text[span.start : span.end] for span in quotations(text, load_words("en"))]
        ["'Sit'"]
    """
    spans = [*_DoubleMarks(text).read(), *_single(text, words)]
    spans += [match.span() for match in _DIALOGUE.finditer(text)]
    spans += [match.span() for match in _BLOCK.finditer(text)]
    return [ProtectedSpan(start, end, "quotation", _REASON) for start, end in spans]


class _Paragraphs:
    """Where the paragraphs of a text end."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in _PARAGRAPH.finditer(text)]
        self._starts = [match.end() for match in _PARAGRAPH.finditer(text)]
        self._blank = [match.start() for match in _BLANK.finditer(text)]
        self._size = len(text)

    def end(self, offset: int) -> int:
        at = bisect_left(self._ends, offset)
        return self._ends[at] if at < len(self._ends) else self._size

    def start(self, offset: int) -> int:
        at = bisect_right(self._starts, offset)
        return self._starts[at - 1] if at else 0

    def block_end(self, offset: int) -> int:
        """Return the next blank line."""
        at = bisect_left(self._blank, offset)
        return self._blank[at] if at < len(self._blank) else self._size


class _DoubleMarks:
    """Pairs the double quotation marks of a text from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs = _Paragraphs(text)
        self._start = 0
        self._openers: list[str] = []  # of the quotation that is open, outermost first
        self._last_end = 0
        self.spans: list[tuple[int, int]] = []

    def read(self) -> list[tuple[int, int]]:
        """Return the quotations."""
        for match in _MARK.finditer(self._text):
            mark, start, end = match.group(), match.start(), match.end()
            way = _way(self._text, mark, start, end, self._openers)
            if self._openers and self._forgotten(way, start):
                self._close(self._paragraphs.end(self._start))
                way = _way(self._text, mark, start, end, self._openers)
            if way == "open":
                self._open(mark, start)
            elif way == "close" and self._openers:
                self._openers.pop()
                if not self._openers:
                    self._close(end)
            elif way == "close":
                # It closes what was never opened: doubt is decided for the quotation.
                self._start = max(self._last_end, self._paragraphs.start(start))
                self._close(end)
        if self._openers:
            self._close(self._paragraphs.end(self._start))
        return self.spans

    def _forgotten(self, way: str, here: int) -> bool:
        """Tell whether the open quotation ended with its paragraph, unmarked."""
        if self._paragraphs.end(self._start) >= here:
            return False
        return way != "close" or here - self._start > _REACH

    def _open(self, mark: str, start: int) -> None:
        if not self._openers:
            self._start = start
            self._openers = [mark]
        elif mark not in _STRAIGHT and not _starts_line(self._text, start):
            self._openers.append(mark)

    def _close(self, end: int) -> None:
        self.spans.append((self._start, end))
        self._openers = []
        self._last_end = end


def _starts_line(text: str, start: int) -> bool:
    line = text[max(start - 80, 0) : start]
    return not line[line.rfind("\n") + 1 :].strip()


def _way(text: str, mark: str, start: int, end: int, openers: list[str]) -> str:
    """Return ``open``, ``close`` or, for a mark that is no quotation mark, nothing."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    looks_open = before in _BEFORE_OPENING and not after.isspace()
    if mark in _STRAIGHT:
        return _straight_way(before, after, looks_open=looks_open, inside=bool(openers))
    if mark == "``":
        # TeX closes it with two apostrophes; otherwise it marks code.
        return "open" if text.find("''", end, end + _TEX_REACH) >= 0 else ""
    if mark in _OPENERS:
        closes = bool(openers) and openers[-1] == _CLOSED_BY.get(mark)
        return "close" if closes and not looks_open else "open"
    # Swedish opens with the mark that closes elsewhere, and so do reversed guillemets.
    return "open" if not openers and looks_open and after.isalnum() else "close"


def _straight_way(before: str, after: str, *, looks_open: bool, inside: bool) -> str:
    if not inside and before.isdigit():
        return ""  # inches or seconds
    if looks_open and not (inside and after in _STRONG_AFTER):
        return "open"
    if not before.isspace() and not after.isalnum():
        return "close"
    return "close" if inside else "open"


def _single(text: str, words: Words) -> list[tuple[int, int]]:
    marks = [match.start() for match in _SINGLE.finditer(text)]
    if not marks:
        return []
    paragraphs = _Paragraphs(text)
    strong: list[int] = []
    weak: list[int] = []
    for at in marks:
        kind = _closes_single(text, at)
        if kind:
            (strong if kind == "strong" else weak).append(at)
    spans: list[tuple[int, int]] = []
    covered = -1
    for at in marks:
        if at <= covered or not _opens_single(text, at, words):
            continue
        block_end = paragraphs.block_end(at)
        close = _next(strong, at + 1)
        if close is None or close >= block_end:
            last = bisect_left(weak, block_end) - 1
            close = weak[last] if last >= 0 and weak[last] > at + 1 else None
        if close is not None:
            spans.append((at, close + 1))
            covered = close
        elif text[at] != "'" or text[max(at - 2, 0) : at] in (": ", ", "):
            covered = paragraphs.end(at)
            spans.append((at, covered))
    return spans


def _next(positions: list[int], start: int) -> int | None:
    at = bisect_left(positions, start)
    return positions[at] if at < len(positions) else None


def _opens_single(text: str, at: int, words: Words) -> bool:
    mark = text[at]
    if mark == "\u2019":
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before not in _BEFORE_OPENING or after.isspace() or after == "'":
        return False
    if before == "'":
        return False
    if mark in "\u201a\u201b":
        return True
    if after.isdigit() and text[at + 1 : at + 4].lstrip("0123456789") == "s":
        return False  # the '90s
    end = at + 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[at + 1 : end].lower() not in words["elision"]


def _closes_single(text: str, at: int) -> str:
    """Return ``strong``, ``weak`` (it may be a plural possessive) or nothing."""
    if text[at] not in "'\u2019":
        return ""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() or after.isalnum() or after == "'" or before == "'":
        return ""
    if before in "sS" and after.isspace():
        rest = text[at + 1 : at + 3].lstrip()
        if rest[:1].islower():
            return "weak"
    if after in _STRONG_AFTER or before in _STRONG_BEFORE or after.isspace():
        return "strong"
    return "weak"
