"""The nearest keys of many queries at once, in NumPy.

Whole columns go through each step: hash the variants, look at the buckets' filters,
compare fingerprints, then lengths and letters, and count the edits of the few pairs
that are left. Two edits are tried only for queries that one edit leaves without a key.
"""

from __future__ import annotations

from functools import cache
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gazetteer.index.neighbourhood.policy import (
    LENGTHS,
    MOST_EDITS,
    edits_by_key_length,
    farthest,
)
from gazetteer.index.neighbourhood.variants import (
    Letters,
    deletions,
    grouped,
    rows_of,
)
from gazetteer.index.neighbourhood.windows import LONGEST, SHORTEST_QUERY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.neighbourhood.keys import Keys
    from gazetteer.index.neighbourhood.layout import Tables
    from gazetteer.index.neighbourhood.policy import Measure
    from gazetteer.index.neighbourhood.variants import Hashes

__all__ = ["Columns", "Nearest", "Pairs", "Steps", "nearest"]

CHUNK: Final = 10_000
_BLOCK: Final = 1 << 15
_AT_ONCE: Final = 1 << 21
_32: Final = np.uint64(32)
_1: Final = np.uint8(1)
_7: Final = np.uint8(7)

_Integers = np.ndarray[Any, np.dtype[np.int64]]


class Nearest(NamedTuple):
    """What was found for some queries.

    Attributes:
        offsets: one more than there are queries: those found for query i stand from
            ``offsets[i]`` to ``offsets[i + 1]``, by distance and then by number.
        numbers: of the keys.
        distances: in edits.
    """

    offsets: NDArray[np.int64]
    numbers: NDArray[np.int64]
    distances: NDArray[np.uint8]


class Columns(NamedTuple):
    """The tables of a neighbourhood as arrays that read the same memory."""

    filter: NDArray[np.uint8]
    buckets: NDArray[np.uint32]
    entries: NDArray[np.uint32]
    signatures: NDArray[np.uint64]
    lengths: NDArray[np.uint8]
    size: int
    bits: np.uint32
    fullest: int
    shift: np.uint64

    @classmethod
    def of(cls, tables: Tables) -> Columns:
        """Make arrays of tables, without a copy."""
        return cls(
            np.asarray(tables.filter),
            np.asarray(tables.buckets),
            np.asarray(tables.entries),
            np.asarray(tables.signatures),
            np.asarray(tables.lengths),
            tables.size,
            np.uint32(tables.bits),
            tables.fullest,
            np.uint64(tables.shift),
        )


def nearest(
    columns: Columns,
    keys: Keys,
    queries: Sequence[str],
    most: int,
    measure: Measure,
    *,
    every: bool,
) -> Nearest:
    """Return the keys near each query; see `gazetteer.index.neighbourhood.single`."""
    sizes = np.zeros(len(queries) + 1, np.int64)
    found = [_NOTHING]
    for first in range(0, len(queries), CHUNK):
        chunk = queries[first : first + CHUNK]
        asked = _Asked(chunk)
        near = asked.nearest(columns, keys, most, measure, every=every)
        near = _sorted(near, every=every)
        places = asked.places.take(near.queries)
        after = slice(first + 1, first + 1 + len(chunk))
        sizes[after] = np.bincount(places, minlength=len(chunk))
        found.append(near)
    _, numbers, distances = (np.concatenate(each) for each in zip(*found, strict=True))
    return Nearest(np.cumsum(sizes), numbers, distances)


class Pairs(NamedTuple):
    """Queries and keys that are near.

    Attributes:
        of: numbers of the queries, rising.
        keys: that are near.
        edits: between them.
    """

    of: NDArray[np.int64]
    keys: list[str]
    edits: NDArray[np.uint8]


class _Pairs(NamedTuple):
    """Queries and keys that may be near."""

    queries: _Integers
    numbers: _Integers


