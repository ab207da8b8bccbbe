"""A row of LP-TSV for each place.

Source: https://github.com/LinkedPasts/linked-places-format/blob/main/tsv_0.5.md
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gazetteer.exchange.cells import number_text
from gazetteer.exchange.describing import Describer
from gazetteer.exchange.linkedplaces import CONCEPTS, note_others
from gazetteer.exchange.naming import merged_names, printed_names
from gazetteer.formats.identifiers import short_of
from gazetteer.writing import whole_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.exchange.losses import Losses
    from gazetteer.exchange.options import ExportOptions
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Link, Place, Toponym

__all__ = ["COLUMNS", "write_lp_tsv"]

COLUMNS: Final = (
    "id",
    "title",
    "title_source",
    "fclasses",
    "aat_types",
    "attestation_year",
    "start",
    "end",
    "matches",
    "variants",
    "types",
    "lon",
    "lat",
    "description",
)
_NO_COLUMN: Final = "the format has no column for it"
_ONE_CELL: Final = "all names of a place are in one cell, each with its language alone"
_NAMES: Final = (
    "name_id",
    "translit",
    "from_name",
    "default_sense",
    "prior",
    "sources",
    "note",
    "valid",
)
_PLACES: Final = ("langs", "dispute", "replaced_by", "note")
_SEPARATORS: Final = re.compile(r"[;\t\r\n]")
_MARK: Final = re.compile("[~?%]")
_YEAR: Final = re.compile(r"\d{4}")


def write_lp_tsv(
    gazetteer: Gazetteer, path: Path, options: ExportOptions, losses: Losses
) -> None:
    """Write the table; cells are not quoted, as the format has it."""
    describer = Describer(gazetteer, options.langs[0])
    cited = f"gazetteer, data {gazetteer.version}"
    year = _YEAR.search(gazetteer.version)
    with (
        whole_path(path) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.write("\t".join(COLUMNS) + "\n")
        for place in gazetteer.tables.places.values():
            start, end = _span(place, losses)
            losses.note_cells("places", place, _PLACES, _NO_COLUMN)
            why = "a parent there has nobody who says so"
            losses.note("relations", why, place.place_id, len(place.relations))
            concept = CONCEPTS.get(place.type, "") if place.fclass == "P" else ""
            cells = (
                place.place_id,
                describer.title(place.place_id),
                cited,
                place.fclass,
                concept,
                year[0] if year else "",
                start,
                end,
                ";".join(_matches(place, losses)),
                ";".join(_variants(place, losses)),
                place.type,
                number_text(place.lon),
                number_text(place.lat),
                describer.description(place.place_id),
            )
            stream.write("\t".join(" ".join(cell.split()) for cell in cells) + "\n")
        _note_tables(gazetteer, losses)


def _span(place: Place, losses: Losses) -> tuple[str, str]:
    """Return the years of a place, and count where they say less than the interval."""
    valid = place.exists
    if not valid.dated:
        return "", ""
    start, slash, end = _MARK.sub("", valid.text).replace("..", "").partition("/")
    if not slash:
        end = start
    if f"{start or '..'}/{end or '..'}" != valid.text:
        why = "doubt and unknown ends are not told from certain and open ones"
        losses.note("places.exists", why, place.place_id)
    return start, end


def _variants(place: Place, losses: Losses) -> Iterator[str]:
    rows = merged_names(
        printed_names(place, losses, derived=False),
        losses,
        lambda row: (row.name, row.lang),
        _NAMES,
    )
    for row in rows:
        if _SEPARATORS.search(row.name):
            losses.note("names", "a name has no semicolon in it there", row.name_id)
            continue
        _note_name(row, losses)
        yield f"{row.name}@{row.lang}"


def _note_name(row: Toponym, losses: Losses) -> None:
    losses.note_cells("names", row, _NAMES, _ONE_CELL)
    if row.form != "full":
        losses.note("names.form", _ONE_CELL, row.name_id)
    losses.note("usages", _ONE_CELL, row.name_id, len(row.usages))


def _matches(place: Place, losses: Losses) -> Iterator[str]:
    for row in place.link_rows:
        target = short_of(row.scheme, row.id)
        what = f"{row.place_id} {row.scheme}:{row.id}"
        if row.match not in ("exact", "close"):
            losses.note("links", "its matches are exact or close", what)
        elif not target:
            losses.note("links", f"the scheme {row.scheme} has no prefix there", what)
        else:
            _note_link(row, what, losses)
            yield target


def _note_link(row: Link, what: str, losses: Losses) -> None:
    losses.note_cells("links", row, ("edition", "valid", "source"), _NO_COLUMN)
    if row.match == "exact":
        losses.note("links.match", "exact and close are not told apart", what)


def _note_tables(gazetteer: Gazetteer, losses: Losses) -> None:
    for key in gazetteer.tables.sources:
        losses.note("sources", _ONE_CELL, key)
    for key in gazetteer.tables.authorities:
        losses.note("authorities", _NO_COLUMN, key)
    note_others(gazetteer, losses)
