"""Who says that a place lies in another, and which places share an extent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gazetteer.dates import Interval
    from gazetteer.ids import PlaceId
    from gazetteer.model import Place, Relation

__all__ = ["areas_of", "current", "in_words", "lies_in", "shared_extents"]

_CONTAINING: Final = (
    "part_of",
    "administered_by",
    "claimed_by",
    "recognised_as_part_of",
    "seat_of",  # whose seat it is, that it lies in, by the word of the same party
)

_SHOWN: Final = 3


def current(places: Mapping[PlaceId, Place], place_id: str) -> Place | None:
    """Return the place with an id, or the one that a retired id leads to.

    None where the id is unknown, or its redirects lead nowhere or in a circle.
    """
    seen: tuple[str, ...] = ()
    place = places.get(place_id)  # type: ignore[call-overload]
    while place is not None and place.replaced_by and place_id not in seen:
        seen += (place_id,)
        place_id = place.replaced_by
        place = places.get(place_id)  # type: ignore[call-overload]
    return None if place is None or place.replaced_by else place


def lies_in(
    places: Mapping[PlaceId, Place],
    place: Place,
    areas: Collection[str],
    event: Interval | None,
) -> list[tuple[Relation, ...]]:
    """Return the statements by which a place lies in one of some areas.

    Any relation by any party counts that holds at the date, or ever when undated. A
    statement is a chain: ``part_of`` any number of times, and at most one of the
    others, since what is claimed by somebody who is claimed by another is no claim of
    that other.

    Args:
        places: all places, by id.
        place: whose whereabouts are asked.
        areas: ids; one that is reached is enough.
        event: the date, or None.

    Returns:
        The shortest chains, all of one length, sorted; none where nobody says so.
    """
    level: list[tuple[str, bool, tuple[Relation, ...]]] = [(place.place_id, True, ())]
    seen: set[tuple[str, bool]] = {(place.place_id, True)}
    while level:
        found = []
        following = []
        for place_id, free, chain in level:
            for relation in _containing(places, place_id, event):
                one_more = relation.predicate == "part_of"
                if not one_more and not free:
                    continue
                target = current(places, relation.object)
                if target is None:
                    continue
                longer = (*chain, relation)
                if target.place_id in areas:
                    found.append(longer)
                following.append((target.place_id, free and one_more, longer))
        if found:
            return sorted(found)
        level = [step for step in following if step[:2] not in seen]
        seen.update(step[:2] for step in level)
    return []


def _containing(
    places: Mapping[PlaceId, Place], place_id: str, event: Interval | None
) -> list[Relation]:
    place = places.get(place_id)  # type: ignore[call-overload]
    if place is None:
        return []
    return [
        relation
        for relation in place.relations
        if relation.predicate in _CONTAINING
        and (event is None or relation.valid.overlaps(event))
    ]


def areas_of(places: Mapping[PlaceId, Place], place: Place) -> set[PlaceId]:
    """Return the ids of the areas that anyone ever put a place in directly."""
    found = (
        current(places, relation.object)
        for relation in _containing(places, place.place_id, None)
    )
    return {area.place_id for area in found if area is not None}


def shared_extents(
    places: Mapping[PlaceId, Place], candidates: Collection[Place]
) -> list[set[str]]:
    """Group places of one name: those whose extents touch, by anyone's word, together.

    A town and its district, a region and the polity in it are each one group: what
    stands near the name in a text tells towns far apart from each other, but not a part
    from its whole.

    Returns:
        Disjoint sets of place ids that cover the candidates.
    """
    ids = {place.place_id for place in candidates}
    groups: list[set[str]] = []
    for place in candidates:
        touched = {place.place_id, *(_related(places, place) & ids)}
        apart = []
        for group in groups:
            if group & touched:
                touched |= group
            else:
                apart.append(group)
        groups = [*apart, touched]
    return groups


def _related(places: Mapping[PlaceId, Place], place: Place) -> set[str]:
    """Return all that a place is directly related to, and what it is part of."""
    related = {str(relation.object) for relation in place.relations}
    waiting = [place.place_id]
    seen: set[str] = set()
    while waiting:
        place_id = waiting.pop()
        if place_id in seen:
            continue
        seen.add(place_id)
        for relation in _containing(places, place_id, None):
            if relation.predicate == "part_of":
                target = current(places, relation.object)
                if target is not None:
                    related.add(target.place_id)
                    waiting.append(target.place_id)
    return related


def in_words(statements: list[tuple[Relation, ...]]) -> str:
    """Say statements in plain words, each with its party, dates and source."""
    shown = [
        ", which is ".join(
            f"{relation.predicate.replace('_', ' ')} {relation.object} according to "
            f"{relation.according_to} ({relation.valid}, source {relation.source})"
            for relation in chain
        )
        for chain in statements[:_SHOWN]
    ]
    more = len(statements) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")
