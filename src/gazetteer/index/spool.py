"""Millions of texts are gathered, sorted by hash and numbered, each once."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from gazetteer.store.probe import add_hashes, as_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gazetteer.store.write import StoreWriter

__all__ = ["Numbered", "Spool"]

_U32 = np.uint64(32)
_LOW = np.uint64(0xFFFF_FFFF)
_LARGEST_TEXT = 1 << 32


class Numbered(NamedTuple):
    """The distinct texts of a spool.

    Attributes:
        firsts: for each distinct text, in order of hash and then of bytes, the first
            of its entries in the spool.
        numbers: for each entry of the spool, the number of its text.
    """

    firsts: NDArray[np.uint32]
    numbers: NDArray[np.uint32]


class Spool:
    """Texts in the order of coming, as bytes one after the other.

    A Python text costs 60 bytes or more beside its letters; here one costs 12.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._hashes = array("I")

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, text: str) -> None:
        """Add a text."""
        data = as_bytes(text)
        self._bytes += data
        self._ends.append(len(self._bytes))
        self._hashes.append(crc32(data))

    def data(self, entry: int) -> bytes:
        """Return the bytes of an entry."""
        return bytes(self._bytes[self._ends[entry] : self._ends[entry + 1]])

    def __getitem__(self, entry: int) -> str:
        """Return the text of an entry."""
        return self.data(entry).decode("utf-8", "surrogatepass")

    def hashes(self, numbered: Numbered) -> NDArray[np.uint32]:
        """Return the crc32 of each distinct text."""
        return np.frombuffer(self._hashes, np.uint32)[numbered.firsts]

    def number(self) -> Numbered:
        """Number the distinct texts by hash, and those of one hash by their bytes."""
        hashes = np.frombuffer(self._hashes, np.uint32).astype(np.uint64)
        # to sort one packed number is four times as fast as to sort an order
        packed = np.sort(hashes << _U32 | np.arange(len(hashes), dtype=np.uint64))
        order = (packed & _LOW).astype(np.uint32)
        new = np.ones(len(order), bool)
        new[1:] = (packed[1:] >> _U32) != (packed[:-1] >> _U32)
        starts = np.append(np.flatnonzero(new), len(order))
        several = np.flatnonzero(np.diff(starts) > 1)
        for start, end in zip(
            starts[several].tolist(), starts[several + 1].tolist(), strict=True
        ):
            self._part(order, new, start, end)
        numbers = np.empty(len(order), np.uint32)
        numbers[order] = np.cumsum(new, dtype=np.uint32) - np.uint32(1)
        return Numbered(order[new], numbers)

    def _part(
        self, order: NDArray[np.uint32], new: NDArray[np.bool_], start: int, end: int
    ) -> None:
        """Tell different texts of one hash apart."""
        entries = order[start:end].tolist()
        texts = [self.data(entry) for entry in entries]
        if all(text == texts[0] for text in texts):
            return
        found = sorted(zip(texts, entries, strict=True))
        order[start:end] = [entry for _, entry in found]
        new[start + 1 : end] = [a[0] != b[0] for a, b in pairwise(found)]

    def clear(self) -> None:
        """Forget all texts, once they are written."""
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._hashes = array("I")

    def write(self, writer: StoreWriter, name: str, numbered: Numbered) -> None:
        """Write the distinct texts as `gazetteer.store.probe.TextTable` reads them.

        Raises:
            ValueError: if they are more than 4 GiB.
        """
        firsts = numbered.firsts
        ends = np.frombuffer(self._ends, np.uint64)
        lengths = ends[firsts.astype(np.int64) + 1] - ends[firsts]
        offsets = np.append(np.uint64(0), np.cumsum(lengths))
        if int(offsets[-1]) >= _LARGEST_TEXT:
            raise ValueError(f"the texts of {name!r} are {offsets[-1]:,} bytes")
        add_hashes(writer, name, self.hashes(numbered))
        writer.add(f"{name}.offset", offsets.astype("<u4").data, kind="u4")
        with writer.section(f"{name}.text") as write:
            for at in range(0, len(firsts), 4096):
                few = firsts[at : at + 4096].tolist()
                write(b"".join([self.data(entry) for entry in few]))
