"""Suggestions while somebody types, of places, types and properties."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from gazetteer.folding import match_key
from gazetteer.model import PLACE_TYPES
from gazetteer.server.reconciliation.answering import types_of
from gazetteer.server.reconciliation.context import ANY_PLACE
from gazetteer.server.reconciliation.properties import properties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.server.reconciliation.properties import Property
    from gazetteer.server.service import Service

__all__ = [
    "MOST",
    "all_types",
    "shapes",
    "suggest_places",
    "suggest_properties",
    "suggest_types",
]

MOST: Final = 20
"""Suggestions at once."""

_LOOKED_AT: Final = 5_000


def all_types() -> list[dict[str, Any]]:
    """Return the types of places, each under the type of all."""
    broader = {"id": ANY_PLACE, "name": ANY_PLACE}
    found = [{**types_of(each)[0], "broader": [broader]} for each in PLACE_TYPES]
    return [{**broader, "broader": []}, *found]


def suggest_places(
    service: Service, prefix: str, cursor: int = 0, kind: str = ""
) -> list[dict[str, Any]]:
    """Return places with a name that begins as typed, or that is what was typed.

    Args:
        service: whose places are suggested.
        prefix: what was typed: the beginning of a name, an id or ``scheme:id``.
        cursor: how many to pass over.
        kind: a type of places, if only such are wanted.
    """
    text = prefix.strip()
    if not text:
        return []
    answer = service.gazetteer.resolve(text)
    shown: dict[str, str] = {}
    if answer.outcome != "unmatched":
        for candidate in answer.candidates:
            toponym = candidate.toponym
            shown.setdefault(candidate.place_id, toponym.name if toponym else text)
    key = str(match_key(text))
    begin = islice(service.catalogue.beginning_with(text), _LOOKED_AT)
    # whole names first, then the shorter ones, of which more was typed
    for each in sorted(begin, key=lambda each: (each.key != key, len(each.key), each)):
        shown.setdefault(each.place_id, each.name)
    if not shown:
        for candidate in answer.candidates:
            toponym = candidate.toponym
            shown.setdefault(candidate.place_id, toponym.name if toponym else text)
    wanted = [
        (place_id, name)
        for place_id, name in shown.items()
        if kind in ("", ANY_PLACE) or service.gazetteer[place_id].type == kind
    ]
    return [
        {
            "id": str(place_id),
            "name": service.describer.title(place_id),
            "description": f"{name}: {service.describer.description(place_id)}",
            "notable": types_of(service.gazetteer[place_id].type),
        }
        for place_id, name in wanted[cursor : cursor + MOST]
    ]


def suggest_types(prefix: str, cursor: int = 0) -> list[dict[str, Any]]:
    """Return the types whose id or a word of whose name begins as typed."""
    found = [each for each in all_types() if _begins(prefix, each["id"], each["name"])]
    return found[cursor : cursor + MOST]


def suggest_properties(
    service: Service, prefix: str, cursor: int = 0
) -> list[dict[str, str]]:
    """Return the properties whose id or a word of whose name begins as typed."""
    every = properties(service.gazetteer)
    found = [each for each in every if _begins(prefix, each.pid, each.name)]
    return shapes(found[cursor : cursor + MOST])


def shapes(found: Iterable[Property]) -> list[dict[str, str]]:
    """Return properties as the specification has them."""
    return [
        {"id": each.pid, "name": each.name, "description": each.description}
        for each in found
    ]


def _begins(prefix: str, identifier: str, name: str) -> bool:
    typed = prefix.strip().casefold()
    texts = (identifier, name, *name.split(), *identifier.split(":"))
    return any(text.casefold().startswith(typed) for text in texts)
