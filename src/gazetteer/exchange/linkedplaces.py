"""Places as features of Linked Places Format, version 1.3.

Source: https://github.com/LinkedPasts/linked-places-format
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from gazetteer.exchange.describing import Describer
from gazetteer.exchange.naming import merged_names, printed_names
from gazetteer.formats.identifiers import address_of, short_of
from gazetteer.formats.lpf_place import STATEMENT, UNSAID_KIND
from gazetteer.writing import whole_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer.dates import Interval
    from gazetteer.exchange.losses import Losses
    from gazetteer.exchange.options import ExportOptions
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Link, Place, Relation, Toponym

__all__ = ["CONCEPTS", "CONTEXT", "FeatureMaker", "collection", "write_linked_places"]

CONTEXT: Final = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
# concepts of the Getty Art & Architecture Thesaurus whose label is a type of ours
CONCEPTS: Final = {"city": "300008389", "town": "300008375", "village": "300008372"}
_MATCHES: Final = {"exact": "exactMatch", "close": "closeMatch"}
_PART_OF: Final = "gvp:broaderPartitive"
_RELATED: Final = "gvp:tgn3000_related_to"

_NO_WORD: Final = "the format has no place for it"
_CITED: Final = "a citation has a title and an address"
_NAMES: Final = ("name_id", "translit", "from_name", "default_sense", "prior", "note")
_PLACES: Final = ("langs", "dispute", "replaced_by", "note")
_LINKS: Final = ("edition", "valid", "source")
_SOURCES: Final = ("source", "via", "retrieved", "licence", "line")
_MARKS: Final = {"~": "less-certain", "?": "uncertain", "%": "uncertain"}
_MARK: Final = re.compile("[~?%]")
_DAY: Final = re.compile(r"(\d{4})(?:[-.](\d\d?))?(?:[-.](\d\d?))?")


class FeatureMaker:
    """Makes features of places, and counts what they do not carry."""

    def __init__(
        self, gazetteer: Gazetteer, describer: Describer, base: str, losses: Losses
    ) -> None:
        """Make features.

        Args:
            gazetteer: whose places.
            describer: gives titles and statements in words.
            base: what stands before a place's id to make it an address.
            losses: where what is not carried is counted.
        """
        self._gazetteer = gazetteer
        self._describer = describer
        self._base = base
        self._losses = losses
        self._today = _date_of(gazetteer.version)
        self.cited: set[str] = set()
        self.speaking: set[str] = set()

    def feature(self, place: Place) -> dict[str, Any]:
        """Return the feature of a place."""
        losses = self._losses
        losses.note_cells("places", place, _PLACES, _NO_WORD)
        rows = merged_names(
            printed_names(place, losses),
            losses,
            lambda row: (row.name, row.lang, row.valid.text),
            _NAMES,
        )
        names = [self._name(row) for row in rows]
        relations = [each for row in place.relations for each in self._relation(row)]
        when = _when(place.exists)
        kind: dict[str, Any] = {"label": place.type}
        if place.type in CONCEPTS and place.fclass == "P":
            kind = {"identifier": f"aat:{CONCEPTS[place.type]}", **kind}
        if not when and not any("when" in each for each in (*names, *relations)):
            # the format requires one date of each feature; of a place without any this
            # one is true: so it was when the data were made
            kind |= self._today
        return {
            "@id": f"{self._base}{place.place_id}",
            "type": "Feature",
            "properties": {
                "title": self._describer.title(place.place_id),
                "fclasses": [place.fclass],
            },
            **when,
            "names": names,
            "types": [kind],
            "geometry": _point(place),
            "links": [each for row in place.link_rows for each in self._link(row)],
            "relations": relations,
            **self._dispute(place),
        }

    def _name(self, row: Toponym) -> dict[str, Any]:
        losses = self._losses
        losses.note_cells("names", row, _NAMES, _NO_WORD)
        if row.form != "full":
            losses.note("names.form", _NO_WORD, row.name_id)
        losses.note("usages", _NO_WORD, row.name_id, len(row.usages))
        return {
            "toponym": row.name,
            "lang": row.lang,
            "citations": [self._citation(key) for key in row.sources],
            **_when(row.valid),
        }

    def _relation(self, row: Relation) -> Iterable[dict[str, Any]]:
        """Yield the relation: its label names who says so, whatever else is read."""
        losses = self._losses
        if not row.object:
            why = "a relation there is with another place"
            losses.note("relations", why, f"{row.subject} {row.predicate}")
            return
        if row.note:
            losses.note("relations.note", _NO_WORD, row.subject)
        self.speaking.add(row.according_to)
        yield {
            "relationType": _PART_OF if row.predicate == "part_of" else _RELATED,
            "relationTo": f"{self._base}{row.object}",
            "label": self._describer.statement(row),
            **_when(row.valid),
            "citations": [self._citation(row.source)],
            STATEMENT: {
                "predicate": row.predicate,
                "according_to": row.according_to,
                "authority": self._describer.authority(row.according_to),
            },
        }

    def _link(self, row: Link) -> Iterable[dict[str, str]]:
        losses = self._losses
        target = short_of(row.scheme, row.id) or address_of(row.scheme, row.id)
        if row.match not in _MATCHES:
            why = "its matches are exact or close"
            losses.note("links", why, f"{row.place_id} {row.scheme}:{row.id}")
        elif not target:
            why = f"ids of the scheme {row.scheme} have no address on the web"
            losses.note("links", why, f"{row.place_id} {row.scheme}:{row.id}")
        else:
            losses.note_cells("links", row, _LINKS, _NO_WORD)
            yield {"type": _MATCHES[row.match], "identifier": target}

    def _dispute(self, place: Place) -> dict[str, Any]:
        parties = self._describer.parties(place)
        if not parties:
            return {}
        value = f"Names or status are contested; parties: {' · '.join(parties)}"
        return {"descriptions": [{"value": value, "lang": "en"}]}

    def _citation(self, key: str) -> dict[str, str]:
        source = self._gazetteer.tables.sources.get(key)
        self.cited.add(key)
        if source is None:
            return {"label": key}
        cited = {"label": source.title or key}
        return {**cited, "@id": source.url} if source.url else cited

    def note_tables(self) -> None:
        """Count what the other tables say beside the places, once for all of them."""
        tables, losses = self._gazetteer.tables, self._losses
        for key, source in tables.sources.items():
            if key in self.cited:
                losses.note_cells("sources", source, _SOURCES, _CITED)
            else:
                losses.note("sources", "nothing that is carried cites it", key)
        for key, authority in tables.authorities.items():
            if key in self.speaking:
                losses.note_cells("authorities", authority, ("jurisdiction",), _NO_WORD)
                if authority.kind != UNSAID_KIND:
                    why = f"whose kind is not said is read as a {UNSAID_KIND}"
                    losses.note("authorities.kind", why, key)
            else:
                losses.note("authorities", "nothing that is carried names it", key)
        note_others(self._gazetteer, losses)


def note_others(
    gazetteer: Gazetteer, losses: Losses, disputes: str = "said in words, side by side"
) -> None:
    """Count the rows of tables, and the rules, of which a format knows nothing."""
    for key in gazetteer.tables.disputes:
        losses.note("disputes", disputes, key)
    for row in gazetteer.tables.phrases:
        losses.note("phrases", _NO_WORD, row.text)
    for name in gazetteer.perspectives:
        losses.note("perspectives", "the format has no rules", name)


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    """Return features as a document."""
    return {"type": "FeatureCollection", "@context": CONTEXT, "features": features}


def write_linked_places(
    gazetteer: Gazetteer, path: Path, options: ExportOptions, losses: Losses
) -> None:
    """Write a collection, a feature on each line."""
    describer = Describer(gazetteer, options.langs[0])
    maker = FeatureMaker(gazetteer, describer, options.base, losses)
    head = json.dumps(collection([])).removesuffix("]}")
    with (
        whole_path(path) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.write(head)
        end = "\n"
        for place in gazetteer.tables.places.values():
            text = json.dumps(maker.feature(place), ensure_ascii=False)
            stream.write(f"{end}{text}")
            end = ",\n"
        stream.write("\n]}\n")
        maker.note_tables()


def _point(place: Place) -> dict[str, Any] | None:
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _date_of(version: str) -> dict[str, Any]:
    found = _DAY.search(version)
    if found is None:
        return {}
    parts = [found[1], *(f"{int(each):02}" for each in found.groups()[1:2] if each)]
    return {"when": {"timespans": [{"start": {"in": "-".join(parts)}}]}}


def _when(valid: Interval) -> dict[str, Any]:
    """Return a ``when`` whose label is the interval as it was written."""
    if not valid.dated:
        return {}
    start, slash, end = _MARK.sub("", valid.text).replace("..", "").partition("/")
    span: dict[str, Any] = {}
    if start:
        span["start"] = {"in": start}
    elif end:
        span["start"] = {"latest": end}  # a timespan must have a start
    if end:
        span["end"] = {"in": end}
    elif slash and start:
        span["end"] = {"earliest": start}  # without an end it would end with its start
    if not span:
        return {}
    marks = _MARK.findall(valid.text)
    certainty = {"certainty": _MARKS[max(marks)]} if marks else {}
    return {"when": {"timespans": [span], "label": valid.text, **certainty}}
