"""One feature of Linked Places Format as a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from gazetteer.dates import ALWAYS
from gazetteer.formats.building import (
    TYPE_OF,
    UNKNOWN_LANGUAGE,
    country_code,
    country_place,
    degrees,
    link,
    part_of,
    place,
    tidy_name,
    toponym,
)
from gazetteer.formats.columns import LANG
from gazetteer.formats.identifiers import (
    own_id,
    parse_identifier,
    place_id_of,
    tidy_id,
)
from gazetteer.formats.lpf_dates import interval_of_when
from gazetteer.languages.controls import has_control
from gazetteer.model import (
    FCLASSES,
    PLACE_TYPES,
    PREDICATES,
    Authority,
    Relation,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.dates import Interval
    from gazetteer.formats.faults import Faults
    from gazetteer.ids import PlaceId
    from gazetteer.model import Link, Place, Toponym

__all__ = ["STATEMENT", "UNSAID_KIND", "FeatureReader", "Where"]

STATEMENT: Final = "gazetteer"
"""The member of a relation that says what the format has no word for."""
UNSAID_KIND: Final = "reference"
"""The kind of an authority of which a file gives only the title."""

# Concepts of the Getty Art & Architecture Thesaurus that are types of ours, with the
# labels that the format's own list gives them; anything else goes by its class.
# https://github.com/LinkedPasts/linked-places-format/blob/main/feature-types-AAT_20230609.tsv
_CONCEPTS: Final = {
    "300008389": ("city", "P"),
    "300008375": ("town", "P"),
    "300008372": ("village", "P"),
    "300128207": ("country", "A"),
    "300232420": ("country", "A"),
    "300387506": ("country", "A"),
    "300000771": ("admin-unit", "A"),
    "300000774": ("admin-unit", "A"),
    "300000776": ("admin-unit", "A"),
    "300232418": ("admin-unit", "A"),
    "300236157": ("admin-unit", "A"),
    "300182722": ("region", "L"),
    "300387178": ("region", "L"),
    "300387347": ("region", "L"),
}
_LABELS: Final = {
    "city": ("city", "P"),
    "town": ("town", "P"),
    "village": ("village", "P"),
    "district": ("district", "A"),
    "country": ("country", "A"),
}
_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_CONCEPT: Final = re.compile(r"(?:.*[:/])?(\d{9})")
_BROADER: Final = re.compile(r"(?:.*[:/#])?(?:broaderPartitive|partOf|part_of)")
_MATCHES: Final = {"exactMatch": "exact", "closeMatch": "close"}
_AFTER_BASE: Final = re.compile(r"[^/#=:]*/?$")


class Where(NamedTuple):
    """Where a feature stands."""

    file: str
    line: int


class FeatureReader:
    """Makes places of features; it gathers the sources that they cite.

    A feature with an id of this project's is one that `gazetteer export` wrote: what it
    says is said by the sources that it cites and not by the file.

    Attributes:
        sources: by key.
        authorities: by key.
        stubs: country codes for which a place must stand.
    """

    def __init__(self, scheme: str, fclass: str, faults: Faults) -> None:
        """Read features of one dataset.

        Args:
            scheme: of the dataset's ids.
            fclass: of features that do not say theirs; empty for a fault.
            faults: where faults are noted.
        """
        self._scheme = scheme
        self._fclass = fclass
        self._faults = faults
        self._base: str | None = None
        self._identifier = ""
        self._own = False
        self.sources: dict[str, Source] = {}
        self.authorities: dict[str, Authority] = {}
        self.stubs: set[str] = set()

    def read(self, feature: Any, where: Where) -> Place | None:
        """Return the place of a feature; None where a fault was noted."""
        self._identifier = ""
        if not isinstance(feature, dict):
            self._fault(where, "", str(feature), "a feature is an object")
            return None
        identifier = str(feature.get("@id") or feature.get("id") or "").strip()
        if not identifier:
            self._fault(where, "@id", "", "a feature has an @id that stays")
            return None
        self._identifier = identifier
        self._own = own_id(identifier) is not None
        properties = _dict(feature.get("properties"))
        kind = self._kind(feature, properties, where)
        point = self._point(feature.get("geometry"), where)
        place_id = self._own_id(identifier)
        toponyms = self._toponyms(feature, place_id, where)
        if kind is None or isinstance(point, str) or not toponyms:
            return None
        title = tidy_name(str(properties.get("title") or ""))
        named = self._own or any(each.name == title for each in toponyms)
        exists = self._interval(feature.get("when"), where)
        return place(
            place_id,
            *kind,
            point=point,
            # a start alone is when the place is attested, which bounds nothing
            exists=exists if self._own or "/" in exists.text else ALWAYS,
            note="" if named or not title else f"title: {title}",
            toponyms=toponyms,
            relations=[*self._relations(feature, properties, place_id, where)],
            links=sorted({*self._links(feature, identifier, place_id, where)}),
        )

    def _fault(self, where: Where, field: str, value: str, message: str) -> None:
        # a whole file may stand on one line
        if self._identifier:
            message += f" (in the feature {self._identifier!r})"
        self._faults.error(*where, field, value, "bad-feature", message)

    def _warn(
        self, where: Where, field: str, value: str, code: str, message: str
    ) -> None:
        self._faults.warn(*where, field, value, code, message)

    # ------------------------------------------------------------------ identity

    def _own_id(self, identifier: str) -> PlaceId:
        """Return the id of a place of this dataset, or of a store known elsewhere.

        What all ids of a dataset begin with, up to the last separator of the first one,
        is left out.
        """
        own = own_id(identifier)
        if own is not None:
            return own
        known = parse_identifier(identifier)
        if known is not None:
            return place_id_of(*known)
        return place_id_of(self._scheme, self._local(identifier))

    def _local(self, identifier: str) -> str:
        if self._base is None:
            self._base = _AFTER_BASE.sub("", identifier)
        local = identifier.removeprefix(self._base)
        return local or identifier

    def _links(
        self, feature: dict[str, Any], identifier: str, place_id: PlaceId, where: Where
    ) -> Iterator[Link]:
        known = parse_identifier(identifier)
        if not self._own:
            scheme, value = known or (self._scheme, tidy_id(self._local(identifier)))
            yield link(place_id, scheme, value, self._scheme)
        if (
            known is None
            and not self._own
            and identifier.startswith(("http://", "https://"))
        ):
            yield link(place_id, "uri", tidy_id(identifier), self._scheme)
        for each in _dicts(feature.get("links")):
            kind = str(each.get("type") or "").rpartition(":")[2]
            target = str(each.get("identifier") or each.get("uri") or "").strip()
            if kind not in _MATCHES or not target:
                message = "links that are not exactMatch or closeMatch are left out"
                self._warn(where, "links", kind, "no-match-link", message)
                continue
            found = parse_identifier(target) or ("uri", tidy_id(target))
            yield link(place_id, *found, self._scheme, _MATCHES[kind])

    # ------------------------------------------------------------------ what it is

    def _kind(
        self, feature: dict[str, Any], properties: dict[str, Any], where: Where
    ) -> tuple[str, str] | None:
        listed = properties.get("fclasses") or feature.get("fclasses") or []
        classes = [listed] if isinstance(listed, str) else list(listed)
        unknown = [each for each in classes if each not in FCLASSES]
        if unknown:
            message = f"not one of {', '.join(FCLASSES)}"
            self._fault(where, "fclasses", str(unknown[0]), message)
            return None
        for each in _dicts(feature.get("types")):
            concept = _CONCEPT.fullmatch(str(each.get("identifier") or each.get("@id")))
            label = str(each.get("label") or "").strip().lower()
            if self._own and label in PLACE_TYPES and classes:
                return label, str(classes[0])
            found = _CONCEPTS.get(concept[1]) if concept else None
            found = found or _LABELS.get(label)
            if found is not None and (not classes or found[1] in classes):
                return found
        fclass = classes[0] if classes else self._fclass
        if not fclass:
            message = (
                'version 1.3 requires it in properties, such as "fclasses": ["P"]; for '
                "an older file say it of all, as in --set fclass=P"
            )
            self._fault(where, "fclasses", "", message)
            return None
        return TYPE_OF[fclass], fclass

    def _point(self, geometry: Any, where: Where) -> tuple[float, float] | str | None:
        """Return a point in the middle; of several geometries the first one's."""
        if not geometry:
            return None
        if not isinstance(geometry, dict):
            message = "a geometry is an object or null"
            self._fault(where, "geometry", str(geometry), message)
            return message
        parts = _dicts(geometry.get("geometries")) or [geometry]
        pairs: list[tuple[float, float]] = []
        for part in parts:
            pairs = list(_pairs(part.get("coordinates")))
            if not pairs and part.get("geowkt"):
                numbers = [float(each) for each in _NUMBER.findall(str(part["geowkt"]))]
                pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
            if pairs:
                break
        if not pairs:
            self._warn(
                where, "geometry", "", "no-coordinates", "a geometry has no coordinates"
            )
            return None
        lons, lats = zip(*pairs, strict=True)
        middle = degrees(
            str(round((min(lats) + max(lats)) / 2, 6)),
            str(round((min(lons) + max(lons)) / 2, 6)),
        )
        if isinstance(middle, str):
            self._fault(where, "geometry", str(pairs[0]), middle)
        return middle

    def _interval(self, when: Any, where: Where) -> Interval:
        interval, fault = interval_of_when(when)
        if fault:
            message = f"{fault}; it is taken as undated"
            self._warn(where, "when", "", "unread-when", message)
        return interval

    # ------------------------------------------------------------------ names

    def _toponyms(
        self, feature: dict[str, Any], place_id: PlaceId, where: Where
    ) -> list[Toponym]:
        found: dict[tuple[str, str, str], Toponym] = {}
        for each in _dicts(feature.get("names")):
            name = tidy_name(str(each.get("toponym") or ""))
            lang = str(each.get("lang") or UNKNOWN_LANGUAGE)
            if not name or not _encodable(name):
                self._fault(where, "names", name, "a name has a toponym of letters")
                continue
            if has_control(name):
                message = "no name has a control character; take it out"
                self._fault(where, "names", name, message)
                continue
            if not LANG.fullmatch(lang):
                message = "not a BCP 47 tag; the name is kept without its language"
                self._warn(where, "lang", lang, "bad-lang", message)
                lang = UNKNOWN_LANGUAGE
            valid = self._interval(each.get("when"), where)
            key = (name, lang, valid.text)
            if key not in found:
                found[key] = toponym(
                    f"{place_id}-{len(found)}",
                    place_id,
                    name,
                    self._cited(each),
                    lang=lang,
                    valid=valid,
                )
        if not found:
            message = 'at least one is required, such as "names": [{"toponym": "…"}]'
            self._fault(where, "names", "", message)
        return list(found.values())

    def _cited(self, name: dict[str, Any]) -> tuple[str, ...]:
        """Return the sources that bear a name: its citations and the dataset."""
        keys = set(self._citations(name))
        if not (keys and self._own):
            keys.add(self._scheme)
        return tuple(sorted(keys))

    def _citations(self, value: dict[str, Any]) -> Iterator[str]:
        for each in _dicts(value.get("citations")):
            title = tidy_name(str(each.get("label") or ""))
            url = tidy_id(str(each.get("@id") or ""))
            if not title and not url:
                continue
            # one citation is one source wherever it stands
            key = f"{self._scheme}-{crc32(f'{title} {url}'.encode()):08x}"
            year = str(each.get("year") or "")
            via = f"cited by {self._scheme}" + (f"; of {year}" if year else "")
            self.sources[key] = Source(key, title or url, url, via, "", "", key)
            yield key

    # ------------------------------------------------------------------ relations

    def _relations(
        self,
        feature: dict[str, Any],
        properties: dict[str, Any],
        place_id: PlaceId,
        where: Where,
    ) -> Iterator[Relation]:
        for text in _texts(properties.get("ccodes")):
            known = country_code(text)
            if known is None:
                message = "not a code of ISO 3166-1; it is left out"
                self._warn(where, "ccodes", text, "bad-country", message)
                continue
            self.stubs.add(known[0])
            yield part_of(
                place_id,
                country_place(known[0], self._scheme).place_id,
                self._scheme,
                self._scheme,
                "ccodes: a country of today whose bounds hold or overlap it",
            )
        for each in _dicts(feature.get("relations")):
            own = _dict(each.get(STATEMENT)) if self._own else {}
            if own.get("predicate") in PREDICATES:
                yield self._statement(each, own, place_id, where)
                continue
            kind = str(each.get("relationType") or "")
            target = str(each.get("relationTo") or "").strip()
            if not _BROADER.fullmatch(kind) or not target:
                message = "relations other than gvp:broaderPartitive are left out"
                self._warn(where, "relations", kind, "other-relation", message)
                continue
            whole = self._own_id(target)
            if whole != place_id:
                yield part_of(
                    place_id,
                    whole,
                    self._scheme,
                    self._scheme,
                    tidy_name(str(each.get("label") or "")),
                    self._interval(each.get("when"), where),
                )

    def _statement(
        self,
        each: dict[str, Any],
        own: dict[str, Any],
        place_id: PlaceId,
        where: Where,
    ) -> Relation:
        """Return a relation of this project's own, which says who states it."""
        key = str(own.get("according_to") or self._scheme)
        title = tidy_name(str(own.get("authority") or key))
        self.authorities.setdefault(key, Authority(key, title, UNSAID_KIND, ""))
        return Relation(
            place_id,
            str(own["predicate"]),
            self._own_id(str(each.get("relationTo") or "")),
            key,
            self._interval(each.get("when"), where),
            next(self._citations(each), self._scheme),
            "",
        )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, str) and each]


def _pairs(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Yield the positions, however deeply they are nested."""
    if not isinstance(coordinates, list) or not coordinates:
        return
    if all(isinstance(each, int | float) for each in coordinates):
        if len(coordinates) > 1:
            yield float(coordinates[0]), float(coordinates[1])
        return
    for each in coordinates:
        yield from _pairs(each)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can write
        return False
    return True
