"""Whole columns of names found as they are written, or by their keys, in NumPy.

What `gazetteer.store.probe.TextTable` does to one text is done here to a column: hash,
bucket, comparison of the bytes. Nothing is decoded and no place is read; that is left
to who has only the distinct answers to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from gazetteer.store.probe import as_bytes, bucket_bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gazetteer.store import Store

    Numbers = NDArray[np.int64]

__all__ = ["ExactColumns", "HashColumn", "TextColumn", "encoded", "hashes_of"]

_NONE = 0xFFFF_FFFF

# Of one hash, or in one bucket, there are a few; only where hashes are damaged it could
# be all.
_MOST_STEPS = 500


class HashColumn:
    """Hashes that lead to numbers, to be found a column at a time."""

    def __init__(self, store: Store, name: str, values: str) -> None:
        """Open the sections that `gazetteer.store.probe.add_pairs` wrote."""
        file = store.file
        self._hashes = file.array(f"{name}.hash")
        self._buckets = file.array(f"{name}.bucket")
        self._values = file.array(f"{name}.{values}")
        bits = bucket_bits(len(self._hashes))
        file.require_items(f"{name}.bucket", (1 << bits) + 1)
        file.require_items(f"{name}.{values}", len(self._hashes))
        self._shift = np.uint64(32 - bits)

    def find(self, wanted: NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
        """Return which of some hashes are there, and all numbers that they lead to.

        Args:
            wanted: see `hashes_of`.

        Returns:
            Pairs of the number of a hash and one that it leads to, in no order.
        """
        left = np.arange(len(wanted))
        found = [(left[:0], left[:0])]
        size = len(self._hashes)
        if not size:
            return found[0]
        at = self._buckets[wanted.astype(np.uint64) >> self._shift].astype(np.int64)
        for _ in range(_MOST_STEPS):
            inside = np.flatnonzero(at < size)
            left, at = left.take(inside), at.take(inside)
            if not len(left):
                break
            hashes, asked = self._hashes.take(at), wanted.take(left)
            here = np.flatnonzero(hashes == asked)
            if len(here):
                numbers = self._values.take(at.take(here)).astype(np.int64)
                found.append((left.take(here), numbers))
            goes_on = np.flatnonzero(hashes <= asked)
            left, at = left.take(goes_on), at.take(goes_on) + 1
        owners, numbers = zip(*found, strict=True)
        return np.concatenate(owners), np.concatenate(numbers)


class TextColumn:
    """Distinct texts of a store, to be found a column at a time.

    Attributes:
        hashes: the crc32 of each, sorted.
    """

    def __init__(self, store: Store, name: str) -> None:
        """Open the sections that `gazetteer.index.spool.Spool.write` wrote."""
        file = store.file
        self.hashes = file.array(f"{name}.hash")
        self._buckets = file.array(f"{name}.bucket")
        self._offsets = file.array(f"{name}.offset")
        self._bytes = file.array(f"{name}.text")
        self._shift = np.uint64(32 - bucket_bits(len(self.hashes)))

    def find(self, texts: Sequence[str]) -> Numbers:
        """Return the number of each text in the store, or -1; the bytes are compared.

        Measured on 100,000 names of a million: a third of a microsecond a name.
        """
        found = np.full(len(texts), -1)
        if not len(self.hashes) or not texts:
            return found
        data = encoded(texts)
        lengths = np.fromiter(map(len, data), np.int64, len(data))
        wanted = np.fromiter(map(crc32, data), np.uint32, len(data))
        starts = np.cumsum(lengths) - lengths
        joined = np.frombuffer(b"".join(data), np.uint8)
        at = self._positions(wanted)
        hit = np.flatnonzero(self.hashes.take(at, mode="clip") == wanted)
        for _ in range(_MOST_STEPS):
            if not len(hit):
                break
            text = at[hit]
            same = self._same(joined, starts[hit], lengths[hit], text)
            found[hit[same]] = text[same]
            # another text may have the same hash
            hit = hit[~same]
            at[hit] += 1
            hit = hit[at[hit] < len(self.hashes)]
            hit = hit[self.hashes.take(at[hit]) == wanted[hit]]
        return found

    def _positions(self, wanted: NDArray[np.uint32]) -> Numbers:
        """Return where each hash stands, if it does."""
        at = self._buckets.take(wanted.astype(np.uint64) >> self._shift).astype(
            np.int64
        )
        last = len(self.hashes) - 1
        left = np.flatnonzero(self.hashes.take(at, mode="clip") < wanted)
        for _ in range(_MOST_STEPS):
            left = left[at[left] < last]
            if not len(left):
                break
            at[left] += 1
            left = left[self.hashes.take(at[left]) < wanted[left]]
        return at

    def _same(
        self,
        joined: NDArray[np.uint8],
        starts: Numbers,
        lengths: Numbers,
        text: Numbers,
    ) -> NDArray[np.bool_]:
        """Tell which queries have the very bytes of the texts beside them."""
        begin = self._offsets.take(text).astype(np.int64)
        ends_of_text = self._offsets.take(text + 1).astype(np.int64)
        same: NDArray[np.bool_] = (ends_of_text - begin == lengths) & (lengths > 0)
        here = np.flatnonzero(same)
        few = lengths[here]
        ends = np.cumsum(few)
        if not len(ends):
            return same
        first = ends - few
        at = np.arange(ends[-1])
        if ends[-1] == len(joined):
            ours = joined
        else:
            ours = joined.take(at + np.repeat(starts[here] - first, few))
        at += np.repeat(begin[here] - first, few)
        equal = ours == self._bytes.take(at, mode="clip")
        same[here] = np.logical_and.reduceat(equal, first)
        return same


class ExactColumns:
    """The names of one store, for whole columns.

    All numbers are those of the store, as it says; -1 is none. Who answers with what
    they lead to has it read by `Store.row` or `Store.place`, which look at checksums.

    Attributes:
        texts: the names as written.
        keys: the match keys.
    """

    def __init__(self, store: Store) -> None:
        """Open the sections."""
        file = store.file
        self.texts = TextColumn(store, "text")
        self.keys = TextColumn(store, "key")
        self._key_of_text = file.array("text.key")
        self._plain_of_text = file.array("text.plain")
        self._most = store.count("most")
        self._starts = file.array("key.start")
        self._rows = file.array("key.row")
        self._place_of_row = file.array("row.place")

    def keys_of_texts(self, texts: Numbers) -> tuple[Numbers, Numbers]:
        """Return the faithful key of each text, and that without marks or -1."""
        return _or_none(self._key_of_text, texts), _or_none(self._plain_of_text, texts)

    def entries_of_keys(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Return where the rows of the toponyms that have each key stand.

        Returns:
            Where those of each key begin, one more than there are keys; and the
            entries, one key's behind the other's. A key of -1 has none.
        """
        known = np.maximum(keys, 0)
        if not len(self._starts) - 1:
            return np.zeros(len(keys) + 1, np.int64), np.zeros(0, np.int64)
        begin = self._starts[known].astype(np.int64)
        counts = self._starts[known + 1].astype(np.int64) - begin
        counts[(keys < 0) | (counts < 0) | (counts > self._most)] = 0
        counts[begin + counts > len(self._rows)] = 0
        offsets = np.append(0, np.cumsum(counts))
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
        return offsets, within + np.repeat(begin, counts)

    def rows_of_keys(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Return the rows of the toponyms that have each key.

        Returns:
            Where the rows of each key begin, one more than there are keys; and the
            rows, one key's behind the other's. A key of -1 has none.
        """
        offsets, entries = self.entries_of_keys(keys)
        return offsets, self._rows[entries].astype(np.int64)

    def rows_and_places(self, entries: Numbers) -> tuple[Numbers, Numbers]:
        """Return the row of each entry, and the number of its place."""
        rows = self._rows[entries].astype(np.int64)
        return rows, self.places_of_rows(rows)

    def places_of_rows(self, rows: Numbers) -> Numbers:
        """Return the number of the place, or of the loose rows, that has each row."""
        return self._place_of_row.take(rows, mode="clip").astype(np.int64)


def hashes_of(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the hash by which each text is found."""
    return np.fromiter(map(crc32, encoded(texts)), np.uint32, len(texts))


def encoded(texts: Sequence[str]) -> list[bytes]:
    """Return texts as UTF-8; see `gazetteer.store.probe.as_bytes`."""
    try:
        return [text.encode() for text in texts]
    except UnicodeEncodeError:
        return [as_bytes(text) for text in texts]


def _or_none(column: NDArray[Any], texts: Numbers) -> Numbers:
    if not len(column):
        return np.full(len(texts), -1)
    found = column[np.maximum(texts, 0)].astype(np.int64)
    found[(texts < 0) | (found == _NONE)] = -1
    return found
