"""Two places that are probably one, and one that is probably two."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from gazetteer.check.data import at_one_time
from gazetteer.check.strict.survey import AREAS, finding, listed
from gazetteer.folding import match_key
from gazetteer.resolve.surroundings import kilometres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.rows import Row
    from gazetteer.check.strict.survey import Survey, SurveyedPlace
    from gazetteer.errors import Problem

__all__ = ["double_findings"]

_CLOSE: Final = 3.0
"""Kilometres within which two settlements of one name are likely one."""


def double_findings(survey: Survey) -> Iterator[Problem]:
    """Yield pairs that are likely one place, and places that are likely two."""
    yield from _one(survey)
    yield from _two_links(survey)
    yield from _two_areas(survey)


def _one(survey: Survey) -> Iterator[Problem]:
    places: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for place_id, names in survey.names.items():
        for name in names:
            places[match_key(name.name)].setdefault(place_id, name.name)
    seen: set[str] = set()
    for each in places.values():
        for one, other in combinations(sorted(each), 2):
            both = f"{one} {other}"
            if both in seen or frozenset((one, other)) in survey.related:
                continue
            away = _apart(survey.places[one], survey.places[other])
            if away is not None and away < _CLOSE:
                seen.add(both)
                message = (
                    f"{other} lies {away:.1f} km away and shares the name "
                    f"{each[one]!r}; if the two are one place, retire one with "
                    f"replaced_by"
                )
                yield survey.places[one].finding("maybe-one-place", both, message)


def _apart(one: SurveyedPlace, other: SurveyedPlace) -> float | None:
    """Return the distance of two places that may be one, None where they are not."""
    alike = (one.settled and other.settled) or one.type == other.type
    if not alike or one.point is None or other.point is None:
        return None
    if not one.exists.overlaps(other.exists):
        return None
    return kilometres(one.point, other.point)


def _two_links(survey: Survey) -> Iterator[Problem]:
    links: defaultdict[str, list[Row]] = defaultdict(list)
    for row in survey.data.rows["links"]:
        if row["match"] == "exact" and row["place_id"] in survey.places:
            links[row["place_id"]].append(row)
    for place_id, rows in links.items():
        twice = [
            (one, other)
            for one, other in combinations(rows, 2)
            if one["scheme"] == other["scheme"]
            and one["edition"] == other["edition"]
            and at_one_time(one["valid"], other["valid"])
        ]
        if twice:
            ids = {f"{row['scheme']}:{row['id']}" for pair in twice for row in pair}
            message = (
                f"{survey.title(place_id)} is exactly {listed(sorted(ids))}; is it two "
                f"places, recorded twice there, or one of them no exact match?"
            )
            row = twice[0][1]
            yield finding(row, "id", "maybe-two-places", place_id, message)


def _two_areas(survey: Survey) -> Iterator[Problem]:
    """Yield places that one authority puts into two areas of a type at one time."""
    said: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in survey.data.rows["relations"]:
        area = survey.places.get(row["object"])
        place = survey.places.get(row["subject"])
        if row["predicate"] == "part_of" and area and place and area.type in AREAS:
            said[row["subject"], row["according_to"]].append(row)
    for (place_id, authority), rows in said.items():
        for one, other in combinations(rows, 2):
            areas = one["object"], other["object"]
            types = {survey.places[each].type for each in areas}
            nested = any(
                survey.areas.get(inner, set()) & {outer}
                for inner, outer in (areas, areas[::-1])
            )
            if (
                areas[0] != areas[1]
                and len(types) == 1
                and not nested
                and bool(one["valid"]) == bool(other["valid"])
                and at_one_time(one["valid"], other["valid"])
            ):
                message = (
                    f"{authority} says at one time that {survey.title(place_id)} is "
                    f"part of {survey.title(areas[0])} and of "
                    f"{survey.title(areas[1])}; is it two places, or are dates missing?"
                )
                key = f"{place_id} {areas[0]} {areas[1]} {authority}"
                yield finding(other, "object", "maybe-two-places", key, message)
