"""The nearest keys of one query, without NumPy: importing it costs more than asking.

The same steps as in `gazetteer.index.neighbourhood.batch`, in plain integers. Here it
is counted in tenths of a microsecond: so numbers grow beyond 64 bits where cutting them
costs more than it saves, and the loops stand where they are needed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import accumulate, pairwise
from operator import mul
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.index.edits import osa
from gazetteer.index.neighbourhood.hashing import CODES, INVERSE, MASK, POWERS
from gazetteer.index.neighbourhood.policy import (
    MOST_EDITS,
    NOT_COMPARED,
    edits_by_key_length,
    farthest,
)
from gazetteer.index.neighbourhood.windows import (
    HEAD,
    LONGEST,
    TAIL,
    WINDOW,
    deletable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.neighbourhood.keys import Keys
    from gazetteer.index.neighbourhood.layout import Tables
    from gazetteer.index.neighbourhood.policy import Measure

__all__ = ["Enough", "nearest"]

Enough = Callable[[list[tuple[int, int]]], bool]

_INVERSE_2: Final = INVERSE * INVERSE & MASK
_LOW: Final = 2**32 - 1
# Up to so many keys it costs less to count the edits than to compare letters first.
_FEW: Final = 4
_code: Final = CODES.__getitem__


def nearest(
    tables: Tables,
    keys: Keys,
    query: str,
    most: int,
    measure: Measure,
    *,
    every: bool,
    enough: Enough | None = None,
) -> list[tuple[int, int]]:
    """Return the numbers and distances of keys near a query, sorted by distance.

    Args:
        tables: of the neighbourhood.
        keys: what it was built of.
        query: a match key.
        most: edits that the caller allows.
        measure: whose length says how many edits are allowed.
        every: whether to return all that are near enough, and not the nearest alone.
        enough: asked of the nearest, whether they are; if not, all are returned.
    """
    if len(query) > LONGEST:
        return []
    plan = _plan(len(query), most, measure)
    known: set[int] = set()
    near: list[tuple[int, int]] = []
    for step, hashes in _hashes(query, plan):
        found = _look_up(tables, hashes)
        if known:
            found -= known
        if found:
            near += _measure(tables, keys, query, found, plan.allowed)
            if near and not every and min(near)[0] <= step:
                if enough is None or enough(_nearest(near)):
                    break
                every = True
            known |= found
    if len(near) > 1:
        near.sort()
    return [(number, edits) for edits, number in near if every or edits == near[0][0]]


def _nearest(near: list[tuple[int, int]]) -> list[tuple[int, int]]:
    least = min(near)[0]
    return [(number, edits) for edits, number in near if edits == least]


class _Plan(NamedTuple):
    """What is the same for all queries of one length.

    Attributes:
        reach: edits to go to; -1 where there is nothing to look for.
        allowed: edits by the lengths of keys.
        starts: positions of the letters to delete.
        moved: what moves the tail to the head; 0 where they are the whole.
    """

    reach: int
    allowed: bytes
    starts: tuple[int, ...]
    moved: int


@cache
def _plan(length: int, most: int, measure: Measure) -> _Plan:
    return _Plan(
        farthest(length, most, measure),
        edits_by_key_length(length, most, measure),
        tuple(position % length for position in deletable(length, more=1)),
        pow(INVERSE, length - WINDOW, MASK + 1) if length > WINDOW else 0,
    )


def _hashes(query: str, plan: _Plan) -> Iterator[tuple[int, list[int]]]:
    """Yield edits, and what to look for when so many come to be allowed."""
    if plan.reach < 0:
        return
    sums = list(accumulate(map(mul, map(_code, query), POWERS), initial=0))
    whole = sums[-1]
    if plan.reach == 0:
        yield 0, [whole]
        return
    once = [sums[at] + (whole - sums[at + 1]) * INVERSE & MASK for at in plan.starts]
    window = _window(sums, plan.moved) if plan.moved else []
    yield 1, [whole, *once, *window[-1:]]
    if plan.reach == 1:
        return
    # what a variant lacks beside the whole, and what is left when one more goes
    shorter = whole * INVERSE
    firsts = [each - shorter for each in once]
    shorter = whole * _INVERSE_2
    seconds = [each * INVERSE + shorter & MASK for each in firsts]
    twice = [
        first + second
        for after, first in enumerate(firsts, start=1)
        for second in seconds[after:]
    ]
    if window:
        whole = window[-1]
        twice += [ahead + (whole - past) * INVERSE for ahead, past in pairwise(window)]
    yield 2, twice


def _window(sums: list[int], moved: int) -> list[int]:
    """Return the hashes of the beginnings of head and tail as one string."""
    inside = sums[: HEAD + 1]
    head, border = sums[HEAD], sums[-TAIL - 1]
    inside += [head + (end - border) * moved for end in sums[-TAIL:]]
    return inside


def _look_up(tables: Tables, hashes: list[int]) -> set[int]:
    """Return the numbers of the keys that stand under some hashes."""
    filtered, buckets, entries, _, _, size, bits, fullest, shift = tables
    last = MASK >> shift
    found: set[int] = set()
    likely = [
        each
        for each in hashes
        if filtered[(number := each >> shift & last) >> 3] >> (number & 7) & 1
    ]
    if not likely:
        return found
    for wide in likely:
        at = (wide >> 32 & _LOW) * (len(buckets) - 1) >> 32
        start, end = buckets[at], buckets[at + 1]
        if end - start > fullest:
            continue
        low = wide & _LOW
        for entry in entries[start:end].tolist():
            # where the fingerprints are equal, the number of the key is left
            if not (entry ^ low) >> bits:
                found.add(entry & (1 << bits) - 1)
    if found and max(found) >= size:  # damaged
        found = {number for number in found if number < size}
    return found


def _measure(
    tables: Tables, keys: Keys, query: str, found: set[int], allowed: bytes
) -> list[tuple[int, int]]:
    """Return the distances and numbers of those that are near enough."""
    lengths, distance = tables.lengths, osa()
    if len(found) > _FEW:
        found = _alike(tables, query, found)
    near = []
    for number in found:
        most = allowed[lengths[number]]
        if most == NOT_COMPARED:
            continue
        key = keys[number]
        edits = distance(query, key, score_cutoff=most)
        # the length that the key really has decides
        if edits <= most and edits <= allowed[len(key)] < NOT_COMPARED:
            near.append((edits, number))
    return near


def _alike(tables: Tables, query: str, found: set[int]) -> set[int]:
    """Leave out those that have too many letters that the query has not, or lack them.

    An edit puts one letter in the place of another at most.
    """
    signatures = tables.signatures
    signature = 0
    for letter in query:
        signature |= 1 << (ord(letter) & 63)
    return {
        number
        for number in found
        if (signatures[number] ^ signature).bit_count() <= 2 * MOST_EDITS
    }
