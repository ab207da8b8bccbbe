"""Who's On First: one GeoJSON feature a file, as its repositories have them.

Names: https://github.com/whosonfirst/whosonfirst-names; places and their types:
https://github.com/whosonfirst/whosonfirst-placetypes. Whether it calls a name preferred
or a variant is kept as a note and decides nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from gazetteer.dates import ALWAYS, parse_interval
from gazetteer.errors import DateError
from gazetteer.formats.building import (
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
from gazetteer.formats.features import type_of_population
from gazetteer.formats.identifiers import place_id_of
from gazetteer.formats.inputs import Input, decode_failure, no_progress
from gazetteer.formats.reader import Reader
from gazetteer.languages.scripts import default_script, same_script, script_of
from gazetteer.model import Authority, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gazetteer.dates import Interval
    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Progress
    from gazetteer.ids import PlaceId
    from gazetteer.model import Link, Place, Relation, Toponym

__all__ = ["WhosOnFirst", "features_of_directory"]

_SCHEME: Final = "wof"
_EVERY: Final = 500
_NAME: Final = re.compile(r"name:([a-z]{3}(?:_[a-z0-9]+)*?)(?:_x)?_([a-z]+)")
_FORMS: Final = {"abbrv": "abbr", "abbreviation": "abbr", "short": "short"}
# matched and never printed as a name of today
_HIDDEN: Final = frozenset({"colloquial", "historical", "unknown"})
_OPEN: Final = frozenset({"", "u", "uuuu", "..", "open", "unknown"})

# https://github.com/whosonfirst/whosonfirst-placetypes#here-is-a-list-of-placetypes
_TYPES: Final = {
    "country": ("country", "A"),
    "dependency": ("country", "A"),
    "macroregion": ("admin-unit", "A"),
    "region": ("admin-unit", "A"),
    "macrocounty": ("admin-unit", "A"),
    "county": ("admin-unit", "A"),
    "localadmin": ("admin-unit", "A"),
    "locality": ("", "P"),
    "borough": ("district", "P"),
    "macrohood": ("district", "P"),
    "neighbourhood": ("district", "P"),
    "microhood": ("district", "P"),
    "empire": ("polity", "A"),
    "disputed": ("region", "L"),
    "marketarea": ("region", "L"),
    "continent": ("region", "L"),
    "marinearea": ("water", "H"),
    "ocean": ("water", "H"),
    "campus": ("facility", "S"),
    "venue": ("facility", "S"),
}
_CONCORDANCES: Final = {
    "gn:id": ("geonames", "exact"),
    "wd:id": ("wikidata", "exact"),
    "tgn:id": ("tgn", "exact"),
    "loc:id": ("loc", "exact"),
    "unlc:id": ("unlocode", "exact"),
}


def features_of_directory(directory: Path) -> list[Path]:
    """Return the files of features of a repository, without other shapes of them."""
    return sorted(
        path for path in directory.rglob("*.geojson") if "-alt-" not in path.name
    )


class WhosOnFirst(Reader):
    """The places of files of features, in the order of their names."""

    format: ClassVar[str] = "wof"

    def __init__(
        self, inputs: Sequence[Input], faults: Faults | None = None, *, title: str = ""
    ) -> None:
        """Read nothing yet.

        Args:
            inputs: the files, each one feature.
            faults: where faults are gathered.
            title: of the source; the project's name if empty.
        """
        super().__init__(faults)
        self._inputs = inputs
        title = title or "Who's On First"
        licence = "https://whosonfirst.org/docs/licenses/"
        # Its names of settlements are those of GeoNames: one lineage.
        self.sources = {
            _SCHEME: Source(
                _SCHEME, title, "https://whosonfirst.org/", "", "", licence, "geonames"
            )
        }
        self.authorities = {
            _SCHEME: Authority(_SCHEME, "Who's On First", "reference", "")
        }
        self._stubs: set[str] = set()

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        seen: dict[str, str] = {}
        for count, each in enumerate(self._inputs, start=1):
            properties = self._properties(each)
            found = properties and self._place(each.name, properties)
            if found:
                taken = seen.setdefault(found.place_id, each.name)
                if taken == each.name:
                    yield found
                else:
                    message = f"{taken} has the same id"
                    self._error(
                        each.name, "wof:id", found.place_id, "taken-id", message
                    )
            if count % _EVERY == 0:
                share = count / len(self._inputs)
                progress("reading features", count, min(share, 0.99), "files")
        progress("reading features", len(self._inputs), 1.0, "files")
        for code in sorted(self._stubs):
            yield country_place(code, _SCHEME)
        self.faults.settle()

    def _error(
        self, file: str, field: str, value: object, code: str, message: str
    ) -> None:
        self.faults.error(file, 0, field, str(value), code, message)

    def _properties(self, each: Input) -> dict[str, Any] | None:
        with each.open() as (stream, _):
            data = stream.read()
        try:
            feature = json.loads(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            self._error(each.name, "", "", "not-utf8", decode_failure(error))
            return None
        except (json.JSONDecodeError, RecursionError) as error:
            self._error(each.name, "", "", "bad-json", str(error))
            return None
        found = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(found, dict) or "wof:id" not in found:
            message = "no feature of Who's On First: it has no property 'wof:id'"
            self._error(each.name, "", "", "not-wof", message)
            return None
        return found

    def _place(self, file: str, row: dict[str, Any]) -> Place | None:
        key = str(row["wof:id"])
        kind = str(row.get("wof:placetype", ""))
        ended = str(row.get("edtf:deprecated", "")) not in _OPEN
        if row.get("wof:superseded_by") or ended:
            message = "superseded or deprecated features were left out"
            self.faults.warn(file, 0, "wof:id", key, "superseded", message)
            return None
        if kind not in _TYPES:
            message = f"{kind!r} is no place of a type that is kept; it was left out"
            self.faults.warn(file, 0, "wof:placetype", key, f"type-{kind}", message)
            return None
        place_id = place_id_of(_SCHEME, key)
        type_, fclass = _TYPES[kind]
        return place(
            place_id,
            type_ or type_of_population(_whole(row.get("wof:population"))),
            fclass,
            point=self._point(file, row),
            exists=self._exists(file, row),
            note="no longer current" if row.get("mz:is_current") == 0 else "",
            toponyms=self._names(file, place_id, row),
            relations=list(self._relations(place_id, row)),
            links=list(_links(place_id, key, row)),
        )

    def _point(self, file: str, row: dict[str, Any]) -> tuple[float, float] | None:
        for prefix in ("lbl", "geom"):
            lat, lon = row.get(f"{prefix}:latitude"), row.get(f"{prefix}:longitude")
            if lat is None or lon is None:
                continue
            point = degrees(str(lat), str(lon))
            if not isinstance(point, str):
                return point
            self._error(file, f"{prefix}:latitude", lat, "bad-degrees", point)
        return None

    def _exists(self, file: str, row: dict[str, Any]) -> Interval:
        ends = [str(row.get(f"edtf:{each}", "")) for each in ("inception", "cessation")]
        ends = ["" if each in _OPEN else each for each in ends]
        if not any(ends):
            return ALWAYS
        try:
            return parse_interval("/".join(each or ".." for each in ends))
        except DateError as error:
            self.faults.warn(file, 0, "edtf", "/".join(ends), "unread", str(error))
            return ALWAYS

    def _names(
        self, file: str, place_id: PlaceId, row: dict[str, Any]
    ) -> list[Toponym]:
        found: dict[tuple[str, str, str], str] = {}
        main = tidy_name(str(row.get("wof:name") or ""))
        for key in sorted(row):
            match = _NAME.fullmatch(key)
            values = row[key]
            if match is None or not isinstance(values, list):
                continue
            lang, kind = _tag(match[1]), match[2]
            if lang is None:
                message = f"no language {match[1]!r}; its names were left out"
                self.faults.warn(file, 0, key, "", f"lang-{match[1]}", message)
                continue
            form = "hidden" if kind in _HIDDEN else _FORMS.get(kind, "full")
            for value in values:
                name = tidy_name(str(value))
                if name and self.faults.findable(file, 0, key, name):
                    found.setdefault((name, _written(lang, name), form), kind)
        known = {name for name, _, _ in found}
        if (
            main
            and main not in known
            and self.faults.findable(file, 0, "wof:name", main)
        ):
            found[main, UNKNOWN_LANGUAGE, "full"] = "wof:name"
        numbers: Counter[str] = Counter()
        toponyms = []
        for (name, lang, form), kind in found.items():
            numbers[lang] += 1
            name_id = f"{place_id}-{lang}-{numbers[lang]}"
            toponyms.append(
                toponym(
                    name_id, place_id, name, (_SCHEME,), lang=lang, form=form, note=kind
                )
            )
        return toponyms

    def _relations(self, place_id: PlaceId, row: dict[str, Any]) -> Iterator[Relation]:
        parent = _whole(row.get("wof:parent_id"))
        if parent > 0:
            whole = place_id_of(_SCHEME, str(parent))
            yield part_of(place_id, whole, _SCHEME, _SCHEME, "parent")
        code = str(row.get("iso:country") or row.get("wof:country") or "").upper()
        if re.fullmatch("[A-Z]{2}", code) and row.get("wof:placetype") != "country":
            self._stubs.add(code)
            scheme = "iso3166-1" if country_code(code) else "iso3166-1-user"
            whole = place_id_of(scheme, code)
            yield part_of(place_id, whole, _SCHEME, _SCHEME, "country code")


def _links(place_id: PlaceId, key: str, row: dict[str, Any]) -> Iterator[Link]:
    yield link(place_id, _SCHEME, key, _SCHEME)
    concordances = row.get("wof:concordances")
    if not isinstance(concordances, dict):
        return
    for name, (scheme, match) in _CONCORDANCES.items():
        value = str(concordances.get(name) or "").strip()
        if value and value != "-1":
            yield link(place_id, scheme, value, _SCHEME, match)
    page = str(concordances.get("wk:page") or "").strip()
    if page:
        yield link(place_id, "wikipedia", f"en:{page}", _SCHEME, "close")


def _whole(value: object) -> int:
    try:
        return int(str(value or 0))
    except ValueError:
        return 0


@cache
def _tag(text: str) -> str | None:
    """Return the BCP 47 tag of a tag with underscores and three letters, or None."""
    import langcodes

    tag = text.replace("_", "-")
    if tag.startswith(("unk", "und")):
        return UNKNOWN_LANGUAGE
    return langcodes.standardize_tag(tag) if langcodes.tag_is_valid(tag) else None


def _written(lang: str, name: str) -> str:
    """Return the tag with the script that a name is in, where it is not the usual one.

    Romanizations stand among the names in the language's own script.
    """
    script = script_of(name)
    usual = default_script(lang)
    if "Zyyy" in {script, usual} or same_script(script, usual):
        return lang
    return f"{lang.split('-', maxsplit=1)[0]}-{script}"
