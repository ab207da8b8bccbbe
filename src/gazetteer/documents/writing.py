"""Write files whole: who reads one meanwhile has the old content or the new."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from gazetteer.documents.errors import DocumentError
from gazetteer.documents.places import line_and_column

__all__ = ["encoded", "write_bytes", "write_text"]


def encoded(text: str, encoding: str, file: str) -> bytes:
    """Return a text in the encoding of its file.

    Raises:
        DocumentError: if a letter of a label is not in it.
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        line, column = line_and_column(text, error.start)
        letter = text[error.start]
        raise DocumentError(
            file,
            f"the label in line {line}, column {column} has the letter {letter!r} "
            f"(U+{ord(letter):04X}), which {encoding} has not; save the file as UTF-8 "
            f"first",
        ) from error


def write_text(file: str | Path, text: str) -> None:
    """Write a text as it is, in UTF-8; see `write_bytes`."""
    write_bytes(file, text.encode("utf-8"))


def write_bytes(file: str | Path, content: bytes) -> None:
    """Write a file; it has the old content until all is written.

    The content is written beside the file, which it then replaces; permissions stay.
    """
    path = Path(file)
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a device or a pipe, which a file must not replace
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp lets only the owner read; a new file has what the process gives.
        beside.chmod(
            path.stat().st_mode & 0o7777 if path.exists() else _new_file_mode()
        )
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
