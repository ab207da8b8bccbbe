"""A row becomes a toponym, and rows become places.

The tables are CSV files in one directory, described in `gazetteer.tables.columns`.
Reading is fast and trusts them; `gazetteer.check` doubts everything. What reads and
joins them is imported when it is used: a store has done both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import UnknownPlaceError
from gazetteer.ids import PlaceId
from gazetteer.tables.locate import find_data, find_store, find_tables

if TYPE_CHECKING:
    import os

    from gazetteer.model import Place, Tables
    from gazetteer.tables.join import merge_tables, unjoin_tables
    from gazetteer.tables.raw import RawTables, read_raw

__all__ = [
    "RawTables",
    "current_place",
    "find_data",
    "find_store",
    "find_tables",
    "load_tables",
    "merge_tables",
    "read_raw",
    "unjoin_tables",
]


_HOME = {
    "RawTables": "raw",
    "merge_tables": "join",
    "read_raw": "raw",
    "unjoin_tables": "join",
}


def __getattr__(name: str) -> object:
    # PEP 562: reading and joining cost milliseconds that an answer need not pay
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def load_tables(*directories: str | os.PathLike[str]) -> Tables:
    """Read directories of tables and join them into places, the first one winning.

    Raises:
        DataNotFoundError: if a directory does not exist or has nothing of ours.
        DataError: if a file cannot be read, or a row is about a place or name that
            none of the directories has.
    """
    from gazetteer.tables.join import merge_tables
    from gazetteer.tables.raw import read_raw

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
