"""GeoJSON: by RFC 7946, with the labels that are asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from geojson_pydantic import FeatureCollection

from gazetteer.errors import DataError
from gazetteer.exchange import ExportOptions, export
from gazetteer.formats import SourceError, detect_format, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

WANTED = ExportOptions(
    langs=("en", "ru"), perspectives=("neutral", "armenian", "azerbaijani")
)


@pytest.fixture(scope="module")
def document(shipped: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("geojson") / "places.geojson"
    export(shipped, "geojson", path, WANTED)
    return path


@pytest.fixture(scope="module")
def features(document: Path) -> list[dict[str, Any]]:
    return json.loads(document.read_text("utf-8"))["features"]


def test_a_document_keeps_to_the_standard(document: Path) -> None:
    whole = FeatureCollection.model_validate_json(document.read_bytes())
    for feature in whole.features:
        if feature.geometry is not None:
            lon, lat = feature.geometry.coordinates
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


def test_labels_are_those_of_the_perspectives(
    features: list[dict[str, Any]], shipped: Gazetteer
) -> None:
    for feature in features[::20]:
        shown = feature["properties"]
        for perspective in WANTED.perspectives:
            for lang in WANTED.langs:
                label = shipped.label(shown["place_id"], perspective, lang=lang)
                wanted = None if label.withheld else label.bare
                assert shown[f"label_{perspective}_{lang}"] == wanted


def test_a_contested_place_has_its_parties_and_no_bare_label(
    features: list[dict[str, Any]], shipped: Gazetteer
) -> None:
    for feature in features:
        shown = feature["properties"]
        place = shipped[shown["place_id"]]
        parties = (
            shipped.tables.disputes[place.dispute].parties if place.dispute else ()
        )
        titles = sorted(shipped.tables.authorities[each].title for each in parties)
        assert shown.get("parties", []) == titles
        assert not {"country", "parent", "name"} & shown.keys()


def test_the_same_places_give_the_same_bytes(
    document: Path, shipped: Gazetteer, tmp_path: Path
) -> None:
    export(shipped, "geojson", tmp_path / "again.geojson", WANTED)
    assert (tmp_path / "again.geojson").read_bytes() == document.read_bytes()


def test_it_is_known_by_its_content(document: Path, tmp_path: Path) -> None:
    assert detect_format([str(document)]) == "geojson"
    other = tmp_path / "other.json"
    other.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(SourceError, match="no member 'gazetteer'"):
        open_source([str(other)], format="geojson")


def test_a_broken_feature_is_placed(document: Path, tmp_path: Path) -> None:
    head, first, *_ = document.read_text("utf-8").split("\n")[:4]
    broken = tmp_path / "x.geojson"
    broken.write_text(f'{head}\n{first}\n{{"type": "Feature"}},\n3]}}', "utf-8")
    with pytest.raises(DataError) as raised:
        open_source([str(broken)])
    assert [problem.line for problem in raised.value.problems] == [3, 4]


@pytest.mark.parametrize("rows", ["[1]", "3", '["a"]'])
def test_what_is_beside_the_features_is_looked_at_too(
    rows: str, tmp_path: Path
) -> None:
    broken = tmp_path / "x.geojson"
    broken.write_text(
        '{"type": "FeatureCollection", "features": [], '
        f'"gazetteer": {{"format": "gazetteer-geojson/1", "sources": {rows}}}}}'
    )
    with pytest.raises(SourceError, match=r"gazetteer\.sources is no list of objects"):
        open_source([str(broken)])
