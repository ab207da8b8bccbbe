"""The query is an id: of a place here, or of one in another scheme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.errors import PlaceIdError
from gazetteer.ids import parse_place_id
from gazetteer.resolve.relations import current
from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.ids import PlaceId
    from gazetteer.model import Place

__all__ = ["Identified", "Identifier"]

_OWN = re.compile(r"gz-\S*", re.IGNORECASE)
_FOREIGN = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(\S+)")


class Identified(NamedTuple):
    """What an id stands for: the places, none if unknown, and what to say of it."""

    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()


class Identifier:
    """Finds places by their ids, old ones and those of other schemes included."""

    def __init__(self, places: Mapping[PlaceId, Place]) -> None:
        """Hold the places."""
        self._places = as_places(places)

    def identify(self, query: str) -> Identified | None:
        """Return what an id stands for, or None if the query is not one.

        A text with a colon is an id only if a scheme of this name is in the data.
        """
        if query in self._places:
            return self._by_id(query)
        if query[:3].lower() == "gz-" and _OWN.fullmatch(query):
            lowered = query.lower()
            if lowered in self._places:
                return self._by_id(lowered)
            return Identified((), (_unknown(lowered),))
        match = _FOREIGN.fullmatch(query) if ":" in query else None
        if match is None:
            return None
        scheme, value = match[1].lower(), match[2]
        if scheme not in self._places.schemes:
            return None
        return self._by_link(scheme, value)

    def country_by_code(self, code: str) -> Place | None:
        """Return the country with an ISO 3166-1 code, two or three capital letters."""
        if not (2 <= len(code) <= 3 and code.isascii() and code.isupper()):  # noqa: PLR2004
            return None
        for scheme in self._places.schemes:
            if scheme.startswith("iso3166-1"):
                found = self._by_link(scheme, code).places
                if len(found) == 1:
                    return found[0]
        return None

    def _by_id(self, place_id: str) -> Identified:
        place = current(self._places, place_id)
        if place is None:
            note = f"{place_id} is retired and leads to no place"
            return Identified((), (note,))
        if place.place_id == place_id:
            return Identified((place,))
        return Identified((place,), (f"{place_id} is retired; it is {place.place_id}",))

    def _by_link(self, scheme: str, value: str) -> Identified:
        links = self._places.linked(scheme, value)
        exact: dict[str, Place] = {}
        notes = []
        for place, match in links:
            target = current(self._places, place.place_id)
            if match != "exact":
                notes.append(f"{scheme}:{value} is a {match} link of {place.place_id}")
            elif target is not None:
                exact[target.place_id] = target
        if exact:
            return Identified(tuple(exact[key] for key in sorted(exact)))
        return Identified(
            (), tuple(notes) or (f"no place has the exact link {scheme}:{value}",)
        )


def _unknown(place_id: str) -> str:
    try:
        parse_place_id(place_id)
    except PlaceIdError as error:
        return str(error)
    return f"no place has the id {place_id}"
