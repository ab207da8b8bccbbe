"""A gazetteer travels to the executors of a Spark application, once to each.

Its stores are files. Spark copies a file that was added to an application to every
executor that runs a task of it; there each worker process maps the copy into memory,
so that the processes of one executor share it. Files travel under the hash of what
they hold: two stores of one name do not meet, and what arrives is compared with it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from gazetteer.errors import StoreError
from gazetteer.gazetteer import Gazetteer
from gazetteer.store.read import StoreFile

if TYPE_CHECKING:
    from gazetteer.store import Store

__all__ = ["opened", "ship"]

# On the driver: what was added to which application, and where it waits to be fetched;
# an executor may start late, so the folder stays as long as the driver.
_ADDED: Final[dict[str, set[str]]] = {}
_FOLDERS: Final[dict[str, TemporaryDirectory[str]]] = {}

# On a worker: what this process has opened.
_OPENED: Final[dict[tuple[str, ...], Gazetteer]] = {}


def ship(context: Any, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Add the stores of a gazetteer to a Spark application, if they are not yet there.

    Args:
        context: the SparkContext of the application.
        gazetteer: any; one whose stores are in memory is written to files.

    Returns:
        The content hashes of its stores, by which `opened` finds them.
    """
    application: str = context.applicationId
    added = _ADDED.setdefault(application, set())
    stores = gazetteer.index.stack.stores
    for store in stores:
        if store.content not in added:
            if application not in _FOLDERS:
                _FOLDERS[application] = TemporaryDirectory(prefix="gazetteer-")
            path = Path(_FOLDERS[application].name) / _file_name(store.content)
            _copy(store, path)
            context.addFile(str(path))
            added.add(store.content)
    return tuple(store.content for store in stores)


def opened(contents: tuple[str, ...]) -> Gazetteer:
    """Return, on a worker, the gazetteer that was shipped; opened once a process.

    Raises:
        StoreError: if a store that arrived is not the one that was sent, or is of
            another version than the package there can read.
    """
    gazetteer = _OPENED.get(contents)
    if gazetteer is None:
        from pyspark import SparkFiles

        paths = [SparkFiles.get(_file_name(content)) for content in contents]
        gazetteer = Gazetteer.load(*paths)
        for content, store in zip(contents, gazetteer.index.stack.stores, strict=True):
            if store.content != content:
                reason = f"it holds {store.content} where {content} was sent"
                raise StoreError(store.path, reason, "another run ships it again")
        _OPENED[contents] = gazetteer
    return gazetteer


def _file_name(content: str) -> str:
    return f"gazetteer-{content}.gaz"


def _copy(store: Store, path: Path) -> None:
    with suppress(OSError, StoreError):
        # a second name of the file costs nothing, and stores are never changed in
        # place; but one that is built anew takes the name of the one that is open
        os.link(store.path, path)
        if StoreFile.open(path).content == store.content:
            return
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:
        stream.write(store.file.whole())
