"""A document's text in one line of characters, each of which knows where it came from.

Formats cut running text in pieces: tags stand inside a word, a character is written as
an entity, a name goes over two runs. Rendering needs the text in one piece. So a reader
of a format writes down a *flat* text, the way a person would read it, and for every
stretch of it where in the file it stands. A change of the flat text is then carried to
the file: what is replaced there is what was read there, and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.text import ProtectedSpan
from gazetteer.text.cells import with_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.render import Change

__all__ = [
    "Edit",
    "FlatBuilder",
    "FlatText",
    "Fragment",
    "Piece",
    "covering",
    "edits_of",
    "splice",
]

_ARTICLE = re.compile(r"([Aa][Nn]?)([ \t\u00a0\r\n]+)")


class Piece(NamedTuple):
    """A stretch of flat text and where it was read.

    Attributes:
        start, end: in the flat text, half-open.
        source, source_end: in the file. Equal for what stands in no text of the file
            (a line break between two paragraphs), which can therefore not be changed.
        whole: whether it stands for itself as a whole, as an entity does; else each
            character stands for itself.
    """

    start: int
    end: int
    source: int
    source_end: int
    whole: bool


class Fragment(NamedTuple):
    """A stretch of the file that a stretch of flat text was read from.

    Attributes:
        start, end: in the file.
        before, after: flat text that stands there too, but beside the stretch asked
            for, since it cannot be parted from it.
        size: how many flat characters were read from it.
    """

    start: int
    end: int
    before: str
    after: str
    size: int


class Edit(NamedTuple):
    """Text that replaces a stretch of the file."""

    start: int
    end: int
    text: str


class Stretch(NamedTuple):
    """A stretch of flat text of which something is known, such as its language."""

    start: int
    end: int
    value: str


class FlatText(NamedTuple):
    """A text to be rendered.

    Attributes:
        text: as a person reads it.
        pieces: where it came from, in order.
        protected: what must never be changed.
        headings: where names take their compact form.
        languages: stretches of a language of their own.
        lang: of the whole, as the file says it; empty if it does not.
        name: what to call it in a report, where a file has several; else empty.
    """

    text: str
    pieces: Sequence[Piece]
    protected: Sequence[ProtectedSpan] = ()
    headings: Sequence[tuple[int, int]] = ()
    languages: Sequence[Stretch] = ()
    lang: str = ""
    name: str = ""

    @classmethod
    def of(cls, text: str, protected: Iterable[ProtectedSpan] = ()) -> FlatText:
        """Return a text that is the whole file as it is.

        Examples:
            >>> FlatText.of("a line").fragments(2, 6)
            [Fragment(start=2, end=6, before='', after='', size=4)]
        """
        return cls(
            text, [Piece(0, len(text), 0, len(text), whole=False)], tuple(protected)
        )

    def fragments(self, start: int, end: int) -> list[Fragment] | None:
        """Return what a stretch was read from, or None if some of it from nowhere.

        Stretches that touch each other in the file are one.
        """
        found: list[Fragment] = []
        at = max(bisect_right(self.pieces, start, key=_start) - 1, 0)
        for number in range(at, len(self.pieces)):  # a slice would copy the rest
            piece = self.pieces[number]
            if piece.start >= end:
                break
            if piece.end <= start:
                continue
            if piece.source == piece.source_end:
                return None
            here = self._fragment(piece, max(start, piece.start), min(end, piece.end))
            last = found[-1] if found else None
            if last is not None and last.end == here.start and not last.after:
                found[-1] = Fragment(
                    last.start, here.end, last.before, here.after, last.size + here.size
                )
            else:
                found.append(here)
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where in the file a stretch was read.

        What stands between its pieces, such as a tag, is in the span.
        """
        if not self.pieces:
            return 0, 0
        first, last = self._piece_at(start), self._piece_at(max(end - 1, start))
        begin = first.source if first.whole else first.source + start - first.start
        if end <= start:
            return begin, begin
        if last.whole:
            return begin, max(begin, last.source_end)
        return begin, max(begin, last.source + end - last.start)

    def _piece_at(self, offset: int) -> Piece:
        at = bisect_right(self.pieces, offset, key=_start) - 1
        return self.pieces[max(at, 0)]

    def paragraph_end(self, source: int) -> int:
        """Return where in the file the paragraph ends that comes next after an offset.

        Paragraphs of the file, that is; a text without any goes on to its end.
        """
        begun = False
        for piece in self.pieces:
            if piece.source < source:
                continue
            part = self.text[piece.start : piece.end]
            if piece.source == piece.source_end and part.startswith("\n\n"):
                if begun:
                    return piece.source
            elif part.strip():
                begun = True
        return self.pieces[-1].source_end if self.pieces else 0

    def _fragment(self, piece: Piece, start: int, end: int) -> Fragment:
        if piece.whole:
            before = self.text[piece.start : start]
            after = self.text[end : piece.end]
            return Fragment(piece.source, piece.source_end, before, after, end - start)
        shift = piece.source - piece.start
        return Fragment(start + shift, end + shift, "", "", end - start)


def _start(piece: Piece) -> int:
    return piece.start


