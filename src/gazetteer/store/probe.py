"""Tables of hashes: where an id, a name or a key stands, without reading them all.

The hashes are sorted, so that the position of a hash is the number of what it is the
hash of, and need not be kept. In front stand the places where each bucket of hashes
begins, by their highest bits: of a million names two or three are then compared. The
hash is the crc32 of the UTF-8 text, since Python's own differs from run to run.

A number that a damaged table gives is only ever out of place, never out of range; who
asks compares what stands there with what was sought.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    import numpy as np

    from gazetteer.store.read import StoreFile
    from gazetteer.store.write import StoreWriter

__all__ = [
    "HashTable",
    "TextTable",
    "add_hashes",
    "add_pairs",
    "as_bytes",
    "bucket_bits",
    "link_text",
]

_PER_BUCKET: Final = 4
_HASH_BITS: Final = 32


def as_bytes(text: str) -> bytes:
    """Return the UTF-8 bytes of a text; lone surrogates, which no name has, too."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def link_text(scheme: str, value: str) -> bytes:
    """Return what is hashed of a link."""
    return as_bytes(f"{scheme}:{value}")


def bucket_bits(count: int) -> int:
    """Return how many of the highest bits of a hash are the number of its bucket."""
    return max(0, (count // _PER_BUCKET).bit_length() - 1)


def add_hashes(
    writer: StoreWriter, name: str, hashes: np.ndarray[Any, np.dtype[np.uint32]]
) -> None:
    """Write sorted hashes and their buckets as two sections."""
    import numpy as np

    bits = bucket_bits(len(hashes))
    first = np.arange(1 << bits, dtype=np.uint64) << np.uint64(_HASH_BITS - bits)
    starts = np.searchsorted(hashes, first.astype(np.uint32), side="left")
    buckets = np.append(starts, len(hashes)).astype("<u4")
    writer.add(f"{name}.hash", hashes.astype("<u4").data, kind="u4")
    writer.add(f"{name}.bucket", buckets.data, kind="u4")


def add_pairs(
    writer: StoreWriter, name: str, values: str, hashes: array[int], numbers: array[int]
) -> None:
    """Write hashes that lead to numbers, each pair once, as three sections.

    Args:
        writer: of the store.
        name: of the sections.
        values: last part of the name of the section of the numbers.
        hashes: u4, in any order.
        numbers: u4, what each of them leads to.
    """
    import numpy as np

    pairs = np.frombuffer(hashes, np.uint32).astype(np.uint64) << np.uint64(_HASH_BITS)
    pairs |= np.frombuffer(numbers, np.uint32)
    pairs = np.unique(pairs)
    add_hashes(writer, name, (pairs >> np.uint64(_HASH_BITS)).astype(np.uint32))
    writer.add(f"{name}.{values}", pairs.astype("<u4").data, kind="u4")


class HashTable:
    """Sorted hashes; several things may have one hash."""

    __slots__ = ("_buckets", "_hashes", "_shift", "_size", "_values")

    def __init__(self, file: StoreFile, name: str, values: str = "") -> None:
        """Read the sections that `add_hashes` wrote.

        Args:
            file: the store.
            name: of the sections.
            values: last part of the name of the section that holds what the hashes
                lead to; by default they lead to their own positions.

        Raises:
            StoreError: if the sections do not fit each other.
        """
        self._hashes = file.items(f"{name}.hash", "u4")
        self._buckets = file.items(f"{name}.bucket", "u4")
        self._size = len(self._hashes)
        bits = bucket_bits(self._size)
        self._shift = _HASH_BITS - bits
        file.require_items(f"{name}.bucket", (1 << bits) + 1)
        self._values = None
        if values:
            self._values = file.items(f"{name}.{values}", "u4")
            file.require_items(f"{name}.{values}", self._size)

    def __len__(self) -> int:
        return self._size

    def find(self, data: bytes) -> Sequence[int]:
        """Return what the hash of some bytes leads to."""
        wanted = crc32(data)
        buckets = self._buckets
        bucket = wanted >> self._shift
        hashes, size = self._hashes, self._size
        at = buckets[bucket]
        if at >= size:
            return ()
        # a bucket holds a few: the first is looked at before a search is begun
        if hashes[at] < wanted:
            at = bisect_left(hashes, wanted, at + 1, min(buckets[bucket + 1], size))
        if at >= size or hashes[at] != wanted:
            return ()
        last = at + 1
        while last < size and hashes[last] == wanted:
            last += 1
        values = self._values
        if values is None:
            return range(at, last)
        return (values[at],) if last - at == 1 else values[at:last].tolist()


class TextTable:
    """Distinct texts, numbered in the order of their hashes."""

    __slots__ = ("_bytes", "_ends", "_table")

    def __init__(self, file: StoreFile, name: str) -> None:
        """Read the sections of the hashes, the offsets and the texts themselves."""
        self._table = HashTable(file, name)
        self._ends = file.items(f"{name}.offset", "u4")
        file.require_items(f"{name}.offset", len(self._table) + 1)
        self._bytes = file.raw(f"{name}.text")

    def __len__(self) -> int:
        return len(self._table)

    def find(self, data: bytes) -> int:
        """Return the number of a text, or -1; the text itself has been compared."""
        for number in self._table.find(data):
            if self.data(number) == data:
                return number
        return -1

    def data(self, number: int) -> bytes:
        """Return a text as UTF-8.

        Raises:
            IndexError: if there are not as many.
        """
        return bytes(self._bytes[self._ends[number] : self._ends[number + 1]])

    def __getitem__(self, number: int) -> str:
        """Return a text; what is damaged comes out as some other text."""
        return self.data(number).decode("utf-8", "replace")
