"""What keeps a document from being worked on, beside faults in the file itself."""

from __future__ import annotations

from gazetteer.errors import GazetteerError

__all__ = ["DocumentError"]


class DocumentError(GazetteerError, ValueError):
    """A document cannot be read, looked at or rendered as it was asked for.

    Attributes:
        file: the path that it is about.
        reason: what is wrong, and what would have worked.
    """

    def __init__(self, file: str, reason: str) -> None:
        self.file = file
        self.reason = reason
        super().__init__(f"cannot work on {file!r}: {reason}")
