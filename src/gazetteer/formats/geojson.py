"""This project's own tables out of GeoJSON, as `gazetteer export` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from gazetteer.formats.database import DatabaseTables
from gazetteer.formats.faults import SourceError
from gazetteer.formats.inputs import Input
from gazetteer.formats.jsonstream import members
from gazetteer.tables.columns import TABLES
from gazetteer.tables.raw import UNVERSIONED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.tables.raw import RawTables

__all__ = ["MARK", "MEMBER", "GeoJsonTables"]

MEMBER: Final = "gazetteer"
"""The member of the collection that holds what is no feature."""
MARK: Final = "gazetteer-geojson/1"
"""By which such a file is known."""
_NESTED: Final = {"names": "place_id", "relations": "subject", "links": "place_id"}
_BESIDE: Final = ("sources", "authorities", "disputes", "phrases")


class GeoJsonTables(DatabaseTables):
    """The places of GeoJSON files that were exported from here."""

    format: ClassVar[str] = "geojson"

    def _raw(self, source: Path) -> RawTables:
        rows: dict[str, list[list[Any]]] = {name: [] for name in TABLES}
        others: dict[str, Any] = {}
        name = str(source)
        with Input(name).open() as (stream, _):
            for member in members(stream, name, "features"):
                if member.key == MEMBER and isinstance(member.value, dict):
                    others = member.value
                elif member.key == "features":
                    try:
                        for table, row in _rows(member.value):
                            rows[table].append(row)
                    except (AttributeError, TypeError, KeyError, ValueError):
                        message = "not a feature as gazetteer export writes them"
                        self.faults.error(
                            name, member.line, "", "", "bad-feature", message
                        )
        self.faults.settle()
        if others.get("format") != MARK:
            reason = (
                f"it has no member {MEMBER!r} of the format {MARK!r}; other GeoJSON is "
                f"read as Linked Places, where its features have names"
            )
            raise SourceError(name, reason)
        for table in _BESIDE:
            try:
                rows[table] = [_row(table, each) for each in others.get(table, ())]
            except (AttributeError, TypeError) as error:
                reason = f"{MEMBER}.{table} is no list of objects"
                raise SourceError(name, reason) from error
        return self._made(source, rows, str(others.get("version") or UNVERSIONED))


def _row(table: str, cells: dict[str, Any]) -> list[Any]:
    return [cells.get(name, "") for name in TABLES[table].header]


def _rows(feature: Any) -> Iterator[tuple[str, list[Any]]]:
    properties = feature["properties"]
    place_id = properties["place_id"]
    point = feature["geometry"]
    if point is not None:
        lon, lat = point["coordinates"]
        properties = {**properties, "lat": float(lat), "lon": float(lon)}
    yield "places", _row("places", properties)
    for table, key in _NESTED.items():
        for each in properties.get(table, ()):
            yield table, _row(table, {**each, key: place_id})
    for each in properties.get("names", ()):
        for use in each.get("usages", ()):
            yield "usages", _row("usages", {**use, "name_id": each["name_id"]})
