"""Where in a document something stands: line and column, and what the format says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.desk.lines import Lines

if TYPE_CHECKING:
    from gazetteer.documents import Document
    from gazetteer.documents.flat import FlatText

__all__ = ["Position", "Positions"]


class Position(NamedTuple):
    """Where something stands.

    Attributes:
        start, end: code points of the file; of the paragraph where the file is no text.
        line, column, end_line, end_column: from 1, the end behind it; None where the
            file is no text.
        where: the part and the paragraph, the row and the column, the JSON Pointer;
            empty where line and column say all.
    """

    start: int
    end: int
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    where: str = ""


class Positions:
    """Tells where the stretches of a document's texts stand in its file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.lines = Lines(document.source)

    def of(self, text: FlatText, start: int, end: int) -> Position:
        """Return where a stretch of one of the texts stands."""
        spot = self._document.spot(text, start, end)
        if not self._document.encoding:
            return Position(spot.start, spot.end, None, None, None, None, spot.where)
        return self.of_source(spot.start, spot.end)._replace(where=spot.where)

    def of_source(self, start: int, end: int) -> Position:
        """Return where a stretch of the file itself stands."""
        return Position(start, end, *self.lines.at(start), *self.lines.at(end))
