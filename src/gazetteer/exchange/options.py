"""How places are to be shown where a format asks for more than rows."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ExportOptions"]


class ExportOptions(NamedTuple):
    """How places are to be shown where a format asks for more than rows.

    Attributes:
        langs: of titles and labels, BCP 47; the first one heads a place.
        perspectives: whose labels are written, by formats that have any; the first
            one's are the preferred labels of SKOS. Titles are neutral in all formats.
        base: what stands before a place's id to make it an address.
    """

    langs: tuple[str, ...] = ("en",)
    perspectives: tuple[str, ...] = ("neutral",)
    base: str = "urn:gazetteer:"
