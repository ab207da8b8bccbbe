"""The arrays of a neighbourhood, and how to read what stands in them.

========== === =================================================================
name       of  what
========== === =================================================================
header     u64 format, number of keys, of entries, of buckets; size of the fullest
               bucket; bits of the filter, as a power of 2
filter     u8  a bit per hash, set where a variant of some key has it
buckets    u32 per bucket, and one more: its first entry
entries    u32 per variant of a key: fingerprint << bits | number of the key
signatures u64 per key: which letters it has, by their lowest 6 bits
lengths    u8  per key: code points; 0 for a key that is never compared
========== === =================================================================

All are little-endian and flat, so that they can be mapped into memory. The hash of a
variant says where it stands. Its highest bits are the number of its bit in the filter.
Its high 32 bits, scaled to the number of buckets, give the bucket. The fingerprint is
the beginning of its low 32 bits, less the ``bits`` that the number of the last key
needs: 12 bits for a million keys.

Most variants of a query stand nowhere. The filter turns away five in six of these or
more, at the cost of one byte each; the fingerprints leave one in some thousands.

Nothing that a damaged array says is believed before it has been compared with the
bounds: where it is out of them, there is no such bucket or no such key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["ARRAYS", "FORMAT", "KINDS", "Tables", "id_bits", "native", "read"]

FORMAT: Final = 1
"""Another number for another hash, other windows or another layout."""

KINDS: Final = {
    "header": "<u8",
    "filter": "|u1",
    "buckets": "<u4",
    "entries": "<u4",
    "signatures": "<u8",
    "lengths": "|u1",
}
ARRAYS: Final = tuple(KINDS)

_HEADER_ITEMS: Final = 6
_HASH_BITS: Final = 64
_ENTRY_BITS: Final = 32
_FINGERPRINT_BITS: Final = 4
"""The least that a fingerprint may have."""


class Tables(NamedTuple):
    """The arrays, opened.

    Attributes:
        filter: see the module.
        buckets: see the module.
        entries: see the module.
        signatures: see the module.
        lengths: see the module.
        size: how many keys there are.
        bits: of an entry that are the number of a key.
        fullest: entries of the fullest bucket.
        shift: of a hash, which leaves the number of its bit in the filter.
    """

    filter: memoryview
    buckets: memoryview
    entries: memoryview
    signatures: memoryview
    lengths: memoryview
    size: int
    bits: int
    fullest: int
    shift: int


def id_bits(count: int) -> int:
    """Return how many bits the number of the last of some keys needs.

    Raises:
        ValueError: if they leave no room for fingerprints: at over 268 million.

    Examples:
        >>> id_bits(1_000_000)
        20
    """
    bits = max(1, (count - 1).bit_length())
    if bits > _ENTRY_BITS - _FINGERPRINT_BITS:
        raise ValueError(f"{count} keys are too many; 268,435,456 would do")
    return bits


def read(arrays: Mapping[str, NDArray[Any] | memoryview], count: int) -> Tables:
    """Check that arrays fit each other, and open them without a copy.

    Args:
        arrays: those that `build` returns, or memory that holds them, by name.
        count: of the keys.

    Raises:
        StoreError: if one is missing, of another kind, of another size than the header
            says or of another than there are keys, or if the format is another.
    """
    views = {name: _opened(arrays, name) for name in KINDS}
    header = views.pop("header").tolist()
    if len(header) != _HEADER_ITEMS or header[0] != FORMAT:
        raise _bad(f"its header begins with {header[:1]} and not with {FORMAT}")
    _, keys, entries, buckets, fullest, filtered = header
    if (entries, buckets + 1) != (len(views["entries"]), len(views["buckets"])):
        raise _bad("its buckets or entries are not as many as its header says")
    if not count == keys == len(views["signatures"]) == len(views["lengths"]):
        raise _bad(f"it is of {keys} keys, not of {count}")
    if fullest > entries or not buckets:
        raise _bad("its header contradicts itself")
    if filtered > _HASH_BITS or 1 << filtered != 8 * len(views["filter"]):
        raise _bad("its filter is not of the size that its header says")
    return Tables(
        **views,
        size=keys,
        bits=id_bits(keys),
        fullest=fullest,
        shift=_HASH_BITS - filtered,
    )


def _opened(arrays: Mapping[str, NDArray[Any] | memoryview], name: str) -> memoryview:
    values = arrays.get(name)
    if values is None:
        raise _bad(f"it has no array {name!r}")
    size = int(KINDS[name][-1])
    view = values if isinstance(values, memoryview) else native(values)
    if view.ndim != 1 or view.itemsize != size or not view.c_contiguous:
        raise _bad(f"its array {name!r} is not of numbers of {size} bytes, one by one")
    return view


def native(values: NDArray[Any]) -> memoryview:
    """Return the memory of an array; copied only where the machine is big-endian."""
    kind = values.dtype.newbyteorder("=")
    return memoryview(values.astype(kind, copy=False))  # type: ignore[arg-type]


def _bad(reason: str) -> StoreError:
    return StoreError("", f"a neighbourhood cannot be read: {reason}")
