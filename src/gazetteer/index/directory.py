"""A directory of tables as a store: compiled once, and found again by its hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import DataNotFoundError
from gazetteer.store.cache import cached_store

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

    from gazetteer.index.compile import Progress
    from gazetteer.model import Place
    from gazetteer.store import Store
    from gazetteer.store.collect import About

__all__ = ["compile_directory", "hash_of_directory", "open_directory"]

_PERSPECTIVES = "perspectives.toml"
_PACKAGE = "datapackage.json"


def open_directory(
    directory: str | os.PathLike[str],
    *,
    under: Sequence[str] = (),
    check: Callable[[], None] | None = None,
    progress: Progress | None = None,
) -> Store:
    """Return a directory of tables as a store, from the cache if it is there.

    Args:
        directory: where the tables are.
        under: content hashes of the stores that it is to lie over: what is sound over
            some need not be over others.
        check: called before it is compiled; raises if it is not sound.
        progress: told how far the compiling is.

    Raises:
        DataNotFoundError: if there is no such directory, or nothing of ours in it.
        DataError: if a file cannot be read; and what `check` raises.
    """
    from hashlib import blake2b

    where = Path(directory)
    made_from = hash_of_directory(where)
    key = blake2b("\n".join((made_from, *under)).encode(), digest_size=10).hexdigest()
    name = blake2b(str(where.absolute()).encode(), digest_size=5).hexdigest()

    def write(path: Path) -> None:
        if check is not None:
            check()
        compile_directory(where, path, made_from=made_from, progress=progress)

    def hold() -> Store:
        from gazetteer.index.compile import compile_in_memory

        if check is not None:
            check()
        places, about = _read(where, made_from)
        return compile_in_memory(places, about, origin=str(where))

    return cached_store(f"tables-{name}", key, write, hold, origin=str(where))


def compile_directory(
    directory: Path,
    path: Path,
    *,
    made_from: str = "",
    progress: Progress | None = None,
) -> None:
    """Compile a directory of tables into a store.

    Args:
        directory: where the tables are.
        path: of the store.
        made_from: hash of its files, if it is known.
        progress: told how far the work is.

    Raises:
        DataNotFoundError: if there is no such directory, or nothing of ours in it.
        DataError: if a file cannot be read.
    """
    from gazetteer.index.compile import compile_places

    made_from = made_from or hash_of_directory(directory)
    places, about = _read(directory, made_from)
    compile_places(places, path, **about._asdict(), progress=progress)


def _read(directory: Path, made_from: str) -> tuple[Iterator[Place], About]:
    from gazetteer.store.collect import About
    from gazetteer.store.loose import places_of
    from gazetteer.tables import read_raw

    raw = read_raw(directory)
    perspectives = directory / _PERSPECTIVES
    text = perspectives.read_text("utf-8") if perspectives.is_file() else ""
    about = About(
        raw.version,
        {row[0]: row for row in reversed(raw.disputes)}.values(),
        {row[0]: row for row in reversed(raw.authorities)}.values(),
        {row[0]: row for row in reversed(raw.sources)}.values(),
        set(raw.phrases),
        text,
        made_from,
    )
    return places_of(raw), about


def hash_of_directory(directory: Path) -> str:
    """Return the hash of the tables and rules of a directory, 32 hex digits.

    Raises:
        DataNotFoundError: if there is no such directory.
    """
    from hashlib import blake2b

    if not directory.is_dir():
        there = directory.exists()
        reason = (
            "it is neither a file nor a directory"
            if there
            else "there is no such file or directory"
        )
        raise DataNotFoundError(str(directory), reason)
    found = blake2b(digest_size=16)
    # any other .csv is not ours, and costs no more than to compile once too often
    tables = [path.name for path in directory.glob("*.csv")]
    for name in sorted([*tables, _PERSPECTIVES, _PACKAGE]):
        try:
            data = (directory / name).read_bytes()
        except FileNotFoundError:
            continue
        found.update(f"{name} {len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()
