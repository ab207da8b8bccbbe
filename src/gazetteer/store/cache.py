"""What is compiled once is kept for later, in the user's cache directory.

A cached store is named after the hash of what it was made from, and of the versions of
the layout and of the keys, so that no stale one is ever read. It appears there whole;
one process compiles while others wait for it. Where nothing can be written, the store
is held in memory.

The directory is ``gazetteer`` in ``$XDG_CACHE_HOME`` (the XDG Base Directory
Specification) or ``~/.cache``; in ``~/Library/Caches`` on macOS, in ``%LOCALAPPDATA%``
on Windows. ``$GAZETTEER_CACHE`` names another, and says with an empty value that there
is none.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.errors import DataNotFoundError, StoreError
from gazetteer.store.format import KEYS, LAYOUT
from gazetteer.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["cache_directory", "cached_store"]

_DAY: Final = 86_400.0

# A checkout that goes back and forth between two states of its data keeps both.
_KEPT: Final = 4
_KEPT_DAYS: Final = 90


def cache_directory() -> Path | None:
    """Return where stores are kept; None where there is no such place."""
    chosen = os.environ.get("GAZETTEER_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "gazetteer"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "gazetteer"
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # the specification: a path that is not absolute is to be ignored
    return (base if base.is_absolute() else home / ".cache") / "gazetteer"


def cached_store(
    name: str,
    key: str,
    write: Callable[[Path], object],
    hold: Callable[[], Store],
    *,
    origin: str = "",
) -> Store:
    """Return the store of a key, compiling it if it is not in the cache.

    Args:
        name: of what is compiled; of the stores of one name a few are kept.
        key: hash of all that the store depends on, in letters and digits.
        write: compiles the store to a path.
        hold: compiles it in memory, where nothing can be written.
        origin: the directory of tables that it is made from.

    Raises:
        Exception: what `hold` raises, and what `write` raises but for `OSError`.
    """
    folder = cache_directory()
    if folder is None:
        return hold()
    path = folder / f"{name}-{key}-{LAYOUT}.{KEYS}.gaz"
    store = _opened(path, origin)
    if store is not None:
        return store
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder / f"{name}.lock"):
            store = _opened(path, origin)  # another process may have been quicker
            if store is None:
                write(path)
                _prune(folder, name, path)
                store = _opened(path, origin)
    except OSError:
        store = None
    return hold() if store is None else store


def _opened(path: Path, origin: str) -> Store | None:
    try:
        store = Store.open(path, origin)
    except (DataNotFoundError, StoreError):
        return None
    with suppress(OSError):
        # so that the stores in use are told from those that are not
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)
    return store


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that goes with the process, also if it is killed."""
    with path.open("ab") as stream:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _prune(folder: Path, name: str, new: Path) -> None:
    """Take away stores that were not used for long, and all but a few of one name."""
    now = time.time()
    found = []
    for path in folder.glob("*.gaz"):
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    found.sort(reverse=True)
    same = 0
    for used, path in found:
        of_name = path.name.startswith(f"{name}-")
        same += of_name
        old = now - used > _KEPT_DAYS * _DAY or (of_name and same > _KEPT)
        if old and path != new:
            with suppress(OSError):  # Windows: another process reads it
                path.unlink()
