"""A GeoNames dump: places and their names from two large files, in little memory.

Neither file is sorted by the place, so both are set aside in buckets by ranges of ids;
then each bucket's names are put to its places. At most 65,536 places and their names
are held at a time, however large the dump is.

Columns: https://download.geonames.org/export/dump/readme.txt
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from gazetteer.display.counts import counted
from gazetteer.formats.alternates import (
    CODES,
    COLUMNS,
    NOT_NAMES,
    Alternate,
    read_alternate,
)
from gazetteer.formats.bits import Bits
from gazetteer.formats.building import country_place, degrees, link, tidy_name
from gazetteer.formats.features import COUNTRY_CODES, type_of_feature
from gazetteer.formats.geonames_places import (
    AUTHORITY,
    GEONAMES,
    Containers,
    Feature,
    build_feature,
    country_links,
    country_of,
    from_list,
    geonames_source,
    unit_of,
)
from gazetteer.formats.geonames_tables import read_countries, read_units
from gazetteer.formats.identifiers import place_id_of
from gazetteer.formats.inputs import decode_failure, no_progress, tab_column
from gazetteer.formats.reader import Reader
from gazetteer.formats.spill import Buckets

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.geonames_tables import CountryInfo, Unit
    from gazetteer.formats.inputs import Input, Progress
    from gazetteer.model import Link, Place

__all__ = ["GeoNames", "Parts"]

_CELLS: Final = 19
_ID, _NAME, _ASCII, _NAMES, _LAT, _LON, _CLASS, _CODE, _COUNTRY, _OTHERS = range(10)
_UNIT, _UNIT2, _PEOPLE = 10, 11, 14
_FIELDS: Final = {_NAME: "name", _LAT: "latitude", _PEOPLE: "population"}
_BUCKET: Final = 16
"""Ids of one bucket agree in all but so many bits."""
_DAY: Final = re.compile(rb"\d{4}-\d\d-\d\d")


class Parts(NamedTuple):
    """The files of a dump by what they hold.

    Attributes:
        places: allCountries, citiesN or the file of a country.
        names: alternateNamesV2.
        countries: countryInfo.txt.
        units: admin1CodesASCII.txt and admin2Codes.txt.
    """

    places: tuple[Input, ...]
    names: tuple[Input, ...] = ()
    countries: tuple[Input, ...] = ()
    units: tuple[Input, ...] = ()


class GeoNames(Reader):
    """The places of a dump, by ascending id; then those known by a code only."""

    format: ClassVar[str] = "geonames"

    def __init__(
        self,
        parts: Parts,
        faults: Faults | None = None,
        *,
        spill: str | os.PathLike[str] | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            parts: the files.
            faults: where faults are gathered.
            spill: directory with room for as much as the files hold, unpacked; the
                system's own for temporary files if None.
        """
        super().__init__(faults)
        self._parts = parts
        self._spill = spill
        self._ids = Bits()
        self._containers = Containers()
        self._infos: dict[int, CountryInfo] = {}
        self._units: list[Unit] = []
        self._shared_items = Bits()
        via = ", ".join(each.stem for each in (*parts.places, *parts.names))
        self.sources = {GEONAMES: geonames_source(via)}
        self.authorities = {GEONAMES: AUTHORITY}

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        self._read_lists()
        with Buckets(self._spill) as rows, Buckets(self._spill) as names:
            self._set_places_aside(rows, progress)
            self._set_names_aside(names, progress)
            self._know_containers()
            self.faults.settle()
            done = 0
            for number in rows:
                names_of = self._names_of(names.rows(number))
                bucket = rows.rows(number)
                for row in sorted(bucket, key=_geonameid):
                    place = self._place(row, names_of)
                    if place is not None:
                        yield place
                done += len(bucket)
                progress("joining names to places", done, done / rows.count)
        yield from self._known_by_code()
        self.faults.settle()

    # ------------------------------------------------------------------ small files

    def _read_lists(self) -> None:
        for info in read_countries(self._parts.countries, self.faults):
            self._infos[info.geonameid] = info
        self._units = read_units(self._parts.units, self.faults)
        self.faults.settle()

    def _know_containers(self) -> None:
        """Let the lists say what country and unit a code is, before the features do."""
        known = self._containers
        known.countries |= {info.code: key for key, info in self._infos.items()}
        known.units |= {unit.code: unit.geonameid for unit in self._units}

    def _known_by_code(self) -> Iterator[Place]:
        known = self._containers
        for key in sorted(self._infos):
            if key not in self._ids:
                yield country_of(self._infos[key])
        for unit in sorted(self._units):
            if unit.geonameid not in self._ids:
                yield unit_of(unit, known)
        for code in sorted(known.stubs):
            yield country_place(code, GEONAMES)

    # ------------------------------------------------------------------ set aside

    def _set_places_aside(self, rows: Buckets, progress: Progress) -> None:
        countries: dict[str, tuple[int, int]] = {}
        modified_last = b""
        for which, each in enumerate(self._parts.places):
            for number, line in each.lines(f"reading {each.stem}", progress):
                if not line:
                    continue
                key = self._new_id(each, number, line)
                if key is None:
                    continue
                rows.add(key >> _BUCKET, b"%d\t%d\t%b" % (which, number, line))
                modified = line[-10:]
                if modified > modified_last and _DAY.fullmatch(modified):
                    modified_last = modified
                if b"\tA\t" in line:
                    self._note_container(key, line.split(b"\t"), countries)
        self._containers.countries |= {
            code: key for code, (_, key) in sorted(countries.items())
        }
        # the day of the last change tells one edition of a dump from another
        self.version = f"GeoNames {modified_last.decode()}".strip()

    def _new_id(self, where: Input, number: int, line: bytes) -> int | None:
        count = line.count(b"\t") + 1
        text = line[: max(line.find(b"\t"), 0)].decode(errors="replace")
        try:
            if count != _CELLS:
                code = "wrong-cell-count"
                message = (
                    f"{counted(count, 'cell')} between tabs where a file of places has "
                    f"{_CELLS}"
                )
            elif self._ids.add(int(text)):
                return int(text)
            else:
                code = "taken-id"
                message = "another line before this has the same id"
        except ValueError:
            code, message = "bad-id", "not a number such as 146970"
        self.faults.error(
            where.name, number, "geonameid", text, code, message, column=1
        )
        return None

    def _note_container(
        self, key: int, cells: list[bytes], countries: dict[str, tuple[int, int]]
    ) -> None:
        if cells[_CLASS] != b"A":
            return
        feature = cells[_CODE].decode(errors="replace")
        country = cells[_COUNTRY].decode(errors="replace")
        if feature in COUNTRY_CODES:
            rank = COUNTRY_CODES.index(feature)
            countries[country] = min(countries.get(country, (rank, key)), (rank, key))
        elif feature in ("ADM1", "ADM2"):
            units = [cells[_UNIT], cells[_UNIT2]][: int(feature[-1])]
            codes = [each.decode(errors="replace") for each in units]
            self._containers.units.setdefault(".".join([country, *codes]), key)

    def _set_names_aside(self, names: Buckets, progress: Progress) -> None:
        items = Bits()
        for which, each in enumerate(self._parts.names):
            for number, line in each.lines(f"reading {each.stem}", progress):
                cells = line.split(b"\t", 4)
                if len(cells) < 4 or not cells[1].isdigit():  # noqa: PLR2004
                    self._bad_name_row(each, number, line)
                    continue
                key = int(cells[1])
                if key not in self._ids:
                    self.faults.warn(
                        each.name,
                        number,
                        "geonameid",
                        str(key),
                        "name-of-another-place",
                        "no place with this id is in the files of places",
                    )
                    continue
                if cells[2] == b"wkdt":
                    item = cells[3].strip().lstrip(b"Q")
                    if (
                        item.isdigit()
                        and int(item) < 1 << 31
                        and not items.add(int(item))
                    ):
                        self._shared_items.add(int(item))
                names.add(key >> _BUCKET, b"%d\t%d\t%b" % (which, number, line))

    def _bad_name_row(self, where: Input, number: int, line: bytes) -> None:
        if not line:
            return
        message = f"not {len(COLUMNS)} cells between tabs: {', '.join(COLUMNS)}"
        text = line.decode(errors="replace")
        self.faults.error(where.name, number, "", text, "bad-name-row", message)

    # ------------------------------------------------------------------ join

    def _names_of(self, rows: Sequence[bytes]) -> dict[int, list[list[str]]]:
        """Return the cells of the names of each place, in the order of the file."""
        found: dict[int, list[list[str]]] = {}
        for row in rows:
            try:
                cells = row.decode().split("\t")
            except UnicodeDecodeError as error:
                self._undecoded(self._parts.names, row, error)
                continue
            width = len(COLUMNS) + 2
            cells += [""] * (width - len(cells))
            found.setdefault(int(cells[3]), []).append(cells)
        return found

    def _undecoded(
        self, inputs: Sequence[Input], row: bytes, error: UnicodeDecodeError
    ) -> None:
        which, number, _ = row.split(b"\t", 2)
        name = inputs[int(which)].name
        message = decode_failure(error)
        self.faults.error(name, int(number), "", "", "not-utf8", message)

    def _place(self, row: bytes, names_of: dict[int, list[list[str]]]) -> Place | None:
        try:
            which, number, *cells = row.decode().split("\t")
        except UnicodeDecodeError as error:
            self._undecoded(self._parts.places, row, error)
            return None
        file = self._parts.places[int(which)]
        feature = self._feature(file, int(number), cells)
        if feature is None:
            return None
        place_id = place_id_of(GEONAMES, cells[_ID])
        links: list[Link] = []
        info = self._infos.get(feature.geonameid)
        if info is not None:
            links += country_links(place_id, info)
        elif self._containers.countries.get(feature.country) == feature.geonameid:
            links += country_place(feature.country, GEONAMES).link_rows
        names: list[tuple[str, Alternate]] = []
        if self._parts.names:
            for each in names_of.get(feature.geonameid, ()):
                self._sort_name(each, feature, names, links)
            listed: list[str] = []
        else:
            listed = cells[_NAMES].split(",")
        names += [
            (name_id, name)
            for name_id, name in from_list(
                place_id, feature.name, listed, cells[_ASCII]
            )
            if self.faults.findable(file.name, int(number), "alternatenames", name.name)
        ]
        return build_feature(
            feature,
            names,
            self._containers,
            sorted({each._replace(place_id=place_id) for each in links}),
            info.langs if info else (),
        )

    def _feature(self, where: Input, number: int, cells: list[str]) -> Feature | None:
        point = degrees(cells[_LAT], cells[_LON])
        people = cells[_PEOPLE] or "0"
        name = tidy_name(cells[_NAME])
        fault: tuple[int, str, str] | None = None
        if isinstance(point, str):
            fault = (_LAT, "bad-degrees", point)
        elif not (people.isascii() and people.isdigit()):
            fault = (_PEOPLE, "bad-number", "a population is a whole number or blank")
        elif not name:
            fault = (_NAME, "no-name", "a place has a name")
        if fault is not None or isinstance(point, str):
            at, code, message = fault or (_NAME, "", "")
            column = tab_column("\t".join(cells).encode(), at)
            field = _FIELDS[at]
            self.faults.error(
                where.name, number, field, cells[at], code, message, column=column
            )
            return None
        if not self.faults.findable(where.name, number, "name", name):
            name = ""
        kind, fclass = type_of_feature(cells[_CLASS], cells[_CODE], int(people))
        if int(cells[_ID]) in self._infos:
            kind, fclass = "country", "A"
        return Feature(
            int(cells[_ID]),
            name,
            kind,
            fclass,
            point,
            ".".join(filter(None, (cells[_CLASS], cells[_CODE]))),
            cells[_COUNTRY],
            tuple(filter(None, cells[_OTHERS].replace(" ", "").split(","))),
            (cells[_UNIT], cells[_UNIT2]),
            int(people),
        )

    def _sort_name(
        self,
        cells: list[str],
        feature: Feature,
        names: list[tuple[str, Alternate]],
        links: list[Link],
    ) -> None:
        """Add a row of names to the names or to the links, or count it."""
        which, number, name_id, key, pseudo, text, *rest = cells
        found = read_alternate(pseudo, text, rest[:4], rest[4:6])
        if isinstance(found, Alternate):
            file = self._parts.names[int(which)].name
            if not self.faults.findable(file, int(number), COLUMNS[3], found.name):
                return
            names.append((f"gn-{key}-a{name_id}", found))
            if found.fault:
                self._count(which, number, pseudo, "unread", found.fault)
        elif found is None:
            kept = NOT_NAMES.get(pseudo, pseudo)
            self._count(which, number, pseudo, f"no-name-{pseudo}", kept)
        else:
            scheme, value = found
            value = "_".join(value.split())
            exact = scheme in _EXACT and feature.code[:1] in _EXACT[scheme]
            if scheme == "wikidata" and self._is_shared(value):
                exact = False
            match = "exact" if exact else "close"
            place_id = place_id_of(GEONAMES, key)
            links.append(link(place_id, scheme, value, GEONAMES, match))

    def _is_shared(self, item: str) -> bool:
        number = item.removeprefix("Q")
        return not number.isdigit() or int(number) in self._shared_items

    def _count(
        self, which: str, number: str, pseudo: str, code: str, what: str
    ) -> None:
        file = self._parts.names[int(which)].name
        message = (
            f"{what}: the name is kept undated or without a language, with a note"
            if code == "unread"
            else f"{what} are not names of places and were left out"
        )
        self.faults.warn(file, int(number), "isolanguage", pseudo, code, message)


_EXACT: Final = dict(CODES.values())


def _geonameid(row: bytes) -> int:
    return int(row.split(b"\t", 3)[2])
