"""A place as JSON: all its rows, every key present, null where empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gazetteer.model import Place

__all__ = ["place_shape"]


def place_shape(place: Place, title: str, version: str) -> dict[str, Any]:
    """Return a place as JSON has it.

    Args:
        place: what is shown.
        title: that heads it on a screen.
        version: of the data.
    """
    return {
        "place_id": place.place_id,
        "title": title,
        "type": place.type,
        "fclass": place.fclass,
        "lat": place.lat,
        "lon": place.lon,
        "exists": place.exists.text or None,
        "langs": list(place.langs),
        "dispute": place.dispute or None,
        "replaced_by": place.replaced_by or None,
        "note": place.note or None,
        "links": place.links,
        "names": [
            {
                "name_id": row.name_id,
                "name": row.name,
                "lang": row.lang,
                "form": row.form,
                "translit": row.translit or None,
                "from_name": row.from_name or None,
                "valid": row.valid.text or None,
                "default_sense": row.default_sense,
                "sources": list(row.sources),
                "note": row.note or None,
                "usages": [_statement(usage) for usage in row.usages],
            }
            for row in place.toponyms
        ],
        "relations": [_statement(row) for row in place.relations],
        "data_version": version,
    }


def _statement(row: Any) -> dict[str, Any]:
    shape = row._asdict()
    shape.pop("name_id", None)
    return {
        key: (value.text or None) if key == "valid" else (value or None)
        for key, value in shape.items()
    }
