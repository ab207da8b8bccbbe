"""Where the bytes come from: a file, or a pipe that can be read once."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from gazetteer.batch.errors import BatchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.batch.options import Progress

__all__ = ["Source"]

_BLOCK = 1 << 20


class Source:
    """One input.

    Attributes:
        name: how problems name it; ``-`` for a pipe.
        path: where it is; None for a pipe that was not set aside.
    """

    def __init__(self, where: str | os.PathLike[str] | BinaryIO) -> None:
        """Open nothing yet.

        Raises:
            BatchError: if there is no such file.
        """
        self.path: Path | None = None
        self.piped = not isinstance(where, str | os.PathLike)
        self._stream: BinaryIO | None = None
        self._aside: BinaryIO | None = None
        if isinstance(where, str | os.PathLike):
            self.path = Path(where)
            self.name = os.fspath(where)
            if not self.path.is_file():
                raise BatchError(self.name, "there is no such file")
            self._stat = self._look()
        else:
            self._stream = where
            self.name = "-"

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the bytes at their beginning; what is gzipped is unpacked.

        A pipe that was not set aside can be opened once.
        """
        if self.path is None:
            assert self._stream is not None  # noqa: S101  # one of the two is there
            yield self._stream
        elif self.name.endswith(".gz"):
            try:
                with gzip.open(self.path) as stream:
                    yield cast("BinaryIO", stream)
            except (gzip.BadGzipFile, EOFError) as error:
                raise BatchError(self.name, f"{error}; fetch the file again") from error
        else:
            with self.path.open("rb") as stream:
                yield stream

    def set_aside(self) -> Path:
        """Return a file to be read more than once, a copy of what a pipe brings."""
        if self.path is None:
            assert self._stream is not None  # noqa: S101  # one of the two is there
            aside = tempfile.NamedTemporaryFile(prefix="gazetteer-")  # noqa: SIM115
            shutil.copyfileobj(self._stream, aside)
            aside.flush()
            self._aside = cast("BinaryIO", aside)
            self.path = Path(aside.name)
            self._stat = self._look()
        return self.path

    def close(self) -> None:
        """Take the copy of a pipe away."""
        if self._aside is not None:
            self._aside.close()

    def content(self, progress: Progress) -> str:
        """Return the hash of the bytes as they lie in the file."""
        digest = blake2b(digest_size=16)
        path = self.set_aside()
        size, done = max(path.stat().st_size, 1), 0
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                done += len(block)
                progress("looking at the input", done, done / size)
        return digest.hexdigest()

    def require_unchanged(self) -> None:
        """Refuse a file that was written to since it was first looked at.

        Raises:
            BatchError: if its size or its time of change is another.
        """
        if self.path is not None and self._look() != self._stat:
            reason = "it was changed while it was being read; start again"
            raise BatchError(self.name, reason)

    def _look(self) -> tuple[int, int]:
        assert self.path is not None  # noqa: S101  # only called for files
        seen = self.path.stat()
        return seen.st_size, seen.st_mtime_ns
