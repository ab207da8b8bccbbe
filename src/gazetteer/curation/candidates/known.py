"""The data, looked up by link, by name and by where it is."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from gazetteer.folding import match_key
from gazetteer.resolve.relations import current
from gazetteer.resolve.surroundings import kilometres
from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from gazetteer.model import Place, Tables

__all__ = ["Known"]

_NEAR: Final = 5.0
"""Kilometres within which a place of the same name is likely the same."""


class Known:
    """The places of the data that stand."""

    def __init__(self, tables: Tables) -> None:
        """Look at tables."""
        self._places = as_places(tables.places)
        self._all = [each for each in tables.places.values() if not each.replaced_by]

    @cached_property
    def _by_key(self) -> dict[str, list[Place]]:
        found: defaultdict[str, dict[str, Place]] = defaultdict(dict)
        for place in self._all:
            for row in place.toponyms:
                found[match_key(row.name)][place.place_id] = place
        return {key: list(places.values()) for key, places in found.items()}

    @cached_property
    def _written(self) -> dict[tuple[str, str], list[Place]]:
        found: defaultdict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
        for place in self._all:
            for row in place.toponyms:
                found[row.name, row.lang][place.place_id] = place
        return {key: list(places.values()) for key, places in found.items()}

    def by_links(self, theirs: Place) -> list[Place]:
        """Return the places that share an exact link with one of a source.

        A place that was exported from here is the one with its id.
        """
        own = current(self._places, theirs.place_id)
        if own is not None:
            return [own]
        found: dict[str, Place] = {}
        for scheme, values in theirs.links.items():
            for value in values:
                for place, match in self._places.linked(scheme, value):
                    if match == "exact" and not place.replaced_by:
                        found[place.place_id] = place
        return list(found.values())

    def by_name(self, theirs: Place) -> list[Place]:
        """Return the places near one of a source that share a name with it."""
        found: dict[str, Place] = {}
        for row in theirs.toponyms:
            for place in self._by_key.get(match_key(row.name), ()):
                away = distance(place, theirs)
                if place.fclass == theirs.fclass and away is not None and away <= _NEAR:
                    found[place.place_id] = place
        return list(found.values())

    def neighbours_called(
        self, name: str, lang: str, place: Place, within: float
    ) -> list[Place]:
        """Return other places around that are written just so in the language."""
        return [
            each
            for each in self._written.get((name, lang), ())
            if each.place_id != place.place_id
            and (away := distance(each, place)) is not None
            and away <= within
        ]


def distance(one: Place, other: Place) -> float | None:
    """Return the kilometres between two places; None where a point is missing."""
    if None in (one.lat, one.lon, other.lat, other.lon):
        return None
    assert one.lat is not None  # noqa: S101  # for the type checker
    assert one.lon is not None  # noqa: S101
    assert other.lat is not None  # noqa: S101
    assert other.lon is not None  # noqa: S101
    return kilometres((one.lat, one.lon), (other.lat, other.lon))
