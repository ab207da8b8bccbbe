"""How many edits may lie between a query and a key, by their lengths."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from gazetteer.index.edits import edits_of_length
from gazetteer.index.neighbourhood.windows import LONGEST, SHORTEST, SHORTEST_QUERY

__all__ = ["LENGTHS", "MOST_EDITS", "NOT_COMPARED", "Measure", "edits_by_key_length"]
__all__ += ["farthest"]

Measure = Literal["key", "shorter"]
"""Whose length says how many edits are allowed: that of the key, or that of the shorter
of query and key. They differ where two letters are missing from a query, or where a key
of 8 letters is written with 7."""

MOST_EDITS: Final = 2
LENGTHS: Final = 256
"""How many lengths there are, since one is kept in a byte."""

NOT_COMPARED: Final = 255


@cache
def edits_by_key_length(query: int, most: int, measure: Measure) -> bytes:
    """Return the edits that are allowed between a query and keys of each length.

    Args:
        query: length of the query, in code points.
        most: edits that the caller allows.
        measure: whose length counts.

    Returns:
        One byte for each length of a key from 0 to 255, `NOT_COMPARED` where the query
        has nothing to look for.

    Examples:
        >>> allowed = edits_by_key_length(7, 2, "key")
        >>> allowed[5], allowed[6], allowed[7], allowed[8], allowed[9]
        (255, 1, 1, 2, 2)
        >>> allowed = edits_by_key_length(7, 2, "shorter")
        >>> allowed[5], allowed[6], allowed[7], allowed[8], allowed[9]
        (255, 1, 1, 1, 255)
    """
    allowed = bytearray([NOT_COMPARED]) * LENGTHS
    if SHORTEST_QUERY <= query <= LONGEST:
        nearest = max(query - MOST_EDITS, SHORTEST)
        for length in range(nearest, min(query + MOST_EDITS, LONGEST) + 1):
            counted = length if measure == "key" else min(length, query)
            edits = min(edits_of_length(counted), most)
            if abs(length - query) <= edits:
                allowed[length] = edits
    return bytes(allowed)


def farthest(query: int, most: int, measure: Measure) -> int:
    """Return how many edits away a key may be from a query at most; -1 if none may."""
    near = edits_by_key_length(query, most, measure)[query : query + MOST_EDITS + 1]
    return max((edits for edits in near if edits != NOT_COMPARED), default=-1)
