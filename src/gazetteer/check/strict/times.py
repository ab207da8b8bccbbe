"""Names and usages that ended, with nothing that came after."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from gazetteer.check.data import interval_of
from gazetteer.check.strict.survey import finding
from gazetteer.dates import LAST_DAY
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.data import Name
    from gazetteer.check.strict.survey import Survey
    from gazetteer.errors import Problem

__all__ = ["time_findings"]

_YEAR: Final = 366
_RULED: Final = frozenset({"official", "approved"})


def time_findings(survey: Survey) -> Iterator[Problem]:
    """Yield names and usages that ended while their place went on, without another."""
    yield from _names(survey)
    yield from _usages(survey)


def _ended(valid: str) -> int | None:
    """Return the last day of an interval that somebody closed, else None.

    A single date is when a name was seen and not when it went out of use.
    """
    end = interval_of(valid).end
    return end if "/" in valid and end < LAST_DAY else None


def _later(survey: Survey, name: Name, end: int) -> bool:
    """Tell whether a place has another name in a language that goes on after a day."""
    lang = primary_language(name.lang)
    return any(
        interval_of(other.valid).end > end
        for other in survey.names[name.place_id]
        if primary_language(other.lang) == lang and other.name_id != name.name_id
    )


def _names(survey: Survey) -> Iterator[Problem]:
    for place_id, names in survey.names.items():
        last = survey.places[place_id].exists.end
        for name in names:
            end = _ended(name.valid)
            if end is None or end + _YEAR >= last or name.row is None:
                continue
            lang = primary_language(name.lang)
            if not _later(survey, name, end):
                message = (
                    f"went out of use ({name.valid}) and no later name in {lang!r} is "
                    f"there, though the place goes on"
                )
                yield finding(name.row, "valid", "no-successor", name.name_id, message)


def _usages(survey: Survey) -> Iterator[Problem]:
    groups: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    ends: dict[str, int] = {}
    for use in survey.data.usages:
        name = survey.data.names.get(use.name_id)
        if name is None or use.status == "rejected":
            continue
        last = interval_of(use.valid).end
        ends[use.authority] = max(ends.get(use.authority, 0), last)
        key = (name.place_id, use.authority, primary_language(name.lang))
        groups[key].append(last)
    for use in survey.data.usages:
        name = survey.data.names.get(use.name_id)
        end = _ended(use.valid)
        if name is None or end is None or use.row is None or use.status not in _RULED:
            continue
        place = survey.places.get(name.place_id)
        # an authority that has ended itself names nothing any more
        if place is None or end + _YEAR >= min(place.exists.end, ends[use.authority]):
            continue
        key = (name.place_id, use.authority, primary_language(name.lang))
        followed = any(other > end for other in groups[key])
        if not followed and not _later(survey, name, end):
            message = (
                f"{use.authority} no longer uses {name.name!r} ({use.valid}), and no "
                f"later name in {key[2]!r} is there"
            )
            yield finding(
                use.row,
                "valid",
                "no-successor",
                f"{use.name_id} {use.authority} {use.valid}",
                message,
            )
