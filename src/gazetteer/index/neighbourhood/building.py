"""Building the arrays of a neighbourhood.

Each variant of each key becomes one 64-bit number: its hash, whose lowest bits are
replaced by the number of the key. Sorted, these numbers are the entries, bucket by
bucket. So that memory stays bounded, the range of hashes is cut into parts, and the
keys are gone through once for each.
"""

from __future__ import annotations

from itertools import compress
from math import comb
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.index.edits import edits_of_length
from gazetteer.index.neighbourhood.hashing import MASK
from gazetteer.index.neighbourhood.keys import keys_of
from gazetteer.index.neighbourhood.layout import (
    FORMAT,
    KINDS,
    id_bits,
)
from gazetteer.index.neighbourhood.policy import LENGTHS
from gazetteer.index.neighbourhood.variants import (
    Letters,
    deletions,
    grouped,
    pairs_of,
    rows_of,
)
from gazetteer.index.neighbourhood.windows import (
    LONGEST,
    SHORTEST,
    WINDOW,
    deletable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.neighbourhood.keys import Keys
    from gazetteer.index.neighbourhood.variants import Group, Hashes, Variants

__all__ = ["build"]

# Entries to a bucket, and bits of the filter to an entry: at least so many, since these
# are a power of 2. They make 60 to 90 of some 190 to 220 bytes a key.
_PER_BUCKET: Final = 4
_FILTERED: Final = 6

_CHUNK: Final = 16_384
_ROOM: Final = 1 << 24
_PIECE: Final = 1 << 20
_LOW: Final = np.uint64(32)


def build(
    keys: Sequence[str] | Keys,
    *,
    room: int = _ROOM,
    entries: Callable[[NDArray[Any]], object] | None = None,
) -> dict[str, NDArray[Any]]:
    """Return the arrays of a neighbourhood; the same for the same keys, anywhere.

    Args:
        keys: distinct match keys; `PackedKeys` where they stand in one text.
        room: entries that are sorted at once, at 16 bytes each; where there are
            more, the keys are gone through once more for each time as many.
        entries: takes the entries part by part, in their order, where they are not to
            be held: they are over half of the whole.

    Returns:
        The arrays of `gazetteer.index.neighbourhood.layout`, by name; without the
        entries where something took them.

    Raises:
        ValueError: at over 268 million keys, or 4 billion entries.

    Examples:
        >>> arrays = build(["mountain", "river"])
        >>> {name: len(array) for name, array in arrays.items()}
        {'header': 6, 'filter': 64, 'buckets': 11, 'entries': 43, 'signatures': 2,
        'lengths': 2}
    """
    held: list[NDArray[Any]] = []
    arrays = _build(keys_of(keys), room, entries or held.append)
    if entries is None:
        arrays["entries"] = np.concatenate([np.zeros(0, KINDS["entries"]), *held])
    return {name: arrays[name] for name in KINDS if name in arrays}


def _build(
    keys: Keys, room: int, take: Callable[[NDArray[Any]], object]
) -> dict[str, NDArray[Any]]:
    count = len(keys)
    lengths = np.zeros(count, KINDS["lengths"])
    signatures = np.zeros(count, KINDS["signatures"])
    for first, compared, letters in _chunks(keys):
        lengths[first + compared] = letters.lengths
        signatures[first + compared] = letters.signatures()

    most = int(_ENTRIES.take(lengths).sum())
    if most >= 1 << 32:
        raise ValueError(f"{count} keys have over 4 billion variants; fewer would do")
    size = max(1, most // _PER_BUCKET)
    buckets = np.zeros(size + 1, KINDS["buckets"])
    filtered = max(3, (_FILTERED * most - 1).bit_length())
    bits = np.zeros(1 << filtered >> 3, KINDS["filter"])
    parts = min(-(-most // room), size)
    done = 0
    for part in range(parts):
        low, high = part * size // parts, (part + 1) * size // parts
        packed = _sorted(keys, low, high, size)
        for start in range(0, len(packed), _PIECE):
            piece = packed[start : start + _PIECE]
            take(piece.astype(KINDS["entries"]))
            _count(buckets, piece, size)
            _set(bits, piece >> np.uint64(64 - filtered))
        done += len(packed)
    fullest = int(buckets.max())
    # so far each holds how many entries it has; now, how many stand before it
    np.cumsum(buckets[:-1], out=buckets[1:])
    buckets[0] = 0
    header = [FORMAT, count, done, size, fullest, filtered]
    return {
        "header": np.array(header, KINDS["header"]),
        "filter": bits,
        "buckets": buckets,
        "signatures": signatures,
        "lengths": lengths,
    }


def _chunks(keys: Keys) -> Iterator[tuple[int, NDArray[np.int64], Letters]]:
    """Yield the first number of a chunk, which of its keys are compared, and them."""
    for first in range(0, len(keys), _CHUNK):
        chunk = keys.take(np.arange(first, min(first + _CHUNK, len(keys))))
        lengths = np.fromiter(map(len, chunk), np.int64, len(chunk))
        wanted = (lengths >= SHORTEST) & (lengths <= LONGEST)
        if wanted.any():
            letters = Letters(list(compress(chunk, wanted.tolist())))
            yield first, np.flatnonzero(wanted), letters


def _sorted(keys: Keys, low: int, high: int, size: int) -> Hashes:
    """Return the packed numbers of all variants in a range of buckets."""
    fingerprint = np.uint64(MASK << id_bits(len(keys)) & MASK)
    from_hash = _first_hash(low, size)
    span = np.uint64(_first_hash(high, size) - from_hash - 1)
    found: list[Hashes] = []
    for first, compared, letters in _chunks(keys):
        numbers = (first + compared).astype(np.uint64)
        for group in grouped(letters, np.arange(len(compared)), more=0, once=True):
            hashes, wanted = _variants_of(group)
            # below the range, the difference wraps around
            wanted &= hashes - np.uint64(from_hash) <= span
            places = np.flatnonzero(wanted)
            packed = hashes.reshape(-1).take(places)
            packed &= fingerprint
            places %= len(group.members)
            packed |= numbers.take(group.members.take(places))
            found.append(packed)
    packed = np.empty(sum(map(len, found)), np.uint64)
    end = len(packed)
    while found:  # what has been copied is not held any longer
        part = found.pop()
        packed[end - len(part) : end] = part
        end -= len(part)
    packed.sort()
    return packed


def _first_hash(bucket: int, size: int) -> int:
    """Return the lowest hash that belongs to a bucket, of so many."""
    return -(-(bucket << 32) // size) << 32


def _variants_of(group: Group) -> tuple[Hashes, NDArray[np.bool_]]:
    """Return the variants of some keys, and which of them differ from those before."""
    edits = edits_of_length(group.length)
    kinds = [(group.whole, each) for each in range(edits + 1)]
    if group.window:
        kinds += [(group.window, each) for each in range(edits)]
    count = sum(rows_of(*kind) for kind in kinds)
    hashes = np.empty((count, len(group.members)), np.uint64)
    wanted = np.ones(hashes.shape, np.bool_)
    row = 0
    for variants, each in kinds:
        rows = slice(row, row + rows_of(variants, each))
        deletions(variants, each, hashes[rows])
        _mark_first(variants, each, wanted[rows])
        row = rows.stop
    return hashes, wanted


def _mark_first(variants: Variants, edits: int, out: NDArray[np.bool_]) -> None:
    """Of letters that stand doubled, delete the first ones only."""
    again = variants.again
    if edits == 1:
        for at, same in enumerate(again):
            np.logical_not(same, out=out[at])
    elif edits:
        for at, (one, other) in enumerate(pairs_of(variants)):
            np.logical_not(again[one], out=out[at])
            if other != one + 1:
                out[at] &= ~again[other]


def _count(buckets: NDArray[np.uint32], packed: Hashes, size: int) -> None:
    """Add to each bucket how many entries it has of those that are sorted."""
    of = (((packed >> _LOW) * np.uint64(size)) >> _LOW).astype(np.int64)
    counts = np.bincount(of - of[0])
    buckets[of[0] : of[0] + len(counts)] += counts.astype(buckets.dtype)


def _set(bits: NDArray[np.uint8], numbers: Hashes) -> None:
    """Set bits by their numbers, which are sorted."""
    values = np.left_shift(np.uint8(1), (numbers & np.uint64(7)).astype(np.uint8))
    places = (numbers >> np.uint64(3)).astype(np.int64)
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    bits[places[starts]] |= np.bitwise_or.reduceat(values, starts)


def _entries_of(length: int) -> int:
    """Return how many entries a key of some length has, doubled letters aside."""
    if not SHORTEST <= length <= LONGEST:
        return 0
    edits = edits_of_length(length)
    whole = sum(comb(len(deletable(length)), each) for each in range(edits + 1))
    window = sum(comb(WINDOW, each) for each in range(edits))
    return whole + (window if length > WINDOW else 0)


_ENTRIES: Final = np.array([_entries_of(length) for length in range(LENGTHS)])