class _Found(NamedTuple):
    """Queries and keys that are near."""

    queries: _Integers
    numbers: _Integers
    distances: NDArray[np.uint8]

    def take(self, rows: _Integers) -> _Found:
        """Return some rows."""
        return _Found(
            self.queries.take(rows), self.numbers.take(rows), self.distances.take(rows)
        )


_NOTHING: Final = _Found(
    np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8)
)


class Steps:
    """Queries that are looked for within one edit first, and some then within two.

    Who asks decides which are left for the second step: what is found in the first is
    not found again. Numbers of queries are those of the whole column.
    """

    def __init__(
        self,
        columns: Columns,
        keys: Keys,
        queries: Sequence[str],
        most: int,
        measure: Measure,
    ) -> None:
        """Take the queries apart."""
        self._columns = columns
        self._keys = keys
        self._most = most
        self._measure: Measure = measure
        self._size = len(queries)
        firsts = range(0, len(queries), CHUNK)
        self._chunks = [
            (first, _Asked(queries[first : first + CHUNK])) for first in firsts
        ]
        self._farther: list[_Found] = []

    def first(self) -> Pairs:
        """Return all that is within one edit."""
        found, self._farther = self._at(min(1, self._most), None), []
        near = []
        for each in found:
            farther = each.distances > 1
            near.append(each.take(np.flatnonzero(~farther)))
            self._farther.append(each.take(np.flatnonzero(farther)))
        return self._pairs(near)

    def second(self, left: _Integers) -> Pairs:
        """Return all that is two edits away.

        Args:
            left: from which queries; `first` has been asked for all.
        """
        wanted = np.zeros(self._size, np.bool_)
        wanted[left] = True
        found = []
        for before, each in zip(
            self._farther, self._at(MOST_EDITS, wanted), strict=True
        ):
            mine = before.take(np.flatnonzero(wanted.take(before.queries)))
            found.append(mine)
            found.append(each.take(np.flatnonzero(each.distances > 1)))
        return self._pairs(found)

    def _at(self, edits: int, wanted: NDArray[np.bool_] | None) -> list[_Found]:
        found = []
        for first, chunk in self._chunks:
            places = chunk.places + first
            left = np.ones(len(places), np.bool_) if wanted is None else wanted[places]
            near = _NOTHING
            if edits <= self._most and left.any():
                near = chunk.at(
                    self._columns, self._keys, edits, self._most, self._measure, left
                )
            found.append(near._replace(queries=places.take(near.queries)))
        return found

    def _pairs(self, found: Iterable[_Found]) -> Pairs:
        queries, numbers, distances = _sorted(_joined(found), every=True)
        return Pairs(queries, list(self._keys.take(numbers)), distances)


