"""The properties that there are: what a query may say, and what can be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from gazetteer.gazetteer import Gazetteer

__all__ = ["CONTEXT", "Property", "fetched", "properties"]


class Property(NamedTuple):
    """A property of places.

    Attributes:
        pid: its id; a part after a colon says which language, perspective or scheme.
        name: for a person.
        description: what its values are.
    """

    pid: str
    name: str
    description: str


CONTEXT: Final = (
    Property(
        "district",
        "District",
        "for queries: the district that it lies in, by a name or an id",
    ),
    Property(
        "within",
        "Within",
        "for queries: any area that anyone says it lies in, by a name or an id",
    ),
    Property(
        "country",
        "Country",
        "for queries: a country that anyone says it lies in; ISO 3166-1 will do",
    ),
    Property("type", "Type", "the type of place, such as town"),
    Property("coordinates", "Coordinates", "latitude and longitude, in degrees"),
    Property("lat", "Latitude", "in degrees"),
    Property("lon", "Longitude", "in degrees"),
    Property("date", "Date of the event", "for queries: EDTF date of what is told"),
    Property("published", "Date of the text", "for queries: EDTF date of the telling"),
    Property("lang", "Language", "for queries: BCP 47 tag of the text with the name"),
    Property("mentions", "Mentions", "for queries: other names in the same text"),
)
"""What a reconciliation query may say beside the name."""

_BOTH: Final = frozenset({"type", "coordinates", "lat", "lon"})
_FETCHED: Final = (
    Property("title", "Title", "what heads the place on a screen; it takes no side"),
    Property("names", "Names", "attested names, in all languages"),
    Property("languages", "Languages", "the languages established there"),
    Property("exists", "Existed", "when, as EDTF"),
    Property("dispute", "Dispute", "what is contested about it"),
    Property("parties", "Parties", "the parties to the dispute, side by side"),
    Property(
        "placed",
        "Placed in",
        "each statement of where it belongs, with who makes it, when, and the source",
    ),
    Property("uri", "Page", "the address of its page"),
)


def fetched(gazetteer: Gazetteer) -> list[Property]:
    """Return the properties that can be fetched for places."""
    found = [each for each in CONTEXT if each.pid in _BOTH]
    found += _FETCHED
    for name in gazetteer.perspectives:
        title = gazetteer.perspectives[name].title
        found.append(
            Property(f"label:{name}", f"Label: {name}", f"by the perspective {title}")
        )
        found.append(
            Property(
                f"label-note:{name}",
                f"Note on the label: {name}",
                "what the label lacks, or why there is none; empty if nothing",
            )
        )
    langs = sorted(_languages(gazetteer))
    found += [
        Property(f"names:{lang}", f"Names: {lang}", f"attested names in {lang}")
        for lang in langs
    ]
    found += [
        Property(f"link:{scheme}", f"Id: {scheme}", f"its ids in {scheme}")
        for scheme in as_places(gazetteer.tables.places).schemes
    ]
    return found


def properties(gazetteer: Gazetteer) -> list[Property]:
    """Return all properties: those of queries first."""
    known = {each.pid for each in CONTEXT}
    return [*CONTEXT, *(each for each in fetched(gazetteer) if each.pid not in known)]


def _languages(gazetteer: Gazetteer) -> set[str]:
    # of the sides and of the perspectives' languages; any other tag can be asked for
    found = {"en"}
    for name in gazetteer.perspectives:
        found |= set(gazetteer.perspectives[name].spoken.values())
    for names in gazetteer.perspectives.languages.values():
        found |= set(names)
    return found
