"""The rows of one directory as what a store of it holds: whole places and loose rows.

A row about a place or a name that the directory does not have itself is loose: it is
added to that of another store once both are in a stack. It is kept as a place without
a type, whose id is that of the place; usages of a name as one whose id is that of the
name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import ALWAYS
from gazetteer.ids import NameId, PlaceId
from gazetteer.model import Place, Toponym
from gazetteer.store.places import LOOSE
from gazetteer.tables import merge_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.model import Link, Relation, Usage
    from gazetteer.tables import RawTables

__all__ = ["places_of"]


class _Rows(NamedTuple):
    """Rows that are about one place of another directory."""

    names: dict[str, Toponym]
    relations: set[Relation]
    links: dict[tuple[str, str], Link]


def places_of(raw: RawTables) -> Iterator[Place]:
    """Yield the places of a directory by id, then its loose rows by id."""
    yield from merge_tables(raw, strict=False).places.values()
    own_places = {place.place_id for place in raw.places}
    own_names = {row.name_id for row in raw.names}
    usages: defaultdict[str, set[Usage]] = defaultdict(set)
    for usage in raw.usages:
        usages[usage.name_id].add(usage)
    about: defaultdict[str, _Rows] = defaultdict(lambda: _Rows({}, set(), {}))
    for name in raw.names:
        if name.place_id not in own_places:
            used = tuple(sorted(usages.get(name.name_id, ())))
            row = name._replace(usages=used)
            about[name.place_id].names.setdefault(name.name_id, row)
    for relation in raw.relations:
        if relation.subject not in own_places:
            about[relation.subject].relations.add(relation)
    for link in raw.links:
        if link.place_id not in own_places:
            about[link.place_id].links.setdefault((link.scheme, link.id), link)
    for place_id in sorted(about):
        rows = about[place_id]
        yield _loose(PlaceId(place_id))._replace(
            toponyms=tuple(rows.names[key] for key in sorted(rows.names)),
            relations=tuple(sorted(rows.relations)),
            link_rows=tuple(sorted(rows.links.values())),
        )
    for name_id in sorted(set(usages) - own_names):
        used = tuple(sorted(usages[name_id]))
        yield _loose(PlaceId(name_id))._replace(toponyms=(_unnamed(name_id, used),))


def _loose(key: PlaceId) -> Place:
    return Place(key, LOOSE, "", None, None, ALWAYS, (), "", "", "")


def _unnamed(name_id: str, usages: tuple[Usage, ...]) -> Toponym:
    return Toponym(
        name_id=NameId(name_id),
        place_id=PlaceId(name_id),
        name="",
        lang="",
        form="",
        translit="",
        from_name="",
        valid=ALWAYS,
        default_sense=False,
        prior=0.0,
        sources=(),
        note="",
        usages=usages,
    )
