"""A file or a directory that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gazetteer.exchange.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["beside"]


@contextmanager
def beside(path: Path, *, directory: bool = False) -> Iterator[Path]:
    """Give a path to write to, and put what was written in its place at the end.

    Args:
        path: where it is to appear. A file there is replaced; a directory only where it
            is empty, since it may hold what nobody asked to have removed.
        directory: whether it is one.

    Raises:
        ExportError: if there is no such place, or something else stands there.
    """
    if not path.parent.is_dir():
        raise ExportError(str(path), f"there is no directory {str(path.parent)!r}")
    if directory and path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ExportError(str(path), "it is there already; name a new directory")
    if not directory and path.is_dir():
        raise ExportError(str(path), "it is a directory; name a file")
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if directory:
            part.mkdir()
        yield part
        if directory and path.is_dir():
            path.rmdir()
        part.replace(path)
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