class _Asked:
    """A chunk of queries, without those that are too short or too long.

    Attributes:
        texts: the queries.
        places: where each of them stood.
    """

    def __init__(self, queries: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, queries), np.int64, len(queries))
        wanted = (lengths >= SHORTEST_QUERY) & (lengths <= LONGEST)
        self.places = np.flatnonzero(wanted)
        self.texts = list(compress(queries, wanted.tolist()))
        self._letters = Letters(self.texts)
        self._signatures = self._letters.signatures()

    def nearest(
        self, columns: Columns, keys: Keys, most: int, measure: Measure, *, every: bool
    ) -> _Found:
        """Return what is near; a pair may be found more than once."""
        found = [_NOTHING]
        left = np.ones(len(self.texts), np.bool_)
        for edits in range(min(most, 1), most + 1):
            near = self.at(columns, keys, edits, most, measure, left)
            found.append(near)
            if not every:
                left[near.queries[near.distances <= edits]] = False
        return _joined(found)

    def at(
        self,
        columns: Columns,
        keys: Keys,
        edits: int,
        most: int,
        measure: Measure,
        left: NDArray[np.bool_],
    ) -> _Found:
        """Return what is found once so many edits come to be allowed.

        All that is so near is found then or was before, and some that is farther.

        Args:
            columns: the tables.
            keys: that are looked for.
            edits: that come to be allowed.
            most: edits of what is returned.
            measure: whose length counts.
            left: of which queries.
        """
        reach = _reach(most, measure).take(self._letters.lengths)
        allowed = _allowed(most, measure)
        members = np.flatnonzero(left & (reach >= edits))
        probes = _probes(columns, self._variants(members, edits))
        return _joined(
            self._measured(columns, keys, _compared(columns, probe), allowed)
            for probe in probes
        )

    def _variants(
        self, members: _Integers, edits: int
    ) -> Iterator[tuple[_Integers, Hashes]]:
        """Yield what to look for when so many edits come to be allowed."""
        for group in grouped(self._letters, members, more=1):
            kinds = [(group.whole, edits)]
            if edits == 1:
                kinds.append((group.whole, 0))
            if edits and group.window:
                kinds.append((group.window, edits - 1))
            counts = [rows_of(*kind) for kind in kinds]
            hashes = np.empty((sum(counts), len(group.members)), np.uint64)
            row = 0
            for kind, count in zip(kinds, counts, strict=True):
                deletions(*kind, hashes[row : row + count])
                row += count
            yield group.members, hashes

    def _measured(
        self, columns: Columns, keys: Keys, pairs: _Pairs, allowed: NDArray[np.int8]
    ) -> _Found:
        """Count the edits of the pairs that may be near enough."""
        queries, numbers = pairs
        row = self._letters.lengths * LENGTHS
        most = allowed.take(row.take(queries) + columns.lengths.take(numbers))
        kept = np.flatnonzero(most >= 0)
        queries, numbers = queries.take(kept), numbers.take(kept)
        mine, theirs = self._signatures.take(queries), columns.signatures.take(numbers)
        # an edit puts one letter in the place of another at most
        most = most.take(kept)
        kept = np.flatnonzero(
            (_bit_count(mine & ~theirs) <= most) & (_bit_count(theirs & ~mine) <= most)
        )
        pair = (queries.take(kept) << 32) | numbers.take(kept)
        pair.sort()
        pair = pair[np.flatnonzero(np.diff(pair, prepend=-1))]
        queries, numbers = pair >> 32, pair & 0xFFFFFFFF
        near = keys.take(numbers)
        texts = self.texts
        distances = _distances([texts[query] for query in queries.tolist()], near)
        # the length that a key really has decides
        lengths = np.fromiter(map(len, near), np.int64, len(near))
        most = allowed.take(row.take(queries) + np.minimum(lengths, LENGTHS - 1))
        kept = np.flatnonzero(distances <= most)
        return _Found(queries.take(kept), numbers.take(kept), distances.take(kept))


def _joined(found: Iterable[_Found]) -> _Found:
    columns = zip(*(_NOTHING, *found), strict=True)
    return _Found(*(np.concatenate(each) for each in columns))


class _Probe(NamedTuple):
    """Hashes that the filter let pass, whose they are, and where they stand.

    Attributes:
        queries: a number for each hash.
        hashes: of variants.
        starts: first entry of the bucket of each hash.
        sizes: entries of that bucket.
    """

    queries: _Integers
    hashes: Hashes
    starts: _Integers
    sizes: _Integers


