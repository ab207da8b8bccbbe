"""The part of a stack that the rows of a directory can be about.

To check a few rows of house rules, what they refer to must be known, and what has the
same names or links; not millions of places beside that.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from gazetteer.ids import PlaceId
from gazetteer.store.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.index.index import Index
    from gazetteer.model import Place, Tables
    from gazetteer.store.stack import Stack

__all__ = ["part_about"]


def part_about(directory: Path, index: Index) -> Tables:
    """Return tables with no more places than a directory's rows can be about.

    Those are the places that a cell has the id of, or the id of a name of; the places
    with a name or a link of the directory; and where the ids of all these redirect.
    A file that cannot be read is left to those who check it.
    """
    found: dict[str, Place] = {}
    for path in sorted(directory.glob("*.csv")):
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = list(csv.DictReader(lines))
        except (OSError, UnicodeDecodeError, csv.Error):
            continue
        for row in rows:
            for place_id in _about(row, index):
                _add(found, place_id, index.stack)
    places = {PlaceId(key): found[key] for key in sorted(found)}
    return tables_of(index.stack)._replace(places=places)


def _about(row: dict[str, Any], index: Index) -> Iterator[str]:
    """Yield the ids of the places that a row may be about; some may be no places."""
    stack = index.stack
    cells = [cell for cell in row.values() if isinstance(cell, str)]
    for key in {key for cell in cells for key in (cell, *cell.split())}:
        yield key
        for store in stack.stores:
            for held in store.named(key):
                yield held.place_id
    for toponym in index.lookup(row.get("name") or ""):
        yield toponym.place_id
    for place in stack.linked(row.get("scheme") or "", row.get("id") or ""):
        yield place.place_id


def _add(found: dict[str, Place], place_id: str, stack: Stack) -> None:
    place = stack.place(place_id)
    if place is not None and place_id not in found:
        found[place_id] = place
        if place.replaced_by:
            _add(found, place.replaced_by, stack)
