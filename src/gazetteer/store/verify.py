"""Every byte of a store is compared with what it was when it was written."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol
from zlib import crc32

from gazetteer.display.counts import counted
from gazetteer.errors import DataNotFoundError, StoreError
from gazetteer.store.format import (
    BLOCK,
    FormatError,
    Header,
    Section,
    unpack_header,
    unpack_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Damage", "Reading", "verify_store"]

_PIECE = 1 << 22


class Damage(NamedTuple):
    """What is wrong with a part of a store.

    Attributes:
        path: of the store.
        section: its name; ``header`` or ``table`` for those, ``padding`` for what
            stands between sections, ``content`` for the whole.
        offset: of the part in the file, in bytes.
        length: of the part, in bytes.
        reason: in plain words.
    """

    path: str
    section: str
    offset: int
    length: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.section}: {self.reason}"


class Reading(Protocol):
    """What is told while a store is being read."""

    def __call__(self, done: int, total: int) -> None:
        """Hear of progress, in bytes."""


def verify_store(
    path: str | os.PathLike[str], progress: Reading | None = None
) -> list[Damage]:
    """Read every byte of a store and return what is damaged; nothing if it is whole.

    The file is read and not mapped, so that one that is cut short meanwhile is found
    to be and no more.

    Args:
        path: of the store.
        progress: told how far the work is.

    Raises:
        DataNotFoundError: if there is no such file.
        StoreError: if it cannot be read at all.
    """
    where = os.fspath(path)
    try:
        with open(where, "rb") as stream:  # noqa: PTH123
            return list(_damages(where, stream, progress or _silent))
    except FileNotFoundError:
        raise DataNotFoundError(where, "there is no such file") from None
    except OSError as error:
        raise StoreError(where, str(error.strerror)) from error


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def _damages(path: str, stream: BinaryIO, progress: Reading) -> Iterator[Damage]:
    size = os.fstat(stream.fileno()).st_size
    try:
        header = unpack_header(stream.read(BLOCK), size)
    except FormatError as error:
        yield Damage(path, "header", 0, BLOCK, str(error))
        return
    stream.seek(header.table)
    try:
        table = stream.read(size - header.table)
        sections = sorted(unpack_table(header, table).values(), key=_offset)
    except FormatError as error:
        length = max(0, size - header.table)
        yield Damage(path, "table", header.table, length, str(error))
        return
    content = blake2b(digest_size=16)
    at = BLOCK
    for section in sections:
        yield from _padding(path, stream, at, section.offset)
        content.update(f"{section.name}\0".encode())
        crc = 0
        stream.seek(section.offset)
        for piece in _pieces(stream, section.length):
            content.update(piece)
            crc = crc32(piece, crc)
        if crc != section.crc:
            reason = "its bytes do not have the checksum that they were written with"
            yield Damage(path, *_extent(section), reason)
        at = section.offset + section.length
        progress(at, size)
    yield from _padding(path, stream, at, header.table)
    yield from _whole(path, header, content.digest())
    progress(size, size)


def _offset(section: Section) -> int:
    return section.offset


def _extent(section: Section) -> tuple[str, int, int]:
    return section.name, section.offset, section.length


def _pieces(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            return
        yield piece
        length -= len(piece)


def _padding(path: str, stream: BinaryIO, start: int, end: int) -> Iterator[Damage]:
    if start == end:
        return
    if not 0 < end - start < BLOCK:
        belong = counted(end - start, "byte belongs", "bytes belong")
        reason = f"{belong} to no section, or to two"
        yield Damage(path, "padding", start, max(0, end - start), reason)
        return
    stream.seek(start)
    if stream.read(end - start).strip(b"\0"):
        reason = "there is something between two sections"
        yield Damage(path, "padding", start, end - start, reason)


def _whole(path: str, header: Header, content: bytes) -> Iterator[Damage]:
    if content != header.content:
        reason = "the sections together are not those that were written"
        yield Damage(path, "content", BLOCK, header.table - BLOCK, reason)
