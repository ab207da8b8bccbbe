"""Places as concepts of SKOS, their names as labels of SKOS-XL, in Turtle.

Sources: https://www.w3.org/TR/skos-reference/ (SKOS-XL in its appendix B) and
https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from gazetteer.exchange.cells import number_text
from gazetteer.exchange.describing import Describer
from gazetteer.exchange.linkedplaces import note_others
from gazetteer.exchange.naming import only_rejected
from gazetteer.formats.building import UNKNOWN_LANGUAGE
from gazetteer.formats.identifiers import URN, address_of
from gazetteer.formats.skos import MATCHES, PREFIXES, UNSAFE
from gazetteer.writing import whole_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.exchange.losses import Losses
    from gazetteer.exchange.options import ExportOptions
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place, Source, Toponym

__all__ = ["write_skos"]

_NO_WORD: Final = "SKOS has no word for it"
_IN_WORDS: Final = "it is said in words, with who says so"
_NAMES: Final = ("translit", "from_name", "default_sense", "prior", "note")
_PLACES: Final = ("langs", "dispute", "replaced_by", "note")
_LINKS: Final = ("edition", "valid", "source")


def write_skos(
    gazetteer: Gazetteer, path: Path, options: ExportOptions, losses: Losses
) -> None:
    """Write a concept scheme, a concept after another, each with its labels."""
    writer = _Writer(gazetteer, options, losses)
    with (
        whole_path(path) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        for prefix, address in PREFIXES.items():
            stream.write(f"@prefix {prefix}: <{address}> .\n")
        stream.writelines(writer.scheme())
        for key in sorted(gazetteer.tables.sources):
            stream.writelines(writer.source(gazetteer.tables.sources[key]))
        for place in gazetteer.tables.places.values():
            stream.writelines(writer.place(place))
    for key in gazetteer.tables.authorities:
        losses.note("authorities", _IN_WORDS, key)
    note_others(gazetteer, losses)


class _Writer:
    """Writes statements about one subject at a time."""

    def __init__(
        self, gazetteer: Gazetteer, options: ExportOptions, losses: Losses
    ) -> None:
        self._gazetteer = gazetteer
        self._options = options
        self._losses = losses
        self._describer = Describer(gazetteer, options.langs[0])
        self._scheme = _iri(f"{options.base}scheme")

    def scheme(self) -> Iterator[str]:
        said = [
            "a skos:ConceptScheme",
            f"dct:hasVersion {_text(self._gazetteer.version)}",
        ]
        said += [
            f"dct:conformsTo {_own('perspective', first)}"
            for first in self._options.perspectives[:1]
        ]
        yield from _block(self._scheme, said)
        for name in self._options.perspectives:
            perspective = self._gazetteer.perspectives[name]
            yield from _block(
                _own("perspective", name),
                [
                    f"dct:title {_text(name)}",
                    f"dct:hasVersion {_text(perspective.version)}",
                    f"dct:description {_text(perspective.describe(), 'en')}",
                ],
            )

    def source(self, source: Source) -> Iterator[str]:
        self._losses.note_cells("sources", source, ("via",), _NO_WORD)
        if source.line != source.source:
            why = "a source that does not say of which lineage it is, is of its own"
            self._losses.note("sources.line", why, source.source)
        said = [
            ("dct:title", _text(source.title)),
            ("rdfs:seeAlso", f"{_text(source.url)}^^xsd:anyURI"),
            ("dct:date", _text(source.retrieved)),
            ("dct:rights", _text(source.licence)),
        ]
        cells = (source.title, source.url, source.retrieved, source.licence)
        told = [
            f"{word} {text}"
            for (word, text), cell in zip(said, cells, strict=True)
            if cell
        ]
        yield from _block(
            _own("source", source.source), ["a dct:BibliographicResource", *told]
        )

    def place(self, place: Place) -> Iterator[str]:
        losses = self._losses
        losses.note_cells("places", place, _PLACES, _NO_WORD)
        said = [
            "a skos:Concept",
            f"skos:inScheme {self._scheme}",
            f"skos:notation {_text(place.place_id)}",
            f"dct:type {_own('type', place.type)}",
            f"gn:featureClass {_iri(PREFIXES['gn'] + place.fclass)}",
        ]
        if place.lat is not None and place.lon is not None:
            said.append(f"geo:lat {_text(number_text(place.lat))}^^xsd:decimal")
            said.append(f"geo:long {_text(number_text(place.lon))}^^xsd:decimal")
        if place.exists.dated:
            said.append(f"dct:valid {_text(place.exists.text)}")
        preferred = self._preferred(place)
        said += [f"skos:prefLabel {label}" for label in preferred]
        said += self._labels(place, set(preferred))
        said += self._others(place)
        said += self._notes(place)
        said += self._links(place)
        yield from _block(_iri(f"{self._options.base}{place.place_id}"), said)
        for row in place.toponyms:
            yield from self._name(row)

    def _preferred(self, place: Place) -> list[str]:
        """Return what the first perspective prints, in each language; one at most."""
        found = {
            lang: self._label(place, perspective, lang)
            for perspective in self._options.perspectives[:1]
            for lang in self._options.langs
        }
        return [_text(text, lang) for lang, text in found.items() if text]

    def _label(self, place: Place, perspective: str, lang: str) -> str:
        label = self._gazetteer.label(place, perspective, lang=lang)
        # what is withheld may be one side's name alone
        return "" if label.withheld else label.bare

    def _labels(self, place: Place, preferred: set[str]) -> Iterator[str]:
        """Yield the other labels: no text of one language is of two kinds (S13)."""
        shown = {
            _literal(row)
            for row in place.toponyms
            if row.form != "hidden" and not only_rejected(row)
        }
        kinds: dict[str, str] = {}
        for row in place.toponyms:
            text = _literal(row)
            kind = "altLabel" if text in shown else "hiddenLabel"
            kinds[text] = "prefLabel" if text in preferred else kind
            yield f"skosxl:{kinds[text]} {_own('name', row.name_id)}"
        for text, kind in kinds.items():
            if kind != "prefLabel":
                yield f"skos:{kind} {text}"

    def _others(self, place: Place) -> Iterator[str]:
        """Yield what further perspectives print, each with which one it is."""
        for perspective in self._options.perspectives[1:]:
            for lang in self._options.langs:
                text = self._label(place, perspective, lang)
                if text:
                    of = f"dct:conformsTo {_own('perspective', perspective)}"
                    yield f"skos:note [ rdf:value {_text(text, lang)} ; {of} ]"

    def _notes(self, place: Place) -> Iterator[str]:
        parties = self._describer.parties(place)
        if parties:
            text = f"Names or status are contested; parties: {' · '.join(parties)}"
            yield f"skos:editorialNote {_text(text, 'en')}"
        for row in place.relations:
            self._losses.note("relations", _IN_WORDS, place.place_id)
            yield f"skos:scopeNote {_text(self._describer.statement(row), 'en')}"

    def _links(self, place: Place) -> Iterator[str]:
        for row in place.link_rows:
            self._losses.note_cells("links", row, _LINKS, _NO_WORD)
            address = address_of(row.scheme, row.id)
            target = _iri(address) if address else _own("id", f"{row.scheme}:{row.id}")
            yield f"skos:{MATCHES[row.match]} {target}"

    def _name(self, row: Toponym) -> Iterator[str]:
        losses = self._losses
        losses.note_cells("names", row, _NAMES, _NO_WORD)
        losses.note("usages", _IN_WORDS, row.name_id, len(row.usages))
        said = ["a skosxl:Label", f"skosxl:literalForm {_literal(row)}"]
        said += [f"dct:source {_own('source', key)}" for key in row.sources]
        if row.valid.dated:
            said.append(f"dct:valid {_text(row.valid.text)}")
        if row.form != "full":
            said.append(f"dct:type {_own('form', row.form)}")
        for use in row.usages:
            when = f", {use.valid}" if use.valid.dated else ""
            who = self._describer.authority(use.authority)
            text = f"{use.status}{when}: {who} [{use.source}]"
            said.append(f"skos:note {_text(text, 'en')}")
        yield from _block(_own("name", row.name_id), said)


def _block(subject: str, said: list[str]) -> Iterator[str]:
    yield f"\n{subject} "
    yield " ;\n    ".join(said)
    yield " .\n"


def _text(text: str, lang: str = "") -> str:
    # the escapes of JSON are among those of Turtle
    tag = f"@{lang}" if lang else ""
    return f"{json.dumps(text, ensure_ascii=False)}{tag}"


def _literal(row: Toponym) -> str:
    return _text(row.name, "" if row.lang == UNKNOWN_LANGUAGE else row.lang)


def _own(kind: str, key: str) -> str:
    return f"<{URN}{kind}:{quote(key, safe=':')}>"


def _iri(address: str) -> str:
    return f"<{UNSAFE.sub(lambda found: quote(found[0]), address)}>"
