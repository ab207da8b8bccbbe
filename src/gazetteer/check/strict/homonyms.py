"""Homonyms that a reader, or a context, could not tell apart."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from gazetteer.check.strict.survey import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.strict.survey import Survey, SurveyedPlace
    from gazetteer.errors import Problem

__all__ = ["homonym_findings"]


def _told_apart(survey: Survey, one: SurveyedPlace, other: SurveyedPlace) -> bool:
    """Tell whether anything but their names tells two places apart."""
    areas = survey.areas.get(one.place_id), survey.areas.get(other.place_id)
    wholes = [survey.contained.get(each.place_id) for each in (one, other)]
    return (
        one.type != other.type
        or not one.exists.overlaps(other.exists)
        or (all(areas) and areas[0] != areas[1])
        or (all(wholes) and not set.intersection(*filter(None, wholes)))
        # two points are apart, or the pair is reported as one place twice
        or (one.point is not None and other.point is not None)
        or frozenset((one.place_id, other.place_id)) in survey.related
    )


def homonym_findings(survey: Survey) -> Iterator[Problem]:
    """Yield homonyms with nothing to tell them apart, and those that lie nowhere."""
    alike: set[str] = set()
    nowhere: dict[str, str] = {}
    for key, places in survey.homonyms.items():
        for one, other in combinations(sorted(places), 2):
            pair = survey.places[one], survey.places[other]
            both = f"{one} {other}"
            if both not in alike and not _told_apart(survey, *pair):
                alike.add(both)
                message = (
                    f"{other} has the name {places[one]!r} too, and the same type; no "
                    f"area, point or date tells the two apart"
                )
                yield pair[0].finding("homonyms-alike", both, message)
        settled = [each for each in places if survey.places[each].settled]
        for place_id in settled if len(settled) > 1 else ():
            if place_id not in survey.contained:
                nowhere.setdefault(place_id, key)
    for place_id, key in sorted(nowhere.items()):
        places = survey.homonyms[key]
        message = (
            f"{places[place_id]!r} is also {listed(sorted(places.keys() - {place_id}))}"
            f", and nobody says what this place lies in; give it a part_of"
        )
        yield survey.places[place_id].finding("homonym-nowhere", place_id, message)
