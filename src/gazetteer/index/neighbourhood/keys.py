"""Where the keys themselves are read, once something points to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from gazetteer.index.neighbourhood.layout import native
from gazetteer.index.neighbourhood.windows import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Keys", "ListedKeys", "PackedKeys", "keys_of"]

# In bytes: UTF-8 needs at most 4 for a code point. What claims to be longer is damaged,
# or was never compared.
_LONGEST_BYTES: Final = 4 * (LONGEST + 1)


@runtime_checkable
class Keys(Protocol):
    """Distinct keys, numbered from 0."""

    def __len__(self) -> int:
        """Return how many keys there are."""

    def __getitem__(self, number: int, /) -> str:
        """Return one key."""

    def take(self, numbers: NDArray[Any], /) -> Sequence[str]:
        """Return the keys of some numbers, in their order."""


class ListedKeys:
    """Keys that are Python strings.

    Examples:
        >>> ListedKeys(["river", "bank"])[1]
        'bank'
    """

    __slots__ = ("_keys",)

    def __init__(self, keys: Sequence[str]) -> None:
        """Hold the keys, without a copy."""
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, number: int) -> str:
        return self._keys[number]

    def take(self, numbers: NDArray[Any]) -> list[str]:
        """Return the keys of some numbers, in their order."""
        keys = self._keys
        return [keys[number] for number in numbers.tolist()]


class PackedKeys:
    """Keys that stand behind one another in UTF-8, as in a file mapped into memory.

    Damage gives other texts, never an error.

    Examples:
        >>> import numpy as np
        >>> keys = PackedKeys(b"riverbank", np.array([0, 5, 9], "<u4"))
        >>> keys[1], keys.take(np.array([1, 0]))
        ('bank', ['bank', 'river'])
    """

    __slots__ = ("_blob", "_bytes", "_offsets")

    def __init__(
        self, blob: bytes | memoryview, offsets: NDArray[Any] | memoryview
    ) -> None:
        """Hold the text and where each key begins, without a copy.

        Args:
            blob: UTF-8.
            offsets: in bytes; one more than there are keys.
        """
        self._blob = memoryview(blob)
        self._bytes: NDArray[Any] | None = None
        self._offsets = offsets if isinstance(offsets, memoryview) else native(offsets)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> str:
        start, end = self._offsets[number], self._offsets[number + 1]
        if end - start > _LONGEST_BYTES:  # damaged
            end = start + _LONGEST_BYTES
        return str(self._blob[start:end], "utf-8", "replace")

    def take(self, numbers: NDArray[Any]) -> list[str]:
        """Return the keys of some numbers, in their order.

        Args:
            numbers: integers from 0 to one less than there are keys.
        """
        import numpy as np

        count = len(numbers)
        if not count or not len(self._blob):
            return [""] * count
        if self._bytes is None:
            self._bytes = np.frombuffer(self._blob, np.uint8)
        offsets = np.asarray(self._offsets)
        size = len(self._bytes)
        starts = np.minimum(offsets.take(numbers), size).astype(np.int64)
        ends = np.minimum(offsets.take(numbers + 1), size).astype(np.int64)
        lengths = np.clip(ends - starts, 0, _LONGEST_BYTES)
        # all in one text, each with a line's end behind it, is decoded and cut at once
        lengths += 1
        after = np.cumsum(lengths)
        positions = np.arange(after[-1])
        positions += np.repeat(starts - (after - lengths), lengths)
        gathered = self._bytes.take(positions, mode="clip")
        gathered[after - 1] = ord("\n")
        keys = gathered.tobytes().decode("utf-8", "replace").split("\n")
        keys.pop()
        if len(keys) != count:  # a key has a line's end of its own
            return [self[number] for number in numbers.tolist()]
        return keys


def keys_of(keys: Sequence[str] | Keys) -> Keys:
    """Return keys that can be taken many at a time."""
    return keys if isinstance(keys, Keys) else ListedKeys(keys)