def _probes(
    columns: Columns, variants: Iterable[tuple[_Integers, Hashes]]
) -> Iterator[_Probe]:
    """Yield what the filter lets pass, in parts that bring not too many entries."""
    owners: list[_Integers] = []
    passed: list[Hashes] = []
    for members, hashes in variants:
        # a block at a time stays in the processor's cache
        rows = max(1, _BLOCK // len(members))
        for row in range(0, len(hashes), rows):
            block = hashes[row : row + rows].reshape(-1)
            hit = _set_bits(columns.filter, block >> columns.shift)
            owners.append(members.take(hit % len(members)))
            passed.append(block.take(hit))
    if not passed:
        return
    queries, found = np.concatenate(owners), np.concatenate(passed)
    at = found >> _32
    at *= np.uint64(len(columns.buckets) - 1)
    at >>= _32
    starts = columns.buckets.take(at.view(np.int64)).astype(np.int64)
    at += np.uint64(1)
    ends = columns.buckets.take(at.view(np.int64)).astype(np.int64)
    sizes = ends - starts
    sane = (sizes >= 0) & (sizes <= columns.fullest) & (ends <= len(columns.entries))
    sizes *= sane
    part = np.cumsum(sizes) // _AT_ONCE
    borders = np.flatnonzero(np.diff(part, prepend=-1, append=-1)).tolist()
    for start, end in pairwise(borders):
        yield _Probe(
            queries[start:end], found[start:end], starts[start:end], sizes[start:end]
        )


def _set_bits(bits: NDArray[np.uint8], numbers: Hashes) -> _Integers:
    """Return which of some bits are set, by their numbers, which are used up."""
    within = numbers.astype(np.uint8)
    within &= _7
    places = numbers.view(np.int64)
    places >>= 3
    np.right_shift(bits.take(places), within, out=within)
    within &= _1
    return np.flatnonzero(within.view(np.bool_))


def _compared(columns: Columns, probe: _Probe) -> _Pairs:
    """Compare the fingerprints of all entries in the buckets of some hashes."""
    queries, hashes, starts, sizes = probe
    after = np.cumsum(sizes)
    positions = np.arange(after[-1])
    positions += np.repeat(starts - (after - sizes), sizes)
    entries = columns.entries.take(positions)
    differ = np.repeat(hashes.astype(np.uint32), sizes)
    differ ^= entries
    # where the fingerprints are equal, the number of the key is left
    differ >>= columns.bits
    hit = np.flatnonzero(differ == 0)
    numbers = entries.take(hit).astype(np.int64) & ((1 << int(columns.bits)) - 1)
    queries = queries.take(np.searchsorted(after, hit, side="right"))
    inside = np.flatnonzero(numbers < columns.size)
    return _Pairs(queries.take(inside), numbers.take(inside))


def _sorted(found: _Found, *, every: bool) -> _Found:
    """Sort by query, distance and number; keep the nearest only, unless all."""
    packed = found.queries << 40 | found.distances.astype(np.int64) << 32
    packed |= found.numbers
    packed.sort()
    # the same pair may have been found twice
    packed = packed[np.flatnonzero(np.diff(packed, prepend=-1))]
    if not every and len(packed):
        edits = packed >> 32
        queries = packed >> 40
        first = np.flatnonzero(np.diff(queries, prepend=-1))
        least = np.repeat(edits.take(first), np.diff(first, append=len(packed)))
        packed = packed[edits == least]
    return _Found(
        packed >> 40, packed & 0xFFFFFFFF, (packed >> 32 & 0xFF).astype(np.uint8)
    )


def _distances(queries: Sequence[str], keys: Sequence[str]) -> NDArray[np.uint8]:
    from rapidfuzz.distance.OSA import distance
    from rapidfuzz.process import cpdist

    if not queries:
        return np.zeros(0, np.uint8)
    counted: NDArray[np.uint8] = cpdist(
        queries,
        keys,
        scorer=distance,
        score_cutoff=MOST_EDITS,
        dtype=np.uint8,
        workers=1,
    )
    return counted


@cache
def _allowed(most: int, measure: Measure) -> NDArray[np.int8]:
    """Return the edits allowed by length of query and key, -1 where none are."""
    rows = [edits_by_key_length(query, most, measure) for query in range(LENGTHS)]
    return np.frombuffer(b"".join(rows), np.int8)


@cache
def _reach(most: int, measure: Measure) -> NDArray[np.int8]:
    return np.array(
        [farthest(query, most, measure) for query in range(LENGTHS)], np.int8
    )


def _bit_count(numbers: Hashes) -> NDArray[np.uint8]:
    if hasattr(np, "bitwise_count"):
        return np.bitwise_count(numbers)
    bits = np.unpackbits(numbers.view(np.uint8).reshape(-1, 8), axis=1)
    counts: NDArray[np.uint8] = bits.sum(axis=1, dtype=np.uint8)
    return counts
