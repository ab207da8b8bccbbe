"""Cells become the context of a name, or the reason why they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import ContextError
from gazetteer.resolve import Context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.gazetteer import Gazetteer

__all__ = ["context_of"]


def context_of(
    gazetteer: Gazetteer, fields: Mapping[str, str]
) -> tuple[Context | None, str]:
    """Return the context that some cells state, or why it cannot be used.

    Args:
        gazetteer: in which a country or an area is looked up.
        fields: field of `CONTEXT_FIELDS` to the text of its cell; empty for nothing.

    Returns:
        The context, None where nothing is stated; and the reason, empty where it can
        be used.
    """
    given = {field: value for field, value in fields.items() if value}
    if not given:
        return None, ""
    lat, lon = given.pop("lat", None), given.pop("lon", None)
    try:
        context = Context(
            country=given.get("country"),
            within=given.get("within"),
            type=given.get("type"),
            lang=given.get("lang"),
            event=given.get("event"),
            published=given.get("published"),
            near=_point(lat, lon),
        )
        gazetteer.resolve("", context=context)  # raises for a value that is no use
    except ContextError as error:
        return None, str(error)
    return context, ""


def _point(lat: str | None, lon: str | None) -> tuple[float, float] | None:
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        field = "lat" if lat is None else "lon"
        raise ContextError(field, "", "a point needs both lat and lon")
    return _degrees("lat", lat, 90), _degrees("lon", lon, 180)


def _degrees(field: str, text: str, limit: int) -> float:
    try:
        degrees = float(text)
    except ValueError:
        raise ContextError(field, text, "not a number of degrees") from None
    if not -limit <= degrees <= limit:
        raise ContextError(field, text, f"not between -{limit} and {limit} degrees")
    return degrees
