"""Values made from others' rows, with what they do not say left blank."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from gazetteer.dates import ALWAYS
from gazetteer.formats.identifiers import place_id_of
from gazetteer.ids import NameId, PlaceId
from gazetteer.model import Link, Place, Relation, Toponym, Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.dates import Interval

__all__ = [
    "FCLASS_OF",
    "TYPE_OF",
    "UNKNOWN_LANGUAGE",
    "country_code",
    "country_place",
    "degrees",
    "link",
    "part_of",
    "place",
    "prior_of",
    "tidy_name",
    "toponym",
    "usage",
]

UNKNOWN_LANGUAGE: Final = "und"
"""BCP 47 for a name whose language is not stated."""

# The class that a type is usually of, and the type where only the class is known.
FCLASS_OF: Final = {
    "admin-unit": "A",
    "city": "P",
    "corridor": "R",
    "country": "A",
    "district": "A",
    "facility": "S",
    "landform": "T",
    "polity": "A",
    "region": "L",
    "town": "P",
    "village": "P",
    "water": "H",
}
TYPE_OF: Final = {
    "A": "admin-unit",
    "H": "water",
    "L": "region",
    "P": "town",
    "R": "facility",
    "S": "facility",
    "T": "landform",
}


def tidy_name(text: str) -> str:
    """Return a name in NFC with single spaces; empty where nothing is left."""
    text = " ".join(text.split())
    return text if text.isascii() else normalize("NFC", text)


def place(
    place_id: PlaceId,
    type_: str,
    fclass: str = "",
    *,
    point: tuple[float, float] | None = None,
    exists: Interval = ALWAYS,
    langs: tuple[str, ...] = (),
    note: str = "",
    toponyms: Sequence[Toponym] = (),
    relations: Sequence[Relation] = (),
    links: Sequence[Link] = (),
) -> Place:
    """Return a place without a dispute: of that only this project's tables speak.

    Its rows are sorted, as those of joined tables are.
    """
    lat, lon = point or (None, None)
    return Place(
        place_id,
        type_,
        fclass or FCLASS_OF[type_],
        lat,
        lon,
        exists,
        langs,
        "",
        "",
        note,
        tuple(sorted(toponyms)),
        tuple(sorted(relations)),
        tuple(sorted(links)),
    )


def toponym(
    name_id: str,
    place_id: PlaceId,
    name: str,
    source: tuple[str, ...],
    *,
    lang: str = UNKNOWN_LANGUAGE,
    form: str = "full",
    valid: Interval = ALWAYS,
    prior: float = 0.0,
    note: str = "",
    usages: tuple[Usage, ...] = (),
) -> Toponym:
    """Return an attested name; ``name`` is tidy."""
    return Toponym(
        NameId(name_id),
        place_id,
        name,
        lang,
        form,
        "",
        "",
        valid,
        False,  # noqa: FBT003  # no outside source decides a homonym
        prior,
        source,
        note,
        usages,
    )


def usage(name_id: str, authority: str, source: str, note: str) -> Usage:
    """Return the statement that a store uses a name."""
    return Usage(NameId(name_id), authority, "used", ALWAYS, source, note)


def link(
    place_id: PlaceId, scheme: str, value: str, source: str, match: str = "exact"
) -> Link:
    """Return a link, undated."""
    return Link(place_id, scheme, value, match, "", ALWAYS, source)


def part_of(
    subject: PlaceId,
    whole: PlaceId,
    according_to: str,
    source: str,
    note: str = "",
    valid: Interval = ALWAYS,
) -> Relation:
    """Return the statement that a place lies in another, by the word of a store."""
    return Relation(subject, "part_of", whole, according_to, valid, source, note)


def degrees(lat: str, lon: str) -> tuple[float, float] | str:
    """Return a point from two texts, or what is wrong with it.

    Examples:
        >>> degrees("42.5", "1.5")
        (42.5, 1.5)
        >>> degrees("142.5", "1.5")
        'a latitude is a number from -90 to 90; if the two are the wrong way round, ...
    """
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return "a point is two numbers of degrees such as 39.8153 and 46.7519"
    if not -90 <= north <= 90:  # noqa: PLR2004
        return (
            "a latitude is a number from -90 to 90; if the two are the wrong way "
            "round, change them over"
        )
    if not -180 <= east <= 180:  # noqa: PLR2004
        return "a longitude is a number from -180 to 180"
    return north, east


def prior_of(population: int) -> float:
    """Return a number from 0 to 1 that grows with the population.

    It orders candidates of one name and decides nothing: it is no measured share of
    uses. A tenth for each power of ten, to three decimals.

    Examples:
        >>> prior_of(0), prior_of(999), prior_of(9_999_999)
        (0.0, 0.3, 0.7)
    """
    return round(min(math.log10(max(population, 0) + 1) / 10, 1.0), 3)


# ---------------------------------------------------------------------------- countries


@cache
def _codes() -> dict[str, tuple[str, str]]:
    path = Path(__file__).with_name("iso3166.tsv")
    pairs = [
        (line.split("\t")[0], line.split("\t")[1])
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    return {code: pair for pair in pairs for code in pair}


def country_code(text: str) -> tuple[str, str] | None:
    """Return the two and three letters of a code of ISO 3166-1, or None.

    Examples:
        >>> country_code("AND")
        ('AD', 'AND')
        >>> country_code("nowhere") is None
        True
    """
    return _codes().get(text.strip().upper())


def country_place(code: str, source: str) -> Place:
    """Return a place that stands for a country of which a store knows only the code.

    It has no names of its own. Where another store holds the country with the same
    code, the two are one through that link.

    Args:
        code: two letters; those that ISO has not assigned are marked as the user's own.
        source: key of the source that has the code.
    """
    known = _codes().get(code)
    scheme = "iso3166-1" if known else "iso3166-1-user"
    place_id = place_id_of(scheme, code)
    links = [link(place_id, scheme, code, source)]
    if known:
        links.append(link(place_id, "iso3166-1-alpha-3", known[1], source))
    return place(
        place_id, "country", links=links, note="known to this store by its code only"
    )
