"""Ids of other stores: their schemes, their web addresses, and our place ids for them.

A place of another store has an id that carries its scheme, such as ``gn-`` and a number
for GeoNames, so that ids of several stores never meet.
"""

from __future__ import annotations

import re
from typing import Final

from gazetteer.ids import PlaceId

__all__ = ["SCHEME", "parse_identifier", "place_id_of", "tidy_id"]

# A scheme is a slug, as in links.csv; `gz` is this project's own.
SCHEME: Final = re.compile(r"(?!gz(?:-|$))[a-z0-9]+(?:[-.][a-z0-9]+)*")

_SHORT: Final = {"geonames": "gn", "wikidata": "wd"}

# Addresses and the prefixes that Linked Places Format gives them:
# https://github.com/LinkedPasts/linked-places-format#links-encouraged
_KNOWN: Final = tuple(
    (scheme, re.compile(pattern))
    for scheme, pattern in (
        ("geonames", r"(?:https?://(?:(?:www|sws)\.)?geonames\.org/|gn:)(\d+)\b.*"),
        (
            "wikidata",
            r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:)(Q\d+)\b.*",
        ),
        ("tgn", r"(?:https?://vocab\.getty\.edu/(?:page/)?tgn/|tgn:)(\d+)\b.*"),
        ("pleiades", r"(?:https?://pleiades\.stoa\.org/places/|pl:)(\d+)\b.*"),
        ("viaf", r"(?:https?://(?:www\.)?viaf\.org/viaf/|viaf:)(\d+)\b.*"),
        ("gnd", r"(?:https?://d-nb\.info/gnd/|gnd:)([0-9X-]+)"),
        ("gov", r"(?:http://gov\.genealogy\.net/(?:item/show/)?|gov:)(\w+)"),
        ("loc", r"(?:https?://id\.loc\.gov/authorities/\w+/|loc:)(\w+)"),
        ("bnf", r"(?:https?://data\.bnf\.fr/(?:ark:/\w+/)?|bnf:)(\w+)"),
        ("dbpedia", r"(?:https?://dbpedia\.org/(?:resource|page)/|dbp:)(\S+)"),
        ("cerl", r"(?:https?://data\.cerl\.org/thesaurus/|cerl:)(\w+)"),
        (
            "wikipedia",
            r"(?:https?://(?P<lang>[a-z-]+)\.(?:m\.)?wikipedia\.org/wiki/)([^?#\s]+).*",
        ),
    )
)


def parse_identifier(text: str) -> tuple[str, str] | None:
    """Return the scheme and the id in it of a known address or prefixed id.

    An article of Wikipedia has the id ``lang:title``, since titles are not the same in
    all languages.

    Examples:
        >>> parse_identifier("https://www.geonames.org/2657780/")
        ('geonames', '2657780')
        >>> parse_identifier("wd:Q321381")
        ('wikidata', 'Q321381')
        >>> parse_identifier("https://en.wikipedia.org/wiki/Place_name")
        ('wikipedia', 'en:Place_name')
        >>> parse_identifier("somewhere") is None
        True
    """
    for scheme, pattern in _KNOWN:
        found = pattern.fullmatch(text.strip())
        if found is not None:
            value = found[found.lastindex or 1]
            lang = found.groupdict().get("lang")
            return scheme, f"{lang}:{value}" if lang else value
    return None


def tidy_id(text: str) -> str:
    """Return an id without white space, so that it can stand in a line of its own.

    Examples:
        >>> tidy_id(" North 12 ")
        'North_12'
    """
    return "_".join(text.split())


def place_id_of(scheme: str, value: str) -> PlaceId:
    """Return our id of the place that has an id in another scheme.

    Examples:
        >>> place_id_of("geonames", "146970")
        'gn-146970'
        >>> place_id_of("survey", "A 7")
        'survey-A_7'
    """
    return PlaceId(f"{_SHORT.get(scheme, scheme)}-{tidy_id(value)}")
