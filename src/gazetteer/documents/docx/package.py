"""A zip file of which some members are replaced and all else stays as it is.

The standard library writes a member anew to change another, with other compression and
flags. Here the bytes of the members that stay, their headers, order and dates are
copied; https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT has the layout.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Package"]

LARGEST: Final = 1 << 28
"""Bytes of a part that is read; who writes a larger one does not mean a text."""

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_LOCAL_MARK: Final = b"PK\x03\x04"
_CENTRAL_MARK: Final = b"PK\x01\x02"
_END_MARK: Final = b"PK\x05\x06"
_SIZES_FOLLOW: Final = 0x0008
_UTF8_NAMES: Final = 0x0800
_READABLE: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# 1 January 1980: a new member is as old as all can be, and every run writes the same
_OLDEST: Final = (0, 0x0021)


class _Entry(NamedTuple):
    """A member as the directory at the end has it."""

    name: str
    header: tuple[int, ...]
    tail: bytes  # name, extra fields and comment as they are


class Package:
    """A zip file.

    Attributes:
        names: of the members, in the order of its directory.
    """

    def __init__(self, raw: bytes, file: str) -> None:
        """Read the directory of a zip file.

        Raises:
            DocumentError: if it is none, or one that cannot be copied.
        """
        self._raw = raw
        self._file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self._start, self._entries = self._directory()
        except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, OSError) as error:
            raise DocumentError(
                file, f"it is no zip file, or a damaged one: {error}"
            ) from error
        except (NotImplementedError, ValueError) as error:
            raise DocumentError(
                file, f"its zip file cannot be read: {error}"
            ) from error
        self.names = tuple(entry.name for entry in self._entries)

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            DocumentError: if it cannot be read.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise DocumentError(self._file, f"it has no part {name}") from None
        if info.file_size > LARGEST:
            raise DocumentError(
                self._file,
                f"its part {name} has {info.file_size} bytes; up to {LARGEST} are read",
            )
        if info.compress_type not in _READABLE:
            raise DocumentError(
                self._file, f"its part {name} is compressed in an unusual way"
            )
        try:
            with self._zip.open(info) as stream:
                return stream.read(LARGEST)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            OSError,
            EOFError,
        ) as error:
            raise DocumentError(
                self._file, f"its part {name} cannot be read: {error}"
            ) from error

    def replaced(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the zip file with other contents; new parts come last.

        Args:
            parts: contents by name.
        """
        out = io.BytesIO()
        directory: list[bytes] = []
        ends = self._ends()
        offsets: dict[int, tuple[int, tuple[int, ...]]] = {}
        for number in sorted(
            range(len(self._entries)), key=lambda at: self._entries[at].header[15]
        ):
            entry = self._entries[number]
            offset = out.tell()
            start = entry.header[15]
            if entry.name in parts:
                header = self._write(out, entry, parts[entry.name])
            else:
                out.write(self._raw[start : ends[start]])
                header = entry.header
            offsets[number] = (offset, header)
        for number, entry in enumerate(self._entries):
            offset, header = offsets[number]
            fields = (*header[:15], offset)
            directory.append(_CENTRAL.pack(_CENTRAL_MARK, *fields) + entry.tail)
        new = (name for name in parts if name not in self.names)
        directory.extend(_add(out, name, parts[name]) for name in new)
        start = out.tell()
        for each in directory:
            out.write(each)
        size = out.tell() - start
        count = len(directory)
        comment = self._zip.comment
        out.write(_END.pack(_END_MARK, 0, 0, count, count, size, start, len(comment)))
        out.write(comment)
        return out.getvalue()

    # --------------------------------------------------------------- the layout

    def _directory(self) -> tuple[int, list[_Entry]]:
        raw = self._raw
        at = raw.rfind(_END_MARK)
        mark, disk, first, here, count, size, start, _ = _END.unpack_from(raw, at)
        if (disk, first) != (0, 0) or here != count or mark != _END_MARK:
            raise ValueError("it is in several parts")
        if start + size != at:
            raise ValueError("it has something before or after it, or is very large")
        entries: list[_Entry] = []
        offset = start
        for _ in range(count):
            mark, *header = _CENTRAL.unpack_from(raw, offset)
            if mark != _CENTRAL_MARK:
                raise zipfile.BadZipFile("its directory is damaged")
            offset += _CENTRAL.size
            tail = raw[offset : offset + sum(header[9:12])]
            offset += len(tail)
            utf8 = header[2] & _UTF8_NAMES
            name = tail[: header[9]].decode("utf-8" if utf8 else "cp437")
            if header[2] & 1:
                raise ValueError("it is encrypted; open it and save it without")
            if not raw.startswith(_LOCAL_MARK, header[15]):
                raise zipfile.BadZipFile(f"{name} is not where its directory says")
            entries.append(_Entry(name, tuple(header), tail))
        if offset != at:
            raise zipfile.BadZipFile("its directory is damaged")
        names = {entry.name for entry in entries}
        starts = {entry.header[15] for entry in entries}
        if len(names) < count or len(starts) < count:
            raise ValueError("two of its parts have the same name or place")
        return start, entries

    def _ends(self) -> dict[int, int]:
        """Return where each member ends, by where it begins."""
        starts = sorted(entry.header[15] for entry in self._entries)
        return dict(zip(starts, [*starts[1:], self._start], strict=True))

    def _write(self, out: io.BytesIO, entry: _Entry, content: bytes) -> tuple[int, ...]:
        start = entry.header[15]
        fields = _LOCAL.unpack_from(self._raw, start)
        begin = start + _LOCAL.size
        after = self._raw[begin : begin + fields[9] + fields[10]]
        # where the two headers differ, readers believe the one in the directory
        made, needed, flags, method, *when = entry.header[:6]
        what = (needed, flags & ~_SIZES_FOLLOW, method, *when)
        packed = _packed(content, method)
        sizes = (zlib.crc32(content), len(packed), len(content))
        out.write(_LOCAL.pack(_LOCAL_MARK, *what, *sizes, *fields[9:]))
        out.write(after)
        out.write(packed)
        return (made, *what, *sizes, *entry.header[9:])


def _packed(content: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _add(out: io.BytesIO, name: str, content: bytes) -> bytes:
    """Write a new member; return its entry in the directory."""
    offset = out.tell()
    raw_name = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF8_NAMES
    packed = _packed(content, zipfile.ZIP_DEFLATED)
    what = (20, flags, zipfile.ZIP_DEFLATED, *_OLDEST)
    sizes = (zlib.crc32(content), len(packed), len(content))
    out.write(_LOCAL.pack(_LOCAL_MARK, *what, *sizes, len(raw_name), 0))
    out.write(raw_name + packed)
    rest = (len(raw_name), 0, 0, 0, 0, 0, offset)
    return _CENTRAL.pack(_CENTRAL_MARK, 20, *what, *sizes, *rest) + raw_name
