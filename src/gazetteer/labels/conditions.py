"""Whether a rule is for a place and a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import UnknownPlaceError
from gazetteer.ids import PlaceId
from gazetteer.labels.tags import lookup_tags
from gazetteer.tables import current_place
from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.dates import Interval
    from gazetteer.labels.rules import When
    from gazetteer.model import Place, Tables

__all__ = ["Citations", "misfit"]

# Any party's statement counts: to be within is a filter here, and never printed.
_WITHIN = ("part_of", "administered_by", "recognised_as_part_of", "claimed_by")


class Citations:
    """Finds the places that rules cite, by id or ``scheme:id``, and what is within."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._places = as_places(tables.places)

    def find(self, citation: str) -> str | None:
        """Return the id of a cited place, a retired id followed; None if there is none.

        A scheme's id may stand for one of our places by exact link, or be the id of a
        place that was loaded from another store.
        """
        known = citation in self._tables.places
        found = citation if known else self._linked(citation)
        try:
            return current_place(self._tables, found).place_id
        except UnknownPlaceError:
            return None

    def _linked(self, citation: str) -> str:
        scheme, colon, value = citation.partition(":")
        found = self._places.linked(scheme, value) if colon else []
        exact = [place.place_id for place, match in found if match == "exact"]
        return exact[-1] if exact else ""

    def within(self, place: Place, outer: str, days: Interval | None) -> bool:
        """Tell whether anyone says, on a date or ever, that a place lies within one."""
        todo, seen = [str(place.place_id)], {str(place.place_id)}
        while todo:
            here = self._tables.places.get(PlaceId(todo.pop()))
            if here is None:
                continue
            for relation in here.relations:
                if relation.predicate not in _WITHIN or relation.object in seen:
                    continue
                if days is not None and not relation.valid.overlaps(days):
                    continue
                if relation.object == outer:
                    return True
                seen.add(relation.object)
                todo.append(relation.object)
        return False


def misfit(  # noqa: C901, PLR0911 - one return for each condition
    when: When,
    place: Place,
    *,
    lang: str,
    days: Interval | None,
    facets: Mapping[str, str],
    citations: Citations,
) -> str:
    """Return in plain words why a rule is not for a place and call; empty if it is."""
    if when.contested is not None and when.contested != place.contested:
        return f"for places that are {'' if when.contested else 'not '}contested"
    if when.dated is not None and when.dated != (days is not None):
        return f"for calls {'with' if when.dated else 'without'} a date"
    if when.type and place.type not in when.type:
        return f"for a place of type {_or(when.type)}, and this is a {place.type}"
    if when.dispute and place.dispute not in when.dispute:
        return f"for the dispute {_or(when.dispute)}"
    if when.lang and not set(when.lang) & set(lookup_tags(lang)):
        return f"for the language {_or(when.lang)}"
    if when.place and place.place_id not in map(citations.find, when.place):
        return "for another place"
    for facet, values in when.facets:
        if facets.get(facet) not in values:
            return f"for {facet} {_or(values)}"
    if when.within:
        outer = [citations.find(each) for each in when.within]
        if not any(each and citations.within(place, each, days) for each in outer):
            return f"for places within {_or(when.within)}"
    return ""


def _or(values: Sequence[str]) -> str:
    return " or ".join(values)
