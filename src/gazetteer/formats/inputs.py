"""Files as bytes and lines: plain, gzip, or a member of a zip archive.

What is read is counted in bytes, so that a command can say how much is left.
"""

from __future__ import annotations

import gzip
import lzma
import os
import struct
import zipfile
import zlib
from codecs import BOM_UTF8
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from gazetteer.errors import DataError, DataNotFoundError, Problem
from gazetteer.formats.faults import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "UTF16",
    "Input",
    "Progress",
    "decode_failure",
    "inputs_of",
    "no_progress",
    "tab_column",
]

UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
"""What a file in UTF-16 begins with."""

# What the standard library raises where packed bytes are not what was packed.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
)
_EVERY: Final = 20_000
"""Lines between two reports of progress."""


class Progress(Protocol):
    """What is told how far the reading has come."""

    def __call__(self, what: str, rows: int, share: float, unit: str = "rows") -> None:
        """Take what is being done, the rows so far and the share of them, 0 to 1."""


def no_progress(what: str, rows: int, share: float, unit: str = "rows") -> None:
    """Report to nobody."""


class Input(NamedTuple):
    """Something that can be read from its beginning, more than once.

    Attributes:
        path: the file.
        member: the member of a zip archive; empty for a file of its own.
    """

    path: str
    member: str = ""

    @property
    def name(self) -> str:
        """How problems name it."""
        return f"{self.path}/{self.member}" if self.member else self.path

    @property
    def stem(self) -> str:
        """The file's name without directories and suffixes."""
        return os.path.basename(self.member or self.path).split(".")[0]  # noqa: PTH119

    @contextmanager
    def open(self) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
        """Open it as bytes, with what tells the share that has been read, 0 to 1.

        Raises:
            DataError: if the archive is damaged, or needs a password.
        """
        size = max(os.path.getsize(self.path), 1)  # noqa: PTH202
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as archive:
                    whole = max(archive.getinfo(self.member).file_size, 1)
                    with _opened(archive, self) as stream:
                        yield stream, lambda: stream.tell() / whole
            elif self.path.endswith(".gz"):
                with open(self.path, "rb") as raw, gzip.open(raw) as stream:  # noqa: PTH123
                    # what is counted is the compressed file
                    yield cast("IO[bytes]", stream), lambda: raw.tell() / size
            else:
                with open(self.path, "rb") as stream:  # noqa: PTH123
                    yield stream, lambda: stream.tell() / size
        except _DAMAGE as error:
            raise _bad_archive(self.name, f"{error}; fetch the file again") from error
        except OSError as error:
            if error.errno is not None:
                raise
            # what bzip2 says of damage; the system's own errors have a number
            raise _bad_archive(self.name, f"{error}; fetch the file again") from error

    def lines(self, what: str, progress: Progress) -> Iterator[tuple[int, bytes]]:
        """Yield each line with its number from 1, without its end or UTF-8's mark.

        Args:
            what: is done, for the progress.
            progress: is told of the lines so far and the share of the file.
        """
        with self.open() as (stream, share):
            number = 0
            for number, line in enumerate(stream, start=1):
                if number % _EVERY == 0:
                    progress(what, number, min(share(), 0.99))
                if number == 1:
                    line = line.removeprefix(BOM_UTF8)  # noqa: PLW2901
                yield number, line.rstrip(b"\r\n")
            progress(what, number, 1.0)

    def head(self, size: int = 65_536) -> bytes:
        """Return the first bytes."""
        with self.open() as (stream, _):
            return stream.read(size)


def inputs_of(path: str) -> list[Input]:
    """Return what a file holds: itself, or the members of a zip archive, by name.

    Raises:
        DataNotFoundError: if there is no such file.
        SourceError: if it is a directory.
        DataError: if it is a damaged archive.
    """
    if not os.path.exists(path):  # noqa: PTH110
        raise DataNotFoundError(path, "there is no such file or directory")
    if os.path.isdir(path):  # noqa: PTH112
        raise SourceError(path, "it is a directory; name the files in it")
    if not path.endswith(".zip"):
        return [Input(path)]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each.filename for each in archive.infolist() if not each.is_dir()
            ]
    # a version of the format or a name in it may be damaged too
    except (*_DAMAGE, NotImplementedError, UnicodeDecodeError) as error:
        raise _bad_archive(path, f"{error}; fetch the archive again") from error
    return [Input(path, member) for member in sorted(members)]


def _opened(archive: zipfile.ZipFile, member: Input) -> IO[bytes]:
    try:
        return archive.open(member.member)
    except RuntimeError as error:  # a password, or a packing that is not known here
        message = f"{error}; unpack it, and name what was in it"
        raise _bad_archive(member.name, message) from error


def _bad_archive(name: str, message: str) -> DataError:
    return DataError([Problem(name, 0, 0, "", "", "bad-archive", message)])


def tab_column(line: bytes, cell: int) -> int:
    r"""Return the 1-based column, in code points, of a cell of a tab-separated line.

    Examples:
        >>> tab_column(b"12\tname\t3", 2)
        9
    """
    before = line.split(b"\t")[:cell]
    return sum(len(each.decode(errors="replace")) + 1 for each in before) + 1


def decode_failure(error: UnicodeDecodeError, wanted: str = "UTF-8") -> str:
    r"""Say which byte is not in the encoding, and what to do.

    Examples:
        >>> try:
        ...     b"\xe9".decode()
        ... except UnicodeDecodeError as error:
        ...     print(decode_failure(error))
        byte 0xe9 is not UTF-8; save the file as UTF-8
    """
    if error.object.startswith(UTF16):
        return f"the file begins as UTF-16, not as {wanted}; save it as UTF-8"
    return (
        f"byte {error.object[error.start]:#04x} is not {wanted}; save the file as UTF-8"
    )
