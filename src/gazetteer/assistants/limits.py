"""How much an assistant may ask for and is told."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Limits"]


class Limits(NamedTuple):
    """How much an assistant may ask for and is told.

    An answer that leaves something out says how much.

    Attributes:
        most_characters: of a text to be rendered.
        most_candidates: of one answer.
        most_names: of one place.
        most_statements: relations of one place.
        most_mentions: changes, and again refusals, of one text.
    """

    most_characters: int = 20_000
    most_candidates: int = 8
    most_names: int = 60
    most_statements: int = 60
    most_mentions: int = 200
