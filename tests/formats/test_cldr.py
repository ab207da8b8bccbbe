"""CLDR's names of territories, as its JSON packages have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gazetteer.errors import DataError, DataNotFoundError
from gazetteer.formats import SourceError, detect_format, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.model import Place

LOCALES = {
    "en": {"AD": "Andorra", "HK": "Hong Kong SAR China", "HK-alt-short": "Hong Kong",
           "001": "world", "EU": "European Union", "XK": "Kosovo", "ZZ": "Unknown",
           "CZ": "Czechia", "CZ-alt-variant": "Czech Republic"},
    "en-AU": {"AD": "Andorra", "CZ": "The Czech Republic"},
    "hy": {"AD": "Անդորրա", "XK": "XK"},
}  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for locale, territories in LOCALES.items():
        folder = tmp_path / "main" / locale
        folder.mkdir(parents=True)
        value = {"main": {locale: {"localeDisplayNames": {"territories": territories}}}}
        (folder / "territories.json").write_text(json.dumps(value), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"version": "48.1.0"}', encoding="utf-8")
    return tmp_path


def read(source: Path) -> dict[str, Place]:
    reader = open_source([str(source)])
    return {place.place_id: place for place in reader.places()}


def test_territories_by_language(package: Path) -> None:
    places = read(package)
    assert list(places) == [
        "iso3166-1-AD", "iso3166-1-CZ", "iso3166-1-HK", "iso3166-1-user-XK",
    ]  # fmt: skip
    names = {(row.name, row.lang) for row in places["iso3166-1-AD"].toponyms}
    assert names == {("Andorra", "en"), ("Անդորրա", "hy")}
    assert places["iso3166-1-AD"].links == {
        "iso3166-1": ["AD"], "iso3166-1-alpha-3": ["AND"],
    }  # fmt: skip
    assert [row.name for row in places["iso3166-1-user-XK"].toponyms] == ["Kosovo"]


def test_short_forms_and_variants_are_told_apart(package: Path) -> None:
    places = read(package)
    short = {row.name: row.form for row in places["iso3166-1-HK"].toponyms}
    assert short == {"Hong Kong": "short", "Hong Kong SAR China": "full"}
    notes = {(row.name, row.lang): row.note for row in places["iso3166-1-CZ"].toponyms}
    assert notes == {
        ("Czechia", "en"): "",
        ("Czech Republic", "en"): "alternative: variant",
        ("The Czech Republic", "en-AU"): "",
    }
    (usage,) = places["iso3166-1-CZ"].toponyms[0].usages
    assert (usage.authority, usage.status) == ("cldr", "used")


def test_the_version_is_that_of_the_package(package: Path) -> None:
    reader = open_source([str(package)])
    assert reader.version == "48.1.0"
    assert reader.sources["cldr"].licence == "Unicode-3.0"


def test_the_format_is_seen_in_a_folder_and_in_a_file(package: Path) -> None:
    file = package / "main" / "hy" / "territories.json"
    assert detect_format([str(package)]) == detect_format([str(file)]) == "cldr"
    assert [each.name for each in read(file)["iso3166-1-AD"].toponyms] == ["Անդորրա"]


def test_what_is_not_so_is_named(package: Path, tmp_path: Path) -> None:
    file = package / "main" / "hy" / "territories.json"
    file.write_text('{"main": {"hy": {}}}', encoding="utf-8")
    with pytest.raises(DataError, match="localeDisplayNames"):
        read(package)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="territories"):
        open_source([str(tmp_path / "empty")], format="cldr")
    with pytest.raises(DataNotFoundError):
        open_source([str(tmp_path / "nowhere")], format="cldr")
