"""What documents of fields have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from gazetteer.documents.document import Spot
from gazetteer.documents.encodings import Decoded, decode
from gazetteer.documents.errors import DocumentError

if TYPE_CHECKING:
    from gazetteer.documents.flat import FlatText
    from gazetteer.render import Change

__all__ = ["FieldsDocument"]


class FieldsDocument:
    """A file of which some fields are texts.

    Attributes:
        encoding: of the file.
    """

    def __init__(self, raw: bytes, file: str, encoding: str | None) -> None:
        """Decode the file; which of its fields are texts is for the formats to say."""
        self._file = file
        self._decoded: Decoded = decode(raw, file=file, encoding=encoding)
        self.encoding = self._decoded.encoding

    @property
    def source(self) -> str:
        """The whole file."""
        return self._decoded.text

    def possible(self, text: FlatText, change: Change) -> bool:  # noqa: ARG002
        """Tell that every change can be made."""
        return True

    def noted(self, note: str) -> NoReturn:  # noqa: ARG002
        """Refuse: a note is no field."""
        reason = "fields hold no note on place names; write it to a file of its own"
        raise DocumentError(self._file, reason)

    def spot(self, text: FlatText, start: int, end: int) -> Spot:
        """Return where a stretch stands in the file, and in which field."""
        return Spot(*text.span(start, end), text.name)
