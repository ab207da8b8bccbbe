"""Places made by hand, a few words each, for tests that need just these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.dates import parse_interval
from gazetteer.ids import PlaceId, is_id
from gazetteer.model import Link, Place, Relation, Tables, Toponym

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["named", "place", "related", "tables"]


def named(name: str, place_id: str = "", **fields: object) -> Toponym:
    """A toponym; its id is its text and place unless given."""
    fields = {
        "name_id": f"nm-{place_id}-{name}",
        "lang": "en",
        "form": "full",
        "translit": "",
        "from_name": "",
        "valid": "",
        "default_sense": False,
        "prior": 0.0,
        "sources": ("made",),
        "note": "",
        **fields,
    }
    fields["valid"] = parse_interval(str(fields["valid"]))
    return Toponym(place_id=PlaceId(place_id), name=name, **fields)


def related(
    subject: str, predicate: str, obj: str, party: str = "p", valid: str = ""
) -> Relation:
    return Relation(
        PlaceId(subject), predicate, obj, party, parse_interval(valid), f"s-{party}", ""
    )


def place(
    place_id: str,
    *names: str | Toponym,
    type: str = "town",  # noqa: A002
    at: tuple[float, float] | None = None,
    exists: str = "",
    dispute: str = "",
    replaced_by: str = "",
    relations: Iterable[Relation] = (),
    links: Iterable[str] = (),
) -> Place:
    """A place; a name is a text or `named`, a link is ``scheme:id`` or ``~scheme:id``."""
    toponyms = tuple(
        name._replace(
            place_id=PlaceId(place_id),
            name_id=name.name_id.replace("nm--", f"nm-{place_id}-"),
        )
        if isinstance(name, Toponym)
        else named(name, place_id)
        for name in names
    )
    rows = []
    for link in links:
        close, scheme, value = re.fullmatch(r"(~?)([^:]+):(.+)", link).groups()
        match = "close" if close else "exact"
        rows.append(
            Link(
                PlaceId(place_id), scheme, value, match, "", parse_interval(""), "made"
            )
        )
    lat, lon = at or (None, None)
    return Place(
        PlaceId(place_id), type, "P", lat, lon, parse_interval(exists), (), dispute,
        replaced_by, "", toponyms, tuple(relations), tuple(rows),
    )  # fmt: skip


def tables(*places: Place) -> Tables:
    return Tables({each.place_id: each for each in places}, {}, {}, {}, (), "0", ())


assert is_id("gz-0000012", "gz")
