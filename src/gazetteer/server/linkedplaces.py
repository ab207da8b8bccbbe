"""A place as a feature of the Linked Places format, version 1.3.

Source: https://github.com/LinkedPasts/linked-places-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gazetteer.server.describing import PLACED

if TYPE_CHECKING:
    from gazetteer.dates import Interval
    from gazetteer.model import Place, Toponym
    from gazetteer.server.service import Service

__all__ = ["linked_places"]

CONTEXT: Final = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
_MATCHES: Final = {"exact": "exactMatch", "close": "closeMatch"}


def linked_places(service: Service, place: Place, base: str) -> dict[str, Any]:
    """Return a collection of the one place.

    What the format has no word for is left out: forms for matching, the status of a
    usage, and who makes a statement but as a citation.

    Args:
        service: that describes places.
        place: what is shown.
        base: address of the service.
    """
    feature: dict[str, Any] = {
        "@id": f"{base}/places/{place.place_id}",
        "type": "Feature",
        "properties": {
            "title": service.describer.title(place.place_id),
            "fclasses": [place.fclass],
        },
        "types": [{"label": place.type}],
        "names": [
            _name(service, row) for row in place.toponyms if row.form != "hidden"
        ],
        "geometry": _point(place),
        "links": [
            {
                "type": _MATCHES[row.match],
                "identifier": f"{row.scheme}:{row.id}",
            }
            for row in place.link_rows
            if row.match in _MATCHES
        ],
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": f"{base}/places/{row.object}",
                "label": service.describer.statement(row),
                **_when(row.valid),
                "citations": [_citation(service, row.source)],
            }
            for row in place.relations
            if row.predicate in PLACED and row.object
        ],
        **_when(place.exists),
    }
    return {"type": "FeatureCollection", "@context": CONTEXT, "features": [feature]}


def _point(place: Place) -> dict[str, Any] | None:
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _name(service: Service, row: Toponym) -> dict[str, Any]:
    keys = {*row.sources, *(usage.source for usage in row.usages)} - {""}
    return {
        "toponym": row.name,
        "lang": row.lang,
        "citations": [_citation(service, key) for key in sorted(keys)],
        **_when(row.valid),
    }


def _citation(service: Service, key: str) -> dict[str, str]:
    source = service.gazetteer.tables.sources.get(key)
    if source is None:
        return {"label": key}
    cited = {"label": source.title or key}
    return {**cited, "@id": source.url} if source.url else cited


def _when(valid: Interval) -> dict[str, Any]:
    if not valid.dated:
        return {}
    start, slash, end = valid.text.partition("/")
    span: dict[str, Any] = {}
    if start not in ("", ".."):
        span["start"] = {"in": start}
    if slash and end not in ("", ".."):
        span["end"] = {"in": end}
    elif not slash:
        span["end"] = {"in": start}
    return {"when": {"timespans": [span]}} if span else {}
