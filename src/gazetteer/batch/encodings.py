"""Which encoding a text is in: stated, marked, or UTF-8, and never guessed.

Where the bytes are not what they were taken for, the encodings that they may be in are
named, each with what a word of the file would then be: a person sees at once which is
right, and no detector does. One read a Korean file as Chinese.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Final

from gazetteer.batch.errors import BatchError
from gazetteer.errors import DataError, Problem
from gazetteer.languages.encodings import choices

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["CountedStream", "bad_encoding", "open_text"]

# https://www.unicode.org/faq/utf_bom.html#bom4; the longer ones first
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK: Final = 1 << 16
_WIDE: Final = ("utf-16", "utf-32")


class CountedStream(io.BufferedIOBase):
    """A binary stream that counts, and perhaps hashes, what is read from it.

    Attributes:
        delivered: bytes read.
        lines: line feeds read.
    """

    def __init__(self, stream: BinaryIO, digest: object | None = None) -> None:
        """Read from a stream, which stays the caller's to close.

        Args:
            stream: the bytes.
            digest: a hash that is updated with them.
        """
        self._stream = stream
        self._digest = digest
        self._held = b""
        self.delivered = self.lines = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def peek(self, size: int) -> bytes:
        """Return the next bytes and leave them to be read."""
        while len(self._held) < size and (block := self._stream.read(size)):
            self._held += block
        return self._held[:size]

    def read1(self, size: int = -1) -> bytes:  # noqa: ARG002
        """Return some bytes, none at the end."""
        block, self._held = self._held, b""
        block = block or self._stream.read(_BLOCK)
        self.delivered += len(block)
        self.lines += block.count(b"\n")
        if self._digest is not None:
            self._digest.update(block)  # type: ignore[attr-defined]
        return block

    def read(self, size: int | None = -1) -> bytes:
        """Return bytes, all that are left if no size is given."""
        if size is not None and size >= 0:
            return self.read1(size)
        blocks = []
        while block := self.read1():
            blocks.append(block)
        return b"".join(blocks)

    name = "input"
    """What `io.TextIOWrapper` asks a stream for."""


_NO_TEXT: Final = {
    b"PK\x03\x04": "a workbook or a zip archive; unpack it, or say --format xlsx",
    b"PAR1": "a Parquet file; say --format parquet",
    b"\x1f\x8b": "what is gzipped; unpack it, or give it a suffix such as .csv.gz",
}


def open_text(
    stream: CountedStream, encoding: str | None, name: str, *, newline: str = ""
) -> io.TextIOWrapper:
    """Return a stream as strict text in the encoding that is stated or marked.

    Args:
        stream: the bytes, at their beginning.
        encoding: as stated; None for UTF-8 unless a byte order mark says otherwise.
        name: of the file.
        newline: as `open` takes it.

    Raises:
        BatchError: if there is no such encoding, or the mark says another, or it is
            a file of another format.
    """
    head = stream.peek(4)
    for begin, said in _NO_TEXT.items():
        if head.startswith(begin):
            raise BatchError(name, f"it is no text: it begins like {said}")
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if encoding is None:
        encoding = marked or "utf-8"
        wide = None if marked else _wide(stream.peek(64))
        if wide:
            reason = (
                f"it has zero bytes like a text in {wide} without a byte order mark; "
                f"if it is one, say so with --encoding {wide}"
            )
            raise BatchError(name, reason)
    else:
        try:
            stated = codecs.lookup(encoding).name
        except LookupError:
            reason = f"no encoding is named {encoding!r}; --encoding cp1251 is one"
            raise BatchError(name, reason) from None
        if marked is not None:
            if stated[:6].rstrip("-") != marked[:6].rstrip("-"):
                reason = (
                    f"it begins with the byte order mark of "
                    f"{marked.removesuffix('-sig').upper()}, and --encoding says "
                    f"{encoding}; leave --encoding out"
                )
                raise BatchError(name, reason)
            encoding = marked
    return io.TextIOWrapper(stream, encoding, newline=newline)


def bad_encoding(
    error: UnicodeError, stream: CountedStream, name: str, encoding: str
) -> DataError:
    """Return the error for bytes that are not in an encoding, and say what may be.

    Args:
        error: as the decoder raised it.
        stream: what the decoder read.
        name: of the file.
        encoding: that was taken.
    """
    encoding = encoding.removesuffix("-sig")
    if not isinstance(error, UnicodeDecodeError):
        message = f"not {encoding}: {error}; name the encoding with --encoding"
        return DataError([Problem(name, 0, 0, "", "", "bad-encoding", message)])
    # the decoder was handed the last bytes that were read, and knows the place in them
    given, at = bytes(error.object), error.start
    line = column = 0
    if not encoding.startswith(_WIDE):
        line = stream.lines - given[at:].count(b"\n") + 1
        start = given.rfind(b"\n", 0, at) + 1
        if start or stream.delivered == len(given):
            column = len(given[start:at].decode(encoding, "replace")) + 1
    byte = f"byte {given[at]:#04x} is not {encoding.upper()}"
    named = choices(given[max(0, at - 64) :], at - max(0, at - 64))
    if named:
        listed = ", ".join(f"{name} ({word!r})" for name, word in named)
        message = (
            f"{byte}; name the encoding with --encoding: the one in which this is the "
            f"right word, perhaps {listed}"
        )
    else:
        message = f"{byte}; name the file's encoding with --encoding"
    return DataError([Problem(name, line, column, "", "", "bad-encoding", message)])


def _wide(sample: bytes) -> str | None:
    """Return the encoding of two bytes a character that a sample looks like."""
    if sample.count(0) * 4 <= len(sample):
        return None
    return "utf-16-be" if sample[0::2].count(0) > sample[1::2].count(0) else "utf-16-le"
