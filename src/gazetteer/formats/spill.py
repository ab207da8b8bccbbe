"""Rows set aside on disk in buckets, so that two large files meet in little memory.

This is the partitioning of a Grace hash join: rows of one bucket of the one file can
only belong to rows of the same bucket of the other, and a bucket fits into memory.
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from types import TracebackType

__all__ = ["Buckets"]

_HELD: Final = 32 << 20
"""Bytes that are gathered in memory before they are written."""
_COST: Final = 64
"""Bytes that a row costs in memory beside its own: the object and its reference."""


class Buckets:
    r"""Byte rows by the number of their bucket, in the order in which they were added.

    The file has no name, so the system takes it back however the process ends.

    Examples:
        >>> with Buckets() as buckets:
        ...     buckets.add(7, b"one")
        ...     buckets.add(3, b"two")
        ...     buckets.add(7, b"three")
        ...     [(number, buckets.rows(number)) for number in buckets]
        [(3, [b'two']), (7, [b'one', b'three'])]
    """

    def __init__(self, directory: str | os.PathLike[str] | None = None) -> None:
        """Open the file in a directory; the system's own for such files if None."""
        self._file = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115
        self._held: dict[int, list[bytes]] = {}
        self._size = 0
        self._pieces: dict[int, list[tuple[int, int]]] = {}
        self.count = 0
        """How many rows were added."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers of the buckets that have rows, ascending."""
        return iter(sorted({*self._pieces, *self._held}))

    def add(self, number: int, row: bytes) -> None:
        """Add a row, which has no line end, to a bucket."""
        self._held.setdefault(number, []).append(row)
        self.count += 1
        self._size += len(row) + _COST
        if self._size >= _HELD:
            self._write()

    def rows(self, number: int) -> list[bytes]:
        """Return the rows of a bucket; none for a number that was never used."""
        if self._held:
            self._write()
        rows: list[bytes] = []
        for offset, size in self._pieces.get(number, ()):
            self._file.seek(offset)
            rows += self._file.read(size).split(b"\n")
        return rows

    def _write(self) -> None:
        self._file.seek(0, 2)
        offset = self._file.tell()
        for number in sorted(self._held):
            piece = b"\n".join(self._held[number])
            self._file.write(piece)
            self._pieces.setdefault(number, []).append((offset, len(piece)))
            offset += len(piece)
        self._held.clear()
        self._size = 0
