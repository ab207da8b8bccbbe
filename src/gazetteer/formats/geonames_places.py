"""Rows of GeoNames as places: one store's statements, marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.folding import match_key, plain_key
from gazetteer.formats.alternates import Alternate, untagged
from gazetteer.formats.building import (
    UNKNOWN_LANGUAGE,
    country_code,
    link,
    part_of,
    place,
    prior_of,
    tidy_name,
    toponym,
    usage,
)
from gazetteer.formats.identifiers import place_id_of
from gazetteer.model import Authority, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.formats.geonames_tables import CountryInfo, Unit
    from gazetteer.ids import PlaceId
    from gazetteer.model import Link, Place, Relation, Toponym

__all__ = [
    "AUTHORITY",
    "GEONAMES",
    "Containers",
    "Feature",
    "build_feature",
    "country_links",
    "country_of",
    "from_list",
    "geonames_source",
    "unit_of",
]

GEONAMES: Final = "geonames"
AUTHORITY: Final = Authority(GEONAMES, "GeoNames", "reference", "")
_SOURCES: Final = (GEONAMES,)
_NO_UNIT: Final = ("", "0", "00")


def geonames_source(via: str) -> Source:
    """Return the source of all rows; it is the one that the shipped tables name."""
    return Source(
        GEONAMES,
        "GeoNames geographical database",
        "https://www.geonames.org/",
        via,
        "",
        "CC BY 4.0",
        GEONAMES,
    )


class Feature(NamedTuple):
    """One feature of GeoNames, its texts as they stand.

    Attributes:
        name: empty where it cannot be found.
        kind: one of the types of places.
        code: feature class and code, such as ``P.PPLA``; empty where not stated.
        country: two letters, or empty.
        others: further country codes (``cc2``).
        units: codes of the first and second level of administration.
    """

    geonameid: int
    name: str
    kind: str
    fclass: str
    point: tuple[float, float] | None
    code: str = ""
    country: str = ""
    others: tuple[str, ...] = ()
    units: tuple[str, str] = ("", "")
    population: int = 0


class Containers:
    """Which places countries and units of administration are.

    Attributes:
        stubs: country codes that were met and for which no place is known.
    """

    def __init__(self) -> None:
        """Know of none."""
        self.countries: dict[str, int] = {}
        self.units: dict[str, int] = {}
        self.stubs: set[str] = set()

    def of(self, feature: Feature, place_id: PlaceId) -> Iterator[Relation]:
        """Yield the statements that a feature lies in its unit and in its countries."""
        unit = self._unit(feature)
        if unit is not None:
            yield part_of(
                place_id,
                place_id_of(GEONAMES, str(unit)),
                GEONAMES,
                GEONAMES,
                "unit of administration",
            )
        codes = [(feature.country, "country code")]
        codes += [(code, "further country code (cc2)") for code in feature.others]
        seen = {""}
        for code, note in codes:
            if code in seen:
                continue
            seen.add(code)
            whole = self.country(code)
            if whole != place_id:
                yield part_of(place_id, whole, GEONAMES, GEONAMES, note)

    def _unit(self, feature: Feature) -> int | None:
        first, second = feature.units
        if first in _NO_UNIT:
            return None
        code = f"{feature.country}.{first}"
        codes = [code] if second in _NO_UNIT else [f"{code}.{second}", code]
        for each in codes:
            found = self.units.get(each)
            if found is not None and found != feature.geonameid:
                return found
        return None

    def country(self, code: str) -> PlaceId:
        """Return the place that a country code means; a stub is noted."""
        known = self.countries.get(code)
        if known is not None:
            return place_id_of(GEONAMES, str(known))
        self.stubs.add(code)
        return place_id_of(
            "iso3166-1" if country_code(code) else "iso3166-1-user", code
        )


def build_feature(
    feature: Feature,
    names: Iterable[tuple[str, Alternate]],
    containers: Containers,
    links: Sequence[Link] = (),
    langs: tuple[str, ...] = (),
) -> Place:
    """Return a feature as a place.

    Args:
        feature: the row.
        names: its names beside the main one, each with the id of its row.
        containers: of countries and units.
        links: beside the one to GeoNames itself.
        langs: of a country.
    """
    place_id = place_id_of(GEONAMES, str(feature.geonameid))
    note = ", ".join(
        filter(
            None,
            (
                feature.code,
                f"population {feature.population:,}" if feature.population else "",
            ),
        )
    )
    return place(
        place_id,
        feature.kind,
        feature.fclass,
        point=feature.point,
        langs=langs,
        note=note,
        toponyms=list(_toponyms(feature, names, place_id)),
        relations=sorted(containers.of(feature, place_id)),
        links=[link(place_id, GEONAMES, str(feature.geonameid), GEONAMES), *links],
    )


def _toponyms(
    feature: Feature, names: Iterable[tuple[str, Alternate]], place_id: PlaceId
) -> Iterator[Toponym]:
    """Yield the names; a name given twice in one language and form is one."""
    prior = prior_of(feature.population)
    main = feature.name
    kept: dict[tuple[str, str, str], tuple[str, Alternate]] = {}
    for name_id, name in names:
        if name.name:
            key = (name.name, name.lang, name.form)
            if key not in kept or (name.preferred and not kept[key][1].preferred):
                kept[key] = (name_id, name)
    if main and not any(
        name.name == main and name.form in ("full", "short")
        for _, name in kept.values()
    ):
        own = untagged(main, main)
        kept[main, own.lang, own.form] = (f"{place_id}-0", own)
    for name_id, name in kept.values():
        notes = [
            *(["main name"] if name.name == main and name.form != "hidden" else []),
            *(["preferred in its language"] if name.preferred else []),
        ]
        yield toponym(
            name_id,
            place_id,
            name.name,
            _SOURCES,
            lang=name.lang,
            form=name.form,
            valid=name.valid,
            prior=prior,
            note=name.note,
            usages=(usage(name_id, GEONAMES, GEONAMES, ", ".join(notes)),)
            if notes and name.form != "hidden"
            else (),
        )


def from_list(
    place_id: str, main: str, names: Iterable[str], ascii_name: str = ""
) -> Iterator[tuple[str, Alternate]]:
    """Yield the names of a list without languages, each with an id by its position.

    Args:
        place_id: the place's.
        main: its main name.
        names: the list.
        ascii_name: what GeoNames made of the main name in ASCII; it is yielded, to be
            matched only, where folding the main name does not give it.
    """
    for number, text in enumerate(names, start=1):
        name = untagged(tidy_name(text), main)
        if name.name and name.name != main:
            yield f"{place_id}-{number}", name
    if ascii_name and ascii_name != main:
        keys = {match_key(main), plain_key(main)}
        if match_key(ascii_name) not in keys:
            name = untagged(tidy_name(ascii_name), main)
            yield f"{place_id}-ascii", name._replace(form="hidden")


def country_links(place_id: PlaceId, info: CountryInfo) -> list[Link]:
    """Return the links of a country by its codes."""
    if not info.assigned:
        return [link(place_id, "iso3166-1-user", info.code, GEONAMES)]
    return [
        link(place_id, "iso3166-1", info.code, GEONAMES),
        link(place_id, "iso3166-1-alpha-3", info.alpha3, GEONAMES),
    ]


def country_of(info: CountryInfo) -> Place:
    """Return a country of which only the row of the list of countries is known."""
    place_id = place_id_of(GEONAMES, str(info.geonameid))
    return _bare(
        place_id,
        "country",
        info.name,
        lang="en",
        langs=info.langs,
        links=country_links(place_id, info),
    )


def unit_of(unit: Unit, containers: Containers) -> Place:
    """Return a unit of which only the row of the list of codes is known."""
    place_id = place_id_of(GEONAMES, str(unit.geonameid))
    country, *levels = unit.code.split(".")
    wholes = [containers.country(country)]
    above = containers.units.get(".".join([country, *levels[:-1]]))
    if above is not None and above != unit.geonameid:
        wholes.append(place_id_of(GEONAMES, str(above)))
    relations = [
        part_of(place_id, whole, GEONAMES, GEONAMES, "code") for whole in wholes
    ]
    return _bare(
        place_id, "admin-unit", unit.name, note=unit.code, relations=sorted(relations)
    )


def _bare(
    place_id: PlaceId,
    kind: str,
    name: str,
    *,
    lang: str = UNKNOWN_LANGUAGE,
    langs: tuple[str, ...] = (),
    note: str = "",
    relations: Sequence[Relation] = (),
    links: Sequence[Link] = (),
) -> Place:
    name_id = f"{place_id}-0"
    own = link(place_id, GEONAMES, place_id.rpartition("-")[2], GEONAMES)
    said = (usage(name_id, GEONAMES, GEONAMES, "main name"),)
    return place(
        place_id,
        kind,
        langs=langs,
        note=note,
        toponyms=[toponym(name_id, place_id, name, _SOURCES, lang=lang, usages=said)],
        relations=relations,
        links=[own, *links],
    )
