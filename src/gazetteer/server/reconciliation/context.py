"""The properties of a query become the context in which its name is resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.batch.values import text_of
from gazetteer.errors import ContextError
from gazetteer.model import PLACE_TYPES
from gazetteer.resolve import Context
from gazetteer.server.reconciliation.messages import EntityValue
from gazetteer.server.reconciliation.properties import CONTEXT

if TYPE_CHECKING:
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.server.reconciliation.messages import Query

__all__ = ["ANY_PLACE", "Asked", "read_query"]

ANY_PLACE: Final = "place"
"""The type of all places."""

_LINK: Final = "link:"
_NUMBER: Final = r"[-+]?\d+(?:\.\d+)?"
_POINT: Final = re.compile(rf"({_NUMBER})\s*[,;\s]\s*({_NUMBER})")
# well-known text has the longitude first
_WKT: Final = re.compile(rf"POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)", re.IGNORECASE)
_FIELDS: Final = frozenset(each.pid for each in CONTEXT)


class Asked(NamedTuple):
    """What a query asks.

    Attributes:
        text: the name; empty for none.
        context: None where nothing is stated.
        types: of which the match must be, where several would do; else empty.
        links: ids in other schemes that the match must have, as ``scheme:id``.
        unusable: why the context cannot be used; empty where it can.
    """

    text: str
    context: Context | None
    types: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    unusable: str = ""


def read_query(gazetteer: Gazetteer, query: Query) -> Asked:
    """Read a query.

    A value that cannot be used is no error: one misspelt district must not cost the
    whole batch.
    """
    text = (query.query or "").strip()
    links: list[str] = []
    try:
        values = _values(gazetteer, query, links)
        types = _types(query)
        if len(types) == 1 and "type" not in values:
            values["type"] = [*types]
        context = _context(gazetteer, values)
        gazetteer.read_context(context)
    except ContextError as error:
        return Asked(text, None, frozenset(), tuple(links), str(error))
    return Asked(
        text,
        None if context == Context() else context,
        types if len(types) > 1 else frozenset(),
        tuple(links),
    )


def _types(query: Query) -> frozenset[str]:
    types = frozenset(query.types) - {ANY_PLACE}
    for each in types - set(PLACE_TYPES):
        listed = ", ".join((ANY_PLACE, *PLACE_TYPES))
        raise ContextError("type", each, f"not one of {listed}")
    return types


def _values(
    gazetteer: Gazetteer, query: Query, links: list[str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in query.properties:
        given = each.v if isinstance(each.v, list) else [each.v]
        texts = [_text(gazetteer, value) for value in given if value is not None]
        texts = [text for text in dict.fromkeys(texts) if text]
        if each.pid.startswith(_LINK):
            scheme = each.pid.removeprefix(_LINK)
            links += [f"{scheme}:{text}" for text in texts]
        elif each.pid in _FIELDS:
            found.setdefault(each.pid, []).extend(texts)
        else:
            listed = ", ".join(sorted(_FIELDS))
            reason = f"no property of queries; there are: {listed}, {_LINK}SCHEME"
            raise ContextError(each.pid, texts[0] if texts else "", reason)
    return {pid: texts for pid, texts in found.items() if texts}


def _text(gazetteer: Gazetteer, value: object) -> str:
    if not isinstance(value, EntityValue):
        return text_of(value).strip()
    # what was reconciled elsewhere has no id here
    known = gazetteer.resolve(value.id).match is not None
    return value.id if known or not value.name else value.name.strip()


def _context(gazetteer: Gazetteer, values: dict[str, list[str]]) -> Context:
    mentions = tuple(values.pop("mentions", ()))
    for field, texts in values.items():
        if len(texts) > 1:
            reason = "several values; one would do"
            raise ContextError(field, " | ".join(texts), reason)
    one = {field: texts[0] for field, texts in values.items()}
    context = Context(
        country=one.get("country"),
        within=one.get("within"),
        near=_near(one),
        type=None if one.get("type") == ANY_PLACE else one.get("type"),
        lang=one.get("lang"),
        event=one.get("date"),
        published=one.get("published"),
        mentions=mentions,
    )
    if "district" in one:
        context = context._replace(
            within=_district(gazetteer, one["district"], context)
        )
    return context


def _district(gazetteer: Gazetteer, district: str, context: Context) -> str:
    """Return the id of a district if it is known as one, else its name.

    What is said of where the place lies says where the district lies.
    """
    where = Context(country=context.country, within=context.within, type="district")
    match = gazetteer.resolve(district, context=where).match
    return str(match.place_id) if match else district


def _near(one: dict[str, str]) -> tuple[float, float] | None:
    reason = "not a latitude and a longitude in degrees, such as 51.5, -0.1"
    written = one.get("coordinates")
    if written is not None:
        if found := _WKT.fullmatch(written):
            return _degrees(found[2], found[1], written)
        if found := _POINT.fullmatch(written.strip("()[] ")):
            return _degrees(found[1], found[2], written)
        raise ContextError("coordinates", written, reason)
    lat, lon = one.get("lat"), one.get("lon")
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        field = "lat" if lat is None else "lon"
        raise ContextError(field, "", "a point needs both lat and lon")
    return _degrees(lat, lon, f"{lat}, {lon}")


def _degrees(lat: str, lon: str, written: str) -> tuple[float, float]:
    try:
        return float(lat), float(lon)
    except ValueError:
        reason = "not numbers of degrees"
        raise ContextError("coordinates", written, reason) from None
