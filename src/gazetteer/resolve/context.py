"""A context as the caller wrote it becomes a reading: checked, its places resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.dates import parse_interval
from gazetteer.errors import ContextError, DateError
from gazetteer.model import PLACE_TYPES
from gazetteer.resolve.values import Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.dates import Interval
    from gazetteer.model import Place
    from gazetteer.resolve.values import Resolution

__all__ = ["Area", "Reading", "read_context", "tidy"]

_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class Area(NamedTuple):
    """A country or area of a context.

    Attributes:
        field: ``country`` or ``within``.
        value: as the caller wrote it.
        ids: of the places that it means: several where the name is a homonym.
    """

    field: str
    value: str
    ids: frozenset[str]


class Reading(NamedTuple):
    """A context that was checked, with its places resolved and its dates compiled."""

    context: Context
    areas: tuple[Area, ...] = ()
    event: Interval | None = None
    published: Interval | None = None
    mentioned: tuple[tuple[str, Place], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def date(self) -> Interval | None:
        """The date that names are ordered by: that of the event, else of the text."""
        return self.event or self.published


def tidy(context: Context) -> Context:
    """Return a context whose empty fields are None and whose lists are tuples.

    Raises:
        ContextError: if a field holds a value of another kind.

    Examples:
        >>> tidy(Context(country="", mentions=["abc"])) == Context(mentions=("abc",))
        True
    """
    fields: dict[str, Any] = {
        field: value if value not in ("", (), []) else None
        for field, value in context._asdict().items()
    }
    for field, value in fields.items():
        if field in ("near", "mentions") or value is None:
            continue
        if not isinstance(value, str):
            raise ContextError(field, value, "not a text")
    fields["near"] = _point(fields["near"])
    fields["mentions"] = _names(fields["mentions"])
    return Context(**fields)


def _point(value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    reason = "not a latitude from -90 to 90 and a longitude from -180 to 180, degrees"
    try:
        lat, lon = map(float, value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise ContextError("near", value, reason) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004
        raise ContextError("near", value, reason)
    return lat, lon


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise ContextError("mentions", value, "not a list of names")
    names = tuple(value)
    if not all(isinstance(name, str) for name in names):
        raise ContextError("mentions", value, "not a list of names")
    return tuple(name for name in names if name.strip())


def read_context(
    context: Context,
    resolve: Callable[[str, Context], Resolution],
    country_by_code: Callable[[str], Place | None],
) -> Reading:
    """Check a tidy context and resolve the places in it.

    Args:
        context: as `tidy` returns it.
        resolve: decides a name in a context.
        country_by_code: finds a country by its ISO 3166-1 code.

    Raises:
        ContextError: naming the field, and what would have worked.
    """
    if context.type is not None and context.type not in PLACE_TYPES:
        listed = ", ".join(PLACE_TYPES)
        raise ContextError("type", context.type, f"not one of {listed}")
    if context.lang is not None and not _LANG.fullmatch(context.lang):
        raise ContextError("lang", context.lang, "not a BCP 47 tag; 'en' would be")
    areas = []
    notes = []
    if context.country is not None:
        by_code = country_by_code(context.country)
        if by_code is not None:
            ids = frozenset({str(by_code.place_id)})
            areas.append(Area("country", context.country, ids))
        else:
            only = Context(type="country")
            areas.append(_area("country", resolve(context.country, only)))
    if context.within is not None:
        areas.append(_area("within", resolve(context.within, Context())))
    for area in areas:
        if len(area.ids) > 1:
            listed = ", ".join(sorted(area.ids))
            notes.append(
                f"{area.field} {area.value!r} is a homonym; any of {listed} will do"
            )
    mentioned = []
    for name in dict.fromkeys(context.mentions):
        match = resolve(name, Context()).match
        if match is not None:
            mentioned.append((name, match.place))
    return Reading(
        context,
        tuple(areas),
        _date("event", context.event),
        _date("published", context.published),
        tuple(mentioned),
        tuple(notes),
    )


def _area(field: str, answer: Resolution) -> Area:
    if answer.outcome == "ambiguous":
        best = answer.candidates[0].score
        policy = answer.policy
        meant = [
            candidate
            for candidate in answer.candidates
            if candidate.score >= max(policy.accept, best - policy.margin)
        ]
    elif answer.match is not None:
        meant = [answer.match]
    else:
        raise ContextError(field, answer.query, _no_area(field, answer))
    ids = frozenset(str(candidate.place_id) for candidate in meant)
    return Area(field, answer.query, ids)


def _no_area(field: str, answer: Resolution) -> str:
    kind = "country" if field == "country" else "place"
    wanted = f"a name of it, its id or scheme:id of a {kind} in the data would do"
    if not answer.candidates:
        return f"no {kind} of this name in the data; {wanted}"
    near = "; ".join(
        f"{candidate.toponym.name if candidate.toponym else answer.query} "
        f"({candidate.place_id}, {candidate.place.type})"
        for candidate in answer.candidates[:3]
    )
    return f"not surely a {kind} of the data; {wanted}; nearest: {near}"


def _date(field: str, text: str | None) -> Interval | None:
    if text is None:
        return None
    try:
        return parse_interval(text.strip())
    except DateError as error:
        raise ContextError(field, text, str(error)) from error
