"""A query finds candidates: exact, folded, then fuzzy. The only user of rapidfuzz."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.model import Place, Toponym

__all__ = ["Hit", "Index"]


class Hit(NamedTuple):
    """One toponym that a query may mean.

    Attributes:
        toponym: the row that matched.
        method: ``exact`` (same text), ``folded`` (same faithful match key) or
            ``fuzzy`` (near keys, or the same class-merged key only).
        similarity: of the strings, 0 to 100.
    """

    toponym: Toponym
    method: str
    similarity: float


class Index:
    """All toponyms of some places, ready to be searched."""

    def __init__(self, places: Iterable[Place]) -> None:
        raise NotImplementedError

    def search(self, query: str, *, limit: int = 20) -> list[Hit]:
        """Return the hits of a query, the nearest first."""
        raise NotImplementedError
