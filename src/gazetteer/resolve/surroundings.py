"""What stands near the name: a point, and the other names of the same text.

They decide between places far apart that share a name. They never decide between places
whose extents touch, such as a town and its district or a region and the polity in it:
what stands near the one stands near the other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gazetteer.folding import match_key
from gazetteer.resolve.relations import areas_of, lies_in
from gazetteer.resolve.scoring import AGAINST, BEHIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.ids import PlaceId
    from gazetteer.model import Place
    from gazetteer.resolve.context import Reading
    from gazetteer.resolve.draft import Draft

__all__ = ["kilometres", "weigh_distance", "weigh_mentions"]

# Towns of one district are about this far apart; a rival must be twice as far away.
_CLOSE_KM: Final = 50.0
# No mistake in the representative point of a town is this large.
_FAR_KM: Final = 300.0
_EARTH_KM: Final = (
    6371.0088  # mean radius, International Union of Geodesy and Geophysics
)

_STATES: Final = frozenset({"country", "polity"})
# For the other types a point says little about where they are.
_POINTS: Final = frozenset({"city", "town", "village", "facility", "district"})


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the length of the great circle between two points in degrees.

    Examples:
        >>> round(kilometres((0.0, 0.0), (0.0, 1.0)))
        111
    """
    lat, lon = map(math.radians, one)
    lat2, lon2 = map(math.radians, other)
    half = (
        math.sin((lat2 - lat) / 2) ** 2
        + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _point(place: Place) -> tuple[float, float] | None:
    if place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def weigh_distance(
    drafts: Sequence[Draft], near: tuple[float, float], groups: list[set[str]]
) -> None:
    """Order by distance, and put those behind that are far while another is near.

    Args:
        drafts: of all candidates.
        near: latitude and longitude in degrees.
        groups: of place ids whose extents touch.
    """
    for draft in drafts:
        point = _point(draft.place)
        if point is None:
            continue
        draft.distance = kilometres(near, point)
        draft.reasons.append(f"{draft.distance:.0f} km from the point given")
        if draft.place.type in _POINTS and draft.distance > _FAR_KM:
            draft.lower(AGAINST, f"farther than {_FAR_KM:.0f} km")
    by_group = _by_group(drafts, groups)
    nearest = [_nearest(members) for members in by_group]
    best = min(nearest, default=math.inf)
    if best > _CLOSE_KM:
        return
    for members, distance in zip(by_group, nearest, strict=True):
        if 2 * _CLOSE_KM <= distance < math.inf:
            for draft in members:
                draft.lower(BEHIND, "another place of this name is much nearer")


def _nearest(members: Sequence[Draft]) -> float:
    return min(
        (draft.distance for draft in members if draft.place.type in _POINTS),
        default=math.inf,
    )


def _by_group(drafts: Sequence[Draft], groups: list[set[str]]) -> list[list[Draft]]:
    return [
        [draft for draft in drafts if draft.place.place_id in group] for group in groups
    ]


# -------------------------------------------------------------------------- co-mentions


def weigh_mentions(
    query: str,
    drafts: Sequence[Draft],
    reading: Reading,
    groups: list[set[str]],
    places: Mapping[PlaceId, Place],
) -> None:
    """Order by the co-mentions that speak for a place.

    Where they speak for one group of places only, the others are put behind.

    Args:
        query: the name itself, which is no evidence for its own meaning.
        drafts: of all candidates.
        reading: with the co-mentions that could be resolved.
        groups: of place ids whose extents touch.
        places: all places, by id.
    """
    own = match_key(query)
    spoken = [each for each in reading.mentioned if match_key(each[0]) != own]
    for draft in drafts:
        for name, place in spoken:
            reason = _speaks_for(draft.place, place, places)
            if reason:
                draft.support += 1
                draft.reasons.append(f"{name!r} in the same text {reason}")
                if place.place_id == draft.place.place_id:
                    draft.unsupported = False
    by_group = _by_group(drafts, groups)
    supported = [members for members in by_group if _any_support(members)]
    if len(supported) != 1:
        return
    for members in by_group:
        if members is not supported[0]:
            for draft in members:
                draft.lower(BEHIND, "the other names of the text speak for another")


def _any_support(members: Iterable[Draft]) -> bool:
    return any(draft.support for draft in members)


def _speaks_for(place: Place, mentioned: Place, places: Mapping[PlaceId, Place]) -> str:
    """Say how a co-mentioned place speaks for a candidate; empty if it does not.

    A country does not: texts about one place name many countries.
    """
    if mentioned.place_id == place.place_id:
        return "is another name of it"
    if mentioned.type in _STATES:
        return ""
    how = _related(place, mentioned, places) or _close(place, mentioned)
    return f"({mentioned.place_id}) {how}" if how else ""


def _related(place: Place, mentioned: Place, places: Mapping[PlaceId, Place]) -> str:
    if lies_in(places, place, {mentioned.place_id}, None):
        return "is an area that it lies in"
    if lies_in(places, mentioned, {place.place_id}, None):
        return "lies in it"
    both = areas_of(places, place) & areas_of(places, mentioned)
    shared = sorted(area for area in both if places[area].type not in _STATES)
    return f"lies in {shared[0]} as it does" if shared else ""


def _close(place: Place, mentioned: Place) -> str:
    here, there = _point(place), _point(mentioned)
    if here is None or there is None or not {place.type, mentioned.type} <= _POINTS:
        return ""
    distance = kilometres(here, there)
    return f"is {distance:.0f} km away" if distance <= _CLOSE_KM else ""
