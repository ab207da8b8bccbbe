"""Where a text names places, as values that JSON Lines and GeoJSON can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.desk.positions import Positions
from gazetteer.documents import mentions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.desk.positions import Position
    from gazetteer.documents import Document
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.resolve import Context
    from gazetteer.text import Mention

__all__ = ["feature_collection", "mention_rows"]

_CANDIDATES = 5


def mention_rows(
    gazetteer: Gazetteer,
    document: Document,
    *,
    file: str = "-",
    lang: str | None = None,
    context: Context | None = None,
) -> list[dict[str, Any]]:
    """Return one object for each mention: every key present, null where empty.

    Args:
        gazetteer: the data in use.
        document: as `gazetteer.documents.open_document` returns it.
        file: what to call it.
        lang: BCP 47 tag of its texts, which wins over what the document says.
        context: what else is known of the places.
    """
    positions = Positions(document)
    return [
        _row(each, positions.of(text, each.start, each.end), file)
        for text in document.texts
        for each in mentions_of(
            gazetteer, text, lang=lang, markup=document.markup, context=context
        )
    ]


def feature_collection(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the rows of mentions as GeoJSON; a vague place has no geometry.

    https://www.rfc-editor.org/rfc/rfc7946
    """
    features = []
    for row in rows:
        properties = {key: row[key] for key in row if key not in ("lat", "lon")}
        known = row["lat"] is not None and row["lon"] is not None
        point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        features.append(
            {
                "type": "Feature",
                "geometry": point if known else None,
                "properties": properties,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _row(mention: Mention, position: Position, file: str) -> dict[str, Any]:
    resolution = mention.resolution
    match = resolution.match if resolution is not None else None
    candidates = resolution.candidates if resolution is not None else ()
    place = match.place if match is not None else None
    return {
        "file": file,
        "where": position.where or None,
        "start": position.start,
        "end": position.end,
        "line": position.line,
        "column": position.column,
        "text": mention.text,
        "role": mention.role,
        "reason": mention.reason or None,
        "reported": mention.reported,
        "outcome": resolution.outcome if resolution is not None else None,
        "place_id": place.place_id if place is not None else None,
        "score": match.score if match is not None else None,
        "type": place.type if place is not None else None,
        "lat": place.lat if place is not None else None,
        "lon": place.lon if place is not None else None,
        "links": place.links if place is not None else {},
        "candidates": [
            {
                "place_id": each.place.place_id,
                "type": each.place.type,
                "score": each.score,
            }
            for each in candidates[:_CANDIDATES]
        ],
    }
