"""Places against the districts that they are said to be in: far off, or unnamed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from gazetteer.check.strict.survey import listed, middle
from gazetteer.languages.scripts import primary_language
from gazetteer.resolve.surroundings import kilometres

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.check.strict.survey import Point, Survey, SurveyedPlace
    from gazetteer.errors import Problem

__all__ = ["area_findings"]

_MANY: Final = 5
"""Members from which an area's extent can be told from them."""
_NEAR: Final = 25.0
"""Kilometres that are never far, however small the area."""
_TIMES: Final = 3.5
"""Times the median distance of the members that are far."""
_NEIGHBOURS: Final = 12.0
"""Kilometres within which a place has neighbours."""
_TWO: Final = 2
_FAR: Final = 150.0
"""Kilometres that are far from the point of an area of few members."""

_COMMON: Final = 0.9
"""Share of an area's settlements from which a name in a language is expected."""
_ENOUGH: Final = 10
"""Settlements from which that share says anything."""


def area_findings(survey: Survey) -> Iterator[Problem]:
    """Yield places far from their area, and the languages that areas lack."""
    yield from _far(survey)
    yield from _unnamed(survey)


def _far(survey: Survey) -> Iterator[Problem]:
    """Yield places far from the middle of their area and from its nearest places.

    An area may be long and narrow: a place at its end is far from the middle, but not
    from its neighbours.
    """
    for area, members in sorted(survey.members.items()):
        points = [(each, each.point) for each in members if each.point is not None]
        if len(points) < _MANY:
            yield from _far_of_few(survey, area, points)
            continue
        center = (
            middle([point[0] for _, point in points]),
            middle([point[1] for _, point in points]),
        )
        usual = middle([kilometres(center, point) for _, point in points])
        limit = max(_NEAR, _TIMES * usual)
        for place, point in points:
            away = kilometres(center, point)
            if away > limit and _alone(point, [other for _, other in points]):
                message = (
                    f"{away:.0f} km from the middle of its places in "
                    f"{survey.title(area)}, where {limit:.0f} would do, and none of "
                    f"them is near; one of the point and the area is wrong"
                )
                key = f"{place.place_id} {area}"
                yield place.finding("far-from-area", key, message)


def _alone(point: Point, points: Sequence[Point]) -> bool:
    """Tell whether at most one other of the points is near one."""
    # the point itself is among them
    return sum(kilometres(point, other) <= _NEIGHBOURS for other in points) <= _TWO


def _far_of_few(
    survey: Survey, area: str, points: Sequence[tuple[SurveyedPlace, Point]]
) -> Iterator[Problem]:
    own = survey.places[area].point
    if own is None:
        return
    for place, point in points:
        away = kilometres(own, point)
        if place.settled and away > _FAR:
            message = (
                f"{away:.0f} km from the point of {survey.title(area)}; one of the "
                f"points and the area is wrong"
            )
            yield place.finding("far-from-area", f"{place.place_id} {area}", message)


def _unnamed(survey: Survey) -> Iterator[Problem]:
    """Yield, by area and language, the places without a name in the language."""
    have = {
        place_id: {primary_language(name.lang) for name in names}
        for place_id, names in survey.names.items()
    }
    missing: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for area, place_id, lang in (*_listed(survey), *_usual(survey, have)):
        if lang not in have[place_id]:
            missing[area, lang].add(place_id)
    for (area, lang), places in sorted(missing.items()):
        where = survey.title(area) if area else "no area"
        one = survey.places[area or min(places)]
        verb = "has" if len(places) == 1 else "have"
        message = (
            f"{len(places)} of the places in {where} {verb} no name in {lang!r}: "
            f"{listed(map(survey.title, sorted(places)))}"
        )
        yield one.finding("missing-language", f"{area or '-'} {lang}", message)


def _listed(survey: Survey) -> Iterator[tuple[str, str, str]]:
    """Yield area, place and language for those that a place's own row lists."""
    for place in survey.places.values():
        for lang in {primary_language(tag) for tag in place.langs}:
            for area in survey.areas.get(place.place_id, {""}):
                yield area, place.place_id, lang


def _usual(
    survey: Survey, have: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield those in which nearly all settlements of an area have a name."""
    for area, members in survey.members.items():
        settled = [each.place_id for each in members if each.settled]
        counts = Counter(lang for each in settled for lang in have[each])
        for lang, count in counts.items():
            usual = lang != "und" and count >= _COMMON * len(settled)
            for place_id in settled if usual and len(settled) >= _ENOUGH else ():
                yield area, place_id, lang
