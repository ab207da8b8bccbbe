"""The layout of a store: a header, sections, and at the end the table of sections.

All numbers are little-endian. The header is one block of 64 bytes:

====== ===== ==================================================================
offset bytes what
====== ===== ==================================================================
0      8     ``MAGIC``; its line ends and high bit show what a transfer as text
             did to a file (the PNG specification, section 5.2)
8      4     `LAYOUT`, the version of this layout
12     4     `KEYS`, the version of the folding that made the keys
16     8     size of the whole file
24     8     offset of the table of sections
32     4     number of sections
36     4     crc32 of the table
40     16    hash of the content (BLAKE2b of all sections with their names)
56     4     zero
60     4     crc32 of the 60 bytes before
====== ===== ==================================================================

Sections start at multiples of 64 bytes. The table has an entry of 64 bytes for each:

====== ===== ==================================================================
0      32    name, ASCII, filled up with zeros
32     8     offset
40     8     length in bytes
48     4     crc32
52     4     kind of item, such as ``u4``: a NumPy type without the byte order
56     4     1 if the checksum is compared whenever the store is opened
60     4     zero
====== ===== ==================================================================
"""

from __future__ import annotations

import struct
from typing import Final, NamedTuple
from zlib import crc32

__all__ = [
    "BLOCK",
    "ITEM_BYTES",
    "KEYS",
    "LAYOUT",
    "MAGIC",
    "NATIVE",
    "FormatError",
    "Header",
    "Section",
    "pack_header",
    "pack_table",
    "unpack_header",
    "unpack_table",
]

MAGIC: Final = b"\x89gaz\r\n\x1a\n"
LAYOUT: Final = 9
"""Version of the layout of the file and of the sections in it."""
KEYS: Final = 1
"""Version of `gazetteer.folding`: another one makes other keys of the same names. So
does another table of generic words.

A test holds a sample of keys to a checksum, so that who changes the folding is told to
count this up.
"""
BLOCK: Final = 64

# the letters of `memoryview.cast` for the kinds of item that may be in a section
NATIVE: Final = {
    "u1": "B",
    "i1": "b",
    "u2": "H",
    "i2": "h",
    "u4": "I",
    "i4": "i",
    "u8": "Q",
    "i8": "q",
    "f4": "f",
    "f8": "d",
}
ITEM_BYTES: Final = {kind: int(kind[1]) for kind in NATIVE}

_HEADER = struct.Struct("<8sIIQQII16sI")
_ENTRY = struct.Struct("<32sQQI4sII")
_CRC = struct.Struct("<I")
_MOST_SECTIONS = 1_000


class FormatError(Exception):
    """What is wrong with the bytes of a header or of a table, in plain words.

    Attributes:
        remedy: what would work where writing the store again would not.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.remedy = remedy
        super().__init__(reason)


class Header(NamedTuple):
    """The first block; see the module."""

    layout: int
    keys: int
    size: int
    table: int
    sections: int
    table_crc: int
    content: bytes


class Section(NamedTuple):
    """Where a section is and what it holds.

    Attributes:
        kind: of item; see `NATIVE`.
        eager: whether its checksum is compared whenever the store is opened.
    """

    name: str
    offset: int
    length: int
    crc: int
    kind: str
    eager: bool


def pack_header(header: Header) -> bytes:
    """Return the block of a header."""
    start = _HEADER.pack(MAGIC, *header, 0)
    return start + _CRC.pack(crc32(start))


def unpack_header(block: bytes, size: int) -> Header:
    """Read the first block of a file of some size.

    Raises:
        FormatError: saying what the file is instead of a store of this version.
    """
    if not block.startswith(MAGIC):
        raise _foreign(block)
    if len(block) < BLOCK:
        raise FormatError("it ends within its header")
    if crc32(block[: BLOCK - 4]) != _CRC.unpack(block[BLOCK - 4 : BLOCK])[0]:
        raise FormatError("its header is damaged")
    _, *fields, _ = _HEADER.unpack(block[: _HEADER.size])
    header = Header(*fields)
    for what, found, wanted in (
        ("layout", header.layout, LAYOUT),
        ("keys", header.keys, KEYS),
    ):
        if found != wanted:
            whose = "an older" if found < wanted else "a newer"
            raise FormatError(
                f"it has version {found} of the {what}, of {whose} release of the "
                f"package; this one reads version {wanted}"
            )
    if size != header.size:
        from gazetteer.display.counts import counted  # late: seldom asked

        how = "truncated" if size < header.size else "longer than it was written"
        raise FormatError(
            f"it is {how}: {counted(size, 'byte')} and not {header.size:,}"
        )
    return header


def _foreign(block: bytes) -> FormatError:
    if not block:
        return FormatError("it is empty")
    if not block.strip(b"\0"):
        return FormatError("it was never finished, or holds nothing but zeros")
    if block[1:4] == MAGIC[1:4]:
        return FormatError("it was changed by a transfer as text")
    reason = f"it is not a store: it starts with {block[:8]!r}"
    # nobody's file may be named as one to be written over
    return FormatError(reason, "'gazetteer build' makes a store of tables and dumps")


def pack_table(sections: list[Section]) -> bytes:
    """Return the table of some sections."""
    return b"".join(
        _ENTRY.pack(
            section.name.encode("ascii"),
            section.offset,
            section.length,
            section.crc,
            section.kind.encode("ascii"),
            section.eager,
            0,
        )
        for section in sections
    )


def unpack_table(header: Header, table: bytes) -> dict[str, Section]:
    """Read the table of sections and check that each lies within the file.

    Raises:
        FormatError: if it is damaged, or written by another hand.
    """
    if len(table) != header.sections * _ENTRY.size or crc32(table) != header.table_crc:
        raise FormatError("its table of sections is damaged")
    if header.sections > _MOST_SECTIONS:
        raise FormatError(f"it has {header.sections:,} sections")
    found: dict[str, Section] = {}
    for raw, offset, length, crc, kind, eager, _ in _ENTRY.iter_unpack(table):
        section = Section(
            raw.rstrip(b"\0").decode("ascii", "replace"),
            offset,
            length,
            crc,
            kind.rstrip(b"\0").decode("ascii", "replace"),
            bool(eager),
        )
        name = section.name
        if section.kind not in NATIVE or length % ITEM_BYTES[section.kind]:
            raise FormatError(f"its section {name!r} has items of no known kind")
        if offset % BLOCK or offset < BLOCK or offset + length > header.table:
            raise FormatError(f"its section {name!r} is not within the file")
        found[name] = section
    return found
