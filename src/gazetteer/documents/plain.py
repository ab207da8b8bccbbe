"""Plain text: the file is the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.documents.document import Spot
from gazetteer.documents.encodings import Decoded, decode, encoded
from gazetteer.documents.flat import FlatText, covering, edits_of, splice
from gazetteer.text.notes import with_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.documents.flat import Edit
    from gazetteer.render import Change
    from gazetteer.text import ProtectedSpan

__all__ = ["PlainDocument"]


class PlainDocument:
    """A plain text."""

    markup = "plain"
    footnotes = "append"
    comments = "plain"
    note_markup = "plain"

    def __init__(self, raw: bytes, file: str, *, encoding: str | None = None) -> None:
        """Read a text.

        Raises:
            DocumentError, DataError: if it is not in the encoding.
        """
        self._file = file
        self._decoded: Decoded = decode(raw, file=file, encoding=encoding)
        self.encoding = self._decoded.encoding
        text = self._decoded.text
        self.texts = (FlatText.of(text, self._protected(text)),)

    def _protected(self, text: str) -> Sequence[ProtectedSpan]:  # noqa: ARG002
        return ()

    def possible(self, text: FlatText, change: Change) -> bool:  # noqa: ARG002
        """Tell that every change can be made."""
        return True

    @property
    def source(self) -> str:
        """The text."""
        return self._decoded.text

    def noted(self, note: str) -> bytes:
        """Return the file with a note at its end, or in the place of one."""
        return encoded(with_note(self.source, note), self.encoding, self._file)

    def spot(self, text: FlatText, start: int, end: int) -> Spot:
        """Return where a stretch stands: the file is the text."""
        return Spot(*text.span(start, end))

    def fixed(self, text: FlatText, change: Change) -> Edit | None:
        """Return a change as one edit of the file."""
        return covering(self.source, edits_of(text, change, str) or [])

    def written(self, changes: Sequence[Sequence[Change]]) -> bytes:
        """Return the file with the changes."""
        (text,), (all_of_it,) = self.texts, changes
        edits = [
            edit
            for change in all_of_it
            if change.label is not None
            for edit in edits_of(text, change, str) or ()
        ]
        notes = "".join(change.after for change in all_of_it if change.label is None)
        whole = splice(self._decoded.text, edits) + notes
        return encoded(whole, self._decoded.encoding, self._file)
