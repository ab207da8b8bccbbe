"""What a server allows, and how it speaks of itself."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["Settings"]

_MEBIBYTE: Final = 1 << 20


class Settings(NamedTuple):
    """What a server allows, and how it speaks of itself.

    Attributes:
        lang: BCP 47 tag of the titles of places.
        public_url: where the service is reached, if a proxy stands before it; what a
            request says of itself if empty.
        most_bytes: of the body of a request.
        most_queries: in one batch of reconciliation queries or of ``/resolve``.
        most_values: ids times properties of one data extension query.
        most_characters: of a text to be rendered.
        most_candidates: of one query.
        seconds: that a request may take to arrive, and again to be answered.
        most_catalogued: places up to which the beginnings of all names are held for
            suggestions and all points for maps; data with more suggest by whole names
            and have no maps.
    """

    lang: str = "en"
    public_url: str = ""
    most_bytes: int = _MEBIBYTE
    most_queries: int = 200
    most_values: int = 10_000
    most_characters: int = 100_000
    most_candidates: int = 20
    seconds: float = 20.0
    most_catalogued: int = 200_000
