"""A document: texts to be rendered, and how the file is written with their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from gazetteer.render.rendering import unified_diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.documents.flat import Edit, FlatText
    from gazetteer.render import Change, Rendering

__all__ = ["Document", "RenderedDocument", "Spot"]


class Spot(NamedTuple):
    """Where in a file something stands, as the format says it.

    Attributes:
        start, end: code points of the file as text; where the file is none, of the
            paragraph, as a person reads it.
        where: the part and the paragraph, the row and the column, the JSON Pointer;
            empty where the line and the column say all.
    """

    start: int
    end: int
    where: str = ""


class Document(Protocol):
    """A file as it was read."""

    @property
    def texts(self) -> Sequence[FlatText]:
        """The texts to be rendered, each for itself; most formats have one."""

    @property
    def markup(self) -> str:
        """What the texts are: ``plain`` or ``markdown``."""

    @property
    def footnotes(self) -> str:
        """Whether notes are put at the end: ``append``, or only told: ``report``."""

    @property
    def encoding(self) -> str:
        """What the file is written in; empty if it is no text."""

    def possible(self, text: FlatText, change: Change) -> bool:
        """Tell whether a change of one of the texts can be made in the file."""

    def written(self, changes: Sequence[Sequence[Change]]) -> bytes:
        """Return the file with the changes of each of its texts; none leaves it."""

    @property
    def source(self) -> str:
        """The file as text, which positions are counted in; empty if it is none."""

    @property
    def comments(self) -> str:
        """How comments are written: ``plain``, ``markdown``, ``html``; else empty."""

    @property
    def note_markup(self) -> str:
        """What a note on place names is written in; empty if it can hold none."""

    def noted(self, note: str) -> bytes:
        """Return the file as it is with a note, in the place of a note that it has.

        Args:
            note: in the document's `note_markup`, with its first and its last line.

        Raises:
            DocumentError: if the note cannot be written there.
        """

    def spot(self, text: FlatText, start: int, end: int) -> Spot:
        """Return where in the file a stretch of one of the texts stands."""

    def fixed(self, text: FlatText, change: Change) -> Edit | None:
        """Return a change as one edit of `source`; None if it cannot be one."""


class RenderedDocument(NamedTuple):
    """A rendered file with the report on each of its texts.

    Attributes:
        file: its name.
        format: of the file, such as ``html``.
        source: the file as it was.
        content: the file as it is rendered.
        renderings: the report on each text; offsets are those of the text as a person
            reads it, not of the file.
        names: what each text is called, such as a field; empty for the only one.
        encoding: of the file; empty if it is no text.
    """

    file: str
    format: str
    source: bytes
    content: bytes
    renderings: tuple[Rendering, ...]
    names: tuple[str, ...]
    encoding: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was changed, in all texts."""
        return tuple(each for one in self.renderings for each in one.changes)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know, of all texts, each said once."""
        return tuple(dict.fromkeys(w for one in self.renderings for w in one.warnings))

    def diff(self) -> str:
        """Return what changed as a unified diff; empty if nothing did.

        Of a file that is no text, what changed in its text.
        """
        if not self.encoding:
            return "".join(each.diff(self.file) for each in self.renderings)
        before, after = (
            text.decode(self.encoding).removeprefix("\ufeff")
            for text in (self.source, self.content)
        )
        return unified_diff(before, after, self.file)
