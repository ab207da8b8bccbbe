"""How far apart two keys may be, by their length, and still be one name misspelt."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "BELIEVED_FROM",
    "ONE_EDIT_FROM",
    "SHORTEST_QUERY",
    "TWO_EDITS_FROM",
    "Near",
    "allowed_edits",
    "digits",
    "edits_of_length",
    "nearest_of",
    "osa",
    "replaces_first",
    "same_digits",
    "settles",
]

# Keys under 4 characters are near to everything; 2 edits need 8 characters. Measured on
# 954k names: false answers to made-up words fall from .19 to .044.
ONE_EDIT_FROM: Final = 4
TWO_EDITS_FROM: Final = 8
BELIEVED_FROM: Final = 7
# Of a name of 4 a letter may be left out.
SHORTEST_QUERY: Final = ONE_EDIT_FROM - 1

_SEVERAL: Final = 2
_DIGIT: Final = re.compile(r"\d")


class Near(NamedTuple):
    """A key within the edits that its length allows.

    Attributes:
        edits: insertions, deletions, replacements and exchanges of neighbours.
        length: of the shorter one of the words that differ, or of the shorter key.
        first: whether an edit replaced the first letter of what differs.
        beyond: whether it is more than one name misspelt, by its length: shown, and
            never believed.
        longer: length of the longer of the two as wholes.
    """

    key: str
    edits: int
    length: int
    first: bool
    beyond: bool = False
    longer: int = 0


def allowed_edits(key: str, other: str, edits: int) -> Near | None:
    """Say whether two match keys are near enough for their length, and how near.

    A key of a name is near within one edit (from 4 characters) or two (from 8). Less is
    believed: edits are counted against the words that differ, where the words of the
    two can be paired, and in the shorter of the two, since in a long name of a common
    shape two letters may be all that tells one place from another. In a key under 8
    characters the first letter is no slip: few errors of typing strike it (Pollock and
    Zamora, Communications of the ACM 27:358, 1984).

    What goes beyond that is told apart and not left out, since the name that was meant
    is often among it. Other digits are another name.

    Args:
        key: of the query.
        other: of a name.
        edits: their distance (optimal string alignment).

    Examples:
        >>> allowed_edits("mountain", "muontain", 1)
        Near(key='muontain', edits=1, length=8, first=False, beyond=False, longer=8)
        >>> allowed_edits("hill", "bill", 1).beyond
        True
        >>> allowed_edits("ward 12", "ward 13", 1) is None
        True
    """
    length, longer = len(key), len(other)
    if length < SHORTEST_QUERY or edits > edits_of_length(longer):
        return None
    if not (key.isalpha() and other.isalpha()) and not same_digits(key, other):
        return None
    if length > longer:
        length, longer = longer, length
    beyond = edits > edits_of_length(length)
    a, b = key, other
    if " " in key and (pairs := _differing(key, other)):
        a, b = pairs[0]
        length = min(len(a), len(b))
        if len(pairs) == 1:
            # what is the same on either side of the word counts for nothing
            beyond = beyond or edits > edits_of_length(length)
        else:
            distance = osa()
            beyond = beyond or any(
                distance(a, b) > edits_of_length(min(len(a), len(b))) for a, b in pairs
            )
            length = min(min(len(a), len(b)) for a, b in pairs)
    first = a[:1] != b[:1] and replaces_first(a, b)
    beyond = beyond or (first and length < TWO_EDITS_FROM)
    return Near(other, edits, length, first, beyond, longer)


def settles(key: str, nearest: Sequence[Near]) -> bool:
    """Tell whether names farther from a query than these are of no interest.

    They are where one of these can be believed (in shorter words one edit is not, while
    two, each in a word of a long name, may be), and where none farther could be.

    Args:
        key: of the query.
        nearest: what is near to it.
    """
    if len(key) < TWO_EDITS_FROM:
        return bool(nearest)
    for near in nearest:
        if near.length >= BELIEVED_FROM and not near.beyond and not near.first:
            return True
    return False


def nearest_of(key: str, near: Iterable[Near]) -> list[Near]:
    """Return the nearest alone, if they settle it; else all."""
    every = near if isinstance(near, list) else list(near)
    if len(every) < _SEVERAL:
        return every
    fewest: dict[str, Near] = {}
    for each in every:
        # one key may have been found in several stores, and as a written key
        known = fewest.get(each.key)
        if known is None or each.edits < known.edits:
            fewest[each.key] = each
    every = list(fewest.values())
    least = min(each.edits for each in every)
    nearest = [each for each in every if each.edits == least]
    return nearest if settles(key, nearest) else every


def edits_of_length(length: int) -> int:
    """Return how many edits a key of this length may be away, 0 to 2."""
    if length < ONE_EDIT_FROM:
        return 0
    return 1 if length < TWO_EDITS_FROM else 2


def digits(key: str) -> str:
    """Return the digits of a key, in order."""
    return "".join(_DIGIT.findall(key))


def same_digits(key: str, other: str) -> bool:
    """Tell whether two keys have the same digits, in order."""
    # most keys are of letters alone, which is told in a fraction of the time
    if (key + other).replace(" ", "").isalpha():
        return True
    return digits(key) == digits(other)


@cache
def osa() -> Callable[..., int]:
    """Return what measures the distance of two texts: optimal string alignment."""
    # the import costs as much as some hundred queries
    from rapidfuzz.distance.OSA import distance

    return distance


def _differing(key: str, other: str) -> list[tuple[str, str]]:
    """Return the words that differ, place by place; none unless they can be paired."""
    left, right = key.split(" "), other.split(" ")
    if len(left) != len(right) or len(left) == 1:
        return []
    return [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]


def replaces_first(a: str, b: str) -> bool:
    """Tell of two that begin otherwise whether a letter stands in another's place."""
    # neither an exchange with the second letter nor one put in front or left out
    exchanged = a[:2] == b[1::-1]
    return not exchanged and a[1:] != b and b[1:] != a
