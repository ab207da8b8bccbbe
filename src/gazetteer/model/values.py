"""Places, their names, and what is said of them, as plain immutable tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.dates import Interval
    from gazetteer.ids import NameId, PlaceId

__all__ = [
    "FCLASSES",
    "FORMS",
    "LINK_MATCHES",
    "PHRASE_KINDS",
    "PLACE_TYPES",
    "PREDICATES",
    "STATUSES",
    "Authority",
    "Dispute",
    "Link",
    "Phrase",
    "Place",
    "Relation",
    "Source",
    "Tables",
    "Toponym",
    "Usage",
]

PLACE_TYPES: Final = (
    "admin-unit",  # a unit of administration that is neither country nor settlement
    "city",
    "corridor",
    "country",
    "district",
    "facility",
    "landform",
    "polity",  # proclaimed as a state, not a UN member
    "region",  # a region in the minds of people, without an administration of its own
    "town",
    "village",
    "water",
)
# https://www.geonames.org/export/codes.html
FCLASSES: Final = ("A", "H", "L", "P", "R", "S", "T")
FORMS: Final = ("full", "short", "abbr", "descr", "adj", "demonym", "hidden")
# in the order in which a selector prefers them; a rejected name is never chosen
STATUSES: Final = ("official", "approved", "conventional", "used", "also", "rejected")
PREDICATES: Final = (
    "part_of",
    "administered_by",
    "claimed_by",
    "recognised_as_part_of",
    "seat_of",
    "succeeds",
    "overlaps",
    "proclaimed",
    "dissolved",
)
LINK_MATCHES: Final = ("exact", "close", "broad", "narrow")
PHRASE_KINDS: Final = (
    "fixed",  # a phrase in which a place name stands for something else
    "person",
    "product",
    "title",  # of an organisation, event, work, office, street
    "not-a-place",  # a word that only looks like a name
)


class Usage(NamedTuple):
    """One authority's usage of one toponym, borne by one source (usages.csv)."""

    name_id: NameId
    authority: str
    status: str
    valid: Interval
    source: str
    note: str


class Toponym(NamedTuple):
    """One written name of a place in one language (names.csv).

    Attributes:
        name: exactly as written, NFC.
        lang: BCP 47 tag; ``mul`` for a registered dual name.
        form: one of `FORMS`; ``hidden`` rows serve matching and are never printed.
        translit: the romanization system of a derived row, else empty.
        from_name: the row that a derived row was derived from, else empty.
        valid: when the name was in use, as EDTF compiled to days.
        default_sense: whether a bare homonym means this place; a reviewed decision.
        prior: share of uses of a homonym that mean this place; orders, decides nothing.
        sources: keys of sources.csv that bear the row.
        usages: who uses it, how, when.
    """

    name_id: NameId
    place_id: PlaceId
    name: str
    lang: str
    form: str
    translit: str
    from_name: str
    valid: Interval
    default_sense: bool
    prior: float
    sources: tuple[str, ...]
    note: str
    usages: tuple[Usage, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether the name was computed by a named system and not attested."""
        return bool(self.translit and self.from_name)


class Relation(NamedTuple):
    """One party's statement about two places, borne by one source (relations.csv).

    ``object`` is a place id; it may be empty for ``proclaimed`` and ``dissolved``,
    which state only that (and when) somebody says so of the subject.
    """

    subject: PlaceId
    predicate: str
    object: str
    according_to: str
    valid: Interval
    source: str
    note: str


class Link(NamedTuple):
    """An id of the place in another scheme (links.csv)."""

    place_id: PlaceId
    scheme: str
    id: str
    match: str
    edition: str
    valid: Interval
    source: str


class Place(NamedTuple):
    """A named feature with its toponyms, relations and links.

    It has no parent, no country and no title: who administers, claims or recognises it
    is in `relations`, each with who says so; its title is its label under ``neutral``.

    Attributes:
        type: one of `PLACE_TYPES`.
        fclass: GeoNames feature class.
        lat, lon: WGS 84 degrees of a representative point; None where vague.
        exists: when it existed.
        langs: sorted BCP 47 tags of the languages established there; no ranking.
        dispute: key of disputes.csv, or empty.
        replaced_by: the id that this retired id redirects to, or empty.
        relations: those whose subject is this place.
        link_rows: all its links, with their match.
    """

    place_id: PlaceId
    type: str
    fclass: str
    lat: float | None
    lon: float | None
    exists: Interval
    langs: tuple[str, ...]
    dispute: str
    replaced_by: str
    note: str
    toponyms: tuple[Toponym, ...] = ()
    relations: tuple[Relation, ...] = ()
    link_rows: tuple[Link, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether its names or its status differ between sources."""
        return bool(self.dispute)

    @property
    def links(self) -> dict[str, list[str]]:
        """Exact links only: ``{"wikidata": ["Q…"], "geonames": ["146970"]}``."""
        found: dict[str, list[str]] = {}
        for link in self.link_rows:
            if link.match == "exact":
                found.setdefault(link.scheme, []).append(link.id)
        return found

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from gazetteer.model.card import place_card

        return place_card(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002
        """Show it in IPython without its hundreds of rows."""
        from gazetteer.model.card import summary

        printer.text(summary(self))


class Dispute(NamedTuple):
    """What is contested, between whom, by which criterion (disputes.csv).

    ``parties`` are authority ids, sorted.
    """

    dispute: str
    title: str
    parties: tuple[str, ...]
    criterion: str
    valid: Interval
    source: str


class Authority(NamedTuple):
    """Anyone whose usage of a name is attested (authorities.csv)."""

    authority: str
    title: str
    kind: str
    jurisdiction: str


class Source(NamedTuple):
    """Where a fact was read (sources.csv).

    Sources of one ``line`` share a lineage and count as one witness.
    """

    source: str
    title: str
    url: str
    via: str
    retrieved: str
    licence: str
    line: str


class Phrase(NamedTuple):
    """A fixed phrase in which nothing is a place name to change (phrases.csv)."""

    text: str
    lang: str
    kind: str
    source: str


class Tables(NamedTuple):
    """All the tables of one or more directories, joined by place.

    Attributes:
        places: by id, retired ones included.
        version: version of the data, from datapackage.json; joined by ``+`` where
            several directories were read.
        directories: where it was read from, the winning one first.
    """

    places: Mapping[PlaceId, Place]
    disputes: Mapping[str, Dispute]
    authorities: Mapping[str, Authority]
    sources: Mapping[str, Source]
    phrases: Sequence[Phrase]
    version: str
    directories: tuple[str, ...]
