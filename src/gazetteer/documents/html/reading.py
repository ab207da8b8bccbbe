"""Read a page as flat text: what a browser shows of it, without its layout."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.flat import FlatBuilder, FlatText
from gazetteer.documents.html.elements import BLOCKS, REPLACED, VOID
from gazetteer.documents.html.stack import DEEPEST, OpenElements
from gazetteer.documents.html.tokens import REFERENCE, Token, tokens
from gazetteer.documents.places import problem_at
from gazetteer.errors import DataError
from gazetteer.text.notes import NOTE_END, NOTE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Page", "read_page"]

_SPACE: Final = " \t\n\f\r"
_PART: Final = re.compile(rf"[{_SPACE}]+|{REFERENCE.pattern}|[^{_SPACE}&]+|&")
_THING: Final = "\ufffc"  # object replacement character


class Page(NamedTuple):
    """A page as it was read.

    Attributes:
        flat: its text.
        body_end: where ``</body>`` stands, or the page's end.
        title: the stretch of the file that is the title, in which no tag may stand.
        note: the note on place names that it has, which is no part of its text.
    """

    flat: FlatText
    body_end: int
    title: tuple[int, int]
    note: tuple[int, int] = (0, 0)


def read_page(source: str, file: str = "-") -> Page:
    r"""Return the text of a page.

    Args:
        source: the page, or a part of one.
        file: what to call it in an error.

    Raises:
        DataError: if elements are nested deeper than can be.

    Examples:
        >>> read_page("<p>one<br>two<p>Ca<b>f&eacute;</b>").flat.text
        'one\ntwo\n\nCafé'
    """
    reader = _Reader(source, file)
    for token in tokens(source):
        reader.read(token)
    return reader.page()


class _Reader:
    def __init__(self, source: str, file: str) -> None:
        self._source = source
        self._file = file
        self._open = OpenElements()
        self._flat = FlatBuilder()
        self._break = False  # whether a paragraph ended since the last character
        self._lang: str | None = None
        self._body_end = len(source)
        self._title = (0, 0)
        self._in_title = False
        self._cell = 0
        self._note = (0, 0)

    def read(self, token: Token) -> None:
        """Take the next token."""
        if token.kind == "other":
            self._begin_note(token)
        if self._note[0] <= token.start < self._note[1]:
            return
        if token.kind in ("text", "raw"):
            self._text(token)
        self._in_title = token.kind == "start" and token.name == "title"
        if token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            if token.name == "body":
                self._body_end = token.start
            if token.name in BLOCKS and not self._open.state.hidden:
                self._break = True
            if token.name == "br":  # a browser reads </br> so
                self._line(token)
            self._open.end(token.name)

    def page(self) -> Page:
        """Return what was read."""
        flat = self._flat.build(lang=self._lang or "")
        return Page(flat, self._body_end, self._title, self._note)

    def _begin_note(self, token: Token) -> None:
        source, last = self._source, NOTE_END["html"]
        if not self._note[1] and source[token.start : token.end] == NOTE_START["html"]:
            end = source.find(last, token.end)
            if end >= 0:
                self._note = (token.start, end + len(last))

    def _start(self, token: Token) -> None:
        name = token.name
        if name in BLOCKS and not self._open.state.hidden:
            self._break = True
        if name == "br":
            self._line(token)
        elif name in REPLACED and not self._open.state.hidden:
            self._separate(token.start)
            self._flat.gap(_THING, token.start)
        if name in VOID or (token.closed and name in ("svg", "math")):
            return
        if len(self._open) >= DEEPEST:
            message = (
                f"elements are nested deeper than {DEEPEST}; end tags are missing "
                f"before this one"
            )
            raise DataError(
                [problem_at(self._file, self._source, token.start, name, message)]
            )
        self._open.start(name, token.attributes)
        state = self._open.state
        if state.own and state.lang is not None:
            self._lang = state.lang

    def _line(self, token: Token) -> None:
        if not self._open.state.hidden and not self._break:
            self._say_state()
            self._flat.gap("\n", token.start)

    def _separate(self, source: int) -> None:
        """Part paragraphs, and say what the text that comes now is."""
        if self._break and len(self._flat):
            self._flat.protect("", "")
            self._flat.heading(on=False)
            self._flat.cell(on=False)
            self._cell = 0
            self._flat.language("")
            self._flat.gap("\n\n", source)
        self._break = False
        self._say_state()

    def _say_state(self) -> None:
        state = self._open.state
        self._flat.protect(state.role, state.reason)
        self._flat.heading(on=state.heading)
        if state.cell != self._cell:
            self._cell = state.cell
            self._flat.cell(on=state.cell > 0)
        own = state.own or state.lang is None
        self._flat.language("" if own else state.lang or "und")

    def _text(self, token: Token) -> None:
        state = self._open.state
        if state.hidden or token.kind == "raw":
            return
        if self._in_title:
            self._title = (token.start, token.end)
        for part, start, end in _parts(self._source, token.start, token.end):
            if part[0] in _SPACE and not state.kept:
                self._space(start, end)
                continue
            self._separate(start)
            if part[0] == "&" and len(part) > 1:
                self._flat.add(html.unescape(part), start, end, whole=True)
            else:
                self._flat.add(part, start, end, whole=False)

    def _space(self, start: int, end: int) -> None:
        """Add a run of spaces as one space, where one shows."""
        if self._break or self._flat.last in ("", " ", "\n"):
            return
        self._say_state()
        exact = self._source[start:end] == " "
        self._flat.add(" ", start, end, whole=not exact)


def _parts(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield runs of spaces, character references, and the rest."""
    for match in _PART.finditer(source, start, end):
        yield match.group(), match.start(), match.end()
