"""Ids of other stores: their schemes, their web addresses, and our place ids for them.

A place of another store has an id that carries its scheme, such as ``gn-`` and a number
for GeoNames, so that ids of several stores never meet.
"""

from __future__ import annotations

import re
from typing import Final

from gazetteer.ids import PlaceId, is_id

__all__ = [
    "NO_SCHEME",
    "SCHEME",
    "SHAPES_SAID",
    "URN",
    "address_of",
    "is_id_of",
    "own_id",
    "parse_identifier",
    "place_id_of",
    "short_of",
    "tidy_id",
]

URN: Final = "urn:gazetteer:"
"""What stands before a place's id where it has no address on the web."""

# A scheme is a slug, as in links.csv; `gz` is this project's own, and what stands for
# another scheme in an id would be taken for that one's.
SCHEME: Final = re.compile(r"(?!(?:gz|gn|wd)(?:-|$))[a-z0-9]+(?:[-.][a-z0-9]+)*")
NO_SCHEME: Final = (
    "a scheme is lower-case letters, digits, dots and dashes, and begins none of the "
    "ids 'gz-…', 'gn-…' and 'wd-…'; --scheme 'my-list' would do, and geonames or "
    "wikidata where the ids are theirs"
)
"""What is said of a text that is no scheme."""

_SHORT: Final = {"geonames": "gn", "wikidata": "wd"}

_SHAPES: Final = {"geonames": re.compile("[0-9]+"), "wikidata": re.compile("Q[0-9]+")}
SHAPES_SAID: Final = {"geonames": "digits alone", "wikidata": "Q and digits"}
"""What an id looks like, in words, where that is known of its scheme."""

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
        ("wof", r"https?://spelunker\.whosonfirst\.org/id/(\d+)\b.*"),
        (
            "iso3166-1",
            r"https?://www\.iso\.org/obp/ui/(?:en/)?#iso:code:3166:([A-Z]{2})",
        ),
        (
            "wikipedia",
            r"(?:https?://(?P<lang>[a-z-]+)\.(?:m\.)?wikipedia\.org/wiki/)([^?#\s]+).*",
        ),
    )
)

# The other way: prefixes of Linked Places Format, and addresses of the rest.
_PREFIXES: Final = {
    "bnf": "bnf",
    "cerl": "cerl",
    "dbpedia": "dbp",
    "geonames": "gn",
    "gnd": "gnd",
    "gov": "gov",
    "loc": "loc",
    "pleiades": "pl",
    "tgn": "tgn",
    "viaf": "viaf",
    "wikidata": "wd",
}
_ADDRESSES: Final = {
    "geonames": "https://sws.geonames.org/{}/",
    "iso3166-1": "https://www.iso.org/obp/ui/#iso:code:3166:{}",
    "pleiades": "https://pleiades.stoa.org/places/{}",
    "tgn": "http://vocab.getty.edu/tgn/{}",
    "uri": "{}",
    "viaf": "http://viaf.org/viaf/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
    "wof": "https://spelunker.whosonfirst.org/id/{}",
}


def short_of(scheme: str, value: str) -> str:
    """Return an id with its prefix of Linked Places Format; empty where it has none.

    Examples:
        >>> short_of("wikidata", "Q321381"), short_of("wof", "1")
        ('wd:Q321381', '')
    """
    return f"{_PREFIXES[scheme]}:{value}" if scheme in _PREFIXES else ""


def address_of(scheme: str, value: str) -> str:
    """Return the web address that stands for an id; empty where there is none.

    Examples:
        >>> address_of("wikidata", "Q321381"), address_of("ocha-pcode", "AA01")
        ('http://www.wikidata.org/entity/Q321381', '')
    """
    return _ADDRESSES[scheme].format(value) if scheme in _ADDRESSES else ""


def own_id(text: str) -> PlaceId | None:
    """Return the id in what `gazetteer export` calls a place, or None.

    An id of this project is known by its check character wherever it is served from;
    those of other stores only behind this project's own prefix.

    Examples:
        >>> own_id("https://names.example/places/gz-0000000")
        'gz-0000000'
        >>> own_id("urn:gazetteer:gn-146970")
        'gn-146970'
        >>> own_id("https://names.example/places/gz-0000001") is None
        True
    """
    if text.startswith(URN):
        return PlaceId(text.removeprefix(URN))
    last = text.rpartition("/")[2]
    return PlaceId(last) if is_id(last, "gz") else None


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


def is_id_of(scheme: str, value: str) -> bool:
    """Tell whether a text can be an id in a scheme; of most schemes any can.

    Examples:
        >>> is_id_of("geonames", "146970"), is_id_of("geonames", "146970.0")
        (True, False)
        >>> is_id_of("wikidata", "q5"), is_id_of("survey", "A 7")
        (False, True)
    """
    shape = _SHAPES.get(scheme)
    return shape is None or shape.fullmatch(value) is not None


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
