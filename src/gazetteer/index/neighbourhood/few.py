"""The nearest keys of one query where there are few: each of a near length is compared.

Up to about a thousand keys that takes less time than to delete letters of the query and
to look for what is left, and less still where one edit settles nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.index.edits import osa
from gazetteer.index.neighbourhood.policy import (
    NOT_COMPARED,
    edits_by_key_length,
    farthest,
)
from gazetteer.index.neighbourhood.windows import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.index.neighbourhood.keys import Keys
    from gazetteer.index.neighbourhood.policy import Measure
    from gazetteer.index.neighbourhood.single import Enough

__all__ = ["FEW", "FewKeys"]

FEW: Final = 1_000
"""Up to so many keys all are compared. Measured on names of countries and cities: 420
keys take 6 µs where two edits by their variants take 36; 1,000 take 19, 2,000 take 38.
"""


class _Within(NamedTuple):
    """What queries of one length are compared with.

    Attributes:
        keys: of the lengths that any edits lead to.
        numbers: of these keys.
        allowed: edits by the lengths of keys.
        reach: the most of them.
    """

    keys: list[str]
    numbers: list[int]
    allowed: bytes
    reach: int


class FewKeys:
    """Finds the keys that are near a query by comparing it with each."""

    __slots__ = ("_keys", "_measure", "_within")

    def __init__(self, keys: Keys, measure: Measure) -> None:
        """Hold the keys, which are read when the first query of a length comes."""
        self._keys = keys
        self._measure = measure
        self._within: dict[tuple[int, int], _Within] = {}

    def nearest(
        self, query: str, most: int, *, every: bool, enough: Enough | None = None
    ) -> list[tuple[int, int]]:
        """Return what `gazetteer.index.neighbourhood.single.nearest` returns.

        Args:
            query: a match key.
            most: edits that the caller allows.
            every: whether to return all that are near enough, not the nearest alone.
            enough: asked of the nearest, whether they are; if not, all are returned.
        """
        if len(query) > LONGEST:
            return []
        within = self._within.get((len(query), most)) or self._of(len(query), most)
        keys, numbers, allowed, reach = within
        if not keys:
            return []
        compared = _extract()(
            query, keys, scorer=osa(), processor=None, limit=None, score_cutoff=reach
        )
        near = [
            (edits, numbers[at])
            for key, edits, at in compared
            if edits <= allowed[len(key)]
        ]
        if not near:
            return []
        if len(near) > 1:
            near.sort()
        least = near[0][0]
        nearest = [(number, edits) for edits, number in near if edits == least]
        if not every and (enough is None or enough(nearest)):
            return nearest
        return [(number, edits) for edits, number in near]

    def _of(self, length: int, most: int) -> _Within:
        allowed = edits_by_key_length(length, most, self._measure)
        reach = farthest(length, most, self._measure)
        found = [
            (key, number)
            for number in range(len(self._keys))
            if len(key := self._keys[number]) <= LONGEST
            and allowed[len(key)] != NOT_COMPARED
        ]
        within = _Within(
            [key for key, _ in found], [number for _, number in found], allowed, reach
        )
        self._within[length, most] = within
        return within


@cache
def _extract() -> Callable[..., list[tuple[str, Any, int]]]:
    # its import costs as much as some hundred queries
    from rapidfuzz.process import extract

    return extract
