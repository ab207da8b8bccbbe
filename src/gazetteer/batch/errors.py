"""What keeps a file from being resolved, beside faults in the file itself."""

from __future__ import annotations

from gazetteer.errors import GazetteerError

__all__ = ["BatchError"]


class BatchError(GazetteerError, ValueError):
    """A file cannot be resolved, or its earlier run cannot go on, as it was asked for.

    Attributes:
        file: the path that it is about.
        reason: what is wrong, and what would have worked.
    """

    def __init__(self, file: str, reason: str) -> None:
        self.file = file
        self.reason = reason
        super().__init__(f"cannot go on with {file!r}: {reason}")
