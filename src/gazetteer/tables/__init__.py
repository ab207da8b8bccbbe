"""A row becomes a toponym, and rows become places.

The tables are CSV files in one directory, described in `gazetteer.tables.columns`.
Reading is fast and trusts them; `gazetteer.check` doubts everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import UnknownPlaceError
from gazetteer.ids import PlaceId
from gazetteer.tables.join import merge_tables, unjoin_tables
from gazetteer.tables.locate import find_data, find_store
from gazetteer.tables.raw import RawTables, read_raw

if TYPE_CHECKING:
    import os

    from gazetteer.model import Place, Tables

__all__ = [
    "RawTables",
    "current_place",
    "find_data",
    "find_store",
    "load_tables",
    "merge_tables",
    "read_raw",
    "unjoin_tables",
]


def load_tables(*directories: str | os.PathLike[str]) -> Tables:
    """Read directories of tables and join them into places, the first one winning.

    Raises:
        DataNotFoundError: if a directory does not exist or has nothing of ours.
        DataError: if a file cannot be read, or a row is about a place or name that
            none of the directories has.
    """
    return merge_tables(*(read_raw(directory) for directory in directories))


def current_place(tables: Tables, place_id: str) -> Place:
    """Return the place that an id means now: retired ids redirect.

    Raises:
        UnknownPlaceError: if there is no such place, or its redirects lead nowhere.
    """
    seen: set[str] = set()
    found = place_id
    while found not in seen:
        seen.add(found)
        place = tables.places.get(PlaceId(found))
        if place is None:
            break
        if not place.replaced_by:
            return place
        found = place.replaced_by
    raise UnknownPlaceError(place_id)
