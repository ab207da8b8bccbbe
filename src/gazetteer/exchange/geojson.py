"""Places as GeoJSON (RFC 7946): a point each, and all their rows as properties.

Source: https://datatracker.ietf.org/doc/html/rfc7946
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from gazetteer.dates import Interval
from gazetteer.exchange.describing import Describer
from gazetteer.formats.geojson import MARK, MEMBER
from gazetteer.tables.columns import TABLES
from gazetteer.writing import whole_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gazetteer.exchange.losses import Losses
    from gazetteer.exchange.options import ExportOptions
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place

__all__ = ["write_geojson"]

_BESIDE: Final = ("sources", "authorities", "disputes")


def write_geojson(
    gazetteer: Gazetteer, path: Path, options: ExportOptions, losses: Losses
) -> None:
    """Write a collection, a feature on each line."""
    describer = Describer(gazetteer, options.langs[0])
    tables = gazetteer.tables
    others: dict[str, Any] = {"format": MARK, "version": gazetteer.version}
    for name in _BESIDE:
        rows = getattr(tables, name).values()
        others[name] = [dict(_cells(name, row)) for row in rows]
    others["phrases"] = [dict(_cells("phrases", row)) for row in tables.phrases]
    for name in gazetteer.perspectives:
        losses.note("perspectives", "the format has no rules", name)
    with (
        whole_path(path) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.write(f'{{"type": "FeatureCollection", "{MEMBER}": {_json(others)},\n')
        stream.write('"features": [')
        end = "\n"
        for place in tables.places.values():
            stream.write(
                f"{end}{_json(_feature(gazetteer, describer, place, options))}"
            )
            end = ",\n"
        stream.write("\n]}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _feature(
    gazetteer: Gazetteer, describer: Describer, place: Place, options: ExportOptions
) -> dict[str, Any]:
    cells = dict(_cells("places", place))
    lat, lon = cells.pop("lat", None), cells.pop("lon", None)
    point = None
    if lat is not None and lon is not None:
        point = {"type": "Point", "coordinates": [lon, lat]}
    parties = describer.parties(place)
    return {
        "type": "Feature",
        "id": f"{options.base}{place.place_id}",
        "geometry": point,
        "properties": {
            "title": describer.title(place.place_id),
            **_labels(gazetteer, place, options),
            **cells,
            **({"parties": parties} if parties else {}),
            "names": [
                {
                    **dict(_cells("names", row, "place_id")),
                    "usages": [
                        dict(_cells("usages", use, "name_id")) for use in row.usages
                    ],
                }
                for row in place.toponyms
            ],
            "relations": [
                dict(_cells("relations", row, "subject")) for row in place.relations
            ],
            "links": [
                dict(_cells("links", row, "place_id")) for row in place.link_rows
            ],
        },
    }


def _labels(
    gazetteer: Gazetteer, place: Place, options: ExportOptions
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for perspective in options.perspectives:
        for lang in options.langs:
            label = gazetteer.label(place, perspective, lang=lang)
            # what is withheld may be one side's name alone
            text = None if label.withheld else label.bare
            found[f"label_{perspective}_{lang}"] = text
    return found


def _cells(table: str, row: Iterable[Any], without: str = "") -> Iterator[Any]:
    """Yield the columns in which something stands, with values of JSON."""
    for name, value in zip(TABLES[table].header, row, strict=False):
        if name == without:
            continue
        if isinstance(value, Interval):
            if value.dated:
                yield name, value.text
        elif isinstance(value, bool):
            if value:
                yield name, "yes"
        elif isinstance(value, tuple):
            if value:
                yield name, list(value)
        elif value is not None and value != "" and (value or name != "prior"):
            yield name, value
