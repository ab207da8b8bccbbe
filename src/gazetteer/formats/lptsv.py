"""A row of LP-TSV as a feature of Linked Places Format, which it is short for.

Source: https://github.com/LinkedPasts/linked-places-format/blob/main/tsv_0.5.md
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gazetteer.formats.building import tidy_name
from gazetteer.formats.identifiers import own_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.lpf_place import Where

__all__ = ["HEADER", "feature_of_row"]

HEADER: Final = frozenset({"id", "title", "title_source"})
"""The columns that tell such a file from another."""

# a tag, or what somebody took for one: the reader of features warns of it
_AFTER_AT: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def feature_of_row(
    row: Mapping[str, str], where: Where, faults: Faults
) -> dict[str, Any] | None:
    """Return the feature that a row stands for; None where a fault was noted.

    The matches of a row may be exact or close, so they are taken as close. The years
    are of the place and its names alike; a start alone is open towards today. In a row
    that `gazetteer export` wrote the title is a label and the years are the place's.

    Args:
        row: its cells by header.
        where: it stands.
        faults: where faults are noted.
    """
    cell = {key: (value or "").strip() for key, value in row.items() if key}
    if not cell.get("id") or not cell.get("title"):
        message = "every row has an id and a title"
        faults.error(*where, "id", cell.get("id", ""), "bad-row", message)
        return None
    when = _when(cell.get("start", ""), cell.get("end", ""))
    source = {
        "label": cell.get("title_source", ""),
        "@id": cell.get("title_uri", ""),
        "year": cell.get("attestation_year", ""),
    }
    own = own_id(cell["id"]) is not None
    names: list[dict[str, Any]] = []
    if own:
        # the title may be a pair, and the years are the place's
        when_named: dict[str, Any] = {}
    else:
        when_named = {"when": when}
        names.append({"toponym": cell["title"], "citations": [source], **when_named})
    for variant in _split(cell, "variants"):
        name, at, lang = variant.rpartition("@")
        if not at or not _AFTER_AT.fullmatch(lang):
            name, lang = variant, ""
        if tidy_name(name):
            names.append({"toponym": name, "lang": lang, **when_named})
    kinds = _split(cell, "types", blanks=True)
    concepts = _split(cell, "aat_types", blanks=True)
    width = max(len(kinds), len(concepts))
    types = [
        {
            "label": kinds[at] if at < len(kinds) else "",
            "identifier": f"aat:{concepts[at]}" if at < len(concepts) else "",
        }
        for at in range(width)
    ]
    return {
        "@id": cell["id"],
        "properties": {
            "title": cell["title"],
            "ccodes": _split(cell, "ccodes"),
            "fclasses": [each.strip("[]\"' ") for each in _split(cell, "fclasses")],
        },
        "when": when if own or cell.get("end") else None,
        "names": names,
        "types": types,
        "geometry": _geometry(cell, where, faults),
        "links": [
            {"type": "closeMatch", "identifier": each}
            for each in _split(cell, "matches")
        ],
        "relations": _parent(cell),
    }


def _split(cell: Mapping[str, str], column: str, *, blanks: bool = False) -> list[str]:
    parts = [each.strip() for each in cell.get(column, "").split(";")]
    return parts if blanks else [each for each in parts if each]


def _when(start: str, end: str) -> dict[str, Any] | None:
    if not start and not end:
        return None
    # here, unlike in the format itself, a start without an end means from then on
    return {"timespans": [{"start": {"in": start}, "end": {"in": end or ".."}}]}


def _geometry(
    cell: Mapping[str, str], where: Where, faults: Faults
) -> dict[str, Any] | None:
    if cell.get("geowkt"):
        return {"geowkt": cell["geowkt"]}
    lat, lon = cell.get("lat", ""), cell.get("lon", "")
    if not lat and not lon:
        return None
    try:
        return {"type": "Point", "coordinates": [float(lon), float(lat)]}
    except ValueError:
        message = "a point is two numbers of degrees; the place is kept without one"
        faults.warn(*where, "lat lon", f"{lat} {lon}", "bad-degrees", message)
        return None


def _parent(cell: Mapping[str, str]) -> list[dict[str, Any]]:
    target = cell.get("parent_id", "").removeprefix("#")
    if not target:
        return []
    return [
        {
            "relationType": "gvp:broaderPartitive",
            "relationTo": target,
            "label": cell.get("parent_name", ""),
        }
    ]
