"""Places by id, and by what leads to them: links, and the relations of others.

Whoever needs more than an id asks for `as_places`: a store finds these things without
going through all its places, and places that are merely held in a dict are gone
through once.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from gazetteer.ids import PlaceId
from gazetteer.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.model import Relation, Toponym

__all__ = ["Places", "as_places", "leading_name"]

# Of a place that another won over, what may be written for the whole name. What its
# inhabitants are called, or two letters for it, is for its own table to weigh.
_LEADING: Final = frozenset({"full", "short", "descr", "hidden"})


class Places(Mapping[PlaceId, Place]):
    """Places by id; retired ones included."""

    @property
    @abstractmethod
    def schemes(self) -> tuple[str, ...]:
        """The schemes of which places have links, sorted."""

    @abstractmethod
    def linked(self, scheme: str, value: str) -> list[tuple[Place, str]]:
        """Return the places that have a link, each with its match, by their ids."""

    @abstractmethod
    def speaking_of(self, place_id: str) -> list[Relation]:
        """Return the relations of other places whose object is this one, sorted."""

    @abstractmethod
    def contested(self) -> Iterator[Place]:
        """Yield the places that have a dispute."""


def as_places(places: Mapping[PlaceId, Place]) -> Places:
    """Return places that can be asked for more than an id.

    Examples:
        >>> as_places({}).linked("wikidata", "Q1")
        []
    """
    return places if isinstance(places, Places) else _HeldPlaces(places)


class _HeldPlaces(Places):
    """Places that are held in a dict."""

    def __init__(self, places: Mapping[PlaceId, Place]) -> None:
        self._places = places

    def __getitem__(self, place_id: PlaceId) -> Place:
        return self._places[place_id]

    def __iter__(self) -> Iterator[PlaceId]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @cached_property
    def _by_link(self) -> dict[str, dict[str, list[tuple[Place, str]]]]:
        found: dict[str, dict[str, list[tuple[Place, str]]]] = {}
        for place_id in sorted(self._places):
            place = self._places[place_id]
            for link in place.link_rows:
                of_scheme = found.setdefault(link.scheme, {})
                of_scheme.setdefault(link.id, []).append((place, link.match))
        return found

    @property
    def schemes(self) -> tuple[str, ...]:
        return tuple(sorted(self._by_link))

    def linked(self, scheme: str, value: str) -> list[tuple[Place, str]]:
        return self._by_link.get(scheme, {}).get(value, [])

    def speaking_of(self, place_id: str) -> list[Relation]:
        return sorted(
            relation
            for place in self._places.values()
            for relation in place.relations
            if relation.object == place_id
        )

    def contested(self) -> Iterator[Place]:
        return (place for place in self._places.values() if place.contested)


def leading_name(row: Toponym, winner: PlaceId) -> Toponym | None:
    """Return a name of a place that another won over, as a name that leads there.

    It serves matching alone: what the winner is called, by whom and in which sense is
    said by the winner's own rows.

    Args:
        row: the name as the other place has it.
        winner: the place that it leads to.

    Returns:
        The row, or None for a form that does not stand for the whole name.
    """
    if row.form not in _LEADING:
        return None
    return row._replace(place_id=winner, form="hidden", default_sense=False, usages=())
