"""What a gazetteer is loaded from: stores, directories of tables, the data shipped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.errors import DataError, StoreError
from gazetteer.index import Index
from gazetteer.index.directory import open_directory
from gazetteer.store import Store
from gazetteer.store.stack import Stack
from gazetteer.store.tables import PERSPECTIVES, tables_of
from gazetteer.tables import find_store, find_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.compile import Progress
    from gazetteer.model import Tables

__all__ = ["DEFAULT", "open_source"]

DEFAULT: Final = "default"
"""The source that means the data in the package."""

# To check rules against every place takes long among more.
_FEW_PLACES: Final = 20_000


def open_source(
    source: str | Path, later: Sequence[Store], progress: Progress | None = None
) -> Store:
    """Open one source over those that it lies on.

    Args:
        source: a store, a directory of tables, or `DEFAULT`.
        later: the sources under it; a directory may lean on their places.
        progress: told how far the compiling of a directory is.

    Raises:
        DataNotFoundError: if it does not exist.
        DataError: listing every fault of a directory.
        StoreError: if a store is damaged, or of another version.
    """
    shipped = find_store()
    if source == DEFAULT and shipped is not None:
        try:
            return Store.open(shipped)
        except StoreError as error:
            remedy = "reinstall the package"
            raise StoreError(error.path, error.reason, remedy) from None
    directory = find_tables() if source == DEFAULT else Path(source)
    if directory.is_file():
        return Store.open(directory)
    if source == DEFAULT:
        return open_directory(directory, progress=progress)

    def check() -> None:
        _require_sound(directory, later)

    contents = [store.content for store in later]
    return open_directory(directory, under=contents, check=check, progress=progress)


def _require_sound(directory: Path, later: Sequence[Store]) -> None:
    from gazetteer.check import check_directory

    base = _base(directory, Stack(later)) if later else None
    problems = check_directory(directory, base=base)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)


def _base(directory: Path, stack: Stack) -> Tables:
    # What is said of rules depends on all places; what is said of rows, on few.
    if stack.standing <= _FEW_PLACES or (directory / PERSPECTIVES).is_file():
        return tables_of(stack)
    from gazetteer.index.part import part_about

    return part_about(directory, Index(stack))
