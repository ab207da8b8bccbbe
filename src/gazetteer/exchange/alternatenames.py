"""Names as rows of GeoNames' alternateNamesV2, for features that GeoNames has.

Source: https://download.geonames.org/export/dump/readme.txt
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final

from gazetteer.exchange.linkedplaces import note_others
from gazetteer.exchange.naming import merged_names, printed_names
from gazetteer.formats.alternates import CODES
from gazetteer.formats.building import UNKNOWN_LANGUAGE
from gazetteer.ids import id_number
from gazetteer.tables.columns import TABLES
from gazetteer.writing import whole_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.exchange.losses import Losses
    from gazetteer.exchange.options import ExportOptions
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place, Toponym

__all__ = ["write_alternate_names"]

_FIRST: Final = 1 << 30
"""From here on our ids of names are numbers; those of GeoNames are far below."""
_FIRST_OTHER: Final = 900_000_000
_LONGEST_TAG: Final = 7
_LONGEST_NAME: Final = 400
_MARK: Final = re.compile("[~?%]")

_NO_COLUMN: Final = "the file has no column for it"
_NAMES: Final = (
    "name_id",
    "translit",
    "from_name",
    "default_sense",
    "prior",
    "sources",
    "note",
)
_PLACES: Final = tuple(TABLES["places"].header[1:])
_CODE_OF: Final = {scheme: (pseudo, of) for pseudo, (scheme, of) in CODES.items()}


def write_alternate_names(
    gazetteer: Gazetteer, path: Path, options: ExportOptions, losses: Losses
) -> None:
    """Write the file; titles and labels are not asked for in it."""
    del options
    others = count(_FIRST_OTHER)
    with (
        whole_path(path) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        for place in gazetteer.tables.places.values():
            feature = _feature_of(place, losses)
            if not feature:
                continue
            for name_id, cells in (
                *_names(place, losses),
                *_links(place, feature, losses),
            ):
                own = id_number(name_id, "nm")
                number = next(others) if own is None else _FIRST + own
                stream.write("\t".join((str(number), feature, *cells)) + "\n")
    _note_tables(gazetteer, losses)


def _feature_of(place: Place, losses: Losses) -> str:
    """Return the id of the feature to which the names are put; empty for none."""
    ids = sorted(place.links.get("geonames", ()), key=lambda text: (len(text), text))
    if not ids:
        why = "the file is of features of GeoNames, and no exact link leads to one"
        losses.note("places", why, place.place_id)
        return ""
    losses.note_cells("places", place, _PLACES, "the file is of names alone")
    why = "who says so has no place there"
    losses.note("relations", why, place.place_id, len(place.relations))
    return ids[0]


def _names(place: Place, losses: Losses) -> Iterator[tuple[str, tuple[str, ...]]]:
    kept = []
    for row in printed_names(place, losses, derived=False):
        if len(row.lang) > _LONGEST_TAG:
            why = f"a language has {_LONGEST_TAG} characters there"
            losses.note("names", why, row.name_id)
        elif len(row.name) > _LONGEST_NAME or "\t" in row.name:
            why = f"a name has {_LONGEST_NAME} characters there, and no tab"
            losses.note("names", why, row.name_id)
        else:
            kept.append(row)
    rows = merged_names(
        kept,
        losses,
        lambda row: (row.name, _language(row), row.form == "short"),
        (*_NAMES, "valid"),
    )
    for row in rows:
        yield row.name_id, _name(row, losses)


def _language(row: Toponym) -> str:
    if row.lang != UNKNOWN_LANGUAGE:
        return row.lang
    return "abbr" if row.form == "abbr" else ""


def _name(row: Toponym, losses: Losses) -> tuple[str, ...]:
    losses.note_cells("names", row, _NAMES, _NO_COLUMN)
    losses.note("usages", _NO_COLUMN, row.name_id, len(row.usages))
    language = _language(row)
    short = row.form == "short"
    if not short and language != "abbr" and row.form != "full":
        losses.note("names.form", "of forms it tells short ones only", row.name_id)
    start, slash, end = _MARK.sub("", row.valid.text).replace("..", "").partition("/")
    if not slash:
        end = start
    if row.valid.dated and f"{start}/{end}" != row.valid.text:
        why = "doubt, open ends and single dates are not told from the rest"
        losses.note("names.valid", why, row.name_id)
    historic = bool(end)
    marks = ("", "1" if short else "", "", "1" if historic else "")
    return (language, row.name, *marks, start, end)


def _links(
    place: Place, feature: str, losses: Losses
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the codes that GeoNames has a pseudo language for."""
    for row in place.link_rows:
        what = f"{row.place_id} {row.scheme}:{row.id}"
        if (row.scheme, row.match) == ("geonames", "exact"):
            if row.id != feature:
                losses.note("links", "the names are put to one feature", what)
                continue
        else:
            pseudo, classes = _CODE_OF.get(row.scheme, ("", ""))
            if row.match != "exact" or place.fclass not in classes:
                losses.note("links", "GeoNames has no pseudo language for it", what)
                continue
            yield "", (pseudo, row.id, "", "", "", "", "", "")
        losses.note_cells("links", row, ("edition", "valid", "source"), _NO_COLUMN)


def _note_tables(gazetteer: Gazetteer, losses: Losses) -> None:
    for key in gazetteer.tables.sources:
        losses.note("sources", _NO_COLUMN, key)
    for key in gazetteer.tables.authorities:
        losses.note("authorities", _NO_COLUMN, key)
    note_others(gazetteer, losses, _NO_COLUMN)
