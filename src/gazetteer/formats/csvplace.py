"""Rows of a CSV file that are about one place, as that place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.dates import ALWAYS, Interval, parse_interval
from gazetteer.errors import DateError
from gazetteer.formats.building import (
    FCLASS_OF,
    TYPE_OF,
    UNKNOWN_LANGUAGE,
    country_code,
    country_place,
    degrees,
    link,
    part_of,
    place,
    prior_of,
    tidy_name,
    toponym,
)
from gazetteer.formats.columns import LANG
from gazetteer.formats.identifiers import (
    SHAPES_SAID,
    is_id_of,
    parse_identifier,
    place_id_of,
    tidy_id,
)
from gazetteer.ids import PlaceId, is_id
from gazetteer.languages.controls import has_control
from gazetteer.model import FCLASSES, FORMS, PLACE_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.formats.columns import Column
    from gazetteer.formats.csvfile import CsvOptions
    from gazetteer.formats.faults import Faults
    from gazetteer.model import Link, Place, Relation, Toponym

__all__ = ["Built", "Row", "build_place"]

# https://www.iso.org/glossary-for-iso-3166.html: codes that users may give a meaning
_USER_CODES: Final = frozenset(
    ["AA", "ZZ"]
    + [f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"]
    + [f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
)
# Fields of the place and not of one of its names: its rows must agree on them.
_OF_PLACE: Final = (
    "type",
    "fclass",
    "lat",
    "lon",
    "exists",
    "population",
    "note",
)


class Row(NamedTuple):
    """One row: its cells by label, such as ``name.en``, and where it stands.

    Attributes:
        names: the columns of names and of alternates, with their cells.
    """

    file: str
    line: int
    cells: dict[str, str]
    names: tuple[tuple[Column, str], ...]

    @classmethod
    def of(
        cls,
        bound: Sequence[tuple[Column, int]],
        cells: Sequence[str],
        file: str,
        line: int,
    ) -> Row:
        """Return a row from the cells of the file; one that is missing is blank."""
        by_label: dict[str, str] = {}
        names = []
        for column, at in bound:
            text = cells[at].strip() if at < len(cells) else ""
            if column.field in ("name", "alternate"):
                names.append((column, text))
            else:
                by_label.setdefault(column.label, text)
        return cls(file, line, by_label, tuple(names))


class Built(NamedTuple):
    """A place and what it refers to.

    Attributes:
        countries: codes for which a place must stand.
        wholes: ids of these files that it says it is part of, with file and line.
    """

    place: Place
    countries: set[str]
    wholes: list[tuple[str, str, int]]


def build_place(
    scheme: str,
    value: str,
    rows: Sequence[Row],
    options: CsvOptions,
    faults: Faults,
) -> Built | None:
    """Return the place that some rows are about; None where a fault was noted.

    Args:
        scheme: of the ids of this source.
        value: the place's id in it.
        rows: all with that id, in the order of the file.
        options: of the file.
        faults: where faults are noted.
    """
    builder = _Builder(scheme, value, rows, options, faults)
    return builder.build()


class _Builder:
    """What is gathered while the rows of one place are read."""

    def __init__(
        self,
        scheme: str,
        value: str,
        rows: Sequence[Row],
        options: CsvOptions,
        faults: Faults,
    ) -> None:
        self._scheme = scheme
        self._value = value
        self._rows = rows
        self._options = options
        self._faults = faults
        self._constants = {
            each.label: each.header for each in options.columns.constants
        }
        self._sound = True
        self._place_id = place_id_of(scheme, value)
        self.countries: set[str] = set()
        self.wholes: list[tuple[str, str, int]] = []

    def build(self) -> Built | None:
        own = self._own()
        exists = self._interval(self._rows[0], "exists", own["exists"])
        kind, fclass = self._kind(own)
        point = self._point(own)
        prior = prior_of(self._population(own["population"]))
        toponyms = self._toponyms(prior)
        relations = self._relations()
        links = sorted({*self._links()})
        if not self._sound:
            return None
        built = place(
            self._place_id,
            kind,
            fclass,
            point=point,
            exists=exists,
            note=tidy_name(own["note"]),
            toponyms=toponyms,
            relations=relations,
            links=links,
        )
        return Built(built, self.countries, self.wholes)

    def _fault(self, row: Row, field: str, value: str, code: str, message: str) -> None:
        self._sound = False
        self._faults.error(row.file, row.line, field, value, code, message)

    def _cell(self, row: Row, field: str) -> str:
        return row.cells.get(field, "") or self._constants.get(field, "")

    def _own(self) -> dict[str, str]:
        """Return the fields of the place, on which its rows agree."""
        own = dict.fromkeys(_OF_PLACE, "")
        for row in self._rows:
            for field in _OF_PLACE:
                text = self._cell(row, field)
                if text and own[field] and text != own[field] and field != "note":
                    message = (
                        f"another row of the place {self._value!r} has {own[field]!r}; "
                        f"two places have two ids"
                    )
                    self._fault(row, field, text, "rows-differ", message)
                own[field] = own[field] or text
        return own

    def _kind(self, own: dict[str, str]) -> tuple[str, str]:
        row = self._rows[0]
        kind, fclass = own["type"], own["fclass"]
        if kind and kind not in PLACE_TYPES:
            listed = ", ".join(PLACE_TYPES)
            self._fault(row, "type", kind, "bad-type", f"not one of {listed}")
            return "", ""
        if fclass and fclass not in FCLASSES:
            listed = ", ".join(FCLASSES)
            self._fault(row, "fclass", fclass, "bad-fclass", f"not one of {listed}")
            return "", ""
        if not kind and not fclass:
            message = (
                "what is it? name a column with --column type=HEADER, or say it of all "
                "rows, as in --set type=village"
            )
            self._fault(row, "type", "", "no-type", message)
            return "", ""
        return kind or TYPE_OF[fclass], fclass or FCLASS_OF[kind]

    def _point(self, own: dict[str, str]) -> tuple[float, float] | None:
        if not own["lat"] and not own["lon"]:
            return None
        point = degrees(own["lat"], own["lon"])
        if isinstance(point, str):
            text = f"{own['lat']} {own['lon']}"
            self._fault(self._rows[0], "lat lon", text, "bad-degrees", point)
            return None
        return point

    def _population(self, text: str) -> int:
        if not text:
            return 0
        plain = text.replace(" ", "").replace(",", "").replace("_", "")
        if plain.isascii() and plain.isdigit():
            return int(plain)
        message = "not a whole number such as 53000"
        self._fault(self._rows[0], "population", text, "bad-number", message)
        return 0

    def _interval(self, row: Row, field: str, text: str) -> Interval:
        try:
            return parse_interval(text)
        except DateError as error:
            self._fault(row, field, text, "bad-edtf", str(error))
            return ALWAYS

    # ------------------------------------------------------------------ names

    def _toponyms(self, prior: float) -> list[Toponym]:
        found: dict[tuple[str, str, str], Toponym] = {}
        blank = True
        for row in self._rows:
            form = self._cell(row, "form") or "full"
            if form not in FORMS:
                listed = ", ".join(FORMS)
                self._fault(row, "form", form, "bad-form", f"not one of {listed}")
            valid = self._interval(row, "valid", self._cell(row, "valid"))
            spoken = self._cell(row, "lang")
            if spoken and not LANG.fullmatch(spoken):
                message = "not a BCP 47 tag; 'en' would be"
                self._fault(row, "lang", spoken, "bad-lang", message)
            for column, cell in row.names:
                lang = column.key or spoken or UNKNOWN_LANGUAGE
                alternate = column.field == "alternate"
                parts = cell.split(self._options.separator) if alternate else [cell]
                for name in filter(None, map(tidy_name, parts)):
                    blank = False
                    if has_control(name):
                        message = "no name has a control character; take it out"
                        self._fault(row, column.label, name, "bad-name", message)
                        continue
                    key = (name, lang, "full" if alternate else form)
                    if key not in found:
                        found[key] = toponym(
                            f"{self._place_id}-{len(found)}",
                            self._place_id,
                            name,
                            (self._scheme,),
                            lang=lang,
                            form=key[2],
                            valid=valid,
                            prior=prior,
                        )
        if blank:
            self._fault(self._rows[0], "name", "", "no-name", "a place has a name")
        return list(found.values())

    # ------------------------------------------------------------------ relations

    def _relations(self) -> list[Relation]:
        found: dict[tuple[PlaceId, str], Relation] = {}
        for row in self._rows:
            wholes = [(each, "country") for each in self._split(row, "country")]
            wholes += [(each, "part_of") for each in self._split(row, "part_of")]
            for text, field in wholes:
                whole = (
                    self._country(row, text)
                    if field == "country"
                    else self._whole(row, text)
                )
                if whole is not None and whole != self._place_id:
                    found[whole, field] = part_of(
                        self._place_id, whole, self._scheme, self._scheme, field
                    )
        return list(found.values())

    def _split(self, row: Row, field: str) -> list[str]:
        parts = self._cell(row, field).split(self._options.separator)
        return [part.strip() for part in parts if part.strip()]

    def _country(self, row: Row, text: str) -> PlaceId | None:
        if ":" in text:
            return _foreign(text)
        known = country_code(text)
        code = known[0] if known else text.upper()
        if known is None and code not in _USER_CODES:
            message = (
                "not a code of ISO 3166-1 such as 'AD' or 'AND', nor scheme:id; leave "
                "the column out if it holds names"
            )
            self._fault(row, "country", text, "bad-country", message)
            return None
        self.countries.add(code)
        return country_place(code, self._scheme).place_id

    def _whole(self, row: Row, text: str) -> PlaceId:
        if ":" in text or is_id(text, "gz"):
            return _foreign(text)
        value = tidy_name(text)
        self.wholes.append((value, row.file, row.line))
        return place_id_of(self._scheme, value)

    def _links(self) -> list[Link]:
        found = {(self._scheme, tidy_id(self._value))}
        labels = {label for row in self._rows for label in row.cells}
        for label in sorted(labels):
            field, _, scheme = label.partition(".")
            if field != "link":
                continue
            for row in self._rows:
                for text in self._split(row, label):
                    known = parse_identifier(text)
                    if known is not None and known[0] == scheme:
                        found.add(known)
                    elif not is_id_of(scheme, tidy_id(text)):
                        message = (
                            f"not an id of {scheme}, which is {SHAPES_SAID[scheme]}"
                        )
                        self._fault(row, label, text, "bad-link", message)
                    else:
                        found.add((scheme, tidy_id(text)))
        return [
            link(self._place_id, scheme, value, self._scheme) for scheme, value in found
        ]


def _foreign(text: str) -> PlaceId:
    """Return the id of a place of another store, given as ``scheme:id``.

    An id of this project is taken as it is.
    """
    if is_id(text, "gz"):
        return PlaceId(text)
    known = parse_identifier(text)
    scheme, value = known or (text.partition(":")[0].lower(), text.partition(":")[2])
    return place_id_of(scheme, value)
