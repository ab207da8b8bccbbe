"""Concepts of SKOS as places, as `gazetteer export skos` writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import unquote

from gazetteer.dates import parse_interval
from gazetteer.errors import DateError
from gazetteer.formats.building import UNKNOWN_LANGUAGE, degrees, link, place, toponym
from gazetteer.formats.faults import SourceError
from gazetteer.formats.identifiers import URN, own_id, parse_identifier
from gazetteer.formats.inputs import no_progress
from gazetteer.formats.reader import Reader
from gazetteer.languages.tags import language_tag
from gazetteer.model import FCLASSES, FORMS, PLACE_TYPES, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gazetteer.dates import Interval
    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Progress
    from gazetteer.ids import PlaceId
    from gazetteer.model import Link, Place, Toponym

__all__ = ["MATCHES", "PREFIXES", "UNSAFE", "Skos"]

PREFIXES: Final = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "gn": "https://www.geonames.org/ontology#",
}
MATCHES: Final = {
    "exact": "exactMatch",
    "close": "closeMatch",
    "broad": "broadMatch",
    "narrow": "narrowMatch",
}
UNSAFE: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What cannot stand in an address of Turtle: https://www.w3.org/TR/turtle/#grammar-production-IRIREF"""
_LABELS: Final = ("prefLabel", "altLabel", "hiddenLabel")


class Skos(Reader):
    """The places of SKOS files that were exported from here, by id."""

    format: ClassVar[str] = "skos"

    def __init__(self, files: Sequence[Path], faults: Faults | None = None) -> None:
        """Read the graph.

        Raises:
            SourceError: if rdflib is not there, or cannot read a file.
        """
        super().__init__(faults)
        try:
            import rdflib
        except ImportError as error:
            reason = "SKOS needs rdflib: pip install 'gazetteer[skos]'"
            raise SourceError(str(files[0]), reason) from error
        self._file = str(files[0])
        self._graph: Any = rdflib.Graph()
        self._uri: Any = rdflib.URIRef
        for file in files:
            try:
                self._graph.parse(file, format="turtle")
            except Exception as error:  # its parser raises several kinds
                raise SourceError(str(file), f"rdflib says: {error}") from error
        self.sources = dict(self._sources())
        scheme = self._word("skos", "ConceptScheme")
        for each in sorted(self._graph.subjects(self._word("rdf", "type"), scheme)):
            self.version = self.version or self._value(each, "dct", "hasVersion")

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        concepts = sorted(
            self._graph.subjects(
                self._word("rdf", "type"), self._word("skos", "Concept")
            )
        )
        for number, concept in enumerate(concepts, start=1):
            found = self._place(concept)
            if found is not None:
                yield found
            progress("reading concepts", number, number / len(concepts))
        self.faults.settle()

    def _word(self, prefix: str, name: str) -> Any:
        return self._uri(PREFIXES[prefix] + name)

    def _value(self, subject: Any, prefix: str, name: str) -> str:
        found = self._graph.value(subject, self._word(prefix, name))
        return "" if found is None else str(found)

    def _sources(self) -> Iterator[tuple[str, Source]]:
        kind = self._word("dct", "BibliographicResource")
        for subject in sorted(self._graph.subjects(self._word("rdf", "type"), kind)):
            key = _key(str(subject), "source")
            yield (
                key,
                Source(
                    key,
                    self._value(subject, "dct", "title"),
                    self._value(subject, "rdfs", "seeAlso"),
                    "",
                    self._value(subject, "dct", "date"),
                    self._value(subject, "dct", "rights"),
                    key,
                ),
            )

    def _place(self, concept: Any) -> Place | None:
        place_id = own_id(unquote(str(concept)))
        kind = _key(self._value(concept, "dct", "type"), "type")
        fclass = self._value(concept, "gn", "featureClass").rpartition("#")[2]
        if place_id is None or kind not in PLACE_TYPES or fclass not in FCLASSES:
            message = (
                "only concepts that gazetteer export wrote say what a place is; of "
                "others make a CSV file with the columns id, name, lang and type"
            )
            self.faults.error(
                self._file, 0, "concept", str(concept), "not-own", message
            )
            return None
        rows = [
            self._name(label, place_id)
            for word in _LABELS
            for label in self._graph.objects(concept, self._word("skosxl", word))
        ]
        return place(
            place_id,
            kind,
            fclass,
            point=self._point(concept),
            exists=self._interval(concept),
            toponyms=[row for row in rows if row is not None],
            links=list(self._links(concept, place_id)),
        )

    def _point(self, concept: Any) -> tuple[float, float] | None:
        lat = self._value(concept, "geo", "lat")
        lon = self._value(concept, "geo", "long")
        if not lat or not lon:
            return None
        point = degrees(lat, lon)
        if isinstance(point, str):
            text = f"{lat}, {lon}"
            self.faults.error(self._file, 0, str(concept), text, "bad-degrees", point)
            return None
        return point

    def _name(self, label: Any, place_id: PlaceId) -> Toponym | None:
        literal = self._graph.value(label, self._word("skosxl", "literalForm"))
        if literal is None:
            message = f"of {place_id}: a label has its text as skosxl:literalForm"
            self.faults.error(self._file, 0, "label", str(label), "no-name", message)
            return None
        form = _key(self._value(label, "dct", "type"), "form")
        cited = self._graph.objects(label, self._word("dct", "source"))
        tag = getattr(literal, "language", None)
        return toponym(
            _key(str(label), "name"),
            place_id,
            str(literal),
            tuple(sorted(_key(str(each), "source") for each in cited)),
            lang=language_tag(tag) if tag else UNKNOWN_LANGUAGE,
            form=form if form in FORMS else "full",
            valid=self._interval(label),
        )

    def _interval(self, subject: Any) -> Interval:
        text = self._value(subject, "dct", "valid")
        try:
            return parse_interval(text)
        except DateError as error:
            message = f"{error}; it is taken as undated"
            self.faults.warn(self._file, 0, "valid", text, "bad-date", message)
            return parse_interval("")

    def _links(self, concept: Any, place_id: PlaceId) -> Iterator[Link]:
        for match, word in MATCHES.items():
            for target in self._graph.objects(concept, self._word("skos", word)):
                own = _key(str(target), "id")
                scheme, _, value = own.partition(":")
                found = (scheme, value) if own else parse_identifier(str(target))
                scheme, value = found or ("uri", str(target))
                yield link(place_id, scheme, value, "", match)


def _key(address: str, kind: str) -> str:
    """Return the key in an address of this project's own; empty in another's."""
    head = f"{URN}{kind}:"
    return unquote(address.removeprefix(head)) if address.startswith(head) else ""
