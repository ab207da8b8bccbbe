"""A store's file, mapped into memory: many processes that read it share one copy.

What costs milliseconds is looked at on opening: the header, the versions, the size of
the file and of each section, and the checksums of the small sections. What was damaged
inside a large section is found by `gazetteer.store.verify`, and by the checks that
every look-up makes of what it reads. A file that is cut short *while* it is mapped
cannot be caught: the operating system ends the process. So a store is never changed in
place; it is replaced by renaming.
"""

from __future__ import annotations

import mmap
import os
import sys
from typing import TYPE_CHECKING
from zlib import crc32

from gazetteer.errors import DataNotFoundError, StoreError
from gazetteer.store.format import (
    BLOCK,
    ITEM_BYTES,
    NATIVE,
    FormatError,
    unpack_header,
    unpack_table,
)

if TYPE_CHECKING:
    from typing import Any

    import numpy as np

__all__ = ["StoreFile"]

IN_MEMORY = ""
"""The path of a store that stands in no file."""


class StoreFile:
    """The sections of one store, by name.

    Attributes:
        path: of the file; empty for a store that is held in memory.
        content: hash of the content, 32 hexadecimal digits.
        size: of the file, in bytes.
    """

    def __init__(self, data: bytes | mmap.mmap, path: str) -> None:
        """Check the header, the table and the small sections.

        Raises:
            StoreError: saying what is wrong and what writes the store again.
        """
        self.path = path
        self._bytes = memoryview(data)
        self.size = len(self._bytes)
        try:
            header = unpack_header(bytes(self._bytes[:BLOCK]), self.size)
            table = bytes(self._bytes[header.table :])
            self.sections = unpack_table(header, table)
        except FormatError as error:
            raise StoreError(path, str(error), error.remedy) from None
        self.content = header.content.hex()
        for section in self.sections.values():
            if section.eager:
                self.checked(section.name)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> StoreFile:
        """Map a file into memory.

        Raises:
            DataNotFoundError: if there is no such file.
            StoreError: if it is not a store of this version, whole as far as can be
                told without reading all of it.
        """
        where = os.fspath(path)
        try:
            handle = os.open(where, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            raise DataNotFoundError(where, "there is no such file") from None
        except OSError as error:
            raise StoreError(where, str(error.strerror)) from error
        try:
            if os.fstat(handle).st_size == 0:
                raise StoreError(where, "it is empty")
            data = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            if isinstance(error, StoreError):
                raise
            raise StoreError(where, f"it cannot be mapped: {error}") from error
        finally:
            os.close(handle)
        return cls(data, where)

    def __contains__(self, name: object) -> bool:
        return name in self.sections

    def whole(self) -> memoryview:
        """Return the bytes of the file."""
        return self._bytes

    def raw(self, name: str) -> memoryview:
        """Return the bytes of a section as they are.

        Raises:
            StoreError: if there is no such section.
        """
        section = self.sections.get(name)
        if section is None:
            raise StoreError(self.path, f"it has no section {name!r}")
        return self._bytes[section.offset : section.offset + section.length]

    def checked(self, name: str) -> bytes:
        """Return the bytes of a section after comparing them with their checksum.

        Raises:
            StoreError: if they are damaged.
        """
        data = bytes(self.raw(name))
        if crc32(data) != self.sections[name].crc:
            raise StoreError(self.path, f"its section {name!r} is damaged")
        return data

    def items(self, name: str, kind: str) -> memoryview:
        """Return a section as numbers, without a copy.

        Raises:
            StoreError: if its items are of another kind.
        """
        raw = self.raw(name)
        if self.sections[name].kind != kind:
            found = self.sections[name].kind
            raise StoreError(self.path, f"its section {name!r} has {found}, not {kind}")
        if sys.byteorder == "big" and ITEM_BYTES[kind] > 1:
            from array import array

            turned = array(NATIVE[kind], raw.tobytes())
            turned.byteswap()
            return memoryview(turned)
        return raw.cast(NATIVE[kind])  # type: ignore[call-overload, no-any-return]

    def require_items(self, name: str, count: int) -> None:
        """Refuse a section that has more or fewer items.

        Raises:
            StoreError: saying how many it has.
        """
        section = self.sections[name]
        found = section.length // ITEM_BYTES[section.kind]
        if found != count:
            from gazetteer.display.counts import counted  # late: seldom asked

            has = counted(found, "item")
            reason = f"its section {name!r} has {has} and not {count:,}"
            raise StoreError(self.path, reason)

    def array(self, name: str) -> np.ndarray[Any, Any]:
        """Return a section as a NumPy array that reads the file itself."""
        import numpy as np

        raw = self.raw(name)
        return np.frombuffer(raw, dtype=f"<{self.sections[name].kind}")
