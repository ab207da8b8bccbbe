"""A store is written section by section, and its header at the end."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

from gazetteer.store.format import (
    BLOCK,
    KEYS,
    LAYOUT,
    Header,
    Section,
    pack_header,
    pack_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer

__all__ = ["StoreWriter"]

# Checksums are made of pieces, so that a section of gigabytes is not held twice.
_PIECE = 1 << 22

# In bytes; so small a section is compared with its checksum whenever it is opened.
_SMALL = 1 << 14


class StoreWriter:
    """Writes sections one after the other, and at the end the table and the header.

    Until `finish` the first block is zeros, so that what was not finished is never
    taken for a store.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Write to a binary stream that can be sought."""
        self._stream = stream
        self._sections: list[Section] = []
        self._content = blake2b(digest_size=16)
        self._offset = 0
        self._write(bytes(BLOCK))

    def add(
        self, name: str, data: Buffer, *, kind: str = "u1", eager: bool = False
    ) -> None:
        """Write a whole section.

        Args:
            name: at most 32 characters of ASCII, used once.
            data: little-endian items.
            kind: of item; see `gazetteer.store.format.NATIVE`.
            eager: whether it is compared with its checksum whenever the store is
                opened, however large it is.
        """
        with self.section(name, kind=kind, eager=eager) as write:
            write(data)

    @contextmanager
    def section(
        self, name: str, *, kind: str = "u1", eager: bool = False
    ) -> Iterator[Callable[[Buffer], int]]:
        """Write a section piece by piece; one section at a time.

        Yields:
            What takes a piece and returns the bytes written of this section.
        """
        offset, crc = self._offset, 0
        self._content.update(f"{name}\0".encode())

        def write(data: Buffer) -> int:
            nonlocal crc
            flat = memoryview(data)
            # an empty array of NumPy cannot be cast
            flat = flat.cast("B") if flat.nbytes else memoryview(b"")
            for start in range(0, len(flat), _PIECE):
                piece = flat[start : start + _PIECE]
                self._write(piece)
                self._content.update(piece)
                crc = crc32(piece, crc)
            return self._offset - offset

        yield write
        length = self._offset - offset
        at_opening = eager or length <= _SMALL
        self._sections.append(Section(name, offset, length, crc, kind, at_opening))
        self._write(bytes(-self._offset % BLOCK))

    def finish(self) -> str:
        """Write the table and the header; return the hash of the content, in hex."""
        table = pack_table(self._sections)
        at = self._offset
        self._write(table)
        header = Header(
            LAYOUT,
            KEYS,
            self._offset,
            at,
            len(self._sections),
            crc32(table),
            self._content.digest(),
        )
        self._stream.seek(0)
        self._stream.write(pack_header(header))
        self._stream.flush()
        return self._content.hexdigest()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._offset

    def _write(self, data: Buffer) -> None:
        self._stream.write(data)
        self._offset += memoryview(data).nbytes
