"""Samples of the shipped data that stay the same when rows are added.

A sample by position would change with every row; one by checksum only gains members.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from gazetteer.model import Place

WORDS = Path(__file__).parent / "cases" / "words-that-are-names.txt"


def sampled(text: str, one_in: int) -> bool:
    """Tell whether a text is in a sample of one in so many."""
    return crc32(text.encode()) % one_in == 0


def of_note(place: Place) -> bool:
    """Tell whether a place is looked at in full: regions, districts, towns."""
    return place.type != "village"


def words_that_are_names() -> frozenset[str]:
    """Return words of a language or of code that some place, by chance, is called."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
