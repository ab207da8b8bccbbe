"""What is written appears whole or not at all: the one room for it.

A file, or a directory of files, is made in a folder beside its own, brought to the disk
and then renamed. So who reads meanwhile has the old content or the new, and a run that
fails or is killed leaves the old. What a killed run left is taken away by the next one
that writes the same name; what a run that goes on is making is not.

A file keeps its permissions, and a link goes on pointing to its file. A device, a pipe
and ``-``, the standard output, are no files that could be renamed: what was made is
written through them, and they stay what they are.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

__all__ = [
    "WriteError",
    "file_behind",
    "is_stream",
    "put",
    "stream_to",
    "whole_directory",
    "whole_file",
    "whole_path",
    "write_bytes",
    "write_text",
]

_STANDARD: Final = "-"

# Links in these folders are what a process has open, such as /dev/stdout.
_OPEN: Final = re.compile(r"/dev/fd|/proc/[^/]+(?:/task/[^/]+)?/fd")

# As many as Linux follows.
_LINKS: Final = 40

# A name has at most 255 bytes, and one letter at most four.
_NAMED: Final = 50

# In seconds; where no folder can be locked, one that is so old is nobody's.
_DAY: Final = 86_400.0

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class WriteError(GazetteerError, OSError):
    """A file or a directory cannot be written where it was asked for.

    Attributes:
        path: where it was to be.
        reason: what is in the way, and what would have worked.
    """

    def __init__(self, path: str, reason: str, number: int | None = None) -> None:
        super().__init__(number, reason, path)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write {self.path!r}: {self.reason}"

    def __reduce__(self) -> tuple[type[WriteError], tuple[str, str, int | None]]:
        return WriteError, (self.path, self.reason, self.errno)


# ----------------------------------------------------------------- what stands there


def is_stream(path: str | os.PathLike[str]) -> bool:
    """Tell whether a path is a device, a pipe or ``-``: what no file may replace.

    Examples:
        >>> is_stream("-"), is_stream("a.txt")
        (True, False)
    """
    if os.fspath(path) == _STANDARD:
        return True
    here = Path(path)
    for _ in range(_LINKS):
        if _OPEN.fullmatch(str(here.parent.resolve())):
            return True  # also one that is open on a file, whose end is written to
        if not here.is_symlink():
            break
        here = here.parent / here.readlink()
    return here.exists() and not (here.is_file() or here.is_dir())


def file_behind(path: str | os.PathLike[str]) -> Path:
    """Return the file that is to be written: itself, or what a link points to.

    Raises:
        WriteError: if no file can be written there.
    """
    told, target = os.fspath(path), Path(path)
    if target.is_symlink():
        target = Path(os.path.realpath(target))
        if target.is_symlink():
            raise WriteError(told, "its links go round in a circle; name a file")
    if target.is_dir():
        raise WriteError(told, "it is a directory; name a file in it", errno.EISDIR)
    _require_directory(told, target)
    if target.exists() and not os.access(target, os.W_OK):
        reason = "it may only be read; name another file, or allow writing to it"
        raise WriteError(told, reason, errno.EACCES)
    return target


def _require_directory(told: str, target: Path) -> None:
    parent = target.parent
    if parent.is_dir():
        return
    if parent.exists():
        raise WriteError(told, f"{str(parent)!r} is no directory", errno.ENOTDIR)
    reason = f"there is no directory {str(parent)!r}; make it first"
    raise WriteError(told, reason, errno.ENOENT)


# ----------------------------------------------------------------------- what is made


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a text as it is, in UTF-8; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file; it has the old content until all is written.

    Raises:
        WriteError: if it cannot be written.
    """
    with whole_file(path) as stream:
        stream.write(content)


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file, to write and to seek in, that appears whole at the end.

    Raises:
        WriteError: if it cannot be written.
    """
    with whole_path(path) as made:
        try:
            with made.open("w+b") as stream:
                yield stream
        except OSError as error:
            if error.errno not in _FULL or isinstance(error, WriteError):
                raise  # it is about something else that the caller does
            raise _refused(os.fspath(path), error) from error


@contextmanager
def whole_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give another path to write a file to, which is put in its place at the end.

    Raises:
        WriteError: if it cannot be put there.
    """
    told = os.fspath(path)
    if is_stream(path):
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="gazetteer-") as folder:
            made = Path(folder) / "made"
            yield made
            with made.open("rb") as whole, stream_to(path) as stream:
                while block := whole.read(1 << 20):
                    stream.write(block)
        return
    target = file_behind(path)
    with _folder_beside(told, target) as folder:
        made = folder / target.name
        yield made
        _bring_to_disk(made)
        put(made, target, told)


