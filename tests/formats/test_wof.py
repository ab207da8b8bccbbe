"""Features of Who's On First, as its repositories have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer.errors import DataError
from gazetteer.formats import Faults, SourceError, detect_format, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.model import Place

TOWN: dict[str, Any] = {
    "wof:id": 101,
    "wof:name": "Andorra la Vella",
    "wof:placetype": "locality",
    "wof:parent_id": 11,
    "wof:population": 20430,
    "wof:concordances": {"gn:id": 3041563, "wd:id": "Q1863", "wk:page": "Andorra_la_Vella"},
    "wof:superseded_by": [],
    "iso:country": "AD",
    "lbl:latitude": 42.50779,
    "lbl:longitude": 1.52109,
    "edtf:inception": "1278",
    "edtf:cessation": "uuuu",
    "mz:is_current": 1,
    "name:cat_x_preferred": ["Andorra la Vella"],
    "name:fra_x_variant": ["Andorre-la-Vieille", "  Andorre la Vieille "],
    "name:hye_x_preferred": ["Andorra la Vela"],
    "name:hye_x_variant": ["Անդոռա լա Վելյա"],
    "name:srp_latn_x_preferred": ["Andora la Velja"],
    "name:eng_x_abbrv": ["ALV"],
    "name:eng_x_colloquial": ["The old one"],
    "name:xqx_x_preferred": ["Nothing"],
}  # fmt: skip


def write(folder: Path, *rows: dict[str, Any], text: str = "") -> Path:
    for row in rows:
        path = folder / "data" / str(row["wof:id"])[:3] / f"{row['wof:id']}.geojson"
        path.parent.mkdir(parents=True, exist_ok=True)
        feature = {"type": "Feature", "properties": row, "geometry": None}
        path.write_text(text or json.dumps(feature), encoding="utf-8")
    return folder


def read(folder: Path, faults: Faults | None = None) -> dict[str, Place]:
    reader = open_source([str(folder)], faults=faults)
    return {place.place_id: place for place in reader.places()}


def test_a_folder_of_features_is_seen(tmp_path: Path) -> None:
    assert detect_format([str(write(tmp_path, TOWN))]) == "wof"
    file = str(next(tmp_path.rglob("*.geojson")))
    assert detect_format([file]) == "wof"


def test_a_place_with_its_names_by_language_and_script(tmp_path: Path) -> None:
    town = read(write(tmp_path, TOWN))["wof-101"]
    assert (town.type, town.fclass, town.exists.text) == ("town", "P", "1278/..")
    assert (town.lat, town.lon) == (42.50779, 1.52109)
    assert sorted(
        (row.lang, row.name, row.form, row.note) for row in town.toponyms
    ) == [
        ("ca", "Andorra la Vella", "full", "preferred"),
        ("en", "ALV", "abbr", "abbrv"),
        ("en", "The old one", "hidden", "colloquial"),
        ("fr", "Andorre la Vieille", "full", "variant"),
        ("fr", "Andorre-la-Vieille", "full", "variant"),
        ("hy", "Անդոռա լա Վելյա", "full", "variant"),
        ("hy-Latn", "Andorra la Vela", "full", "preferred"),
        ("sr-Latn", "Andora la Velja", "full", "preferred"),
    ]


def test_links_and_what_it_lies_in(tmp_path: Path) -> None:
    places = read(write(tmp_path, TOWN))
    town = places["wof-101"]
    assert town.links == {
        "wof": ["101"],
        "geonames": ["3041563"],
        "wikidata": ["Q1863"],
    }
    assert ("wikipedia", "close") in {(row.scheme, row.match) for row in town.link_rows}
    said = {(row.predicate, row.object, row.according_to) for row in town.relations}
    assert said == {
        ("part_of", "wof-11", "wof"),
        ("part_of", "iso3166-1-AD", "wof"),
    }
    assert "iso3166-1-AD" in places


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wof:superseded_by": [102]}, "superseded"),
        ({"edtf:deprecated": "2019-01-01"}, "superseded"),
        ({"wof:placetype": "postalcode"}, "type-postalcode"),
    ],
)
def test_what_is_left_out_is_counted(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    faults = Faults()
    assert read(write(tmp_path, TOWN | changes), faults) == {}
    assert [each.code for each in faults.warnings] == [code]


def test_a_name_that_no_query_can_find_is_left_out_and_counted(tmp_path: Path) -> None:
    faults = Faults()
    changes = {"wof:name": "A\x07", "name:fra_x_variant": ["B\x7f", "C"]}
    places = read(write(tmp_path, TOWN | changes), faults)
    found = {each.name for each in places["wof-101"].toponyms}
    assert "C" in found
    assert not found & {"A\x07", "B\x7f"}
    counts = {each.code: count for each, count in faults.warnings.items()}
    assert counts["control-character"] == 2


def test_an_unknown_language_is_named(tmp_path: Path) -> None:
    faults = Faults()
    read(write(tmp_path, TOWN), faults)
    assert [each.code for each in faults.warnings] == ["lang-xqx"]


def test_a_name_without_a_language_is_kept(tmp_path: Path) -> None:
    row = {key: value for key, value in TOWN.items() if not key.startswith("name:")}
    (name,) = read(write(tmp_path, row))["wof-101"].toponyms
    assert (name.name, name.lang) == ("Andorra la Vella", "und")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "bad-json"),
        ("[]", "not-wof"),
        ('{"properties": {}}', "not-wof"),
        (('{"properties": {"wof:id": 1, "wof:placetype": "locality", '
         '"geom:latitude": 91, "geom:longitude": 0}}'), "bad-degrees"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_named(tmp_path: Path, text: str, code: str) -> None:
    folder = write(tmp_path, TOWN, TOWN | {"wof:id": 202}, text=text)
    reader = open_source([str(folder)], format="wof")
    with pytest.raises(DataError) as caught:
        list(reader.places())
    codes = [problem.code for problem in caught.value.problems]
    assert codes[0] == code
    assert "geojson" in caught.value.problems[0].file


def test_an_empty_folder_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="geojson"):
        open_source([str(tmp_path)], format="wof")