class FlatBuilder:
    """Writes a flat text down while a file is read from its beginning to its end."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._size = 0
        self._last = ""
        self._running: dict[str, tuple[int, str, str]] = {}
        self._protected: list[ProtectedSpan] = []
        self._headings: list[tuple[int, int]] = []
        self._languages: list[Stretch] = []
        self._cells: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return self._size

    @property
    def last(self) -> str:
        """The last character that was added; empty at the beginning."""
        return self._last

    def add(self, text: str, source: int, source_end: int, *, whole: bool) -> None:
        """Add text that was read from a stretch of the file.

        Args:
            text: as a person reads it.
            source: where it starts in the file.
            source_end: where it ends.
            whole: whether it stands for the stretch as a whole.
        """
        if not text:
            return
        self._pieces.append(
            Piece(self._size, self._size + len(text), source, source_end, whole)
        )
        self._parts.append(text)
        self._size += len(text)
        self._last = text[-1]

    def gap(self, text: str, source: int = 0) -> None:
        """Add text that stands in the file as no text, such as a line break."""
        self.add(text, source, source, whole=True)

    def protect(self, role: str, reason: str) -> None:
        """Protect what is added from here on, until the next call; no role ends it."""
        start, known, why = self._running.get("protect", (0, "", ""))
        if (known, why) == (role, reason):
            return
        if known and start < self._size:
            self._protected.append(ProtectedSpan(start, self._size, known, why))
        self._running["protect"] = (self._size, role, reason)

    def heading(self, *, on: bool) -> None:
        """Say whether what is added from here on is a heading."""
        start, known, _ = self._running.get("heading", (0, "", ""))
        if bool(known) == on:
            return
        if known and start < self._size:
            self._headings.append((start, self._size))
        self._running["heading"] = (self._size, "on" if on else "", "")

    def cell(self, *, on: bool) -> None:
        """Say whether what is added from here on stands in a cell of a table."""
        start, known, _ = self._running.get("cell", (0, "", ""))
        if known and start < self._size:
            self._cells.append((start, self._size))
        self._running["cell"] = (self._size, "on" if on else "", "")

    def language(self, tag: str) -> None:
        """Say what language all that is added from here on is in; empty ends it."""
        start, known, _ = self._running.get("language", (0, "", ""))
        if known == tag:
            return
        if known and start < self._size:
            self._languages.append(Stretch(start, self._size, known))
        self._running["language"] = (self._size, tag, "")

    def build(self, *, lang: str = "", name: str = "") -> FlatText:
        """Return the flat text."""
        self.protect("", "")
        self.heading(on=False)
        self.language("")
        self.cell(on=False)
        text = "".join(self._parts)
        return FlatText(
            text,
            self._pieces,
            tuple(self._protected),
            with_cells(text, self._headings, self._cells),
            tuple(self._languages),
            lang,
            name,
        )


def parts_of(change: Change) -> list[tuple[int, int, str]]:
    """Return a change in parts: an article before the name, and the rest.

    What stands between the two is left as it is in the file, perhaps a line break.
    """
    old, new = _ARTICLE.match(change.before), _ARTICLE.match(change.after)
    if old is None or new is None:
        return [(change.start, change.end, change.after)]
    rest = (change.start + old.end(), change.end, change.after[new.end() :])
    if old[1] == new[1]:
        return [rest]
    return [(change.start, change.start + len(old[1]), new[1]), rest]


def edits_of(
    flat: FlatText,
    change: Change,
    written: Callable[[str], str],
    around: Callable[[str], str] | None = None,
) -> list[Edit] | None:
    """Return what a change is in the file, or None if it cannot be made there.

    A name in several stretches is written whole into the one that held most of it, and
    taken from the others.

    Args:
        flat: the text.
        change: one of its changes.
        written: how text is written in the file, such as with entities.
        around: what is put around the name as it is written; nothing if None.
    """
    if change.gloss:
        return _gloss_edits(flat, change, written)
    edits: list[Edit] = []
    parts = parts_of(change)
    for number, (start, end, text) in enumerate(parts, start=1):
        fragments = flat.fragments(start, end)
        if not fragments:
            return None
        main = max(fragments, key=lambda fragment: fragment.size)
        for fragment in fragments:
            new = written(text) if fragment is main else ""
            if around is not None and new and number == len(parts):
                new = around(new)
            before = written(fragment.before) if fragment.before else ""
            after = written(fragment.after) if fragment.after else ""
            edits.append(Edit(fragment.start, fragment.end, f"{before}{new}{after}"))
    return edits


def _gloss_edits(
    flat: FlatText, change: Change, written: Callable[[str], str]
) -> list[Edit] | None:
    """Return the edit that puts a gloss behind a name, of which nothing is touched."""
    fragments = flat.fragments(change.end - 1, change.end)
    if not fragments or fragments[-1].after:
        return None
    end = fragments[-1].end
    return [Edit(end, end, written(change.after.removeprefix(change.before)))]


def covering(source: str, edits: Sequence[Edit]) -> Edit | None:
    """Return edits of a text as one, with what stands between them; None of none.

    Examples:
        >>> covering("one <b>t</b>wo", [Edit(7, 8, ""), Edit(12, 14, "three")])
        Edit(start=7, end=14, text='</b>three')
    """
    if not edits:
        return None
    start = min(edit.start for edit in edits)
    end = max(edit.end for edit in edits)
    moved = [Edit(each.start - start, each.end - start, each.text) for each in edits]
    return Edit(start, end, splice(source[start:end], moved))


def splice(source: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that do not overlap.

    Examples:
        >>> splice("one two", [Edit(4, 7, "three")])
        'one three'
    """
    pieces: list[str] = []
    end = 0
    for edit in sorted(edits):
        pieces += [source[end : edit.start], edit.text]
        end = edit.end
    pieces.append(source[end:])
    return "".join(pieces)
