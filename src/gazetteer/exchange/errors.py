"""What keeps data from being exported."""

from __future__ import annotations

from gazetteer.errors import GazetteerError

__all__ = ["ExportError"]


class ExportError(GazetteerError, ValueError):
    """Something cannot be exported in the way that was asked for."""

    def __init__(self, target: str, reason: str) -> None:
        self.target = target
        super().__init__(f"cannot export to {target!r}: {reason}")