@contextmanager
def whole_directory(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give an empty directory to write to, which is put in its place at the end.

    One that stands there is replaced only where it is empty, since it may hold what
    nobody asked to have removed.

    Raises:
        WriteError: if it cannot be put there.
    """
    told, target = os.fspath(path), Path(os.path.realpath(path))
    if is_stream(path) or target.is_file():
        raise WriteError(told, "it is no directory; name a new one", errno.ENOTDIR)
    if target.is_dir() and any(target.iterdir()):
        reason = "it is there already; name a new directory"
        raise WriteError(told, reason, errno.ENOTEMPTY)
    _require_directory(told, target)
    with _folder_beside(told, target) as folder:
        made = folder / target.name
        made.mkdir()
        yield made
        for each in made.rglob("*"):
            if each.is_file():
                _bring_to_disk(each)
        put(made, target, told)


def put(made: Path, target: Path, told: str = "") -> None:
    """Put what was made beside its place there, with the rights of what it replaces.

    Raises:
        WriteError: if that is not allowed.
    """
    try:
        with suppress(FileNotFoundError):
            old = target.stat()
            if os.name != "nt":
                with suppress(OSError):  # whose it is, only root can keep
                    os.chown(made, old.st_uid, old.st_gid)
            made.chmod(old.st_mode & 0o777)
        if target.is_dir():
            target.rmdir()  # it is empty; Windows renames to none
        made.replace(target)
    except OSError as error:
        raise _refused(told or str(target), error) from error
    _sync(target.parent)


@contextmanager
def stream_to(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a device, a pipe or ``-`` to write to it as it stands.

    Raises:
        WriteError: if it cannot be written to.
    """
    if os.fspath(path) == _STANDARD:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        # never made anew, and never cut: what a shell appends to must not be lost
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise _refused(os.fspath(path), error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
    except BrokenPipeError:
        raise  # whoever reads has had enough, which is no fault
    except OSError as error:
        if error.filename is not None:
            raise  # it is about something else that the caller does
        raise _refused(os.fspath(path), error) from error


def _refused(path: str, error: OSError) -> WriteError:
    reason = error.strerror or str(error)
    return WriteError(path, f"{reason[:1].lower()}{reason[1:]}", error.errno)


# --------------------------------------------------------------------- what is beside


@contextmanager
def _folder_beside(told: str, target: Path) -> Iterator[Path]:
    """Make a folder to make a file in; take away those that killed runs left."""
    from shutil import rmtree

    number = 0
    while True:
        folder = target.with_name(f".{target.name[:_NAMED]}.{number}.part")
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += not _taken_away(folder)
        except OSError as error:
            reason = error.strerror or str(error)
            raise WriteError(
                told,
                f"a file is made beside its place first, and in "
                f"{str(target.parent)!r} none can be made ({reason}); name one in "
                f"another directory",
                error.errno,
            ) from error
        else:
            try:
                lock = _lock(folder)
                break
            except BlockingIOError:
                number += 1  # another run took it for one that was left
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _taken_away(folder: Path) -> bool:
    """Remove what a killed run left, which is known by its lock: that went with it."""
    from shutil import rmtree

    try:
        lock = _lock(folder)
    except BlockingIOError:
        return False  # a run goes on in it
    if lock is not None:
        rmtree(folder, ignore_errors=True)
        os.close(lock)
    elif os.name == "nt":
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _DAY:
                rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _lock(folder: Path) -> int | None:
    """Return the open lock of a folder; None where there are no locks.

    Raises:
        BlockingIOError: if another has it, or has taken the folder away.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # another may have removed it, and made it again, before it was locked here
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
        raise FileNotFoundError
    except OSError as error:
        if handle is not None:
            os.close(handle)
        if isinstance(error, FileNotFoundError):
            raise BlockingIOError from error
        if isinstance(error, BlockingIOError):
            raise
        return None  # a file system without locks, or something else of this name


def _bring_to_disk(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    with suppress(OSError, AttributeError):  # not on Windows
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
