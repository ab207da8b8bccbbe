"""A DOCX document, and how it is written with its changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.document import Spot
from gazetteer.documents.docx.comments import comment_parts, first_comment
from gazetteer.documents.docx.direct import direct_edits, text_element
from gazetteer.documents.docx.package import Package
from gazetteer.documents.docx.parts import find_parts
from gazetteer.documents.docx.story import read_story
from gazetteer.documents.docx.styles import Styles
from gazetteer.documents.docx.suggest import (
    Numbers,
    Suggestion,
    suggested_edit,
    suggested_paragraph,
)
from gazetteer.documents.docx.xml import WORD, XmlPart, escape
from gazetteer.documents.errors import DocumentError
from gazetteer.documents.flat import Edit, FlatBuilder, edits_of, splice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.documents.docx.story import Paragraph, TextElement
    from gazetteer.documents.flat import FlatText
    from gazetteer.render import Change

__all__ = ["WordDocument"]

_NUMBER: Final = re.compile(r"\s(?:\w+:)?id\s*=\s*[\"'](\d{1,9})[\"']")


_DECLARED: Final = re.compile(
    rf"xmlns:([^\s=]+)\s*=\s*[\"'](?:{'|'.join(map(re.escape, WORD))})[\"']"
)


class _Part(NamedTuple):
    """A part with text, and where it begins in the row of all of them."""

    base: int
    xml: XmlPart
    prefix: str


class WordDocument:
    """A DOCX document."""

    markup = "plain"
    footnotes = "append"
    comments = ""
    note_markup = "plain"
    encoding = ""
    source = ""

    def __init__(self, raw: bytes, file: str, *, suggest: bool = False) -> None:
        """Read a document.

        Args:
            raw: the whole file.
            file: its name.
            suggest: whether changes are written as tracked changes with comments.

        Raises:
            DocumentError: if it is no such document.
            DataError: if a part is not well-formed, with part, line and column.
        """
        self._file = file
        self._suggest = suggest
        self._package = Package(raw, file)
        self._names = find_parts(self._package, file)
        styles = Styles(self._styles_part())
        self._parts: list[_Part] = []
        self._elements: list[tuple[int, TextElement]] = []
        flat = FlatBuilder()
        self._copied: list[tuple[int, int, FlatText]] = []
        # where paragraphs begin in the text, and what to call them
        self._begins: list[int] = []
        self._main: list[Paragraph] = []  # those of the main part
        self._called: list[str] = []
        base = 0
        for name in (self._names.main, *self._names.others):
            part = XmlPart(name, self._package.read(name), file)
            found = _Part(base, part, _prefix(part))
            if suggest and not found.prefix:
                reason = (
                    f"its part {name} has no prefix for Word's elements; save it again"
                )
                raise DocumentError(file, reason)
            self._parts.append(found)
            paragraphs = read_story(part, styles)
            self._main = self._main or paragraphs
            for number, paragraph in enumerate(paragraphs, start=1):
                self._read(flat, paragraph, base)
                self._begins.append(len(flat) - len(paragraph.text))
                self._called.append(f"{name}, paragraph {number}")
            base += len(part.text) + 1
        self._elements.sort(key=lambda each: each[0])
        self._starts = [at for at, _ in self._elements]
        self.texts = (flat.build(),)

    def possible(self, text: FlatText, change: Change) -> bool:
        """Tell whether a change can be made: a name is nothing but text."""
        return edits_of(text, change, str) is not None

    def noted(self, note: str) -> bytes:
        """Return the document with a note at its end, or in the place of one.

        Raises:
            DocumentError: if another note would have to give way to a suggestion.
        """
        lines = [line for line in note.splitlines() if line.strip()]
        known = self._known_note(lines)
        main = self._parts[0]
        if known is None:
            at = _end_of_text(main)
            numbers = _Writer(self, self._suggest).numbers
            edit = Edit(
                at, at, _paragraphs(main, lines, numbers if self._suggest else None)
            )
        elif [each.text for each in known] == lines:
            return self._package.replaced({})
        elif self._suggest:
            reason = (
                "it has a note on place names that would have to change, and a note is "
                "not suggested twice; delete it first"
            )
            raise DocumentError(self._file, reason)
        else:
            text = _paragraphs(main, lines, None)
            edit = Edit(known[0].start, known[-1].end, text)
        content = splice(main.xml.text, [edit]).encode("utf-8")
        return self._package.replaced({main.xml.name: content})

    def _known_note(self, lines: Sequence[str]) -> Sequence[Paragraph] | None:
        """Return the paragraphs of the note that it has."""
        texts = [each.text.strip() for each in self._main]
        if lines[0] not in texts:
            return None
        first = texts.index(lines[0])
        if lines[-1] not in texts[first:]:
            return None
        return self._main[first : texts.index(lines[-1], first) + 1]

    def spot(self, text: FlatText, start: int, end: int) -> Spot:  # noqa: ARG002
        """Return in which paragraph a stretch stands, and where in it."""
        at = bisect_right(self._begins, start) - 1
        if at < 0:
            return Spot(start, end)
        begin = self._begins[at]
        return Spot(start - begin, end - begin, self._called[at])

    def fixed(self, text: FlatText, change: Change) -> Edit | None:  # noqa: ARG002
        """Return nothing: a change may be one of several parts of a zip file."""
        return None

    def written(self, changes: Sequence[Sequence[Change]]) -> bytes:
        """Return the document with the changes."""
        (all_of_it,) = changes
        writer = _Writer(self, self._suggest)
        return writer.written(all_of_it)

    # ---------------------------------------------------------------- reading

    def _styles_part(self) -> XmlPart | None:
        name = self._names.styles
        return XmlPart(name, self._package.read(name), self._file) if name else None

    def _read(self, flat: FlatBuilder, paragraph: Paragraph, base: int) -> None:
        if len(flat):
            flat.protect("", "")
            flat.heading(on=False)
            flat.cell(on=False)
            flat.gap("\n\n")
        flat.heading(on=paragraph.heading)
        flat.cell(on=paragraph.cell)
        start = len(flat)
        _add(flat, paragraph, base)
        self._note(paragraph, base)
        for copy in paragraph.copies:
            shadow = FlatBuilder()
            _add(shadow, copy, base)
            self._copied.append((start, len(flat), shadow.build()))
            self._note(copy, base)

    def _note(self, paragraph: Paragraph, base: int) -> None:
        seen = -1
        for atom in paragraph.atoms:
            if atom.element is not None and atom.element.start != seen:
                seen = atom.element.start
                self._elements.append((base + seen, atom.element))

    # --------------------------------------------------------- what a writer asks

    @property
    def package(self) -> Package:
        """The zip file."""
        return self._package

    @property
    def parts(self) -> Sequence[_Part]:
        """Its parts with text; the first is the main one."""
        return self._parts

    def element_at(self, offset: int) -> TextElement:
        """Return the text element at an offset in the row of all parts."""
        return self._elements[bisect_right(self._starts, offset) - 1][1]

    def part_at(self, offset: int) -> _Part:
        """Return the part at an offset in the row of all parts."""
        bases = [part.base for part in self._parts]
        return self._parts[bisect_right(bases, offset) - 1]

    def edits(self, change: Change) -> Iterator[list[Edit]]:
        """Yield the edits of a change, and once more for each copy of its paragraph."""
        (flat,) = self.texts
        yield edits_of(flat, change, str) or []
        for start, end, copy in self._copied:
            if start <= change.start and change.end <= end:
                moved = change._replace(
                    start=change.start - start, end=change.end - start
                )
                yield edits_of(copy, moved, str) or []

    def with_comments(self, comments: dict[int, str]) -> dict[str, str]:
        """Return the parts that comments are put into, as they become."""
        space = self._parts[0].xml.events[0].space
        space = space if space in WORD else WORD[0]
        return comment_parts(self._package, self._names, comments, space, self._file)

    def first_comment(self) -> int:
        """Return the first number that no comment has."""
        return first_comment(self._package, self._names, self._file)


class _Writer:
    """Writes one set of changes."""

    def __init__(self, document: WordDocument, suggest: bool) -> None:
        self._document = document
        self._suggest = suggest
        self._comments: dict[int, str] = {}
        self._comment = document.first_comment() if suggest else 0
        numbers = [
            int(number)
            for part in document.parts
            for number in _NUMBER.findall(part.xml.text)
        ]
        self.numbers = Numbers(max(numbers, default=0) + 1)

    def written(self, changes: Sequence[Change]) -> bytes:
        """Return the document."""
        by_element: dict[int, list[Suggestion]] = defaultdict(list)
        for change in changes:
            if change.label is None:
                continue
            for edits in self._document.edits(change):
                self._put(change, edits, by_element)
        edits_of_part: dict[str, list[Edit]] = defaultdict(list)
        for start, suggestions in by_element.items():
            part = self._document.part_at(start)
            element = self._document.element_at(start)
            edits_of_part[part.xml.name] += self._element(part, element, suggestions)
        notes = [each.after.strip() for each in changes if each.label is None]
        main = self._document.parts[0]
        if notes:
            edits_of_part[main.xml.name].append(self._notes(main, notes))
        texts = {
            part.xml.name: splice(part.xml.text, edits_of_part[part.xml.name])
            for part in self._document.parts
            if edits_of_part[part.xml.name]
        }
        texts |= self._document.with_comments(self._comments)
        contents = {name: text.encode("utf-8") for name, text in texts.items()}
        return self._document.package.replaced(contents)

    def _put(
        self,
        change: Change,
        edits: Sequence[Edit],
        by_element: dict[int, list[Suggestion]],
    ) -> None:
        main = max(edits, key=lambda edit: len(edit.text), default=None)
        for edit in edits:
            # text elements never touch, so an edit lies in one of them
            part = self._document.part_at(edit.start)
            element = self._document.element_at(edit.start)
            comment = None
            if edit is main and self._commented(part, element):
                comment = self._comment
                self._comment += 1
                self._comments[comment] = change.reason
            by_element[part.base + element.start].append(
                Suggestion(
                    edit.start - part.base, edit.end - part.base, edit.text, comment
                )
            )

    def _commented(self, part: _Part, element: TextElement) -> bool:
        # Word has no comments in notes, headers, footers and text boxes
        main = part is self._document.parts[0]
        return self._suggest and main and not element.run.boxed

    def _element(
        self, part: _Part, element: TextElement, suggestions: Sequence[Suggestion]
    ) -> Iterator[Edit]:
        source = part.xml.text
        suggestions = sorted(suggestions)
        if self._suggest:
            yield suggested_edit(
                source, element, suggestions, self.numbers, part.prefix
            )
            return
        edits = [Edit(each.start, each.end, each.label) for each in suggestions]
        yield from direct_edits(source, element, edits)

    def _notes(self, part: _Part, notes: Sequence[str]) -> Edit:
        """Return the notes as paragraphs at the end of the text."""
        at = _end_of_text(part)
        numbers = self.numbers if self._suggest else None
        return Edit(at, at, _paragraphs(part, notes, numbers))


def _end_of_text(part: _Part) -> int:
    """Return where the last paragraph of the main part ends."""
    depth, at = 0, 0
    for event in part.xml.events:
        if event.kind == "start":
            depth += 1
            # the last section's properties close the text
            if depth == 3 and event.word == "sectPr":  # noqa: PLR2004
                at = event.start
        else:
            depth -= 1
            if depth == 1 and event.word == "body" and not at:
                at = event.start
    return at


def _paragraphs(part: _Part, lines: Sequence[str], numbers: Numbers | None) -> str:
    """Return lines as paragraphs, tracked as insertions if numbers are given."""
    prefix = part.prefix
    return "".join(
        suggested_paragraph(line, numbers, prefix)
        if numbers is not None
        else f"<{prefix}p><{prefix}r>{text_element(f'{prefix}t', escape(line))}"
        f"</{prefix}r></{prefix}p>"
        for line in lines
    )


def _add(flat: FlatBuilder, paragraph: Paragraph, base: int) -> None:
    for atom in paragraph.atoms:
        flat.protect(atom.role, atom.reason)
        if atom.element is None:
            flat.gap(atom.text, base + atom.start)
        else:
            flat.add(atom.text, base + atom.start, base + atom.end, whole=atom.whole)


def _prefix(part: XmlPart) -> str:
    """Return a prefix of Word's name space in a part, with its colon."""
    root = part.events[0]
    found = _DECLARED.search(part.text, root.start, root.end)
    return f"{found[1]}:" if found else ""
